//! How a released program gets to where it is wanted: `.ci/install` and `.ci/action`, with a release that lies in
//! a folder, on Linux.

#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::folder::Folder;
use crate::common::root;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What a script said, and how it ended.
fn ended(command: &mut Command) -> (Option<i32>, String) {
    let ran = command.stdin(Stdio::null()).output().expect("it starts");
    let said = [ran.stdout, ran.stderr].concat();
    (
        ran.status.code(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

fn script(name: &str) -> Command {
    let mut command = Command::new(root().join(".ci").join(name));
    command.env_remove("ATTESTED_BY");
    command
}

/// A folder with a release of this program: an archive, and the sums of all that is in it.
fn released() -> Folder {
    let folder = Folder::new();
    let machine = std::env::consts::ARCH;
    let name = format!("statewright-{VERSION}-{machine}-unknown-linux-musl");
    let release = folder.0.join(format!("v{VERSION}"));
    fs::create_dir_all(folder.0.join(&name)).expect("writable");
    fs::create_dir_all(&release).expect("writable");
    // What stands for the program, which is large and slow to pack.
    let program = folder.0.join(&name).join("statewright");
    fs::write(&program, format!("#!/bin/sh\necho statewright {VERSION}\n")).expect("writable");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(&program, mode).expect("ours");
    let archive = release.join(format!("{name}.tar.gz"));
    let (code, said) = ended(
        Command::new("tar")
            .arg("-czf")
            .arg(archive)
            .arg("-C")
            .args([&folder.0, Path::new(&name)]),
    );
    assert_eq!(code, Some(0), "{said}");
    let (code, said) = ended(script("checksums").arg(&release));
    assert!(
        code == Some(0) && said.contains(&format!("  {name}.tar.gz\n")),
        "{said}"
    );
    folder
}

fn address(folder: &Folder) -> String {
    format!("file://{}", folder.0.display())
}

fn install(folder: &Folder, version: &str) -> (Option<i32>, String) {
    let place = folder.0.join("bin");
    ended(
        script("install")
            .arg(address(folder))
            .arg(version)
            .arg(place),
    )
}

#[test]
fn a_release_is_installed_if_it_is_what_its_sum_says() {
    let folder = released();
    let program = folder.0.join("bin/statewright");
    let (code, said) = install(&folder, VERSION);
    assert_eq!((code, program.is_file()), (Some(0), true), "{said}");
    assert!(said.contains(&format!("statewright {VERSION}")), "{said}");
    fs::remove_file(&program).expect("it is there");

    // Another version, and one whose archive is not there.
    let (code, said) = install(&folder, "99.0.0");
    assert_eq!(code, Some(9), "{said}");
    let release = folder.0.join(format!("v{VERSION}"));
    let archive = fs::read_dir(&release).expect("a folder");
    let mut archive = archive.map(|entry| entry.expect("an entry").path());
    let archive = archive.find(|path| path.extension().is_some_and(|e| e == "gz"));
    let archive = archive.expect("an archive");

    // One byte more.
    let mut bytes = fs::read(&archive).expect("readable");
    bytes.push(0);
    fs::write(&archive, bytes).expect("writable");
    let (code, said) = install(&folder, VERSION);
    assert_eq!((code, program.exists()), (Some(1), false), "{said}");
    assert!(said.contains("is not what SHA256SUMS says"), "{said}");

    fs::remove_file(archive).expect("it is there");
    let (code, said) = install(&folder, VERSION);
    assert_eq!((code, program.exists()), (Some(9), false), "{said}");
}

/// Where nothing is released, the action says under which key a build is kept; it never builds what was
/// released and is not what its sum says.
#[test]
fn the_action_takes_a_release_or_names_a_build() {
    let folder = released();
    let action = |server: &str, version: &str| {
        let output = folder.0.join("output");
        let path = folder.0.join("path");
        fs::write(&output, "").expect("writable");
        fs::write(&path, "").expect("writable");
        let mut command = script("action");
        command
            .arg("find")
            .env("SERVER", server)
            .env("REPOSITORY", "")
            .env("VERSION", version)
            .env("RUNNER_TEMP", &folder.0)
            .env("GITHUB_OUTPUT", &output)
            .env("GITHUB_PATH", &path);
        let (code, said) = ended(&mut command);
        let read = |path| fs::read_to_string(path).expect("readable");
        (code, said, read(output), read(path))
    };
    // The address of a release on GitHub, below this folder.
    let releases = folder.0.join("releases");
    fs::create_dir_all(&releases).expect("writable");
    std::os::unix::fs::symlink(&folder.0, releases.join("download")).expect("a link");

    let (code, said, output, path) = action(&address(&folder), "");
    assert_eq!(code, Some(0), "{said}");
    assert!(
        !output.contains("key=") && path.trim().ends_with("/statewright/bin"),
        "{output}{path}"
    );
    assert!(Path::new(path.trim()).join("statewright").is_file());

    let nowhere = format!("{}/nowhere", address(&folder));
    let (code, said, output, _) = action(&nowhere, "");
    assert!(
        code == Some(0) && output.starts_with("key=statewright-Linux-"),
        "{said}{output}"
    );
    let (code, said, ..) = action(&nowhere, "99.0.0");
    assert!(
        code == Some(1) && said.contains("version 99.0.0 is not released"),
        "{said}"
    );
    let (code, said, ..) = action(&nowhere, "$(reboot)");
    assert!(code == Some(1) && said.contains("not a version"), "{said}");
}

/// Everything that a workflow of GitHub runs is fixed to a commit, and may do no more than it says.
#[test]
fn what_others_give_is_pinned_and_permissions_are_named() {
    let mut files = crate::common::files_below(&root().join(".github"), "yml");
    assert!(files.len() >= 2);
    files.push(root().join("action.yml"));
    for path in files {
        let text = fs::read_to_string(&path).expect("readable");
        serde_yaml::from_str::<serde_yaml::Value>(&text).expect("YAML");
        for line in text.lines() {
            let Some((_, used)) = line.split_once("uses: ") else {
                continue;
            };
            let commit = used.split_once('@').map(|(_, rest)| rest);
            let is_pinned = commit.is_some_and(|rest| {
                let (hash, version) = rest.split_once(" # v").unwrap_or((rest, ""));
                hash.len() == 40
                    && hash.bytes().all(|b| b.is_ascii_hexdigit())
                    && !version.is_empty()
            });
            assert!(is_pinned || used == "$/", "{}: {line}", path.display());
        }
        let is_workflow = path.parent().is_some_and(|p| p.ends_with("workflows"));
        assert!(
            !is_workflow || text.contains("\npermissions: {}\n"),
            "{}",
            path.display()
        );
    }
}

/// What the component lets GitLab run, with what stands for the program that it builds.
#[test]
fn the_component_checks() {
    let text = fs::read_to_string(root().join("templates/check.yml")).expect("readable");
    let (inputs, job) = text.split_once("\n---\n").expect("two documents");
    let [inputs, job] = [inputs, job].map(|part| -> serde_yaml::Value {
        serde_yaml::from_str(part).unwrap_or_else(|error| panic!("{error}"))
    });
    let all = inputs["spec"]["inputs"].as_mapping().expect("inputs");
    for (name, _) in all {
        let name = name.as_str().expect("a name");
        assert!(text.contains(&format!("$[[ inputs.{name} ]]")), "{name}");
    }
    let lines = job["statewright"]["script"].as_sequence().expect("lines");
    let lines: Vec<&str> = lines.iter().filter_map(|line| line.as_str()).collect();

    let folder = Folder::with(&[(
        "a.workflow.yaml",
        "workflow: a\nstart: New\nstates: { New: { category: open } }\n",
    )]);
    fs::create_dir_all(folder.0.join(".statewright/bin")).expect("writable");
    let program = folder.0.join(".statewright/bin/statewright");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_statewright"), program).expect("a link");
    let (code, said) = ended(
        Command::new("sh")
            .arg("-ec")
            .arg(lines.join("\n"))
            .env("WORKFLOWS", ".")
            .current_dir(&folder.0),
    );
    assert_eq!(code, Some(0), "{said}");
    for report in ["codequality", "junit"] {
        let file = &job["statewright"]["artifacts"]["reports"][report];
        let file = file.as_str().expect("a name");
        assert!(folder.0.join(file).is_file(), "{file}");
    }
}
