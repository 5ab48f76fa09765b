//! `statewright schema`.

use clap::Args;
use statewright::targets::Output;
use statewright::{schema, targets};

use crate::cli::arguments::names::output_or;
use crate::cli::io::Exit;
use crate::cli::io::output::print;

#[derive(Args)]
pub struct Arguments {
    /// `workflow` for workflow files, `config` for statewright.toml, or a document that is emitted
    #[arg(value_name = "workflow|config|TARGET[:DOCUMENT]", default_value = "workflow", value_parser = wanted)]
    of: Wanted,

    /// List what there is a schema of
    #[arg(long, conflicts_with = "of")]
    list: bool,
}

#[derive(Clone, Copy)]
enum Wanted {
    Workflow,
    Config,
    Document(Output),
}

fn wanted(text: &str) -> Result<Wanted, String> {
    match text {
        "workflow" => Ok(Wanted::Workflow),
        "config" => Ok(Wanted::Config),
        _ => output_or(&["workflow", "config"], text).map(Wanted::Document),
    }
}

pub fn run(arguments: &Arguments) -> Exit {
    if arguments.list {
        return print(&list());
    }
    let schema = match arguments.of {
        Wanted::Workflow => schema::workflow(),
        Wanted::Config => schema::config(),
        Wanted::Document(output) => schema::document(output.document),
    };
    print(&schema::to_text(&schema))
}

fn list() -> String {
    let mut lines = vec![
        ("workflow".to_owned(), "workflow files"),
        (
            "config".to_owned(),
            "the configuration file, statewright.toml",
        ),
    ];
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
