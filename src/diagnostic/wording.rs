//! How long the texts of a report may be.
//!
//! They quote what is written in a file, which may be millions of characters; a report is for
//! people, and is kept, copied and escaped many times over.

use std::borrow::Cow;
use std::ops::Range;

/// A name with more characters than this is told without its middle.
const LONGEST_NAME: usize = 160;

/// A text with more characters than this is told without its middle.
const LONGEST_TEXT: usize = 4000;

/// A message with more characters than this is not read at a glance.
const LONGEST_MESSAGE: usize = 100;

/// A name with no more characters than this is told whole, however long the message is.
const SHORT_NAME: usize = 12;

/// `text`, and of a name in backticks that would fill the screen only its start and end.
pub fn shortened(text: &str) -> Cow<'_, str> {
    let is_name = |index: usize| index % 2 == 1;
    let mut parts = text.split('`').enumerate();
    let has_long = parts.any(|(index, part)| is_name(index) && part.len() > LONGEST_NAME);
    if !has_long {
        return without_middle(text, LONGEST_TEXT);
    }
    let parts = text.split('`').enumerate();
    let shortened: Vec<Cow<'_, str>> = parts
        .map(|(index, part)| match is_name(index) {
            true => short_name(part),
            false => Cow::Borrowed(part),
        })
        .collect();
    let whole = shortened.join("`");
    Cow::Owned(without_middle(&whole, LONGEST_TEXT).into_owned())
}

/// `message`, and where it is too long to be read at a glance, without the middles of its longest names.
pub(super) fn fitted(message: &str) -> Cow<'_, str> {
    let total = message.chars().count();
    if total <= LONGEST_MESSAGE {
        return Cow::Borrowed(message);
    }
    let names = places_of_names(message);
    let lengths: Vec<usize> = names
        .iter()
        .map(|place| message[place.clone()].chars().count())
        .collect();
    let room = LONGEST_MESSAGE.saturating_sub(total - lengths.iter().sum::<usize>());
    let taken = |most: usize| lengths.iter().map(|own| *own.min(&most)).sum::<usize>();
    let mut tried = (SHORT_NAME..LONGEST_NAME).rev();
    let most = tried.find(|most| taken(*most) <= room);
    let most = most.unwrap_or(SHORT_NAME);
    let (mut fitted, mut end) = (String::new(), 0);
    for (place, length) in names.into_iter().zip(lengths) {
        let name = &message[place.clone()];
        fitted += &message[end..place.start];
        // The sign for what is left out is one character more.
        fitted += &match length > most {
            true => without_middle(name, most - 1),
            false => Cow::Borrowed(name),
        };
        end = place.end;
    }
    Cow::Owned(fitted + &message[end..])
}

/// `name` where it is as long as names are; else its start and end.
pub fn short_name(name: &str) -> Cow<'_, str> {
    without_middle(name, LONGEST_NAME)
}

/// `text` where it has at most `most` characters; else its start and end with `…` between.
fn without_middle(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most || text.chars().count() <= most {
        return Cow::Borrowed(text);
    }
    let nth = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
    let nth_back = |n: usize| text.char_indices().nth_back(n).map_or(0, |(at, _)| at);
    let (head, tail) = (most * 3 / 4, most / 4);
    let (head, tail) = (&text[..nth(head)], &text[nth_back(tail - 1)..]);
    Cow::Owned(format!("{head}…{tail}"))
}

/// Where the names in a sentence are, which stand in backticks. A backtick in a word is part of a name.
pub(super) fn places_of_names(sentence: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(at) = sentence[from..].find('`') {
        let start = from + at + 1;
        let Some(end) = closing(&sentence[start..]) else {
            break;
        };
        places.push(start..start + end);
        from = start + end + 1;
    }
    places
}

/// Where the backtick is that closes a name at the start of `text`.
fn closing(text: &str) -> Option<usize> {
    let is_last = |at: usize| {
        let next = text[at + 1..].chars().next();
        !next.is_some_and(|next| next.is_alphanumeric() || next == '`')
    };
    let mut backticks = text.match_indices('`').map(|(at, _)| at);
    backticks.find(|&at| is_last(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_long_names_and_texts_the_middle_is_left_out() {
        let usual = "state `In Progress` is a dead end";
        assert_eq!(shortened(usual), usual);
        let name = "ä".repeat(LONGEST_NAME);
        let fits = format!("state `{name}` is `{name}`");
        assert_eq!(shortened(&fits), fits);
        let long = shortened(&format!("state `a{name}z` is `b`")).into_owned();
        let (head, tail) = (
            "ä".repeat(LONGEST_NAME * 3 / 4 - 1),
            "ä".repeat(LONGEST_NAME / 4 - 1),
        );
        assert_eq!(long, format!("state `a{head}…{tail}z` is `b`"));
        let many = format!("`x` {}", "`y` ".repeat(2000));
        assert_eq!(shortened(&many).chars().count(), LONGEST_TEXT + 1);
    }

    #[test]
    fn a_message_leaves_out_the_middles_of_its_longest_names() {
        let message =
            |one: &str, other: &str| format!("a walk leads from `{one}` to `{other}` and back");
        let brief = message("New", &"x".repeat(60));
        assert_eq!(fitted(&brief), brief);
        for (one, other) in [(80, 80), (3, 140), (160, 12), (13, 90)] {
            let long = message(&"ä".repeat(one), &"ö".repeat(other));
            let fitted = fitted(&long);
            let length = fitted.chars().count();
            assert!((97..=100).contains(&length), "{length}: {fitted}");
            assert!(fitted.starts_with("a walk leads from `") && fitted.ends_with("` and back"));
        }
        let whole = message(&"x".repeat(12), &"y".repeat(90));
        assert!(fitted(&whole).contains(&format!("`{}`", "x".repeat(12))));
        // What is no name stays as it is.
        let prose = "so ".repeat(60);
        assert_eq!(fitted(&prose), prose);
    }
}
