//! The pages of rules, promises and fields, and what the rules say in the cases between them.

use super::testing::{codes, read, shown};
use crate::diagnostic::{Code, Level};
use crate::{compile, expect, fields, rules};

/// Codes whose pages need a real reader of YAML: what has quotes is lost in the one used here.
const NEEDS_SYNTAX: &[&str] = &["ambiguous-scalars"];

fn documented() -> Vec<&'static Code> {
    let mut all: Vec<&'static Code> = fields::CODES.to_vec();
    all.extend(rules::ALL.iter().map(|r| r.code));
    all.extend(expect::ALL.iter().map(|r| r.code));
    all.retain(|code| !NEEDS_SYNTAX.contains(&code.name));
    all
}

/// The YAML blocks of a page.
fn examples(page: &str) -> Vec<&str> {
    let blocks = page.split("```yaml\n").skip(1);
    blocks
        .map(|b| b.split("\n```").next().unwrap_or(b))
        .collect()
}

#[test]
fn each_page_has_its_mistake_and_a_way_out() {
    for code in documented() {
        let examples = examples(code.page);
        assert_eq!(examples.len(), 2, "{}", code.name);
        let reported = |yaml| {
            let reports = read(yaml).reports(&[code]);
            reports.iter().map(|r| r.code.name).collect::<Vec<_>>()
        };
        let mistake = reported(examples[0]);
        assert!(
            !mistake.is_empty() && mistake.iter().all(|name| *name == code.name),
            "{}: {mistake:?}",
            code.name
        );
        assert_eq!(reported(examples[1]), [""; 0], "{}", code.name);
    }
}

#[test]
fn every_code_is_listed_once() {
    let mut names: Vec<&str> = compile::codes().iter().map(|c| c.name).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn reports_keep_to_the_voice() {
    for code in documented() {
        for yaml in examples(code.page) {
            for report in read(yaml).reports(&[code]) {
                let length = report.message.chars().count();
                assert!(length <= 100, "{length}: {}", report.message);
                let labels = report.labels.iter().map(|l| &l.message);
                let texts = labels.chain([&report.message]).chain(&report.notes);
                for text in texts.chain(&report.help) {
                    assert!(!text.ends_with('.'), "{text}");
                    assert!(!text.starts_with(char::is_uppercase), "{text}");
                }
                assert!(report.help.is_some(), "{}", code.name);
            }
        }
    }
}

#[test]
fn print_pages() {
    if std::env::var_os("SHOW").is_none() {
        return;
    }
    for code in documented() {
        println!("{}\n", shown(examples(code.page)[0], &[code]));
    }
}

#[test]
fn off_codes_are_off() {
    let off = documented().into_iter().filter(|c| c.level == Level::Allow);
    for code in off {
        assert_eq!(codes(examples(code.page)[0]), [""; 0], "{}", code.name);
    }
}
