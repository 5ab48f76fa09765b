//! Who may use whom. The table is the architecture; this test is what keeps it true.

use std::collections::BTreeMap;
use std::fs;

/// Each part of the library, and the parts that it may name.
const LAYERS: &[(&str, &[&str])] = &[
    ("source", &["limits"]),
    ("invisible", &[]),
    ("suggest", &["invisible"]),
    ("limits", &[]),
    ("hashing", &[]),
    ("diagnostic", &["source"]),
    ("node", &["source"]),
    (
        "aliases",
        &["hashing", "source", "diagnostic", "node", "fields"],
    ),
    (
        "syntax",
        &[
            "limits",
            "hashing",
            "source",
            "diagnostic",
            "suggest",
            "node",
            "invisible",
        ],
    ),
    (
        "fields",
        &["hashing", "source", "diagnostic", "suggest", "node"],
    ),
    (
        "model",
        &[
            "hashing",
            "source",
            "diagnostic",
            "suggest",
            "node",
            "fields",
        ],
    ),
    ("write", &["source", "node", "syntax", "model"]),
    (
        "fix",
        &[
            "source",
            "diagnostic",
            "invisible",
            "node",
            "syntax",
            "model",
            "graph",
        ],
    ),
    (
        "silencing",
        &["source", "diagnostic", "suggest", "node", "syntax", "fix"],
    ),
    ("graph", &["hashing", "source", "suggest", "model"]),
    (
        "rules",
        &[
            "hashing",
            "source",
            "diagnostic",
            "suggest",
            "node",
            "model",
            "graph",
        ],
    ),
    (
        "expect",
        &[
            "hashing",
            "source",
            "diagnostic",
            "suggest",
            "model",
            "graph",
            "rules",
        ],
    ),
    (
        "projects",
        &["hashing", "source", "diagnostic", "suggest", "model"],
    ),
    (
        "targets",
        &[
            "hashing",
            "source",
            "diagnostic",
            "suggest",
            "node",
            "fields",
            "model",
            "graph",
            "rules",
            "write",
        ],
    ),
    (
        "diagrams",
        &[
            "hashing",
            "limits",
            "source",
            "diagnostic",
            "suggest",
            "model",
            "graph",
        ],
    ),
    ("stale_output", &["source", "diagnostic"]),
    ("report", &["source", "diagnostic", "suggest", "invisible"]),
    ("why", &["suggest", "model", "graph", "report"]),
    ("schema", &["model", "targets", "config"]),
    (
        "format",
        &[
            "source",
            "diagnostic",
            "node",
            "syntax",
            "model",
            "fix",
            "silencing",
        ],
    ),
    (
        "baseline",
        &[
            "source",
            "diagnostic",
            "suggest",
            "invisible",
            "node",
            "fields",
            "syntax",
            "silencing",
            "compile",
        ],
    ),
    (
        "config",
        &[
            "limits",
            "source",
            "diagnostic",
            "suggest",
            "node",
            "fields",
            "syntax",
            "silencing",
            "targets",
            "compile",
            "baseline", // the name that one usually has
        ],
    ),
    (
        "support",
        &[
            "source",
            "diagnostic",
            "syntax",
            "model",
            "graph",
            "rules",
            "targets",
        ],
    ),
    (
        "compile",
        &[
            "fix",
            "hashing",
            "source",
            "diagnostic",
            "syntax",
            "fields",
            "node",
            "model",
            "graph",
            "rules",
            "expect",
            "projects",
            "targets",
            "aliases",
            "silencing",
            "baseline", // its codes are among all
            "stale_output",
        ],
    ),
    (
        "import",
        &[
            "hashing",
            "limits",
            "source",
            "diagnostic",
            "node",
            "syntax",
            "fields",
            "model",
            "rules",
            "compile",
            "targets",
            "write",
        ],
    ),
];

/// Which part a file below `src` belongs to, by its first folder or its name.
fn part(path: &str) -> String {
    let first = path.split('/').next().unwrap_or(path);
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn each_part_uses_only_what_lies_below_it() {
    let table: BTreeMap<&str, &[&str]> = LAYERS.iter().copied().collect();
    let source = crate::common::root().join("src");
    let mut wrong = Vec::new();
    for path in crate::common::files_below(&source, "rs") {
        let name = path
            .strip_prefix(&source)
            .expect("below src")
            .to_string_lossy()
            .replace('\\', "/");
        let part = part(&name);
        // The program uses the library from outside, and its front page shows all of it.
        if ["main", "cli", "lib"].contains(&part.as_str()) || is_test(&name) {
            continue;
        }
        let allowed = table
            .get(part.as_str())
            .unwrap_or_else(|| panic!("src/{name}: no layer `{part}`"));
        let text = fs::read_to_string(&path).expect("readable");
        for used in uses(&text) {
            if used != part && !allowed.contains(&used.as_str()) {
                wrong.push(format!("src/{name} uses crate::{used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn is_test(name: &str) -> bool {
    name.contains("/tests/")
        || ["tests.rs", "testing.rs", "oracle.rs"]
            .iter()
            .any(|end| name.ends_with(end))
}

/// The parts that a file names, its unit tests left out.
fn uses(text: &str) -> Vec<String> {
    let code = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or(text);
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n");
    let word = |rest: &str| {
        rest.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    let mut found = Vec::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(group) => found.extend(grouped(group)),
            None => found.push(word(rest)),
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

/// The first words of `{a, b::c, d::{e, f}}`, after its opening brace.
fn grouped(group: &str) -> Vec<String> {
    let (mut depth, mut words, mut word) = (0, Vec::new(), String::new());
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => words.push(std::mem::take(&mut word)),
            _ if depth == 0 => word.push(c),
            _ => {}
        }
    }
    words.push(word);
    words
        .iter()
        .map(|w| w.trim().split("::").next().unwrap_or("").to_owned())
        .collect()
}

#[test]
fn only_one_file_knows_miette() {
    let knows = |path: &std::path::PathBuf| {
        fs::read_to_string(path).is_ok_and(|text| text.contains("miette::"))
    };
    let files: Vec<_> = crate::common::files_below(&crate::common::root().join("src"), "rs")
        .into_iter()
        .filter(knows)
        .collect();
    let names: Vec<_> = files
        .iter()
        .map(|f| {
            f.file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    assert!(names.iter().all(|n| n == "human.rs"), "{names:?}");
}

#[test]
fn only_the_program_touches_the_outside() {
    const OUTSIDE: &[&str] = &[
        "std::fs",
        "std::env",
        "std::io",
        "std::process",
        "println!",
        "eprintln!",
    ];
    let source = crate::common::root().join("src");
    for path in crate::common::files_below(&source, "rs") {
        let name = path
            .strip_prefix(&source)
            .expect("below src")
            .to_string_lossy()
            .into_owned();
        if part(&name) == "cli" || part(&name) == "main" || is_test(&name) {
            continue;
        }
        // It writes into a text, by the trait of the standard library that serde's writers take.
        if name == "report/disarming.rs" {
            continue;
        }
        let text = fs::read_to_string(&path).expect("readable");
        let code = text.split("#[cfg(test)]").next().unwrap_or("");
        for word in OUTSIDE {
            assert!(!code.contains(word), "src/{name} has {word}");
        }
    }
}

#[test]
fn every_path_that_the_map_of_the_house_names_is_there() {
    let root = crate::common::root();
    let text = fs::read_to_string(root.join("ARCHITECTURE.md")).expect("readable");
    let roots = ["src/", "tests/", "fuzz/", "benches/", "examples/"];
    let is_path = |name: &&str| roots.iter().any(|r| name.starts_with(r)) && !name.contains('*');
    let named: Vec<&str> = text.split('`').skip(1).step_by(2).filter(is_path).collect();
    assert!(named.len() > 40, "{named:?}");
    let gone: Vec<&&str> = named.iter().filter(|n| !root.join(n).exists()).collect();
    assert!(gone.is_empty(), "ARCHITECTURE.md: {gone:?}");
}
