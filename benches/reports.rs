//! How long reports take to be written: `cargo bench --bench reports`.
//!
//! Three hundred reports of a text of ten megabytes, in lines and in one line: nothing may look at
//! the text from its start for each report, which would take minutes. Each format must take well
//! under a second.

use std::time::Instant;

use statewright::diagnostic::{Code, Diagnostic, Group, Level};
use statewright::report::{self, Printable, Report, Style};
use statewright::source::{Source, SourceId, Syntax};

static WRONG: Code = Code {
    name: "undefined-states",
    since: "0.1.0",
    group: Group::States,
    level: Level::Deny,
    summary: "a name that no state has",
    page: "",
};

fn main() {
    measure("lines", "- { name: wrong }\n");
    measure("one line", "{ name: wrong }, ");
}

fn measure(what: &str, line: &str) {
    let text = line.repeat(10_000_000 / line.len());
    let source = Source::new(SourceId(0), "large.workflow.yaml", Syntax::Yaml, text);
    let report = |n: usize| {
        let start = n * 1500 * line.len() + 8;
        Diagnostic::new(&WRONG, "it is wrong", source.at(start..start + 5), "here")
    };
    let found: Vec<Diagnostic> = (0..300).map(report).collect();
    for format in report::ALL {
        let start = Instant::now();
        let mut out = Printable::new();
        let written = (format.write)(&Report::new([&source], &found), &Style::default(), &mut out);
        written.expect("writing to memory works");
        let (time, bytes) = (start.elapsed(), out.as_str().len());
        println!("{what}, {}: {time:.1?} for {bytes} bytes", format.name);
    }
}
