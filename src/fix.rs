//! Fixes applied: what a report's help says, done to the text.
//!
//! Fixes that do not touch each other are applied together; the text is then compiled again, and
//! whatever still has a fix is for the next round. Nothing but the replaced bytes changes, so
//! comments, order, quoting and line ends stay as they are.

use crate::diagnostic::{Diagnostic, Edit, Fix, Group, Severity};
use crate::source::Source;

mod comments;
#[cfg(test)]
mod tests;

/// After so many rounds, fixes that undo each other are left as they are.
const MOST_ROUNDS: usize = 64;

/// How many bytes of text are compiled again, at most, for the rounds after the first: a large file
/// has its other fixes in the next run. Text with mistakes in it is read many times in each round.
const MOST_WORK: usize = 8 * 1024 * 1024;
const MOST_BROKEN_WORK: usize = 512 * 1024;

/// Which fixes are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Those that cannot change what the author means.
    Safe,
    /// Those, too, that a person should look at.
    All,
}

impl Wanted {
    /// Whether this fix is wanted.
    pub fn includes(self, fix: &Fix) -> bool {
        fix.safe || self == Wanted::All
    }
}

/// What became of a source.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// The source, with its new text where anything was fixed.
    pub source: Source,
    /// How many fixes were applied.
    pub count: usize,
}

/// Applies the wanted fixes of what `compile` reports of the source, round after round, until
/// none is left.
///
/// `compile` decides what counts: reports that it leaves out are not fixed. A round after which
/// a text that could be read no longer can is taken back.
pub fn apply(
    source: &Source,
    wanted: Wanted,
    compile: impl Fn(&Source) -> Vec<Diagnostic>,
) -> Fixed {
    let mut fixed = Fixed {
        source: source.clone(),
        count: 0,
    };
    let mut diagnostics = compile(source);
    let mut work = 0;
    for _ in 0..MOST_ROUNDS {
        let most = match is_readable(&diagnostics) {
            true => MOST_WORK,
            false => MOST_BROKEN_WORK,
        };
        if work > most {
            break;
        }
        work += fixed.source.text().len();
        let round = round(&fixed.source, wanted, &diagnostics);
        if round.count == 0 {
            break;
        }
        let text = replaced(fixed.source.text(), &round.edits);
        let next = source.with_text(text);
        let after = compile(&next);
        if is_readable(&diagnostics) && !is_readable(&after) {
            break;
        }
        fixed.source = next;
        fixed.count += round.count;
        diagnostics = after;
    }
    fixed
}

/// The fixes that can be applied together.
struct Round {
    /// How many they are.
    count: usize,
    /// What they replace, in the order of the text.
    edits: Vec<Edit>,
}

fn round(source: &Source, wanted: Wanted, diagnostics: &[Diagnostic]) -> Round {
    let fixes = diagnostics.iter().filter_map(|d| d.fix.as_ref());
    let mut round = Round {
        count: 0,
        edits: Vec::new(),
    };
    let mut taken = Taken::default();
    for fix in fixes.filter(|fix| wanted.includes(fix)) {
        if let Some(edits) = edits(source, fix).filter(|edits| taken.add(edits)) {
            round.count += 1;
            round.edits.extend(edits);
        }
    }
    round.edits.sort_by_key(|edit| edit.span);
    round
}

/// The edits of `fix` as they are done to the text, in order; `None` where they cannot be.
pub fn edits(source: &Source, fix: &Fix) -> Option<Vec<Edit>> {
    let mut edits = fix.edits.clone();
    edits.sort_by_key(|edit| edit.span);
    // What stands under a YAML anchor is met once for every alias.
    edits.dedup();
    let text = source.text();
    let fits =
        |edit: &Edit| edit.span.source == source.id() && text.get(edit.span.range()).is_some();
    let apart = |pair: &[Edit]| pair[0].span.end <= pair[1].span.start;
    if edits.is_empty() || !edits.iter().all(fits) || !edits.windows(2).all(apart) {
        return None;
    }
    for edit in &mut edits {
        if edit.text.is_empty() {
            edit.text = comments::kept(text, edit.span.range());
        }
        // Asked of few edits, because the whole text may have to be read for it.
        if edit.text.contains('\n') && text.contains("\r\n") {
            edit.text = edit.text.replace("\r\n", "\n").replace('\n', "\r\n");
        }
    }
    Some(edits)
}

/// `text` after `edits`, which are in order and apart.
pub fn replaced(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for edit in edits {
        let range = edit.span.range();
        out.push_str(&text[from..range.start]);
        out.push_str(&edit.text);
        from = range.end;
    }
    out.push_str(&text[from..]);
    out
}

/// Whether the text is YAML or TOML, whatever it says.
fn is_readable(diagnostics: &[Diagnostic]) -> bool {
    let of_text = |d: &Diagnostic| {
        d.severity == Severity::Error
            && d.code.group == Group::Text
            && d.code.name.starts_with("invalid-")
    };
    !diagnostics
        .iter()
        .any(|d| of_text(d) && d.code.name != "invalid-values")
}

/// The places that the fixes of a round replace, by their start.
#[derive(Default)]
struct Taken {
    ends: std::collections::BTreeMap<u32, u32>,
}

impl Taken {
    /// Takes the places of `edits`, unless one of them touches a place that is taken.
    fn add(&mut self, edits: &[Edit]) -> bool {
        let free = |edit: &Edit| {
            let before = self.ends.range(..=edit.span.end).next_back();
            before.is_none_or(|(_, end)| *end < edit.span.start)
        };
        let all_free = edits.iter().all(free);
        if all_free {
            let places = edits.iter().map(|edit| (edit.span.start, edit.span.end));
            self.ends.extend(places);
        }
        all_free
    }
}
