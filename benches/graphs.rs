//! How long the rules and promises take on graphs that no person draws:
//! `cargo bench --bench graphs`.
//!
//! A ladder of a thousand rungs has two to the power of a thousand walks, a hundred thousand
//! states are more than any installation has. Both must take well under a second.

use std::time::Instant;

use statewright::compile::codes;
use statewright::diagnostic::{Diagnostics, Level, Levels};
use statewright::expect::PROMISES;
use statewright::graph::{Resolved, StateId};
use statewright::model::{
    Category, Expectation, From, OneOrMore, Promise, Start, State, Text, Transition, Workflow,
    decode,
};
use statewright::source::{Source, SourceId, Span, Spanned, Syntax};
use statewright::why::{self, Question};
use statewright::{expect, rules, syntax};

fn main() {
    let rung = |at: usize| {
        let (a, b, c, d) = (3 * at, 3 * at + 1, 3 * at + 2, 3 * at + 3);
        [(a, b), (a, c), (b, d), (c, d)]
    };
    judge("a ladder of 1,000 rungs", 3001, (0..1000).flat_map(rung));
    let last = 100_000;
    judge(
        "a chain of 100,000 states",
        last,
        (1..last).map(|at| (at - 1, at)),
    );
    // Ten ways out of each state, spread over the whole graph by two odd factors.
    let spread =
        (0..last).flat_map(|at| (0..10).map(move |k| (at, (at * 7 + k * 9973 + 1) % last)));
    judge("100,000 states with a million transitions", last, spread);
}

fn judge(what: &str, states: usize, moves: impl Iterator<Item = (usize, usize)>) {
    let workflow = workflow(states, moves);
    let mut levels = Levels::default();
    for code in codes() {
        levels.set(code, Level::Warn);
    }
    let start = Instant::now();
    let resolved = Resolved::new(workflow);
    let looked_up = start.elapsed();
    let mut out = Diagnostics::new();
    rules::check(&resolved, &levels, &mut out);
    let ruled = start.elapsed() - looked_up;
    expect::check(&resolved, &levels, &mut out);
    let proved = start.elapsed() - looked_up - ruled;
    let to = StateId(states as u32 - 1);
    why::answer(
        &resolved,
        &Question {
            from: Vec::new(),
            to,
        },
    );
    let total = start.elapsed();
    println!(
        "{what}: names {looked_up:.0?}, rules {ruled:.0?}, promises {proved:.0?}, in all {total:.0?}; \
         {} reports",
        out.len()
    );
}

fn span(at: usize) -> Span {
    Span::new(SourceId(0), at, at + 1)
}

fn text(at: usize) -> Text {
    Spanned::new(at.to_string().into(), span(at))
}

fn workflow(states: usize, moves: impl Iterator<Item = (usize, usize)>) -> Workflow {
    let source = Source::new(SourceId(0), "w.yaml", Syntax::Yaml, "workflow: large\n");
    let mut out = Diagnostics::new();
    let mut document = syntax::read(&source, &mut out);
    let empty = decode::workflow(&mut document, &source, &PROMISES, &mut out).expect("a workflow");
    let last = states - 1;
    let state = |at: usize| {
        let mut state = State::new(text(at));
        let category = match at == last {
            true => Category::Closed,
            false => Category::Open,
        };
        state.category = Some(Spanned::new(category, span(at)));
        state
    };
    let transition = |(from, to)| {
        let begins = From::States(OneOrMore::One(text(from)));
        Transition::new(Some(begins), Some(text(to)), span(from))
    };
    let promise = |word: &str, lists: &[Option<usize>]| {
        let mut shapes = PROMISES.shapes.iter();
        let shape = shapes
            .find(|shape| shape.word() == word)
            .expect("a promise");
        let list = |at: &Option<usize>| at.map(|at| vec![text(at)]);
        let lists = lists.iter().map(list).collect();
        Expectation::new(Promise { shape, lists }, span(0), true)
    };
    Workflow {
        start: vec![Start {
            to: text(0),
            transition: None,
        }],
        states: (0..states).map(state).map(Box::new).collect(),
        transitions: moves.map(transition).map(Box::new).collect(),
        expect: vec![
            promise("reach", &[Some(last), None]),
            promise("pass", &[Some(last / 2), Some(last)]),
            promise("never", &[Some(0), Some(last)]),
        ],
        doubts: Default::default(),
        ..empty
    }
}
