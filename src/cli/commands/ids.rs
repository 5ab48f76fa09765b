//! `statewright ids`.

use clap::Args;
use statewright::limits::Limits;
use statewright::live::Sides;
use statewright::live::ids::{Written, write};
use statewright::report;
use statewright::rules::Checked;
use statewright::source::SourceId;

use crate::cli::arguments::Inputs;
use crate::cli::arguments::live::{Live, named};
use crate::cli::discovery::inputs;
use crate::cli::io::Exit;
use crate::cli::io::files::Files;
use crate::cli::io::output::{complain, print, print_exactly};
use crate::cli::session::{self, Reporting};

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    pub inputs: Inputs,

    /// What the product answers, which FILE holds; its ids are written into the blocks of the files
    ///
    /// `statewright build --target TARGET:fetch` writes the requests that ask for it. Comments and order stay.
    #[arg(long, value_name = "TARGET[:DOCUMENT]=FILE", value_parser = named)]
    live: Live,

    #[command(flatten)]
    pub reporting: Reporting,
}

pub fn run(arguments: &Arguments) -> Exit {
    let Some(input) = arguments.live.input else {
        return Exit::Usage;
    };
    let found = inputs::read(&arguments.inputs, arguments.reporting.levels.verbose, None);
    let limits = arguments.inputs.limits.over(Limits::default());
    let id = SourceId(found.sources.len() as u32);
    let reporting = Some(&arguments.reporting);
    let answer = match session::live::read(&arguments.live, input, id, limits, reporting) {
        Ok((_, answer)) => answer,
        Err(exit) => return exit.max(found.exit),
    };
    let target = input.target;
    let compilations = session::live::compiled(&found, target);
    let mut exit = found.exit;
    let mut workflows: Vec<&Checked> = Vec::new();
    for index in session::live::members(&found, &compilations, target) {
        match compilations[index].checked_for(target) {
            Some(checked) => workflows.push(checked),
            None => {
                complain(&format!(
                    "`{}` was not written: it has errors, which `statewright check` explains",
                    found.sources[index].name()
                ));
                exit = exit.max(Exit::Errors);
            }
        }
    }
    let sides = Sides::of(answer, &workflows);
    let mut files = Files::new();
    let (mut lines, mut filtered) = (String::new(), String::new());
    let mut count = 0;
    for (checked, ids) in sides.ids() {
        let index = checked.workflow().place.source.0 as usize;
        let (source, path) = (&found.sources[index], &found.paths[index]);
        match write(source, checked, target.name, &ids) {
            Written::Same => {
                if path.is_none() {
                    filtered.push_str(source.text());
                }
            }
            Written::Text(text, ids) => match path {
                None => filtered.push_str(&text),
                Some(path) if files.write(path, text.as_bytes()) => {
                    count += ids;
                    let line = format!("{}: wrote {}", source.name(), counted(ids));
                    lines += &format!("{}\n", report::in_line(&line));
                }
                Some(_) => {}
            },
            Written::ByHand(what) => {
                complain(&format!(
                    "`{}` was not written: write this by hand in its block `{}`: {}",
                    source.name(),
                    target.name,
                    what.join("; ")
                ));
                exit = exit.max(Exit::Errors);
            }
        }
    }
    if count == 0 && exit == Exit::Good && !found.has_standard_input {
        lines.push_str("no id is new\n");
    }
    exit.max(files.finish())
        .max(print_exactly(&filtered))
        .max(print(&lines))
}

fn counted(ids: usize) -> String {
    match ids {
        1 => "1 id".to_owned(),
        many => format!("{many} ids"),
    }
}
