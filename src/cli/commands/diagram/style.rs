//! What the command line asks of a picture.

use std::collections::BTreeSet;

use clap::Args;
use clap::builder::PossibleValuesParser;
use statewright::diagnostic::{Code, Diagnostic};
use statewright::diagrams::html::Quote;
use statewright::diagrams::picture::all_labels;
use statewright::diagrams::{Direction, Hide, Notation, Show, Style};
use statewright::graph::{Resolved, StateId};
use statewright::model::Category;
use statewright::source::Source;
use statewright::suggest;

use crate::cli::arguments::code;
use crate::cli::arguments::names::instead;
use crate::cli::io::Exit;

#[derive(Args)]
#[command(next_help_heading = "Looks")]
pub struct Looks {
    /// Where the arrows lead [default: down]
    #[arg(long, value_name = "down|right",
          value_parser = PossibleValuesParser::new(Direction::WORDS.iter().map(|w| w.0)))]
    direction: Option<String>,

    /// Put labels of this language (a tag such as `de` or `pt-BR`) in the place of names
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,

    /// Leave out the names of transitions
    #[arg(long)]
    no_names: bool,

    /// Show only the states of one category
    #[arg(long, value_name = "CATEGORY",
          value_parser = PossibleValuesParser::new(Category::WORDS.iter().map(|w| w.0)))]
    only: Option<String>,

    /// Leave out the states and transitions of this name, or with `wildcards` transitions from "*"
    #[arg(long, value_name = "STATE|TRANSITION|wildcards")]
    hide: Vec<String>,

    /// Draw all states of a category as one
    #[arg(long, value_name = "CATEGORY",
          value_parser = PossibleValuesParser::new(Category::WORDS.iter().map(|w| w.0)))]
    collapse: Vec<String>,

    /// Point out the walk through these states
    #[arg(long, value_name = "STATE,STATE…", conflicts_with_all = ["from", "to"])]
    walk: Vec<String>,

    /// Point out the shortest walk from this state …
    #[arg(long, value_name = "STATE", requires = "to")]
    from: Option<String>,

    /// … to this one
    #[arg(long, value_name = "STATE", requires = "from")]
    to: Option<String>,

    /// Which reports the picture shows: those of a code, `all`, or `none` [default: those about
    /// walks and promises]
    #[arg(long, value_name = "CODE|all|none", value_parser = shown)]
    show: Vec<Shown>,
}

/// What --hide calls transitions from `"*"`.
const WILDCARDS: &str = "wildcards";

#[derive(Clone, Copy)]
enum Shown {
    All,
    None,
    Code(&'static Code),
}

fn shown(word: &str) -> Result<Shown, String> {
    match word {
        "all" => Ok(Shown::All),
        "none" => Ok(Shown::None),
        _ => code(word).map(Shown::Code),
    }
}

/// Why a picture cannot be drawn as asked.
pub struct Refusal {
    pub exit: Exit,
    pub message: String,
}

impl Looks {
    /// What is wrong with the arguments beyond what clap can tell, for pictures in `notation`.
    pub fn mistake(&self, notation: &Notation) -> Option<String> {
        let none = |shown: &Shown| matches!(shown, Shown::None);
        if self.show.len() > 1 && self.show.iter().any(none) {
            return Some("--show none shows nothing else: leave one of them out".to_owned());
        }
        let name = notation.name;
        if self.direction.is_some() && notation.has_arrows && !notation.has_direction {
            return Some(format!(
                "notation `{name}` has no word for --direction, which is for what draws it: leave it out"
            ));
        }
        let options = [
            ("--direction", self.direction.is_some()),
            ("--no-names", self.no_names),
            ("--walk", !self.walk.is_empty()),
            ("--from", self.from.is_some()),
        ];
        let of_arrows = options.into_iter().find(|(_, is_given)| *is_given);
        let (option, _) = of_arrows.filter(|_| !notation.has_arrows)?;
        Some(format!(
            "{option} is for arrows, and notation `{name}` has none: leave it out"
        ))
    }

    /// How to draw this workflow, with what was reported of it.
    pub fn style(
        &self,
        source: &Source,
        resolved: &Resolved,
        findings: &[Diagnostic],
    ) -> Result<Style, Refusal> {
        let word_of = |words: &[(&str, Direction)]| {
            let direction = self.direction.as_deref();
            let found = words.iter().find(|(word, _)| Some(*word) == direction);
            found.map_or_else(Direction::default, |(_, direction)| *direction)
        };
        let category = |word: &String| {
            let mut words = Category::WORDS.iter();
            words
                .find(|(w, _)| w == word)
                .map(|(_, category)| *category)
        };
        let quotes = |finding| Quote::all(finding, source);
        Ok(Style {
            direction: word_of(Direction::WORDS),
            names: !self.no_names,
            only: self.only.as_ref().and_then(category),
            hide: self.hidden(),
            collapse: self.collapse.iter().filter_map(category).collect(),
            walk: self.walk(resolved)?,
            findings: findings.to_vec(),
            quotes: findings.iter().map(quotes).collect(),
            show: self.show(),
            language: self.language.clone(),
            font: None,
        })
    }

    fn hidden(&self) -> Hide {
        let (wildcards, names) = self.hide.iter().partition::<Vec<_>, _>(|n| *n == WILDCARDS);
        Hide {
            names: names.into_iter().cloned().collect(),
            wildcards: !wildcards.is_empty(),
        }
    }

    /// What is asked for and none of these workflows has.
    pub fn missing(&self, all: &[&Resolved]) -> Option<String> {
        self.hides_nothing(all).or_else(|| self.reads_nothing(all))
    }

    /// That no label is in the language.
    fn reads_nothing(&self, all: &[&Resolved]) -> Option<String> {
        let language = self.language.as_deref()?;
        let labels = || all.iter().flat_map(|of| all_labels(of.workflow()));
        let texts = || labels().flat_map(|label| &label.texts);
        let tags: BTreeSet<&str> = texts()
            .filter_map(|(tag, _)| Some(tag.as_ref()?.value.as_str()))
            .collect();
        if labels().next().is_none() {
            return Some("--language: nothing has a `label`".to_owned());
        }
        // A label that says no language is for all of them.
        let is_read = labels().any(|label| match label.text_and_tag(language) {
            Some((Some(_), _)) => true,
            Some((None, _)) => tags.is_empty(),
            None => false,
        });
        let tags: Vec<&str> = tags.into_iter().collect();
        (!is_read).then(|| {
            let help = instead(language, "language", &tags);
            format!("--language: no label is in `{language}`{help}")
        })
    }

    /// What is to be hidden and is in none of these workflows, so that nothing would be.
    fn hides_nothing(&self, all: &[&Resolved]) -> Option<String> {
        let transitions = |of: &Resolved| {
            let all = of.workflow().transitions.iter();
            all.map(|t| t.label().to_owned()).collect::<Vec<_>>()
        };
        let has = |of: &&Resolved, name: &str| {
            of.find(name).is_some() || of.workflow().transitions.iter().any(|t| t.label() == name)
        };
        let names = self.hide.iter().filter(|name| *name != WILDCARDS);
        let mut unknown = names.filter(|name| !all.iter().any(|of| has(of, name)));
        let name = unknown.next()?;
        let states = all.iter().flat_map(|of| of.states());
        let mut known: Vec<String> = states.map(|(_, s)| s.name.value.to_string()).collect();
        known.extend(all.iter().flat_map(|of| transitions(of)));
        let help = match suggest::nearest(name, known.iter().map(String::as_str)) {
            Some(near) => format!("; the nearest is `{near}`"),
            None => String::new(),
        };
        Some(format!(
            "--hide: no state or transition is called `{name}`{help}"
        ))
    }

    fn show(&self) -> Show {
        let code = |shown: &Shown| match shown {
            Shown::Code(code) => Some(*code),
            Shown::All | Shown::None => None,
        };
        match self.show.as_slice() {
            [] => Show::Usual,
            all if all.iter().any(|s| matches!(s, Shown::All)) => Show::All,
            some => Show::Codes(some.iter().filter_map(code).collect()),
        }
    }

    fn walk(&self, resolved: &Resolved) -> Result<Vec<StateId>, Refusal> {
        if let (Some(from), Some(to)) = (&self.from, &self.to) {
            let (from, to) = (state(resolved, from)?, state(resolved, to)?);
            let walk = resolved.shortest_walk(&[from], |id| id == to, |_| true);
            return walk.map(|walk| walk.states).ok_or_else(|| Refusal {
                exit: Exit::Errors,
                message: format!(
                    "no walk leads from `{}` to `{}`",
                    resolved.name(from),
                    resolved.name(to)
                ),
            });
        }
        let mut walk = Vec::new();
        for names in &self.walk {
            // A name may hold a comma itself.
            if let Some(id) = resolved.find(names) {
                walk.push(id);
                continue;
            }
            for name in names.split(',') {
                walk.push(state(resolved, name.trim())?);
            }
        }
        for pair in walk.windows(2) {
            if resolved.moves_between(pair[0], pair[1]).next().is_none() {
                return Err(Refusal {
                    exit: Exit::Errors,
                    message: format!(
                        "no transition leads from `{}` to `{}`",
                        resolved.name(pair[0]),
                        resolved.name(pair[1])
                    ),
                });
            }
        }
        Ok(walk)
    }
}

fn state(resolved: &Resolved, name: &str) -> Result<StateId, Refusal> {
    resolved.find(name).ok_or_else(|| {
        let states = resolved
            .states()
            .map(|(_, state)| state.name.value.as_str());
        let help = instead(name, "state", &states.collect::<Vec<_>>());
        Refusal {
            exit: Exit::Usage,
            message: format!("no state is named `{name}`{help}"),
        }
    })
}
