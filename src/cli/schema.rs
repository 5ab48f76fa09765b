//! `statewright schema`.

use clap::Args;
use statewright::targets::Output;
use statewright::{schema, targets};

use super::Exit;
use super::build::output;
use super::output::print;

#[derive(Args)]
pub struct Arguments {
    /// `workflow` for workflow files, or a document that is emitted
    #[arg(value_name = "workflow|TARGET[:DOCUMENT]", default_value = "workflow", value_parser = wanted)]
    of: Wanted,

    /// List what there is a schema of
    #[arg(long)]
    list: bool,
}

#[derive(Clone, Copy)]
enum Wanted {
    Workflow,
    Document(Output),
}

fn wanted(text: &str) -> Result<Wanted, String> {
    match text {
        "workflow" => Ok(Wanted::Workflow),
        _ => output(text).map(Wanted::Document),
    }
}

pub fn run(arguments: &Arguments) -> Exit {
    if arguments.list {
        return print(&list());
    }
    let schema = match arguments.of {
        Wanted::Workflow => schema::workflow(),
        Wanted::Document(output) => schema::document(output.document),
    };
    print(&schema::to_text(&schema))
}

fn list() -> String {
    let mut lines = vec![("workflow".to_owned(), "workflow files")];
    for target in targets::ALL {
        for document in target.documents {
            lines.push((format!("{}:{}", target.name, document.name), document.about));
        }
    }
    let width = lines.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    lines
        .iter()
        .map(|(name, about)| format!("{name:width$}  {about}\n"))
        .collect()
}
