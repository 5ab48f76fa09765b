//! The rules of a transition: those that the language has words for, and the rest, which is kept in Jira's.

use std::collections::BTreeMap;

use super::super::holders::{Holder, is_field_id};
use super::super::people::{ONLY_PEOPLE, RESTRICT, RESTRICT_ALL, VALIDATE_FIELD};
use crate::fields::Fields;
use crate::language::transition::FIELDS as LANGUAGE;
use crate::node::{Entry, Kind, Node, ScalarKind};
use crate::targets::lossy_imports::Reason;
use crate::targets::reading::{Reading, given, says_nothing};
use crate::write::value::{Field, Style, Value};

/// Those that can be kept, in the order in which they are written.
const KEPT: &[&str] = &[
    "actions",
    "conditions",
    "customIssueEventId",
    "properties",
    "transitionScreen",
    "triggers",
    "validators",
];

/// The rules of one transition, as they stand in the JSON.
#[derive(Default)]
pub struct Rules<'n, 's> {
    kept: Vec<&'n Entry<'s>>,
    description: Option<String>,
}

/// What the language says of them.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Fields of the transition.
    pub fields: Vec<Field>,
    /// Who each role is that is named.
    pub roles: Vec<(String, Holder)>,
    /// The fields that are asked for.
    pub asked: Vec<String>,
    /// What is kept in Jira's words.
    pub kept: Vec<Field>,
}

impl<'n, 's> Rules<'n, 's> {
    /// Those of a transition. What is of another form than Jira's is told and left out.
    pub fn of(fields: &Fields<'n, 's, '_>, reading: &mut Reading) -> Self {
        let mut rules = Rules::default();
        if let Some(text) = reading.optional(fields, "description", crate::fields::text) {
            match text.value.is_empty() {
                true => reading.no_word(fields, ["description"]),
                false => rules.description = Some(text.value.to_string()),
            }
        }
        for name in KEPT {
            let Some(entry) = fields.entry(name) else {
                continue;
            };
            let is_ok = match *name {
                "conditions" => is_group(&entry.value),
                "customIssueEventId" => is_text(&entry.value),
                "properties" => is_texts(&entry.value),
                "transitionScreen" => is_rule(&entry.value),
                _ => is_list_of(&entry.value, is_rule),
            };
            let is_empty_group = *name == "conditions" && is_empty_group(&entry.value);
            match is_ok && !says_nothing(&entry.value) && !is_empty_group {
                true => rules.kept.push(entry),
                false if is_empty_group => reading.say_no_more(entry.key_span()),
                false => leave_out(fields, name, entry, reading),
            }
        }
        rules
    }

    /// Whether only programs may make the transition.
    pub fn is_automatic(&self) -> bool {
        let conditions = self.conditions();
        conditions
            .iter()
            .any(|rule| is_restricted_to_programs(rule))
    }

    /// What the language says of them. Of a transition that happens by itself it says neither who may
    /// make it nor what is asked; `may_be_automatic` where it can be one beside the others.
    pub fn said(&self, may_be_automatic: bool, can_say_who: bool) -> Said {
        let mut said = Said::default();
        if let Some(description) = &self.description {
            let name = LANGUAGE.description.name;
            said.fields.push(Field::text(name, description));
        }
        let conditions = self.conditions();
        let automatic = conditions
            .iter()
            .find(|rule| is_restricted_to_programs(rule));
        let automatic = automatic.filter(|_| may_be_automatic);
        let mut taken: Vec<&Node> = automatic.copied().into_iter().collect();
        if automatic.is_some() {
            let yes = Value::Word("true".to_owned());
            said.fields.push(Field::new(LANGUAGE.automatic.name, yes));
        } else {
            if can_say_who
                && let Some((rule, holders)) = conditions.iter().find_map(|r| Some((*r, who(r)?)))
            {
                taken.push(rule);
                said.roles = holders.into_iter().map(|h| (role(&h), h)).collect();
                let names = said.roles.iter().map(|(name, _)| name.as_str());
                said.fields
                    .push(Field::new(LANGUAGE.who.name, names_of(names)));
            }
            for rule in self.list("validators") {
                if let Some(field) = asked(rule)
                    && !said.asked.contains(&field)
                {
                    taken.push(rule);
                    said.asked.push(field);
                }
            }
            if !said.asked.is_empty() {
                let asks = Value::texts(&said.asked);
                said.fields.push(Field::new(LANGUAGE.asks.name, asks));
            }
        }
        let is_taken = |node: &Node| taken.iter().any(|taken| std::ptr::eq(*taken, node));
        for entry in &self.kept {
            let name = entry.key.text();
            let value = match name {
                "conditions" => group_without(&entry.value, &is_taken),
                "validators" => list_without(&entry.value, &is_taken),
                _ => Some(Value::of(&entry.value)),
            };
            said.kept.extend(value.map(|value| Field::new(name, value)));
        }
        said
    }

    fn get(&self, name: &str) -> Option<&'n Node<'s>> {
        let entry = self.kept.iter().find(|entry| entry.key.is(name))?;
        Some(&entry.value)
    }

    fn list(&self, name: &str) -> &'n [Node<'s>] {
        self.get(name).and_then(Node::items).unwrap_or(&[])
    }

    /// Those conditions that must all hold.
    fn conditions(&self) -> Vec<&'n Node<'s>> {
        let Some(group) = self.get("conditions") else {
            return Vec::new();
        };
        let all = group.get("conditions").and_then(Node::items).unwrap_or(&[]);
        let inner = group.get("conditionGroups");
        let is_alone = all.len() == 1 && inner.is_none_or(says_nothing);
        let operation = group.get("operation").and_then(Node::scalar);
        match operation.map(|operation| operation.text()) {
            Some("ALL") => all.iter().collect(),
            Some("ANY") if is_alone => all.iter().collect(),
            _ => Vec::new(),
        }
    }
}

fn names_of<'a>(names: impl Iterator<Item = &'a str>) -> Value {
    let names: Vec<&str> = names.collect();
    match names.as_slice() {
        [one] => Value::Text((*one).to_owned()),
        names => Value::texts(names),
    }
}

/// What is not there in substance, or in another form.
fn leave_out(fields: &Fields, name: &'static str, entry: &Entry, reading: &mut Reading) {
    // Nothing at all, and yet not what is built for nothing.
    let is_odd = match name {
        "actions" | "triggers" | "validators" => entry.value.items().is_none(),
        "properties" => entry.value.entries().is_none(),
        _ => false,
    };
    match is_odd && says_nothing(&entry.value) && given(fields, name).is_some() {
        true => reading.leave_out(fields.owner(), entry, Reason::NoWord),
        false => reading.no_word(fields, [name]),
    }
}

fn is_text(node: &Node) -> bool {
    node.scalar().is_some_and(|s| s.kind() == ScalarKind::Text)
}

fn is_texts(node: &Node) -> bool {
    let entries = node.entries();
    entries.is_some_and(|all| all.iter().all(|entry| is_text(&entry.value)))
}

fn is_list_of(node: &Node, is_one: fn(&Node) -> bool) -> bool {
    node.items().is_some_and(|items| items.iter().all(is_one))
}

fn is_rule(node: &Node) -> bool {
    let is_part = |entry: &Entry| match entry.key.text() {
        "id" => is_text(&entry.value),
        "ruleKey" => is_text(&entry.value) && !says_nothing(&entry.value),
        "parameters" => is_texts(&entry.value),
        _ => false,
    };
    let entries = node.entries();
    node.get("ruleKey").is_some() && entries.is_some_and(|all| all.iter().all(is_part))
}

/// Calls itself as deep as the groups are, which [`crate::syntax`] bounds.
fn is_group(node: &Node) -> bool {
    let is_part = |entry: &Entry| match entry.key.text() {
        "operation" => matches!(entry.value.scalar().map(|s| s.text()), Some("ALL" | "ANY")),
        "conditions" => is_list_of(&entry.value, is_rule),
        "conditionGroups" => is_list_of(&entry.value, is_group),
        _ => false,
    };
    let entries = node.entries();
    node.get("operation").is_some() && entries.is_some_and(|all| all.iter().all(is_part))
}

/// A group of conditions without any is as good as none.
fn is_empty_group(node: &Node) -> bool {
    let is_empty = |part: &Entry| match part.key.text() {
        "operation" => part.value.scalar().is_some(),
        "conditions" | "conditionGroups" => says_nothing(&part.value),
        _ => false,
    };
    let parts = node.entries();
    parts.is_some_and(|parts| !parts.is_empty() && parts.iter().all(is_empty))
}

/// The parameters of a rule with this key; `None` of another one, and of one that has an id to be kept.
fn parameters<'n>(rule: &'n Node, key: &str) -> Option<BTreeMap<&'n str, &'n str>> {
    let text = |node: &'n Node| node.scalar().map_or("", |scalar| scalar.text());
    let is_such = text(rule.get("ruleKey")?) == key && rule.get("id").is_none();
    let entries = rule.get("parameters")?.entries()?.iter();
    let entries = entries.map(|entry| (entry.key.text(), text(&entry.value)));
    is_such.then(|| entries.collect())
}

fn is_restricted_to_programs(rule: &Node) -> bool {
    let (name, value) = ONLY_PEOPLE;
    let parameters = parameters(rule, RESTRICT_ALL);
    parameters.is_some_and(|all| all.len() == 1 && all.get(name) == Some(&value))
}

/// Who may make a transition by this rule, where that can be said; in an order from which the same rule is
/// made again.
fn who(rule: &Node) -> Option<Vec<Holder>> {
    let parameters = parameters(rule, RESTRICT)?;
    let mut holders = Vec::new();
    for (name, list) in parameters {
        for value in list.split(',') {
            let holder = match value {
                "allow-reporter" => Holder::Reporter,
                "allow-assignee" => Holder::Assignee,
                value => Holder::of(value)?,
            };
            // Another parameter may list the same words with another meaning.
            if holder.parameter() != (name, value) || holders.contains(&holder) {
                return None;
            }
            holders.push(holder);
        }
    }
    (!holders.is_empty()).then_some(holders)
}

/// What people may call whoever has this: Jira's answer has ids.
fn role(holder: &Holder) -> String {
    match holder {
        Holder::Role(id) => format!("role-{id}"),
        Holder::Group(id) => format!("group-{id}"),
        Holder::Permission(key) => key.to_lowercase().replace('_', "-"),
        Holder::Reporter => "reporter".to_owned(),
        Holder::Assignee => "assignee".to_owned(),
    }
}

/// The field that must be filled in by this rule, where it says nothing else.
fn asked(rule: &Node) -> Option<String> {
    let parameters = parameters(rule, VALIDATE_FIELD)?;
    let field = *parameters.get("fieldsRequired")?;
    let is_plain = parameters.len() == 3
        && parameters.get("ruleType") == Some(&"fieldRequired")
        && parameters.get("ignoreContext") == Some(&"true");
    (is_plain && is_field_id(field)).then(|| field.to_owned())
}

fn list_without(list: &Node, is_taken: &impl Fn(&Node) -> bool) -> Option<Value> {
    let rest = list.items()?.iter().filter(|item| !is_taken(item));
    let rest: Vec<Value> = rest.map(Value::of).collect();
    (!rest.is_empty()).then_some(Value::List(rest, Style::Lines))
}

/// A group without what is said otherwise; nothing where nothing is left that would not be made again.
fn group_without(group: &Node, is_taken: &impl Fn(&Node) -> bool) -> Option<Value> {
    let is_all = |entry: &Entry| {
        entry.key.is("operation") && entry.value.scalar().is_some_and(|s| s.text() == "ALL")
    };
    let mut says_more = false;
    let mut fields = Vec::new();
    for entry in group.entries()? {
        let value = match (entry.key.text(), entry.value.kind()) {
            ("conditions", Kind::List(_)) => list_without(&entry.value, is_taken),
            (_, Kind::List(items)) if items.is_empty() => None,
            _ => Some(Value::of(&entry.value)),
        };
        says_more |= value.is_some() && !is_all(entry);
        fields.extend(value.map(|value| Field::new(entry.key.text(), value)));
    }
    says_more.then_some(Value::Map(fields, Style::Lines))
}
