//! Several names in one text.

/// What people put between two names: a word stands between blanks.
const SIGNS: [&str; 8] = [",", ";", "|", "/", "&", " + ", " or ", " and "];

/// For each byte: whether a sign begins with it.
const BEGINS: [bool; 256] = first_bytes(0);

/// For each byte: whether it is the second of a sign, after a blank.
const GOES_ON: [bool; 256] = first_bytes(1);

/// For each byte: whether it stands at `place` of a sign.
const fn first_bytes(place: usize) -> [bool; 256] {
    let mut is_there = [false; 256];
    let mut at = 0;
    while at < SIGNS.len() {
        let sign = SIGNS[at].as_bytes();
        if place < sign.len() {
            is_there[sign[place] as usize] = true;
        }
        at += 1;
    }
    is_there
}

/// No text in which several names stand is longer than this, in bytes.
const LONGEST: usize = 4 * super::LONGEST;

/// Whether one of the signs stands in a text. Nearly all names are asked.
pub fn may_be_joined(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_sign = |at: usize| match bytes.get(at + 1) {
        _ if bytes[at] != b' ' => true,
        Some(next) if GOES_ON[usize::from(*next)] => SIGNS
            .iter()
            .any(|sign| bytes[at..].starts_with(sign.as_bytes())),
        _ => false,
    };
    (0..bytes.len()).any(|at| BEGINS[usize::from(bytes[at])] && is_sign(at))
}

/// The names in a text such as `A, B` or `(A or B)`, in each way in which it can be taken apart: two at least.
pub fn joined(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let is_short = text.len() <= LONGEST;
    let inner = text.trim_matches(|c: char| c.is_whitespace() || "()[]{}".contains(c));
    let parts = |sign: &str| -> Vec<&str> { inner.split(sign).map(str::trim).collect() };
    let ways = SIGNS.into_iter().filter(move |_| is_short).map(parts);
    ways.filter(|parts| parts.len() > 1)
}
