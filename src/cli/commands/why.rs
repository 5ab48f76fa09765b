//! `statewright why`.

use clap::Args;
use serde::Serialize;
use statewright::compile::Targets;
use statewright::graph::{Resolved, StateId};
use statewright::report::{self, Report};
use statewright::why::{self, Question};

use crate::cli::arguments::Inputs;
use crate::cli::arguments::names::instead;
use crate::cli::discovery::inputs;
use crate::cli::io::Exit;
use crate::cli::io::output::{Stream, complain, print, print_lines};
use crate::cli::session::reporting::print_report;
use crate::cli::session::{Reporting, compile_all, gather, verdict};

#[derive(Args)]
pub struct Arguments {
    /// The state that tickets should come to
    #[arg(value_name = "TO")]
    to: String,

    /// Where the walks begin, instead of in the start states; may be given several times
    #[arg(long, value_name = "STATE")]
    from: Vec<String>,

    #[command(flatten)]
    pub inputs: Inputs,

    #[command(flatten)]
    pub reporting: Reporting,
}

impl Arguments {
    /// What is wrong with the arguments beyond what clap can tell.
    pub fn mistake(&self) -> Option<String> {
        let is_answer = ["auto", "human", "json"].contains(&self.reporting.format.as_str());
        let mut options = self.reporting.given();
        let option = options.find(|option| match *option {
            "--format" => !is_answer,
            option => option == "--statistics",
        })?;
        Some(format!(
            "`why` answers as --format human or json: leave out {option}, or use it with `check`"
        ))
    }
}

pub fn run(arguments: &Arguments) -> Exit {
    let found = inputs::read(&arguments.inputs, arguments.reporting.levels.verbose, None);
    let levels = |set| arguments.reporting.levels.over(set);
    let options = found.options(levels, |_| Targets::default());
    let compilations = compile_all(&found.sources, &options);
    let named = found.sources.iter().zip(&compilations);
    let graphs: Vec<(&str, &Resolved)> = named
        .filter_map(|(source, compilation)| Some((source.name(), compilation.resolved()?)))
        .collect();
    let asked: Vec<(&str, &Resolved, Question)> = graphs
        .iter()
        .filter_map(|(name, resolved)| Some((*name, *resolved, question(arguments, resolved)?)))
        .collect();
    let mut diagnostics = found.config_reports(levels);
    diagnostics.extend(gather(&compilations));
    let mut report = Report::new(found.all_sources(), &diagnostics);
    report.files = found.sources.len();
    let unread = found.not_looked_at(&[]);
    report.unread = &unread;
    let reporting = &arguments.reporting;
    if asked.is_empty() {
        if !found.sources.is_empty() {
            let missing = unknown(arguments, &graphs);
            missing.iter().for_each(|line| complain(line));
        }
        // A state may be missing only because its file could not be read.
        let reported = match verdict(&diagnostics) {
            Exit::Good => {
                let usage = match found.sources.is_empty() {
                    true => Exit::Good,
                    false => Exit::Usage,
                };
                usage.max(reporting.write_files(&report))
            }
            errors => errors.max(print_report(&report, reporting, Stream::Error)),
        };
        return found.exit.max(reported);
    }
    let printed = match reporting.format.as_str() {
        "json" => print(&as_json(&asked)),
        _ => print_lines(&as_text(&asked)),
    };
    found.exit.max(printed).max(reporting.write_files(&report))
}

/// The question about one workflow; `None` where it has not all of the states.
fn question(arguments: &Arguments, resolved: &Resolved) -> Option<Question> {
    let from = arguments.from.iter().map(|name| find(resolved, name));
    Some(Question {
        from: from.collect::<Option<Vec<_>>>()?,
        to: find(resolved, &arguments.to)?,
    })
}

/// The state of this name, or else the only one whose name differs in letter case alone.
fn find(resolved: &Resolved, name: &str) -> Option<StateId> {
    resolved.find(name).or_else(|| {
        let lower = name.to_lowercase();
        let alike = |id: &StateId| resolved.name(*id).to_lowercase() == lower;
        let mut found = resolved.states().map(|(id, _)| id).filter(alike);
        let only = found.next()?;
        found.next().is_none().then_some(only)
    })
}

/// What to say of names that no workflow has all of.
fn unknown(arguments: &Arguments, graphs: &[(&str, &Resolved)]) -> Vec<String> {
    let known = |name: &str| graphs.iter().any(|(_, r)| find(r, name).is_some());
    let asked = std::iter::once(&arguments.to).chain(&arguments.from);
    let missing: Vec<&String> = asked.filter(|name| !known(name)).collect();
    if missing.is_empty() && !graphs.is_empty() {
        return vec!["no file has all of these states".to_owned()];
    }
    let mut names: Vec<&str> = graphs
        .iter()
        .flat_map(|(_, r)| r.states().map(|(_, state)| state.name.value.as_str()))
        .collect();
    names.dedup();
    let say = |name: &&String| {
        let help = instead(name, "state", &names);
        format!("no state is named `{name}`{help}")
    };
    missing.iter().map(say).collect()
}

fn as_text(asked: &[(&str, &Resolved, Question)]) -> String {
    let answer = |(name, resolved, question): &(&str, &Resolved, Question)| {
        let answer = why::text::write(resolved, &why::answer(resolved, question));
        match asked.len() {
            1 => answer,
            _ => format!("{}\n\n{answer}", report::in_line(name)),
        }
    };
    let answers: Vec<String> = asked.iter().map(answer).collect();
    answers.join("\n")
}

fn as_json(asked: &[(&str, &Resolved, Question)]) -> String {
    #[derive(Serialize)]
    struct Answers<'a> {
        version: u8,
        answers: Vec<Answer<'a>>,
    }
    #[derive(Serialize)]
    struct Answer<'a> {
        #[serde(flatten)]
        answer: why::json::Object<'a>,
        file: &'a str,
    }
    let answers = asked.iter().map(|&(file, resolved, ref question)| Answer {
        answer: why::json::object(resolved, &why::answer(resolved, question)),
        file,
    });
    let answers = answers.collect();
    let text = serde_json::to_string_pretty(&Answers {
        version: 1,
        answers,
    });
    report::disarmed(&text.unwrap_or_default()) + "\n"
}
