//! How each code is reported, and where products differ in that.

use crate::compile;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Level, Levels};
use crate::fields::{self, Field, Subject, invalid_values, wrong_types};
use crate::node::{Entry, Node, respelt};
use crate::silencing::unknown_codes;
use crate::targets::{self, Target, lossy_imports};

/// Stands under `levels` for every code that warns.
pub(super) const WARNINGS: &str = "warnings";

/// The levels by the words for them.
const LEVELS: &[(&str, Level)] = &[
    ("allow", Level::Allow),
    ("warn", Level::Warn),
    ("deny", Level::Deny),
];

/// What others call the levels.
const SYNONYMS: &[(&str, &str)] = &[
    ("off", "allow"),
    ("ignore", "allow"),
    ("none", "allow"),
    ("warning", "warn"),
    ("on", "warn"),
    ("error", "deny"),
    ("forbid", "deny"),
];

/// Reads `levels`. Those of single products come last, as they say more.
pub(super) fn read(node: &Node, field: Field, levels: &mut Levels, out: &mut Diagnostics) {
    let owner = Subject::only("`levels`");
    let Some(entries) = node.entries() else {
        let help =
            "write `[levels]`, and below it a line for each code, such as `dead-ends = \"warn\"`";
        out.push(wrong_types::report(field, node, "a table of codes").help(help));
        return;
    };
    let (of_targets, of_all): (Vec<&Entry>, Vec<&Entry>) = entries
        .iter()
        .filter(|entry| !entry.is_lost())
        .partition(|entry| is_of_target(entry));
    read_each(&of_all, owner, out, |named, level| match named {
        Named::Warnings => of_warnings(level, levels),
        Named::Code(code) => levels.set(code, level),
    });
    for entry in of_targets {
        of_target(entry, owner, levels, out);
    }
}

/// Whether the entry is for a product: its name says so, or it is a table, as no code has.
fn is_of_target(entry: &Entry) -> bool {
    let name = entry.key.text();
    let is_table = entry.value.entries().is_some() && compile::code(name).is_none();
    targets::find(name).is_some() || is_table
}

/// Reads the levels of the product that the entry is for.
fn of_target(entry: &Entry, owner: Subject, levels: &mut Levels, out: &mut Diagnostics) {
    let name = entry.key.text();
    let target = targets::find(name).or_else(|| {
        out.push(targets::unknown(name, entry.key_span()));
        targets::nearest(name)
    });
    let Some(entries) = entry.value.entries() else {
        let wanted = "a table of codes";
        let help = format!(
            "write `[levels.{name}]`, and below it a line for each code, such as `lossy-targets = \"allow\"`"
        );
        out.push(wrong_types::report(owner.field(name), &entry.value, wanted).help(help));
        return;
    };
    let Some(target) = target else { return };
    let entries: Vec<&Entry> = entries.iter().filter(|entry| !entry.is_lost()).collect();
    let others: Vec<&&Entry> = entries.iter().filter(|entry| is_of_all(entry)).collect();
    for entry in others {
        out.push(not_of_targets(target, entry));
    }
    let kind = format!("`{name}` of `levels`");
    read_each(
        &entries,
        Subject::only(&kind),
        out,
        |named, level| match named {
            Named::Warnings => of_codes()
                .filter(|code| levels.of(code) == Level::Warn)
                .collect::<Vec<_>>()
                .into_iter()
                .for_each(|code| levels.set_for(target.name, code, level)),
            Named::Code(code) => levels.set_for(target.name, code, level),
        },
    );
}

/// The codes of which products can have levels of their own.
pub(super) fn of_codes() -> impl Iterator<Item = &'static Code> {
    let codes = targets::CODES.iter().copied();
    codes.filter(|code| !code.is_firm() && *code != &lossy_imports::CODE)
}

/// Whether a code is named that is not reported of single products.
fn is_of_all(entry: &Entry) -> bool {
    let code = compile::code(entry.key.text());
    code.is_some_and(|code| !code.is_firm() && of_codes().all(|other| other != code))
}

fn not_of_targets(target: &Target, entry: &Entry) -> Diagnostic {
    let (name, target) = (entry.key.text(), target.name);
    let message = format!("`{name}` cannot have a level for target `{target}` alone");
    let help = format!("move `{name}` from `[levels.{target}]` to `[levels]`");
    invalid_values::other(
        message,
        entry.key_span(),
        "not reported of single products",
        help,
    )
}

/// What a level is for.
enum Named {
    Warnings,
    Code(&'static Code),
}

/// Reads levels of codes. That of `warnings` comes first: what names one code says more.
fn read_each(
    entries: &[&Entry],
    owner: Subject,
    out: &mut Diagnostics,
    mut set: impl FnMut(Named, Level),
) {
    let is_of_warnings = |entry: &&&Entry| entry.key.text() == WARNINGS;
    for entry in entries.iter().filter(is_of_warnings) {
        if let Some(level) = level(entry, owner, out) {
            set(Named::Warnings, level);
        }
    }
    for entry in entries.iter().filter(|entry| !is_of_warnings(entry)) {
        let code = code(entry, out);
        let level = level(entry, owner, out);
        if let (Some(code), Some(level)) = (code, level) {
            if code.is_firm() && level != Level::Deny {
                out.push(firm(code, entry));
            }
            set(Named::Code(code), level);
        }
    }
}

/// Treats every code that warns as `level`, also where it warns for one product.
pub fn of_warnings(level: Level, levels: &mut Levels) {
    levels.set_warnings(level, compile::codes());
}

/// The code that the entry is about; one that does not exist is reported and taken for the
/// nearest.
fn code(entry: &Entry, out: &mut Diagnostics) -> Option<&'static Code> {
    let (written, at) = (entry.key.text(), entry.key_span());
    let named = unknown_codes::Named {
        what: "a level",
        written,
        at,
        others: &[WARNINGS],
        spelt: &|near| respelt(written, at, near),
        deleted: &|| None,
    };
    unknown_codes::find(&named, &compile::codes(), &mut |report| out.push(report))
}

fn level(entry: &Entry, owner: Subject, out: &mut Diagnostics) -> Option<Level> {
    let field = owner.field(entry.key.text());
    let synonym = entry.value.scalar().and_then(|scalar| {
        let same = |(word, _): &&(&str, &str)| scalar.text().eq_ignore_ascii_case(word);
        Some((scalar, SYNONYMS.iter().find(same)?.1))
    });
    let Some((scalar, meant)) = synonym else {
        return fields::keyword(&entry.value, field, LEVELS, out).map(|level| level.value);
    };
    let words = LEVELS.iter().map(|(word, _)| *word);
    let place = entry.value.span;
    out.push(invalid_values::not_a_word(
        field,
        scalar,
        place,
        Some(meant),
        words,
    ));
    LEVELS
        .iter()
        .find(|(word, _)| *word == meant)
        .map(|(_, level)| *level)
}

fn firm(code: &Code, entry: &Entry) -> Diagnostic {
    let name = code.name;
    let message = format!("`{name}` cannot be less than an error");
    let help = format!("delete `{name}` from `levels`");
    invalid_values::other(message, entry.value.span, "not for this code", help)
        .note(code.why_firm())
}
