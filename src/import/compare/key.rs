//! By what two values are known to be the same, or the same thing: one of them as it is written,
//! the other as it is built.

use std::borrow::Cow;

use serde_json::Value;

use crate::node::{Node, ScalarKind};

/// What both sides have in common.
pub trait Tree: Sized {
    /// The value of a field.
    fn member(&self, name: &str) -> Option<&Self>;
    /// The items of a list.
    fn list(&self) -> Option<&[Self]>;
    /// The kind and the text of a single value.
    fn word(&self) -> Option<(ScalarKind, Cow<'_, str>)>;
}

impl Tree for Node<'_> {
    fn member(&self, name: &str) -> Option<&Self> {
        self.get(name)
    }

    fn list(&self) -> Option<&[Self]> {
        self.items()
    }

    fn word(&self) -> Option<(ScalarKind, Cow<'_, str>)> {
        let scalar = self.scalar()?;
        Some((scalar.kind(), Cow::Borrowed(scalar.text())))
    }
}

impl Tree for Value {
    fn member(&self, name: &str) -> Option<&Self> {
        self.get(name)
    }

    fn list(&self) -> Option<&[Self]> {
        self.as_array().map(Vec::as_slice)
    }

    fn word(&self) -> Option<(ScalarKind, Cow<'_, str>)> {
        Some(match self {
            Value::Null => (ScalarKind::Null, Cow::Borrowed("null")),
            Value::Bool(true) => (ScalarKind::Boolean, Cow::Borrowed("true")),
            Value::Bool(false) => (ScalarKind::Boolean, Cow::Borrowed("false")),
            Value::Number(number) => (ScalarKind::Float, Cow::Owned(number.to_string())),
            Value::String(text) => (ScalarKind::Text, Cow::Borrowed(text)),
            Value::Array(_) | Value::Object(_) => return None,
        })
    }
}

/// The key that `fields` of `item` make; `None` where it has none of them.
pub fn of(item: &impl Tree, fields: &[&str]) -> Option<Vec<String>> {
    let key: Vec<String> = fields.iter().map(|path| at(item, path)).collect();
    key.iter().any(|part| !part.is_empty()).then_some(key)
}

/// What stands at a path; of several items, in the order of what they say.
fn at(item: &impl Tree, path: &str) -> String {
    let Some((name, rest)) = path.split_once('.') else {
        return item.member(path).and_then(of_scalar).unwrap_or_default();
    };
    let Some(name) = name.strip_suffix("[]") else {
        return item.member(name).map(|m| at(m, rest)).unwrap_or_default();
    };
    let items = item.member(name).and_then(Tree::list).unwrap_or(&[]);
    let mut all: Vec<String> = items.iter().map(|item| at(item, rest)).collect();
    all.sort_unstable();
    // A control character, which no two keys are told apart by.
    all.join("\u{0}")
}

/// The text under `name`.
pub fn text(item: &impl Tree, name: &str) -> Option<String> {
    let (_, text) = item.member(name)?.word()?;
    Some(text.into_owned())
}

/// What a single value says: two are the same where this is.
pub fn of_scalar(value: &impl Tree) -> Option<String> {
    let (kind, text) = value.word()?;
    of_word(kind, &text)
}

/// The same, of a value of this kind.
pub fn of_word(kind: ScalarKind, text: &str) -> Option<String> {
    match kind {
        ScalarKind::Text | ScalarKind::Date | ScalarKind::Sign => Some(format!("\"{text}")),
        ScalarKind::Null => Some("null".to_owned()),
        ScalarKind::Boolean => Some(text.to_owned()),
        // Of an exponent that nobody can count, the text is what is left to compare.
        ScalarKind::Integer | ScalarKind::Float => {
            Some(number(text).unwrap_or_else(|| text.to_owned()))
        }
    }
}

/// A number with all its digits, in one way of writing it: `1.50` and `15e-1` are the same, and
/// `12345678901234567890` and its nearest number of 53 bits are not.
fn number(text: &str) -> Option<String> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i64>().ok()?),
        None => (text, 0),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{part}");
    let all = all.trim_start_matches('0');
    let significant = all.trim_end_matches('0');
    if significant.is_empty() {
        return Some(format!("{sign}0"));
    }
    let zeros = i64::try_from(all.len() - significant.len()).ok()?;
    let after = i64::try_from(part.len()).ok()?;
    let exponent = exponent.checked_sub(after)?.checked_add(zeros)?;
    Some(format!("{sign}{significant}e{exponent}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_same_by_what_they_say() {
        for (one, other) in [
            ("1.50", "15e-1"),
            ("100", "1E+2"),
            ("0.0", "0"),
            ("1e0", "1.0"),
            ("18446744073709551615", "18446744073709551615.0"),
        ] {
            assert_eq!(number(one), number(other), "{one} {other}");
        }
        for (one, other) in [
            ("12345678901234567890", "12345678901234567000"),
            ("1", "-1"),
            ("0", "-0"),
            ("0.1", "0.10000000000000001"),
            ("1e400", "1e401"),
        ] {
            assert_ne!(number(one), number(other), "{one} {other}");
        }
        assert_eq!(number("1e99999999999999999999"), None);
    }

    #[test]
    fn a_key_is_made_of_several_fields() {
        let item = serde_json::json!({"name": "a", "to": {"id": 7}, "links": [{"from": "y"}, {"from": "x"}]});
        let key = of(&item, &["name", "to.id", "links[].from", "none"]);
        let key = key.expect("it has three of them");
        assert_eq!(key, ["\"a", "7e0", "\"x\0\"y", ""]);
        assert_eq!(of(&item, &["none", "to.none"]), None);
    }
}
