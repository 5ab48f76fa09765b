//! What the scripts have in common: what they need in their environment, and what they say of errors.

use super::{Authorization, Requests, Variable};
use crate::targets;

/// The name of a variable in the environment: `ACTITIME_ADDRESS`.
pub fn variable(requests: &Requests, name: &str) -> String {
    let name = format!("{}_{name}", requests.target);
    name.to_ascii_uppercase().replace('-', "_")
}

/// What has to be in the environment, each with what it is.
pub fn environment(requests: &Requests) -> Vec<(String, String)> {
    let about = |v: &Variable| format!("{}, such as {}", v.about, v.example);
    let variables = requests.api.variables.iter();
    let variables = variables.map(|v| (variable(requests, v.name), about(v)));
    let secrets = requests.api.authorization.secrets().iter();
    let secrets = secrets.map(|name| (variable(requests, name), format!("the {name}")));
    variables.chain(secrets).collect()
}

/// What to do about an answer of this status, where the product's own words are not known.
pub const ADVICE: &[(u16, &str)] = &[
    (
        400,
        "the product does not take the body: compare it with its documentation",
    ),
    (
        401,
        "look at the name, password or token in the environment",
    ),
    (
        403,
        "ask an administrator for the permission that the notes at the top name",
    ),
    (
        404,
        "it is not there any more: fetch what is live, and plan again",
    ),
    (
        409,
        "somebody else has changed it: fetch what is live, and plan again",
    ),
    (
        422,
        "the product refuses what the body says: correct the workflow file, and plan again",
    ),
    (
        429,
        "the product wants fewer requests: run this again later",
    ),
];

/// How the product of these requests tells what is wrong: where its sentence and its word for the kind
/// of error may stand in an answer, and what to do about some kinds.
pub struct Errors {
    /// Ways to the sentence, such as `error.details[].message`, the best first.
    pub messages: Vec<&'static str>,
    /// The way to the kind.
    pub code: Option<&'static str>,
    /// What to do about a kind.
    pub advice: &'static [(&'static str, &'static str)],
}

/// How the product of these requests tells of errors.
pub fn errors(requests: &Requests) -> Errors {
    let own = targets::find(requests.target).map(|target| target.refusals);
    let messages = own.map_or(&[][..], |own| own.messages).iter();
    let others = [
        "message",
        "Message",
        "error.message",
        "error_description",
        "error",
    ];
    let mut messages: Vec<&str> = messages.copied().collect();
    messages.extend(
        others
            .iter()
            .filter(|way| !messages.contains(way))
            .copied()
            .collect::<Vec<_>>(),
    );
    Errors {
        messages,
        code: own.and_then(|own| own.code),
        advice: own.map_or(&[], |own| own.advice),
    }
}

/// How often a request is sent that the product puts off.
pub const MOST_TRIES: u32 = 5;

/// How many seconds a script waits at most before it sends a request again.
pub const LONGEST_WAIT: u32 = 300;

/// How many pages are asked for at most.
pub const MOST_PAGES: u32 = 10_000;

/// The words that a script needs of the authorization.
pub fn is_basic(requests: &Requests) -> bool {
    requests.api.authorization == Authorization::Basic
}
