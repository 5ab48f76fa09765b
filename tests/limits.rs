//! The limits: who sets them, and what is said of a file that exceeds one.

mod work;

use crate::common::folder::{Folder, Ran};

const TIDY: &str = "\
workflow: laptop-return
start: New
states:
  New: { category: open }
  Closed: { category: closed, final: true }
transitions:
  - { name: Close, from: New, to: Closed }
";

const NAME: &str = "desk.workflow.yaml";

fn check(folder: &Folder, arguments: &[&str]) -> Ran {
    folder.run(&[&["check", "--format", "short"], arguments].concat())
}

/// A tidy workflow with so many states more that nothing leads to, `dead-ends` besides.
fn with_islands(count: usize) -> String {
    let islands: String = (0..count)
        .map(|n| format!("  Island {n}: {{ category: open }}\n"))
        .collect();
    TIDY.replace("transitions:", &format!("{islands}transitions:"))
}

#[test]
fn the_command_line_lowers_a_limit_and_the_report_tells_how_to_raise_it() {
    let folder = Folder::with(&[(NAME, TIDY)]);
    let cases = [
        (
            "bytes=20",
            "1:1: error[exceeded-limits]: file has more bytes than the limit of 20",
        ),
        (
            "depth=2",
            "4:8: error[exceeded-limits]: lists and maps lie inside each other over the limit of 2 levels",
        ),
        (
            "states=1",
            "5:3: error[exceeded-limits]: workflow has 2 states, more than the limit of 1",
        ),
        (
            "name=5",
            "5:3: error[exceeded-limits]: state `Closed` has a name of 6 characters, more than the limit of 5",
        ),
        (
            "name=4",
            "5:3: error[exceeded-limits]: state `Closed` has a name of 6 characters, more than the limit of 4",
        ),
    ];
    for (limit, expected) in cases {
        let ran = check(&folder, &["--limit", limit]).is(1);
        assert_eq!(
            ran.out.lines().next().unwrap(),
            format!("{NAME}:{expected}")
        );
        let (name, number) = limit.split_once('=').unwrap();
        let raised = 2 * number.parse::<usize>().unwrap();
        let human = folder.run(&["check", "--limit", limit]).is(1).out;
        assert!(
            human.contains(&format!("`--limit {name}={raised}` raises the limit")),
            "{human}"
        );
    }
    check(
        &folder,
        &[
            "--limit",
            "bytes=1_000",
            "--limit",
            "depth=3",
            "--limit",
            "states=2",
            "--limit",
            "name=6",
        ],
    )
    .is(0);
    let ran = check(&folder, &["--limit", "name=4"]).is(1);
    let transition = ":7:13: error[exceeded-limits]: transition `Close` has a name of 5 characters, more than the limit of 4";
    assert!(ran.out.contains(transition), "{}", ran.out);
}

#[test]
fn a_configuration_sets_limits_and_the_command_line_wins() {
    let folder = Folder::with(&[(NAME, TIDY), ("statewright.toml", "[limits]\nstates = 1\n")]);
    let ran = check(&folder, &[]).is(1);
    assert!(ran.out.contains("more than the limit of 1"), "{}", ran.out);
    check(&folder, &["--limit", "states=2"]).is(0);
    check(&folder, &["--no-config"]).is(0);
    // Standard input has the configuration of the folder, too.
    let piped = folder
        .run_with_input(&["check", "--syntax", "yaml", "-"], TIDY)
        .is(1);
    assert!(piped.out.contains("exceeded-limits"), "{}", piped.out);
    // A configuration is no file that its own limits are for; the command line's are for all.
    folder.write("statewright.toml", "[limits]\nbytes = 30\n");
    let ran = check(&folder, &[]).is(1);
    assert!(!ran.out.contains("statewright.toml"), "{}", ran.out);
    let ran = check(&folder, &["--limit", "bytes=10"]).is(1);
    assert!(
        ran.out
            .contains("statewright.toml:1:1: error[exceeded-limits]"),
        "{}",
        ran.out
    );
}

#[test]
fn all_files_of_a_run_are_bounded_together() {
    let other = |name: &str| TIDY.replace("laptop-return", name).replace("New", name);
    let (second, third) = (other("laptop-reloan"), other("laptop-repair"));
    let folder = Folder::with(&[
        ("a.workflow.yaml", TIDY),
        ("b.workflow.yaml", &second),
        ("c.workflow.yaml", &third),
        ("d.workflow.yaml", "workflow: [\n"),
    ]);
    let room = TIDY.len() + second.len();
    let limit = |bytes: usize| format!("total={bytes}");
    let unread = |name: &str, bytes: usize| {
        format!(
            "statewright: cannot read `{name}.workflow.yaml`: all files together have more bytes than the limit of {bytes}; \
             `--limit total={}` raises it\n",
            2 * bytes
        )
    };
    let named = [
        "a.workflow.yaml",
        "b.workflow.yaml",
        "c.workflow.yaml",
        "d.workflow.yaml",
    ];
    for files in [&["."][..], &named] {
        let run = |bytes, format| {
            let limit = limit(bytes);
            folder.run(&[&["check", "--format", format, "--limit", &limit], files].concat())
        };
        let ran = run(room, "short").is(3);
        assert_eq!(ran.err, unread("c", room) + &unread("d", room));
        assert!(!ran.out.contains("d.workflow.yaml"), "{}", ran.out);
        let json = run(room, "json").is(3).out;
        assert!(
            json.contains("all files together have more bytes"),
            "{json}"
        );
        let ran = run(room - 1, "short").is(3);
        assert!(ran.err.starts_with(&unread("b", room - 1)), "{}", ran.err);
        assert!(run(10_000, "short").is(1).err.is_empty());
    }
    // What counts for the files is read before them.
    folder.write("statewright.toml", &format!("[limits]\ntotal = {room}\n"));
    let ran = check(&folder, &["."]).is(3);
    assert!(ran.err.starts_with(&unread("b", room)), "{}", ran.err);
    // So are baselines after them.
    let whole = |more: usize| limit(room + third.len() + more);
    let baseline = "# what is known\n";
    folder.write("known.toml", baseline);
    let with = |limit: &str| {
        let arguments = ["--no-config", "--limit", limit, "--baseline", "known.toml"];
        check(&folder, &[&arguments[..], &named[..3]].concat())
    };
    with(&whole(baseline.len())).is(0);
    let ran = with(&whole(baseline.len() - 1)).is(3);
    assert!(ran.err.contains("all files together"), "{}", ran.err);
}

#[test]
fn what_is_no_limit_is_wrong_usage() {
    let folder = Folder::with(&[(NAME, TIDY)]);
    let cases = [
        ("dept=3", "the nearest is `depth`"),
        (
            "lines=3",
            "the limits are `bytes`, `total`, `depth`, `aliases`, `states`, `name` and `reports`",
        ),
        ("depth", "write the number, too, such as `depth=64`"),
        ("quux", "write a name and a number, such as `depth=70`"),
        (
            "bytes=8MiB",
            "`8MiB` is not a number; write digits, such as `bytes=8388608`",
        ),
        ("depth=0", "`depth` must be at least 1"),
        ("states=-1", "`states` must be at least 1"),
        (
            "depth=76",
            "`depth` must be at most 75: no TOML file can be read that is deeper",
        ),
        (
            "reports=99999999999999999999999",
            "`reports` must be at most 10,000,000",
        ),
    ];
    for (limit, expected) in cases {
        let ran = check(&folder, &["--limit", limit]).is(2);
        assert!(ran.err.contains(expected), "{limit}: {}", ran.err);
    }
}

#[test]
fn more_reports_than_the_limit_are_counted() {
    // Of each island: nothing leads to it, and nothing leads out of it. The first is one report.
    let folder = Folder::with(&[
        (NAME, &with_islands(30)),
        ("b.workflow.yaml", &with_islands(2)),
    ]);
    let all = check(&folder, &[NAME]).is(1);
    let (last, reports): (Vec<&str>, Vec<&str>) = all
        .out
        .lines()
        .partition(|line| line.starts_with("checked"));
    let more = reports.len() - 5;
    let cut = check(&folder, &["--limit", "reports=5", NAME]).is(1);
    let lines: Vec<&str> = cut.out.lines().collect();
    assert_eq!(lines[..5], reports[..5]);
    assert!(
        lines[5].ends_with(&format!(
            "… and {more} more reports of this file, over the limit of 5"
        )),
        "{}",
        lines[5]
    );
    // The summary counts all, the shown and the others, also those of files that are shown whole.
    assert_eq!(lines[6..], last);
    let other = check(&folder, &["--limit", "reports=5", "b.workflow.yaml"]).is(1);
    assert!(!other.out.contains("over the limit"), "{}", other.out);
    let statistics = ["check", "--statistics", NAME];
    let counted = folder.run(&statistics).is(1).out;
    let limited = [&statistics[..], &["--limit", "reports=5"]].concat();
    assert_eq!(folder.run(&limited).is(1).out, counted);
    let one = check(
        &folder,
        &["--limit", &format!("reports={}", reports.len() - 1), NAME],
    )
    .is(1);
    assert!(
        one.out.contains("… and one more report of this file"),
        "{}",
        one.out
    );
    check(
        &folder,
        &["--limit", &format!("reports={}", reports.len()), NAME],
    )
    .is(1);
}

#[test]
fn an_error_among_what_is_not_shown_is_still_an_error() {
    // The dead end comes first in the text; what leads nowhere comes last.
    let text = TIDY.replace("  Closed:", "  Parked: { category: open }\n  Closed:").replace(
        "to: Closed }",
        "to: Closed }\n  - { name: Park, from: New, to: Parked }\n  - { name: Lose, from: New, to: Nowhere at all }",
    );
    let folder = Folder::with(&[(NAME, &text)]);
    let ran = check(&folder, &["--limit", "reports=1"]).is(1);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(lines[0].contains("warning[dead-ends]"), "{}", ran.out);
    assert!(
        lines[1].contains("error[exceeded-limits]: … and one more report"),
        "{}",
        ran.out
    );
    // Where nothing worse is left out, it is a warning.
    let text = text
        .replace("Nowhere at all", "Parked")
        .replace("Closed: {", "Waiting: { category: open }\n  Closed: {");
    let text = text.replace(
        "name: Lose, from: New, to: Parked",
        "name: Wait, from: New, to: Waiting",
    );
    folder.write(NAME, &text);
    let ran = check(&folder, &["--limit", "reports=1"]).is(0);
    assert!(
        ran.out
            .contains("warning[exceeded-limits]: … and one more report"),
        "{}",
        ran.out
    );
}

#[test]
fn a_baseline_lists_also_what_is_not_shown() {
    let folder = Folder::with(&[(NAME, &with_islands(30))]);
    let limit = ["--limit", "reports=2"];
    check(&folder, &[&limit[..], &["--write-baseline"]].concat()).is(0);
    let known = check(
        &folder,
        &[&limit[..], &["--baseline", "statewright-baseline.toml"]].concat(),
    );
    let known = known.is(0);
    assert!(!known.out.contains("exceeded-limits"), "{}", known.out);
}

#[test]
fn a_file_of_which_only_a_part_was_read_is_not_written() {
    let untidy = TIDY.replace("{ category: open }", "{category: open}");
    let folder = Folder::with(&[(NAME, &untidy)]);
    folder.run(&["fmt", "--limit", "bytes=20"]).is(1);
    folder.run(&["check", "--fix", "--limit", "bytes=20"]).is(1);
    assert_eq!(folder.read(NAME), untidy);
}

#[test]
fn imports_have_limits_too() {
    let folder = Folder::with(&[("steps.json", "{\"Items\": [{\"Name\": \"New\"}]}")]);
    let import = [
        "import",
        "--from",
        "incident-iq",
        "--format",
        "short",
        "steps.json",
    ];
    for (limit, place) in [("depth=2", "1:12"), ("bytes=9", "1:1")] {
        let ran = folder
            .run(&[&import[..], &["--limit", limit]].concat())
            .is(1);
        let expected = format!("steps.json:{place}: error[exceeded-limits]");
        assert!(ran.err.starts_with(&expected), "{limit}: {}", ran.err);
        assert_eq!(ran.out, "", "nothing is written");
    }
}

/// A few lines may stand for more transitions than anybody can look at.
#[test]
fn transitions_that_multiply_are_one_report() {
    const STATES: usize = 600;
    let states: String = (0..STATES)
        .map(|n| format!("  S{n}: {{ category: open }}\n"))
        .collect();
    let ways: String = (0..STATES)
        .map(|n| format!("  - {{ name: T{n}, from: \"*\", to: S{n} }}\n"))
        .collect();
    let text = format!(
        "workflow: many\nstart: S0\nstates:\n{states}  Closed: {{ category: closed }}\ntransitions:\n{ways}"
    );
    let folder = Folder::with(&[("many.workflow.yaml", &text)]);
    let ran = folder.run(&["check", "--quiet"]).is(1);
    assert_eq!(
        ran.out,
        "\
error[exceeded-limits]

  × file makes more single transitions than the limit of 250,000
   ╭─[many.workflow.yaml:1:1]
 1 │ workflow: many
   · ────┬───
   ·     ╰── not all of its transitions were checked
 2 │ start: S0
   ╰────
  help: split the file: one workflow in each
  note: lists under `from` and `\"*\"` make one transition from each state they stand for
"
    );
}

/// Each promise may search the whole workflow, so many of them in a large one are not checked; that
/// is an error, so that nobody takes them for kept.
#[test]
fn promises_that_take_long_are_not_checked_and_that_is_said() {
    const HALF: usize = 450;
    let open: Vec<String> = (0..HALF).map(|n| format!("A{n}")).collect();
    let mut text = format!(
        "workflow: many\nstart: &all [{}]\nstates:\n",
        open.join(", ")
    );
    for n in 0..HALF {
        text += &format!("  A{n}: {{ category: open }}\n  B{n}: {{ category: closed }}\n");
    }
    text += "transitions:\n";
    for n in 0..HALF {
        text += &format!("  - {{ name: T{n}, from: *all, to: B{n} }}\n");
    }
    text += "expect:\n";
    for n in 0..500 {
        let (state, before) = (n % 400, HALF - 1 - n / 400);
        text += &format!("  - {{ never: B{state}, after: B{before} }}\n");
    }
    let folder = Folder::with(&[("many.workflow.yaml", &text)]);
    let ran = folder.run(&["check", "--quiet"]).is(1);
    assert_eq!(
        ran.out,
        "\
error[exceeded-limits]

  × promises take more steps to prove than the limit of 100,000,000
      ╭─[many.workflow.yaml:1847:7]
 1846 │   - { never: B90, after: B448 }
 1847 │   - { never: B91, after: B448 }
      ·       ──┬──
      ·         ╰── this promise and the 8 after it were not checked
 1848 │   - { never: B92, after: B448 }
      ╰────
  help: split the workflow, or delete promises that follow from others
  note: for each promise, all states and transitions may have to be searched
"
    );
}
