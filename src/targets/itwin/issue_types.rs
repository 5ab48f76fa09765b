//! Issue types that several workflows are for: the API has one workflow for each type.

use crate::hashing::HashMap;

use super::{NAME, Settings};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::model::Text;
use crate::rules::Checked;
use crate::targets::{blocks, target_collisions};

/// Reports each workflow for an issue type that an earlier one is for. A warning: the two may be
/// meant for different iTwins, which no file names.
pub fn check(workflows: &[&Checked], out: &mut Diagnostics) {
    let mut first: HashMap<String, (&str, Text)> = HashMap::default();
    for checked in workflows {
        let settings = blocks::of::<Settings>(checked);
        let Some(issue_type) = &settings.issue_type else {
            continue;
        };
        let workflow = checked.identifier();
        match first.get(issue_type.value.as_str()) {
            Some((other, place)) if *other != workflow => {
                out.push(shared((other, place), (workflow, issue_type)));
            }
            Some(_) => {}
            None => {
                first.insert(issue_type.value.to_string(), (workflow, issue_type.clone()));
            }
        }
    }
}

fn shared(first: (&str, &Text), second: (&str, &Text)) -> Diagnostic {
    let message = format!(
        "workflows `{}` and `{}` are for one issue type in target `{NAME}`",
        first.0, second.0
    );
    let label = format!("`{}` is for this type, too", first.0);
    Diagnostic::new(&target_collisions::CODE, message, second.1.span, label)
        .severity(Severity::Warning)
        .label(first.1.span, format!("the type of `{}`", first.0))
        .help("write another `type` in one of them, unless they are for different iTwins")
        .note("an iTwin has one workflow for each issue type")
}
