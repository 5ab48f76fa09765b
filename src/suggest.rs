//! The nearest known name to a misspelt one.

/// The one name of `known` that `written` is most likely a misspelling of; the first such name
/// where several are equally near, `None` where no name is near.
///
/// Near means: at most a third of the longer name's characters must be inserted, deleted, replaced or swapped with their neighbour, letter case not
/// counted. This is the optimal string alignment distance (Damerau 1964, as restricted by
/// Oommen and Loke 1997), by `strsim`. Names are compared so only where neither their lengths nor their
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
    let mut cells = 0;
    for name in known {
        let other_length = name.chars().count();
        // Only what is nearer than the nearest so far counts.
        let allowed = length.max(other_length) / 3;
        let allowed = match best {
            Some((0, _)) => break,
            Some((nearest, _)) => allowed.min(nearest - 1),
            None => allowed,
        };
        if length.abs_diff(other_length) > allowed || letters.differ(&Letters::of(name)) > allowed {
            continue;
        }
        cells += length * other_length;
        if cells > MOST_CELLS {
            break;
        }
        let distance = strsim::osa_distance(&wanted, &fold(name));
        if distance <= allowed {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
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

    /// What is nearest, by comparing with every name.
    fn naively<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
        let length = |name: &str| name.chars().count();
        let near = known.iter().filter_map(|name| {
            let distance = strsim::osa_distance(&fold(written), &fold(name));
            let allowed = length(written).max(length(name)) / 3;
            let lengths = length(&fold(written)).abs_diff(length(name));
            (distance <= allowed && lengths <= allowed).then_some((distance, *name))
        });
        near.min_by_key(|(distance, _)| *distance)
            .map(|(_, name)| name)
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
    fn the_first_of_equals_wins() {
        assert_eq!(nearest("State 3", ["State 1", "State 2"]), Some("State 1"));
    }

    #[test]
    fn long_lists_are_counted() {
        assert_eq!(phrase(&["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(phrase_up_to(&["a", "b", "c"], 2), "`a`, `b` and 1 more");
        assert_eq!(listing(["x"; 9]), None);
    }
}
