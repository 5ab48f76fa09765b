//! How reports look and where they go.

use super::{Folder, GOOD, misspelt};
use crate::common::folder::Ran;

#[test]
fn colour_is_for_terminals_or_on_demand() {
    let folder = Folder::with(&[("b.workflow.yaml", &misspelt())]);
    assert!(!folder.run(&["check"]).is(1).out.contains('\u{1b}'));
    assert!(
        folder
            .run(&["check", "--color", "always"])
            .is(1)
            .out
            .contains('\u{1b}')
    );
}

#[test]
fn codes_are_links_for_whoever_says_where_their_pages_are() {
    let folder = Folder::new();
    folder.write("a.workflow.yaml", &dead_end());
    let linked = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = folder.command(&[&["check", "a.workflow.yaml"], arguments].concat());
        command.env_remove("STATEWRIGHT_PAGES");
        command.envs(variables.iter().copied());
        let output = command.output().expect("the program runs");
        String::from_utf8(output.stdout).expect("text") + &String::from_utf8_lossy(&output.stderr)
    };
    let pages = ("STATEWRIGHT_PAGES", "https://example.org/{code}.html");
    let link = "\x1b]8;;https://example.org/dead-ends.html\x1b\\";
    assert!(linked(&[pages, ("FORCE_HYPERLINK", "1")], &[]).contains(link));
    assert!(
        !linked(&[pages], &[]).contains('\x1b'),
        "this is no terminal"
    );
    assert!(
        !linked(&[("FORCE_HYPERLINK", "1")], &[]).contains('\x1b'),
        "nobody knows the pages"
    );
    let sarif = linked(&[pages], &["--format", "sarif"]);
    assert!(
        sarif.contains("\"helpUri\": \"https://example.org/dead-ends.html\""),
        "{sarif}"
    );
    let refused = linked(&[], &["--pages", "javascript:alert(1)"]);
    assert!(
        refused.contains("an address begins with `https://`"),
        "{refused}"
    );
}

fn dead_end() -> String {
    GOOD.replace("states:", "states:\n  Stuck: { category: open }")
        .replace("start: New", "start: [New, Stuck]")
}

/// What a CI system compares with the names in its repository counts from there, wherever the
/// program was started; what people read counts from where they stand.
#[test]
fn paths_count_from_the_root_of_the_repository() {
    let folder = Folder::with(&[
        ("desks/b.workflow.yaml", &misspelt()),
        ("c.workflow.yaml", &misspelt().replace("misspelt", "other")),
        (".git/HEAD", ""),
    ]);
    let paths = |format: &str, variables: &[(&str, &str)], more: &[&str]| {
        let arguments = ["check", ".", "../c.workflow.yaml", "--format", format];
        let mut command = folder.command(&[&arguments, more].concat());
        command.current_dir(folder.0.join("desks"));
        command.envs(variables.iter().copied());
        let ran = Ran::of(command.output().expect("it starts")).is(1);
        let words = ran.out.split(|c: char| "\"'<>,= \n[]".contains(c));
        let names = words.filter_map(|word| {
            let end = word.find(".workflow.yaml")? + ".workflow.yaml".len();
            let word = &word[..end];
            Some(word.rsplit("::").next().unwrap_or(word).to_owned())
        });
        // SARIF holds the pages of the codes, and those an example.
        let names = names.filter(|name| !name.starts_with("example"));
        let mut names: Vec<String> = names.collect();
        names.sort();
        names.dedup();
        names
    };
    let machines = ["sarif", "github", "gitlab", "rdjson", "checkstyle"];
    for format in machines {
        let from_root = ["c.workflow.yaml", "desks/b.workflow.yaml"];
        assert_eq!(paths(format, &[], &[]), from_root, "{format}");
        let started = ["../c.workflow.yaml", "b.workflow.yaml"];
        assert_eq!(
            paths(format, &[], &["--paths-from", "."]),
            started,
            "{format}"
        );
        for variable in ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"] {
            let above = folder.0.parent().and_then(|path| path.to_str());
            let name = folder.0.file_name().and_then(|name| name.to_str());
            let (above, name) = (above.expect("text"), name.expect("text"));
            let told = paths(format, &[(variable, above)], &[]);
            let own = [
                format!("{name}/c.workflow.yaml"),
                format!("{name}/desks/b.workflow.yaml"),
            ];
            assert_eq!(told, own, "{format}");
            // Another repository than the one that the program runs in.
            let elsewhere = folder.0.join(".git");
            let elsewhere = elsewhere.to_str().expect("text");
            assert_eq!(paths(format, &[(variable, elsewhere)], &[]), from_root);
        }
    }
    for format in ["human", "short", "json"] {
        let given = ["../c.workflow.yaml", "b.workflow.yaml"];
        assert_eq!(
            paths(format, &[], &["--paths-from", ".."]),
            given,
            "{format}"
        );
    }
    let ran = folder
        .run(&["check", "--paths-from", "c.workflow.yaml"])
        .is(2);
    let said = "`c.workflow.yaml` is not a folder, which --paths-from needs";
    assert!(ran.err.contains(said), "{}", ran.err);
}

#[test]
fn a_github_workflow_gets_annotations() {
    let folder = Folder::with(&[("b.workflow.yaml", &misspelt())]);
    let in_workflow = |arguments: &[&str]| {
        let mut command = folder.command(arguments);
        command.env("GITHUB_ACTIONS", "true");
        Ran::of(command.output().expect("it starts")).is(1).out
    };
    let said = in_workflow(&["check"]);
    assert!(
        said.starts_with("::error file=b.workflow.yaml,line=7,"),
        "{said}"
    );
    let said = in_workflow(&["check", "--format", "short"]);
    assert!(said.starts_with("b.workflow.yaml:7:35: "), "{said}");
}

#[test]
fn reports_go_to_files_beside_the_terminal() {
    let folder = Folder::with(&[("a.workflow.yaml", GOOD), ("b.workflow.yaml", &misspelt())]);
    let files = [
        "out/x.sarif",
        "junit.xml",
        "gl-code-quality-report.json",
        "s.md",
    ];
    let mut arguments = vec!["check"];
    files
        .iter()
        .for_each(|file| arguments.extend(["--output", *file]));
    let ran = folder.run(&arguments).is(1);
    assert!(ran.out.contains("checked 2 files: 1 error"), "{}", ran.out);
    assert!(
        folder
            .read("out/x.sarif")
            .contains("\"ruleId\": \"undefined-states\"")
    );
    assert!(folder.read("junit.xml").contains("<testsuites "));
    assert!(
        folder
            .read("gl-code-quality-report.json")
            .contains("\"fingerprint\"")
    );
    assert!(folder.read("s.md").starts_with("### Statewright"));

    let ran = folder.run(&["check", "--output", "summary"]).is(2);
    assert!(
        ran.err
            .contains("cannot tell the format of `summary`: add --output-format"),
        "{}",
        ran.err
    );
    assert_eq!(ran.out, "");
    let named = [
        "check",
        "--output",
        "summary",
        "--output-format",
        "markdown",
    ];
    folder.run(&named).is(1);
    assert_eq!(folder.read("summary"), folder.read("s.md"));
    folder
        .run(&[
            "build", ".", "--target", "all", "--out", "o", "--output", "b.json",
        ])
        .is(1);
    assert!(folder.read("b.json").contains("undefined-states"));
    folder
        .run(&["check", "--output", "junit.xml/below.json"])
        .is(4);
}

#[test]
fn quiet_shows_errors_only_and_verbose_more_than_usual() {
    let folder = Folder::with(&[("a.workflow.yaml", &dead_end())]);
    let ran = folder
        .run(&["check", "--quiet", "--output", "all.txt"])
        .is(0);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""));
    assert!(folder.read("all.txt").contains("warning[dead-ends]"));
    let ran = folder.run(&["check", "-q", "--deny", "warnings"]).is(1);
    assert!(
        ran.out.starts_with("error[dead-ends]") && !ran.out.contains("checked"),
        "{}",
        ran.out
    );

    let arguments = ["check", "--target", "incident-iq", "--format", "short"];
    let usual = folder.run(&arguments).is(0).out;
    assert!(!usual.contains("omitted-details"), "{usual}");
    let verbose = |more: &[&str]| folder.run(&[&arguments[..], more].concat()).is(0).out;
    assert!(verbose(&["--verbose"]).contains("warning[omitted-details]"));
    assert_eq!(verbose(&["-v", "--allow", "omitted-details"]), usual);
}

#[test]
fn statistics_count_codes() {
    let folder = Folder::with(&[
        ("a.workflow.yaml", &dead_end()),
        ("b.workflow.yaml", &misspelt()),
    ]);
    let ran = folder.run(&["check", "--statistics"]).is(1);
    let counts = "1  error[undefined-states], 1 has an unsafe fix\n1  warning[dead-ends]\n\n";
    assert!(ran.out.starts_with(counts), "{}", ran.out);
    folder
        .run(&["check", "--statistics", "--format", "json"])
        .is(2);
}

#[test]
fn why_says_that_nothing_begins() {
    let text = GOOD.replace("start: New\n", "");
    let folder = Folder::with(&[("a.workflow.yaml", &text)]);
    let ran = folder.run(&["why", "Closed"]).is(0);
    assert_eq!(
        ran.out,
        "no walk leads to `Closed`\n\n  the workflow has no start state\n  `New` leads to `Closed`\n\n\
         help: add `start` with the state in which tickets begin\n\n\
         note: the file has mistakes, and walks may be missing here; see `check`\n"
    );
}

#[test]
fn walks_without_number_are_called_so() {
    // Each crossing doubles the walks.
    const CROSSINGS: usize = 70;
    let mut states = "  S0: { category: open }\n".to_owned();
    let mut ways = String::new();
    for n in 0..CROSSINGS {
        let next = n + 1;
        states += &format!(
            "  L{n}: {{ category: open }}\n  R{n}: {{ category: open }}\n  S{next}: {{ category: open }}\n"
        );
        for side in ["L", "R"] {
            ways += &format!("  - {{ name: {side} {n}, from: S{n}, to: {side}{n} }}\n");
            ways += &format!("  - {{ name: on from {side} {n}, from: {side}{n}, to: S{next} }}\n");
        }
    }
    let text = format!("workflow: crossings\nstart: S0\nstates:\n{states}transitions:\n{ways}");
    let folder = Folder::with(&[("a.workflow.yaml", &text)]);
    let said = folder.run(&["why", "S70", "--quiet"]).is(0).out;
    let first = said.lines().next().expect("a line");
    assert_eq!(
        first,
        "shortest walk from the start state `S0` to `S70`: 140 steps; 5 of more walks than can be counted"
    );
    let said = folder.run(&["why", "S2", "--quiet"]).is(0).out;
    assert!(said.contains("; 4 walks"), "{said}");
}

/// Where a system makes no more threads, such as under a limit of processes, the one that is there does all
/// of the work. Here each would need a stack that no machine has.
#[test]
fn no_thread_more_is_no_failure() {
    let files: Vec<(String, String)> = (0..80)
        .map(|at| (format!("{at}.workflow.yaml"), misspelt()))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(n, t)| (&n[..], &t[..])).collect();
    let folder = Folder::with(&files);
    let arguments = ["check", "--jobs", "8"];
    let usual = folder.run(&arguments).is(1);
    let mut alone = folder.command(&arguments);
    alone.env("RUST_MIN_STACK", (1_u64 << 46).to_string());
    let alone = Ran::of(alone.output().expect("it starts")).is(1);
    assert_eq!((alone.out, alone.err), (usual.out, usual.err));
}
