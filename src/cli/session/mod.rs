//! What commands have in common that look at many files: compiling all, and what comes of it.

pub mod against;
pub mod baseline;
mod cut;
pub mod fix;
pub mod history;
pub mod live;
pub mod page;
pub mod reporting;
pub mod revisions;

use statewright::compile::check_together;
use statewright::diagnostic::{Diagnostic, Severity};
use statewright::source::Source;
use statewright::{Compilation, Options, compile};

use crate::cli::io::progress::Progress;
use crate::cli::io::{Exit, jobs};

pub use reporting::Reporting;

/// [`Exit::Errors`] where an error was reported.
pub fn verdict(diagnostics: &[Diagnostic]) -> Exit {
    let is_error = |d: &Diagnostic| d.severity == Severity::Error;
    match diagnostics.iter().any(is_error) {
        true => Exit::Errors,
        false => Exit::Good,
    }
}

/// A report that a command adds to those of compiling as it is told, if it is.
pub fn told(
    found: Diagnostic,
    options: &[Options],
    compilations: &[Compilation],
) -> Option<Diagnostic> {
    let source = found.primary().span.source.0 as usize;
    compilations
        .get(source)?
        .told(found, &options.get(source)?.levels)
}

/// Every report, in the order of the files.
pub fn gather(compilations: &[Compilation]) -> Vec<Diagnostic> {
    compilations
        .iter()
        .flat_map(|c| &c.diagnostics)
        .cloned()
        .collect()
}

/// Those of `options`, one for each source, that are for `source`.
pub fn of_source<'o>(options: &'o [Options], source: &Source) -> &'o Options {
    &options[source.id().0 as usize]
}

/// Compiles each source with its options and checks them together; the answers are in the order
/// of the sources.
pub fn compile_all(sources: &[Source], options: &[Options]) -> Vec<Compilation> {
    together(compile_each(sources, options, |done, _, _| done), options)
}

/// As [`compile_all`], for whoever only asks what is reported: workflows are not kept, but for those that
/// are `wanted`, by the numbers of their sources, and a few. `known` is what compiling each source came to, as
/// far as that was done.
pub fn report_all(
    sources: &[Source],
    options: &[Options],
    known: Vec<Option<Compilation>>,
    wanted: impl Fn(&Source) -> bool + Sync,
) -> Vec<Compilation> {
    let is_alone = sources.len() == 1;
    let compiled = |sources: &[Source]| {
        compile_each(sources, options, |done, source, options| {
            reported(done, options, is_alone || wanted(source))
        })
    };
    if known.iter().all(Option::is_none) {
        return together(compiled(sources), options);
    }
    let unknown = sources
        .iter()
        .zip(&known)
        .filter(|(_, known)| known.is_none());
    let unknown: Vec<Source> = unknown.map(|(source, _)| source.clone()).collect();
    let mut compiled = compiled(&unknown).into_iter();
    let all = known
        .into_iter()
        .filter_map(|known| known.or_else(|| compiled.next()));
    together(all.collect(), options)
}

/// What is kept of a compilation for whoever only asks what is reported. Of a single one, the process takes the
/// memory with it when it ends.
pub fn reported(done: Compilation, options: &Options, is_alone: bool) -> Compilation {
    match is_alone {
        true => done,
        false => done.without_workflow(options),
    }
}

fn together(mut compilations: Vec<Compilation>, options: &[Options]) -> Vec<Compilation> {
    check_together(&mut compilations, |id| options.get(id.0 as usize));
    compilations
}

/// Compiles each source and shows how far that is, on several threads, whichever is done first.
/// Of each answer, what `keep` makes of it is kept.
pub fn compile_each(
    sources: &[Source],
    options: &[Options],
    keep: impl Fn(Compilation, &Source, &Options) -> Compilation + Sync,
) -> Vec<Compilation> {
    let progress = Progress::new("checking", sources.len());
    let compiled = |source: &Source| {
        let options = of_source(options, source);
        let compilation = keep(compile(source, options), source, options);
        progress.step();
        compilation
    };
    jobs::each_of_size(sources, |source| source.text().len(), compiled)
}
