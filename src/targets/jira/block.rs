//! The block `jira`: what only Jira needs to know, and what is wrong with it.

use crate::hashing::HashMap;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema};

use super::{NAME, wire};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fields::{self, Field, Fields, Subject, invalid_values, wrong_types};
use crate::graph::{Resolved, StateId};
use crate::model::{TargetBlock, Text};
use crate::node::{Entry, Node, ScalarKind, respelt};
use crate::source::{Span, Spanned};
use crate::targets::target_collisions::{self, Holder};
use crate::targets::{blocks, ids};

/// What the block `jira` may hold.
#[derive(JsonSchema)]
#[schemars(rename = "Jira", rename_all = "kebab-case", deny_unknown_fields)]
#[allow(dead_code)] // read field by field, for reports with places
pub struct Block {
    /// `global` for the company-managed projects of a site, or the id of the one team-managed
    /// project that the workflow belongs to. Global where absent.
    scope: Option<ScopeText>,
    /// The ids of statuses that exist already, by state. The others are created.
    status_ids: Option<BTreeMap<String, IdText>>,
    /// What a request calls the statuses, by state: UUIDs for new ones. The id of a status that
    /// has one, or else derived, where absent.
    status_references: Option<BTreeMap<String, String>>,
    /// Jira's own category of a status, by state, where it is not the one that follows from the
    /// state's.
    status_categories: Option<BTreeMap<String, wire::StatusCategory>>,
}

pub(super) const FIELDS: &[&str] = &[
    "scope",
    "status-ids",
    "status-references",
    "status-categories",
];

/// An id that Jira gives: a number, with or without quotes.
#[derive(JsonSchema)]
#[schemars(inline, transform = number_or_text)]
#[allow(dead_code)] // only its schema is used
struct IdText(#[schemars(regex(pattern = r"^[1-9][0-9]*$"))] String);

/// `global`, or the id of a project.
#[derive(JsonSchema)]
#[schemars(inline, transform = number_or_text)]
#[allow(dead_code)] // only its schema is used
struct ScopeText(#[schemars(regex(pattern = r"^(global|[1-9][0-9]*)$"))] String);

fn number_or_text(schema: &mut Schema) {
    schema.remove("type");
    let text = serde_json::json!({"type": "string", "pattern": schema.remove("pattern")});
    let number = serde_json::json!({"type": "integer", "minimum": 1});
    // Strict validators take no list of types.
    schema.insert("anyOf".to_owned(), vec![text, number].into());
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

/// What the block says.
#[derive(Default)]
pub struct Settings {
    pub scope: Scope,
    pub ids: HashMap<StateId, Text>,
    pub references: HashMap<StateId, Text>,
    pub categories: HashMap<StateId, Spanned<wire::StatusCategory>>,
}

/// Reads the block and reports every mistake in it.
pub fn settings(resolved: &Resolved, block: &TargetBlock, out: &mut Diagnostics) -> Settings {
    let owner = Subject::named("target", NAME);
    let Some(fields) = Fields::of(&block.body, owner, block.name.span, FIELDS, out) else {
        return Settings::default();
    };
    let reader = Reader {
        resolved,
        fields: &fields,
    };
    let scope = fields.get("scope");
    let settings = Settings {
        scope: scope
            .and_then(|node| read_scope(node, fields.field("scope"), out))
            .unwrap_or_default(),
        ids: reader.by_state("status-ids", id, out),
        references: reader.by_state("status-references", fields::name, out),
        categories: reader.by_state("status-categories", category, out),
    };
    report_foreign_references(resolved, &settings, out);
    report_shared(resolved, &settings, out);
    settings
}

struct Reader<'r, 'f> {
    resolved: &'r Resolved,
    fields: &'r Fields<'f, 'static, 'f>,
}

impl Reader<'_, '_> {
    /// The map `name` of the block: for each state that it names, what `read` makes of its value.
    fn by_state<T>(
        &self,
        name: &'static str,
        read: fn(&Node, Field, &mut Diagnostics) -> Option<T>,
        out: &mut Diagnostics,
    ) -> HashMap<StateId, T> {
        let Some(node) = self.fields.get(name) else {
            return HashMap::default();
        };
        let kind = format!("`{name}` of target");
        let owner = Subject::named(&kind, NAME);
        let field = self.fields.owner().field(name);
        let entries = blocks::by_state(self.resolved, node, field, out);
        let value = |(id, entry): (StateId, &Entry<'static>)| {
            let field = owner.field(entry.key.text());
            Some((id, read(&entry.value, field, out)?))
        };
        entries.into_iter().filter_map(value).collect()
    }
}

fn category(
    node: &Node,
    field: Field,
    out: &mut Diagnostics,
) -> Option<Spanned<wire::StatusCategory>> {
    fields::keyword(node, field, wire::StatusCategory::WORDS, out)
}

/// An id that Jira gives, as it stands in its answers: digits, with or without quotes.
fn id(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Text> {
    const WANTED: &str = "the id of a status";
    let text = digits_or_word(node, field, WANTED, out)?;
    if is_id(&text.value) {
        return Some(text);
    }
    out.push(invalid_values::malformed(
        field,
        &text.value,
        text.span,
        WANTED,
        "10001",
    ));
    None
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
        if settings.ids.contains_key(&id) || blocks::is_uuid(&reference.value) {
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
    let mut ids = Seen::default();
    let mut references = Seen::default();
    for (state, _) in resolved.states() {
        if let Some(id) = settings.ids.get(&state) {
            let name = resolved.name(state);
            out.extend(ids.hold(&id.value, name, id.span));
            if !settings.references.contains_key(&state) {
                // Two equal ids are reported above.
                let _ = references.hold(&id.value, name, id.span);
            }
        }
    }
    let Some(identifier) = &resolved.workflow().identifier else {
        return;
    };
    // Derived references first: a written one is to blame.
    let (written, others): (Vec<_>, Vec<_>) = resolved
        .states()
        .partition(|(id, _)| settings.references.contains_key(id));
    let derived = others
        .into_iter()
        .filter(|(id, _)| !settings.ids.contains_key(id));
    for (id, state) in derived.chain(written) {
        let given = settings.references.get(&id);
        let reference = given.map_or_else(
            || ids::of_workflow(&identifier.value, &state.name.value).to_string(),
            |text| text.value.to_string(),
        );
        let place = given.map_or(state.name.span, |text| text.span);
        out.extend(references.hold(&reference, &state.name.value, place));
    }
}

/// The ids met so far, in lower case, each with the first state that has it.
#[derive(Default)]
struct Seen<'a> {
    holders: HashMap<String, Holder<'a>>,
}

impl<'a> Seen<'a> {
    /// Takes note of an id; a report where another state has it.
    fn hold(&mut self, id: &str, state: &'a str, place: Span) -> Option<Diagnostic> {
        let holder = Holder { state, place };
        if let Some(first) = self.holders.get(&id.to_lowercase()) {
            let report = target_collisions::report(NAME, "status", id, *first, holder);
            return Some(report.blocking());
        }
        self.holders.insert(id.to_lowercase(), holder);
        None
    }
}
