//! What `SECURITY.md` promises is held by tests that are there.

use std::fs;
use std::path::Path;

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The code of the library and the program, without its tests, by its path from `src`.
fn code() -> Vec<(String, String)> {
    let folder = crate::common::root().join("src");
    let files = crate::common::files_below(&folder, "rs").into_iter();
    let named = files.map(|path| {
        let name = path.strip_prefix(&folder).expect("below").to_string_lossy();
        (name.replace('\\', "/"), read(&path))
    });
    let code: Vec<(String, String)> = named.filter(|(name, _)| !name.contains("tests")).collect();
    assert!(code.len() > 100);
    code
}

#[test]
fn every_promise_names_tests_that_are_there() {
    let text = read(&crate::common::root().join("SECURITY.md"));
    let rows: Vec<&str> = text.lines().filter(|line| line.ends_with("` |")).collect();
    assert!(rows.len() >= 10, "{rows:?}");
    for row in rows {
        let names = row.split('`').filter_map(|part| part.split_once(".rs::"));
        let names: Vec<(&str, &str)> = names.collect();
        assert!(!names.is_empty(), "no test: {row}");
        for (file, name) in names {
            let code = read(&crate::common::root().join(format!("{file}.rs")));
            let test = format!("#[test]\nfn {name}(");
            let inner = format!("#[test]\n    fn {name}(");
            assert!(
                code.contains(&test) || code.contains(&inner),
                "{file}.rs has no test {name}"
            );
        }
    }
}

#[test]
fn only_preview_listens_and_only_graphviz_and_git_are_started() {
    let mut starts = Vec::new();
    for (name, code) in code() {
        for word in ["std::net", "net::", "TcpStream", "UdpSocket", "UnixStream"] {
            let is_preview = name == "cli/commands/preview.rs";
            assert!(is_preview || !code.contains(word), "{name}: {word}");
        }
        for word in ["TcpStream::connect", "UNSPECIFIED", "0, 0, 0, 0"] {
            assert!(!code.contains(word), "{name}: {word}");
        }
        let of_processes = code.contains("Command::new") || code.contains("process::Command");
        if of_processes {
            starts.push(name);
        }
    }
    assert_eq!(
        starts,
        ["cli/commands/diagram/graphviz.rs", "cli/io/git.rs"]
    );
}

#[test]
fn no_code_is_unsafe() {
    for (root, _) in code()
        .iter()
        .filter(|(name, _)| matches!(name.as_str(), "lib.rs" | "main.rs"))
    {
        let code = read(&crate::common::root().join("src").join(root));
        assert!(code.contains("#![forbid(unsafe_code)]"), "{root}");
    }
}
