//! What an editor asks about one text: what stands here, what may stand here, where else it is named,
//! what it is made of. The protocol in which it asks is the program's business.
//!
//! Everything is found from the tree of the text as it is, however broken, and from what compiling it
//! came to, with the words of [`crate::language`].

pub mod actions;
pub mod completion;
pub mod hints;
pub mod hover;
pub mod marks;
pub mod names;
pub mod outline;
pub mod positions;

#[cfg(test)]
mod tests;

use crate::compile::Compilation;
use crate::diagnostic::Diagnostics;
use crate::node::Document;
use crate::source::Source;
use crate::syntax;

use marks::Mark;

/// A text that is looked at.
#[derive(Debug)]
pub struct Looked<'s> {
    /// The text.
    pub source: &'s Source,
    /// What compiling it came to.
    pub compilation: &'s Compilation,
    /// Its tree.
    pub document: Document<'s>,
    /// The words in it that mean something.
    pub marks: Vec<Mark>,
}

impl<'s> Looked<'s> {
    /// Reads the text again, for its tree.
    pub fn at(source: &'s Source, compilation: &'s Compilation) -> Self {
        let document = syntax::read(source, &mut Diagnostics::new());
        let marks = marks::of(&document, source.id());
        Looked {
            source,
            compilation,
            document,
            marks,
        }
    }

    /// The word at a byte of the text.
    pub fn mark(&self, offset: usize) -> Option<&Mark> {
        marks::at(&self.marks, offset)
    }
}
