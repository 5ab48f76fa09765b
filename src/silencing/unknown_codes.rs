//! `unknown-codes`: a suppression or a level names a code that does not exist.

use crate::diagnostic::{self, Code, Diagnostic, Edit, Group, Level, Retired};
use crate::source::Span;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "unknown-codes",
    since: "0.1.0",
    group: Group::Upkeep,
    level: Level::Warn,
    summary: "a suppression or a level for a code that does not exist",
    page: include_str!("unknown_codes.md"),
};

/// Where a code is named.
pub struct Named<'n> {
    /// What names it: "suppression", "a level".
    pub what: &'n str,
    /// What is written.
    pub written: &'n str,
    /// Where.
    pub at: Span,
    /// What else could be written there.
    pub others: &'n [&'static str],
    /// How a name is written there.
    pub spelt: &'n dyn Fn(&str) -> String,
    /// What takes the name out, where that leaves something that can be read.
    pub deleted: &'n dyn Fn() -> Option<Vec<Edit>>,
}

/// The code of `codes` that is named; where it is none of them, that is told, and it is taken for the new
/// name of a code that was renamed, or for the nearest.
pub fn find(
    named: &Named,
    codes: &[&'static Code],
    tell: &mut dyn FnMut(Diagnostic),
) -> Option<&'static Code> {
    let of_name = |name: &str| codes.iter().copied().find(|code| code.name == name);
    let written = named.written;
    if let Some(code) = of_name(written) {
        return Some(code);
    }
    if let Some(old) = diagnostic::retired(written) {
        tell(retired(named, old));
        return of_name(old.heir).filter(|_| old.is_renamed);
    }
    let names = codes.iter().map(|code| code.name);
    let near = suggest::nearest(written, names.chain(named.others.iter().copied()));
    tell(unknown(named, near));
    near.and_then(of_name)
}

fn retired(named: &Named, old: &Retired) -> Diagnostic {
    let (what, written, heir) = (named.what, named.written, old.heir);
    let message = format!("{what} names retired code `{written}`");
    let report = Diagnostic::new(&CODE, message, named.at, old.fate());
    let fixed = report
        .help(format!("change `{written}` to `{heir}`"))
        .fix_if(old.is_renamed, named.at, (named.spelt)(heir));
    match old.is_renamed {
        true => fixed.note(format!("until then it is read as `{heir}`")),
        false => fixed.note(format!(
            "`{heir}` says something else as well, so that this counts for nothing until it is changed"
        )),
    }
}

fn unknown(named: &Named, near: Option<&str>) -> Diagnostic {
    let (what, written) = (named.what, named.written);
    let message = format!("{what} names unknown code `{written}`");
    let report = Diagnostic::new(&CODE, message, named.at, "no code has this name");
    if let Some(near) = near {
        return report
            .help(format!("change `{written}` to `{near}`"))
            .fix_if(suggest::alike(written, near), named.at, (named.spelt)(near));
    }
    let report = report.help(format!(
        "delete `{written}`; `statewright explain` lists the codes"
    ));
    match (named.deleted)() {
        Some(edits) => report.edits(false, edits),
        None => report,
    }
}
