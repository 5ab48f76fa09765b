//! The values of fields that are members of a type, and how they are read and told.

use super::words::Vocabulary;
use super::{Field, Said};
use crate::source::{Spanned, Text};

/// Reads the fields of one thing, each by its kind. Whoever cannot read one reports why and answers
/// `None`.
pub trait Reader {
    /// A text or a name.
    fn text(&mut self, field: &'static Field) -> Option<Text>;
    /// `true` or `false`.
    fn flag(&mut self, field: &'static Field) -> Option<Spanned<bool>>;
    /// One of a few words.
    fn word<T: Vocabulary>(&mut self, field: &'static Field) -> Option<Spanned<T>>;
    /// A list of names.
    fn names(&mut self, field: &'static Field) -> Option<Spanned<Vec<Text>>>;
}

/// The value of a field.
pub trait Value: Sized {
    /// That of `field`, if it is there and can be read.
    fn read(reader: &mut impl Reader, field: &'static Field) -> Option<Self>;
    /// What it says.
    fn said(&self) -> Said<'_>;
    /// The names that it lists, if it is a list.
    fn names(&self) -> Option<&[Text]> {
        None
    }
}

impl Value for Text {
    #[inline(always)]
    fn read(reader: &mut impl Reader, field: &'static Field) -> Option<Self> {
        reader.text(field)
    }
    fn said(&self) -> Said<'_> {
        Said::Text(self)
    }
}

impl Value for Spanned<bool> {
    #[inline(always)]
    fn read(reader: &mut impl Reader, field: &'static Field) -> Option<Self> {
        reader.flag(field)
    }
    fn said(&self) -> Said<'_> {
        Said::Flag(self.value)
    }
}

impl<T: Vocabulary> Value for Spanned<T> {
    #[inline(always)]
    fn read(reader: &mut impl Reader, field: &'static Field) -> Option<Self> {
        reader.word(field)
    }
    fn said(&self) -> Said<'_> {
        Said::Word(self.value.word())
    }
}

impl Value for Spanned<Vec<Text>> {
    #[inline(always)]
    fn read(reader: &mut impl Reader, field: &'static Field) -> Option<Self> {
        reader.names(field)
    }
    fn said(&self) -> Said<'_> {
        Said::Names(&self.value)
    }
    fn names(&self) -> Option<&[Text]> {
        Some(&self.value)
    }
}
