//! Reading a product's own JSON: what all `read.rs` have in common.

use crate::hashing::HashMap;
use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::fields::{self, Field, Fields, Subject, invalid_values, wrong_types};
use crate::model::Text;
use crate::model::decode::EVERY;
use crate::node::{Node, ScalarKind};
use crate::rules::undefined_states;
use crate::source::Span;
use crate::suggest;

use super::{blocks, lossy_imports, unknown_values};

/// Where reading reports, and what it leaves out.
pub struct Reading<'o> {
    /// Everything reported.
    pub out: &'o mut Diagnostics,
    /// The identifier of a workflow to which the JSON gives no name.
    pub called: &'o str,
    /// Fields that the target does not know, by what they are fields of.
    left_out: BTreeMap<String, Vec<(String, Span)>>,
}

impl<'o> Reading<'o> {
    /// Nothing read yet.
    pub fn new(called: &'o str, out: &'o mut Diagnostics) -> Self {
        Reading {
            out,
            called,
            left_out: BTreeMap::new(),
        }
    }

    /// The fields of an object. A field that the target does not know is remembered as left out;
    /// [`Reading::finish`] reports it.
    pub fn fields<'n, 's, 'a>(
        &mut self,
        node: &'n Node<'s>,
        owner: Subject<'a>,
        place: Span,
        known: &[&'static str],
    ) -> Option<Fields<'n, 's, 'a>> {
        let (fields, strangers) = Fields::of_known(node, owner, place, known, self.out)?;
        if !strangers.is_empty() {
            // All of a kind are one, numbered or not.
            let kind = owner
                .kind
                .trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
            let left_out = self.left_out.entry(kind.to_owned()).or_default();
            left_out.extend(
                strangers
                    .iter()
                    .map(|e| (e.key.text().to_string(), e.key_span())),
            );
        }
        Some(fields)
    }

    /// Reports what is left out. Answers where that stands.
    pub fn finish(self) -> Vec<Span> {
        for (owner, fields) in &self.left_out {
            self.out.extend(lossy_imports::left_out(owner, fields));
        }
        let fields = self.left_out.into_values().flatten();
        fields.map(|(_, place)| place).collect()
    }

    /// The items of a list that has to be there.
    pub fn list<'n, 's>(
        &mut self,
        fields: &Fields<'n, 's, '_>,
        name: &'static str,
    ) -> Option<&'n [Node<'s>]> {
        let node = fields.required(name, self.out)?;
        if node.items().is_none() {
            let report = wrong_types::report(fields.field(name), node, "a list");
            self.out.push(report);
        }
        node.items()
    }

    /// A name that has to be there.
    pub fn name(&mut self, fields: &Fields, name: &'static str) -> Option<Text> {
        let node = fields.required(name, self.out)?;
        fields::name(node, fields.owner().field(name), self.out)
    }

    /// The name of a state, which has to be there. The language has a meaning of its own for `*`.
    pub fn state_name(&mut self, fields: &Fields, name: &'static str) -> Option<Text> {
        let found = self.name(fields, name)?;
        if found.value == EVERY {
            self.out
                .push(invalid_values::state_called_every(found.span));
            return None;
        }
        Some(found)
    }

    /// One of the words that the product documents. Another one is an error here, where it
    /// decides what is written.
    pub fn word<T: Copy>(
        &mut self,
        fields: &Fields,
        name: &'static str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let node = fields.required(name, self.out)?;
        let written = fields::name(node, fields.owner().field(name), self.out)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == written.value) {
            return Some(*value);
        }
        let field = fields.field(name).to_string();
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let report = unknown_values::report(&field, &written.value, written.span, &known);
        let report = match suggest::nearest(&written.value, known.iter().copied()) {
            Some(_) => report,
            None => report.help(format!("write one of {}", suggest::phrase(&known))),
        };
        self.out.push(report.severity(Severity::Error));
        None
    }

    /// Texts that each name something, where there is such a list and it is not `null`.
    pub fn names(&mut self, fields: &Fields, name: &'static str) -> Option<Vec<String>> {
        let node = given(fields, name)?;
        let names = fields::names(node, fields.owner().field(name), self.out)?;
        Some(names.iter().map(|name| name.value.to_string()).collect())
    }
}

/// The value of a field that is there and is not `null`.
pub fn given<'n, 's>(fields: &Fields<'n, 's, '_>, name: &str) -> Option<&'n Node<'s>> {
    let node = fields.get(name)?;
    let null = node.scalar().is_some_and(|s| s.kind() == ScalarKind::Null);
    (!null).then_some(node)
}

/// Things by the names or ids that others speak of them by, each meant by its position.
pub struct Index {
    /// What they are: "state", "step".
    what: &'static str,
    /// What they are known by: "name", "`StepId`".
    by: &'static str,
    found: HashMap<String, (usize, Span)>,
    /// Whether one of them could not be read, which is reported already: it may be any.
    is_in_doubt: bool,
}

impl Index {
    /// None yet. `what` they are ("state") and what they are known `by` ("name"), for reports.
    pub fn of(what: &'static str, by: &'static str) -> Self {
        Index {
            what,
            by,
            found: HashMap::default(),
            is_in_doubt: false,
        }
    }

    /// The position of `key`, if it is there.
    pub fn get(&self, key: &str) -> Option<usize> {
        Some(self.found.get(key)?.0)
    }

    /// Remembers that one of them could not be read.
    pub fn doubt(&mut self) {
        self.is_in_doubt = true;
    }

    /// Adds one at `position`; reports a key that is there already.
    pub fn add(&mut self, key: &Text, position: usize, out: &mut Diagnostics) {
        let Some((_, first)) = self.found.get(key.value.as_str()) else {
            self.found
                .insert(key.value.to_string(), (position, key.span));
            return;
        };
        let (what, by, value) = (self.what, self.by, &key.value);
        let some = plural(what);
        let message = format!("two {some} have the {by} `{value}`");
        let help = format!("delete one of the two {some}, or give it a {by} of its own");
        let report = invalid_values::other(message, key.span, "the second one", help);
        out.push(report.label(*first, "the first one"));
    }

    /// The position that `written` stands for; reports one that nothing has. `subject` says who
    /// speaks of it, and how: "transition `Close` leads to".
    pub fn find(&self, written: &Text, subject: &str, out: &mut Diagnostics) -> Option<usize> {
        let found = self.get(&written.value);
        if found.is_none() && !self.is_in_doubt {
            out.push(self.missing(written, subject));
        }
        found
    }

    fn missing(&self, written: &Text, subject: &str) -> Diagnostic {
        let (what, by, value) = (self.what, self.by, &written.value);
        let message = format!("{subject} `{value}`, which is no {what}");
        let label = format!("no {what} has this {by}");
        let report = Diagnostic::new(&undefined_states::CODE, message, written.span, label);
        match self.near(value) {
            Some((near, place)) => report
                .label(place, format!("a {what} with a similar {by} is here"))
                .help(format!("change `{value}` to `{near}`")),
            None => report.help(format!(
                "import the whole answer of the product, in which `{value}` is among the {}",
                plural(what)
            )),
        }
    }

    fn near(&self, value: &str) -> Option<(&str, Span)> {
        // One id looks like another, and nobody writes them by hand.
        if blocks::is_uuid(value) {
            return None;
        }
        // The order in which a map is gone through is nobody's to know.
        let mut keys: Vec<&str> = self.found.keys().map(String::as_str).collect();
        keys.sort_unstable();
        let near = suggest::nearest(value, keys.iter().copied())?;
        Some((near, self.found.get(near)?.1))
    }
}

fn plural(what: &str) -> String {
    let ending = if what.ends_with('s') { "es" } else { "s" };
    format!("{what}{ending}")
}

/// What a report calls the thing at `index` (from 0) that has no name: "step 3".
pub fn numbered(what: &str, index: usize) -> String {
    format!("{what} {}", index + 1)
}

/// What a report calls an object: "step `New`" by its own field `name`, or else "step 3".
pub fn subject<'a>(item: &'a Node, name: &str, what: &'a str, numbered: &'a str) -> Subject<'a> {
    let name = item.get(name).and_then(Node::scalar).map(|s| s.text());
    match name.filter(|name| !name.trim().is_empty()) {
        Some(name) => Subject::named(what, name),
        None => Subject::only(numbered),
    }
}

/// A colour of the form `#rrggbb`.
pub fn color(node: &Node, field: Field, out: &mut Diagnostics) -> Option<String> {
    use crate::model::decode::{color_like, is_color};
    const WANTED: &str = "a colour of the form `#rrggbb`";
    let text = fields::text(node, field, out)?;
    if is_color(&text.value) {
        return Some(text.value.to_string());
    }
    out.push(match color_like(&text.value) {
        Some((meant, is_sure)) => {
            let spelt = crate::node::quoted(&meant);
            let written = (&*text.value, text.span);
            invalid_values::meant(field, written, WANTED, &meant, spelt, is_sure)
        }
        None => invalid_values::malformed(field, &text.value, text.span, WANTED, "#1f77b4"),
    });
    None
}
