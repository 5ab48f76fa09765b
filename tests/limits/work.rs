//! What is done for a file twice as large is twice as much. Counted are the bytes that are asked for, which
//! depend on nothing but the file; `benches/growth` measures time, for many more.

use allocation_counter::measure;
use statewright::changes::rules::{self, Changed};
use statewright::changes::{Difference, Version};
use statewright::compile::{self, codes};
use statewright::diagnostic::{Diagnostics, Level, Levels};
use statewright::graph::Resolved;
use statewright::source::{Source, SourceId, Syntax};
use statewright::{Options, compile as compiled};

/// One way to grow: a file with so many of something.
type Growth = (&'static str, Syntax, fn(usize) -> String);

const GROWTHS: &[Growth] = &[
    ("final states that are excepted", Syntax::Yaml, |count| {
        let names = names(count, |_| "B".to_owned());
        with(&format!(
            "  - {{ from: \"*\", except: [{names}], to: A }}\n"
        ))
    }),
    (
        "undefined states that are excepted",
        Syntax::Yaml,
        |count| {
            let names = names(count, |at| format!("nowhere {at}"));
            with(&format!(
                "  - {{ from: \"*\", except: [{names}], to: B }}\n"
            ))
        },
    ),
    ("one long name with blanks", Syntax::Yaml, |count| {
        with(&format!(
            "  - {{ from: [A, {}b], to: B }}\n",
            "a ".repeat(count)
        ))
    }),
    (
        "transitions, all of which a list makes again",
        Syntax::Yaml,
        |count| {
            let one = |at: usize| format!("  - {{ name: x, from: S{at}, to: B }}\n");
            let all: String = (0..count).map(one).collect();
            let names = names(count, |at| format!("S{at}"));
            let list = format!("  - {{ name: x, from: [{names}, A], to: B }}\n");
            with_states(count, "open", &(all + &list))
        },
    ),
    (
        "from everywhere, and nothing is there",
        Syntax::Yaml,
        |count| {
            let one = |at: usize| format!("  - {{ name: x{at}, from: \"*\", except: A, to: B }}\n");
            let all: String = (0..count).map(one).collect();
            with_states(count, "closed, final: true", &all)
        },
    ),
    ("loops that wait", Syntax::Yaml, |count| {
        let one = |at: usize| {
            let (from, to) = (2 * at, 2 * at + 1);
            format!(
                "  - {{ from: A, to: S{from} }}\n  - {{ from: S{from}, to: S{to} }}\n  - {{ from: S{to}, to: S{from} }}\n"
            )
        };
        let all: String = (0..count).map(one).collect();
        with_states(2 * count, "waiting", &all)
    }),
    ("promises of undefined states", Syntax::Yaml, |count| {
        let names = names(count, |at| format!("nowhere {at}"));
        with("") + &format!("expect:\n  - {{ never: [{names}], after: A }}\n")
    }),
    (
        "hidden characters in undefined states",
        Syntax::Yaml,
        |count| {
            let names = names(count, |at| format!("\"x\\u200b{at}\""));
            with(&format!("  - {{ from: [{names}], to: B }}\n"))
        },
    ),
    (
        "equal transitions with a foreign field",
        Syntax::Yaml,
        |count| with(&"  - { name: x, from: A, to: B, nmae: y }\n".repeat(count)),
    ),
    ("states after their dotted keys", Syntax::Toml, |count| {
        let part = |at: usize| format!("states.S{at}.category = \"open\"\n");
        let state = |at: usize| format!("[states.S{at}]\n");
        let parts: String = (0..count).map(part).collect();
        let states: String = (0..count).map(state).collect();
        format!("workflow = \"w\"\nstart = \"S0\"\n{parts}{states}")
    }),
    (
        "a walk that stands far to the right",
        Syntax::Yaml,
        |count| {
            let walk = names(count, |_| "A".to_owned()).replace(", ", " -> ");
            let text = with("");
            let (head, _) = text.rsplit_once("  - ").expect("a transition");
            format!("{head}{}- {walk} -> B\n", " ".repeat(count))
        },
    ),
    ("a map of transitions on one line", Syntax::Yaml, |count| {
        let moves = names(count, |at| format!("t{at}: {{ from: A, to: B }}"));
        let text = with("");
        let (head, _) = text.rsplit_once("transitions:").expect("transitions");
        format!("{head}transitions: {{ {moves} }}\n")
    }),
    (
        "one key again and again in an inline table",
        Syntax::Toml,
        |count| {
            let keys = names(count, |_| "a = 1".to_owned());
            format!(
                "workflow = \"w\"\nstart = \"A\"\nmeta = {{ {keys} }}\n[states.A]\ncategory = \"open\"\n"
            )
        },
    ),
    (
        "one transition again and again in an inline table",
        Syntax::Toml,
        |count| {
            let keys = names(count, |_| "t = { from = \"A\", to = \"A\" }".to_owned());
            format!(
                "workflow = \"w\"\nstart = \"A\"\ntransitions = {{ {keys} }}\n[states.A]\ncategory = \"open\"\n"
            )
        },
    ),
    ("states after their parts", Syntax::Toml, |count| {
        let part = |at: usize| format!("[states.S{at}.x]\ny = 1\n");
        let state = |at: usize| format!("[states.S{at}]\ncategory = \"open\"\n");
        let parts: String = (0..count).map(part).collect();
        let states: String = (0..count).map(state).collect();
        format!("workflow = \"w\"\nstart = \"S0\"\n{parts}{states}")
    }),
];

/// Makes a file of so many items.
type Family = fn(usize) -> String;

/// Ways to have so many mistakes of one kind.
const MISTAKES: &[(&str, Family)] = &[
    ("a misspelt field", |count| {
        with("") + "expect:\n" + &"  - { rech: B }\n".repeat(count)
    }),
    ("a field that is near none", |count| {
        with(&"  - { name: x, from: B, to: B, quux: y }\n".repeat(count))
    }),
    ("a missing field", |count| {
        with(&"  - { name: x, to: B }\n".repeat(count))
    }),
    ("a value of another type", |count| {
        with(&"  - { name: [], from: A, to: B }\n".repeat(count))
    }),
    ("an empty name", |count| {
        with(&"  - { name: x, from: A, to: \"\" }\n".repeat(count))
    }),
    ("another word", |count| {
        with(&"  - { name: x, from: B, to: B, notes: some }\n".repeat(count))
    }),
    ("a transition that is written twice", |count| {
        with(&"  - { name: x, from: A, to: B }\n".repeat(count))
    }),
    ("a transition back", |count| {
        let one = |at: usize| format!("  - {{ name: x{at}, from: A, to: A }}\n");
        with(&(0..count).map(one).collect::<String>())
    }),
    ("a state without a way out", |count| {
        with_states(count, "open", "  - { from: A, to: S1 }\n")
    }),
    ("a broken promise", |count| {
        with("") + "expect:\n" + &"  - { reach: A, from: B }\n".repeat(count)
    }),
];

fn names(count: usize, name: impl Fn(usize) -> String) -> String {
    (0..count).map(name).collect::<Vec<_>>().join(", ")
}

fn with(transitions: &str) -> String {
    with_states(0, "open", transitions)
}

fn with_states(count: usize, category: &str, transitions: &str) -> String {
    let one = |at: usize| format!("  S{at}: {{ category: {category} }}\n");
    let states: String = (0..count).map(one).collect();
    format!(
        "workflow: w\nstart: A\nstates:\n  A: {{ category: open }}\n{states}  B: {{ category: closed, final: true }}\n\
         transitions:\n  - {{ from: A, to: B }}\n{transitions}"
    )
}

/// Those codes, too, that are off until asked for.
fn all_on() -> Options {
    let mut options = Options::default();
    for code in codes() {
        let level = options.levels.of(code).max(Level::Warn);
        options.levels.set(code, level);
    }
    options
}

#[test]
fn twice_as_much_to_read_is_twice_as_much_work() {
    const FEW: usize = 1_500;
    let options = all_on();
    let work = |(_, syntax, text): &Growth, count: usize| {
        let source = Source::new(SourceId(0), "w", *syntax, text(count));
        let asked = measure(|| drop(compiled(&source, &options)));
        asked.bytes_total as f64 / source.text().len() as f64
    };
    for growth in GROWTHS {
        let (few, many) = (work(growth, FEW), work(growth, 4 * FEW));
        assert!(
            many < 1.3 * few,
            "{}: {few:.1} bytes for one of the file, {many:.1} of a file four times as large",
            growth.0
        );
    }
}

/// Two versions of a file, with so many of something.
type Versions = (&'static str, fn(usize) -> [String; 2]);

const CHANGES: &[Versions] = &[
    ("closed states in a row, and none led on", |count| {
        let step = |at: usize| format!("  - {{ from: S{at}, to: S{} }}\n", at + 1);
        let steps: String = (0..count - 1).map(step).collect();
        let begin = "  - { from: A, to: S0 }\n";
        ["", &(begin.to_owned() + &steps)].map(|more| with_states(count, "closed", more))
    }),
    ("states that nothing leaves any more", |count| {
        let step = |at: usize| format!("  - {{ from: S{at}, to: B }}\n");
        let steps: String = (0..count).map(step).collect();
        [&*steps, ""].map(|more| with_states(count, "open", more))
    }),
    ("states of a row, and nothing leaves any more", |count| {
        let step = |at: usize| format!("  - {{ from: S{at}, to: S{} }}\n", at + 1);
        let steps: String = (0..count - 1).map(step).collect();
        let end = format!("  - {{ from: S{}, to: B }}\n", count - 1);
        [&*(steps + &end), ""].map(|more| with_states(count, "open", more))
    }),
    ("states that are gone, and lead to each other", |count| {
        let step = |at: usize| format!("  S{at}: S{}\n", at + 1);
        let steps: String = (0..count).map(step).collect();
        let end = "migrate:\n  x: A\n";
        [with_states(count, "open", ""), with("") + end + &steps]
    }),
    ("promises that are gone", |count| {
        let promise = |at: usize| format!("  - {{ never: S{at}, after: A }}\n");
        let promises: String = (0..count).map(promise).collect();
        ["expect:\n".to_owned() + &promises, String::new()]
            .map(|more| with_states(count, "open", "") + &more)
    }),
];

/// Finding out what changed, and what that breaks.
#[test]
fn twice_as_much_to_compare_is_twice_as_much_work() {
    const FEW: usize = 1_500;
    fn version(resolved: &Resolved) -> Version<'_> {
        Version {
            path: "",
            resolved: Some(resolved),
            is_whole: true,
        }
    }
    let work = |texts: fn(usize) -> [String; 2], count: usize| {
        let texts = texts(count);
        let bytes: usize = texts.iter().map(String::len).sum();
        let [old, new] = texts.map(|text| {
            let source = Source::new(SourceId(0), "w", Syntax::Yaml, text);
            compile::read(&source).resolved.expect("a workflow")
        });
        let asked = measure(|| {
            let difference = Difference::of(version(&old), version(&new)).expect("two workflows");
            let mut out = Diagnostics::new();
            rules::check(&Changed::new(&difference), &Levels::default(), &mut out);
        });
        asked.bytes_total as f64 / bytes as f64
    };
    for (name, texts) in CHANGES {
        let (few, many) = (work(*texts, FEW), work(*texts, 4 * FEW));
        assert!(
            many < 1.3 * few,
            "{name}: {few:.1} bytes for one of the files, {many:.1} of files four times as large"
        );
    }
}

/// Of each code 10,000 reports are kept. Making one takes far more than finding it, and for a file of hundreds of
/// thousands that is most of the time.
#[test]
fn what_is_only_counted_is_not_made() {
    const MORE: usize = 4_000;
    let options = all_on();
    for (name, text) in MISTAKES {
        let asked = |count: usize| {
            let source = Source::new(SourceId(0), "w", Syntax::Yaml, text(count));
            measure(|| drop(compiled(&source, &options))).count_total as f64
        };
        let made = asked(2 * MORE) - asked(MORE);
        let counted = asked(11_000 + MORE) - asked(11_000);
        assert!(
            counted < 0.7 * made,
            "{name}: {made} pieces of memory for {MORE} that are told, {counted} for as many that are only counted"
        );
    }
}
