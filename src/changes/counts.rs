//! How many tickets are in the states of a workflow.

/// Tickets of a workflow.
#[derive(Clone, Debug)]
pub struct Counts {
    /// For each state of the old version how many there are.
    pub of: Vec<u64>,
    /// Whether all of them are known, so that none means none.
    pub is_whole: bool,
}
