//! actiTIME: the states as workflow statuses, which one installation has for all its tasks.

mod installation;
mod plan;
mod read;
mod requests;
mod wire;

#[cfg(test)]
mod tests;

use schemars::{Schema, SchemaGenerator};

use crate::diagnostic::{Diagnostics, Severity};
use crate::fields::{Field, Fields, Subject, missing_fields};
use crate::graph::Resolved;
use crate::model::Category;
use crate::node::Node;
use crate::rules::{Checked, confusable_states};
use crate::source::Span;
use crate::targets::blocks::{self, Block, ByState, Described, Number, One, Truth, described};
use crate::targets::{
    self, Document, Emit, Json, Loss, Target, Unique, losses, target_collisions, target_limits,
};
use installation::Status;

const NAME: &str = "actitime";

/// See the README beside this file.
pub const TARGET: Target = Target {
    name: NAME,
    title: "actiTIME",
    readme: include_str!("README.md"),
    documents: &[STATUSES, CREATE, STATUS, UPDATE, REQUESTS, DELETE, FETCH],
    read_block: blocks::read::<Settings>,
    check: |checked, out| STATUSES.check(checked, out),
    by_hand: None,
    unique: SITE,
    check_together: |workflows, out| {
        installation::statuses(workflows, out);
    },
    losses: &[
        LOSSES,
        &[losses::FORMER_IDENTIFIERS, losses::FORMER_NAMES],
        losses::OF_WORKFLOWS,
        losses::OF_STATES,
    ],
    imports: read::IMPORTS,
    refusals: &read::REFUSALS,
    block_schema: SchemaGenerator::subschema_for::<Settings>,
};

const LOSSES: &[Loss] = &[
    Loss::no_draft("a task that is only drafted counts as work to do").label("becomes `open`"),
    Loss::no_waiting("a task that waits counts as work to do").label("becomes `open`"),
    Loss::of_all(
        losses::STARTS_AND_TRANSITIONS,
        "keeps no transitions and no start states",
        "statuses there are a list for all tasks: any may follow any, and no note is asked for",
    )
    .at(|checked| {
        let transitions = checked.workflow().transitions.iter();
        transitions.map(|t| t.place()).take(1).collect()
    })
    .label("only the states are compiled for this product"),
    losses::TITLES,
    losses::TICKET_TYPES,
    losses::COLORS,
    losses::STATE_DESCRIPTIONS,
    losses::EDITABLES,
];

const STATUSES: Document = Document {
    name: "statuses",
    about: "the list of workflow statuses",
    emit: Emit::All(emit_statuses),
    schema: || targets::schema_of::<wire::Statuses>(targets::Required::AsWritten),
};

const CREATE: Document = Document {
    name: "create",
    about: "the bodies that create the statuses without a known id, one each",
    emit: Emit::All(emit_create),
    schema: || targets::schema_of::<Vec<wire::NewStatus>>(targets::Required::AsWritten),
};

const STATUS: Document = Document {
    name: "status",
    about: "the statuses with a known id, each as the answer for it alone",
    emit: Emit::All(emit_status),
    schema: || targets::schema_of::<Vec<wire::Shown>>(targets::Required::AsWritten),
};

const UPDATE: Document = Document {
    name: "update",
    about: "the bodies that name the statuses with a known id, one each",
    emit: Emit::All(emit_update),
    schema: || targets::schema_of::<Vec<wire::Name>>(targets::Required::AsWritten),
};

const REQUESTS: Document = targets::requests::document(requests::emit);

const DELETE: Document = Document {
    name: "delete",
    about: "the HTTP requests that delete the statuses with a known id",
    ..targets::requests::document(requests::emit_delete)
};

const FETCH: Document = targets::requests::fetching(requests::fetch);

described! {
    /// What the block `actitime` may hold.
    "ActiTime",
    pub struct Settings {
        /// The ids that the installation's statuses have, by state, where known.
        ids: ByState<Number> = "ids",
        /// What the user who asks may do with each status, by state, as the answer for it alone says.
        allowed: ByState<Allowed> = "allowed-actions",
    }
}

described! {
    /// What a user may do with a status.
    "ActiTimeAllowedActions",
    pub struct Allowed {
        /// Whether it may be named anew.
        can_modify: Truth = "canModify",
        /// Whether it may be deleted.
        can_delete: Truth = "canDelete",
    }
}

impl One for Allowed {
    type Of = wire::AllowedActions;

    fn read(node: &Node, field: Field, out: &mut Diagnostics) -> Option<wire::AllowedActions> {
        let owner = Subject::named("`allowed-actions` of state", field.name);
        let fields = Fields::of(node, owner, node.span, Allowed::NAMES, out)?;
        let said: Allowed = Described::read(&fields, None, out);
        for name in Allowed::NAMES.iter().filter(|name| fields.lacks(name)) {
            out.push(missing_fields::report(owner.field(name), node.span));
        }
        Some(wire::AllowedActions {
            can_modify: said.can_modify?,
            can_delete: said.can_delete?,
        })
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Allowed>()
    }
}

impl Block for Settings {
    const TARGET: &'static str = NAME;

    fn finish(&mut self, _: &Fields, resolved: &Resolved, out: &mut Diagnostics) {
        let id = |(state, _)| {
            let id = self.ids.get(&state)?;
            Some((id.value.to_string(), resolved.name(state), id.span))
        };
        let ids = resolved.states().filter_map(id);
        out.extend(target_collisions::of_states(NAME, "status", ids));
    }
}

/// How many statuses the list shows where nothing else is asked for, by the page.
const DEFAULT_LIMIT: u32 = 1000;

const SITE: &[Unique] = &[
    // Within one workflow it is reported with its block.
    Unique {
        states: "become one status",
        help: "give each state the id of its own status, or both states the name of status `{value}`",
        claims: installation::ids,
        ..Unique::IDS
    },
    // Most likely one status is meant.
    Unique {
        code: &confusable_states::CODE,
        states: "become two statuses",
        labels: Some(["a status beside `{first}`", "`{first}` is defined here"]),
        help: "write the name in the same case in both workflows",
        note: Some("an installation has one list of statuses, for the tasks of all workflows"),
        claims: installation::names,
        ..Unique::IDS
    },
];

fn emit_statuses(workflows: &[&Checked], out: &mut Diagnostics) -> Option<Json> {
    let statuses = statuses(workflows, out)?;
    let item = |status: &Status| wire::Status {
        id: status.id,
        name: status.name.to_owned(),
        group: status.group,
    };
    Some(Json::new(wire::Statuses {
        offset: 0,
        limit: DEFAULT_LIMIT,
        items: statuses.iter().map(item).collect(),
    }))
}

/// A status with a known id exists already; creating it again would make a second one.
fn emit_create(workflows: &[&Checked], out: &mut Diagnostics) -> Option<Json> {
    let statuses = statuses(workflows, out)?;
    let new = statuses.iter().filter(|status| status.id.is_none());
    let bodies: Vec<wire::NewStatus> = new
        .map(|status| wire::NewStatus {
            name: status.name.to_owned(),
            group: status.group,
        })
        .collect();
    Some(Json::new(bodies))
}

/// Only a status that has an id can be asked for.
fn emit_status(workflows: &[&Checked], out: &mut Diagnostics) -> Option<Json> {
    let statuses = statuses(workflows, out)?;
    let answers: Vec<wire::Shown> = statuses
        .iter()
        .filter_map(|status| {
            Some(wire::Shown {
                id: status.id?,
                name: status.name.to_owned(),
                group: status.group,
                allowed_actions: status.allowed.as_ref().map(|said| said.value),
            })
        })
        .collect();
    Some(Json::new(answers))
}

/// Only the name of a status can be changed, and only of one that has an id.
fn emit_update(workflows: &[&Checked], out: &mut Diagnostics) -> Option<Json> {
    let statuses = statuses(workflows, out)?;
    let known = statuses.iter().filter(|status| status.id.is_some());
    let bodies: Vec<wire::Name> = known
        .map(|status| wire::Name {
            name: status.name.to_owned(),
        })
        .collect();
    Some(Json::new(bodies))
}

/// The statuses of all workflows, with what is lost on the way. `None` where the workflows
/// contradict each other.
fn statuses<'w>(workflows: &[&'w Checked], out: &mut Diagnostics) -> Option<Vec<Status<'w>>> {
    let mut found = Diagnostics::new();
    TARGET.hold_together(workflows, &mut found);
    let agreed = out.add_blocking(found);
    let statuses = installation::statuses(workflows, &mut Diagnostics::new());
    for workflow in workflows {
        TARGET.report_losses(workflow, STATUSES.name, out);
    }
    if let Some(first) = workflows.first() {
        report_long_list(statuses.len(), targets::place_of(first, NAME), out);
    }
    agreed.then_some(statuses)
}

fn group(category: Category) -> wire::Group {
    match category {
        Category::Draft | Category::Open | Category::Waiting => wire::Group::Open,
        Category::Closed => wire::Group::Completed,
    }
}

fn report_long_list(states: usize, place: Span, out: &mut Diagnostics) {
    if states <= DEFAULT_LIMIT as usize {
        return;
    }
    let message = format!("target `{NAME}` lists {DEFAULT_LIMIT} statuses, and there are {states}");
    let report = target_limits::other(message, place, "more states than one list shows");
    out.push(
        report
            .severity(Severity::Warning)
            .help(format!("ask for the list with `limit={states}`"))
            .note(format!(
                "{DEFAULT_LIMIT} is what the product shows where no limit is asked for"
            )),
    );
}
