//! The hooks of `.pre-commit-hooks.yaml`, run by the real pre-commit (<https://pre-commit.com>) in
//! a repository of their own; and the commands that the README gives to CI systems.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::folder::Folder;

const GOOD: &str = "workflow: good\nstart: New\nstates:\n  New: { category: open }\n  Closed: { category: closed }\n\
                    transitions:\n  - { name: Close, from: New, to: Closed }\n";

/// A repository with one kind of hooks.
struct Repository {
    folder: Folder,
    /// Where pre-commit keeps what it builds.
    home: Folder,
}

impl Repository {
    fn command(&self, program: &str, folder: &Path) -> Command {
        let built = Path::new(env!("CARGO_BIN_EXE_statewright"))
            .parent()
            .expect("a folder");
        let mut path = vec![built.to_owned()];
        path.extend(std::env::split_paths(
            &std::env::var_os("PATH").unwrap_or_default(),
        ));
        let mut command = Command::new(program);
        command
            .current_dir(folder)
            .env("PATH", std::env::join_paths(path).expect("a path"))
            .env("PRE_COMMIT_HOME", &self.home.0)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .envs(["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"].map(|name| (name, "Ada")))
            .envs(["GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"].map(|name| (name, "ada@example.org")))
            // The tests themselves may run in a hook or a GitHub workflow.
            .env_remove("GIT_DIR")
            .env_remove("GIT_INDEX_FILE")
            .env_remove("GITHUB_ACTIONS");
        command
    }

    fn run(&self, program: &str, arguments: &[&str]) -> (bool, String) {
        let ran = self
            .command(program, &self.folder.0)
            .args(arguments)
            .output();
        said(&ran.unwrap_or_else(|error| panic!("{program}: {error}")))
    }

    fn git(&self, arguments: &[&str]) -> String {
        let (good, text) = self.run("git", arguments);
        assert!(good, "{arguments:?}: {text}");
        text
    }

    /// A repository whose commits run `hooks`, each with its arguments; this project stands for
    /// where they come from.
    fn with(hooks: &[(&str, &[&str])]) -> Repository {
        let repository = Repository {
            folder: Folder::new(),
            home: Folder::new(),
        };
        let source = repository.home.0.join("source");
        fs::create_dir_all(&source).expect("writable");
        let name = ".pre-commit-hooks.yaml";
        fs::copy(common::root().join(name), source.join(name)).expect("writable");
        let mut revision = String::new();
        for arguments in [
            &["init", "-q"][..],
            &["add", "."],
            &["commit", "-q", "-m", "hooks"],
            &["rev-parse", "HEAD"],
        ] {
            let ran = repository
                .command("git", &source)
                .args(arguments)
                .output()
                .expect("git");
            let (good, text) = said(&ran);
            assert!(good, "{text}");
            revision = text.trim().to_owned();
        }
        let ids: String = hooks
            .iter()
            .map(|(id, arguments)| format!("      - id: {id}\n        args: {arguments:?}\n"))
            .collect();
        let config = format!(
            "repos:\n  - repo: {}\n    rev: {revision}\n    hooks:\n{ids}",
            source.display()
        );
        repository.write(".pre-commit-config.yaml", &config);
        repository.git(&["init", "-q"]);
        repository.git(&["add", "."]);
        repository.git(&["commit", "-q", "-m", "start"]);
        let (good, text) = repository.run("pre-commit", &["install"]);
        assert!(good, "{text}");
        repository
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.0.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        fs::write(&path, text).expect("writable");
        path
    }

    fn commit(&self) -> (bool, String) {
        self.git(&["add", "."]);
        self.run("git", &["commit", "-m", "change"])
    }
}

fn said(output: &Output) -> (bool, String) {
    let text = [&output.stdout[..], &output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&text).into_owned(),
    )
}

/// Whether pre-commit and git are here; says so where they are not.
fn can_run() -> bool {
    let runs = |program| {
        Command::new(program)
            .arg("--version")
            .output()
            .is_ok_and(|o| o.status.success())
    };
    let all = ["pre-commit", "git"].into_iter().all(|program| {
        let here = runs(program);
        if !here {
            eprintln!("skipped: {program} is not installed");
        }
        here
    });
    all && cfg!(unix)
}

#[test]
fn a_commit_is_checked() {
    if !can_run() {
        return;
    }
    let repository = Repository::with(&[("statewright-check-system", &[])]);
    repository.write("with blanks/a b's.workflow.yaml", GOOD);
    repository.write("notes.yaml", "nothing of ours: [");
    let (good, text) = repository.commit();
    assert!(good && text.contains("check ticket workflows"), "{text}");
    assert!(text.contains("Passed"), "{text}");

    let wrong = GOOD
        .replace("to: Closed", "to: Clsed")
        .replace("good", "wrong");
    repository.write("with blanks/-x é.workflow.yaml", &wrong);
    let (good, text) = repository.commit();
    assert!(
        !good && text.contains("leads to undefined state `Clsed`"),
        "{text}"
    );
    assert!(
        text.contains("checked 1 file: 1 error; 1 has a fix"),
        "{text}"
    );

    let (good, text) = repository.run("statewright", &["check", "--fix"]);
    assert!(good, "{text}");
    let (good, text) = repository.commit();
    assert!(good && text.contains("Passed"), "{text}");

    repository.write("README.md", "no workflow");
    let (good, text) = repository.commit();
    assert!(
        good && text.contains("(no files to check)Skipped"),
        "{text}"
    );
}

#[test]
fn a_commit_is_laid_out() {
    if !can_run() {
        return;
    }
    let repository = Repository::with(&[("statewright-fmt-system", &[])]);
    let name = "with blanks/a b's é.workflow.yaml";
    let untidy = GOOD.replace("start: New", "start:    New");
    repository.write(name, &untidy);
    repository.write("notes.yaml", "a:    of  nobody");
    let (good, text) = repository.commit();
    assert!(!good && text.contains("lay out ticket workflows"), "{text}");
    assert!(text.contains("files were modified by this hook"), "{text}");
    assert!(text.contains("laid out 1 of 1 file anew"), "{text}");
    let laid_out = repository.folder.read(name);
    assert!(laid_out.contains("start: New\n"), "{laid_out}");
    assert_eq!(repository.folder.read("notes.yaml"), "a:    of  nobody");

    let (good, text) = repository.commit();
    assert!(good && text.contains("Passed"), "{text}");

    repository.write("with blanks/-x.workflow.yaml", "workflow: [");
    let (good, text) = repository.commit();
    assert!(!good && text.contains("error[invalid-yaml]"), "{text}");
}

#[test]
fn pictures_are_compared_with_a_commit() {
    if !can_run() {
        return;
    }
    let pictures = ["--out", "doc s/pictures", "--notation", "mermaid"];
    let repository = Repository::with(&[("statewright-diagram-system", &pictures)]);
    // One that has no picture, and is not what the next commits are about.
    let other = GOOD.replace("workflow: good", "workflow: other");
    repository.write("with blanks/other.workflow.yaml", &other);
    repository.git(&["add", "."]);
    repository.git(&["commit", "-q", "--no-verify", "-m", "other"]);

    let name = "with blanks/a b's é.workflow.yaml";
    repository.write(name, GOOD);
    let (good, text) = repository.commit();
    assert!(
        !good && text.contains("compare pictures of ticket workflows"),
        "{text}"
    );
    let missing = "output `doc s/pictures/good.mmd` is missing";
    assert!(
        text.contains(missing) && !text.contains("other.mmd"),
        "{text}"
    );
    assert!(!repository.folder.0.join("doc s").exists(), "{text}");

    let draw = [&["diagram", name][..], &pictures].concat();
    repository.run("statewright", &draw);
    let (good, text) = repository.commit();
    assert!(good && text.contains("Passed"), "{text}");

    repository.write(name, &GOOD.replace("name: Close", "name: Finish"));
    let (good, text) = repository.commit();
    let stale = "output `doc s/pictures/good.mmd` is not what its workflow compiles to";
    assert!(!good && text.contains(stale), "{text}");
    repository.run("statewright", &draw);
    let (good, text) = repository.commit();
    assert!(good && text.contains("Passed"), "{text}");
}

/// The README names what there is.
#[test]
fn every_hook_is_one() {
    if !can_run() {
        return;
    }
    let manifest = common::root().join(".pre-commit-hooks.yaml");
    let ran = Command::new("pre-commit")
        .arg("validate-manifest")
        .arg(&manifest)
        .output();
    let (good, text) = said(&ran.expect("pre-commit runs"));
    assert!(good, "{text}");
}

/// What the README lets a CI system run is understood, and writes what the next step takes.
#[test]
fn the_blocks_for_ci_systems_run() {
    let readme = fs::read_to_string(common::root().join("README.md")).expect("a README");
    let blocks: Vec<&str> = readme
        .split("```yml\n")
        .skip(1)
        .filter_map(|b| b.split("```").next())
        .collect();
    let mut ran = 0;
    for block in blocks {
        serde_yaml::from_str::<serde_yaml::Value>(block)
            .unwrap_or_else(|error| panic!("{error}:\n{block}"));
        let folder = Folder::with(&[("a.workflow.yaml", GOOD)]);
        for line in block.lines() {
            let Some((_, command)) = line.split_once("statewright check") else {
                continue;
            };
            let arguments: Vec<String> = command
                .split_whitespace()
                .map(|word| {
                    word.trim_matches('"')
                        .replace("$GITHUB_STEP_SUMMARY", "summary")
                })
                .collect();
            let all: Vec<&str> = ["check"]
                .into_iter()
                .chain(arguments.iter().map(String::as_str))
                .collect();
            folder.run(&all).is(0);
            ran += 1;
            for pair in arguments.windows(2).filter(|pair| pair[0] == "--output") {
                assert!(folder.0.join(&pair[1]).is_file(), "{line}");
                // Whoever takes the file names it, too.
                assert!(
                    block.matches(&pair[1]).count() > 1 || pair[1] == "summary",
                    "{block}"
                );
            }
        }
    }
    assert!(ran >= 2, "{ran} commands");
}
