//! How many files are worked on at once.

use std::hint;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread::{Builder, available_parallelism};

use clap::Args;

/// More threads than any machine has cores for this; starting far more would fail.
const MOST: i64 = 512;

// How many threads do the work. What they find is put together in the order of the files, so that
// nothing but the time depends on it. (No doc comment: as in `arguments::inputs`.)
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

/// What `work` makes of each of `files`, in their order, whichever is done first.
pub fn each<T: Sync, R: Send>(files: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = threads(files.len());
    if threads <= 1 {
        return files.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    grow(2 * STEP);
    let done = Mutex::new(Vec::with_capacity(files.len()));
    let worker = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = files.get(index) else { break };
            if index.is_multiple_of(FILES) {
                grow(STEP);
            }
            let result = work(file);
            // A poisoned lock means that another thread has a bug; its panic ends the run.
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            done.push((index, result));
        }
    };
    std::thread::scope(|scope| {
        // Where the system makes no more threads, those that are there do the work: this one is.
        let spawn = |_: &usize| Builder::new().spawn_scoped(scope, worker).is_ok();
        (1..threads).take_while(spawn).for_each(drop);
        worker();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// How many bytes of text are worked on at once, unless one file alone has more: each takes up to thirty
/// times as much memory, on every thread.
const MOST_AT_ONCE: usize = 8 * 1024 * 1024;
/// Less than this does not count: no workflow that a person wrote waits for another.
const SMALL: usize = 128 * 1024;

/// How much is worked on at once.
#[derive(Default)]
struct Room {
    taken: Mutex<usize>,
    freed: Condvar,
}

impl Room {
    /// Does `work` on so many bytes of text once there is room for that.
    fn with<R>(&self, bytes: usize, work: impl FnOnce() -> R) -> R {
        if bytes < SMALL {
            return work();
        }
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |taken: &mut usize| *taken > 0 && *taken + bytes > MOST_AT_ONCE;
        let waited = self.freed.wait_while(taken, is_full);
        *waited.unwrap_or_else(PoisonError::into_inner) += bytes;
        let _left = Leaves { room: self, bytes };
        work()
    }
}

/// Gives the room back, also where the work ends in a panic: others wait for it.
struct Leaves<'r> {
    room: &'r Room,
    bytes: usize,
}

impl Drop for Leaves<'_> {
    fn drop(&mut self) {
        let taken = self.room.taken.lock();
        *taken.unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.room.freed.notify_all();
    }
}

/// By how many bytes a thread's memory grows at once, and for how many files that is about enough.
const STEP: usize = 1024 * 1024;
const FILES: usize = 16;

/// Sees to it that so many bytes of memory are at hand, taking and giving back as many.
///
/// The C library of Linux (glibc, `malloc/arena.c`) grows the memory of a thread page by page, with a
/// system call for each during which other threads wait: a fifteenth of the time of a run over
/// thousands of files. What is given back it keeps, once a larger piece was.
fn grow(bytes: usize) {
    drop(hint::black_box(Vec::<u8>::with_capacity(bytes)));
}

/// As [`each`], where `bytes` is how much text belongs to a file: large ones are worked on one after the
/// other.
pub fn each_of_size<T: Sync, R: Send>(
    files: &[T],
    bytes: impl Fn(&T) -> usize + Sync,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let room = Room::default();
    each(files, |file| room.with(bytes(file), || work(file)))
}

/// How many results wait at once to be taken.
const BATCH: usize = 256;

/// Hands what `work` makes of each of `files` to `take`, some hundred at a time and in their order, so
/// that no more is kept than what those have come to. Of large files there are fewer at a time.
pub fn in_batches<T: Sync, R: Send>(
    files: &[T],
    bytes: impl Fn(&T) -> usize + Sync,
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(Vec<(&T, R)>),
) {
    let mut rest = files;
    while !rest.is_empty() {
        let (batch, after) = rest.split_at(batch(rest, &bytes));
        take(
            batch
                .iter()
                .zip(each_of_size(batch, &bytes, &work))
                .collect(),
        );
        rest = after;
    }
}

/// How many of `files` are worked on before what they come to is taken: one at least.
fn batch<T>(files: &[T], bytes: impl Fn(&T) -> usize) -> usize {
    let mut all = 0;
    let has_room = |file: &&T| {
        all += bytes(file);
        all <= MOST_AT_ONCE
    };
    files.iter().take(BATCH).take_while(has_room).count().max(1)
}

/// How many threads should work: at least one.
pub fn wanted() -> usize {
    match WANTED.load(Ordering::Relaxed) {
        0 => available_parallelism().map_or(1, usize::from),
        wanted => wanted,
    }
}

/// How many threads should work on so many files: at least one. How many cores there are takes some
/// thirty system calls to find out, and one file needs but one.
fn threads(files: usize) -> usize {
    match files {
        0 | 1 => 1,
        _ => wanted().min(files),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files of these sizes, all on threads of their own: the most bytes that were worked on at once.
    fn most_at_once(sizes: &[usize]) -> usize {
        let (room, now, most) = (Room::default(), AtomicUsize::new(0), AtomicUsize::new(0));
        let work = |size: usize| {
            let all = now.fetch_add(size, Ordering::SeqCst) + size;
            most.fetch_max(all, Ordering::SeqCst);
            std::thread::yield_now();
            now.fetch_sub(size, Ordering::SeqCst);
        };
        std::thread::scope(|scope| {
            for size in sizes {
                scope.spawn(|| room.with(*size, || work(*size)));
            }
        });
        assert_eq!(*room.taken.lock().unwrap(), 0);
        most.into_inner()
    }

    #[test]
    fn large_files_are_worked_on_one_after_the_other() {
        assert_eq!(most_at_once(&[MOST_AT_ONCE; 8]), MOST_AT_ONCE);
        assert!(most_at_once(&[MOST_AT_ONCE / 3; 32]) <= MOST_AT_ONCE);
        // One that is larger than the room has it to itself.
        assert_eq!(most_at_once(&[MOST_AT_ONCE * 2; 4]), MOST_AT_ONCE * 2);
    }

    #[test]
    fn of_large_files_few_wait_to_be_taken() {
        let batches = |sizes: &[usize]| {
            let mut taken = Vec::new();
            in_batches(
                sizes,
                |size| *size,
                |size| *size,
                |batch| taken.push(batch.len()),
            );
            taken
        };
        assert_eq!(batches(&[MOST_AT_ONCE; 3]), [1, 1, 1]);
        assert_eq!(batches(&[MOST_AT_ONCE / 2; 5]), [2, 2, 1]);
        assert_eq!(batches(&[MOST_AT_ONCE * 2, 1, 1]), [1, 2]);
        assert_eq!(batches(&[1; BATCH + 1]), [BATCH, 1]);
        assert!(batches(&[]).is_empty());
    }

    #[test]
    fn room_is_given_back_by_work_that_panics() {
        let room = Room::default();
        let ended = std::thread::scope(|scope| {
            let work = || room.with(MOST_AT_ONCE, || panic!("a bug of somebody's"));
            scope.spawn(work).join()
        });
        assert!(ended.is_err());
        assert_eq!(room.with(MOST_AT_ONCE, || 7), 7);
    }
}
