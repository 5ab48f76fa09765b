//! How long it takes to check workflows, beside how long others need merely to read the same text
//! into plain structs: `cargo bench --bench check`.

use divan::Bencher;
use divan::counter::BytesCount;
use statewright::source::{Source, SourceId, Syntax};
use statewright::{Options, compile};

mod corpus;
mod plain;

use corpus::{Size, USUAL};

fn main() {
    divan::main();
}

/// A hundred usual files, or a single large one.
const CORPORA: [(&str, usize, Size); 2] = [
    ("100 files of 20 states", 100, USUAL),
    (
        "one file of 20,000 states",
        1,
        Size {
            states: 20_000,
            transitions: 60_000,
        },
    ),
];

fn texts(corpus: usize, text: fn(usize, Size) -> String) -> Vec<String> {
    let (_, files, size) = CORPORA[corpus];
    (0..files).map(|at| text(at, size)).collect()
}

fn bytes(texts: &[String]) -> BytesCount {
    BytesCount::new(texts.iter().map(String::len).sum::<usize>())
}

fn check(bencher: Bencher<'_, '_>, corpus: usize, syntax: Syntax, text: fn(usize, Size) -> String) {
    let texts = texts(corpus, text);
    let bytes = bytes(&texts);
    bencher.counter(bytes).bench_local(|| {
        for text in &texts {
            let source = Source::new(SourceId(0), "w", syntax, text.as_str());
            let compilation = compile(&source, &Options::default());
            assert!(compilation.diagnostics.is_empty());
        }
    });
}

fn plainly<T>(bencher: Bencher<'_, '_>, texts: &[String], read: fn(&str) -> T) {
    bencher.counter(bytes(texts)).bench_local(|| {
        for text in texts {
            divan::black_box(read(text));
        }
    });
}

#[divan::bench(args = [0, 1], min_time = 1)]
fn yaml_checked(bencher: Bencher<'_, '_>, corpus: usize) {
    check(bencher, corpus, Syntax::Yaml, corpus::yaml);
}

#[divan::bench(args = [0, 1], min_time = 1)]
fn yaml_read_by_serde_yaml(bencher: Bencher<'_, '_>, corpus: usize) {
    plainly(bencher, &texts(corpus, corpus::yaml), plain::yaml);
}

#[divan::bench(args = [0, 1], min_time = 1)]
fn toml_checked(bencher: Bencher<'_, '_>, corpus: usize) {
    check(bencher, corpus, Syntax::Toml, corpus::toml);
}

#[divan::bench(args = [0, 1], min_time = 1)]
fn toml_read_by_toml(bencher: Bencher<'_, '_>, corpus: usize) {
    plainly(bencher, &texts(corpus, corpus::toml), plain::toml);
}
