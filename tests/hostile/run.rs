//! One case: what is there, how the program is started, what came of it.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use wait4::{ResUse, Wait4};

use crate::common::folder::Folder;
use crate::common::root;

/// How long a run may take by the clock before it counts as hanging. Far more than any needs, on
/// a machine that does other things besides.
const PATIENCE: Duration = Duration::from_secs(60);

/// How much memory a run may take, in KiB: writable memory, not what the program's own code and
/// its threads' address space take, which a small machine does not have to pay for.
const MEMORY: u64 = 256 * 1024;

/// How many seconds of processor time a run may take in a build for tests, which is ten times
/// slower than one for use.
const SECONDS: u64 = 20;

/// How many lines of what is said are held against the theme's file, and how much of each.
const MOST_LINES: usize = 8;
const MOST_CHARACTERS: usize = 230;

/// A hostile case.
pub struct Case {
    pub name: String,
    /// Holds its files: they are large, and what this process holds in memory would count as that
    /// of the program, too.
    folder: Folder,
    files: Vec<PathBuf>,
    prepare: Option<fn(&Path)>,
    arguments: Vec<String>,
    input: Option<Vec<u8>>,
}

/// What came of a case.
pub struct Outcome {
    pub code: i32,
    pub said: String,
}

impl Case {
    /// `check`, of the whole folder.
    pub fn new(name: impl Into<String>) -> Case {
        Case {
            name: name.into(),
            folder: Folder::new(),
            files: Vec::new(),
            prepare: None,
            arguments: words("check --format short"),
            input: None,
        }
    }

    /// One YAML file.
    pub fn yaml(name: impl Into<String>, text: impl Into<Vec<u8>>) -> Case {
        Case::new(name).file("x.workflow.yaml", text)
    }

    /// One TOML file.
    pub fn toml(name: impl Into<String>, text: impl Into<Vec<u8>>) -> Case {
        Case::new(name).file("x.workflow.toml", text)
    }

    pub fn file(mut self, path: impl Into<PathBuf>, content: impl Into<Vec<u8>>) -> Case {
        let path = path.into();
        let whole = self.folder.0.join(&path);
        fs::create_dir_all(whole.parent().expect("a parent")).expect("writable");
        fs::write(whole, content.into()).expect("writable");
        self.files.push(path);
        self
    }

    /// Does something else in the folder before the run.
    pub fn prepare(mut self, prepare: fn(&Path)) -> Case {
        self.prepare = Some(prepare);
        self
    }

    /// The whole command line, words with blanks between.
    pub fn command(mut self, line: &str) -> Case {
        self.arguments = words(line);
        self
    }

    /// One more argument.
    pub fn argument(mut self, word: &str) -> Case {
        self.arguments.push(word.to_owned());
        self
    }

    pub fn input(mut self, bytes: impl Into<Vec<u8>>) -> Case {
        self.input = Some(bytes.into());
        self
    }

    /// The texts of its files, for whoever wants them without a run.
    pub fn texts(&self) -> Vec<(&Path, Vec<u8>)> {
        let text = |path: &PathBuf| fs::read(self.folder.0.join(path)).expect("readable");
        let files = self.files.iter();
        files.map(|path| (path.as_path(), text(path))).collect()
    }
}

/// Whether the cases are as large as can be, to measure what they cost; otherwise they are as large
/// as a build for tests can bear.
pub fn is_full() -> bool {
    std::env::var_os("HOSTILE_COSTS").is_some()
}

/// A megabyte, or so much less as the cases are smaller.
pub fn mib() -> usize {
    if is_full() { 1 << 20 } else { 1 << 15 }
}

/// So many lists in each other are one too many for whatever reads them: the usual limit is 64, the most that
/// can be asked for 75, and the parser of TOML stops at 80.
pub const DEEP: usize = 81;

/// So many, or a twentieth of that.
pub fn many(count: usize) -> usize {
    if is_full() { count } else { count / 20 }
}

fn words(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

/// Runs a case in a folder of its own; `Err` where it came to something that no case may.
pub fn run(theme: &str, case: &Case) -> Result<Outcome, String> {
    let folder = &case.folder.0;
    if let Some(prepare) = case.prepare {
        prepare(folder);
    }
    // What the program says goes into files beside the folder: a pipe would have to be read while
    // the clock is watched.
    let beside = Folder::new();
    let said = ["out", "err"].map(|name| beside.0.join(name));
    let used = watched(start(case, folder, &said))?;
    tell_cost(theme, case, &used);
    let [out, err] = said.map(|path| fs::read(path).expect("what was said"));
    let code = match (used.status.code(), used.status.signal()) {
        // The others are those of a crash, or of a shell that could not start the program.
        (Some(code @ 0..=5), _) => code,
        (code, signal) => {
            let said = String::from_utf8_lossy(&err);
            return Err(format!("ended with {code:?}, signal {signal:?}: {said}"));
        }
    };
    let memory = used.rusage.maxrss;
    if memory > MEMORY * 1024 {
        return Err(format!("took {} MiB of memory", memory >> 20));
    }
    let said = shown(&[out, err].concat())?;
    Ok(Outcome { code, said })
}

/// Starts the program with its memory and its processor time bounded.
fn start(case: &Case, folder: &Path, said: &[PathBuf; 2]) -> Child {
    let built = env!("CARGO_BIN_EXE_statewright").into();
    let program = std::env::var_os("HOSTILE_PROGRAM").map(|path| root().join(path));
    let program = program.unwrap_or(built);
    let bounds =
        format!("ulimit -d {MEMORY}; ulimit -t {SECONDS}; ulimit -c 0; exec \"$0\" \"$@\"");
    let [out, err] = said
        .each_ref()
        .map(|path| File::create(path).expect("writable"));
    let mut command = Command::new("sh");
    command
        .args(["-c", &bounds])
        .arg(program)
        .args(&case.arguments);
    command.current_dir(folder).stdout(out).stderr(err);
    command.env_remove("NO_COLOR").env_remove("GITHUB_ACTIONS");
    let Some(input) = &case.input else {
        return command.stdin(Stdio::null()).spawn().expect("it starts");
    };
    let mut child = command.stdin(Stdio::piped()).spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("piped");
    let input = input.clone();
    // A program that has read enough closes the pipe; nobody is left to be told.
    std::thread::spawn(move || drop(stdin.write_all(&input)));
    child
}

/// What the run has cost, once it has ended. One that hangs is killed.
fn watched(mut child: Child) -> Result<ResUse, String> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if let Some(used) = child.try_wait4().expect("it can be waited for") {
            return Ok(used);
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let killed = child.kill();
    Err(format!("still ran after {PATIENCE:?}; killed: {killed:?}"))
}

fn tell_cost(theme: &str, case: &Case, used: &ResUse) {
    if is_full() {
        let time = used.rusage.utime + used.rusage.stime;
        let memory = used.rusage.maxrss >> 20;
        println!(
            "{:7.3} s {memory:4} MiB  {theme}, {}",
            time.as_secs_f64(),
            case.name
        );
    }
}

/// What was said, cut to what a person would read of it.
fn shown(bytes: &[u8]) -> Result<String, String> {
    let text = str::from_utf8(bytes).map_err(|error| format!("says what is no UTF-8: {error}"))?;
    let unsafe_to_print = |c: char| c.is_control() && c != '\n';
    if text.contains(unsafe_to_print) {
        return Err(format!("says control characters: {text:?}"));
    }
    let lines: Vec<&str> = text.lines().collect();
    let mut shown = String::new();
    for line in lines.iter().take(MOST_LINES) {
        let line = match line.char_indices().nth(MOST_CHARACTERS) {
            Some((cut, _)) => format!("{}…", &line[..cut]),
            None => (*line).to_owned(),
        };
        shown.push_str(&line);
        shown.push('\n');
    }
    if let Some(more) = lines.len().checked_sub(MOST_LINES).filter(|more| *more > 0) {
        let last = lines.last().expect("a line");
        shown.push_str(&format!("({more} more lines, the last is: {last})\n"));
    }
    Ok(shown)
}
