//! `--deny`, `--warn`, `--allow` and `--limit` with any text: levels change how loud a report is and
//! not what is found, a firm one stays, and whatever a lower limit keeps from being looked at is told.
#![no_main]
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use statewright::compile as compile_source;
use statewright::compile::{self, Options, Targets};
use statewright::diagnostic::{Diagnostic, Level, Severity};
use statewright::limits::{ALL, Limits};
use statewright_fuzz::{added, check_reports, compiled, counted, given};

fuzz_target!(|data: &[u8]| {
    let source = given(data);
    let found = compiled(&source).diagnostics;
    let [allow, deny] = levels();

    let quiet = compile_source(&source, allow);
    check_reports(&[&source], &quiet.diagnostics);
    let loud = quiet.diagnostics.iter().find(|d| !d.is_firm());
    assert!(loud.is_none(), "{}\n{loud:#?}", source.text());
    let firm: Vec<Diagnostic> = found.iter().filter(|d| d.is_firm()).cloned().collect();
    // What an allowed report told as well is told by itself then.
    let gone = added(&quiet.diagnostics, &firm);
    assert!(gone.is_empty(), "{}\n{gone:#?}", source.text());

    let strict = compile_source(&source, deny).diagnostics;
    let warning = strict.iter().find(|d| d.severity != Severity::Error);
    assert!(warning.is_none(), "{}\n{warning:#?}", source.text());

    let mut limits = Limits::default();
    let number = 1 + usize::from(data.last().copied().unwrap_or(0));
    let limit = ALL[data.len() % ALL.len()];
    limit.set(&mut limits, number);
    let limited = source.clone().with_limits(limits);
    let less = compile_source(&limited, statewright_fuzz::loud());
    check_reports(&[&limited], &less.diagnostics);
    // Some of the numbers are above the usual ones.
    let mut both = found.iter().chain(&less.diagnostics);
    if !both.any(|d| d.code.name == "exceeded-limits") {
        assert_eq!(
            counted(&found),
            counted(&less.diagnostics),
            "{} {number}: {}",
            limit.name,
            source.text()
        );
    }
});

/// Everything allowed, and everything denied.
fn levels() -> &'static [Options; 2] {
    static LEVELS: OnceLock<[Options; 2]> = OnceLock::new();
    LEVELS.get_or_init(|| [Level::Allow, Level::Deny].map(all_at))
}

fn all_at(level: Level) -> Options {
    let mut options = Options {
        targets: Targets::NamedAnd(Vec::new()),
        ..Options::default()
    };
    for code in compile::codes() {
        options.levels.set(code, level);
    }
    options
}
