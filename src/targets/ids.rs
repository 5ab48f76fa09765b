//! Ids that nobody wrote down, derived so that the same names always give the same ids.
//!
//! Version 5 UUIDs (RFC 9562, §5.5): the SHA-1 of a namespace and a name. Changing anything here
//! changes every derived id in every file that is compiled without explicit ones.

use std::sync::LazyLock;

use uuid::Uuid;

use crate::model::{State, Workflow};

/// The namespace of all that Statewright derives: itself version 5, of `statewright` in RFC
/// 9562's namespace for URLs.
static ROOT: LazyLock<Uuid> = LazyLock::new(|| Uuid::new_v5(&Uuid::NAMESPACE_URL, b"statewright"));

/// The id of the workflow `identifier`.
pub fn workflow(identifier: &str) -> Uuid {
    Uuid::new_v5(&ROOT, identifier.as_bytes())
}

/// The id of a workflow, which stays when it gets another identifier.
pub fn of(workflow: &Workflow) -> Uuid {
    let identifier = workflow.oldest_identifier();
    self::workflow(identifier.map_or("", |identifier| &identifier.value))
}

/// The id of a state of `workflow`, which stays when it gets another name.
pub fn of_state(workflow: &Uuid, state: &State) -> Uuid {
    part(workflow, &state.oldest_name().value)
}

/// The id of the part `name` of a workflow with this id.
pub fn part(workflow: &Uuid, name: &str) -> Uuid {
    Uuid::new_v5(workflow, name.as_bytes())
}
