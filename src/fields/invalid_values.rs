//! `invalid-values`: a value of the right kind that the field does not take.

use crate::diagnostic::{Code, Diagnostic, Group, Level, Stops};
use crate::fields::{Field, Subject};
use crate::language;
use crate::node::{Scalar, respelt};
use crate::source::Span;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "invalid-values",
    since: "0.1.0",
    group: Group::Text,
    level: Level::Firm(Stops::Shape),
    summary: "a value that the field does not take",
    page: include_str!("invalid_values.md"),
};

/// `field` takes one of `words`; `near` is the one that is nearest to what is written.
pub fn not_a_word<'w>(
    field: Field,
    scalar: &Scalar,
    span: Span,
    near: Option<&str>,
    words: impl Iterator<Item = &'w str>,
) -> Diagnostic {
    let written = scalar.text();
    let words: Vec<&str> = words.collect();
    let message = format!("{field} cannot be `{written}`");
    let all = suggest::phrase(&words);
    let report = Diagnostic::new(&CODE, message, span, "not a value of this field");
    match near {
        Some(near) => report
            .help(format!("change `{written}` to `{near}`"))
            .note(format!("the values are {all}"))
            .fix_if(
                suggest::alike(written, near),
                span,
                respelt(written, span, near),
            ),
        None => report.help(format!("write one of {all}")),
    }
}

/// `field` names something and is empty.
pub fn empty(field: Field, span: Span) -> Diagnostic {
    let message = format!("{field} is empty");
    let instead = match field.is_the_owner() {
        true => "the promise",
        false => "the field if it may be left out",
    };
    Diagnostic::new(&CODE, message, span, "nothing is named here").help(format!(
        "write at least one name for `{}`, or delete {instead}",
        field.name
    ))
}

/// `field` takes `wanted`, such as `example`, and has a text of blanks or of nothing.
pub fn blank(field: Field, span: Span, wanted: &str, example: &str) -> Diagnostic {
    let message = format!("{field} is empty");
    Diagnostic::new(&CODE, message, span, format!("{wanted} belongs here")).help(format!(
        "write {wanted} for `{}`, such as `{example}`, or delete the field",
        field.name
    ))
}

/// `field` takes roles and has the word for all states, or one for anybody.
pub fn anybody(field: Field, written: &str, span: Span) -> Diagnostic {
    let message = format!("{field} is `{written}`, which no role is called");
    let report = Diagnostic::new(&CODE, message, span, "not a role").help(format!(
        "delete `{}`: without it, it is about anybody",
        field.name
    ));
    match written {
        "*" => report,
        _ => report.note("a role of this name has to stand under `roles`"),
    }
}

/// `field` takes a condition and has the word for the rest as other languages spell it.
pub fn rest_in_other_words(field: Field, written: &str, span: Span, word: &str) -> Diagnostic {
    let message = format!("{field} is `{written}`, and the word for the rest is `{word}`");
    Diagnostic::new(&CODE, message, span, "taken for a condition")
        .help(format!("change `{written}` to `{word}`"))
        .unsafe_fix(span, respelt(written, span, word))
}

/// `field` names more than `most` roles; the first beyond them is at `span`.
pub fn too_many(field: Field, span: Span, count: usize, most: usize) -> Diagnostic {
    let message = format!("{field} names {count} roles, and {most} is the most");
    Diagnostic::new(&CODE, message, span, "one role too many")
        .help("make one role of those that may do the same")
}

/// `field` is said once by language, and `written` is the tag of none; with what is plainly meant, if
/// that can be told, and how that is written.
pub fn no_language(
    field: Field,
    written: &str,
    span: Span,
    meant: Option<(String, String)>,
) -> Diagnostic {
    let message = format!("{field} has a text for `{written}`, which is not a language");
    let report = Diagnostic::new(&CODE, message, span, "not the tag of a language");
    match meant {
        Some((meant, spelt)) => report
            .help(format!("change `{written}` to `{meant}`"))
            .fix(span, spelt),
        None => report.help("write the tag of a language by BCP 47, such as `de` or `pt-BR`"),
    }
}

/// `field` has two texts for one language.
pub fn language_twice(
    field: Field,
    (first, there): (&str, Span),
    (second, here): (&str, Span),
) -> Diagnostic {
    let message = format!("{field} has two texts for one language, `{first}` and `{second}`");
    Diagnostic::new(&CODE, message, here, "the same language, in other letters")
        .label(there, "the first text for it")
        .help("delete one of the two")
        .note("letter case says nothing in the tag of a language")
}

/// `field` has a value of another form than `wanted` ("a UUID", "an identifier"); `example` is
/// one that would do.
pub fn malformed(
    field: Field,
    written: &str,
    span: Span,
    wanted: &str,
    example: &str,
) -> Diagnostic {
    let message = format!("{field} is not {wanted}: `{written}`");
    Diagnostic::new(&CODE, message, span, format!("not {wanted}"))
        .help(format!("write {wanted}, such as `{example}`"))
}

/// As [`malformed`], where the author most likely means `meant`, which is written `spelt`: `is_sure`
/// where it is the same in another form.
pub fn meant(
    field: Field,
    (written, span): (&str, Span),
    wanted: &str,
    meant: &str,
    spelt: String,
    is_sure: bool,
) -> Diagnostic {
    let message = format!("{field} is not {wanted}: `{written}`");
    Diagnostic::new(&CODE, message, span, format!("not {wanted}"))
        .help(format!("change it to `{meant}`"))
        .fix_if(is_sure, span, spelt)
}

/// Any other value that does not fit, in the caller's words.
pub fn other(message: String, span: Span, label: &str, help: String) -> Diagnostic {
    Diagnostic::new(&CODE, message, span, label).help(help)
}

/// A state whose name is blank.
pub fn nameless_state(span: Span) -> Diagnostic {
    other(
        "a state has no name".to_owned(),
        span,
        "a name belongs here",
        "write the state's name".to_owned(),
    )
}

/// A state that cannot be told from the word for every state.
pub fn state_called_every(span: Span) -> Diagnostic {
    other(
        "state `*` has the name that stands for every state".to_owned(),
        span,
        "`*` is taken",
        "give the state another name".to_owned(),
    )
}

/// `except` where `from` does not say `"*"`.
pub fn except_without_every(transition: Subject, span: Span) -> Diagnostic {
    other(
        format!("{transition} has `except` but does not start from `\"*\"`"),
        span,
        "nothing to except from",
        "delete `except`, or write `\"*\"` for `from`".to_owned(),
    )
}

/// A word for every state that is not the one of the language.
pub fn every_in_other_words(transition: Subject, span: Span, written: &str) -> Diagnostic {
    other(
        format!("{transition} starts from `{written}`, and no state has this name"),
        span,
        "every state is written `\"*\"`",
        "write `\"*\"` for `from`".to_owned(),
    )
    // Somebody may have forgotten a state of this name; in other quotes, a star is one all the same.
    .fix_if(written.contains('*'), span, "\"*\"")
}

/// Every state but some, in other words than the language has; the words that say so here, and the edit that writes
/// them where that is known.
pub fn every_but(
    transition: Subject,
    span: Span,
    written: &str,
    (here, edit): (String, Option<crate::diagnostic::Edit>),
) -> Diagnostic {
    let report = other(
        format!("{transition} starts from `{written}`, and no state has this name"),
        span,
        "every state but some is written `\"*\"` and `except`",
        format!("write `{here}`"),
    );
    match edit {
        Some(edit) => report.edits(false, vec![edit]),
        None => report,
    }
}

/// `"*"` in a list with other states.
pub fn every_among_states(transition: Subject, star: Span, list: Span) -> Diagnostic {
    other(
        format!("{transition} lists `*` among states"),
        star,
        "`*` already means every state",
        "write `\"*\"` for `from`, without brackets and other states".to_owned(),
    )
    .edits(false, vec![crate::diagnostic::Edit::new(list, "\"*\"")])
}

/// A promise without any of the words that promise something.
pub fn promises_nothing(span: Span, words: &[&str]) -> Diagnostic {
    other(
        "a promise says nothing".to_owned(),
        span,
        "no promise is made here",
        format!("write one of {}", suggest::phrase(words)),
    )
}

/// A field that belongs to another kind of promise, in the place of the one that this kind needs.
pub fn field_for_other(
    promise: Subject,
    span: Span,
    name: &str,
    needed: &str,
    place: Span,
) -> Diagnostic {
    other(
        format!("{promise} has `{name}` where it needs `{needed}`"),
        span,
        "belongs to another kind of promise",
        format!("change `{name}` to `{needed}`"),
    )
    .label(place, "this is the promise")
    .edits(
        false,
        vec![crate::diagnostic::Edit::new(
            span,
            respelt(name, span, needed),
        )],
    )
}

/// Several moves in one `forbid`.
pub fn several_moves(word: &str, span: Span, first: Option<(String, String)>) -> Diagnostic {
    let (from, to) = first.unwrap_or_else(|| ("New".to_owned(), "Closed".to_owned()));
    other(
        format!("promise `{word}` holds several lists of states"),
        span,
        "one move belongs here",
        format!("write one promise for each move, such as `{word}: [\"{from}\", \"{to}\"]`"),
    )
}

/// A field that belongs to another kind of promise.
pub fn field_of_other_promise(promise: Subject, span: Span, name: &str, place: Span) -> Diagnostic {
    other(
        format!("{promise} has `{name}`, which belongs to another promise"),
        span,
        "says nothing here",
        format!("delete `{name}`, or write it as a promise of its own"),
    )
    .label(place, "this is the promise")
}

/// A walk or a move with too few or too many states.
pub fn wrong_number_of_states(list: &language::Field, count: usize, span: Span) -> Diagnostic {
    let (word, wanted, example) = (list.name, list.kind.phrase(), list.example);
    let states = match (list.kind.is_of_states(), count) {
        (true, 1) => "state",
        (true, _) => "states",
        (false, 1) => "transition",
        (false, _) => "transitions",
    };
    other(
        format!("promise `{word}` names {count} {states} and needs {wanted}"),
        span,
        &format!("{wanted} belong here"),
        format!("write {wanted}, such as `{example}`"),
    )
}
