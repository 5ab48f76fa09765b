//! JSON against the reader that everybody uses.

use proptest::prelude::*;
use serde_json::{Map, Value};

use super::*;
use crate::node::{Kind, Node, ScalarKind};
use crate::source::SourceId;

fn read_json(text: &str) -> (Option<Value>, Vec<Diagnostic>) {
    let source = Source::new(SourceId(0), "test.json", Syntax::Json, text);
    let mut out = Diagnostics::new();
    let document = read(&source, &mut out);
    for diagnostic in out.iter() {
        for label in &diagnostic.labels {
            assert!(text.get(label.span.range()).is_some(), "{diagnostic:?}");
        }
    }
    let root = document.root.as_ref().map(|root| value(root, text));
    (root, out.into_sorted())
}

/// The node as `serde_json` has it; each place holds what it says.
fn value(node: &Node, text: &str) -> Value {
    let written = &text[node.span.range()];
    match node.kind() {
        Kind::Scalar(scalar) => match scalar.kind() {
            ScalarKind::Text => {
                assert!(written.starts_with('"') && written.ends_with('"'));
                Value::from(scalar.text())
            }
            _ => {
                assert_eq!(written, scalar.text());
                serde_json::from_str(written).expect("a scalar")
            }
        },
        Kind::List(items) => {
            assert!(written.starts_with('['));
            items.iter().map(|item| value(item, text)).collect()
        }
        Kind::Map(entries) => {
            assert!(written.starts_with('{'));
            let mut map = Map::new();
            for entry in entries {
                let key: String =
                    serde_json::from_str(&text[entry.key_span().range()]).expect("a key");
                assert_eq!(key, entry.key.text());
                map.insert(key, value(&entry.value, text));
            }
            Value::Object(map)
        }
        Kind::Absent(_) | Kind::Lost => panic!("JSON has no such thing"),
    }
}

/// The codes of reports, but those of repeated keys: what is no JSON may have them as well.
fn of_json(reports: &[Diagnostic]) -> Vec<&str> {
    let codes = reports.iter().map(|report| report.code.name);
    codes.filter(|code| *code != "duplicate-keys").collect()
}

/// We and `serde_json` take the same texts for JSON, and for the same.
fn agrees(text: &str) {
    let theirs: Result<Value, _> = serde_json::from_str(text.trim_start_matches('\u{feff}'));
    let (ours, reports) = read_json(text);
    match theirs {
        // Others take the last of repeated keys.
        Ok(_) if of_json(&reports).len() < reports.len() => {}
        Ok(theirs) => assert_eq!(ours, Some(theirs), "{text:?} {:?}", of_json(&reports)),
        Err(error) => {
            assert_eq!(ours, None, "{text:?}: {error}");
            assert_eq!(of_json(&reports).len(), 1, "{text:?}: {error}");
        }
    }
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[ -~äß確🎫\u{202e}\n\t]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(("[a-c\"\\\\é]{0,3}", inner), 0..4)
                .prop_map(|all| Value::Object(all.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_value_is_read_as_others_read_it(value in json(), pretty: bool) {
        let text = match pretty {
            true => serde_json::to_string_pretty(&value),
            false => serde_json::to_string(&value),
        };
        agrees(&text.unwrap());
    }

    #[test]
    fn every_text_is_judged_as_others_judge_it(value in json(), cut in any::<prop::sample::Index>(), put in "[\\[\\]{},:\"\\\\ 0-9a-u+.eE'/\u{0}\u{1f}\u{a0}\u{b}-]{0,2}", take in 0usize..3) {
        let mut text = serde_json::to_string(&value).unwrap();
        let at = text.floor_char_boundary(cut.index(text.len() + 1));
        let end = text.ceil_char_boundary((at + take).min(text.len()));
        text.replace_range(at..end, &put);
        agrees(&text);
    }
}

#[test]
fn odd_texts_are_judged_as_others_judge_them() {
    let texts = "¦ ¦\u{feff}¦\u{feff}[]¦[]]¦[1,]¦{\"a\":1,}¦{,}¦[,]¦01¦-¦-0¦1.¦.5¦+1¦1e400¦0x10¦1e5¦\
        1E+5¦1e¦NaN¦Infinity¦-Infinity¦nul¦True¦\"a\nb\"¦\"\t\"¦\"\\¦\"\\x\"¦\"\\u12\"¦\
        \"\\u+123\"¦\"\\ud83d\"¦\"\\ud83d\\ude00\"¦\"\\ude00\"¦\"\\ud83dx\"¦\"\\ud83d\\n\"¦\
        \"\u{7f}\"¦\"é\\é\"¦[1 2]¦{\"a\" 1}¦{\"a\":}¦{\"a\"}¦{a:1}¦{'a':1}¦['a']¦[1}¦\
        {\"a\":1]¦// x\n[]¦[] // x¦[/*x*/]¦\u{a0}[]¦[]\u{b}¦[\"a\" \"b\"]¦\"a\" \"b\"¦<html>¦\
        [\"a¦{\"a¦{\"a\":tru¦{\"a\":\"b\\¦123456789012345678901234567890¦\u{2028}[]¦[“a”]¦\
        {“a”: 1}¦#x¦[1,,2]¦}¦]¦,¦:¦\"¦\\¦[-]¦[1-2]¦[\"\\/\"]";
    for text in texts.split('¦') {
        agrees(text);
    }
}

#[test]
fn keys_written_twice_are_reported_and_the_first_is_kept() {
    let (value, reports) = read_json(r#"{"a": 1, "b": 2, "\u0061": 3}"#);
    assert_eq!(value.unwrap().to_string(), r#"{"a":1,"b":2}"#);
    assert_eq!(
        reports[0].message,
        "key `a` is written twice in the same map"
    );
}

#[test]
fn depth_is_bounded() {
    for open in ["[", "{\"a\":"] {
        let (value, reports) = read_json(&open.repeat(100_000));
        assert!(value.is_none());
        assert_eq!(reports[0].code.name, "exceeded-limits");
    }
}

#[test]
fn a_text_cut_off_anywhere_is_told_and_says_what_is_open() {
    let text = "{\"a\": [1, {\"b\": \"c\"}, true], \"d\": null}";
    for end in 0..text.len() {
        let (value, reports) = read_json(&text[..end]);
        assert!(value.is_none() && reports.len() == 1, "{}", &text[..end]);
        assert_eq!(reports[0].code.name, "invalid-json");
    }
    let (_, reports) = read_json("{\"a\": [1, {\"b\": 2");
    let help = reports[0].help.as_deref().unwrap();
    assert!(help.ends_with("or write `}]}` at the end"), "{help}");
}
