//! The levels that the command line sets.

use clap::Args;
use statewright::diagnostic::{self, Code, Level, Levels};
use statewright::{compile, suggest};

use crate::cli::io::output::complain;

#[derive(Args)]
#[command(next_help_heading = "Levels")]
pub struct LevelArguments {
    /// Report this code as an error; `warnings` means every code that warns
    #[arg(long, value_name = "CODE", value_parser = codes_to_deny)]
    pub deny: Vec<Codes>,

    /// Report this code as a warning, also where it is off or an error that may be less
    #[arg(long, value_name = "CODE", value_parser = lowerable)]
    pub warn: Vec<&'static Code>,

    /// Do not report this code; what leaves nothing to compile is always an error
    #[arg(long, value_name = "CODE", value_parser = lowerable)]
    pub allow: Vec<&'static Code>,

    /// Tell what is left out of folders and why, and report omitted details, too
    ///
    /// Omitted details are what a product has no place for (as `--warn omitted-details`).
    #[arg(long, short)]
    pub verbose: bool,
}

impl LevelArguments {
    /// An option that sets a level, if one does; not one that does something else, too.
    pub fn given(&self) -> Option<&'static str> {
        let options = [
            ("--deny", self.deny.is_empty()),
            ("--warn", self.warn.is_empty()),
            ("--allow", self.allow.is_empty()),
        ];
        let given = options.into_iter().find(|(_, is_empty)| !is_empty);
        given.map(|(option, _)| option)
    }

    /// The levels that the command line asks for, over those of a configuration. What names one
    /// code wins over `warnings`, and of several for one code the mildest wins.
    pub fn over(&self, mut levels: Levels) -> Levels {
        let warnings = |codes: &Codes| matches!(codes, Codes::Warnings);
        if self.deny.iter().any(warnings) {
            statewright::config::of_warnings(Level::Deny, &mut levels);
        }
        for codes in &self.deny {
            if let Codes::One(code) = codes {
                levels.set(code, Level::Deny);
            }
        }
        let details = compile::code("omitted-details").filter(|_| self.verbose);
        let details = details.filter(|code| levels.of(code) == Level::Allow);
        details
            .iter()
            .chain(&self.warn)
            .for_each(|code| levels.set(code, Level::Warn));
        self.allow
            .iter()
            .for_each(|code| levels.set(code, Level::Allow));
        levels
    }
}

/// What `--deny` can name.
#[derive(Clone, Copy)]
pub enum Codes {
    Warnings,
    One(&'static Code),
}

fn codes_to_deny(name: &str) -> Result<Codes, String> {
    match name {
        "warnings" => Ok(Codes::Warnings),
        _ => code(name).map(Codes::One),
    }
}

/// A code by its name; for a name that no code has, what to say about it.
pub fn code(name: &str) -> Result<&'static Code, String> {
    if let Some(old) = diagnostic::retired(name) {
        let fate = format!("code `{name}` is {}", old.fate());
        return match compile::code(old.heir).filter(|_| old.is_renamed) {
            Some(code) => {
                complain(&fate);
                Ok(code)
            }
            None => Err(fate),
        };
    }
    compile::code(name).ok_or_else(|| {
        let codes = compile::codes();
        match suggest::nearest(name, codes.iter().map(|code| code.name)) {
            Some(near) => format!("no code has this name; the nearest is `{near}`"),
            None => "no code has this name; `statewright explain` lists them".to_owned(),
        }
    })
}

/// A code that may be less than an error.
fn lowerable(name: &str) -> Result<&'static Code, String> {
    let code = code(name)?;
    match code.is_firm() {
        true => Err(code.why_firm().to_owned()),
        false => Ok(code),
    }
}
