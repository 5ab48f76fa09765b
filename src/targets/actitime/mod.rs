//! actiTIME: the states as workflow statuses, which one installation has for all its tasks.

mod installation;
mod read;
mod requests;
mod wire;

#[cfg(test)]
mod tests;

use crate::hashing::HashMap;
use std::num::NonZeroU64;

use schemars::SchemaGenerator;

use crate::diagnostic::{Diagnostics, Severity};
use crate::fields::Fields;
use crate::graph::{Resolved, StateId};
use crate::model::Category;
use crate::rules::Checked;
use crate::source::{Span, Spanned};
use crate::targets::blocks::{self, Block, ByState, Number, described};
use crate::targets::losses::Concept::*;
use crate::targets::target_collisions::{self, Holder};
use crate::targets::{self, Document, Emit, Json, Loss, Target, losses, target_limits};
use installation::Status;

const NAME: &str = "actitime";

/// See the README beside this file.
pub const TARGET: Target = Target {
    name: NAME,
    title: "actiTIME",
    readme: include_str!("README.md"),
    documents: &[STATUSES, CREATE, STATUS, REQUESTS],
    read_block: blocks::read::<Settings>,
    check: |checked, out| STATUSES.check(checked, out),
    check_together: |workflows, out| {
        installation::statuses(workflows, out);
    },
    losses: LOSSES,
    imports: read::IMPORTS,
    refusals: &read::REFUSALS,
    block_schema: SchemaGenerator::subschema_for::<Settings>,
};

const LOSSES: &[Loss] = &[
    Loss::no_draft("a task that is only drafted counts as work to do").label("becomes `open`"),
    Loss::no_waiting("a task that waits counts as work to do").label("becomes `open`"),
    Loss::of_all(
        &[
            FirstStart,
            MoreStarts,
            StartNames,
            Transitions,
            TransitionNames,
            SelfTransitions,
            ParallelTransitions,
            OptionalNotes,
            RequiredNotes,
        ],
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

const REQUESTS: Document = targets::requests::document(requests::emit);

described! {
    /// What the block `actitime` may hold.
    "ActiTime",
    pub struct Settings {
        /// The ids that the installation's statuses have, by state, where known.
        ids: ByState<Number> = "ids",
    }
}

impl Block for Settings {
    const TARGET: &'static str = NAME;

    fn finish(&mut self, _: &Fields, resolved: &Resolved, out: &mut Diagnostics) {
        report_shared_ids(resolved, &self.ids, out);
    }
}

/// How many statuses the list shows where nothing else is asked for, by the page.
const DEFAULT_LIMIT: u32 = 1000;

type Ids = HashMap<StateId, Spanned<NonZeroU64>>;

fn report_shared_ids(resolved: &Resolved, ids: &Ids, out: &mut Diagnostics) {
    let mut holders: HashMap<NonZeroU64, Holder> = HashMap::default();
    for (state, _) in resolved.states() {
        let Some(id) = ids.get(&state) else {
            continue;
        };
        let holder = Holder {
            state: resolved.name(state),
            place: id.span,
        };
        match holders.get(&id.value) {
            Some(first) => {
                let id = id.value.to_string();
                out.push(target_collisions::report(
                    NAME, "status", &id, *first, holder,
                ));
            }
            None => {
                holders.insert(id.value, holder);
            }
        }
    }
}

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
            })
        })
        .collect();
    Some(Json::new(answers))
}

/// The statuses of all workflows, with what is lost on the way. `None` where the workflows
/// contradict each other.
fn statuses<'w>(workflows: &[&'w Checked], out: &mut Diagnostics) -> Option<Vec<Status<'w>>> {
    let mut found = Diagnostics::new();
    let statuses = installation::statuses(workflows, &mut found);
    let agreed = out.add_blocking(found);
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
