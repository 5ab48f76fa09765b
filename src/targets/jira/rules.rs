//! The field `rules` of the block: what transitions have in Jira and the language has no words for. It is
//! kept in Jira's own words and sent as it is.

use std::collections::BTreeMap;

use schemars::{Schema, SchemaGenerator, json_schema};

use super::entries::{CREATE, names};
use super::parts::part;
use super::{NAME, wire};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fields::{self, Field, Fields, Subject, invalid_values, missing_fields, wrong_types};
use crate::graph::Resolved;
use crate::hashing::HashMap;
use crate::model::decode::EVERY;
use crate::model::{From, Text};
use crate::node::{Kind as Is, Node};
use crate::rules::undefined_transitions;
use crate::source::Span;
use crate::suggest;
use crate::targets::blocks::{AnyText, Given, Kind, Name, Required, Words, described, kinds};

described! {
    /// What a transition has in Jira and a workflow file has no words for.
    "JiraRules",
    pub struct Entry {
        /// The name of the transition.
        name: Required<Name> = "name",
        /// The state or the states where it begins, or `"*"`; nothing for the start.
        from: Froms = "from",
        /// The state where it leads.
        to: Required<Name> = "to",
        /// What Jira does on the way.
        actions: RuleList = "actions",
        /// On what it can be made.
        conditions: Group = "conditions",
        /// The id of the event that it fires.
        event: AnyText = "customIssueEventId",
        /// Words that Jira or an app gives a meaning.
        properties: Texts = "properties",
        /// The screen that is shown on the way.
        screen: Rule = "transitionScreen",
        /// What makes it happen.
        triggers: RuleList = "triggers",
        /// What is looked at before it is made.
        validators: RuleList = "validators",
    }
}

kinds! {
    /// Where a transition begins.
    Froms: Vec<Text> = fields::one_or_more, json_schema!({
        "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }],
    });
    /// A rule.
    Rule: wire::Rule = rule, rule_schema();
    /// Several of them.
    RuleList: Vec<wire::Rule> = rule_list, json_schema!({ "type": "array", "items": rule_schema() });
    /// Conditions, of which all must hold, or one.
    Group: wire::ConditionGroup = group, json_schema!({ "type": "object" });
    /// Texts by name.
    Texts: BTreeMap<String, String> = texts,
        json_schema!({ "type": "object", "additionalProperties": { "anyOf": [
            { "type": "string" }, { "type": "number" }, { "type": "boolean" },
        ] } });
}

fn rule_schema() -> Schema {
    json_schema!({
        "type": "object",
        "properties": {
            "id": { "type": "string" },
            "ruleKey": { "type": "string" },
            "parameters": { "type": "object" },
        },
        "required": ["ruleKey"],
        "additionalProperties": false,
    })
}

/// What the entries say, each of the transition that it is about.
#[derive(Clone, Default)]
pub struct Rules {
    /// Of the start that Jira has.
    pub start: Option<Entry>,
    /// Of transitions, by their positions.
    pub of: HashMap<usize, Entry>,
}

impl Kind for Rules {
    type Is = Rules;

    fn read(given: Given, out: &mut Diagnostics) -> Rules {
        let mut rules = Rules::default();
        let (Some(resolved), Some(items)) = (given.resolved, given.entry.value.items()) else {
            if given.entry.value.items().is_none() {
                let report = wrong_types::report(given.field, &given.entry.value, "a list");
                out.push(report);
            }
            return rules;
        };
        let known = Known::of(resolved);
        let mut seen: HashMap<Option<usize>, Span> = HashMap::default();
        for item in items {
            let owner = Subject::named("an entry under `rules` of target", NAME);
            let required = ["name", "to"];
            let said: Option<Entry> = part(item, item.span, owner, &required, out);
            let Some((entry, name, to)) =
                said.and_then(|said| Some((said.clone(), said.name?, said.to?)))
            else {
                continue;
            };
            let Some(at) = known.find(&entry, &name, &to, out) else {
                continue;
            };
            if let Some(first) = seen.insert(at, name.span) {
                out.push(twice(&name, first));
                continue;
            }
            match at {
                Some(at) => {
                    rules.of.insert(at, entry);
                }
                None => rules.start = Some(entry),
            }
        }
        rules
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let items = generator.subschema_for::<Entry>();
        json_schema!({ "type": "array", "items": items })
    }
}

/// The transitions by what an entry may say of them, each by its position; the start that Jira has is
/// at none.
struct Known<'r> {
    resolved: &'r Resolved,
    at: HashMap<(String, String, Vec<String>), Vec<Option<usize>>>,
}

impl<'r> Known<'r> {
    fn of(resolved: &'r Resolved) -> Self {
        let mut known = Known {
            resolved,
            at: HashMap::default(),
        };
        let workflow = resolved.workflow();
        if let Some(start) = workflow.start.first() {
            let words = start.transition.as_ref();
            let name = words.and_then(|words| words.name.as_ref());
            let name = name.map_or(CREATE, |name| &name.value);
            known.add(name, &start.to, &[], None);
        }
        let written = names(resolved);
        for (at, (transition, sent)) in workflow.transitions.iter().zip(&written).enumerate() {
            let Some(to) = &transition.to else { continue };
            let froms: Vec<&str> = match &transition.from {
                Some(From::Every { .. }) => vec![EVERY],
                Some(From::States(states)) => states.iter().map(|s| s.value.as_str()).collect(),
                None => continue,
            };
            known.add(transition.label(), to, &froms, Some(at));
            if sent != transition.label() {
                known.add(sent, to, &froms, Some(at));
            }
        }
        known
    }

    fn add(&mut self, name: &str, to: &Text, froms: &[&str], at: Option<usize>) {
        let key = key(name, to, froms.iter().copied());
        self.at.entry(key).or_default().push(at);
    }

    /// The transition that `entry` is about. What fits none, or several, is reported.
    fn find(
        &self,
        entry: &Entry,
        name: &Text,
        to: &Text,
        out: &mut Diagnostics,
    ) -> Option<Option<usize>> {
        let froms = entry.from.as_deref().unwrap_or(&[]);
        let froms = froms.iter().map(|from| from.value.as_str());
        match self.at.get(&key(&name.value, to, froms)).map(Vec::as_slice) {
            Some([one]) => Some(*one),
            Some([_, ..]) => {
                out.push(ambiguous(name));
                None
            }
            // Whatever fits the transition when its states are known is not known now.
            _ if self.is_doubtful(&name.value) => None,
            _ => {
                out.push(
                    self.no_state(name, entry)
                        .unwrap_or_else(|| self.missing(name)),
                );
                None
            }
        }
    }

    /// Whether a transition of this name has a state that is not defined, which is reported.
    fn is_doubtful(&self, name: &str) -> bool {
        let undefined = self.resolved.undefined();
        let is_undefined = |state: &Text| {
            undefined
                .iter()
                .any(|other| other.name == state.value.as_str())
        };
        let named = self.resolved.workflow().transitions.iter();
        named.filter(|t| t.label() == name).any(|transition| {
            let mut named = transition.to.iter().chain(transition.listed());
            named.any(is_undefined)
        })
    }

    /// The report about a state that the entry names and that is not there.
    fn no_state(&self, name: &Text, entry: &Entry) -> Option<Diagnostic> {
        let states = || {
            self.resolved
                .workflow()
                .states
                .iter()
                .map(|s| s.name.value.as_str())
        };
        let froms = entry.from.iter().flatten();
        let mut named = entry.to.iter().chain(froms);
        let (state, near) = named.find_map(|state| {
            let is_there = state.value == EVERY || states().any(|known| known == state.value);
            let near = suggest::nearest(&state.value, states()).filter(|_| !is_there)?;
            Some((state, near))
        })?;
        let called = &name.value;
        let message =
            format!("`rules` of target `{NAME}` has an entry `{called}` that fits nothing");
        let report = Diagnostic::new(
            &undefined_transitions::CODE,
            message,
            state.span,
            "no state has this name",
        );
        let spelt = crate::node::respelt(&state.value, state.span, near);
        Some(
            report
                .help(format!("change `{}` to `{near}`", state.value))
                .unsafe_fix(state.span, spelt),
        )
    }

    fn missing(&self, name: &Text) -> Diagnostic {
        let called = &name.value;
        let message =
            format!("`rules` of target `{NAME}` has an entry `{called}` that fits nothing");
        let label = "no transition has this name, `from` and `to`";
        let report = Diagnostic::new(&undefined_transitions::CODE, message, name.span, label);
        let transitions = self.resolved.workflow().transitions.iter();
        let mut labels = transitions.clone().map(|t| t.label());
        match labels.any(|label| label == called) {
            true => {
                let named = transitions.filter(|t| t.label() == called);
                let ways: Vec<String> = named.take(3).filter_map(|t| way(t)).collect();
                report
                    .help("write `from` and `to` as the transition has them")
                    .note(format!("`{called}` is {}", ways.join("; ")))
            }
            false => match suggest::nearest(called, labels_of(self.resolved)) {
                Some(near) => report.help(format!("change `{called}` to `{near}`")),
                None => report.help("write `name`, `from` and `to` of a transition, or delete it"),
            },
        }
    }
}

fn labels_of(resolved: &Resolved) -> impl Iterator<Item = &str> + Clone {
    resolved.workflow().transitions.iter().map(|t| t.label())
}

/// "from `New` to `Closed`".
fn way(transition: &crate::model::Transition) -> Option<String> {
    let to = &transition.to.as_ref()?.value;
    let from = match transition.from.as_ref()? {
        From::Every { .. } => "`\"*\"`".to_owned(),
        From::States(states) => {
            let states: Vec<&str> = states.iter().map(|s| s.value.as_str()).collect();
            suggest::phrase_up_to(&states, 3)
        }
    };
    Some(format!("from {from} to `{to}`"))
}

type Key = (String, String, Vec<String>);

fn key<'k>(name: &str, to: &Text, froms: impl Iterator<Item = &'k str>) -> Key {
    let mut froms: Vec<String> = froms.map(str::to_owned).collect();
    froms.sort_unstable();
    froms.dedup();
    (name.to_owned(), to.value.to_string(), froms)
}

fn ambiguous(name: &Text) -> Diagnostic {
    let called = &name.value;
    let message = format!("`rules` of target `{NAME}` has an entry `{called}` that fits several");
    let label = "several transitions have this name, `from` and `to`";
    let help = format!("write the name that Jira gets, such as `{called}: otherwise`");
    invalid_values::other(message, name.span, label, help)
}

fn twice(name: &Text, first: Span) -> Diagnostic {
    let message = format!(
        "`rules` of target `{NAME}` has two entries of `{}`",
        name.value
    );
    let help = "write all of the transition in one entry".to_owned();
    let report = invalid_values::other(message, name.span, "the second one", help);
    report.label(first, "the first one")
}

fn rule_list(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Vec<wire::Rule>> {
    if node.items().is_none() && !node.is_lost() {
        out.push(wrong_types::report(field, node, "a list of rules"));
    }
    let items = node.items()?.iter();
    Some(items.filter_map(|item| rule(item, field, out)).collect())
}

fn rule(node: &Node, field: Field, out: &mut Diagnostics) -> Option<wire::Rule> {
    let kind = format!("a rule in {field}");
    let owner = Subject::only(&kind);
    let known: &[&str] = &["id", "parameters", "ruleKey"];
    let fields = Fields::of(node, owner, node.span, known, out)?;
    if fields.lacks("ruleKey") {
        out.push(missing_fields::report(
            fields.field("ruleKey"),
            fields.place(),
        ));
    }
    let key = fields::name(fields.get("ruleKey")?, fields.field("ruleKey"), out)?;
    let read = |name, out: &mut Diagnostics| {
        let node = fields.get(name)?;
        fields::text(node, fields.owner().field(name), out)
    };
    let id = read("id", out).map(|id| id.value.to_string());
    let parameters = fields.get("parameters");
    let field = fields.owner().field("parameters");
    Some(wire::Rule {
        id,
        rule_key: key.value.to_string(),
        parameters: parameters.and_then(|node| texts(node, field, out)),
    })
}

/// Texts by name. Jira's are all text: a number or a boolean is taken as it is spelt.
fn texts(node: &Node, field: Field, out: &mut Diagnostics) -> Option<BTreeMap<String, String>> {
    let Some(entries) = node.entries() else {
        if !node.is_lost() {
            out.push(wrong_types::report(field, node, "a map of texts"));
        }
        return None;
    };
    let mut all = BTreeMap::new();
    for entry in entries.iter().filter(|entry| !entry.is_lost()) {
        match entry.value.kind() {
            Is::Scalar(scalar) if scalar.kind() != crate::node::ScalarKind::Null => {
                all.insert(entry.key.text().to_owned(), scalar.text().to_owned());
            }
            Is::Lost => {}
            _ => {
                let kind = format!("{field}");
                let field = Subject::only(&kind).field(entry.key.text());
                out.push(wrong_types::report(field, &entry.value, "text"));
            }
        }
    }
    Some(all)
}

impl Words for wire::Operation {
    const WORDS: &'static [(&'static str, wire::Operation)] =
        &[("ALL", wire::Operation::All), ("ANY", wire::Operation::Any)];
}

/// A group of conditions. Calls itself as deep as the groups are, which [`crate::syntax`] bounds.
fn group(node: &Node, field: Field, out: &mut Diagnostics) -> Option<wire::ConditionGroup> {
    let kind = format!("{field}");
    let owner = Subject::only(&kind);
    let known: &[&str] = &["conditionGroups", "conditions", "operation"];
    let fields = Fields::of(node, owner, node.span, known, out)?;
    let operation = match fields.get("operation") {
        Some(node) => {
            let words = wire::Operation::WORDS;
            fields::keyword(node, fields.owner().field("operation"), words, out)?.value
        }
        None => wire::Operation::All,
    };
    let conditions = fields.get("conditions");
    let conditions = conditions.and_then(|node| rule_list(node, owner.field("conditions"), out));
    let inner = fields.get("conditionGroups");
    if let Some(node) = inner.filter(|node| node.items().is_none() && !node.is_lost()) {
        out.push(wrong_types::report(
            owner.field("conditionGroups"),
            node,
            "a list of groups",
        ));
    }
    let inner = inner.and_then(Node::items).unwrap_or(&[]).iter();
    // What a report calls it need not grow with the depth.
    let inner = inner.filter_map(|item| {
        group(
            item,
            Subject::only("a group of conditions").field("conditionGroups"),
            out,
        )
    });
    Some(wire::ConditionGroup {
        operation,
        condition_groups: inner.collect(),
        conditions: conditions.unwrap_or_default(),
    })
}
