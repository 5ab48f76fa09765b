//! The fixing part of `statewright check`.

use clap::Args;
use statewright::diagnostic::Diagnostic;
use statewright::fix::{self, Wanted};
use statewright::report::diff;
use statewright::silencing::add;
use statewright::source::Source;
use statewright::syntax::MAX_BYTES;

use super::Exit;
use super::inputs::Found;
use super::output::{Stream, print, write_file};

#[derive(Args)]
#[command(next_help_heading = "Fixes")]
pub struct Fixing {
    /// Apply the fixes that cannot change what is meant; reports are what is left
    ///
    /// Comments, order, quoting and line ends stay. Standard input is written, fixed, to standard
    /// output, and reports then go to standard error.
    #[arg(long)]
    fix: bool,

    /// Apply the fixes that a person should look at, too; without `--diff` this implies `--fix`
    #[arg(long)]
    unsafe_fixes: bool,

    /// Write comments that silence everything that is reported and can be silenced
    ///
    /// Each says `TODO: say why` where its reason belongs. With `--fix`, fixes come first.
    #[arg(long)]
    add_allows: bool,

    /// Show what would be fixed or added, and write nothing; reports go to standard error
    #[arg(long)]
    diff: bool,
}

/// A source after its fixes.
struct Changed {
    source: Source,
    count: usize,
    silenced: usize,
}

impl Fixing {
    fn changes_files(&self) -> bool {
        self.fix || self.unsafe_fixes || self.diff || self.add_allows
    }

    /// The source as the command line asks for it.
    fn changed(&self, source: &Source, compile: impl Fn(&Source) -> Vec<Diagnostic>) -> Changed {
        let wanted = match self.unsafe_fixes {
            true => Wanted::All,
            false => Wanted::Safe,
        };
        let only_adds = self.add_allows && !self.fix && !self.unsafe_fixes;
        let (source, count) = match only_adds {
            true => (source.clone(), 0),
            false => {
                let fixed = fix::apply(source, wanted, &compile);
                (fixed.source, fixed.count)
            }
        };
        if !self.add_allows {
            return Changed {
                source,
                count,
                silenced: 0,
            };
        }
        let added = add::suppressions(&source, &compile);
        Changed {
            source: added.source,
            count,
            silenced: added.count,
        }
    }
}

/// What was done before the report.
pub struct Fixed {
    /// How many fixes were applied.
    pub count: usize,
    /// How many reports were silenced by comments that were added.
    pub silenced: usize,
    /// Where reports belong, now that fixed text may be on standard output.
    pub reports_to: Stream,
    /// Whether everything could be written.
    pub exit: Exit,
}

/// Fixes what the command line asks for: the sources in `found` then have their new text.
pub fn run(
    arguments: &Fixing,
    found: &mut Found,
    compile: impl Fn(&Source) -> Vec<Diagnostic>,
) -> Fixed {
    let mut fixed = Fixed {
        count: 0,
        silenced: 0,
        reports_to: Stream::Output,
        exit: Exit::Good,
    };
    if !arguments.changes_files() {
        return fixed;
    }
    let mut shown = String::new();
    for (source, path) in found.sources.iter_mut().zip(&found.paths) {
        if !is_whole(source) {
            continue;
        }
        let new = arguments.changed(source, &compile);
        if arguments.diff {
            let difference = diff::unified(source.name(), source.text(), new.source.text());
            shown.push_str(&difference);
            continue;
        }
        match path {
            None => shown.push_str(new.source.text()),
            Some(_) if new.source.text() == source.text() => {}
            Some(path) => {
                let exit = write_file(path, new.source.text());
                fixed.exit = fixed.exit.max(exit);
                if exit != Exit::Good {
                    continue;
                }
            }
        }
        fixed.count += new.count;
        fixed.silenced += new.silenced;
        *source = new.source;
    }
    if arguments.diff || found.paths.contains(&None) {
        fixed.reports_to = Stream::Error;
        fixed.exit = fixed.exit.max(print(&shown));
    }
    fixed
}

/// Whether all of the source is here. Of what is no text or too large only the beginning is, and
/// writing that would lose the rest.
fn is_whole(source: &Source) -> bool {
    source.invalid_text().is_none() && source.text().len() <= MAX_BYTES
}
