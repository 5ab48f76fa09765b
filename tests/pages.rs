//! Every Markdown page with examples is a test.
//!
//! A `yaml` or `toml` block is a whole workflow file and is compiled. The `text` block after it is
//! its exact report; where the next block is another workflow, or none, nothing may be reported.
//! A block whose fence also names a file (`yaml phones.workflow.yaml`) makes one project with the
//! blocks of that kind that follow it, up to a `text` block or a heading. A block called
//! `toml statewright.toml` is a configuration and is read as one. A `json --from TARGET:DOCUMENT`
//! block is imported, and so reports in the same way.
//! A file of a project whose name begins with `old/` is one of an older version, against which the others are
//! held: it is in that one what the file of the rest of the name is now.
//! A `diff --fix` or `diff --unsafe-fixes` block after that is what these do to the workflow.
//! `UPDATE=1 cargo test --test all pages` rewrites the `text` and `diff` blocks: read the difference before
//! you commit it.
//!
//! On the page of a code, that code is switched on even if it is usually off. Any page may say
//! `<!-- warn: CODE, CODE -->` and `<!-- target: NAME -->` for all of its blocks.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::wording;
use statewright::baseline::Finding;
use statewright::compile::{self, Against, Options, Reading, Targets};
use statewright::diagnostic::{Code, Diagnostic, Diagnostics, Level};
use statewright::fix::{self, Wanted};
use statewright::import::{self, Input};
use statewright::report::Report;
use statewright::source::{Source, SourceId, Syntax};
use statewright::{baseline, compile as compile_source, config, report, targets};

/// Codes whose mistake cannot stand in a Markdown page: it is in the bytes, in the size or in
/// another file.
const WITHOUT_EXAMPLE: &[&str] = &["invalid-text", "exceeded-limits", "stale-output"];

struct Page {
    path: PathBuf,
    lines: Vec<String>,
}

/// A workflow on a page, or several of a project, and the report that the page shows for it.
struct Example {
    sources: Vec<Source>,
    /// What JSON is imported as.
    input: Option<Input>,
    /// Index of the line after the opening fence.
    start: usize,
    /// Whether another file may follow.
    open: bool,
    /// The lines between the fences of the `text` block, if there is one.
    report: Option<Lines>,
    /// The same of its `diff` blocks.
    fixes: Vec<(Wanted, Lines)>,
}

/// The numbers of some lines of a page.
type Lines = std::ops::Range<usize>;

impl Example {
    fn reports(&self, options: &Options) -> Vec<Diagnostic> {
        if let (Some(input), [source]) = (self.input, self.sources.as_slice()) {
            let options = import::Options {
                syntax: Syntax::Yaml,
                identifier: None,
                fallback: "example".to_owned(),
                levels: options.levels.clone(),
            };
            return import::import(source, input, &options).diagnostics;
        }
        if let [source] = self.sources.as_slice()
            && source.name() == config::FILE_NAME
        {
            let mut out = Diagnostics::new();
            config::read(source, &mut out);
            return out.into_sorted();
        }
        if self.sources.iter().any(|source| old_path(source).is_some()) {
            return self.against(options);
        }
        let (listed, sources): (Vec<&Source>, Vec<&Source>) = self
            .sources
            .iter()
            .partition(|source| source.name() == baseline::FILE_NAME);
        let sources = sources.into_iter();
        let mut all: Vec<_> = sources.map(|s| compile_source(s, options)).collect();
        if all.len() > 1 {
            compile::check_together(&mut all, |_| Some(options));
        }
        let all = all.into_iter().flat_map(|c| c.diagnostics).collect();
        match listed.as_slice() {
            [listed] => self.compared(listed, all),
            _ => all,
        }
    }

    /// What is reported of the new files where the old ones were there before.
    fn against(&self, options: &Options) -> Vec<Diagnostic> {
        let sources = self.sources.iter();
        let (old, new): (Vec<&Source>, Vec<&Source>) =
            sources.partition(|source| old_path(source).is_some());
        let new: Vec<Source> = new.into_iter().cloned().collect();
        let mut all: Vec<_> = new.iter().map(|s| compile_source(s, options)).collect();
        compile::check_together(&mut all, |_| Some(options));
        let readings: Vec<Reading> = old.iter().map(|source| compile::read(source)).collect();
        let read = old.iter().zip(&readings);
        let gone = |index: usize| old[index].at(0..0);
        let against = Against {
            old: read
                .map(|(s, reading)| (old_path(s).unwrap_or_default(), *s, reading))
                .collect(),
            new: new
                .iter()
                .enumerate()
                .map(|(index, s)| (index, s.name()))
                .collect(),
            is_everything: true,
            gone: &gone,
            levels: &options.levels,
            tickets: None,
            acceptances: Default::default(),
        };
        let gone = compile::check_against(&mut all, &new, &against, |_| Some(options));
        let all = all.into_iter().flat_map(|c| c.diagnostics);
        all.chain(gone.gone).collect()
    }

    /// What is reported where `listed` is the baseline.
    fn compared(&self, listed: &Source, all: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut out = Diagnostics::new();
        let baseline = baseline::read(listed, &mut out);
        let finding = |diagnostic: Diagnostic| {
            let at = diagnostic.primary().span.source;
            let source = self.sources.iter().find(|source| source.id() == at);
            let source = source.expect("its source");
            Finding {
                file: source.name().to_owned(),
                marked: source.slice(diagnostic.primary().span).to_owned(),
                is_part: false,
                diagnostic,
            }
        };
        let found = all.into_iter().map(finding).collect();
        let compared = baseline.compare(found, listed, |_| self.sources.len() > 1);
        out.extend(compared.new);
        out.extend(compared.outdated);
        out.into_sorted()
    }

    /// What the wanted fixes do to the workflow.
    fn fixed(&self, wanted: Wanted, options: &Options) -> String {
        let [source] = self.sources.as_slice() else {
            panic!("fixes of a single file are shown");
        };
        let fixed = fix::apply(source, wanted, |source| compile_source(source, options));
        report::diff::unified(source.name(), source.text(), fixed.source.text())
    }

    /// Each block that the page shows, from the last to the first, and what belongs there.
    fn blocks(&self, options: &Options) -> Vec<(Option<Lines>, String)> {
        let fixes = self.fixes.iter().rev();
        let fixed =
            |(wanted, lines): &(Wanted, Lines)| (Some(lines.clone()), self.fixed(*wanted, options));
        let mut blocks: Vec<(Option<Lines>, String)> = fixes.map(fixed).collect();
        blocks.push((self.report.clone(), self.shown(&self.reports(options))));
        blocks
    }

    fn shown(&self, diagnostics: &[Diagnostic]) -> String {
        let mut text = report::Printable::new();
        let report = Report::new(&self.sources, diagnostics);
        report::human::write_reports(&report, &report::Style::default(), &mut text)
            .expect("a string takes everything");
        text.as_str().to_owned()
    }
}

/// The path of a file of an older version.
fn old_path(source: &Source) -> Option<&str> {
    source.name().strip_prefix("old/")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn pages() -> Vec<Page> {
    let mut paths = crate::common::files_below(&root().join("src"), "md");
    paths.extend(crate::common::files_below(
        &root().join("tests/cases"),
        "md",
    ));
    paths.push(root().join("README.md"));
    // Pages with commands hold files that grow from one to the next; `tests/commands.rs` runs those.
    let book = crate::common::files_below(&root().join("docs/src"), "md");
    let has_commands = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("a page");
        text.contains("```console\n")
    };
    paths.extend(book.into_iter().filter(|path| !has_commands(path)));
    let read = |path: PathBuf| {
        let text =
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Page {
            lines: text.lines().map(str::to_owned).collect(),
            path,
        }
    };
    paths.into_iter().map(read).collect()
}

impl Page {
    fn examples(&self) -> Vec<Example> {
        let mut examples: Vec<Example> = Vec::new();
        let mut open: Option<(&str, usize)> = None;
        for (index, line) in self.lines.iter().enumerate() {
            let Some(info) = line.trim_start().strip_prefix("```") else {
                if let (true, Some(last)) = (line.starts_with('#'), examples.last_mut()) {
                    last.open &= open.is_some();
                }
                continue;
            };
            let Some((info, start)) = open.take() else {
                open = Some((info, index + 1));
                continue;
            };
            if info == "text" {
                if let Some(last) = examples.last_mut().filter(|e| e.report.is_none()) {
                    last.report = Some(start..index);
                    last.open = false;
                }
                continue;
            }
            let wanted = match info {
                "diff --fix" => Some(Wanted::Safe),
                "diff --unsafe-fixes" => Some(Wanted::All),
                _ => None,
            };
            if let (Some(wanted), Some(last)) = (wanted, examples.last_mut()) {
                last.fixes.push((wanted, start..index));
                continue;
            }
            let text = self.lines[start..index].join("\n") + "\n";
            add_file(&mut examples, info, start, text);
        }
        examples
    }

    /// The code that this page explains: the one that its file is named after.
    fn code(&self) -> Option<&'static Code> {
        let stem = self.path.file_stem()?.to_string_lossy().replace('_', "-");
        compile::code(&stem).filter(|_| self.path.starts_with(root().join("src")))
    }

    fn options(&self) -> Options {
        let mut options = Options::default();
        if let Some(code) = self.code().filter(|code| code.level == Level::Allow) {
            options.levels.set(code, Level::Warn);
        }
        for line in &self.lines {
            let said = |word: &str| {
                let rest = line
                    .strip_prefix("<!-- ")?
                    .strip_prefix(word)?
                    .strip_prefix(": ")?;
                Some(
                    rest.strip_suffix(" -->")?
                        .split(", ")
                        .map(str::to_owned)
                        .collect::<Vec<_>>(),
                )
            };
            for name in said("warn").unwrap_or_default() {
                let code = compile::code(&name)
                    .unwrap_or_else(|| panic!("{}: {name}", self.path.display()));
                options.levels.set(code, Level::Warn);
            }
            if let Some(names) = said("target") {
                let found = names
                    .iter()
                    .map(|name| targets::find(name).expect("a target"));
                options.targets = Targets::NamedAnd(found.collect());
            }
        }
        options
    }
}

/// Adds the workflow in a block, unless the block is of another kind.
fn add_file(examples: &mut Vec<Example>, info: &str, start: usize, text: String) {
    if let Some(input) = info.strip_prefix("json --from ") {
        let source = Source::new(SourceId(0), "example.json", Syntax::Json, text);
        examples.push(Example {
            sources: vec![source],
            input: Some(crate::common::input(input)),
            start,
            open: false,
            report: None,
            fixes: Vec::new(),
        });
        return;
    }
    let (kind, name) = info.split_once(' ').unwrap_or((info, ""));
    let Some(syntax) = Syntax::ALL.iter().copied().find(|s| s.name() == kind) else {
        return;
    };
    if name.is_empty() {
        let name = format!("example.workflow.{kind}");
        examples.push(Example {
            sources: vec![Source::new(SourceId(0), name, syntax, text)],
            input: None,
            start,
            open: false,
            report: None,
            fixes: Vec::new(),
        });
        return;
    }
    match examples.last_mut().filter(|last| last.open) {
        Some(last) => {
            let id = SourceId(last.sources.len() as u32);
            last.sources.push(Source::new(id, name, syntax, text));
        }
        None => examples.push(Example {
            sources: vec![Source::new(SourceId(0), name, syntax, text)],
            input: None,
            start,
            open: true,
            report: None,
            fixes: Vec::new(),
        }),
    }
}

#[test]
fn every_example_reports_exactly_what_its_page_shows() {
    let update = std::env::var_os("UPDATE").is_some_and(|v| v == "1");
    let mut wrong = Vec::new();
    for mut page in pages() {
        let options = page.options();
        // From the last to the first, so that the lines of those before stay where they are.
        for example in page.examples().into_iter().rev() {
            for (lines, actual) in example.blocks(&options) {
                let actual: Vec<&str> = actual.trim_end().lines().map(str::trim_end).collect();
                let shown = lines.clone().map_or(&[][..], |lines| &page.lines[lines]);
                if shown
                    .iter()
                    .map(|line| line.trim_end())
                    .eq(actual.iter().copied())
                {
                    continue;
                }
                match (lines, update) {
                    (Some(lines), true) => {
                        let new: Vec<String> = actual.iter().map(|&l| l.to_owned()).collect();
                        page.lines.splice(lines, new);
                    }
                    _ => wrong.push(format!(
                        "{}:{}\n{}",
                        page.path.display(),
                        example.start,
                        actual.join("\n")
                    )),
                }
            }
        }
        if update {
            fs::write(&page.path, page.lines.join("\n") + "\n").expect("the page can be written");
        }
    }
    assert!(
        wrong.is_empty(),
        "these examples report something else (UPDATE=1 rewrites them):\n\n{}",
        wrong.join("\n\n")
    );
}

#[test]
fn every_code_has_a_page_with_an_example_that_reports_it_and_one_that_is_clean() {
    let pages = pages();
    for code in compile::codes() {
        let page = pages
            .iter()
            .find(|page| page.code() == Some(code))
            .unwrap_or_else(|| panic!("no page: {}", code.name));
        assert_eq!(
            page.lines[0],
            format!("# {}", code.name),
            "{}",
            page.path.display()
        );
        if WITHOUT_EXAMPLE.contains(&code.name) {
            continue;
        }
        let options = page.options();
        let examples = page.examples();
        let all: Vec<_> = examples.iter().map(|e| e.reports(&options)).collect();
        let reported = all.iter().any(|found| found.iter().any(|d| d.code == code));
        assert!(reported, "{}: no example reports it", code.name);
        assert!(
            all.iter().any(Vec::is_empty),
            "{}: no example is clean",
            code.name
        );
    }
}

#[test]
fn every_report_keeps_to_the_voice() {
    for page in pages() {
        let options = page.options();
        for example in page.examples() {
            for diagnostic in example.reports(&options) {
                let faults = wording::faults(&diagnostic);
                assert!(
                    faults.is_empty(),
                    "{}:{}: {faults:?}\n{diagnostic:?}",
                    page.path.display(),
                    example.start
                );
            }
        }
    }
}

#[test]
fn every_summary_keeps_to_the_voice() {
    for code in compile::codes() {
        let faults = wording::faults_of_text(code.summary);
        assert!(faults.is_empty(), "{}: {faults:?}", code.name);
        let kebab = code
            .name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b == b'-');
        assert!(kebab && !code.name.starts_with('-'), "{}", code.name);
    }
}
