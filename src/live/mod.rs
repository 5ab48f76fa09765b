//! What a product answers when it is asked what it has, held against workflow files.
//!
//! Both go through the same reader: the answer as it is, and the files as what the product would answer if
//! it had them. So only what the product can say is compared, and in its own words.
//!
//! ```text
//!  answer ─targets─▶ Definition ─write─▶ text ─compile─▶ Resolved ┐
//!  files ─targets─▶ JSON ─targets─▶ Definition ─▶ text ─▶ Resolved ┴─changes─▶ differences
//! ```

pub mod ids;
mod places;
mod steps;
mod told;

#[cfg(test)]
mod tests;

use serde_json::{Value, json};

use crate::changes::{Change, Difference, Pair, Subject, Version, What};
use crate::compile::{self, Reading};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::hashing::HashMap;
use crate::import::Input;
use crate::limits::{self, Limits};
use crate::node::{Kind, Node, ScalarKind};
use crate::rules::Checked;
use crate::source::{Source, SourceId, Span, Syntax};
use crate::syntax;
use crate::targets::losses::{Concept, Fate};
use crate::targets::{Output, lossy_imports, reading};
use crate::write::{self, Definition, Remarked};
use ids::Ids;
use places::Places;

/// An answer, read.
#[derive(Clone, Debug)]
pub struct Answer {
    input: Input,
    source: SourceId,
    definitions: Vec<Definition>,
    places: Places,
    /// Everything reported of it.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether all of it could be read: otherwise what is not found in it may be there all the same. What
    /// is lost of one workflow alone is told of that one.
    pub is_whole: bool,
    /// What is lost of one workflow alone, by where the answer has it.
    lost: HashMap<Span, String>,
    value: Option<Value>,
}

impl Answer {
    /// Reads the answer `input` from `source`. Of one with an error nothing is known.
    pub fn read(source: &Source, input: Input) -> Answer {
        let mut out = Diagnostics::new();
        let document = syntax::read(source, &mut out);
        let mut answer = Answer {
            input,
            source: source.id(),
            definitions: Vec::new(),
            places: Places::default(),
            diagnostics: Vec::new(),
            is_whole: false,
            lost: HashMap::default(),
            value: None,
        };
        let is_list = document
            .root
            .as_ref()
            .is_none_or(|root| is_list(input, root));
        let root = document.root.and_then(|root| match &input.import.holds {
            Some(holds) => holds.gathered(vec![root], &mut out),
            None => Some(root),
        });
        if let Some(root) = &root {
            let respelt = (input.import.respelt)(root);
            let root = respelt.as_ref().unwrap_or(root);
            let name = input.target.name;
            // Nothing is there yet: to import that is a mistake, and to compare it is none.
            let mut of_nothing = Diagnostics::new();
            let out = match is_empty_list(input, root) {
                true => &mut of_nothing,
                false => &mut out,
            };
            let mut reading = reading::Reading::new(input.target, input.import, name, out);
            answer.definitions = (input.import.read)(root, &mut reading);
            // What is told from here on is what a workflow file has no word for.
            let is_lost = |found: &&Diagnostic| found.code == &lossy_imports::CODE;
            answer.places = Places::of(root);
            let within = Within::of(&answer.definitions, &answer.places);
            answer.is_whole = is_list;
            for found in reading.out.iter().filter(is_lost) {
                let labels = found.labels.iter().map(|label| label.span);
                let more = found
                    .more
                    .iter()
                    .flat_map(|more| more.spans.iter().copied());
                for place in labels.chain(more) {
                    match within.find(place) {
                        Some(place) => {
                            let told = answer.lost.entry(place);
                            told.or_insert_with(|| found.message.clone());
                        }
                        None => answer.is_whole = false,
                    }
                }
            }
            reading.finish();
            answer.value = Some(value_of(root));
        }
        if out.has_errors() || answer.value.is_none() {
            answer.definitions.clear();
            answer.value = None;
            answer.is_whole = false;
        }
        answer.diagnostics = out.into_sorted();
        answer
    }

    /// The answer as the product gave it; nothing where it has an error.
    pub fn value(&self) -> Option<&Value> {
        self.value.as_ref()
    }

    /// Whether it lists all workflows that there are.
    pub fn is_list(&self) -> bool {
        let document = self.input.target.document(self.input.import.document);
        document.is_some_and(|document| document.is_list())
    }

    /// Whether an error keeps it from being read.
    pub fn has_errors(&self) -> bool {
        self.value.is_none()
    }
}

/// The places of the workflows of an answer, in their order, each with where it ends.
struct Within(Vec<(Span, u32)>);

impl Within {
    fn of(definitions: &[Definition], places: &Places) -> Self {
        let objects = definitions.iter().filter_map(|one| one.place);
        let mut objects: Vec<_> = objects
            .map(|object| (object, places.end_of(object)))
            .collect();
        objects.sort_unstable();
        Within(objects)
    }

    /// That which a place is in.
    fn find(&self, place: Span) -> Option<Span> {
        let after = self.0.partition_point(|(one, _)| one.start <= place.start);
        let (object, end) = *self.0.get(after.checked_sub(1)?)?;
        (place.end <= end).then_some(object)
    }
}

/// A workflow over there, and as the files have it.
#[derive(Debug)]
struct Both<'w> {
    live: Reading,
    files: Reading,
    workflows: Vec<&'w Checked>,
    /// Where the answer has it.
    place: Option<Span>,
    ids: Ids,
}

/// An answer and the workflows of files, each with its own.
#[derive(Debug)]
pub struct Sides<'w> {
    answer: Answer,
    both: Vec<Both<'w>>,
    /// The workflows that the answer should have and has not.
    pub missing: Vec<&'w Checked>,
    /// What the answer calls those that no file has.
    pub foreign: Vec<String>,
    /// The workflows that cannot be compared, each with the reason.
    pub uncompared: Vec<(&'w Checked, String)>,
}

/// A workflow as the product would answer it.
struct Projected<'w> {
    workflows: Vec<&'w Checked>,
    definition: Definition,
}

impl<'w> Sides<'w> {
    /// Pairs what the answer has with the workflows: by their ids, by their names, and where there is only
    /// one of either, so.
    pub fn of(mut answer: Answer, workflows: &[&'w Checked]) -> Self {
        let input = answer.input;
        let mut uncompared = Vec::new();
        let mut files = Vec::new();
        let groups: Vec<&[&Checked]> = match is_one_list(input) {
            true => vec![workflows],
            false => workflows.chunks(1).collect(),
        };
        for group in groups {
            match projected(input, group) {
                Ok(definition) => files.push(Projected {
                    workflows: group.to_vec(),
                    definition,
                }),
                Err(why) => uncompared.extend(group.iter().map(|one| (*one, why.clone()))),
            }
        }
        let live = std::mem::take(&mut answer.definitions);
        let mut sides = Sides {
            answer,
            both: Vec::new(),
            missing: Vec::new(),
            foreign: Vec::new(),
            uncompared,
        };
        sides.pair(live, files);
        sides
    }

    /// The workflows alone, as if nothing were live.
    pub fn without(input: Input, workflows: &[&'w Checked]) -> Self {
        let answer = Answer {
            input,
            source: SourceId::default(),
            definitions: Vec::new(),
            places: Places::default(),
            diagnostics: Vec::new(),
            is_whole: true,
            lost: HashMap::default(),
            value: None,
        };
        let mut sides = Sides::of(answer, &[]);
        for one in workflows.chunks(1) {
            match projected(input, one) {
                Ok(definition) => {
                    let file = Projected {
                        workflows: one.to_vec(),
                        definition,
                    };
                    let both = sides.both((Definition::default(), file));
                    sides.both.push(both);
                }
                Err(why) => sides.uncompared.push((one[0], why)),
            }
        }
        sides
    }

    fn pair(&mut self, live: Vec<Definition>, files: Vec<Projected<'w>>) {
        let (mut live, mut files): (Vec<_>, Vec<_>) = (
            live.into_iter().map(Some).collect(),
            files.into_iter().map(Some).collect(),
        );
        let mut pairs: Vec<(Definition, Projected)> = Vec::new();
        for key in [told::id, told::kind, told::name] {
            let mut known: HashMap<String, Option<usize>> = HashMap::default();
            for (at, one) in live.iter().enumerate() {
                if let Some(key) = one.as_ref().and_then(key) {
                    // What two of them have tells neither.
                    known
                        .entry(key)
                        .and_modify(|at| *at = None)
                        .or_insert(Some(at));
                }
            }
            for file in &mut files {
                let Some(key) = file.as_ref().and_then(|file| key(&file.definition)) else {
                    continue;
                };
                let at = known.get(&key).copied().flatten();
                let found = at.and_then(|at| live.get_mut(at)).and_then(Option::take);
                if let (Some(found), Some(file)) = (found, file.take_if(|_| at.is_some())) {
                    pairs.push((found, file));
                }
            }
        }
        let mut live: Vec<Definition> = live.into_iter().flatten().collect();
        let mut files: Vec<Projected> = files.into_iter().flatten().collect();
        if live.len() == 1 && files.len() == 1 && pairs.is_empty() {
            pairs.extend(live.pop().zip(files.pop()));
        }
        pairs.retain(|(live, file)| {
            let lost = live.place.and_then(|place| self.answer.lost.get(&place));
            if let Some(why) = lost {
                let left = file.workflows.iter().map(|one| (*one, why.clone()));
                self.uncompared.extend(left);
            }
            lost.is_none()
        });
        let mut both: Vec<Both> = pairs.into_iter().map(|pair| self.both(pair)).collect();
        both.sort_by_key(|both| both.workflows.first().map(|w| w.workflow().place));
        self.both = both;
        let titles = live.into_iter().map(told::title);
        self.foreign = titles.filter(|title| !title.is_empty()).collect();
        self.missing = files.into_iter().flat_map(|file| file.workflows).collect();
    }

    fn both(&self, (mut live, file): (Definition, Projected<'w>)) -> Both<'w> {
        let Projected {
            workflows,
            definition: mut files,
        } = file;
        let ids = Ids::of(&live);
        let own = told::Own::of(self.answer.input.target.name, &workflows);
        own.name_states(&mut live, &mut files);
        for definition in [&mut live, &mut files] {
            own.leave_said(self.answer.input.target, definition);
        }
        told::leave_described(&mut live, &files);
        told::say_migrations(&workflows, &mut files);
        let place = live.place;
        let is_shown = |name: &str| self.answer.places.has_field(place, name);
        told::leave_shown(&mut live, &mut files, is_shown);
        let identifier = workflows.first().map_or("", |one| one.identifier());
        for definition in [&mut live, &mut files] {
            identifier.clone_into(&mut definition.identifier);
            definition.remarks.clear();
            if is_one_list(self.answer.input) {
                // Its reader has made them up, for a file to have some.
                definition.start = Remarked::default();
                definition.transitions = Remarked::default();
            }
        }
        Both {
            live: read(&live, self.answer.source),
            files: read(&files, self.answer.source),
            workflows,
            place,
            ids,
        }
    }

    /// Whether everything could be compared.
    pub fn is_whole(&self) -> bool {
        self.answer.is_whole && self.uncompared.is_empty()
    }

    /// How many are compared.
    pub fn len(&self) -> usize {
        self.both.len()
    }

    /// Whether nothing is compared.
    pub fn is_empty(&self) -> bool {
        self.both.is_empty()
    }

    /// For each workflow that is compared the first of its files and what differs, with places in the answer
    /// and in the files.
    pub fn differences(&self) -> Vec<(&'w Checked, Difference<'_>)> {
        let both = self.both.iter();
        both.filter_map(|both| Some((*both.workflows.first()?, self.difference(both)?)))
            .collect()
    }

    /// For each workflow that is compared the ids that the answer tells, with the names that its states have
    /// in the files.
    pub fn ids(&self) -> Vec<(&'w Checked, Ids)> {
        let mut all = Vec::new();
        for both in &self.both {
            let (Some(live), Some(files)) = (&both.live.resolved, &both.files.resolved) else {
                continue;
            };
            let pair = Pair::new(live, files);
            let names: HashMap<&str, &str> = pair
                .states
                .iter()
                .filter_map(|both| Some((live.name(both.old?), files.name(both.new?))))
                .collect();
            let ids = both.ids.clone().renamed(|state| names.get(state).copied());
            all.extend(
                both.workflows
                    .iter()
                    .map(|workflow| (*workflow, ids.clone())),
            );
        }
        all
    }

    fn difference<'s>(&'s self, both: &'s Both<'w>) -> Option<Difference<'s>> {
        let version = |reading: &'s Reading, is_whole| Version {
            path: "",
            resolved: reading.resolved.as_ref(),
            is_whole,
        };
        let old = version(&both.live, self.answer.is_whole);
        let mut difference = Difference::of(old, version(&both.files, true))?;
        let target = self.answer.input.target;
        let document = self.answer.input.import.document;
        let has = |concept| target.fate_in(concept, document) != Fate::LeftOut;
        difference.changes.retain(|change| match &change.of {
            Subject::State(_) => has(Concept::StateNames),
            Subject::Start { .. } => has(Concept::FirstStart),
            Subject::Moves { .. } => has(Concept::Transitions),
            // No product answers these.
            Subject::Migration(_) => false,
            _ => true,
        });
        // What follows from the graph, and what only tells which states are the same.
        difference.changes.retain(|change| {
            !matches!(&change.what, What::Field { field, .. } if ["final", "was"].contains(field))
        });
        if !has(Concept::Transitions) || !has(Concept::FirstStart) {
            difference.new_walks.clear();
            difference.lost_walks.clear();
        }
        if !has(Concept::Transitions) {
            // Which is which, transitions would tell.
            difference.offered.clear();
        }
        let in_files = places::of_files(&both.workflows, target.name);
        for change in &mut difference.changes {
            self.place(change, both, &in_files);
        }
        Some(difference)
    }

    fn place(&self, change: &mut Change, both: &Both, in_files: &places::OfFiles) {
        if change.new.is_some() {
            change.new = in_files.of(change);
        }
        if change.old.is_some() {
            let names = places::names_of(&change.of, &change.what);
            change.old = self.answer.places.find(both.place, &names);
        }
    }
}

/// Whether the answer is a list where a list belongs: one of its items alone tells nothing of the others.
fn is_list(input: Input, root: &Node) -> bool {
    let document = input.target.document(input.import.document);
    let (true, Some(holds)) = (document.is_some_and(|d| d.is_list()), &input.import.holds) else {
        return true;
    };
    let list = root.get(holds.list).unwrap_or(root);
    list.items().is_some()
}

/// Whether the answer is the list of all there is, and has nothing in it.
fn is_empty_list(input: Input, root: &Node) -> bool {
    let document = input.target.document(input.import.document);
    let list = match &input.import.holds {
        Some(holds) if holds.list.is_empty() => Some(root),
        Some(holds) => root.get(holds.list),
        None => root.get("workflows"),
    };
    let is_empty = list.and_then(Node::items).is_some_and(<[Node]>::is_empty);
    is_empty && document.is_some_and(|document| document.is_list())
}

/// JSON, read, as JSON. Calls itself as deep as the node is, which [`crate::syntax`] bounds.
fn value_of(node: &Node) -> Value {
    match node.kind() {
        Kind::Scalar(scalar) => match scalar.kind() {
            ScalarKind::Text | ScalarKind::Date | ScalarKind::Sign => Value::from(scalar.text()),
            _ => serde_json::from_str(scalar.text()).unwrap_or_else(|_| Value::from(scalar.text())),
        },
        Kind::List(items) => items.iter().map(value_of).collect(),
        Kind::Map(entries) => {
            let entries = entries.iter();
            let pairs = entries.map(|entry| (entry.key.text().to_owned(), value_of(&entry.value)));
            Value::Object(pairs.collect())
        }
        Kind::Absent(_) | Kind::Lost => Value::Null,
    }
}

/// Whether the product has states and no workflows, so that all files make one list.
fn is_one_list(input: Input) -> bool {
    let has = |concept| input.target.fate(concept) != Fate::LeftOut;
    has(Concept::StateNames) && !has(Concept::Transitions)
}

/// The workflow that the product would answer if it had these.
fn projected(input: Input, workflows: &[&Checked]) -> Result<Definition, String> {
    let mut out = Diagnostics::new();
    let built = match (
        input.import.rebuilt,
        input.target.document(input.import.document),
    ) {
        (Some(rebuilt), _) => {
            rebuilt(workflows, &mut out).map(|built| match input.import.members {
                Some("") => json!([built]),
                Some(list) => json!({ list: [built] }),
                None => built,
            })
        }
        (None, Some(document)) => {
            let target = input.target;
            let output = Output { target, document };
            output.document.of_all(workflows, &mut out)
        }
        (None, None) => None,
    };
    let text = built.ok_or_else(|| first_error(&out))?.to_string();
    let limits = Limits {
        bytes: limits::BYTES.most,
        name: limits::NAME.most,
        ..Limits::default()
    };
    let source = Source::new(SourceId::default(), "files", Syntax::Json, text);
    let source = source.with_limits(limits);
    let mut found = Diagnostics::new();
    let document = syntax::read(&source, &mut found);
    let root = document.root.as_ref();
    let respelt = root.and_then(|root| (input.import.respelt)(root));
    let root = respelt.as_ref().or(root);
    let root = root.ok_or_else(|| first_error(&found))?;
    let called = workflows.first().map_or("", |one| one.identifier());
    let mut reading = reading::Reading::new(input.target, input.import, called, &mut found);
    let mut definitions = (input.import.read)(root, &mut reading);
    reading.finish();
    match (found.has_errors(), definitions.pop()) {
        (false, Some(definition)) => Ok(definition),
        _ => Err(first_error(&found)),
    }
}

fn first_error(found: &Diagnostics) -> String {
    let error = found.iter().find(|d| d.severity == Severity::Error);
    error.map_or("its document is empty".to_owned(), |e| e.message.clone())
}

/// A definition as any file is read.
fn read(definition: &Definition, source: SourceId) -> Reading {
    let text = write::text(definition, Syntax::Yaml).unwrap_or_default();
    let limits = Limits {
        bytes: limits::BYTES.most,
        name: limits::NAME.most,
        ..Limits::default()
    };
    let source = Source::new(source, "live", Syntax::Yaml, text).with_limits(limits);
    compile::read(&source)
}
