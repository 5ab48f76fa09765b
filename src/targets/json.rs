//! A document as a product has it, on its way to text.

use serde::Serialize;
use serde_json::Value;

/// A document in the types of its product's page. It becomes text where text is wanted, and a tree of
/// values where one is: making either for each file of a check, which only asks what is lost on the
/// way, would be a third of its work.
pub struct Json(Box<dyn Document>);

/// What can be done with any of those types. Each answer is `None` only for a type that JSON has no
/// word for, and no product's page has such.
trait Document {
    fn value(&self) -> Option<Value>;
    fn text(&self) -> Option<String>;
    fn compact(&self) -> Option<String>;
}

impl<T: Serialize> Document for T {
    fn value(&self) -> Option<Value> {
        serde_json::to_value(self).ok()
    }

    fn text(&self) -> Option<String> {
        serde_json::to_string_pretty(self).ok()
    }

    fn compact(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }
}

impl Json {
    /// The document that `wire` is.
    pub fn new(wire: impl Serialize + 'static) -> Self {
        Json(Box::new(wire))
    }

    /// The document as a tree of values.
    pub fn value(&self) -> Option<Value> {
        self.0.value()
    }

    /// The document on many lines, each level indented by two spaces; without a line end at its end.
    pub fn text(&self) -> Option<String> {
        self.0.text()
    }

    /// The document on one line, without blanks.
    pub fn compact(&self) -> Option<String> {
        self.0.compact()
    }
}
