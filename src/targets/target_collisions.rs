//! `target-collisions`: two states that become one in the product.

use crate::diagnostic::{Code, Diagnostic, Group, Level};
use crate::source::Span;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "target-collisions",
    group: Group::Targets,
    level: Level::Deny,
    summary: "two states that become one in the product",
    page: include_str!("target_collisions.md"),
};

/// A state and where its id in a product is written; its name, where the id is derived.
#[derive(Clone, Copy, Debug)]
pub struct Holder<'a> {
    /// The state's name.
    pub state: &'a str,
    /// Where its id comes from.
    pub place: Span,
}

/// Two states have one `id`, so that they are one `thing` ("step", "status") in `target`.
pub fn report(target: &str, thing: &str, id: &str, first: Holder, second: Holder) -> Diagnostic {
    let message = format!(
        "states `{}` and `{}` become one {thing} in target `{target}`",
        first.state, second.state
    );
    let label = format!("`{}` has this id, too", first.state);
    Diagnostic::new(&CODE, message, second.place, label)
        .label(first.place, format!("the id of `{}`", first.state))
        .help(format!("give `{}` an id of its own", second.state))
        .note(format!("both have the id `{id}`"))
}
