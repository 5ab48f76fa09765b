//! The limits that the command line sets.

use clap::Args;
use statewright::limits::{self, Grouped, Limit, Limits, Refused};

use crate::cli::arguments::names::instead;

#[derive(Args, Clone)]
pub struct LimitArguments {
    /// How much is read, or said of it: bytes, total, depth, aliases, states, name or reports
    #[arg(long, help_heading = "Limits", value_name = "NAME=NUMBER", value_parser = limit, long_help = help())]
    limit: Vec<(&'static Limit, usize)>,
}

impl LimitArguments {
    /// What the command line sets, over what a configuration sets.
    pub fn over(&self, mut limits: Limits) -> Limits {
        for (limit, number) in &self.limit {
            limit.set(&mut limits, *number);
        }
        limits
    }
}

fn help() -> String {
    let width = limits::ALL.iter().map(|limit| limit.name.len()).max();
    let width = width.unwrap_or(0);
    let mut text = "How much is read, or said of it\n\n".to_owned();
    for limit in limits::ALL {
        let (name, about, usual) = (limit.name, limit.about, Grouped(limit.usual));
        text.push_str(&format!("  {name:width$}  {about} (usually {usual})\n"));
    }
    text + "\nMay be given more than once."
}

/// A limit and its number; for what is none, what to say about it.
fn limit(text: &str) -> Result<(&'static Limit, usize), String> {
    let Some((name, number)) = text.split_once('=') else {
        return Err(match limits::find(text) {
            Some(limit) => format!("write the number, too, such as `{text}={}`", limit.usual),
            None => "write a name and a number, such as `depth=70`".to_owned(),
        });
    };
    let Some(limit) = limits::find(name) else {
        return Err(unknown(name));
    };
    let (name, most) = (limit.name, Grouped(limit.most));
    match limit.parse(number) {
        Ok(number) => Ok((limit, number)),
        Err(Refused::NotANumber) => Err(format!(
            "`{number}` is not a number; write digits, such as `{name}={}`",
            limit.usual
        )),
        Err(Refused::TooSmall) => Err(format!("`{name}` must be at least 1")),
        Err(Refused::TooLarge) => Err(format!(
            "`{name}` must be at most {most}: {}",
            limit.why_no_more
        )),
    }
}

fn unknown(name: &str) -> String {
    let names: Vec<&str> = limits::ALL.iter().map(|limit| limit.name).collect();
    format!("no limit has this name{}", instead(name, "limit", &names))
}
