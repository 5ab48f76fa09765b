//! `check --watch` and `diagram --watch`, as a person uses it: save a file, look at the report.

use std::io::Read;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::common::folder::Folder;

const GOOD: &str = "workflow: good\nstart: New\nstates:\n  New: { category: open }\n  Closed: { category: closed }\n\
                    transitions:\n  - { name: Close, from: New, to: Closed }\n";

/// Longer than any machine needs.
const LONG: Duration = Duration::from_secs(60);

/// What a running program writes, piece by piece.
struct Output(Receiver<String>);

impl Output {
    fn of(mut from: impl Read + Send + 'static) -> Output {
        let (sender, receiver) = channel();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = from.read(&mut buffer) {
                let text = String::from_utf8_lossy(&buffer[..count]).into_owned();
                if sender.send(text).is_err() {
                    return;
                }
            }
        });
        Output(receiver)
    }

    /// Waits until `text` is written; what was written up to then.
    fn until(&self, text: &str) -> String {
        let end = Instant::now() + LONG;
        let mut all = String::new();
        while !all.contains(text) {
            match self
                .0
                .recv_timeout(end.saturating_duration_since(Instant::now()))
            {
                Ok(more) => all.push_str(&more),
                Err(RecvTimeoutError::Timeout) => panic!("no `{text}` in\n{all}"),
                Err(RecvTimeoutError::Disconnected) => panic!("it ended with\n{all}"),
            }
        }
        all
    }
}

fn watch(folder: &Folder, more: &[&str]) -> Child {
    let mut command = folder.command(&[&["check", "--watch"], more].concat());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("it starts")
}

#[test]
fn a_saved_file_is_checked_again() {
    let folder = Folder::with(&[("a.workflow.yaml", GOOD)]);
    let mut child = watch(&folder, &["--output", "report.json"]);
    let out = Output::of(child.stdout.take().expect("piped"));
    let err = Output::of(child.stderr.take().expect("piped"));
    out.until("checked 1 file: no mistakes found");
    err.until("watching 1 file; Ctrl-C ends");
    let wrong = GOOD.replace("to: Closed", "to: Clsed");
    std::fs::write(folder.0.join("a.workflow.yaml"), wrong).expect("writable");
    out.until("leads to undefined state `Clsed`");
    err.until("Ctrl-C ends");
    assert!(folder.read("report.json").contains("undefined-states"));
    std::fs::write(
        folder.0.join("b.workflow.yaml"),
        GOOD.replace("good", "other"),
    )
    .expect("writable");
    out.until("checked 2 files: 1 error");
    std::fs::remove_file(folder.0.join("a.workflow.yaml")).expect("it is there");
    out.until("checked 1 file: no mistakes found");
    child.kill().expect("it runs");
    child.wait().expect("it ends");
}

#[test]
fn a_saved_file_is_drawn_again() {
    let folder = Folder::with(&[("a.workflow.yaml", GOOD)]);
    let mut command = folder.command(&["diagram", "--watch", "--out", "pictures/"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let err = Output::of(child.stderr.take().expect("piped"));
    err.until("watching 1 file; Ctrl-C ends");
    assert!(folder.read("pictures/good.svg").contains("Closed"));
    let other = GOOD.replace("Closed", "Over");
    std::fs::write(folder.0.join("a.workflow.yaml"), other).expect("writable");
    err.until("Ctrl-C ends");
    assert!(folder.read("pictures/good.svg").contains("Over"));
    child.kill().expect("it runs");
    child.wait().expect("it ends");
}

/// What `cp -p`, `mv` and unpacking an archive do.
#[cfg(unix)]
#[test]
fn a_file_that_takes_the_place_of_one_of_equal_size_and_time_is_checked() {
    let folder = Folder::with(&[("a.workflow.yaml", GOOD)]);
    let path = folder.0.join("a.workflow.yaml");
    let time = |path: &std::path::Path| {
        let metadata = std::fs::metadata(path).expect("it is there");
        (metadata.modified().expect("a time"), metadata.len())
    };
    let before = time(&path);
    let mut child = watch(&folder, &[]);
    let out = Output::of(child.stdout.take().expect("piped"));
    let err = Output::of(child.stderr.take().expect("piped"));
    out.until("checked 1 file: no mistakes found");
    err.until("Ctrl-C ends");
    let other = folder.0.join("other");
    let wrong = GOOD.replace("to: Closed", "to: Clozed");
    std::fs::write(&other, wrong).expect("writable");
    let file = std::fs::File::options().write(true).open(&other);
    let file = file.expect("writable");
    file.set_modified(before.0).expect("a time can be set");
    drop(file);
    assert_eq!(time(&other), before);
    std::fs::rename(&other, &path).expect("it can be moved");
    out.until("leads to undefined state `Clozed`");
    child.kill().expect("it runs");
    child.wait().expect("it ends");
}

#[test]
fn it_ends_when_nobody_reads_any_more() {
    let folder = Folder::with(&[("a.workflow.yaml", GOOD)]);
    let mut child = watch(&folder, &[]);
    let err = Output::of(child.stderr.take().expect("piped"));
    err.until("Ctrl-C ends");
    drop(child.stdout.take());
    std::fs::write(folder.0.join("a.workflow.yaml"), format!("{GOOD}# more\n")).expect("writable");
    let end = Instant::now() + LONG;
    let status = loop {
        if let Some(status) = child.try_wait().expect("it can be asked") {
            break status;
        }
        assert!(Instant::now() < end, "it goes on");
        thread::sleep(Duration::from_millis(50));
    };
    assert_eq!(status.code(), Some(0));
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let folder = Folder::new();
    let ran = folder
        .run(&["check", "--watch", "-", "--syntax", "yaml"])
        .is(2);
    assert!(
        ran.err.contains("standard input cannot be watched"),
        "{}",
        ran.err
    );
    folder.run(&["check", "--watch", "--fix"]).is(2);
    folder.run(&["diagram", "--watch"]).is(2);
    folder.run(&["diagram", "--watch", "--out", "x.what"]).is(2);
}
