//! Reads every file of a folder that `bench-corpus` wrote into plain structs, and does nothing with
//! them: `cargo run --release --example bench-plain -- FOLDER/yaml`. How long this takes as a whole
//! process, against `statewright check FOLDER/yaml`, is how much checking costs.

#[path = "../benches/plain/mod.rs"]
mod plain;

use std::ffi::OsStr;
use std::io;

fn main() -> io::Result<()> {
    let Some(folder) = std::env::args_os().nth(1) else {
        return Err(io::Error::other("name the folder to read"));
    };
    let mut files = 0;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let text = std::fs::read_to_string(&path)?;
        let read = match path.extension().and_then(OsStr::to_str) {
            Some("yaml") => plain::yaml(&text),
            _ => plain::toml(&text),
        };
        drop(read);
        files += 1;
    }
    println!("read {files} files");
    Ok(())
}
