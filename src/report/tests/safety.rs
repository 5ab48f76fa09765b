//! What never reaches an output.

use super::*;

#[test]
fn nothing_hidden_or_commanding_gets_through() {
    let name = "a\u{202e}\x1b[2J\n::error::.yaml";
    let source = named(
        0,
        name,
        "\u{200b}x: \u{202e}\x1b[31m ##[error]bad ##vso[task]\n",
    );
    let found = Diagnostic::new(
        &WRONG,
        "name `a\n::stop-commands::x\u{7}` is wrong",
        find(&source, "bad"),
        "the\tlabel ##[x]",
    )
    .help(format!(
        "{}and then ::error::broken",
        "change `a` to b ".repeat(5)
    ))
    .note("a\u{2028}b");
    insta::assert_snapshot!(drawn(&source, std::slice::from_ref(&found)), @r"
    error[undefined-states]

      × name `a<U+000A>::stop-commands::x<U+0007>` is wrong
       ╭─[a<U+202E><U+001B>[2J<U+000A>::error::.yaml:1:21]
     1 │ <U+200B>x: <U+202E><U+001B>[31m <U+0023>#[error]bad <U+0023>#vso[task]
       ·                                                 ─┬─
       ·                                                  ╰── the<U+0009>label <U+0023>#[x]
       ╰────
      help: change `a` to b change `a` to b change `a` to b change `a` to b change `a` to b and then
            <U+003A>:error::broken
      note: a<U+2028>b
    ");
    let found = [found];
    let report = Report::new([&source], &found);
    insta::assert_snapshot!(written("short", &report), @r"a<U+202E><U+001B>[2J<U+000A>::error::.yaml:1:21: error[undefined-states]: name `a<U+000A>::stop-commands::x<U+0007>` is wrong");
    let json = written("json", &report);
    assert!(!json.contains("##") && !json.contains("\"::"));
    let value: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(value["diagnostics"][0]["file"], name);
    assert_eq!(
        value["diagnostics"][0]["labels"][0]["message"],
        "the\tlabel ##[x]"
    );
}

#[test]
fn a_file_name_gives_no_command() {
    let source = named(0, " ::warning::x.yaml", "a: 1\n");
    let found = [Diagnostic::new(
        &WRONG,
        "it is wrong",
        source.at(0..1),
        "here",
    )];
    let report = Report::new([&source], &found);
    let short = written("short", &report);
    assert!(
        short.starts_with(" <U+003A>:warning::x.yaml:1:1: error["),
        "{short}"
    );
    assert!(written("human", &report).contains("╭─[ ::warning::x.yaml:1:1]"));
}
