//! `statewright build`.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use statewright::changes::Change;
use statewright::compile::Targets;
use statewright::config::Config;
use statewright::diagnostic::{Diagnostic, Diagnostics, Severity};
use statewright::import::Input;
use statewright::limits::Limits;
use statewright::live::{Answer, Sides};
use statewright::model::Workflow;
use statewright::model::decode::is_identifier;
use statewright::report::{Report, Unread};
use statewright::rules::Checked;
use statewright::source::{Source, SourceId};
use statewright::targets::requests::{JSON, Plan, Requests, WRITERS, Writer};
use statewright::targets::{self, Import, Output, Target, shared_losses};
use statewright::{Compilation, Options, report, suggest};

use crate::cli::arguments::Inputs;
use crate::cli::arguments::live::{Live, live};
use crate::cli::arguments::names::{instead, output_or};
use crate::cli::discovery::inputs;
use crate::cli::io::files::{Files, Taken};
use crate::cli::io::outbox::{Outbox, Parcel};
use crate::cli::io::output::{Stream, complain, print};
use crate::cli::io::{Exit, jobs, stale};
use crate::cli::session::reporting::print_report;
use crate::cli::session::{self, Reporting, compile_all, gather, told, verdict};

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    pub inputs: Inputs,

    /// What to emit: a product, one of its documents, or `all` that a file is for
    ///
    /// A product alone means its first document. `all` means the first document of each product
    /// that a file or its configuration names under `targets`, and `all:requests` the requests of
    /// each of them. `statewright list targets` names every document.
    #[arg(long, value_name = "NAME[:DOCUMENT]|all", default_value = "all", value_parser = wanted)]
    target: Vec<Wanted>,

    /// How `requests` are written: as JSON, as a file for editors, or as a shell script
    ///
    /// Nothing is ever sent by statewright itself.
    #[arg(long = "as", value_name = "FORM", default_value = "json",
          value_parser = PossibleValuesParser::new(WRITERS.iter().map(|w| PossibleValue::new(w.name).help(w.about))))]
    form: String,

    /// Plan `requests` by what a product answered, which FILE holds: only what differs is sent
    ///
    /// `statewright build --target TARGET:fetch` writes the requests that ask for it. What FILE holds is
    /// told as for `import`, where it is not the target's usual list.
    #[arg(long, value_name = "[TARGET[:DOCUMENT]=]FILE", value_parser = live)]
    live: Option<Live>,

    /// With --live: also delete what no file has
    #[arg(long, requires = "live")]
    delete: bool,

    /// Write one file a document into this folder, named IDENTIFIER.TARGET.DOCUMENT.json
    ///
    /// A document of all workflows of the run together is named TARGET.DOCUMENT.json.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Write nothing, but report files of --out that are not what would be written
    #[arg(long, requires = "out")]
    check: bool,

    /// Write JSON without line breaks and indentation
    #[arg(long)]
    compact: bool,

    #[command(flatten)]
    pub reporting: Reporting,
}

#[derive(Clone, Copy)]
enum Wanted {
    /// Of each product that a file or its configuration names, its first document or the one of this
    /// name.
    All(Option<&'static str>),
    One(Output),
}

fn wanted(text: &str) -> Result<Wanted, String> {
    let Some(name) = text.strip_prefix("all:") else {
        return match text {
            "all" => Ok(Wanted::All(None)),
            _ => output_or(&["all"], text).map(Wanted::One),
        };
    };
    let documents = targets::ALL.iter().flat_map(|target| target.documents);
    let names: Vec<&'static str> = documents.map(|document| document.name).collect();
    let found = names.iter().find(|known| **known == name);
    let found = found.ok_or_else(|| {
        let help = instead(name, "document", &names);
        format!("no target has a document `{name}`{help}")
    })?;
    Ok(Wanted::All(Some(found)))
}

impl Arguments {
    /// What is wrong with the arguments beyond what clap can tell.
    pub fn mistake(&self) -> Option<String> {
        if self.compact && self.form != JSON.name {
            return Some(format!(
                "--compact is for JSON: leave it out, or --as {}",
                self.form
            ));
        }
        let live = self.live.as_ref()?;
        let Some(target) = self.planned() else {
            return Some(
                "--live is for the requests of one target, such as --target actitime:requests"
                    .to_owned(),
            );
        };
        match live.input.map(|input| input.target.name) {
            Some(name) if name != target.name => Some(format!(
                "--live holds what `{name}` answers, and --target asks for `{}`",
                target.name
            )),
            None if target.imports.is_empty() => Some(format!(
                "nothing that `{}` answers can be read",
                target.name
            )),
            _ => None,
        }
    }
}

impl Arguments {
    /// The only target whose requests are wanted, and nothing else.
    fn planned(&self) -> Option<&'static Target> {
        match self.target.as_slice() {
            [Wanted::One(output)] if output.document.is_plan() => Some(output.target),
            _ => None,
        }
    }

    /// The answer to plan by, read.
    fn answer(&self, sources: usize) -> Result<Option<Answer>, Exit> {
        let (Some(live), Some(target)) = (&self.live, self.planned()) else {
            return Ok(None);
        };
        let is_list = |import: &&Import| {
            let document = target.document(import.document);
            document.is_some_and(|document| document.is_list())
        };
        let lists = target.imports.iter().find(is_list);
        let by_default = lists.or(target.imports.first());
        let by_default = by_default.map(|import| Input { target, import });
        let Some(input) = live.input.or(by_default) else {
            return Ok(None);
        };
        let limits = self.inputs.limits.over(Limits::default());
        let id = SourceId(sources as u32);
        let (source, answer) = session::live::read(live, input, id, limits, Some(&self.reporting))?;
        if !answer.is_whole {
            complain(&format!(
                "nothing was planned: not all of `{}` could be read",
                source.name()
            ));
            return Err(Exit::Unreadable);
        }
        Ok(Some(answer))
    }
}

pub fn run(arguments: &Arguments) -> Exit {
    let writer = WRITERS.iter().find(|writer| writer.name == arguments.form);
    let writer = writer.copied().unwrap_or(&JSON);
    if let Some(message) = not_requests(&arguments.target, writer) {
        complain(&message);
        return Exit::Usage;
    }
    let found = inputs::read(&arguments.inputs, arguments.reporting.levels.verbose, None);
    let levels = |set| arguments.reporting.levels.over(set);
    let options = found.options(levels, |config| held_against(&arguments.target, config));
    let compilations = compile_all(&found.sources, &options);
    let compiled = compilations.iter().enumerate();
    let compiled: Vec<Compiled> = compiled
        .map(|(index, compilation)| Compiled {
            compilation,
            configured: configured(found.config_of(index)),
        })
        .collect();
    let answer = match arguments.answer(found.sources.len()) {
        Ok(answer) => answer,
        Err(exit) => return exit.max(found.exit),
    };
    let maker = Maker {
        compact: arguments.compact,
        writer,
        plan: Plan {
            live: answer.as_ref().and_then(Answer::value),
            delete: arguments.delete,
            same: &[],
            set: &[],
            left: &[],
        },
        answer: answer.as_ref(),
    };
    let mut builder = Builder {
        arguments,
        maker,
        writer,
        sources: &found.sources,
        options: &options,
        compilations: &compilations,
        compiled: &compiled,
        told: BTreeMap::new(),
        taken: Taken::default(),
        outbox: Outbox::new(arguments.out.as_deref().unwrap_or(Path::new(""))),
        files: Files::new(),
        text: String::new(),
        unread: Vec::new(),
        lacks_files: !found.unread.is_empty(),
        has_errors: !found.unread.is_empty(),
        is_idle: true,
        exit: Exit::Good,
    };
    let known = found.config_reports(levels).into_iter();
    known
        .chain(gather(&compilations))
        .for_each(|found| builder.tell(found));
    let files: Vec<(&Source, &Compiled)> = found.sources.iter().zip(&compiled).collect();
    jobs::in_batches(
        &files,
        |(source, _)| source.text().len(),
        |(_, compiled)| {
            let outputs = own_documents(&arguments.target, compiled).into_iter();
            let make = |output: Output| {
                let checked = compiled.compilation.checked_for(output.target)?;
                Some((checked, maker.make(output, &[checked])))
            };
            outputs.map(|output| (output, make(output))).collect()
        },
        |batch: Vec<(_, Vec<_>)>| {
            for ((source, compiled), documents) in batch {
                builder.workflow(source, compiled, documents);
            }
            builder.send();
        },
    );
    for output in lists(&arguments.target, &compiled) {
        builder.list(output);
    }
    builder.tell_idleness();
    if arguments.check && !found.folders.is_empty() && found.exit == Exit::Good {
        builder.tell_orphans();
    }
    let Builder {
        text,
        exit,
        files,
        told,
        unread,
        ..
    } = builder;
    let mut diagnostics: Vec<Diagnostic> = told.into_values().flatten().collect();
    let exit = exit.max(files.finish());
    diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    shared_losses::merge(&mut diagnostics);
    let mut report = Report::new(found.all_sources(), &diagnostics);
    report.files = found.sources.len();
    let unread = found.not_looked_at(&unread);
    report.unread = &unread;
    let reported = print_report(&report, &arguments.reporting, Stream::Error);
    let printed = print(&text);
    let verdict = verdict(&diagnostics);
    verdict.max(exit).max(found.exit).max(reported).max(printed)
}

/// What to say where something other than requests is to be written as only they can be.
fn not_requests(wanted: &[Wanted], writer: &Writer) -> Option<String> {
    writer.write?;
    let (wrong, instead) = wanted.iter().find_map(|wanted| match wanted {
        Wanted::All(Some("requests" | "fetch")) => None,
        Wanted::All(_) => Some(("all".to_owned(), "all:requests".to_owned())),
        Wanted::One(output) if output.document.is_requests() => None,
        Wanted::One(output) => Some((output.name(), format!("{}:requests", output.target.name))),
    })?;
    let form = writer.name;
    Some(format!(
        "`{wrong}` can only be written as JSON; --as {form} is for requests, such as --target {instead}"
    ))
}

/// A workflow file, and the products that its configuration names.
struct Compiled<'a> {
    compilation: &'a Compilation,
    configured: &'a [&'static Target],
}

impl Compiled<'_> {
    /// The products that the file or its configuration names; none where nothing could be read.
    fn targets(&self) -> Vec<&'static Target> {
        let Some(resolved) = self.compilation.resolved() else {
            return Vec::new();
        };
        let named = targets::named(resolved).into_iter();
        let named = named.map(|(target, _)| target);
        named.chain(self.configured.iter().copied()).collect()
    }
}

fn configured(config: Option<&Config>) -> &[&'static Target] {
    config.map_or(&[], |config| &config.targets)
}

/// A build for one product is not held against the others that the file or its configuration names.
fn held_against(wanted: &[Wanted], config: Option<&Config>) -> Targets {
    let one = |w: &Wanted| match w {
        Wanted::All(_) => None,
        Wanted::One(output) => Some(*output),
    };
    let outputs: Vec<Output> = wanted.iter().filter_map(one).collect();
    if outputs.len() == wanted.len() {
        return Targets::Only(outputs);
    }
    let more = outputs.iter().map(|output| output.target);
    Targets::NamedAnd(more.chain(configured(config).iter().copied()).collect())
}

/// The documents of one workflow that are wanted of this one, each once.
fn own_documents(wanted: &[Wanted], compiled: &Compiled) -> Vec<Output> {
    let mut outputs = documents(wanted, std::slice::from_ref(compiled));
    outputs.retain(|output| !output.document.is_list());
    each_once(outputs)
}

/// The lists that are wanted, each once.
fn lists(wanted: &[Wanted], compiled: &[Compiled]) -> Vec<Output> {
    let mut outputs = documents(wanted, compiled);
    outputs.retain(|output| output.document.is_list());
    each_once(outputs)
}

/// All documents that are wanted of these workflows.
fn documents(wanted: &[Wanted], compiled: &[Compiled]) -> Vec<Output> {
    let mut outputs = Vec::new();
    for wanted in wanted {
        match wanted {
            Wanted::One(output) => outputs.push(*output),
            Wanted::All(name) => {
                let targets = compiled.iter().flat_map(Compiled::targets);
                outputs.extend(targets.filter_map(|target| document_of(target, *name)));
            }
        }
    }
    outputs
}

fn each_once(outputs: Vec<Output>) -> Vec<Output> {
    let mut seen = HashSet::new();
    let is_new = |output: &Output| seen.insert((output.target.name, output.document.name));
    outputs.into_iter().filter(is_new).collect()
}

/// The target's document of this name, or its first.
fn document_of(target: &'static Target, name: Option<&'static str>) -> Option<Output> {
    match name {
        None => Some(target.default_output()),
        Some(name) => target
            .document(name)
            .map(|document| Output { target, document }),
    }
}

/// A document as text, and what was found in making it.
struct Made {
    text: Option<String>,
    found: Vec<Diagnostic>,
    /// What is not planned, and why.
    left: Vec<(String, String)>,
}

/// What is live beside what the files say: see [`Plan`].
#[derive(Default)]
struct Compared {
    same: Vec<String>,
    set: Vec<(String, String)>,
    left: Vec<(String, String)>,
}

/// How documents become text.
#[derive(Clone, Copy)]
struct Maker<'a> {
    compact: bool,
    writer: &'static Writer,
    plan: Plan<'a>,
    answer: Option<&'a Answer>,
}

impl Maker<'_> {
    fn make(&self, output: Output, workflows: &[&Checked]) -> Made {
        let mut out = Diagnostics::new();
        let document = output.document;
        let mut left = Vec::new();
        let text = match (document.is_requests(), self.writer.write) {
            (true, write) => {
                let compared = self.compared(output, workflows);
                let plan = Plan {
                    same: &compared.same,
                    set: &compared.set,
                    left: &compared.left,
                    ..self.plan
                };
                let requests = document.requests(workflows, plan, &mut out);
                let requests = requests.map(|requests| {
                    let notes = compared.left.iter();
                    let notes = notes.map(|(of, why)| not_planned(of, why));
                    self.with_steps(output, notes.fold(requests, Requests::note), workflows)
                });
                left = compared.left;
                requests.and_then(|requests| match write {
                    Some(write) => Some(write(&requests)),
                    None => json(&targets::Json::new(requests), self.compact),
                })
            }
            (false, _) => document
                .emitted(workflows, &mut out)
                .and_then(|document| json(&document, self.compact)),
        };
        Made {
            text,
            found: out.into_sorted(),
            left,
        }
    }

    /// What is live beside what the files say, where a plan asks.
    fn compared(&self, output: Output, workflows: &[&Checked]) -> Compared {
        let mut compared = Compared::default();
        let Some(answer) = self.answer.filter(|_| output.document.is_plan()) else {
            return compared;
        };
        let sides = Sides::of(answer.clone(), workflows);
        for (one, difference) in sides.differences() {
            let of = one.identifier();
            if difference.is_empty() {
                compared.same.push(of.to_owned());
            }
            let fields = difference.changes.iter().filter_map(Change::block_field);
            let set = fields.map(|field| (of.to_owned(), field.to_owned()));
            compared.set.extend(set);
        }
        let left = sides.uncompared.iter();
        let left = left.map(|(one, why)| (one.identifier().to_owned(), why.clone()));
        compared.left.extend(left);
        compared.same.sort_unstable();
        compared.set.sort_unstable();
        compared.left.sort_unstable();
        compared
    }

    /// With what people do by hand, where the product has no requests that write.
    fn with_steps(
        &self,
        output: Output,
        mut requests: Requests,
        workflows: &[&Checked],
    ) -> Requests {
        let target = output.target;
        let import = target.imports.first();
        let (Some(words), Some(import), true) = (target.by_hand, import, output.document.is_plan())
        else {
            return requests;
        };
        let sides = match self.answer {
            Some(answer) => Sides::of(answer.clone(), workflows),
            None => Sides::without(Input { target, import }, workflows),
        };
        let answers_all = self.answer.is_some_and(Answer::is_list);
        requests.steps = sides.steps(words);
        if self.answer.is_none() {
            for (checked, why) in &sides.uncompared {
                requests = requests.note(not_planned(checked.identifier(), why));
            }
            return requests.note("planned as if nothing were there: --live FILE plans by what is");
        }
        if answers_all {
            let new = Sides::without(Input { target, import }, &sides.missing);
            requests.steps.extend(new.steps(words));
        } else {
            for checked in &sides.missing {
                let name = checked.title();
                requests = requests.note(format!(
                    "workflow `{name}` is not planned: the answer is of another one"
                ));
            }
        }
        match sides.missing.is_empty() && sides.uncompared.is_empty() {
            true => requests.or_nothing(),
            false => requests,
        }
    }
}

/// Said of a workflow that is left out of a plan.
fn not_planned(identifier: &str, why: &str) -> String {
    format!("workflow `{identifier}` is not planned, because of this: {why}")
}

fn json(document: &targets::Json, compact: bool) -> Option<String> {
    let text = match compact {
        true => document.compact(),
        false => document.text(),
    };
    text.map(|text| report::disarmed(&text) + "\n")
}

struct Builder<'a> {
    arguments: &'a Arguments,
    maker: Maker<'a>,
    writer: &'static Writer,
    sources: &'a [Source],
    /// What each source is compiled with, and what became of it, by the number of the source.
    options: &'a [Options],
    compilations: &'a [Compilation],
    /// The same, with what their configurations name.
    compiled: &'a [Compiled<'a>],
    /// What is reported, by the source it is about.
    told: BTreeMap<SourceId, Vec<Diagnostic>>,
    taken: Taken,
    outbox: Outbox,
    files: Files,
    /// What goes to standard output: the JSON, or what was written where.
    text: String,
    /// What of --out could not be compared.
    unread: Vec<Unread>,
    /// Whether some of the files could not be read.
    lacks_files: bool,
    /// Whether something is told that may be in the way of a document.
    has_errors: bool,
    /// Whether no file asks for anything.
    is_idle: bool,
    exit: Exit,
}

impl Builder<'_> {
    /// Takes the documents that one workflow has for itself. Where one was not made, the file or the
    /// product's part of it has errors.
    fn workflow(
        &mut self,
        source: &Source,
        compiled: &Compiled,
        made: Vec<(Output, Option<(&Checked, Made)>)>,
    ) {
        let mut parcel = Parcel::of(source.name());
        let mut missing = Vec::new();
        for (output, made) in made {
            let made = made.and_then(|(checked, made)| Some((checked, self.accept(made)?)));
            if let Some((checked, json)) = made {
                let name = output.file_name(checked.identifier(), self.writer);
                self.put(source.name(), name, json, &[checked], &mut parcel);
            } else {
                missing.push(output.name());
            }
        }
        let owner = format!("`{}`", source.name());
        if !missing.is_empty() {
            let some = suggest::phrase_up_to(&missing, 6);
            let many = missing.len() > 1;
            self.tell_missing(&format!("{some} of {owner}"), many, "the file has errors");
        }
        let asks = !documents(&self.arguments.target, std::slice::from_ref(compiled)).is_empty();
        self.is_idle &= !asks;
        if !asks && compiled.compilation.has_errors() {
            // What else it names may be what could not be read.
            self.tell_missing(
                &format!("the documents of {owner}"),
                true,
                "the file has errors",
            );
        } else if !asks {
            parcel.say_instead(self.instead());
        }
        self.outbox.put(parcel);
    }

    /// Writes what waits to be written, and tells of it.
    fn send(&mut self) {
        let lines = self.outbox.send(&mut self.files);
        if self.arguments.out.is_some() {
            self.text.push_str(&lines);
        }
    }

    /// Emits a document of all workflows that it is wanted of.
    fn list(&mut self, output: Output) {
        let asked = |wanted: &Wanted| matches!(wanted, Wanted::One(one) if one.is(output));
        let asked = self.arguments.target.iter().any(asked);
        // A file of which nothing can be read may be for any target.
        let belongs = |compiled: &&Compiled| {
            let found = compiled.compilation;
            asked
                || found.may_name_any_target()
                || found.resolved().is_none()
                || compiled.targets().contains(&output.target)
        };
        let members = self.compiled.iter().filter(belongs);
        let members: Vec<&Compilation> = members.map(|one| one.compilation).collect();
        let checked = members.iter().filter_map(|c| c.checked_for(output.target));
        let workflows: Vec<&Checked> = checked.collect();
        let (faulty, name) = (
            members.len() - workflows.len(),
            format!("`{}`", output.name()),
        );
        if faulty > 0 {
            let (of, have) = (members.len(), if faulty == 1 { "has" } else { "have" });
            let why = format!("{faulty} of {of} files {have} errors");
            return self.tell_missing(&name, false, &why);
        }
        if self.lacks_files {
            return self.tell_missing(&name, false, "not every file could be read");
        }
        if workflows.is_empty() {
            return;
        }
        let made = self.maker.make(output, &workflows);
        let Some(json) = self.accept(made) else {
            return self.tell_missing(&name, false, "errors are in the way");
        };
        let who = self.called(&workflows);
        let name = output.file_name("", self.writer);
        let mut parcel = Parcel::of(&who);
        self.put(&who, name, json, &workflows, &mut parcel);
        self.outbox.put(parcel);
        self.send();
    }

    /// The files of these workflows, as the line calls them that says what was made of them.
    fn called(&self, workflows: &[&Checked]) -> String {
        const MOST: usize = 4;
        let file = |checked: &&Checked| {
            let id = checked.workflow().place.source.0 as usize;
            self.sources.get(id).map(Source::name)
        };
        let files: Vec<&str> = workflows.iter().filter_map(file).collect();
        match files.len() {
            1..=MOST => files.join(", "),
            count => format!("{count} workflows"),
        }
    }

    /// What is told of a file that asks for nothing.
    fn instead(&self) -> &'static str {
        let is_named = |wanted: &Wanted| matches!(wanted, Wanted::All(Some(_)));
        let any = self.arguments.target.iter().any(is_named);
        match (self.arguments.check, any) {
            (true, false) => "compared nothing: no target is named",
            (true, true) => "compared nothing: no target with such a document is named",
            (false, false) => "wrote nothing: no target is named",
            (false, true) => "wrote nothing: no target with such a document is named",
        }
    }

    /// Tells of documents, such as are asked for, whose workflow is gone.
    fn tell_orphans(&mut self) {
        let Some(folder) = &self.arguments.out else {
            return;
        };
        let outputs = self
            .arguments
            .target
            .iter()
            .flat_map(|wanted| match wanted {
                Wanted::One(output) => vec![*output],
                Wanted::All(name) => {
                    let all = targets::ALL.iter();
                    all.filter_map(|target| document_of(target, *name))
                        .collect()
                }
            });
        let own = outputs.filter(|output| !output.document.is_list());
        let endings: Vec<String> = own.map(|o| o.file_name("", self.writer)).collect();
        let owner = |path: &Path| {
            let name = path.file_name()?.to_str()?;
            let owners = endings
                .iter()
                .filter_map(|ending| name.strip_suffix(ending.as_str()));
            let owner = owners.min_by_key(|owner| owner.len())?;
            is_identifier(owner).then(|| owner.to_owned())
        };
        if stale::tell_orphans(folder, &self.taken, inputs::known_names, owner) {
            self.exit = self.exit.max(Exit::Errors);
        }
    }

    /// Tells where nothing at all was asked for by any file.
    fn tell_idleness(&mut self) {
        if self.is_idle && !self.sources.is_empty() {
            let which = match self.arguments.target.as_slice() {
                [Wanted::All(Some(name))] => format!("a target with a document `{name}`"),
                _ => "a target; name one with --target".to_owned(),
            };
            complain(&format!(
                "nothing was {}: no file or configuration names {which}",
                self.done()
            ));
            self.exit = self.exit.max(Exit::Errors);
        }
    }

    /// Tells that something was asked for and is not there, and why.
    fn tell_missing(&mut self, what: &str, many: bool, why: &str) {
        let were = if many { "were" } else { "was" };
        let why = match self.has_errors {
            true => why,
            false => "internal error: nothing is reported that is in the way",
        };
        complain(&format!("{what} {were} not {}: {why}", self.done()));
        self.exit = self.exit.max(Exit::Errors);
        self.is_idle = false;
    }

    /// The text of a document; `None` where an error was reported.
    fn accept(&mut self, made: Made) -> Option<String> {
        for (of, why) in &made.left {
            complain(&not_planned(of, why));
            self.exit = self.exit.max(Exit::Unreadable);
        }
        let mut failed = false;
        let (options, compilations) = (self.options, self.compilations);
        let found = made.found.into_iter();
        for found in found.filter_map(|found| told(found, options, compilations)) {
            failed |= found.severity == Severity::Error;
            self.report(found);
        }
        made.text.filter(|_| !failed)
    }

    fn tell(&mut self, found: Diagnostic) {
        self.has_errors |= found.severity == Severity::Error;
        let source = found.primary().span.source;
        self.told.entry(source).or_default().push(found);
    }

    /// Reports what was not reported when the file was checked.
    fn report(&mut self, found: Diagnostic) {
        let told = self.told.get(&found.primary().span.source);
        if !told.is_some_and(|told| told.iter().any(|told| told.is_same_as(&found))) {
            self.tell(found);
        }
    }

    /// Prints a document of `owner`, compares it with what is there, or adds it to what is to be
    /// written.
    fn put(
        &mut self,
        owner: &str,
        name: String,
        text: String,
        workflows: &[&Checked],
        parcel: &mut Parcel,
    ) {
        let Some(folder) = &self.arguments.out else {
            self.text.push_str(&text);
            return;
        };
        let path = folder.join(name);
        if let Err(clash) = self.taken.take(&path, owner, "define") {
            complain(&format!("{clash}; the second was not {}", self.done()));
            self.exit = self.exit.max(Exit::Errors);
            return;
        }
        match self.arguments.check {
            true => self.compare(&path, &text, workflows),
            false => parcel.add(path, text.into_bytes()),
        }
    }

    fn compare(&mut self, path: &Path, text: &str, workflows: &[&Checked]) {
        let workflows: Vec<&Workflow> = workflows.iter().map(|w| w.workflow()).collect();
        match stale::compare(path, text.as_bytes(), &workflows) {
            Ok(report) => {
                let told = report.and_then(|found| told(found, self.options, self.compilations));
                if let Some(found) = told {
                    self.report(found);
                }
            }
            Err(unread) => {
                self.unread.push(unread);
                self.exit = self.exit.max(Exit::Unreadable);
            }
        }
    }

    /// What becomes of documents.
    fn done(&self) -> &'static str {
        match self.arguments.check {
            true => "compared",
            false => "written",
        }
    }
}
