//! Durations in other words than those of the language, and what they mean.

use crate::diagnostic::Diagnostic;
use crate::fields::{Field, invalid_values, wrong_types};
use crate::language::values::Duration;
use crate::node::{Scalar, ScalarKind, respelt};
use crate::source::Span;

/// What a text in the place of a duration means.
#[derive(Debug, PartialEq)]
pub(super) enum Meant {
    /// This very duration.
    Exactly(String),
    /// Most likely this one: a month and a year have no length of their own.
    Perhaps(String),
    /// A number without a unit.
    Number(String),
    /// No time at all.
    Nothing,
    /// Something else.
    Unknown,
}

/// What people and other tools call units, with how many seconds each is, and whether that is always so.
const UNITS: &[(&[&str], u64, bool)] = &[
    (&["s", "sec", "secs", "second", "seconds"], 1, true),
    (&["m", "min", "mins", "minute", "minutes"], 60, true),
    (
        &[
            "h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden",
        ],
        60 * 60,
        true,
    ),
    (&["d", "day", "days", "tag", "tage"], 24 * 60 * 60, true),
    (
        &["w", "wk", "wks", "week", "weeks", "woche", "wochen"],
        7 * 24 * 60 * 60,
        true,
    ),
    (
        &["mo", "mon", "month", "months", "monat", "monate"],
        30 * 24 * 60 * 60,
        false,
    ),
    (
        &["y", "yr", "yrs", "a", "year", "years", "jahr", "jahre"],
        365 * 24 * 60 * 60,
        false,
    ),
];

/// What `written` means, of which the language does not have the spelling.
pub(super) fn meant(written: &str) -> Meant {
    let text = written.trim().to_lowercase();
    if text.parse::<u32>().is_ok() {
        return match text.trim_matches('0').is_empty() {
            true => Meant::Nothing,
            false => Meant::Number(text),
        };
    }
    // Time does not run backwards.
    let is_some = !text.is_empty() && !text.starts_with('-');
    let read = seconds(&text).filter(|_| is_some);
    let Some((seconds, is_exact)) = read else {
        return Meant::Unknown;
    };
    if seconds == 0 {
        return Meant::Nothing;
    }
    let minutes = seconds.div_ceil(60);
    let is_exact = is_exact && seconds % 60 == 0;
    let mut largest_first = Duration::UNITS.iter().rev();
    // Weeks are said by whoever means weeks.
    let fits = |(sign, _, unit): &&(char, &str, u64)| {
        minutes % unit == 0 && (*sign != 'w' || text.contains('w'))
    };
    let spelt = largest_first.find(fits);
    let spelt = spelt.map(|(sign, _, unit)| format!("{}{sign}", minutes / unit));
    match spelt.filter(|spelt| Duration::minutes(spelt).is_some()) {
        Some(spelt) if is_exact => Meant::Exactly(spelt),
        Some(spelt) => Meant::Perhaps(spelt),
        None => Meant::Unknown,
    }
}

/// How many seconds numbers with units are together, as people and ISO 8601 write them, and whether that
/// is always so.
fn seconds(text: &str) -> Option<(u64, bool)> {
    let iso = text.strip_prefix('p').filter(|rest| !rest.is_empty());
    let mut rest = iso.unwrap_or(text);
    let (mut sum, mut is_exact, mut is_time) = (0_u64, true, false);
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',', '+', '_', '-']);
        if iso.is_some()
            && let Some(after) = rest.strip_prefix('t')
        {
            (rest, is_time) = (after, true);
        }
        if rest.is_empty() {
            return Some((sum, is_exact));
        }
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, after) = rest.split_at(end);
        let after = after.trim_start_matches([' ', '-', '_']);
        // In ISO 8601, a unit is one letter, and that for months is also that for minutes.
        let end = match iso {
            Some(_) => after.chars().next().map(char::len_utf8),
            None => after.find(|c: char| !c.is_alphabetic()),
        };
        let (unit, after) = after.split_at(end.unwrap_or(after.len()));
        let unit = if iso.is_some() && unit == "m" && !is_time {
            "mo"
        } else {
            unit
        };
        let (_, length, is_always) = UNITS.iter().find(|(words, ..)| words.contains(&unit))?;
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        let whole: u64 = whole.parse().ok()?;
        sum = sum.checked_add(whole.checked_mul(*length)?)?;
        if !part.is_empty() {
            let digits = u32::try_from(part.len()).ok()?;
            let part: u64 = part.parse().ok()?;
            let scale = 10_u64.checked_pow(digits)?;
            let product = part.checked_mul(*length)?;
            is_exact &= product % scale == 0;
            sum = sum.checked_add(product / scale)?;
        }
        is_exact &= is_always;
        rest = after;
    }
}

/// `field` takes a duration, and `scalar` is none.
pub(super) fn report(field: Field, scalar: &Scalar, span: Span, meant: &Meant) -> Diagnostic {
    let written = scalar.text();
    let report = match scalar.kind() {
        kind if kind != ScalarKind::Text => {
            let message = format!("{field} is {}, not a duration", kind.phrase());
            Diagnostic::new(&wrong_types::CODE, message, span, "a duration belongs here")
        }
        _ => {
            let message = format!("{field} is not a duration: `{written}`");
            Diagnostic::new(&invalid_values::CODE, message, span, "not a duration")
        }
    };
    let spelt = |meant: &str| respelt(written, span, meant);
    match meant {
        Meant::Exactly(meant) => report
            .help(format!("change it to `{meant}`"))
            .fix(span, spelt(meant)),
        Meant::Perhaps(meant) => report
            .help(format!("change it to `{meant}`, or to the time that is meant"))
            .unsafe_fix(span, spelt(meant))
            .note(UNITS_NOTE),
        Meant::Number(number) => report.help(format!(
            "write its unit: `{number}m` for minutes, `{number}h` for hours, `{number}d` for days, `{number}w` for weeks"
        )),
        Meant::Nothing => report
            .help("write `automatic: true` where the transition happens at once, or a time such as `4h`"),
        Meant::Unknown => report
            .help("write a duration, such as `4h`")
            .note(UNITS_NOTE),
    }
}

const UNITS_NOTE: &str =
    "a duration is a number of minutes (`m`), hours (`h`), days (`d`) or weeks (`w`)";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_spellings_are_understood() {
        let exactly = |text: &str| Meant::Exactly(text.to_owned());
        let perhaps = |text: &str| Meant::Perhaps(text.to_owned());
        for (written, means) in [
            ("2 days", exactly("2d")),
            ("2 Tage", exactly("2d")),
            ("14 D", exactly("14d")),
            ("P14D", exactly("14d")),
            ("PT4H", exactly("4h")),
            ("P1DT12H", exactly("36h")),
            ("P2W", exactly("2w")),
            ("1d 12h", exactly("36h")),
            ("1d12h", exactly("36h")),
            ("1.5h", exactly("90m")),
            ("120s", exactly("2m")),
            ("07d", exactly("7d")),
            ("30 s", perhaps("1m")),
            ("1y", perhaps("365d")),
            ("P3M", perhaps("90d")),
            ("3 months", perhaps("90d")),
            ("14", Meant::Number("14".to_owned())),
            ("0", Meant::Nothing),
            ("0h", Meant::Nothing),
            ("P0D", Meant::Nothing),
            ("-1h", Meant::Unknown),
            ("soon", Meant::Unknown),
            ("p", Meant::Unknown),
            ("1:30", Meant::Unknown),
            ("99999999999999999999d", Meant::Unknown),
            ("9999999999999d", Meant::Unknown),
            ("d", Meant::Unknown),
            ("", Meant::Unknown),
        ] {
            assert_eq!(meant(written), means, "{written}");
        }
    }
}
