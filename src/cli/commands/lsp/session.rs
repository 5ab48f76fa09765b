//! What is known of the texts that an editor has open, and of the files around them.

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use gen_lsp_types::{Diagnostic, Uri};
use statewright::Compilation;
use statewright::diagnostic;
use statewright::editor::completion::Names;
use statewright::editor::positions::Encoding;
use statewright::limits::Limits;
use statewright::source::{Source, SourceId};

use super::answers::{self, Places};
use super::project::{Open, Opened, Project, inputs, whole};
use super::{Arguments, uris};
use crate::cli::io::git::Range;
use crate::cli::session::history::{Answers, Kept, Question, questions};

/// Where an editor shows Markdown.
#[derive(Clone, Copy, Default)]
pub struct Markdown {
    /// In what hovering tells.
    pub hovers: bool,
    /// In what completion tells of a candidate.
    pub candidates: bool,
}

/// What a text said, and the names in it once somebody asks for them.
struct Said {
    compilation: Compilation,
    names: OnceCell<Names>,
}

/// What git keeps of a text.
pub enum Head {
    /// Nothing.
    None,
    Known(Answers),
    /// It does not say so in time.
    Late,
}

/// What is known.
pub struct Session<'a> {
    arguments: &'a Arguments,
    /// What the editor counts in a line.
    pub encoding: Encoding,
    /// Where it shows Markdown.
    pub shows: Markdown,
    /// Whether it asks for the edits of an action once that is chosen.
    pub resolves: bool,
    /// The folders that it has open.
    pub folders: Vec<PathBuf>,
    /// The texts that it has open.
    pub open: Opened,
    /// Everything in the folders, once it is read.
    pub project: Option<Project<'a>>,
    /// Whether what is read is no longer what is there.
    pub is_outdated: bool,
    /// The older versions that the files are held against.
    pub older: Vec<Kept>,
    /// What git keeps of a text, while a request is answered that is about that.
    pub head: Head,
    /// What a person is to be told beside an answer.
    pub notes: RefCell<Vec<String>>,
    /// What each open text said when states could last be read in it: while somebody types, they may
    /// not.
    said: HashMap<String, Said>,
    /// The names of a text in which no states could be read yet.
    no_names: Names,
}

impl<'a> Session<'a> {
    pub fn new(arguments: &'a Arguments) -> Self {
        Session {
            arguments,
            encoding: Encoding::default(),
            shows: Markdown::default(),
            resolves: false,
            folders: Vec::new(),
            open: Opened::default(),
            project: None,
            is_outdated: false,
            older: Vec::new(),
            head: Head::None,
            notes: RefCell::default(),
            said: HashMap::new(),
            no_names: Names::default(),
        }
    }

    /// Reads everything anew.
    pub fn read_all(&mut self) {
        self.is_outdated = false;
        // The old ones go first: there are never two of a large project.
        self.project = None;
        let inputs = inputs(self.arguments, self.folders.clone());
        self.project = Some(Project::read(self.arguments, &inputs, &mut self.open));
    }

    /// What is to be asked of git, so that the files can be held against an older version.
    pub fn older_questions(&self) -> Vec<Question> {
        let (Some(range), Some(project)) = (&self.arguments.against, &self.project) else {
            return Vec::new();
        };
        let folders = self.folders.iter().map(|folder| whole(folder)).collect();
        let files = project.wholes().cloned().collect();
        questions(range, files, folders, self.limits())
    }

    fn limits(&self) -> Limits {
        self.arguments.limits.over(Limits::default())
    }

    /// What is to be asked of git to know what it keeps of this text; nothing where that is nothing.
    pub fn head_question(&self, uri: &str) -> Option<Question> {
        let file = self.project()?.whole_of(self.open.get(uri)?)?;
        let range = Range::of("HEAD").ok()?;
        let files = HashSet::from([file.to_owned()]);
        questions(&range, files, Vec::new(), self.limits()).pop()
    }

    /// An open text as git keeps it; nothing where it keeps none of it. An error where that is not
    /// known.
    pub fn head_of(&self, open: &Open) -> Result<Option<&Source>, &str> {
        let file = self.project().and_then(|project| project.whole_of(open));
        match &self.head {
            Head::None => Ok(None),
            Head::Late => Err("git has not answered yet"),
            Head::Known(answers) => {
                let mut found = None;
                for answer in answers {
                    let kept = answer.as_ref().map_err(String::as_str)?;
                    let source = file.and_then(|file| kept.files.get(file));
                    found = source.map(|source| source.as_ref().map_err(String::as_str));
                }
                found.transpose()
            }
        }
    }

    /// Brings a text in that is new or another one; whether that works without reading everything anew.
    pub fn take_in(&mut self, uri: &str) -> bool {
        let Some(project) = self.project.as_mut().filter(|_| !self.is_outdated) else {
            return false;
        };
        let Some(open) = self.open.get_mut(uri) else {
            return false;
        };
        let is_known = open.is_workflow();
        let is_in = project.take_in(open);
        if !is_known {
            self.keep_said();
        }
        is_in
    }

    /// Brings what is known up to the texts as they are.
    pub fn settle(&mut self) {
        let Some(project) = &mut self.project else {
            return;
        };
        if project.settle(&self.open) {
            project.judge(&self.older);
            self.keep_said();
        }
    }

    fn keep_said(&mut self) {
        let Some(project) = &self.project else { return };
        for open in self.open.iter() {
            let compilation = project.compilation_of(open);
            let has_states = |compilation: &&Compilation| {
                let resolved = compilation.resolved();
                resolved.is_some_and(|resolved| resolved.states().len() > 0)
            };
            if let Some(compilation) = compilation.filter(has_states) {
                let said = Said {
                    compilation: compilation.clone(),
                    names: OnceCell::new(),
                };
                self.said.insert(uris::key(&open.uri), said);
            }
        }
    }

    /// The names that an open text gave when states could last be read in it.
    pub fn names_of(&self, open: &Open) -> &Names {
        let said = self.said.get(&uris::key(&open.uri));
        said.map_or(&self.no_names, |said| {
            let resolved = || said.compilation.resolved();
            said.names
                .get_or_init(|| resolved().map(Names::of).unwrap_or_default())
        })
    }

    pub fn project(&self) -> Option<&Project<'a>> {
        self.project.as_ref()
    }

    /// A report as the editor is told of it.
    pub fn told(&self, found: &diagnostic::Diagnostic) -> Option<Diagnostic> {
        let project = self.project.as_ref()?;
        let at = |id: SourceId| {
            let uri = project.uri(id, &self.open).map(Uri);
            let source = project.source(id)?;
            let encoding = self.encoding;
            Some((uri, Places { source, encoding }))
        };
        answers::report(found, self.arguments.pages.as_ref(), at)
    }

    /// What is reported of an open text.
    pub fn told_of(&self, open: &Open) -> Vec<Diagnostic> {
        let reports = self
            .project
            .as_ref()
            .map(|project| project.reports_of(open).1);
        let reports = reports.unwrap_or_default().iter();
        reports.filter_map(|found| self.told(found)).collect()
    }
}
