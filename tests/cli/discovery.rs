//! Which files are found in a folder, and what is said where there are none.

use std::collections::BTreeSet;
use std::process::Command;

use super::GOOD;
use crate::common::folder::Folder;

/// A text that is reported wherever it is read.
const BROKEN: &str = "- x\n";

/// The files that `check` reads.
fn read(folder: &Folder, arguments: &[&str]) -> BTreeSet<String> {
    let all = [&["check", "--format", "short"], arguments].concat();
    let ran = folder.run(&all);
    assert_eq!(ran.err, "");
    let name = |line: &str| {
        let end = line.find(".workflow.yaml:").expect("a place");
        format!("{}.workflow.yaml", &line[..end])
    };
    ran.out.lines().map(name).collect()
}

pub fn git(folder: &Folder, arguments: &[&str], input: &str) -> String {
    use std::io::Write;
    let mut child = Command::new("git")
        .args(arguments)
        .current_dir(&folder.0)
        // Neither what the user nor what the machine says.
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("git starts");
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(input.as_bytes()).expect("git reads");
    drop(stdin);
    let output = child.wait_with_output().expect("git ends");
    String::from_utf8(output.stdout).expect("UTF-8")
}

pub fn has_git() -> bool {
    let ran = Command::new("git").arg("--version").output();
    let here = ran.is_ok_and(|output| output.status.success());
    if !here {
        eprintln!("skipped: git is not installed");
    }
    here
}

/// What `git check-ignore` says of each of these files, tracked or not.
fn ignored_by_git(folder: &Folder, files: &[String]) -> BTreeSet<String> {
    let arguments = ["check-ignore", "--no-index", "-z", "--stdin"];
    let said = git(folder, &arguments, &files.join("\0"));
    said.split_terminator('\0').map(str::to_owned).collect()
}

/// Every line of an ignore file that somebody may write, in a folder of its own.
const LINES: &[&str] = &[
    "a",
    "a/",
    "/a",
    "/a/",
    "a/b",
    "a/b/",
    "/a/b/",
    "a/*",
    "a/**",
    "**/b",
    "**/b/",
    "/**/b",
    "a/**/c",
    "**",
    "**/",
    "*",
    "/*",
    "*/",
    "*/*",
    "/*/b",
    "a**c",
    "a/**b",
    "**a",
    "*.yaml",
    "*.workflow.yaml",
    "x*",
    "?.workflow.yaml",
    "[xy].workflow.yaml",
    "[!x].workflow.yaml",
    "[^x].workflow.yaml",
    "[a-x].workflow.yaml",
    "[[:alpha:]].workflow.yaml",
    "[[:digit:]].workflow.yaml",
    "[x.workflow.yaml",
    "[]x].workflow.yaml",
    "a[/]b",
    "{x,y}.workflow.yaml",
    "{x.workflow.yaml",
    "x.workflow.yaml ",
    "x.workflow.yaml   ",
    "x.workflow.yaml\t",
    " x.workflow.yaml",
    "with blank.workflow.yaml",
    "with\\ blank.workflow.yaml",
    "end\\ ",
    "end\\ /",
    "end",
    "end /",
    "#hash.workflow.yaml",
    "\\#hash.workflow.yaml",
    "!not.workflow.yaml",
    "\\!not.workflow.yaml",
    "\\x.workflow.yaml",
    "x\\.workflow.yaml",
    "x.workflow.yaml\\",
    "\\*.workflow.yaml",
    "$x.workflow.yaml",
    "\\$x.workflow.yaml",
    "X.workflow.yaml",
    "é.workflow.yaml",
    "?é.workflow.yaml",
    "../x.workflow.yaml",
    "./x.workflow.yaml",
    "a//b",
    "//a",
    "a/./b",
    "",
    "   ",
    "/",
    "!",
    "x.workflow.yaml\r",
    "\u{feff}x.workflow.yaml",
    "*\n!x.workflow.yaml",
    "*\n!*/\n!x.workflow.yaml",
    "a\n!a/x.workflow.yaml",
    "a/*\n!a/b\n!a/x.workflow.yaml",
    "!x.workflow.yaml\nx.workflow.yaml",
    "x.workflow.yaml\n!x.workflow.yaml\nx.*",
    ".*",
    ".github",
    ".github/",
    "**/.github/**",
    "*\n!/.github\n!/.github/**",
];

/// What there is in each of these folders.
const FILES: &[&str] = &[
    "x.workflow.yaml",
    "y.workflow.yaml",
    "1.workflow.yaml",
    "*.workflow.yaml",
    "é.workflow.yaml",
    "$x.workflow.yaml",
    "[x.workflow.yaml",
    "{x,y}.workflow.yaml",
    "#hash.workflow.yaml",
    "!not.workflow.yaml",
    " x.workflow.yaml",
    "with blank.workflow.yaml",
    "end /x.workflow.yaml",
    "a/x.workflow.yaml",
    "a/b/x.workflow.yaml",
    "a/b/c/x.workflow.yaml",
    "a/c/x.workflow.yaml",
    "b/x.workflow.yaml",
    "b/a/b/x.workflow.yaml",
    "abc/x.workflow.yaml",
    ".github/x.workflow.yaml",
    ".github/b/x.workflow.yaml",
    "nested/deep/x.workflow.yaml",
    "nested/deep/y.workflow.yaml",
    "nested/deep/deeper/x.workflow.yaml",
];

#[cfg(unix)]
#[test]
fn ignore_files_mean_what_they_mean_to_git() {
    if !has_git() {
        return;
    }
    let folder = Folder::new();
    git(&folder, &["init", "-q"], "");
    let mut files = Vec::new();
    // Of two ignore files the nearer one counts, and what is taken back stays taken back below.
    let nested = ["", "!x.workflow.yaml\n/y.*\n", "*\n!deeper\n"];
    for (number, line) in LINES.iter().enumerate() {
        let within = format!("{}{number}", ["p", "q", "r"][number % 3]);
        folder.write(&format!("{within}/.gitignore"), &format!("{line}\n"));
        let deep = format!("{within}/nested/deep/.gitignore");
        folder.write(&deep, nested[number % nested.len()]);
        for file in FILES {
            let name = format!("{within}/{file}");
            folder.write(&name, BROKEN);
            files.push(name);
        }
    }
    folder.write(".gitignore", "/q*/abc/\nr*/b/\n!r1/b/\n");
    let ignored = ignored_by_git(&folder, &files);
    let found = read(&folder, &[]);
    let all: BTreeSet<String> = files.into_iter().collect();
    let wanted: BTreeSet<String> = all.difference(&ignored).cloned().collect();
    let differ: Vec<&String> = wanted.symmetric_difference(&found).collect();
    assert!(differ.is_empty(), "{differ:#?}");
    assert!(ignored.len() > 300 && found.len() > 300, "{}", found.len());
    // From within, it is the same.
    let below = read(&folder, &["q10"]);
    let wanted = wanted.iter().filter(|name| name.starts_with("q10/"));
    assert_eq!(below, wanted.cloned().collect());
}

#[test]
fn what_is_found_is_the_same_on_every_machine() {
    let folder = Folder::with(&[
        ("home/.gitignore", "*\n"),
        ("home/.config/git/ignore", "*\n"),
        ("home/.gitconfig", "[core]\n\texcludesFile = ~/.gitignore\n"),
        ("home/.ignore", "*\n"),
        ("home/repository/.git/info/exclude", "*\n"),
        ("home/repository/.git/hooks/no.workflow.yaml", BROKEN),
        ("home/repository/.ignore", "*\n"),
        ("home/repository/.rgignore", "*\n"),
        ("home/repository/a.workflow.yaml", BROKEN),
        ("home/repository/.github/b.workflow.yaml", BROKEN),
        ("home/repository/.#a.workflow.yaml", BROKEN),
        ("home/repository/._a.workflow.yaml", BROKEN),
        // A repository in it is its own, as a submodule is.
        ("home/repository/.gitignore", "*.yml\n"),
        ("home/repository/module/.git", "gitdir: elsewhere\n"),
        ("home/repository/module/c.workflow.yml", BROKEN),
    ]);
    let home = folder.0.join("home");
    let run = |within: &str, arguments: &[&str]| {
        let mut command = folder.command(&[&["check", "--format", "short"], arguments].concat());
        command
            .current_dir(home.join(within))
            .env("HOME", &home)
            .env("XDG_CONFIG_HOME", home.join(".config"));
        String::from_utf8(command.output().expect("it starts").stdout).expect("UTF-8")
    };
    let found = "\
.github/b.workflow.yaml:1:3: error[wrong-types]: the workflow is a list, not a map of fields
a.workflow.yaml:1:3: error[wrong-types]: the workflow is a list, not a map of fields
module/c.workflow.yml:1:3: error[wrong-types]: the workflow is a list, not a map of fields
";
    assert_eq!(run("repository", &[]), found);
    assert_eq!(run("repository/module", &[".."]).lines().count(), 3);
    assert_eq!(run("repository/module", &[]).lines().count(), 1);
    // Where no repository is around, only what is in the folder itself counts.
    let plain = Folder::with(&[
        (".gitignore", "*.yaml\n"),
        ("desks/.gitignore", "b.*\n"),
        ("desks/a.workflow.yaml", BROKEN),
        ("desks/b.workflow.yaml", BROKEN),
    ]);
    plain.run(&["check"]).is(5);
    let found = read(&plain, &["desks"]);
    assert_eq!(found, ["desks/a.workflow.yaml".to_owned()].into());
}

/// What a run says where it has no file to read.
fn nothing(folder: &Folder, arguments: &[&str]) -> String {
    let ran = folder.run(arguments).is(5);
    let said = match arguments[0] {
        "check" => "checked 0 files\n",
        "fmt" => "reformatted 0 of 0 files\n",
        _ => "",
    };
    assert_eq!(ran.out, said);
    // Where something else is standard output, the summary is beside it.
    ran.err.trim_end_matches("checked 0 files\n").to_owned()
}

#[test]
fn a_folder_without_files_is_told_with_the_reason() {
    let folder = Folder::with(&[
        (".git/HEAD", ""),
        (".gitignore", "# drafts\ndesks/it/\n*.bak\n"),
        (
            "statewright.toml",
            "exclude = [\"archive\", \"**/old-*\"]\n",
        ),
        ("archive/a.workflow.yaml", GOOD),
        ("archive/b.workflow.yaml", GOOD),
        ("desks/.gitignore", "/own.*\n"),
        ("desks/it/a.workflow.yaml", GOOD),
        ("desks/it/deep/b.workflow.toml", ""),
        ("desks/old-a.workflow.yml", GOOD),
        ("desks/own.workflow.yaml", GOOD),
        ("desks/approval.yaml", GOOD),
        (
            "desks/state.toml",
            "[states.New]\ncategory = \"open\"\n\n[[transitions]]\n",
        ),
        ("desks/deploy.yml", "on: push\njobs: {}\n"),
        ("desks/short.yaml", "workflow: x\n"),
        ("empty/readme.md", ""),
    ]);
    let why = "\
statewright: every workflow file in `.` is left out
statewright: 1 file is left out: `**/old-*` under `exclude` in `statewright.toml`
statewright: 1 file is left out: `/own.*` in line 1 of `desks/.gitignore`
statewright: 2 files are left out: `archive` under `exclude` in `statewright.toml`
statewright: 2 files are left out: `desks/it/` in line 2 of `.gitignore`
statewright: `desks/approval.yaml` looks like a workflow: name it `approval.workflow.yaml`
statewright: `desks/state.toml` looks like a workflow: name it `state.workflow.toml`
";
    for arguments in [
        &["check"][..],
        &["fmt"],
        &["build", "--target", "all"],
        &["diagram", "--notation", "dot"],
        &["why", "New", "."],
    ] {
        assert_eq!(nothing(&folder, arguments), why, "{arguments:?}");
    }
    let none = "\
statewright: no file in `empty` is named *.workflow.yaml, *.workflow.yml or *.workflow.toml
";
    assert_eq!(nothing(&folder, &["check", "empty"]), none);
    // The reason is told, whatever it is worth.
    let ran = folder.run(&["check", "empty", "--allow-empty"]).is(0);
    assert_eq!((&*ran.out, &*ran.err), ("checked 0 files\n", none));
    // One folder of several.
    let more = ["check", "empty", "archive/a.workflow.yaml"];
    let ran = folder.run(&more).is(5);
    let found = "checked 1 file, found none in a folder: no mistakes found\n";
    assert_eq!((&*ran.out, &*ran.err), (found, none));
    // A report is uploaded whatever the exit code: no format says that all is well.
    for (format, empty) in [
        ("sarif", "\"executionSuccessful\": false"),
        ("gitlab", "\"check_name\": \"no-workflow-files\""),
        ("junit", "errors=\"1\""),
        ("checkstyle", "statewright.no-workflow-files"),
        ("rdjson", "\"no-workflow-files\""),
        ("json", "\"unread\""),
        ("markdown", "`no-workflow-files`"),
        ("github", "::error file=empty"),
    ] {
        let ran = folder.run(&["check", "empty", "--format", format]).is(5);
        assert!(ran.out.contains(empty), "{format}: {}", ran.out);
        let arguments = ["check", "empty", "--format", format, "--allow-empty"];
        let ran = folder.run(&arguments).is(0);
        assert!(!ran.out.contains(empty), "{format}: {}", ran.out);
    }
    // What is worse is told instead.
    folder.write("wrong.workflow.yaml", BROKEN);
    folder.run(&["check", "empty", "wrong.workflow.yaml"]).is(1);
    folder
        .run(&["check", "empty", "missing.workflow.yaml"])
        .is(3);
    folder.write("statewright.toml", "exclude = [\"*\"]\nexcluded = []\n");
    folder.run(&["check"]).is(1);
    // A configuration may ask for other names.
    folder.write("statewright.toml", "include = [\"desks/*.toml\"]\n");
    folder.run(&["check", "desks"]).is(1);
    let why = "\
statewright: every workflow file in `archive` is left out
statewright: 2 files are left out: no pattern under `include` in `statewright.toml`
";
    assert_eq!(nothing(&folder, &["check", "archive"]), why);
}

#[test]
fn what_is_left_out_is_told_where_that_is_asked_for() {
    let folder = Folder::with(&[
        (".git/HEAD", ""),
        (".gitignore", "build/\nb.*\n"),
        ("statewright.toml", "exclude = [\"old\"]\n"),
        ("desks/a.workflow.yaml", GOOD),
        ("desks/b.workflow.yaml", GOOD),
        ("desks/build/c.workflow.yaml", GOOD),
        ("desks/notes.yaml", ""),
        ("old/d.workflow.yaml", GOOD),
    ]);
    let ran = folder.run(&["check", "--verbose"]).is(0);
    assert_eq!(ran.out, "checked 1 file: no mistakes found\n");
    let left_out = "\
statewright: left out `desks/b.workflow.yaml`: `b.*` in line 2 of `.gitignore`
statewright: left out `desks/build`: `build/` in line 1 of `.gitignore`
statewright: left out `old/d.workflow.yaml`: `old` under `exclude` in `statewright.toml`
";
    assert_eq!(ran.err, left_out);
    let ran = folder.run(&["check"]).is(0);
    assert_eq!(ran.err, "");
}

#[test]
fn an_ignore_file_that_is_not_to_be_read_is_told_and_leaves_nothing_out() {
    let files = [("secret", "a.*\n"), ("repository/.git/HEAD", "")];
    let folder = Folder::with(&files);
    for desk in ["link", "folder", "large", "many", "stars", "inside", "wild"] {
        let name = format!("repository/{desk}/a.workflow.yaml");
        folder.write(&name, &GOOD.replace("good", desk));
    }
    folder.write("repository/.gitignore", "*.bak\n");
    folder.write("repository/folder/.gitignore/x", "");
    folder.write("repository/large/.gitignore", &"# much\n".repeat(100_000));
    folder.write("repository/many/.gitignore", &"a.b\n".repeat(10_000));
    folder.write("repository/wild/.gitignore", &"a.*\n".repeat(5001));
    folder.write(
        "repository/stars/.gitignore",
        &format!("a.*\n{}\n", "*a".repeat(17)),
    );
    #[cfg(unix)]
    for (desk, to) in [("link", "../../secret"), ("inside", "../.gitignore")] {
        let link = folder.0.join(format!("repository/{desk}/.gitignore"));
        std::os::unix::fs::symlink(to, link).expect("a link");
    }
    let ran = folder.run(&["check", "repository"]).is(3);
    let summary =
        "checked 7 files, could not read 7 more: no mistakes found in what could be read\n";
    assert_eq!(ran.out, summary);
    let mut told: Vec<&str> = ran.err.lines().collect();
    told.sort();
    let mut expected = vec![
        "statewright: cannot read `repository/folder/.gitignore`: it is not a regular file",
        "statewright: cannot read `repository/large/.gitignore`: it has more than 524,288 bytes",
        "statewright: cannot read `repository/many/.gitignore`: it has more than 10,000 patterns, with those in the folders above",
        "statewright: cannot read `repository/stars/.gitignore`: line 2 has more than 16 stars",
        "statewright: cannot read `repository/wild/.gitignore`: it has more than 5,000 stars, with those in the folders above",
    ];
    if cfg!(unix) {
        expected.insert(1, "statewright: cannot read `repository/inside/.gitignore`: it is a link, which git does not follow either");
        expected.insert(3, "statewright: cannot read `repository/link/.gitignore`: it is a link, which git does not follow either");
    }
    assert_eq!(told, expected);
    // Whoever runs the program may ask for less.
    folder.write("small/.gitignore", "a.*\nb.*\n");
    folder.write("small/c.workflow.yaml", GOOD);
    let ran = folder.run(&["check", "small", "--limit", "bytes=7"]).is(3);
    let told = "statewright: cannot read `small/.gitignore`: it has more than 7 bytes\n";
    assert_eq!(ran.err, told);
}
