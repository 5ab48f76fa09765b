//! `statewright diagram`, as people call it.

use std::fs;
use std::process::Stdio;

use crate::common::folder::Folder;

const GOOD: &str = "workflow: laptop-request
start: New
states:
  New: { category: open }
  Approved: { category: open }
  On Hold: { category: waiting }
  Closed: { category: closed, final: true }
transitions:
  - { name: Approve, from: New, to: Approved }
  - { name: Hold, from: Approved, to: On Hold }
  - { name: Resume, from: On Hold, to: Approved }
  - { name: Hand over, from: Approved, to: Closed }
";

fn one() -> Folder {
    Folder::with(&[("a.workflow.yaml", GOOD)])
}

fn read(folder: &Folder, path: &str) -> String {
    fs::read_to_string(folder.0.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_ending_of_the_file_says_what_it_is() {
    let folder = one();
    for (path, begins) in [
        ("x.svg", "<svg "),
        ("x.dot", "digraph "),
        ("deep/er/x.mmd", "---"),
        ("x.md", "# laptop-request"),
    ] {
        let ran = folder.run(&["diagram", "--out", path]).is(0);
        assert_eq!(ran.out, format!("a.workflow.yaml: wrote {path}\n"));
        assert!(read(&folder, path).starts_with(begins), "{path}");
    }
    folder
        .run(&["diagram", "--out", "odd.svg", "--notation", "dot"])
        .is(0);
    assert!(read(&folder, "odd.svg").starts_with("digraph"));
    let ran = folder.run(&["diagram", "--out", "x.gif"]).is(2);
    assert!(ran.err.contains("`.svg`"), "{}", ran.err);
    let ran = folder.run(&["diagram"]).is(0);
    assert!(ran.out.starts_with("<svg "), "{}", ran.out);
}

#[cfg(feature = "png")]
#[test]
fn a_png_is_made_as_well_and_letters_that_it_lacks_are_told() {
    let folder = one();
    let ran = folder.run(&["diagram", "--out", "x.png"]).is(0);
    assert!(!ran.err.contains("lacks"), "{}", ran.err);
    let bytes = fs::read(folder.0.join("x.png")).expect("a picture");
    assert!(bytes.starts_with(b"\x89PNG"));
    folder.run(&["diagram", "--out", "x.png", "--check"]).is(0);
    let other = GOOD.replace("Hand over", "確認");
    fs::write(folder.0.join("a.workflow.yaml"), other).expect("writable");
    let ran = folder.run(&["diagram", "--out", "x.png"]).is(0);
    assert!(
        ran.err.contains("the font for PNG lacks `確` `認`"),
        "{}",
        ran.err
    );
}

/// Nothing of the machine's own fonts is taken, unless one is named.
#[test]
fn a_font_adds_letters_to_png() {
    let georgian = GOOD.replace("Hand over", "დახურვა");
    let folder = Folder::with(&[("a.workflow.yaml", &georgian), ("no.ttf", "no font")]);
    let draw = |font: &str| folder.run(&["diagram", "--out", "x.png", "--font", font]);
    let ran = draw("no.ttf").is(EXIT_UNREADABLE);
    assert!(
        ran.err.contains("`no.ttf` is not a font in TTF or OTF"),
        "{}",
        ran.err
    );
    draw("none.ttf").is(EXIT_UNREADABLE);
    folder
        .run(&["diagram", "--out", "x.svg", "--font", "no.ttf"])
        .is(2);
    let ran = folder.run(&["diagram", "--out", "x.png"]).is(0);
    assert!(ran.err.contains("lacks `დ`"), "{}", ran.err);
    let installed = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
    if !std::path::Path::new(installed).exists() {
        eprintln!("skipped: no DejaVu Sans is installed (on Debian: fonts-dejavu-core)");
        return;
    }
    let boxes = fs::read(folder.0.join("x.png")).expect("a picture");
    let ran = draw(installed).is(0);
    assert!(!ran.err.contains("lacks"), "{}", ran.err);
    assert_ne!(fs::read(folder.0.join("x.png")).expect("a picture"), boxes);
}

/// The exit code where a file cannot be read.
const EXIT_UNREADABLE: i32 = 3;

#[test]
fn several_files_make_several_pictures_in_a_folder() {
    let other = GOOD.replace("laptop-request", "phone-request");
    let folder = Folder::with(&[("a.workflow.yaml", GOOD), ("b.workflow.yaml", &other)]);
    folder.run(&["diagram", "--out", "pictures"]).is(0);
    assert!(read(&folder, "pictures/laptop-request.svg").contains("laptop-request"));
    assert!(read(&folder, "pictures/phone-request.svg").contains("phone-request"));
    let ran = folder.run(&["diagram", "--out", "all.svg"]).is(2);
    assert!(ran.err.contains("name a folder"), "{}", ran.err);
    let twice = Folder::with(&[("a.workflow.yaml", GOOD), ("b.workflow.yaml", GOOD)]);
    let ran = twice.run(&["diagram", "--out", "pictures"]).is(1);
    assert!(ran.err.contains("both make"), "{}", ran.err);
}

/// A workflow that was renamed leaves its picture behind, and a picture by somebody else is none.
#[test]
fn a_picture_whose_workflow_is_gone_is_told() {
    let folder = Folder::with(&[("desk/a.workflow.yaml", GOOD)]);
    let notations = [
        ("svg", "svg"),
        ("png", "png"),
        ("html", "html"),
        ("dot", "dot"),
        ("mermaid", "mmd"),
        ("plantuml", "puml"),
        ("d2", "d2"),
        ("smcat", "smcat"),
        ("table", "md"),
    ];
    let draw = |notation| {
        [
            "diagram",
            "desk",
            "--notation",
            notation,
            "--out",
            "pictures/",
        ]
    };
    for (notation, _) in notations {
        folder.run(&draw(notation)).is(0);
    }
    let other = GOOD.replace("laptop-request", "phone-request");
    fs::write(folder.0.join("desk/a.workflow.yaml"), other).expect("writable");
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>";
    fs::write(folder.0.join("pictures/logo.svg"), drawing).expect("writable");
    for (notation, extension) in notations {
        let draw = draw(notation);
        folder.run(&draw).is(0);
        let check = [&draw[..], &["--check"]].concat();
        let ran = folder.run(&check).is(1);
        let told = format!(
            "`pictures/laptop-request.{extension}` is of workflow `laptop-request`, which there is no more"
        );
        assert!(ran.err.contains(&told), "{}", ran.err);
        assert!(!ran.err.contains("logo"), "{}", ran.err);
        // A file alone says nothing of others, and neither does a workflow elsewhere.
        let mut one = check.clone();
        one[1] = "desk/a.workflow.yaml";
        folder.run(&one).is(0);
    }
    fs::write(folder.0.join("b.workflow.yaml"), GOOD).expect("writable");
    let check = ["diagram", "desk", "--out", "pictures/", "--check"];
    folder.run(&check).is(0);
}

#[test]
fn several_files_are_no_document_one_after_the_other_but_where_they_join() {
    let other = GOOD.replace("laptop-request", "phone-request");
    let folder = Folder::with(&[("a.workflow.yaml", GOOD), ("b.workflow.yaml", &other)]);
    for notation in ["svg", "html", "mermaid", "d2", "smcat"] {
        let ran = folder.run(&["diagram", "--notation", notation]).is(2);
        assert!(ran.err.contains("add --out FOLDER"), "{}", ran.err);
        assert_eq!(ran.out, "");
    }
    for (notation, both) in [
        ("dot", "digraph "),
        ("plantuml", "@startuml"),
        ("table", "## States"),
    ] {
        let ran = folder.run(&["diagram", "--notation", notation]).is(0);
        assert_eq!(ran.out.matches(both).count(), 2, "{}", ran.out);
    }
}

#[test]
fn what_is_to_be_hidden_is_in_one_of_the_files() {
    let other = GOOD
        .replace("laptop-request", "phone-request")
        .replace("Hand over", "Send");
    let folder = Folder::with(&[("a.workflow.yaml", GOOD), ("b.workflow.yaml", &other)]);
    let hide = |name: &'static str| folder.run(&["diagram", "--out", "pictures", "--hide", name]);
    hide("Hand over").is(0);
    assert!(!read(&folder, "pictures/laptop-request.svg").contains("Hand over"));
    assert!(read(&folder, "pictures/phone-request.svg").contains("Send"));
    hide("wildcards").is(0);
    let ran = hide("Hand ovr").is(2);
    assert!(
        ran.err
            .contains("no state or transition is called `Hand ovr`; the nearest is `Hand over`"),
        "{}",
        ran.err
    );
}

/// What is printed for people shows hidden characters and what a log takes for a command. A picture
/// is for a program: it escapes these by itself, on standard output as in a file.
#[test]
fn standard_output_gets_the_same_bytes_as_a_file() {
    let odd = GOOD
        .replace("Hand over", "\"##[error] a\\u0301 \u{a0}::warning::\"")
        .replace("laptop-request", "odd");
    let folder = Folder::with(&[("a.workflow.yaml", &odd)]);
    for notation in ["svg", "html", "dot", "mermaid", "table"] {
        let arguments = ["diagram", "--notation", notation];
        let ran = folder.command(&arguments).output().expect("it starts");
        let out = format!("made/{notation}");
        folder.run(&[&arguments[..], &["--out", &out]].concat());
        let made = fs::read_dir(folder.0.join(&out)).expect("a folder");
        let file = made.flatten().next().expect("a picture").path();
        assert!(
            ran.stdout == fs::read(file).expect("a picture"),
            "{notation}"
        );
        let text = String::from_utf8_lossy(&ran.stdout).into_owned();
        assert!(text.contains("warning"), "{notation}");
    }
}

#[test]
fn check_tells_which_pictures_are_not_fresh() {
    let folder = one();
    let check = ["diagram", "--out", "x.svg", "--check", "--format", "short"];
    let ran = folder.run(&check).is(1);
    assert!(
        ran.err
            .contains("error[stale-output]: output `x.svg` is missing"),
        "{}",
        ran.err
    );
    assert!(!folder.0.join("x.svg").exists());
    folder.run(&["diagram", "--out", "x.svg"]).is(0);
    folder.run(&check).is(0);
    fs::write(
        folder.0.join("a.workflow.yaml"),
        GOOD.replace("Hand over", "Give"),
    )
    .expect("writable");
    let ran = folder.run(&check).is(1);
    assert!(
        ran.err
            .starts_with("a.workflow.yaml:1:11: error[stale-output]"),
        "{}",
        ran.err
    );
    let mut mild = check.to_vec();
    mild.extend(["--warn", "stale-output"]);
    folder.run(&mild).is(0);
    folder.run(&["diagram", "--check"]).is(2);
}

#[test]
fn a_walk_is_pointed_out() {
    let folder = one();
    let ran = folder
        .run(&["diagram", "--walk", "New,Approved,Closed"])
        .is(0);
    assert_eq!(
        ran.out.matches("class=\"arrow walk\"").count(),
        3,
        "{}",
        ran.out
    );
    let shortest = folder
        .run(&["diagram", "--from", "New", "--to", "Closed"])
        .is(0);
    assert_eq!(shortest.out, ran.out);
    let ran = folder
        .run(&["diagram", "--from", "Closed", "--to", "New"])
        .is(1);
    assert!(
        ran.err.contains("no walk leads from `Closed` to `New`"),
        "{}",
        ran.err
    );
    let ran = folder.run(&["diagram", "--walk", "New,Closed"]).is(1);
    assert!(
        ran.err
            .contains("no transition leads from `New` to `Closed`"),
        "{}",
        ran.err
    );
    let ran = folder.run(&["diagram", "--walk", "New,Aproved"]).is(2);
    assert!(ran.err.contains("the nearest is `Approved`"), "{}", ran.err);
    folder.run(&["diagram", "--from", "New"]).is(2);
}

#[test]
fn a_picture_can_be_thinned_out_and_turned() {
    let folder = one();
    let all = folder.run(&["diagram"]).is(0).out;
    let bare = folder.run(&["diagram", "--no-names"]).is(0).out;
    assert!(all.contains(">Hand over<") && !bare.contains(">Hand over<"));
    let only = folder.run(&["diagram", "--only", "waiting"]).is(0).out;
    assert_eq!(only.matches("data-figure").count(), 1, "{only}");
    let right = folder.run(&["diagram", "--direction", "right"]).is(0).out;
    assert_ne!(right, all);
    folder.run(&["diagram", "--only", "wating"]).is(2);
}

#[test]
fn findings_are_drawn_as_asked() {
    let broken = GOOD
        .replace("transitions:", "  Island: { category: open }\ntransitions:")
        .replace(
            "name: Resume, from: On Hold, to: Approved",
            "name: Wait, from: On Hold, to: On Hold",
        )
        + "expect:\n  - forbid: [Approved, Closed]\n";
    let folder = Folder::with(&[("a.workflow.yaml", &broken)]);
    let usual = folder.run(&["diagram"]).is(1).out;
    assert!(
        usual.contains(">unreachable<") && usual.contains(">dead end<"),
        "{usual}"
    );
    assert!(usual.contains("class=\"arrow broken\""), "{usual}");
    let none = folder.run(&["diagram", "--show", "none"]).is(1).out;
    assert!(
        !none.contains("unreachable<") && !none.contains("arrow broken"),
        "{none}"
    );
    let one = folder.run(&["diagram", "--show", "dead-ends"]).is(1).out;
    assert!(
        one.contains(">dead end<") && !one.contains(">unreachable<"),
        "{one}"
    );
    let ran = folder.run(&["diagram", "--show", "dead-end"]).is(2);
    assert!(ran.err.contains("`dead-ends`"), "{}", ran.err);
}

#[test]
fn without_graphviz_it_is_said_how_to_get_it() {
    let folder = one();
    let mut command = folder.command(&["diagram", "--engine", "dot", "--out", "x.svg"]);
    let output = command
        .env("PATH", &folder.0)
        .stdin(Stdio::null())
        .output()
        .expect("it starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(4), "{said}");
    assert!(said.contains("Graphviz is not installed (Debian"), "{said}");
    assert!(said.contains("leave out --engine"), "{said}");
    folder
        .run(&["diagram", "--engine", "dot", "--notation", "mermaid"])
        .is(2);
}

/// A program called `dot` that does what the script says.
#[cfg(unix)]
fn with_graphviz(script: &str, mode: u32) -> crate::common::folder::Ran {
    use std::os::unix::fs::PermissionsExt;
    let folder = one();
    folder.write("bin/dot", &format!("#!/bin/sh\n{script}\n"));
    let program = folder.0.join("bin/dot");
    fs::set_permissions(program, fs::Permissions::from_mode(mode)).expect("ours");
    let path = format!("{}:/usr/bin:/bin", folder.0.join("bin").display());
    let mut command = folder.command(&["diagram", "--engine", "dot"]);
    crate::common::folder::Ran::of(command.env("PATH", path).output().expect("it starts"))
}

#[cfg(unix)]
#[test]
fn graphviz_is_given_the_picture_and_its_answer_is_the_output() {
    let ran = with_graphviz("echo \"<svg $*>\"; exec cat", 0o755).is(0);
    let (first, rest) = ran.out.split_once('\n').expect("two lines");
    assert_eq!(first, "<svg -Tsvg>");
    let dot = one().run(&["diagram", "--notation", "dot"]).is(0).out;
    assert_eq!(rest, dot);
}

#[cfg(unix)]
#[test]
fn what_graphviz_complains_of_is_said() {
    let ran = with_graphviz("cat >/dev/null; echo 'no fonts here' >&2; exit 1", 0o755).is(4);
    assert_eq!(ran.out, "");
    assert!(
        ran.err.contains("Graphviz failed: no fonts here\n"),
        "{}",
        ran.err
    );
    // A program that asks for nothing has not drawn this picture.
    let ran = with_graphviz("echo broken >&2; exit 1", 0o755).is(4);
    assert!(ran.err.contains("Graphviz failed: broken\n"), "{}", ran.err);
    let ran = with_graphviz("exec /nowhere", 0o755).is(4);
    assert!(ran.err.contains("Graphviz failed: "), "{}", ran.err);
}

/// Nobody can look at a picture of so much, and painting it takes more memory than many machines
/// have.
#[test]
fn what_no_picture_can_hold_is_told_and_nothing_is_written() {
    let states: String = (0..5_000)
        .map(|n| format!("  S{n}: {{ category: waiting }}\n"))
        .collect();
    let text = format!(
        "workflow: many\nstart: New\nstates:\n  New: {{ category: open }}\n{states}  Closed: {{ category: closed }}\n\
         transitions:\n  - {{ name: Close, from: \"*\", to: Closed }}\n"
    );
    let folder = Folder::with(&[("many.workflow.yaml", &text)]);
    let drawn = [
        "diagram",
        "--quiet",
        "--allow",
        "unreachable-states",
        "--notation",
    ];
    for notation in ["svg", "dot"] {
        folder
            .run(&[&drawn[..], &[notation, "--out", "pictures"]].concat())
            .is(0);
    }
    if !cfg!(feature = "png") {
        return;
    }
    let ran = folder
        .run(&[&drawn[..], &["png", "--out", "x.png"]].concat())
        .is(1);
    assert_eq!(
        ran.err,
        "statewright: many.workflow.yaml: the picture would hold at least 5,003 states and arrows, and notation \
         `png` draws 5,000: add `--only CATEGORY` for a part of it, or take one of `svg`, `html`, `dot`, \
         `mermaid`, `plantuml`, `d2`, `smcat` and `table`\n"
    );
    assert!(!folder.0.join("x.png").exists());
    let part = [&drawn[..], &["png", "--only", "open", "--out", "x.png"]].concat();
    folder.run(&part).is(0);
}

/// What is text could hold any number, and nobody could look at it.
#[test]
fn no_text_holds_more_arrows_than_anything_draws() {
    let names: Vec<String> = (0..317).map(|n| format!("s{n}")).collect();
    let states: String = names
        .iter()
        .map(|name| format!("  {name}: {{ category: open }}\n"))
        .collect();
    let all = names.join(", ");
    let to = |name: &String| format!("  - {{ from: [{all}], to: {name} }}\n");
    let transitions: String = names.iter().map(to).collect();
    let text = format!("workflow: many\nstart: s0\nstates:\n{states}transitions:\n{transitions}");
    let folder = Folder::with(&[("many.workflow.yaml", &text)]);
    let drawn = ["diagram", "--quiet", "--notation", "dot"];
    let ran = folder.run(&drawn).is(1);
    assert_eq!(
        ran.err.lines().next(),
        Some(
            "statewright: many.workflow.yaml: the picture would hold at least 100,806 states and arrows, and notation \
             `dot` draws 100,000: add `--only CATEGORY` for a part of it"
        )
    );
}

/// A page lists every transition, however few arrows show them all.
#[test]
fn what_no_page_can_list_is_told() {
    let one = |n: usize| format!("  - {{ name: x{n}, from: New, to: Closed }}\n");
    let transitions: String = (0..50_001).map(one).collect();
    let text = format!(
        "workflow: many\nstart: New\nstates:\n  New: {{ category: open }}\n  Closed: {{ category: closed }}\n\
         transitions:\n{transitions}"
    );
    let folder = Folder::with(&[("many.workflow.yaml", &text)]);
    let drawn = ["diagram", "--quiet", "--notation"];
    folder.run(&[&drawn[..], &["table"]].concat()).is(0);
    let ran = folder.run(&[&drawn[..], &["html"]].concat()).is(1);
    assert_eq!(
        ran.err,
        "statewright: many.workflow.yaml: the picture would hold at least 50,001 states and arrows, and notation \
         `html` draws 50,000: add `--only CATEGORY` for a part of it, or take one of `dot`, `mermaid`, \
         `plantuml`, `d2`, `smcat` and `table`\n"
    );
}

#[test]
fn a_workflow_that_cannot_be_drawn_is_told() {
    let folder = Folder::with(&[("a.workflow.yaml", "- New\n")]);
    for (more, done) in [(&[][..], "drawn"), (&["--check"], "compared")] {
        let ran = folder
            .run(&[&["diagram", "--out", "made"][..], more].concat())
            .is(1);
        let said = format!("statewright: `a.workflow.yaml` was not {done}: the file has errors\n");
        assert!(ran.err.starts_with(&said), "{}", ran.err);
    }
}

#[test]
fn a_language_that_nothing_is_labelled_in_is_told() {
    let with = |label: &str| {
        format!(
            "workflow: w\nstart: New\nstates:\n  New: {{ category: open{label} }}\n  Done: {{ category: closed }}\n\
             transitions:\n  - {{ from: New, to: Done }}\n"
        )
    };
    let folder = Folder::with(&[
        (
            "a.workflow.yaml",
            &with(", label: { de: Neu, pt-BR: Novo }"),
        ),
        ("b.workflow.yaml", &with(", label: Fresh")),
        ("c.workflow.yaml", &with("")),
    ]);
    let drawn = |file: &str, language: &str| {
        let file = format!("{file}.workflow.yaml");
        folder.run(&[
            "diagram",
            &file,
            "--notation",
            "dot",
            "--language",
            language,
        ])
    };
    for (file, language, label) in [
        ("a", "de", "Neu"),
        ("a", "DE-at", "Neu"),
        ("a", "pt-br", "Novo"),
        ("b", "fr", "Fresh"),
    ] {
        let ran = drawn(file, language).is(0);
        let node = format!("\"New\" [label=\"{label}\" ");
        assert!(ran.out.contains(&node), "{}", ran.out);
    }
    for (file, language, message) in [
        (
            "a",
            "pt-BX",
            "no label is in `pt-BX`; the nearest is `pt-BR`",
        ),
        (
            "a",
            "fr",
            "no label is in `fr`; the languages are `de` and `pt-BR`",
        ),
        ("c", "de", "nothing has a `label`"),
    ] {
        let ran = drawn(file, language).is(2);
        assert!(ran.out.is_empty(), "{}", ran.out);
        let message = format!("statewright: --language: {message}\n");
        assert!(ran.err.ends_with(&message), "{}", ran.err);
    }
}
