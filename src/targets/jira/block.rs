//! The block `jira`: what only Jira needs to know, and what is wrong with it.

use crate::hashing::{HashMap, HashSet};

use schemars::{Schema, SchemaGenerator, json_schema};

use super::approvals::{self, Approval};
use super::holders::{FieldIds, Roles};
use super::parts::{digits_or_word, is_id, map, part};
use super::rules::{Rules, Texts};
use super::{NAME, wire};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fields::{self, Field, Fields, Subject, invalid_values};
use crate::graph::{Resolved, StateId};
use crate::model::Text;
use crate::node::{Entry, Node, respelt};
use crate::rules::undefined_states;
use crate::source::{Span, Spanned};
use crate::suggest;
use crate::targets::blocks::{
    Block, ByState, Described, Given, Id, Kind, Name, Required, Word, described, kinds,
};
use crate::targets::{ids, target_collisions};

described! {
    /// What the block `jira` may hold.
    "Jira",
    pub struct Settings {
        /// `global` for the company-managed projects of a site, or the id of the one team-managed
        /// project that the workflow belongs to. Global where absent.
        scope: Scope = "scope",
        /// The id of the workflow on the site; required for an update.
        workflow_id: Name = "workflow-id",
        /// The version of the workflow on the site that an update is made to.
        version: Version = "version",
        /// The ids of statuses that exist already, by state. The others are created.
        ids: ByState<StatusId> = "status-ids",
        /// Statuses of the site that the workflow no longer has, by their names under `migrate`: an
        /// update sends their issues to other statuses.
        removed: Removed = "removed-statuses",
        /// What a request calls the statuses, by state: UUIDs. Derived where absent.
        references: ByState<Id> = "status-references",
        /// Jira's own category of a status, by state, where it is not the one that follows from the
        /// state's.
        categories: ByState<Word<wire::StatusCategory>> = "status-categories",
        /// What statuses have on the site and a workflow has no words for, by state: words that Jira or
        /// an app gives a meaning. An import keeps it here, and requests send it again.
        properties: ByState<Texts> = "status-properties",
        /// The approvals of Jira Service Management, by state, likewise. Transitions are called by their
        /// names.
        approvals: ByState<Approval> = "status-approvals",
        /// Who has a role on the site, by role: the id of a project role, the id of a group, a
        /// permission, `reporter` or `assignee`, or a list of these.
        roles: Roles = "roles",
        /// The ids of the fields that transitions ask for, by what the workflow calls them.
        fields: FieldIds = "fields",
        /// What transitions have on the site and a workflow has no words for, in Jira's own: an
        /// import keeps it here, and requests send it again.
        rules: Rules = "rules",
    }
    and {
        /// The transitions that approvals make, by the states of these: approved and declined.
        approved: HashMap<StateId, (usize, usize)>,
    }
}

impl Block for Settings {
    const TARGET: &'static str = NAME;

    fn finish(&mut self, fields: &Fields, resolved: &Resolved, out: &mut Diagnostics) {
        report_shared(resolved, self, out);
        approvals::report_contradictions(resolved, fields, &self.properties, out);
        self.approved = approvals::approved(resolved, &self.approvals, out);
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

described! {
    /// A version of a workflow, as Jira's answers have it.
    "JiraVersion",
    pub struct VersionFields {
        /// Its id.
        id: Required<Id> = "id",
        /// Its number.
        number: Required<VersionNumber> = "number",
    }
}

kinds! {
    /// The number of a version, from 0.
    VersionNumber: Spanned<u64> = version_number, json_schema!({ "type": "integer", "minimum": 0 });
}

fn version_number(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Spanned<u64>> {
    let range = 0..=u64::MAX.into();
    let number = fields::integer_in(node, field, range, "a whole number from zero", out)?;
    Some(Spanned::new(u64::try_from(number.value).ok()?, number.span))
}

/// See [`VersionFields`]; `None` where one of its fields is not there.
pub enum Version {}

impl Kind for Version {
    type Is = Option<wire::Version>;

    fn read(Given { entry, field, .. }: Given, out: &mut Diagnostics) -> Self::Is {
        let kind = format!("`{}` of {}", field.name, field.owner.kind);
        let version: VersionFields = part(
            &entry.value,
            entry.key_span(),
            Subject::named(&kind, NAME),
            VersionFields::NAMES,
            out,
        )?;
        Some(wire::Version {
            id: version.id?.value.to_string(),
            version_number: version.number?.value,
        })
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<VersionFields>()
    }
}

described! {
    /// A status that the workflow no longer has.
    "JiraRemovedStatus",
    pub struct RemovedFields {
        /// Its id.
        id: Required<StatusId> = "id",
        /// Jira's own category of it.
        category: Required<Word<wire::StatusCategory>> = "category",
    }
}

/// Statuses that the workflow no longer has, by their names under `migrate`.
pub enum Removed {}

impl Kind for Removed {
    type Is = HashMap<String, (String, wire::StatusCategory)>;

    fn read(given: Given, out: &mut Diagnostics) -> Self::Is {
        let field = given.field;
        let mut found = Self::Is::default();
        let (Some(resolved), Some(entries)) = (given.resolved, map(given, out)) else {
            return found;
        };
        let migrate = &resolved.workflow().migrate;
        let gone: Vec<&str> = migrate.iter().map(|m| m.from.value.as_str()).collect();
        let known: HashSet<&str> = gone.iter().copied().collect();
        for entry in entries {
            let name = entry.key.text();
            if !known.contains(name) {
                out.push(not_removed(resolved, field, entry, &gone));
            }
            let kind = format!("`{name}` in `{}` of {}", field.name, field.owner.kind);
            let said: Option<RemovedFields> = part(
                &entry.value,
                entry.key_span(),
                Subject::named(&kind, NAME),
                RemovedFields::NAMES,
                out,
            );
            let said = said.and_then(|said| Some((said.id?, said.category?)));
            if let Some((id, category)) = said {
                found.insert(name.to_owned(), (id.value.to_string(), category.value));
            }
        }
        found
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let values = generator.subschema_for::<RemovedFields>();
        json_schema!({ "type": "object", "additionalProperties": values })
    }
}

fn not_removed(resolved: &Resolved, field: Field, entry: &Entry, gone: &[&str]) -> Diagnostic {
    let name = entry.key.text();
    if let Some(id) = resolved.find(name) {
        let message = format!("{field} names `{name}`, which is a state of the workflow");
        let label = "only removed states belong here";
        return Diagnostic::new(&undefined_states::CODE, message, entry.key_span(), label)
            .label(resolved.state(id).name.span, "the state is defined here")
            .help(format!("delete `{name}` here"));
    }
    let message = format!("{field} names `{name}`, which `migrate` does not have");
    let label = "where its tickets go is not said";
    let report = Diagnostic::new(&undefined_states::CODE, message, entry.key_span(), label);
    match suggest::nearest(name, gone.iter().copied()) {
        Some(near) => report.help(format!("change `{name}` to `{near}`")),
        None => report.help(format!(
            "add `{name}` to `migrate` with the state that takes its tickets"
        )),
    }
}

/// Statuses are told apart by their ids, and in a request by their references. A written
/// reference may also be one that is derived for another state.
fn report_shared(resolved: &Resolved, settings: &Settings, out: &mut Diagnostics) {
    let mut shared = |ids: Vec<(String, &str, Span)>| {
        let found = target_collisions::of_states(NAME, "status", ids);
        out.extend(found.into_iter().map(Diagnostic::blocking));
    };
    let with_id = resolved.states().filter_map(|(id, _)| {
        let text = settings.ids.get(&id)?;
        Some((text.value.to_string(), resolved.name(id), text.span))
    });
    shared(with_id.collect());
    if resolved.workflow().identifier.is_none() {
        return;
    }
    let workflow = ids::of(resolved.workflow());
    // Derived references first: a written one is to blame.
    let (written, derived): (Vec<_>, Vec<_>) = resolved
        .states()
        .partition(|(id, _)| settings.references.contains_key(id));
    let all = derived.into_iter().chain(written).map(|(id, state)| {
        let (name, place) = (state.name.value.as_str(), state.name.span);
        match settings.references.get(&id) {
            Some(text) => (text.value.to_string(), name, text.span),
            None => (ids::of_state(&workflow, state).to_string(), name, place),
        }
    });
    shared(all.collect());
}
