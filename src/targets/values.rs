//! Values that products take in their blocks and give in their answers: ids, free JSON.

use std::num::NonZeroU64;

use schemars::JsonSchema;
use serde_json::{Map, Number, Value};
use uuid::Uuid;

use crate::diagnostic::Diagnostics;
use crate::fields::{self, Field, ambiguous_scalars, invalid_values, numbers};
use crate::model::Text;
use crate::node::{Kind, Node, Scalar, ScalarKind, quoted};
use crate::source::{Span, Spanned};
use crate::targets::target_limits;

/// A UUID.
#[derive(JsonSchema)]
#[schemars(inline, extend("format" = "uuid"))]
#[allow(dead_code)] // only its schema is used
pub struct UuidText(String);

/// A UUID in its usual form (RFC 9562, §4), kept as written.
pub fn uuid(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Text> {
    const WANTED: &str = "a UUID";
    let text = fields::name(node, field, out)?;
    if is_uuid(&text.value) {
        return Some(text);
    }
    out.push(match Uuid::parse_str(text.value.trim()) {
        // In braces, without hyphens, or after `urn:uuid:`.
        Ok(id) => {
            let meant = id.hyphenated().to_string();
            let spelt = quoted(&meant);
            let written = (&*text.value, text.span);
            invalid_values::meant(field, written, WANTED, &meant, spelt, true)
        }
        Err(_) => {
            let example = "3b2d8a4f-579f-4e2e-a51c-f859e532fe8c";
            invalid_values::malformed(field, &text.value, text.span, WANTED, example)
        }
    });
    None
}

/// Whether `text` is a UUID with its four hyphens and nothing around it.
pub fn is_uuid(text: &str) -> bool {
    const LENGTH: usize = 36;
    text.len() == LENGTH && Uuid::parse_str(text).is_ok()
}

/// An id that a product counts from 1.
pub fn positive(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Spanned<NonZeroU64>> {
    let range = 1..=u64::MAX.into();
    let number = fields::integer_in(node, field, range, "a whole number above zero", out)?;
    let positive = u64::try_from(number.value).ok().and_then(NonZeroU64::new);
    Some(Spanned::new(positive?, number.span))
}

/// Any JSON, for fields whose content the product leaves to its users. A date becomes text, as
/// JSON has none. `None`, with a report, where JSON cannot say it.
pub fn json(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Value> {
    let mut reader = JsonReader {
        field,
        whole: node.span,
        values: 0,
        out,
    };
    reader.value(node, 0)
}

/// Aliases can make a small file stand for an enormous value; more than this is not written out.
const MOST_VALUES: usize = 100_000;
/// Deeper than this is not written out, either.
const MOST_LEVELS: usize = 100;

struct JsonReader<'r> {
    field: Field<'r>,
    whole: Span,
    values: usize,
    out: &'r mut Diagnostics,
}

impl JsonReader<'_> {
    fn value(&mut self, node: &Node, level: usize) -> Option<Value> {
        self.values += 1;
        if self.values > MOST_VALUES || level > MOST_LEVELS {
            let (most, unit) = match level > MOST_LEVELS {
                true => (MOST_LEVELS, "levels"),
                false => (MOST_VALUES, "values"),
            };
            let what = self.field.to_string();
            self.out
                .push(target_limits::too_much(&what, most, unit, self.whole));
            return None;
        }
        match node.kind() {
            Kind::Scalar(scalar) => self.scalar(scalar, node),
            Kind::List(items) => {
                let items = items.iter().map(|item| self.value(item, level + 1));
                items.collect::<Option<Vec<_>>>().map(Value::Array)
            }
            Kind::Map(entries) => {
                let mut map = Map::with_capacity(entries.len());
                for entry in entries {
                    let value = self.value(&entry.value, level + 1)?;
                    map.insert(entry.key.text().to_owned(), value);
                }
                Some(Value::Object(map))
            }
            Kind::Absent(_) | Kind::Lost => Some(Value::Null),
        }
    }

    fn scalar(&mut self, scalar: &Scalar, node: &Node) -> Option<Value> {
        let text = scalar.text();
        self.out
            .extend(ambiguous_scalars::of_json(scalar, node.span));
        let kind = scalar.kind();
        let number = match kind {
            ScalarKind::Text | ScalarKind::Date | ScalarKind::Sign => {
                return Some(Value::from(text));
            }
            ScalarKind::Null => return Some(Value::Null),
            ScalarKind::Boolean => return Some(Value::from(text.eq_ignore_ascii_case("true"))),
            ScalarKind::Integer | ScalarKind::Float => numbers::as_json(text, kind),
        };
        let number: Option<Number> = number.and_then(|digits| digits.parse().ok());
        if number.is_none() {
            let wanted = match kind {
                // Of decimal digits there may be any number.
                ScalarKind::Integer => "a number of at most 128 bits",
                _ => "a number that JSON can hold",
            };
            self.out.push(invalid_values::malformed(
                self.field, text, node.span, wanted, "100",
            ));
        }
        number.map(Value::Number)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::fields::Subject;
    use crate::node::{Entry, Reading};
    use crate::source::SourceId;

    fn at() -> Span {
        Span::new(SourceId(0), 0, 1)
    }

    fn scalar(text: &'static str, kind: ScalarKind) -> Kind<'static> {
        Kind::Scalar(Scalar::new(text, Reading::only(kind)))
    }

    fn read(kind: Kind<'static>) -> Result<Value, Vec<String>> {
        let mut out = Diagnostics::new();
        let field = Subject::named("target", "t").field("f");
        let value = json(&Node::new(at(), kind), field, &mut out);
        value.ok_or_else(|| out.iter().map(|d| d.message.clone()).collect())
    }

    #[test]
    fn scalars_keep_their_kind() {
        let json = |text, kind| read(scalar(text, kind)).unwrap().to_string();
        assert_eq!(json("1_000", ScalarKind::Integer), "1000");
        assert_eq!(json("0x1f", ScalarKind::Integer), "31");
        assert_eq!(json("1.50", ScalarKind::Float), "1.50");
        let digits = "12345678901234567890.12345678901234567890";
        assert_eq!(json(digits, ScalarKind::Float), digits);
        assert_eq!(json("True", ScalarKind::Boolean), "true");
        assert_eq!(json("~", ScalarKind::Null), "null");
        assert_eq!(json("1979-05-27", ScalarKind::Date), "\"1979-05-27\"");
    }

    #[test]
    fn what_json_cannot_say_is_reported() {
        let infinite = read(scalar(".inf", ScalarKind::Float));
        let message = "`f` of target `t` is not a number that JSON can hold: `.inf`";
        assert_eq!(infinite, Err(vec![message.to_owned()]));
        let large = read(scalar(
            "0x123456789012345678901234567890123",
            ScalarKind::Integer,
        ));
        let message = "`f` of target `t` is not a number of at most 128 bits: \
                       `0x123456789012345678901234567890123`";
        assert_eq!(large, Err(vec![message.to_owned()]));
    }

    #[test]
    fn a_value_that_aliases_multiply_is_not_written_out() {
        let mut bomb = Arc::new(scalar("ha", ScalarKind::Text));
        for _ in 0..40 {
            let twice = || Node::shared(at(), Arc::clone(&bomb));
            bomb = Arc::new(Kind::List([twice(), twice()].into()));
        }
        let message = "`f` of target `t` has more than 100000 values";
        assert_eq!(read((*bomb).clone()), Err(vec![message.to_owned()]));
    }

    /// A list of texts, itself one of the values.
    fn list(values: usize) -> Kind<'static> {
        let text = || Node::new(at(), scalar("ha", ScalarKind::Text));
        Kind::List((1..values).map(|_| text()).collect())
    }

    #[test]
    fn a_value_of_as_many_values_as_may_be_is_written_out() {
        let whole = read(list(MOST_VALUES)).unwrap();
        assert_eq!(whole.as_array().unwrap().len(), MOST_VALUES - 1);
        let message = "`f` of target `t` has more than 100000 values";
        assert_eq!(read(list(MOST_VALUES + 1)), Err(vec![message.to_owned()]));
        // Both limits are near, and one is passed.
        let deep = in_lists(list(MOST_VALUES), MOST_LEVELS - 1);
        assert_eq!(read(deep), Err(vec![message.to_owned()]));
    }

    fn in_lists(mut inner: Kind<'static>, levels: usize) -> Kind<'static> {
        for _ in 0..levels {
            inner = Kind::List([Node::new(at(), inner)].into());
        }
        inner
    }

    fn in_maps(mut inner: Kind<'static>, levels: usize) -> Kind<'static> {
        for _ in 0..levels {
            let value = Node::new(at(), inner);
            inner = Kind::Map([Entry::new(Scalar::text_only("in"), at(), value)].into());
        }
        inner
    }

    #[test]
    fn a_value_of_too_many_levels_is_not_written_out() {
        let message = "`f` of target `t` has more than 100 levels";
        for wrap in [in_lists, in_maps] {
            let deep = |levels| read(wrap(scalar("bottom", ScalarKind::Text), levels));
            assert!(deep(MOST_LEVELS).is_ok());
            assert_eq!(deep(MOST_LEVELS + 1), Err(vec![message.to_owned()]));
        }
    }
}
