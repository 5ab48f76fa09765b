//! Who and what the words of a workflow are on a site: roles, and fields that are asked for.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::NAME;
use super::parts::{digits_or_word, is_id, map};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fields::{self, Field, Subject, invalid_values, unknown_fields};
use crate::graph::Resolved;
use crate::hashing::{HashMap, HashSet};
use crate::node::Node;
use crate::rules::undefined_roles;
use crate::source::Span;
use crate::suggest;
use crate::targets::blocks::{Given, Kind};
use crate::targets::values;

/// Who has a role on the site.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Holder {
    /// Whoever has this role in the project.
    Role(String),
    /// The members of a group.
    Group(String),
    /// Whoever has this permission.
    Permission(String),
    /// Whoever reported the issue.
    Reporter,
    /// Whoever the issue is assigned to.
    Assignee,
}

impl Holder {
    /// What a text in the block, or in a parameter of Jira's, stands for.
    pub fn of(text: &str) -> Option<Holder> {
        let is_key = |text: &str| {
            let mut bytes = text.bytes();
            bytes.next().is_some_and(|b| b.is_ascii_uppercase())
                && bytes.all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
        };
        Some(match text {
            "reporter" => Holder::Reporter,
            "assignee" => Holder::Assignee,
            id if is_id(id) => Holder::Role(id.to_owned()),
            id if values::is_uuid(id) => Holder::Group(id.to_owned()),
            key if is_key(key) => Holder::Permission(key.to_owned()),
            _ => return None,
        })
    }

    /// The parameter of [`RESTRICT`] that lists such, and what it says there.
    pub fn parameter(&self) -> (&'static str, &str) {
        match self {
            Holder::Role(id) => ("roleIds", id),
            Holder::Group(id) => ("groupIds", id),
            Holder::Permission(key) => ("permissionKeys", key),
            Holder::Reporter => ("accountIds", "allow-reporter"),
            Holder::Assignee => ("accountIds", "allow-assignee"),
        }
    }
}

/// The field `roles` of the block.
pub enum Roles {}

impl Kind for Roles {
    type Is = HashMap<String, Vec<Holder>>;

    fn read(given: Given, out: &mut Diagnostics) -> Self::Is {
        let mut found = Self::Is::default();
        let (Some(resolved), Some(entries)) = (given.resolved, map(given, out)) else {
            return found;
        };
        let kind = format!("`roles` of {}", given.field.owner.kind);
        let owner = Subject::named(&kind, NAME);
        let known = roles(resolved);
        for entry in entries {
            let role = entry.key.text();
            if !known.contains(&role) && !resolved.workflow().doubts.roles {
                out.push(foreign(given.field, "role", entry.key_span(), role, &known));
            }
            let items = match entry.value.items() {
                Some(items) => items,
                None => std::slice::from_ref(&entry.value),
            };
            let field = owner.field(role);
            let holders = items.iter().filter_map(|item| holder(item, field, out));
            found.insert(role.to_owned(), holders.collect());
        }
        found
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": {
            "anyOf": [
                { "type": "string" },
                { "type": "integer", "minimum": 1 },
                { "type": "array", "items": { "anyOf": [{ "type": "string" }, { "type": "integer", "minimum": 1 }] } },
            ]
        } })
    }
}

fn holder(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Holder> {
    const WANTED: &str = "the id of a role or of a group, a permission, `reporter` or `assignee`";
    let text = digits_or_word(node, field, WANTED, out)?;
    let holder = Holder::of(&text.value);
    if holder.is_none() {
        let written = &text.value;
        let report = invalid_values::malformed(field, written, text.span, WANTED, "10002");
        out.push(report.note("a group has a UUID, and a permission a name in capital letters"));
    }
    holder
}

/// The roles that a file names: those that it declares, and those under `who`.
fn roles(resolved: &Resolved) -> Vec<&str> {
    let workflow = resolved.workflow();
    let declared = workflow.roles.iter().flat_map(|roles| &roles.value);
    let declared = declared.map(|role| role.name.value.as_str());
    let mentioned = undefined_roles::mentions(workflow).map(|role| role.value.as_str());
    let mut seen = HashSet::default();
    let all = declared.chain(mentioned);
    all.filter(|role| seen.insert(*role)).collect()
}

/// The field `fields` of the block.
pub enum FieldIds {}

impl Kind for FieldIds {
    type Is = HashMap<String, String>;

    fn read(given: Given, out: &mut Diagnostics) -> Self::Is {
        let mut found = Self::Is::default();
        let (Some(resolved), Some(entries)) = (given.resolved, map(given, out)) else {
            return found;
        };
        let kind = format!("`fields` of {}", given.field.owner.kind);
        let owner = Subject::named(&kind, NAME);
        let workflow = resolved.workflow();
        let starts = workflow.start.iter().filter_map(|s| s.transition.as_ref());
        let starts = starts.filter_map(|words| words.details().asks.as_ref());
        let transitions = workflow.transitions.iter();
        let asks = starts.chain(transitions.filter_map(|t| t.details().asks.as_ref()));
        let known: Vec<&str> = asks
            .flat_map(|asks| &asks.value)
            .map(|field| field.name.value.as_str())
            .collect();
        let named: HashSet<&str> = known.iter().copied().collect();
        for entry in entries {
            let name = entry.key.text();
            if !named.contains(name) {
                out.push(foreign(
                    given.field,
                    "field under `asks`",
                    entry.key_span(),
                    name,
                    &known,
                ));
            }
            let field = owner.field(name);
            let Some(id) = fields::name(&entry.value, field, out) else {
                continue;
            };
            match is_field_id(&id.value) {
                true => {
                    found.insert(name.to_owned(), id.value.to_string());
                }
                false => {
                    let (wanted, example) = ("the id of a field", "customfield_10050");
                    let report =
                        invalid_values::malformed(field, &id.value, id.span, wanted, example);
                    out.push(report);
                }
            }
        }
        found
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": { "type": "string" } })
    }
}

/// Whether a text may be the id of a field: `assignee`, `customfield_10050`.
pub fn is_field_id(text: &str) -> bool {
    let is_part = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    text.bytes().next().is_some_and(|b| b.is_ascii_alphabetic()) && text.bytes().all(is_part)
}

/// A key of the block that the file does not name as a `what`.
fn foreign(field: Field, what: &str, place: Span, name: &str, known: &[&str]) -> Diagnostic {
    let message = format!("{field} names `{name}`, which is no {what}");
    let label = format!("no {what} has this name");
    let code = match what {
        "role" => &undefined_roles::CODE,
        _ => &unknown_fields::CODE,
    };
    let report = Diagnostic::new(code, message, place, label);
    match suggest::nearest(name, known.iter().copied()) {
        Some(near) => report.help(format!("change `{name}` to `{near}`")),
        None => report.help(format!("delete `{name}`, or name it in the workflow")),
    }
}
