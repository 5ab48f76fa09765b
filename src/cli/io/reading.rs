//! Reading one file, and the words for what goes wrong with it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use statewright::limits::Limits;

/// Opens a file, and answers its size in bytes, too; what is no regular file is none.
///
/// A pipe would wait for a writer, and a device may never end. What was opened is looked at, too:
/// the path may name something else by now, and so is opened without waiting.
pub fn open(path: &Path) -> io::Result<(File, u64)> {
    let not_regular = || io::Error::other("it is not a regular file");
    if !std::fs::metadata(path)?.is_file() {
        return Err(not_regular());
    }
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, not_waiting());
    let file = options.open(path)?;
    let found = file.metadata()?;
    match found.is_file() {
        true => Ok((file, found.len())),
        false => Err(not_regular()),
    }
}

/// All bytes of a file; of one over the limit only so many that compiling reports it.
pub fn read_file(path: &Path, limits: Limits) -> io::Result<Vec<u8>> {
    let (file, size) = open(path)?;
    // Room for all of it from the start: a large file is then read at once.
    let room = size.min(limits.bytes as u64) as usize + 1;
    read_into(Vec::with_capacity(room), file, limits)
}

/// What opens a file without waiting for it, should a pipe have taken its place.
#[cfg(unix)]
fn not_waiting() -> i32 {
    rustix::fs::OFlags::NONBLOCK.bits() as i32
}

/// All bytes, or so many that compiling reports that there are more than the limit.
pub fn read_limited(from: impl Read, limits: Limits) -> io::Result<Vec<u8>> {
    read_into(Vec::new(), from, limits)
}

fn read_into(mut bytes: Vec<u8>, from: impl Read, limits: Limits) -> io::Result<Vec<u8>> {
    from.take(limits.bytes as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A path as a message shows it.
pub fn shown(path: &Path) -> String {
    format!("`{}`", path.to_string_lossy())
}

/// An error of the operating system in the words of a report: "no such file or directory".
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}
