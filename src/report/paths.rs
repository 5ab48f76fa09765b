//! Where paths count from that programs read: CI systems compare them with the names in a
//! repository, wherever in it this program was started.

/// The folder that paths are told from, and the one that names count from as they are given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    here: String,
    roots: Vec<String>,
}

impl Paths {
    /// Paths from `roots`, of which all are names of one folder, told of names that count from
    /// `here`. Both are whole paths.
    pub fn new(here: &str, roots: impl IntoIterator<Item = String>) -> Self {
        let whole = |path: &str| parts(&slashed(path)).join("/");
        Paths {
            here: whole(here),
            roots: roots.into_iter().map(|root| whole(&root)).collect(),
        }
    }

    /// The file's name as a path from the root, with `/` between folders; as it is where the file
    /// lies outside, or is standard input.
    pub(super) fn of(&self, name: &str) -> String {
        let given = path(name);
        if given.starts_with('<') && given.ends_with('>') {
            return given;
        }
        let whole = match is_whole(&given) {
            true => parts(&given).join("/"),
            false => parts(&format!("{}/{given}", self.here)).join("/"),
        };
        let within = |root: &String| whole.strip_prefix(root)?.strip_prefix('/');
        self.roots
            .iter()
            .find_map(within)
            .map_or(given, str::to_owned)
    }
}

/// The parts of a whole path, without those that lead nowhere or back.
fn parts(path: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            // The first stands before the first `/`.
            "" if !parts.is_empty() => {}
            ".." if parts.len() > 1 => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts
}

/// Whether a path counts from nowhere.
pub(super) fn is_whole(path: &str) -> bool {
    path.starts_with('/') || has_drive(path)
}

/// Whether a path begins with the letter of a drive.
pub(super) fn has_drive(path: &str) -> bool {
    path.as_bytes().get(1) == Some(&b':') && std::path::MAIN_SEPARATOR == '\\'
}

fn slashed(path: &str) -> String {
    match std::path::MAIN_SEPARATOR {
        '\\' => path.replace('\\', "/"),
        _ => path.to_owned(),
    }
}

/// A file's name as a path from where it counts from, with `/` between folders.
pub(super) fn path(name: &str) -> String {
    let name = slashed(name);
    let mut path = name.as_str();
    while let Some(rest) = path.strip_prefix("./").filter(|rest| !rest.is_empty()) {
        path = rest.trim_start_matches('/');
    }
    path.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_count_from_the_root_wherever_the_program_was_started() {
        let paths = Paths::new("/home/r/desks", ["/link".to_owned(), "/home/r/".to_owned()]);
        for (name, told) in [
            ("x.yaml", "desks/x.yaml"),
            ("./deep/x.yaml", "desks/deep/x.yaml"),
            ("../x.yaml", "x.yaml"),
            (".././flows//x.yaml", "flows/x.yaml"),
            ("deep/../x.yaml", "desks/x.yaml"),
            ("/home/r/desks/x.yaml", "desks/x.yaml"),
            ("/link/x.yaml", "x.yaml"),
            // What lies outside, and what is no file.
            ("../../x.yaml", "../../x.yaml"),
            ("../../../../../x.yaml", "../../../../../x.yaml"),
            ("/home/rest/x.yaml", "/home/rest/x.yaml"),
            ("<stdin>", "<stdin>"),
        ] {
            assert_eq!(paths.of(name), told, "{name}");
        }
        let whole = Paths::new("/", ["/".to_owned()]);
        assert_eq!(whole.of("x.yaml"), "x.yaml");
    }
}
