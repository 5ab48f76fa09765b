//! No more reports of a file are shown than its limit: nobody reads more, and a hostile file can
//! be the cause of millions. The others are counted.

use std::collections::HashMap;

use statewright::diagnostic::{Diagnostic, Severity};
use statewright::report::{Report, Unshown};
use statewright::source::SourceId;
use statewright::syntax::too_many_reports;

/// What is shown of the reports, and how many others there are; `None` where all are shown.
pub fn cut(report: &Report<'_>) -> Option<(Vec<Diagnostic>, Unshown)> {
    let mut files: HashMap<SourceId, File> = HashMap::new();
    for diagnostic in report.diagnostics {
        let id = diagnostic.primary().span.source;
        let limits = report.sources.get(id).map(|source| source.limits());
        let file = files.entry(id).or_insert_with(|| File {
            most: limits.unwrap_or_default().reports,
            ..File::default()
        });
        file.count(diagnostic);
    }
    files.values().find(|file| file.is_cut())?;
    let mut unshown = Unshown::default();
    let mut shown = Vec::new();
    for diagnostic in report.diagnostics {
        let id = diagnostic.primary().span.source;
        let Some(file) = files.get_mut(&id) else {
            continue;
        };
        file.met += 1;
        match file.met {
            met if met <= file.most => shown.push(diagnostic.clone()),
            met if met == file.most + 1 => {
                shown.extend(file.rest(report, diagnostic));
                unshown = unshown.and(file.unshown());
            }
            _ => {}
        }
    }
    Some((shown, unshown))
}

/// The reports of one file.
#[derive(Default)]
struct File {
    most: usize,
    /// How many were counted, and how many of those after the last that is shown are errors and
    /// warnings.
    all: usize,
    beyond: Unshown,
    /// How many were met on the way through all.
    met: usize,
}

impl File {
    fn count(&mut self, diagnostic: &Diagnostic) {
        let shown = self.most.max(self.all);
        self.all += diagnostic.times();
        let beyond = self.all.saturating_sub(shown);
        self.beyond.add(diagnostic.severity, beyond);
    }

    fn is_cut(&self) -> bool {
        self.all > self.most
    }

    /// The worst of what is not shown.
    fn severity(&self) -> Severity {
        match self.beyond.errors {
            0 => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// The report that stands for those that are not shown, the first of which is `first`.
    fn rest(&self, report: &Report<'_>, first: &Diagnostic) -> Option<Diagnostic> {
        let at = first.primary().span;
        let source = report.sources.get(at.source)?;
        let more = self.all - self.most;
        Some(too_many_reports(source, at, more, self.severity()))
    }

    /// How many are not shown; the report that stands for them is one of them.
    fn unshown(&self) -> Unshown {
        let mut unshown = self.beyond;
        unshown.take(self.severity());
        unshown
    }
}
