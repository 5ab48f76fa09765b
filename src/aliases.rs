//! Reports about text that a YAML alias stands for name both places: where it is written, and
//! where it is used.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::node::Alias;

/// Adds to each report that touches an anchored value, or an alias of one, the other place.
pub fn name_both_places(aliases: &[Alias], out: &mut Diagnostics) {
    if aliases.is_empty() {
        return;
    }
    for diagnostic in out.items_mut() {
        label(diagnostic, aliases);
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
