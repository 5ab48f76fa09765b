//! What a transition or a start asks of whoever makes it, and what happens then, in a few words each.

use crate::language::transition::OTHERWISE;
use crate::model::{Asked, Asks, Notes, StartTransition, Text, Transition};

/// What is said of a transition; `from` is the state that the ticket waits in, where it is one.
pub fn of_transition(transition: &Transition, from: Option<&str>) -> Vec<String> {
    let mut all = Vec::from_iter(note(transition.notes()).map(str::to_owned));
    let Some(details) = &transition.details else {
        return all;
    };
    all.extend(asked(details.asks.as_ref()));
    all.extend(needed(details.who.as_ref().map(|who| &*who.value)));
    all.extend(details.when.as_ref().map(|when| match &*when.value {
        OTHERWISE => OTHERWISE.to_owned(),
        when => format!("when {when}"),
    }));
    let place = from.map_or(String::new(), |from| format!(" in `{from}`"));
    match &details.after {
        Some(after) => all.push(format!("happens by itself after {}{place}", after.phrase())),
        None if transition.is_automatic() => all.push(match details.when {
            Some(_) => "happens by itself".to_owned(),
            None => "happens by itself at once".to_owned(),
        }),
        None => {}
    }
    all.extend(done(details.does.as_ref().map(|does| &*does.value)));
    all
}

/// What is said of beginning a ticket.
pub fn of_start(words: &StartTransition) -> Vec<String> {
    let mut all = Vec::from_iter(note(words.notes()).map(str::to_owned));
    let Some(details) = &words.details else {
        return all;
    };
    all.extend(asked(details.asks.as_ref()));
    all.extend(needed(details.who.as_ref().map(|who| &*who.value)));
    all.extend(done(details.does.as_ref().map(|does| &*does.value)));
    all
}

fn note(notes: Notes) -> Option<&'static str> {
    match notes {
        Notes::None => None,
        Notes::Optional => Some("a note may be written"),
        Notes::Required => Some("a note must be written"),
    }
}

fn asked(asks: Option<&Asks>) -> Vec<String> {
    let fields = |asked: Asked| {
        let fields = asks.iter().flat_map(|asks| &asks.value);
        let fields = fields.filter(move |field| field.asked == asked);
        fields
            .map(|field| field.name.value.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let all = [
        ("asks for", Asked::Required),
        ("may be filled in:", Asked::Optional),
    ];
    let all = all.map(|(words, asked)| (words, fields(asked)));
    let some = all.into_iter().filter(|(_, fields)| !fields.is_empty());
    some.map(|(words, fields)| format!("{words} {fields}"))
        .collect()
}

fn needed(who: Option<&[Text]>) -> Option<String> {
    let roles: Vec<&str> = who?.iter().map(|role| role.value.as_str()).collect();
    Some(format!("needs: {}", roles.join(" or ")))
}

fn done(does: Option<&[Text]>) -> Option<String> {
    let does: Vec<&str> = does?.iter().map(|text| text.value.as_str()).collect();
    (!does.is_empty()).then(|| format!("then: {}", does.join(", ")))
}
