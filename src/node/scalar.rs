//! Scalars: single values, and what readers take them for.

use std::borrow::Cow;
use std::fmt;

/// One value as written.
#[derive(Clone)]
pub struct Scalar<'s>(Words<'s>);

/// The text of a scalar and, in the room that is left beside it, how it is taken: most of what a
/// tree takes of memory are these.
#[derive(Clone)]
enum Words<'s> {
    /// As it stands in the source.
    Written(Reading, &'s str),
    /// Put together: escapes are resolved, lines joined.
    Made(Reading, Box<str>),
}

/// What readers take a scalar for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reading {
    /// What it is by the rules of its syntax (for YAML: the core schema of YAML 1.2.2, §10.3).
    pub kind: ScalarKind,
    /// Whether a reader could also mean it as text: it is a plain YAML scalar, without quotes.
    /// A TOML number is a number and never a name.
    pub plain: bool,
    /// What some other reader of the syntax takes it for, if not for the same as `kind` says:
    /// YAML 1.1 has more booleans (`no`, `on`), base-60 numbers (`1:30`) and dates, and `010` is
    /// another number there.
    pub elsewhere: Option<ScalarKind>,
    /// Whether a tag of YAML says what it is, and not its spelling.
    pub tagged: bool,
}

/// What a scalar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScalarKind {
    /// Text.
    Text,
    /// A written null: `null` or `~`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// Any other number.
    Float,
    /// A date, a time, or both.
    Date,
    /// What a reader of YAML keeps for a use of its own, such as `=` and `<<`; never a value.
    Sign,
}

impl ScalarKind {
    /// "a number", "a boolean" …, as a report says it.
    pub fn phrase(self) -> &'static str {
        match self {
            ScalarKind::Text => "text",
            ScalarKind::Null => "null",
            ScalarKind::Boolean => "a boolean",
            ScalarKind::Integer | ScalarKind::Float => "a number",
            ScalarKind::Date => "a date",
            ScalarKind::Sign => "a special sign",
        }
    }
}

impl Reading {
    /// Every reader takes it for this.
    pub fn only(kind: ScalarKind) -> Self {
        Reading {
            kind,
            plain: false,
            elsewhere: None,
            tagged: false,
        }
    }
}

impl<'s> Scalar<'s> {
    /// The scalar with this text, escapes resolved; of a number, boolean or date, its spelling.
    pub fn new(text: impl Into<Cow<'s, str>>, reading: Reading) -> Self {
        Scalar(match text.into() {
            Cow::Borrowed(text) => Words::Written(reading, text),
            Cow::Owned(text) => Words::Made(reading, text.into_boxed_str()),
        })
    }

    /// Text that every reader takes for text.
    pub fn text_only(text: impl Into<Cow<'s, str>>) -> Self {
        Scalar::new(text, Reading::only(ScalarKind::Text))
    }

    /// The text, escapes resolved; of a number, boolean or date, its spelling.
    pub fn text(&self) -> &str {
        match &self.0 {
            Words::Written(_, text) => text,
            Words::Made(_, text) => text,
        }
    }

    /// What readers take it for.
    pub fn reading(&self) -> Reading {
        match self.0 {
            Words::Written(reading, _) | Words::Made(reading, _) => reading,
        }
    }

    /// What it is by the rules of its syntax.
    pub fn kind(&self) -> ScalarKind {
        self.reading().kind
    }

    /// What this scalar would be taken for by a reader that does not take it for text, if there
    /// is such a reader.
    pub fn mistakable_for(&self) -> Option<ScalarKind> {
        match self.kind() {
            ScalarKind::Text => self.reading().elsewhere,
            kind => Some(kind),
        }
    }

    /// The text, borrowed of the source where it stands there, else copied.
    pub fn to_text(&self) -> Cow<'s, str> {
        match &self.0 {
            Words::Written(_, text) => Cow::Borrowed(text),
            Words::Made(_, text) => Cow::Owned(text.to_string()),
        }
    }

    /// Whether the text is `other`. Most names of fields differ in their first letter, which tells sooner
    /// than a comparison of all of them.
    #[inline]
    pub fn is(&self, other: &str) -> bool {
        let (text, other) = (self.text().as_bytes(), other.as_bytes());
        text.len() == other.len() && text.first() == other.first() && text == other
    }

    pub(super) fn into_owned(self) -> Scalar<'static> {
        Scalar(match self.0 {
            Words::Written(reading, text) => Words::Made(reading, text.into()),
            Words::Made(reading, text) => Words::Made(reading, text),
        })
    }
}

/// The text and what it is taken for, wherever the text is kept.
impl fmt::Debug for Scalar<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut scalar = f.debug_tuple("Scalar");
        scalar.field(&self.text()).field(&self.reading()).finish()
    }
}

/// Whether they say the same, wherever the text is kept.
impl PartialEq for Scalar<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.reading() == other.reading() && self.text() == other.text()
    }
}

impl Eq for Scalar<'_> {}
