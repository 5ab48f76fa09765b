//! What is reported, as data: codes, severities, labels on places, help, fixes.
//!
//! Nothing here knows how a report looks; that is [`crate::report`]'s business. Whoever raises a
//! diagnostic keeps to the voice of the project: the subject first and by name, lower case, no
//! full stop, what the author wrote in backticks.

mod identity;
mod retired;
mod wording;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::source::{Span, Syntax};

pub use identity::{Identity, names_in};
pub use retired::{Retired, retired};
pub use wording::{short_name, shortened};

/// A kind of mistake. Every diagnostic points to one, and every code has a page, so that nothing
/// can be reported that is not explained.
#[derive(Debug)]
pub struct Code {
    /// The name: kebab-case, the bad thing in the plural, such as `dead-ends`.
    pub name: &'static str,
    /// The release in which it was reported first.
    pub since: &'static str,
    /// Where the catalogue lists it.
    pub group: Group,
    /// What a report of this code usually means for the file.
    pub level: Level,
    /// One line for the catalogue, in the voice of a report.
    pub summary: &'static str,
    /// The page that `statewright explain` shows: Markdown with examples that are tests.
    pub page: &'static str,
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Code {}

impl Code {
    /// Whether every mistake of this kind keeps something from being made, so that no level can make
    /// it less than an error. Of some other codes single reports are: see [`Diagnostic::is_firm`].
    pub fn is_firm(&self) -> bool {
        matches!(self.level, Level::Firm(_))
    }

    /// Whether every mistake of this kind is in the way of that.
    pub fn stops(&self, what: Stops) -> bool {
        self.level == Level::Firm(what)
    }

    /// Why a [firm](Self::is_firm) code stays an error.
    pub fn why_firm(&self) -> &'static str {
        match self.group {
            Group::Targets => {
                "the product's documents cannot be made while such a mistake stands, so it stays an error"
            }
            _ => "nothing can be compiled while such a mistake stands, so it stays an error",
        }
    }
}

/// The chapters of the catalogue, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The text itself and the shape of its fields.
    Text,
    /// States and transitions, one at a time.
    States,
    /// What tickets can and cannot reach.
    Walks,
    /// The service clock and what may be edited.
    Clock,
    /// The promises that an author writes.
    Promises,
    /// Several files together.
    Projects,
    /// What a change does to tickets on their way.
    Changes,
    /// What a product takes.
    Targets,
    /// Silencing, and committed output.
    Upkeep,
}

impl Group {
    /// The chapter's heading.
    pub fn title(self) -> &'static str {
        match self {
            Group::Text => "Text and shape",
            Group::States => "States and transitions",
            Group::Walks => "Walks",
            Group::Clock => "Clock and fields",
            Group::Promises => "Promises",
            Group::Projects => "Projects",
            Group::Changes => "Changes",
            Group::Targets => "Targets",
            Group::Upkeep => "Suppression and freshness",
        }
    }
}

/// How a code is treated where nobody says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not reported until asked for: healthy workflows set it off, too.
    Allow,
    /// Reported as a warning.
    Warn,
    /// Reported as an error.
    Deny,
    /// An error, whatever anybody sets: it is in the way of something.
    Firm(Stops),
}

/// What a [firm](Level::Firm) mistake is in the way of, the first of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stops {
    /// The text cannot be read, whatever it says.
    Reading,
    /// What the text and its fields mean is not known.
    Shape,
    /// Which states are meant is not known.
    Names,
    /// Everything is known, and nothing can be compiled.
    Compiling,
    /// Documents of the product cannot be made.
    Documents,
}

/// Levels that differ from the codes' own.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    set: BTreeMap<&'static str, Level>,
    /// Of what is reported of one product: by its name and the code's.
    of_targets: BTreeMap<(&'static str, &'static str), Level>,
}

impl Levels {
    /// Treats `code` as `level` from now on; of several calls for one code the last counts. A
    /// [firm](Code::is_firm) code stays what it is.
    pub fn set(&mut self, code: &'static Code, level: Level) {
        if !code.is_firm() {
            self.set.insert(code.name, level);
            self.of_targets.retain(|(_, name), _| *name != code.name);
        }
    }

    /// Treats `code` as `level` from now on where it is reported of this target.
    pub fn set_for(&mut self, target: &'static str, code: &'static Code, level: Level) {
        if !code.is_firm() {
            self.of_targets.insert((target, code.name), level);
        }
    }

    /// Treats those of `codes` that warn as `level` from now on, each where it warns.
    pub fn set_warnings(&mut self, level: Level, codes: Vec<&'static Code>) {
        for code in codes {
            if self.of(code) == Level::Warn {
                self.set.insert(code.name, level);
            }
        }
        let of_targets = self.of_targets.values_mut();
        let warning = of_targets.filter(|old| **old == Level::Warn);
        warning.for_each(|old| *old = level);
    }

    /// How `code` is treated where it is not of a product that has a level of its own.
    pub fn of(&self, code: &Code) -> Level {
        self.set.get(code.name).copied().unwrap_or(code.level)
    }

    /// How `code` is treated where it is reported of the product of this name.
    pub fn of_target(&self, code: &Code, target: &'static str) -> Level {
        let own = self.of_targets.get(&(target, code.name));
        own.copied().unwrap_or_else(|| self.of(code))
    }

    /// Gives each report the severity that its code's level asks for and drops those that are
    /// allowed. A report that chose a severity of its own keeps it where nobody set a level.
    pub fn apply(&self, diagnostics: &mut Diagnostics) {
        let items = &mut diagnostics.items;
        items.retain_mut(|diagnostic| self.keep(diagnostic));
    }

    /// Gives one report the severity that its code's level asks for; says whether it is to be told
    /// at all. One that [blocks](Diagnostic::blocks) a document is told as it is.
    pub fn keep(&self, diagnostic: &mut Diagnostic) -> bool {
        let of_target = || {
            self.of_targets
                .get(&(diagnostic.target?, diagnostic.code.name))
        };
        let set = of_target().or_else(|| self.set.get(diagnostic.code.name));
        if diagnostic.is_blocking {
            if set.is_some_and(|level| *level != Level::Deny) {
                diagnostic.note_that_it_stays();
            }
            return true;
        }
        match set.copied() {
            None => return diagnostic.code.level != Level::Allow,
            Some(Level::Allow) => return false,
            Some(Level::Warn) => diagnostic.severity = Severity::Warning,
            Some(Level::Deny | Level::Firm(_)) => diagnostic.severity = Severity::Error,
        }
        true
    }
}

/// How much a report matters. There are only two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It cannot be compiled, or no ticket system should run it.
    Error,
    /// It compiles, but its author would want to know.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// One report about one mistake.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// The kind of mistake.
    pub code: &'static Code,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, complete without the source: at most 100 characters where names are short.
    pub message: String,
    /// The names that it speaks of: those in the message, as that was when it was made. By them and
    /// its code it is [known again](Diagnostic::identity), so that a message may be worded anew.
    pub names: Vec<String>,
    /// What it says of them, in a word that stays, where one code says several things of the same
    /// names.
    pub aspect: Option<String>,
    /// What a product does, after its name ("has no category `waiting`"), where another may do the same:
    /// by that such reports are told together.
    pub shared: Option<String>,
    /// The places; the first is the primary one. Never empty, and no two of them overlap.
    pub labels: Vec<Label>,
    /// Whether the places are the steps of a walk, which people are shown in their order.
    pub is_walk: bool,
    /// More places, each list of which goes on what a label says: people are told the first places,
    /// programs all.
    pub more: Vec<Places>,
    /// What to do, in the imperative, with the text to write.
    pub help: Option<String>,
    /// Why, or what else is true.
    pub notes: Vec<String>,
    /// The help again, for machines.
    pub fix: Option<Fix>,
    /// How many more of its code there are that are counted and not told: a hostile file is the
    /// cause of millions.
    pub others: usize,
    /// The product that takes the workflow so; `None` where it is about the workflow itself.
    pub target: Option<&'static str>,
    /// Whether a document cannot be made while it stands, although other reports of its code may be
    /// silenced.
    pub is_blocking: bool,
}

/// What cannot be made while a report stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocks {
    /// Whatever its level says: everything where that makes it an error, and else nothing.
    Nothing,
    /// Documents of the product of this name.
    Target(&'static str),
    /// Every document.
    Everything,
}

/// A place and what is to be said there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is wrong here, or what this place has to do with it.
    pub message: String,
}

/// Places of which the same is to be said.
#[derive(Clone, Debug, PartialEq)]
pub struct Places {
    /// What.
    pub message: String,
    /// Where; the first ones where there are very many.
    pub spans: Vec<Span>,
    /// How many others there are.
    pub others: usize,
}

/// How many places one report names for programs. With those of its labels, a result in SARIF then has
/// fewer than the thousand locations that GitHub takes.
const MOST_PLACES: usize = 900;

/// Replacements that do what the help says.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// Whether it may be applied without a person looking at it: it cannot change what the
    /// author means.
    pub safe: bool,
    /// Replacements in one source, in order, none overlapping another.
    pub edits: Vec<Edit>,
}

/// Put `text` in place of `span` (an insertion where the span is empty).
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// What is taken out.
    pub span: Span,
    /// What is put in.
    pub text: String,
}

/// As every text of a report is kept: see [`shortened`].
fn short(text: impl Into<String>) -> String {
    let text = text.into();
    match shortened(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(short) => short,
    }
}

/// As a message is told, which goes on speaking of all of its names: see [`wording::fitted`].
fn at_a_glance(message: String) -> String {
    match wording::fitted(&message) {
        Cow::Borrowed(_) => message,
        Cow::Owned(fitted) => fitted,
    }
}

impl Diagnostic {
    /// A report of `code` with its usual severity (a code that is off until asked for warns),
    /// its primary label at `span` saying `label`.
    pub fn new(
        code: &'static Code,
        message: impl Into<String>,
        span: Span,
        label: impl Into<String>,
    ) -> Self {
        let severity = match code.level {
            Level::Deny | Level::Firm(_) => Severity::Error,
            Level::Warn | Level::Allow => Severity::Warning,
        };
        let message = short(message);
        Diagnostic {
            code,
            severity,
            names: names_in(&message),
            message: at_a_glance(message),
            aspect: None,
            shared: None,
            labels: vec![Label {
                span,
                message: short(label),
            }],
            is_walk: false,
            more: Vec::new(),
            help: None,
            notes: Vec::new(),
            fix: None,
            others: 0,
            target: None,
            is_blocking: false,
        }
    }

    /// With another message.
    pub fn saying(mut self, message: impl Into<String>) -> Self {
        let message = short(message);
        self.names = names_in(&message);
        self.message = at_a_glance(message);
        self
    }

    /// With what a product does, after its name.
    pub fn with_shared(mut self, does: impl Into<String>) -> Self {
        self.shared = Some(does.into());
        self
    }

    /// With what it says of its names, where one code says several things of the same names. Such a
    /// word stands in the message, too.
    pub fn with_aspect(mut self, aspect: &str) -> Self {
        self.aspect = Some(aspect.to_owned());
        self
    }

    /// With another severity than the code's usual one.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// With one more label. A label that would overlap an earlier one is left out: two texts on
    /// one place cannot be drawn, and the earlier one says more.
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.add_label(span, message);
        self
    }

    fn add_label(&mut self, span: Span, message: impl Into<String>) {
        let clash = |l: &Label| l.span.overlaps(span) || l.span == span;
        if !self.labels.iter().any(clash) {
            self.labels.push(Label {
                span,
                message: short(message),
            });
        }
    }

    /// With a label on each of the first `most` of `places`; the others are for programs.
    pub fn each(
        mut self,
        places: impl IntoIterator<Item = Span>,
        most: usize,
        message: &str,
    ) -> Self {
        self.add_each(places, most, message);
        self
    }

    /// As [`Self::each`], for a report that grows with every place that is met.
    pub fn add_each(&mut self, places: impl IntoIterator<Item = Span>, most: usize, message: &str) {
        let mut places = places.into_iter();
        for span in places.by_ref().take(most) {
            self.add_label(span, message);
        }
        let named: usize = self.more.iter().map(|places| places.spans.len()).sum();
        let room = MOST_PLACES.saturating_sub(named);
        let spans: Vec<Span> = places.by_ref().take(room).collect();
        let others = places.count();
        match self.more.last_mut() {
            _ if spans.is_empty() && others == 0 => {}
            Some(last) if last.message == message => {
                last.spans.extend(spans);
                last.others += others;
            }
            _ => self.more.push(Places {
                message: short(message),
                spans,
                others,
            }),
        }
    }

    /// Takes in a report of the same in another place, with its edits; the first `most` places are shown.
    pub fn take_in(&mut self, other: Diagnostic, most: usize) {
        let shown = usize::from(self.labels.len() < most);
        self.add_each([other.primary().span], shown, "and here");
        if let (Some(all), Some(more)) = (&mut self.fix, other.fix) {
            all.edits.extend(more.edits);
        }
    }

    /// With what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(short(help));
        self
    }

    /// With one more note.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(short(note));
        self
    }

    /// With a fix of one replacement that needs nobody's eye.
    pub fn fix(self, span: Span, text: impl Into<String>) -> Self {
        self.edits(true, vec![Edit::new(span, text)])
    }

    /// With a fix of one replacement that a person should look at.
    pub fn unsafe_fix(self, span: Span, text: impl Into<String>) -> Self {
        self.edits(false, vec![Edit::new(span, text)])
    }

    /// With a fix of one replacement, which needs nobody's eye where `safe`.
    pub fn fix_if(self, safe: bool, span: Span, text: impl Into<String>) -> Self {
        self.edits(safe, vec![Edit::new(span, text)])
    }

    /// With a fix of several replacements.
    pub fn edits(mut self, safe: bool, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix { safe, edits });
        self
    }

    /// The same, as one that keeps a document from being made.
    pub fn blocking(mut self) -> Self {
        self.is_blocking = true;
        self
    }

    /// What cannot be made while it stands.
    pub fn blocks(&self) -> Blocks {
        match (self.is_firm(), self.target) {
            (false, _) => Blocks::Nothing,
            (true, Some(target)) => Blocks::Target(target),
            (true, None) => Blocks::Everything,
        }
    }

    /// Whether no level, no comment and no baseline makes it less than it is: something cannot be
    /// made while it stands.
    pub fn is_firm(&self) -> bool {
        self.is_blocking || self.code.is_firm()
    }

    /// Tells whoever asked for less why it stays an error.
    pub fn note_that_it_stays(&mut self) {
        let documents = match self.target {
            Some(target) => format!("documents of target `{target}`"),
            None => "documents".to_owned(),
        };
        let note = format!("it stays an error: {documents} cannot be made while it stands");
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Whether both tell the same mistake.
    pub fn is_same_as(&self, other: &Diagnostic) -> bool {
        self.code == other.code
            && self.primary().span == other.primary().span
            && self.message == other.message
    }

    /// How many mistakes it stands for.
    pub fn times(&self) -> usize {
        1 + self.others
    }

    /// The place that the report is about.
    pub fn primary(&self) -> &Label {
        &self.labels[0]
    }

    /// Whether the other report is this one again, whoever tells it.
    fn says_the_same(&self, other: &Diagnostic) -> bool {
        self.is_same_as(other)
            && (&self.labels, &self.help, &self.fix) == (&other.labels, &other.help, &other.fix)
    }

    /// Takes the other report in, which says the same.
    fn absorb(&mut self, other: &mut Diagnostic) {
        self.others += other.others;
        self.target = self.target.or(other.target);
        self.severity = self.severity.min(other.severity);
        if other.is_blocking && !self.is_blocking {
            self.is_blocking = true;
            self.notes = std::mem::take(&mut other.notes);
        }
    }

    /// The order of reports: by file, place, code, and then by what they say.
    pub fn sort_key(&self) -> impl Ord + '_ {
        let span = self.primary().span;
        (
            span.source,
            span.start,
            span.end,
            self.code.name,
            &self.message,
        )
    }
}

impl Edit {
    /// Put `text` in place of `span`.
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Edit {
            span,
            text: text.into(),
        }
    }
}

/// How many reports of one code are kept, at least. Each takes a kilobyte of memory, nobody reads so
/// many, and fixes that are left over come in the next round.
const MOST_OF_A_CODE: usize = 10_000;

/// Where diagnostics are collected, in the order in which they are found. Of each code the first
/// are kept, and the others counted.
#[derive(Clone, Debug)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
    /// How many there are of each code.
    counts: Vec<Count>,
    /// How many of a code are kept.
    most: usize,
    /// How many [places for programs](Diagnostic::more) are kept.
    places: usize,
    /// The product that what is reported now is about.
    target: Option<&'static str>,
    /// The syntax of the text that is looked at, where one was read.
    pub(crate) syntax: Option<Syntax>,
    /// For how many unknown fields the known one was sought that is meant.
    guesses: usize,
}

/// How often a code is reported.
#[derive(Clone, Debug)]
struct Count {
    code: &'static Code,
    kept: usize,
    others: usize,
}

impl Default for Diagnostics {
    fn default() -> Self {
        Diagnostics {
            items: Vec::new(),
            counts: Vec::new(),
            most: MOST_OF_A_CODE,
            places: 0,
            target: None,
            syntax: None,
            guesses: 0,
        }
    }
}

impl Diagnostics {
    /// Nothing reported yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing reported yet, where so many are to be shown.
    pub fn showing(reports: usize) -> Self {
        Diagnostics {
            // One more, so that the reader is told that there are more.
            most: MOST_OF_A_CODE.max(reports.saturating_add(1)),
            ..Self::default()
        }
    }

    /// Nothing reported yet, of the same text and product.
    pub fn aside(&self) -> Self {
        Diagnostics {
            target: self.target,
            syntax: self.syntax,
            ..Self::default()
        }
    }

    /// What `look` reports is about the product of this name.
    pub fn about<T>(&mut self, target: &'static str, look: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.target.replace(target);
        let seen = look(self);
        self.target = outer;
        seen
    }

    /// Whether it is still sought what an unknown field is meant to be: for as many as are kept.
    pub fn may_guess(&mut self) -> bool {
        self.guesses += 1;
        self.guesses <= self.most
    }

    /// Adds `found`, each error in which keeps a document from being made. Whether there is none.
    pub fn add_blocking(&mut self, found: Diagnostics) -> bool {
        let mut is_free = true;
        for mut diagnostic in found {
            diagnostic.is_blocking |= diagnostic.severity == Severity::Error;
            is_free &= !diagnostic.is_blocking;
            self.push(diagnostic);
        }
        is_free
    }

    /// Reports what `make` makes, which is one mistake of `code`. Where that would be counted and not be told,
    /// it is not even made: a report takes many times the work of finding it.
    // Out of the way of a healthy file, in which nothing is made.
    #[cold]
    #[inline(never)]
    pub fn push_made(&mut self, code: &'static Code, make: impl FnOnce() -> Diagnostic) {
        match self.counts.iter_mut().find(|count| count.code == code) {
            Some(count) if count.kept >= self.most => count.others += 1,
            _ => self.push(make()),
        }
    }

    /// Report one.
    pub fn push(&mut self, mut diagnostic: Diagnostic) {
        diagnostic.target = diagnostic.target.or(self.target);
        let code = diagnostic.code;
        let known = self.counts.iter().position(|count| count.code == code);
        let at = known.unwrap_or(self.counts.len());
        if known.is_none() {
            let (kept, others) = (0, 0);
            self.counts.push(Count { code, kept, others });
        }
        let count = &mut self.counts[at];
        if count.kept < self.most {
            count.kept += 1;
            self.bound(&mut diagnostic.more);
            self.items.push(diagnostic);
        } else {
            count.others += diagnostic.times();
        }
    }

    /// Counts the places that would be too many: reports may tell each state of each of many
    /// transitions.
    fn bound(&mut self, more: &mut [Places]) {
        const MOST: usize = 100_000;
        for places in more {
            let room = MOST - self.places;
            places.others += places.spans.len().saturating_sub(room);
            places.spans.truncate(room);
            self.places += places.spans.len();
        }
    }

    /// Leaves each count with the last report of its code.
    fn counted(&mut self) {
        for count in self.counts.iter().filter(|count| count.others > 0) {
            let mut items = self.items.iter_mut().rev();
            if let Some(last) = items.find(|item| item.code == count.code) {
                last.others += count.others;
            }
        }
        self.counts.clear();
    }

    /// Whether an error is among them.
    pub fn has_errors(&self) -> bool {
        self.iter().any(|d| d.severity == Severity::Error)
    }

    /// All so far.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.items.iter()
    }

    /// How many so far.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether nothing was reported.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// All, to change what the whole calls for (levels, aliases, order).
    pub fn items_mut(&mut self) -> &mut Vec<Diagnostic> {
        &mut self.items
    }

    /// All, sorted by place, each once: what is read again for a product is met again.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.items.sort_by(|a, b| {
            let by_place = a.sort_key().cmp(&b.sort_key());
            by_place.then_with(|| a.labels.cmp(&b.labels))
        });
        self.counted();
        self.items.dedup_by(|b, a| {
            let is_same = a.says_the_same(b);
            if is_same {
                a.absorb(b);
            }
            is_same
        });
        self.items
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, iter: I) {
        iter.into_iter().for_each(|item| self.push(item));
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(mut self) -> Self::IntoIter {
        self.counted();
        self.items.into_iter()
    }
}
