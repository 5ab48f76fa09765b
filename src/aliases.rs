//! What a YAML alias brings is reported where it is used, with the text that it stands for as a
//! second label; what is wrong with the text itself, where that is written, with its uses.

use crate::diagnostic::{Diagnostic, Diagnostics, Group};
use crate::fields::ambiguous_scalars;
use crate::hashing::HashMap;
use crate::node::Alias;
use crate::source::Span;

/// So many uses of one text are named.
const MOST_USES: usize = 3;

/// Moves each report of what an alias brought to the place where that is used. A mistake that the
/// anchored text has where it is written is one, however often it is brought elsewhere.
pub fn report_at_uses(aliases: &[Alias], out: &mut Diagnostics) {
    let is_brought = |d: &Diagnostic| d.labels.iter().any(|label| label.span.via != 0);
    if !out.iter().any(is_brought) {
        return;
    }
    let mut first_of: HashMap<(&'static str, Span, Option<String>), usize> = HashMap::default();
    let items = std::mem::take(out.items_mut());
    for (index, found) in items.iter().enumerate() {
        let place = found.primary().span;
        if place.via == 0 {
            first_of
                .entry((found.code.name, place, None))
                .or_insert(index);
        }
    }
    let mut uses: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
    let mut kept = vec![true; items.len()];
    for (index, found) in items.iter().enumerate() {
        let place = found.primary().span;
        let Some(alias) = (place.via as usize).checked_sub(1) else {
            continue;
        };
        let at_anchor = (found.code.name, place.by(0), None);
        let alone = (found.code.name, place.by(0), Some(found.message.clone()));
        let first = match first_of.get(&at_anchor) {
            Some(first) => *first,
            None => *first_of.entry(alone).or_insert(index),
        };
        kept[index] = first == index;
        if first != index {
            uses[first].push(alias);
        }
    }
    let all = items
        .into_iter()
        .zip(uses)
        .zip(kept)
        .filter(|(_, kept)| *kept);
    let told = all.map(|((found, mut uses), _)| {
        uses.sort_unstable();
        uses.dedup();
        let used = uses.iter().filter_map(|index| aliases.get(*index));
        with_uses(moved(found, aliases), used)
    });
    *out.items_mut() = told.collect();
}

/// One report at the place where the alias stands that brought it.
pub fn at_use(found: Diagnostic, aliases: &[Alias]) -> Diagnostic {
    if aliases.is_empty() {
        return found;
    }
    let mut moved = moved(found, aliases);
    label(&mut moved, aliases, true);
    moved
}

/// The report, without a place that depends on how it was come to.
fn moved(found: Diagnostic, aliases: &[Alias]) -> Diagnostic {
    if found.labels.iter().all(|label| label.span.via == 0) {
        return found;
    }
    let mut labels = found.labels.clone().into_iter();
    let Some(primary) = labels.next() else {
        return found;
    };
    let place = primary.span.by(0);
    let alias = (primary.span.via as usize).checked_sub(1);
    let mut moved = found;
    moved.labels.truncate(1);
    match alias.and_then(|index| aliases.get(index)) {
        Some(alias) => {
            moved.labels[0].span = alias.used;
            moved = moved.label(place, format!("`*{}` brings this", alias.name));
        }
        None => moved.labels[0].span = place,
    }
    for label in labels {
        moved = moved.label(label.span.by(0), label.message);
    }
    // What is written at the anchor counts elsewhere, too, where it is right; only quotes change
    // nothing there.
    if alias.is_some() && moved.code != &ambiguous_scalars::CODE {
        moved.fix = None;
    }
    let edits = moved.fix.iter_mut().flat_map(|fix| &mut fix.edits);
    edits.for_each(|edit| edit.span.via = 0);
    moved
}

/// Adds the other place to each report of an alias, and of the text of an anchored value.
/// `are_written_out` tells whether each use of a value was read for itself.
pub fn name_both_places(aliases: &[Alias], are_written_out: bool, out: &mut Diagnostics) {
    if aliases.is_empty() {
        return;
    }
    if !are_written_out {
        report_once(aliases, out);
    }
    for diagnostic in out.items_mut() {
        label(diagnostic, aliases, are_written_out);
    }
}

/// What stands at an anchor is read again for every alias, and reported again: once is enough.
fn report_once(aliases: &[Alias], out: &mut Diagnostics) {
    let shared = Shared::of(aliases);
    let mut seen = std::collections::HashSet::new();
    out.items_mut().retain(|diagnostic| {
        let place = diagnostic.primary().span;
        !shared.holds(place) || seen.insert((diagnostic.code.name, place))
    });
}

/// The anchored values, those inside others left out, in the order of the text.
struct Shared(Vec<Span>);

impl Shared {
    fn of(aliases: &[Alias]) -> Shared {
        let mut targets: Vec<Span> = aliases.iter().map(|alias| alias.target).collect();
        // Of those that begin together, the longest first: it holds the others.
        targets.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        let mut outer: Vec<Span> = Vec::new();
        for target in targets {
            if outer.last().is_none_or(|last| !last.contains(target)) {
                outer.push(target);
            }
        }
        Shared(outer)
    }

    fn holds(&self, place: Span) -> bool {
        let after = self.0.partition_point(|span| span.start <= place.start);
        after
            .checked_sub(1)
            .is_some_and(|index| self.0[index].contains(place))
    }
}

fn label(diagnostic: &mut Diagnostic, aliases: &[Alias], are_written_out: bool) {
    let primary = diagnostic.primary().span;
    let used_here = aliases.binary_search_by_key(&primary.start, |alias| alias.used.start);
    let used_here = used_here.ok().map(|index| &aliases[index]);
    let is_of_text = diagnostic.code.group == Group::Text;
    let mut labelled = diagnostic.clone();
    if let Some(alias) = used_here.filter(|alias| alias.used == primary) {
        labelled = labelled.label(alias.target, format!("`*{}` stands for this", alias.name));
    } else if is_of_text || !are_written_out {
        let uses = aliases.iter();
        labelled = with_uses(
            labelled,
            uses.filter(|alias| alias.target.contains(primary)),
        );
    }
    *diagnostic = labelled;
}

/// With a label where each of the first `uses` stands; the others are for programs.
fn with_uses<'a>(mut found: Diagnostic, mut uses: impl Iterator<Item = &'a Alias>) -> Diagnostic {
    for alias in uses.by_ref().take(MOST_USES) {
        found = found.label(alias.used, format!("`*{}` uses it here", alias.name));
    }
    found.each(uses.map(|alias| alias.used), 0, "and used here")
}
