//! Names come out of a picture as they went in, whatever they hold.

use proptest::prelude::*;

use super::text::shown;
use super::{
    ALL, Direction, Hide, Show, Style, d2, dot, html, mermaid, plantuml, smcat, svg, table,
};
use crate::model::Category;
use crate::node::quoted;
use crate::source::{Source, SourceId, Syntax};
use crate::{Options, compile};

/// What the real programs drew as the name (PlantUML 1.2020.2, D2 0.7.0, state-machine-cat 15.0.8).
#[test]
fn a_name_full_of_marks_is_spelt_as_each_language_takes_it() {
    let name = r#" a"\$ [x]/<b>&amp;  🙂 \"#;
    let has = |notation, lines: &[&str]| {
        let text = drawn(notation, name, name);
        for line in lines {
            assert!(text.lines().any(|l| l.starts_with(line)), "{line}\n{text}");
        }
    };
    let spelt = r#"" a\"\\\$ [x]/<b>&amp;  🙂 \\""#;
    has(
        &d2::NOTATION,
        &[
            &format!("s1: {spelt} {{class: open}}"),
            &format!("s1 -> s2: {spelt}"),
        ],
    );
    has(
        &smcat::NOTATION,
        &[
            "s1 [type=regular label=\" a\\\"\\\\$ [x]/<b>&amp;  🙂 \\\\\u{200b}\" color=",
            "s1 => s2: \" a&quot;&#92;&#92;$ &#91;x]&#47;<b>&amp;amp;  🙂 &#92;&#92;\";",
        ],
    );
    let spelt = "<U+00A0>a<U+0022><U+005C><U+0024> <U+005B>x<U+005D><U+002F><U+003C>b<U+003E>\
                 <U+0026>amp<U+003B> <U+00A0><U+1F642> <U+005C>";
    has(
        &plantuml::NOTATION,
        &[
            &format!("state \"{spelt}\" as s1 <<open>> #b9dff7 ##0072b2"),
            &format!("s1 --> s2 : {spelt}"),
        ],
    );
}

/// A workflow of two states and a transition of these names, drawn.
fn drawn(notation: &super::Notation, state: &str, transition: &str) -> String {
    let (state, transition) = (quoted(state), quoted(transition));
    let text = format!(
        "workflow: w\nname: {transition}\nstart: {state}\nstates:\n  {state}: {{ category: open }}\n  \
         The End: {{ category: closed }}\ntransitions:\n  - {{ name: {transition}, from: {state}, to: The End }}\n"
    );
    let source = Source::new(SourceId(0), "w", Syntax::Yaml, text);
    let compilation = compile(&source, &Options::default());
    let resolved = compilation.resolved().expect("a workflow");
    notation.text(resolved, &Style::default())
}

/// Every quoted string of a DOT text as Graphviz reads it, entities resolved.
fn strings_of_dot(text: &str) -> Vec<String> {
    let mut strings = Vec::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '"' {
            continue;
        }
        let mut string = String::new();
        loop {
            match chars.next() {
                Some('\\') => match chars.next() {
                    Some('n') => string.push('\n'),
                    Some(other @ ('"' | '\\')) => string.push(other),
                    other => panic!("escape {other:?}"),
                },
                Some('"') => break,
                Some(c) => string.push(c),
                None => panic!("a string is never closed"),
            }
        }
        strings.push(entities(&string, "&#", "&amp;"));
    }
    strings
}

/// Every label of a Mermaid text, its entities resolved: some blanks are hard ones, and what nobody
/// sees parts some signs.
fn labels_of_mermaid(text: &str) -> Vec<String> {
    let label = |line: &str| {
        let state = line
            .trim()
            .strip_prefix("state \"")
            .and_then(|rest| rest.rsplit_once("\" as "))
            .map(|(l, _)| l);
        let arrow = line
            .contains("-->")
            .then(|| line.split_once(" : ").map(|(_, l)| l))
            .flatten();
        state.or(arrow).map(|label| entities(label, "#", ""))
    };
    text.lines().filter_map(label).map(|l| seen(&l)).collect()
}

/// A text as it looks.
fn seen(text: &str) -> String {
    text.replace('\u{a0}', " ").replace('\u{200b}', "")
}

/// `text` with numbered entities that begin with `mark` resolved, and `amp` read as `&`.
fn entities(text: &str, mark: &str, amp: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let numbered = rest.strip_prefix(mark).and_then(|after| {
            let (number, after) = after.split_once(';')?;
            Some((char::from_u32(number.parse().ok()?)?, after))
        });
        if let Some((c, after)) = numbered {
            out.push(c);
            rest = after;
        } else if let Some(after) = rest.strip_prefix(amp).filter(|_| !amp.is_empty()) {
            out.push('&');
            rest = after;
        } else {
            let c = rest.chars().next().unwrap_or_default();
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

const NASTY: &[&str] = &[
    "plain",
    "say \"hi\"",
    "back\\slash \\N \\G",
    "two\nlines",
    "colon: here; and ; there",
    "end",
    "# hash ##[error] #quot; #35;",
    "%%{init: {}}%% %% comment",
    "<img src=x onerror=alert(1)> <b>bold</b>",
    "click s1 href \"javascript:alert(1)\"",
    "&amp; &#34; &lt; &",
    "--> [*] : {}",
    "Überprüfung 確認 Проверка",
    "🎫 ticket 👩‍🚒",
    "\u{202e}turned\u{202c}",
    "state \"x\" as s2",
    "ﬂ°° ¶ß",
    "a@example.org @octocat",
];

/// How often a name stands in a DOT text at least: where it is no identifier, only in labels.
fn least_in_dot(name: &str) -> usize {
    let hides = in_dot(name) != name;
    if name.starts_with('%') || hides { 2 } else { 4 }
}

/// A name as DOT shows it: what is hidden and has no number there is written out.
fn in_dot(name: &str) -> String {
    let hidden = crate::invisible::misplaced(name);
    let far = |(at, c): (usize, char)| {
        let is_far = c > '\u{ffff}' && hidden.contains(&(at, c));
        if is_far {
            format!("<U+{:04X}>", c as u32)
        } else {
            c.to_string()
        }
    };
    name.char_indices().map(far).collect()
}

#[test]
fn nasty_names_are_only_names() {
    for name in NASTY {
        let text = drawn(&dot::NOTATION, name, name);
        let strings = strings_of_dot(&text);
        assert!(
            strings.iter().filter(|s| s == name).count() >= least_in_dot(name),
            "{name:?}\n{text}"
        );
        let text = drawn(&mermaid::NOTATION, name, name);
        let labels = labels_of_mermaid(&text);
        assert_eq!(
            labels.iter().filter(|l| **l == seen(name)).count(),
            2,
            "{name:?}\n{text}"
        );
        assert!(!text.contains('<') || !name.contains("img"), "{text}");
    }
}

/// The text of a picture is printed, and read in a review.
#[test]
fn nothing_in_the_text_of_a_picture_is_hidden_or_a_command() {
    let hidden = "##[x]\u{9b}31m\u{7f}\u{200b}\u{2066}x\u{2028}\u{feff}\u{e0041}\u{1b}]";
    for notation in super::ALL.iter().filter(|n| n.encode.is_none()) {
        for name in NASTY.iter().copied().chain([hidden]) {
            let text = drawn(notation, name, name);
            assert_eq!(crate::invisible::misplaced(&text), [], "{}", notation.name);
            let commands = text.chars().filter(|c| c.is_control() && *c != '\n');
            assert_eq!(
                commands.collect::<String>(),
                "",
                "{}: {name:?}",
                notation.name
            );
        }
    }
}

/// All text of an SVG, that of titles included; lines of one element's name joined.
fn texts_of_svg(text: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    let elements = document.descendants().filter(|n| n.is_element());
    for element in elements.clone() {
        let name = element.tag_name().name();
        assert!(
            !["script", "a", "foreignObject", "image", "use"].contains(&name),
            "{name}"
        );
        for attribute in element.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(!name.starts_with("on") && !name.contains("href"), "{name}");
            assert!(
                !value.contains("url(") && !value.contains("javascript"),
                "{value}"
            );
        }
    }
    elements
        .filter(|n| ["text", "title", "desc"].contains(&n.tag_name().name()))
        .map(|n| n.text().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn nasty_names_are_only_text_in_an_svg() {
    for name in NASTY {
        let text = drawn(&svg::NOTATION, name, name);
        let texts = texts_of_svg(&text);
        let wanted = shown(&name.replace('\n', " ")).into_owned();
        let titles = [
            wanted.clone(),
            format!("{wanted}, open, tickets begin here"),
        ];
        assert!(
            texts.iter().filter(|t| titles.contains(t)).count() >= 3,
            "{name:?}\n{texts:#?}"
        );
        assert!(!text.contains("##["), "{text}");
    }
}

/// The JSON in a page, as its script reads it.
fn data_of_html(text: &str) -> serde_json::Value {
    let begin = "<script type=\"application/json\" id=\"workflow\">";
    let data = text.split(begin).nth(1).expect("data");
    let data = data.split("</script>").next().expect("an end");
    serde_json::from_str(data).expect("JSON")
}

#[test]
fn nasty_names_are_only_text_in_a_page() {
    let plain = drawn(&html::NOTATION, "plain", "plain");
    let elements = |text: &str| text.matches('<').count();
    for name in NASTY {
        let text = drawn(&html::NOTATION, name, name);
        let data = data_of_html(&text);
        assert_eq!(data["states"][0]["name"], *name);
        assert_eq!(data["moves"][0]["name"], *name);
        let escaped = super::svg::xml::escaped(name);
        assert!(
            text.matches(&format!(">{escaped}<")).count() >= 4,
            "{name:?}"
        );
        // Only a name that is broken into lines makes more elements than another one.
        let more = elements(&text) - elements(&plain);
        let texts = text.matches("<text ").count() - plain.matches("<text ").count();
        let tspans = text.matches("</text>").count() - plain.matches("</text>").count();
        assert_eq!(more, texts + tspans, "{name:?}");
        assert!(!text.contains("##[") && !text.contains("<img"), "{text}");
    }
}

/// Every cell of the tables of a Markdown text, its entities resolved.
fn cells_of_table(text: &str) -> Vec<String> {
    let rows = text.lines().filter(|line| line.starts_with("| "));
    let cells = rows.flat_map(|row| row.split('|').map(|cell| cell.trim_matches(['*', ' '])));
    let plain = |cell: &str| {
        cell.replace("<br>", "\n")
            .replace("<!-- -->", "")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
    };
    cells
        .map(|cell| entities(&plain(cell), "&#", "&amp;"))
        .collect()
}

#[test]
fn nasty_names_are_only_text_in_a_table() {
    for name in NASTY {
        let text = drawn(&table::NOTATION, name, name);
        let cells = cells_of_table(&text);
        assert!(
            cells.iter().filter(|c| **c == shown(name)).count() >= 5,
            "{name:?}\n{text}"
        );
        // An address that is not cut would be a link on GitHub.
        assert_eq!(
            text.matches("&#64;").count(),
            text.matches("&#64;<!-- -->").count()
        );
        let ours = ["<br>", "**", "<!-- -->"];
        let markup = ours
            .iter()
            .fold(text.clone(), |text, mark| text.replace(mark, ""));
        assert!(!markup.contains(['<', '[', '`', '_', '\\']), "{text}");
    }
}

#[test]
fn long_names_are_broken_into_lines_and_nothing_is_lost() {
    let long = "Waiting for the Approval of the Head of Department 確認確認確認確認確認確認";
    let texts = texts_of_svg(&drawn(&svg::NOTATION, long, "go"));
    let lines: Vec<&str> = texts
        .iter()
        .map(String::as_str)
        .filter(|t| long.contains(*t))
        .collect();
    assert!(lines.len() > 2, "{texts:?}");
    assert_eq!(lines.concat().replace(' ', ""), long.replace(' ', ""));
}

proptest! {
    #[test]
    fn any_name_is_only_text_in_an_svg(name in "\\PC{1,60}") {
        prop_assume!(!name.trim().is_empty() && name != "The End" && name != "*");
        let texts = texts_of_svg(&drawn(&svg::NOTATION, &name, &name));
        let wanted = format!("{}, open, tickets begin here", shown(&name));
        prop_assert!(texts.contains(&wanted), "{:?}", texts);
    }

    #[test]
    fn any_name_is_only_a_name(name in "\\PC{1,30}") {
        prop_assume!(!name.trim().is_empty() && name != "The End" && name != "*");
        let strings = strings_of_dot(&drawn(&dot::NOTATION, &name, &name));
        let count = strings.iter().filter(|s| **s == in_dot(&name)).count();
        prop_assert!(count >= least_in_dot(&name));
        let labels = labels_of_mermaid(&drawn(&mermaid::NOTATION, &name, &name));
        prop_assert_eq!(labels.iter().filter(|l| **l == seen(&name)).count(), 2);
    }
}

#[test]
fn the_same_workflow_gives_the_same_bytes() {
    for notation in ALL {
        assert_eq!(drawn(notation, "New", "Go"), drawn(notation, "New", "Go"));
    }
}

fn lines_with(text: &str, part: &str) -> Vec<String> {
    text.lines()
        .filter(|line| line.contains(part))
        .map(|line| line.trim().to_owned())
        .collect()
}

fn faulty(notation: &super::Notation) -> String {
    let text = "workflow: w\nstart: New\nstates:\n  New: { category: open }\n  Island: { category: open }\n  \
                Stuck: { category: open }\n  Done: { category: closed, final: true }\ntransitions:\n  \
                - { name: Go, from: New, to: Stuck }\n  - { name: Buy, from: New, to: Vendor }\n  \
                - { name: Leave, from: Island, to: Done }\n";
    let source = Source::new(SourceId(0), "w", Syntax::Yaml, text);
    let compilation = compile(&source, &Options::default());
    assert!(compilation.has_errors());
    notation.text(compilation.resolved().expect("a graph"), &Style::default())
}

#[test]
fn what_is_wrong_is_written_on_it() {
    for notation in ALL {
        let text = faulty(notation);
        for (state, mark) in [
            ("Island", "unreachable"),
            ("Stuck", "dead end"),
            ("Vendor", "undefined"),
        ] {
            let lines = lines_with(&text, mark);
            let of_it = lines.iter().filter(|line| line.contains(state)).count();
            // A page says it in the picture and beside it.
            let most = if notation.name == "html" { 8 } else { 1 };
            assert!((1..=most).contains(&of_it), "{state}: {text}");
        }
    }
    let text = faulty(&dot::NOTATION);
    assert!(
        lines_with(&text, "peripheries=2")
            .iter()
            .all(|l| l.starts_with("\"Done\"")),
        "{text}"
    );
}

#[test]
fn a_transition_from_every_state_is_one_arrow_and_not_many() {
    let states: String = (0..12)
        .map(|n| format!("  S{n}: {{ category: open }}\n"))
        .collect();
    let moves: String = (0..11)
        .map(|n| format!("  - {{ from: S{n}, to: S{} }}\n", n + 1))
        .collect();
    let text = format!(
        "workflow: w\nstart: S0\nstates:\n{states}  Done: {{ category: closed }}\ntransitions:\n{moves}  \
         - {{ name: Cancel, from: \"*\", except: S3, to: Done }}\n"
    );
    let source = Source::new(SourceId(0), "w", Syntax::Yaml, text);
    let compilation = compile(&source, &Options::default());
    let picture = dot::NOTATION.text(compilation.resolved().expect("a graph"), &Style::default());
    assert_eq!(lines_with(&picture, "Cancel").len(), 1, "{picture}");
    assert_eq!(
        lines_with(&picture, "any state except S3").len(),
        2,
        "{picture}"
    );
}

/// A workflow of these states and what follows them, drawn with what is found in it.
fn drawn_with(notation: &super::Notation, states: &str, rest: &str, style: Style) -> String {
    let text = format!(
        "workflow: w\nstart: start\nstates:\n  start: {{ category: open }}\n{states}transitions:\n{rest}"
    );
    let source = Source::new(SourceId(0), "w", Syntax::Yaml, text);
    let compilation = compile(&source, &Options::default());
    let findings = compilation.diagnostics.clone();
    let resolved = compilation.resolved().expect("a graph");
    notation.text(resolved, &Style { findings, ..style })
}

#[test]
fn what_is_reported_of_several_states_is_written_on_each() {
    let states = "  Sleep: { category: waiting }\n  Nap: { category: waiting }\n  Done: { category: closed }\n";
    let rest = "  - { name: S, from: start, to: Sleep }\n  - { name: Z, from: Sleep, to: Nap }\n  \
                - { name: W, from: Nap, to: Sleep }\n  - { name: D, from: start, to: Done }\n";
    let with = |show: Show| {
        let style = Style {
            show,
            ..Style::default()
        };
        drawn_with(&dot::NOTATION, states, rest, style)
    };
    let all = with(Show::All);
    assert_eq!(lines_with(&all, "stuck waiting").len(), 2, "{all}");
    // That is about the clock, and not about walks.
    assert!(!with(Show::Usual).contains("stuck waiting"));
}

#[test]
fn the_states_that_break_a_promise_are_pointed_out() {
    let states = "  Sleep: { category: waiting }\n  Done: { category: closed }\n";
    let rest = "  - { name: S, from: start, to: Sleep }\n  - { name: D, from: start, to: Done }\n\
                expect:\n  - { reach: Done, from: [start, Sleep] }\n";
    let text = drawn_with(&dot::NOTATION, states, rest, Style::default());
    let red = lines_with(&text, "color=\"#c81e1e\"");
    assert_eq!(red.len(), 1, "{text}");
    assert!(red[0].starts_with("\"Sleep\""), "{text}");
    let svg = drawn_with(&svg::NOTATION, states, rest, Style::default());
    assert_eq!(svg.matches("<g class=\"broken\">").count(), 1, "{svg}");
}

#[test]
fn one_category_is_shown_with_its_own_arrows_and_starts() {
    let states =
        "  Wait: { category: waiting }\n  Work: { category: open }\n  Done: { category: closed }\n";
    let rest = "  - { name: Wait, from: start, to: Wait }\n  - { name: Work, from: [start, Wait], to: Work }\n  \
                - { name: Done, from: Work, to: Done }\n";
    let style = || Style {
        only: Some(Category::Open),
        direction: Direction::Right,
        ..Style::default()
    };
    // A state of this name is none of the notation's own.
    let text = drawn_with(&dot::NOTATION, states, rest, style());
    let arrows = lines_with(&text, "->");
    assert_eq!(
        arrows,
        [
            "\"start 2\" -> \"start\"",
            "\"start\" -> \"Work\" [label=\"Work\"]"
        ]
    );
    assert!(text.contains("  rankdir=LR\n"), "{text}");
    let text = drawn_with(&mermaid::NOTATION, states, rest, style());
    assert!(text.contains("\n    direction LR\n"), "{text}");
    let arrows = lines_with(&text, "-->");
    assert_eq!(arrows, ["[*] --> s1", "s1 --> s2 : Work"]);
}

#[test]
fn many_exceptions_are_counted() {
    let states: String = (0..12)
        .map(|n| format!("  S{n}: {{ category: open }}\n"))
        .collect();
    let except = "except: [S0, S1, S2, S3, S4]";
    let rest = format!(
        "  - {{ name: Cancel, from: \"*\", {except}, to: Done }}\n  - {{ name: Drop, from: \"*\", {except}, to: Done }}\n"
    );
    let states = format!("{states}  Done: {{ category: closed }}\n");
    let text = drawn_with(&dot::NOTATION, &states, &rest, Style::default());
    // Both begin in one figure.
    let arrows = lines_with(&text, "any state except S0, S1, S2 and 2 more\" ->");
    assert_eq!(arrows.len(), 1, "{text}");
    assert!(
        arrows[0].contains("Cancel") && arrows[0].contains("Drop"),
        "{text}"
    );
}

/// Whoever has such pictures in git sees each change of them.
#[test]
fn dot_says_how_every_figure_looks() {
    let states = "  A & B: { category: open, color: \"#123456\" }\n  \"C ##1 &amp;\": { category: waiting }\n  \
                  Lost: { category: open }\n  Done: { category: closed, final: true }\n";
    let rest = "  - { name: Go, from: start, to: A & B }\n  - { name: Go on, from: start, to: A & B }\n  \
                - { from: A & B, to: \"C ##1 &amp;\" }\n  - { name: Cancel, from: \"*\", to: Done }\n  \
                - { name: Call off, from: [start, Lost], to: Done }\n";
    insta::assert_snapshot!(drawn_with(&dot::NOTATION, states, rest, Style::default()));
}

/// Graphviz takes a percent sign in front of a name for one of its own, and writes what XML cannot hold
/// into its SVG as it is.
#[test]
fn what_graphviz_cannot_take_for_a_name_is_a_label() {
    let states = "  \"%5\": { category: open }\n  \"bell\\x07\": { category: open }\n  \
                  \"bell<U+0007>\": { category: open }\n  state: { category: closed }\n";
    let rest = "  - { name: \"%6\\x01\", from: \"%5\", to: \"bell\\x07\" }\n";
    let text = drawn_with(&dot::NOTATION, states, rest, Style::default());
    for line in [
        "\"state 2\" [label=\"%5\\n",
        "\"state 3\" [label=\"bell<U+0007>\\n",
        "\"state 2\" -> \"state 3\" [label=\"%6<U+0001>\" ",
        "\"bell<U+0007>\" [label=\"bell<U+0007>\\n",
        "\"state\" [label=\"state\\n",
    ] {
        assert!(text.contains(&format!("\n  {line}")), "{line}\n{text}");
    }
    assert!(!text.contains("&#7;") && !text.contains('\u{7}'), "{text}");
}

/// Persian and a family are written with joiners, a flag with tags; a turn of the text only hides.
#[test]
fn joiners_are_drawn_as_they_are_meant_and_what_hides_is_spelt() {
    let written = "می\u{200c}خواهم 👨\u{200d}👩\u{200d}👧 🏴\u{e0067}\u{e0062}\u{e007f}";
    let texts = texts_of_svg(&drawn(&svg::NOTATION, written, "txet\u{202e} turned"));
    assert!(texts.contains(&written.to_owned()), "{texts:?}");
    assert!(
        texts.contains(&"txet<U+202E> turned".to_owned()),
        "{texts:?}"
    );
    let table = drawn(&table::NOTATION, written, "go");
    assert!(table.contains(written), "{table}");
}

/// Mermaid looks for the word anywhere in a line, and reads Markdown.
#[test]
fn mermaid_is_given_no_word_or_mark_of_its_own() {
    let text = drawn(&mermaid::NOTATION, "Change Direction LR", "_1._  on-call ");
    let lines = lines_with(&text, "s1");
    assert_eq!(lines[0], "state \"Change #68;irection LR\" as s1");
    assert_eq!(lines[2], "s1 --> s2 : #95;1#46;#95; #160;on-call#160;");
    assert!(
        text.starts_with("---\ntitle: \"_1._  on-call \"\n---\n"),
        "{text}"
    );
}

#[test]
fn a_text_longer_than_mermaid_draws_is_told() {
    let states: String = (0..900)
        .map(|n| format!("  State number {n}: {{ category: open }}\n"))
        .collect();
    let moves: String = (1..900)
        .map(|n| {
            format!(
                "  - {{ from: State number {}, to: State number {n} }}\n",
                n - 1
            )
        })
        .collect();
    let text =
        format!("workflow: w\nstart: State number 0\nstates:\n{states}transitions:\n{moves}");
    let source = Source::new(SourceId(0), "w", Syntax::Yaml, text);
    let compilation = compile(&source, &Options::default());
    let resolved = compilation.resolved().expect("a workflow");
    let note = |notation: &super::Notation| {
        let file = notation.file(resolved, &Style::default());
        file.expect("any size").note.unwrap_or_default()
    };
    assert!(note(&mermaid::NOTATION).starts_with("the text has "));
    assert!(note(&mermaid::NOTATION).contains("Mermaid draws 50,000: add `--only CATEGORY` or"));
    assert_eq!(note(&dot::NOTATION), "");
}

/// A desk with a wildcard, two closed states and a state aside.
fn desk(style: Style) -> String {
    let states = "  Work: { category: open }\n  Wait: { category: waiting }\n  Done: { category: closed }\n  \
                  Gone: { category: closed, final: true }\n";
    let rest = "  - { name: Begin, from: start, to: Work }\n  - { name: Hold, from: Work, to: Wait }\n  \
                - { name: Go on, from: Wait, to: Work }\n  - { name: Finish, from: [Work, Wait], to: Done }\n  \
                - { name: Reopen, from: Done, to: Work }\n  - { name: Cancel, from: \"*\", to: Gone }\n  \
                - { name: Finish, from: Work, to: Gone }\n";
    drawn_with(&dot::NOTATION, states, rest, style)
}

#[test]
fn what_is_hidden_is_left_out_with_its_arrows() {
    let arrows = |names: &[&str], wildcards| {
        let hide = Hide {
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            wildcards,
        };
        lines_with(
            &desk(Style {
                hide,
                ..Style::default()
            }),
            "->",
        )
    };
    let all = arrows(&[], false);
    assert!(all.iter().any(|line| line.contains("any state")), "{all:?}");
    let rest = arrows(&["Wait", "Cancel", "Reopen"], false);
    assert_eq!(
        rest,
        [
            "\"start 2\" -> \"start\"",
            "\"start\" -> \"Work\" [label=\"Begin\"]",
            "\"Work\" -> \"Done\" [label=\"Finish\"]",
            "\"Work\" -> \"Gone\" [label=\"Finish\"]",
        ]
    );
    let text = arrows(&[], true).concat();
    assert!(
        !text.contains("Cancel") && !text.contains("any state"),
        "{text}"
    );
}

#[test]
fn a_collapsed_category_is_one_state_with_the_arrows_of_all() {
    let style = Style {
        collapse: vec![Category::Closed],
        ..Style::default()
    };
    let text = desk(style);
    let name = "\"closed: Done, Gone\"";
    let arrows: Vec<String> = lines_with(&text, "->")
        .into_iter()
        .filter(|line| line.contains(name))
        .collect();
    assert_eq!(
        arrows,
        [
            "\"Work\" -> \"closed: Done, Gone\" [label=\"Finish\"]",
            "\"Wait\" -> \"closed: Done, Gone\" [label=\"Finish\"]",
            "\"closed: Done, Gone\" -> \"Work\" [label=\"Reopen\"]",
            "\"any state\" -> \"closed: Done, Gone\" [label=\"Cancel\"]",
        ],
        "{text}"
    );
    assert!(
        !text.contains("\"Done\"") && !text.contains("\"Gone\""),
        "{text}"
    );
}

/// One move of each kind that more is said of.
fn rich(notation: &super::Notation, language: Option<&str>) -> String {
    let states = "  Wait: { category: waiting, label: { en: Waiting, de: Wartet } }\n  \
                  Done: { category: closed, label: Fertig }\n";
    let rest = "  - { name: Decide, from: start, to: Done, when: it is cheap, who: [clerk, boss] }\n  \
                - { name: Decide, from: start, to: Wait, when: otherwise, who: clerk, notes: required,\n      \
                    asks: { cost: required, why: optional }, label: { de: Entscheiden } }\n  \
                - { name: Close, from: Wait, to: Done, who: boss }\n  \
                - { name: Forget, from: Wait, to: Done, after: 14d, does: [mail the boss] }\n  \
                - { name: Remind, from: Wait, to: Wait, after: 1d }\n\
                roles: { clerk: {}, boss: { label: { de: Leitung } } }\n";
    let language = language.map(str::to_owned);
    let style = Style {
        language,
        ..Style::default()
    };
    drawn_with(notation, states, rest, style)
}

#[test]
fn what_goes_with_a_name_stands_in_lines_of_its_own() {
    assert_eq!(
        lines_with(&rich(&dot::NOTATION, None), "->"),
        [
            r#""start 2" -> "start""#,
            r#""start" -> "Done" [label="Decide [it is cheap]\n(by clerk or boss)"]"#,
            r#""start" -> "Wait" [label="Decide [otherwise]\n(note required)\n(by clerk)\n(asks for cost, (why))"]"#,
            r#""Wait" -> "Done" [label="Close\n(by boss)"]"#,
            r#""Wait" -> "Done" [label="Forget\n(by itself after 14 days)" style=dashed]"#,
            r#""Wait" -> "Wait" [label="Remind\n(by itself after 1 day)" style=dashed]"#,
        ]
    );
    let decided = "Decide [otherwise]\n(note required)\n(by clerk)\n(asks for cost, (why))";
    let text = rich(&mermaid::NOTATION, None);
    let labels: Vec<String> = labels_of_mermaid(&text)
        .into_iter()
        .map(|label| label.replace("<br/>", "\n"))
        .collect();
    assert!(labels.iter().any(|label| label == decided), "{labels:#?}");
    for (notation, line) in [
        (
            &d2::NOTATION,
            r#"s2 -> s3: "Forget\n(by itself after 14 days)" {style: {stroke-dash: 4}}"#,
        ),
        (
            &plantuml::NOTATION,
            "s2 -[dashed]-> s3 : Forget\\n<U+0028>by itself after 14 days<U+0029>",
        ),
        (&smcat::NOTATION, r#"s2 => s3: "Forget"#),
    ] {
        let text = rich(notation, None);
        assert!(text.lines().any(|l| l == line), "{line}\n{text}");
    }
}

#[test]
fn signs_are_drawn_and_the_legend_explains_them() {
    let text = rich(&svg::NOTATION, None);
    let texts = texts_of_svg(&text);
    for said in [
        "Decide [it is cheap]",
        "clerk, boss",
        "Decide [otherwise] *",
        "cost, (why)",
        "14 days",
        "happens by itself",
        "note required",
        "who may do it",
        "asks for; (…) is optional",
        "by itself after",
        "Forget (happens by itself after 14 days; then: mail the boss)",
    ] {
        assert!(texts.contains(&said.to_owned()), "{said}: {texts:#?}");
    }
    // Two arrows, and the line in the legend.
    assert_eq!(text.matches("stroke-dasharray=\"7 4\"").count(), 3);
    // A plain workflow has none of it.
    let plain = drawn(&svg::NOTATION, "New", "Go");
    assert!(!plain.contains("class=\"sign\"") && !plain.contains("by itself"));
}

#[test]
fn a_table_has_columns_for_what_is_said() {
    let text = rich(&table::NOTATION, None);
    for line in [
        "| state | category | | label |",
        "| Wait | waiting |  | en&#58; Waiting, de&#58; Wartet |",
        "| from | transition | to | note | who | asks | when | by itself | then | label |",
        "| start | Decide | Wait | required | clerk | cost, (why) | otherwise |  |  | de&#58; Entscheiden |",
        "| Wait | Forget | Done |  |  |  |  | after 14 days | mail the boss |  |",
    ] {
        assert!(text.lines().any(|l| l == line), "{line}\n{text}");
    }
    assert!(drawn(&table::NOTATION, "New", "Go").contains("| from | transition | to |\n"));
}

#[test]
fn labels_of_the_language_stand_in_the_place_of_names() {
    let text = rich(&dot::NOTATION, Some("de-AT"));
    for line in [
        r#""Wait" [label="Wartet" "#,
        r#""Done" [label="Fertig" "#,
        r#""Wait" -> "Done" [label="Close\n(by Leitung)"]"#,
        r#""start" -> "Wait" [label="Entscheiden [otherwise]\n"#,
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let text = rich(&table::NOTATION, Some("de"));
    assert!(text.contains("| Wartet | Forget | Fertig |"), "{text}");
    assert!(!rich(&svg::NOTATION, None).contains("Wartet"));
}

#[test]
fn a_page_tells_what_goes_with_each_move() {
    let page = rich(&html::NOTATION, Some("de"));
    let data = data_of_html(&page);
    let state = &data["states"][1];
    assert_eq!(
        (&state["name"], &state["label"]),
        (&"Wait".into(), &"Wartet".into())
    );
    assert_eq!(state["more"][0], serde_json::json!(["name", "Wait"]));
    let decided = serde_json::json!({
        "from": 0, "to": 1, "any": null, "name": "Entscheiden",
        "told": ["a note must be written", "asks for cost", "may be filled in: why", "needs: clerk", "otherwise"],
    });
    assert_eq!(data["moves"][1], decided);
    assert_eq!(data["starts"], serde_json::json!([[0, { "name": "" }]]));
    assert!(
        page.contains(
            "<td class=\"text\" data-label=\"by itself\" dir=\"auto\">after 14 days</td>"
        )
    );
}
