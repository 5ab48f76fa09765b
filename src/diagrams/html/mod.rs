//! A page in one file: the picture to look around in, states to search, walks to find, everything in
//! tables, and what was reported beside the states it concerns.
//!
//! The page needs nothing from elsewhere and its content security policy allows nothing: two style
//! sheets and one script, named by their hashes. The workflow is in it as text and as JSON that the
//! script reads; no name ever becomes markup. Without its script, and on paper, it is a page of
//! tables around a picture.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::{Serialize, Serializer};

use crate::diagnostic::{Diagnostic, short_name};
use crate::diagrams::picture::{Figure, Kind, Names, Picture};
use crate::diagrams::svg::{self, xml::escaped};
use crate::diagrams::{Notation, Show, Style};
use crate::graph::{Place, Resolved};
use crate::hashing::HashMap;
use crate::model::Notes;

/// See the top of this file.
pub const NOTATION: Notation = Notation {
    name: "html",
    about: "a page in one file to search, zoom and find walks in; works offline, prints well",
    extension: "html",
    most: 50_000,
    lists_transitions: true,
    has_arrows: true,
    has_direction: true,
    draw,
    encode: None,
    caution: None,
};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// What stands around the picture: the tools, the search and the walks.
const TOOLS: &str = include_str!("tools.html");

/// The SHA-256 of the style sheet, of the picture's own, and of the script, as content security
/// policies name them (<https://www.w3.org/TR/CSP3/#grammardef-hash-source>). A test holds them.
const STYLE_HASH: &str = "sha256-9MH78el+yiyV5NTzWy0nu5Cx9JZhLAzV+SUotbgfYS4=";
const PICTURE_HASH: &str = "sha256-5guDalCKDnnPFb0xH6GqRVM2FkezOMhD6J1ubYPS1sc=";
const SCRIPT_HASH: &str = "sha256-mrJp1dXukdz2p85/FQVNzt5T6ZO1j7RQuh1ST9dIDF8=";

fn draw(resolved: &Resolved, style: &Style) -> String {
    let picture = Picture::of(resolved, style);
    let page = Page {
        resolved,
        picture: &picture,
        findings: style
            .findings
            .iter()
            .filter(|f| style.show == Show::Usual || style.show.has(f.code))
            .collect(),
    };
    let mut out = String::new();
    page.open(&mut out);
    let drawn = svg::document(&picture, style, false);
    let _ = write!(
        out,
        "<div class=\"columns\">\n\
         <section class=\"card picture\" aria-label=\"Picture\">\n\
         <div id=\"stage\" tabindex=\"0\" aria-label=\"The picture: arrows move it, plus and minus zoom, 0 shows all of it\">\n\
         {drawn}</div>\n{TOOLS}</div>\n"
    );
    page.findings(&mut out);
    page.states(&mut out);
    page.moves(&mut out);
    let _ = write!(
        out,
        "</main>\n<script type=\"application/json\" id=\"workflow\">{}</script>\n\
         <script>{SCRIPT}</script>\n</body>\n</html>\n",
        in_script(&page.data())
    );
    out
}

/// JSON for within a script element: nothing in it ends the element or is a command of a log.
fn in_script(data: &Data) -> String {
    // Numbers and texts can always be written.
    let json = serde_json::to_string(data).unwrap_or_default();
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '#' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out
}

struct Page<'r> {
    resolved: &'r Resolved,
    picture: &'r Picture<'r>,
    findings: Vec<&'r Diagnostic>,
}

impl Page<'_> {
    fn open(&self, out: &mut String) {
        let title = escaped(self.picture.title.unwrap_or("workflow"));
        let _ = write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
             style-src '{STYLE_HASH}' '{PICTURE_HASH}'; script-src '{SCRIPT_HASH}'; \
             base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
             <header>\n<h1 dir=\"auto\">{title}</h1>\n"
        );
        if let Some(description) = self.picture.description {
            let _ = writeln!(
                out,
                "<p class=\"soft\" dir=\"auto\">{}</p>",
                escaped(description)
            );
        }
        out.push_str("</header>\n<main>\n");
    }

    fn findings(&self, out: &mut String) {
        if self.findings.is_empty() {
            return;
        }
        out.push_str("<section class=\"card\">\n<h2>Reports</h2>\n<ul class=\"findings\">\n");
        for finding in &self.findings {
            let severity = finding.severity.name();
            let _ = write!(
                out,
                "<li><span class=\"{severity}\">{severity}</span> <span class=\"code\">{}</span> <span dir=\"auto\">{}</span>",
                finding.code.name,
                escaped(&finding.message)
            );
            if let Some(help) = &finding.help {
                let _ = write!(
                    out,
                    "<br><span class=\"soft\" dir=\"auto\">{}</span>",
                    escaped(help)
                );
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n</section>\n");
    }

    fn states(&self, out: &mut String) {
        out.push_str(
            "<section class=\"card\">\n<h2>States</h2>\n<div class=\"scroll\"><table>\n\
             <thead><tr><th>state</th><th>what it is</th><th>description</th></tr></thead>\n<tbody>\n",
        );
        for (index, figure) in self.figures() {
            let _ = writeln!(
                out,
                "<tr><td dir=\"auto\">{}</td><td>{}</td><td dir=\"auto\">{}</td></tr>",
                button(index, &figure.name),
                escaped(&figure.about().join(", ")),
                escaped(self.description(figure).unwrap_or_default())
            );
        }
        out.push_str("</tbody>\n</table></div>\n</section>\n");
    }

    fn moves(&self, out: &mut String) {
        out.push_str(
            "<section class=\"card\">\n<h2>Transitions</h2>\n<div class=\"scroll\"><table>\n\
             <thead><tr><th>from</th><th>transition</th><th>to</th><th>note</th></tr></thead>\n<tbody>\n",
        );
        for (index, step) in self.steps().into_iter().enumerate() {
            // One name may stand in as many rows as there are moves.
            let name = |figure: usize| {
                let name = &self.picture.figures[figure].name;
                button(figure, &short_name(name))
            };
            let notes = match step.notes {
                Notes::None => "",
                notes => notes.word(),
            };
            let _ = writeln!(
                out,
                "<tr data-move=\"{index}\"><td dir=\"auto\">{}</td><td dir=\"auto\">{}</td><td dir=\"auto\">{}</td><td>{notes}</td></tr>",
                name(step.from),
                escaped(&step.name),
                name(step.to)
            );
        }
        out.push_str("</tbody>\n</table></div>\n</section>\n");
    }

    /// Every figure that a ticket can be in. Those that stand for any state come after them.
    fn figures(&self) -> impl Iterator<Item = (usize, &Figure<'_>)> {
        let figures = self.picture.figures.iter().enumerate();
        figures.filter(|(_, figure)| figure.kind != Kind::AnyState)
    }

    fn description(&self, figure: &Figure) -> Option<&str> {
        let id = self.resolved.find(&figure.name)?;
        let text = self.resolved.state(id).description.as_ref()?;
        Some(&text.value)
    }

    fn name_at(&self, place: Place) -> &str {
        match place {
            Place::State(id) => self.resolved.name(id),
            Place::Undefined(index) => &self.resolved.undefined()[index as usize].name,
        }
    }

    /// Every move between figures that are drawn.
    fn steps(&self) -> Vec<Step<'_>> {
        let figures = self.figures().map(|(index, f)| (&*f.name, index));
        let places: HashMap<&str, usize> = figures.collect();
        let moves = self.resolved.moves().iter();
        moves
            .zip(&self.picture.arrow_of_move)
            .filter_map(|(step, arrow)| {
                let drawn_from = arrow.map(|arrow| self.picture.arrows[arrow].from);
                let from = *places.get(self.name_at(step.from))?;
                let transition = self.resolved.transition(step);
                Some(Step {
                    from,
                    to: *places.get(self.name_at(step.to))?,
                    any: drawn_from.filter(|drawn| *drawn != from),
                    name: short_name(transition.label()),
                    notes: transition.notes(),
                })
            })
            .collect()
    }

    /// What the script works on.
    fn data(&self) -> Data<'_> {
        let names = Names::of(self.resolved);
        let figure_of = self.figures().map(|(index, f)| (&*f.name, index)).collect();
        let findings = self.findings.iter();
        let findings = findings.map(|f| self.finding(f, &names, &figure_of));
        Data {
            states: self.figures().map(|(_, f)| self.state(f)).collect(),
            moves: self.steps(),
            findings: findings.collect(),
        }
    }

    fn state<'p>(&'p self, figure: &'p Figure<'_>) -> StateData<'p> {
        StateData {
            name: &figure.name,
            about: figure.about(),
            description: self.description(figure),
        }
    }

    fn finding<'p>(
        &self,
        finding: &'p Diagnostic,
        names: &Names,
        figure_of: &HashMap<&str, usize>,
    ) -> Finding<'p> {
        let blamed = names.concerned(finding);
        let figures = blamed
            .iter()
            .filter_map(|id| figure_of.get(self.resolved.name(*id)));
        let mut figures: Vec<usize> = figures.copied().collect();
        figures.sort_unstable();
        figures.dedup();
        Finding {
            severity: finding.severity.name(),
            message: &finding.message,
            states: figures,
        }
    }
}

/// What the script works on, as JSON.
#[derive(Serialize)]
struct Data<'p> {
    states: Vec<StateData<'p>>,
    moves: Vec<Step<'p>>,
    findings: Vec<Finding<'p>>,
}

#[derive(Serialize)]
struct StateData<'p> {
    name: &'p str,
    about: Vec<&'p str>,
    description: Option<&'p str>,
}

#[derive(Serialize)]
struct Finding<'p> {
    severity: &'static str,
    message: &'p str,
    /// Figures that it concerns.
    states: Vec<usize>,
}

/// A move from a figure to another.
#[derive(Serialize)]
struct Step<'r> {
    from: usize,
    to: usize,
    /// The figure that its arrow begins at, where that is one for any state.
    any: Option<usize>,
    name: Cow<'r, str>,
    #[serde(serialize_with = "as_word")]
    notes: Notes,
}

fn as_word<S: Serializer>(notes: &Notes, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(notes.word())
}

/// A name that shows its state in the picture.
fn button(figure: usize, name: &str) -> String {
    format!(
        "<button type=\"button\" class=\"link\" data-state=\"{figure}\">{}</button>",
        escaped(name)
    )
}

#[cfg(test)]
mod tests;
