//! Files that are little to read and much work: for proofs, for pictures, for the layout of a file.

use super::run::{Case, many, mib};
use super::yaml::{numbered, tidy};

pub fn cases() -> Vec<Case> {
    let mut all = promises();
    all.extend(pictures());
    all.extend(layouts());
    all.extend(multiplied());
    all
}

/// What is written once and meant very often.
fn multiplied() -> Vec<Case> {
    let count = 4000;
    let states = numbered(count, |n| format!("  S{n}: {{ category: open }}\n"));
    let head = format!(
        "workflow: w\nstart: &all [{}]\nstates:\n{states}",
        names(count, 0)
    );
    let of = |line: fn(usize) -> String| numbered(count, line);
    let from = of(|n| format!("  - {{ from: *all, to: S{n} }}\n"));
    let except = of(|n| format!("  - {{ from: \"*\", except: *all, to: S{n} }}\n"));
    let never = of(|n| format!("  - {{ never: *all, after: S{n} }}\n"));
    let description = format!("description: &d \"{}\"\n", "d".repeat(mib()));
    let described = of(|n| format!("  S{n}: {{ category: open, description: *d }}\n"));
    let long = "n".repeat(mib());
    let everywhere = "transitions:\n  - { from: \"*\", to: S0 }\n";
    vec![
        Case::yaml(
            "a list of states from everywhere",
            format!("{head}transitions:\n{from}"),
        ),
        Case::yaml(
            "a list of states excepted everywhere",
            format!("{head}transitions:\n{except}"),
        ),
        Case::yaml(
            "a list of states in every promise",
            format!("{head}expect:\n{never}"),
        ),
        Case::yaml(
            "a description of every state",
            format!("{description}workflow: w\nstart: S0\nstates:\n{described}"),
        ),
        Case::yaml(
            "a long name that every state leads to",
            format!("{head}  ? {long}\n  : {{ category: closed }}\n{everywhere}")
                .replace("to: S0", &format!("to: {long}")),
        )
        .command("check --format short --target itwin"),
    ]
}

/// A workflow in which one state follows the other, and `more` after it.
fn chain(states: usize, more: &str) -> String {
    let open = numbered(states, |n| format!("  S{n}: {{ category: open }}\n"));
    let moves: String = (1..states)
        .map(|n| format!("  - {{ from: S{}, to: S{n} }}\n", n - 1))
        .collect();
    let last = states - 1;
    format!(
        "workflow: w\nstart: S0\nstates:\n{open}  Z: {{ category: closed }}\n\
         transitions:\n{moves}  - {{ from: S{last}, to: Z }}\n{more}"
    )
}

fn names(count: usize, from: usize) -> String {
    let names: Vec<String> = (from..from + count).map(|n| format!("S{n}")).collect();
    names.join(", ")
}

/// Each promise may be searched through all of the workflow.
fn promises() -> Vec<Case> {
    let states = many(20_000);
    let of = |promise: fn(usize, usize) -> String| {
        let all = numbered(many(100_000), |n| promise(n, states));
        chain(states, &format!("expect:\n{all}"))
    };
    let (half, other) = (names(states / 10, 0), names(states / 10, states / 2));
    let lists: String = (0..200)
        .map(|n| match n % 2 {
            0 => format!("  - {{ allow: [{half}] }}\n"),
            _ => format!("  - {{ never: [{other}], after: [{half}] }}\n"),
        })
        .collect();
    vec![
        Case::yaml(
            "promises from everywhere to everywhere",
            of(|n, states| {
                let (goal, from) = ((n * 7919) % states, (n * 31) % states);
                format!("  - {{ reach: S{goal}, from: S{from} }}\n")
            }),
        ),
        Case::yaml(
            "promises of every state",
            of(|n, states| format!("  - {{ reach: S{} }}\n", n % states)),
        ),
        Case::yaml(
            "promises of moves that are not there",
            of(|n, states| {
                format!(
                    "  - {{ allow: [S{}, S{}] }}\n",
                    n % states,
                    (n * 3) % states
                )
            }),
        ),
        Case::yaml(
            "promises of long lists that may contradict each other",
            chain(states, &format!("expect:\n{lists}")),
        ),
    ]
}

/// A picture takes more than the text that it is drawn of.
fn pictures() -> Vec<Case> {
    let states = if super::run::is_full() { 400 } else { 90 };
    let all: String = (0..states * states)
        .map(|n| (n / states, n % states))
        .filter(|(from, to)| from != to)
        .map(|(from, to)| format!("  - {{ from: S{from}, to: S{to} }}\n"))
        .collect();
    let long = "n".repeat(4 * mib());
    let named = format!("name: \"{long}\"\n{}", tidy(""));
    let state = tidy("").replace("  Closed:", "  ? Closed\n  :");
    let state = state.replace("Closed", &long);
    let lines = format!("name: \"{}\"\n{}", "w\\n".repeat(2 * mib()), tidy(""));
    let shapes = [
        ("all states to all states", chain(states, &all)),
        ("a huge name", named),
        ("a huge state", state),
        ("a name of very many lines", lines),
        ("more than a picture holds", chain(many(40_000), "")),
    ];
    let drawn = |(name, text): &(&str, String)| {
        ["svg", "html"].map(|notation| {
            let line = format!("diagram --format short --out x.{notation}");
            Case::yaml(format!("{name} as {notation}"), text.as_str()).command(&line)
        })
    };
    shapes.iter().flat_map(drawn).collect()
}

/// Laying out a file reads it several times.
fn layouts() -> Vec<Case> {
    let states = numbered(many(90_000), |n| format!("S{n}: {{category: open}}, "));
    let line = format!(
        "workflow: w\nstart: S1\nstates: {{{states}Z: {{category: closed}}}}\n\
         transitions: [{{from: \"*\", to: Z}}]\n"
    );
    let targets = numbered(many(500_000), |n| format!("  t{n}: {{}}\n"));
    let all = [
        ("states in one line", line),
        ("targets without end", tidy(&format!("targets:\n{targets}"))),
    ];
    all.map(|(name, text)| {
        Case::yaml(format!("{name}, laid out"), text).command("fmt --check x.workflow.yaml")
    })
    .into()
}
