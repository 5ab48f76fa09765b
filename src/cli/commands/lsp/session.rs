//! What is known of the texts that an editor has open, and of the files around them.

use std::collections::HashMap;
use std::path::PathBuf;

use gen_lsp_types::{Diagnostic, Uri};
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

/// What is known.
pub struct Session<'a> {
    arguments: &'a Arguments,
    /// What the editor counts in a line.
    pub encoding: Encoding,
    /// Where it shows Markdown.
    pub shows: Markdown,
    /// The folders that it has open.
    pub folders: Vec<PathBuf>,
    /// The texts that it has open.
    pub open: Opened,
    /// Everything in the folders, once it is read.
    pub project: Option<Project<'a>>,
    /// The names that each open text gave when it was last read as a whole: while somebody types, it is not.
    names: HashMap<String, Names>,
    /// Those of a text that was never read as a whole.
    no_names: Names,
}

impl<'a> Session<'a> {
    pub fn new(arguments: &'a Arguments) -> Self {
        Session {
            arguments,
            encoding: Encoding::default(),
            shows: Markdown::default(),
            folders: Vec::new(),
            open: Opened::default(),
            project: None,
            names: HashMap::new(),
            no_names: Names::default(),
        }
    }

    /// Reads everything anew.
    pub fn read_all(&mut self) {
        // The old ones go first: there are never two of a large project.
        self.project = None;
        let inputs = inputs(self.arguments, self.folders.clone());
        self.project = Some(Project::read(self.arguments, &inputs, &mut self.open));
        self.keep_names();
    }

    /// Brings what is known up to the texts as they are.
    pub fn settle(&mut self) {
        let Some(project) = &mut self.project else {
            return;
        };
        if project.settle(&self.open) {
            project.judge();
            self.keep_names();
        }
    }

    fn keep_names(&mut self) {
        let Some(project) = &self.project else { return };
        for open in self.open.iter() {
            let compilation = project.compilation_of(open);
            let resolved = compilation.and_then(|compilation| compilation.resolved());
            if let Some(resolved) = resolved.filter(|resolved| resolved.states().len() > 0) {
                self.names.insert(uris::key(&open.uri), Names::of(resolved));
            }
        }
    }

    /// The names that an open text gives, as they were when it was last read as a whole.
    pub fn names_of(&self, open: &Open) -> &Names {
        self.names
            .get(&uris::key(&open.uri))
            .unwrap_or(&self.no_names)
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
