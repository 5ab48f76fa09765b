//! Records of Xurrent that go to the archive and the trash and come back, and lists of some of them.

use super::{Products, RACK, diff, forms};
use crate::common::folder::Folder;

const LIVE: &str = "xurrent:workflows=xurrent.live.json";

/// Two records that are there, with their ids in the files.
fn created(products: &Products, form: &str) -> Folder {
    let other = RACK
        .replace(": rack", ": old")
        .replace("Install new", "Remove old");
    let folder = Folder::with(&[("rack.workflow.yaml", RACK), ("old.workflow.yaml", &other)]);
    products.run(&folder, "xurrent:requests", &[], form).is(0);
    products.run(&folder, "xurrent:fetch", &[], form).is(0);
    folder.run(&["ids", "--live", LIVE, "."]).is(0);
    folder
}

/// What a script does that is written for one file.
fn act(products: &Products, folder: &Folder, action: &str, form: &str) -> String {
    let aside = Folder::with(&[(
        "rack.workflow.yaml",
        folder.read("rack.workflow.yaml").as_str(),
    )]);
    let target = format!("xurrent:{action}");
    products.run(&aside, &target, &[], form).is(0).err
}

fn subjects(folder: &Folder) -> Vec<String> {
    let live: serde_json::Value =
        serde_json::from_str(&folder.read("xurrent.live.json")).expect("JSON");
    let all = live.as_array().expect("a list").iter();
    all.map(|record| record["subject"].as_str().expect("a text").to_owned())
        .collect()
}

#[test]
fn a_record_goes_to_the_archive_or_the_trash_and_comes_back() {
    for form in forms() {
        let Some(products) = Products::with("{}") else {
            return;
        };
        let folder = created(&products, form);
        let fetch = || products.run(&folder, "xurrent:fetch", &[], form).is(0);
        for away in ["archive", "trash"] {
            act(&products, &folder, away, form);
            assert_eq!(
                products.count(&format!("POST /xurrent/v1/workflows/239/{away}")),
                1
            );
            fetch();
            assert_eq!(subjects(&folder), ["Remove old rack"], "{away}");
            // Its file is not planned anew: that would be a second record.
            let plan = [
                "build",
                ".",
                "--target",
                "xurrent:requests",
                "--live",
                "xurrent.live.json",
            ];
            let plan = folder.run(&plan).is(0).out;
            assert!(
                plan.contains("workflow `rack` is not planned: record 239 is not in the answer; it may be in the archive or in the trash")
                    && !plan.contains("\"POST\""),
                "{plan}"
            );
            act(&products, &folder, "restore", form);
            fetch();
            assert_eq!(subjects(&folder), ["Remove old rack", "Install new rack"]);
            assert_eq!(diff(&folder, LIVE).is(0).out, "");
        }
    }
}

/// What the page answers to both is read again, and is the record; its mark is the product's own.
#[test]
fn what_is_answered_of_the_archive_and_the_trash_is_read() {
    for (action, document) in [("archive", "archived"), ("trash", "trashed")] {
        let Some(products) = Products::with("{}") else {
            return;
        };
        let folder = created(&products, "python");
        let aside = Folder::with(&[(
            "rack.workflow.yaml",
            folder.read("rack.workflow.yaml").as_str(),
        )]);
        let target = format!("xurrent:{action}");
        products.run(&aside, &target, &[], "python").is(0);
        let kept = std::fs::read_dir(aside.0.join("answers")).expect("a folder");
        let place = kept.flatten().map(|entry| entry.path());
        let place = place.filter(|path| path.is_dir()).last().expect("a place");
        let answers = std::fs::read_dir(place).expect("a folder").flatten();
        let answer = answers.map(|entry| entry.path()).last().expect("an answer");
        let answer = std::fs::read_to_string(answer).expect("a text");
        assert!(
            answer.contains(&format!("\"{document}\": \"true\"")),
            "{answer}"
        );
        aside.write("answer.json", &answer);
        let read = aside.run(&["import", "--from", "xurrent:workflow", "answer.json"]);
        let read = read.is(0);
        assert!(
            read.out.contains("subject: Install new rack") && read.out.contains("id: 239"),
            "{}\n{}",
            read.out,
            read.err
        );
    }
}

/// Only two roles may, and that is said.
#[test]
fn who_may_not_archive_is_told_what_is_needed() {
    for form in ["python", "curl"] {
        let Some(products) = Products::with("{}") else {
            return;
        };
        let folder = created(&products, form);
        let environment = [("XURRENT_TOKEN", "member")];
        for action in ["xurrent:archive", "xurrent:trash", "xurrent:restore"] {
            let refused = products
                .run_with(&folder, action, &[], form, &environment)
                .is(1);
            assert!(
                refused.err.contains(
                    "the answer was 403: Account Administrator or Directory Administrator is required; nothing after this was sent\nwhat to do: ask an administrator for the permission that the notes at the top name"
                ),
                "{}",
                refused.err
            );
        }
        products.run(&folder, "xurrent:fetch", &[], form).is(0);
        assert_eq!(subjects(&folder).len(), 2);
        // What is not in the archive does not come out of it.
        let refused = products.run(&folder, "xurrent:restore", &[], form).is(1);
        assert!(
            refused
                .err
                .contains("the answer was 422: Validation Failed"),
            "{}",
            refused.err
        );
    }
}

/// A filter is a word more in the path of the script, as its note says.
#[test]
fn a_filter_of_the_note_leaves_the_others_out() {
    for form in ["python", "curl"] {
        let Some(products) = Products::with("{}") else {
            return;
        };
        let folder = created(&products, form);
        let script = folder.run(&["build", ".", "--target", "xurrent:fetch", "--as", form]);
        let script = script.is(0).out;
        assert!(
            script.contains(
                "add a filter to the path for fewer records, such as `&status=registered`"
            ),
            "{script}"
        );
        let (program, name) = match form {
            "python" => ("python3", "filtered.py"),
            _ => ("sh", "filtered.sh"),
        };
        for (filter, found) in [
            ("&status=registered", 2),
            ("&status=completed", 0),
            ("&subject=Remove%20old%20rack", 1),
            ("&id=239&service=26", 1),
        ] {
            let filtered = script.replace("&per_page=100", &format!("&per_page=100{filter}"));
            assert_ne!(filtered, script);
            folder.write(name, &filtered);
            products.start(&folder, program, name, &[]).is(0);
            assert_eq!(subjects(&folder).len(), found, "{filter}");
            // What a filter leaves out is neither gone nor to be created.
            let plan = folder.run(&[
                "build",
                ".",
                "--target",
                "xurrent:requests",
                "--live",
                "xurrent.live.json",
            ]);
            let plan = plan.is(0).out;
            assert!(plan.contains("\"requests\": []"), "{filter}: {plan}");
            assert_eq!(
                plan.matches("or a filter leaves it out").count(),
                2 - found,
                "{plan}"
            );
        }
    }
}
