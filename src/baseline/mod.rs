//! A baseline: what was wrong with the files of an old repository when Statewright came to it.
//!
//! A finding is known by its file, its code and the names it speaks of, not by its sentence and not
//! by its line; of two that are alike, each is listed. Whatever is not listed is new. What is listed
//! but gone is reported, so that the list shrinks; so is what no list can silence.
//!
//! A line is a list of names and, for people, a comment with the sentence. Lists of an earlier kind
//! have the sentence itself: then its names are those in backticks.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use crate::compile;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Identity, names_in};
use crate::fields::{self, Field, Subject, wrong_types};
use crate::invisible::misplaced;
use crate::node::{Entry, Node, quoted, respelt};
use crate::silencing::{outdated_baselines, unknown_codes};
use crate::source::{Source, Span};
use crate::syntax;

/// The name of the file where none is given.
pub const FILE_NAME: &str = "statewright-baseline.toml";

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
    /// The text at its primary label.
    pub marked: String,
    /// Whether it is about several files of which only some may have been looked at, so that it may be
    /// less than what is listed.
    pub is_part: bool,
}

impl Finding {
    /// Whether a baseline can silence it. It cannot where nothing can be compiled meanwhile, and
    /// where one report stands for more than are told.
    fn can_be_listed(&self) -> bool {
        // What is accepted of one change is no acceptance of the next.
        let is_of_change = self.diagnostic.code.group == Group::Changes;
        !self.diagnostic.is_firm() && self.diagnostic.others == 0 && !is_of_change
    }
}

/// What a baseline lists.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    known: Vec<Known>,
    /// What stands before the first file.
    head: String,
}

/// A finding that is listed.
#[derive(Clone, Debug)]
pub struct Known {
    /// The file, as the baseline calls it.
    pub file: String,
    /// The code; `None` where none has this name.
    pub code: Option<&'static Code>,
    /// What the list calls the code.
    written: String,
    /// The names that it speaks of.
    pub names: Vec<String>,
    /// The sentence, where the list is of the earlier kind.
    sentence: Option<String>,
    /// What is said of it in a comment.
    remark: String,
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
    /// Reports of what is listed but gone, and of what is listed and not silenced by that.
    pub outdated: Vec<Diagnostic>,
    /// The baseline without all of that, where there is any.
    pub shorter: Option<String>,
}

/// A baseline for the findings of a run.
#[derive(Clone, Debug)]
pub struct Updated {
    /// The baseline.
    pub text: String,
    /// How many findings of the run it lists.
    pub taken: usize,
    /// How many it lists because the old one does, and the run did not look for them.
    pub kept: usize,
    /// What cannot be listed.
    pub left: Vec<Diagnostic>,
}

/// A line of the list: file, code, what is listed in TOML, and a comment.
type Line<'a> = (&'a str, &'a str, String, &'a str);

fn written<'a>(head: &str, lines: impl Iterator<Item = Line<'a>>) -> String {
    let mut lines: Vec<Line<'a>> = lines.collect();
    lines.sort_unstable();
    let mut text = head.trim_end().to_owned();
    if !text.is_empty() {
        text.push('\n');
    }
    for of_file in lines.chunk_by(|one, next| one.0 == next.0) {
        text += &format!("\n[{}]\n", quoted(of_file[0].0));
        for of_code in of_file.chunk_by(|one, next| one.1 == next.1) {
            text += &format!("{} = [\n", key(of_code[0].1));
            for (_, _, item, remark) in of_code {
                text += &match remark.is_empty() {
                    true => format!("  {item},\n"),
                    false => format!("  {item}, # {remark}\n"),
                };
            }
            text += "]\n";
        }
    }
    text
}

/// What stands at the start of a baseline that `command` checks with.
fn head(command: &str) -> String {
    format!(
        "\
# What was wrong when Statewright came to this repository; `{command}`
# reports what is new. A line that is deleted is reported again. What counts is the file, the code
# and the names; the comments are for people.
"
    )
}

/// A code as a key: one that nobody knows may be written in any way.
fn key(code: &str) -> String {
    match code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') && !code.is_empty() {
        true => code.to_owned(),
        false => quoted(code),
    }
}

/// `text` as a comment of one line, with the numbers of characters that end it or hide from a reader.
fn remark(text: &str) -> String {
    let text = text.trim();
    let hidden: HashSet<usize> = misplaced(text).into_iter().map(|(at, _)| at).collect();
    let show = |(at, c): (usize, char)| match c.is_control() || hidden.contains(&at) {
        true => format!("<U+{:04X}>", c as u32),
        false => c.to_string(),
    };
    text.char_indices().map(show).collect()
}

fn list_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(quoted).collect();
    format!("[{}]", names.join(", "))
}

/// Reads a baseline. Its mistakes are reported to `out`.
pub fn read(source: &Source, out: &mut Diagnostics) -> Baseline {
    let mut baseline = Baseline::default();
    let document = syntax::read(source, out);
    let Some(root) = &document.root else {
        return baseline;
    };
    let text = source.text();
    let first = text.starts_with('[').then_some(0);
    let first = first.or_else(|| text.find("\n[").map(|at| at + 1));
    baseline.head = text[..first.unwrap_or(text.len())].to_owned();
    for file in root.entries().unwrap_or_default() {
        if let Some(codes) = entries(file, BASELINE, "a table of codes", out) {
            for code in codes.iter().filter(|code| !code.is_lost()) {
                baseline.add(file.key.text(), code, source, out);
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

/// What stands behind `at` in a comment on the same line.
fn remark_behind(at: Span, source: &Source) -> &str {
    let rest = &source.text()[at.end as usize..];
    let is_blank = |c: char| c == ' ' || c == '\t';
    let rest = rest.trim_start_matches(is_blank);
    let rest = rest.strip_prefix(',').unwrap_or(rest);
    let comment = rest.trim_start_matches(is_blank).strip_prefix('#');
    let line = comment.and_then(|comment| comment.lines().next());
    line.unwrap_or_default().trim()
}

impl Baseline {
    /// What is listed.
    pub fn known(&self) -> &[Known] {
        &self.known
    }

    /// Adds what is listed for `file` under one code.
    fn add(&mut self, file: &str, entry: &Entry, source: &Source, out: &mut Diagnostics) {
        let field = Subject::named("file", file).field(entry.key.text());
        let (items, lone) = match entry.value.items() {
            Some(items) => (items, false),
            // One sentence alone is reported, and then taken for a list of one.
            None => (std::slice::from_ref(&entry.value), true),
        };
        let code = code(entry, out);
        for item in items.iter().filter(|item| !item.is_lost()) {
            let Some((names, sentence)) = listed(item, lone, field, out) else {
                continue;
            };
            self.known.push(Known {
                file: file.to_owned(),
                code,
                written: code.map_or(entry.key.text(), |code| code.name).to_owned(),
                names,
                sentence,
                remark: remark_behind(item.span, source).to_owned(),
                at: item.span,
            });
        }
    }

    /// Which line each finding is listed in, if it is. No line is that of two findings, but for those
    /// that are a part of what is listed.
    fn lines_of(&self, found: &[Finding]) -> Vec<Option<usize>> {
        self.with_parts(found, self.own_lines_of(found))
    }

    /// The same where `lines`, those that list exactly each finding, are known.
    fn with_parts(&self, found: &[Finding], mut lines: Vec<Option<usize>>) -> Vec<Option<usize>> {
        let left = found.iter().zip(&mut lines);
        let left = left
            .filter(|(finding, line)| line.is_none() && finding.is_part && finding.can_be_listed());
        let mut by_name: Option<HashMap<(&str, &str), Vec<usize>>> = None;
        for (finding, line) in left {
            let by_name = by_name.get_or_insert_with(|| self.lines_by_name());
            let names = finding.diagnostic.identity(&finding.marked).names;
            let code = finding.diagnostic.code.name;
            let lists = names.iter().map(|name| by_name.get(&(code, *name)));
            let fewest = lists.min_by_key(|lines| lines.map_or(0, Vec::len));
            let lists_all = |line: &&usize| {
                let listed = &self.known[**line].names;
                names.iter().all(|name| listed.iter().any(|n| n == name))
            };
            const MOST: usize = 1_000;
            let lines = fewest.flatten().into_iter().flatten().take(MOST);
            *line = lines.copied().find(|line| lists_all(&line));
        }
        lines
    }

    /// The lines of each code that list a name.
    fn lines_by_name(&self) -> HashMap<(&str, &str), Vec<usize>> {
        let mut by_name: HashMap<_, Vec<usize>> = HashMap::new();
        for (index, known) in self.known.iter().enumerate() {
            for name in known.code.iter().flat_map(|_| &known.names) {
                let lines = by_name.entry((&*known.written, &**name)).or_default();
                lines.push(index);
            }
        }
        by_name
    }

    /// The line that lists exactly each finding, if one does.
    fn own_lines_of<'a>(&'a self, found: &'a [Finding]) -> Vec<Option<usize>> {
        let mut by_names: HashMap<(&'a str, Identity<'a>), Vec<usize>> = HashMap::new();
        let mut by_sentence: HashMap<(&'a str, Identity<'a>), Vec<usize>> = HashMap::new();
        for (index, known) in self.known.iter().enumerate().rev() {
            let Some(code) = known.code else { continue };
            let names = known.names.iter().map(String::as_str);
            let key = (&*known.file, Identity::new(code, names));
            let lines = match known.sentence {
                None => &mut by_names,
                Some(_) => &mut by_sentence,
            };
            lines.entry(key).or_default().push(index);
        }
        let line_of = |finding: &'a Finding| {
            let Diagnostic {
                code,
                names,
                aspect,
                ..
            } = &finding.diagnostic;
            let key = (&*finding.file, finding.diagnostic.identity(&finding.marked));
            if let Some(line) = by_names.get_mut(&key).and_then(Vec::pop) {
                return Some(line);
            }
            // A sentence has the names in backticks, and the aspect in words.
            let names = names.iter().map(String::as_str);
            let lines = by_sentence.get_mut(&(&*finding.file, Identity::new(code, names)))?;
            let Some(aspect) = aspect else {
                return lines.pop();
            };
            let sentence = |line: &usize| self.known[*line].sentence.as_deref();
            let says = |line: &usize| sentence(line).is_some_and(|said| said.contains(aspect));
            let at = lines.iter().rposition(says)?;
            Some(lines.remove(at))
        };
        found.iter().map(line_of).collect()
    }

    /// Holds `found` against the list, which was read from `source`. `was_looked_for` says whether
    /// what is listed is gone where it is not among `found`.
    pub fn compare(
        &self,
        found: Vec<Finding>,
        source: &Source,
        was_looked_for: impl Fn(&Known) -> bool,
    ) -> Compared {
        let lines = self.lines_of(&found);
        let mut is_there = vec![false; self.known.len()];
        let mut silences = vec![true; self.known.len()];
        let mut new = Vec::new();
        for (finding, line) in found.into_iter().zip(lines) {
            let is_silenced = line.is_some() && finding.can_be_listed();
            if let Some(line) = line {
                is_there[line] = true;
                silences[line] = is_silenced;
            }
            if !is_silenced {
                new.push(finding.diagnostic);
            }
        }
        let numbered = || self.known.iter().enumerate();
        let is_vain = |(index, known): &(usize, &Known)| !silences[*index] || known.is_firm();
        let is_gone = |(index, known): &(usize, &Known)| {
            !is_there[*index] && known.can_go() && was_looked_for(known)
        };
        let vain: Vec<usize> = numbered().filter(is_vain).map(|(index, _)| index).collect();
        let gone: Vec<usize> = numbered().filter(is_gone).map(|(index, _)| index).collect();
        let known = is_there.iter().zip(&silences);
        let known = known.filter(|(there, silences)| **there && **silences);
        let outdated = [
            outdated_baselines::gone(&self.places(&gone), source, || self.without(&gone)),
            outdated_baselines::vain(&self.places(&vain), source, || self.without(&vain)),
        ];
        let all = [gone, vain].concat();
        Compared {
            new,
            known: known.count(),
            outdated: outdated.into_iter().flatten().collect(),
            shorter: (!all.is_empty()).then(|| self.without(&all)),
        }
    }

    fn places(&self, lines: &[usize]) -> Vec<Span> {
        lines.iter().map(|&line| self.known[line].at).collect()
    }

    /// The baseline without these lines.
    fn without(&self, lines: &[usize]) -> String {
        let mut stays = vec![true; self.known.len()];
        lines.iter().for_each(|&line| stays[line] = false);
        let left = self.known.iter().zip(stays).filter(|(_, stays)| *stays);
        written(&self.head, left.map(|(known, _)| known.line()))
    }

    /// The baseline that is to take the place of this one: what is among `found`, and what this one
    /// lists and nobody looked for. `command` checks with it.
    pub fn updated(
        &self,
        found: Vec<Finding>,
        command: &str,
        was_looked_for: impl Fn(&Known) -> bool,
    ) -> Updated {
        let mut stays: Vec<bool> = self
            .known
            .iter()
            .map(|known| !(known.is_firm() || known.can_go() && was_looked_for(known)))
            .collect();
        let own = self.own_lines_of(&found);
        let lines = self.with_parts(&found, own.clone());
        own.iter().flatten().for_each(|&line| stays[line] = false);
        // What is a part of what is listed stays listed as the whole.
        let is_part = own
            .iter()
            .zip(lines)
            .map(|(own, line)| own.is_none() && line.is_some());
        let found = found.into_iter().zip(is_part.collect::<Vec<_>>());
        let found = found
            .filter(|(_, is_part)| !is_part)
            .map(|(finding, _)| finding);
        let (taken, left): (Vec<Finding>, Vec<Finding>) = found.partition(Finding::can_be_listed);
        let remarks: Vec<String> = taken
            .iter()
            .map(|finding| remark(&finding.diagnostic.message))
            .collect();
        let new = taken.iter().zip(&remarks).map(|(finding, remark)| {
            let identity = finding.diagnostic.identity(&finding.marked);
            let names = list_of(identity.names);
            (&*finding.file, identity.code, names, &**remark)
        });
        let kept = self.known.iter().zip(&stays).filter(|(_, stays)| **stays);
        let kept: Vec<Line<'_>> = kept.map(|(known, _)| known.line()).collect();
        Updated {
            taken: taken.len(),
            kept: kept.len(),
            text: written(&head(command), new.chain(kept)),
            left: left.into_iter().map(|finding| finding.diagnostic).collect(),
        }
    }
}

impl Known {
    fn line(&self) -> Line<'_> {
        let item = match &self.sentence {
            Some(sentence) => quoted(sentence),
            None => list_of(self.names.iter().map(String::as_str)),
        };
        (&self.file, &self.written, item, &self.remark)
    }

    /// Whether a run can tell that it is gone. What another Statewright knows stays.
    fn can_go(&self) -> bool {
        self.code.is_some() && !self.is_firm()
    }

    /// Whether no list silences its code.
    fn is_firm(&self) -> bool {
        self.code.is_some_and(Code::is_firm)
    }
}

/// The names that an item speaks of, and the sentence where it is one. One that is `lone` belongs in
/// a list.
fn listed(
    item: &Node,
    lone: bool,
    field: Field,
    out: &mut Diagnostics,
) -> Option<(Vec<String>, Option<String>)> {
    if let Some(names) = item.items() {
        let names = names
            .iter()
            .filter_map(|name| fields::text(name, field, out));
        return Some((names.map(|name| name.value.to_string()).collect(), None));
    }
    let sentence = match lone {
        true => fields::names(item, field, out)?.into_iter().next()?,
        false => fields::text(item, field, out)?,
    };
    let sentence = sentence.value.to_string();
    Some((names_in(&sentence), Some(sentence)))
}

/// The code that the entry is about; one that does not exist is reported and taken for the
/// nearest.
fn code(entry: &Entry, out: &mut Diagnostics) -> Option<&'static Code> {
    let (written, at) = (entry.key.text(), entry.key_span());
    let named = unknown_codes::Named {
        what: "the baseline",
        written,
        at,
        others: &[],
        spelt: &|near| respelt(written, at, near),
        deleted: &|| None,
    };
    unknown_codes::find(&named, &compile::codes(), &mut |report| out.push(report))
}
