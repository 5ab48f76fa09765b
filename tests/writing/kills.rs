//! Kills and competition.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Folder, all_files, leftovers, many, workflow, write_many};

const BUILD: [&str; 6] = ["build", "in", "--target", "all", "--out", "out"];

fn start(mut command: Command) -> Child {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.spawn().expect("it starts")
}

/// Kills the child as soon as the folder holds a half-written file, or when it has ended.
fn kill_at_work(child: &mut Child, folder: &Path) {
    let is_half = |entry: fs::DirEntry| entry.file_name().to_string_lossy().ends_with(".tmp");
    while child.try_wait().expect("a child").is_none() {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        if entries.into_iter().any(is_half) {
            break;
        }
    }
    // A child that has ended cannot be killed, and need not.
    let _ = child.kill();
}

/// Asserts that each file is one of the two versions, as a whole.
fn assert_whole(
    folder: &Path,
    old: &BTreeMap<String, Vec<u8>>,
    new: &BTreeMap<String, Vec<u8>>,
) -> usize {
    let found = all_files(folder);
    let half = |name: &&String| name.ends_with(".tmp");
    assert_eq!(found.keys().filter(|n| !half(n)).count(), old.len());
    let mut renewed = 0;
    for (name, content) in found.iter().filter(|(name, _)| !half(name)) {
        let is_new = new.get(name) == Some(content);
        assert!(is_new || old.get(name) == Some(content), "{name} is torn");
        renewed += usize::from(is_new);
    }
    renewed
}

/// Starts the program again and again and kills it: at once, after ever longer times, and
/// whenever it has just begun a file. Before each round `reset` brings the old files back.
fn kill_often(
    folder: &Folder,
    arguments: &[&str],
    place: &str,
    old: &BTreeMap<String, Vec<u8>>,
    new: &BTreeMap<String, Vec<u8>>,
) {
    let place = folder.0.join(place);
    let reset = || {
        for half in leftovers(&place) {
            fs::remove_file(place.join(half)).expect("removable");
        }
        for (name, content) in old {
            fs::write(place.join(name), content).expect("writable");
        }
    };
    reset();
    let began = Instant::now();
    assert!(
        start(folder.command(arguments))
            .wait()
            .expect("it ends")
            .success()
    );
    let whole_run = began.elapsed();
    assert_eq!(&all_files(&place), new);

    const ROUNDS: u32 = 8;
    let mut cut_short = 0;
    for round in 0..ROUNDS {
        reset();
        let mut child = start(folder.command(arguments));
        sleep(whole_run * round / ROUNDS);
        let _ = child.kill();
        cut_short += usize::from(!child.wait().expect("it ends").success());
        assert_whole(&place, old, new);
    }
    assert!(cut_short > 0, "the kill at once comes before the end");
    for _ in 0..ROUNDS {
        reset();
        let mut child = start(folder.command(arguments));
        kill_at_work(&mut child, &place);
        child.wait().expect("it ends");
        assert_whole(&place, old, new);
    }
    // What a kill leaves behind is in nobody's way.
    reset();
    fs::write(place.join(".statewright-1-0.tmp"), "half").expect("writable");
    let mut child = start(folder.command(arguments));
    assert!(child.wait().expect("it ends").success());
    assert_eq!(assert_whole(&place, old, new), new.len());
}

#[test]
fn a_kill_leaves_each_product_document_old_or_new() {
    const FILES: usize = 8;
    let folder = many(FILES, "Old", 40);
    folder.run(&BUILD).is(0);
    let old = all_files(&folder.0.join("out"));
    write_many(&folder, FILES, "New", 50);
    folder.run(&BUILD).is(0);
    let new = all_files(&folder.0.join("out"));
    assert_eq!((old.len(), new.len()), (FILES, FILES));
    kill_often(&folder, &BUILD, "out", &old, &new);
}

#[test]
fn a_kill_leaves_each_workflow_file_old_or_new() {
    const FILES: usize = 8;
    let folder = Folder::new();
    for n in 0..FILES {
        let text = workflow(&format!("w{n}"), "State", 40).replace(", to:", ",  to:");
        folder.write(&format!("in/w{n}.workflow.yaml"), &text);
    }
    let old = all_files(&folder.0.join("in"));
    folder.run(&["fmt", "in"]).is(0);
    let new = all_files(&folder.0.join("in"));
    assert!(old.iter().all(|(name, content)| new[name] != *content));
    kill_often(&folder, &["fmt", "in"], "in", &old, &new);
}

#[test]
fn a_kill_leaves_no_half_of_a_file_to_start_from() {
    let folder = Folder::new();
    folder.run(&["init", "desk"]).is(0);
    let whole = folder.read("desk.workflow.yaml");
    fs::remove_file(folder.0.join("desk.workflow.yaml")).expect("removable");
    for round in 0..20 {
        let mut child = start(folder.command(&["init", "desk"]));
        match round % 2 {
            0 => kill_at_work(&mut child, &folder.0),
            _ => {
                sleep(Duration::from_micros(500 * round));
                let _ = child.kill();
            }
        }
        child.wait().expect("it ends");
        let path = folder.0.join("desk.workflow.yaml");
        if path.exists() {
            assert_eq!(fs::read_to_string(&path).expect("readable"), whole);
            fs::remove_file(path).expect("removable");
        }
    }
}

#[test]
fn sixteen_writers_leave_one_whole_version() {
    const WRITERS: usize = 16;
    let folder = Folder::new();
    let mut versions = Vec::new();
    for n in 0..WRITERS {
        let file = format!("{n}.workflow.yaml");
        folder.write(&file, &workflow("shared", &format!("State {n} of"), 20 + n));
        let ran = folder
            .run(&["build", &file, "--target", "incident-iq"])
            .is(0);
        versions.push(ran.out.into_bytes());
    }
    for _ in 0..3 {
        let write = |n: usize| {
            let file = format!("{n}.workflow.yaml");
            let arguments = ["build", &file, "--target", "incident-iq", "--out", "out"];
            start(folder.command(&arguments))
        };
        let writers: Vec<Child> = (0..WRITERS).map(write).collect();
        for mut writer in writers {
            assert!(writer.wait().expect("it ends").success());
        }
        let found = all_files(&folder.0.join("out"));
        assert_eq!(found.len(), 1, "{:?}", found.keys());
        let last = &found["shared.incident-iq.steps.json"];
        assert!(versions.contains(last), "no writer wrote this");
    }
}

#[test]
fn of_sixteen_that_write_a_file_where_none_is_one_does() {
    let folder = Folder::new();
    let inits: Vec<Child> = (0..16)
        .map(|_| start(folder.command(&["init", "desk"])))
        .collect();
    let mut codes: Vec<Option<i32>> = inits
        .into_iter()
        .map(|mut init| init.wait().expect("it ends").code())
        .collect();
    codes.sort_unstable();
    assert_eq!(codes[0], Some(0));
    assert!(codes[1..].iter().all(|code| *code == Some(4)), "{codes:?}");
    assert_eq!(all_files(&folder.0).len(), 1);
    folder.run(&["check"]).is(0);
}
