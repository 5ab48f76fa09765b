//! Any bytes as YAML: nothing panics, every place is in the text, libyaml reads the same.
#![no_main]
use libfuzzer_sys::fuzz_target;
use statewright::source::Syntax;
use statewright_fuzz::{compiled, source, trees};

fuzz_target!(|data: &[u8]| {
    let source = source(Syntax::Yaml, data);
    compiled(&source);
    let (document, is_whole) = trees::read(&source);
    trees::check_places(&source, &document);
    // YAML 1.1, which libyaml reads, has more line ends.
    let differs = ['\u{85}', '\u{2028}', '\u{2029}', '\u{feff}'];
    let (Some(root), true) = (&document.root, is_whole && !source.text().contains(differs)) else {
        return;
    };
    if trees::is_small(root)
        && !has_newer_anchors(source.text())
        && !has_newer_keys(source.text())
        && !has_anchors_again(source.text())
        && let Ok(theirs) = serde_yaml::from_str::<serde_yaml::Value>(source.text())
        && !has_tags(&theirs)
    {
        assert_eq!(trees::as_yaml(root), theirs, "{}", source.text());
    }
});

/// Whether an anchor or alias may have more in its name than letters, digits, `_` and `-`: YAML 1.2
/// allows nearly everything (`&to: x` is the anchor `to:`), libyaml does not.
fn has_newer_anchors(text: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}');
    let mut names = text.split(['&', '*']).skip(1);
    names.any(|rest| !rest.split(ends).next().unwrap_or("").chars().all(is_name))
}

/// Whether a `?` begins text: YAML 1.2 allows it (`{ ?a: b }`), libyaml takes it for the mark of a key.
fn has_newer_keys(text: &str) -> bool {
    let mut after = text.split('?').skip(1);
    after.any(|rest| rest.starts_with(|c: char| !c.is_whitespace()))
}

/// Whether two anchors have one name, which YAML allows. That library counts anchors by their names, so that an
/// anchor after such a pair gets a number that another has, and an alias the other's value.
fn has_anchors_again(text: &str) -> bool {
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}');
    let mut seen = std::collections::HashSet::new();
    let mut names = text.split('&').skip(1);
    !names.all(|rest| seen.insert(rest.split(ends).next().unwrap_or("")))
}

/// Whether a tag is left in `value`: of `!` alone, which says no more than "text" of nothing at all,
/// that library makes a tag of its own.
fn has_tags(value: &serde_yaml::Value) -> bool {
    match value {
        serde_yaml::Value::Tagged(_) => true,
        serde_yaml::Value::Sequence(items) => items.iter().any(has_tags),
        serde_yaml::Value::Mapping(entries) => entries
            .iter()
            .any(|(key, value)| has_tags(key) || has_tags(value)),
        _ => false,
    }
}
