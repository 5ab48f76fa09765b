//! Finding and reading the files that a command names.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use statewright::Options;
use statewright::compile::Targets;
use statewright::config::Config;
use statewright::config::files::Choice;
use statewright::diagnostic::{Diagnostic, Label, Levels};
use statewright::graph::Resolved;
use statewright::limits::Limits;
use statewright::model::Workflow;
use statewright::report::Unread;
use statewright::silencing::acceptances::OfConfig;
use statewright::source::{Source, SourceId, Syntax};
use statewright::targets::Target;

use crate::cli::arguments::{Inputs, LevelArguments};
use crate::cli::discovery::config::{Configs, NamedBaseline};
use crate::cli::discovery::gitignore;
use crate::cli::discovery::project::{Focus, Repositories, Scope};
use crate::cli::discovery::unchosen::{self, Unchosen};
use crate::cli::discovery::walk::{self, FolderEntry, Walked, walk};
use crate::cli::io::links::link_stays_in;
use crate::cli::io::output::cannot_read;
use crate::cli::io::progress::Progress;
use crate::cli::io::reading::{read_file, read_limited, reason};
use crate::cli::io::{Exit, jobs};

/// Why a file is not read whose name tells no syntax.
const NO_SYNTAX: &str = "its name tells no syntax; add --syntax yaml or --syntax toml";

/// What was read, and the worst that happened on the way.
pub struct Found {
    /// The sources, in the order of the arguments, files below a folder sorted by path.
    pub sources: Vec<Source>,
    /// Where each of them was read from; `None` for standard input.
    pub paths: Vec<Option<PathBuf>>,
    /// Whether standard input is among what is named, whether it could be read or not: what becomes of
    /// it is all that belongs on standard output.
    pub has_standard_input: bool,
    /// The folders in which files were sought.
    pub folders: Vec<PathBuf>,
    /// The configurations of the files.
    pub configs: Configs,
    /// Which of them each source has.
    configured: Vec<Option<usize>>,
    /// What the run is about; `None` where that is all of it.
    focus: Option<Focus>,
    /// What could not be read; that is already told.
    pub unread: Vec<Unread>,
    /// Folders that hold nothing to look at, where that is not allowed.
    empty: Vec<Unread>,
    /// [`Exit::Good`], or why some could not be read.
    pub exit: Exit,
}

impl Found {
    /// What the report says was not looked at: what could not be read, `more` of that, and folders that
    /// hold nothing.
    pub fn not_looked_at(&self, more: &[Unread]) -> Vec<Unread> {
        [&*self.unread, more, &self.empty].concat()
    }

    /// Whether the run is about this source.
    pub fn is_named(&self, index: usize) -> bool {
        let is_in = |focus: &Focus| focus.sources.get(index).copied().unwrap_or(false);
        self.focus.as_ref().is_none_or(is_in)
    }

    /// Whether the run is about all that was read.
    pub fn is_everything(&self) -> bool {
        let focus = self.focus.as_ref();
        focus.is_none_or(|focus| focus.is_everything)
    }

    /// How many sources the run is about.
    pub fn files(&self) -> usize {
        let all = 0..self.sources.len();
        all.filter(|index| self.is_named(*index)).count()
    }

    /// The sources that are only known.
    pub fn only_known(&self) -> Vec<SourceId> {
        let all = self.sources.iter().enumerate();
        let others = all.filter(|(index, _)| !self.is_named(*index));
        others.map(|(_, source)| source.id()).collect()
    }

    /// Whether a report says something of a file that the run is about, wherever it stands.
    pub fn concerns(&self, diagnostic: &Diagnostic) -> bool {
        let is_named = |label: &Label| self.is_named(label.span.source.0 as usize);
        self.is_everything() || diagnostic.labels.iter().any(is_named)
    }

    /// What is wrong with the configurations that the run is about.
    pub fn config_reports(&self, levels: impl Fn(Levels) -> Levels) -> Vec<Diagnostic> {
        self.configs.reports(levels, self.named_configs())
    }

    /// Which configurations the run is about, by their numbers.
    pub fn named_configs(&self) -> impl Fn(usize) -> bool + use<> {
        let configs = self.focus.as_ref().map(|focus| focus.configs.clone());
        move |number| {
            let configs = configs.as_ref();
            configs.is_none_or(|configs| configs.contains(&number))
        }
    }

    /// The configuration of each source, if it has one.
    pub fn config_of(&self, index: usize) -> Option<&Config> {
        let number = self.number_of_config(index)?;
        Some(self.configs.get(number))
    }

    /// The number of that, among the [configurations](Self::configs).
    pub fn number_of_config(&self, index: usize) -> Option<usize> {
        self.configured.get(index).copied().flatten()
    }

    /// What each configuration accepts of changes.
    pub fn acceptances(&self, levels: impl Fn(Levels) -> Levels) -> Vec<OfConfig<'_>> {
        self.configs.acceptances(levels, &self.folders)
    }

    /// The baseline that the configuration of a source names, if it does.
    pub fn baseline_of(&self, index: usize) -> Option<NamedBaseline<'_>> {
        let number = self.number_of_config(index)?;
        self.configs.baseline(number)
    }

    /// Adds a file that an editor has open under this name and path, as it is there; answers its
    /// number.
    pub fn open(&mut self, name: &str, path: Option<&Path>, syntax: Syntax, text: &str) -> usize {
        let config = path.and_then(|path| self.configs.of(path));
        let limits = config.map_or(self.configs.limits, |number| {
            self.configs.get(number).limits
        });
        let number = self.sources.len();
        let source = Source::new(SourceId(number as u32), name, syntax, text);
        self.sources.push(source.with_limits(limits));
        self.paths.push(path.map(Path::to_owned));
        self.configured.push(config);
        number
    }

    /// What each source is compiled with. `levels` makes the levels of the command line from those
    /// of a configuration, and `targets` what it is held against.
    pub fn options(
        &self,
        levels: impl Fn(Levels) -> Levels,
        targets: impl Fn(Option<&Config>) -> Targets,
    ) -> Vec<Options> {
        let of = |index| {
            let config = self.config_of(index);
            let set = config.map_or_else(Levels::default, |config| config.levels.clone());
            Options {
                levels: levels(set),
                targets: targets(config),
            }
        };
        (0..self.sources.len()).map(of).collect()
    }

    /// As [`Found::options`], for whoever checks: the files are held against the products that their
    /// configurations name, and against `more`.
    pub fn options_to_check(
        &self,
        levels: &LevelArguments,
        more: &[&'static Target],
    ) -> Vec<Options> {
        let named = |config: Option<&Config>| {
            let named = config.map_or(&[][..], |config| &config.targets);
            Targets::NamedAnd([more, named].concat())
        };
        self.options(|set| levels.over(set), named)
    }

    /// Every source, those of configurations included.
    pub fn all_sources(&self) -> impl Iterator<Item = &Source> {
        self.configs.sources().chain(&self.sources)
    }
}

/// Reads everything that the command line names. What cannot be read is told on standard error,
/// and the rest is read all the same.
///
/// With `verbose`, what is left out is told, too. With `project`, everything of the projects is read
/// whose files are named; these paths are of files that count for all, as configurations do.
pub fn read(inputs: &Inputs, verbose: bool, project: Option<&[Option<&Path>]>) -> Found {
    let mut reader = Reader {
        inputs,
        verbose,
        sources: Vec::new(),
        paths: Vec::new(),
        wholes: Vec::new(),
        ignored: walk::Named::default(),
        folders: Vec::new(),
        seen: HashSet::new(),
        last_folder: LastFolder::default(),
        configs: Configs::new(inputs.config.clone(), inputs.limits.over(Limits::default())),
        configured: Vec::new(),
        progress: Progress::new("reading", inputs.paths.len()),
        unread: Vec::new(),
        empty: Vec::new(),
        exit: Exit::Good,
    };
    let mut focus = None;
    match project {
        Some(settings) => focus = Some(reader.project(settings)),
        None => inputs.paths.iter().for_each(|path| reader.argument(path)),
    }
    reader.unread.append(&mut reader.configs.unread);
    Found {
        focus,
        unread: reader.unread,
        empty: reader.empty,
        exit: reader.exit.max(reader.configs.exit),
        sources: reader.sources,
        paths: reader.paths,
        has_standard_input: inputs.name_standard_input(),
        folders: reader.folders,
        configs: reader.configs,
        configured: reader.configured,
    }
}

/// Reads the one file at `path`, or standard input, under the name `stdin_filename`, where that is
/// `-`. What cannot be read is told on standard error.
pub fn read_one(
    path: &Path,
    stdin_filename: &str,
    syntax: Syntax,
    limits: Limits,
) -> Result<Source, Unread> {
    let (name, bytes) = match path == Path::new("-") {
        true => (
            stdin_filename.to_owned(),
            read_limited(io::stdin().lock(), limits),
        ),
        false => (path.to_string_lossy().into_owned(), read_file(path, limits)),
    };
    match bytes {
        Ok(bytes) => Ok(Source::from_bytes(SourceId(0), name, syntax, bytes).with_limits(limits)),
        Err(error) => Err(cannot_read(&name, reason(&error))),
    }
}

/// A folder's path and its canonical one.
#[derive(Default)]
struct LastFolder(PathBuf, PathBuf);

impl LastFolder {
    /// The canonical path of a file. Files come a folder at a time, and asking the system about
    /// every part of every path takes longer than reading them.
    fn canonical(&mut self, path: &Path, is_link: bool) -> io::Result<PathBuf> {
        let parts = path.parent().zip(path.file_name()).filter(|_| !is_link);
        let Some((folder, name)) = parts else {
            return std::fs::canonicalize(path);
        };
        if folder.as_os_str().is_empty() {
            return std::fs::canonicalize(path);
        }
        if self.0 != folder {
            self.1 = std::fs::canonicalize(folder)?;
            self.0 = folder.to_owned();
        }
        Ok(self.1.join(name))
    }
}

/// A file that is to be read.
struct Wanted<'p> {
    path: &'p Path,
    /// Its canonical path, if that can be told.
    whole: Option<PathBuf>,
    name: String,
    syntax: Syntax,
    /// The number of its configuration.
    config: Option<usize>,
    limits: Limits,
}

impl Wanted<'_> {
    /// The source, which has no number yet.
    fn read(&self) -> io::Result<Source> {
        let bytes = read_file(self.path, self.limits)?;
        let source = Source::from_bytes(SourceId(0), self.name.as_str(), self.syntax, bytes);
        Ok(source.with_limits(self.limits))
    }
}

struct Reader<'a> {
    inputs: &'a Inputs,
    verbose: bool,
    sources: Vec<Source>,
    paths: Vec<Option<PathBuf>>,
    /// The canonical paths of the sources, as far as they can be told.
    wholes: Vec<Option<PathBuf>>,
    /// What ignore files say of what is named.
    ignored: walk::Named,
    folders: Vec<PathBuf>,
    /// The files that were read, whatever the command line calls them: a file that is named twice
    /// is read once.
    seen: HashSet<PathBuf>,
    last_folder: LastFolder,
    configs: Configs,
    configured: Vec<Option<usize>>,
    progress: Progress,
    unread: Vec<Unread>,
    empty: Vec<Unread>,
    exit: Exit,
}

impl Reader<'_> {
    fn argument(&mut self, path: &Path) {
        if path == Path::new("-") {
            self.standard_input();
            return self.progress.step();
        }
        match std::fs::metadata(path) {
            Ok(found) if self.inputs.force_exclude && self.leaves_out(path, found.is_dir()) => {}
            Ok(found) if found.is_dir() => return self.folder(path),
            Ok(_) => self.file(path),
            Err(error) => self.unreadable(path, &error),
        }
        self.progress.step();
    }

    /// Whether ignore files or the configuration leave out what the command line names.
    fn leaves_out(&mut self, path: &Path, is_folder: bool) -> bool {
        let origin = self.ignored.left_out(path, is_folder, self.configs.limits);
        for (path, error) in std::mem::take(&mut self.ignored.errors) {
            self.unreadable(&path, &error);
        }
        let why = origin.map(|origin| origin.to_string());
        let why = why.or_else(|| match self.configs.choice(path) {
            Choice::Checked | Choice::NotNamed => None,
            _ if is_folder => None,
            choice => Some(unchosen::why(&choice, path, &mut self.configs)),
        });
        if let (Some(why), true) = (&why, self.verbose) {
            unchosen::tell(path, why);
        }
        why.is_some()
    }

    /// Reads the projects of everything that is named: the files that a search finds and git tracks,
    /// and those that are named.
    fn project(&mut self, settings: &[Option<&Path>]) -> Focus {
        let mut scope = Scope::new(settings);
        for path in &self.inputs.paths {
            match std::fs::canonicalize(path) {
                Ok(whole) => scope.add(whole),
                Err(error) => self.unreadable(path, &error),
            }
        }
        let mut repositories = Repositories::default();
        for root in scope.roots() {
            let (files, unchosen) = self.search_project(&root, &scope, &mut repositories);
            if self.verbose {
                unchosen.tell();
            }
            self.read_all(&root, &files);
        }
        for path in &self.inputs.paths {
            let is_other = std::fs::canonicalize(path).is_ok_and(|whole| scope.is_file(&whole));
            if is_other && !self.leaves_out(path, false) {
                self.file(path);
            }
        }
        for (folder, name) in scope.folders() {
            let is_in = |whole: &Option<PathBuf>| {
                let whole = whole.as_ref();
                whole.is_some_and(|whole| whole.starts_with(&folder))
            };
            if !self.wholes.iter().any(is_in) {
                let unchosen = self.search_project(&name, &scope, &mut repositories).1;
                self.is_empty(&name, &unchosen);
            }
        }
        let is_everything = scope.is_everything();
        let is_named = |whole: &Option<PathBuf>| {
            let whole = whole.as_ref();
            is_everything || whole.is_some_and(|whole| scope.names(whole))
        };
        let sources: Vec<bool> = self.wholes.iter().map(is_named).collect();
        let named = self.configured.iter().zip(&sources);
        let named = named.filter(|(_, is_named)| **is_named);
        let mut configs: HashSet<usize> = named.filter_map(|(config, _)| *config).collect();
        for (number, path) in self.configs.paths().enumerate() {
            let Ok(whole) = std::fs::canonicalize(path) else {
                continue;
            };
            if scope.names(&whole) || (is_everything && repositories.track(&whole)) {
                configs.insert(number);
            }
        }
        Focus {
            is_everything,
            sources,
            configs,
        }
    }

    fn standard_input(&mut self) {
        let name = &self.inputs.stdin_filename;
        let Some(syntax) = self
            .inputs
            .syntax
            .map(Syntax::from)
            .or_else(|| Syntax::of_file_name(name))
        else {
            return self.fail(Exit::Usage, name, NO_SYNTAX.to_owned());
        };
        let config = self.configs.of(Path::new(name));
        let limits = self.limits(config);
        let read = || read_limited(io::stdin().lock(), limits);
        match self.configs.total.add(limits, read, Vec::len) {
            Ok(bytes) => {
                let source = Source::from_bytes(SourceId(0), name.as_str(), syntax, bytes);
                self.add(source.with_limits(limits), None, config);
                self.wholes.push(None);
            }
            Err(error) => self.fail(Exit::Unreadable, name, reason(&error)),
        }
    }

    fn folder(&mut self, folder: &Path) {
        let (files, unchosen) = self.search(folder);
        if self.verbose {
            unchosen.tell();
        }
        if files.is_empty() {
            self.is_empty(folder, &unchosen);
        }
        self.read_all(folder, &files);
    }

    /// The files in a folder that are to be read.
    fn search(&mut self, folder: &Path) -> (Vec<FolderEntry>, Unchosen) {
        let Walked {
            mut files,
            left_out,
            errors,
        } = walk(folder, self.configs.limits, is_readable);
        for (path, error) in &errors {
            self.unreadable(path, error);
        }
        let mut unchosen = Unchosen::of(left_out);
        files.retain(|file| unchosen.chooses(&file.path, &mut self.configs));
        (files, unchosen)
    }

    /// Those of them that are part of a project: what git does not track is a draft.
    fn search_project(
        &mut self,
        folder: &Path,
        scope: &Scope,
        repositories: &mut Repositories,
    ) -> (Vec<FolderEntry>, Unchosen) {
        let (mut files, mut unchosen) = self.search(folder);
        files.retain(|file| {
            let whole = self.last_folder.canonical(&file.path, false);
            let Ok(whole) = whole else { return true };
            let is_part = scope.names(&whole) || repositories.track(&whole);
            if !is_part {
                let why = "git does not track it, and it is not named".to_owned();
                unchosen.leave_out(&file.path, why);
            }
            is_part
        });
        (files, unchosen)
    }

    /// Tells why there is nothing to read in a folder.
    fn is_empty(&mut self, folder: &Path, unchosen: &Unchosen) {
        let empty = unchosen.explain(folder);
        if !self.inputs.allow_empty && !self.inputs.force_exclude {
            self.exit = self.exit.max(Exit::Empty);
            self.empty.push(empty);
        }
    }

    /// Reads files that were found in a folder.
    fn read_all(&mut self, folder: &Path, files: &[FolderEntry]) {
        self.folders.push(folder.to_owned());
        self.progress.is_folder(files.len());
        let mut wanted = Vec::with_capacity(files.len());
        for file in files {
            let stays = match file.is_link {
                true => link_stays_in(&file.path, folder),
                false => Ok(()),
            };
            match stays {
                Ok(()) => wanted.extend(self.wanted(&file.path, file.is_link, false)),
                Err(error) => self.unreadable(&file.path, &error),
            }
        }
        let bytes = AtomicUsize::new(self.configs.total.bytes());
        let sources = jobs::each(&wanted, |file| {
            // Threads may be ahead of the order of the files, so that it is not known yet which are too many.
            let has_room = bytes.load(Ordering::Relaxed) <= file.limits.total;
            let source = has_room.then(|| file.read())?;
            let size = source.as_ref().map_or(0, |source| source.text().len());
            bytes.fetch_add(size, Ordering::Relaxed);
            Some(source)
        });
        for (file, source) in wanted.into_iter().zip(sources) {
            self.take(file, source);
            self.progress.step();
        }
    }

    /// Reads a file that the command line names.
    fn file(&mut self, path: &Path) {
        let is_link = path.is_symlink();
        if let Some(file) = self.wanted(path, is_link, true) {
            self.take(file, None);
        }
    }

    /// What there is to know of a file before it is read; `None` where it is not to be read, which is
    /// told unless it is read already.
    fn wanted<'p>(&mut self, path: &'p Path, is_link: bool, named: bool) -> Option<Wanted<'p>> {
        let name = path.to_string_lossy().into_owned();
        let by_ending = Syntax::of_file_name(&name);
        let by_argument = self.inputs.syntax.filter(|_| named).map(Syntax::from);
        let Some(syntax) = by_ending.or(by_argument) else {
            self.fail(Exit::Usage, &name, NO_SYNTAX.to_owned());
            return None;
        };
        let whole = self.last_folder.canonical(path, is_link).ok();
        if let Some(whole) = &whole
            && !self.seen.insert(whole.clone())
        {
            return None;
        }
        let config = self.configs.of(path);
        Some(Wanted {
            path,
            whole,
            name,
            syntax,
            config,
            limits: self.limits(config),
        })
    }

    /// Takes a file, which is read unless `source` is what was read.
    fn take(&mut self, file: Wanted<'_>, source: Option<io::Result<Source>>) {
        let read = || source.unwrap_or_else(|| file.read());
        let total = &mut self.configs.total;
        match total.add(file.limits, read, |source| source.text().len()) {
            Ok(source) => {
                self.add(source, Some(file.path), file.config);
                self.wholes.push(file.whole);
            }
            Err(error) => self.unreadable(file.path, &error),
        }
    }

    fn unreadable(&mut self, path: &Path, error: &io::Error) {
        self.fail(Exit::Unreadable, &path.to_string_lossy(), reason(error));
    }

    /// The limits of a source with the configuration of this number.
    fn limits(&self, config: Option<usize>) -> Limits {
        let set = config.map(|number| self.configs.get(number).limits);
        self.inputs.limits.over(set.unwrap_or_default())
    }

    fn add(&mut self, source: Source, path: Option<&Path>, config: Option<usize>) {
        self.paths.push(path.map(Path::to_owned));
        self.configured.push(config);
        let id = SourceId(self.sources.len() as u32);
        self.sources.push(source.numbered(id));
    }

    fn fail(&mut self, exit: Exit, path: &str, reason: String) {
        self.exit = self.exit.max(exit);
        // An ignore file counts for many.
        let is_told = |unread: &Unread| unread.path == path && unread.reason == reason;
        if path.ends_with(gitignore::FILE_NAME) && self.unread.iter().any(is_told) {
            return;
        }
        self.unread.push(cannot_read(path, reason));
    }
}

/// The files that the command line names, whether they are there or not, and everything in its
/// folders that may be a workflow or a configuration.
pub fn files(inputs: &Inputs) -> Vec<PathBuf> {
    let limits = inputs.limits.over(Limits::default());
    let paths = inputs.paths.iter();
    paths
        .flat_map(|path| match path.is_dir() {
            true => {
                let found = walk(path, limits, is_readable).files.into_iter();
                found.map(|file| file.path).collect()
            }
            false => vec![path.clone()],
        })
        .collect()
}

/// What the workflows below the working folder are called, and their files without endings: whatever a
/// run is about, of these there may be documents and pictures.
pub fn known_names() -> HashSet<String> {
    let mut all = HashSet::new();
    each_workflow(Path::new("."), |name, workflow| {
        all.extend(name.split(".workflow.").next().map(str::to_owned));
        let identifier = workflow.and_then(|workflow| workflow.identifier.as_ref());
        all.extend(identifier.map(|identifier| identifier.value.to_string()));
    });
    all
}

/// The identifiers of the workflows at a path, and those that they had before.
pub fn identifiers(path: &Path) -> HashSet<String> {
    let mut all = HashSet::new();
    each_workflow(path, |_, workflow| {
        let names = workflow.into_iter().flat_map(|workflow| {
            let was = workflow.was.iter().flat_map(|was| &was.value);
            workflow.identifier.iter().chain(was)
        });
        all.extend(names.map(|name| name.value.to_string()));
    });
    all
}

/// Hands over the name of each file at a path that may be one of a workflow, and that workflow.
fn each_workflow(path: &Path, mut take: impl FnMut(&str, Option<&Workflow>)) {
    let limits = Limits::default();
    let files = match path.is_dir() {
        true => walk(path, limits, is_readable)
            .files
            .into_iter()
            .map(|file| file.path)
            .collect(),
        false => vec![path.to_owned()],
    };
    for path in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let syntax = Syntax::of_file_name(&name).unwrap_or(Syntax::Yaml);
        let reading = read_file(&path, limits).map(|bytes| {
            statewright::compile::read(&Source::from_bytes(SourceId(0), &*name, syntax, bytes))
        });
        let resolved = reading.ok().and_then(|reading| reading.resolved);
        take(&name, resolved.as_ref().map(Resolved::workflow));
    }
}

/// Whether the file's ending tells a syntax. What Emacs and macOS put beside a file has its ending,
/// too: a link to nowhere as a lock, and attributes.
fn is_readable(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_beside = name.starts_with(".#") || name.starts_with("._");
    !is_beside && Syntax::of_file_name(&name).is_some()
}
