//! Comments that silence reports: `# statewright: allow(CODE, …) reason` at the end of a line or
//! above it, and `allow-file` for the whole file.
//!
//! A suppression reaches the reports whose primary label starts on its line. It is known before
//! anything is judged, so that an error which is silenced does not stop the file from being
//! compiled, and it notes whether it was needed.

pub mod acceptances;
pub mod add;
mod deletion;
mod lines;
mod malformed_suppressions;
pub mod missing_reasons;
pub mod outdated_baselines;
pub mod unknown_codes;
mod unused_suppressions;
mod words;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level, Levels};
use crate::node::Document;
use crate::source::{Source, Span};
use crate::suggest;
use crate::syntax::{self, MAX_REPORTS};

use lines::{Below, Lines};
use unused_suppressions::Reach;
pub use words::WORDS;
use words::{List, Words};

/// The codes about suppressions, in the order of the catalogue.
pub const CODES: &[&Code] = &[
    &unused_suppressions::CODE,
    &malformed_suppressions::CODE,
    &unknown_codes::CODE,
    &missing_reasons::CODE,
    &outdated_baselines::CODE,
];

/// What the comments of one source silence.
#[derive(Clone, Debug, Default)]
pub struct Silencing {
    allows: Vec<Allow>,
    /// Which of `allows` reaches a line (`None` for the file) and a code; the first of several.
    reaching: HashMap<(Option<u32>, &'static str), usize>,
    lines: Lines,
}

/// One code in one comment.
#[derive(Clone, Debug)]
struct Allow {
    code: &'static Code,
    /// Where the code is named.
    at: Span,
    reach: Reach,
    used: bool,
    /// Whether it reaches a report that no comment can silence, although others of its code can be.
    refused: bool,
    /// The comment that names it, and the part of it that is for this program.
    comment: (Span, Span),
    /// Where each code of the comment is named.
    list: Arc<[Span]>,
    /// Whether the comment is taken for one to this program, or the code for the nearest: that is
    /// reported.
    is_guess: bool,
}

impl Silencing {
    /// What the comments of `document`, which was read from `source`, silence. Words to the
    /// program that are none, and codes that are none of `codes`, are reported.
    pub fn of(
        source: &Source,
        document: &Document,
        codes: fn() -> Vec<&'static Code>,
        out: &mut Diagnostics,
    ) -> Silencing {
        let mut silencing = Silencing::default();
        if document.comments.is_empty() {
            return silencing;
        }
        silencing.lines = Lines::of(source, document);
        let mut reader = Reader {
            source,
            known: codes(),
            reports: Vec::new(),
            below: Below::of(source, &document.comments),
        };
        for comment in &document.comments {
            for words in words::read(source.slice(*comment)) {
                silencing.allows.extend(reader.comment(*comment, &words));
            }
        }
        out.extend(reader.reports);
        for (index, allow) in silencing.allows.iter().enumerate() {
            if let Some(place) = allow.place() {
                silencing.reaching.entry(place).or_insert(index);
            }
        }
        silencing
    }

    /// Whether there is no comment that silences anything.
    pub fn is_empty(&self) -> bool {
        self.allows.is_empty()
    }

    /// Drops what is silenced and notes which suppressions were needed.
    pub fn apply(&mut self, out: &mut Diagnostics) {
        if self.reaching.is_empty() {
            return;
        }
        let (mut used, mut refused) = (Vec::new(), Vec::new());
        out.items_mut().retain_mut(|found| {
            let Some(by) = self.reached_by(found) else {
                return true;
            };
            if can_be_silenced(found) {
                used.push(by);
                return false;
            }
            if found.is_blocking {
                refused.push(by);
                found.note_that_it_stays();
            }
            true
        });
        for index in used {
            self.allows[index].used = true;
        }
        for index in refused {
            self.allows[index].refused = true;
        }
    }

    /// Whether `found`, which another step reports later, is silenced.
    pub fn silences(&self, found: &Diagnostic) -> bool {
        can_be_silenced(found) && self.reached_by(found).is_some()
    }

    /// As [`silences`](Self::silences), for what is found where several sources are checked together.
    /// A comment that it reaches was meant for it, so that none of `reports` says that it is unused.
    pub fn silences_with_others(
        &self,
        found: &mut Diagnostic,
        reports: &mut Vec<Diagnostic>,
    ) -> bool {
        let Some(by) = self.reached_by(found).and_then(|by| self.allows.get(by)) else {
            return false;
        };
        let is_of_it =
            |d: &Diagnostic| d.code == &unused_suppressions::CODE && d.primary().span == by.at;
        reports.retain(|report| !is_of_it(report));
        if found.is_blocking {
            found.note_that_it_stays();
        }
        can_be_silenced(found)
    }

    /// Whether a comment accepts `found`, a change from an old version in which these are the
    /// [comments on changes](Self::on_changes). One that stands there, too, accepted an earlier change, and
    /// not this one.
    pub fn accepts(
        &mut self,
        found: &Diagnostic,
        source: &Source,
        before: &HashSet<String>,
    ) -> bool {
        let Some(by) = self.reached_by(found) else {
            return false;
        };
        let allow = &mut self.allows[by];
        if before.contains(&allow.said(source)) {
            return false;
        }
        allow.used = true;
        can_be_silenced(found)
    }

    /// What the comments about changes say in `source`, which they were read from.
    pub fn on_changes(&self, source: &Source) -> HashSet<String> {
        let of_changes = |allow: &&Allow| allow.code.group == Group::Changes;
        let allows = self.allows.iter().filter(of_changes);
        allows.map(|allow| allow.said(source)).collect()
    }

    /// Which suppression is meant to silence `found`.
    fn reached_by(&self, found: &Diagnostic) -> Option<usize> {
        if self.reaching.is_empty() {
            return None;
        }
        let line = self.lines.line_of(found.primary().span);
        let on_line = self.reaching.get(&(Some(line), found.code.name));
        let in_file = || self.reaching.get(&(None, found.code.name));
        on_line.or_else(in_file).copied()
    }

    /// Reports the suppressions that silenced nothing, of those whose codes are `asked`. Those of which
    /// that cannot be told are left alone: the code is off, or `was_looked_for` says that nobody looked.
    pub fn report_unused(
        &self,
        levels: &Levels,
        asked: impl Fn(&Code) -> bool,
        was_looked_for: impl Fn(&Code) -> bool,
        source: &Source,
        out: &mut Diagnostics,
    ) {
        let most = out.len() + MAX_REPORTS;
        for allow in self
            .allows
            .iter()
            .filter(|allow| !allow.used && !allow.is_guess && asked(allow.code))
        {
            if out.len() >= most {
                break;
            }
            let code = allow.code;
            let whole = allow.list.len() == 1;
            let delete = || deletion::of(source, allow.comment, &allow.list, allow.at);
            if let Some(why) = why_not(code, allow.refused) {
                let report = unused_suppressions::cannot(
                    code.name,
                    allow.at,
                    allow.refused,
                    why,
                    whole,
                    delete(),
                );
                out.push(report);
            } else if levels.of(code) != Level::Allow && was_looked_for(code) {
                let reach = allow.reach;
                out.push(unused_suppressions::report(
                    code.name,
                    allow.at,
                    reach,
                    whole,
                    delete(),
                ));
            }
        }
    }
}

impl Allow {
    /// What it says: its code, and the words of its comment.
    fn said(&self, source: &Source) -> String {
        let words: Vec<&str> = source.slice(self.comment.1).split_whitespace().collect();
        format!("{} {}", self.code.name, words.join(" "))
    }

    /// The line (`None` for the file) and the code that it reaches, if it reaches any.
    fn place(&self) -> Option<(Option<u32>, &'static str)> {
        match self.reach {
            Reach::Line(line) => Some((Some(line), self.code.name)),
            Reach::File => Some((None, self.code.name)),
            Reach::Nothing => None,
        }
    }
}

/// The suppressions of a text that are for one line.
#[derive(Debug, Default)]
pub struct OfLines {
    lines: Lines,
    /// The comment, what of it is for this program, and the line (from 1) that it is about.
    pub found: Vec<(Span, Span, u32)>,
}

impl OfLines {
    /// Those of `source`, which was read into `document`.
    pub fn of(source: &Source, document: &Document) -> OfLines {
        let mut found = OfLines::default();
        if !syntax::may_speak_to_us(source) {
            return found;
        }
        found.lines = Lines::of(source, document);
        let below = Below::of(source, &document.comments);
        for comment in &document.comments {
            for words in words::read(source.slice(*comment)) {
                let reach = below.reach(*comment);
                if let (Some(words::ALLOW), Reach::Line(line), false) =
                    (words.word, reach, words.is_prose)
                {
                    let part = Within(source, *comment).at(&words.part);
                    found.found.push((*comment, part, line));
                }
            }
        }
        found
    }

    /// The line to which a comment must belong that is about what starts at `place`.
    pub fn line_of(&self, place: Span) -> u32 {
        self.lines.line_of(place)
    }
}

/// Whether a comment can silence `found`.
pub fn can_be_silenced(found: &Diagnostic) -> bool {
    why_not(found.code, found.is_blocking).is_none()
}

/// Why no comment can silence what is reported as `code`, where none can; `is_blocking` says that
/// such a report keeps a document from being made.
fn why_not(code: &Code, is_blocking: bool) -> Option<&'static str> {
    if code.is_firm() || is_blocking {
        return Some(code.why_firm());
    }
    (code.group == Group::Upkeep).then_some(
        "what is reported about upkeep, not about the workflow, has a level and no suppression",
    )
}

struct Reader<'r> {
    source: &'r Source,
    known: Vec<&'static Code>,
    reports: Vec<Diagnostic>,
    below: Below<'r>,
}

impl<'r> Reader<'r> {
    /// Reads the words `words` in one comment.
    fn comment(&mut self, comment: Span, words: &Words) -> Vec<Allow> {
        let within = Within(self.source, comment);
        let head = within.at(&words.head);
        if words.is_prose {
            self.report(malformed_suppressions::in_prose(head));
            return Vec::new();
        }
        let Some((word, codes, close)) = self.list(within, head, words) else {
            return Vec::new();
        };
        if !words.is_exact {
            let proper = format!("statewright: {word}(");
            let written = self.source.slice(head);
            self.report(malformed_suppressions::misspelt(head, written, &proper));
        }
        let reason = &self.source.slice(comment)[words.reason.clone()];
        if !missing_reasons::is_reason(reason) {
            let names: Vec<&str> = codes.iter().map(|at| self.source.slice(*at)).collect();
            let names = suggest::phrase_up_to(&names, 3);
            self.report(missing_reasons::report(&names, close));
        }
        let reach = match word {
            words::ALLOW_FILE => Reach::File,
            _ => self.below.reach(comment),
        };
        let mut allows = Vec::new();
        let list: Arc<[Span]> = codes.into();
        let comment = (comment, within.at(&words.part));
        for at in list.iter() {
            allows.extend(self.code(*at, comment, &list).map(|code| Allow {
                code,
                at: *at,
                reach,
                used: false,
                refused: false,
                comment,
                list: Arc::clone(&list),
                is_guess: !words.is_exact || self.source.slice(*at) != code.name,
            }));
        }
        allows
    }

    /// The word, the places of the codes, and that of the closing bracket; `None`, with a report,
    /// where they are not all there.
    fn list(
        &mut self,
        within: Within<'r>,
        head: Span,
        words: &Words,
    ) -> Option<(&'static str, Vec<Span>, Span)> {
        let report = match (&words.list, words.word) {
            (_, None) => malformed_suppressions::unknown_word(head),
            (List::Unclosed(open), _) => {
                malformed_suppressions::unclosed(within.at(&(*open..open + 1)))
            }
            (List::Codes(codes, close), Some(word)) if !codes.is_empty() => {
                let list = codes.iter().map(|range| within.at(range)).collect();
                return Some((word, list, within.at(&(*close..close + 1))));
            }
            (List::Missing | List::Codes(..), _) => malformed_suppressions::names_no_code(head),
        };
        self.report(report);
        None
    }
}

/// A comment, to tell places in it.
#[derive(Clone, Copy)]
struct Within<'s>(&'s Source, Span);

impl Within<'_> {
    /// The place of `range`, which counts from the comment's `#`.
    fn at(self, range: &std::ops::Range<usize>) -> Span {
        let start = self.1.range().start;
        self.0.at(start + range.start..start + range.end)
    }
}

impl Reader<'_> {
    fn report(&mut self, report: Diagnostic) {
        if self.reports.len() < MAX_REPORTS {
            self.reports.push(report);
        }
    }
}

impl<'r> Reader<'r> {
    /// The code named at `at`; one that does not exist is reported and taken for the nearest.
    fn code(&mut self, at: Span, comment: (Span, Span), list: &[Span]) -> Option<&'static Code> {
        let source: &'r Source = self.source;
        let written = source.slice(at);
        let named = unknown_codes::Named {
            what: "suppression",
            written,
            at,
            others: &[],
            spelt: &str::to_owned,
            deleted: &|| Some(deletion::of(source, comment, list, at)),
        };
        if self.reports.len() >= MAX_REPORTS {
            return self.known.iter().copied().find(|code| code.name == written);
        }
        let mut found = None;
        let meant = unknown_codes::find(&named, &self.known, &mut |report| found = Some(report));
        found.into_iter().for_each(|report| self.report(report));
        meant
    }
}
