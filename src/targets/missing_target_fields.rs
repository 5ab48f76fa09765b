//! `missing-target-fields`: the product requires what the file does not say.

use crate::diagnostic::{Code, Diagnostic, Group, Level, Stops};
use crate::source::Span;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "missing-target-fields",
    since: "0.1.0",
    group: Group::Targets,
    level: Level::Firm(Stops::Documents),
    summary: "a field that the product requires is not there",
    page: include_str!("missing_target_fields.md"),
};

/// A field that is missing, and a value that would do, spelt as both syntaxes spell it.
pub type Missing<'a> = (&'a str, &'a str);

/// `target` requires `fields` of `parent` (a field such as `record`, or nothing for the block
/// itself); `place` is where they are missing. One report for all of them, `None` for none.
pub fn report(
    target: &str,
    parent: Option<&str>,
    fields: &[Missing],
    place: Span,
) -> Option<Diagnostic> {
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    let some = suggest::phrase_up_to(&names, 3);
    let owner = match parent {
        Some(parent) => format!("`{parent}` of target `{target}`"),
        None => format!("target `{target}`"),
    };
    let label = match names.as_slice() {
        [] => return None,
        [one] => format!("the product requires `{one}`"),
        _ => "the product requires them".to_owned(),
    };
    let way = match parent {
        Some(parent) => format!("under `targets`, `{target}`, `{parent}`"),
        None => format!("under `targets`, `{target}`"),
    };
    Some(
        Diagnostic::new(&CODE, format!("{owner} has no {some}"), place, label)
            .help(format!("add {} {way}", with_examples(fields))),
    )
}

/// `field` (`case`) says what is to be created, so its id `id` is known only when the product has
/// answered the request to `path`.
pub fn not_created(target: &str, field: &str, id: &str, path: &str, place: Span) -> Diagnostic {
    let message = format!("target `{target}` has no `{id}`, only `{field}` to create");
    Diagnostic::new(&CODE, message, place, "its id is known when it is created").help(format!(
        "build `{target}:{field}`, send it to `{path}`, and write the id of the answer as `{id}`"
    ))
}

fn with_examples(fields: &[Missing]) -> String {
    if let [(name, example)] = fields {
        return format!("`{name}` with a value such as `{example}`");
    }
    let each: Vec<String> = fields
        .iter()
        .map(|(name, example)| format!("`{name}` (such as `{example}`)"))
        .collect();
    match each.as_slice() {
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
        [] => String::new(),
    }
}
