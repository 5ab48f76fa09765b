//! Names that differ in nothing but how they are spelt.

use std::iter::Peekable;
use std::str::Chars;

/// Quotes of every kind that people and word processors put around text.
const QUOTES: &[char] = &['“', '”', '„', '‘', '’', '«', '»', '"', '\'', '`'];

/// Whether two names differ only in letter case, blanks, hyphens, underscores, a comma at an end,
/// quotes around them, and characters that nobody can see. Never in a digit or its sign.
pub fn alike(one: &str, other: &str) -> bool {
    bare(one).eq(bare(other)) && bare(one).next().is_some()
}

/// Whether two names that are [alike] have the same words: blanks, hyphens and underscores stand between
/// the same letters.
pub fn has_same_words(one: &str, other: &str) -> bool {
    words(one).eq(words(other))
}

fn words(name: &str) -> impl Iterator<Item = String> + '_ {
    let parts = |c: char| c.is_whitespace() || c == '_' || is_hyphen(c);
    let words = name.split(parts).map(|word| bare(word).collect::<String>());
    words.filter(|word| !word.is_empty())
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The characters of a name without all that.
pub(super) fn bare(name: &str) -> impl Iterator<Item = char> + '_ {
    Bare::of(name)
}

/// What is left of a name without all that.
struct Bare<'t> {
    rest: Peekable<Chars<'t>>,
    /// The character before, and the last that was given.
    before: Option<char>,
    given: Option<char>,
    /// A letter of which small ones are still to be given: `İ` has two.
    small: Option<std::char::ToLowercase>,
}

impl<'t> Bare<'t> {
    fn of(name: &'t str) -> Self {
        let is_around = |c: char| c == ',' || c.is_whitespace() || QUOTES.contains(&c);
        Bare {
            rest: name.trim_matches(is_around).chars().peekable(),
            before: None,
            given: None,
            small: None,
        }
    }

    /// Whether `c` may as well not be there.
    fn is_idle(&mut self, c: char) -> bool {
        let is_hyphen = is_hyphen(c);
        let is_end = |c: char| c.is_whitespace() || c == '-';
        let ends_word = self.before.is_none_or(is_end);
        let is_sign = is_hyphen && ends_word && self.rest.peek().is_some_and(|c| c.is_numeric());
        // In front, it may take away what follows: `-Work` is all but `Work` to many.
        let is_mark = self.given.is_some() && (is_hyphen && !is_sign || c == '_');
        is_mark || c.is_whitespace() || crate::invisible::is_hidden(c)
    }
}

impl Iterator for Bare<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        if let Some(c) = self.small.as_mut().and_then(Iterator::next) {
            return Some(c);
        }
        let mut parted = false;
        while let Some(c) = self.rest.next() {
            if self.is_idle(c) {
                self.before = Some(c);
                parted = true;
                continue;
            }
            // `1 2` is not `12`.
            let numbers = c.is_numeric() && self.given.is_some_and(char::is_numeric);
            if numbers && std::mem::take(&mut parted) {
                self.small = Some(c.to_lowercase());
                (self.before, self.given) = (Some(c), Some(c));
                return Some(' ');
            }
            (self.before, self.given) = (Some(c), Some(c));
            let mut small = match c {
                '’' | '‘' => '\''.to_lowercase(),
                c => c.to_lowercase(),
            };
            let first = small.next();
            self.small = Some(small);
            return first;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_blanks_hyphens_quotes_and_commas_make_no_other_name() {
        for (one, other) in [
            ("In Progress", "in-progress"),
            ("In Progress", "In_Progress"),
            ("In Progress", "InProgress"),
            ("In Progress", "In\u{a0}Progress"),
            ("Done", "“Done”"),
            ("Done", "Done,"),
            ("Won’t Do", "won't do"),
            ("Tier 1", "tier-1"),
            ("Tier 1", "Tier1"),
            ("Ärger", "ÄRGER"),
        ] {
            assert!(alike(one, other), "{one}, {other}");
        }
    }

    #[test]
    fn digits_signs_and_letters_do() {
        for (one, other) in [
            ("Tier 1 2", "Tier 12"),
            ("Offset -1", "Offset 1"),
            ("Tier 1", "Tier 2"),
            ("A, B", "AB"),
            ("Done", "Done!"),
            ("Done", "Dome"),
            ("Done", "Don"),
        ] {
            assert!(!alike(one, other), "{one}, {other}");
            assert!(!alike(other, one), "{other}, {one}");
        }
    }
}
