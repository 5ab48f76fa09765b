//! Random workflows, right and half right, through every command of the program, in both syntaxes.
//!
//! `STATEWRIGHT_BATCHES=1000 cargo test --test all random_workflows` tries more of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::common::folder::{Folder, Ran};
use crate::common::random::{self, Dice, Value};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestError, TestRunner};
use serde_json::Value as Json;
use statewright::diagnostic::Severity;
use statewright::source::{Source, SourceId, Syntax};
use statewright::{compile, diagrams, report, targets};

/// Both syntaxes, each the name of a folder of its own.
const SYNTAXES: [&str; 2] = ["yaml", "toml"];

/// The bytes of three workflows, of which the first is right.
fn batches() -> impl Strategy<Value = [Vec<u8>; 3]> {
    let bytes = || prop::collection::vec(any::<u8>(), 0..500);
    [bytes(), bytes(), bytes()]
}

#[test]
fn random_workflows_go_through_every_command() {
    let given = std::env::var("STATEWRIGHT_BATCHES").ok();
    let cases = given.map_or(5, |cases| cases.parse().expect("how many batches"));
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    };
    let mut runner = TestRunner::new(config);
    let result = runner.run(&batches(), |batch| {
        Batch::new(&batch).goes_through_every_command();
        Ok(())
    });
    match result {
        Ok(()) => {}
        // The bytes say nothing to anybody.
        Err(TestError::Fail(why, _)) => panic!("{why}"),
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}

/// What is tried would say little of right workflows if hardly one of them were right.
#[test]
fn a_third_of_what_is_rolled_is_healthy() {
    const ALL: usize = 300;
    let mut seed = 20u64;
    let mut byte = || {
        seed = seed
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (seed >> 56) as u8
    };
    let mut healthy = 0;
    let mut why: BTreeMap<&str, usize> = BTreeMap::new();
    let mut said: BTreeMap<&str, usize> = BTreeMap::new();
    for _ in 0..ALL {
        let bytes: Vec<u8> = (0..500).map(|_| byte()).collect();
        let mut dice = Dice(&bytes);
        let mut workflow = random::workflow(&mut dice, "random");
        random::say_more(&mut dice, &mut workflow);
        let text = random::yaml(&workflow, 3);
        let source = Source::new(SourceId(0), "random.workflow.yaml", Syntax::Yaml, &*text);
        let compilation = compile::compile(&source, &compile::Options::default());
        let errors = compilation
            .diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Error);
        let codes: std::collections::BTreeSet<&str> = errors.map(|d| d.code.name).collect();
        codes
            .iter()
            .for_each(|code| *why.entry(code).or_insert(0) += 1);
        if codes.is_empty() {
            healthy += 1;
            let fields = [
                "who", "asks", "when", "after", "was", "migrate", "by", "separate", "label",
            ];
            // Short words are in quotes, and what is longer than a line begins on the next one.
            let is_said = |field: &&str| {
                text.contains(&format!("{field}:")) || text.contains(&format!("\"{field}\":"))
            };
            for field in fields.into_iter().filter(is_said) {
                *said.entry(field).or_insert(0) += 1;
            }
        }
    }
    assert!(
        healthy * 3 >= ALL,
        "{healthy} of {ALL} are healthy: {why:?}"
    );
    assert!(
        said.len() == 9 && said.values().all(|count| *count >= 5),
        "{said:?}"
    );
}

/// Three workflows in a folder, in each syntax.
struct Batch {
    folder: Folder,
    workflows: Vec<Value>,
}

impl Batch {
    fn new(bytes: &[Vec<u8>]) -> Batch {
        let folder = Folder::new();
        let mut workflows = Vec::new();
        for (number, bytes) in bytes.iter().enumerate() {
            let mut dice = Dice(bytes);
            let (depth, tables) = (dice.roll(4), dice.roll(2) == 0);
            let mut workflow = random::workflow(&mut dice, &format!("random-{number}"));
            random::say_more(&mut dice, &mut workflow);
            if number > 0 {
                random::misname(&mut dice, &mut workflow);
            }
            for _ in 0..number {
                random::slip(&mut dice, &mut workflow);
            }
            let Some(toml) = random::toml(&workflow, tables) else {
                continue;
            };
            let yaml = random::yaml(&workflow, depth);
            folder.write(&format!("yaml/w{number}.workflow.yaml"), &yaml);
            folder.write(&format!("toml/w{number}.workflow.toml"), &toml);
            workflows.push(workflow);
        }
        Batch { folder, workflows }
    }

    fn goes_through_every_command(&self) {
        self.is_reported_in_every_format();
        self.is_built();
        self.is_imported();
        self.is_drawn();
        self.is_asked_about();
        self.is_laid_out();
        self.is_fixed();
    }

    /// Runs the program and sees to it that it ends as documented.
    fn run(&self, arguments: &[&str], codes: &[i32]) -> Ran {
        let ran = self.folder.run(arguments);
        assert!(
            codes.contains(&ran.code),
            "{arguments:?} ends with {}\n{}\n{}\n{}",
            ran.code,
            ran.out,
            ran.err,
            self.text()
        );
        ran
    }

    /// Every file, to be shown where something goes wrong.
    fn text(&self) -> String {
        let files = files(&self.folder.0);
        let is_workflow = |(name, _): &(&String, &Vec<u8>)| name.contains(".workflow.");
        let shown = |(name, text): (&String, &Vec<u8>)| {
            format!("── {name}\n{}", String::from_utf8_lossy(text))
        };
        files.iter().filter(is_workflow).map(shown).collect()
    }

    /// What is reported of each syntax, in JSON.
    fn reported(&self, syntax: &str) -> (i32, BTreeMap<String, usize>) {
        let ran = self.run(&["check", syntax, "--format", "json"], &[0, 1]);
        let json: Json = serde_json::from_str(&ran.out).expect("JSON");
        let mut counts = BTreeMap::new();
        for found in json["diagnostics"].as_array().expect("a list") {
            let file = found["file"].as_str().expect("a file");
            let file = file
                .split('/')
                .next_back()
                .and_then(|name| name.split('.').next());
            let what = format!(
                "{file:?} {} {} {}",
                found["severity"], found["code"], found["message"]
            );
            *counts.entry(what).or_insert(0) += 1;
        }
        (ran.code, counts)
    }

    fn is_reported_in_every_format(&self) {
        let (yaml, toml) = (self.reported("yaml"), self.reported("toml"));
        assert_eq!(yaml, toml, "{}", self.text());
        for format in report::ALL {
            let ran = self.run(&["check", "yaml", "--format", format.name], &[yaml.0]);
            assert_eq!(ran.err, "", "{}", format.name);
        }
    }

    /// Every document of every product, alone and together.
    fn is_built(&self) {
        let all: Vec<String> = targets::ALL
            .iter()
            .flat_map(|t| t.documents.iter().map(|d| format!("{}:{}", t.name, d.name)))
            .collect();
        for syntax in SYNTAXES {
            let out = format!("{syntax}-out");
            let mut arguments = vec!["build", syntax, "--out", &out];
            arguments.extend(all.iter().flat_map(|name| ["--target", name]));
            self.run(&arguments, &[0, 1]);
            let named = format!("{syntax}-named");
            self.run(
                &["build", syntax, "--target", "all", "--out", &named],
                &[0, 1],
            );
            let script = ["build", syntax, "--target", "all:requests", "--as", "curl"];
            self.run(&[&script[..], &["--out", &named]].concat(), &[0, 1]);
        }
        for made in ["out", "named"] {
            let [yaml, toml] = SYNTAXES.map(|s| files(&self.folder.0.join(format!("{s}-{made}"))));
            assert_eq!(yaml, toml, "{made}: {}", self.text());
        }
    }

    /// What was built is imported; what is imported without a word builds the same.
    fn is_imported(&self) {
        for (name, json) in &files(&self.folder.0.join("yaml-out")) {
            let is_empty = json.trim_ascii() == b"[]";
            let Some(from) = importable(name) else {
                continue;
            };
            let json = format!("yaml-out/{name}");
            let imported = "imported.workflow.toml";
            let arguments = ["import", &json, "--from", &from, "--syntax", "toml"];
            let list = [&arguments[..], &["--out", "imported", "--force"]].concat();
            // Where no status has an id, there are none to show, and an empty list is nothing to import.
            if is_empty {
                self.run(&list, &[1]);
                continue;
            }
            self.run(&list, &[0]);
            let one = self.run(&arguments, &[0, 2]);
            if one.code == 0 && one.err.is_empty() {
                self.folder.write(imported, &one.out);
                let built = self.run(&["build", imported, "--target", &from], &[0, 1]);
                let same = |text: &str| serde_json::from_str::<Json>(text).ok();
                if built.code == 0 {
                    let (old, new) = (same(&self.folder.read(&json)), same(&built.out));
                    assert_eq!(old, new, "{from}\n{}\n{}", one.out, self.text());
                }
            }
        }
    }

    fn is_drawn(&self) {
        // A picture in pixels takes a second where the program is not optimized.
        let notations = diagrams::ALL.iter().filter(|n| n.encode.is_none());
        for notation in notations {
            for syntax in SYNTAXES {
                let out = format!("{syntax}-drawn/{}", notation.name);
                let arguments = [
                    "diagram",
                    syntax,
                    "--notation",
                    notation.name,
                    "--out",
                    &out,
                ];
                self.run(&arguments, &[0, 1]);
            }
        }
        let [yaml, toml] = SYNTAXES.map(|syntax| {
            let mut drawn = files(&self.folder.0.join(format!("{syntax}-drawn")));
            // A page lists its reports in the order of the file, in which tables come last.
            drawn.retain(|name, _| !name.ends_with(".html"));
            drawn
        });
        assert!(yaml == toml, "pictures differ: {}", self.text());
    }

    fn is_asked_about(&self) {
        let Some(Value::Map(fields)) = self.workflows.first() else {
            return;
        };
        let states = fields.iter().find(|(key, _)| key == "states");
        let Some((_, Value::Map(states))) = states else {
            return;
        };
        let (first, last) = (&states[0].0, &states[states.len() - 1].0);
        self.run(&["why", last, "yaml", "toml"], &[0]);
        let asked = ["why", first, "--from", last, "yaml", "--format", "json"];
        let ran = self.run(&asked, &[0]);
        serde_json::from_str::<Json>(&ran.out).expect("JSON");
    }

    /// Laid out, the files mean what they meant, and are laid out for good.
    fn is_laid_out(&self) {
        for syntax in SYNTAXES {
            let before = (self.reported(syntax), self.built(syntax));
            let check = self.run(&["fmt", syntax, "--check"], &[0, 1]).code;
            let ran = self.run(&["fmt", syntax], &[0, 1]);
            assert!(ran.code <= check, "{}", ran.err);
            let laid = files(&self.folder.0.join(syntax));
            self.run(&["fmt", syntax, "--check"], &[ran.code]);
            self.run(&["fmt", syntax], &[ran.code]);
            assert_eq!(files(&self.folder.0.join(syntax)), laid, "{}", self.text());
            let after = (self.reported(syntax), self.built(syntax));
            assert_eq!(before, after, "{}", self.text());
        }
    }

    /// What every product gets of the files that have no error, and whether they all have none.
    fn built(&self, syntax: &str) -> (i32, String) {
        let arguments = [
            "build",
            syntax,
            "--target",
            "jira:create",
            "--target",
            "itwin",
            "--quiet",
        ];
        let ran = self.run(&arguments, &[0, 1]);
        (ran.code, ran.out)
    }

    /// Fixed, the files have nothing left to fix.
    fn is_fixed(&self) {
        for (syntax, fix) in [
            ("yaml", "--fix"),
            ("toml", "--fix"),
            ("yaml", "--unsafe-fixes"),
        ] {
            self.run(&["check", syntax, fix], &[0, 1]);
            let fixed = files(&self.folder.0.join(syntax));
            let again = self.run(&["check", syntax, fix], &[0, 1]);
            assert_eq!(files(&self.folder.0.join(syntax)), fixed, "{}", again.out);
            assert!(!again.out.contains(", fixed "), "{}", again.out);
        }
        self.run(&["check", "yaml", "--add-allows"], &[0, 1]);
        self.run(&["check", "toml", "--write-baseline"], &[0, 1]);
        let baseline = ["check", "toml", "--baseline", "statewright-baseline.toml"];
        // What cannot be silenced is in no baseline.
        let ran = self.run(&baseline, &[0, 1]);
        assert!(!ran.out.contains("warning["), "{}", ran.out);
        for found in ran
            .out
            .lines()
            .filter_map(|line| line.strip_prefix("error["))
        {
            let name = found.trim_end_matches(']');
            let code = compile::code(name).expect("a code");
            // Of some codes single reports are firm: two ids of one product that are the same.
            let stays = || {
                let allowed = self.run(&["check", "toml", "--allow", name], &[0, 1]);
                allowed.out.contains(&format!("error[{name}]"))
            };
            assert!(code.is_firm() || stays(), "{}", ran.out);
        }
    }
}

/// Every file below a folder, by its path from there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("a folder entry").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        match path.is_dir() {
            true => found.extend(
                files(&path)
                    .into_iter()
                    .map(|(n, t)| (format!("{name}/{n}"), t)),
            ),
            false => drop(found.insert(name, fs::read(&path).expect("readable"))),
        }
    }
    found
}

/// The target and document that a built file is of, as `import` calls it.
fn importable(name: &str) -> Option<String> {
    let mut parts = name.strip_suffix(".json")?.rsplit('.');
    let (document, target) = (parts.next()?, parts.next()?);
    let target = targets::find(target)?;
    let import = target.import(document)?;
    Some(format!("{}:{}", target.name, import.document))
}
