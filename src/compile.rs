//! One source through every step.

use std::borrow::Cow;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Edit, Fix, Group, Levels, Severity, Stops};
use crate::graph::{MAX_MOVES, Resolved};
use crate::model::{Workflow, decode};
use crate::node::{Alias, Document};
use crate::projects::{self, Outline};
use crate::rules::{self, Blocks, Checked};
use crate::silencing::Silencing;
use crate::source::{Source, SourceId, Span};
use crate::targets::{self, Output, Target, target_collisions};
use crate::{aliases, changes, expect, fields, fix, silencing, stale_output, syntax};

mod against;
mod headers;
mod together;

pub use against::{Against, Broken, check_against};
pub use together::check_together;

/// What the caller wants to know of a source.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Levels of codes that differ from their own.
    pub levels: Levels,
    /// Which products the workflow is held against.
    pub targets: Targets,
}

/// Which products a workflow is held against.
#[derive(Clone, Debug)]
pub enum Targets {
    /// The ones that the file names, and these.
    NamedAnd(Vec<&'static Target>),
    /// Just these documents. The blocks of all other targets are still read.
    Only(Vec<Output>),
}

impl Targets {
    /// Whether a workflow is held against this product.
    fn include(&self, target: &Target, workflow: &Resolved) -> bool {
        match self {
            Targets::NamedAnd(more) => {
                more.contains(&target) || targets::block(workflow, target.name).is_some()
            }
            Targets::Only(outputs) => outputs.iter().any(|output| output.target == target),
        }
    }
}

impl Default for Targets {
    fn default() -> Self {
        Targets::NamedAnd(Vec::new())
    }
}

/// What became of a source. A copy is cheap: the workflow is there once.
#[derive(Clone, Debug)]
pub struct Compilation {
    outcome: Outcome,
    /// The targets that nothing is made for, by mistakes that are theirs alone.
    barred: Vec<&'static str>,
    silencing: Silencing,
    aliases: Vec<Alias>,
    /// Everything reported, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

#[derive(Clone, Debug)]
enum Outcome {
    /// No error but those of single products: it may be compiled for the others.
    Checked(Arc<Checked>),
    /// There was none until it was held against other sources.
    Spoiled(Arc<Checked>),
    /// There are errors, and a graph to look at all the same.
    Faulty(Arc<Resolved>),
    /// There is no workflow to speak of.
    Unreadable,
    /// The workflow is not wanted any more, but by those that are checked together with it.
    Dropped(Outline),
}

impl Compilation {
    /// The workflow, where it has no error.
    pub fn checked(&self) -> Option<&Checked> {
        match &self.outcome {
            Outcome::Checked(checked) if !self.has_errors() => Some(checked),
            _ => None,
        }
    }

    /// The workflow, where no error of its own or of this product is in the way: those of others are
    /// not. Whether a single document can be made, making it tells.
    pub fn checked_for(&self, target: &Target) -> Option<&Checked> {
        match &self.outcome {
            Outcome::Checked(checked) if !self.barred.contains(&target.name) => Some(checked),
            _ => None,
        }
    }

    /// The graph, however faulty; `None` where nothing could be read, and where it is not kept
    /// ([`Compilation::without_workflow`]).
    pub fn resolved(&self) -> Option<&Resolved> {
        match &self.outcome {
            Outcome::Checked(checked) | Outcome::Spoiled(checked) => Some(checked.resolved()),
            Outcome::Faulty(resolved) => Some(resolved),
            Outcome::Unreadable | Outcome::Dropped(_) => None,
        }
    }

    /// The source of the workflow; `None` where nothing could be read.
    fn source(&self) -> Option<SourceId> {
        match &self.outcome {
            Outcome::Dropped(outline) => Some(outline.source),
            _ => Some(self.resolved()?.workflow().place.source),
        }
    }

    /// What other sources are checked against; `None` where nothing could be read.
    pub fn outline(&self) -> Option<Cow<'_, Outline>> {
        match &self.outcome {
            Outcome::Dropped(outline) => Some(Cow::Borrowed(outline)),
            _ => Some(Cow::Owned(Outline::of(self.resolved()?.workflow()))),
        }
    }

    /// Lets go of the workflow, unless it is for a product that holds several against each other:
    /// that is told by `options`, those it was compiled with. Then only what is reported is left, and
    /// what [`check_together`] needs.
    ///
    /// Of thousands of files the workflows take most of the memory, and a quarter of the time of a
    /// check is that of getting it.
    pub fn without_workflow(mut self, options: &Options) -> Self {
        let is_held = |resolved: &Resolved| {
            let mut targets = targets::ALL.iter();
            targets.any(|target| options.targets.include(target, resolved))
        };
        if let Some(resolved) = self.resolved()
            && !is_held(resolved)
        {
            self.outcome = Outcome::Dropped(Outline::of(resolved.workflow()));
        }
        self
    }

    /// What somebody else reports of the source as it is told where these levels are asked for, if it
    /// is.
    pub fn told(&self, found: Diagnostic, levels: &Levels) -> Option<Diagnostic> {
        let mut found = self.at_use(found);
        (levels.keep(&mut found) && !self.silencing.silences(&found)).then_some(found)
    }

    /// The report where the alias stands that brought what it is about.
    fn at_use(&self, found: Diagnostic) -> Diagnostic {
        aliases::at_use(found, &self.aliases)
    }

    /// Whether the workflow, which was compiled with `options`, is held against this product once it
    /// has no error.
    pub fn is_held_against(&self, target: &Target, options: &Options) -> bool {
        // Of a workflow that is for a product the graph is kept.
        let resolved = self.resolved();
        resolved.is_some_and(|resolved| options.targets.include(target, resolved))
    }

    /// Whether all that the source says is known, however good it is.
    pub fn is_whole(&self) -> bool {
        let hides = |d: &Diagnostic| {
            let stops = [Stops::Reading, Stops::Shape, Stops::Names];
            stops.iter().any(|stops| d.code.stops(*stops))
        };
        !self.diagnostics.iter().any(hides)
    }

    /// Whether a comment in the source silences what is found of it together with other sources.
    fn silences_with_others(&mut self, found: &mut Diagnostic) -> bool {
        self.silencing
            .silences_with_others(found, &mut self.diagnostics)
    }

    /// Whether a mistake in the text or in its fields, but for those of a single product, may hide
    /// which targets the file names.
    pub fn may_name_any_target(&self) -> bool {
        let hides = |d: &Diagnostic| {
            d.severity == Severity::Error && d.code.group == Group::Text && d.target.is_none()
        };
        self.diagnostics.iter().any(hides)
    }

    /// Whether an error was reported.
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|d| d.severity == Severity::Error)
    }

    /// Takes away the proof that the workflow may be compiled for this product, or for any.
    fn spoil(&mut self, target: Option<&'static str>) {
        if let Some(target) = target {
            return self.barred.push(target);
        }
        let outcome = std::mem::replace(&mut self.outcome, Outcome::Unreadable);
        self.outcome = match outcome {
            Outcome::Checked(checked) => Outcome::Spoiled(checked),
            other => other,
        };
    }

    fn add(&mut self, diagnostic: Diagnostic) {
        let before = |d: &Diagnostic| d.sort_key() <= diagnostic.sort_key();
        let at = self.diagnostics.partition_point(before);
        self.diagnostics.insert(at, diagnostic);
    }
}

/// What fixes are judged by.
impl fix::Known for Compilation {
    fn diagnostics(&mut self) -> &mut Vec<Diagnostic> {
        &mut self.diagnostics
    }

    fn resolved(&self) -> Option<&Resolved> {
        self.resolved()
    }
}

/// Compiles one source: reads, looks up, checks, and holds it against its products. Touches
/// nothing outside, cannot fail and does not panic: whatever is wrong with the source is in
/// [`Compilation::diagnostics`].
pub fn compile(source: &Source, options: &Options) -> Compilation {
    compile_and_show(source, options, &mut |_| ())
}

/// As [`compile`], and shows `see` the tree, which is dropped once it is decoded.
pub fn compile_and_show(
    source: &Source,
    options: &Options,
    see: &mut dyn FnMut(&Document),
) -> Compilation {
    let mut out = Diagnostics::showing(source.limits().reports);
    let Begun {
        workflow,
        silencing,
        aliases,
        are_written_out,
    } = begin(source, see, &mut out);
    let looked_at = workflow.map(|workflow| {
        let resolved = Resolved::new(workflow);
        let blocks = check(&resolved, &options.levels, &mut out);
        rules::undefined_states::name_cut_off(&resolved, source, &mut out);
        (resolved, blocks)
    });
    let mut run = Run {
        options,
        silencing,
        aliases,
        barred: Vec::new(),
        is_complete: false,
    };
    run.judge(&mut out);
    let outcome = match looked_at {
        Some((resolved, blocks)) => run.prove(resolved, blocks, &mut out),
        None => Outcome::Unreadable,
    };
    run.report_unused(source, &mut out);
    aliases::name_both_places(&run.aliases, are_written_out, &mut out);
    headers::name_all_places(source, &mut out);
    withhold_fixes(&mut out);
    let mut compilation = Compilation {
        outcome,
        barred: run.barred,
        silencing: run.silencing,
        aliases: run.aliases,
        diagnostics: out.into_sorted(),
    };
    if has_own_errors(compilation.diagnostics.iter()) {
        compilation.spoil(None);
    }
    compilation
}

/// A source whose text and fields are read.
struct Begun {
    workflow: Option<Workflow>,
    silencing: Silencing,
    aliases: Vec<Alias>,
    are_written_out: bool,
}

/// Reads the text and the fields of a source.
fn begin(source: &Source, see: &mut dyn FnMut(&Document), out: &mut Diagnostics) -> Begun {
    let mut document = syntax::read(source, out);
    see(&document);
    syntax::check_hidden_characters(source, &document, out);
    let silencing = Silencing::of(source, &document, codes, out);
    let are_written_out = document.write_out_aliases();
    // Making states of more than the limit would take the memory that the limit is to save.
    let states = document.root.as_ref().and_then(|root| root.get("states"));
    let states = states.and_then(|states| states.entries()).unwrap_or(&[]);
    let workflow = match states.get(source.limits().states) {
        None => decode::workflow(&mut document, source, &expect::PROMISES, out),
        Some(first) => {
            let (at, count) = (first.key_span(), states.len());
            out.push(syntax::too_many_states(source, at, count));
            None
        }
    };
    // Of a large file the tree takes several times its size, which the rules can use instead.
    drop(document.root);
    let workflow = workflow.filter(|workflow| !has_too_many_states(workflow, source, out));
    if let Some(workflow) = &workflow {
        report_long_names(workflow, source, out);
    }
    Begun {
        workflow,
        silencing,
        aliases: document.aliases,
        are_written_out,
    }
}

/// What a source says, without a word on whether that is good.
#[derive(Debug)]
pub struct Reading {
    /// The graph; `None` where there is no workflow to speak of.
    pub resolved: Option<Resolved>,
    /// The errors for which some of it is not known, in the order of the text.
    pub errors: Vec<Diagnostic>,
    silencing: Silencing,
}

/// Reads one source and judges nothing, for whoever only asks what it says.
pub fn read(source: &Source) -> Reading {
    let mut out = Diagnostics::showing(source.limits().reports);
    let begun = begin(source, &mut |_| (), &mut out);
    let resolved = begun.workflow.map(Resolved::new);
    if let Some(resolved) = resolved
        .as_ref()
        .filter(|resolved| !changes::pairing::is_whole(resolved))
    {
        rules::run(
            &[rules::undefined_states::RULE],
            resolved,
            &Levels::default(),
            &mut out,
        );
        if resolved.is_cut_short() {
            out.push(syntax::too_many_moves(resolved.workflow().place, MAX_MOVES));
        }
    }
    out.items_mut()
        .retain(|found| found.severity == Severity::Error);
    aliases::report_at_uses(&begun.aliases, &mut out);
    aliases::name_both_places(&begun.aliases, begun.are_written_out, &mut out);
    headers::name_all_places(source, &mut out);
    Reading {
        resolved,
        errors: out.into_sorted(),
        silencing: begun.silencing,
    }
}

/// Takes away guesses that would write over a place at which the text could not be read: what was
/// made of it there stands for more than it says.
fn withhold_fixes(out: &mut Diagnostics) {
    let is_unreadable = |d: &&Diagnostic| d.code.stops(Stops::Reading);
    let mut places: Vec<Span> = out
        .iter()
        .filter(is_unreadable)
        .map(|d| d.primary().span)
        .collect();
    if places.is_empty() {
        return;
    }
    places.sort_unstable();
    let holds = |Edit { span, .. }: &Edit| {
        let before = |place: &Span| (place.source, place.start) < (span.source, span.start);
        let next = places.get(places.partition_point(before));
        next.is_some_and(|place| place.source == span.source && place.end <= span.end)
    };
    for found in out.items_mut() {
        let is_guess = !found.code.stops(Stops::Reading);
        let hides = |fix: &mut Fix| is_guess && !fix.safe && fix.edits.iter().any(holds);
        found.fix.take_if(hides);
    }
}

/// Whether the workflow has more states than the source's limit; that is reported.
fn has_too_many_states(workflow: &Workflow, source: &Source, out: &mut Diagnostics) -> bool {
    let states = &workflow.states;
    let first = states.get(source.limits().states);
    let report = first.map(|s| syntax::too_many_states(source, s.name.span, states.len()));
    out.extend(report);
    first.is_some()
}

/// Reports every name that is longer than the source's limit.
fn report_long_names(workflow: &Workflow, source: &Source, out: &mut Diagnostics) {
    let most = source.limits().name;
    let states = workflow.states.iter().map(|state| ("state", &state.name));
    let transitions = workflow.transitions.iter();
    let named = transitions.filter_map(|t| Some(("transition", t.name.as_ref()?)));
    // A character has a byte at least.
    let is_long = |name: &str| name.len() > most && name.chars().count() > most;
    for (what, name) in states.chain(named).filter(|(_, name)| is_long(&name.value)) {
        let report = syntax::too_long_a_name(source, what, &name.value, name.span);
        out.push(report);
    }
}

/// Looks at the graph whatever product it is for. Answers what the products' blocks say.
fn check(resolved: &Resolved, levels: &Levels, out: &mut Diagnostics) -> Blocks {
    if resolved.is_cut_short() {
        out.push(syntax::too_many_moves(resolved.workflow().place, MAX_MOVES));
    }
    rules::check(resolved, levels, out);
    expect::check(resolved, levels, out);
    let promises = &resolved.workflow().expect;
    if let [first, more @ ..] = &promises[expect::looked_at(resolved)..] {
        let (at, most) = (first.place, expect::MAX_STEPS);
        out.push(syntax::too_many_promises(at, more.len(), most));
    }
    targets::read_blocks(resolved, out)
}

/// Whether an error is among `found` that is not of one product alone.
fn has_own_errors<'d>(mut found: impl Iterator<Item = &'d Diagnostic>) -> bool {
    found.any(|d| d.severity == Severity::Error && d.target.is_none())
}

/// One source whose graph is known, on its way to its products.
struct Run<'o> {
    options: &'o Options,
    silencing: Silencing,
    /// The aliases of the source.
    aliases: Vec<Alias>,
    /// The targets whose blocks have errors.
    barred: Vec<&'static str>,
    /// Whether everything was looked at that there is to look at.
    is_complete: bool,
}

impl Run<'_> {
    /// Leaves of `found` what is to be told, at the level that is asked for. Everything passes here
    /// once: what is found of the workflow, then of its products, then of the comments.
    fn judge(&mut self, found: &mut Diagnostics) {
        aliases::report_at_uses(&self.aliases, found);
        self.options.levels.apply(found);
        syntax::merge_hidden_characters(found, |d| self.silencing.silences(d));
        fields::ambiguous_scalars::merge(found);
        fields::repeated::merge(found);
        self.silencing.apply(found);
    }

    /// Holds the workflow against its products, unless `out` has an error that is not of one of them.
    fn prove(&mut self, resolved: Resolved, blocks: Blocks, out: &mut Diagnostics) -> Outcome {
        if has_own_errors(out.iter()) {
            return Outcome::Faulty(Arc::new(resolved));
        }
        let checked = match Checked::new(resolved, blocks) {
            Ok(checked) => checked,
            Err(resolved) => return Outcome::Faulty(Arc::new(resolved)),
        };
        let errors = out.iter().filter(|d| d.severity == Severity::Error);
        self.barred = errors.filter_map(|error| error.target).collect();
        self.is_complete = self.barred.is_empty();
        let mut found = self.held_against_targets(&checked);
        self.judge(&mut found);
        out.extend(found);
        Outcome::Checked(Arc::new(checked))
    }

    /// What its products say of the workflow, but for those whose blocks have errors: what these say is
    /// not known.
    fn held_against_targets(&self, checked: &Checked) -> Diagnostics {
        let mut found = Diagnostics::new();
        let (barred, out) = (&self.barred, &mut found);
        let is_known = |target: &Target| !barred.contains(&target.name);
        match &self.options.targets {
            Targets::Only(outputs) => {
                for Output { target, document } in outputs {
                    if is_known(target) {
                        out.about(target.name, |out| document.check(checked, out));
                    }
                }
            }
            Targets::NamedAnd(more) => {
                let named = targets::named(checked.resolved());
                let mut all: Vec<&Target> = named.into_iter().map(|(target, _)| target).collect();
                for target in more {
                    if !all.contains(target) {
                        all.push(target);
                    }
                }
                for target in all.into_iter().filter(|target| is_known(target)) {
                    out.about(target.name, |out| (target.check)(checked, out));
                }
            }
        }
        found
    }

    /// Reports suppressions without an effect, which only a complete run can tell.
    fn report_unused(&mut self, source: &Source, out: &mut Diagnostics) {
        let all = matches!(self.options.targets, Targets::NamedAnd(_));
        let complete = self.is_complete;
        let was_looked_for = |code: &Code| match code.group {
            // Neither is what concerns several files, of whichever group.
            Group::Targets => all && complete && *code != target_collisions::CODE,
            // What concerns several files is not looked for here.
            Group::Projects | Group::Changes | Group::Upkeep => false,
            _ => complete,
        };
        let levels = &self.options.levels;
        let mut found = Diagnostics::new();
        let is_asked = |code: &Code| code.group != Group::Changes;
        self.silencing
            .report_unused(levels, is_asked, was_looked_for, source, &mut found);
        self.judge(&mut found);
        out.extend(found);
    }
}

/// Every code, in the order of the catalogue.
pub fn codes() -> Vec<&'static Code> {
    let mut all: Vec<&'static Code> = Vec::new();
    all.extend(syntax::CODES);
    all.extend(fields::CODES);
    all.extend(rules::ALL.iter().map(|rule| rule.code));
    all.extend(expect::ALL.iter().map(|rule| rule.code));
    all.extend(projects::ALL.iter().map(|rule| rule.code));
    all.extend(changes::rules::codes());
    all.extend(targets::CODES);
    all.extend(silencing::CODES);
    all.push(stale_output::CODE);
    all.sort_by_key(|code| code.group);
    all
}

/// The code of this name.
pub fn code(name: &str) -> Option<&'static Code> {
    codes().into_iter().find(|code| code.name == name)
}
