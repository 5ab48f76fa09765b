//! What a plain YAML scalar is: by the core schema of YAML 1.2.2, §10.3.2, and by the types of
//! YAML 1.1 (<https://yaml.org/type/>), which many readers in use still follow.

use crate::node::ScalarKind;

/// Whether every reader of YAML takes `text`, written without quotes, for text.
pub fn is_only_text(text: &str) -> bool {
    kind(text) == ScalarKind::Text && kind_in_yaml_1_1(text).is_none()
}

/// What `text`, written without quotes, is by the core schema, and what a reader of YAML 1.1 takes
/// it for, where the core schema takes it for text.
pub(super) fn kinds(text: &str) -> (ScalarKind, Option<ScalarKind>) {
    // Most are words longer than `false`, and those are text to all.
    if text.len() > 5 && text.as_bytes()[0].is_ascii_alphabetic() {
        return (ScalarKind::Text, None);
    }
    match kind(text) {
        ScalarKind::Text => (ScalarKind::Text, kind_in_yaml_1_1(text)),
        kind => (kind, None),
    }
}

/// What `text`, written without quotes, is by the core schema.
fn kind(text: &str) -> ScalarKind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => ScalarKind::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => ScalarKind::Boolean,
        ".nan" | ".NaN" | ".NAN" => ScalarKind::Float,
        // Most scalars are words, and their first byte tells them from numbers.
        _ if !begins_like_number(text) => ScalarKind::Text,
        _ if is_integer(text) => ScalarKind::Integer,
        _ if is_float(text) => ScalarKind::Float,
        _ => ScalarKind::Text,
    }
}

/// What a reader of YAML 1.1 takes `text` for, where the core schema takes it for text; `None`
/// where both agree.
fn kind_in_yaml_1_1(text: &str) -> Option<ScalarKind> {
    if is_old_boolean(text) {
        return Some(ScalarKind::Boolean);
    }
    if !begins_like_number(text) {
        return None;
    }
    if is_date(text) {
        return Some(ScalarKind::Date);
    }
    let digits = unsigned(text);
    if is_base_60(digits) || is_old_integer(digits) {
        return Some(ScalarKind::Integer);
    }
    is_old_float(digits).then_some(ScalarKind::Float)
}

fn begins_like_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'))
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['+', '-']).unwrap_or(text)
}

/// Whether `text` has at least one character and all of them pass `test`.
fn all(text: &str, test: impl Fn(u8) -> bool) -> bool {
    !text.is_empty() && text.bytes().all(test)
}

fn is_digits(text: &str) -> bool {
    all(text, |b| b.is_ascii_digit())
}

fn is_integer(text: &str) -> bool {
    if let Some(octal) = text.strip_prefix("0o") {
        return all(octal, |b| matches!(b, b'0'..=b'7'));
    }
    if let Some(hex) = text.strip_prefix("0x") {
        return all(hex, |b| b.is_ascii_hexdigit());
    }
    is_digits(unsigned(text))
}

fn is_float(text: &str) -> bool {
    let text = unsigned(text);
    if matches!(text, ".inf" | ".Inf" | ".INF") {
        return true;
    }
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, Some(exponent)),
        None => (text, None),
    };
    exponent.is_none_or(|e| is_digits(unsigned(e))) && is_decimal(number)
}

/// `1`, `1.`, `1.5` or `.5`.
fn is_decimal(text: &str) -> bool {
    match text.split_once('.') {
        None => is_digits(text),
        Some(("", fraction)) => is_digits(fraction),
        Some((whole, fraction)) => is_digits(whole) && (fraction.is_empty() || is_digits(fraction)),
    }
}

fn is_old_boolean(text: &str) -> bool {
    // One spelling each in lower case, upper case, and with a capital.
    let spelt = |word: &str| {
        let rest = text.get(1..).unwrap_or("");
        text.eq_ignore_ascii_case(word)
            && (rest == &word[1..]
                || (text.starts_with(|c: char| c.is_ascii_uppercase())
                    && rest.bytes().all(|b| b.is_ascii_uppercase())))
    };
    text.len() <= 3 && ["y", "n", "yes", "no", "on", "off"].into_iter().any(spelt)
}

/// `0b101`, `1_000`, `0x_ff`.
fn is_old_integer(text: &str) -> bool {
    if let Some(binary) = text.strip_prefix("0b") {
        return all(binary, |b| matches!(b, b'0' | b'1' | b'_'));
    }
    if let Some(hex) = text.strip_prefix("0x") {
        return all(hex, |b| b.is_ascii_hexdigit() || b == b'_');
    }
    is_grouped(text)
}

/// Digits and underscores, a digit first.
fn is_grouped(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'_')
}

/// `1_000.5`, `1_000e+3` and the like.
fn is_old_float(text: &str) -> bool {
    let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let Some((whole, fraction)) = number.split_once('.') else {
        return false;
    };
    is_digits(unsigned(exponent))
        && (whole.is_empty() || is_grouped(whole))
        && (!whole.is_empty() || fraction.starts_with(|c: char| c.is_ascii_digit()))
        && fraction.bytes().all(|b| b.is_ascii_digit() || b == b'_')
}

/// `1:30`, `190:20:30`, `1:30.5`: minutes and seconds count in sixties.
fn is_base_60(text: &str) -> bool {
    let text = match text.rsplit_once('.') {
        Some((whole, fraction)) if fraction.is_empty() || is_grouped(fraction) => whole,
        Some(_) => return false,
        None => text,
    };
    let mut parts = text.split(':');
    let first = parts.next().is_some_and(is_grouped);
    let mut rest = parts.peekable();
    let sixty =
        |part: &str| is_digits(part) && part.len() <= 2 && part.parse::<u8>().is_ok_and(|n| n < 60);
    first && rest.peek().is_some() && rest.all(sixty)
}

/// `2026-11-21`, alone or with a time after it.
fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let mut part = || parts.next().unwrap_or("");
    let (year, month, rest) = (part(), part(), part());
    let day_end = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (day, time) = rest.split_at(day_end);
    is_digits(year)
        && year.len() == 4
        && is_digits(month)
        && month.len() <= 2
        && matches!(day_end, 1 | 2)
        && is_digits(day)
        && (time.is_empty() || is_time(time))
}

/// What may follow a date: `T10:00:00Z`, ` 10:00:00.5 +02:00`.
fn is_time(text: &str) -> bool {
    let clock = text.trim_start_matches(['T', 't', ' ', '\t']);
    clock.len() < text.len()
        && clock.starts_with(|c: char| c.is_ascii_digit())
        && clock.contains(':')
        && clock
            .bytes()
            .all(|b| b.is_ascii_digit() || b":.+-Zz \t".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn words_are_told_at_a_glance(
            text in "[a-zA-Z]{1,7}|null|true|False|[yno]es|0x1F|[0-9.:e+-]{1,8}|[a-z0-9]{5,7}"
        ) {
            let older = match kind(&text) {
                ScalarKind::Text => kind_in_yaml_1_1(&text),
                _ => None,
            };
            proptest::prop_assert_eq!(kinds(&text), (kind(&text), older));
        }
    }

    #[test]
    fn the_core_schema_is_followed() {
        let cases = [
            ("~ null Null NULL", ScalarKind::Null),
            ("true True TRUE false False FALSE", ScalarKind::Boolean),
            ("0 -1 +12 010 0o17 0xfF", ScalarKind::Integer),
            ("1. 1.5 .5 -1e3 1.5E-7 .inf -.INF .nan", ScalarKind::Float),
            (
                "nUll tRue no 0b1 1_000 0o8 0x . - + -. 1e .e1 .Nan 1.2.3 +.nan é 1:30",
                ScalarKind::Text,
            ),
        ];
        for (texts, expected) in cases {
            for text in texts.split(' ') {
                assert_eq!(kind(text), expected, "{text}");
            }
        }
    }

    #[test]
    fn what_older_readers_misread_is_known() {
        let cases = [
            (
                "y Y n N yes Yes YES no No NO on On ON off Off OFF",
                Some(ScalarKind::Boolean),
            ),
            (
                "1:30 190:20:30 1_000 0b101 -1_0 1:30.5",
                Some(ScalarKind::Integer),
            ),
            ("1_000.5 1_0.5e+3", Some(ScalarKind::Float)),
            (
                "2026-11-21 2026-1-2 2026-11-21T10:00:00Z",
                Some(ScalarKind::Date),
            ),
            (
                "nO yEs New open 1:99 1:a 2026-11 2026-11-21x 1.2.3 - . _1 -x",
                None,
            ),
        ];
        for (texts, expected) in cases {
            for text in texts.split(' ') {
                assert_eq!(kind_in_yaml_1_1(text), expected, "{text}");
            }
        }
        assert_eq!(
            kind_in_yaml_1_1("2026-11-21 10:00:00 +02:00"),
            Some(ScalarKind::Date)
        );
    }
}
