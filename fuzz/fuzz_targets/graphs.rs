//! Any workflow as DOT, Mermaid and a table, in every style: the same every time, and nothing that
//! a CI system obeys.
#![no_main]
use libfuzzer_sys::fuzz_target;
use statewright::diagrams::{Direction, Show, Style, dot, mermaid, table};
use statewright::model::Category;
use statewright_fuzz::{drawable, some_states};

fuzz_target!(|data: &[u8]| {
    let Some((_, compilation)) = drawable(data) else {
        return;
    };
    let resolved = compilation.resolved().expect("it is drawable");
    let marked = Style {
        direction: Direction::Right,
        names: false,
        walk: some_states(resolved),
        findings: compilation.diagnostics.clone(),
        show: Show::All,
        ..Style::default()
    };
    let part = Style {
        only: Some(Category::Open),
        ..Style::default()
    };
    for style in [Style::default(), marked, part] {
        for notation in [&dot::NOTATION, &mermaid::NOTATION, &table::NOTATION] {
            let text = notation.text(resolved, &style);
            assert_eq!(text, notation.text(resolved, &style), "{}", notation.name);
            assert!(!text.contains("##["), "{text}");
            let odd = |c: char| c.is_control() && c != '\n';
            assert!(!text.contains(odd), "{}: {text:?}", notation.name);
        }
    }
});
