//! Ids that nobody wrote down, derived so that the same names always give the same ids.
//!
//! Version 5 UUIDs (RFC 9562, §5.5): the SHA-1 of a namespace and a name. Changing anything here
//! changes every derived id in every file that is compiled without explicit ones.

use std::sync::LazyLock;

use uuid::Uuid;

/// The namespace of all that Statewright derives: itself version 5, of `statewright` in RFC
/// 9562's namespace for URLs.
static ROOT: LazyLock<Uuid> = LazyLock::new(|| Uuid::new_v5(&Uuid::NAMESPACE_URL, b"statewright"));

/// The id of the workflow `identifier`.
pub fn workflow(identifier: &str) -> Uuid {
    Uuid::new_v5(&ROOT, identifier.as_bytes())
}

/// The id of the part `name` of the workflow `identifier`, such as a state by its name.
pub fn of_workflow(identifier: &str, name: &str) -> Uuid {
    part(&workflow(identifier), name)
}

/// The same, where the id of the workflow is known.
pub fn part(workflow: &Uuid, name: &str) -> Uuid {
    Uuid::new_v5(workflow, name.as_bytes())
}
