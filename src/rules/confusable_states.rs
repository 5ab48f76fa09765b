//! `confusable-states`: two names that people take for one.

use crate::hashing::HashMap;
use std::hash::BuildHasher;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_security::confusable_detection::skeleton;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Resolved, StateId};
use crate::rules::Rule;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "confusable-states",
    since: "0.1.0",
    group: Group::States,
    level: Level::Warn,
    summary: "two states whose names look alike",
    page: include_str!("confusable_states.md"),
};

/// Compares the names by what is left of them when case, spacing and look-alike letters are
/// made equal (the skeletons of Unicode Technical Standard 39, §4). Each name is folded once.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    if all_differ(resolved) {
        return;
    }
    for group in groups(resolved) {
        out.push_made(&CODE, || report(resolved, &group));
    }
}

/// Whether no two names can be taken for each other, by hashes of their [`keys`]: so it is in nearly
/// every file, and then nothing needs to be kept.
fn all_differ(resolved: &Resolved) -> bool {
    let seeds = foldhash::fast::FixedState::default();
    let hash = |case: Case, key: &[u8]| seeds.hash_one((case, key));
    let mut hashes = Vec::with_capacity(2 * resolved.workflow().states.len());
    let [mut folded, mut as_written] = [Vec::new(), Vec::new()];
    for (_, state) in resolved.states() {
        let name = &state.name.value;
        if name.is_ascii() {
            folded.clear();
            as_written.clear();
            add_ascii_keys(name, &mut folded, &mut as_written);
            hashes.push(hash(Case::Folded, &folded));
            hashes.push(hash(Case::AsWritten, &as_written));
        } else {
            hashes.extend(any_keys(name).map(|(case, key)| hash(case, &key)));
        }
    }
    hashes.sort_unstable();
    hashes.windows(2).all(|pair| pair[0] != pair[1])
}

/// States of names that are taken for each other, two or more, in the order of the file.
fn groups(resolved: &Resolved) -> Vec<Vec<StateId>> {
    let count = resolved.workflow().states.len();
    let mut alike = petgraph::unionfind::UnionFind::new(count);
    let mut first_of: HashMap<(Case, Vec<u8>), usize> = HashMap::default();
    for (id, state) in resolved.states() {
        for key in keys(&state.name.value) {
            let first = *first_of.entry(key).or_insert(id.index());
            alike.union(first, id.index());
        }
    }
    let mut members: HashMap<usize, Vec<StateId>> = HashMap::default();
    for (id, _) in resolved.states() {
        members
            .entry(alike.find_mut(id.index()))
            .or_default()
            .push(id);
    }
    let mut groups: Vec<_> = members.into_values().filter(|g| g.len() > 1).collect();
    groups.sort_unstable();
    groups
}

/// What two names share if people take them for each other. There are two keys, because letters
/// look alike in one case and not in the other: `I` like `l`, but `i` does not.
fn keys(name: &str) -> [(Case, Vec<u8>); 2] {
    match name.is_ascii() {
        true => ascii_keys(name),
        false => any_keys(name),
    }
}

fn any_keys(name: &str) -> [(Case, Vec<u8>); 2] {
    let text = spaceless(name);
    let key = |text: &str| skeleton(text).collect::<String>().into_bytes();
    [
        (Case::Folded, key(&folded(&text))),
        (Case::AsWritten, key(&text)),
    ]
}

fn ascii_keys(name: &str) -> [(Case, Vec<u8>); 2] {
    let [mut folded, mut as_written] = [Vec::new(), Vec::new()];
    add_ascii_keys(name, &mut folded, &mut as_written);
    [(Case::Folded, folded), (Case::AsWritten, as_written)]
}

/// The keys of an ASCII name, which has no accents, and where the skeleton of a text is that of its
/// letters one by one.
fn add_ascii_keys(name: &str, folded: &mut Vec<u8>, as_written: &mut Vec<u8>) {
    let letters = &*LETTERS;
    let bytes = name.as_bytes();
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    for (at, &byte) in bytes.iter().enumerate() {
        let [one, other] = letters.plain[usize::from(byte)];
        if one != 0 {
            folded.push(one);
            as_written.push(other);
            continue;
        }
        let joins = matches!(byte, b'-' | b'_') && at > 0 && letter(at - 1) && letter(at + 1);
        // The blanks of `char::is_whitespace` in ASCII.
        if joins || matches!(byte, b' ' | b'\t'..=b'\r') {
            continue;
        }
        folded.extend_from_slice(letters.of(byte.to_ascii_lowercase()));
        as_written.extend_from_slice(letters.of(byte));
    }
}

static LETTERS: LazyLock<Letters> = LazyLock::new(Letters::new);

/// What stands for each letter of ASCII.
struct Letters {
    all: Vec<String>,
    /// What stands for it in each of the keys, where that is one byte, and the letter means the same wherever
    /// it stands; else 0.
    plain: [[u8; 2]; 256],
}

impl Letters {
    fn new() -> Letters {
        let letters = (0..128_u8).map(char::from);
        let all: Vec<String> = letters
            .map(|letter| skeleton(letter.encode_utf8(&mut [0; 4])).collect())
            .collect();
        let mut letters = Letters {
            all,
            plain: [[0; 2]; 256],
        };
        for letter in (0..128_u8).filter(u8::is_ascii_alphanumeric) {
            let keys = [letters.of(letter.to_ascii_lowercase()), letters.of(letter)];
            if let [&[one], &[other]] = keys {
                letters.plain[usize::from(letter)] = [one, other];
            }
        }
        letters
    }

    fn of(&self, letter: u8) -> &[u8] {
        self.all[usize::from(letter)].as_bytes()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Case {
    Folded,
    AsWritten,
}

fn folded(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase()
}

/// Without spaces, and without `-` and `_` between letters, where they stand for spaces.
fn spaceless(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let letter = |at: Option<usize>| {
        at.and_then(|at| chars.get(at))
            .is_some_and(|c| c.is_alphabetic())
    };
    let keep = |(at, c): (usize, &char)| {
        let joins = matches!(c, '-' | '_' | '\u{2010}' | '\u{2011}');
        let spacing = joins && letter(at.checked_sub(1)) && letter(at.checked_add(1));
        (!c.is_whitespace() && !spacing).then_some(*c)
    };
    chars.iter().enumerate().filter_map(keep).collect()
}

fn report(resolved: &Resolved, group: &[StateId]) -> Diagnostic {
    let name = |at: usize| &resolved.state(group[at]).name;
    let (first, second) = (name(0), name(1));
    let what = difference(&first.value, &second.value);
    let mut report = Diagnostic::new(
        &CODE,
        format!(
            "states `{}` and `{}` differ only in {what}",
            first.value, second.value
        ),
        second.span,
        "easily taken for the other",
    )
    .label(first.span, "the other state");
    let places = group.iter().skip(2).map(|id| resolved.state(*id).name.span);
    report = report.each(places, MOST_LABELS, "alike, too");
    if let Some((a, b)) = letters(&first.value, &second.value) {
        report = report.note(format!(
            "`{}` has U+{:04X} where `{}` has U+{:04X}",
            first.value, a as u32, second.value, b as u32
        ));
    }
    report
        .help("merge them into one state, or rename one so that people can tell them apart")
        .note("people who choose a state see the names without the rest of the file")
}

const MOST_LABELS: usize = 4;

fn difference(a: &str, b: &str) -> &'static str {
    let composed = |text: &str| text.nfc().collect::<String>();
    let lower = |text: &str| composed(text).to_lowercase();
    if composed(a) == composed(b) {
        "how their accents are stored"
    } else if lower(a) == lower(b) {
        "letter case"
    } else if composed(&spaceless(a)) == composed(&spaceless(b)) {
        "spacing"
    } else if lower(&spaceless(a)) == lower(&spaceless(b)) {
        "letter case and spacing"
    } else {
        "letters that look alike"
    }
}

/// The first letters that differ, where reading the names does not show it.
fn letters(a: &str, b: &str) -> Option<(char, char)> {
    if a.is_ascii() && b.is_ascii() {
        return None;
    }
    let differ = |(a, b): &(char, char)| a != b;
    let (a, b) = a.chars().zip(b.chars()).find(differ)?;
    (!a.is_ascii() || !b.is_ascii()).then_some((a, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: &str, b: &str) -> bool {
        let (a, b) = (keys(a), keys(b));
        a.iter().any(|key| b.contains(key))
    }

    proptest::proptest! {
        #[test]
        fn ascii_is_compared_like_everything_else(name in "[ -~\\t\\n]{0,12}") {
            proptest::prop_assert_eq!(ascii_keys(&name), any_keys(&name));
        }
    }

    #[test]
    fn names_that_look_alike() {
        assert!(alike("In Progress", "In progress"));
        assert!(alike("In Progress", "InProgress"));
        assert!(alike("In Progress", "in-progress"));
        assert!(alike("Open", "\u{41e}pen"));
        assert!(alike("R\u{e9}solu", "Re\u{301}solu"));
        assert!(alike("Phase I", "Phase l"));
    }

    #[test]
    fn names_that_do_not() {
        assert!(!alike("Resolved", "Resolve"));
        assert!(!alike("R\u{e9}solu", "Resolu"));
        assert!(!alike("Level 1", "Level 2"));
        assert!(!alike("Level 1", "Level -1"));
        assert!(!alike("Level 2-A", "Level 2A"));
        assert!(!alike("Level A-2", "Level A2"));
        assert!(!alike("=open", "open"));
    }
}
