//! The nearest known name to a misspelt one.

/// The one name of `known` that `written` is most likely a misspelling of; the first such name
/// where several are equally near, `None` where no name is near.
///
/// Near means: at most a third of the longer name's characters must be inserted, deleted, replaced or swapped with their neighbour, letter case not
/// counted. This is the optimal string alignment distance (Damerau 1964, as restricted by
/// Oommen and Loke 1997), by `strsim`. Names whose lengths already differ by too much are never
/// compared, so the search stays linear in the text of the names.
pub fn nearest<'a, I>(written: &str, known: I) -> Option<&'a str>
where
    I: IntoIterator<Item = &'a str>,
{
    let wanted = fold(written);
    let length = wanted.chars().count();
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let other_length = name.chars().count();
        let allowed = length.max(other_length) / 3;
        if length.abs_diff(other_length) > allowed || length > LONGEST {
            continue;
        }
        let distance = strsim::osa_distance(&wanted, &fold(name));
        if distance <= allowed && best.is_none_or(|(nearest, _)| distance < nearest) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

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
