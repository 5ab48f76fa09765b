//! What every notation shows of a workflow, and nothing of how.

use crate::hashing::{HashMap, HashSet};
use std::borrow::Cow;

use crate::diagrams::{Hide, Style};
use crate::graph::{Place, Resolved, Role, StateId};
use crate::model::{Category, From, State, Transition};

mod collapse;
pub mod columns;
mod labels;
mod marks;
mod merged;
mod named;

pub use labels::{Labels, all as all_labels};
pub use marks::Names;
pub use merged::{Fate, Fates, InVersion, Merged, Told};
pub use named::{Mark, Named, Sign, Written};

/// A workflow as figures and the arrows between them.
#[derive(Debug)]
pub struct Picture<'r> {
    /// What it shows.
    pub resolved: &'r Resolved,
    /// What people call the workflow, if it is called anything.
    pub title: Option<&'r str>,
    /// What it is for, as its author describes it.
    pub description: Option<&'r str>,
    /// The states in the order of the file, then undefined names, then any states.
    pub figures: Vec<Figure<'r>>,
    /// Where tickets begin, in the order of the file.
    pub starts: Vec<Start<'r>>,
    /// In the order of the file. From each figure to each other at most one for what people do, and
    /// one for what happens by itself.
    pub arrows: Vec<Arrow<'r>>,
    /// For each state the figure that shows it, if one does.
    figure_of_state: Vec<Option<usize>>,
    /// For each of [`Resolved::undefined`] the same.
    figure_of_undefined: Vec<Option<usize>>,
    /// For each of [`Resolved::moves`] the arrow that shows it, if one does.
    pub arrow_of_move: Vec<Option<usize>>,
    /// Whether a walk is pointed out, so that all that is not on it stands back.
    pub shows_walk: bool,
    /// What it knows of an older version, where it shows both.
    pub merged: Option<Merged<'r>>,
}

/// What is pointed out in a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Emphasis {
    /// Nothing.
    #[default]
    None,
    /// It is on the walk that was asked for.
    Walk,
    /// It breaks a promise.
    Broken,
}

/// Something that arrows lead from or to.
#[derive(Clone, Debug)]
pub struct Figure<'r> {
    /// What it is called.
    pub name: Cow<'r, str>,
    /// What stands on it where that is not its name.
    pub label: Option<Cow<'r, str>>,
    /// What it stands for.
    pub kind: Kind,
    /// The state that it shows, where it is one.
    pub state: Option<&'r State>,
    /// The author's own colour for it, `#rrggbb`.
    pub color: Option<&'r str>,
    /// Whether tickets begin there.
    pub is_start: bool,
    /// Whether it is declared that nothing leaves it.
    pub is_final: bool,
    /// Whether no ticket can come to it.
    pub unreachable: bool,
    /// Whether nothing leaves it although it is neither closed nor final.
    pub dead_end: bool,
    /// What else was reported of it, in a few words each.
    pub findings: Vec<String>,
    /// Whether and how it is pointed out.
    pub emphasis: Emphasis,
    /// What became of it, where two versions are shown.
    pub fate: Option<Fate>,
}

/// What a figure stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A state, with its category where one could be read.
    State(Option<Category>),
    /// A name that no state has.
    Undefined,
    /// Where a transition from `"*"` begins that would be one arrow too many from each state.
    AnyState,
}

/// An arrow from the start dot.
#[derive(Clone, Debug)]
pub struct Start<'r> {
    /// The figure that it leads to, as an index into [`Picture::figures`].
    pub to: usize,
    /// What creating a ticket there is called, and what goes with it.
    pub named: Named<'r>,
    /// Whether and how it is pointed out.
    pub emphasis: Emphasis,
}

/// An arrow between figures: every transition from the one to the other.
#[derive(Clone, Debug)]
pub struct Arrow<'r> {
    /// Where it begins, as an index into [`Picture::figures`].
    pub from: usize,
    /// Where it leads.
    pub to: usize,
    /// The transitions, those that look alike once, in the order of the file. Never empty.
    pub named: Vec<Named<'r>>,
    /// Whether all of it happens by itself.
    pub automatic: bool,
    /// Whether and how it is pointed out.
    pub emphasis: Emphasis,
}

/// A transition from `"*"` that makes more moves than this is drawn from one figure, "any
/// state": as many arrows with the same words on them hide all the others.
const MOST_SPELT_OUT: usize = 3;

/// More exceptions than this are counted and not named.
const MOST_EXCEPTIONS: usize = 3;

/// The beginning of a text that is about all of a picture: nobody reads more of it there.
fn head(text: &str) -> &str {
    const MOST: usize = 4000;
    &text[..text.floor_char_boundary(MOST)]
}

impl<'r> Picture<'r> {
    /// The picture of a workflow.
    pub fn of(resolved: &'r Resolved, style: &Style) -> Self {
        let workflow = resolved.workflow();
        let mut drawing = Drawing::new(resolved, style.language.as_deref());
        drawing.draw_starts();
        drawing.draw_moves(&style.hide);
        let mut picture = Picture {
            resolved,
            title: workflow
                .name
                .as_ref()
                .or(workflow.identifier.as_ref())
                .map(|t| head(&t.value)),
            description: workflow.description.as_ref().map(|t| head(&t.value)),
            figure_of_state: (0..workflow.states.len()).map(Some).collect(),
            figure_of_undefined: drawing.undefined,
            figures: drawing.figures,
            starts: drawing.starts,
            arrows: drawing.arrows,
            arrow_of_move: drawing.arrow_of_move,
            shows_walk: !style.walk.is_empty(),
            merged: None,
        };
        marks::apply(&mut picture, resolved, style);
        if style.hide != Hide::default() {
            picture.keep(|figure| !style.hide.has(&figure.name));
            picture.leave_out_idle();
        }
        if let Some(category) = style.only {
            picture.keep(|figure| figure.kind == Kind::State(Some(category)));
        }
        for category in &style.collapse {
            collapse::collapse(&mut picture, *category);
        }
        picture
    }

    /// The figure that shows a state, or a name that no state has.
    pub fn figure_at(&self, place: Place) -> Option<usize> {
        match place {
            Place::State(id) => self.figure_of_state[id.index()],
            Place::Undefined(index) => self.figure_of_undefined[index as usize],
        }
    }

    /// Leaves out figures that stand for any state and have no arrow left.
    fn leave_out_idle(&mut self) {
        let mut is_used = vec![false; self.figures.len()];
        for arrow in &self.arrows {
            is_used[arrow.from] = true;
        }
        let mut used = is_used.into_iter();
        let mut next = || used.next().unwrap_or(true);
        self.keep(|figure| next() || figure.kind != Kind::AnyState);
    }

    /// Leaves out all other figures, and the arrows from and to them.
    fn keep(&mut self, mut wanted: impl FnMut(&Figure) -> bool) {
        let mut place = Vec::with_capacity(self.figures.len());
        let mut count = 0;
        for figure in &self.figures {
            let kept = wanted(figure);
            place.push(kept.then_some(count));
            count += usize::from(kept);
        }
        let mut kept = place.iter();
        self.figures
            .retain(|_| kept.next().is_some_and(Option::is_some));
        let shown = self.figure_of_state.iter_mut();
        for figure in shown.chain(&mut self.figure_of_undefined) {
            *figure = figure.and_then(|figure| place[figure]);
        }
        self.starts.retain_mut(|start| match place[start.to] {
            Some(to) => {
                start.to = to;
                true
            }
            None => false,
        });
        let mut arrow_place = Vec::with_capacity(self.arrows.len());
        let mut arrows = 0;
        self.arrows.retain_mut(|arrow| {
            let ends = (place[arrow.from], place[arrow.to]);
            let kept = matches!(ends, (Some(_), Some(_)));
            if let (Some(from), Some(to)) = ends {
                (arrow.from, arrow.to) = (from, to);
            }
            arrow_place.push(kept.then_some(arrows));
            arrows += usize::from(kept);
            kept
        });
        for arrow in &mut self.arrow_of_move {
            *arrow = arrow.and_then(|arrow| arrow_place[arrow]);
        }
    }

    /// Every transition and every beginning of a ticket that is named on it.
    pub fn named(&self) -> impl Iterator<Item = &Named<'r>> + Clone {
        let starts = self.starts.iter().map(|start| &start.named);
        starts.chain(self.arrows.iter().flat_map(|arrow| &arrow.named))
    }

    /// The signs that are on it.
    pub fn signs(&self) -> impl Iterator<Item = Sign> {
        let is_there = |sign: &Sign| self.named().any(|named| named.has(*sign));
        Sign::ALL.into_iter().filter(is_there)
    }

    /// Whether an arrow is one that no ticket can take.
    pub fn is_faint(&self, arrow: &Arrow) -> bool {
        self.figures[arrow.from].unreachable
    }
}

impl<'r> Start<'r> {
    /// What is written on it where no sign can be drawn, one below the other.
    pub fn lines(&self) -> impl Iterator<Item = Cow<'r, str>> {
        self.named.lines()
    }
}

impl<'r> Arrow<'r> {
    /// What became of its transitions, where two versions are shown.
    pub fn fate(&self) -> Option<Fate> {
        let first = self.named.first()?.fate;
        let is_same = self.named.iter().all(|named| named.fate == first);
        first
            .filter(|_| is_same)
            .or((!is_same).then_some(Fate::Changed))
    }

    /// What is written on it where no sign can be drawn, one below the other.
    pub fn lines(&self) -> impl Iterator<Item = Cow<'r, str>> {
        self.named.iter().flat_map(Named::lines)
    }

    /// Its transitions with all that is said of them, for those who listen and for those who point.
    pub fn said(&self) -> String {
        let said: Vec<String> = self.named.iter().map(Named::said).collect();
        said.join(", ")
    }
}

impl Figure<'_> {
    /// What stands on it.
    pub fn shown(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name)
    }

    /// What stands on it and what is to be said of it below.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.shown()).chain(self.marks())
    }

    /// What it is, in words, its name left out.
    pub fn about(&self) -> Vec<&str> {
        let mut all = Vec::new();
        if let Kind::State(Some(category)) = self.kind {
            all.push(category.word());
        }
        if self.is_start {
            all.push("tickets begin here");
        }
        if self.is_final {
            all.push("final");
        }
        all.extend(self.marks());
        all
    }

    /// What is to be said of it below its name.
    pub fn marks(&self) -> Vec<&str> {
        let all = [
            (self.kind == Kind::Undefined, "undefined"),
            (self.unreachable, "unreachable"),
            (self.dead_end, "dead end"),
        ];
        let own = all.into_iter().filter_map(|(so, mark)| so.then_some(mark));
        own.chain(self.findings.iter().map(String::as_str))
            .collect()
    }
}

/// A picture in the making.
struct Drawing<'r> {
    resolved: &'r Resolved,
    labels: Labels<'r>,
    figures: Vec<Figure<'r>>,
    /// For each of [`Resolved::undefined`] the figure of that name.
    undefined: Vec<Option<usize>>,
    starts: Vec<Start<'r>>,
    arrows: Vec<Arrow<'r>>,
    /// For each of [`Resolved::moves`] the arrow that shows it.
    arrow_of_move: Vec<Option<usize>>,
    /// Indexes into `arrows`, by where they begin and lead, and whether that happens by itself.
    arrow_between: HashMap<(usize, usize, bool), usize>,
    /// What is named on an arrow, by its index: transitions by theirs, and how they look.
    transitions: HashSet<(usize, usize)>,
    looks: HashSet<(usize, &'r str, usize)>,
    /// For each transition of which more than the name is said a number of what that is, and the numbers.
    said: HashMap<usize, usize>,
    numbers: HashMap<Vec<String>, usize>,
    /// The figures that stand for any state, by transition, and by name and where they lead.
    any_state_of: HashMap<usize, usize>,
    any_state_by_name: HashMap<(String, usize), usize>,
}

impl<'r> Drawing<'r> {
    fn new(resolved: &'r Resolved, language: Option<&str>) -> Self {
        let labels = Labels::of_workflow(resolved.workflow(), language);
        let reached = resolved.reached_from_start();
        let is_reached = |id: StateId| reached.as_ref().is_none_or(|r| r[id.index()]);
        let mut drawing = Drawing {
            resolved,
            figures: resolved
                .states()
                .map(|(id, state)| Figure {
                    unreachable: !is_reached(id),
                    dead_end: is_dead_end(resolved, id, state),
                    ..state_figure(state, &labels)
                })
                .collect(),
            undefined: Vec::new(),
            starts: Vec::new(),
            arrows: Vec::new(),
            arrow_of_move: Vec::with_capacity(resolved.moves().len()),
            arrow_between: HashMap::default(),
            transitions: HashSet::default(),
            looks: HashSet::default(),
            said: HashMap::default(),
            numbers: HashMap::default(),
            labels,
            any_state_of: HashMap::default(),
            any_state_by_name: HashMap::default(),
        };
        for undefined in resolved.undefined() {
            let moves = |role| matches!(role, Role::Start | Role::From(_) | Role::To(_));
            let drawn = undefined.mentions.iter().any(|m| moves(m.role));
            let index = drawn.then(|| drawing.add(drawing.undefined_figure(&undefined.name)));
            drawing.undefined.push(index);
        }
        drawing
    }

    /// A name without a state. Where part of the states could not be read, it may well have one.
    fn undefined_figure(&self, name: &'r str) -> Figure<'r> {
        let kind = match self.resolved.workflow().doubts.states {
            true => Kind::State(None),
            false => Kind::Undefined,
        };
        plain(Cow::Borrowed(name), kind)
    }

    fn add(&mut self, figure: Figure<'r>) -> usize {
        self.figures.push(figure);
        self.figures.len() - 1
    }

    fn figure_at(&self, place: Place) -> Option<usize> {
        match place {
            Place::State(id) => Some(id.index()),
            Place::Undefined(index) => self.undefined[index as usize],
        }
    }

    fn draw_starts(&mut self) {
        let resolved = self.resolved;
        let mut drawn = HashSet::default();
        for (place, start) in resolved.starts().iter().zip(&resolved.workflow().start) {
            let Some(to) = self.figure_at(place.value) else {
                continue;
            };
            let named = Named::start(start.transition.as_ref(), &self.labels);
            self.figures[to].is_start = true;
            if drawn.insert((to, named.name, named.told())) {
                self.starts.push(Start {
                    to,
                    named,
                    emphasis: Emphasis::None,
                });
            }
        }
    }

    fn draw_moves(&mut self, hide: &Hide) {
        let resolved = self.resolved;
        let mut moves_of = vec![0; resolved.workflow().transitions.len()];
        for step in resolved.moves() {
            moves_of[step.transition] += 1;
        }
        for step in resolved.moves() {
            let transition = resolved.transition(step);
            let is_hidden = hide.wildcards && step.every || hide.has(transition.label());
            let Some(to) = self.figure_at(step.to).filter(|_| !is_hidden) else {
                self.arrow_of_move.push(None);
                continue;
            };
            let together = step.every && moves_of[step.transition] > MOST_SPELT_OUT;
            let from = match together {
                true => Some(self.any_state(step.transition, to)),
                false => self.figure_at(step.from),
            };
            let arrow = from.map(|from| self.draw_arrow(from, to, step.transition));
            self.arrow_of_move.push(arrow);
        }
    }

    /// The figure from which all moves of a transition from `"*"` are drawn. Transitions that
    /// leave out the same states and lead to the same one share it.
    fn any_state(&mut self, transition: usize, to: usize) -> usize {
        if let Some(&figure) = self.any_state_of.get(&transition) {
            return figure;
        }
        let except = left_out(
            self.resolved,
            &self.resolved.workflow().transitions[transition],
        );
        let names = |id: StateId| self.resolved.name(id);
        let name = any_state_name(&except, names);
        let key = (name.clone(), to);
        let figure = match self.any_state_by_name.get(&key) {
            Some(&figure) => figure,
            None => {
                let shown = |id: StateId| self.figures[id.index()].shown();
                let label = any_state_name(&except, shown);
                let figure = Figure {
                    label: (label != name).then_some(Cow::Owned(label)),
                    ..plain(Cow::Owned(name), Kind::AnyState)
                };
                self.add(figure)
            }
        };
        self.any_state_by_name.insert(key, figure);
        self.any_state_of.insert(transition, figure);
        figure
    }

    fn draw_arrow(&mut self, from: usize, to: usize, index: usize) -> usize {
        let transition = &self.resolved.workflow().transitions[index];
        let automatic = transition.is_automatic();
        let fresh = self.arrows.len();
        // Two loops of one figure would lie on each other.
        let key = (from, to, automatic && from != to);
        let arrow = *self.arrow_between.entry(key).or_insert(fresh);
        if arrow == fresh {
            self.arrows.push(Arrow {
                from,
                to,
                // Most have one; room for four would be half of what a large picture takes.
                named: Vec::with_capacity(1),
                automatic,
                emphasis: Emphasis::None,
            });
        }
        self.arrows[arrow].automatic &= automatic;
        if self.transitions.insert((arrow, index)) {
            let named = Named::transition(transition, &self.labels);
            let said = self.number_of_said(index, &named);
            if self.looks.insert((arrow, named.name, said)) {
                self.arrows[arrow].named.push(named);
            }
        }
        arrow
    }

    /// The same number for transitions of which the same is said. Each is told once, however many moves
    /// it makes.
    fn number_of_said(&mut self, transition: usize, named: &Named) -> usize {
        let fresh = self.numbers.len();
        let numbers = &mut self.numbers;
        let number = || *numbers.entry(named.told()).or_insert(fresh);
        *self.said.entry(transition).or_insert_with(number)
    }
}

fn state_figure<'r>(state: &'r State, labels: &Labels<'r>) -> Figure<'r> {
    let category = state.category.map(|c| c.value);
    let name = state.name.value.as_str();
    let label = labels.of(state.details().label.as_ref(), name);
    Figure {
        label: (label != name).then_some(Cow::Borrowed(label)),
        state: Some(state),
        color: state.color.as_ref().map(|c| c.value.as_str()),
        is_final: state.is_final(),
        ..plain(Cow::Borrowed(name), Kind::State(category))
    }
}

fn plain(name: Cow<'_, str>, kind: Kind) -> Figure<'_> {
    Figure {
        name,
        label: None,
        kind,
        state: None,
        color: None,
        is_start: false,
        is_final: false,
        unreachable: false,
        dead_end: false,
        findings: Vec::new(),
        emphasis: Emphasis::None,
        fate: None,
    }
}

/// Whether tickets that come to a state are stuck there and should not be. A category or a
/// transition that could not be read might say otherwise.
fn is_dead_end(resolved: &Resolved, id: StateId, state: &State) -> bool {
    let may_rest = state.is_final() || state.is(Category::Closed) || state.category.is_none();
    // Where tickets begin and go is not said at all: it is a list of states.
    let is_list =
        resolved.workflow().start.is_empty() && resolved.workflow().transitions.is_empty();
    let may_leave =
        is_list || resolved.workflow().doubts.transitions || resolved.may_lead_anywhere(id);
    let mut ways_out = resolved
        .moves_from(id)
        .filter(|m| resolved.meant(m.to) != Some(id));
    !may_rest && !may_leave && ways_out.next().is_none()
}

/// The states from which a transition from `"*"` leads nowhere. Final ones and the one that it leads
/// to go without saying.
fn left_out(resolved: &Resolved, transition: &Transition) -> Vec<StateId> {
    let mut left_out = Vec::new();
    if let Some(From::Every { except, .. }) = &transition.from {
        let to = transition.to.as_ref();
        let to = to.and_then(|to| resolved.find_or_nearest(&to.value));
        left_out.extend(
            except
                .iter()
                .filter_map(|name| resolved.find_or_nearest(&name.value))
                .filter(|id| Some(*id) != to && !resolved.state(*id).is_final()),
        );
    }
    left_out.sort_unstable();
    left_out.dedup();
    left_out
}

/// "any state", and which not.
fn any_state_name<'n>(except: &[StateId], name: impl Fn(StateId) -> &'n str) -> String {
    let named = &except[..except.len().min(MOST_EXCEPTIONS)];
    let names: Vec<&str> = named.iter().map(|id| name(*id)).collect();
    let names = names.join(", ");
    match except.len() - named.len() {
        _ if except.is_empty() => "any state".to_owned(),
        0 => format!("any state except {names}"),
        more => format!("any state except {names} and {more} more"),
    }
}
