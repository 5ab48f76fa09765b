//! Several names in one text.

/// What people put between two names.
const SIGNS: [&str; 8] = [",", ";", "|", "/", "&", " + ", " or ", " and "];

/// Whether a byte is one of the signs that are no words.
const IS_SIGN: [bool; 256] = {
    let mut is_sign = [false; 256];
    let mut at = 0;
    while at < SIGNS.len() {
        match SIGNS[at].as_bytes() {
            [sign] | [b' ', sign, b' '] => is_sign[*sign as usize] = true,
            _ => {}
        }
        at += 1;
    }
    is_sign
};

/// No text in which several names stand is longer than this, in bytes.
const LONGEST: usize = 4 * super::LONGEST;

/// Whether one of the signs stands in a text. Nearly all names are asked, and few have two blanks: only those
/// are searched for words.
pub fn may_be_joined(text: &str) -> bool {
    let (mut blanks, mut has_sign) = (0, false);
    for byte in text.bytes() {
        blanks += usize::from(byte == b' ');
        has_sign |= IS_SIGN[usize::from(byte)];
    }
    has_sign || (blanks > 1 && SIGNS.iter().any(|sign| text.contains(sign)))
}

/// The names in a text such as `A, B` or `(A or B)`, in each way in which it can be taken apart: two at least.
pub fn joined(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let is_short = text.len() <= LONGEST;
    let inner = text.trim_matches(|c: char| c.is_whitespace() || "()[]{}".contains(c));
    let parts = |sign: &str| -> Vec<&str> { inner.split(sign).map(str::trim).collect() };
    let ways = SIGNS.into_iter().filter(move |_| is_short).map(parts);
    ways.filter(|parts| parts.len() > 1)
}
