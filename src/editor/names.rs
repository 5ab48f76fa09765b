//! Where else a state or a role is named, and giving it another name.

use crate::diagnostic::Edit;
use crate::node::respelt;
use crate::source::{Source, Span, Syntax};
use crate::syntax;

use super::Looked;
use super::marks::{Of, What};

/// Where a state or a role is named.
#[derive(Clone, Debug)]
pub struct Named {
    /// What it is.
    pub of: Of,
    /// Its name.
    pub name: String,
    /// Where it is described; nowhere for a name that none has.
    pub declared: Vec<Span>,
    /// Every place in which its name is written, those included, in the order of the text.
    pub all: Vec<Span>,
}

/// What is named at a byte of the text, and where else it is; `None` where nothing is.
pub fn at(looked: &Looked, offset: usize) -> Option<Named> {
    let What::Named { of: what, name, .. } = &looked.mark(offset)?.what else {
        return None;
    };
    Some(of(looked, *what, name))
}

/// Where the state or the role of this name is named.
pub fn of(looked: &Looked, what: Of, wanted: &str) -> Named {
    let mut named = Named {
        of: what,
        name: wanted.to_owned(),
        declared: Vec::new(),
        all: Vec::new(),
    };
    for mark in looked.marks() {
        let What::Named {
            of,
            name,
            is_declared,
        } = &mark.what
        else {
            continue;
        };
        if name != wanted || *of != what {
            continue;
        }
        named.all.push(mark.span);
        if *is_declared {
            named.declared.push(mark.span);
        }
    }
    // A table of TOML may be named in several headers.
    let again = syntax::other_places(looked.source, &named.declared);
    named.all.extend(again.into_iter().flatten());
    named.all.sort_unstable();
    named.all.dedup();
    named
}

/// Why something cannot have a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Nothing at the place has a name that can be changed.
    NothingHere,
    /// A name is text that is not blank, on one line.
    NoName,
    /// Something else of its kind has this name.
    Taken(String),
}

/// The edits that give the state or the role at a byte of the text another name, everywhere in the text.
pub fn rename(looked: &Looked, offset: usize, new: &str) -> Result<Vec<Edit>, Refused> {
    let named = at(looked, offset).ok_or(Refused::NothingHere)?;
    let is_text = |c: char| !c.is_control() && c != '\u{2028}' && c != '\u{2029}';
    if new.trim() != new || new.is_empty() || new == "*" || !new.chars().all(is_text) {
        return Err(Refused::NoName);
    }
    if new != named.name && !of(looked, named.of, new).all.is_empty() {
        return Err(Refused::Taken(new.to_owned()));
    }
    let edits = named.all.iter().map(|span| Edit {
        span: *span,
        text: spelt(looked.source, *span, &named.name, new),
    });
    Ok(edits.collect())
}

/// How `new` is written in place of `old`, which stands at `span`: in the quotes that are there.
pub fn spelt(source: &Source, span: Span, old: &str, new: &str) -> String {
    let written = source.slice(span);
    let is_yaml = source.syntax() == Syntax::Yaml;
    let has_single = written.starts_with('\'') && !new.contains(['\'', '\\']);
    match has_single {
        true => format!("'{new}'"),
        // A key of TOML with a blank in it needs quotes.
        false if is_yaml && written == old => crate::node::spelt(new),
        false => respelt(old, span, new),
    }
}
