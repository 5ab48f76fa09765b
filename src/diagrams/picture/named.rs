//! How a transition or the beginning of a ticket is called on an arrow, and what goes with that.

use std::borrow::Cow;

use super::{Fate, Labels};
use crate::model::{Asked, Asks, Label, Meta, Notes, StartTransition, Text, Transition, telling};

/// A transition, or the beginning of a ticket, as its arrow names it.
#[derive(Clone, Debug)]
pub struct Named<'r> {
    /// What it is called; empty where beginning a ticket is not called anything.
    pub name: &'r str,
    /// On which condition it can be made.
    pub when: Option<&'r str>,
    /// What else a reader sees at once, in the order of the signs.
    pub marks: Vec<Mark<'r>>,
    /// What is written of it.
    pub written: Written<'r>,
    /// What became of it, where two versions are shown.
    pub fate: Option<Fate>,
}

/// What a file says of it.
#[derive(Clone, Copy, Debug)]
pub enum Written<'r> {
    /// A transition.
    Transition(&'r Transition),
    /// The words for beginning a ticket, where there are any.
    Start(Option<&'r StartTransition>),
}

/// A sign and what is written beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark<'r> {
    /// The sign.
    pub sign: Sign,
    /// What goes with it: roles, fields, a time. None beside a required note.
    pub words: Vec<Cow<'r, str>>,
}

/// What is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A note must be written.
    Note,
    /// Who may make it.
    Who,
    /// Which fields of the ticket are asked for.
    Asks,
    /// When it happens by itself.
    Clock,
}

impl Sign {
    /// All, in the order in which they stand.
    pub const ALL: [Sign; 4] = [Sign::Note, Sign::Who, Sign::Asks, Sign::Clock];

    /// What a sign means, for a legend.
    pub fn meaning(self) -> &'static str {
        match self {
            Sign::Note => "note required",
            Sign::Who => "who may do it",
            Sign::Asks => "asks for; (…) is optional",
            Sign::Clock => "by itself after",
        }
    }
}

impl Mark<'_> {
    /// In words, for where no sign can be drawn.
    fn in_words(&self) -> String {
        match self.sign {
            Sign::Note => "note required".to_owned(),
            Sign::Who => format!("by {}", self.words.join(" or ")),
            Sign::Asks => format!("asks for {}", self.words.join(", ")),
            Sign::Clock => match self.words.first().map(|word| &**word) {
                None => "by itself".to_owned(),
                Some(AT_ONCE) => "by itself at once".to_owned(),
                Some(time) => format!("by itself after {time}"),
            },
        }
    }
}

/// Beside the clock where no time passes.
const AT_ONCE: &str = "at once";

impl<'r> Named<'r> {
    /// A transition.
    pub fn transition(transition: &'r Transition, labels: &Labels<'r>) -> Self {
        let details = transition.details();
        let name = labels.of(details.label.as_ref(), transition.label());
        let mut marks = Vec::from_iter(note(transition.notes()));
        marks.extend(who(details.who.as_ref().map(|who| &*who.value), labels));
        marks.extend(asks(details.asks.as_ref()));
        let when = details.when.as_ref().map(|when| &*when.value);
        if transition.is_automatic() {
            let after = details.after.as_ref().map(|after| after.phrase());
            let at_once = when.is_none().then(|| AT_ONCE.to_owned());
            marks.push(Mark {
                sign: Sign::Clock,
                words: after.or(at_once).into_iter().map(Cow::Owned).collect(),
            });
        }
        Named {
            name,
            when,
            marks,
            written: Written::Transition(transition),
            fate: None,
        }
    }

    /// The beginning of a ticket.
    pub fn start(words: Option<&'r StartTransition>, labels: &Labels<'r>) -> Self {
        let Some(start) = words else {
            return Named {
                name: "",
                when: None,
                marks: Vec::new(),
                written: Written::Start(None),
                fate: None,
            };
        };
        let details = start.details();
        let own = start.name.as_ref().map_or("", |name| &name.value);
        let mut marks = Vec::from_iter(note(start.notes()));
        marks.extend(who(details.who.as_ref().map(|who| &*who.value), labels));
        marks.extend(asks(details.asks.as_ref()));
        Named {
            name: labels.of(details.label.as_ref(), own),
            when: None,
            marks,
            written: Written::Start(words),
            fate: None,
        }
    }

    /// All that is said of it, in words: of each text as much as anybody reads there.
    pub fn told(&self) -> Vec<String> {
        let all = match self.written {
            Written::Transition(transition) => telling::of_transition(transition, None),
            Written::Start(Some(words)) => telling::of_start(words),
            Written::Start(None) => Vec::new(),
        };
        all.into_iter()
            .map(|said| cut(&said).into_owned())
            .collect()
    }

    /// Whether a reader could not tell it from another one.
    pub fn looks_like(&self, other: &Self) -> bool {
        (self.name, self.fate) == (other.name, other.fate) && self.told() == other.told()
    }

    /// Its name, and the condition in brackets after it, as UML writes them; before it a sign of what
    /// became of it.
    pub fn heading(&self) -> Cow<'r, str> {
        let name = match self.when {
            Some(when) => Cow::Owned(format!("{} [{}]", self.name, cut(when))),
            None => Cow::Borrowed(self.name),
        };
        match self.fate {
            Some(fate) if name.is_empty() => Cow::Borrowed(fate.sign()),
            Some(fate) => Cow::Owned(format!("{} {name}", fate.sign())),
            None => name,
        }
    }

    /// Whether it has a mark.
    pub fn has(&self, sign: Sign) -> bool {
        self.marks.iter().any(|mark| mark.sign == sign)
    }

    /// Whether a note can or must be written; nothing where neither is so.
    pub fn note(&self) -> &'static str {
        let notes = match self.written {
            Written::Transition(transition) => transition.notes(),
            Written::Start(words) => words.map_or(Notes::None, StartTransition::notes),
        };
        match notes {
            Notes::None => "",
            notes => notes.word(),
        }
    }

    /// What stands beside a sign.
    pub fn words(&self, sign: Sign) -> String {
        let mark = self.marks.iter().find(|mark| mark.sign == sign);
        mark.map_or_else(String::new, |mark| mark.words.join(", "))
    }

    /// When it happens by itself; nothing where it does not.
    pub fn after(&self) -> String {
        match self.words(Sign::Clock) {
            after if after.is_empty() && self.has(Sign::Clock) => "yes".to_owned(),
            after if after.is_empty() || after == AT_ONCE => after,
            after => format!("after {after}"),
        }
    }

    /// What its author says of it.
    pub fn description(&self) -> Option<&'r Text> {
        match self.written {
            Written::Transition(transition) => transition.details().description.as_ref(),
            Written::Start(words) => words?.details().description.as_ref(),
        }
    }

    /// What people read in the place of its name.
    pub fn label(&self) -> Option<&'r Label> {
        match self.written {
            Written::Transition(transition) => transition.details().label.as_ref(),
            Written::Start(words) => words?.details().label.as_ref(),
        }
    }

    /// What the product does then.
    pub fn does(&self) -> Option<&'r [Text]> {
        let does = match self.written {
            Written::Transition(transition) => transition.details().does.as_ref(),
            Written::Start(words) => words?.details().does.as_ref(),
        };
        does.map(|does| &*does.value)
    }

    /// What is kept with it.
    pub fn meta(&self) -> Option<&'r Meta> {
        match self.written {
            Written::Transition(transition) => transition.details().meta.as_ref(),
            Written::Start(words) => words?.details().meta.as_ref(),
        }
    }

    /// The lines for where no sign can be drawn: its name as it is and the condition, and below, each in
    /// brackets, what else there is.
    pub fn lines(&self) -> impl Iterator<Item = Cow<'r, str>> + use<'r> {
        let heading = Some(self.heading()).filter(|heading| !heading.is_empty());
        let marks = self
            .marks
            .iter()
            .map(|mark| format!("({})", mark.in_words()));
        let marks: Vec<String> = marks.collect();
        heading.into_iter().chain(marks.into_iter().map(Cow::Owned))
    }

    /// It with all that is said of it, for those who listen and for those who point.
    pub fn said(&self) -> String {
        let told = self.told();
        let said = match told.is_empty() {
            true => self.name.to_owned(),
            false => format!("{} ({})", self.name, told.join("; ")),
        };
        match self.fate {
            Some(fate) => format!("{}: {said}", fate.word()),
            None => said,
        }
    }
}

fn note(notes: Notes) -> Option<Mark<'static>> {
    (notes == Notes::Required).then_some(Mark {
        sign: Sign::Note,
        words: Vec::new(),
    })
}

fn who<'r>(who: Option<&'r [Text]>, labels: &Labels<'r>) -> Option<Mark<'r>> {
    let roles = who?.iter().map(|role| labels.of_role(&role.value));
    mark(Sign::Who, roles.map(Cow::Borrowed))
}

/// Fields that need not be filled in stand in brackets.
fn asks(asks: Option<&Asks>) -> Option<Mark<'_>> {
    let words = asks?.value.iter().map(|field| match field.asked {
        Asked::Required => Cow::Borrowed(field.name.value.as_str()),
        Asked::Optional => Cow::Owned(format!("({})", field.name.value)),
    });
    mark(Sign::Asks, words)
}

/// More roles or fields than this are counted. As many arrows as there are states may say them.
const MOST_WORDS: usize = 20;

/// A sign with these words; none where there are none.
fn mark<'r>(sign: Sign, words: impl ExactSizeIterator<Item = Cow<'r, str>>) -> Option<Mark<'r>> {
    let more = words.len().saturating_sub(MOST_WORDS);
    let mut words: Vec<_> = words.take(MOST_WORDS).collect();
    if more > 0 {
        words.push(Cow::Owned(format!("{more} more")));
    }
    (!words.is_empty()).then_some(Mark { sign, words })
}

/// A text, of which no more is written on arrows than anybody reads there.
fn cut(text: &str) -> Cow<'_, str> {
    const MOST: usize = 400;
    match text.len() <= MOST {
        true => Cow::Borrowed(text),
        false => Cow::Owned(format!("{}…", &text[..text.floor_char_boundary(MOST)])),
    }
}
