//! Values of fields that are more than a word or a list of names.

use super::words::Asked;
use crate::node::{Entry, Kind, Node, ScalarKind, quoted};
use crate::source::{Span, Spanned, Text};

/// What people read in the place of a name.
#[derive(Clone, Debug)]
pub struct Label {
    /// Where it is written.
    pub span: Span,
    /// Each text with the tag of its language; one without a language stands alone.
    pub texts: Vec<(Option<Text>, Text)>,
}

impl Label {
    /// The text for people who read this language (BCP 47): that of the very tag, or of the longest
    /// that it begins with, or the one that has no language. Letter case says nothing in a tag.
    pub fn text(&self, language: &str) -> Option<&Text> {
        self.text_and_tag(language).map(|(_, text)| text)
    }

    /// As [`Label::text`], with the tag that it stands under.
    pub fn text_and_tag(&self, language: &str) -> Option<(Option<&Text>, &Text)> {
        let mut wanted = language;
        loop {
            let fits = |tag: &Option<Text>| match tag {
                Some(tag) => tag.value.eq_ignore_ascii_case(wanted),
                None => true,
            };
            if let Some((tag, text)) = self.texts.iter().find(|(tag, _)| fits(tag)) {
                return Some((tag.as_ref(), text));
            }
            (wanted, _) = wanted.rsplit_once('-')?;
        }
    }
}

/// A field of a ticket that is asked for.
#[derive(Clone, Debug)]
pub struct AskedField {
    /// Its name.
    pub name: Text,
    /// Whether it must be filled in.
    pub asked: Asked,
}

/// The fields of a ticket that are asked for, in the order of the file.
pub type Asks = Spanned<Vec<AskedField>>;

/// A time that passes, by the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duration {
    /// As a file writes it: `14d`.
    pub written: Text,
    /// How long that is.
    pub minutes: u64,
}

impl Duration {
    /// The signs of the units, each with its name and how many minutes it is.
    pub const UNITS: &'static [(char, &'static str, u64)] = &[
        ('m', "minute", 1),
        ('h', "hour", 60),
        ('d', "day", 24 * 60),
        ('w', "week", 7 * 24 * 60),
    ];

    /// How long `written` is, where it is one of a file: a number from 1 without zeros before it, and a
    /// unit.
    pub fn minutes(written: &str) -> Option<u64> {
        let unit = written.chars().next_back()?;
        let (_, _, minutes) = Self::UNITS.iter().find(|(sign, ..)| *sign == unit)?;
        let number = &written[..written.len() - unit.len_utf8()];
        let is_number = number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0');
        let number: u32 = number.parse().ok().filter(|_| is_number)?;
        Some(u64::from(number) * minutes)
    }

    /// So many minutes, as a file writes them: in the largest unit of which they are a whole number, but
    /// for weeks, which not everybody counts in.
    pub fn spelt(minutes: u64) -> String {
        let mut units = Self::UNITS.iter().rev().skip(1);
        let unit = units.find(|(.., unit)| minutes.is_multiple_of(*unit));
        unit.map_or_else(String::new, |(sign, _, unit)| {
            format!("{}{sign}", minutes / unit)
        })
    }

    /// As people say it: "14 days".
    pub fn phrase(&self) -> String {
        let written = &self.written.value;
        let unit = Self::UNITS.iter().find(|unit| written.ends_with(unit.0));
        let (number, name) = match unit {
            Some((sign, name, _)) => (written.trim_end_matches(*sign), *name),
            None => return written.to_string(),
        };
        let ending = if number == "1" { "" } else { "s" };
        format!("{number} {name}{ending}")
    }
}

/// What is kept for people and other programs, and read by nobody here.
#[derive(Clone, Debug)]
pub struct Meta {
    /// The map.
    pub body: Node<'static>,
}

impl Meta {
    /// It as it may be written on one line.
    pub fn on_one_line(&self) -> String {
        on_one_line(&self.body)
    }
}

/// Anything as it may be written on one line, with texts in quotes. Calls itself as deep as it is, which
/// reading bounds.
pub fn on_one_line(node: &Node) -> String {
    let list = |items: Vec<String>| items.join(", ");
    match node.kind() {
        Kind::Scalar(scalar) if scalar.kind() == ScalarKind::Text => quoted(scalar.text()),
        Kind::Scalar(scalar) => scalar.text().to_owned(),
        Kind::List(items) => format!("[{}]", list(items.iter().map(on_one_line).collect())),
        Kind::Map(entries) => {
            let entry = |e: &Entry| format!("{}: {}", e.key.text(), on_one_line(&e.value));
            match entries.is_empty() {
                true => "{}".to_owned(),
                false => format!("{{ {} }}", list(entries.iter().map(entry).collect())),
            }
        }
        Kind::Absent(_) | Kind::Lost => "null".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, SourceId, Syntax};

    fn text(written: &str) -> Text {
        let source = Source::new(SourceId(0), "x", Syntax::Yaml, written);
        Spanned::new(written.into(), source.at(0..written.len()))
    }

    #[test]
    fn durations_are_numbers_of_units() {
        for (written, minutes, phrase) in [
            ("30m", 30, "30 minutes"),
            ("1h", 60, "1 hour"),
            ("14d", 20_160, "14 days"),
            ("2w", 20_160, "2 weeks"),
        ] {
            assert_eq!(Duration::minutes(written), Some(minutes));
            assert_eq!(Duration::minutes(&Duration::spelt(minutes)), Some(minutes));
            let written = text(written);
            assert_eq!(Duration { written, minutes }.phrase(), phrase);
        }
        for wrong in [
            "",
            "d",
            "14",
            "0h",
            "07d",
            "-1h",
            "+1h",
            "1.5h",
            "1y",
            "1 d",
            "5000000000m",
            "1ü",
        ] {
            assert_eq!(Duration::minutes(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_label_is_found_by_the_longest_tag() {
        let tagged = |tag: &str, said: &str| (Some(text(tag)), text(said));
        let label = Label {
            span: text("").span,
            texts: vec![
                tagged("de", "Neu"),
                tagged("de-AT", "Nei"),
                tagged("en", "New"),
            ],
        };
        let read = |language| label.text(language).map(|text| text.value.as_str());
        for (language, said) in [
            ("de", Some("Neu")),
            ("de-at", Some("Nei")),
            ("DE-CH-1996", Some("Neu")),
            ("fr", None),
        ] {
            assert_eq!(read(language), said, "{language}");
        }
        let plain = Label {
            span: text("").span,
            texts: vec![(None, text("New"))],
        };
        assert_eq!(
            plain.text("fr").map(|text| text.value.as_str()),
            Some("New")
        );
    }
}
