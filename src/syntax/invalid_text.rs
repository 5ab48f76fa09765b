//! `invalid-text`: the bytes are not UTF-8.

use crate::diagnostic::{Code, Diagnostic, Group, Level, Stops};
use crate::source::{InvalidText, Source};

use super::place;

/// See `invalid_text.md`.
pub static CODE: Code = Code {
    name: "invalid-text",
    since: "0.1.0",
    group: Group::Text,
    level: Level::Firm(Stops::Reading),
    summary: "the file is not UTF-8 text",
    page: include_str!("invalid_text.md"),
};

/// The one report about a source whose bytes are not text.
pub(super) fn report(source: &Source, why: InvalidText) -> Diagnostic {
    match why {
        InvalidText::Utf16 => wide(source, "UTF-16", "two"),
        InvalidText::Utf32 => wide(source, "UTF-32", "four"),
        InvalidText::NotUtf8 { at } => Diagnostic::new(
            &CODE,
            format!("file stops being UTF-8 text after {at} bytes"),
            place(source, at..at),
            "the next byte is not part of a UTF-8 character",
        )
        .help("save the file as UTF-8: in many editors, \"Save as\" and encoding \"UTF-8\"")
        .note(
            "older encodings such as Windows-1252 store letters like `ä` in a way that is not UTF-8",
        ),
    }
}

/// Every character takes as many bytes as `count` says.
fn wide(source: &Source, encoding: &str, count: &str) -> Diagnostic {
    Diagnostic::new(
        &CODE,
        format!("file is {encoding} text, not UTF-8"),
        place(source, 0..0),
        format!("every character takes {count} bytes from here on"),
    )
    .help("save the file as UTF-8: in many editors, \"Save as\" and encoding \"UTF-8\"")
    .note("workflow files are UTF-8, so that every tool reads the same names")
}
