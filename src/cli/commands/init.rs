//! `statewright init`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use statewright::config::files::is_workflow_file;
use statewright::limits::Limits;
use statewright::model::decode::{identifier_like, is_identifier};
use statewright::source::{Source, SourceId, Syntax};
use statewright::{Options, compile};

use crate::cli::arguments::{Inputs, SyntaxArgument};
use crate::cli::discovery::inputs;
use crate::cli::io::Exit;
use crate::cli::io::files::Files;
use crate::cli::io::output::{complain, print};
use crate::cli::io::reading::read_file;

#[derive(Args)]
pub struct Arguments {
    /// The identifier of the workflow: words of a-z and 0-9 joined by `-`; its name for people and its
    /// ticket type are made of that
    #[arg(default_value = "help-desk", value_parser = identifier)]
    name: String,

    /// What kind of tickets it is for
    #[arg(long, value_enum, default_value = "incident")]
    template: Template,

    /// The syntax of the file
    #[arg(long, value_enum, default_value = "yaml")]
    syntax: SyntaxArgument,

    /// The folder to write it into
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,

    /// Write over the file that is there, and also where another has this identifier
    #[arg(long)]
    force: bool,
}

/// A workflow to start from.
#[derive(Clone, Copy, ValueEnum)]
enum Template {
    /// Something broke, and is repaired
    Incident,
    /// A change is planned, approved and put in place
    Change,
    /// Somebody asks, and somebody else decides
    Approval,
    /// Somebody new gets what they need to work
    Onboarding,
}

impl Template {
    fn text(self, syntax: SyntaxArgument) -> &'static str {
        macro_rules! both {
            ($name:literal) => {
                match syntax {
                    SyntaxArgument::Yaml => include_str!(concat!("init/", $name, ".workflow.yaml")),
                    SyntaxArgument::Toml => include_str!(concat!("init/", $name, ".workflow.toml")),
                }
            };
        }
        match self {
            Template::Incident => both!("incident"),
            Template::Change => both!("change"),
            Template::Approval => both!("approval"),
            Template::Onboarding => both!("onboarding"),
        }
    }
}

/// The identifier and the name that stand in every template.
const PLACEHOLDERS: (&str, &str) = ("starter-workflow", "Starter Workflow");

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

/// What people call a workflow of this identifier.
fn title(identifier: &str) -> String {
    let words = identifier.split('-').map(|word| {
        let (first, rest) = word.split_at(1.min(word.len()));
        first.to_ascii_uppercase() + rest
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The file that has this identifier, among those that are checked here and in the folder that is
/// written into: two of them would be an error of the next check.
fn named(identifier: &str, out: &Path) -> Option<String> {
    let inputs = Inputs::here_and_in(out)?;
    let limits = Limits::default();
    // What cannot be read is for the check to tell, and that a folder is empty is no news here.
    let is_it = |path: &&PathBuf| {
        let name = path.to_string_lossy();
        let syntax = Syntax::of_file_name(&name).filter(|_| is_workflow_file(path));
        let read = syntax.and_then(|syntax| Some((syntax, read_file(path, limits).ok()?)));
        let Some((syntax, bytes)) = read else {
            return false;
        };
        let source = Source::from_bytes(SourceId(0), name, syntax, bytes).with_limits(limits);
        let compilation = compile(&source, &Options::default());
        let outline = compilation.outline();
        let its = outline
            .as_ref()
            .and_then(|outline| outline.identifier.as_ref());
        its.is_some_and(|its| its.value == identifier)
    };
    let files = inputs::files(&inputs);
    let named = files.iter().find(is_it)?;
    Some(named.to_string_lossy().into_owned())
}

pub fn run(arguments: &Arguments) -> Exit {
    let name = &arguments.name;
    let ending = match arguments.syntax {
        SyntaxArgument::Yaml => "yaml",
        SyntaxArgument::Toml => "toml",
    };
    let file = format!("{name}.workflow.{ending}");
    let path = match arguments.out == Path::new(".") {
        true => PathBuf::from(file),
        false => arguments.out.join(file),
    };
    let (identifier, titled) = PLACEHOLDERS;
    let text = arguments.template.text(arguments.syntax);
    let text = text.replace(identifier, name).replace(titled, &title(name));
    let mut files = Files::new();
    let is_new = !arguments.force && !path.exists();
    if let Some(other) = is_new.then(|| named(name, &arguments.out)).flatten() {
        let path = path.display();
        complain(&format!(
            "`{path}` was not written: `{other}` is workflow `{name}` already; choose another NAME, or add --force"
        ));
        return Exit::Unwritable;
    }
    let is_written = match arguments.force {
        true => files.write(&path, text.as_bytes()),
        false => files.write_new(&path, text.as_bytes(), ": --force writes over it"),
    };
    let path = path.display();
    let told = match is_written {
        true => print(&format!("wrote {path}; next: statewright check {path}\n")),
        false => Exit::Good,
    };
    told.max(files.finish())
}
