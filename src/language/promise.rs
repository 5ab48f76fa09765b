//! What an author promises of the graph.

use super::Absent::Nothing;
use super::{Field, Kind, described};
use crate::source::{Span, Text};

described! {
    /// What must stay true of the workflow.
    "Expectation" in "expect",
    pub struct Expectation {
        /// What must hold.
        pub promise: Promise,
        /// Where the word for the promise is written (`allow`, `pass` …).
        pub place: Span,
        /// Whether each of its names could be read. With a part missing it is another promise, which
        /// is neither kept nor broken.
        pub is_whole: bool,
    }

    /// Why.
    because: Text = Kind::Text, "because", Nothing, "nothing is resolved without work";
}

/// A kind of promise, as a file says it. What it means, and how it is proved, is for
/// [`crate::expect`] to say.
#[derive(Debug)]
pub struct Shape {
    /// What it promises, in a sentence.
    pub about: &'static str,
    /// Its lists of names: the one that makes the promise, and those that go with it.
    pub lists: &'static [Field],
    /// Whether the walks that it speaks of are those of tickets, from a start state on.
    pub is_of_tickets: bool,
}

impl Shape {
    /// The word that makes the promise.
    pub fn word(&self) -> &'static str {
        self.lists[0].name
    }
}

/// A promise as it is written.
#[derive(Clone, Debug)]
pub struct Promise {
    /// Its kind.
    pub shape: &'static Shape,
    /// The names in each of the kind's lists; `None` where it is not there.
    pub lists: Vec<Option<Vec<Text>>>,
}

impl Promise {
    /// The lists that are there, each with its field.
    pub fn lists(&self) -> impl Iterator<Item = (&'static Field, &[Text])> {
        let both = self.shape.lists.iter().zip(&self.lists);
        both.filter_map(|(field, list)| Some((field, list.as_deref()?)))
    }

    /// The states that it names, in the order of its lists.
    pub fn states(&self) -> impl Iterator<Item = &Text> {
        let lists = self.lists();
        let of_states = lists.filter(|(field, _)| field.kind.is_of_states());
        of_states.flat_map(|(_, list)| list)
    }

    /// The roles that it is about, taken together; `None` where it is about anybody.
    pub fn by(&self) -> Option<&[Text]> {
        let is_by = |field: &Field| matches!(field.kind, Kind::RoleNames);
        let mut lists = self.lists();
        lists.find_map(|(field, list)| is_by(field).then_some(list))
    }

    /// The names of transitions and starts that it lists.
    pub fn transitions(&self) -> &[Text] {
        let is_such = |field: &Field| matches!(field.kind, Kind::Transitions);
        let mut lists = self.lists();
        lists
            .find_map(|(field, list)| is_such(field).then_some(list))
            .unwrap_or(&[])
    }
}

/// The kinds of promises that a file may make.
#[derive(Debug)]
pub struct Promises {
    /// The kinds.
    pub shapes: Vec<&'static Shape>,
    /// All that an item of `expect` may have, in the order of a tidy file.
    pub fields: Vec<&'static Field>,
    /// The names of these.
    pub names: Vec<&'static str>,
}

impl Promises {
    /// These kinds, and the fields that all of them have.
    pub fn new(shapes: Vec<&'static Shape>) -> Self {
        let lists = shapes.iter().flat_map(|shape| shape.lists);
        let (by, mut fields): (Vec<&Field>, Vec<_>) =
            lists.partition(|field| matches!(field.kind, Kind::RoleNames));
        // Several kinds have this one, after all that is their own.
        fields.extend(by.first().copied());
        fields.extend(THING.fields);
        Promises {
            names: fields.iter().map(|field| field.name).collect(),
            fields,
            shapes,
        }
    }
}
