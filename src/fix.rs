//! Fixes applied: what a report's help says, done to the text.
//!
//! Fixes that do not touch each other are applied together; the text is then compiled again, and
//! whatever still has a fix is for the next round. Nothing but the replaced bytes changes, so
//! comments, order, quoting and line ends stay as they are.
//!
//! After every round, what the text says is held against what it said before. Where anything but the
//! places of the fixes says something else, or a safe fix makes the file say something else than it was
//! taken to say, the round is halved until those fixes are found that do: they are left out.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Edit, Fix, Group, Severity, Stops};
use crate::graph::Resolved;
use crate::source::Source;

mod comments;
mod facts;
mod meaning;
mod outside;
#[cfg(test)]
mod tests;

use meaning::Meaning;

/// After so many rounds, fixes that undo each other are left as they are.
const MOST_ROUNDS: usize = 64;

/// How many bytes of text are compiled again, at most, for the rounds after the first: a large file
/// has its other fixes in the next run. Text with mistakes in it is read once more for each of them.
const MOST_WORK: usize = 2 * 1024 * 1024;
const MOST_BROKEN_WORK: usize = 512 * 1024;
const MOST_BROKEN_READING: usize = 8 * 1024 * 1024;

/// Which fixes are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Those that cannot change what the author means.
    Safe,
    /// Those, too, that a person should look at.
    All,
}

impl Wanted {
    /// Whether this fix is wanted.
    pub fn includes(self, fix: &Fix) -> bool {
        fix.safe || self == Wanted::All
    }
}

/// A mistake that was fixed.
#[derive(Clone, Debug)]
pub struct Done {
    /// The line on which it was, when its turn came: what was fixed before it may have moved it.
    pub line: u32,
    /// The name of its code.
    pub code: &'static str,
    /// What its report said.
    pub message: String,
}

/// What became of a source.
#[derive(Clone, Debug)]
pub struct Fixed<K> {
    /// The source, with its new text where anything was fixed.
    pub source: Source,
    /// The fixes that were applied, in the order of the rounds and, in each, of the text.
    pub done: Vec<Done>,
    /// What compiling that text came to, so that nobody need compile it again; `None` where it was not kept.
    pub known: Option<K>,
}

/// What compiling a text comes to.
pub trait Known {
    /// What is reported of it.
    fn diagnostics(&mut self) -> &mut Vec<Diagnostic>;

    /// What it says, where it is a workflow and that could be read.
    fn resolved(&self) -> Option<&Resolved> {
        None
    }
}

impl Known for Vec<Diagnostic> {
    fn diagnostics(&mut self) -> &mut Vec<Diagnostic> {
        self
    }
}

fn has_error(all: &[Diagnostic], which: impl Fn(&Diagnostic) -> bool) -> bool {
    let is_error = |d: &&Diagnostic| d.severity == Severity::Error;
    all.iter().filter(is_error).any(which)
}

/// Whether the text of which all this is reported is YAML or TOML, whatever it says.
fn is_readable(all: &[Diagnostic]) -> bool {
    !has_error(all, |d| d.code.stops(Stops::Reading))
}

/// Whether all of the text and its fields could be read.
fn is_whole(all: &[Diagnostic]) -> bool {
    !has_error(all, |d| d.code.group == Group::Text)
}

/// Applies the wanted fixes of what `compile` reports of the source, round after round, until
/// none is left.
///
/// `compile` decides what counts: reports that it leaves out are not fixed.
pub fn apply<K: Known>(
    source: &Source,
    wanted: Wanted,
    compile: impl Fn(&Source) -> K,
) -> Fixed<K> {
    let mut run = Run {
        state: State::Compiled(compile(source)),
        source: source.clone(),
        done: Vec::new(),
        wanted,
        work: source.text().len(),
        reading: 0,
        refused: HashMap::new(),
        meaning: None,
        compile,
    };
    for _ in 0..MOST_ROUNDS {
        let is_readable = is_readable(run.state.diagnostics());
        if run.is_tired(is_readable) || !run.round() {
            break;
        }
    }
    Fixed {
        source: run.source,
        done: run.done,
        known: match run.state {
            State::Compiled(known) => Some(known),
            State::Reported(_) => None,
        },
    }
}

/// Fixes that wait for others: the smaller come first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    /// Those that nobody need look at.
    Safe,
    /// What the text and its fields may mean.
    Reading,
    /// What a name may mean.
    Names,
    /// What the author may want. That is known only where everything else is.
    Judgement,
}

impl Turn {
    fn of(found: &Diagnostic, fix: &Fix) -> Self {
        match found.code.group {
            _ if fix.safe => Turn::Safe,
            Group::Text | Group::Upkeep => Turn::Reading,
            _ if found.code.stops(Stops::Names) => Turn::Names,
            _ => Turn::Judgement,
        }
    }
}

/// A fix that can be done, and whose it is.
struct Candidate<'d> {
    of: &'d Diagnostic,
    turn: Turn,
    edits: Vec<Edit>,
}

/// A text after some of the fixes of a round.
struct Next<K> {
    source: Source,
    known: K,
}

/// What is known of the text as it is now.
enum State<K> {
    /// All that compiling it came to.
    Compiled(K),
    /// What is reported of it. The workflow of a large file takes many times as much.
    Reported(Vec<Diagnostic>),
}

impl<K: Known> State<K> {
    fn diagnostics(&mut self) -> &mut Vec<Diagnostic> {
        match self {
            State::Compiled(known) => known.diagnostics(),
            State::Reported(diagnostics) => diagnostics,
        }
    }

    fn resolved(&self) -> Option<&Resolved> {
        match self {
            State::Compiled(known) => known.resolved(),
            State::Reported(_) => None,
        }
    }
}

/// A source on its way.
struct Run<K, C> {
    source: Source,
    state: State<K>,
    done: Vec<Done>,
    wanted: Wanted,
    /// How many bytes were compiled.
    work: usize,
    /// How many bytes were read in these rounds, those again that were read once more after a mistake.
    reading: usize,
    /// Reports whose fixes would change more than they say, and how many fixes were done when that was
    /// seen: of another text it may not be so.
    refused: HashMap<Id, usize>,
    /// What the source was taken to say, where its workflow is no longer known.
    meaning: Option<Meaning>,
    compile: C,
}

impl<K: Known, C: Fn(&Source) -> K> Run<K, C> {
    /// Whether so much was done for a text that can be read, or cannot, that no more is tried.
    fn is_tired(&self, is_readable: bool) -> bool {
        // The first time is no round.
        let work = self.work.saturating_sub(self.source.text().len());
        match is_readable {
            true => work > MOST_WORK,
            false => work > MOST_BROKEN_WORK || self.reading > MOST_BROKEN_READING,
        }
    }

    /// Does what can be done together; `false` where nothing is left.
    fn round(&mut self) -> bool {
        let diagnostics = std::mem::take(self.state.diagnostics());
        let candidates = self.candidates(&diagnostics);
        let Some(first) = candidates.first() else {
            *self.state.diagnostics() = diagnostics;
            return false;
        };
        let is_safe = first.turn == Turn::Safe;
        if let Some(resolved) = self.state.resolved() {
            self.meaning = Some(Meaning::of(resolved, is_whole(&diagnostics)));
        }
        self.state = State::Reported(Vec::new());
        let before = Before {
            is_readable: is_readable(&diagnostics),
            is_whole: is_whole(&diagnostics),
            meaning: self.meaning.take(),
            is_safe,
        };
        let all: Vec<&Candidate<'_>> = candidates.iter().collect();
        let (kept, next) = self.kept(&before, &all);
        let done = kept.iter().map(|candidate| Done {
            line: self.source.position(candidate.of.primary().span.start).line,
            code: candidate.of.code.name,
            message: candidate.of.message.clone(),
        });
        self.done.extend(done);
        match next {
            Some(next) => {
                self.source = next.source;
                self.state = State::Compiled(next.known);
            }
            None => {
                self.meaning = before.meaning;
                self.state = State::Reported(diagnostics);
            }
        }
        true
    }

    /// The fixes whose turn it is, as many as do not touch each other.
    fn candidates<'d>(&self, diagnostics: &'d [Diagnostic]) -> Vec<Candidate<'d>> {
        let is_whole = is_whole(diagnostics);
        let is_settled = is_whole && !has_error(diagnostics, |d| d.code.stops(Stops::Names));
        let may = |of: &Diagnostic, turn| match turn {
            Turn::Safe => {
                is_whole
                    || matches!(of.code.group, Group::Text | Group::Upkeep)
                    || of.code.stops(Stops::Names)
            }
            Turn::Reading | Turn::Names => true,
            Turn::Judgement => is_settled,
        };
        let wanted = |of: &'d Diagnostic| {
            let fix = of.fix.as_ref().filter(|fix| self.wanted.includes(fix))?;
            let turn = Turn::of(of, fix);
            may(of, turn).then_some((of, turn, fix))
        };
        let (refused, new): (Vec<_>, Vec<_>) = diagnostics
            .iter()
            .filter_map(wanted)
            .partition(|(of, ..)| self.refused.contains_key(&id(of)));
        let found = match new.is_empty() {
            false => new,
            true => {
                let is_outdated = |of| self.refused[&id(of)] < self.done.len();
                let refused = refused.into_iter();
                refused.filter(|(of, ..)| is_outdated(of)).collect()
            }
        };
        let turn = found.iter().map(|(_, turn, _)| *turn).min();
        let mut taken = Taken::default();
        let theirs = found.into_iter().filter(|(_, its, _)| Some(*its) == turn);
        theirs
            .filter_map(|(of, turn, fix)| {
                let edits = edits(&self.source, fix).filter(|edits| taken.add(edits))?;
                Some(Candidate { of, turn, edits })
            })
            .collect()
    }

    /// Those of `list` that together change nothing but what they say, and the text after them. One
    /// that does so alone is refused.
    fn kept<'c, 'd>(
        &mut self,
        before: &Before,
        list: &[&'c Candidate<'d>],
    ) -> (Vec<&'c Candidate<'d>>, Option<Next<K>>) {
        if let Some(next) = self.tried(before, list) {
            return (list.to_vec(), Some(next));
        }
        if let [only] = list {
            self.refused.insert(id(only.of), self.done.len());
        }
        if list.len() < 2 || self.is_tired(before.is_readable) {
            return (Vec::new(), None);
        }
        let (first, second) = list.split_at(list.len() / 2);
        let (first, after_first) = self.kept(before, first);
        let (second, after_second) = self.kept(before, second);
        if first.is_empty() || second.is_empty() {
            return match first.is_empty() {
                true => (second, after_second),
                false => (first, after_first),
            };
        }
        let both = [first.as_slice(), second.as_slice()].concat();
        match self.tried(before, &both) {
            Some(next) => (both, Some(next)),
            None => (first, after_first),
        }
    }

    /// The text after these fixes, if nothing but their places says something else.
    fn tried(&mut self, before: &Before, list: &[&Candidate<'_>]) -> Option<Next<K>> {
        let mut edits: Vec<Edit> = list.iter().flat_map(|c| c.edits.clone()).collect();
        edits.sort_by_key(|edit| edit.span);
        let text = replaced(self.source.text(), &edits);
        self.work += text.len();
        let source = self.source.with_text(text);
        if !outside::is_kept(&self.source, &source, &edits, before.is_whole) {
            return None;
        }
        let mut known = (self.compile)(&source);
        let stops = |found: &&Diagnostic| found.code.stops(Stops::Reading);
        let mistakes = known.diagnostics().iter().filter(stops).count();
        self.reading += source.text().len() * (1 + mistakes);
        let is_read = is_readable(known.diagnostics()) || !before.is_readable;
        let meaning = before.meaning.as_ref().filter(|_| before.is_safe);
        let says_the_same = || match (meaning, known.resolved()) {
            (Some(meaning), Some(after)) => meaning.is_kept(after),
            (Some(_), None) => false,
            (None, _) => true,
        };
        (is_read && says_the_same()).then_some(Next { source, known })
    }
}

/// What a report is known by from one round to the next.
type Id = (&'static str, String);

fn id(of: &Diagnostic) -> Id {
    (of.code.name, of.message.clone())
}

/// What was known before a round.
struct Before {
    is_readable: bool,
    is_whole: bool,
    /// What the file was taken to say, where it could be read.
    meaning: Option<Meaning>,
    /// Whether nothing else may be made of it.
    is_safe: bool,
}

/// The edits of `fix` as they are done to the text, in order; `None` where they cannot be.
pub fn edits(source: &Source, fix: &Fix) -> Option<Vec<Edit>> {
    let mut edits = fix.edits.clone();
    edits.sort_by_key(|edit| edit.span);
    // What stands under a YAML anchor is met once for every alias.
    edits.dedup();
    let text = source.text();
    let fits =
        |edit: &Edit| edit.span.source == source.id() && text.get(edit.span.range()).is_some();
    let apart = |pair: &[Edit]| pair[0].span.end <= pair[1].span.start;
    if edits.is_empty() || !edits.iter().all(fits) || !edits.windows(2).all(apart) {
        return None;
    }
    for edit in &mut edits {
        if edit.text.is_empty() {
            edit.text = comments::kept(text, edit.span.range());
        }
        if edit.text.contains('\n') && source.line_end() != "\n" {
            edit.text = edit.text.replace("\r\n", "\n");
            edit.text = edit.text.replace('\n', source.line_end());
        }
    }
    Some(edits)
}

/// `text` after `edits`, which are in order and apart.
pub fn replaced(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for edit in edits {
        let range = edit.span.range();
        out.push_str(&text[from..range.start]);
        out.push_str(&edit.text);
        from = range.end;
    }
    out.push_str(&text[from..]);
    out
}

/// The places that the fixes of a round replace, by their start.
#[derive(Default)]
struct Taken {
    ends: std::collections::BTreeMap<u32, u32>,
}

impl Taken {
    /// Takes the places of `edits`, unless one of them touches a place that is taken.
    fn add(&mut self, edits: &[Edit]) -> bool {
        let free = |edit: &Edit| {
            let before = self.ends.range(..=edit.span.end).next_back();
            before.is_none_or(|(_, end)| *end < edit.span.start)
        };
        let all_free = edits.iter().all(free);
        if all_free {
            let places = edits.iter().map(|edit| (edit.span.start, edit.span.end));
            self.ends.extend(places);
        }
        all_free
    }
}
