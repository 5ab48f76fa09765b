//! One report of a slip that is made in several places.

use super::{invalid_values, unknown_fields};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::hashing::{HashMap, HashSet};

/// Puts into one report what is misspelt alike in several places: `categroy` for `category` in each state is
/// one mistake, made by whoever copied the line.
pub fn merge(out: &mut Diagnostics) {
    const MOST_LABELS: usize = 6;
    if out.iter().filter_map(slip).nth(1).is_none() {
        return;
    }
    let mut merged: Vec<Diagnostic> = Vec::with_capacity(out.len());
    let mut first_of: HashMap<Slip<String>, usize> = HashMap::default();
    let mut seen = HashSet::default();
    for report in std::mem::take(out.items_mut()) {
        let Some(known) = slip(&report) else {
            merged.push(report);
            continue;
        };
        // An anchored map is read again for each of its aliases.
        if !seen.insert(report.primary().span) {
            continue;
        }
        let known = known.map(str::to_owned);
        let Some(at) = first_of.get(&known).copied() else {
            first_of.insert(known, merged.len());
            merged.push(report);
            continue;
        };
        merged[at].take_in(report, MOST_LABELS);
    }
    for (slip, at) in first_of {
        let count = merged[at].fix.as_ref().map_or(0, |fix| fix.edits.len());
        if count > 1 {
            let Slip { field, written, .. } = slip;
            let message = match field.is_empty() {
                true => format!("no field is called `{written}`, which is written {count} times"),
                false => format!("`{field}` cannot be `{written}`, which is written {count} times"),
            };
            merged[at] = merged[at].clone().saying(message);
        }
    }
    *out.items_mut() = merged;
}

/// A word that is written for another: of a value with its field.
#[derive(PartialEq, Eq, Hash)]
struct Slip<T> {
    field: T,
    written: T,
    meant: T,
}

impl Slip<&str> {
    fn map(self, owned: impl Fn(&str) -> String) -> Slip<String> {
        Slip {
            field: owned(self.field),
            written: owned(self.written),
            meant: owned(self.meant),
        }
    }
}

/// What `report` says is written for what; `None` where it is of another kind.
fn slip(report: &Diagnostic) -> Option<Slip<&str>> {
    let fix = report.fix.as_ref()?;
    let [edit] = &fix.edits[..] else {
        return None;
    };
    let is_of_the_word = report.labels.len() == 1 && report.primary().span == edit.span;
    let written = report.names.last().filter(|_| is_of_the_word)?;
    let field = match report.code {
        code if code == &unknown_fields::CODE => "",
        code if code == &invalid_values::CODE => report.names.first()?,
        _ => return None,
    };
    Some(Slip {
        field,
        written,
        meant: &edit.text,
    })
}
