//! `target-collisions`: two states that become one in the product.

use std::collections::hash_map::Entry;
use std::fmt::Display;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level, Severity};
use crate::hashing::HashMap;
use crate::rules::Checked;
use crate::source::Span;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "target-collisions",
    since: "0.1.0",
    group: Group::Targets,
    level: Level::Deny,
    summary: "two states that become one in the product",
    page: include_str!("target_collisions.md"),
};

/// What must be unique on a site of a product.
#[derive(Debug)]
pub struct Unique {
    /// What two that share it are reported as.
    pub code: &'static Code,
    /// What they share: "id".
    pub what: &'static str,
    /// What two states do then: "become one status".
    pub states: &'static str,
    /// What two workflows do then: "have one name".
    pub workflows: &'static str,
    /// What is said of the second and of the first, where it is not that they have one.
    pub labels: Option<[&'static str; 2]>,
    /// What to do: `{first}` and `{second}` share `{value}`.
    pub help: &'static str,
    /// Why.
    pub note: Option<&'static str>,
    /// Whether it may be what is meant.
    pub is_warning: bool,
    /// Whether two files of one workflow may not share it, either.
    pub is_of_files: bool,
    /// Who has which, of these workflows.
    pub claims: for<'w> fn(&[&'w Checked]) -> Vec<Claim<'w>>,
}

/// Who has a value.
#[derive(Debug)]
pub struct Claim<'w> {
    value: String,
    workflow: &'w str,
    state: Option<&'w str>,
    place: Span,
    within: String,
}

impl<'w> Claim<'w> {
    /// A `workflow`, or its `state`, has this value, which is written at `place` or follows from what is.
    pub fn new(value: String, workflow: &'w str, state: Option<&'w str>, place: Span) -> Self {
        Claim {
            value,
            workflow,
            state,
            place,
            within: String::new(),
        }
    }

    /// Unique in this part of the site.
    pub fn within(mut self, part: &str) -> Self {
        self.within.push_str(part);
        self
    }

    fn name(&self) -> &str {
        self.state.unwrap_or(self.workflow)
    }
}

impl Unique {
    /// Ids; the rest is to be said.
    pub const IDS: Unique = Unique {
        code: &CODE,
        what: "id",
        states: "",
        workflows: "",
        labels: None,
        help: "give `{second}` an id of its own",
        note: None,
        is_warning: false,
        is_of_files: false,
        claims: |_| Vec::new(),
    };

    /// Reports what different workflows share; what two states of one share is reported with its block.
    /// That two files define one workflow is another mistake.
    pub fn check(&self, target: &str, workflows: &[&Checked], out: &mut Diagnostics) {
        let mut first: HashMap<(String, String), Claim> = HashMap::default();
        for claim in (self.claims)(workflows) {
            match first.entry((claim.within.clone(), claim.value.clone())) {
                Entry::Vacant(entry) => {
                    entry.insert(claim);
                }
                Entry::Occupied(first)
                    if first.get().workflow == claim.workflow && !self.is_of_files => {}
                Entry::Occupied(first) => out.push(self.shared(target, first.get(), &claim)),
            }
        }
    }

    fn shared(&self, target: &str, first: &Claim, second: &Claim) -> Diagnostic {
        let (what, one, other) = (self.what, first.workflow, second.workflow);
        let who = match (first.state, second.state) {
            (None, None) => format!("workflows `{one}` and `{other}` {}", self.workflows),
            (Some(here), Some(there)) => format!(
                "states `{here}` of workflow `{one}` and `{there}` of `{other}` {}",
                self.states
            ),
            _ => format!("a state and a workflow of `{one}` and `{other}` have one {what}"),
        };
        let message = format!("{who} in target `{target}`");
        let said = |sentence: &str| {
            let sentence = sentence.replace("{first}", first.name());
            let sentence = sentence.replace("{second}", second.name());
            sentence.replace("{value}", &second.value)
        };
        let labels = match self.labels {
            Some(labels) => labels.map(said),
            None => [
                format!("`{}` has this {what}, too", first.name()),
                format!("the {what} of `{}`", first.name()),
            ],
        };
        let [label, of_first] = labels;
        let mut report = Diagnostic::new(self.code, message, second.place, label)
            .label(first.place, of_first)
            .help(said(self.help));
        report.notes.extend(self.note.map(str::to_owned));
        match self.is_warning {
            true => report.severity(Severity::Warning),
            false => report,
        }
    }
}

/// Reports states of one workflow that are one `thing` ("step", "status") in `target`, because they
/// have one id: of each id, the state, and where that is written, or the state's name where it is
/// derived.
pub fn of_states<'w>(
    target: &str,
    thing: &str,
    ids: impl IntoIterator<Item = (String, &'w str, Span)>,
) -> Vec<Diagnostic> {
    let mut holders: HashMap<String, (&str, Span)> = HashMap::default();
    let mut found = Vec::new();
    for (id, state, place) in ids {
        let (first, first_place) = *holders.entry(id.to_lowercase()).or_insert((state, place));
        if first == state {
            continue;
        }
        let message =
            format!("states `{first}` and `{state}` become one {thing} in target `{target}`");
        let label = format!("`{first}` has this id, too");
        found.push(
            Diagnostic::new(&CODE, message, place, label)
                .label(first_place, format!("the id of `{first}`"))
                .help(format!("give `{state}` an id of its own"))
                .note(format!("both have the id `{id}`")),
        );
    }
    found
}

/// What a workflow says of a state that others have as well.
#[derive(Clone, Copy, Debug)]
pub struct Said<'w, T> {
    /// What it says.
    pub value: T,
    /// The workflow.
    pub workflow: &'w str,
    /// Where.
    pub place: Span,
}

/// Two workflows say different things of one `state`, which is one status in `target`.
pub fn contradiction<T: Display>(
    target: &str,
    state: &str,
    first: &Said<T>,
    second: &Said<T>,
    (help, note): (&str, &str),
) -> Diagnostic {
    let message = format!(
        "state `{state}` is `{}` in target `{target}` for workflow `{}`, and `{}` for `{}`",
        second.value, second.workflow, first.value, first.workflow
    );
    let label = format!("makes the status `{}`", second.value);
    let other = format!("makes the same status `{}`", first.value);
    Diagnostic::new(&CODE, message, second.place, label)
        .label(first.place, other)
        .help(help)
        .note(note)
}
