//! A workflow to a picture: one file a notation.
//!
//! A notation spells the [`picture::Picture`] of a workflow and decides nothing about it, so that
//! all notations show the same. A picture is drawn of any [`Resolved`] graph, however faulty:
//! what is wrong with it is worth seeing. The same workflow gives the same bytes every time.
//!
//! To add a notation: write its file, and put it in [`ALL`].

use std::fmt;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Group};
use crate::graph::{Place, Resolved, StateId};
use crate::hashing::HashSet;
use crate::limits::Grouped;
use crate::model::Category;
use crate::suggest;

use html::Quote;
use picture::Picture;

pub mod d2;
pub mod dot;
pub mod html;
pub mod layout;
mod measure;
pub mod mermaid;
pub mod palette;
pub mod picture;
pub mod plantuml;
#[cfg(feature = "png")]
pub mod png;
pub mod smcat;
pub mod svg;
pub mod table;
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
    /// What its files hold near the beginning, and pictures by others do not; empty where nothing
    /// tells them.
    pub signature: &'static str,
    /// How many states and arrows its pictures hold at most ([`Notation::file`]).
    pub most: usize,
    /// Whether it lists every transition beside the picture, each of which counts as much as an arrow.
    pub lists_transitions: bool,
    /// Whether it shows arrows: these have a direction and names, and make walks.
    pub has_arrows: bool,
    /// Whether several of its texts, one after the other, are one document.
    pub joins: bool,
    /// Whether its text can say where arrows lead ([`Style::direction`]).
    pub has_direction: bool,
    /// Spells a picture as text.
    pub draw: fn(&Picture, &Style) -> String,
    /// Where its files are no text: makes them of the picture, to show what the text does.
    pub encode: Option<Encode>,
    /// What whoever draws its text should know, such as that it is longer than they take.
    pub caution: Option<fn(&str) -> Option<String>>,
}

/// Makes a file that is no text.
pub type Encode = fn(&Picture, &Style) -> Result<Encoded, TooLarge>;

/// A picture as its file has it.
#[derive(Clone, Debug)]
pub struct Encoded {
    /// What the file holds.
    pub bytes: Vec<u8>,
    /// What its reader should know, such as letters that could not be drawn.
    pub note: Option<String>,
}

impl Notation {
    /// A workflow as text.
    pub fn text(&self, resolved: &Resolved, style: &Style) -> String {
        (self.draw)(&Picture::of(resolved, style), style)
    }

    /// The picture of a workflow as its file has it ([`Notation::file_of`]).
    pub fn file(&self, resolved: &Resolved, style: &Style) -> Result<Encoded, TooLarge> {
        // Before there is a picture, which takes as much memory as the workflow.
        let states = resolved.workflow().states.len();
        if style.shows_all() && states + resolved.starts().len() > self.most {
            // Each has an arrow at least, and a figure where no state has its name.
            let starts = resolved.starts().iter().map(|start| start.value);
            let starts: HashSet<Place> = starts.collect();
            let is_undefined = |place: &&Place| matches!(place, Place::Undefined(_));
            let least = states + starts.len() + starts.iter().filter(is_undefined).count();
            if least > self.most {
                return Err(self.too_large(least));
            }
        }
        if style.shows_all() && resolved.moves().len() > self.most {
            let single = resolved.moves().iter().filter(|step| !step.every);
            let pairs: HashSet<(Place, Place)> = single.map(|step| (step.from, step.to)).collect();
            if pairs.len() > self.most {
                return Err(self.too_large(resolved.workflow().states.len() + pairs.len()));
            }
        }
        self.file_of(&Picture::of(resolved, style), style)
    }

    fn too_large(&self, count: usize) -> TooLarge {
        TooLarge::Figures {
            count,
            notation: self.name,
            most: self.most,
        }
    }

    /// A picture as its file has it; an error where it would hold more than [`Notation::most`], which no
    /// reader could look at and few machines have the memory for.
    pub fn file_of(&self, picture: &Picture, style: &Style) -> Result<Encoded, TooLarge> {
        let drawn = picture.figures.len() + picture.starts.len() + picture.arrows.len();
        let listed = match self.lists_transitions && style.only.is_none() {
            true => picture.resolved.workflow().transitions.len(),
            false => 0,
        };
        let count = drawn.max(listed);
        if count > self.most {
            return Err(self.too_large(count));
        }
        match self.encode {
            Some(encode) => encode(picture, style),
            None => {
                let text = (self.draw)(picture, style);
                Ok(Encoded {
                    note: self.caution.and_then(|caution| caution(&text)),
                    bytes: text.into_bytes(),
                })
            }
        }
    }
}

/// A picture is more than its notation draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooLarge {
    /// It would hold too much.
    Figures {
        /// How many states and arrows it would hold.
        count: usize,
        /// The name of the notation.
        notation: &'static str,
        /// How many the notation draws.
        most: usize,
    },
    /// It would take too long to paint.
    Pixels {
        /// How many millions of pixels its lines and boxes reach over.
        millions: usize,
        /// The name of the notation.
        notation: &'static str,
        /// How many millions the notation paints.
        most: usize,
    },
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            TooLarge::Figures {
                count,
                notation,
                most,
            } => {
                write!(
                    f,
                    "the picture would hold at least {} states and arrows, and notation `{notation}` draws {}: add `--only CATEGORY` for a part of it",
                    Grouped(count),
                    Grouped(most),
                )?;
                let enough = ALL.iter().filter(|notation| notation.most >= count);
                let enough: Vec<&str> = enough.map(|notation| notation.name).collect();
                match enough.is_empty() {
                    true => Ok(()),
                    false => write!(f, ", or take one of {}", suggest::phrase(&enough)),
                }
            }
            TooLarge::Pixels {
                millions,
                notation,
                most,
            } => write!(
                f,
                "the lines of the picture would reach over {} million pixels, and notation `{notation}` paints {}: add `--only CATEGORY` for a part of it, or take `svg`",
                Grouped(millions),
                Grouped(most)
            ),
        }
    }
}

impl std::error::Error for TooLarge {}

/// What a reader wants of a picture, whatever the notation.
#[derive(Clone, Debug)]
pub struct Style {
    /// Where the arrows lead.
    pub direction: Direction,
    /// Whether arrows carry the names of their transitions.
    pub names: bool,
    /// Show the states of this category alone, and the arrows between them.
    pub only: Option<Category>,
    /// Point out a walk through these states.
    pub walk: Vec<StateId>,
    /// What was reported of the workflow.
    pub findings: Vec<Diagnostic>,
    /// For each of these, the lines that it is about.
    pub quotes: Vec<Vec<Quote>>,
    /// What is left out.
    pub hide: Hide,
    /// Categories of which all states are drawn as one figure.
    pub collapse: Vec<Category>,
    /// Which of it is shown.
    pub show: Show,
    /// The language (BCP 47) in which labels stand in the place of names; names everywhere where none
    /// is asked for.
    pub language: Option<String>,
    /// A font for letters that the one of PNG lacks ([`png::is_font`]).
    pub font: Option<Arc<[u8]>>,
}

impl Style {
    /// Whether no state and no transition is left out or drawn together with another.
    fn shows_all(&self) -> bool {
        self.only.is_none() && self.hide == Hide::default() && self.collapse.is_empty()
    }
}

/// What a picture leaves out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hide {
    /// States and transitions of these names.
    pub names: Vec<String>,
    /// Transitions from `"*"`.
    pub wildcards: bool,
}

impl Hide {
    /// Whether a state or a transition of this name is left out.
    pub fn has(&self, name: &str) -> bool {
        self.names.iter().any(|hidden| hidden == name)
    }
}

/// Which findings a picture shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// Those about walks and promises, which say most where they are drawn.
    #[default]
    Usual,
    /// All.
    All,
    /// Those of these codes.
    Codes(Vec<&'static Code>),
}

impl Show {
    /// Whether findings of a code are shown.
    pub fn has(&self, code: &Code) -> bool {
        match self {
            Show::Usual => matches!(code.group, Group::Walks | Group::Promises),
            Show::All => true,
            Show::Codes(codes) => codes.contains(&code),
        }
    }

    /// Whether findings of the code of this name, which is about walks, are shown.
    fn names(&self, name: &str) -> bool {
        match self {
            Show::Usual | Show::All => true,
            Show::Codes(codes) => codes.iter().any(|code| code.name == name),
        }
    }
}

impl Default for Style {
    fn default() -> Self {
        Style {
            direction: Direction::Down,
            names: true,
            only: None,
            walk: Vec::new(),
            findings: Vec::new(),
            quotes: Vec::new(),
            hide: Hide::default(),
            collapse: Vec::new(),
            show: Show::Usual,
            language: None,
            font: None,
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
pub const ALL: &[&Notation] = &[
    &svg::NOTATION,
    #[cfg(feature = "png")]
    &png::NOTATION,
    &html::NOTATION,
    &dot::NOTATION,
    &mermaid::NOTATION,
    &plantuml::NOTATION,
    &d2::NOTATION,
    &smcat::NOTATION,
    &table::NOTATION,
];

/// The notation of this name.
pub fn find(name: &str) -> Option<&'static Notation> {
    ALL.iter().copied().find(|n| n.name == name)
}

/// Why no notation has files that end so, where this program was built without the one that has.
pub fn why_left_out(extension: &str) -> Option<&'static str> {
    let is_left_out = cfg!(not(feature = "png")) && extension.eq_ignore_ascii_case("png");
    is_left_out.then_some(
        "this program was built without PNG: take `svg`, or install it with its default features",
    )
}

/// The notation whose files end so (`mmd`, without the dot), in whatever case.
pub fn find_by_extension(extension: &str) -> Option<&'static Notation> {
    let same = |n: &&Notation| n.extension.eq_ignore_ascii_case(extension);
    ALL.iter().copied().find(same)
}

#[cfg(test)]
mod tests;
