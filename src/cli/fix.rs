//! The fixing part of `statewright check`.

use clap::Args;
use statewright::diagnostic::Diagnostic;
use statewright::fix::{self, Wanted};
use statewright::report::diff;
use statewright::source::Source;
use statewright::syntax::MAX_BYTES;

use super::Exit;
use super::inputs::Found;
use super::output::{Stream, print, print_exactly, write_file};

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

    /// Show what would be fixed and write nothing; reports go to standard error
    #[arg(long)]
    diff: bool,
}

/// What was done before the report.
pub struct Fixed {
    /// How many fixes were applied.
    pub count: usize,
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
        reports_to: Stream::Output,
        exit: Exit::Good,
    };
    if !(arguments.fix || arguments.unsafe_fixes || arguments.diff) {
        return fixed;
    }
    let wanted = match arguments.unsafe_fixes {
        true => Wanted::All,
        false => Wanted::Safe,
    };
    let mut shown = String::new();
    for (source, path) in found.sources.iter_mut().zip(&found.paths) {
        if !is_whole(source) {
            continue;
        }
        let new = fix::apply(source, wanted, &compile);
        if arguments.diff {
            let difference = diff::unified(source.name(), source.text(), new.source.text());
            shown.push_str(&difference);
            continue;
        }
        match path {
            None => shown.push_str(new.source.text()),
            Some(_) if new.count == 0 => {}
            Some(path) => {
                let exit = write_file(path, new.source.text());
                fixed.exit = fixed.exit.max(exit);
                if exit != Exit::Good {
                    continue;
                }
            }
        }
        fixed.count += new.count;
        *source = new.source;
    }
    if arguments.diff || found.paths.contains(&None) {
        fixed.reports_to = Stream::Error;
        fixed.exit = fixed.exit.max(match arguments.diff {
            true => print(&shown),
            // A program that filters a text gives back every byte of it.
            false => print_exactly(&shown),
        });
    }
    fixed
}

/// Whether all of the source is here. Of what is no text or too large only the beginning is, and
/// writing that would lose the rest.
fn is_whole(source: &Source) -> bool {
    source.invalid_text().is_none() && source.text().len() <= MAX_BYTES
}
