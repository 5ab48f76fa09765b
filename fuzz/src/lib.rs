//! What several targets need.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::random::Dice;
use statewright::compile::{self, Options, Targets, check_together};
use statewright::diagnostic::{Diagnostic, Diagnostics, Group, Level, Severity};
use statewright::graph::Resolved;
use statewright::report::{self, Printable, Report, Style};
use statewright::source::{Source, SourceId, Syntax};
use statewright::{Compilation, compile as compile_source, fix, targets};

#[path = "../../tests/common/random.rs"]
pub mod random;
pub mod trees;

/// What stands between the files of an input that is several.
const CUT: &str = "\n%%%%\n";

/// A source of these bytes.
pub fn source(syntax: Syntax, bytes: &[u8]) -> Source {
    let name = format!("fuzz.workflow.{}", syntax.name());
    Source::from_bytes(SourceId(0), name, syntax, bytes.to_vec())
}

/// The source that an input is: these bytes; or, where no text begins so, a random workflow with
/// some slips that the others are dice for.
pub fn given(bytes: &[u8]) -> Source {
    match bytes.strip_prefix(&[DICE]) {
        Some(dice) => generated(&mut Dice(dice)),
        None => source(likely(bytes), bytes),
    }
}

/// No UTF-8 has this byte.
const DICE: u8 = 0xff;

fn generated(dice: &mut Dice<'_>) -> Source {
    let (kind, depth, slips) = (dice.roll(3), dice.roll(4), dice.roll(4));
    let mut workflow = random::workflow(dice, "random");
    random::say_more(dice, &mut workflow);
    for _ in 0..slips {
        random::slip(dice, &mut workflow);
    }
    let toml = (kind > 0).then(|| random::toml(&workflow, kind == 1));
    match toml.flatten() {
        Some(text) => source(Syntax::Toml, text.as_bytes()),
        None => source(Syntax::Yaml, random::yaml(&workflow, depth).as_bytes()),
    }
}

/// The sources that an input is: one, or several with [`CUT`] between.
pub fn sources(bytes: &[u8]) -> Vec<Source> {
    if bytes.starts_with(&[DICE]) {
        return vec![given(bytes)];
    }
    let text = String::from_utf8_lossy(bytes);
    let parts = text.split(CUT).take(4).enumerate();
    let source = |(at, text): (usize, &str)| {
        let syntax = likely(text.as_bytes());
        let name = format!("--- fuzz-{at}.workflow.{}", syntax.name());
        Source::new(SourceId(at as u32), name, syntax, text)
    };
    parts.map(source).collect()
}

/// The syntax that these bytes are most likely meant in.
pub fn likely(bytes: &[u8]) -> Syntax {
    let text = String::from_utf8_lossy(bytes);
    let is_toml = |line: &str| line.starts_with('[') || line.contains(" = ");
    match text.lines().any(is_toml) {
        true => Syntax::Toml,
        false => Syntax::Yaml,
    }
}

/// Every code on, held against every product that is named.
pub fn loud() -> &'static Options {
    static LOUD: OnceLock<Options> = OnceLock::new();
    LOUD.get_or_init(all_on)
}

fn all_on() -> Options {
    let mut options = Options {
        targets: Targets::NamedAnd(Vec::new()),
        ..Options::default()
    };
    for code in compile::codes() {
        if code.level == Level::Allow {
            options.levels.set(code, Level::Warn);
        }
    }
    options
}

/// Compiles a source with every code on and checks what is reported.
pub fn compiled(source: &Source) -> Compilation {
    let compilation = compile_source(source, loud());
    check_reports(&[source], &compilation.diagnostics);
    let has_errors = compilation.has_errors();
    assert_eq!(compilation.checked().is_none(), has_errors, "{source:?}");
    compilation
}

/// Compiles several sources together and checks what is reported.
pub fn compiled_together(sources: &[Source]) -> Vec<Compilation> {
    let options = loud();
    let one = |source| compile_source(source, options);
    let mut all: Vec<Compilation> = sources.iter().map(one).collect();
    check_together(&mut all, |_| Some(options));
    let sources: Vec<&Source> = sources.iter().collect();
    for compilation in &all {
        check_reports(&sources, &compilation.diagnostics);
    }
    all
}

/// A workflow that something can be drawn of.
pub fn drawable(bytes: &[u8]) -> Option<(Source, Compilation)> {
    let source = given(bytes);
    let compilation = compiled(&source);
    compilation.resolved()?;
    Some((source, compilation))
}

/// What the documentation promises of every report: places inside of the text and on the
/// boundaries of characters, labels apart, fixes that can be done; in order, and each once.
pub fn check_reports(sources: &[&Source], diagnostics: &[Diagnostic]) {
    let text = |id: SourceId| sources.iter().find(|s| s.id() == id).expect("a source");
    for found in diagnostics {
        assert!(
            !found.message.is_empty() && !found.labels.is_empty(),
            "{found:?}"
        );
        for (at, label) in found.labels.iter().enumerate() {
            let source = text(label.span.source);
            let inside = source.text().get(label.span.range());
            assert!(inside.is_some(), "{label:?} in {found:?}");
            let (start, end) = (
                source.position(label.span.start),
                source.position(label.span.end),
            );
            assert!(start <= end, "{start:?} {end:?} {label:?}");
            let apart = |other: &statewright::diagnostic::Label| {
                !other.span.overlaps(label.span) && other.span != label.span
            };
            assert!(
                found.labels[..at].iter().all(apart),
                "labels overlap: {found:#?}"
            );
        }
        if let Some(fix) = &found.fix {
            let source = text(found.primary().span.source);
            assert!(fix::edits(source, fix).is_some(), "no fix: {found:#?}");
            assert!(found.help.is_some(), "a fix without help: {found:#?}");
        }
    }
    let in_order = |pair: &[Diagnostic]| pair[0].sort_key() <= pair[1].sort_key();
    assert!(diagnostics.windows(2).all(in_order), "{diagnostics:#?}");
    let twice = |pair: &[Diagnostic]| {
        let places = |d: &Diagnostic| d.labels.iter().map(|l| l.span).collect::<Vec<_>>();
        let what = |d: &Diagnostic| (d.code.name, places(d), d.message.clone());
        what(&pair[0]) == what(&pair[1])
    };
    assert!(!diagnostics.windows(2).any(twice), "{diagnostics:#?}");
}

/// How often each mistake is reported, by code and message.
pub fn counted(diagnostics: &[Diagnostic]) -> BTreeMap<(&'static str, String), usize> {
    let mut counts = BTreeMap::new();
    for found in diagnostics {
        *counts
            .entry((found.code.name, found.message.clone()))
            .or_insert(0) += 1;
    }
    counts
}

/// What is reported in `new` and not in `old`.
pub fn added(old: &[Diagnostic], new: &[Diagnostic]) -> Vec<(&'static str, String)> {
    let before = counted(old);
    let is_new = |(what, count): &(_, usize)| before.get(what).is_none_or(|n| n < count);
    let added = counted(new).into_iter().filter(is_new);
    added.map(|(what, _)| what).collect()
}

/// How many errors there are.
pub fn errors(diagnostics: &[Diagnostic]) -> usize {
    let is_error = |d: &&Diagnostic| d.severity == Severity::Error;
    diagnostics.iter().filter(is_error).count()
}

/// Whether the text itself could be read.
pub fn is_readable(diagnostics: &[Diagnostic]) -> bool {
    let of_text = |d: &Diagnostic| {
        d.code.group == Group::Text
            && d.code.name.starts_with("invalid-")
            && d.code.name != "invalid-values"
    };
    !diagnostics.iter().any(of_text)
}

/// Every document of every product, or nothing where it cannot be made.
pub fn documents(compilation: &Compilation) -> Vec<String> {
    let Some(checked) = compilation.checked() else {
        return Vec::new();
    };
    let documents = targets::ALL.iter().flat_map(|target| target.documents);
    let text = |json: Option<serde_json::Value>| json.map_or(String::new(), |j| j.to_string());
    documents
        .map(|document| text(document.of_one(checked, &mut Diagnostics::new())))
        .collect()
}

/// A report in a format.
pub fn written(format: &report::Format, report: &Report<'_>, style: &Style) -> String {
    let mut out = Printable::new();
    (format.write)(report, style, &mut out).expect("it is written");
    out.as_str().to_owned()
}

/// Nothing in text for people is hidden or moves others, and no CI system obeys it.
pub fn check_printable(text: &str) {
    for line in text.split('\n') {
        let is_meant = ["::error ", "::warning "]
            .iter()
            .any(|c| line.starts_with(c));
        let rest = if is_meant { &line[2..] } else { line };
        assert!(!rest.trim_start().starts_with("::"), "{line:?}");
        for piece in rest.split('\t') {
            assert_eq!(report::in_line(piece), piece, "{line:?}");
        }
    }
}

/// Nothing in JSON is hidden, and it is JSON.
pub fn check_json(text: &str) -> serde_json::Value {
    for line in text.split('\n') {
        assert_eq!(report::in_line(line), line);
    }
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The states of a graph by number, a few of them.
pub fn some_states(resolved: &Resolved) -> Vec<statewright::graph::StateId> {
    resolved.states().map(|(id, _)| id).take(6).collect()
}
