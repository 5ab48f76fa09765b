//! The baseline that a configuration names.

use std::path::{Component, Path};

use crate::baseline::FILE_NAME;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fields::{self, Field, invalid_values};
use crate::node::Node;
use crate::source::Text;

/// How its name ends. A file that a pull request names is read, reports show lines of it, and
/// `--write-baseline` writes it: that must be no file that is kept for anything else.
pub const ENDING: &str = "baseline.toml";

/// Reads the path of the baseline. One that leads elsewhere is reported.
pub(super) fn read(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Text> {
    let path = fields::name(node, field, out)?;
    let Some(why) = refused(&path.value) else {
        return Some(path);
    };
    let message = format!("{field} cannot be `{}`", path.value);
    let help = format!(
        "write the path of a file below the configuration's folder whose name ends in `{ENDING}`, \
         such as `{FILE_NAME}`"
    );
    out.push(invalid_values::other(message, path.span, why, help));
    None
}

/// What is wrong with a path, if anything is.
fn refused(path: &str) -> Option<&'static str> {
    let stays = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    // Windows takes `\` for a `/`; a path that means two things on two systems is none.
    if path.contains('\\') || !Path::new(path).components().all(stays) {
        return Some("not a path below the configuration's folder");
    }
    (!path.ends_with(ENDING)).then_some("not the name of a baseline")
}

/// The baseline that `named` names cannot be read, for the reason `why`; it may not be written yet.
pub fn unreadable(named: &Text, why: &str, is_missing: bool) -> Diagnostic {
    let message = format!(
        "the configuration names baseline `{}`, which cannot be read",
        named.value
    );
    let help = match is_missing {
        true => "write it with `statewright check --write-baseline`, or delete the field",
        false => "name a file that can be read, or delete the field",
    };
    invalid_values::other(message, named.span, why, help.to_owned())
}
