//! Which findings are gone, and not only not looked for.

use std::collections::{HashMap, HashSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use statewright::baseline::{Baseline, Known};
use statewright::compile::Compilation;
use statewright::diagnostic::{Blocks, Code, Diagnostic, Group, Level};
use statewright::projects;
use statewright::targets::{self, target_collisions};

use super::names::{folder, whole};
use super::{List, Run};

/// What several files together were asked, in a whole run.
pub(super) struct Together {
    /// Whether all of them could be looked at.
    is_readable: bool,
    /// Whether all of them could be held against products.
    is_checked: bool,
    /// The folders that were looked through; none where something could not be read, because then a
    /// file may be there and not be seen.
    walked: HashSet<PathBuf>,
}

impl Together {
    pub(super) fn of(run: &Run<'_>) -> Self {
        let everything = run.has_read_all();
        let compilations = &run.compilations;
        let walked = run.found.folders.iter().filter(|_| everything);
        Together {
            walked: walked.map(|folder| whole(folder)).collect(),
            is_readable: everything && !compilations.iter().any(is_unread),
            is_checked: everything && !compilations.iter().any(Compilation::has_errors),
        }
    }
}

/// Whether a mistake hides others.
fn is_unread(compilation: &Compilation) -> bool {
    let mut diagnostics = compilation.diagnostics.iter();
    diagnostics.any(|diagnostic| diagnostic.blocks() == Blocks::Everything)
}

/// Tells of which findings a run says that they are gone.
pub(super) struct Told<'a> {
    run: &'a Run<'a>,
    together: &'a Together,
    /// The numbers of the files that are held against the baseline, by what that calls them.
    files: HashMap<String, usize>,
    /// Those among them of which not everything could be looked at.
    unread: HashSet<usize>,
    /// The listed files that are no longer there.
    missing: HashSet<String>,
    /// Whether the run has looked at everything below the baseline's folder.
    is_whole: bool,
}

impl<'a> Told<'a> {
    pub(super) fn of(
        run: &'a Run<'a>,
        together: &'a Together,
        list: &List<'_>,
        baseline: &Baseline,
    ) -> Self {
        let names = run.names(list).into_iter();
        let files: HashMap<String, usize> = names.zip(list.files.iter().copied()).collect();
        let unread = list.files.iter().copied();
        let unread = unread.filter(|&number| is_unread(&run.compilations[number]));
        let folder = folder(&list.path);
        let mut told = Told {
            run,
            together,
            unread: unread.collect(),
            missing: HashSet::new(),
            is_whole: false,
            files,
        };
        let walked = &together.walked;
        told.is_whole = folder.ancestors().any(|above| walked.contains(above));
        let listed: HashSet<&str> = baseline.known().iter().map(|k| &*k.file).collect();
        let others = listed.into_iter().filter(|f| !told.files.contains_key(*f));
        let missing = others.filter(|file| is_missing(&folder.join(file), walked));
        told.missing = missing.map(str::to_owned).collect();
        told
    }

    /// Whether a finding is about several workflows, all of which it names, and the run may have looked at
    /// some of them only. Where it does not name them, one more would not be seen.
    pub(super) fn is_part(&self, found: &Diagnostic) -> bool {
        !self.is_whole && projects::name_workflows(found.code)
    }

    /// Whether the run looked for what is listed, or its file is gone.
    pub(super) fn was_looked_for(&self, known: &Known) -> bool {
        let found = self.run.found;
        let Some(&number) = self.files.get(&known.file) else {
            return found.is_everything() && self.missing.contains(&known.file);
        };
        let Some(code) = known.code.filter(|_| found.is_named(number)) else {
            return false;
        };
        !self.unread.contains(&number) && self.group_told(code, known, number)
    }

    fn group_told(&self, code: &Code, known: &Known, number: usize) -> bool {
        let compilation = &self.run.compilations[number];
        let is_on = self.run.options[number].levels.of(code) != Level::Allow;
        match code.group {
            // A draft that is no part of the project may be the other half.
            Group::Projects => {
                is_on
                    && self.is_whole
                    && self.together.is_readable
                    && self.run.found.is_everything()
            }
            Group::Targets if *code == target_collisions::CODE => {
                self.is_whole && self.together.is_checked && self.products_told(code, known, number)
            }
            Group::Targets => !compilation.has_errors() && self.products_told(code, known, number),
            Group::Upkeep => is_on && !compilation.has_errors(),
            _ => is_on,
        }
    }

    /// Whether the file was held against the products that a finding names, and its code is on there.
    fn products_told(&self, code: &Code, known: &Known, number: usize) -> bool {
        let compilation = &self.run.compilations[number];
        let options = &self.run.options[number];
        let products: Vec<_> = known
            .names
            .iter()
            .filter_map(|n| targets::find(n))
            .collect();
        let is_on = |target| options.levels.of_target(code, target) != Level::Allow;
        match products.as_slice() {
            [] => options.levels.of(code) != Level::Allow,
            all => all.iter().all(|product| {
                compilation.is_held_against(product, options) && is_on(product.name)
            }),
        }
    }
}

/// Whether a file is no longer below one of the folders that were `walked`. Nobody asks for what is
/// elsewhere, also not where links lead.
fn is_missing(path: &Path, walked: &HashSet<PathBuf>) -> bool {
    let path = whole(path);
    let Some(above) = path
        .ancestors()
        .skip(1)
        .find(|above| walked.contains(*above))
    else {
        return false;
    };
    let mut there = above.to_owned();
    for part in path.strip_prefix(above).into_iter().flatten() {
        if there != above && !there.symlink_metadata().is_ok_and(|found| found.is_dir()) {
            // What lies behind a link is not looked at.
            return !there.is_symlink();
        }
        there.push(part);
    }
    let found = there.symlink_metadata();
    found.is_err_and(|error| error.kind() == ErrorKind::NotFound)
}
