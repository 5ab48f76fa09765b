//! `statewright explain`.

use clap::Args;
use statewright::diagnostic::{Code, Group, Level};
use statewright::expect::PROMISES;
use statewright::language::{self, Thing, page, promise};
use statewright::{compile, suggest};

use crate::cli::io::Exit;
use crate::cli::io::markdown::print_page;
use crate::cli::io::output::print;

#[derive(Args)]
pub struct Arguments {
    /// The code to explain, as a report shows it, or a field of a file (`states`, `transitions`, `expect`
    /// …) whose own fields are explained; without one, all codes are listed
    #[arg(value_name = "CODE|FIELD", value_parser = topic)]
    topic: Option<Topic>,
}

#[derive(Clone, Copy)]
enum Topic {
    Code(&'static Code),
    Thing(&'static Thing),
}

fn topic(text: &str) -> Result<Topic, String> {
    let is_known = page::find(text).is_some() || compile::codes().iter().any(|c| c.name == text);
    if let Some(of) = pages_with(text).filter(|_| !is_known) {
        return Err(format!("this field is told by {of}"));
    }
    let code = || match suggest::nearest(text, language::THINGS.iter().map(|thing| thing.name)) {
        Some(near) => Err(format!(
            "neither a code nor a field has this name; the nearest is `{near}`"
        )),
        None => crate::cli::arguments::code(text).map(Topic::Code),
    };
    page::find(text).map(Topic::Thing).map_or_else(code, Ok)
}

/// The pages that tell of a field inside of others: of `category`, or `states.category`.
fn pages_with(text: &str) -> Option<String> {
    let (of, name) = match text.rsplit_once('.') {
        Some((of, name)) => (Some(of), name),
        None => (None, text),
    };
    let holds = |thing: &&&Thing| {
        let is_promise = thing.name == promise::THING.name && PROMISES.names.contains(&name);
        of.is_none_or(|of| of == thing.name) && (is_promise || thing.names.contains(&name))
    };
    let pages = language::THINGS.iter().filter(holds);
    let pages: Vec<String> = pages
        .map(|thing| format!("`statewright explain {}`", thing.name))
        .collect();
    (!pages.is_empty()).then(|| pages.join(" and "))
}

pub fn run(arguments: &Arguments) -> Exit {
    match arguments.topic {
        Some(Topic::Code(code)) => {
            print_page(&format!("{}\nReported since {}.\n", code.page, code.since))
        }
        Some(Topic::Thing(thing)) => print_page(&page::of(thing, &PROMISES)),
        None => print(&list()),
    }
}

/// Every code with its level and the release that reported it first, by chapter.
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
            "  {:width$}  {level:7}  {}  {}\n",
            code.name, code.since, code.summary
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
    let things: Vec<&str> = language::THINGS.iter().map(|thing| thing.name).collect();
    text += &format!(
        "`statewright explain FIELD` tells what may stand in {}\n",
        suggest::phrase(&things)
    );
    text
}
