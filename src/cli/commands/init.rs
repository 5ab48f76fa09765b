//! `statewright init`.

use std::path::Path;

use clap::Args;
use statewright::model::decode::{identifier_like, is_identifier};
use statewright::source::Syntax;

use crate::cli::arguments::SyntaxArgument;
use crate::cli::io::Exit;
use crate::cli::io::files::Files;
use crate::cli::io::output::print;

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
    if let Some(meant) = of_file_name(text) {
        return Err(format!("a file name, not an identifier; write `{meant}`"));
    }
    match (is_identifier(text), identifier_like(text)) {
        (true, _) => Ok(text.to_owned()),
        (false, Some(meant)) => Err(format!("not an identifier; write `{meant}`")),
        (false, None) => {
            Err("not an identifier; write words of a-z and 0-9 joined by `-`".to_owned())
        }
    }
}

/// What to write in place of the name of the file that is to be made.
fn of_file_name(text: &str) -> Option<String> {
    let syntax = Syntax::of_file_name(text)?;
    let (name, _) = text.split_once(".workflow.")?;
    let name = identifier_like(name)?;
    match syntax {
        Syntax::Yaml => Some(name),
        Syntax::Toml => Some(format!("{name} --syntax toml")),
        Syntax::Json => None,
    }
}

pub fn run(arguments: &Arguments) -> Exit {
    let (starter, ending) = match arguments.syntax {
        SyntaxArgument::Yaml => (YAML, "yaml"),
        SyntaxArgument::Toml => (TOML, "toml"),
    };
    let path = format!("{}.workflow.{ending}", arguments.name);
    let text = starter.replace(PLACEHOLDER, &arguments.name);
    let mut files = Files::new();
    let is_there = files.write_new(Path::new(&path), text.as_bytes(), "");
    let told = match is_there {
        true => print(&format!("wrote {path}; next: statewright check {path}\n")),
        false => Exit::Good,
    };
    told.max(files.finish())
}
