//! A page in one file: the picture to look around in, states to search, walks to find, everything in
//! tables, and what was reported beside the states it concerns.
//!
//! The page needs nothing from elsewhere and its content security policy allows nothing: two style
//! sheets and one script, named by their hashes. The workflow is in it as text and as JSON that the
//! script reads; no name ever becomes markup. Without its script, and on paper, it is a page of
//! tables around a picture.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::diagnostic::{Diagnostic, short_name};
use crate::diagrams::picture::columns::{self, Column};
use crate::diagrams::picture::{
    Arrow, Fate, Figure, InVersion, Kind, Labels, Named, Names, Picture,
};
use crate::diagrams::svg::{self, xml::escaped};
use crate::diagrams::{Notation, Show, Style};
use crate::graph::{Place, Resolved};
use crate::invisible::is_hidden;
use crate::model::{Category, Transition};
use crate::source::Source;

/// See the top of this file.
pub const NOTATION: Notation = Notation {
    name: "html",
    about: "a page in one file to search, zoom and find walks in; works offline, prints well",
    extension: "html",
    signature: "content=\"default-src 'none'; style-src 'sha256-",
    most: 50_000,
    lists_transitions: true,
    has_arrows: true,
    joins: false,
    has_direction: true,
    draw,
    encode: None,
    caution: None,
};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// The buttons above the picture, and what stands beside it: the search, the walks, the answer.
const TOOLS: &str = include_str!("tools.html");
const SIDE: &str = include_str!("side.html");
/// Which of it a phone shows.
const VIEWS: &str = "<div class=\"views\" role=\"group\" aria-label=\"View\" data-needs-script hidden>\
    <button type=\"button\" id=\"as-lists\">Lists</button>\
    <button type=\"button\" id=\"as-picture\">Picture</button></div>\n";

/// The SHA-256 of the style sheet, of the picture's own, of that where two versions are shown, and of the
/// script, as content security policies name them (<https://www.w3.org/TR/CSP3/#grammardef-hash-source>).
/// A test holds them.
const STYLE_HASH: &str = "sha256-8BXyM6ZsNtt8P2RfDevWc9A4DzrCFZCyMKnclCsEa/s=";
const PICTURE_HASH: &str = "sha256-cbCa+PPXw2AIRplfSxGZDYJEvKNgFMae3Gg53uhlchc=";
const MERGED_HASH: &str = "sha256-V1FiWYrVUMJN3Np1bKaPEhYKYYWxKcJ38r+sczpO3DI=";
const SCRIPT_HASH: &str = "sha256-7XXpy5WenyMBFbwRiWKrhiy7fIHEznbwiTMkISKWPo8=";

fn draw(picture: &Picture, style: &Style) -> String {
    let labels = Labels::of_workflow(picture.resolved.workflow(), style.language.as_deref());
    let page = Page {
        steps: steps(picture, &labels),
        resolved: picture.resolved,
        picture,
        findings: style
            .findings
            .iter()
            .enumerate()
            .filter(|(_, f)| style.show == Show::Usual || style.show.has(f.code))
            .map(|(at, f)| (f, style.quotes.get(at).map_or(&[][..], Vec::as_slice)))
            .collect(),
    };
    let mut out = String::new();
    page.open(&mut out);
    let drawn = svg::document(picture, style, false);
    let _ = write!(
        out,
        "<div class=\"columns\">\n\
         <section class=\"card picture\" aria-label=\"Picture\">\n{TOOLS}\
         <div id=\"stage\" tabindex=\"0\" role=\"group\" aria-label=\"The picture: arrow keys move it, plus and minus zoom, 0 shows all of it, 1 the start\">\n\
         {drawn}</div>\n</section>\n{SIDE}</div>\n"
    );
    page.changes(&mut out);
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

/// JSON for within a script element: nothing in it ends the element, is a command of a log or of a terminal,
/// or is hidden.
fn in_script(data: &Data) -> String {
    // Numbers and texts can always be written.
    let json = serde_json::to_string(data).unwrap_or_default();
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            c if matches!(c, '<' | '>' | '&' | '#') || is_hidden(c) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            c => out.push(c),
        }
    }
    out
}

struct Page<'r> {
    resolved: &'r Resolved,
    picture: &'r Picture<'r>,
    /// Every move between figures that are drawn.
    steps: Vec<Step<'r>>,
    /// Each with the lines that it is about.
    findings: Vec<(&'r Diagnostic, &'r [Quote])>,
}

impl Page<'_> {
    fn open(&self, out: &mut String) {
        let title = escaped(self.picture.title.unwrap_or("workflow"));
        let picture = match self.picture.merged {
            Some(_) => MERGED_HASH,
            None => PICTURE_HASH,
        };
        let _ = write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
             style-src '{STYLE_HASH}' '{picture}'; script-src '{SCRIPT_HASH}'; \
             base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
             <header>\n<div>\n<h1 dir=\"auto\">{title}</h1>\n"
        );
        if let Some(description) = self.picture.description {
            let _ = writeln!(
                out,
                "<p class=\"soft text\" dir=\"auto\">{}</p>",
                escaped(description)
            );
        }
        if let Some(meta) = &self.resolved.workflow().meta {
            let meta = escaped(&meta.on_one_line());
            let _ = writeln!(out, "<p class=\"soft code\">{meta}</p>");
        }
        let _ = write!(out, "</div>\n{VIEWS}</header>\n<main>\n");
    }

    /// What changed, in a list that the script puts beside the picture.
    fn changes(&self, out: &mut String) {
        let Some(merged) = &self.picture.merged else {
            return;
        };
        out.push_str(
            "<section class=\"card\" id=\"changes\" aria-labelledby=\"changes-title\">\n<h2 id=\"changes-title\">Changes</h2>\n<ul class=\"plain\">\n",
        );
        for (index, told) in merged.told.iter().enumerate() {
            let (fate, sign) = (told.fate.word(), told.fate.sign());
            let _ = writeln!(
                out,
                "<li><span class=\"{fate}\" aria-hidden=\"true\">{sign}</span>\
                 <button type=\"button\" class=\"link\" data-change=\"{index}\" dir=\"auto\">{}</button>\
                 <span class=\"place\" dir=\"auto\">{}</span></li>",
                escaped(&told.text),
                escaped(&told.place)
            );
        }
        if merged.told.is_empty() {
            out.push_str("<li class=\"soft\">none</li>\n");
        }
        out.push_str("</ul>\n</section>\n");
    }

    fn findings(&self, out: &mut String) {
        if self.findings.is_empty() {
            return;
        }
        out.push_str(
            "<section class=\"card reports\">\n<h2>Reports</h2>\n<ul class=\"findings\">\n",
        );
        for (finding, quotes) in &self.findings {
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
                    "<span class=\"place\" dir=\"auto\">{}</span>",
                    escaped(help)
                );
            }
            for quote in *quotes {
                let says = match quote.says.is_empty() {
                    true => String::new(),
                    false => format!(", {}", escaped(&quote.says)),
                };
                let _ = write!(
                    out,
                    "<span class=\"place\" dir=\"auto\">line {}{says}: <code>{}</code></span>",
                    quote.line,
                    escaped(&quote.text)
                );
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n</section>\n");
    }

    fn states(&self, out: &mut String) {
        let figures = self.figures().map(|(_, figure)| figure);
        let columns = columns::used(columns::of_states(), figures);
        open_table(out, "States", &["state", "what it is"], &columns);
        for (index, figure) in self.figures() {
            let _ = write!(
                out,
                "<tr data-row=\"{index}\"><td dir=\"auto\">{}</td><td>{}</td>",
                button(index, figure.shown()),
                escaped(&figure.about().join(", ")),
            );
            cells(out, &columns, figure);
        }
        out.push_str("</tbody>\n</table></div>\n</section>\n");
    }

    fn moves(&self, out: &mut String) {
        let starts = self.picture.starts.iter().map(|start| &start.named);
        let all = starts.chain(self.steps.iter().map(|step| &step.named));
        let columns = columns::used(columns::of_transitions(), all);
        open_table(out, "Transitions", &["from", "transition", "to"], &columns);
        // One name may stand in as many rows as there are moves.
        let name = |figure: usize| {
            let name = self.picture.figures[figure].shown();
            button(figure, &short_name(name))
        };
        for start in &self.picture.starts {
            let (to, called) = (start.to, escaped(&short_name(start.named.name)));
            let _ = write!(
                out,
                "<tr data-start=\"{to}\"><td data-label=\"from\"><i>a new ticket</i></td><td dir=\"auto\">{called}</td><td data-label=\"to\" dir=\"auto\">{}</td>",
                name(to)
            );
            cells(out, &columns, &start.named);
        }
        for (index, step) in self.steps.iter().enumerate() {
            let _ = write!(
                out,
                "<tr data-move=\"{index}\"><td data-label=\"from\" dir=\"auto\">{}</td><td dir=\"auto\">{}</td><td data-label=\"to\" dir=\"auto\">{}</td>",
                name(step.from),
                escaped(&short_name(step.named.name)),
                name(step.to)
            );
            cells(out, &columns, &step.named);
        }
        out.push_str("</tbody>\n</table></div>\n</section>\n");
    }

    /// Every figure that a ticket can be in. Those that stand for any state come after them.
    fn figures(&self) -> impl Iterator<Item = (usize, &Figure<'_>)> + Clone {
        let figures = self.picture.figures.iter().enumerate();
        figures.filter(|(_, figure)| figure.kind != Kind::AnyState)
    }

    /// What the script works on.
    fn data(&self) -> Data<'_> {
        let names = Names::of(self.resolved);
        let findings = self.findings.iter();
        let findings = findings.map(|(f, quotes)| self.finding(f, quotes, &names));
        let starts = self.picture.starts.iter();
        Data {
            states: self.figures().map(|(_, f)| state(f)).collect(),
            starts: starts.map(|s| (s.to, Words(&s.named))).collect(),
            moves: &self.steps,
            findings: findings.collect(),
            changes: self.told(),
        }
    }

    /// The changes as the script takes them; none where one version is shown.
    fn told(&self) -> Vec<Change> {
        let figure = |state: &InVersion| self.picture.figure_in(*state);
        let told = self.picture.merged.iter().flat_map(|merged| &merged.told);
        told.map(|told| Change {
            states: told.states.iter().filter_map(figure).collect(),
            moves: told
                .moves
                .iter()
                .filter_map(|(from, to)| Some([figure(from)?, figure(to)?]))
                .collect(),
        })
        .collect()
    }

    fn finding<'p>(
        &self,
        finding: &'p Diagnostic,
        quotes: &'p [Quote],
        names: &Names,
    ) -> Finding<'p> {
        let blamed = names.concerned(finding);
        let figures = blamed
            .iter()
            .filter_map(|id| self.picture.figure_at(Place::State(*id)));
        let mut figures: Vec<usize> = figures.collect();
        figures.sort_unstable();
        figures.dedup();
        Finding {
            severity: finding.severity.name(),
            message: &finding.message,
            help: finding.help.as_deref(),
            quotes,
            states: figures,
        }
    }
}

fn state<'p>(figure: &'p Figure<'_>) -> StateData<'p> {
    let said = columns::of_states().into_iter().map(|column| {
        let said = (column.cell)(figure);
        (column.heading, short_name(&said).into_owned())
    });
    StateData {
        name: &figure.name,
        label: figure.shown(),
        category: match figure.kind {
            Kind::State(category) => category.map(Category::word),
            Kind::Undefined | Kind::AnyState => None,
        },
        start: figure.is_start,
        about: figure.about(),
        description: figure
            .state
            .and_then(|state| Some(state.description.as_ref()?.value.as_str())),
        more: said
            .filter(|(heading, said)| *heading != "description" && !said.is_empty())
            .collect(),
    }
}

/// What the script works on, as JSON.
#[derive(Serialize)]
struct Data<'p> {
    states: Vec<StateData<'p>>,
    /// Where tickets begin, and in which words.
    starts: Vec<(usize, Words<'p, 'p>)>,
    moves: &'p [Step<'p>],
    findings: Vec<Finding<'p>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<Change>,
}

/// Where in the picture a change is.
#[derive(Serialize)]
struct Change {
    /// Figures that it is about.
    states: Vec<usize>,
    /// Figures that moves of it lead from and to.
    moves: Vec<[usize; 2]>,
}

#[derive(Serialize)]
struct StateData<'p> {
    name: &'p str,
    /// What stands on it.
    label: &'p str,
    category: Option<&'static str>,
    start: bool,
    about: Vec<&'p str>,
    description: Option<&'p str>,
    /// What else there is, each with a word for what that is.
    more: Vec<(&'static str, String)>,
}

#[derive(Serialize)]
struct Finding<'p> {
    severity: &'static str,
    message: &'p str,
    help: Option<&'p str>,
    quotes: &'p [Quote],
    /// Figures that it concerns.
    states: Vec<usize>,
}

/// A line that a finding is about.
#[derive(Clone, Debug, Serialize)]
pub struct Quote {
    /// Its number.
    pub line: u32,
    /// What is found there; empty where the message says it.
    pub says: String,
    /// What stands there.
    pub text: String,
}

impl Quote {
    /// The first lines that a finding points to in a source.
    pub fn all(finding: &Diagnostic, source: &Source) -> Vec<Quote> {
        const MOST: usize = 4;
        const WIDEST: usize = 160;
        let labels = finding.labels.iter();
        let own = labels.filter(|label| label.span.source == source.id());
        own.take(MOST)
            .map(|label| {
                let line = source.position(label.span.start).line;
                let text = source.text()[source.line_range(line)].trim();
                let end = text.floor_char_boundary(WIDEST);
                Quote {
                    line,
                    says: label.message.to_string(),
                    text: text[..end].to_owned(),
                }
            })
            .collect()
    }
}

/// A move from a figure to another.
#[derive(Serialize)]
struct Step<'r> {
    from: usize,
    to: usize,
    /// The figure that its arrow begins at, where that is one for any state.
    any: Option<usize>,
    #[serde(flatten, serialize_with = "in_words")]
    named: Named<'r>,
}

/// Every move between figures that are drawn.
fn steps<'r>(picture: &Picture<'r>, labels: &Labels<'r>) -> Vec<Step<'r>> {
    let step_of = |from: usize, arrow: &Arrow, transition: &'r Transition, fate| Step {
        from,
        to: arrow.to,
        any: Some(arrow.from).filter(|drawn| *drawn != from),
        named: Named {
            fate,
            ..Named::transition(transition, labels)
        },
    };
    let (resolved, merged) = (picture.resolved, picture.merged.as_ref());
    let moves = resolved.moves().iter().enumerate();
    let there = moves
        .zip(&picture.arrow_of_move)
        .filter_map(|((index, step), arrow)| {
            let arrow = &picture.arrows[(*arrow)?];
            let from = picture.figure_at(step.from)?;
            let fate = merged.and_then(|merged| merged.moves.get(&index).copied());
            Some(step_of(from, arrow, resolved.transition(step), fate))
        });
    let gone = merged.into_iter().flat_map(|merged| {
        merged.gone.iter().filter_map(|(step, arrow)| {
            let step = &merged.old.moves()[*step];
            let was = InVersion::Old(merged.old.meant(step.from)?);
            let from = picture.figure_in(was)?;
            let arrow = &picture.arrows[*arrow];
            let transition = merged.old.transition(step);
            Some(step_of(from, arrow, transition, Some(Fate::Gone)))
        })
    });
    there.chain(gone).collect()
}

/// What a transition is called and what is said of it, shortened: it may be the same of many moves.
struct Words<'p, 'r>(&'p Named<'r>);

impl Serialize for Words<'_, '_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        in_words(self.0, to)
    }
}

fn in_words<S: Serializer>(named: &Named, to: S) -> Result<S::Ok, S::Error> {
    let mut words = to.serialize_map(None)?;
    words.serialize_entry("name", &short_name(named.name))?;
    let told = named.told();
    if !told.is_empty() {
        words.serialize_entry("told", &told)?;
    }
    if let Some(description) = named.description() {
        words.serialize_entry("description", &short_name(&description.value))?;
    }
    if let Some(fate) = named.fate {
        words.serialize_entry("fate", fate.word())?;
    }
    words.end()
}

/// The beginning of a table with these columns and those others.
fn open_table<T>(out: &mut String, title: &str, own: &[&str], columns: &[Column<T>]) {
    let _ = write!(
        out,
        "<section class=\"card table\">\n<h2>{title}</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\"><table>\n<thead><tr>"
    );
    let others = columns.iter().map(|column| column.heading);
    for heading in own.iter().copied().chain(others) {
        let _ = write!(out, "<th>{heading}</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
}

/// The rest of a row.
fn cells<T>(out: &mut String, columns: &[Column<T>], row: &T) {
    for column in columns {
        let said = (column.cell)(row);
        let said = match column.heading {
            "description" => Cow::Borrowed(&*said),
            _ => short_name(&said),
        };
        let kind = match column.heading {
            columns::CHANGE => said.as_ref(),
            _ => "text",
        };
        let _ = match said.is_empty() {
            true => write!(out, "<td></td>"),
            false => write!(
                out,
                "<td class=\"{kind}\" data-label=\"{}\" dir=\"auto\">{}</td>",
                column.heading,
                escaped(&said)
            ),
        };
    }
    out.push_str("</tr>\n");
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
