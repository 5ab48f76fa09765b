//! What is known of the texts that an editor has open, and of the files around them.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::path::PathBuf;

use gen_lsp_types::{Diagnostic, Uri};
use statewright::Compilation;
use statewright::diagnostic;
use statewright::editor::completion::Names;
use statewright::editor::positions::Encoding;
use statewright::source::SourceId;

use super::answers::{self, Places};
use super::project::{Open, Opened, Project, inputs};
use super::{Arguments, uris};

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
            said: HashMap::new(),
            no_names: Names::default(),
        }
    }

    /// Reads everything anew.
    pub fn read_all(&mut self) {
        // The old ones go first: there are never two of a large project.
        self.project = None;
        let inputs = inputs(self.arguments, self.folders.clone());
        self.project = Some(Project::read(self.arguments, &inputs, &mut self.open));
        self.keep_said();
    }

    /// Brings what is known up to the texts as they are.
    pub fn settle(&mut self) {
        let Some(project) = &mut self.project else {
            return;
        };
        if project.settle(&self.open) {
            project.judge();
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
            let uri = Uri(project.uri(id, &self.open)?);
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
