//! The page of a workflow, as editors and browsers are shown it while somebody works on the file.

use statewright::diagnostic::Diagnostic;
use statewright::diagrams::html::Quote;
use statewright::diagrams::{self, Show, Style};
use statewright::graph::Resolved;
use statewright::source::Source;

/// The page of `resolved` with everything that is reported of it, as HTML; why not, where it cannot be
/// drawn. `findings` point into `source` first.
pub fn page(
    resolved: &Resolved,
    source: &Source,
    findings: &[Diagnostic],
) -> Result<String, String> {
    let style = Style {
        quotes: findings.iter().map(|f| Quote::all(f, source)).collect(),
        findings: findings.to_vec(),
        show: Show::All,
        ..Style::default()
    };
    let notation = diagrams::find("html").ok_or("no notation is a page")?;
    let html = notation.file(resolved, &style);
    let html = html.map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(&html.bytes).into_owned())
}
