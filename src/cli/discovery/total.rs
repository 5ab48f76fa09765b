//! The limit that is of no single file.

use std::io;

use statewright::limits::{Grouped, Limits, TOTAL};

/// How many bytes were read of all files of a run.
#[derive(Clone, Copy, Default)]
pub struct Total {
    bytes: usize,
    /// The limit that they would be over with one more: what comes after is not even read.
    over: usize,
}

impl Total {
    /// What `read` reads, of `size` bytes, unless all that was read is then over the limit.
    pub fn add<T>(
        &mut self,
        limits: Limits,
        read: impl FnOnce() -> io::Result<T>,
        size: impl FnOnce(&T) -> usize,
    ) -> io::Result<T> {
        if limits.total > self.over {
            let found = read()?;
            let bytes = self.bytes.saturating_add(size(&found));
            if bytes <= limits.total {
                self.bytes = bytes;
                return Ok(found);
            }
            self.over = limits.total;
        }
        let (most, more) = (Grouped(limits.total), limits.total.saturating_mul(2));
        let mut reason = format!("all files together have more bytes than the limit of {most}");
        if limits.total < TOTAL.most {
            let more = more.min(TOTAL.most);
            reason += &format!("; `--limit total={more}` raises it");
        }
        Err(io::Error::other(reason))
    }

    /// How many bytes that is so far.
    pub fn bytes(self) -> usize {
        self.bytes
    }
}
