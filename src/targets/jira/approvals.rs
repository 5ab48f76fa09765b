//! What statuses have in Jira and the language has no words for: properties, and the approvals of Jira Service
//! Management. It is kept in the block, in Jira's words.

use std::collections::BTreeMap;

use schemars::{Schema, SchemaGenerator, json_schema};

use super::entries::names;
use super::holders::is_field_id;
use super::parts::{digits_or_word, part};
use super::{NAME, wire};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fields::{self, Field, Fields, Subject, invalid_values};
use crate::graph::{Resolved, StateId};
use crate::hashing::{HashMap, HashSet};
use crate::model::{State, Text};
use crate::node::{Node, respelt};
use crate::rules::undefined_transitions;
use crate::suggest;
use crate::targets::blocks::{
    Described, Name, One, Required, Truth, Word, Words, described, kinds,
};

/// The property of a status that lets nothing be edited where it is `false`.
pub const EDITABLE: &str = "jira.issue.editable";

/// The field of the block that keeps properties.
const PROPERTIES: &str = "status-properties";
/// The field of the block that keeps approvals.
const APPROVALS: &str = "status-approvals";

described! {
    /// An approval of Jira Service Management, in its own words.
    "JiraApproval",
    pub struct ApprovalFields {
        /// Whether it is asked for.
        active: Required<Truth> = "active",
        /// What `conditionValue` counts.
        count: Required<Word<wire::ApprovalCount>> = "conditionType",
        /// How many have to approve.
        needed: Required<Count> = "conditionValue",
        /// Who cannot approve.
        exclude: Excluded = "exclude",
        /// The id of the field that names those who approve.
        field: Required<FieldId> = "fieldId",
        /// The id of the field from which that one is filled.
        filled_from: FieldId = "prePopulatedFieldId",
        /// The name of the transition that is made when it is approved.
        approved: Required<Name> = "transitionApproved",
        /// The name of the transition that is made when it is declined.
        rejected: Required<Name> = "transitionRejected",
    }
}

kinds! {
    /// The number of an approval.
    Count: Text = count, json_schema!({ "anyOf": [
        { "type": "string", "pattern": "^[1-9][0-9]*$" }, { "type": "integer", "minimum": 1, "maximum": 100 },
    ] });
    /// The id of a field.
    FieldId: Text = field_id, json_schema!({ "type": "string" });
    /// Who cannot approve.
    Excluded: Vec<wire::Excluded> = excluded, json_schema!({
        "type": "array", "items": { "type": "string", "enum": ["assignee", "reporter"] },
    });
}

fn count(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Text> {
    const WANTED: &str = "a number from 1 to 100";
    let text = digits_or_word(node, field, WANTED, out)?;
    if is_count(&text.value, wire::ApprovalCount::Percent) {
        return Some(text);
    }
    out.push(invalid_values::malformed(
        field,
        &text.value,
        text.span,
        WANTED,
        "1",
    ));
    None
}

/// Whether Jira takes this many of what is counted.
pub fn is_count(text: &str, of: wire::ApprovalCount) -> bool {
    let most = most(of);
    super::parts::is_id(text) && text.parse::<u64>().is_ok_and(|number| number <= most)
}

fn most(of: wire::ApprovalCount) -> u64 {
    match of {
        wire::ApprovalCount::Percent => 100,
        wire::ApprovalCount::Number | wire::ApprovalCount::NumberPerPrincipal => 20,
    }
}

fn field_id(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Text> {
    let id = fields::name(node, field, out)?;
    if is_field_id(&id.value) {
        return Some(id);
    }
    let (wanted, example) = ("the id of a field", "customfield_10050");
    out.push(invalid_values::malformed(
        field, &id.value, id.span, wanted, example,
    ));
    None
}

fn excluded(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Vec<wire::Excluded>> {
    if node.items().is_none() {
        // Says what belongs here.
        fields::names(node, field, out);
        return None;
    }
    let items = node.items()?.iter();
    let words = items.filter_map(|item| fields::keyword(item, field, wire::Excluded::WORDS, out));
    Some(words.map(|word| word.value).collect())
}

/// See [`ApprovalFields`]; whatever is wanting is reported.
pub enum Approval {}

impl One for Approval {
    type Of = ApprovalFields;

    fn read(node: &Node, field: Field, out: &mut Diagnostics) -> Option<ApprovalFields> {
        let kind = format!("`{}` of {}", field.name, field.owner.kind);
        let owner = Subject::named(&kind, NAME);
        let all = ApprovalFields::NAMES.iter().copied();
        let optional = ["exclude", "prePopulatedFieldId"];
        let required: Vec<&str> = all.filter(|name| !optional.contains(name)).collect();
        let said: ApprovalFields = part(node, node.span, owner, &required, out)?;
        if let (Some(count), Some(needed)) = (&said.count, &said.needed)
            && !is_count(&needed.value, count.value)
        {
            let most = most(count.value);
            let wanted = format!("a number from 1 to {most}");
            let field = owner.field("conditionValue");
            let place = needed.span;
            out.push(invalid_values::malformed(
                field,
                &needed.value,
                place,
                &wanted,
                "1",
            ));
        }
        Some(said)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<ApprovalFields>()
    }
}

/// A state says that nothing can be edited, and the block that something can.
pub fn report_contradictions(
    resolved: &Resolved,
    fields: &Fields,
    properties: &HashMap<StateId, BTreeMap<String, String>>,
    out: &mut Diagnostics,
) {
    for (id, state) in resolved.states() {
        let kept = properties.get(&id).and_then(|kept| kept.get(EDITABLE));
        let Some(said) = kept.filter(|said| *said != "false" && edits_nothing(state)) else {
            continue;
        };
        let name = &state.name.value;
        let node = fields.get(PROPERTIES).and_then(|node| node.get(name));
        let Some(place) = node.and_then(|node| node.get(EDITABLE)).map(|n| n.span) else {
            continue;
        };
        let message = format!("`{EDITABLE}` of status `{name}` is `{said}`, unlike its state");
        let label = "the state says that nothing can be edited";
        let help = format!("delete `{EDITABLE}`, or `editable: []` of the state");
        out.push(invalid_values::other(message, place, label, help));
    }
}

/// Whether the state says that nothing can be edited in it.
pub fn edits_nothing(state: &State) -> bool {
    let editable = state.editable.as_ref();
    editable.is_some_and(|editable| editable.value.is_empty())
}

/// The transitions that each approval makes.
pub fn approved(
    resolved: &Resolved,
    approvals: &HashMap<StateId, ApprovalFields>,
    out: &mut Diagnostics,
) -> HashMap<StateId, (usize, usize)> {
    let mut found = HashMap::default();
    if approvals.is_empty() || resolved.workflow().doubts.transitions {
        return found;
    }
    let sent = names(resolved);
    for (id, state) in resolved.states() {
        let Some(approval) = approvals.get(&id) else {
            continue;
        };
        let leaving = Leaving::of(resolved, id, &state.name.value, &sent);
        let mut find = |name: &Option<Text>, field: &str| {
            let name = name.as_ref()?;
            leaving.find(name, field, out)
        };
        let approved = find(&approval.approved, "transitionApproved");
        let rejected = find(&approval.rejected, "transitionRejected");
        found.extend(approved.zip(rejected).map(|both| (id, both)));
    }
    found
}

/// The transitions that leave a state, by what an approval may call them.
struct Leaving<'l> {
    state: &'l str,
    /// Each with its name, what Jira gets for it, and its position.
    all: Vec<(&'l str, &'l str, usize)>,
}

impl<'l> Leaving<'l> {
    fn of(resolved: &'l Resolved, id: StateId, state: &'l str, sent: &'l [String]) -> Self {
        let transitions = &resolved.workflow().transitions;
        let mut seen = HashSet::default();
        let moves = resolved.moves().iter();
        let leaving = moves.filter(|step| resolved.exact(step).is_some_and(|(from, _)| from == id));
        let leaving = leaving.map(|step| step.transition);
        let leaving = leaving.filter(|at| seen.insert(*at));
        let all = leaving.map(|at| (transitions[at].label(), sent[at].as_str(), at));
        Leaving {
            state,
            all: all.collect(),
        }
    }

    fn find(&self, name: &Text, field: &str, out: &mut Diagnostics) -> Option<usize> {
        let is_called = |(label, sent, _): &&(&str, &str, usize)| {
            *sent == name.value.as_str() || *label == name.value.as_str()
        };
        let found: Vec<&(&str, &str, usize)> = self.all.iter().filter(is_called).collect();
        let exact = found
            .iter()
            .find(|(_, sent, _)| *sent == name.value.as_str());
        let state = self.state;
        match (exact, found.as_slice()) {
            (Some((_, _, at)), _) | (None, [(_, _, at)]) => Some(*at),
            (None, []) => {
                let message = format!(
                    "`{field}` of status `{state}` names `{}`, which does not leave it",
                    name.value
                );
                let label = "no transition out of this state has this name";
                let code = &undefined_transitions::CODE;
                let report = Diagnostic::new(code, message, name.span, label);
                let labels = self.all.iter().map(|(label, _, _)| *label);
                let known: Vec<&str> = self.all.iter().map(|(_, sent, _)| *sent).collect();
                out.push(match suggest::nearest(&name.value, labels) {
                    Some(near) => report
                        .help(format!("change `{}` to `{near}`", name.value))
                        .unsafe_fix(name.span, respelt(&name.value, name.span, near)),
                    None if known.is_empty() => report.help(format!(
                        "add the transition, or delete `{state}` from `{APPROVALS}`"
                    )),
                    None => {
                        report.help(format!("write one of {}", suggest::phrase_up_to(&known, 4)))
                    }
                });
                None
            }
            (None, [(_, first, _), ..]) => {
                let message = format!(
                    "`{field}` of status `{state}` names `{}`, which is not one transition",
                    name.value
                );
                let label = "several transitions out of this state have this name";
                let help = format!("write the name that Jira gets, such as `{first}`");
                out.push(invalid_values::other(message, name.span, label, help));
                None
            }
        }
    }
}
