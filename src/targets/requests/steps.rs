//! What is to be done, as a list for a person: Markdown with a box to tick for each step.

use std::fmt::Write;

use super::text::in_line;
use super::{NOTHING, Requests, Writer};
use crate::report::markdown::sentence_to_read as sentence;
use crate::targets;

/// See [`super::WRITERS`].
pub const WRITER: Writer = Writer {
    name: "steps",
    ending: "md",
    about: "Markdown with boxes to tick, for what people do by hand",
    write: Some(write),
};

fn write(requests: &Requests) -> String {
    let title = targets::find(requests.target).map_or(requests.target, |target| target.title);
    let mut out = format!("# {title}: what is to be done\n");
    let told = requests.notes.iter().filter(|note| *note != NOTHING);
    for note in told {
        let _ = write!(out, "\n{}\n", sentence(&capital(&format!("{note}."))));
    }
    let sent = requests.requests.iter().map(|request| {
        let (method, path) = (request.method.word(), in_line(&request.path));
        format!(
            "{} (`{method} {}`)",
            capital(&request.about),
            path.replace('`', "%60")
        )
    });
    let steps: Vec<String> = sent.chain(requests.steps.iter().cloned()).collect();
    out.push('\n');
    if requests.notes.iter().any(|note| note == NOTHING) {
        let _ = writeln!(out, "{}.", capital(NOTHING));
    }
    for (index, step) in steps.iter().enumerate() {
        let _ = writeln!(out, "{}. [ ] {}", index + 1, sentence(&in_line(step)));
    }
    for line in &requests.afterwards {
        let _ = write!(out, "\nThen {}.\n", sentence(line));
    }
    out
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>());
    first.unwrap_or_default() + chars.as_str()
}
