//! The folder from which paths count in the reports that programs read.

use std::path::{Path, PathBuf};

use statewright::report::Paths;

/// Where CI systems say that the repository is: GitHub's runner and GitLab's.
const VARIABLES: [&str; 2] = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"];

/// How paths are told from the folder `given`, else from the root of the repository that the program
/// runs in; none outside of one.
pub fn paths(given: Option<&Path>) -> Option<Paths> {
    let here = std::env::current_dir().ok()?;
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let roots = match given {
        Some(given) => both(given),
        None => stated(&here).or_else(|| above(&here))?,
    };
    Some(Paths::new(
        &text(&here),
        roots.iter().map(|root| text(root)),
    ))
}

/// The root that a CI system names. Of another folder than the program runs in it says nothing.
fn stated(here: &Path) -> Option<Vec<PathBuf>> {
    let named = VARIABLES.iter().filter_map(std::env::var_os);
    let mut named = named.filter(|value| !value.is_empty()).map(PathBuf::from);
    named.find_map(|root| {
        let roots = both(&root);
        roots
            .iter()
            .any(|root| here.starts_with(root))
            .then_some(roots)
    })
}

/// The nearest folder that holds `.git`.
fn above(here: &Path) -> Option<Vec<PathBuf>> {
    let root = here.ancestors().find(|above| above.join(".git").exists())?;
    Some(vec![root.to_owned()])
}

/// A folder without links on the way, as the system tells where the program runs, and as it is
/// named, as files on the command line may be.
fn both(root: &Path) -> Vec<PathBuf> {
    let real = std::fs::canonicalize(root).ok();
    let named = std::path::absolute(root).ok();
    real.into_iter().chain(named).collect()
}
