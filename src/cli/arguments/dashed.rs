//! Names of files that would be taken for options.
//!
//! Who runs `check $(git diff --name-only)`, or a hook that is handed names, hands on what somebody
//! else has called their files: `--write-baseline=/elsewhere/x.workflow.toml` may be one of them.

use std::ffi::OsString;
use std::path::Path;

use statewright::config::files::is_workflow_file;

use crate::cli::io::reading::shown;

/// The one option whose value is named as a workflow file is.
const NAMES_A_FILE: &str = "--stdin-filename=";

/// What is wrong with the arguments of the process, where one is obeyed as an option and is the name
/// of a file, too.
pub fn mistake(arguments: impl Iterator<Item = OsString>) -> Option<String> {
    let before = arguments.take_while(|argument| argument != "--");
    let mut dashed = before.filter(|argument| {
        let bytes = argument.as_encoded_bytes();
        bytes.len() > 1 && bytes.starts_with(b"-")
    });
    let is_name = |argument: &OsString| {
        let path = Path::new(argument);
        let is_value = argument.to_string_lossy().starts_with(NAMES_A_FILE);
        path.symlink_metadata().is_ok() || (is_workflow_file(path) && !is_value)
    };
    let name = dashed.find(is_name)?;
    let name = shown(Path::new(&name));
    Some(format!(
        "{name} is the name of a file, and looks like an option: write `--` before the names of files"
    ))
}
