//! The block `jira`: what only Jira needs to know, and what is wrong with it.

use crate::hashing::HashSet;

use schemars::{Schema, SchemaGenerator, json_schema};

use super::{NAME, wire};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fields::{Field, Fields, Subject, invalid_values, wrong_types};
use crate::graph::{Resolved, StateId};
use crate::model::Text;
use crate::node::{Node, ScalarKind, respelt};
use crate::targets::blocks::{Block, ByState, Given, Kind, Name, Word, described, kinds};
use crate::targets::{ids, target_collisions, values};

described! {
    /// What the block `jira` may hold.
    "Jira",
    pub struct Settings {
        /// `global` for the company-managed projects of a site, or the id of the one team-managed
        /// project that the workflow belongs to. Global where absent.
        scope: Scope = "scope",
        /// The ids of statuses that exist already, by state. The others are created.
        ids: ByState<StatusId> = "status-ids",
        /// What a request calls the statuses, by state: UUIDs for new ones. The id of a status that
        /// has one, or else derived, where absent.
        references: ByState<Name> = "status-references",
        /// Jira's own category of a status, by state, where it is not the one that follows from the
        /// state's.
        categories: ByState<Word<wire::StatusCategory>> = "status-categories",
    }
}

impl Block for Settings {
    const TARGET: &'static str = NAME;

    fn finish(&mut self, _: &Fields, resolved: &Resolved, out: &mut Diagnostics) {
        report_foreign_references(resolved, self, out);
        report_shared(resolved, self, out);
    }
}

/// Where a workflow may be used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// In every company-managed project of the site.
    #[default]
    Global,
    /// In the team-managed project of this id.
    Project(String),
}

kinds! {
    /// An id that Jira gives.
    StatusId: Text = status_id, number_or_text("^[1-9][0-9]*$");
}

/// As it stands in Jira's answers: digits, with or without quotes.
fn status_id(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Text> {
    const WANTED: &str = "the id of a status";
    let text = digits_or_word(node, field, WANTED, out)?;
    if is_id(&text.value) {
        return Some(text);
    }
    let (written, example) = (&text.value, "10001");
    let report = invalid_values::malformed(field, written, text.span, WANTED, example);
    out.push(report);
    None
}

fn number_or_text(pattern: &str) -> Schema {
    // Strict validators take no list of types.
    json_schema!({
        "description": "An id that Jira gives: a number, with or without quotes.",
        "anyOf": [{ "type": "string", "pattern": pattern }, { "type": "integer", "minimum": 1 }],
    })
}

/// Whether `text` is an id as Jira gives them.
pub fn is_id(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0') && !text.is_empty()
}

/// Text, or a number as it is spelt.
fn digits_or_word(node: &Node, field: Field, wanted: &str, out: &mut Diagnostics) -> Option<Text> {
    let scalar = node
        .scalar()
        .filter(|s| matches!(s.kind(), ScalarKind::Text | ScalarKind::Integer));
    if scalar.is_none() && !node.is_lost() {
        out.push(wrong_types::report(field, node, wanted));
    }
    Some(Text::new(scalar?.text().into(), node.span))
}

impl Scope {
    /// The id of the project; nothing for the whole site.
    pub fn project(&self) -> &str {
        match self {
            Scope::Global => "",
            Scope::Project(id) => id,
        }
    }
}

impl Kind for Scope {
    type Is = Scope;

    fn read(given: Given, out: &mut Diagnostics) -> Scope {
        read_scope(&given.entry.value, given.field, out).unwrap_or_default()
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        number_or_text("^(global|[1-9][0-9]*)$")
    }
}

fn read_scope(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Scope> {
    const WANTED: &str = "`global` or the id of a project";
    let text = digits_or_word(node, field, WANTED, out)?;
    match text.value.as_str() {
        "global" => Some(Scope::Global),
        id if is_id(id) => Some(Scope::Project(text.value.to_string())),
        other if other.eq_ignore_ascii_case("global") => {
            let spelt = respelt(other, text.span, "global");
            let written = (other, text.span);
            let report = invalid_values::meant(field, written, WANTED, "global", spelt, true);
            out.push(report);
            Some(Scope::Global)
        }
        other => {
            let message = format!("{field} is neither `global` nor the id of a project: `{other}`");
            let help = "write `global`, or the project's id, such as `10000`".to_owned();
            let report = invalid_values::other(message, text.span, "no project has this id", help);
            out.push(report.note("the id of a project is a number; its key is another thing"));
            None
        }
    }
}

/// A status that is new to a team-managed project is told apart by a UUID.
fn report_foreign_references(resolved: &Resolved, settings: &Settings, out: &mut Diagnostics) {
    if settings.scope == Scope::Global {
        return;
    }
    let owner = Subject::named("`status-references` of target", NAME);
    for (id, state) in resolved.states() {
        let Some(reference) = settings.references.get(&id) else {
            continue;
        };
        if settings.ids.contains_key(&id) || values::is_uuid(&reference.value) {
            continue;
        }
        let (written, example) = (&reference.value, "f0b24de5-25e7-4fab-ab94-63d81db6c0c0");
        let field = owner.field(&state.name.value);
        let report = invalid_values::malformed(field, written, reference.span, "a UUID", example);
        out.push(report.note("a new status of a team-managed project is told apart by a UUID"));
    }
}

/// Statuses are told apart by their ids, and in a request by their references. A written
/// reference may also be one that is derived for another state, or another's id.
fn report_shared(resolved: &Resolved, settings: &Settings, out: &mut Diagnostics) {
    let (ids, references) = (&settings.ids, &settings.references);
    let with_id = resolved.states().filter_map(|(state, _)| {
        let id = ids.get(&state)?;
        Some((state, (id.value.to_string(), resolved.name(state), id.span)))
    });
    let with_id: Vec<_> = with_id.collect();
    let shared = |ids| {
        let found = target_collisions::of_states(NAME, "status", ids);
        found.into_iter().map(Diagnostic::blocking)
    };
    out.extend(shared(
        with_id.iter().map(|(_, id)| id.clone()).collect::<Vec<_>>(),
    ));
    let Some(identifier) = &resolved.workflow().identifier else {
        return;
    };
    // An id stands for a reference that is not written; that two are equal is reported above.
    let mut seen = HashSet::default();
    let is_new = |(state, (id, _, _)): &(StateId, (String, _, _))| {
        !references.contains_key(state) && seen.insert(id.clone())
    };
    let mut all: Vec<_> = with_id
        .into_iter()
        .filter(is_new)
        .map(|(_, id)| id)
        .collect();
    // Derived references first: a written one is to blame.
    let (written, others): (Vec<_>, Vec<_>) = resolved
        .states()
        .partition(|(id, _)| references.contains_key(id));
    let derived = others.into_iter().filter(|(id, _)| !ids.contains_key(id));
    all.extend(derived.chain(written).map(|(id, state)| {
        let (name, place) = (state.name.value.as_str(), state.name.span);
        match references.get(&id) {
            Some(text) => (text.value.to_string(), name, text.span),
            None => (
                ids::of_workflow(&identifier.value, name).to_string(),
                name,
                place,
            ),
        }
    }));
    out.extend(shared(all));
}
