//! Who may use whom. The table is the architecture; this test is what keeps it true.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Each part of the library, and the parts that it may name.
const LAYERS: &[(&str, &[&str])] = &[
    ("source", &["limits"]),
    ("invisible", &[]),
    ("suggest", &["invisible"]),
    ("limits", &[]),
    ("line_diff", &[]),
    ("hashing", &[]),
    ("diagnostic", &["source"]),
    ("node", &["source", "invisible"]),
    ("language", &["hashing", "source", "node"]),
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
        &[
            "hashing",
            "source",
            "diagnostic",
            "suggest",
            "node",
            "language",
        ],
    ),
    (
        "model",
        &[
            "hashing",
            "source",
            "diagnostic",
            "suggest",
            "node",
            "language",
            "fields",
        ],
    ),
    (
        "write",
        &["source", "invisible", "node", "language", "syntax", "model"],
    ),
    (
        "fix",
        &[
            "source",
            "diagnostic",
            "invisible",
            "node",
            "syntax",
            "language",
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
            "language",
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
            "language",
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
            "language",
            "model",
            "graph",
            "rules",
            "write",
            "report",
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
            "invisible",
            "model",
            "graph",
        ],
    ),
    ("stale_output", &["source", "diagnostic"]),
    (
        "report",
        &["source", "diagnostic", "suggest", "invisible", "line_diff"],
    ),
    ("why", &["suggest", "model", "graph", "report"]),
    (
        "changes",
        &[
            "hashing",
            "source",
            "diagnostic",
            "suggest",
            "node",
            "syntax",
            "language",
            "model",
            "graph",
            "report",
            "diagrams",
        ],
    ),
    ("schema", &["language", "expect", "targets", "config"]),
    (
        "format",
        &[
            "source",
            "diagnostic",
            "node",
            "syntax",
            "language",
            "expect",
            "fix",
            "silencing",
        ],
    ),
    (
        "editor",
        &[
            "hashing",
            "source",
            "diagnostic",
            "line_diff",
            "suggest",
            "node",
            "syntax",
            "language",
            "model",
            "graph",
            "expect",
            "fix",
            "silencing",
            "targets",
            "schema",
            "compile",
            "why",
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
            "changes",
            "rules",
            "expect",
            "projects",
            "targets",
            "aliases",
            "silencing",
            "stale_output",
        ],
    ),
    (
        "live",
        &[
            "hashing",
            "limits",
            "source",
            "diagnostic",
            "node",
            "syntax",
            "rules",
            "changes",
            "compile",
            "targets",
            "write",
            "import",
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

/// A module by the names that lead to it from the root, such as `["rules", "dead_ends"]`.
type Module = Vec<String>;

/// Every module of the library and the program but for tests, with the modules that it names. The names
/// of what a folder contains, in the folder's own file, are a list of it; what a file takes from the
/// folder that it is in is not counted.
fn arrows() -> BTreeMap<Module, BTreeSet<Module>> {
    let source = crate::common::root().join("src");
    let mut texts: BTreeMap<Module, String> = BTreeMap::new();
    for path in crate::common::files_below(&source, "rs") {
        let name = path.strip_prefix(&source).expect("below src");
        let name = name.to_string_lossy().replace('\\', "/");
        if !is_test(&name) && !["lib.rs", "main.rs"].contains(&name.as_str()) {
            let name = name.trim_end_matches(".rs").trim_end_matches("/mod");
            let module = name.split('/').map(str::to_owned).collect();
            texts.insert(module, fs::read_to_string(&path).expect("readable"));
        }
    }
    let modules: BTreeSet<Module> = texts.keys().cloned().collect();
    let named = |(module, text): (Module, String)| {
        let mut named: BTreeSet<Module> = paths(&module, &text)
            .into_iter()
            .filter_map(|path| {
                let mut ends = (1..=path.len()).rev();
                ends.find_map(|end| modules.get(&path[..end]).cloned())
            })
            .collect();
        let inside = modules
            .iter()
            .filter(|m| m.split_last().is_some_and(|(_, above)| above == module));
        named.extend(inside.cloned());
        named.retain(|named| !module.starts_with(named));
        (module, named)
    };
    texts.into_iter().map(named).collect()
}

/// The paths that the text of a module names, from the root, its unit tests left out.
fn paths(module: &[String], text: &str) -> Vec<Module> {
    let code = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or(text);
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    for start in ["crate::", "super::", "self::", "statewright::"] {
        let is_start =
            |at: &usize| !code[..*at].ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c));
        let is_known = start != "statewright::" || module[0] == "cli";
        for at in code
            .match_indices(start)
            .map(|(at, _)| at)
            .filter(|at| is_known && is_start(at))
        {
            for path in expanded(&code[at..]).0 {
                let supers = path.iter().take_while(|word| **word == "super").count();
                let base = match path[0] {
                    "super" => &module[..module.len() - supers],
                    "self" => module,
                    _ => &[],
                };
                let rest = path[supers.max(1)..].iter().map(|word| (*word).to_owned());
                found.push(base.iter().cloned().chain(rest).collect());
            }
        }
    }
    found
}

/// The paths at the start of `rest`: of `a::{b, c::d}` they are `a::b` and `a::c::d`. And what follows.
fn expanded(rest: &str) -> (Vec<Vec<&str>>, &str) {
    let end = rest
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    let (mut paths, after) = match after.strip_prefix("::") {
        None => (vec![Vec::new()], after),
        Some(after) => match after.strip_prefix('{') {
            None => expanded(after),
            Some(mut after) => {
                let mut all = Vec::new();
                while !after.is_empty() && !after.starts_with(['}', ';']) {
                    let (paths, left) = expanded(after);
                    all.extend(paths);
                    after =
                        left.trim_start_matches(|c: char| c.is_whitespace() || ",*".contains(c));
                }
                (all, after.strip_prefix('}').unwrap_or(after))
            }
        },
    };
    paths.iter_mut().for_each(|path| path.insert(0, word));
    (paths, after)
}

/// The arrows that are left where whoever uses nothing more, and whoever nobody uses, is taken away
/// again and again: those of circles, and between them.
fn circles<T: Ord + Clone + std::fmt::Debug>(mut arrows: BTreeMap<T, BTreeSet<T>>) -> Vec<String> {
    loop {
        let before = arrows.len();
        let used: BTreeSet<T> = arrows.values().flatten().cloned().collect();
        arrows.retain(|from, to| used.contains(from) && !to.is_empty());
        let left: BTreeSet<T> = arrows.keys().cloned().collect();
        arrows
            .values_mut()
            .for_each(|to| to.retain(|to| left.contains(to)));
        if arrows.len() == before {
            return arrows
                .iter()
                .map(|(from, to)| format!("{from:?} uses {to:?}"))
                .collect();
        }
    }
}

/// The rooms of the program, the lowest first.
const ROOMS: &[&str] = &["io", "arguments", "discovery", "session", "commands"];

/// On which floor of the program a module lies; the program itself is above all of them.
fn floor(module: &[String]) -> usize {
    let room = module.get(1).map_or("", String::as_str);
    let is_room = |name: &&str| **name == *room;
    ROOMS.iter().position(is_room).unwrap_or(ROOMS.len())
}

#[test]
fn each_part_uses_only_what_lies_below_it() {
    let table: BTreeMap<&str, &[&str]> = LAYERS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (module, named) in arrows() {
        // The program uses the library from outside.
        if module[0] == "cli" {
            let own = named.iter().filter(|used| used[0] == "cli");
            let is_above = |used: &&Module| floor(&module) < floor(used);
            wrong.extend(
                own.filter(is_above)
                    .map(|used| format!("{module:?} uses {used:?}")),
            );
            continue;
        }
        let allowed = table
            .get(module[0].as_str())
            .unwrap_or_else(|| panic!("no layer `{}`", module[0]));
        for used in named {
            if used[0] != module[0] && !allowed.contains(&used[0].as_str()) {
                wrong.push(format!("{module:?} uses {used:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_part_lies_below_itself() {
    let below = |(part, below): &(_, &[_])| (*part, below.iter().copied().collect());
    let wrong = circles::<&str>(LAYERS.iter().map(below).collect());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let arrows = arrows();
    assert!(arrows.len() > 250 && arrows.values().map(BTreeSet::len).sum::<usize>() > 1000);
    let wrong = circles(arrows);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_circle_is_found_through_every_kind_of_path() {
    let module = |name: &str| -> Module { name.split('/').map(str::to_owned).collect() };
    let text = "use crate::a::{b, c::{D, E as F}};\nuse super::super::g;\nself::h();\n// crate::no";
    let found = paths(&module("x/y"), text);
    let wanted = ["a/b", "a/c/D", "a/c/E", "g", "x/y/h"].map(module);
    assert!(wanted.iter().all(|path| found.contains(path)), "{found:?}");
    assert!(!found.contains(&module("no")));
    let uses = |to: &[&'static str]| to.iter().copied().collect::<BTreeSet<_>>();
    let open = [
        ("a", uses(&["b", "c"])),
        ("b", uses(&["c"])),
        ("c", uses(&[])),
    ];
    assert_eq!(circles(BTreeMap::from(open)), Vec::<String>::new());
    let closed = [
        ("a", uses(&["b"])),
        ("b", uses(&["c"])),
        ("c", uses(&["b"])),
    ];
    let names = ["\"b\" uses {\"c\"}", "\"c\" uses {\"b\"}"];
    assert_eq!(circles(BTreeMap::from(closed)), names);
}

/// Which part a file below `src` belongs to, by its first folder or its name.
fn part(path: &str) -> String {
    let first = path.split('/').next().unwrap_or(path);
    first.trim_end_matches(".rs").to_owned()
}

fn is_test(name: &str) -> bool {
    name.contains("/tests/")
        || ["tests.rs", "testing.rs", "oracle.rs"]
            .iter()
            .any(|end| name.ends_with(end))
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
        // They write into memory, by the trait of the standard library that the writers of serde and
        // png take.
        if ["report/disarming.rs", "diagrams/png/paint.rs"].contains(&&*name) {
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
