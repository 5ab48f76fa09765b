//! Several names in one text.

/// What people put between two names: a word stands between blanks.
const SIGNS: [&str; 8] = [",", ";", "|", "/", "&", " + ", " or ", " and "];

/// For each byte: whether it is a sign, or the blank before a word.
const BEGINS: [Option<Begins>; 256] = {
    let mut begins = [None; 256];
    let mut at = 0;
    while at < SIGNS.len() {
        let first = SIGNS[at].as_bytes()[0];
        begins[first as usize] = Some(match SIGNS[at].len() {
            1 => Begins::Sign,
            _ => Begins::Word,
        });
        at += 1;
    }
    begins
};

#[derive(Clone, Copy)]
enum Begins {
    Sign,
    Word,
}

/// No text in which several names stand is longer than this, in bytes.
const LONGEST: usize = 4 * super::LONGEST;

/// Whether one of the signs stands in a text. Nearly all names are asked.
pub fn may_be_joined(text: &str) -> bool {
    let begins = |(at, byte): (usize, u8)| match BEGINS[usize::from(byte)] {
        None => false,
        Some(Begins::Sign) => true,
        Some(Begins::Word) => {
            let next = text.as_bytes().get(at + 1);
            let is_next = |sign: &&&str| sign.as_bytes().get(1) == next;
            let mut words = SIGNS.iter().filter(is_next);
            words.any(|sign| text[at..].starts_with(sign))
        }
    };
    text.bytes().enumerate().any(begins)
}

/// The names in a text such as `A, B` or `(A or B)`, in each way in which it can be taken apart: two at least.
pub fn joined(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let is_short = text.len() <= LONGEST;
    let inner = text.trim_matches(|c: char| c.is_whitespace() || "()[]{}".contains(c));
    let parts = |sign: &str| -> Vec<&str> { inner.split(sign).map(str::trim).collect() };
    let ways = SIGNS.into_iter().filter(move |_| is_short).map(parts);
    ways.filter(|parts| parts.len() > 1)
}
