//! Any bytes as the JSON of every product: a file that can be read, or an error; never both.
#![no_main]
use libfuzzer_sys::fuzz_target;
use statewright::diagnostic::{Levels, Severity};
use statewright::import::{Input, Options, import};
use statewright::source::{Source, SourceId, Syntax};
use statewright::targets;
use statewright_fuzz::{check_reports, compiled, is_readable, source};

fuzz_target!(|data: &[u8]| {
    let source = source(Syntax::Json, data);
    for target in targets::ALL {
        for one in target.imports {
            for syntax in [Syntax::Yaml, Syntax::Toml] {
                check(
                    &source,
                    Input {
                        target,
                        import: one,
                    },
                    syntax,
                );
            }
        }
    }
});

fn check(source: &Source, input: Input, syntax: Syntax) {
    let options = Options {
        syntax,
        identifier: None,
        fallback: "fuzz".to_owned(),
        levels: Levels::default(),
    };
    let imported = import(source, input, &options);
    check_reports(&[source], &imported.diagnostics);
    let errors = imported
        .diagnostics
        .iter()
        .any(|d| d.severity == Severity::Error);
    assert!(
        !errors || imported.files.is_empty(),
        "{:#?}",
        imported.diagnostics
    );
    for file in &imported.files {
        let written = Source::new(SourceId(0), "written", syntax, file.text.as_str());
        let diagnostics = compiled(&written).diagnostics;
        assert!(is_readable(&diagnostics), "{}\n{diagnostics:#?}", file.text);
    }
}
