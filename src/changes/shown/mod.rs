//! Changes to text: one file a format.

pub mod human;
pub mod json;
pub mod markdown;
pub mod short;

use super::{Difference, Workflows};
use crate::report::{Sources, in_line};
use crate::source::{Source, Span, Syntax};

use super::words::{sentence, sentence_in, sign};

/// What is to be shown: all workflows of two versions.
pub struct Shown<'s> {
    /// The sources of both versions.
    pub sources: Sources<'s>,
    /// The files of the old version, as [`Workflows`] numbers them.
    pub old: Vec<&'s Source>,
    /// Those of the new version.
    pub new: Vec<&'s Source>,
    /// Which hold the same workflow.
    pub workflows: &'s Workflows,
    /// What differs, for each of [`Workflows::pairs`].
    pub differences: &'s [Option<Difference<'s>>],
    /// The identifiers of [`Workflows::removed`] and [`Workflows::added`].
    pub identifiers: (Vec<&'s str>, Vec<&'s str>),
    /// How many workflows more there are that say the same byte for byte.
    pub unchanged: usize,
    /// Files of either version of which not everything could be read, by their names.
    pub unread: &'s [String],
    /// The product whose answer the old version is, if it is one.
    pub live: Option<&'static str>,
    /// What else could not be compared, a sentence each.
    pub uncompared: &'s [String],
    /// What is to be told of tickets, a sentence each.
    pub tickets: Vec<String>,
}

/// That a part of this file could not be read, and what was compared all the same.
pub fn read_in_part(name: &str) -> String {
    format!("compared as far as it could be read, so that not all is told: `{name}`")
}

impl<'s> Shown<'s> {
    /// The workflows that differ, with their new files.
    pub fn differing(&self) -> impl Iterator<Item = (&'s Source, &'s Difference<'s>)> {
        let both = self.workflows.pairs.iter().zip(self.differences);
        let differing = both.filter_map(|((_, new), difference)| {
            let difference = difference.as_ref()?;
            (!difference.is_empty()).then_some((self.new[*new], difference))
        });
        differing.collect::<Vec<_>>().into_iter()
    }

    /// Whether anything differs.
    pub fn differ(&self) -> bool {
        let Workflows { removed, added, .. } = self.workflows;
        !removed.is_empty() || !added.is_empty() || self.differing().next().is_some()
    }

    /// The workflows that are only in one version, the old one's first: a sign, the file and the
    /// identifier.
    pub fn only_in_one(&self) -> Vec<(char, &'s Source, &'s str)> {
        let (gone, there) = &self.identifiers;
        let gone = self.workflows.removed.iter().zip(gone);
        let gone = gone.map(|(index, name)| ('-', self.old[*index], *name));
        let there = self.workflows.added.iter().zip(there);
        gone.chain(there.map(|(index, name)| ('+', self.new[*index], *name)))
            .collect()
    }

    /// What could not be compared, a sentence each.
    pub fn gaps(&self) -> Vec<String> {
        let repeated = |indexes: &[usize], files: &[&Source], when: &str| {
            let names: Vec<String> = indexes
                .iter()
                .map(|index| format!("`{}`", files[*index].name()))
                .collect();
            (!names.is_empty()).then(|| {
                format!(
                    "not compared, because {when} share identifiers: {}",
                    names.join(", ")
                )
            })
        };
        let mut gaps = self.uncompared.to_vec();
        let (old, new) = &self.workflows.repeated;
        gaps.extend(repeated(old, &self.old, "old files"));
        gaps.extend(repeated(new, &self.new, "new files"));
        for (old, new) in &self.workflows.unread {
            let name = match (old, new) {
                (_, Some(index)) => self.new[*index].name(),
                (Some(index), None) => self.old[*index].name(),
                (None, None) => continue,
            };
            gaps.push(format!(
                "not compared, because no workflow could be read: `{name}`"
            ));
        }
        let partly = self.unread.iter();
        gaps.extend(partly.map(|name| read_in_part(name)));
        gaps
    }

    /// In which syntax the new version of a workflow is.
    fn syntax(&self, difference: &Difference) -> Syntax {
        let source = self
            .sources
            .get(difference.pair.new.workflow().place.source);
        source.map_or(Syntax::Yaml, Source::syntax)
    }

    /// How often something is new, gone and otherwise.
    pub fn counts(&self) -> [usize; 3] {
        let mut counts = [self.workflows.added.len(), self.workflows.removed.len(), 0];
        for (_, difference) in self.differing() {
            for change in &difference.changes {
                counts[match sign(&change.what) {
                    '+' => 0,
                    '-' => 1,
                    _ => 2,
                }] += 1;
            }
        }
        counts
    }

    /// One line about all of it.
    pub fn summary(&self) -> String {
        let [added, removed, changed] = self.counts();
        let compared = self.workflows.pairs.len() + self.unchanged;
        let differing =
            self.differing().count() + self.workflows.removed.len() + self.workflows.added.len();
        // What was not looked at may have changed.
        if differing == 0 && !self.gaps().is_empty() {
            return match compared {
                0 => "nothing was compared".to_owned(),
                _ => "no change was found in what could be compared".to_owned(),
            };
        }
        if let Some(product) = self.live.filter(|_| differing == 0) {
            return match compared {
                1 => format!("1 workflow is in {product} as its files have it"),
                _ => format!("{compared} workflows are in {product} as their files have them"),
            };
        }
        if differing == 0 {
            return match compared {
                1 => "nothing changed in 1 workflow".to_owned(),
                _ => format!("nothing changed in {compared} workflows"),
            };
        }
        let of = match (differing, self.live) {
            (1, None) => "1 workflow differs".to_owned(),
            (_, None) => format!("{differing} workflows differ"),
            (1, Some(product)) => format!("1 workflow is not in {product} as its files have it"),
            (_, Some(product)) => {
                format!("{differing} workflows are not in {product} as their files have them")
            }
        };
        let parts = [(added, "new"), (removed, "gone"), (changed, "changed")];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        format!("{of}: {}", parts.join(", "))
    }

    /// A place as a list shows it: the name of its file and the line.
    pub fn place(&self, span: Span) -> Option<String> {
        let (file, line, _) = self.position(span)?;
        Some(format!("{file}:{line}"))
    }

    /// Where a place is, from 1: the name of its file, the line and the column.
    fn position(&self, span: Span) -> Option<(&'s str, u32, u32)> {
        let source = self.sources.get(span.source)?;
        let position = source.position(span.start);
        Some((source.name(), position.line, position.column))
    }
}

/// A name as one line of text shows it.
fn plain(text: &str) -> String {
    in_line(text).to_string()
}
