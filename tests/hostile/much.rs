//! Files whose few bytes stand for much: for memory of the parser, of the tree, of the reports.

use super::run::{Case, many, mib};
use super::toml::tidy as tidy_toml;
use super::yaml::tidy;

/// `unit` again and again, as much as fits into a file.
fn full(unit: &str) -> String {
    unit.repeat((8 * mib() - 4096) / unit.len())
}

/// What `unit` makes of numbers, as much of it as fits into a file.
fn numbered(unit: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for number in 0.. {
        let next = unit(number);
        if text.len() + next.len() > 8 * mib() - 4096 {
            break;
        }
        text.push_str(&next);
    }
    text
}

pub fn cases() -> Vec<Case> {
    let mut all = values();
    all.extend(reports());
    all.extend(tokens());
    all.extend(moves());
    all.extend(others());
    all
}

/// The same in what is imported, and in a configuration.
fn others() -> Vec<Case> {
    let units = ["1,", "[[]],", "{},", "{\"a\":1},"];
    let imports = units.map(|unit| {
        Case::new(format!("a list of nothing but `{unit}` to import"))
            .file("x.json", format!("{{\"Items\":[{}1]}}", full(unit)))
            .command("import --from incident-iq --format short x.json")
    });
    let patterns: String = (0..1001).map(|n| format!("\"a{n}/**/b?\",")).collect();
    let config = Case::yaml("patterns without end", tidy(""))
        .file("statewright.toml", format!("exclude = [{patterns}]\n"));
    imports.into_iter().chain([config]).collect()
}

/// Values, each of which takes more memory than text.
fn values() -> Vec<Case> {
    let units = [
        "{a: 1}, ",
        "[[], []], ",
        "a, ",
        "&a b, ",
        "{to: A}, ",
        "{? a : b}, ",
    ];
    let flow = units.map(|unit| {
        let text = format!("x: [{}]\n", full(unit));
        Case::yaml(format!("a list of nothing but `{unit}`"), tidy(&text))
    });
    let units = [
        "- a: b\n",
        "- - a\n",
        "-\n",
        "- &a\n",
        "? a\n: - b\n",
        "- ? a\n",
    ];
    let block = units.map(|unit| Case::yaml(format!("nothing but {unit:?}"), full(unit)));
    let units = ["1,", "{a=1},", "[[]],", "\"a\","];
    let toml = units.map(|unit| {
        let text = format!("x = [{}]\n", full(unit));
        Case::toml(format!("a list of nothing but `{unit}` in TOML"), text)
    });
    let mut all: Vec<Case> = flow.into_iter().chain(block).chain(toml).collect();
    let states = numbered(|n| format!("  S{n}:\n"));
    all.push(Case::yaml(
        "states without end",
        format!("workflow: w\nstart: S1\nstates:\n{states}"),
    ));
    all.push(Case::yaml(
        "names without end",
        tidy(&format!("applies-to: [{}]\n", full("a, "))),
    ));
    all
}

/// Mistakes, each of which is a report.
fn reports() -> Vec<Case> {
    let units = [
        "  - a\n",
        "  -\n",
        "  - {}\n",
        "  - {too: A}\n",
        "  - {to A}\n",
        "  - []\n",
    ];
    let wrong = units.map(|unit| {
        let text = format!("{}{}", tidy(""), full(unit));
        Case::yaml(format!("transitions that are {unit:?}"), text)
    });
    let mut all: Vec<Case> = wrong.into_iter().collect();
    let typos = numbered(|n| format!("  S{n}: {{category: opn}}\n"));
    let states = format!("workflow: w\nstart: S1\nstates:\n{typos}");
    all.push(Case::yaml("words that are none", states));
    all.push(Case::yaml(
        "targets that do not exist",
        tidy(&format!(
            "targets:\n{}",
            numbered(|n| format!("  t{n}: {{}}\n"))
        )),
    ));
    all.push(Case::toml(
        "transitions that say nothing in TOML",
        tidy_toml(&full("[[transitions]]\n")),
    ));
    all.push(Case::toml(
        "tables that say the wrong thing in TOML",
        format!("transitions = [{}]\n", full("{too=1},")),
    ));
    all.push(Case::yaml(
        "nothing but hidden characters",
        full("\u{200d}"),
    ));
    all.push(Case::toml("nothing but byte order marks", full("\u{feff}")));
    all.push(
        Case::yaml(
            "mistakes without end mended",
            format!(
                "{}{}",
                tidy(""),
                "  - {too: A, from: New}\n".repeat(many(40_000))
            ),
        )
        .command("check --format short --unsafe-fixes x.workflow.yaml"),
    );
    all.push(
        Case::toml("values without quotes mended", "a = b\n".repeat(many(4000)))
            .command("check --format short --unsafe-fixes x.workflow.toml"),
    );
    all
}

/// TOML that is broken or unusual, so that the parser must read it, which keeps every token.
fn tokens() -> Vec<Case> {
    let units = [
        "=",
        "1,",
        "{a=1},",
        "[[a]]\n",
        "[a]\n",
        "a = \n",
        "a.b = 1\n",
        "[a]\n[[a]]\n",
        "a = {b = 1\n",
    ];
    let broken = units.map(|unit| {
        let text = format!("x = [{}", full(unit));
        Case::toml(format!("a broken list of nothing but {unit:?}"), text)
    });
    let twice = ["[a]\n", "[[a]]\n[a]\n", "a = 1\n", "a = 1\n[a]\n"];
    let twice = twice.map(|unit| Case::toml(format!("nothing but {unit:?}"), full(unit)));
    let mut all: Vec<Case> = broken.into_iter().chain(twice).collect();
    let escaped = numbered(|n| format!("\"S\\u0041{n}\" = {{ category = \"open\" }}\n"));
    all.push(Case::toml(
        "names that are escaped",
        format!("[states]\n{escaped}"),
    ));
    all.push(Case::toml(
        "headers that are new",
        numbered(|n| format!("[a.b.c.t{n}]\n")),
    ));
    all
}

/// Transitions, each of which stands for many.
fn moves() -> Vec<Case> {
    let states: String = (0..many(90_000))
        .map(|n| format!("  S{n}: {{category: open}}\n"))
        .collect();
    let from_all: String = (0..many(90_000))
        .map(|n| format!("  - {{from: \"*\", to: S{n}}}\n"))
        .collect();
    let text = format!("workflow: w\nstart: S1\nstates:\n{states}transitions:\n{from_all}");
    vec![Case::yaml("every state to every state", text)]
}
