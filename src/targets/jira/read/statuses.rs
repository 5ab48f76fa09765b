//! What the statuses of a workflow have in Jira: that nothing can be edited in one, which the language can
//! say, and the rest, which is kept in Jira's words.

use super::super::approvals::{EDITABLE, is_count};
use super::super::holders::is_field_id;
use super::super::wire::{ApprovalCount, Excluded};
use super::transitions::Ways;
use crate::fields::{Fields, Subject};
use crate::node::{Entry, Node, ScalarKind};
use crate::targets::blocks::Words;
use crate::targets::lossy_imports::Reason;
use crate::targets::reading::{Reading, given, says_nothing};
use crate::write::value::{Field, Style, Value};

/// What one status has.
#[derive(Default)]
pub struct Status<'n, 's> {
    /// Whether nothing can be edited in it.
    pub forbids_edits: bool,
    properties: Vec<&'n Entry<'s>>,
    approval: Option<&'n Entry<'s>>,
}

impl<'n, 's> Status<'n, 's> {
    /// That of the status `name`. What is of another form than Jira's is told and left out.
    pub fn of(fields: &Fields<'n, 's, '_>, name: &str, reading: &mut Reading) -> Self {
        let owner = Subject::named("status", name);
        let mut status = Status::default();
        let properties = given(fields, "properties").and_then(Node::entries);
        for entry in properties.unwrap_or(&[]) {
            match (entry.key.text(), text(&entry.value)) {
                (EDITABLE, Some("false")) => status.forbids_edits = true,
                // As a status without the property is.
                (EDITABLE, Some("true")) => reading.say_no_more(entry.key_span()),
                (_, Some(_)) => status.properties.push(entry),
                (_, None) => reading.leave_out(owner, entry, Reason::NoWord),
            }
        }
        match fields.entry("approvalConfiguration") {
            Some(entry) if is_approval(&entry.value) => status.approval = Some(entry),
            Some(entry) if !says_nothing(&entry.value) => {
                reading.leave_out(owner, entry, Reason::NoWord);
            }
            _ => reading.no_word(fields, ["approvalConfiguration"]),
        }
        status
    }

    /// Its properties, as the block has them.
    pub fn properties(&self) -> Option<Value> {
        let all = self.properties.iter();
        let all = all.map(|entry| Field::new(entry.key.text(), Value::of(&entry.value)));
        let all: Vec<Field> = all.collect();
        (!all.is_empty()).then_some(Value::Map(all, Style::Lines))
    }

    /// Its approval, as the block has it: transitions are called by their names. The status is the one
    /// at `at`, called `name`.
    pub fn approval(
        &self,
        at: usize,
        name: &str,
        ways: &Ways,
        reading: &mut Reading,
    ) -> Option<Value> {
        let entry = self.approval?;
        let mut fields = Vec::new();
        for part in entry.value.entries()? {
            let (key, said) = (part.key.text(), text(&part.value));
            let value = match key {
                "active" => Value::Word(said?.to_owned()),
                "conditionValue" => Value::Word(said?.to_owned()),
                "transitionApproved" | "transitionRejected" => {
                    let Some(name) = ways.name_of(said?, at) else {
                        reading.leave_out(Subject::named("status", name), entry, Reason::NoWord);
                        return None;
                    };
                    Value::Text(name.to_owned())
                }
                _ if says_nothing(&part.value) => continue,
                _ => Value::of(&part.value),
            };
            fields.push(Field::new(key, value));
        }
        Some(Value::Map(fields, Style::Lines))
    }
}

fn text<'n>(node: &'n Node) -> Option<&'n str> {
    let scalar = node.scalar().filter(|s| s.kind() == ScalarKind::Text);
    scalar.map(|scalar| scalar.text())
}

/// Whether Jira documents an approval of this form.
fn is_approval(node: &Node) -> bool {
    let said = |name: &str| node.get(name).and_then(text);
    let is_part = |entry: &Entry| {
        let said = text(&entry.value);
        let is = |test: fn(&str) -> bool| said.is_some_and(test);
        match entry.key.text() {
            "active" => is(|text| matches!(text, "true" | "false")),
            "conditionType" => is(|text| count(text).is_some()),
            "conditionValue" | "transitionApproved" | "transitionRejected" => said.is_some(),
            "fieldId" => is(is_field_id),
            "prePopulatedFieldId" => says_nothing(&entry.value) || is(is_field_id),
            "exclude" => says_nothing(&entry.value) || is_excluded(&entry.value),
            _ => false,
        }
    };
    let entries = node.entries();
    let is_whole = [
        "active",
        "fieldId",
        "transitionApproved",
        "transitionRejected",
    ];
    entries.is_some_and(|all| all.iter().all(is_part))
        && is_whole.iter().all(|name| said(name).is_some())
        && said("conditionType")
            .and_then(count)
            .is_some_and(|count| said("conditionValue").is_some_and(|value| is_count(value, count)))
}

fn count(word: &str) -> Option<ApprovalCount> {
    let mut words = ApprovalCount::WORDS.iter();
    words.find(|(known, _)| *known == word).map(|(_, is)| *is)
}

fn is_excluded(node: &Node) -> bool {
    let is_one = |item: &Node| {
        let known = |said| Excluded::WORDS.iter().any(|(word, _)| *word == said);
        text(item).is_some_and(known)
    };
    node.items().is_some_and(|items| items.iter().all(is_one))
}
