//! `dropped-promises`: a promise that is gone, or says less.

use super::{Changed, Rule};
use crate::changes::listing::{Named, Promised, promises_of};
use crate::changes::pairing::Side;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::node::Fingerprints;

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
    for promise in &old {
        let is_kept = |number: u32| {
            pair.states
                .get(number as usize)
                .is_some_and(|both| both.new.is_some())
        };
        let Some(left) = left_of(promise, is_kept) else {
            continue;
        };
        if !new.iter().any(|now| is_as_strong(now, &left)) {
            out.push_made(&CODE, || report(changed, promise, &new));
        }
    }
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
            let is_within =
                |these: &[Named], those: &[Named]| these.iter().all(|one| those.contains(one));
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

fn report(changed: &Changed, promise: &Promised, new: &[Promised]) -> Diagnostic {
    let phrase = promise.phrase(&changed.difference.pair);
    let word = promise.lists.first().map_or("", |(word, _)| *word);
    let mut alike = new
        .iter()
        .filter(|now| now.lists.first().map(|(word, _)| *word) == Some(word));
    let shared = |now: &Promised| {
        let lists = now.lists.iter().zip(&promise.lists);
        lists
            .flat_map(|(a, b)| a.1.iter().filter(|name| b.1.contains(name)))
            .count()
    };
    let weaker = alike.find(|now| shared(now) > 0);
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
