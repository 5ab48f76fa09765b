//! The hooks of `.pre-commit-hooks.yaml`, run by the real pre-commit (<https://pre-commit.com>) and
//! by prek (<https://prek.j178.dev>), as far as they are installed, in a repository of their own; and
//! the commands that `docs/src/ci.md` gives to CI systems.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::common::folder::Folder;

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
            .env("PREK_HOME", &self.home.0)
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

    /// A repository whose commits make `runner` run `hooks`, each with its arguments, if it is given
    /// other ones; this project stands for where they come from.
    fn with(runner: &str, hooks: &[(&str, &[&str])]) -> Repository {
        let repository = Repository {
            folder: Folder::new(),
            home: Folder::new(),
        };
        let source = repository.home.0.join("source");
        fs::create_dir_all(&source).expect("writable");
        let name = ".pre-commit-hooks.yaml";
        fs::copy(crate::common::root().join(name), source.join(name)).expect("writable");
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
            .map(|(id, arguments)| match arguments {
                [] => format!("      - id: {id}\n"),
                _ => format!("      - id: {id}\n        args: {arguments:?}\n"),
            })
            .collect();
        let config = format!(
            "repos:\n  - repo: {}\n    rev: {revision}\n    hooks:\n{ids}",
            source.display()
        );
        repository.write(".pre-commit-config.yaml", &config);
        repository.git(&["init", "-q"]);
        repository.git(&["add", "."]);
        repository.git(&["commit", "-q", "-m", "start"]);
        let (good, text) = repository.run(runner, &["install"]);
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

/// The programs that run hooks and are here, if git is; says so where one is not.
fn runners() -> Vec<&'static str> {
    let runs = |program: &&str| {
        let ran = Command::new(program).arg("--version").output();
        let here = ran.is_ok_and(|output| output.status.success());
        if !here {
            eprintln!("skipped: {program} is not installed");
        }
        here
    };
    match cfg!(unix) && runs(&"git") {
        true => ["pre-commit", "prek"].into_iter().filter(runs).collect(),
        false => Vec::new(),
    }
}

/// The same workflow by another name.
fn good(identifier: &str) -> String {
    GOOD.replace("workflow: good", &format!("workflow: {identifier}"))
}

#[test]
fn a_commit_is_checked() {
    for runner in runners() {
        let repository = Repository::with(runner, &[("statewright-check-system", &[])]);
        repository.write("with blanks/a b's.workflow.yaml", GOOD);
        repository.write("notes.yaml", "nothing of ours: [");
        let (good, text) = repository.commit();
        assert!(good && text.contains("check ticket workflows"), "{text}");
        assert!(text.contains("Passed"), "{text}");

        let wrong = self::good("wrong").replace("to: Closed", "to: Clsed");
        repository.write("with blanks/-x é.workflow.yaml", &wrong);
        let (good, text) = repository.commit();
        let said = "leads to undefined state `Clsed`";
        assert!(!good && text.contains(said), "{text}");
        assert!(text.contains("checked 1 file: 1 error"), "{text}");
        repository.write("with blanks/-x é.workflow.yaml", &self::good("right"));
        let (good, text) = repository.commit();
        assert!(good && text.contains("Passed"), "{text}");

        repository.write("README.md", "no workflow");
        let (good, text) = repository.commit();
        assert!(good && text.contains("Skipped"), "{text}");
    }
}

#[test]
fn a_commit_is_checked_with_the_project_that_it_is_part_of() {
    for runner in runners() {
        let repository = Repository::with(runner, &[("statewright-check-system", &[])]);
        let types = |identifier: &str, kind: &str| {
            let line = format!("\napplies-to: [{kind}]\nstart");
            good(identifier).replace("\nstart", &line)
        };
        repository.write("desks/laptop.workflow.yaml", &types("laptop", "Laptop"));
        repository.write("desks/phone.workflow.yaml", &types("phone", "Phone"));
        repository.write("statewright.toml", "exclude = [\"archive\"]\n");
        let (good, text) = repository.commit();
        assert!(good && text.contains("Passed"), "{text}");

        // What one file of the commit and one that was there before do together.
        repository.write("desks/tablet.workflow.yaml", &types("tablet", "Laptop"));
        let (good, text) = repository.commit();
        let overlap = "workflows `laptop` and `tablet` both apply to `Laptop`";
        assert!(!good && text.contains(overlap), "{text}");
        assert!(text.contains("checked 1 file: 1 error"), "{text}");
        // Wherever its report begins: `laptop` comes first.
        repository.git(&["commit", "-q", "--no-verify", "-m", "tablet"]);
        repository.write(
            "desks/laptop.workflow.yaml",
            &format!("{}# more\n", types("laptop", "Laptop")),
        );
        let (good, text) = repository.commit();
        assert!(!good && text.contains(overlap), "{text}");
        // A commit of other files is not held up by it.
        repository.git(&["commit", "-q", "--no-verify", "-m", "laptop"]);
        repository.write(
            "desks/phone.workflow.yaml",
            &format!("{}# more\n", types("phone", "Phone")),
        );
        let (good, text) = repository.commit();
        assert!(good && text.contains("Passed"), "{text}");

        // What the configuration leaves out, the hook does.
        repository.write("archive/old.workflow.yaml", "workflow: [");
        let (good, text) = repository.commit();
        assert!(good && text.contains("Passed"), "{text}");
        // A change of the configuration is one of every file.
        repository.write("statewright.toml", "exclude = [\"archive/\"]\n");
        let (good, text) = repository.commit();
        assert!(!good && text.contains(overlap), "{text}");
        repository.write("desks/tablet.workflow.yaml", &types("tablet", "Tablet"));
        let (good, text) = repository.commit();
        assert!(good && text.contains("Passed"), "{text}");
        repository.write(
            "statewright.toml",
            "exclude = [\"archive\"]\nexcluded = []\n",
        );
        let (good, text) = repository.commit();
        let said = "the configuration has no field `excluded`";
        assert!(!good && text.contains(said), "{text}");
        assert!(text.contains("checked 3 files: 1 error"), "{text}");
        repository.write(
            "statewright.toml",
            "exclude = [\"archive\"]\nbaseline = \"baseline.toml\"\n",
        );
        let (good, text) = repository.commit();
        assert!(!good && text.contains("which cannot be read"), "{text}");
        repository.run("statewright", &["check", "--write-baseline"]);
        let (good, text) = repository.commit();
        assert!(good && text.contains("Passed"), "{text}");
        repository.write("baseline.toml", "version = \"none\"\n");
        let (good, text) = repository.commit();
        assert!(!good && text.contains("baseline.toml"), "{text}");
    }
}

#[test]
fn a_draft_that_is_not_added_holds_up_no_commit() {
    for runner in runners() {
        let repository = Repository::with(runner, &[("statewright-check-system", &[])]);
        repository.write("laptop.workflow.yaml", &good("laptop"));
        repository.write("statewright.toml", "exclude = []\n");
        let (passed, text) = repository.commit();
        assert!(passed && text.contains("Passed"), "{text}");
        // A copy, and one that is no workflow yet.
        repository.write("laptop-new.workflow.yaml", &good("laptop"));
        repository.write("new/broken.workflow.yaml", "workflow: [");
        repository.write("new/statewright.toml", "wrong = 1\n");
        for (name, text) in [
            (
                "laptop.workflow.yaml",
                format!("{}# more\n", good("laptop")),
            ),
            ("statewright.toml", "exclude = [\"archive\"]\n".to_owned()),
        ] {
            repository.write(name, &text);
            repository.git(&["add", name]);
            let (passed, text) = repository.run("git", &["commit", "-m", "change"]);
            assert!(passed && text.contains("Passed"), "{text}");
        }
        // Also where only some of the changes are committed.
        repository.write(
            "laptop.workflow.yaml",
            &format!("{}# less\n", good("laptop")),
        );
        repository.write("phone.workflow.yaml", &good("phone"));
        repository.git(&["add", "phone.workflow.yaml"]);
        let partly = ["commit", "-m", "change", "laptop.workflow.yaml"];
        let (passed, text) = repository.run("git", &partly);
        assert!(passed && text.contains("Passed"), "{text}");
        // Once it is added, it is part of the project.
        let (passed, text) = repository.commit();
        let twice = "workflow `laptop` is defined in 2 files";
        assert!(!passed && text.contains(twice), "{text}");
    }
}

/// A name that a stranger gives reaches the program as an argument.
#[test]
fn a_folder_named_as_an_option_is_a_folder() {
    for runner in runners() {
        for (hook, arguments) in [
            ("statewright-check-system", &[][..]),
            // Somebody who has not read about `--`.
            ("statewright-check-system", &["--format", "short"]),
        ] {
            let repository = Repository::with(runner, &[(hook, arguments)]);
            let wrong = good("wrong").replace("to: Closed", "to: Clsed");
            let elsewhere = repository.home.0.join("x.workflow.toml");
            let name = format!("--write-baseline={}", elsewhere.display());
            repository.write(&format!("./{name}"), "workflow = \"x\"\n");
            repository.write("wrong.workflow.yaml", &wrong);
            let (passed, text) = repository.commit();
            assert!(!passed, "{text}");
            assert!(!elsewhere.exists(), "{text}");
            let said = match arguments {
                [] => "leads to undefined state `Clsed`".to_owned(),
                _ => format!("`{name}` is the name of a file, and looks like an option"),
            };
            assert!(text.contains(&said), "{text}");
        }
    }
}

#[test]
fn a_commit_is_formatted() {
    for runner in runners() {
        let repository = Repository::with(runner, &[("statewright-fmt-system", &[])]);
        let name = "with blanks/a b's é.workflow.yaml";
        let untidy = GOOD.replace("start: New", "start:    New");
        repository.write(name, &untidy);
        repository.write("notes.yaml", "a:    of  nobody");
        repository.write("archive/old.workflow.yaml", &untidy);
        repository.write("statewright.toml", "exclude = [\"archive\"]\n");
        let (good, text) = repository.commit();
        assert!(!good && text.contains("format ticket workflows"), "{text}");
        assert!(
            text.to_lowercase()
                .contains("files were modified by this hook"),
            "{text}"
        );
        assert!(text.contains("reformatted 1 of 1 file"), "{text}");
        let laid_out = repository.folder.read(name);
        assert!(laid_out.contains("start: New\n"), "{laid_out}");
        assert_eq!(repository.folder.read("notes.yaml"), "a:    of  nobody");
        assert_eq!(repository.folder.read("archive/old.workflow.yaml"), untidy);

        let (good, text) = repository.commit();
        assert!(good && text.contains("Passed"), "{text}");

        repository.write("with blanks/-x.workflow.yaml", "workflow: [");
        let (good, text) = repository.commit();
        assert!(!good && text.contains("error[invalid-yaml]"), "{text}");
    }
}

#[test]
fn pictures_are_compared_with_a_commit() {
    for runner in runners() {
        let pictures = ["--out", "doc s/pictures", "--notation", "mermaid", "--"];
        let repository = Repository::with(runner, &[("statewright-diagram-system", &pictures)]);
        // One that has no picture, and is not what the next commits are about.
        repository.write("with blanks/other.workflow.yaml", &good("other"));
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

        let draw = [&["diagram"], &pictures[..], &[name]].concat();
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

        // Levels and limits are of every picture.
        repository.write("statewright.toml", "exclude = []\n");
        let (good, text) = repository.commit();
        assert!(!good && text.contains("other.mmd` is missing"), "{text}");
    }
}

/// Against the last commit, also where a commit does nothing but delete.
#[test]
fn a_commit_that_strands_tickets_is_held_up() {
    for runner in runners() {
        let repository = Repository::with(runner, &[("statewright-changes-system", &[])]);
        repository.write("a.workflow.yaml", GOOD);
        let (good, text) = repository.commit();
        assert!(good, "{text}");
        let fewer = GOOD.replace("New", "Reported");
        let path = repository.write("a.workflow.yaml", &fewer);
        let (good, text) = repository.commit();
        assert!(!good && text.contains("error[removed-states]"), "{text}");
        let said = fewer.replace("Reported: {", "Reported: { was: [New],");
        repository.write("a.workflow.yaml", &said);
        let (good, text) = repository.commit();
        assert!(good, "{text}");
        fs::remove_file(path).expect("a file");
        let (good, text) = repository.commit();
        assert!(!good && text.contains("error[removed-workflows]"), "{text}");
    }
}

/// The page on CI names what there is.
#[test]
fn every_hook_is_one() {
    let manifest = crate::common::root().join(".pre-commit-hooks.yaml");
    for runner in runners() {
        let ran = Command::new(runner)
            .arg("validate-manifest")
            .arg(&manifest)
            .output();
        let (good, text) = said(&ran.expect("it runs"));
        assert!(good, "{text}");
    }
    let text = fs::read_to_string(manifest).expect("readable");
    let hooks: Vec<serde_yaml::Value> = serde_yaml::from_str(&text).expect("YAML");
    let page = page();
    for hook in &hooks {
        let id = hook["id"].as_str().expect("an id");
        assert!(page.contains(id), "{id}");
        // Names of files come after that, whatever they are.
        assert_eq!(hook["args"][0], "--", "{id}");
    }
}

fn page() -> String {
    fs::read_to_string(crate::common::root().join("docs/src/ci.md")).expect("a page")
}

/// What that page lets a CI system run is understood, and writes what the next step takes.
#[test]
fn the_blocks_for_ci_systems_run() {
    let page = page();
    let blocks: Vec<&str> = page
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
