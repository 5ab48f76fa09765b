//! The workflows that are measured: made up, without a mistake, the same on every machine.
//!
//! `cargo bench` measures on them, `cargo run --release --example bench-corpus` writes them to a
//! folder, for measuring whole runs of the program and of others.

#![allow(dead_code, reason = "not every bench needs all of it")]

use std::fmt::Write;

/// How large one workflow is.
#[derive(Clone, Copy)]
pub struct Size {
    pub states: usize,
    /// At least as many as states, or not every state can be reached.
    pub transitions: usize,
}

/// What a team of a service desk has.
pub const USUAL: Size = Size {
    states: 20,
    transitions: 40,
};

/// Workflow number `number` in YAML, as people write it: one field a line.
pub fn yaml(number: usize, size: Size) -> String {
    let mut out = format!(
        "# Workflow {number} of a corpus to measure with.\nworkflow: measured-{number}\n\
         name: Measured {number}\ndescription: How requests of team {number} are worked on\n\n\
         start: {}\n\nstates:\n",
        state(0)
    );
    for at in 0..size.states {
        let (name, category) = (state(at), category(at, size));
        let color = color(at);
        let _ = write!(
            out,
            "  {name}:\n    category: {category}\n    color: \"{color}\"\n    \
             description: Step {at}, in which the request is {category}\n"
        );
    }
    out.push_str("\ntransitions:\n");
    for (at, (from, to)) in moves(size).enumerate() {
        let (from, to) = (state(from), state(to));
        let _ = write!(
            out,
            "  - name: Move {at}\n    from: {from}\n    to: {to}\n    notes: {}\n",
            NOTES[at % NOTES.len()]
        );
    }
    let last = state(size.states - 1);
    let _ = write!(
        out,
        "\nexpect:\n  - reach: {last}\n    because: every request comes to an end\n"
    );
    out
}

/// The same workflow in TOML.
pub fn toml(number: usize, size: Size) -> String {
    let mut out = format!(
        "# Workflow {number} of a corpus to measure with.\nworkflow = \"measured-{number}\"\n\
         name = \"Measured {number}\"\ndescription = \"How requests of team {number} are worked \
         on\"\nstart = \"{}\"\n",
        state(0)
    );
    for at in 0..size.states {
        let (name, category) = (state(at), category(at, size));
        let color = color(at);
        let _ = write!(
            out,
            "\n[states.\"{name}\"]\ncategory = \"{category}\"\ncolor = \"{color}\"\n\
             description = \"Step {at}, in which the request is {category}\"\n"
        );
    }
    for (at, (from, to)) in moves(size).enumerate() {
        let (from, to) = (state(from), state(to));
        let _ = write!(
            out,
            "\n[[transitions]]\nname = \"Move {at}\"\nfrom = \"{from}\"\nto = \"{to}\"\n\
             notes = \"{}\"\n",
            NOTES[at % NOTES.len()]
        );
    }
    let last = state(size.states - 1);
    let _ = write!(
        out,
        "\n[[expect]]\nreach = \"{last}\"\nbecause = \"every request comes to an end\"\n"
    );
    out
}

const NOTES: [&str; 3] = ["none", "optional", "required"];

const NAMES: [&str; 20] = [
    "New",
    "Assigned",
    "In Progress",
    "Waiting for User",
    "Waiting for Parts",
    "In Review",
    "Approved by Manager",
    "Ordered",
    "Delivered",
    "Installed",
    "Tested",
    "Escalated",
    "Second Line",
    "Third Line",
    "Handed to Vendor",
    "Planned",
    "On Site",
    "Documented",
    "Resolved",
    "Confirmed",
];

fn state(at: usize) -> String {
    let name = NAMES[at % NAMES.len()];
    match at / NAMES.len() {
        0 => name.to_owned(),
        round => format!("{name} {round}"),
    }
}

fn category(at: usize, size: Size) -> &'static str {
    match at {
        _ if at + 1 == size.states => "closed",
        _ if at % 20 == 3 || at % 20 == 4 => "waiting",
        _ => "open",
    }
}

fn color(at: usize) -> String {
    format!("#{:06x}", (at * 0x1f_4b3d + 0x33_66cc) & 0xff_ffff)
}

/// From the first state to the last, and then ways back and ahead, no two the same.
fn moves(size: Size) -> impl Iterator<Item = (usize, usize)> {
    let before_last = size.states - 1;
    let chain = (0..before_last).map(|at| (at, at + 1));
    let more = (0..size.transitions.saturating_sub(before_last)).map(move |at| {
        let from = at % before_last;
        let step = match at / before_last {
            0 => before_last - 1,
            round => round + 1,
        };
        (from, (from + step) % before_last)
    });
    chain.chain(more)
}
