//! The nearest known name to a misspelt one.

mod alike;
mod contrary;
mod joined;

use std::hash::BuildHasher;
use std::sync::atomic::{AtomicUsize, Ordering};

use foldhash::fast::FixedState;

pub use alike::{alike, has_same_words};
pub use joined::{joined, may_be_joined};

/// Whether `written` is `known` with one slip of the hand that makes no other word: a plural's `s` too
/// much or too few, a letter doubled or halved, two swapped, or in a long word one letter too much,
/// too few or wrong behind the first.
pub fn is_typo(written: &str, known: &str) -> bool {
    let (written, known) = (fold(written), fold(known));
    let plural = |one: &str, other: &str| one.strip_suffix('s') == Some(other);
    if plural(&written, &known) || plural(&known, &written) {
        return true;
    }
    // A short word is soon another: `stat`, `start`, `state`.
    const LONG: usize = 8;
    let letters = |word: &str| word.chars().count();
    let is_long = letters(&known) >= LONG && written.chars().next() == known.chars().next();
    let single = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.dedup();
        letters
    };
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    let is_one_slip = strsim::osa_distance(&written, &known) == 1;
    is_one_slip
        && (is_long || single(&written) == single(&known) || sorted(&written) == sorted(&known))
}

/// Whether two names, however far apart, are meant to be two: the opposite, another number.
pub fn are_contrary(one: &str, other: &str) -> bool {
    if one.len().max(other.len()) > LONGEST {
        return false;
    }
    let (one, other) = (fold(one), fold(other));
    contrary::differ(&one, &other, strsim::osa_distance(&one, &other))
}

/// How many percent of the letters of one name must change to make it the other.
pub fn difference(one: &str, other: &str) -> usize {
    let length = |name: &str| name.chars().count();
    let longest = length(one).max(length(other)).max(1);
    if longest > LONGEST {
        return 100;
    }
    strsim::osa_distance(&fold(one), &fold(other)) * 100 / longest
}

/// Whether `written` may be a misspelling of `known`, or holds it, whatever else it may be.
pub fn may_mean(written: &str, known: &str) -> bool {
    if known.len() > LONGEST || written.len() > LONGEST {
        return false;
    }
    let joined = |name: &str| alike::bare(name).collect::<String>();
    let part = joined(known);
    let is_near = || {
        let allowed = written.chars().count().max(known.chars().count()) / 3;
        distance(&fold(written), known, allowed).is_some_and(|(_, may_be_meant)| may_be_meant)
    };
    (!part.is_empty() && joined(written).contains(&part)) || is_near()
}

/// The one name of `known` that `written` is most likely a misspelling of; `None` where no name is
/// near, or several are equally near. Where one list is searched more than once, an [`Index`] of it looks at
/// its names only once.
pub fn nearest<'a, I>(written: &str, known: I) -> Option<&'a str>
where
    I: IntoIterator<Item = &'a str>,
{
    let known: Vec<&str> = known.into_iter().collect();
    let found = Index::for_once(known.iter().copied()).nearest(written, |at| known[at])?;
    Some(known[found])
}

/// Names among which those are looked for that are nearest to misspelt ones.
///
/// Near means: at most a third of the longer name's characters must be inserted, deleted, replaced or swapped with their neighbour, letter case not
/// counted. This is the optimal string alignment distance (Damerau 1964, as restricted by
/// Oommen and Loke 1997), by `strsim`. A name that is spelt [alike](alike()) is nearest. One that says
/// something else on purpose is not near, however few letters that takes: the opposite, or
/// another number. Names are compared so only where neither their lengths nor their
/// letters rule them out.
///
/// All searches together are bounded: a file in which very many names are misspelt, or very many are alike, is no
/// file with slips of the finger. Searches beyond that find nothing.
#[derive(Debug)]
pub struct Index {
    known: Vec<Known>,
    /// How many more names may be searched for.
    searches: AtomicUsize,
    /// How many more steps all searches may take.
    steps: AtomicUsize,
}

/// What is looked at of a name before the name itself.
#[derive(Debug)]
struct Known {
    length: usize,
    letters: Letters,
    /// The same for names that are spelt alike; `None` where that is not worth finding out.
    bare: Option<u64>,
}

impl Index {
    /// An index of these names.
    pub fn of<'a>(known: impl IntoIterator<Item = &'a str>) -> Self {
        Self::made(known, |name| Some(bare(name)))
    }

    /// An index of names among which is searched once, which takes less to make.
    fn for_once<'a>(known: impl IntoIterator<Item = &'a str>) -> Self {
        Self::made(known, |_| None)
    }

    fn made<'a>(
        known: impl IntoIterator<Item = &'a str>,
        bare: impl Fn(&str) -> Option<u64>,
    ) -> Self {
        let looked_at = |name: &'a str| Known {
            length: name.chars().count(),
            letters: Letters::of(name),
            bare: bare(name),
        };
        Index {
            known: known.into_iter().map(looked_at).collect(),
            searches: AtomicUsize::new(MOST_SEARCHES),
            steps: AtomicUsize::new(MOST_STEPS),
        }
    }

    /// The position of the name that `written` is most likely a misspelling of, as [`nearest`]
    /// finds it; `name` tells the name at a position.
    pub fn nearest<'a>(&self, written: &str, name: impl Fn(usize) -> &'a str) -> Option<usize> {
        let found = self.likest(written, name)?;
        found.may_be_meant.then_some(found.at)
    }

    /// The nearest name; else the first one that is as near in letters, though it is not the only one
    /// or says something else.
    pub fn likest<'a>(&self, written: &str, name: impl Fn(usize) -> &'a str) -> Option<Like> {
        spend(&self.searches, 1)?;
        let wanted = fold(written);
        let length = wanted.chars().count();
        if length > LONGEST {
            return None;
        }
        spend(&self.steps, self.known.len())?;
        let letters = Letters::of(&wanted);
        let bare = self
            .known
            .iter()
            .any(|known| known.bare.is_some())
            .then(|| bare(written));
        let mut best: Option<(usize, usize)> = None;
        let mut is_tie = false;
        let mut contrary: Option<(usize, usize)> = None;
        let mut cells = 0;
        for (at, known) in self.known.iter().enumerate() {
            let may_be_alike = known.bare.is_none() || known.bare == bare;
            let rank = match may_be_alike && alike(written, name(at)) {
                true => 0,
                false => {
                    // Only what is at least as near as the nearest so far counts.
                    let allowed = length.max(known.length) / 3;
                    let allowed = best.map_or(allowed, |(nearest, _)| allowed.min(nearest));
                    if length.abs_diff(known.length) > allowed
                        || letters.differ(&known.letters) > allowed
                    {
                        continue;
                    }
                    let more = length * known.length;
                    cells += more;
                    // There may be one as near among those that are not compared.
                    if cells > MOST_CELLS {
                        return None;
                    }
                    spend(&self.steps, more)?;
                    match distance(&wanted, name(at), allowed) {
                        Some((distance, true)) => distance,
                        Some((distance, false)) => {
                            if contrary.is_none_or(|(nearest, _)| distance < nearest) {
                                contrary = Some((distance, at));
                            }
                            continue;
                        }
                        None => continue,
                    }
                }
            };
            is_tie = match best {
                Some((nearest, other)) if nearest == rank => is_tie || name(other) != name(at),
                _ => false,
            };
            if best.is_none_or(|(nearest, _)| rank < nearest) {
                best = Some((rank, at));
            }
        }
        let (_, at) = best.or(contrary)?;
        Some(Like {
            at,
            may_be_meant: best.is_some() && !is_tie,
        })
    }
}

/// A name that is like another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Like {
    /// The position of the name.
    pub at: usize,
    /// Whether the other may be a misspelling of it, by [`nearest`].
    pub may_be_meant: bool,
}

/// How far `name` is from `wanted`, which is in small letters, and whether it may be the same name;
/// `None` where that is more than `allowed`.
fn distance(wanted: &str, name: &str, allowed: usize) -> Option<(usize, bool)> {
    let other = fold(name);
    let distance = strsim::osa_distance(wanted, &other).max(1);
    (distance <= allowed).then(|| (distance, !contrary::differ(wanted, &other, distance)))
}

/// A number that names have in common which are spelt alike.
fn bare(name: &str) -> u64 {
    let mut hash = 0;
    let seeds = FixedState::default();
    alike::bare(name).for_each(|c| hash = seeds.hash_one((hash, c)));
    hash
}

/// Takes so many from what is left; `None`, and nothing is left, where there are fewer.
fn spend(left: &AtomicUsize, many: usize) -> Option<()> {
    let rest = left.load(Ordering::Relaxed).checked_sub(many);
    left.store(rest.unwrap_or(0), Ordering::Relaxed);
    rest.map(drop)
}

/// How often each letter stands in a name, letter case not counted. Several letters may share a
/// place, which can only make names look nearer.
#[derive(Debug)]
struct Letters([u16; 32]);

impl Letters {
    fn of(name: &str) -> Self {
        let mut counts = [0; 32];
        let mut count = |c: char| counts[c as usize % 32] += 1;
        match name.is_ascii() {
            true => name
                .bytes()
                .for_each(|b| count(char::from(b.to_ascii_lowercase()))),
            false => name.to_lowercase().chars().for_each(count),
        }
        Letters(counts)
    }

    /// How many letters must be inserted, deleted or replaced at least to make one name of the
    /// other (the bag distance of Bartolini, Ciaccia and Patella 2002).
    fn differ(&self, other: &Letters) -> usize {
        let pairs = || self.0.iter().zip(&other.0);
        let missing: u16 = pairs().map(|(a, b)| a.saturating_sub(*b)).sum();
        let extra: u16 = pairs().map(|(a, b)| b.saturating_sub(*a)).sum();
        usize::from(missing.max(extra))
    }
}

/// How much one search compares at most: comparing two names takes as many cells of a table as the
/// product of their lengths.
const MOST_CELLS: usize = 1_000_000;

/// How many cells, and names that are only looked at, all searches of an index may take together: a tenth
/// of a second's work.
const MOST_STEPS: usize = 20_000_000;

/// For how many misspelt names an index finds the nearest.
pub const MOST_SEARCHES: usize = 200;

/// Names longer than this many characters get no suggestion: comparing costs the product of
/// both lengths.
pub const LONGEST: usize = 256;

fn fold(name: &str) -> String {
    name.to_lowercase()
}

/// `known` as one phrase, "`a`, `b` and `c`", where there are eight names or fewer; else `None`,
/// because nobody reads a longer list in a report.
pub fn listing<'a, I>(known: I) -> Option<String>
where
    I: IntoIterator<Item = &'a str>,
{
    let names: Vec<&str> = known.into_iter().take(9).collect();
    (!names.is_empty() && names.len() <= 8).then(|| phrase(&names))
}

/// Names in backticks, joined as in a sentence: "`a`, `b` and `c`".
pub fn phrase<S: AsRef<str>>(names: &[S]) -> String {
    let quoted: Vec<String> = names.iter().map(|n| format!("`{}`", n.as_ref())).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// Like [`phrase`], but names after the first `most` are only counted: "`a`, `b` and 3 more".
pub fn phrase_up_to<S: AsRef<str>>(names: &[S], most: usize) -> String {
    if names.len() <= most {
        return phrase(names);
    }
    let shown: Vec<String> = names[..most]
        .iter()
        .map(|n| format!("`{}`", n.as_ref()))
        .collect();
    format!("{} and {} more", shown.join(", "), names.len() - most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_near() {
        let states = ["New", "Assigned", "In Progress", "Approved"];
        assert_eq!(nearest("Aproved", states), Some("Approved"));
        assert_eq!(nearest("in progres", states), Some("In Progress"));
        assert_eq!(nearest("Assigend", states), Some("Assigned"));
        assert_eq!(nearest("new", states), Some("New"));
        assert_eq!(nearest("Nwe", states), Some("New"));
    }

    #[test]
    fn another_word_is_not_near() {
        assert_eq!(nearest("Closed", ["Cold", "Open"]), None);
        assert_eq!(nearest("T1", ["S1", "T2"]), None);
        assert_eq!(nearest("", ["a"]), None);
    }

    #[test]
    fn the_opposite_and_another_number_are_not_near() {
        for (written, known) in [
            ("Unapproved", "Approved"),
            ("Unaproved", "Approved"),
            ("Not Approved", "Approved"),
            ("not required", "required"),
            ("non-optional", "optional"),
            ("Reopen", "Open"),
            ("Open", "Reopen"),
            ("Inactive", "Active"),
            ("Import", "Export"),
            ("Offboarding", "Onboarding"),
            ("!Work", "Work"),
            ("Work*", "Work"),
            ("not Work", "Work"),
            ("Tier 2", "Tier 1"),
            ("Approved L3", "Approved L1"),
            ("Approved2", "Approved"),
            ("Phase II", "Phase I"),
            ("Team A", "Team B"),
            ("First Review", "Third Review"),
            ("Level One", "Level Two"),
            ("ever", "never"),
        ] {
            assert_eq!(nearest(written, [known]), None, "{written}");
        }
        assert_eq!(nearest("Unaproved", ["Unapproved"]), Some("Unapproved"));
        assert_eq!(nearest("Reopned", ["Reopened", "Opened"]), Some("Reopened"));
        assert_eq!(
            nearest("Aproved L1", ["Approved L1", "Approved L2"]),
            Some("Approved L1")
        );
    }

    /// What is nearest, by comparing with every name.
    fn naively<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
        let length = |name: &str| name.chars().count();
        let near = known.iter().filter_map(|name| {
            if alike(written, name) {
                return Some((0, *name));
            }
            let allowed = length(written).max(length(name)) / 3;
            let (distance, may_be_meant) = distance(&fold(written), name, allowed)?;
            let lengths = length(&fold(written)).abs_diff(length(name));
            (lengths <= allowed && may_be_meant).then_some((distance, *name))
        });
        let near: Vec<(usize, &str)> = near.collect();
        let (best, name) = near.iter().min_by_key(|(rank, _)| *rank)?;
        let is_tie = near
            .iter()
            .any(|(rank, other)| rank == best && other != name);
        (!is_tie).then_some(*name)
    }

    proptest::proptest! {
        #![proptest_config(crate::testing::cases(500))]

        #[test]
        fn what_is_ruled_out_is_not_near(
            written in "[abcdA é]{0,9}",
            known in proptest::collection::vec("[abcdB É]{0,9}", 0..9),
        ) {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            proptest::prop_assert_eq!(nearest(&written, known.iter().copied()), naively(&written, &known));
        }
    }

    #[test]
    fn a_search_among_names_that_are_all_alike_ends() {
        let known: Vec<String> = (0..50_000)
            .map(|at| format!("{:0>200}", format!("{at:b}")))
            .collect();
        let known = known.iter().map(String::as_str);
        assert_eq!(nearest(&"01".repeat(100), known), None);
    }

    /// The bound holds for all searches together, and is that of the work, not of the names.
    #[test]
    fn so_do_all_searches_of_an_index() {
        // They have the letters of what is looked for, and are not near it.
        let name = |at: usize| format!("{at:0>100b}{}", "1".repeat(100));
        let name = |at: usize| name(at).replace('0', "a").replace('1', "b");
        let known: Vec<String> = (0..2_000).map(name).collect();
        let index = Index::of(known.iter().map(String::as_str));
        let near = |written: &str| index.nearest(written, |at| &known[at]);
        let slip = format!("c{}", known[0]);
        assert_eq!(near(&slip), Some(0));
        // Each search may compare a million cells, and all of them twenty times as many.
        assert!((0..20).all(|_| near(&"ab".repeat(100)).is_none()));
        assert_eq!(near(&slip), None);
        let short = Index::of(["New"]);
        let mut searches = (0..=MOST_SEARCHES).map(|_| short.nearest("Nwe", |_| "New"));
        assert!(
            searches
                .by_ref()
                .take(MOST_SEARCHES)
                .all(|near| near == Some(0))
        );
        assert_eq!(searches.next(), Some(None));
    }

    #[test]
    fn of_equals_none_is_nearest() {
        assert_eq!(nearest("Stat", ["Star", "Start"]), None);
        assert_eq!(nearest("Stat", ["Star", "Star"]), Some("Star"));
        assert_eq!(nearest("in progress", ["In Progress", "In-Progress"]), None);
        assert_eq!(nearest("Stae", ["Star", "Stare", "Stae "]), Some("Stae "));
    }

    #[test]
    fn long_lists_are_counted() {
        assert_eq!(phrase(&["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(phrase_up_to(&["a", "b", "c"], 2), "`a`, `b` and 1 more");
        assert_eq!(listing(["x"; 9]), None);
    }
}
