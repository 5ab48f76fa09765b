//! Pages of Markdown as a terminal shows them.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use statewright::report::{Printable, prose};

use crate::cli::io::Exit;
use crate::cli::io::output::{Color, Stream, colored, columns, emit, is_terminal, print};

/// Writes a page to standard output: laid out for the terminal, or else as Markdown, which other
/// programs read.
pub fn print_page(page: &str) -> Exit {
    if !is_terminal(Stream::Output) {
        return print(page);
    }
    const USUAL: usize = 80;
    let width = columns(Stream::Output, USUAL);
    let colors = colored(Color::Auto, Stream::Output);
    emit(&laid_out(page, width, colors), Stream::Output)
}

const BOLD: &str = "\x1b[1m";
const UNDERLINED: &str = "\x1b[1;4m";
const CODE: &str = "\x1b[36m";
const PLAIN: &str = "\x1b[0m";

/// The page in lines of this width: titles stand out, code is set in, and sentences are broken
/// between words.
fn laid_out(page: &str, width: usize, colors: bool) -> Printable {
    let mut screen = Screen {
        width,
        colors,
        out: Printable::new(),
        text: String::new(),
        lists: Vec::new(),
        mark: String::new(),
        has_gap: true,
    };
    for event in Parser::new_ext(page, Options::ENABLE_TABLES) {
        screen.take(event);
    }
    screen.out
}

struct Screen {
    width: usize,
    colors: bool,
    out: Printable,
    /// What stands in the paragraph, the title or the piece of code that is being read.
    text: String,
    /// The lists around it; of those with numbers, the next number.
    lists: Vec<Option<u64>>,
    /// What the next line of the item begins with.
    mark: String,
    /// Whether the last line is blank, or there is none.
    has_gap: bool,
}

impl Screen {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::List(first)) => {
                self.paragraph();
                self.lists.push(first);
            }
            Event::Start(Tag::Item) => {
                self.mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                }
            }
            Event::Start(Tag::CodeBlock(_)) => self.paragraph(),
            Event::End(TagEnd::Heading(_)) => self.title(),
            Event::End(TagEnd::CodeBlock) => self.code(),
            Event::End(TagEnd::Paragraph) => {
                self.paragraph();
                self.gap();
            }
            Event::End(TagEnd::Item) => self.paragraph(),
            Event::End(TagEnd::List(_)) => {
                self.lists.pop();
                self.gap();
            }
            Event::End(TagEnd::TableCell) => self.text.push_str("  "),
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => self.paragraph(),
            Event::End(TagEnd::Table) => self.gap(),
            Event::Text(text) => self.text.push_str(&text),
            Event::Code(code) => self.text.push_str(&format!("`{code}`")),
            Event::SoftBreak | Event::HardBreak => self.text.push(' '),
            _ => {}
        }
    }

    fn title(&mut self) {
        self.gap();
        let title = std::mem::take(&mut self.text).replace('`', "");
        self.line(&self.painted(UNDERLINED, &title));
        self.gap();
    }

    fn code(&mut self) {
        self.gap();
        let indent = self.indent() + 4;
        for line in std::mem::take(&mut self.text).lines() {
            match line.is_empty() {
                true => self.line(""),
                false => self.line(&format!("{:indent$}{}", "", self.painted(CODE, line))),
            }
        }
        self.has_gap = false;
        self.gap();
    }

    /// Writes the sentences that were read, in the column of the list that they stand in.
    fn paragraph(&mut self) {
        let text = std::mem::take(&mut self.text);
        let mark = std::mem::take(&mut self.mark);
        if text.trim().is_empty() {
            self.mark = mark;
            return;
        }
        let indent = self.indent();
        let wrapped = prose::wrap(text.trim(), self.width - indent);
        // A name is not broken, but where it is wider than a line.
        let mut is_name = false;
        for (number, line) in wrapped.lines().enumerate() {
            let first = indent.saturating_sub(mark.len());
            let before = match number {
                0 => format!("{:first$}{mark}", ""),
                _ => " ".repeat(indent),
            };
            let line = self.names_painted(line, &mut is_name);
            self.line(&(before + &line));
        }
    }

    /// A line with its names in backticks painted.
    fn names_painted(&self, line: &str, is_name: &mut bool) -> String {
        let mut painted = String::new();
        for (number, piece) in line.split('`').enumerate() {
            if number > 0 {
                *is_name = !*is_name;
            }
            match *is_name {
                true => painted += &self.painted(BOLD, piece),
                false => painted += piece,
            }
        }
        match self.colors {
            true => painted,
            false => line.to_owned(),
        }
    }

    fn painted(&self, color: &str, text: &str) -> String {
        match self.colors {
            true => format!("{color}{text}{PLAIN}"),
            false => text.to_owned(),
        }
    }

    fn indent(&self) -> usize {
        2 * self.lists.len()
    }

    fn gap(&mut self) {
        if !self.has_gap {
            self.line("");
        }
    }

    fn line(&mut self, line: &str) {
        self.out.colored(line);
        self.has_gap = line.is_empty();
    }
}
