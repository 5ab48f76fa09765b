//! How much longer twice as much takes: `cargo bench --bench scaling`.
//!
//! Each kind of growth is measured at several sizes, each twice the one before; the last column is the
//! largest factor between two of them, which is 2 where time is a line.

use std::fmt::Write;
use std::time::{Duration, Instant};

use statewright::report::human;
use statewright::source::{Source, SourceId, Syntax};
use statewright::{Options, compile};

mod corpus;

use corpus::Size;

/// One way to grow, and its text at a size.
struct Growth {
    what: &'static str,
    syntax: Syntax,
    first: usize,
    text: fn(usize) -> String,
}

const DOUBLINGS: usize = 3;
const RUNS: usize = 5;

fn main() {
    let only = std::env::args()
        .nth(1)
        .filter(|name| !name.starts_with('-'));
    for growth in GROWTHS {
        if only
            .as_ref()
            .is_none_or(|only| growth.what.contains(only.as_str()))
        {
            measure(growth);
        }
    }
}

fn measure(growth: &Growth) {
    let mut line = format!("{:42}", growth.what);
    let mut before: Option<Duration> = None;
    let mut worst = 0.0_f64;
    for doubling in 0..=DOUBLINGS {
        let size = growth.first << doubling;
        let text = (growth.text)(size);
        let fastest = (0..RUNS).map(|_| once(growth.syntax, &text)).min();
        let time = fastest.unwrap_or_default();
        let _ = write!(line, " {size:>7}: {:>8.2} ms", time.as_secs_f64() * 1e3);
        if let Some(before) = before {
            worst = worst.max(time.as_secs_f64() / before.as_secs_f64());
        }
        before = Some(time);
    }
    println!("{line}  × {worst:.2}");
}

/// Reads, checks and reports.
fn once(syntax: Syntax, text: &str) -> Duration {
    let source = Source::new(SourceId(0), "w", syntax, text);
    let start = Instant::now();
    let compilation = compile(&source, &Options::default());
    divan::black_box(human::plain(&source, &compilation.diagnostics));
    start.elapsed()
}

const GROWTHS: &[Growth] = &[
    Growth {
        what: "states (YAML)",
        syntax: Syntax::Yaml,
        first: 2_500,
        text: |states| {
            corpus::yaml(
                0,
                Size {
                    states,
                    transitions: 2 * states,
                },
            )
        },
    },
    Growth {
        what: "states (TOML)",
        syntax: Syntax::Toml,
        first: 2_500,
        text: |states| {
            corpus::toml(
                0,
                Size {
                    states,
                    transitions: 2 * states,
                },
            )
        },
    },
    Growth {
        what: "transitions",
        syntax: Syntax::Yaml,
        first: 5_000,
        text: |transitions| {
            corpus::yaml(
                0,
                Size {
                    states: 400,
                    transitions,
                },
            )
        },
    },
    Growth {
        what: "transitions from every state",
        syntax: Syntax::Yaml,
        first: 100,
        text: |count| {
            let states: String = (0..count)
                .map(|at| format!("  s{at}: {{ category: open }}\n"))
                .collect();
            format!(
                "workflow: w\nstart: s0\nstates:\n{states}  e: {{ category: closed }}\ntransitions:\n  - {{ from: \"*\", to: e }}\n  - {{ from: [{}], to: s1, name: all }}\n",
                (2..count)
                    .map(|at| format!("s{at}"))
                    .collect::<Vec<_>>()
                    .join(", ")
            )
        },
    },
    Growth {
        what: "undefined states",
        syntax: Syntax::Yaml,
        first: 2_500,
        text: |count| {
            with_transitions(count, |at| format!("  - {{ from: A, to: nowhere {at} }}\n"))
        },
    },
    Growth {
        what: "states whose names nearly match",
        syntax: Syntax::Yaml,
        first: 2_500,
        text: |count| {
            let states: String = (0..count)
                .map(|at| format!("  Waiting for Parts {at:06}: {{ category: open }}\n"))
                .collect();
            let moves: String = (0..count)
                .map(|at| {
                    format!(
                        "  - {{ from: Waiting for Parts {at:06}, to: Waiting for Part {at:06} }}\n"
                    )
                })
                .collect();
            format!(
                "workflow: w\nstart: Waiting for Parts 000000\nstates:\n{states}transitions:\n{moves}"
            )
        },
    },
    Growth {
        what: "fields whose names nearly match",
        syntax: Syntax::Yaml,
        first: 2_500,
        text: |count| {
            with_transitions(count, |at| {
                format!("  - {{ from: A, to: B, nmae{at}: x }}\n")
            })
        },
    },
    Growth {
        what: "unknown fields in one map",
        syntax: Syntax::Yaml,
        first: 2_500,
        text: |count| {
            let fields: String = (0..count).map(|at| format!("field-{at}: x\n")).collect();
            with_transitions(1, |_| "  - { from: A, to: B }\n".to_owned()) + &fields
        },
    },
    Growth {
        what: "duplicate keys",
        syntax: Syntax::Yaml,
        first: 2_500,
        text: |count| "workflow: w\n".repeat(count),
    },
    Growth {
        what: "duplicate keys (TOML)",
        syntax: Syntax::Toml,
        first: 2_500,
        text: |count| "workflow = \"w\"\n".repeat(count),
    },
    Growth {
        what: "mistakes in the text",
        syntax: Syntax::Yaml,
        first: 1_000,
        text: |count| with_transitions(count, |_| "  - { from: A, to: B\n".to_owned()),
    },
    Growth {
        what: "mistakes in the text (TOML)",
        syntax: Syntax::Toml,
        first: 1_000,
        text: |count| "[[transitions]]\nfrom = A\nto = \"B\"\n".repeat(count),
    },
    Growth {
        what: "mistakes on one line",
        syntax: Syntax::Yaml,
        first: 2_500,
        text: |count| {
            let moves: Vec<String> = (0..count)
                .map(|at| format!("{{from: A, to: x{at}}}"))
                .collect();
            with_transitions(0, |_| String::new()) + "  [" + &moves.join(", ") + "]\n"
        },
    },
    Growth {
        what: "same transition again",
        syntax: Syntax::Yaml,
        first: 2_500,
        text: |count| with_transitions(count, |_| "  - { from: A, to: B }\n".to_owned()),
    },
    Growth {
        what: "states nobody reaches",
        syntax: Syntax::Yaml,
        first: 2_500,
        text: |count| {
            let states: String = (0..count)
                .map(|at| format!("  s{at}: {{ category: open }}\n"))
                .collect();
            format!("workflow: w\nstart: s0\nstates:\n{states}transitions: []\n")
        },
    },
    Growth {
        what: "aliases",
        syntax: Syntax::Yaml,
        first: 1_000,
        text: |count| {
            with_transitions(count, |_| "  - { from: A, to: B, notes: *n }\n".to_owned())
                .replace("workflow: w", "workflow: w\ndescription: &n required")
        },
    },
    Growth {
        what: "comments that silence",
        syntax: Syntax::Yaml,
        first: 2_500,
        text: |count| {
            with_transitions(count, |at| {
                format!(
                    "  - {{ from: A, to: no{at} }} # statewright: allow(undefined-states) later\n"
                )
            })
        },
    },
    Growth {
        what: "one long text",
        syntax: Syntax::Yaml,
        first: 500_000,
        text: |count| {
            with_transitions(1, |_| "  - { from: A, to: B }\n".to_owned())
                + "description: \""
                + &"\\n".repeat(count)
                + "\"\n"
        },
    },
    Growth {
        what: "promises",
        syntax: Syntax::Yaml,
        first: 500,
        text: |count| {
            let promises: String = (0..count)
                .map(|at| {
                    format!(
                        "  - pass: In Progress\n    before: Resolved{}\n",
                        if at % 2 == 0 {
                            ""
                        } else {
                            "\n    because: why"
                        }
                    )
                })
                .collect();
            corpus::yaml(
                0,
                Size {
                    states: 40,
                    transitions: 80,
                },
            ) + &promises
        },
    },
];

fn with_transitions(count: usize, one: impl Fn(usize) -> String) -> String {
    let moves: String = (0..count).map(one).collect();
    format!(
        "workflow: w\nstart: A\nstates:\n  A: {{ category: open }}\n  B: {{ category: closed }}\ntransitions:\n{moves}"
    )
}
