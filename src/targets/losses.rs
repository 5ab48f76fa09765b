//! What products lose of what a workflow file can say: one table a product, one row a loss. The
//! reports, `list targets --losses` and the tables of the pages all come from the rows; a test
//! holds them against what compiling really keeps.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Category, Notes, State, Text};
use crate::rules::Checked;
use crate::source::{Span, Spanned};

use super::{Target, lossy_targets, omitted_details};

/// Something that a workflow file can say.
#[allow(missing_docs)] // each has its name below
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concept {
    Name,
    Description,
    TicketTypes,
    FirstStart,
    MoreStarts,
    StartNames,
    NewTicket,
    StateNames,
    Draft,
    Waiting,
    Closed,
    Colors,
    StateDescriptions,
    NothingEditable,
    SomeEditable,
    Transitions,
    TransitionNames,
    SelfTransitions,
    ParallelTransitions,
    OptionalNotes,
    RequiredNotes,
}

use Concept::*;

/// Every concept with what it is called, in the order in which a file says them.
pub const CONCEPTS: &[(Concept, &str)] = &[
    (Name, "name of the workflow"),
    (Description, "description of the workflow"),
    (TicketTypes, "ticket types (`applies-to`)"),
    (FirstStart, "first start state"),
    (MoreStarts, "more start states"),
    (StartNames, "names of starts"),
    (NewTicket, "editable before the first save"),
    (StateNames, "names of states"),
    (Draft, "category `draft`"),
    (Waiting, "category `waiting`"),
    (Closed, "category `closed`"),
    (Colors, "colours"),
    (StateDescriptions, "descriptions of states"),
    (NothingEditable, "states without editable properties"),
    (SomeEditable, "editable properties of states"),
    (Transitions, "transitions"),
    (TransitionNames, "names of transitions"),
    (SelfTransitions, "transitions to the same state"),
    (
        ParallelTransitions,
        "several transitions between two states",
    ),
    (OptionalNotes, "optional notes"),
    (RequiredNotes, "required notes"),
];

/// Every concept, each at its own number: [`CONCEPTS`] names them in the order in which they are defined.
const ALL: &[Concept] = &{
    let mut all = [Name; CONCEPTS.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = CONCEPTS[at].0;
        assert!(all[at] as usize == at);
        at += 1;
    }
    all
};

/// What becomes of a concept in a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is there.
    Kept,
    /// It means something else there, or is missed: `lossy-targets` reports it.
    Changed,
    /// It is not there: `omitted-details` reports it, or `lossy-targets` with all of its kind.
    LeftOut,
}

impl Fate {
    /// Its sign in tables.
    pub fn sign(self) -> &'static str {
        match self {
            Fate::Kept => "✓",
            Fate::Changed => "≈",
            Fate::LeftOut => "–",
        }
    }
}

/// Where a workflow says something.
pub type Places = fn(&Checked) -> Vec<Span>;

/// A row: what a product makes of some concepts, and how that is reported. It keeps what no row names.
#[derive(Debug)]
pub struct Loss {
    /// What it is about.
    of: &'static [Concept],
    code: &'static Code,
    /// What the product does, after its name.
    says: Says,
    /// Said at each place.
    label: &'static str,
    /// What becomes of it in the product, and why.
    effect: Option<&'static str>,
    places: Places,
    /// Whether it is reported of the product as a whole, where it is anywhere.
    is_whole: bool,
    /// The only document that has it, where others of the product have not.
    only: Option<&'static str>,
    /// Says it in words that name what is in the file.
    worded: Option<fn(&Checked, Diagnostic) -> Diagnostic>,
}

#[derive(Clone, Copy, Debug)]
enum Says {
    /// "has no category `waiting`".
    Does(&'static str),
    /// "has no place for" these.
    NoPlaceFor(&'static str),
}

impl Loss {
    const fn new(of: &'static [Concept], code: &'static Code, says: Says, places: Places) -> Self {
        Loss {
            of,
            code,
            says,
            label: omitted_details::LABEL,
            effect: None,
            places,
            is_whole: false,
            only: None,
            worded: None,
        }
    }

    /// Something means something else: the product `does` so ("takes the first start state").
    pub const fn changes(
        of: &'static [Concept],
        does: &'static str,
        effect: &'static str,
        places: Places,
    ) -> Self {
        let row = Loss::new(of, &lossy_targets::CODE, Says::Does(does), places);
        row.effect(effect)
    }

    /// Something is missed: the product has no place for `what`.
    pub const fn no_place(
        of: &'static [Concept],
        what: &'static str,
        effect: &'static str,
        places: Places,
    ) -> Self {
        let row = Loss::new(of, &lossy_targets::CODE, Says::NoPlaceFor(what), places);
        row.effect(effect)
    }

    /// States that wait are something else.
    pub const fn no_waiting(effect: &'static str) -> Self {
        let places: Places = |checked| of_category(checked, Category::Waiting);
        Loss::changes(&[Waiting], "has no category `waiting`", effect, places)
    }

    /// States of drafts are something else.
    pub const fn no_draft(effect: &'static str) -> Self {
        let places: Places = |checked| of_category(checked, Category::Draft);
        Loss::changes(&[Draft], "has no category `draft`", effect, places)
    }

    /// Nobody is asked for a note.
    pub const fn no_required_notes(effect: &'static str) -> Self {
        let places: Places = |checked| of_notes(checked, Notes::Required);
        let row = Loss::no_place(&[RequiredNotes], "required notes", effect, places);
        row.label("this note will not be asked for")
    }

    /// All of a kind is lost, which is reported once, where the product is named.
    pub const fn of_all(of: &'static [Concept], does: &'static str, effect: &'static str) -> Self {
        let anything: Places = |checked| vec![checked.workflow().place];
        let mut row = Loss::changes(of, does, effect, anything);
        row.is_whole = true;
        row
    }

    /// A detail is left out: the product has no place for `what`.
    pub const fn omits(of: &'static [Concept], what: &'static str, places: Places) -> Self {
        Loss::new(of, &omitted_details::CODE, Says::NoPlaceFor(what), places)
    }

    /// A detail is not as the file has it: the product `does` so.
    pub const fn alters(of: &'static [Concept], does: &'static str, places: Places) -> Self {
        Loss::new(of, &omitted_details::CODE, Says::Does(does), places)
    }

    const fn effect(mut self, effect: &'static str) -> Self {
        self.effect = Some(effect);
        self
    }

    /// With what is said at each place.
    pub const fn label(mut self, label: &'static str) -> Self {
        self.label = label;
        self
    }

    /// Only at these places.
    pub const fn at(mut self, places: Places) -> Self {
        self.places = places;
        self
    }

    /// Of the same under another name.
    pub const fn what(mut self, what: &'static str) -> Self {
        self.says = Says::NoPlaceFor(what);
        self
    }

    /// Of this document alone.
    pub const fn only(mut self, document: &'static str) -> Self {
        self.only = Some(document);
        self
    }

    /// In words that name what is in the file.
    pub const fn worded(mut self, worded: fn(&Checked, Diagnostic) -> Diagnostic) -> Self {
        self.worded = Some(worded);
        self
    }

    fn is_in(&self, document: &str) -> bool {
        self.only.is_none_or(|only| only == document)
    }

    fn fate(&self) -> Fate {
        match *self.code == lossy_targets::CODE && !self.is_whole {
            true => Fate::Changed,
            false => Fate::LeftOut,
        }
    }

    /// What the product does, as a sentence.
    fn message(&self, target: &str) -> String {
        match self.says {
            Says::Does(does) => format!("target `{target}` {does}"),
            Says::NoPlaceFor(what) => super::no_place_for(target, what),
        }
    }

    fn report(&self, checked: &Checked, target: &str) -> Option<Diagnostic> {
        let mut places = (self.places)(checked);
        if let [first, ..] = &mut places[..]
            && self.is_whole
        {
            *first = super::place_of(checked, target);
            places.truncate(1);
        }
        let report = match self.says {
            Says::NoPlaceFor(what) => {
                super::no_place(self.code, target, what, &places, self.label)?
            }
            Says::Does(_) => super::at_all(self.code, self.message(target), &places, self.label)?,
        };
        let report = match self.effect {
            Some(effect) => report.note(effect),
            None => report,
        };
        Some(match self.worded {
            Some(worded) => worded(checked, report),
            None => report,
        })
    }
}

/// What a product without states of one's own loses: all but what is said of the workflow itself.
pub const STATES_AND_TRANSITIONS: &[Concept] = ALL.split_at(FirstStart as usize).1;

// What several products lose alike.

/// The ticket types that use the workflow.
pub const TICKET_TYPES: Loss = Loss::omits(&[TicketTypes], "`applies-to`", |checked| {
    spans(checked.workflow().applies_to())
});
/// What people call the workflow.
pub const TITLES: Loss = Loss::omits(
    &[Name, Description],
    "the workflow's name and description",
    |checked| {
        spans(
            checked
                .workflow()
                .name
                .iter()
                .chain(&checked.workflow().description),
        )
    },
);
/// The states' colours.
pub const COLORS: Loss = Loss::omits(&[Colors], "colours", |checked| {
    spans(
        checked
            .workflow()
            .states
            .iter()
            .filter_map(|s| s.color.as_ref()),
    )
});
/// The states' descriptions.
pub const STATE_DESCRIPTIONS: Loss =
    Loss::omits(&[StateDescriptions], "descriptions of states", |checked| {
        let states = checked.workflow().states.iter();
        spans(states.filter_map(|s| s.description.as_ref()))
    });
/// What says which properties may be edited, before the first save and in a state.
pub const EDITABLES: Loss = Loss::omits(
    &[NewTicket, NothingEditable, SomeEditable],
    "editable properties",
    |checked| of_editables(checked, |_| true),
);
/// Where transitions let people write a note.
pub const OPTIONAL_NOTES: Loss = Loss::omits(&[OptionalNotes], "optional notes", |checked| {
    of_notes(checked, Notes::Optional)
});

fn spans<'t, T: 't>(texts: impl IntoIterator<Item = &'t Spanned<T>>) -> Vec<Span> {
    texts.into_iter().map(|text| text.span).collect()
}

/// What says which properties may be edited before the first save, and in states by such a list.
pub fn of_editables(checked: &Checked, is_such: fn(&[Text]) -> bool) -> Vec<Span> {
    let workflow = checked.workflow();
    let before = workflow.new_ticket.iter().map(|new| new.span);
    let lists = workflow.states.iter().filter_map(|s| s.editable.as_ref());
    let such = lists.filter(|list| is_such(&list.value));
    before.chain(such.map(|list| list.span)).collect()
}

/// Where the states of this category say so.
fn of_category(checked: &Checked, category: Category) -> Vec<Span> {
    let such = |(id, state): (_, &State)| {
        (checked.category(id) == category).then_some(state.category?.span)
    };
    checked.states().filter_map(such).collect()
}

/// Where transitions ask for notes in this way, those that create a ticket included.
fn of_notes(checked: &Checked, notes: Notes) -> Vec<Span> {
    let starts = checked.workflow().start.iter();
    let starts = starts.filter_map(|s| s.transition.as_ref());
    let others = checked.workflow().transitions.iter();
    let all = starts
        .filter_map(|t| t.notes)
        .chain(others.filter_map(|t| t.notes));
    let these = all.filter(|asked| asked.value == notes);
    these.map(|asked| asked.span).collect()
}

impl Target {
    /// Reports what a workflow loses in a document of the product.
    pub fn report_losses(&self, checked: &Checked, document: &str, out: &mut Diagnostics) {
        let rows = self.losses.iter().filter(|row| row.is_in(document));
        out.extend(rows.filter_map(|row| row.report(checked, self.name)));
    }

    fn rows(&self) -> impl Iterator<Item = &Loss> {
        let document = self.default_document().name;
        self.losses.iter().filter(move |row| row.is_in(document))
    }

    /// What becomes of a concept in the first document.
    pub fn fate(&self, concept: Concept) -> Fate {
        let row = self.rows().find(|row| row.of.contains(&concept));
        row.map_or(Fate::Kept, Loss::fate)
    }

    /// What means something else in the first document, or nothing, a sentence each.
    pub fn losses(&self) -> impl Iterator<Item = String> {
        self.rows().filter_map(|row| {
            let effect = row.effect?;
            Some(format!("{}; {effect}", row.message(self.name)))
        })
    }
}
