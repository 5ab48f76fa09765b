//! The layout of files: nothing changes but how they look, and once is enough.

use std::collections::BTreeMap;

use crate::common::folder::Folder;
use crate::common::twins::{self, Example};
use proptest::prelude::*;
use statewright::compile::{self, Options, Targets};
use statewright::diagnostic::{Diagnostic, Diagnostics, Level};
use statewright::source::{Source, SourceId, Syntax};
use statewright::{compile as compile_source, format, syntax, targets};

fn source(syntax: Syntax, text: &str) -> Source {
    let name = format!("example.workflow.{}", syntax.name());
    Source::new(SourceId(0), name, syntax, text)
}

fn laid(syntax: Syntax, text: &str) -> String {
    format::text(&source(syntax, text)).expect("it can be read")
}

/// What is reported of a text, and what it compiles to for every product.
fn meaning(source: &Source) -> (BTreeMap<(String, String), usize>, Vec<String>) {
    let mut options = Options {
        targets: Targets::NamedAnd(Vec::new()),
        ..Options::default()
    };
    for code in compile::codes() {
        if code.level == Level::Allow {
            options.levels.set(code, Level::Warn);
        }
    }
    let compilation = compile_source(source, &options);
    let mut found = BTreeMap::new();
    // Of tabs and of commas at the end of a table nothing is left in the one layout.
    let is_of_layout = |d: &&Diagnostic| d.code.name == "unportable-syntax";
    for d in compilation.diagnostics.iter().filter(|d| !is_of_layout(d)) {
        let key = (d.code.name.to_owned(), d.message.clone());
        *found.entry(key).or_insert(0) += 1;
    }
    let mut written = Vec::new();
    if let Some(checked) = compilation.checked() {
        for document in targets::ALL.iter().flat_map(|target| target.documents) {
            let json = document.of_one(checked, &mut Diagnostics::new());
            written.push(json.map(|json| json.to_string()).unwrap_or_default());
        }
    }
    (found, written)
}

fn comments(source: &Source) -> Vec<String> {
    let document = syntax::read_with_comments(source, &mut Diagnostics::new());
    let places = document.map(|document| document.comments);
    let places = places.unwrap_or_default().into_iter();
    let mut words: Vec<String> = places
        .map(|at| source.slice(at).trim_end().to_owned())
        .collect();
    words.sort();
    words
}

#[test]
fn every_example_means_the_same_and_is_laid_out_once() {
    let mut read = 0;
    let mut changed = 0;
    for (index, example) in twins::everywhere().into_iter().enumerate() {
        let Example {
            place,
            syntax,
            text,
        } = example;
        let text = match index % 4 {
            0 => text,
            1 => text.replace('\n', "\r\n"),
            2 => format!("\u{feff}{text}"),
            _ => text.replace("  ", "     ").replace('\n', "   \n\n\n"),
        };
        let before = source(syntax, &text);
        let Some(new) = format::text(&before) else {
            continue;
        };
        let after = source(syntax, &new);
        assert_eq!(
            meaning(&before),
            meaning(&after),
            "{place}\n{text}\n---\n{new}"
        );
        assert_eq!(comments(&before), comments(&after), "{place}\n{new}");
        assert_eq!(laid(syntax, &new), new, "{place}");
        assert_eq!(text.starts_with('\u{feff}'), new.starts_with('\u{feff}'));
        assert_eq!(text.contains("\r\n"), new.contains("\r\n"), "{place}");
        read += 1;
        changed += usize::from(new != text);
    }
    assert!(read > 150 && changed > 80, "{changed} of {read}");
}

#[test]
fn the_examples_are_laid_out_already() {
    for source in crate::common::examples() {
        assert_eq!(
            format::text(&source).as_deref(),
            Some(source.text()),
            "{}",
            source.name()
        );
    }
}

const MESSY: &str = "\
# yaml-language-server: $schema=x
# our desk


name:   Desk
workflow: desk   # its name
transitions:
# closing
- {to: Closed,from: New,  name: Close}   
-   to: Parked
    # why
    notes: required
    name:   Park
    from: [ New,Closed ]
# the states
states:
    Parked: {category: waiting}
    # where tickets begin
    New:
        editable:
        - a   # one
        - b
        description: |
            Nobody has
              looked

            at it
        # what the clock does
        category: open
    Closed: { category: closed, }
    # not used any more
start: New
";

const TIDY: &str = "\
# yaml-language-server: $schema=x
# our desk

workflow: desk   # its name
name: Desk
start: New
# the states
states:
  Parked: { category: waiting }
  # where tickets begin
  New:
    # what the clock does
    category: open
    description: |
      Nobody has
        looked

      at it
    editable:
      - a   # one
      - b
  Closed: { category: closed }
  # not used any more
transitions:
  # closing
  - { name: Close, from: New, to: Closed }
  - name: Park
    from: [New, Closed]
    to: Parked
    # why
    notes: required
";

#[test]
fn a_messy_yaml_file_is_tidied() {
    assert_eq!(laid(Syntax::Yaml, MESSY), TIDY);
}

const MESSY_TOML: &str = "\
#:schema x

name='Desk'
workflow   =   \"desk\" # its name
start=\"New\"
[[transitions]]
  to = \"Closed\"
  # why
  name = \"Close\"
  from = [ \"New\",\"Parked\" ]
# the states
[states.New]
editable = [
    \"a\", # one
    \"b\",
]
description = \"\"\"
  kept   
# kept
\"\"\"
category = \"open\"



[states]
Closed = {final=true, category=\"closed\"}
Parked = { category = \"waiting\" }
";

const TIDY_TOML: &str = "\
#:schema x

workflow = \"desk\" # its name
name = 'Desk'
start = \"New\"

# the states
[states.New]
category = \"open\"
description = \"\"\"
  kept   
# kept
\"\"\"
editable = [
    \"a\", # one
    \"b\",
]

[states]
Closed = { category = \"closed\", final = true }
Parked = { category = \"waiting\" }

[[transitions]]
# why
name = \"Close\"
from = [\"New\", \"Parked\"]
to = \"Closed\"
";

#[test]
fn a_messy_toml_file_is_tidied() {
    assert_eq!(laid(Syntax::Toml, MESSY_TOML), TIDY_TOML);
}

#[test]
fn anchors_documents_and_long_values_stay_whole() {
    let text = "\
%YAML 1.2
---
# header
transitions:
  - to: &c Closed
    name: Close
    from:
      [New,
       Parked]
states:
      New: &open {category: open, description: 'x
         y'}
      Parked: *open
      Closed:
        final: true

        # closed for good
        category: closed
workflow: odd
start: New
...
";
    let tidy = "\
%YAML 1.2
---
# header
workflow: odd
start: New
states:
  New: &open {category: open, description: 'x
     y'}
  Parked: *open
  Closed:
    # closed for good
    category: closed
    final: true
transitions:
  - name: Close
    from:
      [New,
       Parked]
    to: &c Closed
...
";
    assert_eq!(laid(Syntax::Yaml, text), tidy);
    // An alias cannot stand before its anchor, so these stay in their order.
    let bound = "states:\n  New: &s { category: open }\nworkflow: x\nstart: New\n";
    let used = format!("{bound}targets: {{ itwin: {{ type: Other }} }}\n");
    assert!(laid(Syntax::Yaml, &used).starts_with("workflow: x\n"));
    let early = "transitions:\n  - { from: &n New, to: *n }\nstates:\n  New: { category: open }\nstart: *n\nworkflow: x\n";
    assert_eq!(laid(Syntax::Yaml, early), early);
}

/// A list or map in brackets that is too wide is broken as prettier does it in YAML, and taplo in TOML;
/// what they make of it stays as it is.
#[test]
fn what_is_too_wide_is_broken() {
    let states = "Waiting for the parts, Waiting for the person who asked, Waiting";
    let text = format!(
        "\
workflow: wide
start: [ {states} ]
states:
  New: {{ category: open, editable: [{states}, and more] }}
  Old: {{ category: open, editable: [{states}] }}   # of ours
  Closed: {{ category: closed, description: a text that fits into a line of its own }}
transitions:
  - {{ from: [{states}], to: New }}
  - from: [{states}, and one more]
    to: Closed
  - {{ name: a comment does not count, from: New, to: Closed }} # however long it is
"
    );
    let wanted = format!(
        "\
workflow: wide
start: [{states}]
states:
  New:
    {{
      category: open,
      editable:
        [
          Waiting for the parts,
          Waiting for the person who asked,
          Waiting,
          and more,
        ],
    }}
  Old: {{
      category: open,
      editable:
        [{states}],
    }}   # of ours
  Closed:
    {{ category: closed, description: a text that fits into a line of its own }}
transitions:
  - {{
      from: [{states}],
      to: New,
    }}
  - from:
      [
        Waiting for the parts,
        Waiting for the person who asked,
        Waiting,
        and one more,
      ]
    to: Closed
  - {{ name: a comment does not count, from: New, to: Closed }} # however long it is
"
    );
    assert_eq!(laid(Syntax::Yaml, &text), wanted);
    assert_eq!(laid(Syntax::Yaml, &wanted), wanted);
    let toml = "\
start = [\"Waiting for the parts\", \"Waiting for the person who asked\", \"Waiting at last\"]
applies-to = [[\"Waiting for the parts\", \"Waiting for the person who asked\"], [\"Waiting\"]]
states = { New = { category = \"open\", description = \"a table in braces stays on its line\" } }
";
    let wanted = "\
applies-to = [
  [\"Waiting for the parts\", \"Waiting for the person who asked\"],
  [\"Waiting\"],
]
start = [
  \"Waiting for the parts\",
  \"Waiting for the person who asked\",
  \"Waiting at last\",
]
states = { New = { category = \"open\", description = \"a table in braces stays on its line\" } }
";
    assert_eq!(laid(Syntax::Toml, toml), wanted);
    assert_eq!(laid(Syntax::Toml, wanted), wanted);
}

/// A comment is about a line: what it silences must not go to the next one.
#[test]
fn what_a_comment_silences_stays_on_its_line() {
    for text in [
        "states:\n  New: { category: open, description: a text that is far too long for one line of eighty } # statewright: allow(dead-ends)\n",
        "states:\n  # statewright: allow(dead-ends)\n  New: { category: open, description: a text that is far too long for one line of eighty }\n",
    ] {
        assert_eq!(laid(Syntax::Yaml, text), text);
    }
}

/// tombi lets a table without fields stand right above a table in it.
#[test]
fn a_table_may_follow_the_one_it_is_in() {
    let text = "workflow = \"a\"\n\n[targets.actitime]\n[targets.actitime.ids]\nNew = 1\n";
    assert_eq!(laid(Syntax::Toml, text), text);
    let apart = text.replace("]\n[", "]\n\n[");
    assert_eq!(laid(Syntax::Toml, &apart), apart);
    let other = text.replace("actitime]\n", "jira]\n");
    assert_eq!(
        laid(Syntax::Toml, &other),
        apart.replace("actitime]\n", "jira]\n")
    );
}

#[test]
fn a_block_text_without_lines_stays() {
    let text = "workflow: a\ndescription: |7\n";
    assert_eq!(laid(Syntax::Yaml, text), text);
}

#[test]
fn what_cannot_be_read_is_left_alone() {
    for (syntax, text) in [
        (Syntax::Yaml, "workflow: ["),
        (Syntax::Yaml, "a: 1\n\tb: 2\n"),
        (Syntax::Toml, "workflow = "),
        (Syntax::Yaml, ""),
        (Syntax::Yaml, "# nothing\n"),
    ] {
        assert_eq!(format::text(&source(syntax, text)), None, "{text:?}");
    }
}

#[test]
fn files_are_laid_out_and_checked() {
    let folder = Folder::with(&[
        ("a.workflow.yaml", MESSY),
        ("b.workflow.yaml", TIDY),
        ("c.workflow.toml", MESSY_TOML),
    ]);
    let ran = folder.run(&["fmt", "--check"]).is(1);
    assert_eq!(
        ran.out,
        "a.workflow.yaml: not formatted\nc.workflow.toml: not formatted\n"
    );
    let ran = folder.run(&["fmt", "--diff", "a.workflow.yaml"]).is(1);
    assert!(ran.out.contains("\n-name:   Desk\n"), "{}", ran.out);
    assert_eq!(folder.read("a.workflow.yaml"), MESSY);
    let ran = folder.run(&["fmt"]).is(0);
    assert_eq!(
        ran.out,
        "a.workflow.yaml: reformatted\nc.workflow.toml: reformatted\nreformatted 2 of 3 files\n"
    );
    assert_eq!(folder.read("a.workflow.yaml"), TIDY);
    assert_eq!(folder.read("c.workflow.toml"), TIDY_TOML);
    folder.run(&["fmt", "--check"]).is(0);
    let ran = folder
        .run_with_input(&["fmt", "-", "--syntax", "yaml"], MESSY)
        .is(0);
    assert_eq!(ran.out, TIDY);
}

#[test]
fn a_file_that_is_no_yaml_is_reported_and_stays() {
    let folder = Folder::with(&[
        ("a.workflow.yaml", "workflow: [\n"),
        ("b.workflow.yaml", MESSY),
    ]);
    let ran = folder.run(&["fmt"]).is(1);
    assert!(ran.err.contains("error[invalid-yaml]"), "{}", ran.err);
    assert_eq!(folder.read("a.workflow.yaml"), "workflow: [\n");
    assert_eq!(folder.read("b.workflow.yaml"), TIDY);
}

/// A file of any size is laid out in time that grows with its size: to look through all fields for
/// each of them, or through the whole text for the start of a line, would take minutes here.
#[test]
fn large_files_are_laid_out() {
    const FIELDS: usize = 20_000;
    let file = |line: &dyn Fn(usize) -> String| (0..FIELDS).map(line).collect::<String>();
    let keys = file(&|at| format!("key-{at}:   1\n"));
    let laid_out = laid(Syntax::Yaml, &keys);
    assert_eq!(laid_out, keys.replace("   1", " 1"));
    // Lines may end as they did on the first Macintosh.
    let lines = file(&|at| format!("- x{at}\r"));
    let text = format!("x: 1\rlist:\r{lines}");
    assert_eq!(laid(Syntax::Yaml, &text).matches('\r').count(), FIELDS + 2);
}

#[test]
fn a_filter_gives_back_every_byte() {
    let text = "start: New\r\nworkflow: x\r\nname: \"Heart \u{2764}\u{fe0f}\"\r\nstates:\r\n  New: { category: closed }\r\n";
    let expected = "workflow: x\r\nname: \"Heart \u{2764}\u{fe0f}\"\r\nstart: New\r\nstates:\r\n  New: { category: closed }\r\n";
    let ran = Folder::new()
        .run_with_input(&["fmt", "-", "--syntax", "yaml"], text)
        .is(0);
    assert_eq!(ran.out, expected);
}

/// Where suppressions stand in these is told by a number each: above which line, or behind it.
const SHUFFLED: &[(Syntax, &str)] = &[
    (
        Syntax::Yaml,
        "start: Parked\nname: Desk\nworkflow: desk\ntransitions:\n  - to: Closed\n    name: Close\n    from: New\n  - { to: New, from: Parked }\nstates:\n  New:\n    editable: []\n    category: open\n  Parked: { final: false, category: waiting }\n  Lost:\n    category: open\n  Closed: { editable: [a], category: closed, final: true }\n",
    ),
    (
        Syntax::Toml,
        "start = \"Parked\"\nname = \"Desk\"\nworkflow = \"desk\"\n[[transitions]]\nto = \"Closed\"\nname = \"Close\"\nfrom = \"New\"\n[[transitions]]\nto = \"New\"\nfrom = \"Parked\"\n[states.New]\neditable = []\ncategory = \"open\"\n[states.Parked]\nfinal = false\ncategory = \"waiting\"\n[states.Lost]\ncategory = \"open\"\n[states.Closed]\neditable = [\"a\"]\ncategory = \"closed\"\nfinal = true\n",
    ),
];

/// The text with a comment at each of these places: the number of a line, and how it stands there.
fn with_comments(text: &str, places: &[(usize, u8, usize)]) -> String {
    const CODES: &[&str] = &[
        "paused-starts",
        "frozen-work",
        "unreachable-states",
        "dead-ends",
        "editable-after-final",
    ];
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut places = places.to_vec();
    places.sort_by_key(|(line, ..)| std::cmp::Reverse(*line));
    for (line, how, code) in places {
        let at = line % lines.len();
        let indent = lines[at].len() - lines[at].trim_start().len();
        let indent = if how < 4 {
            " ".repeat(indent)
        } else {
            String::new()
        };
        let comment = format!("# statewright: allow({}) why", CODES[code % CODES.len()]);
        match how % 4 {
            0 => lines.insert(at, format!("{indent}{comment}")),
            1 => lines.insert(at, format!("{indent}{comment}\n")),
            2 => lines.insert(at, format!("{indent}{comment}\n{indent}# more")),
            _ => lines[at] += &format!(" {comment}"),
        }
    }
    lines.join("\n") + "\n"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn comments_silence_the_same_after_it(
        which in 0..SHUFFLED.len(),
        places in prop::collection::vec((0..30_usize, 0..8_u8, 0..5_usize), 1..5),
    ) {
        let (syntax, text) = SHUFFLED[which];
        let text = with_comments(text, &places);
        let before = source(syntax, &text);
        let new = format::text(&before).expect("it can be read");
        prop_assert_eq!(meaning(&before), meaning(&source(syntax, &new)), "{}\n---\n{}", text, new);
    }
}

#[test]
fn a_comment_goes_with_what_it_silences() {
    let silenced = "# statewright: allow(paused-starts) by mail only\n";
    let rest = "states:\n  Parked: { category: waiting }\n  Closed: { category: closed, final: true }\ntransitions:\n  - { from: Parked, to: Closed }\n";
    for between in ["", "\n", "# more\n", "\n# more\n\n"] {
        let text = format!("{silenced}{between}start: Parked\nworkflow: x\n{rest}");
        let expected = format!("workflow: x\n{silenced}{between}start: Parked\n{rest}");
        assert_eq!(laid(Syntax::Yaml, &text), expected);
    }
    let text = format!("# about the file\n\n{silenced}start = \"Parked\"\nworkflow = \"x\"\n");
    let expected = format!("# about the file\n\nworkflow = \"x\"\n{silenced}start = \"Parked\"\n");
    assert_eq!(laid(Syntax::Toml, &text), expected);
}
