//! Texts that nobody would write: marks in any order, and pieces of the examples with a few slips in
//! them. Nothing panics, every place is inside of the text, and what a fix or the layout makes of one
//! can be read again.
//!
//! A few thousand are tried each time; `PROPTEST_CASES=1000000` tries more.

use crate::common::twins::everywhere;
use proptest::prelude::*;
use statewright::compile::Targets;
use statewright::fix::{self, Wanted};
use statewright::report::human;
use statewright::source::{Source, SourceId, Syntax};
use statewright::{Compilation, Options, compile, format, targets};

/// What texts in YAML are put together from, with a `·` between them.
const YAML: &str = concat!(
    "a·b·x y·workflow·start·states·:·: ·:\n·{·}·[·]·{ · }·,·, ·#· # ·\n·  ·    · ·- ·-·",
    "\"·'·|\n·>\n·|·|2\n·&a ·*a·!t ·!!str ·? ·?·\t·é·<<: ·---\n·...\n·%·@·`·1·~·\\·\\n·=·",
    "a: b·- a: b·a: b\n·a: {b: c·}\n·]\n·\r·\r\n·\u{feff}·\u{2028}·a:b·- {·- [·s: \"·",
    "\"\n·'\n·category: open·transitions:\n·- { from: a, to: b }\n·",
    "  - name: c\n    from: a\n    to: b\n·#- "
);

/// The same of texts in TOML.
const TOML: &str = concat!(
    "a·b·workflow·start·states·[·]·[[·]]·{·}·=· = ·.·a = 1·a = 1\n·\n·\"·'·\"\"\"·'''·,·",
    "# ·#·[a]\n·[[a]]\n·[a.b]\n·a.b = 1\n· ·\t·é·1·1.·-·_·true·2020-01-01·\\·\\n·\r·\r\n·",
    "\u{feff}·\u{2028}·x = [·x = {· }\n· ]\n·:·a: b\n·[states]\n·",
    "New = { category = \"open\" }\n·[[transitions]]\n·from = \"a\"\n·to = 'b'\n·0x·inf·",
    "nan·1e·+"
);

fn marks(syntax: Syntax) -> Vec<&'static str> {
    let marks = match syntax {
        Syntax::Toml => TOML,
        _ => YAML,
    };
    marks.split('·').collect()
}

/// A slip: what is done to a text at a place, as a share of its length in thousandths.
#[derive(Clone, Debug)]
enum Slip {
    Insert(usize, usize),
    Delete(usize, usize),
    Repeat(usize, usize, usize),
    Replace(usize, usize),
    /// Another value behind the key of a line, or for an item of a list in it.
    Value(usize, usize),
    /// A line once more, at another place.
    Line(usize, usize),
}

/// Values that some field is not made for.
const VALUES: &str = concat!(
    "1·true·null·[]·{}·[[a]]·[{a: b}]·[{ a = 1 }]·[a, a]·\"\"·\"*\"·\" \"·-1·",
    "99999999999999999999·1e999·2020-01-01·New·[New, New]·[New, [x]]·{ New: 1 }·",
    "{ x: { y: z } }·{ x = 1 }·[1, true, null]·'x'·é·\"\u{202e}\"·\"##[x]\"·\"#12345\"·",
    "open·\"a\\nb\"·all·[\"*\", New]·{ to: New }"
);

impl Slip {
    fn in_text(&self, text: &mut String, marks: &[&str]) {
        if let Slip::Value(..) | Slip::Line(..) = *self {
            let lines = text.split_inclusive('\n').map(str::to_owned);
            let mut lines: Vec<String> = lines.collect();
            self.in_lines(&mut lines);
            *text = lines.concat();
            return;
        }
        let at = |share: usize| text.floor_char_boundary(text.len() * share / 1000);
        let until = |from: usize, length: usize| text.ceil_char_boundary(from + length);
        match *self {
            Slip::Insert(place, mark) => text.insert_str(at(place), marks[mark % marks.len()]),
            Slip::Delete(place, length) => {
                text.replace_range(at(place)..until(at(place), length), "");
            }
            Slip::Replace(place, mark) => {
                let range = at(place)..until(at(place), 1);
                text.replace_range(range, marks[mark % marks.len()]);
            }
            Slip::Repeat(place, length, to) => {
                let piece = text[at(place)..until(at(place), length)].to_owned();
                text.insert_str(at(to), &piece);
            }
            Slip::Value(..) | Slip::Line(..) => {}
        }
    }

    fn in_lines(&self, lines: &mut Vec<String>) {
        let count = lines.len();
        let (Slip::Value(line, other) | Slip::Line(line, other)) = *self else {
            return;
        };
        if count == 0 {
            return;
        }
        let at = line % count;
        if let Slip::Line(..) = self {
            let line = lines[at].clone();
            return lines.insert(other % (count + 1), line);
        }
        let values: Vec<&str> = VALUES.split('·').collect();
        let (line, value) = (
            lines[at].trim_end().to_owned(),
            values[other % values.len()],
        );
        let bracket = line.find('[').filter(|_| other % 2 == 0);
        let after = |mark: &str| line.find(mark).map(|at| at + mark.len());
        lines[at] = match (bracket, after(": ").or_else(|| after(" = "))) {
            (Some(open), _) => format!("{}{value}, {}\n", &line[..=open], &line[open + 1..]),
            (None, Some(start)) => format!("{}{value}\n", &line[..start]),
            (None, None) => format!("{line}{value}\n"),
        };
    }
}

fn slip() -> impl Strategy<Value = Slip> {
    let place = || 0..=1000_usize;
    let mark = || 0..1000_usize;
    prop_oneof![
        2 => (place(), mark()).prop_map(|(at, mark)| Slip::Insert(at, mark)),
        1 => (place(), 1..6_usize).prop_map(|(at, length)| Slip::Delete(at, length)),
        1 => (place(), 1..30_usize, place()).prop_map(|(at, length, to)| Slip::Repeat(at, length, to)),
        1 => (place(), mark()).prop_map(|(at, mark)| Slip::Replace(at, mark)),
        3 => (mark(), mark()).prop_map(|(line, value)| Slip::Value(line, value)),
        1 => (mark(), mark()).prop_map(|(line, to)| Slip::Line(line, to)),
    ]
}

fn syntax() -> impl Strategy<Value = Syntax> {
    prop_oneof![Just(Syntax::Yaml), Just(Syntax::Toml)]
}

/// Marks in any order.
fn heaps() -> impl Strategy<Value = (Syntax, String)> {
    let numbers = prop::collection::vec(0..1000_usize, 1..24);
    (syntax(), numbers).prop_map(|(syntax, numbers)| {
        let marks = marks(syntax);
        let text = numbers.iter().map(|number| marks[number % marks.len()]);
        (syntax, text.collect())
    })
}

/// Some lines of an example, with slips.
fn pieces() -> impl Strategy<Value = (Syntax, String)> {
    let texts: Vec<(Syntax, String)> = everywhere()
        .into_iter()
        .map(|example| (example.syntax, example.text))
        .collect();
    let slips = prop::collection::vec(slip(), 1..5);
    // A few lines are soon read, whole files say more.
    let lines = prop_oneof![
        (0..1000_usize, 1..14_usize),
        (Just(0_usize), Just(usize::MAX))
    ];
    (prop::sample::select(texts), lines, slips).prop_map(|((syntax, text), (from, most), slips)| {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let from = lines.len() * from / 1000;
        let mut piece: String = lines.into_iter().skip(from).take(most).collect();
        for slip in &slips {
            slip.in_text(&mut piece, &marks(syntax));
        }
        (syntax, piece)
    })
}

fn source(syntax: Syntax, text: &str) -> Source {
    Source::new(SourceId(0), "x", syntax, text)
}

/// What is reported, also for products that the text does not name.
fn compiled(source: &Source) -> Compilation {
    let options = Options {
        targets: Targets::NamedAnd(targets::ALL.to_vec()),
        ..Options::default()
    };
    compile(source, &options)
}

fn try_all(syntax: Syntax, text: &str) {
    let source = source(syntax, text);
    let found = compiled(&source).diagnostics;
    let labels = found.iter().flat_map(|report| &report.labels);
    for label in labels {
        assert!(source.text().get(label.span.range()).is_some(), "{label:?}");
    }
    human::plain(&source, &found);
    for wanted in [Wanted::Safe, Wanted::All] {
        fix::apply(&source, wanted, compiled);
    }
    if let Some(laid) = format::text(&source) {
        let again = format::text(&source.with_text(laid.as_str()));
        assert_eq!(again.as_ref(), Some(&laid), "laid out twice");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases.max(1500),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn heaps_of_marks_are_read((syntax, text) in heaps()) {
        try_all(syntax, &text);
    }

    #[test]
    fn pieces_with_slips_are_read((syntax, text) in pieces()) {
        try_all(syntax, &text);
    }
}
