//! `statewright diagram`.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use statewright::Compilation;
use statewright::compile::Targets;
use statewright::diagnostic::Diagnostic;
use statewright::diagrams::{self, Encoded, Notation, Style};
use statewright::graph::Resolved;
use statewright::limits::Limits;
use statewright::report::{Report, Unread};
use statewright::source::Source;
use statewright::targets::shared_losses;

use crate::cli::arguments::Inputs;
use crate::cli::commands::check::{NOT_OF_A_PROJECT, NOT_TO_WATCH};
use crate::cli::commands::watch;
use crate::cli::discovery::inputs;
use crate::cli::io::files::{Files, Taken};
use crate::cli::io::outbox::{Outbox, Parcel};
use crate::cli::io::output::{Stream, complain, print, print_bytes};
use crate::cli::io::reading::{read_file, reason};
use crate::cli::io::{Exit, jobs, outbox, stale};
use crate::cli::session::reporting::print_report;
use crate::cli::session::{Reporting, compile_all, gather, told, verdict};

mod graphviz;
mod style;

use style::Looks;

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    pub inputs: Inputs,

    /// What the picture is written in [default: what the ending of --out says, else svg]
    #[arg(long, value_parser = PossibleValuesParser::new(diagrams::ALL.iter().map(|n| n.name)))]
    notation: Option<String>,

    /// Write to this file, or one file a workflow into this folder
    #[arg(long, value_name = "FILE|DIR")]
    out: Option<PathBuf>,

    /// Write nothing, but report files that are not what would be written
    #[arg(long, requires = "out", conflicts_with = "engine")]
    check: bool,

    /// Know the whole project, and draw and report what concerns the files that are named
    ///
    /// As with `statewright check`; where a statewright.toml is named, all files are.
    #[arg(long, conflicts_with = "force_exclude")]
    project: bool,

    /// Who lays out an SVG: Statewright itself, or an installed Graphviz
    #[arg(long, value_enum, value_name = "own|dot")]
    engine: Option<Engine>,

    /// A font (TTF or OTF) for letters that the one of PNG lacks
    ///
    /// Not for scripts that run from right to left or whose letters join.
    #[arg(long, value_name = "FILE")]
    font: Option<PathBuf>,

    /// Draw again whenever a file changes, until Ctrl-C
    #[arg(long, requires = "out", conflicts_with_all = ["check", "project"])]
    watch: bool,

    #[command(flatten)]
    looks: Looks,

    #[command(flatten)]
    pub reporting: Reporting,
}

/// Fonts of Chinese, Japanese and Korean have up to 30 million bytes.
const MOST_OF_A_FONT: usize = 64_000_000;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Engine {
    Own,
    Dot,
}

impl Arguments {
    /// What is wrong with the arguments beyond what clap can tell.
    pub fn mistake(&self) -> Option<String> {
        match self.inputs.name_standard_input() {
            true if self.watch => Some(NOT_TO_WATCH.to_owned()),
            true if self.project => Some(NOT_OF_A_PROJECT.to_owned()),
            _ => None,
        }
    }
}

pub fn run(arguments: &Arguments) -> Exit {
    match arguments.watch {
        false => draw_all(arguments),
        true => match Place::of(arguments) {
            Ok(_) => watch::run(&arguments.inputs, |_| {
                draw_all(arguments);
                Ok(())
            }),
            Err(message) => {
                complain(&message);
                Exit::Usage
            }
        },
    }
}

fn draw_all(arguments: &Arguments) -> Exit {
    let place = match Place::of(arguments) {
        Ok(place) => place,
        Err(message) => {
            complain(&message);
            return Exit::Usage;
        }
    };
    let font = match font(arguments) {
        Ok(font) => font,
        Err(unread) => {
            complain(&unread);
            return Exit::Unreadable;
        }
    };
    let settings = [arguments.inputs.config.given()];
    let found = inputs::read(
        &arguments.inputs,
        arguments.reporting.levels.verbose,
        arguments.project.then_some(&settings),
    );
    let levels = |set| arguments.reporting.levels.over(set);
    let options = found.options(levels, |_| Targets::default());
    let compilations = compile_all(&found.sources, &options);
    let pairs = found.sources.iter().zip(&compilations).enumerate();
    let named = pairs.filter(|(index, _)| found.is_named(*index));
    let drawable: Vec<(&Source, &Compilation, &Resolved)> = named
        .filter_map(|(_, (source, compilation))| {
            Some((source, compilation, compilation.resolved()?))
        })
        .collect();
    if let (Place::File(path, _), 2..) = (&place, drawable.len()) {
        complain(&format!(
            "`{}` is one file, and several workflows are to be drawn: name a folder",
            path.to_string_lossy()
        ));
        return Exit::Usage;
    }
    if let (Place::Output(notation), 2.., false) = (&place, drawable.len(), place.notation().joins)
    {
        complain(&format!(
            "several workflows are to be drawn, and pictures in notation `{}` are no document one after the other: add --out FOLDER",
            notation.name
        ));
        return Exit::Usage;
    }
    let graphs: Vec<&Resolved> = drawable.iter().map(|(_, _, resolved)| *resolved).collect();
    if let Some(message) = arguments
        .looks
        .missing(&graphs)
        .filter(|_| !graphs.is_empty())
    {
        complain(&message);
        return Exit::Usage;
    }
    let mut drawer = Drawer {
        arguments,
        outbox: Outbox::new(place.folder()),
        place,
        taken: Taken::default(),
        files: Files::new(),
        pictures: Vec::new(),
        lines: String::new(),
        stale: Vec::new(),
        unread: Vec::new(),
        exit: found.exit,
    };
    for (index, (source, compilation)) in found.sources.iter().zip(&compilations).enumerate() {
        if compilation.resolved().is_none() && found.is_named(index) {
            drawer.tell_missing(source);
        }
    }
    let notation = drawer.place.notation();
    jobs::in_batches(
        &drawable,
        |(source, ..)| source.text().len(),
        |(source, compilation, resolved)| {
            draw(
                arguments,
                font.as_ref(),
                notation,
                source,
                resolved,
                &compilation.diagnostics,
            )
        },
        |batch| {
            for ((source, _, resolved), drawn) in batch {
                drawer.workflow(source, resolved, drawn);
            }
            drawer.send();
        },
    );
    // What is of no workflow any more can be told where a folder was looked through.
    let is_whole = !found.folders.is_empty() && found.exit == Exit::Good && !arguments.project;
    if arguments.check && is_whole {
        drawer.tell_orphans();
    }
    let exit = drawer.exit.max(drawer.files.finish());
    let mut diagnostics = gather(&compilations);
    diagnostics.retain(|diagnostic| found.concerns(diagnostic));
    diagnostics.extend(found.config_reports(levels));
    let stale = drawer.stale.into_iter();
    diagnostics.extend(stale.filter_map(|found| told(found, &options, &compilations)));
    diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    shared_losses::merge(&mut diagnostics);
    let mut report = Report::new(found.all_sources(), &diagnostics);
    report.files = found.files();
    let only_known = found.only_known();
    report.only_known = &only_known;
    let unread = found.not_looked_at(&drawer.unread);
    report.unread = &unread;
    let reported = print_report(&report, &arguments.reporting, Stream::Error);
    verdict(&diagnostics)
        .max(exit)
        .max(reported)
        .max(print_bytes(&drawer.pictures))
        .max(print(&drawer.lines))
}

/// Where pictures go, and what they are written in.
enum Place {
    Output(&'static Notation),
    File(PathBuf, &'static Notation),
    Folder(PathBuf, &'static Notation),
}

impl Place {
    /// An ending that a notation has means a file, unless there is a folder of this name.
    fn of(arguments: &Arguments) -> Result<Place, String> {
        let named = arguments.notation.as_deref().and_then(diagrams::find);
        let extension = arguments.out.as_ref().and_then(|out| out.extension());
        let extension = extension.and_then(|extension| extension.to_str());
        let by_ending = extension.and_then(diagrams::find_by_extension);
        let wanted = arguments.font.as_ref().map(|_| "png").or(extension);
        if let Some(why) = wanted.and_then(diagrams::why_left_out) {
            return Err(why.to_owned());
        }
        let notation = named.or(by_ending).unwrap_or(diagrams::ALL[0]);
        if let Some(mistake) = arguments.looks.mistake(notation) {
            return Err(mistake);
        }
        if arguments.font.is_some() && notation.name != "png" {
            return Err(format!(
                "--font is for PNG, and notation `{}` is asked for",
                notation.name
            ));
        }
        if arguments.engine == Some(Engine::Dot) && notation.name != "svg" {
            return Err(format!(
                "--engine dot draws svg, and notation `{}` is asked for",
                notation.name
            ));
        }
        match &arguments.out {
            None if notation.encode.is_some() && io::stdout().is_terminal() => Err(format!(
                "notation `{}` is not for a terminal: add --out FILE",
                notation.name
            )),
            None => Ok(Place::Output(notation)),
            Some(out) if out.is_dir() || is_folder(out) => Ok(Place::Folder(out.clone(), notation)),
            Some(out) if by_ending.is_some() => Ok(Place::File(out.clone(), notation)),
            Some(out) if named.is_some() && extension.is_some() => Err(format!(
                "`{}` does not end as a file of notation `{}`: end it with `.{}`, or with `/` for a folder",
                out.to_string_lossy(),
                notation.name,
                notation.extension
            )),
            Some(out) if named.is_none() && extension.is_some() => Err(format!(
                "no notation has files that end like `{}`: add --notation, or take one of {}",
                out.to_string_lossy(),
                statewright::suggest::phrase(&endings())
            )),
            Some(out) => Ok(Place::Folder(out.clone(), notation)),
        }
    }

    /// The folder for files of many workflows.
    fn folder(&self) -> &Path {
        match self {
            Place::Folder(folder, _) => folder,
            Place::Output(_) | Place::File(..) => Path::new(""),
        }
    }

    fn notation(&self) -> &'static Notation {
        match self {
            Place::Output(notation) | Place::File(_, notation) | Place::Folder(_, notation) => {
                notation
            }
        }
    }
}

/// Whether a path is written as that of a folder.
fn is_folder(path: &Path) -> bool {
    path.to_string_lossy().ends_with(std::path::is_separator)
}

fn endings() -> Vec<String> {
    let all = diagrams::ALL.iter();
    all.map(|n| format!(".{}", n.extension)).collect()
}

/// The font that is named; what to say where it cannot be used.
fn font(arguments: &Arguments) -> Result<Option<Arc<[u8]>>, String> {
    let Some(path) = &arguments.font else {
        return Ok(None);
    };
    let name = path.to_string_lossy();
    let limits = Limits {
        bytes: MOST_OF_A_FONT,
        ..Limits::default()
    };
    let bytes = read_file(path, limits);
    let bytes = bytes.map_err(|error| format!("cannot read `{name}`: {}", reason(&error)))?;
    match bytes.len() <= MOST_OF_A_FONT && is_font(&bytes) {
        true => Ok(Some(bytes.into())),
        false => Err(format!("`{name}` is not a font in TTF or OTF")),
    }
}

#[cfg(feature = "png")]
fn is_font(bytes: &[u8]) -> bool {
    diagrams::png::is_font(bytes)
}

#[cfg(not(feature = "png"))]
fn is_font(_: &[u8]) -> bool {
    false
}

/// A picture, or why there is none.
type Drawn = Result<Encoded, (Exit, String)>;

/// Draws a workflow in which these `findings` were reported.
fn draw(
    arguments: &Arguments,
    font: Option<&Arc<[u8]>>,
    notation: &Notation,
    source: &Source,
    resolved: &Resolved,
    findings: &[Diagnostic],
) -> Drawn {
    let style = arguments.looks.style(source, resolved, findings);
    let style = Style {
        font: font.cloned(),
        ..style.map_err(|refusal| (refusal.exit, refusal.message))?
    };
    if arguments.engine != Some(Engine::Dot) {
        let file = notation.file(resolved, &style);
        return file.map_err(|too_large| (Exit::Errors, too_large.to_string()));
    }
    let dot = diagrams::dot::NOTATION.text(resolved, &style);
    let bytes = graphviz::draw(&dot, "svg").map_err(|message| (Exit::Unwritable, message))?;
    Ok(Encoded { bytes, note: None })
}

/// Pictures in the making.
struct Drawer<'a> {
    arguments: &'a Arguments,
    place: Place,
    taken: Taken,
    outbox: Outbox,
    files: Files,
    /// What goes to standard output: pictures, or what was written where.
    pictures: Vec<u8>,
    lines: String,
    stale: Vec<Diagnostic>,
    /// What of --out could not be compared.
    unread: Vec<Unread>,
    exit: Exit,
}

impl Drawer<'_> {
    /// Writes what waits to be written, and tells of it.
    fn send(&mut self) {
        let lines = self.outbox.send(&mut self.files);
        self.lines.push_str(&lines);
    }

    /// Tells that there is no workflow to draw, which is reported.
    fn tell_missing(&mut self, source: &Source) {
        let done = match self.arguments.check {
            true => "compared",
            false => "drawn",
        };
        let name = source.name();
        complain(&format!("`{name}` was not {done}: the file has errors"));
        self.exit = self.exit.max(Exit::Errors);
    }

    fn workflow(&mut self, source: &Source, resolved: &Resolved, drawn: Drawn) {
        let picture = match drawn {
            Ok(file) => {
                file.note.iter().for_each(|note| complain(note));
                file.bytes
            }
            Err((exit, message)) => {
                complain(&format!("{}: {message}", source.name()));
                self.exit = self.exit.max(exit);
                return;
            }
        };
        let path = match &self.place {
            Place::Output(_) => return self.pictures.extend(picture),
            Place::File(path, _) => path.clone(),
            Place::Folder(folder, notation) => folder.join(file_name(resolved, source, notation)),
        };
        if let Err(clash) = self.taken.take(&path, source.name(), "make") {
            complain(&format!("{clash}; the second was left out"));
            self.exit = self.exit.max(Exit::Errors);
            return;
        }
        match self.arguments.check {
            true => self.compare(&path, &picture, resolved),
            false => self.write(path, picture, source),
        }
    }

    /// Tells of pictures whose workflow is gone.
    fn tell_orphans(&mut self) {
        let Place::Folder(folder, notation) = &self.place else {
            return;
        };
        let is_ours = |path: &Path| {
            path.extension().is_some_and(|e| e == notation.extension)
                && !notation.signature.is_empty()
                && stale::begins_with(path, notation.signature)
        };
        let owner = |path: &Path| {
            let stem = path.file_stem().filter(|_| is_ours(path))?;
            Some(stem.to_string_lossy().into_owned())
        };
        if stale::tell_orphans(folder, &self.taken, inputs::known_names, owner) {
            self.exit = self.exit.max(Exit::Errors);
        }
    }

    fn write(&mut self, path: PathBuf, picture: Vec<u8>, source: &Source) {
        if let Place::Folder(..) = self.place {
            let mut parcel = Parcel::of(source.name());
            parcel.add(path, picture);
            self.outbox.put(parcel);
        } else if self.files.write(&path, &picture) {
            let words = outbox::wrote(&[path.to_string_lossy()]);
            self.lines.push_str(&outbox::line(source.name(), &words));
        }
    }

    fn compare(&mut self, path: &Path, picture: &[u8], resolved: &Resolved) {
        match stale::compare(path, picture, &[resolved.workflow()]) {
            Ok(report) => self.stale.extend(report),
            Err(unread) => {
                self.unread.push(unread);
                self.exit = self.exit.max(Exit::Unreadable);
            }
        }
    }
}

/// The identifier and the notation's ending; where there is no usable identifier, the name of the
/// workflow file.
fn file_name(resolved: &Resolved, source: &Source, notation: &Notation) -> String {
    let identifier = resolved
        .workflow()
        .identifier
        .as_ref()
        .map(|i| i.value.as_str());
    let usable = identifier.filter(|i| statewright::model::decode::is_identifier(i));
    let stem = Path::new(source.name())
        .file_name()
        .map_or_else(|| "workflow".into(), |name| name.to_string_lossy());
    let stem = stem.split(".workflow.").next().unwrap_or("workflow");
    format!("{}.{}", usable.unwrap_or(stem), notation.extension)
}
