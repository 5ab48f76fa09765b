//! Dates and times as RFC 3339 (§5.6) has them.

/// What a text is that ought to be a date and time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A date and time with its zone.
    Whole,
    /// A date and time in nobody's zone.
    WithoutZone,
    /// Nearly a date and time; this one is meant.
    Meant(String),
    /// Something else.
    Neither,
}

/// What `text` is.
pub fn read(text: &str) -> Moment {
    let (date, rest) = match text.split_at_checked("2016-03-14".len()) {
        Some(parts) if is_date(parts.0) => parts,
        _ => return Moment::Neither,
    };
    // RFC 3339 lets people write a space for the `T`; ISO 8601 and most readers do not.
    let time = match rest.strip_prefix(['T', 't']) {
        Some(time) => time,
        None => match rest
            .strip_prefix(' ')
            .map(|time| read(&format!("{date}T{time}")))
        {
            None | Some(Moment::Neither) => return Moment::Neither,
            Some(Moment::Meant(meant)) => return Moment::Meant(meant),
            Some(_) => return Moment::Meant(format!("{date}T{}", &rest[1..])),
        },
    };
    let zone_at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone_at);
    let zoned = !zone.is_empty();
    match (is_clock(clock), !zoned || is_zone(zone)) {
        (Some(Seconds::Written), true) if zoned => Moment::Whole,
        (Some(Seconds::Left), true) if zoned => Moment::Meant(format!("{date}T{clock}:00{zone}")),
        // The product's page on data types has times without a zone, to the minute.
        (Some(_), true) => Moment::WithoutZone,
        _ => Moment::Neither,
    }
}

enum Seconds {
    Written,
    Left,
}

fn is_date(text: &str) -> bool {
    let [year, month, day] = fields(text, '-', [4, 2, 2]);
    let (Some(year), Some(month), Some(day)) = (year, month, day) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

fn is_clock(text: &str) -> Option<Seconds> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let digits = |f: &str| !f.is_empty() && f.bytes().all(|b| b.is_ascii_digit());
    if !fraction.is_none_or(digits) {
        return None;
    }
    // Sixty is a leap second.
    let [hour, minute, second] = fields(whole, ':', [2, 2, 2]);
    if hour.is_some_and(|h| h < 24) && minute.is_some_and(|m| m < 60) {
        return (second.is_some_and(|s| s <= 60)).then_some(Seconds::Written);
    }
    let [hour, minute] = fields(whole, ':', [2, 2]);
    let right = hour.is_some_and(|h| h < 24) && minute.is_some_and(|m| m < 60);
    (right && fraction.is_none()).then_some(Seconds::Left)
}

fn is_zone(text: &str) -> bool {
    if matches!(text, "Z" | "z") {
        return true;
    }
    let Some(offset) = text.strip_prefix(['+', '-']) else {
        return false;
    };
    let [hour, minute] = fields(offset, ':', [2, 2]);
    hour.is_some_and(|h| h < 24) && minute.is_some_and(|m| m < 60)
}

/// The numbers in `text`, each of so many digits; all or none of them.
fn fields<const N: usize>(text: &str, between: char, digits: [usize; N]) -> [Option<u32>; N] {
    let parts: Vec<&str> = text.split(between).collect();
    let fits = |(part, digits): (&&str, usize)| {
        part.len() == digits && part.bytes().all(|b| b.is_ascii_digit())
    };
    if parts.len() != N || !parts.iter().zip(digits).all(fits) {
        return [None; N];
    }
    std::array::from_fn(|i| parts[i].parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_with_a_zone_are_whole() {
        for text in [
            "2016-03-14T09:14:13Z",
            "2016-03-10T12:32:00-06:00",
            "2016-02-29t23:59:60.123z",
        ] {
            assert_eq!(read(text), Moment::Whole, "{text}");
        }
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        let day = |date: &str| read(&format!("{date}T00:00:00Z")) == Moment::Whole;
        for date in [
            "2016-02-29",
            "2000-02-29",
            "2015-02-28",
            "2016-04-30",
            "2016-06-30",
            "2016-09-30",
            "2016-11-30",
            "2016-01-31",
            "2016-12-31",
            "2016-01-01",
        ] {
            assert!(day(date), "{date}");
        }
        for date in [
            "1900-02-29",
            "2100-02-29",
            "2015-02-29",
            "2016-02-30",
            "2016-04-31",
            "2016-06-31",
            "2016-09-31",
            "2016-11-31",
            "2016-12-32",
            "2016-01-00",
            "2016-00-10",
            "20160-1-01",
            "2016-1a-01",
        ] {
            assert!(!day(date), "{date}");
        }
    }

    #[test]
    fn clocks_and_zones_have_their_ends() {
        let whole = |time: &str| read(&format!("2016-03-14T{time}")) == Moment::Whole;
        for time in ["23:59:60Z", "00:00:00+23:59", "12:00:00.5-00:00"] {
            assert!(whole(time), "{time}");
        }
        for time in [
            "24:00:00Z",
            "23:60:00Z",
            "23:59:61Z",
            "00:00:00+24:00",
            "00:00:00+23:60",
            "0:00:00Z",
            "00:00:00.Z",
            "00:00:00.x5Z",
            "1a:00:00Z",
            "00:00:00Z+01:00",
        ] {
            assert!(!whole(time), "{time}");
        }
        let to_the_minute =
            |clock: &str| read(&format!("2016-03-14T{clock}")) == Moment::WithoutZone;
        assert!(to_the_minute("23:59"));
        for clock in ["24:00", "23:60", "24:60", "23", "9:14"] {
            assert!(!to_the_minute(clock), "{clock}");
        }
    }

    #[test]
    fn near_misses_are_told_from_nonsense() {
        let meant = |text: &str| Moment::Meant(text.to_owned());
        assert_eq!(read("2016-03-14 09:14:13Z"), meant("2016-03-14T09:14:13Z"));
        assert_eq!(read("2016-03-14T09:14Z"), meant("2016-03-14T09:14:00Z"));
        assert_eq!(read("2016-03-14T09:14"), Moment::WithoutZone);
        assert_eq!(read("2016-03-14T09:14:13"), Moment::WithoutZone);
        for text in [
            "",
            "soon",
            "2016-03-14",
            "2015-02-29T00:00:00Z",
            "2016-13-01T00:00:00Z",
            "2016-03-14T24:00:00Z",
            "2016-03-14T09:14:13+6",
            "2016-03-14T09:14.5Z",
            "2016-03-1éT09:14:13Z",
        ] {
            assert_eq!(read(text), Moment::Neither, "{text}");
        }
    }
}
