//! The other places of a key: a table of TOML names itself in each of its headers.

use std::ops::Range;

use super::super::place;
use super::statements::statements;
use crate::hashing::HashMap;
use crate::source::{Source, Span};

/// Where else the table or list at each of `keys`, which are written in headers or before a dot, is
/// named. Reads the text twice, however many keys there are.
pub(in super::super) fn other_places(source: &Source, keys: &[Span]) -> Vec<Vec<Span>> {
    let mut others = vec![Vec::new(); keys.len()];
    let by_place: HashMap<Range<usize>, usize> =
        (0..).zip(keys).map(|(n, key)| (key.range(), n)).collect();
    let mut asked: HashMap<Vec<String>, usize> = HashMap::default();
    each_table(source, |path, at| {
        if let Some(key) = by_place.get(&at) {
            asked.insert(path.to_vec(), *key);
        }
    });
    if asked.is_empty() {
        return others;
    }
    each_table(source, |path, at| {
        let key = asked.get(path).copied();
        if let Some(key) = key.filter(|key| keys[*key].range() != at) {
            others[key].push(place(source, at));
        }
    });
    others
}

/// Calls `look` with the path of each table that a statement names, and where it does.
fn each_table(source: &Source, mut look: impl FnMut(&[String], Range<usize>)) {
    let mut path: Vec<String> = Vec::new();
    let mut header = 0;
    for statement in statements(source.text()) {
        path.truncate(header);
        if statement.is_header {
            path.clear();
        }
        let above = path.len();
        let tables = statement.path.len() - usize::from(!statement.is_header);
        path.extend(statement.path);
        for (index, at) in statement.places.into_iter().enumerate().take(tables) {
            look(&path[..=above + index], at);
        }
        if statement.is_header {
            header = path.len();
        }
    }
}
