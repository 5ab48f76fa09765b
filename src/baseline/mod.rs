//! A baseline: what was wrong with the files of an old repository when Statewright came to it.
//!
//! A finding is known by its file, its code and what it says, not by its line; of two that say
//! the same, each is listed. Whatever is not listed is new, and what is listed but gone is
//! reported, so that the list shrinks.

pub mod outdated_baselines;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

use crate::compile;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::fields::{self, Subject, wrong_types};
use crate::node::{Entry, quoted, respelt};
use crate::silencing::unknown_codes;
use crate::source::{Source, Span};
use crate::{suggest, syntax};

/// The name of the file where none is given.
pub const FILE_NAME: &str = "statewright-baseline.toml";

/// The codes about baselines.
pub const CODES: &[&Code] = &[&outdated_baselines::CODE];

const HEAD: &str = "\
# What was wrong when Statewright came to this repository; `statewright check --baseline` reports
# what is new. A line that is deleted is reported again.
";

const BASELINE: Subject = Subject {
    kind: "the baseline",
    name: None,
};

/// Something that was found in a file.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The file, as the baseline calls it: its path from the baseline's folder, with `/` and, where it
    /// is not below that, `..`.
    pub file: String,
    /// What was found.
    pub diagnostic: Diagnostic,
}

/// What a baseline lists.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    known: Vec<Known>,
}

/// A finding that is listed.
#[derive(Clone, Debug)]
struct Known {
    file: String,
    code: &'static Code,
    message: String,
    /// Where it is listed.
    at: Span,
}

/// The findings of a run, held against a baseline.
#[derive(Clone, Debug)]
pub struct Compared {
    /// What is not listed.
    pub new: Vec<Diagnostic>,
    /// How many are listed.
    pub known: usize,
    /// A report of what is listed but gone, if anything is.
    pub gone: Option<Diagnostic>,
}

/// A finding as the list has it: file, code, message.
type Line<'a> = (&'a str, &'a str, &'a str);

/// A baseline with these findings: sorted, one a line.
pub fn text(findings: &[Finding]) -> String {
    let lines = findings.iter().map(|finding| {
        let Diagnostic { code, message, .. } = &finding.diagnostic;
        (&*finding.file, code.name, &**message)
    });
    written(lines)
}

fn written<'a>(lines: impl Iterator<Item = Line<'a>>) -> String {
    let mut files: BTreeMap<&str, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
    for (file, code, message) in lines {
        let codes = files.entry(file).or_default();
        codes.entry(code).or_default().push(message);
    }
    let mut text = HEAD.to_owned();
    for (file, codes) in files {
        text += &format!("\n[{}]\n", quoted(file));
        for (code, mut messages) in codes {
            messages.sort_unstable();
            text += &format!("{code} = [\n");
            for message in messages {
                text += &format!("  {},\n", quoted(message));
            }
            text += "]\n";
        }
    }
    text
}

/// Reads a baseline. Its mistakes are reported to `out`.
pub fn read(source: &Source, out: &mut Diagnostics) -> Baseline {
    let mut baseline = Baseline::default();
    let document = syntax::read(source, out);
    let Some(root) = &document.root else {
        return baseline;
    };
    for file in root.entries().unwrap_or_default() {
        if let Some(codes) = entries(file, BASELINE, "a table of codes", out) {
            for code in codes.iter().filter(|code| !code.is_lost()) {
                baseline.add(file.key.text(), code, out);
            }
        }
    }
    baseline
}

/// The entries of the map under an entry of `owner`.
fn entries<'n, 's>(
    entry: &'n Entry<'s>,
    owner: Subject,
    wanted: &str,
    out: &mut Diagnostics,
) -> Option<&'n [Entry<'s>]> {
    if entry.value.is_lost() {
        return None;
    }
    let Some(entries) = entry.value.entries() else {
        let field = owner.field(entry.key.text());
        out.push(wrong_types::report(field, &entry.value, wanted));
        return None;
    };
    Some(entries)
}

impl Baseline {
    /// The files that are listed, each as often as something is listed for it.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(|known| &*known.file)
    }

    /// Adds what is listed for `file` under one code.
    fn add(&mut self, file: &str, entry: &Entry, out: &mut Diagnostics) {
        let owner = Subject::named("file", file);
        let messages = fields::names(&entry.value, owner.field(entry.key.text()), out);
        let Some(code) = code(entry, out) else { return };
        for message in messages.unwrap_or_default() {
            self.known.push(Known {
                file: file.to_owned(),
                code,
                message: message.value.to_string(),
                at: message.span,
            });
        }
    }

    /// Holds `found` against the list, which was read from `source`. `is_told` says whether a file
    /// was looked at so that what is not found under a code is gone.
    pub fn compare(
        &self,
        found: Vec<Finding>,
        source: &Source,
        is_told: impl Fn(&str, &Code) -> bool,
    ) -> Compared {
        let mut left: HashMap<Line<'_>, Vec<usize>> = HashMap::new();
        for (index, known) in self.known.iter().enumerate().rev() {
            left.entry(known.line()).or_default().push(index);
        }
        let mut is_there = vec![false; self.known.len()];
        let mut is_known = Vec::with_capacity(found.len());
        for finding in &found {
            let Diagnostic { code, message, .. } = &finding.diagnostic;
            let line = (&*finding.file, code.name, &**message);
            let index = left.get_mut(&line).and_then(Vec::pop);
            if let Some(index) = index {
                is_there[index] = true;
            }
            is_known.push(index.is_some());
        }
        let numbered = || self.known.iter().zip(&is_there);
        let is_gone =
            |(known, there): &(&Known, &bool)| !**there && is_told(&known.file, known.code);
        let gone: Vec<&Known> = numbered().filter(is_gone).map(|(known, _)| known).collect();
        let rest = numbered().filter(|pair| !is_gone(pair));
        let rest = written(rest.map(|(known, _)| known.line()));
        let places: Vec<Span> = gone.iter().map(|known| known.at).collect();
        drop(left);
        let pairs = found.into_iter().zip(is_known);
        let new = pairs.filter(|(_, known)| !known);
        Compared {
            new: new.map(|(finding, _)| finding.diagnostic).collect(),
            known: is_there.iter().filter(|there| **there).count(),
            gone: outdated_baselines::report(&places, source, rest),
        }
    }
}

impl Known {
    fn line(&self) -> Line<'_> {
        (&self.file, self.code.name, &self.message)
    }
}

/// The code that the entry is about; one that does not exist is reported and taken for the
/// nearest.
fn code(entry: &Entry, out: &mut Diagnostics) -> Option<&'static Code> {
    let written = entry.key.text();
    if let Some(code) = compile::code(written) {
        return Some(code);
    }
    let codes = compile::codes();
    let near = suggest::nearest(written, codes.iter().map(|code| code.name));
    let meant = near.map(|near| (near, respelt(written, entry.key_span(), near)));
    let at = entry.key_span();
    out.push(unknown_codes::report(
        "the baseline",
        written,
        at,
        meant,
        None,
    ));
    compile::code(near?)
}
