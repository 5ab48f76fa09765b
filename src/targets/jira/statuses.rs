//! The statuses of a workflow, with their properties and approvals.

use std::collections::BTreeMap;

use super::approvals::{EDITABLE, edits_nothing};
use super::block::Settings;
use super::site::Member;
use super::transitions::Ways;
use super::wire;
use crate::graph::StateId;
use crate::hashing::HashMap;
use crate::model::State;
use crate::targets::blocks;

/// The statuses of a workflow, whose transitions have their ids by now.
pub fn uses(member: &Member, ways: &Ways) -> Vec<wire::StatusUse> {
    let settings = blocks::of::<Settings>(member.checked);
    let one = |((id, state), reference): ((StateId, &State), &String)| wire::StatusUse {
        status_reference: reference.clone(),
        properties: properties(state, settings.properties.get(&id)),
        approval_configuration: approval(id, &settings, ways),
    };
    let states = member.checked.states();
    states.zip(&member.references).map(one).collect()
}

/// Jira's property is all or nothing: a state in which some fields may be edited has none.
fn properties(state: &State, kept: Option<&BTreeMap<String, String>>) -> BTreeMap<String, String> {
    let mut all = kept.cloned().unwrap_or_default();
    if edits_nothing(state) {
        all.insert(EDITABLE.to_owned(), "false".to_owned());
    }
    all
}

fn approval(id: StateId, settings: &Settings, ways: &Ways) -> Option<wire::Approval> {
    let said = settings.approvals.get(&id)?;
    let (approved, rejected) = *settings.approved.get(&id)?;
    Some(wire::Approval {
        active: said.active?.to_string(),
        condition_type: said.count?.value,
        condition_value: said.needed.as_ref()?.value.to_string(),
        exclude: said.exclude.clone(),
        field_id: said.field.as_ref()?.value.to_string(),
        pre_populated_field_id: said.filled_from.as_ref().map(|id| id.value.to_string()),
        transition_approved: ways.id_of(approved)?.to_owned(),
        transition_rejected: ways.id_of(rejected)?.to_owned(),
    })
}

/// Puts the ids that transitions have now where approvals have the former ones.
pub fn renumber(statuses: &mut [wire::StatusUse], now: &HashMap<&str, &str>) {
    let approvals = statuses.iter_mut();
    for approval in approvals.filter_map(|status| status.approval_configuration.as_mut()) {
        for id in [
            &mut approval.transition_approved,
            &mut approval.transition_rejected,
        ] {
            if let Some(new) = now.get(id.as_str()) {
                *id = (*new).to_owned();
            }
        }
    }
}
