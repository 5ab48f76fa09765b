//! What a product answered, read for a command.

use statewright::Compilation;
use statewright::compile::Targets;
use statewright::diagnostic::{Diagnostic, Severity};
use statewright::import::Input;
use statewright::limits::Limits;
use statewright::live::Answer;
use statewright::report::Report;
use statewright::source::{Source, SourceId, Syntax};
use statewright::targets::{self, Target};

use super::reporting::{print_findings, print_plainly};
use super::{Reporting, compile_all};
use crate::cli::arguments::STDIN;
use crate::cli::arguments::live::Live;
use crate::cli::discovery::inputs::{Found, read_one};
use crate::cli::io::Exit;

/// Reads the answer. What is wrong with it is told on standard error; where none of it is known, that is the
/// end of the run.
pub fn read(
    live: &Live,
    input: Input,
    id: SourceId,
    limits: Limits,
    reporting: Option<&Reporting>,
) -> Result<(Source, Answer), Exit> {
    let source = match read_one(&live.file, STDIN, Syntax::Json, limits) {
        Ok(source) => source.numbered(id),
        // That is told already.
        Err(_) => return Err(Exit::Unreadable),
    };
    let answer = Answer::read(&source, input);
    let told = match answer.is_whole {
        // What a workflow file has no word for is no part of the comparison.
        true => Vec::new(),
        false => answer.diagnostics.clone(),
    };
    let exit = tell(&source, &told, reporting);
    if answer.has_errors() {
        return Err(exit.max(Exit::Unreadable));
    }
    Ok((source, answer))
}

fn tell(source: &Source, found: &[Diagnostic], reporting: Option<&Reporting>) -> Exit {
    if found.is_empty() {
        return Exit::Good;
    }
    let report = Report::new([source], found);
    let reported = match reporting {
        Some(reporting) => print_findings(&report, reporting),
        None => print_plainly(&report),
    };
    let is_error = |found: &Diagnostic| found.severity == Severity::Error;
    match found.iter().any(is_error) {
        true => reported.max(Exit::Unreadable),
        false => reported,
    }
}

/// The files that are for the target, by their numbers: those that name it, or, where none does, all.
pub fn members(found: &Found, compilations: &[Compilation], target: &'static Target) -> Vec<usize> {
    let names_it = |index: &usize| {
        let resolved = compilations[*index].resolved();
        let config = found.config_of(*index);
        config.is_some_and(|config| config.targets.contains(&target))
            || resolved.is_none_or(|resolved| targets::block(resolved, target.name).is_some())
    };
    let named: Vec<usize> = (0..compilations.len()).filter(names_it).collect();
    match named.is_empty() {
        true => (0..compilations.len()).collect(),
        false => named,
    }
}

/// What the files come to, held against this target alone.
pub fn compiled(found: &Found, target: &'static Target) -> Vec<Compilation> {
    let output = target.default_output();
    let options = found.options(|set| set, |_| Targets::Only(vec![output]));
    compile_all(&found.sources, &options)
}
