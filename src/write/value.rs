//! What stands after a field's name, in either syntax.

use crate::node::{Kind, Node, ScalarKind};
use crate::source::Span;

/// A value to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text, quoted where it must be.
    Text(String),
    /// A boolean or a small number, written as it is.
    Word(String),
    /// A number with all its digits, and where it stands in the text that it comes from. A whole
    /// number of TOML has 64 bits.
    Number(String, Span),
    /// `null`, and where it stands in the text that it comes from. TOML has none.
    Null(Span),
    /// Values in order.
    List(Vec<Value>, Style),
    /// Named values in order.
    Map(Vec<Field>, Style),
}

/// How a list or a map is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// In one line where it is short enough, else as [`Style::Lines`].
    Line,
    /// One entry a line.
    Lines,
    /// As [`Style::Lines`] in YAML; in TOML each entry is a table of its own.
    Tables,
}

/// A named value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The comment above it, one item a line.
    pub remarks: Vec<String>,
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Value,
    /// What stands as a comment after a value of one line.
    pub beside: Option<String>,
}

impl Field {
    /// `name` with `value`.
    pub fn new(name: impl Into<String>, value: Value) -> Self {
        Field {
            remarks: Vec::new(),
            name: name.into(),
            value,
            beside: None,
        }
    }

    /// With a comment after it, if there is one.
    pub fn beside(mut self, remark: Option<String>) -> Self {
        self.beside = remark;
        self
    }

    /// `name` with text.
    pub fn text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Field::new(name, Value::Text(text.into()))
    }

    /// With these lines as the comment above it.
    pub fn remarks(mut self, remarks: &[String]) -> Self {
        self.remarks = remarks.to_vec();
        self
    }
}

impl Value {
    /// A list of texts, in one line where it is short enough.
    pub fn texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        let texts = texts.into_iter();
        let all = texts.map(|t| Value::Text(t.as_ref().to_owned())).collect();
        Value::List(all, Style::Line)
    }

    /// What `node` holds, whatever it is. Calls itself as deep as the node is, which
    /// [`crate::syntax`] bounds.
    pub fn of(node: &Node) -> Self {
        match node.kind() {
            Kind::Scalar(scalar) => match scalar.kind() {
                ScalarKind::Text | ScalarKind::Date | ScalarKind::Sign => {
                    Value::Text(scalar.text().to_string())
                }
                ScalarKind::Null => Value::Null(node.span),
                ScalarKind::Boolean => Value::Word(scalar.text().to_string()),
                ScalarKind::Integer | ScalarKind::Float => {
                    Value::Number(scalar.text().to_string(), node.span)
                }
            },
            Kind::List(items) => Value::List(items.iter().map(Value::of).collect(), Style::Line),
            Kind::Map(entries) => {
                let field = |e: &crate::node::Entry| Field::new(e.key.text(), Value::of(&e.value));
                Value::Map(entries.iter().map(field).collect(), Style::Line)
            }
            Kind::Absent(_) | Kind::Lost => Value::Null(node.span),
        }
    }
}
