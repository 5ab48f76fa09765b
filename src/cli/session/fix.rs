//! The fixing part of `statewright check`.

use std::path::Path;

use clap::Args;
use statewright::config;
use statewright::diagnostic::{Diagnostic, Diagnostics, Group};
use statewright::fix::{self, Done, Known, Wanted};
use statewright::report::diff;
use statewright::silencing::add;
use statewright::source::Source;
use statewright::{Compilation, Options, compile};

use crate::cli::discovery::inputs::Found;
use crate::cli::io::Exit;
use crate::cli::io::files::Files;
use crate::cli::io::output::{Stream, print, print_exactly};
use crate::cli::session::{of_source, report_all, reported};

#[derive(Args)]
pub struct Fixing {
    /// Apply the fixes that cannot change what is meant; reports are what is left
    ///
    /// Comments, order, quoting and line ends stay. Standard input is written, fixed, to standard
    /// output, and reports then go to standard error.
    #[arg(long, help_heading = "Fixes")]
    fix: bool,

    /// Apply the fixes that a person should look at, too; without `--diff` this implies `--fix`
    #[arg(long, help_heading = "Fixes")]
    unsafe_fixes: bool,

    /// Write comments that silence everything that is reported and can be silenced
    ///
    /// Each says `TODO: say why` where its reason belongs. With `--fix`, fixes come first.
    #[arg(long, help_heading = "Fixes")]
    add_allows: bool,

    /// Show what would be fixed or added, and write nothing; reports go to standard error
    #[arg(long, help_heading = "Fixes")]
    diff: bool,
}

/// A source after its fixes.
struct Changed<K> {
    source: Source,
    done: Vec<Done>,
    silenced: usize,
    /// What compiling it came to, where it was and that is still so.
    known: Option<K>,
}

impl<K> Changed<K> {
    fn none(source: &Source) -> Self {
        Changed {
            source: source.clone(),
            done: Vec::new(),
            silenced: 0,
            known: None,
        }
    }
}

impl Fixing {
    /// Whether files are fixed, and not only shown.
    pub fn fixes(&self) -> bool {
        (self.fix || self.unsafe_fixes) && !self.diff
    }

    fn changes_files(&self) -> bool {
        self.fix || self.unsafe_fixes || self.diff || self.add_allows
    }

    /// The source without what can be fixed, as far as fixes are asked for.
    fn fixed<K: Known>(&self, source: &Source, compile: impl Fn(&Source) -> K) -> Changed<K> {
        let wanted = match self.unsafe_fixes {
            true => Wanted::All,
            false => Wanted::Safe,
        };
        let only_adds = self.add_allows && !self.fix && !self.unsafe_fixes;
        if only_adds {
            return Changed::none(source);
        }
        let fixed = fix::apply(source, wanted, &compile);
        Changed {
            source: fixed.source,
            done: fixed.done,
            silenced: 0,
            known: fixed.known,
        }
    }

    /// The source as the command line asks for it.
    fn changed<K: Known>(&self, source: &Source, compile: impl Fn(&Source) -> K) -> Changed<K> {
        let fixed = self.fixed(source, &compile);
        if !self.add_allows {
            return fixed;
        }
        let known = fixed.known.unwrap_or_else(|| compile(&fixed.source));
        let added = add::suppressions(&fixed.source, known, compile);
        Changed {
            source: added.source,
            done: fixed.done,
            silenced: added.count,
            known: added.known,
        }
    }
}

/// What was done before the report.
pub struct Fixed {
    /// What was fixed, a line each: where it was, and what was wrong.
    pub done: Vec<String>,
    /// How many reports were silenced by comments that were added.
    pub silenced: usize,
    /// Where reports belong, now that fixed text may be on standard output.
    pub reports_to: Stream,
    /// Whether everything could be written.
    pub exit: Exit,
}

/// Adds suppressions for what several sources do together.
fn silence_together(changed: &mut [Changed<Compilation>], options: &[Options]) {
    let sources: Vec<Source> = changed.iter().map(|c| c.source.clone()).collect();
    let compilations = report_all(&sources, options, Vec::new(), |_| false);
    for (changed, compilation) in changed.iter_mut().zip(compilations) {
        let together = |d: &Diagnostic| d.code.group == Group::Projects;
        let mut found = compilation.diagnostics;
        found.retain(together);
        if found.is_empty() || !is_whole(&changed.source) {
            continue;
        }
        let old = changed.source.clone();
        // Whether they are silenced shows when all files are checked again.
        let report = |source: &Source| match source.text() == old.text() {
            true => found.clone(),
            false => Vec::new(),
        };
        let added = add::suppressions(&old, found.clone(), report);
        changed.source = added.source;
        changed.known = None;
        changed.silenced += added.count;
    }
}

/// Fixes what the command line asks for.
pub struct Fixer<'a> {
    arguments: &'a Fixing,
    fixed: Fixed,
    /// Differences, or fixed standard input.
    shown: String,
    files: Files,
}

impl<'a> Fixer<'a> {
    /// Nothing is fixed so far.
    pub fn new(arguments: &'a Fixing) -> Self {
        Fixer {
            arguments,
            fixed: Fixed {
                done: Vec::new(),
                silenced: 0,
                reports_to: Stream::Output,
                exit: Exit::Good,
            },
            shown: String::new(),
            files: Files::new(),
        }
    }

    /// Fixes the configurations. An editor that has one file fixed does not ask for this.
    pub fn configs(&mut self, found: &mut Found) {
        if !self.arguments.changes_files() || found.has_standard_input {
            return;
        }
        let wanted = found.named_configs();
        found.configs.change(wanted, |source, path| {
            let read = |source: &Source| {
                let mut reports = Diagnostics::new();
                config::read(source, &mut reports);
                reports.into_sorted()
            };
            let fixed = self.arguments.fixed(source, read);
            self.take(source, Some(path), fixed)
                .unwrap_or(source.clone())
        });
    }

    /// Fixes the sources in `found`, which then have their new text. `options` are those of each.
    /// What compiling them came to is given back, as far as it was and that is still so.
    pub fn workflows(
        &mut self,
        found: &mut Found,
        options: &[Options],
    ) -> Vec<Option<Compilation>> {
        if !self.arguments.changes_files() {
            return Vec::new();
        }
        let is_alone = found.sources.len() == 1;
        let of = |source: &Source| compile(source, of_source(options, source));
        let changes: Vec<bool> = found
            .sources
            .iter()
            .enumerate()
            .map(|(index, source)| is_whole(source) && found.is_named(index))
            .collect();
        let of_each = found.sources.iter().zip(&changes);
        let mut changed: Vec<Changed<Compilation>> = of_each
            .map(|(source, changes)| match changes {
                true => {
                    let changed = self.arguments.changed(source, of);
                    let keep = |known| reported(known, of_source(options, source), is_alone);
                    Changed {
                        known: changed.known.map(keep),
                        ..changed
                    }
                }
                false => Changed::none(source),
            })
            .collect();
        if self.arguments.add_allows && changed.len() > 1 {
            silence_together(&mut changed, options);
        }
        let paths = found.sources.iter_mut().zip(&found.paths);
        let known = paths
            .zip(changed)
            .zip(changes)
            .map(|(((source, path), mut new), changes)| {
                let known = new.known.take();
                let is_other = source.text() != new.source.text();
                let taken = changes.then(|| self.take(source, path.as_deref(), new));
                if let Some(Some(new)) = taken {
                    *source = new;
                    return known;
                }
                known.filter(|_| !is_other)
            });
        known.collect()
    }

    /// Shows or writes what became of `source`; `None` where that is not to be gone on with.
    fn take(
        &mut self,
        source: &Source,
        path: Option<&Path>,
        new: Changed<impl Sized>,
    ) -> Option<Source> {
        let (old, text) = (source.text(), new.source.text());
        if self.arguments.diff {
            let difference = diff::unified(source.name(), old, text);
            self.shown.push_str(&difference);
            return None;
        }
        match path {
            None => self.shown.push_str(text),
            Some(_) if text == old => {}
            Some(path) => {
                if !self.files.write(path, text.as_bytes()) {
                    return None;
                }
            }
        }
        let name = source.name();
        let line = |done: &Done| {
            format!(
                "{name}:{}: fixed[{}]: {}",
                done.line, done.code, done.message
            )
        };
        self.fixed.done.extend(new.done.iter().map(line));
        self.fixed.silenced += new.silenced;
        Some(new.source)
    }

    /// Prints what is to be shown, and tells what was done.
    pub fn finish(mut self, found: &Found) -> Fixed {
        let changes = self.arguments.changes_files();
        self.fixed.exit = self.fixed.exit.max(self.files.finish());
        if self.arguments.diff || (changes && found.has_standard_input) {
            self.fixed.reports_to = Stream::Error;
            self.fixed.exit = self.fixed.exit.max(match self.arguments.diff {
                true => print(&self.shown),
                // A program that filters a text gives back every byte of it.
                false => print_exactly(&self.shown),
            });
        }
        self.fixed
    }
}

/// Whether all of the source is here. Of what is no text or too large only the beginning is, and
/// writing that would lose the rest.
pub fn is_whole(source: &Source) -> bool {
    source.invalid_text().is_none() && !source.is_too_large()
}
