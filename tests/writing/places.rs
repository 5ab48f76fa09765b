//! Where files are written: through links, with the mode that they had, and never outside of the
//! folder that was named.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use super::{Folder, all_files, leftovers, workflow};

const BUILD: [&str; 7] = ["build", ".", "--target", "all", "--out", "out", "--quiet"];
const MADE: &str = "out/a.incident-iq.steps.json";

fn one() -> Folder {
    Folder::with(&[("a.workflow.yaml", &workflow("a", "State", 2))])
}

#[test]
fn a_file_keeps_its_mode_and_a_new_one_has_the_usual() {
    let folder = one();
    folder.write("usual", "");
    folder.run(&BUILD).is(0);
    let mode = |name: &str| {
        let metadata = fs::metadata(folder.0.join(name)).expect("there");
        metadata.permissions().mode() & 0o7777
    };
    assert_eq!(mode(MADE), mode("usual"));
    for kept in [0o600, 0o640, 0o755, 0o666, 0o200] {
        let path = folder.0.join(MADE);
        fs::write(&path, "old").expect("ours");
        fs::set_permissions(&path, Permissions::from_mode(kept)).expect("ours");
        folder.run(&BUILD).is(0);
        assert_eq!(mode(MADE), kept);
    }
}

#[test]
fn a_file_that_is_as_it_would_be_written_is_left_alone() {
    let folder = one();
    let path = folder.0.join(MADE);
    let build = || {
        folder.run(&BUILD).is(0);
        fs::metadata(&path).expect("there").ino()
    };
    let first = build();
    assert_eq!(build(), first, "it is the same file");
    let built = fs::read(&path).expect("ours");
    fs::write(&path, vec![b' '; built.len()]).expect("ours");
    assert_ne!(build(), first, "another file took its place");
    assert_eq!(fs::read(&path).expect("ours"), built);
}

#[test]
fn a_file_keeps_its_owner_where_the_system_lets_it() {
    const OTHER: u32 = 12345;
    let folder = one();
    folder.write(MADE, "old");
    let path = folder.0.join(MADE);
    if std::os::unix::fs::chown(&path, Some(OTHER), Some(OTHER)).is_err() {
        return super::skipped("owners", "only an administrator gives files away");
    }
    folder.run(&BUILD).is(0);
    let metadata = fs::metadata(&path).expect("there");
    assert_eq!((metadata.uid(), metadata.gid()), (OTHER, OTHER));
    assert_ne!(folder.read(MADE), "old");
}

#[test]
fn a_link_stays_a_link_to_the_file_that_is_written() {
    let folder = one();
    let text = workflow("b", "State", 2).replace(", to:", ",  to:");
    folder.write("real/b.yaml", &text);
    folder.write("real/report.json", "old");
    let link = |to: &str, at: &str| symlink(to, folder.0.join(at)).expect("a link");
    link("real/b.yaml", "b.workflow.yaml");
    link("second.json", "first.json");
    link("real/report.json", "second.json");
    link("real/later.json", "dangling.json");
    let is_link = |name: &str| {
        let metadata = fs::symlink_metadata(folder.0.join(name)).expect("there");
        metadata.is_symlink()
    };
    folder.run(&["fmt", "b.workflow.yaml"]).is(0);
    assert!(is_link("b.workflow.yaml"));
    assert_ne!(folder.read("real/b.yaml"), text);
    let output = ["check", "--quiet", "a.workflow.yaml", "--output"];
    for name in ["first.json", "dangling.json"] {
        folder.run(&[&output[..], &[name]].concat()).is(0);
        assert!(is_link(name));
    }
    assert!(is_link("second.json"));
    assert_eq!(
        folder.read("real/report.json"),
        folder.read("real/later.json")
    );
    assert!(leftovers(&folder.0).is_empty() && leftovers(&folder.0.join("real")).is_empty());
    link("loop.json", "real/loop.json");
    let ran = folder
        .run(&[&output[..], &["real/loop.json"]].concat())
        .is(4);
    let message = "statewright: cannot write `real/loop.json`: too many levels of symbolic links\n";
    assert_eq!(ran.err, message);
}

#[test]
fn two_names_of_one_file_hold_the_same_with_any_number_of_threads() {
    let folder = Folder::new();
    for n in 0..9 {
        let text = workflow(&format!("w{n}"), &format!("Word {n}"), 2);
        folder.write(&format!("in/w{n}.workflow.yaml"), &text);
    }
    let out = |n: usize| format!("w{n}.incident-iq.steps.json");
    let build = ["build", "in", "--target", "all", "--out", "out", "--quiet"];
    fs::create_dir(folder.0.join("out")).expect("a folder");
    for linked in [2, 5] {
        symlink(out(7), folder.0.join("out").join(out(linked))).expect("a link");
    }
    for threads in ["1", "2", "8"] {
        folder
            .run(&[&build[..], &["--jobs", threads]].concat())
            .is(0);
        let name = |n| folder.read(&format!("out/{}", out(n)));
        for linked in [2, 5, 7] {
            assert!(
                name(linked).contains("Word 5"),
                "{threads} threads: {}",
                name(linked)
            );
        }
        assert!(name(6).contains("Word 6") && leftovers(&folder.0.join("out")).is_empty());
    }
}

#[test]
fn a_folder_in_the_place_of_a_file_is_said() {
    let folder = one();
    folder.write(&format!("{MADE}/x"), "");
    let ran = folder.run(&BUILD).is(4);
    let message = format!("statewright: cannot write `{MADE}`: is a directory\n");
    assert_eq!(ran.err, message);
    let folder = one();
    folder.write("out", "a file");
    let ran = folder.run(&BUILD).is(4);
    assert!(
        ran.err
            .starts_with(&format!("statewright: cannot write `{MADE}`: ")),
        "{}",
        ran.err
    );
    assert_eq!(folder.read("out"), "a file");
}

/// What a pull request may bring along: links in the folder of outputs.
#[test]
fn a_link_in_the_folder_leads_nowhere_out_of_it() {
    let outside = Folder::with(&[("precious", "as it was")]);
    let precious = outside.0.join("precious");
    let missing = outside.0.join("missing");
    let link_to = |target: &std::path::Path, at: &str| {
        let folder = one();
        folder.write("out/inside.json", "old");
        symlink(target, folder.0.join(at)).expect("a link");
        folder
    };
    let refused = "it is a link that leads out of the folder\n";
    for target in [&precious, &missing] {
        let folder = link_to(target, MADE);
        let ran = folder.run(&BUILD).is(4);
        assert_eq!(
            ran.err,
            format!("statewright: cannot write `{MADE}`: {refused}")
        );
        let folder = link_to(target, "out/a.svg");
        let draw = [
            "diagram",
            ".",
            "--out",
            "out",
            "--notation",
            "svg",
            "--quiet",
        ];
        let ran = folder.run(&draw).is(4);
        assert_eq!(
            ran.err,
            format!("statewright: cannot write `out/a.svg`: {refused}")
        );
        let folder = link_to(target, "out/a.workflow.yaml");
        folder
            .run(&[
                "build",
                "a.workflow.yaml",
                "--target",
                "all",
                "--out",
                "json",
            ])
            .is(0);
        let json = "json/a.incident-iq.steps.json";
        let import = [
            "import",
            "--from",
            "incident-iq",
            json,
            "--name",
            "a",
            "--out",
            "out",
        ];
        folder.run(&import).is(4);
        folder.run(&[&import[..], &["--force"]].concat()).is(4);
    }
    assert_eq!(outside.read("precious"), "as it was");
    assert_eq!(all_files(&outside.0).len(), 1);
    // Within the folder, and for the folder itself, which somebody named, links are followed.
    let folder = link_to(std::path::Path::new("inside.json"), MADE);
    folder.run(&BUILD).is(0);
    assert_ne!(folder.read("out/inside.json"), "old");
    let folder = one();
    fs::create_dir(folder.0.join("real")).expect("writable");
    symlink("real", folder.0.join("out")).expect("a link");
    folder.run(&BUILD).is(0);
    assert_eq!(all_files(&folder.0.join("real")).len(), 1);
}

/// A pull request may bring links along with any name that a command line has.
#[test]
fn a_link_of_a_repository_is_not_written_through_out_of_it() {
    let outside = Folder::with(&[("empty.toml", ""), ("b.yaml", &loose("b")), ("out/x", "")]);
    let repository = Folder::with(&[
        (".git/HEAD", ""),
        (".git/notes.json", ""),
        (".git/notes.toml", ""),
        ("a.workflow.yaml", &workflow("a", "State", 2)),
    ]);
    let link = |to: &std::path::Path, at: &str| {
        symlink(to, repository.0.join(at)).expect("a link");
    };
    let (empty, nothing) = (outside.0.join("empty.toml"), outside.0.join("missing"));
    let git = std::path::Path::new;
    let refused = "it is a link that leads out of the repository";
    let run = |to: &std::path::Path, at: &str, arguments: &[&str], told: &str| {
        link(to, at);
        let ran = repository.run(arguments);
        assert!(
            ran.code >= 3 && ran.err.contains(told),
            "{at}: {} {}",
            ran.code,
            ran.err
        );
        fs::remove_file(repository.0.join(at)).expect("removable");
    };
    for to in [
        &*empty,
        git(".git/notes.toml"),
        &*nothing,
        git(".git/missing"),
    ] {
        let list = "statewright-baseline.toml";
        run(to, list, &["check", "--write-baseline"], refused);
        run(
            to,
            "list.toml",
            &["check", "--write-baseline=list.toml"],
            refused,
        );
        run(to, "r.json", &["check", "--output", "r.json"], refused);
        run(to, "a.svg", &["diagram", ".", "--out", "a.svg"], refused);
        let made = "a.incident-iq.steps.json";
        let build = ["build", ".", "--target", "incident-iq:steps", "--out", "."];
        run(
            to,
            made,
            &build,
            "it is a link that leads out of the folder",
        );
    }
    let b = outside.0.join("b.yaml");
    run(&b, "b.workflow.yaml", &["fmt", "b.workflow.yaml"], refused);
    let fix = [
        "check",
        "--add-allows",
        "--warn",
        "bottlenecks",
        "b.workflow.yaml",
    ];
    run(&b, "b.workflow.yaml", &fix, refused);
    let out = outside.0.join("out");
    for to in [&*out, git(".git")] {
        run(to, "out", &BUILD, refused);
        run(to, "out", &["diagram", ".", "--out", "out"], refused);
        run(
            to,
            "out",
            &["check", ".", "--output", "out/r.json"],
            refused,
        );
        run(
            to,
            "out",
            &["check", ".", "--write-baseline=out/list.toml"],
            refused,
        );
    }
    assert_eq!(outside.read("b.yaml"), loose("b"));
    assert_eq!(outside.read("empty.toml"), "");
    assert_eq!(all_files(&outside.0).len(), 2);
    assert_eq!(all_files(&out).len(), 1);
    let kept = all_files(&repository.0.join(".git"));
    assert_eq!(kept.len(), 3, "{kept:?}");
    // A link within the repository is one, and so is one of whoever runs the program.
    repository.write("lists/list.toml", "");
    link(git("lists/list.toml"), "list.toml");
    repository
        .run(&["check", "--write-baseline=list.toml"])
        .is(0);
    assert!(!repository.read("lists/list.toml").is_empty());
    let home = Folder::new();
    symlink(&repository.0, home.0.join("work")).expect("a link");
    home.run(&["check", "work", "--output", "work/r.json"])
        .is(0);
}

/// A workflow that is not laid out as `fmt` does it.
fn loose(identifier: &str) -> String {
    workflow(identifier, "State", 2).replace(", to:", ",  to:")
}

/// `--check` says whether a file is what would be written, and where it differs.
#[test]
fn a_link_of_a_repository_is_not_compared_with_what_is_outside() {
    let outside = Folder::with(&[("secret", "first\nsecond\n")]);
    let repository = Folder::with(&[
        (".git/HEAD", ""),
        ("a.workflow.yaml", &workflow("a", "State", 2)),
        ("out/x", ""),
    ]);
    let secret = outside.0.join("secret");
    let check = |at: &str, arguments: &[&str]| {
        let path = repository.0.join(at);
        symlink(&secret, &path).expect("a link");
        let ran = repository.run(arguments).is(3);
        let told = format!("cannot read `{at}`: it is a link that leads out of the repository");
        assert!(ran.err.contains(&told), "{}", ran.err);
        assert!(!ran.err.contains("first difference"), "{}", ran.err);
        fs::remove_file(path).expect("removable");
    };
    let build = [
        "build",
        ".",
        "--target",
        "incident-iq:steps",
        "--out",
        "out",
        "--check",
    ];
    check(MADE, &build);
    let draw = ["diagram", ".", "--out", "a.svg", "--check"];
    check("a.svg", &draw);
}

#[test]
fn no_name_leads_out_of_the_folder() {
    let names = [
        "../../x",
        "../x",
        "/etc/x",
        "..",
        ".",
        "a/b",
        "a\\\\b",
        "C:x",
        "x\\u0000y",
        "con ",
        "~",
        "-rf",
    ];
    for (number, name) in names.iter().enumerate() {
        let folder = Folder::new();
        let text = workflow("quoted", "State", 2).replace("quoted", &format!("\"{name}\""));
        folder.write(&format!("deep/w{number}.workflow.yaml"), &text);
        let build = ["build", "deep", "--target", "all", "--out", "deep/er/out"];
        folder.run(&build).is(1);
        assert!(!folder.0.join("deep/er").exists(), "{name}");
        let draw = [
            "diagram",
            "deep",
            "--notation",
            "dot",
            "--out",
            "deep/er/out",
        ];
        folder.run(&draw).is(1);
        let drawn = all_files(&folder.0.join("deep/er/out"));
        assert_eq!(
            drawn.into_keys().collect::<Vec<_>>(),
            [format!("w{number}.dot")]
        );
        assert_eq!(all_files(&folder.0.join("deep/er/out")).len(), 1);
        folder.run(&["init", name]).is(2);
    }
    // The name of a file that is piped in, too, is only a name.
    let folder = Folder::new();
    let nameless = workflow("x", "State", 2).replace("workflow: x\n", "");
    let draw = [
        "diagram",
        "-",
        "--stdin-filename",
        "../../up.workflow.yaml",
        "--out",
        "out",
        "--notation",
        "dot",
    ];
    folder.run_with_input(&draw, &nameless).is(1);
    assert!(folder.read("out/up.dot").starts_with("digraph"));
}

#[test]
fn files_that_differ_in_case_only_are_not_written_over_each_other() {
    let nameless = workflow("x", "State", 2).replace("workflow: x\n", "");
    let folder = Folder::with(&[
        ("in/A.workflow.yaml", &nameless),
        ("in/more/a.workflow.yaml", &nameless),
    ]);
    let draw = ["diagram", "in", "--notation", "dot", "--out", "out"];
    let ran = folder.run(&draw).is(1);
    let message = "statewright: `out/A.dot` of `in/A.workflow.yaml` and `out/a.dot` of \
                   `in/more/a.workflow.yaml` are one file where case does not count; the second was left out\n";
    assert!(ran.err.contains(message), "{}", ran.err);
    assert_eq!(
        all_files(&folder.0.join("out"))
            .into_keys()
            .collect::<Vec<_>>(),
        ["A.dot"]
    );
}

/// Reports show lines of what is read: whoever may send a link to a secret would read it in the log.
#[test]
fn a_link_that_nobody_named_shows_nothing_from_outside() {
    let outside = Folder::with(&[("secret", "password: hunter2\n")]);
    let secret = outside.0.join("secret");
    let repository = Folder::with(&[
        (".git/config", "password: hunter2\n"),
        ("shared/real.yaml", &workflow("a", "State", 2)),
        ("flows/plain.workflow.yaml", &workflow("plain", "State", 2)),
    ]);
    let link = |to: &std::path::Path, at: &str| {
        let path = repository.0.join(at);
        symlink(to, &path).expect("a link");
        path
    };
    let relative = std::path::Path::new;
    link(relative("../shared/real.yaml"), "flows/a.workflow.yaml");
    let ran = repository.run(&["check", "flows"]).is(0);
    assert!(ran.out.contains("checked 2 files"), "{}", ran.out);

    for target in [secret.as_path(), relative("../.git/config")] {
        let path = link(target, "flows/x.workflow.yaml");
        let ran = repository.run(&["check", "flows"]).is(3);
        let message = "statewright: cannot read `flows/x.workflow.yaml`: \
                       it is a link that leads out of the repository\n";
        assert_eq!(ran.err, message);
        assert!(ran.out.contains("checked 2 files"), "{}", ran.out);
        repository.run(&["fmt", "flows"]).is(3);
        // Who names it wants it.
        let ran = repository.run(&["check", "flows/x.workflow.yaml"]).is(1);
        assert!(ran.out.contains("hunter2"), "{}", ran.out);
        fs::remove_file(path).expect("removable");

        let path = link(target, "flows/statewright.toml");
        let ran = repository.run(&["check", "flows"]).is(3);
        assert!(
            ran.err.contains("flows/statewright.toml`: it is a link"),
            "{}",
            ran.err
        );
        assert!(!ran.out.contains("hunter2"), "{}", ran.out);
        fs::remove_file(path).expect("removable");
    }
    assert_eq!(outside.read("secret"), "password: hunter2\n");
}

/// What is made goes into files. A pipe that is in the way there would keep the program waiting.
#[test]
fn a_pipe_in_the_folder_is_told_and_not_written_to() {
    let folder = one();
    folder.run(&BUILD).is(0);
    let path = folder.0.join(MADE);
    fs::remove_file(&path).expect("ours");
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.expect("mkfifo starts").success());
    let ran = folder.run(&BUILD).is(4);
    let said = format!("statewright: cannot write `{MADE}`: it is not a regular file\n");
    assert_eq!(ran.err, said);
    let ran = folder.run(&[&BUILD[..], &["--check"]].concat()).is(3);
    assert!(
        ran.err.contains(&format!("cannot read `{MADE}`")),
        "{}",
        ran.err
    );
}
