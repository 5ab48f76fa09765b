//! Comments are found exactly: what only looks like one is none.

use super::*;

const YAML_TRAPS: &str = "\u{feff}# first: statewright\n\
    %YAML 1.2\n--- # mark\n\
    a#b: c#d # one\n\
    'q # no': \"x # no\" # two\n\
    text: | # three\n  # no\n  body # no\n\n  # no\n\
    # four\n\
    folded: >- # five\n  # no\n\
    plain: several\n  words\n\
    list: [a, # six\n  'b # no', # seven\n  # eight\n  c]\n\
    map: {k: v#no} # nine\n\
    anchor: &a # ten\n  x\n\
    empty: # eleven\n\
    # twelve";

const TOML_TRAPS: &str = "# first: statewright\r\n\
    a = \"x # no\" # one\n\
    'q # no' = 'y # no' # two\n\
    \"k # no\" = 1 # three\n\
    text = \"\"\"\n# no\nbody # no \\\" # no\n\"\"\" # four\n\
    raw = '''\n# no\n''' # five\n\
    list = [ # six\n  1, # seven\n  # eight\n]\n\
    inline = { a = \"# no\" } # nine\n\
    [table.\"x # no\"] # ten\n\
    # eleven\n\
    [[items]]#twelve";

/// Each comment of a text, by both ways to ask for them.
fn found(syntax: Syntax, text: &str) -> Vec<String> {
    let source = source(syntax, text);
    let asked = crate::syntax::comments(&source).expect("it is of its syntax");
    let mut out = Diagnostics::new();
    assert_eq!(read(&source, &mut out).comments, asked);
    asked
        .into_iter()
        .map(|at| source.slice(at).to_owned())
        .collect()
}

#[test]
fn what_only_looks_like_a_comment_is_none() {
    for (syntax, text) in [(Syntax::Yaml, YAML_TRAPS), (Syntax::Toml, TOML_TRAPS)] {
        let found = found(syntax, text);
        let words: Vec<&str> = found
            .iter()
            .map(|c| c.trim_start_matches(['#', ' ']))
            .collect();
        let mut expected = vec!["first: statewright"];
        if syntax == Syntax::Yaml {
            expected.push("mark");
        }
        expected.extend([
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "twelve",
        ]);
        assert_eq!(words, expected);
    }
}

#[test]
fn any_number_of_them_may_follow_each_other() {
    let many = "# statewright\n".repeat(1000);
    for text in [
        format!("a:\n{many}  b: c\n"),
        format!("a:\n{many}b: c\n{many}"),
        format!("{many}a:\n  - b\n{many}  - c\n"),
    ] {
        let count = text.matches("# statewright").count();
        assert_eq!(found(Syntax::Yaml, &text).len(), count);
    }
}

#[test]
fn looking_for_comments_changes_nothing_else() {
    let drawn = |syntax, text: &str| {
        let source = source(syntax, text);
        let mut out = Diagnostics::new();
        let document = read(&source, &mut out);
        let root = document.root.as_ref().map(draw);
        (root, out.len(), document.comments.len())
    };
    for (syntax, text) in [
        (Syntax::Yaml, YAML),
        (Syntax::Yaml, YAML_TRAPS),
        (Syntax::Toml, TOML),
        (Syntax::Toml, TOML_TRAPS),
    ] {
        let asked = format!("{text}\n# statewright\n");
        let unasked = asked.replace("tatew", "tate-");
        let (asked, unasked) = (drawn(syntax, &asked), drawn(syntax, &unasked));
        assert_eq!((&asked.0, asked.1), (&unasked.0, unasked.1));
        assert!(asked.2 > 0 && unasked.2 == 0);
    }
}

#[test]
fn comments_are_found_around_mistakes() {
    let text =
        "# statewright: one\nworkflow: x # two\nstates:\n  A: [ # three\n  B: { c: d } # four\n";
    let source = source(Syntax::Yaml, text);
    let mut out = Diagnostics::new();
    let document = read(&source, &mut out);
    assert!(out.has_errors());
    let comments = document.comments.iter().map(|at| source.slice(*at));
    let comments: Vec<&str> = comments.collect();
    assert!(
        comments.contains(&"# statewright: one") && comments.contains(&"# two"),
        "{comments:?}"
    );
}

/// All comments or those that may be for us: what is read, and what is reported, is the same.
#[test]
fn asking_for_all_comments_changes_nothing_else() {
    let missing_dash = "transitions: # all\n  - name: Go\n    from: New\n    to: Done\n    name: Back\n    from: Done\n    to: New\n";
    let texts = [
        (Syntax::Yaml, "# TOML\nworkflow = \"x\"\nstart = \"New\"\n"),
        (Syntax::Toml, "# YAML\nworkflow: x\nstart: New\n"),
        (Syntax::Yaml, missing_dash),
        (Syntax::Yaml, YAML_TRAPS),
        (Syntax::Toml, TOML_TRAPS),
    ];
    for (syntax, text) in texts {
        // Without a word that may be for us.
        let text = text.replace("tatewright", "someone");
        let source = source(syntax, &text);
        let (mut some, mut all) = (Diagnostics::new(), Diagnostics::new());
        let usual = read(&source, &mut some);
        let Some(whole) = crate::syntax::read_with_comments(&source, &mut all) else {
            assert!(!some.is_empty(), "{text}");
            continue;
        };
        let messages = |out: Diagnostics| -> Vec<String> {
            out.into_sorted().into_iter().map(|d| d.message).collect()
        };
        assert_eq!(messages(some), messages(all), "{text}");
        let shown = |root: Option<Node<'_>>| root.map(|root| format!("{root:?}"));
        assert_eq!(shown(usual.root), shown(whole.root), "{text}");
    }
}
