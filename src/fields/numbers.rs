//! Numbers as the two syntaxes spell them, with all their digits.

use crate::node::ScalarKind;

/// A whole number as both syntaxes spell it: decimal, `0x`, `0o`, and in TOML `0b` and `_`.
pub fn parse_integer(text: &str) -> Option<i128> {
    let digits = text.replace('_', "");
    let (is_negative, digits) = signed(&digits);
    let magnitude = match radix(digits) {
        Some((radix, digits)) => i128::from_str_radix(digits, radix),
        None => digits.parse(),
    };
    let magnitude = magnitude.ok()?;
    Some(if is_negative { -magnitude } else { magnitude })
}

/// The same number as JSON spells it, with the same digits. `None` for what is no number there, and
/// for more bits than 128 that are not written as decimal digits.
pub fn as_json(text: &str, kind: ScalarKind) -> Option<String> {
    let text = text.replace('_', "");
    let (is_negative, digits) = signed(&text);
    let sign = if is_negative { "-" } else { "" };
    if kind == ScalarKind::Integer && radix(digits).is_some() {
        return parse_integer(&text).map(|number| number.to_string());
    }
    let (mantissa, exponent) = match digits.find(['e', 'E']) {
        Some(at) => digits.split_at(at),
        None => (digits, ""),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, "")) => (whole, ".0".to_owned()),
        Some((whole, fraction)) => (whole, format!(".{fraction}")),
        None => (mantissa, String::new()),
    };
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction.trim_start_matches('.')) || mantissa.is_empty() {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    Some(format!("{sign}{whole}{fraction}{exponent}"))
}

/// A number with a point and without an exponent, with the same digits; `None` where it is so large
/// or so small that nobody writes it so.
pub fn plain_decimal(text: &str) -> Option<String> {
    const MOST_ZEROS: i64 = 16;
    let text = as_json(text, ScalarKind::Float)?;
    let (is_negative, digits) = signed(&text);
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse().ok()?),
        None => (digits, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let point = i64::try_from(whole.len()).ok()?.checked_add(exponent)?;
    let length = i64::try_from(all.len()).ok()?;
    let (before, after) = match point {
        ..=0 if -point < MOST_ZEROS => {
            let zeros = usize::try_from(-point).ok()?;
            ("0".to_owned(), "0".repeat(zeros) + &all)
        }
        1.. if point < length => {
            let (before, after) = all.split_at_checked(usize::try_from(point).ok()?)?;
            (before.to_owned(), after.to_owned())
        }
        1.. if point - length < MOST_ZEROS => {
            let zeros = usize::try_from(point - length).ok()?;
            (all + &"0".repeat(zeros), "0".to_owned())
        }
        _ => return None,
    };
    let before = match before.trim_start_matches('0') {
        "" => "0",
        before => before,
    };
    let sign = if is_negative { "-" } else { "" };
    Some(format!("{sign}{before}.{after}"))
}

fn signed(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn radix(digits: &str) -> Option<(u32, &str)> {
    let radix = match digits.get(..2)? {
        "0x" => 16,
        "0o" => 8,
        "0b" => 2,
        _ => return None,
    };
    Some((radix, &digits[2..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_is_kept() {
        for (text, kind, json) in [
            (
                "12345678901234567890",
                ScalarKind::Integer,
                Some("12345678901234567890"),
            ),
            ("-0", ScalarKind::Integer, Some("-0")),
            ("+012", ScalarKind::Integer, Some("12")),
            ("1_000", ScalarKind::Integer, Some("1000")),
            (
                "0xffffffffffffffff",
                ScalarKind::Integer,
                Some("18446744073709551615"),
            ),
            ("-0b101", ScalarKind::Integer, Some("-5")),
            (
                "0xffffffffffffffffffffffffffffffffff",
                ScalarKind::Integer,
                None,
            ),
            (
                "0.12345678901234567890",
                ScalarKind::Float,
                Some("0.12345678901234567890"),
            ),
            ("1.", ScalarKind::Float, Some("1.0")),
            (".5", ScalarKind::Float, Some("0.5")),
            ("-007.50E+08", ScalarKind::Float, Some("-7.50E+08")),
            ("1e400", ScalarKind::Float, Some("1e400")),
            (".inf", ScalarKind::Float, None),
            ("-nan", ScalarKind::Float, None),
        ] {
            assert_eq!(as_json(text, kind).as_deref(), json, "{text}");
            let json = json.unwrap_or("1");
            let number: serde_json::Number = json.parse().expect(json);
            // Of the exponent alone it has a way of writing of its own.
            let plain = |text: &str| text.to_lowercase().replace('+', "");
            assert_eq!(plain(&number.to_string()), plain(json));
        }
    }

    #[test]
    fn an_exponent_moves_the_point() {
        for (text, plain) in [
            ("1e3", Some("1000.0")),
            ("1.2345678901234567890e2", Some("123.45678901234567890")),
            ("-1.5e-2", Some("-0.015")),
            ("0.005e1", Some("0.05")),
            ("1e0", Some("1.0")),
            (".5", Some("0.5")),
            ("1e99", None),
            ("1e-99", None),
            ("1e99999999999999999999", None),
        ] {
            assert_eq!(plain_decimal(text).as_deref(), plain, "{text}");
        }
    }
}
