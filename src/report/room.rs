//! How much of what a file can multiply is written in a report for programs.
//!
//! A place takes a few bytes of a file and some hundred of a report: without a bound, a small file
//! would make a report of gigabytes.

use std::cell::Cell;

use serde::{Serialize, Serializer};

/// How many edits a fix may have that is written. An editor would not like to apply more at once,
/// and `--fix` applies all.
const MOST_OF_A_FIX: usize = 1000;

/// How many edits are written in all, and how many places beyond the labels.
const MOST_OF_A_REPORT: usize = 10_000;

/// What of that is left.
pub(super) struct Room(Cell<usize>);

impl Room {
    pub fn new() -> Self {
        Room(Cell::new(MOST_OF_A_REPORT))
    }

    /// Whether so many edits are written: all of a fix or none, as half of one would be another.
    pub fn edits(&self, count: usize) -> bool {
        let is_room = count <= MOST_OF_A_FIX && count <= self.0.get();
        if is_room {
            self.0.set(self.0.get() - count);
        }
        is_room
    }

    /// How many of so many places are written.
    pub fn places(&self, count: usize) -> usize {
        let written = count.min(self.0.get());
        self.0.set(self.0.get() - written);
        written
    }
}

/// A list that is made while it is written, one item after the other.
pub(super) struct Each<F>(pub F);

impl<F, I> Serialize for Each<F>
where
    F: Fn() -> I,
    I: IntoIterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}
