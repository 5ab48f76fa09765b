//! `dropped-promises`: a promise that is gone, or says less.

use super::{Changed, Rule};
use crate::changes::listing::{Named, Promised, promises_of};
use crate::changes::pairing::Side;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::hashing::{HashMap, HashSet};
use crate::node::Fingerprints;
use crate::syntax;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "dropped-promises",
    since: "0.1.0",
    group: Group::Changes,
    level: Level::Warn,
    summary: "a promise that is gone, or says less than it did",
    page: include_str!("dropped_promises.md"),
};

/// Looks for a promise of the new version that says as much, for each of the old one.
pub const RULE: Rule = Rule { code: &CODE, check };

/// Lists of which any one state will do: the more they name, the less is promised. Of all others it is
/// the other way round.
const ANY_WILL_DO: &[&str] = &["pass", "reach"];

fn check(changed: &Changed, out: &mut Diagnostics) {
    let pair = &changed.difference.pair;
    if changed.now().expect.iter().any(|promise| !promise.is_whole) {
        return;
    }
    let numbers = Fingerprints::default();
    let old = promises_of(pair, Side::Old, &numbers);
    let new = promises_of(pair, Side::New, &numbers);
    let said: HashSet<&Lists> = new.iter().map(|promise| &promise.lists).collect();
    let alike = Alike::of(&new);
    let mut room = MOST_COMPARED;
    for promise in &old {
        let is_kept = |number: u32| {
            pair.states
                .get(number as usize)
                .is_some_and(|both| both.new.is_some())
        };
        let Some(left) = left_of(promise, is_kept) else {
            continue;
        };
        if said.contains(&left) {
            continue;
        }
        let Some(is_promised) = is_promised(&left, &new, &mut room) else {
            let place = changed.now().headings.expect;
            let place = place.unwrap_or(changed.now().place);
            return out.push(syntax::too_many_promises_to_compare(place, MOST_COMPARED));
        };
        if !is_promised {
            out.push_made(&CODE, || report(changed, promise, alike.first(promise)));
        }
    }
}

/// Whether one of the new promises says as much; `None` where that is too much to find out.
fn is_promised(left: &Lists, new: &[Promised], room: &mut usize) -> Option<bool> {
    for now in new {
        let cost = 1 + count(left) + count(&now.lists);
        *room = room.checked_sub(cost)?;
        if is_as_strong(now, left) {
            return Some(true);
        }
    }
    Some(false)
}

/// How many names are in lists.
fn count(lists: &Lists) -> usize {
    lists.iter().map(|(_, names)| names.len()).sum()
}

/// How many names are looked at in promises of which the new version says none word for word. For one list
/// that holds another there is no shorter way than to look.
const MOST_COMPARED: usize = 20_000_000;

/// For the word of a promise and a name at a place in its lists, the first promise with both.
struct Alike<'p, 'c>(HashMap<Key<'c>, &'p Promised<'c>>);

/// The word of a promise, the place of a list, and a name in it.
type Key<'c> = (Option<&'static str>, usize, Named<'c>);

impl<'p, 'c> Alike<'p, 'c> {
    fn of(new: &'p [Promised<'c>]) -> Self {
        let mut first = HashMap::default();
        for promise in new {
            for key in keys(promise) {
                first.entry(key).or_insert(promise);
            }
        }
        Alike(first)
    }

    /// The first that has a word and a name of this one.
    fn first(&self, promise: &Promised<'c>) -> Option<&'p Promised<'c>> {
        let found = keys(promise).filter_map(|key| self.0.get(&key).copied());
        found.min_by_key(|promise| promise.span)
    }
}

fn keys<'p, 'c>(promise: &'p Promised<'c>) -> impl Iterator<Item = Key<'c>> + 'p {
    let word = promise.lists.first().map(|(word, _)| *word);
    let lists = promise.lists.iter().enumerate();
    lists.flat_map(move |(at, (_, names))| names.iter().map(move |name| (word, at, *name)))
}

type Lists<'c> = Vec<(&'static str, Vec<Named<'c>>)>;

/// What a promise still says of the states that are left; `None` where that is nothing.
fn left_of<'c>(promise: &Promised<'c>, is_kept: impl Fn(u32) -> bool) -> Option<Lists<'c>> {
    let is_left = |named: &Named| match named {
        Named::State(number) => is_kept(*number),
        Named::Other(_) => true,
    };
    let mut lists = promise.lists.clone();
    for (_, names) in &mut lists {
        let all = names.len();
        names.retain(is_left);
        if names.is_empty() && all > 0 {
            return None;
        }
    }
    Some(lists)
}

/// The names in a list, if it is there.
fn list<'l, 'c>(lists: &'l Lists<'c>, field: &str) -> Option<&'l [Named<'c>]> {
    let mut found = lists.iter().filter(|(name, _)| *name == field);
    found.next().map(|(_, names)| names.as_slice())
}

/// Whether `new` promises all that `old` does.
fn is_as_strong(new: &Promised, old: &Lists) -> bool {
    let kind = |lists: &Lists| lists.first().map(|(word, _)| *word);
    let fields = new.lists.iter().chain(old).map(|(field, _)| *field);
    kind(&new.lists) == kind(old)
        && fields.into_iter().all(|field| {
            let (now, before) = (list(&new.lists, field), list(old, field));
            // Both are sorted, but for lists of which the order says something.
            let is_within = |these: &[Named], those: &[Named]| {
                these.iter().all(|one| those.binary_search(one).is_ok())
            };
            match (now, before) {
                _ if ["allow", "forbid"].contains(&field) => {
                    list(&new.lists, field) == list(old, field)
                }
                (Some(now), Some(before)) if ANY_WILL_DO.contains(&field) => is_within(now, before),
                (Some(now), Some(before)) => is_within(before, now),
                // Without the list it is about all, but `by` is about fewer moves.
                (None, Some(_)) => field != "by" || is_of_possibility(old),
                (Some(_), None) => false,
                (None, None) => true,
            }
        })
}

/// Whether it promises that something can be done, and not that nothing can.
fn is_of_possibility(lists: &Lists) -> bool {
    lists
        .first()
        .is_some_and(|(word, _)| ["reach", "allow"].contains(word))
}

fn report(changed: &Changed, promise: &Promised, weaker: Option<&Promised>) -> Diagnostic {
    let phrase = promise.phrase(&changed.difference.pair);
    let workflow = changed.now();
    let place = weaker
        .map(|now| now.span)
        .or(workflow.headings.expect)
        .unwrap_or(workflow.place);
    Diagnostic::new(
        &CODE,
        match weaker {
            Some(_) => format!("less is promised than `{phrase}`"),
            None => format!("promise `{phrase}` is gone"),
        },
        place,
        match weaker {
            Some(_) => "this says less",
            None => "no promise here says as much",
        },
    )
    .label(promise.span, "it was promised here")
    .help(format!(
        "promise `{phrase}` again, or say in a comment why it need not hold"
    ))
}
