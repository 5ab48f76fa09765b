//! Any workflow as a page: its data can be read, and nothing is in it but what belongs there.
#![no_main]
use libfuzzer_sys::fuzz_target;
use statewright::diagrams::{Show, Style, html};
use statewright_fuzz::drawable;

fuzz_target!(|data: &[u8]| {
    let Some((_, compilation)) = drawable(data) else {
        return;
    };
    let resolved = compilation.resolved().expect("it is drawable");
    let style = Style {
        findings: compilation.diagnostics.clone(),
        show: Show::All,
        ..Style::default()
    };
    let text = html::NOTATION.text(resolved, &style);
    let begin = "<script type=\"application/json\" id=\"workflow\">";
    let data = text.split(begin).nth(1).expect("data");
    let data = data.split("</script>").next().expect("an end");
    let data: serde_json::Value = serde_json::from_str(data).expect("JSON");
    let states = data["states"].as_array().expect("states");
    for (state, (_, ours)) in states.iter().zip(resolved.states()) {
        assert_eq!(state["name"], ours.name.value.as_str());
    }
    assert_eq!(text.matches("<script").count(), 2, "{text}");
    assert!(!text.contains("##["));
});
