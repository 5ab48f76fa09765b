//! What products lose of what a workflow file can say: one table a product, one row a loss. The
//! reports, `list targets --losses` and the tables of the pages all come from the rows; a test
//! holds them against what compiling really keeps.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Asked, Category, Notes, StartDetails, State, StateDetails, Text, TransitionDetails,
};
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
    FormerIdentifiers,
    RoleDetails,
    WorkflowMeta,
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
    FormerNames,
    StateLabels,
    StateMeta,
    Transitions,
    TransitionNames,
    SelfTransitions,
    ParallelTransitions,
    OptionalNotes,
    RequiredNotes,
    TransitionLabels,
    TransitionDescriptions,
    Who,
    RequiredFields,
    OptionalFields,
    Conditions,
    Automatic,
    Timers,
    Effects,
    TransitionMeta,
}

use Concept::*;

/// Every concept with what it is called and the fields that say it, in the order in which a file says them.
pub const CONCEPTS: &[(Concept, &str, &[&str])] = &[
    (Name, "name of the workflow", &["workflow.name"]),
    (
        Description,
        "description of the workflow",
        &["workflow.description"],
    ),
    (
        TicketTypes,
        "ticket types (`applies-to`)",
        &["workflow.applies-to"],
    ),
    (FormerIdentifiers, "former identifiers", &["workflow.was"]),
    (
        RoleDetails,
        "labels and descriptions of roles",
        &["roles.label", "roles.description"],
    ),
    (WorkflowMeta, "`meta` of the workflow", &["workflow.meta"]),
    (
        FirstStart,
        "first start state",
        &["workflow.start", "start.to"],
    ),
    (MoreStarts, "more start states", &[]),
    (StartNames, "names of starts", &["start.name"]),
    (
        NewTicket,
        "editable before the first save",
        &["workflow.new-ticket", "new-ticket.editable"],
    ),
    (StateNames, "names of states", &["workflow.states"]),
    (Draft, "category `draft`", &["states.category"]),
    (Waiting, "category `waiting`", &[]),
    (Closed, "category `closed`", &["states.final"]),
    (Colors, "colours", &["states.color"]),
    (
        StateDescriptions,
        "descriptions of states",
        &["states.description"],
    ),
    (
        NothingEditable,
        "states without editable properties",
        &["states.editable"],
    ),
    (SomeEditable, "editable properties of states", &[]),
    (FormerNames, "former names of states", &["states.was"]),
    (StateLabels, "labels of states", &["states.label"]),
    (StateMeta, "`meta` of states", &["states.meta"]),
    (
        Transitions,
        "transitions",
        &[
            "workflow.transitions",
            "transitions.from",
            "transitions.except",
            "transitions.to",
        ],
    ),
    (
        TransitionNames,
        "names of transitions",
        &["transitions.name"],
    ),
    (SelfTransitions, "transitions to the same state", &[]),
    (
        ParallelTransitions,
        "several transitions between two states",
        &[],
    ),
    (OptionalNotes, "optional notes", &["start.notes"]),
    (RequiredNotes, "required notes", &["transitions.notes"]),
    (
        TransitionLabels,
        "labels of transitions",
        &["start.label", "transitions.label"],
    ),
    (
        TransitionDescriptions,
        "descriptions of transitions",
        &["start.description", "transitions.description"],
    ),
    (
        Who,
        "who may make a transition",
        &["start.who", "transitions.who"],
    ),
    (
        RequiredFields,
        "required fields (`asks`)",
        &["start.asks", "transitions.asks"],
    ),
    (OptionalFields, "optional fields (`asks`)", &[]),
    (Conditions, "conditions (`when`)", &["transitions.when"]),
    (
        Automatic,
        "automatic transitions",
        &["transitions.automatic"],
    ),
    (Timers, "timers (`after`)", &["transitions.after"]),
    (
        Effects,
        "effects (`does`)",
        &["start.does", "transitions.does"],
    ),
    (
        TransitionMeta,
        "`meta` of transitions",
        &["start.meta", "transitions.meta"],
    ),
];

/// Fields that no product can lose, each with the reason.
pub const NOT_OF_PRODUCTS: &[(&str, &str)] = &[
    (
        "workflow.workflow",
        "what a product calls a workflow follows from it",
    ),
    (
        "workflow.expect",
        "what is promised is proved before anything is compiled",
    ),
    ("expect.because", "the same"),
    ("workflow.targets", "it is for products alone"),
    ("workflow.roles", "it says which words `who` may have"),
    (
        "workflow.migrate",
        "it is about the tickets of an earlier version",
    ),
    ("migrate.workflow", "the same"),
    ("migrate.state", "the same"),
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
        row.because(effect)
    }

    /// Something is missed: the product has no place for `what`.
    pub const fn no_place(
        of: &'static [Concept],
        what: &'static str,
        effect: &'static str,
        places: Places,
    ) -> Self {
        let row = Loss::new(of, &lossy_targets::CODE, Says::NoPlaceFor(what), places);
        row.because(effect)
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

    /// In other words for what the product does.
    pub const fn does(mut self, does: &'static str) -> Self {
        self.says = Says::Does(does);
        self
    }

    /// With another reason, or effect.
    pub const fn because(mut self, effect: &'static str) -> Self {
        self.effect = Some(effect);
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
            Says::Does(does) => {
                let report = super::at_all(self.code, self.message(target), &places, self.label)?;
                report.with_shared(does)
            }
        };
        let report = match self.effect {
            Some(effect) => report.note(effect),
            None => report,
        };
        Some(match self.worded {
            // What is said of one product in the file's own names is said of it alone.
            Some(worded) => Diagnostic {
                shared: None,
                ..worded(checked, report)
            },
            None => report,
        })
    }
}

/// What a product without states of one's own loses: all but what is said of the workflow itself.
pub const STATES_AND_TRANSITIONS: &[Concept] = ALL.split_at(FirstStart as usize).1;

/// What a product that has states alone loses: where tickets begin, and how they move on.
pub const STARTS_AND_TRANSITIONS: &[Concept] = &{
    let starts = STATES_AND_TRANSITIONS
        .split_at(NewTicket as usize - FirstStart as usize)
        .0;
    let transitions = ALL.split_at(Transitions as usize).1;
    let mut all =
        [FirstStart; NewTicket as usize - FirstStart as usize + ALL.len() - Transitions as usize];
    let (first, rest) = all.split_at_mut(starts.len());
    first.copy_from_slice(starts);
    rest.copy_from_slice(transitions);
    all
};

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
/// The identifiers that a workflow had before, where no id follows from the oldest.
pub const FORMER_IDENTIFIERS: Loss =
    Loss::omits(&[FormerIdentifiers], "former identifiers", |checked| {
        spans(&checked.workflow().was)
    });
/// The names that states had before, where no id follows from the oldest.
pub const FORMER_NAMES: Loss = Loss::omits(&[FormerNames], "former names of states", |checked| {
    of_states(checked, |state| Some(state.was.as_ref()?.span))
});

/// What every product loses so far of the workflow as a whole.
pub const OF_WORKFLOWS: &[Loss] = &[
    Loss::omits(
        &[RoleDetails],
        "labels and descriptions of roles",
        |checked| {
            let roles = checked
                .workflow()
                .roles
                .iter()
                .flat_map(|roles| &roles.value);
            let labels = roles
                .clone()
                .filter_map(|role| Some(role.label.as_ref()?.span));
            let others = roles.filter_map(|role| Some(role.description.as_ref()?.span));
            let mut all: Vec<Span> = labels.chain(others).collect();
            all.sort_unstable();
            all
        },
    ),
    Loss::omits(&[WorkflowMeta], "`meta` of the workflow", |checked| {
        let meta = checked.workflow().meta.iter();
        meta.map(|meta| meta.body.span).collect()
    }),
];

/// What every product loses so far of states beside their names, categories and the like.
pub const OF_STATES: &[Loss] = &[
    Loss::omits(&[StateLabels], "labels of states", |checked| {
        of_states(checked, |state| Some(state.label.as_ref()?.span))
    }),
    Loss::omits(&[StateMeta], "`meta` of states", |checked| {
        of_states(checked, |state| Some(state.meta.as_ref()?.body.span))
    }),
];

/// Who may make a transition.
pub const WHO: Loss = Loss::no_place(
    &[Who],
    "who may make a transition",
    "anybody may make it there",
    |checked| {
        let start = |start: &StartDetails| Some(start.who.as_ref()?.span);
        of_transitions(checked, start, |t| Some(t.who.as_ref()?.span))
    },
)
.label("anybody may make it there");
/// Fields that must be filled in.
pub const REQUIRED_FIELDS: Loss = Loss::no_place(
    &[RequiredFields],
    "required fields",
    "the transition is made there without them",
    |checked| of_asks(checked, Asked::Required),
)
.label("will not be asked for");
/// Conditions of transitions.
pub const CONDITIONS: Loss = Loss::no_place(
    &[Conditions],
    "conditions",
    "the transition can be made there whether they hold or not",
    |checked| of_transitions(checked, |_| None, |t| Some(t.when.as_ref()?.span)),
)
.label("will not be looked at");
/// Transitions that happen by themselves.
pub const AUTOMATIC: Loss = Loss::no_place(
    &[Automatic],
    "automatic transitions",
    "the transition waits there for somebody to make it",
    |checked| {
        of_transitions(
            checked,
            |_| None,
            |t| Some(t.automatic.filter(|automatic| automatic.value)?.span),
        )
    },
)
.label("will not happen by itself");
/// Transitions that happen after a time.
pub const TIMERS: Loss = Loss::no_place(
    &[Timers],
    "timers",
    "the transition waits there for somebody to make it",
    |checked| of_transitions(checked, |_| None, |t| Some(t.after.as_ref()?.written.span)),
)
.label("will not happen by itself");
/// What a transition does.
pub const EFFECTS: Loss = Loss::no_place(
    &[Effects],
    "what a transition does",
    "nothing of it happens there",
    |checked| {
        let start = |start: &StartDetails| Some(start.does.as_ref()?.span);
        of_transitions(checked, start, |t| Some(t.does.as_ref()?.span))
    },
)
.label("will not be done");
/// Fields that may be filled in.
pub const OPTIONAL_FIELDS: Loss = Loss::omits(&[OptionalFields], "optional fields", |checked| {
    of_asks(checked, Asked::Optional)
});
/// Labels of transitions and starts.
pub const TRANSITION_LABELS: Loss =
    Loss::omits(&[TransitionLabels], "labels of transitions", |checked| {
        let start = |start: &StartDetails| Some(start.label.as_ref()?.span);
        of_transitions(checked, start, |t| Some(t.label.as_ref()?.span))
    });
/// Descriptions of transitions and starts.
pub const TRANSITION_DESCRIPTIONS: Loss = Loss::omits(
    &[TransitionDescriptions],
    "descriptions of transitions",
    |checked| {
        let start = |start: &StartDetails| Some(start.description.as_ref()?.span);
        of_transitions(checked, start, |t| Some(t.description.as_ref()?.span))
    },
);
/// `meta` of transitions and starts.
pub const TRANSITION_META: Loss =
    Loss::omits(&[TransitionMeta], "`meta` of transitions", |checked| {
        let start = |start: &StartDetails| Some(start.meta.as_ref()?.body.span);
        of_transitions(checked, start, |t| Some(t.meta.as_ref()?.body.span))
    });

/// What most products lose of transitions and starts beside their names and notes.
pub const OF_TRANSITIONS: &[Loss] = &[
    WHO,
    REQUIRED_FIELDS,
    CONDITIONS,
    AUTOMATIC,
    TIMERS,
    EFFECTS,
    OPTIONAL_FIELDS,
    TRANSITION_LABELS,
    TRANSITION_DESCRIPTIONS,
    TRANSITION_META,
];

/// Where states say something rare.
fn of_states(checked: &Checked, place: fn(&StateDetails) -> Option<Span>) -> Vec<Span> {
    let states = checked.workflow().states.iter();
    states.filter_map(|s| place(s.details.as_ref()?)).collect()
}

/// Where starts and transitions say something rare.
fn of_transitions(
    checked: &Checked,
    of_start: fn(&StartDetails) -> Option<Span>,
    of_transition: fn(&TransitionDetails) -> Option<Span>,
) -> Vec<Span> {
    let workflow = checked.workflow();
    let starts = workflow.start.iter().filter_map(|s| s.transition.as_ref());
    let starts = starts.filter_map(|words| of_start(words.details.as_ref()?));
    let transitions = workflow.transitions.iter();
    let transitions = transitions.filter_map(|t| of_transition(t.details.as_ref()?));
    starts.chain(transitions).collect()
}

/// Where starts and transitions ask for a field in this way.
fn of_asks(checked: &Checked, asked: Asked) -> Vec<Span> {
    let workflow = checked.workflow();
    let starts = workflow.start.iter().filter_map(|s| s.transition.as_ref());
    let starts = starts.filter_map(|words| words.details().asks.as_ref());
    let transitions = workflow.transitions.iter();
    let transitions = transitions.filter_map(|t| t.details().asks.as_ref());
    let fields = starts.chain(transitions).flat_map(|asks| &asks.value);
    let these = fields.filter(|field| field.asked == asked);
    these.map(|field| field.name.span).collect()
}

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
        let rows = self.losses.iter().copied().flatten();
        let rows = rows.filter(|row| row.is_in(document));
        out.extend(rows.filter_map(|row| row.report(checked, self.name)));
    }

    fn rows(&self) -> impl Iterator<Item = &Loss> {
        let document = self.default_document().name;
        let rows = self.losses.iter().copied().flatten();
        rows.filter(move |row| row.is_in(document))
    }

    /// What becomes of a concept in the first document.
    pub fn fate(&self, concept: Concept) -> Fate {
        let row = self.rows().find(|row| row.of.contains(&concept));
        row.map_or(Fate::Kept, Loss::fate)
    }

    /// What becomes of a concept in this document.
    pub fn fate_in(&self, concept: Concept, document: &str) -> Fate {
        let rows = self.losses.iter().copied().flatten();
        let mut rows = rows.filter(|row| row.is_in(document) && row.of.contains(&concept));
        rows.next().map_or(Fate::Kept, Loss::fate)
    }

    /// What means something else in the first document, or nothing, a sentence each.
    pub fn losses(&self) -> impl Iterator<Item = String> {
        self.rows().filter_map(|row| {
            let effect = row.effect?;
            Some(format!("{}; {effect}", row.message(self.name)))
        })
    }
}
