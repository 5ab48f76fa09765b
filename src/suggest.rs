//! The nearest known name to a misspelt one.

mod alike;
mod contrary;

pub use alike::alike;

/// The one name of `known` that `written` is most likely a misspelling of; `None` where no name is
/// near, or several are equally near.
///
/// Near means: at most a third of the longer name's characters must be inserted, deleted, replaced or swapped with their neighbour, letter case not
/// counted. This is the optimal string alignment distance (Damerau 1964, as restricted by
/// Oommen and Loke 1997), by `strsim`. A name that is spelt [alike](alike()) is nearest. One that says
/// something else on purpose is not near, however few letters that takes: the opposite, or
/// another number. Names are compared so only where neither their lengths nor their
/// letters rule them out, and no more of them than a table of a million cells allows, so the search stays linear
/// in the text of the names.
pub fn nearest<'a, I>(written: &str, known: I) -> Option<&'a str>
where
    I: IntoIterator<Item = &'a str>,
{
    let wanted = fold(written);
    let length = wanted.chars().count();
    if length > LONGEST {
        return None;
    }
    let letters = Letters::of(&wanted);
    let mut best: Option<(usize, &str)> = None;
    let mut is_tie = false;
    let mut cells = 0;
    for name in known {
        // Only what is at least as near as the nearest so far counts.
        let nearest = best.map(|(nearest, _)| nearest);
        let rank = match alike(written, name) {
            true => 0,
            false => {
                let other_length = name.chars().count();
                let allowed = length.max(other_length) / 3;
                let allowed = nearest.map_or(allowed, |nearest| allowed.min(nearest));
                if length.abs_diff(other_length) > allowed
                    || letters.differ(&Letters::of(name)) > allowed
                {
                    continue;
                }
                cells += length * other_length;
                if cells > MOST_CELLS {
                    break;
                }
                match distance(&wanted, name) {
                    Some(distance) if distance <= allowed => distance,
                    _ => continue,
                }
            }
        };
        is_tie = match best {
            Some((nearest, other)) if nearest == rank => is_tie || other != name,
            _ => false,
        };
        if best.is_none_or(|(nearest, _)| rank < nearest) {
            best = Some((rank, name));
        }
    }
    best.filter(|_| !is_tie).map(|(_, name)| name)
}

/// How far `name` is from `wanted`, which is in small letters; `None` where it is plainly another
/// name.
fn distance(wanted: &str, name: &str) -> Option<usize> {
    let other = fold(name);
    let distance = strsim::osa_distance(wanted, &other).max(1);
    (!contrary::differ(wanted, &other, distance)).then_some(distance)
}

/// How often each letter stands in a name, letter case not counted. Several letters may share a
/// place, which can only make names look nearer.
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
/// product of their lengths. A file of many thousands of names that are all alike is no
/// file with slips of the finger.
const MOST_CELLS: usize = 1_000_000;

/// Names longer than this many characters get no suggestion: comparing costs the product of
/// both lengths.
const LONGEST: usize = 256;

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
            let distance = distance(&fold(written), name)?;
            let allowed = length(written).max(length(name)) / 3;
            let lengths = length(&fold(written)).abs_diff(length(name));
            (distance <= allowed && lengths <= allowed).then_some((distance, *name))
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
