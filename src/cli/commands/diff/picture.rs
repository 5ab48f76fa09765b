//! `diff --out`: one picture of both versions.

use std::path::Path;

use statewright::changes::picture;
use statewright::changes::shown::Shown;
use statewright::diagrams::{self, Notation, Style};

use crate::cli::io::Exit;
use crate::cli::io::files::write_file;
use crate::cli::io::outbox::wrote;
use crate::cli::io::output::complain;

/// The notation that the ending of a file means; what to say where none has it.
pub fn notation(path: &Path) -> Result<&'static Notation, String> {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension
        .and_then(diagrams::find_by_extension)
        .ok_or_else(|| {
            if let Some(why) = extension.and_then(diagrams::why_left_out) {
                return why.to_owned();
            }
            let endings = diagrams::ALL
                .iter()
                .map(|one| format!(".{}", one.extension));
            format!(
                "no notation has files that end like `{}`: take one of {}",
                path.to_string_lossy(),
                statewright::suggest::phrase(&endings.collect::<Vec<_>>())
            )
        })
}

/// Writes the picture of the one workflow that differs.
pub fn write(shown: &Shown, path: &Path) -> Exit {
    let notation = match notation(path) {
        Ok(notation) => notation,
        Err(message) => {
            complain(&message);
            return Exit::Usage;
        }
    };
    let name = path.to_string_lossy();
    let all: Vec<_> = shown.differing().collect();
    let difference = match all[..] {
        [(_, difference)] => difference,
        [] => {
            complain(&format!(
                "no workflow in both versions differs: there is no picture, and `{name}` was not written"
            ));
            return Exit::Good;
        }
        [..] => {
            let files: Vec<String> = all
                .iter()
                .map(|(file, _)| format!("`{}`", file.name()))
                .collect();
            complain(&format!(
                "`{name}` is one file, and {} workflows differ: name the file of one of them: {}",
                all.len(),
                statewright::suggest::phrase_up_to(&files, 5)
            ));
            return Exit::Usage;
        }
    };
    let style = Style::default();
    let picture = picture::merged(difference, &style, |span| shown.place(span));
    match notation.file_of(&picture, &style) {
        Ok(file) => {
            file.note.iter().for_each(|note| complain(note));
            let exit = write_file(path, file.bytes);
            if exit == Exit::Good {
                complain(&wrote(&[name]));
            }
            exit
        }
        Err(too_large) => {
            complain(&too_large.to_string());
            Exit::Errors
        }
    }
}
