//! `statewright explain`.

use clap::Args;
use statewright::compile;
use statewright::diagnostic::{Code, Group, Level};

use super::Exit;
use super::output::print;

#[derive(Args)]
pub struct Arguments {
    /// The code to explain, as a report shows it; without one, all codes are listed
    #[arg(value_name = "CODE", value_parser = super::code)]
    code: Option<&'static Code>,
}

pub fn run(arguments: &Arguments) -> Exit {
    match arguments.code {
        Some(code) => print(code.page),
        None => print(&list()),
    }
}

/// Every code with its level, by chapter.
pub fn list() -> String {
    let codes = compile::codes();
    let width = codes.iter().map(|code| code.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    let mut group: Option<Group> = None;
    for code in codes {
        if group != Some(code.group) {
            let gap = if group.is_some() { "\n" } else { "" };
            text.push_str(&format!("{gap}{}\n", code.group.title()));
            group = Some(code.group);
        }
        let level = match code.level {
            Level::Deny | Level::Firm(_) => "error",
            Level::Warn => "warning",
            Level::Allow => "off",
        };
        text.push_str(&format!(
            "  {:width$}  {level:7}  {}\n",
            code.name, code.summary
        ));
    }
    debug_assert!(
        compile::codes()
            .iter()
            .any(|code| code.level == Level::Allow)
    );
    text.push_str(
        "\n`statewright explain CODE` explains one; `--warn CODE` turns one on that is off\n",
    );
    text
}
