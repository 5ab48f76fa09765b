//! What a baseline calls a file: its path from the baseline's folder, wherever the program runs.

use std::path::{Component, Path, PathBuf};

/// The folder that the file at `path` stands in.
pub(super) fn folder(path: &Path) -> PathBuf {
    let whole = whole(path);
    whole.parent().unwrap_or(&whole).to_owned()
}

/// The path to `file` from `folder`, with `/`; `None` where there is none, as from drive to drive.
pub(super) fn from_folder(folder: &Path, file: &Path) -> Option<String> {
    let file = whole(file);
    let shared = folder.ancestors().find(|above| file.starts_with(above))?;
    let up = folder.strip_prefix(shared).ok()?.components().count();
    let down = file.strip_prefix(shared).ok()?;
    let down = down.iter().map(|part| part.to_string_lossy());
    let parts: Vec<_> = std::iter::repeat_n("..".into(), up).chain(down).collect();
    Some(parts.join("/"))
}

/// The path from the root, without `..`.
pub(super) fn whole(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut whole = PathBuf::new();
    for part in path.components() {
        match part {
            // Above the root there is nothing else.
            Component::ParentDir => _ = whole.pop(),
            part => whole.push(part),
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_name_from_wherever_the_program_runs() {
        let name =
            |baseline: &str, file: &str| from_folder(&folder(Path::new(baseline)), Path::new(file));
        for (baseline, file, expected) in [
            ("list.toml", "a.yaml", "a.yaml"),
            ("list.toml", "desk/a.yaml", "desk/a.yaml"),
            ("ci/list.toml", "desk/a.yaml", "../desk/a.yaml"),
            ("ci/deep/list.toml", "a.yaml", "../../a.yaml"),
            ("desk/../list.toml", "./desk/a.yaml", "desk/a.yaml"),
            ("ci/list.toml", "ci/../ci/a.yaml", "a.yaml"),
        ] {
            assert_eq!(
                name(baseline, file).as_deref(),
                Some(expected),
                "{baseline} {file}"
            );
        }
    }
}
