//! What a folder may hold that is no file, and files that are not to be had.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

use super::run::{Case, many};
use super::yaml::tidy;

fn pipe(folder: &Path, name: &str) {
    let made = Command::new("mkfifo").arg(folder.join(name)).status();
    assert!(made.expect("mkfifo starts").success());
}

fn link(to: &str, folder: &Path, name: &str) {
    symlink(to, folder.join(name)).expect("a link");
}

pub fn cases() -> Vec<Case> {
    let named = |name: &str| Case::new(name).argument("x.workflow.yaml");
    vec![
        named("a pipe that nobody writes to").prepare(|f| pipe(f, "x.workflow.yaml")),
        Case::new("a pipe in a folder").prepare(|f| pipe(f, "x.workflow.yaml")),
        named("a link to a pipe").prepare(|f| {
            pipe(f, "p");
            link("p", f, "x.workflow.yaml");
        }),
        Case::new("a link to a device, in a folder")
            .prepare(|f| link("/dev/null", f, "x.workflow.yaml")),
        named("a link to a device that is empty")
            .prepare(|f| link("/dev/null", f, "x.workflow.yaml")),
        named("a link to standard input").prepare(|f| link("/dev/stdin", f, "x.workflow.yaml")),
        Case::new("standard input by its device")
            .command("check --format short --syntax yaml /dev/stdin")
            .input(tidy("")),
        named("a socket")
            .prepare(|f| drop(UnixListener::bind(f.join("x.workflow.yaml")).expect("a socket"))),
        named("a folder named as a file")
            .prepare(|f| fs::create_dir(f.join("x.workflow.yaml")).expect("a folder")),
        named("a link that leads nowhere").prepare(|f| link("nowhere", f, "x.workflow.yaml")),
        Case::new("a link that leads nowhere, in a folder")
            .prepare(|f| link("nowhere", f, "x.workflow.yaml")),
        named("a link to itself").prepare(|f| link("x.workflow.yaml", f, "x.workflow.yaml")),
        Case::new("a link to itself, in a folder")
            .prepare(|f| link("x.workflow.yaml", f, "x.workflow.yaml")),
        Case::yaml("a folder that holds itself", tidy("")).prepare(|f| link(".", f, "loop")),
        Case::yaml("a link to the folder above", tidy("")).prepare(|f| {
            fs::create_dir(f.join("d")).expect("a folder");
            link("..", &f.join("d"), "up");
        }),
        Case::yaml(
            "a link on the command line to a folder that holds itself",
            tidy(""),
        )
        .prepare(|f| link(".", f, "loop"))
        .argument("loop"),
        Case::yaml("one file under three names", tidy("")).prepare(|f| {
            link("x.workflow.yaml", f, "y.workflow.yaml");
            fs::hard_link(f.join("x.workflow.yaml"), f.join("z.workflow.yaml")).expect("a link");
        }),
        named("a name below a file")
            .file("x.workflow.yaml", tidy(""))
            .argument("x.workflow.yaml/y.workflow.yaml"),
        named("a file that is not there"),
        Case::new("a folder that is empty"),
        Case::new("a file of no syntax")
            .file("x.txt", tidy(""))
            .argument("x.txt"),
        Case::new("standard input without a syntax")
            .argument("-")
            .input(tidy("")),
        Case::new("standard input of more than eight megabytes")
            .command("check --format short --syntax yaml -")
            .input("w".repeat((8 << 20) + 1)),
        Case::new("standard input that is closed").command("check --format short --syntax yaml -"),
        Case::new("a file of more than eight megabytes, all holes").prepare(|f| {
            let file = fs::File::create(f.join("x.workflow.yaml")).expect("writable");
            file.set_len((8 << 20) + 1)
                .expect("a file system with holes");
        }),
        Case::new("very many folders").prepare(|f| {
            for n in 0..many(10_000) {
                fs::create_dir(f.join(format!("d{n}"))).expect("a folder");
            }
        }),
        Case::yaml("a pattern with one star too many not to look at", tidy(""))
            .file(".gitignore", "a*".repeat(17)),
        Case::yaml("output held against a pipe", tidy(""))
            .command("diagram --format short x.workflow.yaml --out x.svg --check")
            .prepare(|f| pipe(f, "x.svg")),
        Case::yaml("output held against a device", tidy(""))
            .command("diagram --format short x.workflow.yaml --out x.svg --check")
            .prepare(|f| link("/dev/null", f, "x.svg")),
        Case::yaml("output held against a folder", tidy(""))
            .command("diagram --format short x.workflow.yaml --out x.svg --check")
            .prepare(|f| fs::create_dir(f.join("x.svg")).expect("a folder")),
        Case::yaml("output held against a file without end", tidy(""))
            .command("diagram --format short x.workflow.yaml --out x.svg --check")
            .prepare(|f| {
                let file = fs::File::create(f.join("x.svg")).expect("writable");
                file.set_len((8 << 20) + 1)
                    .expect("a file system with holes");
            }),
        Case::yaml("output below a file", tidy(""))
            .command("build x.workflow.yaml --target itwin --out x.workflow.yaml"),
    ]
}
