//! Values in a shorter form than the language has, which can be read in one way only.

use smol_str::SmolStr;

use crate::diagnostic::{Diagnostic, Diagnostics, Edit};
use crate::fields::{Field, Subject, wrong_types};
use crate::model::{Category, TargetBlock};
use crate::node::{Kind, Node, Scalar, ScalarKind};
use crate::source::{Source, Span, Spanned, Syntax};
use crate::suggest;

/// How a map is written on one line: what stands after a key.
/// What stands between a name and its value.
pub(super) fn colon(syntax: Syntax) -> &'static str {
    match syntax {
        Syntax::Toml => " =",
        _ => ":",
    }
}

/// The category of a state that is written as its category alone: `Submitted: open`, and the report.
pub(super) fn category_alone(
    state: Subject,
    node: &Node,
    source: &Source,
) -> Option<(Spanned<Category>, Diagnostic)> {
    // Whatever stands after a tag, it stays what the tag says.
    let word = node.scalar().filter(|s| !s.reading().tagged)?.text();
    let alike = |(known, _): &&(&str, Category)| suggest::alike(word, known);
    let (word, category) = Category::WORDS.iter().find(alike)?;
    let map = format!(
        "{{ category{} {} }}",
        colon(source.syntax()),
        match source.syntax() {
            Syntax::Toml => format!("\"{word}\""),
            _ => (*word).to_owned(),
        }
    );
    let report = wrong_types::not_fields(state, node, &[], Some(source.syntax()))
        .help(format!("write `{map}`"))
        .fix(node.span, map);
    Some((Spanned::new(*category, node.span), report))
}

/// The targets that are named alone, or in a list, where a map of them belongs. Reported.
pub(super) fn listed_targets(
    field: Field,
    node: &Node,
    source: &Source,
    out: &mut Diagnostics,
) -> Vec<TargetBlock> {
    let report = wrong_types::report(field, node, "a map of targets");
    let items = match node.kind() {
        Kind::List(items) => items,
        _ => std::slice::from_ref(node),
    };
    let names: Option<Vec<(&str, Span)>> = items
        .iter()
        .map(|item| {
            Some((
                item.scalar().filter(|name| is_name(name))?.text(),
                item.span,
            ))
        })
        .collect();
    let Some(names) = names.filter(|names| !names.is_empty()) else {
        out.push(report);
        return Vec::new();
    };
    let block = |(name, at): &(&str, Span)| TargetBlock {
        name: Spanned::new(SmolStr::new(name), *at),
        body: Node::new(*at, Kind::Map(Box::default())),
    };
    let colon = colon(source.syntax());
    let most = names.iter().take(4);
    let map: Vec<String> = most
        .map(|(name, _)| format!("{name}{colon} {{}}"))
        .collect();
    let more = if names.len() > map.len() { ", …" } else { "" };
    let report = report.help(format!("write `{{ {}{more} }}`", map.join(", ")));
    out.push(match as_map(node, &names, source) {
        Some(edits) => report.edits(true, edits),
        None => report,
    });
    names.iter().map(block).collect()
}

/// Whether this names one product: a word without blanks or commas.
fn is_name(scalar: &Scalar) -> bool {
    let text = scalar.text();
    let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let is_bare = text.starts_with(char::is_alphabetic) && text.chars().all(word);
    let is_text = scalar.kind() == ScalarKind::Text && !scalar.reading().tagged;
    let is_all = ["all", "any", "every", "none", "yes", "no"].contains(&&*text.to_lowercase());
    is_bare && is_text && !is_all
}

/// The edits that make a map of `names`, the items of the list `node` or that one alone.
fn as_map(node: &Node, names: &[(&str, Span)], source: &Source) -> Option<Vec<Edit>> {
    let text = source.text();
    let colon = colon(source.syntax());
    let mut edits = Vec::with_capacity(names.len() + 2);
    let mut after = |at: usize, with: String| edits.push(Edit::new(source.at(at..at), with));
    let range = node.span.range();
    if node.items().is_none() {
        after(range.start, "{ ".to_owned());
        after(range.end, format!("{colon} {{}} }}"));
        return Some(edits);
    }
    for (_, at) in names {
        after(at.range().end, format!("{colon} {{}}"));
    }
    let is_bracketed = text[range.clone()].starts_with('[');
    if is_bracketed && text[range.clone()].ends_with(']') {
        // An inline table of TOML stands on one line.
        if source.syntax() == Syntax::Toml && text[range.clone()].contains('\n') {
            return None;
        }
        let braced = |at: usize, brace: &str| Edit::new(source.at(at..at + 1), brace);
        edits.push(braced(range.start, "{"));
        edits.push(braced(range.end - 1, "}"));
        return Some(edits);
    }
    for (_, at) in names {
        let start = at.range().start;
        let dash = text[..start].trim_end_matches([' ', '\t']);
        let begins = dash.strip_suffix('-')?;
        if !begins.trim_end_matches(' ').ends_with(['\n', '\r']) {
            return None;
        }
        let blanks = " ".repeat(start - begins.len());
        edits.push(Edit::new(source.at(begins.len()..start), blanks));
    }
    Some(edits)
}
