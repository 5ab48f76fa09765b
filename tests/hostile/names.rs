//! File names that a terminal, a log or a shell would take for something else.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

use super::run::Case;
use super::yaml::tidy;

/// A file of this name, with one mistake, met in its folder.
fn met(name: &str, file: impl AsRef<[u8]>) -> Case {
    let path = PathBuf::from(OsStr::from_bytes(file.as_ref()));
    Case::new(name).file(path, tidy("colour: red\n"))
}

pub fn cases() -> Vec<Case> {
    vec![
        met("a line end", "a\nb.workflow.yaml"),
        met("a line end and a command", "\n::error::x.workflow.yaml"),
        met("a command", "##vso[task.complete]x.workflow.yaml"),
        met("an escape sequence", "\x1b[31mx.workflow.yaml"),
        met("a return", "x\r.workflow.yaml"),
        met("a tab", "x\ty.workflow.yaml"),
        met("a bell", "x\x07.workflow.yaml"),
        met(
            "controls that turn the direction",
            "x\u{202e}lmay.workflow.yaml",
        ),
        met("no characters", b"x\xff\xfe.workflow.yaml"),
        met("half a character", b"x\xc3.workflow.yaml"),
        met("blanks at both ends", " x .workflow.yaml"),
        met("nothing but the ending", ".workflow.yaml"),
        met("a dash first", "-x.workflow.yaml"),
        met("an option", "--fix.workflow.yaml"),
        met("quotes and backticks", "`x`\"'$(y).workflow.yaml"),
        met("a backslash", "a\\b.workflow.yaml"),
        met("a percent sign", "%0A::x.workflow.yaml"),
        met("stars", "**.workflow.yaml"),
        met(
            "as long as may be",
            format!("{}.workflow.yaml", "x".repeat(240)),
        ),
        met(
            "folders a hundred deep",
            format!("{}x.workflow.yaml", "d/".repeat(100)),
        ),
        met("a folder of a line end", "a\nb/x.workflow.yaml"),
        met("capital endings", "x.WORKFLOW.YAML"),
        Case::new("a name on the command line that is not there").argument("a\nb\x1b[31m.yaml"),
        Case::new("an empty name on the command line").argument(""),
        Case::new("a name with a NUL's escape").argument("x%00.workflow.yaml"),
        met("every format: a line end in json", "a\nb.workflow.yaml")
            .command("check --format json"),
        met(
            "every format: a line end in github",
            "a\nb::error::.workflow.yaml",
        )
        .command("check --format github"),
        met("a name for output that is a line end", "x.workflow.yaml")
            .command("check --quiet --output a\nb.sarif"),
    ]
}
