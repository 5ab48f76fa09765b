//! `--live`: what a product answered.

use std::path::PathBuf;

use statewright::import::Input;

use crate::cli::arguments::names::input;

/// `TARGET[:DOCUMENT]=FILE`.
#[derive(Clone)]
pub struct Live {
    /// What the file holds; nothing where it is not said.
    pub input: Option<Input>,
    /// The file.
    pub file: PathBuf,
}

/// As it stands on the command line.
pub fn live(text: &str) -> Result<Live, String> {
    let Some((name, file)) = text.split_once('=') else {
        return Ok(Live {
            input: None,
            file: PathBuf::from(text),
        });
    };
    if file.is_empty() {
        return Err("no file is named after `=`".to_owned());
    }
    Ok(Live {
        input: Some(input(name)?),
        file: PathBuf::from(file),
    })
}

/// The same, where only the target tells what the file holds.
pub fn named(text: &str) -> Result<Live, String> {
    let live = live(text)?;
    match live.input {
        Some(_) => Ok(live),
        None => Err("write TARGET=FILE, such as `actitime=actitime.live.json`".to_owned()),
    }
}
