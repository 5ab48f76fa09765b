//! XML, as much of it as reports need.
//!
//! A library would write the markup, too, but none writes hidden characters by number, and that is
//! what matters here: a reader gets them back, and neither a person nor a log is misled by them.

use super::armed::{guarded, is_hidden, opens_group, starts_command};

/// A document that is being written, two blanks deeper with each element.
#[derive(Default)]
pub(super) struct Xml {
    out: String,
    open: Vec<&'static str>,
}

/// The attributes of an element, in their order.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

impl Xml {
    pub fn new() -> Self {
        Xml {
            out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(),
            open: Vec::new(),
        }
    }

    /// Starts an element that holds others.
    pub fn open(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.tag(name, attributes, ">\n");
        self.open.push(name);
    }

    /// Ends the element that was started last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            self.out.push_str(&format!("</{name}>\n"));
        }
    }

    /// An element that holds nothing.
    pub fn empty(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.tag(name, attributes, "/>\n");
    }

    /// An element that holds just text.
    pub fn text(&mut self, name: &'static str, attributes: Attributes<'_>, text: &str) {
        self.tag(name, attributes, ">");
        self.out.push_str(&escaped(text));
        self.out.push_str(&format!("</{name}>\n"));
    }

    /// The whole document, every element ended.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn tag(&mut self, name: &str, attributes: Attributes<'_>, end: &str) {
        self.indent();
        self.out.push_str(&format!("<{name}"));
        for (key, value) in attributes {
            // A reader makes a blank of a line end in an attribute, unless it is a number.
            let value = escaped(value).replace('\n', "&#10;");
            self.out.push_str(&format!(" {key}=\"{value}\""));
        }
        self.out.push_str(end);
    }

    fn indent(&mut self) {
        self.out.push_str(&"  ".repeat(self.open.len()));
    }
}

/// `text` as it can stand in an element or between the quotes of an attribute. What XML has no
/// way to write at all is shown as `<U+0007>`.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push('\n'),
            '#' if starts_command(&text[at..]) => out.push_str("&#35;"),
            c if !is_xml(c) => out.push_str(&format!("&lt;U+{:04X}&gt;", c as u32)),
            c if is_hidden(c) => out.push_str(&format!("&#x{:X};", c as u32)),
            c => out.push(c),
        }
    }
    let lines: Vec<_> = out.split('\n').map(guard).collect();
    lines.join("\n")
}

/// The line so that it starts no command and opens no group. `guarded` would show a reader the number
/// of a character.
fn guard(line: &str) -> String {
    match (line.chars().next(), guarded(line) == line) {
        (Some(mark), true) if opens_group(line) => {
            format!("&#{};{}", mark as u32, &line[mark.len_utf8()..])
        }
        (_, true) => line.to_owned(),
        (_, false) => line.replacen("::", "&#58;:", 1),
    }
}

/// Whether XML 1.0 knows the character (<https://www.w3.org/TR/xml/#charsets>).
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_gets_the_same_text_back() {
        let text = "a<b>&\"'\n  ::error::c ##[x] ##vso[y]\r\n\t\u{202e}\u{a0}é完😀\u{85}]]>";
        let mut xml = Xml::new();
        xml.open("a", &[("b", text)]);
        xml.text("c", &[], text);
        let written = xml.finish();
        let read = roxmltree::Document::parse(&written).expect("XML");
        assert_eq!(read.root_element().attribute("b"), Some(text));
        assert_eq!(
            read.root_element().first_element_child().unwrap().text(),
            Some(text)
        );
        assert!(!written.contains("##["), "{written}");
        assert!(!written.contains("\n  ::"), "{written}");
    }

    #[test]
    fn what_xml_cannot_say_is_shown() {
        assert_eq!(
            escaped("\u{7}\0\u{fffe}"),
            "&lt;U+0007&gt;&lt;U+0000&gt;&lt;U+FFFE&gt;"
        );
    }
}
