//! One picture of two versions of a workflow: what is new, gone and changed stands in it together with
//! what is as it was.
//!
//! Both are drawn for themselves, and what is gone is put into the picture of the new version, so that
//! it looks as it did. What became of states and moves is for [`crate::changes`] to say.

use super::{Arrow, Figure, Kind, Named, Picture, Written};
use crate::graph::{Place, Resolved, StateId};
use crate::hashing::{HashMap, HashSet};
use crate::model::{StartTransition, Transition};

/// What became of something from the old version to the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// It was not there.
    New,
    /// It is there no longer.
    Gone,
    /// Something else is said of it.
    Changed,
}

impl Fate {
    /// All of them, as legends list them.
    pub const ALL: [Fate; 3] = [Fate::New, Fate::Gone, Fate::Changed];

    /// It in a word, which is also its class in style sheets.
    pub fn word(self) -> &'static str {
        match self {
            Fate::New => "new",
            Fate::Gone => "gone",
            Fate::Changed => "changed",
        }
    }

    /// The sign before the name of an arrow, as lists of changes have it.
    pub fn sign(self) -> &'static str {
        match self {
            Fate::New => "+",
            Fate::Gone => "-",
            Fate::Changed => "~",
        }
    }
}

/// What became of everything that a picture shows. What is not listed is as it was.
#[derive(Debug, Default)]
pub struct Fates {
    /// For each old state, the new one that it is.
    pub new_of: Vec<Option<StateId>>,
    /// The new version's states that are new.
    pub new_states: HashSet<StateId>,
    /// The old version's states that are gone.
    pub gone_states: HashSet<StateId>,
    /// New states of which something else is said than before, with that in a few words each.
    pub changed: HashMap<StateId, Vec<String>>,
    /// The new version's moves that are new or changed, by their indexes in [`Resolved::moves`].
    pub moves: HashMap<usize, Fate>,
    /// The old version's moves that are gone, by the same.
    pub gone_moves: HashSet<usize>,
    /// The new version's starts that are new or changed, by their indexes in [`Resolved::starts`].
    pub starts: HashMap<usize, Fate>,
    /// The old version's starts that are gone.
    pub gone_starts: HashSet<usize>,
}

/// What a picture of two versions knows beyond that of one.
#[derive(Debug)]
pub struct Merged<'r> {
    /// The old version.
    pub old: &'r Resolved,
    /// For each figure of the old picture, the one that shows it; nothing for any states that are not gone.
    figure_of_old: Vec<Option<usize>>,
    /// The new version's moves that are new or changed, by their indexes in [`Resolved::moves`].
    pub moves: HashMap<usize, Fate>,
    /// The old version's moves that are gone, by the same, each with its arrow.
    pub gone: Vec<(usize, usize)>,
    /// What changed, for a list beside the picture.
    pub told: Vec<Told>,
}

/// A change, and where in the picture it is.
#[derive(Clone, Debug)]
pub struct Told {
    /// Of which kind it is.
    pub fate: Fate,
    /// It in a sentence.
    pub text: String,
    /// Where in the files it is.
    pub place: String,
    /// The states that it is about.
    pub states: Vec<InVersion>,
    /// Of a change of moves, the ends of each.
    pub moves: Vec<(InVersion, InVersion)>,
}

/// A state of one of the versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InVersion {
    /// A state of the old one.
    Old(StateId),
    /// A state of the new one.
    New(StateId),
}

impl<'r> Picture<'r> {
    /// One picture of both. In neither may anything be hidden, left out or collapsed.
    pub fn merged(old: Picture<'r>, new: Picture<'r>, fates: &Fates, told: Vec<Told>) -> Self {
        let mut places = Places::of(&old, &new, fates);
        let mut picture = places.put(new, &old);
        mark_figures(&mut picture, fates, &places);
        mark_starts(&mut picture, &old, fates, &places);
        mark_arrows(&mut picture, fates);
        let gone = draw_gone(&mut picture, &old, fates, &mut places);
        picture.merged = Some(Merged {
            old: old.resolved,
            figure_of_old: places.old,
            moves: fates.moves.clone(),
            gone,
            told,
        });
        picture
    }

    /// What became of things in it.
    pub fn fates(&self) -> impl Iterator<Item = Fate> {
        let figures = self.figures.iter().filter_map(|figure| figure.fate);
        let named = self.named().filter_map(|named| named.fate);
        let found: HashSet<Fate> = figures.chain(named).collect();
        Fate::ALL
            .into_iter()
            .filter(move |fate| found.contains(fate))
    }

    /// The figure that shows a state of either version.
    pub fn figure_in(&self, state: InVersion) -> Option<usize> {
        match (state, &self.merged) {
            (InVersion::New(id), _) => self.figure_at(Place::State(id)),
            (InVersion::Old(id), Some(merged)) => merged.figure_of_old[id.index()],
            (InVersion::Old(_), None) => None,
        }
    }
}

/// Where the figures of both pictures are in the one of both. States come in the order of the new file,
/// each that is gone after the one that it followed; then undefined names; then any states.
struct Places {
    new: Vec<usize>,
    /// Nothing for any states: most of them the new picture has as well.
    old: Vec<Option<usize>>,
    count: usize,
}

impl Places {
    fn of(old: &Picture, new: &Picture, fates: &Fates) -> Self {
        let states = new.resolved.workflow().states.len();
        let mut places = Places {
            new: vec![0; new.figures.len()],
            old: vec![None; old.figures.len()],
            count: 0,
        };
        let mut after: Vec<Vec<usize>> = vec![Vec::new(); states + 1];
        let mut last = 0;
        for (index, new_of) in fates.new_of.iter().enumerate() {
            match new_of {
                Some(id) => last = id.index() + 1,
                None => after[last].push(index),
            }
        }
        for (index, followers) in after.iter().enumerate() {
            if let Some(state) = index.checked_sub(1) {
                places.new[state] = places.next();
            }
            for gone in followers {
                places.old[*gone] = Some(places.next());
            }
        }
        for (place, id) in places.old.iter_mut().zip(&fates.new_of) {
            if let Some(id) = id {
                *place = Some(places.new[id.index()]);
            }
        }
        places.of_names(old, new, fates);
        places
    }

    /// Gives their places to the figures that are no states.
    fn of_names(&mut self, old: &Picture, new: &Picture, fates: &Fates) {
        let is_undefined = |figure: &Figure| figure.kind != Kind::AnyState;
        let states = new.resolved.workflow().states.len();
        let (names, any): (Vec<usize>, Vec<usize>) =
            (states..new.figures.len()).partition(|index| is_undefined(&new.figures[*index]));
        let mut by_name: HashMap<&str, usize> = HashMap::default();
        for index in names {
            self.new[index] = self.next();
            by_name.insert(&new.figures[index].name, self.new[index]);
        }
        for index in fates.new_of.len()..old.figures.len() {
            let figure = &old.figures[index];
            if is_undefined(figure) {
                let known = by_name.get(&*figure.name).copied();
                self.old[index] = Some(known.unwrap_or_else(|| self.next()));
            }
        }
        for index in any {
            self.new[index] = self.next();
        }
    }

    fn next(&mut self) -> usize {
        self.count += 1;
        self.count - 1
    }

    /// The new picture with all figures where they are now.
    fn put<'r>(&self, mut new: Picture<'r>, old: &Picture<'r>) -> Picture<'r> {
        let mut figures: Vec<Option<Figure>> = (0..self.count).map(|_| None).collect();
        for (figure, place) in new.figures.drain(..).zip(&self.new) {
            figures[*place] = Some(figure);
        }
        for (figure, place) in old.figures.iter().zip(&self.old) {
            if let Some(place) = place.filter(|place| figures[*place].is_none()) {
                figures[place] = Some(Figure {
                    is_start: false,
                    unreachable: false,
                    dead_end: false,
                    ..figure.clone()
                });
            }
        }
        new.figures = figures.into_iter().flatten().collect();
        let shown = new.figure_of_state.iter_mut();
        for figure in shown.chain(&mut new.figure_of_undefined).flatten() {
            *figure = self.new[*figure];
        }
        for start in &mut new.starts {
            start.to = self.new[start.to];
        }
        for arrow in &mut new.arrows {
            (arrow.from, arrow.to) = (self.new[arrow.from], self.new[arrow.to]);
        }
        new
    }
}

fn mark_figures(picture: &mut Picture, fates: &Fates, places: &Places) {
    for id in &fates.new_states {
        picture.figures[places.new[id.index()]].fate = Some(Fate::New);
    }
    for (index, new_of) in fates.new_of.iter().enumerate() {
        if let (Some(place), None) = (places.old[index], new_of) {
            let figure = &mut picture.figures[place];
            match fates.gone_states.contains(&StateId(index as u32)) {
                true => figure.fate = Some(Fate::Gone),
                // It may be in a part of the new version that could not be read.
                false => figure.findings.push("not known".to_owned()),
            }
        }
    }
    for figure in &mut picture.figures {
        figure
            .findings
            .extend(figure.fate.map(|fate| fate.word().to_owned()));
    }
    for (id, words) in &fates.changed {
        let figure = &mut picture.figures[places.new[id.index()]];
        figure.fate = Some(Fate::Changed);
        figure.findings.extend(words.iter().cloned());
    }
}

fn mark_starts<'r>(picture: &mut Picture<'r>, old: &Picture<'r>, fates: &Fates, places: &Places) {
    for (index, start) in picture.resolved.starts().iter().enumerate() {
        let to = picture.figure_at(start.value);
        let (Some(fate), Some(to)) = (fates.starts.get(&index), to) else {
            continue;
        };
        let words = begun(picture.resolved, index);
        for start in picture.starts.iter_mut().filter(|start| start.to == to) {
            if is_of(&start.named, words) {
                start.named.fate = Some(*fate);
            }
        }
    }
    for (index, start) in old.resolved.starts().iter().enumerate() {
        let to = old.figure_at(start.value);
        let Some(to) = to.filter(|_| fates.gone_starts.contains(&index)) else {
            continue;
        };
        let words = begun(old.resolved, index);
        let mut known = old.starts.iter().filter(|start| start.to == to);
        let known = known.find(|start| is_of(&start.named, words));
        if let (Some(start), Some(to)) = (known, places.old[to]) {
            let mut start = start.clone();
            (start.to, start.named.fate) = (to, Some(Fate::Gone));
            picture.starts.push(start);
        }
    }
}

/// What is said of beginning there.
fn begun(resolved: &Resolved, index: usize) -> Option<&StartTransition> {
    resolved.workflow().start.get(index)?.transition.as_ref()
}

/// Whether it is these words that are named, or others that look the same.
fn is_of(named: &Named, words: Option<&StartTransition>) -> bool {
    let name = words.and_then(|words| words.name.as_ref());
    named.name == name.map_or("", |name| &*name.value)
}

/// Which of what an arrow names shows a transition.
struct Index<'r> {
    exact: HashMap<(usize, *const Transition), usize>,
    /// Of those that look the same, one is named.
    by_name: HashMap<(usize, &'r str), usize>,
}

impl<'r> Index<'r> {
    fn of(arrows: &[Arrow<'r>]) -> Self {
        let mut index = Index {
            exact: HashMap::default(),
            by_name: HashMap::default(),
        };
        for (arrow, all) in arrows.iter().enumerate() {
            for (at, named) in all.named.iter().enumerate() {
                if let Written::Transition(transition) = named.written {
                    index
                        .exact
                        .insert((arrow, std::ptr::from_ref(transition)), at);
                }
                index.by_name.entry((arrow, named.name)).or_insert(at);
            }
        }
        index
    }

    /// Of the arrow that shows a move: the number of the arrow, and which of what it names.
    fn find(&self, picture: &Picture<'r>, step: usize) -> Option<(usize, usize)> {
        let arrow = picture.arrow_of_move[step]?;
        let transition = picture.resolved.transition(&picture.resolved.moves()[step]);
        let exact = self.exact.get(&(arrow, std::ptr::from_ref(transition)));
        let at = exact.or_else(|| self.by_name.get(&(arrow, transition.label())))?;
        Some((arrow, *at))
    }
}

/// Gives what arrows name what became of the moves that it shows. An arrow of which that is not the same
/// becomes several, but for one that leads back to where it begins: such would lie on each other.
fn mark_arrows(picture: &mut Picture, fates: &Fates) {
    let index = Index::of(&picture.arrows);
    let found: Vec<Option<(usize, usize)>> = (0..picture.resolved.moves().len())
        .map(|step| index.find(picture, step))
        .collect();
    let mut seen: HashMap<(usize, usize), Seen> = HashMap::default();
    for (step, key) in found.iter().enumerate() {
        if let Some(key) = key {
            seen.entry(*key)
                .or_default()
                .add(fates.moves.get(&step).copied());
        }
    }
    let mut arrows: Vec<Arrow> = Vec::with_capacity(picture.arrows.len());
    let mut place: HashMap<(usize, usize), usize> = HashMap::default();
    for (number, mut arrow) in picture.arrows.drain(..).enumerate() {
        let mut parts: Vec<(Option<Fate>, usize)> = Vec::new();
        for (at, mut named) in std::mem::take(&mut arrow.named).into_iter().enumerate() {
            named.fate = seen.get(&(number, at)).and_then(Seen::fate);
            let is_here =
                |(fate, _): &&(Option<Fate>, usize)| *fate == named.fate || arrow.from == arrow.to;
            let part = parts.iter().find(is_here).map(|(_, part)| *part);
            let part = part.unwrap_or_else(|| {
                parts.push((named.fate, arrows.len()));
                arrows.push(arrow.clone());
                arrows.len() - 1
            });
            place.insert((number, at), part);
            arrows[part].named.push(named);
        }
    }
    picture.arrows = arrows;
    for (arrow, key) in picture.arrow_of_move.iter_mut().zip(found) {
        *arrow = key.and_then(|key| place.get(&key).copied());
    }
}

/// What became of moves that are named together on one arrow.
#[derive(Default)]
struct Seen {
    is_changed: bool,
    has_other: bool,
}

impl Seen {
    fn add(&mut self, fate: Option<Fate>) {
        self.is_changed |= fate == Some(Fate::Changed);
        self.has_other |= fate != Some(Fate::New);
    }

    /// From any state, an arrow is new where all of its moves are: from a new state, it goes without saying.
    fn fate(&self) -> Option<Fate> {
        match (self.has_other, self.is_changed) {
            (false, _) => Some(Fate::New),
            (true, true) => Some(Fate::Changed),
            (true, false) => None,
        }
    }
}

/// Draws the moves that are gone as the old picture did; which arrow each has.
fn draw_gone<'r>(
    picture: &mut Picture<'r>,
    old: &Picture<'r>,
    fates: &Fates,
    places: &mut Places,
) -> Vec<(usize, usize)> {
    let index = Index::of(&old.arrows);
    // Of those from any state, whether all moves are gone that are named together.
    let mut is_whole: HashMap<(usize, usize), bool> = HashMap::default();
    for step in 0..old.resolved.moves().len() {
        if let Some(key) = index.find(old, step) {
            *is_whole.entry(key).or_insert(true) &= fates.gone_moves.contains(&step);
        }
    }
    // A second arrow that leads back to where it begins would lie on the first.
    let loops = picture.arrows.iter().enumerate();
    let loops = loops.filter(|(_, arrow)| arrow.from == arrow.to);
    let mut drawn: HashMap<(usize, usize, bool), usize> = loops
        .map(|(number, arrow)| ((arrow.from, arrow.to, false), number))
        .collect();
    let mut named: HashSet<(usize, usize, usize)> = HashSet::default();
    let mut gone = Vec::new();
    for (number, step) in old.resolved.moves().iter().enumerate() {
        let key = index.find(old, number);
        let Some(key) = key.filter(|_| fates.gone_moves.contains(&number)) else {
            continue;
        };
        let looks = &old.arrows[key.0];
        let is_of_any = old.figures[looks.from].kind == Kind::AnyState;
        let from = match is_of_any && is_whole[&key] {
            true => Some(places.any_state(looks.from, &old.figures[looks.from], picture)),
            false => old
                .figure_at(step.from)
                .and_then(|figure| places.old[figure]),
        };
        let (Some(from), Some(to)) = (from, places.old[looks.to]) else {
            continue;
        };
        let automatic = looks.automatic && from != to;
        let at = *drawn
            .entry((from, to, automatic))
            .or_insert(picture.arrows.len());
        if at == picture.arrows.len() {
            picture.arrows.push(Arrow {
                from,
                to,
                named: Vec::new(),
                ..looks.clone()
            });
        }
        gone.push((number, at));
        if named.insert((at, key.0, key.1)) {
            let mut one = looks.named[key.1].clone();
            one.fate = Some(Fate::Gone);
            picture.arrows[at].named.push(one);
        }
    }
    gone
}

impl Places {
    /// The figure of any state that is gone.
    fn any_state<'r>(
        &mut self,
        index: usize,
        figure: &Figure<'r>,
        picture: &mut Picture<'r>,
    ) -> usize {
        *self.old[index].get_or_insert_with(|| {
            picture.figures.push(Figure {
                fate: Some(Fate::Gone),
                ..figure.clone()
            });
            picture.figures.len() - 1
        })
    }
}
