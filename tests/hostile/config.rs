//! Configurations and baselines that are hostile themselves.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use super::run::Case;
use super::run::{DEEP, many};
use super::yaml::tidy;

fn config(name: &str, text: impl Into<Vec<u8>>) -> Case {
    Case::yaml(name, tidy("")).file("statewright.toml", text)
}

fn baseline(name: &str, text: impl Into<Vec<u8>>) -> Case {
    Case::yaml(name, tidy("colour: red\n"))
        .file("b.toml", text)
        .command("check --format short --baseline b.toml")
}

pub fn cases() -> Vec<Case> {
    let mut all = configs();
    all.extend(baselines());
    all
}

fn configs() -> Vec<Case> {
    let codes: String = (0..many(50_000))
        .map(|n| format!("code-{n} = \"deny\"\n"))
        .collect();
    vec![
        config("nothing", ""),
        config("more than eight megabytes", "#".repeat((8 << 20) + 1)),
        config(
            "lists without end",
            format!("targets = {}", "[".repeat(DEEP)),
        ),
        config(
            "a header without end",
            format!("[{}]\n", vec!["a"; DEEP].join(".")),
        ),
        config("very many unknown codes", format!("[levels]\n{codes}")),
        config(
            "very many equal codes",
            format!(
                "[levels]\n{}",
                "dead-ends = \"deny\"\n".repeat(many(50_000))
            ),
        ),
        config(
            "very many patterns",
            format!("exclude = [{}]\n", "\"a/**/b\",".repeat(1001)),
        ),
        config(
            "very many patterns that are none",
            format!("exclude = [{}]\n", "\"[\",".repeat(1001)),
        ),
        config(
            "a pattern of many stars",
            format!("exclude = [\"{}b\"]\n", "**/a*".repeat(201)),
        ),
        config(
            "a pattern of alternatives in alternatives",
            format!(
                "exclude = [\"{}x{}\"]\n",
                "{a,".repeat(251),
                "}".repeat(251)
            ),
        ),
        config(
            "a pattern that multiplies",
            format!("exclude = [\"{}\"]\n", "{a,b}".repeat(201)),
        ),
        config(
            "a pattern of a byte too many",
            format!("exclude = [\"{}\"]\n", "a".repeat(1001)),
        ),
        config(
            "a pattern to the folder above",
            "exclude = [\"../../etc/**\"]\n",
        ),
        config("bytes that are no text", b"targets = [\"\xff\"]\n".to_vec()),
        config(
            "UTF-16",
            "targets = []\n"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<u8>>(),
        ),
        config(
            "names that are commands",
            "[levels]\n\"::error::x\\n##[group]\" = \"deny\"\n",
        ),
        config(
            "limits that are none",
            "[limits]\ndepth = 1000000\nbytes = -1\nstates = 99999999999999999999\n",
        ),
        config(
            "limits that nothing passes",
            "[limits]\nbytes = 1\ndepth = 1\naliases = 1\nstates = 1\nreports = 1\n",
        ),
        Case::yaml("a pipe", tidy("")).prepare(|f| {
            let made = Command::new("mkfifo")
                .arg(f.join("statewright.toml"))
                .status();
            assert!(made.expect("mkfifo starts").success());
        }),
        Case::yaml("a link to a device", tidy(""))
            .prepare(|f| symlink("/dev/null", f.join("statewright.toml")).expect("a link")),
        Case::yaml("a link to itself", tidy(""))
            .prepare(|f| symlink("statewright.toml", f.join("statewright.toml")).expect("a link")),
        Case::yaml("a folder", tidy(""))
            .prepare(|f| fs::create_dir(f.join("statewright.toml")).expect("a folder")),
        Case::yaml("one that is not there", tidy(""))
            .command("check --format short --config c.toml"),
        Case::yaml("a device on the command line", tidy(""))
            .command("check --format short --config /dev/zero"),
    ]
}

fn baselines() -> Vec<Case> {
    let entry = |n: usize| format!("[\"f{n}\"]\ndead-ends = [\"m\"]\n");
    let entries: String = (0..many(20_000)).map(entry).collect();
    vec![
        baseline("a baseline of nothing", ""),
        baseline(
            "a baseline of more than eight megabytes",
            "#".repeat((8 << 20) + 1),
        ),
        baseline("a baseline that is YAML", "findings:\n  - a\n"),
        baseline(
            "a baseline of lists without end",
            format!("findings = {}", "[".repeat(DEEP)),
        ),
        baseline("a baseline of very many findings", entries),
        baseline(
            "a baseline of very many empty findings",
            "[[x]]\n".repeat(many(20_000)),
        ),
        baseline("a baseline of bytes that are no text", b"\xff\xff".to_vec()),
        baseline(
            "a baseline that names files above",
            "[\"../../../etc/passwd\"]\ndead-ends = [\"m\"]\n",
        ),
        Case::yaml("a baseline that is a device", tidy(""))
            .command("check --format short --baseline /dev/zero"),
        Case::yaml("a baseline that is a folder", tidy(""))
            .command("check --format short --baseline ."),
        Case::yaml("a baseline that is not there", tidy(""))
            .command("check --format short --baseline b.toml"),
    ]
}
