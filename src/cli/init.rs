//! `statewright init`.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

use clap::Args;
use statewright::model::decode::{identifier_like, is_identifier};

use super::inputs::reason;
use super::output::{complain, print};
use super::{Exit, SyntaxArgument};

#[derive(Args)]
pub struct Arguments {
    /// The identifier of the workflow: words of a-z and 0-9 joined by `-`
    #[arg(default_value = "help-desk", value_parser = identifier)]
    name: String,

    /// The syntax of the file
    #[arg(long, value_enum, default_value = "yaml")]
    syntax: SyntaxArgument,
}

const YAML: &str = include_str!("init/starter.workflow.yaml");
const TOML: &str = include_str!("init/starter.workflow.toml");
/// The identifier that stands in both starters.
const PLACEHOLDER: &str = "starter-workflow";

/// An identifier; for a text that is none, what to say about it.
pub fn identifier(text: &str) -> Result<String, String> {
    match (is_identifier(text), identifier_like(text)) {
        (true, _) => Ok(text.to_owned()),
        (false, Some(meant)) => Err(format!("not an identifier; write `{meant}`")),
        (false, None) => {
            Err("not an identifier; write words of a-z and 0-9 joined by `-`".to_owned())
        }
    }
}

pub fn run(arguments: &Arguments) -> Exit {
    let (starter, ending) = match arguments.syntax {
        SyntaxArgument::Yaml => (YAML, "yaml"),
        SyntaxArgument::Toml => (TOML, "toml"),
    };
    let path = format!("{}.workflow.{ending}", arguments.name);
    let text = starter.replace(PLACEHOLDER, &arguments.name);
    let file = OpenOptions::new().write(true).create_new(true).open(&path);
    match file.and_then(|mut file| file.write_all(text.as_bytes())) {
        Ok(()) => print(&format!("wrote {path}; next: statewright check {path}\n")),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            complain(&format!("`{path}` is already there and was left as it is"));
            Exit::Unwritable
        }
        Err(error) => {
            complain(&format!("cannot write `{path}`: {}", reason(&error)));
            Exit::Unwritable
        }
    }
}
