//! How long the texts of a report may be.
//!
//! They quote what is written in a file, which may be millions of characters; a report is for
//! people, and is kept, copied and escaped many times over.

use std::borrow::Cow;
use std::ops::Range;

/// A name with more characters than this is told without its middle.
const LONGEST_NAME: usize = 160;

/// A text with more characters than this is told without its middle.
const LONGEST_TEXT: usize = 4000;

/// A message with more characters than this is not read at a glance.
const LONGEST_MESSAGE: usize = 100;

/// A name with no more characters than this is told whole, however long the message is.
const SHORT_NAME: usize = 12;

/// A name with no more characters than this is told whole where less of a list makes the message short.
const USUAL_NAME: usize = 24;

/// A list of no more names than these is told whole, however long the message is.
const FEW_NAMES: usize = 2;

/// `text`, and of a name in backticks that would fill the screen only its start and end.
pub fn shortened(text: &str) -> Cow<'_, str> {
    let is_name = |index: usize| index % 2 == 1;
    let mut parts = text.split('`').enumerate();
    let has_long = parts.any(|(index, part)| is_name(index) && part.len() > LONGEST_NAME);
    if !has_long {
        return without_middle(text, LONGEST_TEXT);
    }
    let parts = text.split('`').enumerate();
    let shortened: Vec<Cow<'_, str>> = parts
        .map(|(index, part)| match is_name(index) {
            true => short_name(part),
            false => Cow::Borrowed(part),
        })
        .collect();
    let whole = shortened.join("`");
    Cow::Owned(without_middle(&whole, LONGEST_TEXT).into_owned())
}

/// `message`, and where it is too long to be read at a glance, without the middles of its longest names,
/// and of its longest list so many names as there is room for.
pub(super) fn fitted(message: &str) -> Cow<'_, str> {
    let total = message.chars().count();
    if total <= LONGEST_MESSAGE {
        return Cow::Borrowed(message);
    }
    let names = places_of_names(message);
    let sentence = Sentence {
        message,
        total,
        lengths: names
            .iter()
            .map(|place| message[place.clone()].chars().count())
            .collect(),
        list: longest_list(message, &names),
        names,
        uncounted: None,
    };
    let sentence = Sentence {
        uncounted: sentence.uncounted_part(),
        ..sentence
    };
    let all = sentence.list.len();
    let few = if all > FEW_NAMES { 1 } else { all };
    // The more is told, the longer it is; and names of the usual length are better told whole.
    let told = [USUAL_NAME, SHORT_NAME].into_iter().find_map(|least| {
        let fits = |shown: usize, most: usize| sentence.length(shown, most) <= LONGEST_MESSAGE;
        let shown = last_that(few..all + 1, |shown| fits(shown, least))?;
        let most = last_that(least..LONGEST_NAME, |most| fits(shown, most))?;
        Some(sentence.told(shown, most))
    });
    Cow::Owned(told.unwrap_or_else(|| sentence.told(few, SHORT_NAME)))
}

/// The last number of a range that passes, where those pass that come before it.
fn last_that(range: Range<usize>, passes: impl Fn(usize) -> bool) -> Option<usize> {
    let (mut low, mut high) = (range.start, range.end);
    if !passes(low) {
        return None;
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        match passes(middle) {
            true => low = middle,
            false => high = middle,
        }
    }
    Some(low)
}

/// A message that is too long.
struct Sentence<'m> {
    message: &'m str,
    /// How many characters it has.
    total: usize,
    names: Vec<Range<usize>>,
    /// How many characters each name has.
    lengths: Vec<usize>,
    /// Which names are its longest list.
    list: Range<usize>,
    /// The number of others that are only counted after that list, and where that is said.
    uncounted: Option<(usize, Range<usize>)>,
}

impl Sentence<'_> {
    fn uncounted_part(&self) -> Option<(usize, Range<usize>)> {
        let last = self.names.get(self.list.end.checked_sub(1)?)?;
        let rest = self.message[last.end + 1..].strip_prefix(" and ")?;
        let (number, rest) = rest.split_once(' ')?;
        let after = rest.strip_prefix("more")?;
        let is_word = after
            .chars()
            .next()
            .is_none_or(|next| !next.is_alphanumeric());
        let part = last.end + 1..self.message.len() - after.len();
        Some((number.parse().ok().filter(|_| is_word)?, part))
    }

    /// What is said of those that are only counted, where so many of the list are not shown.
    fn counting(&self, left: usize) -> String {
        let others = self.uncounted.as_ref().map_or(0, |(others, _)| *others);
        more(left + others)
    }

    /// Which names are only counted where so many of the list are shown.
    fn counted(&self, shown: usize) -> Range<usize> {
        self.list.start + shown.min(self.list.len())..self.list.end
    }

    /// How many characters it has with so many names of the list, of so many characters each at most.
    fn length(&self, shown: usize, most: usize) -> usize {
        let counted = self.counted(shown);
        let names = self.lengths.iter().enumerate();
        let told = names.map(|(at, length)| match counted.contains(&at) {
            true => 0,
            false => *length.min(&most),
        });
        let rest = self.total - self.lengths.iter().sum::<usize>();
        // What is left out with a name are its backticks and what parts it from the one before.
        let between = 4 * counted.len();
        let part = self.uncounted.as_ref().map_or(0, |(_, part)| part.len());
        let (said, unsaid) = match counted.len() {
            0 => (0, 0),
            left => (self.counting(left).len(), between + part),
        };
        (rest + told.sum::<usize>() + said).saturating_sub(unsaid)
    }

    fn told(&self, shown: usize, most: usize) -> String {
        let counted = self.counted(shown);
        let (mut told, mut end) = (String::new(), 0);
        for (at, (place, length)) in self.names.iter().zip(&self.lengths).enumerate() {
            if at == counted.start && !counted.is_empty() {
                // After the backtick of the last name that is told.
                told += "`";
                told += &self.counting(counted.len());
            }
            if counted.contains(&at) {
                end = match &self.uncounted {
                    Some((_, part)) if at + 1 == counted.end => part.end,
                    _ => place.end + 1,
                };
                continue;
            }
            told += &self.message[end..place.start];
            let name = &self.message[place.clone()];
            // The sign for what is left out is one character more.
            told += &match *length > most {
                true => without_middle(name, most - 1),
                false => Cow::Borrowed(name),
            };
            end = place.end;
        }
        told + &self.message[end..]
    }
}

fn more(count: usize) -> String {
    format!(" and {count} more")
}

/// Which of the names, a row of which has nothing but commas and `and` between, are the longest such row.
fn longest_list(message: &str, names: &[Range<usize>]) -> Range<usize> {
    let is_one_list = |one: &Range<usize>, next: &Range<usize>| {
        matches!(&message[one.end..next.start], "`, `" | "` and `")
    };
    let (mut longest, mut start) = (0..0, 0);
    for row in names.chunk_by(is_one_list) {
        if row.len() > longest.len() {
            longest = start..start + row.len();
        }
        start += row.len();
    }
    longest
}

/// `name` where it is as long as names are; else its start and end.
pub fn short_name(name: &str) -> Cow<'_, str> {
    without_middle(name, LONGEST_NAME)
}

/// `text` where it has at most `most` characters; else its start and end with `…` between.
fn without_middle(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most || text.chars().count() <= most {
        return Cow::Borrowed(text);
    }
    let nth = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
    let nth_back = |n: usize| text.char_indices().nth_back(n).map_or(0, |(at, _)| at);
    let (head, tail) = (most * 3 / 4, most / 4);
    let (head, tail) = (&text[..nth(head)], &text[nth_back(tail - 1)..]);
    Cow::Owned(format!("{head}…{tail}"))
}

/// Where the names in a sentence are, which stand in backticks. A backtick in a word is part of a name.
pub(super) fn places_of_names(sentence: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(at) = sentence[from..].find('`') {
        let start = from + at + 1;
        let Some(end) = closing(&sentence[start..]) else {
            break;
        };
        places.push(start..start + end);
        from = start + end + 1;
    }
    places
}

/// Where the backtick is that closes a name at the start of `text`.
fn closing(text: &str) -> Option<usize> {
    let is_last = |at: usize| {
        let next = text[at + 1..].chars().next();
        !next.is_some_and(|next| next.is_alphanumeric() || next == '`')
    };
    let mut backticks = text.match_indices('`').map(|(at, _)| at);
    backticks.find(|&at| is_last(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_long_names_and_texts_the_middle_is_left_out() {
        let usual = "state `In Progress` is a dead end";
        assert_eq!(shortened(usual), usual);
        let name = "ä".repeat(LONGEST_NAME);
        let fits = format!("state `{name}` is `{name}`");
        assert_eq!(shortened(&fits), fits);
        let long = shortened(&format!("state `a{name}z` is `b`")).into_owned();
        let (head, tail) = (
            "ä".repeat(LONGEST_NAME * 3 / 4 - 1),
            "ä".repeat(LONGEST_NAME / 4 - 1),
        );
        assert_eq!(long, format!("state `a{head}…{tail}z` is `b`"));
        let many = format!("`x` {}", "`y` ".repeat(2000));
        assert_eq!(shortened(&many).chars().count(), LONGEST_TEXT + 1);
    }

    #[test]
    fn a_message_leaves_out_the_middles_of_its_longest_names() {
        let message =
            |one: &str, other: &str| format!("a walk leads from `{one}` to `{other}` and back");
        let brief = message("New", &"x".repeat(60));
        assert_eq!(fitted(&brief), brief);
        for (one, other) in [(80, 80), (3, 140), (160, 12), (13, 90)] {
            let long = message(&"ä".repeat(one), &"ö".repeat(other));
            let fitted = fitted(&long);
            let length = fitted.chars().count();
            assert!((97..=100).contains(&length), "{length}: {fitted}");
            assert!(fitted.starts_with("a walk leads from `") && fitted.ends_with("` and back"));
        }
        let whole = message(&"x".repeat(12), &"y".repeat(90));
        assert!(fitted(&whole).contains(&format!("`{}`", "x".repeat(12))));
        // Of many names the first ones are told; the last of them stands before the count.
        let many = |count: usize| {
            let names: Vec<String> = (0..count)
                .map(|at| format!("`customfield_{at:04}`"))
                .collect();
            let (last, first) = names.split_last().expect("a name");
            format!(
                "transition `Close` has no fields {} and {last} there",
                first.join(", ")
            )
        };
        for count in [8, 40, 300] {
            let fitted = fitted(&many(count)).into_owned();
            assert!(fitted.chars().count() <= 100, "{fitted}");
            let shown = fitted.matches('`').count() / 2 - 1;
            let rest = format!(" and {} more there", count - shown);
            assert!(
                shown >= 1 && fitted.ends_with(&format!("`{rest}")),
                "{fitted}"
            );
            assert!(!fitted.contains("``"), "{fitted}");
        }
        // Some of them may be only counted already.
        let names = "`completion_reason`, `start_at`, `justification`, `planned_duration`";
        let counted = format!(
            "target `xurrent` has no place for {names} and 3 more in a record as it is shown"
        );
        let expected = "target `xurrent` has no place for `completion_reason` and 6 more in a record as it is shown";
        assert!(
            counted.chars().count() > LONGEST_MESSAGE
                && expected.chars().count() <= LONGEST_MESSAGE
        );
        assert_eq!(fitted(&counted), expected);
        // What is no name stays as it is.
        let prose = "so ".repeat(60);
        assert_eq!(fitted(&prose), prose);
    }
}
