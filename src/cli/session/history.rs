//! What git keeps of files that are looked at while somebody works on them.

use std::collections::{HashMap, HashSet};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use statewright::config::FILE_NAME;
use statewright::config::files::is_workflow_file;
use statewright::limits::Limits;
use statewright::source::{Source, SourceId, Syntax};

use crate::cli::io::git::{Failure, Range, Versions, contents};
use crate::cli::io::links::repository;

/// What is asked of one repository.
pub struct Question {
    /// A folder in it.
    pub folder: PathBuf,
    pub range: Range,
    /// The canonical paths of the files that are asked for.
    pub files: HashSet<PathBuf>,
    /// The folders of which everything is asked for that is called like a workflow.
    pub folders: Vec<PathBuf>,
    pub limits: Limits,
}

/// A version of files as git keeps it.
#[derive(Debug)]
pub struct Kept {
    /// The root of the repository.
    pub root: PathBuf,
    /// The files by their canonical paths; why not, where git has not got one.
    pub files: HashMap<PathBuf, Result<Source, String>>,
}

/// What is to be asked so that these files, and what is called like a workflow in these folders, can be
/// held against a revision: a question for each repository. Paths are canonical.
pub fn questions(
    range: &Range,
    files: HashSet<PathBuf>,
    folders: Vec<PathBuf>,
    limits: Limits,
) -> Vec<Question> {
    let mut roots = HashSet::new();
    let of_files = files.iter().filter_map(|file| file.parent());
    let all = folders.iter().map(PathBuf::as_path).chain(of_files);
    let mut asked: Vec<PathBuf> = all
        .filter(|folder| repository(folder).is_some_and(|root| roots.insert(root.to_owned())))
        .map(Path::to_owned)
        .collect();
    asked.sort();
    let question = |folder| Question {
        folder,
        range: range.clone(),
        files: files.clone(),
        folders: folders.clone(),
        limits,
    };
    asked.into_iter().map(question).collect()
}

/// The answer to each question, or why there is none.
pub type Answers = Vec<Result<Kept, String>>;

/// Asks git on a thread of its own, so that nobody has to wait for it, and hands `told` the answers.
pub fn ask(
    questions: Vec<Question>,
    told: impl FnOnce(Answers) + Send + 'static,
) -> std::io::Result<()> {
    let asking = thread::Builder::new().spawn(move || {
        let answers = questions.iter().map(|question| {
            // A bug there must not leave whoever waits without an answer.
            let answer = catch_unwind(|| answer(question));
            match answer {
                Ok(kept) => kept.map_err(|failure| failure.to_string()),
                Err(_) => Err("a bug in statewright; please report it".to_owned()),
            }
        });
        told(answers.collect());
    });
    asking.map(drop)
}

/// Asks git.
pub fn answer(question: &Question) -> Result<Kept, Failure> {
    let Question {
        folder,
        range,
        files,
        folders,
        limits,
    } = question;
    let versions = Versions::find(range, folder)?;
    let root = versions.root.clone().unwrap_or_else(|| folder.clone());
    let path_of = |path: &[u8]| root.join(&*String::from_utf8_lossy(path));
    let wanted = |path: &[u8]| {
        let path = path_of(path);
        let is_below = |path: &Path| folders.iter().any(|folder| path.starts_with(folder));
        let has_any = |folder: &Path| {
            let mut files = files.iter();
            folders
                .iter()
                .any(|other| other.starts_with(folder) || folder.starts_with(other))
                || files.any(|file| file.starts_with(folder))
        };
        let is_config = || path.ends_with(FILE_NAME) && path.parent().is_some_and(has_any);
        files.contains(&path) || (is_workflow_file(&path) && is_below(&path)) || is_config()
    };
    let entries = versions.files(wanted, |_| false)?;
    let ids: Vec<String> = entries.iter().map(|entry| entry.id.clone()).collect();
    let held = contents(folder, &ids, limits.bytes, limits.total)?;
    let mut kept = Kept {
        root: root.clone(),
        files: HashMap::new(),
    };
    for entry in entries {
        let path = path_of(&entry.path);
        let Some(syntax) = Syntax::of_file_name(&path.to_string_lossy()) else {
            continue;
        };
        let within = String::from_utf8_lossy(&entry.path);
        let name = format!("{}:{within}", range.old_name());
        let of = |bytes: &Vec<u8>| {
            let source = Source::from_bytes(SourceId(0), name, syntax, bytes.clone());
            source.with_limits(*limits)
        };
        let file = match held.get(&entry.id) {
            Some(Ok(bytes)) => Ok(of(bytes)),
            Some(Err(why)) => Err(why.clone()),
            None => Err("git has not told what it holds".to_owned()),
        };
        kept.files.insert(path, file);
    }
    Ok(kept)
}
