//! How many files are worked on at once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::available_parallelism;

use clap::Args;

/// More threads than any machine has cores for this; starting far more would fail.
const MOST: i64 = 512;

/// How many threads do the work. What they find is put together in the order of the files, so that
/// nothing but the time depends on it.
#[derive(Args, Clone, Copy)]
pub struct Jobs {
    /// How many files are worked on at once; 0 means as many as the machine has cores
    ///
    /// What comes out is the same with any number.
    #[arg(long, short, value_name = "N", default_value_t = 0, hide_default_value = true,
          value_parser = clap::value_parser!(u16).range(0..=MOST))]
    jobs: u16,
}

/// What the command line asks for; 0 where it says nothing.
static WANTED: AtomicUsize = AtomicUsize::new(0);

impl Jobs {
    /// From now on so many files are worked on at once.
    pub fn apply(self) {
        WANTED.store(usize::from(self.jobs), Ordering::Relaxed);
    }
}

/// How many threads should work on so many files: at least one.
pub fn threads(files: usize) -> usize {
    let wanted = match WANTED.load(Ordering::Relaxed) {
        0 => available_parallelism().map_or(1, usize::from),
        wanted => wanted,
    };
    wanted.min(files).max(1)
}
