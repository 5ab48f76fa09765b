//! Answers in which a product says why it does not do what was asked: saved in the place of a
//! workflow, they are JSON like any other.

use crate::diagnostic::Diagnostic;
use crate::fields::invalid_values;
use crate::node::Node;

use super::Target;

/// How a product says so. Ways to values are written `error.details[].message`: `[]` is the first
/// item of a list, and `*` the first field of an object.
#[derive(Debug)]
pub struct Refusals {
    /// Where its sentence may stand, the best place first.
    pub messages: &'static [&'static str],
    /// Where its word for the kind of error stands.
    pub code: Option<&'static str>,
    /// What to do about some of those kinds.
    pub advice: &'static [(&'static str, &'static str)],
    /// What to do about the others.
    pub otherwise: &'static str,
}

/// Where a server that stands before the product's own puts its sentence.
const OF_OTHERS: &[&str] = &[
    "message",
    "Message",
    "error.message",
    "error_description",
    "error",
    "errorMessage",
    "error.code",
    "errors[].message",
    "errors[].detail",
    "errors[].title",
    "errors[].error",
    "errors[]",
    "errors.*",
    "errors",
    "fault.faultstring",
    "detail",
    "title",
];

/// Reports that `answer` is such an answer, if it is. Whoever asks has seen that it has no field
/// of what should be here.
pub fn report(target: &Target, answer: &Node) -> Option<Diagnostic> {
    const LONGEST: usize = 100;
    let refusals = target.refusals;
    let own = refusals.messages.iter().copied();
    let said = own.clone().chain(OF_OTHERS.iter().copied());
    let said = said.filter_map(|way| text(answer, way)).next();
    let has_own = own.clone().any(|way| {
        let first = way.split(['.', '[']).next().unwrap_or(way);
        answer.get(first).is_some()
    });
    if said.is_none() && !has_own {
        return None;
    }
    let message = format!(
        "the JSON is an error answer of {}, not a workflow",
        target.title
    );
    let code = refusals.code.and_then(|way| text(answer, way));
    let kind = code.map(|(code, _)| code);
    let advice = refusals.advice.iter();
    let help = advice
        .filter(|(of, _)| Some(*of) == kind || Some(*of) == said.map(|(sentence, _)| sentence))
        .map(|(_, advice)| *advice)
        .next();
    let help = help.unwrap_or(refusals.otherwise).to_owned();
    let Some((sentence, place)) = said else {
        let label = "says that something failed, and not what";
        return Some(invalid_values::other(message, answer.span, label, help));
    };
    let line = sentence.lines().next().unwrap_or("").replace('`', "'");
    let whole = format!("{message}: `{line}`");
    let is_short = whole.chars().count() <= LONGEST && line == sentence;
    let message = if is_short { whole } else { message };
    let report = invalid_values::other(message, place, "why the product did not answer", help);
    Some(match is_short {
        true => report,
        false => report.note(format!("the product says: `{line}`")),
    })
}

/// The text at the end of a way, and its place.
fn text<'n>(answer: &'n Node, way: &str) -> Option<(&'n str, crate::source::Span)> {
    let mut node = answer;
    for step in way.split('.') {
        let (name, is_list) = match step.strip_suffix("[]") {
            Some(name) => (name, true),
            None => (step, false),
        };
        node = match name {
            "*" => &node.entries()?.first()?.value,
            name => node.get(name)?,
        };
        if is_list {
            node = node.items()?.first()?;
        }
    }
    let text = node.scalar()?.text();
    (!text.trim().is_empty()).then_some((text, node.span))
}
