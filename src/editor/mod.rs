//! What an editor asks about one text: what stands here, what may stand here, where else it is named,
//! what it is made of. The protocol in which it asks is the program's business.
//!
//! Everything is found from the tree of the text as it is, however broken, and from what compiling it
//! came to, with the words of [`crate::language`].

pub mod actions;
pub mod completion;
pub mod former;
pub mod hints;
pub mod hover;
pub mod marks;
pub mod names;
pub mod outline;
pub mod positions;

#[cfg(test)]
mod tests;

use std::cell::OnceCell;

use crate::compile::{Compilation, Options, compile_and_show};
use crate::diagnostic::Diagnostics;
use crate::source::Source;
use crate::syntax;

use marks::Mark;
use outline::Part;

/// What was found in the tree of one version of a text: each thing once, when it is first asked for.
#[derive(Debug, Default)]
pub struct Seen {
    marks: OnceCell<Vec<Mark>>,
    parts: OnceCell<Vec<Part>>,
}

/// Compiles a text in which somebody is typing. Nearly everything that is asked about it next begins
/// with the marks, which cost little while the tree is there.
pub fn compile(source: &Source, options: &Options) -> (Compilation, Seen) {
    let seen = Seen::default();
    let compilation = compile_and_show(source, options, &mut |document| {
        seen.marks.get_or_init(|| marks::of(document, source.id()));
    });
    (compilation, seen)
}

/// A text that is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Looked<'s> {
    /// The text.
    pub source: &'s Source,
    /// What compiling it came to.
    pub compilation: &'s Compilation,
    /// What was found in it before.
    pub seen: &'s Seen,
}

impl<'s> Looked<'s> {
    /// The words in it that mean something.
    pub fn marks(&self) -> &'s [Mark] {
        let marks = &self.seen.marks;
        marks.get_or_init(|| {
            let document = syntax::read(self.source, &mut Diagnostics::new());
            marks::of(&document, self.source.id())
        })
    }

    /// Its parts, in the order of the text.
    pub fn parts(&self) -> &'s [Part] {
        let parts = &self.seen.parts;
        parts.get_or_init(|| outline::of(&syntax::read(self.source, &mut Diagnostics::new())))
    }

    /// The word at a byte of the text.
    pub fn mark(&self, offset: usize) -> Option<&'s Mark> {
        marks::at(self.marks(), offset)
    }
}
