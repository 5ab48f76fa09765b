//! A workflow to a picture: one file a notation.
//!
//! A notation spells the [`picture::Picture`] of a workflow and decides nothing about it, so that
//! all notations show the same. A picture is drawn of any [`Resolved`] graph, however faulty:
//! what is wrong with it is worth seeing. The same workflow gives the same bytes every time.
//!
//! To add a notation: write its file, and put it in [`ALL`].

use crate::graph::Resolved;

pub mod dot;
pub mod layout;
mod measure;
pub mod mermaid;
pub mod palette;
pub mod picture;
pub mod svg;
mod text;

/// A language of pictures.
#[derive(Debug)]
pub struct Notation {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is good for, in one line.
    pub about: &'static str,
    /// The ending of its files, without the dot.
    pub extension: &'static str,
    /// Draws a workflow.
    pub draw: fn(&Resolved, &Style) -> String,
}

/// What a reader wants of a picture, whatever the notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// Where the arrows lead.
    pub direction: Direction,
    /// Whether arrows carry the names of their transitions.
    pub names: bool,
}

impl Default for Style {
    fn default() -> Self {
        Style {
            direction: Direction::Down,
            names: true,
        }
    }
}

/// Where the arrows of a picture lead, as far as the layout can have them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// From top to bottom.
    #[default]
    Down,
    /// From left to right.
    Right,
}

impl Direction {
    /// Every direction with its word on the command line.
    pub const WORDS: &'static [(&'static str, Direction)] =
        &[("down", Direction::Down), ("right", Direction::Right)];
}

/// Every notation, in the order in which help texts and tables list them.
pub const ALL: &[&Notation] = &[&svg::NOTATION, &dot::NOTATION, &mermaid::NOTATION];

/// The notation of this name.
pub fn find(name: &str) -> Option<&'static Notation> {
    ALL.iter().copied().find(|n| n.name == name)
}

/// The notation whose files end so (`mmd`, without the dot), in whatever case.
pub fn find_by_extension(extension: &str) -> Option<&'static Notation> {
    let same = |n: &&Notation| n.extension.eq_ignore_ascii_case(extension);
    ALL.iter().copied().find(same)
}

#[cfg(test)]
mod tests;
