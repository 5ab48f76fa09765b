//! Names that are near in letters and say something else on purpose.

/// What turns the word that it begins into another: its opposite, or what comes before or after.
const PREFIXES: &[&str] = &[
    "un", "in", "im", "ir", "il", "non", "not", "no", "dis", "de", "re", "mis", "pre", "post",
    "anti", "counter", "over", "under", "out", "on", "off", "ex", "sub", "nicht", "kein",
];

/// Words that turn what follows.
const WORDS: &[&str] = &[
    "not", "no", "non", "never", "without", "un", "re", "pre", "post", "anti", "nicht", "kein",
    "keine", "ohne", "sans", "pas", "sin",
];

/// Words that say the opposite of what they are without their first letter.
const NEGATIONS: &[&str] = &["never", "none", "neither", "nor"];

/// Signs that say what is to be done with a name: all but this, all that begin so.
const SIGNS: &[char] = &[
    '!', '~', '^', '*', '?', '<', '>', '=', '|', '+', '@', '$', '%', '¬', '≠',
];

/// Words that count.
const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "first",
    "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "once",
    "twice",
];

/// Whether two names in small letters, `distance` apart, are meant to be two: one is the other turned
/// around, or they count differently.
pub(super) fn differ(one: &str, other: &str, distance: usize) -> bool {
    !digits(one).eq(digits(other))
        || !signs(one).eq(signs(other))
        || !counts(one).eq(counts(other))
        || is_turned(one, other, distance)
}

/// The numbers in a name, digit by digit, with something between them.
fn digits(name: &str) -> impl Iterator<Item = char> + '_ {
    let mut last = None;
    name.chars().filter_map(move |c| {
        let before = last.replace(c);
        let ends = before.is_some_and(char::is_numeric) && !c.is_numeric();
        (c.is_numeric() || ends).then_some(if ends { ' ' } else { c })
    })
}

fn signs(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars().filter(|c| SIGNS.contains(c))
}

/// The words that count, a letter that stands alone among them; a misspelt one is the one that is meant.
fn counts(name: &str) -> impl Iterator<Item = &str> {
    let is_roman = |word: &str| word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    let is_letter = |word: &str| word.chars().nth(1).is_none();
    words(name).filter_map(move |word| match is_letter(word) || is_roman(word) {
        true => Some(word),
        false => number(word),
    })
}

/// The word that counts and is written so, or is with one slip of the hand behind its first letter.
fn number(word: &str) -> Option<&str> {
    const LONG: usize = 5;
    let is_near = |known: &&&str| {
        known.len() >= LONG
            && known.len().abs_diff(word.len()) <= 1
            && known.as_bytes().first() == word.as_bytes().first()
            && strsim::osa_distance(known, word) == 1
    };
    let exact = NUMBERS.iter().find(|known| **known == word);
    exact.or_else(|| NUMBERS.iter().find(is_near)).copied()
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    let words = name.split(|c: char| !c.is_alphabetic());
    words.filter(|word| !word.is_empty())
}

/// Whether one of the names comes nearer to the other without what turns it.
fn is_turned(one: &str, other: &str, distance: usize) -> bool {
    let (first, second) = (straight(one), straight(other));
    let nearer = |a: &Option<String>, b: &Option<String>| {
        let a = a.as_deref().unwrap_or(one);
        strsim::osa_distance(a, b.as_deref().unwrap_or(other)) < distance
    };
    (first.is_some() && nearer(&first, &None))
        || (second.is_some() && nearer(&None, &second))
        || (first.is_some() && second.is_some() && nearer(&first, &second))
}

/// The name without the first word or beginning of a word that turns it.
fn straight(name: &str) -> Option<String> {
    const SHORTEST: usize = 3;
    let mut from = 0;
    for word in words(name) {
        let start = from + name[from..].find(word)?;
        from = start + word.len();
        let rest = name[from..].trim_start_matches([' ', '-', '_']);
        if WORDS.contains(&word) && !rest.is_empty() {
            return Some(format!("{}{rest}", &name[..start]));
        }
        if NEGATIONS.contains(&word) {
            return Some(format!("{}{}{}", &name[..start], &word[1..], &name[from..]));
        }
        let longest = PREFIXES
            .iter()
            .filter_map(|prefix| word.strip_prefix(prefix))
            .filter(|rest| rest.chars().count() >= SHORTEST)
            .min_by_key(|rest| rest.len());
        if let Some(rest) = longest {
            return Some(format!("{}{rest}{}", &name[..start], &name[from..]));
        }
    }
    None
}
