//! The kinds of promises, one file each: what a file says, how it is proved, what breaks it, and when
//! it says nothing.

use std::fmt::Debug;

use super::broken_expectations::{MOST_LABELS, Report};
use super::contradicting_expectations::{Asked, Tickets, Why};
use super::makers::{self, Makers};
use super::proof::{Prover, Refutation};
use super::vacuous_expectations::{Idle, is_within};
use super::{Claim, either};
use crate::diagnostic::Diagnostic;
use crate::graph::{Resolved, StateId};
use crate::language::Absent::{Means, Missing};
use crate::language::{Field, Kind as Takes};
use crate::model::{From, Shape};
use crate::suggest;

/// What a file says of a kind of promise: its sentence, and its lists as fields are described.
macro_rules! promise {
    (
        $(#[doc = $about:literal])+
        $Kind:ident, is_of_tickets: $is_of_tickets:literal;
        $($(#[doc = $says:literal])+ $name:literal: $takes:expr, $absent:expr, $example:literal;)+
    ) => {
        $(#[doc = $about])+
        #[derive(Debug)]
        pub struct $Kind;

        static SHAPE: Shape = Shape {
            about: concat!($($about),+).trim_ascii_start(),
            lists: &[$(Field {
                name: $name,
                about: concat!($($says),+).trim_ascii_start(),
                kind: $takes,
                absent: $absent,
                example: $example,
            }),+],
            is_of_tickets: $is_of_tickets,
        };
    };
}

mod allow;
mod forbid;
mod never;
mod pass;
mod reach;
mod separate;

/// Every kind, in the order in which pages and schemas list them.
pub(super) const ALL: &[&dyn Kind] = &[
    &allow::Allow,
    &forbid::Forbid,
    &pass::Pass,
    &reach::Reach,
    &never::Never,
    &separate::Separate,
];

/// A kind of promise.
pub(super) trait Kind: Debug + Sync {
    /// What a file says.
    fn shape(&self) -> &'static Shape;

    /// Why the claim does not hold; `None` where it does, or nobody can tell.
    fn refute(&self, prover: &Prover, claim: &Claim) -> Option<Refutation>;

    /// What is reported where this refutes the claim.
    fn broken(&self, report: &Report, claim: &Claim, refutation: &Refutation) -> Diagnostic;

    /// Why the claim holds whatever the transitions are, where it does. `tickets` is `None` where
    /// mistakes leave open where tickets begin.
    fn idle(&self, _: &Resolved, _tickets: Option<&Tickets>, _: &Claim) -> Option<Idle> {
        None
    }

    /// What the claim asks for, if it asks for something.
    fn asks<'c>(&self, _: &'c Claim) -> Option<Asked<'c>> {
        None
    }

    /// What of that this claim rules out, whatever the transitions are.
    fn rules_out(&self, _: &Tickets, _: &Claim, _: &Asked) -> Option<Why> {
        None
    }
}
