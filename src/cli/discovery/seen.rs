//! Whether files have changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::cli::arguments::Inputs;
use crate::cli::discovery::inputs;

/// How long to wait before looking again.
pub const PAUSE: Duration = Duration::from_millis(500);

/// What is known of a file without reading it.
#[derive(PartialEq, Eq)]
struct Known {
    modified: SystemTime,
    size: u64,
    /// Which file it is, and when the system last changed it: one of equal size and time may have
    /// taken its place (`cp -p`, `mv`, an archive that is unpacked).
    #[cfg(unix)]
    identity: (u64, u64, i64, i64),
}

impl Known {
    fn of(path: &Path) -> Option<Known> {
        let metadata = fs::metadata(path).ok()?;
        Some(Known {
            modified: metadata.modified().ok()?,
            size: metadata.len(),
            #[cfg(unix)]
            identity: {
                use std::os::unix::fs::MetadataExt;
                let changed = (metadata.ctime(), metadata.ctime_nsec());
                (metadata.dev(), metadata.ino(), changed.0, changed.1)
            },
        })
    }
}

/// Files; nothing is known of one that is not there.
#[derive(PartialEq, Eq)]
pub struct Seen(Vec<(PathBuf, Option<Known>)>);

impl Seen {
    /// How many files that is.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

/// What there is now of what is named.
pub fn look(inputs: &Inputs) -> Seen {
    let files = inputs::files(inputs).into_iter();
    Seen(files.map(|path| (path.clone(), Known::of(&path))).collect())
}
