//! What a plain YAML scalar is: by the core schema of YAML 1.2.2, §10.3.2, and to the readers in
//! use. Those follow YAML 1.1 (<https://yaml.org/type/>), something between the two, or themselves:
//! `tests/readers.tsv` beside this file lists what each makes of some hundred scalars.

use crate::node::ScalarKind;

/// Whether every reader of YAML takes `text`, written without quotes, for text.
pub fn is_only_text(text: &str) -> bool {
    kind(text) == ScalarKind::Text && text_elsewhere(text).is_none()
}

/// What `text`, written without quotes, is by the core schema, and what some reader takes it for
/// that does not follow it there. A number that is another number to some reader is one elsewhere,
/// too.
pub(super) fn kinds(text: &str) -> (ScalarKind, Option<ScalarKind>) {
    if is_plain_word(text) {
        return (ScalarKind::Text, None);
    }
    match kind(text) {
        ScalarKind::Text => (ScalarKind::Text, text_elsewhere(text)),
        ScalarKind::Integer => (ScalarKind::Integer, integer_elsewhere(text)),
        ScalarKind::Float => (ScalarKind::Float, float_elsewhere(text)),
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

/// What some reader takes `text` for, where the core schema takes it for text; `None` where all
/// agree.
fn text_elsewhere(text: &str) -> Option<ScalarKind> {
    match text.as_bytes().first()? {
        // To most readers of YAML 1.1 these are no text but signs that they cannot use here, and
        // Ruby's makes a symbol of what follows a colon.
        b'=' | b'<' => matches!(text, "=" | "<<").then_some(ScalarKind::Sign),
        b':' => (text.len() > 1).then_some(ScalarKind::Sign),
        _ if begins_like_number(text) => like_number(text),
        _ => word(text),
    }
}

/// Whether `text` begins with a letter, and is no word that some reader takes for something else. Most
/// scalars are such, and this is asked of every one: their length and first letter tell.
fn is_plain_word(text: &str) -> bool {
    let first = match text.as_bytes().first() {
        Some(first) if first.is_ascii_alphabetic() => first.to_ascii_lowercase(),
        _ => return false,
    };
    match text.len() {
        1 => !matches!(first, b'y' | b'n'),
        2 => !matches!(first, b'n' | b'o'),
        3 => !matches!(first, b'y' | b'o'),
        4 => !matches!(first, b't' | b'n'),
        5 => first != b'f',
        _ => true,
    }
}

/// Ruby's reader does not care for capitals.
fn word(text: &str) -> Option<ScalarKind> {
    let is = |word: &&str| text.eq_ignore_ascii_case(word);
    let booleans = ["y", "n", "yes", "no", "on", "off", "true", "false"];
    if booleans.iter().any(is) {
        return Some(ScalarKind::Boolean);
    }
    is(&"null").then_some(ScalarKind::Null)
}

fn like_number(text: &str) -> Option<ScalarKind> {
    if is_date(text) {
        return Some(ScalarKind::Date);
    }
    let digits = unsigned(text);
    if is_base_60(digits) || is_loose_integer(digits) {
        return Some(ScalarKind::Integer);
    }
    let is_special = digits.eq_ignore_ascii_case(".inf") || text.eq_ignore_ascii_case(".nan");
    (is_special || is_loose_float(digits)).then_some(ScalarKind::Float)
}

/// Leading zeros make a number octal in YAML 1.1, where `0o` means nothing.
fn integer_elsewhere(text: &str) -> Option<ScalarKind> {
    let digits = unsigned(text);
    let rest = digits.strip_prefix('0')?;
    match rest.as_bytes().first()? {
        b'x' => None,
        b'o' => Some(ScalarKind::Text),
        _ => match rest.trim_start_matches('0') {
            // The same number in any base.
            "" | "1" | "2" | "3" | "4" | "5" | "6" | "7" => None,
            _ => Some(ScalarKind::Integer),
        },
    }
}

/// In YAML 1.1 a number with an exponent has a point, and its exponent a sign; nor does everybody
/// take leading zeros, or a sign before a point.
fn float_elsewhere(text: &str) -> Option<ScalarKind> {
    let digits = unsigned(text);
    let (number, exponent) = split_exponent(digits);
    let has_point = number.contains('.');
    let is_signed = exponent.is_none_or(|e| e.starts_with(['+', '-']));
    let begins = match digits.as_bytes() {
        [b'.', b'i' | b'I' | b'n' | b'N', ..] => return None,
        [b'.', ..] => digits.len() == text.len(),
        [b'0', b'0'..=b'9', ..] => false,
        _ => true,
    };
    (!(has_point && is_signed && begins)).then_some(ScalarKind::Text)
}

fn begins_like_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'))
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['+', '-']).unwrap_or(text)
}

fn split_exponent(text: &str) -> (&str, Option<&str>) {
    match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, Some(exponent)),
        None => (text, None),
    }
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
    let (number, exponent) = split_exponent(text);
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

/// `0b101`, `1_000`, `0X1F`, `0o1_7`, `1,000`: some readers pass over underscores, Ruby's over
/// commas, too; Go's takes capitals.
fn is_loose_integer(text: &str) -> bool {
    let digits = |text: &str, test: fn(u8) -> bool| all(text, |b| b == b'_' || test(b));
    let some_digits =
        |text: &str, test: fn(u8) -> bool| digits(text, test) && text.bytes().any(test);
    let with_commas =
        |text: &str, test: fn(u8) -> bool| all(text, |b| b",_".contains(&b) || test(b));
    let is_binary = |b: u8| matches!(b, b'0' | b'1');
    let is_octal = |b: u8| matches!(b, b'0'..=b'7');
    let is_hex = |b: u8| b.is_ascii_hexdigit();
    let is_decimal = |b: u8| b.is_ascii_digit();
    if let (Some(prefix), Some(rest)) = (text.get(..2), text.get(2..)) {
        match prefix {
            "0b" => return with_commas(unsigned(rest), is_binary),
            "0B" => return some_digits(rest, is_binary),
            "0o" => return digits(unsigned(rest), is_octal),
            "0O" => return some_digits(rest, is_octal),
            "0x" => return with_commas(rest, is_hex),
            "0X" => return some_digits(rest, is_hex),
            _ => {}
        }
    }
    let is_apart = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    match text.starts_with('0') && text.contains(',') {
        true => with_commas(text, is_octal),
        false if text.contains(',') => {
            text.split([',', '_']).all(is_apart) && with_commas(text, is_decimal)
        }
        false => digits(text, is_decimal),
    }
}

/// `1_000.5`, `1_e3`, `._5` and the like.
fn is_loose_float(text: &str) -> bool {
    let (number, exponent) = split_exponent(text);
    let is_grouped = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'_');
    let has_digit = |text: &str| text.bytes().any(|b| b.is_ascii_digit());
    if exponent.is_some_and(|e| !is_grouped(unsigned(e)) || !has_digit(e)) {
        return false;
    }
    if !has_digit(number) {
        // A number to those that look for digits and underscores only, and then refuse it.
        return exponent.is_none()
            && number
                .strip_prefix('.')
                .is_some_and(|f| all(f, |b| b == b'_'));
    }
    if number.starts_with('.') && exponent.is_some_and(|e| e.contains('_')) {
        return false;
    }
    let Some((whole, fraction)) = number.split_once('.') else {
        return exponent.is_some() && is_grouped(number);
    };
    let is_digits_or_comma = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit())
            && text
                .bytes()
                .all(|b| b.is_ascii_digit() || b",_".contains(&b))
    };
    is_grouped(fraction) && (is_grouped(whole) || is_digits_or_comma(whole))
}

/// `1:30`, `190:20:30`, `1:30.5`: minutes and seconds count in sixties.
fn is_base_60(text: &str) -> bool {
    let is_grouped = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit())
            && text.bytes().all(|b| b.is_ascii_digit() || b == b'_')
    };
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
    let is_short = |part: &str| matches!(part.len(), 1 | 2) && is_digits(part);
    if year.len() != 4 || !is_digits(year) || !is_short(month) || !is_short(day) {
        return false;
    }
    match time {
        // Alone, and of fewer digits, only a day that there is.
        "" => (month.len() == 2 && day.len() == 2) || is_day(year, month, day),
        time => is_time(time),
    }
}

fn is_day(year: &str, month: &str, day: &str) -> bool {
    let number = |text: &str| text.parse::<u16>().unwrap_or(0);
    let (year, day) = (number(year), number(day));
    let is_leap_year = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match number(month) {
        2 => 28 + u16::from(is_leap_year),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// What may follow a date: `T10:00:00Z`, ` 10:00:00.5 +02:00`.
fn is_time(text: &str) -> bool {
    let clock = match text.strip_prefix(['T', 't']) {
        Some(clock) => clock,
        None => text.trim_start_matches([' ', '\t']),
    };
    let is_clock_byte = |b: &u8| b.is_ascii_digit() || *b == b':';
    let (clock, rest) = clock.split_at(clock.bytes().take_while(is_clock_byte).count());
    let parts: Vec<&str> = clock.split(':').collect();
    let is_short = |part: &&str| matches!(part.len(), 1 | 2);
    if clock.len() == text.len() || parts.len() != 3 || !parts.iter().all(is_short) {
        return false;
    }
    // Go's reader alone takes minutes of one digit, and fractions after a comma; then with a zone
    // after `T` and without one after a blank.
    let is_written_out = parts[1].len() == 2 && parts[2].len() == 2;
    let fraction = rest.strip_prefix('.').or_else(|| rest.strip_prefix(','));
    let zone = fraction.map_or(rest, |f| f.trim_start_matches(|c: char| c.is_ascii_digit()));
    let after_t = text.starts_with(['T', 't']);
    if is_written_out && !rest.starts_with(',') {
        return is_zone(zone.trim_start_matches([' ', '\t']));
    }
    match after_t {
        true => zone == "Z" || (zone.len() == 6 && is_zone(zone)),
        false => zone.is_empty(),
    }
}

/// `Z`, `+2`, `+02`, `+0200`, `+02:00`, or nothing. Ruby's reader looks at no more than the digits.
fn is_zone(text: &str) -> bool {
    let Some(offset) = text.strip_prefix(['+', '-']) else {
        return matches!(text, "" | "Z");
    };
    let Some((hours, minutes)) = offset.split_once(':') else {
        return matches!(offset.len(), 1..=4) && is_digits(offset);
    };
    let is_hours = matches!(hours.len(), 1 | 2) && is_digits(hours);
    is_hours && (minutes.is_empty() || (minutes.len() == 2 && is_digits(minutes)))
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
                ScalarKind::Text => text_elsewhere(&text),
                ScalarKind::Integer => integer_elsewhere(&text),
                ScalarKind::Float => float_elsewhere(&text),
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

    /// Held against what real readers made of some hundred scalars.
    #[test]
    fn what_readers_misread_is_known() {
        let table = include_str!("tests/readers.tsv").lines();
        let rows: Vec<(&str, &str)> = table
            .filter(|line| !line.starts_with("# "))
            .filter_map(|line| line.split_once('\t'))
            .collect();
        assert!(rows.len() > 450, "{}", rows.len());
        for (text, readers) in rows {
            let text = text.replace("\\t", "\t");
            assert_eq!(
                kinds(&text).1.is_some(),
                !readers.is_empty(),
                "{text} {readers}"
            );
        }
    }

    #[test]
    fn what_a_text_is_elsewhere_is_told() {
        let cases = [
            ("y No oN tRUE", ScalarKind::Boolean),
            ("nUll", ScalarKind::Null),
            (
                "1:30 1:30.5 1_000 0b101 0X1F +0o17 1,000",
                ScalarKind::Integer,
            ),
            ("1_000.5 1_e3 .iNF", ScalarKind::Float),
            ("2026-11-21 2026-11-21T10:00:00Z", ScalarKind::Date),
            ("= << :x", ScalarKind::Sign),
        ];
        for (texts, expected) in cases {
            for text in texts.split(' ') {
                assert_eq!(kinds(text), (ScalarKind::Text, Some(expected)), "{text}");
            }
        }
    }
}
