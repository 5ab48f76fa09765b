//! How far a long run has come: one line on the terminal, gone before anything else is written.
//!
//! The terminal belongs to the whole process, and so does the line on it. Whoever writes to a
//! standard stream holds [`cleared`] meanwhile, so that no output can meet the line.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What is done within this time shows nothing.
const SHORT: Duration = Duration::from_secs(1);

/// Between two looks of the line.
const PAUSE: Duration = Duration::from_millis(100);

/// Back to the start of the line, and empties it.
const ERASE: &str = "\r\x1b[K";

/// A line that is wider than the terminal would take two rows, of which [`ERASE`] empties one.
const NO_WRAP: &str = "\x1b[?7l";
const WRAP: &str = "\x1b[?7h";

/// How many columns the bar takes.
const BAR: usize = 24;

static WANTED: AtomicBool = AtomicBool::new(false);

/// Whether the line is on the terminal now.
static SHOWN: Mutex<bool> = Mutex::new(false);

/// Shows progress from now on, where standard error is a terminal that can take a line back.
pub fn allow() {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    WANTED.store(!dumb && io::stderr().is_terminal(), Ordering::Relaxed);
}

/// Takes the line off the terminal. While the answer lives, none is shown.
pub fn cleared() -> MutexGuard<'static, bool> {
    let mut shown = shown();
    if *shown {
        put(ERASE);
        *shown = false;
    }
    shown
}

fn shown() -> MutexGuard<'static, bool> {
    // What a thread that panicked has left is still true.
    SHOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn put(text: &str) {
    let mut to = io::stderr().lock();
    // A line that cannot be shown is no reason to end the work.
    let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
}

/// Some work on many files. Any thread may count; the line is cleared at the end.
pub struct Progress {
    /// "checking", "reading".
    doing: &'static str,
    files: AtomicUsize,
    done: AtomicUsize,
    /// When the line is shown next; `None` where it never is.
    next: Option<Mutex<Instant>>,
}

impl Progress {
    pub fn new(doing: &'static str, files: usize) -> Progress {
        let wanted = WANTED.load(Ordering::Relaxed);
        Progress {
            doing,
            files: AtomicUsize::new(files),
            done: AtomicUsize::new(0),
            next: wanted.then(|| Mutex::new(Instant::now() + SHORT)),
        }
    }

    /// One of the paths is a folder that has so many files.
    pub fn is_folder(&self, files: usize) {
        self.files.fetch_add(files, Ordering::Relaxed);
        self.files.fetch_sub(1, Ordering::Relaxed);
    }

    /// One more file is done.
    pub fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        // Where another thread is showing the line, this one need not wait to do the same.
        let Some(Ok(mut next)) = self.next.as_ref().map(Mutex::try_lock) else {
            return;
        };
        let now = Instant::now();
        if now < *next {
            return;
        }
        *next = now + PAUSE;
        let line = line(self.doing, done, self.files.load(Ordering::Relaxed));
        let mut shown = shown();
        put(&format!("{ERASE}{NO_WRAP}{line}{WRAP}"));
        *shown = true;
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(cleared());
    }
}

/// `checking 1,234 of 20,000 files [=>                      ]`
fn line(doing: &str, done: usize, files: usize) -> String {
    let done = done.min(files);
    let full = (BAR * done).checked_div(files).unwrap_or(BAR);
    let head = if full < BAR { ">" } else { "" };
    let bar = format!("{}{head}", "=".repeat(full));
    let noun = if files == 1 { "file" } else { "files" };
    let (done, files) = (grouped(done), grouped(files));
    format!("{doing} {done} of {files} {noun} [{bar:BAR$}]")
}

/// 1234 as `1,234`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_how_far_the_work_has_come() {
        let lines = [
            line("checking", 0, 1),
            line("checking", 1_234, 20_000),
            line("checking", 999, 1_000),
            line("reading", 1_000_000, 1_000_000),
            line("reading", 3, 0), // cannot be, and is no reason to panic
        ];
        assert_eq!(
            lines,
            [
                "checking 0 of 1 file [>                       ]",
                "checking 1,234 of 20,000 files [=>                      ]",
                "checking 999 of 1,000 files [=======================>]",
                "reading 1,000,000 of 1,000,000 files [========================]",
                "reading 0 of 0 files [========================]",
            ]
        );
    }
}
