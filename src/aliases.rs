//! Reports about text that a YAML alias stands for name both places: where it is written, and
//! where it is used.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::node::Alias;
use crate::source::Span;

/// Adds to each report that touches an anchored value, or an alias of one, the other place.
pub fn name_both_places(aliases: &[Alias], out: &mut Diagnostics) {
    if aliases.is_empty() {
        return;
    }
    let shared = Shared::of(aliases);
    let items = out.items_mut();
    // What stands at an anchor is read again for every alias, and reported again: once is enough.
    let mut seen = HashSet::new();
    items.retain(|diagnostic| {
        let place = diagnostic.primary().span;
        !shared.holds(place) || seen.insert((diagnostic.code.name, place))
    });
    for diagnostic in items {
        label(diagnostic, aliases);
    }
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

fn label(diagnostic: &mut Diagnostic, aliases: &[Alias]) {
    const MOST_USES: usize = 3;
    let primary = diagnostic.primary().span;
    let used_here = aliases.iter().find(|alias| alias.used == primary);
    let mut labelled = diagnostic.clone();
    if let Some(alias) = used_here {
        labelled = labelled.label(alias.target, format!("`*{}` stands for this", alias.name));
    } else {
        let uses = aliases
            .iter()
            .filter(|alias| alias.target.contains(primary));
        for alias in uses.take(MOST_USES) {
            labelled = labelled.label(alias.used, format!("`*{}` brings it here", alias.name));
        }
    }
    *diagnostic = labelled;
}
