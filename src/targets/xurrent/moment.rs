//! Dates and times as RFC 3339 (§5.6) has them.

use toml_datetime::Datetime;

/// What a text is that ought to be a date and time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A date and time, with its zone or in that of who sends it.
    Whole,
    /// Nearly a date and time; this one is meant.
    Meant(String),
    /// Something else.
    Neither,
}

/// What `text` is.
pub fn read(text: &str) -> Moment {
    // TOML has those of RFC 3339, and others with a space for the `T` or without seconds.
    let Ok(Datetime {
        date: Some(_),
        time: Some(time),
        offset,
    }) = text.parse()
    else {
        return Moment::Neither;
    };
    let mut meant = text.replace(' ', "T");
    if offset.is_some() && time.second.is_none() {
        meant.insert_str("2016-03-14T09:14".len(), ":00");
    }
    match offset {
        _ if meant != text => Moment::Meant(meant),
        // The product's page on data types has times without a zone, to the minute.
        _ => Moment::Whole,
    }
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
        let to_the_minute = |clock: &str| read(&format!("2016-03-14T{clock}")) == Moment::Whole;
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
        assert_eq!(read("2016-03-14T09:14"), Moment::Whole);
        assert_eq!(read("2016-03-14T09:14:13"), Moment::Whole);
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
