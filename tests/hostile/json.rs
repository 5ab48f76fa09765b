//! JSON that no product answers with, to be imported.

use super::run::{Case, DEEP, many, mib};

fn import(name: &str, text: impl Into<Vec<u8>>) -> Case {
    Case::new(name)
        .file("steps.json", text)
        .command("import --from incident-iq --format short steps.json")
}

pub fn cases() -> Vec<Case> {
    let step = |n: usize| {
        format!(
            "{{\"StepId\": \"{n}\", \"Name\": \"S{n}\", \"StatusType\": \"Open\", \"AllowedTransitions\": []}}"
        )
    };
    let steps = |count: usize| {
        let all: Vec<String> = (0..count).map(step).collect();
        format!("{{\"Items\": [{}]}}", all.join(","))
    };
    vec![
        import("lists opened without end", "[".repeat(DEEP)),
        import("objects opened without end", "{\"a\":".repeat(DEEP)),
        import(
            "lists opened and closed",
            format!("{}{}", "[".repeat(DEEP), "]".repeat(DEEP)),
        ),
        import(
            "a huge text",
            format!("{{\"Items\": \"{}\"}}", "w".repeat(7 * mib())),
        ),
        import(
            "a huge key",
            format!("{{\"{}\": 1}}", "k".repeat(7 * mib())),
        ),
        import(
            "a huge number",
            format!("{{\"Items\": {}}}", "9".repeat(7 * mib())),
        ),
        import("nothing but blanks", " ".repeat(7 * mib())),
        import("a byte too many", " ".repeat(1001)).argument("--limit=bytes=1000"),
        import("very many keys", {
            let keys: Vec<String> = (0..many(200_000)).map(|n| format!("\"k{n}\": 1")).collect();
            format!("{{{}}}", keys.join(","))
        }),
        import(
            "very many equal keys",
            format!("{{{}\"a\": 1}}", "\"a\": 1,".repeat(many(200_000))),
        ),
        import(
            "very many items of the wrong kind",
            format!("{{\"Items\": [{}1]}}", "1,".repeat(many(200_000))),
        ),
        import("very many steps that nothing leads to", steps(10_000)),
        import(
            "a step that leads to itself without end",
            "{\"Items\": [{\"StepId\": \"1\", \"Name\": \"S\", \"StatusType\": \"Open\", \"AllowedTransitions\": [\"1\", \"1\", \"1\"]}]}",
        ),
        import(
            "steps of one id",
            format!("{{\"Items\": [{0},{0},{0}]}}", step(1)),
        ),
        import("no JSON at all", "workflow: w\n"),
        import("an empty file", ""),
        import("a text never closed", "{\"Items\": \"w"),
        import("an escape of half a character", "{\"Items\": \"\\uD800\"}"),
        import("bytes that are no text", b"{\"Items\": \"\xff\"}".to_vec()),
        import(
            "UTF-16",
            "{\"Items\": []}"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<u8>>(),
        ),
        import(
            "control characters in a text",
            "{\"Items\": \"\u{1}\u{2}\"}",
        ),
        import("two values", "{} {}"),
        import("null", "null"),
        import(
            "names that are commands",
            "{\"Items\": [{\"StepId\": \"1\", \"Name\": \"::error::x\\n##[group]\\u001b[31m\", \"StatusType\": \"Opn\", \"AllowedTransitions\": []}]}",
        ),
        import(
            "names of bidirectional controls",
            "{\"Items\": [{\"StepId\": \"1\", \"Name\": \"a\u{202e}b\", \"StatusType\": \"Open\", \"AllowedTransitions\": []}]}",
        ),
    ]
}
