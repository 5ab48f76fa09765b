//! What becomes of the tickets in states that are gone, and the line to write where nobody says it.

use super::pairing::Side;
use super::rules::{Changed, Destination, clock, clock_before, next_of};
use super::{Difference, Subject, What};
use crate::graph::StateId;
use crate::hashing::HashSet;
use crate::source::Syntax;
use crate::suggest;

/// A sentence of each state that is gone, with the line to write in this syntax; or where its tickets go, as
/// the new version says.
pub fn on(difference: &Difference, syntax: Syntax) -> Vec<String> {
    let pair = &difference.pair;
    let changes = difference.changes.iter();
    let gone = changes.filter(|change| {
        matches!(
            (&change.of, &change.what),
            (Subject::State(_), What::Removed(_))
        )
    });
    let numbers = gone.flat_map(|change| change.ends.states.iter().copied());
    let numbers: HashSet<u32> = numbers.collect();
    let is_known = |old: &StateId| numbers.contains(&pair.number(Side::Old, *old));
    let all = pair.removed().filter(is_known).take(MOST);
    let changed = Changed::new(difference);
    let gone = all.map(|old| sentence(&changed, old, syntax));
    let stranded: Vec<StateId> = changed.stranded().collect();
    let stuck = (!stranded.is_empty()).then(|| {
        let names = suggest::phrase_up_to(&pair.new.names(&stranded), 4);
        format!("tickets in {names} are stranded: they could be closed, or moved on, and cannot any more")
    });
    gone.chain(stuck).collect()
}

/// Of so many states it is said.
const MOST: usize = 50;

fn sentence(changed: &Changed, old: StateId, syntax: Syntax) -> String {
    let pair = &changed.difference.pair;
    let name = pair.old.name(old);
    match changed.destination(old) {
        Destination::Here(new) => {
            let [was, is] = [pair.old.state(old), pair.new.state(new)]
                .map(|state| state.category.map(|category| category.value));
            let clock = match (was, is) {
                (Some(was), Some(is)) if was != is => format!(
                    ", where the clock {}; before, it {}",
                    clock(is),
                    clock_before(was)
                ),
                _ => String::new(),
            };
            format!(
                "tickets in `{name}`, which is gone, go to `{}`{clock}",
                pair.new.name(new)
            )
        }
        Destination::Away {
            workflow, state, ..
        } => {
            format!("tickets in `{name}`, which is gone, go to `{state}` of workflow `{workflow}`")
        }
        Destination::Unknown => {
            format!(
                "where tickets in `{name}` go, which is gone, cannot be told: `migrate` has errors"
            )
        }
        Destination::Nowhere(_) => {
            let write = Lines { syntax, name };
            let next = next_of(pair, old);
            let lines = match (changed.difference.renamed(old), next) {
                (Some(new), next) => {
                    let new = pair.new.name(new);
                    format!(
                        "write `{}` in `{new}` if that is its name now, or else `{}`",
                        write.was(),
                        write.migrate(next.unwrap_or(new))
                    )
                }
                (None, Some(next)) => {
                    format!("write where they go, such as `{}`", write.migrate(next))
                }
                (None, None) => "write in `migrate` where they go".to_owned(),
            };
            format!("tickets in `{name}`, which is gone, are stranded: {lines}")
        }
    }
}

/// The lines to write of a state that is gone.
struct Lines<'n> {
    syntax: Syntax,
    name: &'n str,
}

impl Lines<'_> {
    fn was(&self) -> String {
        match self.syntax {
            Syntax::Toml => format!("was = [{}]", self.spelt(self.name)),
            _ => format!("was: [{}]", self.spelt(self.name)),
        }
    }

    fn migrate(&self, to: &str) -> String {
        let (from, to) = (self.spelt(self.name), self.spelt(to));
        match self.syntax {
            Syntax::Toml => format!("migrate = {{ {from} = {to} }}"),
            _ => format!("migrate: {{ {from}: {to} }}"),
        }
    }

    /// A name as the file has it: in quotes, but where it needs none.
    fn spelt(&self, name: &str) -> String {
        let may_stand = |c: char| c.is_ascii_alphanumeric() || c == ' ';
        let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.ends_with(|c: char| c.is_ascii_alphanumeric())
            && name.chars().all(may_stand);
        // Words that some reader of YAML takes for something else.
        let is_word = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
            .contains(&name.to_ascii_lowercase().as_str());
        match is_plain && !is_word && self.syntax != Syntax::Toml {
            true => name.to_owned(),
            false => serde_json::Value::from(name).to_string(),
        }
    }
}
