//! What an editor is told, on texts in which `|` marks the place that is asked about.

use proptest::prelude::*;

use super::completion::{self, Candidate, Names};
use super::{Looked, actions, former, hints, hover, names, outline};
use crate::compile::{Compilation, Options, compile};
use crate::fix::replaced;
use crate::source::{Source, SourceId, Syntax};

const YAML: &str = "\
workflow: repair
start: New
states:
  New: { category: open }
  On Hold:
    category: waiting
    description: Parts are on their way
  Done: { category: closed, final: true }
transitions:
  - { name: Wait, from: New, to: On Hold }
  - name: Finish
    from: [New, On Hold]
    to: Done
  - { name: Cancel, from: \"*\", to: Done }
expect:
  - pass: New
    before: Done
targets:
  actitime:
    ids: { New: 1, On Hold: 2 }
";

const TOML: &str = "\
workflow = \"repair\"
start = \"New\"

[states.New]
category = \"open\"

[states.\"On Hold\"]
category = \"waiting\"

[states.Done]
category = \"closed\"

[[transitions]]
name = \"Wait\"
from = \"New\"
to = \"On Hold\"

[[transitions]]
from = [\"New\", \"On Hold\"]
to = \"Done\"
";

/// Maps and lists in brackets over several lines, as many people write them.
const YAML_BRACKETS: &str = "\
workflow: repair
start: [
  New,
]
states: {
  New: {
    category: open,
    # Nobody works on it
    description: 'It''s new: {',
  },
  \"On Hold\": { category: waiting,
    was: [Waiting] },
  Done: {
    category: closed, final: true
  }
}
transitions: [
  { name: Wait, from: New, to: On Hold },
  {
    name: Finish,
    from: [
      New, On Hold
    ],
    to: Done,
    asks: {
      cost: required
    }
  },
  { name: Cancel, from: \"*\",
    to: Done }
]
expect:
  - {
      pass: New,
      before: Done
    }
";

const TOML_BRACKETS: &str = "\
workflow = \"repair\"
start = [
  \"New\",
]
transitions = [
  { name = \"Wait\", from = \"New\", to = \"On Hold\" },
  {
    name = \"Finish\",
    from = [
      \"New\", # who knows?
      \"On Hold\",
    ],
    to = \"Done\"
  },
]

[states]
New = { category = \"open\" }
Done = {
  category = \"closed\",
  final = true
}

[states.\"On Hold\"]
category = \"waiting\"
was = [
  \"Waiting\"
]
";

const FILES: [(Syntax, &str); 4] = [
    (Syntax::Yaml, YAML),
    (Syntax::Toml, TOML),
    (Syntax::Yaml, YAML_BRACKETS),
    (Syntax::Toml, TOML_BRACKETS),
];

fn source(syntax: Syntax, text: &str) -> Source {
    Source::new(SourceId(0), "repair", syntax, text)
}

/// The text without its mark, and where that was.
fn marked(text: &str) -> (String, usize) {
    let at = text.find('|').expect("a mark");
    (text.replacen('|', "", 1), at)
}

fn given() -> Names {
    let all = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Names {
        states: all(&["New", "On Hold", "Done"]),
        roles: all(&["agent", "service manager"]),
        transitions: all(&["Wait", "Finish"]),
    }
}

fn candidates(syntax: Syntax, text: &str) -> Vec<Candidate> {
    let (text, at) = marked(text);
    completion::at(&source(syntax, &text), at, &given())
}

/// What the text is once the candidate of this label is chosen.
fn chosen(syntax: Syntax, text: &str, label: &str) -> String {
    let all = candidates(syntax, text);
    let found = all.iter().find(|candidate| candidate.label == label);
    let found = found.unwrap_or_else(|| panic!("no {label} at\n{text}\nbut {all:?}"));
    let (mut text, _) = marked(text);
    text.replace_range(found.replaces.clone(), &found.text);
    text
}

fn labels(syntax: Syntax, text: &str) -> Vec<String> {
    let all = candidates(syntax, text).into_iter();
    all.map(|candidate| candidate.label).collect()
}

#[test]
fn fields_are_offered_where_fields_belong() {
    let of_state = ["category", "color"];
    for (syntax, text, wanted) in [
        (Syntax::Yaml, "|", &["workflow", "name"][..]),
        (Syntax::Yaml, "workflow: x\n|", &["name", "description"]),
        (Syntax::Yaml, "states:\n  New:\n    |", &of_state),
        (
            Syntax::Yaml,
            "states:\n  New:\n    ca|\n  Done: {}\n",
            &of_state,
        ),
        (Syntax::Yaml, "states:\n  New: {|}", &of_state),
        (Syntax::Yaml, "states:\n  New: { |", &of_state),
        (Syntax::Yaml, "transitions:\n  - |", &["name", "from"]),
        (Syntax::Yaml, "transitions:\n- |", &["name", "from"]),
        (
            Syntax::Yaml,
            "transitions:\n- name: x\n  |",
            &["from", "except"],
        ),
        (
            Syntax::Yaml,
            "transitions:\n  - { name: x, |",
            &["from", "except"],
        ),
        (
            Syntax::Yaml,
            "transitions:\n  - { name: x, fr|om: New }",
            &["from"],
        ),
        (Syntax::Yaml, "new-ticket:\n  |", &["editable"]),
        (Syntax::Yaml, "start:\n  t|", &["to", "New"]),
        (Syntax::Yaml, "start:\n  - n|", &["name", "New"]),
        (Syntax::Yaml, "start:\n  to: New\n  n|", &["name"]),
        (Syntax::Yaml, "start: { n|", &["name"]),
        (Syntax::Yaml, "start: {\n  n|", &["name"]),
        (Syntax::Yaml, "migrate:\n  Old:\n    s|", &["state", "New"]),
        (Syntax::Toml, "start = { n|", &["name"]),
        (Syntax::Toml, "start = {\n  n|\n}", &["name"]),
        (Syntax::Toml, "[start]\nn|", &["name"]),
        (Syntax::Toml, "[[start]]\nn|", &["name"]),
        (
            Syntax::Yaml,
            "transitions:\n  - {\n      name: x\n      |\n      from: New\n  - { name: y }",
            &["to"],
        ),
        (
            Syntax::Yaml,
            "transitions: [\n  { name: x, |\n  { name: y, from: New, to: Done }\n]",
            &["from", "to"],
        ),
        (
            Syntax::Toml,
            "transitions = [\n  { name = \"x\", |\n  { name = \"y\", from = \"New\" },\n]\n[states]",
            &["from", "to"],
        ),
        (Syntax::Yaml, "start:\n  |", &["to", "name"]),
        (Syntax::Yaml, "start:\n  - { |", &["to", "name"]),
        (Syntax::Toml, "|", &["workflow", "name"]),
        (Syntax::Toml, "[states.New]\n|", &of_state),
        (
            Syntax::Toml,
            "[states.New]\ncat|\n[states.Done]\n",
            &of_state,
        ),
        (Syntax::Toml, "[states]\nNew = { | }", &of_state),
        (Syntax::Toml, "[states]\nNew = { |", &of_state),
        (
            Syntax::Toml,
            "[[transitions]]\nname = \"x\"\n|\n",
            &["from", "except"],
        ),
    ] {
        let found = labels(syntax, text);
        for word in wanted {
            assert!(
                found.iter().any(|label| label == word),
                "no {word} at\n{text}\nbut {found:?}"
            );
        }
    }
    let found = labels(
        Syntax::Yaml,
        "transitions:\n  - name: x\n    from: New\n    |\n",
    );
    assert!(
        !found.contains(&"name".to_owned()),
        "what is there is not offered: {found:?}"
    );
}

#[test]
fn promises_offer_what_goes_with_them() {
    let all = labels(Syntax::Yaml, "expect:\n  - |");
    assert!(
        all.contains(&"allow".to_owned()) && !all.contains(&"before".to_owned()),
        "{all:?}"
    );
    let with_pass = labels(Syntax::Yaml, "expect:\n  - pass: New\n    |");
    assert!(with_pass.contains(&"before".to_owned()), "{with_pass:?}");
    assert!(with_pass.contains(&"because".to_owned()), "{with_pass:?}");
    assert!(!with_pass.contains(&"reach".to_owned()), "{with_pass:?}");
}

#[test]
fn values_are_offered_where_values_belong() {
    for (syntax, text, label, wanted) in [
        (
            Syntax::Yaml,
            "states:\n  New: { category: | }",
            "open",
            "states:\n  New: { category: open }",
        ),
        (
            Syntax::Yaml,
            "states:\n  New:\n    category: wa|",
            "waiting",
            "states:\n  New:\n    category: waiting",
        ),
        (
            Syntax::Yaml,
            "states:\n  New:\n    final: |",
            "true",
            "states:\n  New:\n    final: true",
        ),
        (Syntax::Yaml, "start: |", "On Hold", "start: On Hold"),
        (Syntax::Yaml, "start: 'On |'", "On Hold", "start: 'On Hold'"),
        (
            Syntax::Yaml,
            "start: \"On |",
            "On Hold",
            "start: \"On Hold\"",
        ),
        (
            Syntax::Yaml,
            "start: [New, |]",
            "Done",
            "start: [New, Done]",
        ),
        (Syntax::Yaml, "start:\n  - |", "Done", "start:\n  - Done"),
        (
            Syntax::Yaml,
            "transitions:\n  - { from: |",
            "*",
            "transitions:\n  - { from: \"*\"",
        ),
        (
            Syntax::Yaml,
            "transitions:\n  - name: x\n    from:\n      - Ne|",
            "New",
            "transitions:\n  - name: x\n    from:\n      - New",
        ),
        (
            Syntax::Yaml,
            "expect:\n  - allow: [New, On|, Done]",
            "On Hold",
            "expect:\n  - allow: [New, On Hold, Done]",
        ),
        (
            Syntax::Yaml,
            "transitions:\n  - { name: x, who: |",
            "service manager",
            "transitions:\n  - { name: x, who: service manager",
        ),
        (
            Syntax::Yaml,
            "transitions:\n  - { name: x, who: [agent, |] }",
            "service manager",
            "transitions:\n  - { name: x, who: [agent, service manager] }",
        ),
        (
            Syntax::Yaml,
            "transitions:\n  - name: x\n    asks:\n      cost: |",
            "required",
            "transitions:\n  - name: x\n    asks:\n      cost: required",
        ),
        (
            Syntax::Yaml,
            "expect:\n  - separate: [Wait, |]",
            "Finish",
            "expect:\n  - separate: [Wait, Finish]",
        ),
        (
            Syntax::Yaml,
            "migrate:\n  Old: |",
            "On Hold",
            "migrate:\n  Old: On Hold",
        ),
        (
            Syntax::Toml,
            "[[transitions]]\nwho = |\n",
            "agent",
            "[[transitions]]\nwho = \"agent\"\n",
        ),
        (
            Syntax::Yaml,
            "start: \"On |\nstates:\n",
            "On Hold",
            "start: \"On Hold\"\nstates:\n",
        ),
        (
            Syntax::Yaml,
            "transitions: [\n  {\n    from: \"Ne|,\n    to: Done\n  }\n]",
            "New",
            "transitions: [\n  {\n    from: \"New\",\n    to: Done\n  }\n]",
        ),
        (
            Syntax::Toml,
            "states = {\n  New = {\n    category = o|,\n    final = true }\n}",
            "open",
            "states = {\n  New = {\n    category = \"open\",\n    final = true }\n}",
        ),
        (Syntax::Yaml, "targets:\n  |", "jira", "targets:\n  jira: "),
        (
            Syntax::Yaml,
            "targets:\n  jira:\n    status-|",
            "status-ids",
            "targets:\n  jira:\n    status-ids: ",
        ),
        (
            Syntax::Yaml,
            "targets:\n  jira: { status-ids: { New: 1, |",
            "On Hold",
            "targets:\n  jira: { status-ids: { New: 1, On Hold: ",
        ),
        (
            Syntax::Toml,
            "[targets.jira.status-categories]\nNew = |\n",
            "DONE",
            "[targets.jira.status-categories]\nNew = \"DONE\"\n",
        ),
        (Syntax::Toml, "start = |", "On Hold", "start = \"On Hold\""),
        (
            Syntax::Toml,
            "start = On|",
            "On Hold",
            "start = \"On Hold\"",
        ),
        (
            Syntax::Toml,
            "start = \"On |\"",
            "On Hold",
            "start = \"On Hold\"",
        ),
        (Syntax::Toml, "start = \"|", "New", "start = \"New\""),
        (
            Syntax::Toml,
            "[states.New]\ncategory = |\n",
            "open",
            "[states.New]\ncategory = \"open\"\n",
        ),
        (
            Syntax::Toml,
            "[[transitions]]\nfrom = [\"New\", |]\n",
            "Done",
            "[[transitions]]\nfrom = [\"New\", \"Done\"]\n",
        ),
        (
            Syntax::Toml,
            "transitions = [\n  { from = \"New\", to = | },\n]\n",
            "Done",
            "transitions = [\n  { from = \"New\", to = \"Done\" },\n]\n",
        ),
        (
            Syntax::Toml,
            "workflow = \"x\"\n|\n",
            "states",
            "workflow = \"x\"\n[states.\n",
        ),
        (Syntax::Yaml, "start:|", "On Hold", "start: On Hold"),
        (
            Syntax::Yaml,
            "transitions:\n  - { name: x, to:| }",
            "Done",
            "transitions:\n  - { name: x, to: Done }",
        ),
        (Syntax::Toml, "[|", "states", "[states."),
        (Syntax::Toml, "[|]\n", "targets", "[targets.]\n"),
        (Syntax::Toml, "[ne|", "new-ticket", "[new-ticket]"),
        (Syntax::Toml, "[[tr|", "transitions", "[[transitions]]"),
        (
            Syntax::Toml,
            "[[tr|]]\n",
            "transitions",
            "[[transitions]]\n",
        ),
        (Syntax::Toml, "[targets.|", "jira", "[targets.jira]"),
        (
            Syntax::Toml,
            "[targets.jira.|",
            "status-ids",
            "[targets.jira.status-ids]",
        ),
        (Syntax::Toml, "[sta|tes.New]\n", "states", "[states.New]\n"),
        (
            Syntax::Toml,
            "[[transitions]]\nname = \"x\"\n\n|",
            "transitions",
            "[[transitions]]\nname = \"x\"\n\n[[transitions]]",
        ),
        (
            Syntax::Toml,
            "[[transitions]]\nname = \"x\"\n\nex|",
            "expect",
            "[[transitions]]\nname = \"x\"\n\n[[expect]]",
        ),
        (
            Syntax::Yaml,
            "# statewright:|\n",
            "allow",
            "# statewright: allow(\n",
        ),
        (
            Syntax::Yaml,
            "# statewright: al|(dead-ends)\n",
            "allow-file",
            "# statewright: allow-file(dead-ends)\n",
        ),
    ] {
        assert_eq!(chosen(syntax, text, label), wanted, "at\n{text}");
    }
}

#[test]
fn no_name_is_offered_twice_in_a_list() {
    for (syntax, text) in [
        (
            Syntax::Yaml,
            "transitions:\n  - { from: [New, |], to: Done }",
        ),
        (
            Syntax::Yaml,
            "transitions:\n  - from: [ |, 'New' ]\n    to: Done",
        ),
        (
            Syntax::Yaml,
            "transitions:\n  - from: [\n      New,\n      |\n",
        ),
        (
            Syntax::Yaml,
            "transitions:\n  - from:\n      - New\n      - |\n    to: Done",
        ),
        (
            Syntax::Yaml,
            "transitions:\n  - from:\n      - |\n      - New\n    to: Done",
        ),
        (
            Syntax::Yaml,
            "transitions:\n  - from:\n    - New\n    - |\n    to: Done",
        ),
        (Syntax::Toml, "[[transitions]]\nfrom = [\"New\", |]\n"),
        (
            Syntax::Toml,
            "[[transitions]]\nfrom = [\n  \"New\",\n  \"|\"\n]\n",
        ),
    ] {
        assert_eq!(labels(syntax, text), ["On Hold", "Done"], "at\n{text}");
    }
    // A walk may come to a state again.
    let walk = labels(Syntax::Yaml, "expect:\n  - allow: [New, On Hold, |]");
    assert_eq!(walk, ["New", "On Hold", "Done"]);
    let promise = labels(Syntax::Yaml, "expect:\n  - reach: Done\n    from: |");
    assert_eq!(promise, ["New", "On Hold", "Done"]);
}

#[test]
fn a_header_is_offered_what_is_written_as_a_table() {
    let found = labels(Syntax::Toml, "[|");
    assert_eq!(
        found,
        [
            "new-ticket",
            "states",
            "targets",
            "roles",
            "migrate",
            "meta"
        ]
    );
    assert_eq!(labels(Syntax::Toml, "[[|"), ["transitions", "expect"]);
    let found = labels(Syntax::Toml, "[new-ticket]\neditable = []\n|");
    assert!(found.contains(&"states".to_owned()), "{found:?}");
    assert!(!found.contains(&"new-ticket".to_owned()), "{found:?}");
}

#[test]
fn codes_are_offered_in_comments_that_silence() {
    let found = labels(
        Syntax::Yaml,
        "# statewright: allow(dead-ends, |) why\nworkflow: x\n",
    );
    assert!(
        found.contains(&"unreachable-states".to_owned()),
        "{found:?}"
    );
    assert!(labels(Syntax::Yaml, "# anything (|)\nworkflow: x\n").is_empty());
}

#[test]
fn nothing_is_offered_in_free_text() {
    assert!(labels(Syntax::Yaml, "description: a|").is_empty());
    let text = "description: >\n  it is {\n  |\nworkflow: x\n";
    assert!(labels(Syntax::Yaml, text).is_empty());
    assert!(labels(Syntax::Yaml, "states: {\n  # |\n}").is_empty());
    assert!(labels(Syntax::Toml, "description = \"\"\"\n|\n\"\"\"\n").is_empty());
    assert!(labels(Syntax::Toml, "description = \"a|\"").is_empty());
}

fn looked(syntax: Syntax, text: &str, look: impl FnOnce(&Looked)) {
    let source = source(syntax, text);
    let (compilation, seen) = super::compile(&source, &Options::default());
    look(&Looked {
        source: &source,
        compilation: &compilation,
        seen: &seen,
    });
}

#[test]
fn a_state_is_renamed_wherever_it_is_named() {
    for (syntax, text) in [(Syntax::Yaml, YAML), (Syntax::Toml, TOML)] {
        looked(syntax, text, |looked| {
            let at = text.rfind("On Hold").expect("the state") + 2;
            let edits = names::rename(looked, at, "Waiting: parts").expect("edits");
            let new = replaced(text, &edits);
            assert!(!new.contains("On Hold"), "{new}");
            let again = compile(&source(syntax, &new), &Options::default());
            let old = &looked.compilation;
            let codes =
                |c: &Compilation| -> Vec<_> { c.diagnostics.iter().map(|d| d.code.name).collect() };
            assert_eq!(codes(&again), codes(old), "{new}");
            let names = |c: &Compilation| -> Vec<String> {
                let resolved = c.resolved().expect("a workflow");
                resolved
                    .states()
                    .map(|(_, s)| s.name.value.to_string())
                    .collect()
            };
            assert_eq!(names(&again), ["New", "Waiting: parts", "Done"]);
            let refused = |name| names::rename(looked, at, name).is_err();
            assert!(
                refused("Done") && refused(" x") && refused("") && refused("a\nb") && refused("*")
            );
        });
    }
}

#[test]
fn a_role_is_renamed_wherever_it_is_named() {
    let text = "workflow: x\nroles: { agent: { description: At the desk }, lead: {} }\nstart: { to: A, who: agent }\n\
                states: { A: { category: open }, agent: { category: closed } }\n\
                transitions:\n  - { name: Go, from: A, to: agent, who: [lead, agent] }\n\
                expect:\n  - { reach: agent, by: agent }\n";
    looked(Syntax::Yaml, text, |looked| {
        let at = text.find("who: agent").expect("the role") + 6;
        let edits = names::rename(looked, at, "desk").expect("edits");
        assert_eq!(
            replaced(text, &edits),
            "workflow: x\nroles: { desk: { description: At the desk }, lead: {} }\nstart: { to: A, who: desk }\n\
             states: { A: { category: open }, agent: { category: closed } }\n\
             transitions:\n  - { name: Go, from: A, to: agent, who: [lead, desk] }\n\
             expect:\n  - { reach: agent, by: desk }\n"
        );
        let told = hover::at(looked, at).expect("something").markdown;
        assert_eq!(told, "**agent**\n\nAt the desk\n\nMay make `Go`.");
    });
}

#[test]
fn hovering_tells_how_tickets_come_and_go() {
    looked(Syntax::Yaml, YAML, |looked| {
        let told = |word: &str| {
            let at = YAML.find(word).expect("the word") + 1;
            hover::at(looked, at)
                .map(|told| told.markdown)
                .unwrap_or_default()
        };
        assert_eq!(
            told("On Hold:"),
            "**On Hold**\n\n`waiting`: The clock is paused.\n\nParts are on their way\n\n\
             Ways in:\n\n- Wait from New\n\nWays out:\n\n- Finish to Done\n- Cancel to Done\n\n\
             Shortest walk: New → On Hold"
        );
        assert!(told("category").starts_with("`category`: a word\n\nWhat the state means"));
        assert_eq!(told("\"*\""), "2 states: `New` and `On Hold`");
        assert!(told("actitime").starts_with("**actiTIME**"));
    });
    let silenced = "# statewright: allow(dead-ends) why\nworkflow: x\n";
    looked(Syntax::Yaml, silenced, |looked| {
        let told = hover::at(looked, 24).expect("the page");
        assert!(told.markdown.contains("dead-ends"), "{}", told.markdown);
    });
}

#[test]
fn hints_say_what_is_not_written() {
    looked(Syntax::Yaml, YAML, |looked| {
        let every: Vec<_> = hints::of_every(looked)
            .into_iter()
            .map(|h| h.text)
            .collect();
        assert_eq!(every, ["New and On Hold"]);
        let states: Vec<_> = hints::of_states(looked)
            .into_iter()
            .map(|(_, h)| h.text)
            .collect();
        assert_eq!(
            states,
            [
                "start state · no way in · 3 ways out",
                "1 way in · 2 ways out",
                "4 ways in · no way out"
            ]
        );
    });
}

#[test]
fn the_parts_of_a_file_are_told_in_its_order() {
    for (syntax, text) in [(Syntax::Yaml, YAML), (Syntax::Toml, TOML)] {
        looked(syntax, text, |looked| {
            let parts = looked.parts();
            assert_eq!(parts[0].name, "states");
            let states: Vec<_> = parts[0]
                .parts
                .iter()
                .map(|p| (&*p.name, &*p.detail))
                .collect();
            assert_eq!(
                states,
                [("New", "open"), ("On Hold", "waiting"), ("Done", "closed")]
            );
            assert_eq!(parts[1].parts[0].name, "Wait");
            assert_eq!(parts[1].parts[0].detail, "New → On Hold");
            for part in parts
                .iter()
                .flat_map(|p| std::iter::once(p).chain(&p.parts))
            {
                assert!(part.whole.contains(part.place), "{part:?}");
            }
        });
    }
}

#[test]
fn a_name_that_no_state_has_can_be_declared() {
    for (syntax, text) in [(Syntax::Yaml, YAML), (Syntax::Toml, TOML)] {
        let text = text.replacen("New, to: On Hold", "New, to: Checked Twice", 1);
        let text = text.replacen("to = \"On Hold\"", "to = \"Checked Twice\"", 1);
        looked(syntax, &text, |looked| {
            let at = text.find("Checked").expect("the name") + 1;
            let action = actions::declare(looked, at).expect("an action");
            let new = replaced(&text, &action.edits);
            let again = compile(&source(syntax, &new), &Options::default());
            let resolved = again.resolved().expect("a workflow");
            assert!(resolved.find("Checked Twice").is_some(), "{new}");
            assert!(
                !again
                    .diagnostics
                    .iter()
                    .any(|d| d.code.name == "undefined-states"),
                "{new}"
            );
        });
    }
}

#[test]
fn a_transition_can_be_added_from_a_state() {
    for (syntax, text) in [(Syntax::Yaml, YAML), (Syntax::Toml, TOML)] {
        looked(syntax, text, |looked| {
            let at = text.find("On Hold").expect("the state") + 1;
            let declared = looked.marks().iter().find(|mark| {
                matches!(&mark.what, super::marks::What::Named { name, is_declared: true, .. } if name == "On Hold")
            });
            let at = declared.map_or(at, |mark| mark.span.range().start + 1);
            let action = actions::lead_on(looked, at).expect("an action");
            let new = replaced(text, &action.edits);
            let again = compile(&source(syntax, &new), &Options::default());
            let resolved = again.resolved().expect("a workflow");
            let old = looked.compilation.resolved().expect("a workflow");
            let count = |r: &crate::graph::Resolved| r.workflow().transitions.len();
            assert_eq!(count(resolved), count(old) + 1, "{new}");
        });
    }
}

#[test]
fn a_report_is_silenced_where_it_stands() {
    let text = "workflow: x\nstart: A\nstates:\n  A: { category: open }\n  B: { category: open }\ntransitions: []\n";
    let source = source(Syntax::Yaml, text);
    let options = Options::default();
    let compilation = compile(&source, &options);
    for found in &compilation.diagnostics {
        let Some(action) = actions::silence(&source, &options, found) else {
            continue;
        };
        let new = source.with_text(replaced(text, &action.edits));
        let again = compile(&new, &options);
        let is_same =
            |d: &crate::diagnostic::Diagnostic| d.code == found.code && d.names == found.names;
        assert!(!again.diagnostics.iter().any(is_same), "{}", new.text());
        assert_eq!(again.diagnostics.len(), compilation.diagnostics.len() - 1);
    }
}

#[test]
fn a_renamed_state_says_what_it_was_where_tickets_know_it() {
    let before = |names: &str| format!("workflow: x\nstart: A\nstates: {{ {names} }}\n");
    let known = before("A: { category: open }, B: { category: open, was: [Z] }");
    // Each text is about the state `A` or `B`, which becomes `New`.
    for (syntax, old, text, wanted) in [
        (
            Syntax::Yaml,
            "A",
            "states:\n  A: { category: open }\n",
            "states:\n  New: { was: [A], category: open }\n",
        ),
        (
            Syntax::Yaml,
            "A",
            "states:\n  A:\n    # why\n    category: open\n",
            "states:\n  New:\n    # why\n    was: [A]\n    category: open\n",
        ),
        (
            Syntax::Yaml,
            "A",
            "states:\n  A:\n  C: {}\n",
            "states:\n  New: { was: [A] }\n  C: {}\n",
        ),
        (
            Syntax::Yaml,
            "B",
            "states:\n  B: { was: [Z], category: open }\n",
            "states:\n  New: { was: [B, Z], category: open }\n",
        ),
        (
            Syntax::Yaml,
            "B",
            "states:\n  B:\n    was:\n      - Z\n    category: open\n",
            "states:\n  New:\n    was:\n      - B\n      - Z\n    category: open\n",
        ),
        // Tickets do not know it by this name: it is another state, or a new one.
        (
            Syntax::Yaml,
            "B",
            "states:\n  B: { category: open }\n",
            "states:\n  New: { category: open }\n",
        ),
        (
            Syntax::Yaml,
            "C",
            "states:\n  C: { category: open }\n",
            "states:\n  New: { category: open }\n",
        ),
        // It gets its name back.
        (
            Syntax::Yaml,
            "C",
            "states:\n  C: { was: [New], category: open }\n",
            "states:\n  New: { category: open }\n",
        ),
        (
            Syntax::Yaml,
            "C",
            "states:\n  C:\n    category: open\n    was: [New]\n",
            "states:\n  New:\n    category: open\n",
        ),
        (
            Syntax::Yaml,
            "C",
            "states:\n  C: { category: open, was: [A, New, Z] }\n",
            "states:\n  New: { category: open, was: [Z] }\n",
        ),
        (
            Syntax::Toml,
            "A",
            "[states.A]\ncategory = \"open\"\n",
            "[states.New]\nwas = [\"A\"]\ncategory = \"open\"\n",
        ),
        (
            Syntax::Toml,
            "A",
            "states = { A = { category = \"open\" } }\n",
            "states = { New = { was = [\"A\"], category = \"open\" } }\n",
        ),
        (
            Syntax::Toml,
            "B",
            "[states.B]\nwas = [\"Z\"]\n",
            "[states.New]\nwas = [\"B\", \"Z\"]\n",
        ),
    ] {
        looked(syntax, text, |looked| {
            let before = crate::compile::read(&source(Syntax::Yaml, &known));
            let named = names::of(looked, super::marks::Of::State, old);
            let at = named.declared[0].range().start;
            let edits = names::rename(looked, at, "New").expect("edits");
            let before = before.resolved.as_ref();
            let renaming = former::add(looked.source, before, (old, "New"), edits);
            assert_eq!(replaced(text, &renaming.edits), wanted, "of\n{text}");
            assert!(!renaming.is_incomplete, "{text}");
        });
    }
    // Where nobody can tell where it belongs, that is told.
    let text = "states.A.category = \"open\"\n";
    looked(Syntax::Toml, text, |looked| {
        let before = crate::compile::read(&source(Syntax::Yaml, &known));
        let edits = names::rename(looked, 7, "New").expect("edits");
        let before = before.resolved.as_ref();
        let renaming = former::add(looked.source, before, ("A", "New"), edits);
        assert!(renaming.is_incomplete, "{:?}", renaming.edits);
    });
}

/// Whoever is about to write a word that stands in a good file is offered it, wherever the text ends.
#[test]
fn texts_that_are_cut_at_every_byte_are_answered() {
    for (syntax, text) in FILES {
        let mut wanted = Vec::new();
        looked(syntax, text, |looked| {
            wanted = looked.marks().to_vec();
        });
        for cut in 0..=text.len() {
            let source = source(syntax, &text[..cut]);
            let (compilation, seen) = super::compile(&source, &Options::default());
            let looked = Looked {
                source: &source,
                compilation: &compilation,
                seen: &seen,
            };
            hover::at(&looked, cut);
            outline::folds(&looked);
            let offered = completion::at(&source, cut, &given());
            for candidate in &offered {
                assert!(source.text().get(candidate.replaces.clone()).is_some());
            }
            let holds = |mark: &&super::marks::Mark| {
                let at = mark.span.range();
                at.start < cut && cut < at.end
            };
            use super::marks::What;
            let word = wanted.iter().find(holds).and_then(|mark| match &mark.what {
                What::Field(field) => Some(field.name),
                What::Named {
                    name,
                    is_declared: false,
                    ..
                } => Some(name.as_str()),
                What::Word { words, index } => Some(words.all[*index].0),
                _ => None,
            });
            if let Some(word) = word {
                let is_offered = offered.iter().any(|candidate| candidate.label == word);
                assert!(is_offered, "{word} in\n{}|", &text[..cut]);
            }
        }
    }
}

/// A text as it is while somebody types: cut off, or with something taken out.
fn typed() -> impl Strategy<Value = (Syntax, String, usize)> {
    (
        0..FILES.len(),
        0..600usize,
        0..30usize,
        0..600usize,
        any::<bool>(),
    )
        .prop_map(|(which, cut, length, at, is_cut)| {
            let (syntax, text) = FILES[which];
            let cut = cut % text.len();
            let mut text = text.to_owned();
            match is_cut {
                true => text.truncate(cut),
                false => {
                    let end = (cut + length).min(text.len());
                    text.replace_range(cut..end, "");
                }
            }
            let at = at % (text.len() + 1);
            (syntax, text, at)
        })
}

proptest! {
    #[test]
    fn whatever_is_typed_is_answered((syntax, text, at) in typed()) {
        let source = source(syntax, &text);
        for candidate in completion::at(&source, at, &given()) {
            prop_assert!(text.get(candidate.replaces.clone()).is_some());
            prop_assert!(candidate.replaces.start <= at && at <= candidate.replaces.end);
        }
        let (compilation, seen) = super::compile(&source, &Options::default());
        let looked = Looked { source: &source, compilation: &compilation, seen: &seen };
        let fits = |range: std::ops::Range<usize>| text.get(range).is_some();
        prop_assert!(looked.marks().iter().all(|mark| fits(mark.span.range())));
        hover::at(&looked, at);
        hints::of_every(&looked);
        hints::of_states(&looked);
        outline::folds(&looked);
        for span in outline::around(&looked, at) {
            prop_assert!(fits(span.range()));
        }
        if let Ok(edits) = names::rename(&looked, at, "Another") {
            prop_assert!(edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        }
        for action in actions::declare(&looked, at).into_iter().chain(actions::lead_on(&looked, at)) {
            prop_assert!(action.edits.iter().all(|edit| fits(edit.span.range())));
        }
        if let Some(new) = crate::format::text(&source) {
            let edits = actions::line_edits(&source, &new);
            prop_assert_eq!(replaced(&text, &edits), new);
        }
    }
}
