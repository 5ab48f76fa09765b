//! `statewright diff --live`: the files against what a product answers.

use statewright::changes::Workflows;
use statewright::changes::shown::{Shown, read_in_part};
use statewright::import::Input;
use statewright::limits::Limits;
use statewright::live::Sides;
use statewright::report::Sources;
use statewright::rules::Checked;
use statewright::source::{Source, SourceId};
use statewright::suggest;

use super::Arguments;
use crate::cli::arguments::live::Live;
use crate::cli::discovery::inputs;
use crate::cli::io::Exit;
use crate::cli::io::output::{complain, print};
use crate::cli::session;

/// How many names a line tells.
const MOST_NAMES: usize = 8;

pub fn run(arguments: &Arguments, live: &Live, input: Input) -> Exit {
    let found = inputs::read(&arguments.inputs, false, None);
    let limits = arguments.inputs.limits.over(Limits::default());
    let id = SourceId(found.sources.len() as u32);
    let (answered, answer) = match session::live::read(live, input, id, limits, None) {
        Ok(read) => read,
        Err(exit) => return exit.max(found.exit),
    };
    let target = input.target;
    let compilations = session::live::compiled(&found, target);
    let members = session::live::members(&found, &compilations, target);
    let mut exit = found.exit;
    let mut gaps = Vec::new();
    let mut workflows: Vec<&Checked> = Vec::new();
    for index in members {
        match compilations[index].checked_for(target) {
            Some(checked) => workflows.push(checked),
            None => gaps.push(format!(
                "not compared, because it has errors, which `statewright check` explains: `{}`",
                found.sources[index].name()
            )),
        }
    }
    if workflows.is_empty() && gaps.is_empty() && exit == Exit::Good {
        complain("there is no workflow file to compare: name files or folders");
        return Exit::Usage;
    }
    let is_list = target
        .document(input.import.document)
        .is_some_and(|d| d.is_list());
    let is_partial = !answer.is_whole;
    let sides = Sides::of(answer, &workflows);
    let file_of = |checked: &Checked| -> &Source {
        &found.sources[checked.workflow().place.source.0 as usize]
    };
    gaps.extend(sides.uncompared.iter().map(|(checked, why)| {
        format!(
            "not compared, because of this: {why}: `{}`",
            file_of(checked).name()
        )
    }));
    if is_partial {
        gaps.push(read_in_part(answered.name()));
    }
    if sides.is_empty() && gaps.is_empty() && !is_list {
        gaps.push(format!(
            "not compared, because none of the files is of this workflow: `{}`",
            answered.name()
        ));
    }
    if !sides.foreign.is_empty() && is_list {
        let names = suggest::phrase_up_to(&sides.foreign, MOST_NAMES);
        complain(&format!(
            "no file has these workflows of {}: {names}",
            target.title
        ));
    }
    let (firsts, differences): (Vec<&Checked>, Vec<_>) = sides.differences().into_iter().unzip();
    let mut new: Vec<&Source> = firsts.iter().map(|first| file_of(first)).collect();
    let mut pairing = Workflows {
        pairs: (0..new.len()).map(|index| (index, index)).collect(),
        ..Workflows::default()
    };
    let mut identifiers = Vec::new();
    if is_list && !is_partial {
        for missing in &sides.missing {
            pairing.added.push(new.len());
            new.push(file_of(missing));
            identifiers.push(missing.identifier());
        }
    }
    let differences: Vec<_> = differences.into_iter().map(Some).collect();
    let shown = Shown {
        sources: Sources::new(found.sources.iter().chain([&answered])),
        old: vec![&answered; new.len()],
        new,
        workflows: &pairing,
        differences: &differences,
        identifiers: (Vec::new(), identifiers),
        unchanged: 0,
        unread: &[],
        live: Some(target.title),
        uncompared: &gaps,
        tickets: Vec::new(),
    };
    exit = exit.max(print(&arguments.format.write()(&shown)));
    if let Some(out) = &arguments.out {
        exit = exit.max(super::picture::write(&shown, out));
    }
    if !shown.gaps().is_empty() {
        exit = exit.max(Exit::Unreadable);
    }
    if arguments.exit_code && shown.differ() {
        exit = exit.max(Exit::Errors);
    }
    exit
}
