//! Any workflow as SVG: XML with nothing in it that acts, the same every time.
#![no_main]
use libfuzzer_sys::fuzz_target;
use statewright::diagrams::{Direction, Show, Style, svg};
use statewright_fuzz::{drawable, some_states};

fuzz_target!(|data: &[u8]| {
    let Some((_, compilation)) = drawable(data) else {
        return;
    };
    let resolved = compilation.resolved().expect("it is drawable");
    let styles = [
        Style::default(),
        Style {
            direction: Direction::Right,
            names: false,
            walk: some_states(resolved),
            findings: compilation.diagnostics.clone(),
            show: Show::All,
            ..Style::default()
        },
    ];
    for style in styles {
        let text = svg::NOTATION.text(resolved, &style);
        assert_eq!(text, svg::NOTATION.text(resolved, &style));
        check(&text);
    }
});

fn check(text: &str) {
    let document = roxmltree::Document::parse(text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    for element in document.descendants().filter(|n| n.is_element()) {
        let name = element.tag_name().name();
        assert!(
            !["script", "a", "foreignObject", "image", "use"].contains(&name),
            "{name}"
        );
        for attribute in element.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(!name.starts_with("on") && !name.contains("href"), "{name}");
            assert!(
                !value.contains("NaN") && !value.contains("inf "),
                "{name}: {value}"
            );
        }
    }
}
