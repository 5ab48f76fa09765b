//! `statewright check`.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use clap::Args;
use statewright::compile::{Targets, check_together};
use statewright::diagnostic::Diagnostic;
use statewright::report::Report;
use statewright::source::Source;
use statewright::targets::{self, Target};
use statewright::{Compilation, Options, compile, suggest};

use super::output::print_report;
use super::{Exit, Inputs, Reporting, fix, inputs};

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    inputs: Inputs,

    /// Hold every file against this product, too, whether the file names it or not
    #[arg(long, value_name = "NAME", value_parser = target)]
    target: Vec<&'static Target>,

    #[command(flatten)]
    fixing: fix::Fixing,

    #[command(flatten)]
    reporting: Reporting,
}

/// A target by its name; for a name that no target has, what to say about it.
pub fn target(name: &str) -> Result<&'static Target, String> {
    targets::find(name).ok_or_else(|| {
        let names: Vec<&str> = targets::ALL.iter().map(|t| t.name).collect();
        format!(
            "no target has this name; the targets are {}",
            suggest::phrase(&names)
        )
    })
}

pub fn run(arguments: &Arguments) -> Exit {
    let mut found = inputs::read(&arguments.inputs);
    let options = Options {
        levels: arguments.reporting.levels.levels(),
        targets: Targets::NamedAnd(arguments.target.clone()),
    };
    let fixed = fix::run(&arguments.fixing, &mut found, |source| {
        compile(source, &options).diagnostics
    });
    let compilations = compile_all(&found.sources, &options);
    let diagnostics = gather(&compilations);
    let mut report = Report::new(&found.sources, &diagnostics);
    report.fixed = fixed.count;
    let written = print_report(&report, &arguments.reporting, fixed.reports_to);
    verdict(&compilations)
        .max(found.exit)
        .max(fixed.exit)
        .max(written)
}

/// [`Exit::Errors`] where an error was reported.
pub fn verdict(compilations: &[Compilation]) -> Exit {
    match compilations.iter().any(Compilation::has_errors) {
        true => Exit::Errors,
        false => Exit::Good,
    }
}

/// Every report, in the order of the files.
pub fn gather(compilations: &[Compilation]) -> Vec<Diagnostic> {
    compilations
        .iter()
        .flat_map(|c| &c.diagnostics)
        .cloned()
        .collect()
}

/// Compiles each source and checks them together; the answers are in the order of the sources.
pub fn compile_all(sources: &[Source], options: &Options) -> Vec<Compilation> {
    let mut compilations = compile_each(sources, options);
    check_together(&mut compilations, options);
    compilations
}

/// Compiles each source, on as many threads as the machine has, whichever is done first.
fn compile_each(sources: &[Source], options: &Options) -> Vec<Compilation> {
    let threads = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(sources.len());
    if threads <= 1 {
        return sources
            .iter()
            .map(|source| compile(source, options))
            .collect();
    }
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Compilation)>> = Mutex::new(Vec::with_capacity(sources.len()));
    let work = || {
        while let Some((index, source)) = claim(&next, sources) {
            let compilation = compile(source, options);
            // A poisoned lock means that another thread has a bug; its panic ends the run.
            done.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push((index, compilation));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter()
        .map(|(_, compilation)| compilation)
        .collect()
}

fn claim<'s>(next: &AtomicUsize, sources: &'s [Source]) -> Option<(usize, &'s Source)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    Some((index, sources.get(index)?))
}
