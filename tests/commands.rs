//! Every command on the README and in the chapters of `docs/src` runs, in a folder of its page.
//!
//! A block whose fence names a file (`yaml loan.workflow.yaml`) is that file from there on, and
//! `<!-- with: FILE as NAME -->` copies one of the project. In a `console` block, what follows a line
//! `$ COMMAND` is exactly what the command says, on both of its streams; `UPDATE=1 cargo test --test all commands`
//! writes that anew: read the difference. In a `sh` block, every line that starts the program ends well.

#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::common::folder::Folder;
use crate::common::root;

fn pages() -> Vec<PathBuf> {
    let mut pages = crate::common::files_below(&root().join("docs/src"), "md");
    pages.push(root().join("README.md"));
    pages
}

/// What a command line says, and whether it ended well.
fn run(folder: &Folder, line: &str) -> (String, bool) {
    let built = Path::new(env!("CARGO_BIN_EXE_statewright")).parent();
    let mut path = vec![built.expect("a folder").to_owned()];
    path.extend(std::env::split_paths(
        &std::env::var_os("PATH").unwrap_or_default(),
    ));
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("exec 2>&1\n{line}")])
        .current_dir(&folder.0)
        .env("PATH", std::env::join_paths(path).expect("a path"))
        .stdin(Stdio::null());
    for name in [
        "NO_COLOR",
        "CI",
        "GITHUB_ACTIONS",
        "GITHUB_WORKSPACE",
        "CI_PROJECT_DIR",
    ] {
        command.env_remove(name);
    }
    let ran = command.output().expect("it starts");
    let said = String::from_utf8(ran.stdout).expect("UTF-8");
    (said, ran.status.success())
}

/// The commands that never end, or build the program.
fn is_for_people(line: &str) -> bool {
    !line.starts_with("statewright ") || line.contains("--watch") || line.contains('…')
}

/// The page as it should be, and how many commands it has.
fn ran(page: &Path) -> (String, usize) {
    let text = fs::read_to_string(page).expect("a page");
    let folder = Folder::new();
    let mut fresh = String::new();
    let mut count = 0;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        fresh += &format!("{line}\n");
        let copied = line
            .strip_prefix("<!-- with: ")
            .and_then(|l| l.strip_suffix(" -->"));
        if let Some((from, to)) = copied.and_then(|copied| copied.split_once(" as ")) {
            folder.write(to, &fs::read_to_string(root().join(from)).expect("a file"));
        }
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let block: Vec<&str> = lines.by_ref().take_while(|l| *l != "```").collect();
        let kept: String = block.iter().map(|line| format!("{line}\n")).collect();
        match info.split_once(' ') {
            Some((_, name)) if name.contains('.') => folder.write(name, &kept),
            _ => {}
        }
        if info == "console" {
            for command in block.iter().filter_map(|line| line.strip_prefix("$ ")) {
                let (said, _) = run(&folder, command);
                let said = said.lines().map(|line| format!("{}\n", line.trim_end()));
                fresh += &format!("$ {command}\n{}", said.collect::<String>());
                count += 1;
            }
        } else {
            fresh += &kept;
        }
        if info == "sh" {
            for command in block.iter().filter(|line| !is_for_people(line)) {
                let (said, is_good) = run(&folder, command);
                assert!(is_good, "{}: {command}\n{said}", page.display());
                count += 1;
            }
        }
        fresh += "```\n";
    }
    (fresh, count)
}

#[test]
fn every_command_of_every_page_does_what_the_page_says() {
    let mut all = 0;
    for page in pages() {
        let (fresh, count) = ran(&page);
        all += count;
        if std::env::var_os("UPDATE").is_some_and(|v| v == "1") {
            fs::write(&page, &fresh).expect("writable");
        }
        let committed = fs::read_to_string(&page).expect("a page");
        let name = page.display();
        assert!(
            committed == fresh,
            "{name} shows something else (UPDATE=1 cargo test --test all commands):\n{fresh}"
        );
    }
    assert!(all > 25, "{all} commands");
}
