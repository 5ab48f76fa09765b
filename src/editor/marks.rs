//! What stands where: the words of a text that mean something, found by walking its tree as
//! [`crate::language`] describes it. So a field that the language is given is known to editors, too.

use smol_str::SmolStr;

use crate::expect::PROMISES;
use crate::language::{Field, Kind, Thing, Words, workflow};
use crate::node::{Document, Entry, Node};
use crate::source::{SourceId, Span};
use crate::targets;

/// A word of a text, and what it means.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Where the word is written, its quotes included.
    pub span: Span,
    /// What it means.
    pub what: What,
}

/// What a word means.
#[derive(Clone, Debug)]
pub enum What {
    /// The name of a field.
    Field(&'static Field),
    /// The name of a state or a role.
    Named {
        /// Which of the two.
        of: Of,
        /// The name.
        name: SmolStr,
        /// Whether what has the name is described here, and not only named.
        is_declared: bool,
    },
    /// `"*"`, which stands for every state.
    Every,
    /// The name of a transition or of a start.
    Name,
    /// A word of a field.
    Word {
        /// The words of the field.
        words: &'static Words,
        /// Which of them it is, as an index.
        index: usize,
    },
    /// The name of a product.
    Target(&'static str),
}

/// What has a name that a file names again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A state.
    State,
    /// A role.
    Role,
}

/// Every mark of a document, in the order of the text. What aliases stand for is marked where it is
/// written.
pub fn of(document: &Document, source: SourceId) -> Vec<Mark> {
    let mut walk = Walk {
        source,
        marks: Vec::new(),
        states: Vec::new(),
    };
    if let Some(root) = &document.root {
        let states = root.get("states").and_then(Node::entries);
        let names = states.unwrap_or_default().iter().map(|e| e.key.text());
        walk.states = names.map(SmolStr::new).collect();
        walk.states.sort_unstable();
        walk.thing(root, &workflow::THING);
    }
    walk.marks.sort_by_key(|mark| mark.span);
    walk.marks
}

struct Walk {
    source: SourceId,
    marks: Vec<Mark>,
    /// The names of the states that are described, in order.
    states: Vec<SmolStr>,
}

impl Walk {
    fn add(&mut self, span: Span, what: What) {
        if span.source == self.source && span.via == 0 {
            self.marks.push(Mark { span, what });
        }
    }

    fn thing(&mut self, node: &Node, thing: &'static Thing) {
        self.fields(node, thing.fields);
    }

    fn fields(&mut self, node: &Node, fields: &[&'static Field]) {
        if !node.is_own() {
            return;
        }
        for entry in node.entries().unwrap_or_default() {
            let key = entry.key.text();
            if let Some(field) = fields.iter().find(|field| field.name == key) {
                self.add(entry.key_span(), What::Field(field));
                self.value(&entry.value, field);
            }
        }
    }

    fn value(&mut self, node: &Node, field: &'static Field) {
        match &field.kind {
            Kind::State | Kind::States | Kind::Move | Kind::Walk => self.states_in(node),
            Kind::Word(words) => self.word(node, words),
            Kind::Asks(words) => {
                let asked = node.entries().unwrap_or_default();
                asked
                    .iter()
                    .for_each(|entry| self.word(&entry.value, words));
            }
            Kind::RoleNames => self.roles_in(node, false),
            Kind::Roles(thing) => match node.entries() {
                Some(_) => self.by_name(node, thing, Of::Role),
                None => self.roles_in(node, true),
            },
            Kind::Migrations(thing) => {
                for entry in node.entries().unwrap_or_default() {
                    match entry.value.scalar() {
                        Some(_) => self.states_in(&entry.value),
                        // The state is one of another workflow.
                        None => self.names_of_fields(&entry.value, thing),
                    }
                }
            }
            Kind::One(thing) => self.thing(node, thing),
            Kind::List(thing) => self.each(node, |walk, item| walk.thing(item, thing)),
            Kind::ByName(thing) => self.by_name(node, thing, Of::State),
            Kind::Starts(thing) => {
                let start = |walk: &mut Walk, item: &Node| match item.scalar() {
                    Some(_) => walk.states_in(item),
                    None => walk.thing(item, thing),
                };
                match node.items() {
                    Some(_) => self.each(node, start),
                    None => start(self, node),
                }
            }
            Kind::Promises(_) => self.each(node, |walk, item| walk.fields(item, &PROMISES.fields)),
            Kind::Blocks => self.blocks(node),
            // What people call a transition is the one name that is not the thing's own key.
            Kind::Name if node.scalar().is_some() => self.add(node.span, What::Name),
            _ => {}
        }
    }

    fn each(&mut self, node: &Node, mut look: impl FnMut(&mut Walk, &Node)) {
        if node.is_own() {
            let items = node.items().unwrap_or_default();
            items.iter().for_each(|item| look(self, item));
        }
    }

    fn states_in(&mut self, node: &Node) {
        match node.scalar() {
            Some(scalar) if scalar.text() == "*" => self.add(node.span, What::Every),
            Some(scalar) => self.named(Of::State, scalar.text(), node.span, false),
            None => self.each(node, |walk, item| walk.states_in(item)),
        }
    }

    fn roles_in(&mut self, node: &Node, is_declared: bool) {
        match node.scalar() {
            Some(scalar) => self.named(Of::Role, scalar.text(), node.span, is_declared),
            None => self.each(node, |walk, item| walk.roles_in(item, is_declared)),
        }
    }

    /// The names of the fields of a map whose values say nothing of this file.
    fn names_of_fields(&mut self, node: &Node, thing: &'static Thing) {
        for entry in node.entries().unwrap_or_default() {
            let key = entry.key.text();
            if let Some(field) = thing.fields.iter().find(|field| field.name == key) {
                self.add(entry.key_span(), What::Field(field));
            }
        }
    }

    fn named(&mut self, of: Of, name: &str, span: Span, is_declared: bool) {
        let name = SmolStr::new(name);
        self.add(
            span,
            What::Named {
                of,
                name,
                is_declared,
            },
        );
    }

    fn word(&mut self, node: &Node, words: &'static Words) {
        let text = node.scalar().map(|scalar| scalar.text());
        let index = words.all.iter().position(|(word, _)| Some(*word) == text);
        if let Some(index) = index {
            self.add(node.span, What::Word { words, index });
        }
    }

    fn by_name(&mut self, node: &Node, thing: &'static Thing, of: Of) {
        if !node.is_own() {
            return;
        }
        for entry in node.entries().unwrap_or_default() {
            if !entry.is_lost() {
                self.named(of, entry.key.text(), entry.key_span(), true);
            }
            self.thing(&entry.value, thing);
        }
    }

    /// Blocks of products name states as the keys of maps.
    fn blocks(&mut self, node: &Node) {
        for block in node.entries().unwrap_or_default() {
            let target = targets::find(block.key.text());
            let Some(target) = target else { continue };
            self.add(block.key_span(), What::Target(target.name));
            let fields = block.value.entries().unwrap_or_default();
            fields.iter().for_each(|field| self.by_state(field));
        }
    }

    fn by_state(&mut self, field: &Entry) {
        for entry in field.value.entries().unwrap_or_default() {
            let name = SmolStr::new(entry.key.text());
            if self.states.binary_search(&name).is_ok() {
                self.named(Of::State, &name, entry.key_span(), false);
            }
        }
    }
}

/// The mark at a byte of the text: also right behind its last one, as editors ask.
pub fn at(marks: &[Mark], offset: usize) -> Option<&Mark> {
    let after = marks.partition_point(|mark| mark.span.range().start <= offset);
    let mark = marks[..after].last()?;
    (offset <= mark.span.range().end).then_some(mark)
}
