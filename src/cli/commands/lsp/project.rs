//! The files that an editor's folders hold, with the texts that are open in it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use gen_lsp_types::Range;
use statewright::compile::check_together;
use statewright::config::files::{Choice, is_workflow_file};
use statewright::config::{self, FILE_NAME};
use statewright::diagnostic::{Diagnostic, Levels};
use statewright::editor::positions::Encoding;
use statewright::editor::{self, Looked, Seen};
use statewright::limits::Limits;
use statewright::source::{Source, SourceId, Syntax};
use statewright::targets::shared_losses;
use statewright::{Compilation, Options};

use super::Arguments;
use super::answers::Places;
use super::uris;
use crate::cli::arguments::{Inputs, STDIN};
use crate::cli::discovery::inputs::{self, Found};
use crate::cli::session::against::Older;
use crate::cli::session::baseline::{self, BaselineArguments};
use crate::cli::session::compile_each;
use crate::cli::session::history::Kept;

/// A text that is open in the editor.
pub struct Open {
    /// Its address, as the editor writes it.
    pub uri: String,
    /// The number of its text.
    pub version: i32,
    pub text: String,
    /// What the editor takes it for.
    language: String,
    path: Option<PathBuf>,
    /// Its number among the sources, where it is a workflow.
    number: Option<usize>,
}

/// The files, and what is said of them.
pub struct Project<'a> {
    arguments: &'a Arguments,
    found: Found,
    options: Vec<Options>,
    /// What was found in each since it has its text.
    seen: Vec<Seen>,
    /// What compiling each came to, by itself.
    alone: Vec<Compilation>,
    /// The same, held against each other.
    pub together: Vec<Compilation>,
    /// What is reported of each source: workflows, configurations, baselines.
    reports: HashMap<SourceId, Vec<Diagnostic>>,
    baselines: Vec<Source>,
    /// The canonical paths of the workflows, as far as they have one.
    wholes: Vec<Option<PathBuf>>,
    /// The older versions that they are held against.
    olders: Vec<Older>,
    /// The numbers of the sources that have a new text.
    changed: BTreeSet<usize>,
    /// Whether what is said is of texts that have changed since.
    pub is_stale: bool,
}

/// Where git notes each commit that is made or checked out.
pub const MOVES_OF_HEAD: &str = ".git/logs/HEAD";

/// What is read where the editor has these folders open.
pub fn inputs(arguments: &Arguments, folders: Vec<PathBuf>) -> Inputs {
    Inputs {
        paths: folders,
        force_exclude: false,
        allow_empty: true,
        syntax: None,
        stdin_filename: STDIN.to_owned(),
        config: arguments.config.clone(),
        jobs: arguments.jobs,
        limits: arguments.limits.clone(),
    }
}

impl<'a> Project<'a> {
    /// Reads everything in the folders; `open` is what the editor has open.
    pub fn read(arguments: &'a Arguments, inputs: &Inputs, open: &mut Opened) -> Self {
        let mut found = inputs::read(inputs, false, None);
        let known: HashMap<PathBuf, usize> = found
            .paths
            .iter()
            .enumerate()
            .filter_map(|(number, path)| Some((whole(path.as_deref()?), number)))
            .collect();
        let mut configs = HashMap::new();
        for text in open.texts.values_mut() {
            text.number = None;
            let at = text.path.as_deref().map(whole);
            if let Some(number) = at.as_ref().and_then(|at| known.get(at)) {
                found.sources[*number] = found.sources[*number].with_text(text.text.clone());
                text.number = Some(*number);
            } else if let Some(syntax) = text.syntax(&mut found) {
                let name = text
                    .path
                    .as_ref()
                    .map_or(text.uri.as_str().into(), |p| p.to_string_lossy());
                let number = found.open(&name, text.path.as_deref(), syntax, &text.text);
                text.number = Some(number);
            } else if let Some(at) = at {
                configs.insert(at, text.text.clone());
            }
        }
        found.configs.change(
            |_| true,
            |source, path| match configs.get(&whole(path)) {
                Some(text) => source.with_text(text.clone()),
                None => source.clone(),
            },
        );
        let options = found.options_to_check(&arguments.levels, &[]);
        let alone = compile_each(&found.sources, &options, |done, _, _| done);
        let wholes = found.paths.iter().map(|path| path.as_deref().map(whole));
        let wholes = wholes.collect();
        Project {
            arguments,
            seen: found.sources.iter().map(|_| Seen::default()).collect(),
            found,
            options,
            alone,
            together: Vec::new(),
            reports: HashMap::new(),
            baselines: Vec::new(),
            wholes,
            olders: Vec::new(),
            changed: BTreeSet::new(),
            is_stale: true,
        }
    }

    /// Notes that a text is open, or has changed, which is compiled when somebody asks. Whether that is
    /// all that is to be done: a text may be a workflow that is not among the files, or say something of
    /// others.
    pub fn take_in(&mut self, open: &mut Open) -> bool {
        if open.number.is_none() {
            let at = open.path.as_deref().map(whole);
            let is_it = |known: &Option<PathBuf>| known.is_some() && *known == at;
            open.number = self.wholes.iter().position(is_it);
        }
        match open.number {
            Some(number) => {
                if self.found.sources[number].text() != open.text {
                    self.changed.insert(number);
                }
                true
            }
            None => !open.is_about_others() && open.syntax(&mut self.found).is_none(),
        }
    }

    /// Compiles what has a new text; whether anything had.
    pub fn settle(&mut self, open: &Opened) -> bool {
        for number in std::mem::take(&mut self.changed) {
            let Some(open) = open.iter().find(|open| open.number == Some(number)) else {
                continue;
            };
            let source = &mut self.found.sources[number];
            *source = source.with_text(open.text.clone());
            (self.alone[number], self.seen[number]) =
                editor::compile(source, &self.options[number]);
            self.is_stale = true;
        }
        self.is_stale
    }

    /// What the files say together and against older versions, and what of it is reported.
    pub fn judge(&mut self, kept: &[Kept]) {
        if !std::mem::take(&mut self.is_stale) {
            return;
        }
        self.together.clone_from(&self.alone);
        let options = &self.options;
        check_together(&mut self.together, |id| options.get(id.0 as usize));
        let mut compilations = self.together.clone();
        let arguments = self.arguments;
        let levels = |set| arguments.levels.over(set);
        self.olders.clear();
        let mut gone = Vec::new();
        let mut before = 0;
        for kept in kept {
            let mut older = self.older(kept, before);
            gone.extend(older.check(&mut compilations, &self.found, &self.options, levels));
            before += older.all_sources().count() as u32;
            self.olders.push(older);
        }
        let options = &self.options;
        let listed = BaselineArguments::default().apply(baseline::Run {
            found: &self.found,
            compilations: &mut compilations,
            options,
            levels: &levels(Levels::default()),
            limits: self.arguments.limits.over(Limits::default()),
            fixes: false,
        });
        let mut all = self.found.config_reports(levels);
        all.append(&mut gone);
        all.extend(listed.diagnostics);
        shared_losses::merge(&mut all);
        self.baselines = listed.sources;
        self.reports.clear();
        for report in all {
            let source = report.primary().span.source;
            self.reports.entry(source).or_default().push(report);
        }
    }

    /// An older version, as far as it differs from the files now.
    fn older(&mut self, kept: &Kept, before: u32) -> Older {
        let within = |path: &Path| {
            let within = path.strip_prefix(&kept.root).ok()?;
            Some(within.to_string_lossy().replace(MAIN_SEPARATOR, "/"))
        };
        let old_of = |whole: &Option<PathBuf>| kept.files.get(whole.as_ref()?)?.as_ref().ok();
        let mut unchanged = Vec::new();
        let mut new_paths = Vec::new();
        let mut old = Vec::new();
        for (source, whole) in self.found.sources.iter().zip(&self.wholes) {
            let path = whole.as_deref().and_then(within);
            let was = old_of(whole).filter(|_| path.is_some());
            let is_same = was.is_some_and(|was| was.text() == source.text());
            unchanged.push(is_same || path.is_none());
            if let (Some(was), Some(path)) = (was.filter(|_| !is_same), &path) {
                old.push((path.clone(), was.clone()));
            }
            new_paths.push(path.unwrap_or_default());
        }
        let is_there: HashSet<&Path> = self.wholes.iter().flatten().map(PathBuf::as_path).collect();
        let configs = &mut self.found.configs;
        let mut is_gone = |path: &Path| {
            !is_there.contains(path)
                && path.symlink_metadata().is_err()
                && matches!(configs.choice(path), Choice::Checked)
        };
        for (path, source) in &kept.files {
            if let (Ok(source), Some(within)) = (source, within(path))
                && is_gone(path)
            {
                old.push((within, source.clone()));
            }
        }
        let is_config = |path: &&Path| path.ends_with(FILE_NAME);
        let kept_configs = kept
            .files
            .iter()
            .filter(|(path, _)| is_config(&path.as_path()));
        let old_configs: Vec<&Source> = kept_configs
            .filter_map(|(_, file)| file.as_ref().ok())
            .collect();
        // Those that are gone come from a map.
        old.sort_by(|(a, _), (b, _)| a.cmp(b));
        Older::known(
            old.into_iter(),
            old_configs.into_iter(),
            new_paths,
            unchanged,
            &kept.root,
            before,
            configs,
        )
    }

    /// The canonical path of an open workflow.
    pub fn whole_of(&self, open: &Open) -> Option<&Path> {
        self.wholes.get(open.number?)?.as_deref()
    }

    /// The canonical paths of all workflows.
    pub fn wholes(&self) -> impl Iterator<Item = &PathBuf> {
        self.wholes.iter().flatten()
    }

    /// The source of this number, wherever it comes from.
    pub fn source(&self, id: SourceId) -> Option<&Source> {
        let older = self.olders.iter().flat_map(Older::all_sources);
        let all = self.found.all_sources().chain(&self.baselines);
        let mut all = all.chain(older);
        match self.found.sources.get(id.0 as usize) {
            Some(source) => Some(source),
            None => all.find(|source| source.id() == id),
        }
    }

    /// The address of a source, as the editor writes it where it has it open.
    pub fn uri(&self, id: SourceId, open: &Opened) -> Option<String> {
        // A text is told of by the very address that it was opened by, whatever links lead there.
        let is_it = |text: &&Open| text.number == Some(id.0 as usize);
        if let Some(text) = open.iter().find(is_it) {
            return Some(text.uri.clone());
        }
        let is_old = |older: &Older| older.files().any(|source| source.id() == id);
        let path = match self.found.paths.get(id.0 as usize) {
            Some(path) => path.as_deref()?,
            None if self.olders.iter().any(is_old) => return None,
            None => Path::new(self.source(id)?.name()),
        };
        let uri = uris::of(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
        let as_open = open
            .texts
            .get(&uris::key(&uri))
            .map(|text| text.uri.clone());
        Some(as_open.unwrap_or(uri))
    }

    /// Everything that is reported of anything, by source.
    pub fn reports(&self) -> &HashMap<SourceId, Vec<Diagnostic>> {
        &self.reports
    }

    /// What is reported of an open text.
    pub fn reports_of(&self, open: &Open) -> (Option<&Source>, &[Diagnostic]) {
        let source = match open.number {
            Some(number) => self.found.sources.get(number),
            None => {
                let at = open.path.as_deref().map(whole);
                let mut others = self.found.all_sources().chain(&self.baselines);
                others.find(|source| Some(whole(Path::new(source.name()))) == at)
            }
        };
        let reports = source.and_then(|source| self.reports.get(&source.id()));
        (source, reports.map_or(&[], Vec::as_slice))
    }

    /// What an open workflow is compiled with.
    pub fn options_of(&self, open: &Open) -> Option<&Options> {
        self.options.get(open.number?)
    }

    /// A workflow that is open, to be looked at.
    pub fn look(&self, open: &Open) -> Option<Looked<'_>> {
        let number = open.number?;
        Some(Looked {
            source: self.found.sources.get(number)?,
            compilation: self.together.get(number)?,
            seen: self.seen.get(number)?,
        })
    }

    /// Every workflow with its path.
    pub fn workflows(&self) -> impl Iterator<Item = (&Source, &Compilation)> {
        self.found.sources.iter().zip(&self.together)
    }

    /// The source of an open workflow.
    pub fn source_of(&self, open: &Open) -> Option<&Source> {
        self.found.sources.get(open.number?)
    }

    /// What compiling an open workflow came to.
    pub fn compilation_of(&self, open: &Open) -> Option<&Compilation> {
        self.together.get(open.number?)
    }

    /// Whether a change of this file on the disk may change what is reported.
    pub fn concerns(path: &Path) -> bool {
        is_about_others(path) || Syntax::of_file_name(&path.to_string_lossy()).is_some()
    }
}

/// The texts that an editor has open, by their addresses.
#[derive(Default)]
pub struct Opened {
    texts: HashMap<String, Open>,
}

impl Opened {
    /// Adds a text; whatever was open under its address is closed.
    pub fn add(&mut self, uri: String, language: String, version: i32, text: String) {
        let path = uris::path(&uri);
        let open = Open {
            path,
            version,
            text,
            language,
            number: None,
            uri,
        };
        self.texts.insert(uris::key(&open.uri), open);
    }

    pub fn close(&mut self, uri: &str) -> Option<Open> {
        self.texts.remove(&uris::key(uri))
    }

    pub fn get(&self, uri: &str) -> Option<&Open> {
        self.texts.get(&uris::key(uri))
    }

    pub fn get_mut(&mut self, uri: &str) -> Option<&mut Open> {
        self.texts.get_mut(&uris::key(uri))
    }

    pub fn iter(&self) -> impl Iterator<Item = &Open> {
        self.texts.values()
    }
}

impl Open {
    /// Puts `new` in the place of a range.
    pub fn replace(&mut self, range: Range, new: &str, encoding: Encoding) {
        let source = Source::new(
            SourceId(0),
            "",
            Syntax::Yaml,
            std::mem::take(&mut self.text),
        );
        let source = &source;
        let bytes = Places { source, encoding }.bytes(range);
        let text = source.text();
        self.text = [&text[..bytes.start], new, &text[bytes.end..]].concat();
    }

    /// Whether what it says is of other files, too.
    fn is_about_others(&self) -> bool {
        self.path.as_deref().is_some_and(is_about_others)
    }

    /// Whether anything is reported of it, or for it of others.
    pub fn matters(&self) -> bool {
        self.is_workflow() || self.is_about_others()
    }

    /// Whether it is a workflow.
    pub fn is_workflow(&self) -> bool {
        self.number.is_some()
    }

    /// The syntax of a text that is a workflow by its name, by the configuration, or, where it has no
    /// name yet, by what it says; `None` of one that is none.
    fn syntax(&self, found: &mut Found) -> Option<Syntax> {
        let Some(path) = &self.path else {
            let syntax = match self.language.as_str() {
                "yaml" => Syntax::Yaml,
                "toml" => Syntax::Toml,
                _ => return None,
            };
            let says = |line: &str| {
                line.strip_prefix("workflow")
                    .is_some_and(|rest| rest.trim_start().starts_with([':', '=']))
            };
            return self.text.lines().any(says).then_some(syntax);
        };
        let wanted = match found.configs.choice(path) {
            Choice::Checked => true,
            Choice::Excluded(_) | Choice::NotIncluded => false,
            Choice::NotNamed => is_workflow_file(path),
        };
        Syntax::of_file_name(&path.to_string_lossy()).filter(|_| wanted)
    }
}

/// Whether what a file says is of other files: which are workflows, and what is reported of them.
fn is_about_others(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name == config::FILE_NAME
        || name.ends_with(config::BASELINE_ENDING)
        || name == ".gitignore"
        || path.ends_with(MOVES_OF_HEAD)
}

/// A path from the root of the file system, by which files are known.
pub fn whole(path: &Path) -> PathBuf {
    std::fs::canonicalize(path)
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned())
}
