//! The page of a workflow, as editors and browsers are shown it while somebody works on the file.

use statewright::Compilation;
use statewright::changes::{Difference, Version, picture};
use statewright::compile;
use statewright::diagnostic::Diagnostic;
use statewright::diagrams::html::Quote;
use statewright::diagrams::picture::Picture;
use statewright::diagrams::{self, Show, Style};
use statewright::graph::Resolved;
use statewright::source::{Source, SourceId, Span};

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
    write(&Picture::of(resolved, &style), &style)
}

/// The page of two versions of a workflow, and of what changed, as HTML; why not, where it cannot be
/// drawn.
pub fn changes(was: &Source, is: &Source, compilation: &Compilation) -> Result<String, String> {
    // No file that is there has this number.
    let was = was.clone().numbered(SourceId(u32::MAX));
    let reading = compile::read(&was);
    let old = Version {
        path: "",
        resolved: reading.resolved.as_ref(),
        is_whole: reading.errors.is_empty(),
    };
    let new = Version {
        path: "",
        resolved: compilation.resolved(),
        is_whole: compilation.is_whole(),
    };
    let difference = Difference::of(old, new).ok_or("one of the versions cannot be read")?;
    // The one is called as the other is, without the folders around it.
    let kept = was.name().split_once(':').map(|(_, kept)| kept);
    let name = kept.filter(|kept| is.name().ends_with(kept));
    let name = name.unwrap_or(is.name());
    let place = |span: Span| {
        let (source, name) = match span.source == is.id() {
            true => (is, name),
            false => (&was, was.name()),
        };
        let line = source.position(span.start).line;
        Some(format!("{name}:{line}"))
    };
    let style = Style::default();
    write(&picture::merged(&difference, &style, place), &style)
}

fn write(picture: &Picture, style: &Style) -> Result<String, String> {
    let notation = diagrams::find("html").ok_or("no notation is a page")?;
    let html = notation.file_of(picture, style);
    let html = html.map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(&html.bytes).into_owned())
}
