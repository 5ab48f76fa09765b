//! One report of what several products lose alike.

use crate::diagnostic::Diagnostic;
use crate::suggest;

/// Puts what several products lose in the same places into one report: what `found`, in its order,
/// says of each in the same words.
pub fn merge(found: &mut Vec<Diagnostic>) {
    let is_of_target = |d: &Diagnostic| d.target.is_some();
    if found.iter().filter(|d| is_of_target(d)).count() < 2 {
        return;
    }
    let mut merged: Vec<Diagnostic> = Vec::with_capacity(found.len());
    // What belongs together begins at one place, of which there are not many reports.
    let mut alike: Vec<(Diagnostic, Vec<Diagnostic>)> = Vec::new();
    for diagnostic in found.drain(..) {
        let place = diagnostic.primary().span;
        if alike
            .first()
            .is_some_and(|(first, _)| first.primary().span != place)
        {
            merged.extend(alike.drain(..).map(together));
        }
        let mut known = alike.iter_mut();
        match known.find(|(first, _)| are_alike(first, &diagnostic)) {
            Some((_, others)) => others.push(diagnostic),
            None => alike.push((diagnostic, Vec::new())),
        }
    }
    merged.extend(alike.into_iter().map(together));
    *found = merged;
}

/// Whether two products say the same of the same places, but for what becomes of it there.
fn are_alike(one: &Diagnostic, other: &Diagnostic) -> bool {
    let (Some(here), Some(there)) = (key(one), key(other)) else {
        return false;
    };
    let pairs = one.labels.iter().zip(&other.labels);
    here.0 != there.0
        && here.1 == there.1
        && (one.code, one.severity, &one.help) == (other.code, other.severity, &other.help)
        && one.labels.len() == other.labels.len()
        && pairs.clone().all(|(a, b)| a.span == b.span)
        && pairs.skip(1).all(|(a, b)| a.message == b.message)
}

/// The product, and what it does, where another may do the same.
fn key(diagnostic: &Diagnostic) -> Option<(&'static str, &str)> {
    let target = diagnostic.target;
    let target = target.filter(|_| !diagnostic.is_firm() && diagnostic.fix.is_none())?;
    Some((target, diagnostic.shared.as_deref()?))
}

/// The verb of what a product does, as several have it, and what follows.
fn verb(does: &str) -> Option<(&'static str, &str)> {
    let verbs = [("has ", "have"), ("keeps ", "keep"), ("takes ", "take")];
    let mut known = verbs.into_iter();
    known.find_map(|(one, many)| Some((many, does.strip_prefix(one)?)))
}

/// One report in place of `first` and of others that are [alike](are_alike).
fn together((first, others): (Diagnostic, Vec<Diagnostic>)) -> Diagnostic {
    let all = || std::iter::once(&first).chain(&others);
    let said = key(&first).and_then(|(_, does)| verb(does));
    let (Some((verb, rest)), false) = (said, others.is_empty()) else {
        return first;
    };
    let names: Vec<&str> = all().filter_map(|d| d.target).collect();
    let message = format!("targets {} {verb} {rest}", suggest::phrase(&names));
    let is_common = |note: &&String| all().all(|d| d.notes.contains(note));
    let mut notes: Vec<String> = first.notes.iter().filter(is_common).cloned().collect();
    let one_label = all().all(|d| d.labels == first.labels);
    for (name, each) in names.iter().zip(all()) {
        let label = (!one_label).then(|| &each.primary().message);
        let own = each.notes.iter().filter(|note| !is_common(note));
        let own: Vec<&str> = label.into_iter().chain(own).map(String::as_str).collect();
        if !own.is_empty() {
            notes.push(format!("`{name}`: {}", own.join("; ")));
        }
    }
    let others = others.iter().map(|d| d.others).sum::<usize>();
    let mut merged = Diagnostic {
        notes,
        others: first.others + others,
        ..first.saying(message)
    };
    if !one_label && let Some(primary) = merged.labels.first_mut() {
        primary.message = "not the same in these products".to_owned();
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, SourceId, Syntax};

    fn told(targets: &str) -> Vec<(String, String, Vec<String>)> {
        let text = format!(
            "workflow: x\nstart: New\nstates:\n  New: {{ category: open }}\n  \
             Parked: {{ category: waiting }}\n  Closed: {{ category: closed }}\ntransitions:\n  \
             - {{ name: Park, from: New, to: Parked }}\n  \
             - {{ name: Close, from: Parked, to: Closed, notes: required }}\n\
             targets: {{ {targets} }}\n"
        );
        let source = Source::new(SourceId(0), "test", Syntax::Yaml, text);
        let mut found = crate::compile(&source, &Default::default()).diagnostics;
        merge(&mut found);
        let said = |d: Diagnostic| (d.message.clone(), d.primary().message.clone(), d.notes);
        found.into_iter().map(said).collect()
    }

    #[test]
    fn what_several_products_lose_is_told_once() {
        let found = told("itwin: { type: RFI }, jira: {}, incident-iq: {}, actitime: {}");
        let (waiting, notes) = (&found[0], &found[1]);
        assert_eq!(
            waiting.0,
            "targets `actitime`, `itwin` and `jira` have no category `waiting`"
        );
        assert_eq!(waiting.1, "not the same in these products");
        assert_eq!(
            waiting.2,
            [
                "`actitime`: becomes `open`; a task that waits counts as work to do",
                "`itwin`: becomes `Open`; iTwin knows `Open`, `Closed` and `Draft`: an issue that \
                 waits looks like one in work",
                "`jira`: becomes `IN_PROGRESS`; a status there is `TODO`, `IN_PROGRESS` or `DONE`: \
                 an issue that waits looks like one in work",
            ]
        );
        assert_eq!(
            (notes.0.as_str(), notes.1.as_str()),
            (
                "targets `incident-iq` and `jira` have no place for required notes",
                "this note will not be asked for"
            )
        );
        assert_eq!(notes.2.len(), 2);
        assert_eq!(found.len(), 3, "{found:?}");
    }

    #[test]
    fn one_product_is_told_as_it_is() {
        let found = told("itwin: { type: RFI }");
        assert_eq!(found[0].0, "target `itwin` has no category `waiting`");
        assert_eq!(found[0].1, "becomes `Open`");
        assert_eq!(found.len(), 1);
    }
}
