//! `wrong-types`: a list where text belongs, a number where a name belongs, and so on.

use crate::diagnostic::{Code, Diagnostic, Group, Level, Stops};
use crate::fields::{Field, Subject};
use crate::node::{Kind, Node, Scalar, ScalarKind, quoted};
use crate::source::{Span, Syntax};
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "wrong-types",
    since: "0.1.0",
    group: Group::Text,
    level: Level::Firm(Stops::Shape),
    summary: "a value of another kind than its field takes",
    page: include_str!("wrong_types.md"),
};

/// `field` takes `wanted` ("text", "a list of names") but has `node`.
pub fn report(field: Field, node: &Node, wanted: &str) -> Diagnostic {
    if let Kind::Absent(comment) = node.kind() {
        return absent(field, node.span, *comment, wanted);
    }
    let message = format!("{field} is {}, not {wanted}", node.phrase());
    Diagnostic::new(&CODE, message, node.span, format!("{wanted} belongs here"))
        .help(format!("write {wanted} for `{}`", field.name))
}

/// The scalar that stands alone in brackets where it belongs without them.
pub fn only<'n, 's>(node: &'n Node<'s>) -> Option<(&'n Scalar<'s>, Span)> {
    let only = match node.kind() {
        Kind::List(items) => match &items[..] {
            [only] => only,
            _ => return None,
        },
        Kind::Map(entries) => match &entries[..] {
            [only] => &only.value,
            _ => return None,
        },
        _ => return None,
    };
    let scalar = only.scalar().filter(|scalar| !scalar.reading().tagged)?;
    Some((scalar, only.span))
}

/// The names of a list that stands in braces, in which they are keys without values.
pub fn in_braces<'n>(node: &'n Node) -> Option<Vec<(&'n str, Span)>> {
    let entries = node.entries().filter(|entries| !entries.is_empty())?;
    let name = |entry: &'n crate::node::Entry| {
        let is_alone = matches!(entry.value.kind(), Kind::Absent(None));
        is_alone.then(|| (entry.key.text(), entry.key_span()))
    };
    entries.iter().map(name).collect()
}

/// `field` takes a list of names and has them, `items`, in braces.
pub fn braces_for_brackets(
    field: Field,
    node: &Node,
    items: &[(&str, Span)],
    syntax: Option<Syntax>,
) -> Diagnostic {
    let names: Vec<&str> = items.iter().map(|(name, _)| *name).collect();
    let list = crate::node::list(syntax.unwrap_or(Syntax::Yaml), &names);
    report(field, node, "a name or a list of names")
        .help(format!("write `{list}`"))
        .unsafe_fix(node.span, list)
}

/// `field` takes `wanted` and has it in brackets, or under a name.
pub fn in_brackets(
    field: Field,
    node: &Node,
    wanted: &str,
    (scalar, at): (&Scalar, Span),
    syntax: Option<Syntax>,
) -> Diagnostic {
    let text = match (scalar.kind(), syntax) {
        (ScalarKind::Text, Some(Syntax::Toml)) => quoted(scalar.text()),
        (ScalarKind::Text, _) => crate::node::spelt(scalar.text()),
        _ => scalar.text().to_owned(),
    };
    let is_list = node.items().is_some();
    let help = match is_list {
        true => format!("write `{text}` without the list around it"),
        false => format!("write `{text}`"),
    };
    let report = report(field, node, wanted).help(help);
    // Of a list with dashes, no bracket shows where it begins.
    match node.span.start < at.start && node.span.end > at.end {
        true => report.fix_if(is_list, node.span, text),
        false => report,
    }
}

/// `others` are the items of the list `field` that are no names: one report for all of them.
pub fn not_names(field: Field, others: &[&Node]) -> Option<Diagnostic> {
    const MOST_LABELS: usize = 4;
    let (first, rest) = others.split_first()?;
    let message = format!("{field} has {} among its names", first.phrase());
    let report = Diagnostic::new(&CODE, message, first.span, "a name belongs here")
        .help(format!("write names only in the list of `{}`", field.name));
    Some(report.each(rest.iter().map(|node| node.span), MOST_LABELS, "and here"))
}

/// Nothing is written for `field`, or only a comment.
fn absent(field: Field, span: Span, comment: Option<Span>, wanted: &str) -> Diagnostic {
    let message = format!("{field} has no value");
    match comment {
        Some(comment) => Diagnostic::new(
            &CODE,
            message,
            comment,
            "a `#` begins a comment, so this is none",
        )
        .help(format!("put the value of `{}` in quotes", field.name)),
        None => Diagnostic::new(&CODE, message, span, format!("{wanted} belongs here")).help(
            format!("write {wanted} after `{}`, or delete the field", field.name),
        ),
    }
}

/// The field of `known` and its value that a text without quotes names, with a blank or another sign than a colon
/// between the two; how long that is.
fn without_colon<'n>(node: &'n Node, known: &[&str]) -> Option<(&'n str, usize, &'n str)> {
    const SIGNS: [char; 2] = ['=', '：'];
    let scalar = node.scalar().filter(|scalar| scalar.reading().plain)?;
    let text = scalar.text();
    let name = &text[..text.find([' ', SIGNS[0], SIGNS[1]])?];
    let rest = &text[name.len()..];
    let value = rest.trim_start();
    let (between, value) = match value.strip_prefix(SIGNS) {
        Some(after) => (rest.len() - after.len(), after.trim_start()),
        None => (0, value),
    };
    known.contains(&name).then_some((name, between, value))
}

/// `owner` should have fields (`known` of them) but is `node`, in a text of this syntax.
pub fn not_fields(
    owner: Subject,
    node: &Node,
    known: &[&str],
    syntax: Option<Syntax>,
) -> Diagnostic {
    let message = format!("{owner} is {}, not a map of fields", node.phrase());
    let report = Diagnostic::new(&CODE, message, node.span, "fields belong here");
    if let Some([only]) = node.items()
        && only.entries().is_some()
    {
        let report = report.help("take the fields out of the list that is around them");
        return match syntax {
            Some(Syntax::Toml) => report
                .note("in TOML, `[[…]]` begins an item of a list, and `[…]` a table of fields"),
            _ => report,
        };
    }
    if let Some((name, between, value)) = without_colon(node, known) {
        let after = node.span.start + name.len() as u32;
        let after = Span {
            start: after,
            end: after + between as u32,
            ..node.span
        };
        // Another sign is that of another field.
        if between > 0 && value.contains('=') {
            return report.help(format!(
                "write `{name}: …`, with a colon for each `=`, on a line of its own"
            ));
        }
        return report
            .help(format!(
                "write `{name}: {value}`, with a colon after the name of the field"
            ))
            .unsafe_fix(after, ":");
    }
    match suggest::listing(known.iter().copied()) {
        Some(all) => report.help(format!("write its fields, each with its value: {all}")),
        None => report.help("write its fields, each with its value"),
    }
}

/// The text at `span` names so many `things`, each of which belongs in a list of them.
pub fn several_in_one(field: Field, span: Span, count: usize, things: &str) -> Diagnostic {
    let message = format!("{field} names {count} {things} in one text");
    Diagnostic::new(&CODE, message, span, "a list stands in brackets")
}

/// `owner` is written as so many items of a list, the first of them at `first`.
pub fn in_parts(owner: Subject, count: usize, first: Span, others: &[Span]) -> Diagnostic {
    const MOST_LABELS: usize = 4;
    let message = format!("{owner} is written as {count} items of the list");
    let at = others.first().copied().unwrap_or(first);
    let report = Diagnostic::new(&CODE, message, at, "belongs to the item above");
    report.each(others.iter().skip(1).copied(), MOST_LABELS, "and here")
}

/// `field` takes text, and the scalar is a number, boolean or date of its syntax.
pub fn unquoted(field: Field, scalar: &Scalar, span: Span) -> Diagnostic {
    let quoted = quoted(scalar.text());
    let message = format!("{field} is {}, not text", scalar.kind().phrase());
    let report = Diagnostic::new(&CODE, message, span, "text belongs here");
    match scalar.reading().tagged {
        // Whatever stands after the tag, it stays what the tag says.
        true => report.help(format!("write `{quoted}` without the tag before it")),
        false => report
            .help(format!("put it in quotes: `{quoted}`"))
            .fix(span, quoted),
    }
}

/// `field` takes a colour, and the scalar is a number that is most likely that of `meant`.
pub fn number_for_color(field: Field, scalar: &Scalar, span: Span, meant: &str) -> Diagnostic {
    let message = format!("{field} is {}, not text", scalar.kind().phrase());
    let spelt = quoted(meant);
    Diagnostic::new(
        &CODE,
        message,
        span,
        "a colour of the form `#rrggbb` belongs here",
    )
    .help(format!("change `{}` to `{spelt}`", scalar.text()))
    .unsafe_fix(span, spelt)
}

/// `field` takes a list and has the one scalar of `meant`.
pub fn no_list(field: Field, scalar: &Scalar, span: Span, meant: &ListMeant) -> Diagnostic {
    let message = format!("{field} is {}, not a list", scalar.kind().phrase());
    let report = Diagnostic::new(&CODE, message, span, "a list belongs here");
    match meant {
        ListMeant::Item { is_sure } => {
            let list = format!("[{}]", quoted(scalar.text()));
            let words: Vec<String> = scalar
                .text()
                .split_whitespace()
                .take(3)
                .map(quoted)
                .collect();
            let several = match words.len() {
                2 => format!(", or `[{}]` if these are two", words.join(", ")),
                _ => String::new(),
            };
            report
                .help(format!("put it in brackets: `{list}`{several}"))
                .fix_if(*is_sure && !field.may_go_on, span, list)
        }
        ListMeant::Items(items) => {
            let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
            let list = format!("[{}]", items.join(", "));
            report
                .help(format!("write a list: `{list}`"))
                .unsafe_fix(span, list)
        }
        ListMeant::Nothing => report
            .help("write `[]` for none, or names in brackets")
            .unsafe_fix(span, "[]"),
        ListMeant::Unknown => report.help(format!(
            "write names in brackets, or delete `{}`",
            field.name
        )),
    }
}

/// `field` takes a list, and the items at `place` have no brackets around them.
pub fn no_brackets(field: Field, place: Span) -> Diagnostic {
    let message = format!("{field} is a list without brackets");
    Diagnostic::new(&CODE, message, place, "a list belongs in brackets")
}

/// What the one scalar in the place of a list may mean.
pub enum ListMeant<'t> {
    /// The one item; `is_sure` where it cannot well be several.
    Item {
        /// Whether it can be nothing else.
        is_sure: bool,
    },
    /// Several, with commas between them.
    Items(Vec<&'t str>),
    /// That there is nothing to list.
    Nothing,
    /// A word that stands for all of them, or for something else than names.
    Unknown,
}

/// Words and signs that make something else of the names around them.
const JOINTS: &[&str] = &[
    "and", "or", "not", "no", "non", "without", "except", "but", "only", "&", "+", "/", "und",
    "oder", "nicht", "kein", "ohne", "nur",
];

impl<'t> ListMeant<'t> {
    /// What `scalar` means where a list of names belongs.
    pub fn of(scalar: &'t Scalar) -> Self {
        let text = scalar.text().trim();
        let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
        if is(&[
            "none",
            "nothing",
            "never",
            "nobody",
            "no",
            "false",
            "off",
            "locked",
            "readonly",
            "read-only",
            "empty",
            "null",
            "~",
            "[]",
            "-",
            "",
        ]) {
            return ListMeant::Nothing;
        }
        let is_text = matches!(scalar.kind(), ScalarKind::Text) && !text.starts_with(['[', '{']);
        if !is_text || is(&["all", "any", "every", "everything", "yes", "on", "*"]) {
            return ListMeant::Unknown;
        }
        // One thing and another, or all but one: a person knows which.
        let turns = |word: &str| JOINTS.iter().any(|joint| word.eq_ignore_ascii_case(joint));
        if text.split_whitespace().any(turns) || text.starts_with('!') {
            return ListMeant::Unknown;
        }
        let items: Vec<&str> = text.split([',', ';', '|']).map(str::trim).collect();
        if items.len() > 1 && items.iter().all(|item| !item.is_empty()) {
            return ListMeant::Items(items);
        }
        // Several words may be several names, or say something of one: see `words`.
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
        let is_sure = text.starts_with(char::is_alphanumeric) && text.chars().all(is_word);
        ListMeant::Item { is_sure }
    }
}

impl<'t> ListMeant<'t> {
    /// The words of a text in which several names may stand side by side.
    pub fn words(scalar: &'t Scalar) -> Option<Vec<&'t str>> {
        const MOST_WORDS: usize = 32;
        let words = scalar.text().split_whitespace().take(MOST_WORDS + 1);
        let words: Vec<&str> = words.collect();
        let is_list = matches!(ListMeant::of(scalar), ListMeant::Item { .. });
        (is_list && (2..=MOST_WORDS).contains(&words.len())).then_some(words)
    }
}

/// The boolean that a word of other languages plainly means.
pub fn boolean_meant(node: &Node) -> Option<bool> {
    let word = node.scalar()?.text().to_ascii_lowercase();
    match word.as_str() {
        "yes" | "y" | "on" | "true" | "1" | "ja" | "oui" | "sí" => Some(true),
        "no" | "n" | "off" | "false" | "0" | "nein" | "non" => Some(false),
        _ => None,
    }
}

/// `field` takes `true` or `false`; `meant` is the one that is plainly meant, if any.
pub fn not_boolean(field: Field, node: &Node, meant: Option<bool>) -> Diagnostic {
    let report = report(field, node, "`true` or `false`");
    match (meant, node.scalar()) {
        (Some(meant), Some(scalar)) => {
            let meant = meant.to_string();
            let help = match scalar.text() == meant {
                true => format!("write `{meant}` without quotes"),
                false => format!("change `{}` to `{meant}`", scalar.text()),
            };
            // A number may count something.
            let is_word = scalar.text().parse::<u8>().is_err();
            report.help(help).fix_if(is_word, node.span, meant)
        }
        _ => report,
    }
}

/// `field` takes one of `words` and has a list, a map or nothing.
pub fn not_keyword<'w>(
    field: Field,
    node: &Node,
    words: impl Iterator<Item = &'w str>,
) -> Diagnostic {
    let words: Vec<&str> = words.collect();
    report(field, node, "one word").help(format!("write one of {}", suggest::phrase(&words)))
}
