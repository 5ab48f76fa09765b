//! Bytes that are no text, and text that is not what it looks.

use super::run::{Case, many};
use super::yaml::tidy;

pub fn cases() -> Vec<Case> {
    let mut all = bytes();
    all.extend(characters());
    all
}

fn wide(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn wider(text: &str, bytes: fn(u32) -> [u8; 4]) -> Vec<u8> {
    text.chars().map(u32::from).flat_map(bytes).collect()
}

fn bytes() -> Vec<Case> {
    let text = tidy("");
    let with = |bytes: &[u8]| [text.as_bytes(), b"x: ", bytes, b"\n"].concat();
    let marked = |bytes: Vec<u8>, mark: &[u8]| [mark, &bytes].concat();
    vec![
        Case::yaml("a byte of no character", with(b"\xff")),
        Case::yaml(
            "a byte of no character at the start",
            b"\x80workflow: w\n".to_vec(),
        ),
        Case::yaml(
            "a byte of no character at the end",
            [text.as_bytes(), b"\xc3"].concat(),
        ),
        Case::yaml("a slash in two bytes", with(b"\xc0\xaf")),
        Case::yaml("a NUL in two bytes", with(b"\xc0\x80")),
        Case::yaml("a slash in three bytes", with(b"\xe0\x80\xaf")),
        Case::yaml("half of a pair", with(b"\xed\xa0\x80")),
        Case::yaml("a character beyond the last", with(b"\xf4\x90\x80\x80")),
        Case::yaml("a character cut short", with(b"\xf0\x9f\x8e")),
        Case::yaml("Latin 1", with(b"Gr\xfc\xdfe")),
        Case::yaml(
            "bytes at random",
            (0..100_000_u32)
                .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
                .collect::<Vec<u8>>(),
        ),
        Case::yaml("UTF-16, small end first", wide(&text, u16::to_le_bytes)),
        Case::yaml("UTF-16, big end first", wide(&text, u16::to_be_bytes)),
        Case::yaml(
            "UTF-16 with its mark",
            marked(wide(&text, u16::to_le_bytes), b"\xff\xfe"),
        ),
        Case::yaml(
            "UTF-16 with its other mark",
            marked(wide(&text, u16::to_be_bytes), b"\xfe\xff"),
        ),
        Case::yaml("UTF-32", wider(&text, u32::to_le_bytes)),
        Case::yaml("UTF-32, big end first", wider(&text, u32::to_be_bytes)),
        Case::yaml(
            "UTF-32 with its mark",
            marked(wider(&text, u32::to_le_bytes), b"\xff\xfe\0\0"),
        ),
        Case::yaml("a mark alone", b"\xef\xbb\xbf".to_vec()),
        Case::yaml(
            "a mark before a tidy file",
            marked(text.clone().into_bytes(), b"\xef\xbb\xbf"),
        ),
        Case::yaml(
            "two marks",
            marked(text.clone().into_bytes(), b"\xef\xbb\xbf\xef\xbb\xbf"),
        ),
        Case::yaml("nothing but NULs", vec![0; many(100_000)]),
        Case::yaml(
            "a program",
            b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0".to_vec(),
        ),
        Case::yaml(
            "compressed",
            b"\x1f\x8b\x08\0\0\0\0\0\0\x03+\xcf/\xcaN\xcbO\xb7R(W\0".to_vec(),
        ),
        Case::toml(
            "TOML with a byte of no character",
            b"workflow = \"\xff\"\n".to_vec(),
        ),
        Case::toml(
            "TOML in UTF-16",
            wide("workflow = \"w\"\n", u16::to_le_bytes),
        ),
    ]
}

fn characters() -> Vec<Case> {
    let value = |value: &str| tidy(&format!("description: {value}\n"));
    let state = |name: &str| {
        format!("workflow: w\nstart: {name}\nstates:\n  {name}: {{ category: open }}\n")
    };
    vec![
        Case::yaml("a NUL", value("a\0b")),
        Case::yaml(
            "an escape sequence of a terminal",
            value("\u{1b}[31mred\u{1b}[0m"),
        ),
        Case::yaml("a title of a terminal", value("\u{1b}]0;owned\u{7}")),
        Case::yaml("a control character of eight bits", value("a\u{9b}31mb")),
        Case::yaml("a form feed and a vertical tab", value("a\u{c}b\u{b}c")),
        Case::yaml("a DEL", value("a\u{7f}b")),
        Case::yaml("a next line", value("a\u{85}b")),
        Case::yaml("a line separator", value("a\u{2028}b")),
        Case::yaml("a paragraph separator", value("a\u{2029}b")),
        Case::yaml("a mark in the middle", value("a\u{feff}b")),
        Case::yaml(
            "a mark at the start of a line",
            tidy("\u{feff}description: x\n"),
        ),
        Case::yaml("a control that turns the direction", value("a\u{202e}b")),
        Case::yaml(
            "a control that turns the direction, in a name",
            state("a\u{202e}b"),
        ),
        Case::yaml(
            "a control that isolates, in a comment",
            tidy("# a\u{2066}b\n"),
        ),
        Case::yaml("blanks of no width, in a name", state("N\u{200b}ew")),
        Case::yaml("characters that mark a language", state("N\u{e0041}ew")),
        Case::yaml(
            "very many controls",
            value(&"\u{202e}".repeat(many(100_000))),
        ),
        Case::yaml(
            "very many control characters",
            value(&"\u{1}".repeat(many(100_000))),
        ),
        Case::yaml(
            "very many accents on one letter",
            state(&format!("a{}", "\u{301}".repeat(many(100_000)))),
        ),
        Case::yaml("a character that is none", value("a\u{fffe}b\u{ffff}")),
        Case::yaml("characters for private use", value("\u{e000}\u{10ffff}")),
        Case::yaml(
            "blanks that do not break, as indentation",
            "workflow: w\nstates:\n\u{a0}\u{a0}New: { category: open }\n",
        ),
        Case::yaml(
            "blanks of another width, after a colon",
            "workflow:\u{3000}w\n",
        ),
        Case::yaml("lone returns between lines", tidy("").replace('\n', "\r")),
        Case::yaml("returns and line feeds", tidy("").replace('\n', "\r\n")),
        Case::yaml(
            "returns and line feeds by turns",
            tidy("")
                .replacen('\n', "\r\n", 2)
                .replacen("New: {", "New:\r {", 1),
        ),
        Case::yaml("quotes that are curly", "workflow: “w”\nstart: ‘New’\n"),
        Case::toml(
            "TOML with an escape sequence",
            "workflow = \"\u{1b}[31m\"\n",
        ),
        Case::toml(
            "TOML with controls that turn the direction",
            "workflow = \"a\u{202e}b\"\n",
        ),
        Case::toml(
            "TOML with a line separator",
            "workflow = \"a\u{2028}b\"\nstart = \u{2028}\n",
        ),
        Case::toml(
            "TOML with a mark in the middle",
            "workflow = \"w\"\n\u{feff}start = \"New\"\n",
        ),
    ]
}
