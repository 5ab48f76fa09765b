//! The values of fields that are members of a type, and how they are read and told.

use super::values::{Asks, Duration, Label, Meta};
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
    /// What people read in the place of a name.
    fn label(&mut self, field: &'static Field) -> Option<Label>;
    /// Fields of a ticket that are asked for.
    fn asks(&mut self, field: &'static Field) -> Option<Asks>;
    /// A time that passes.
    fn duration(&mut self, field: &'static Field) -> Option<Duration>;
    /// A map of anything.
    fn anything(&mut self, field: &'static Field) -> Option<Meta>;
    /// Whether there may be fields that only few of these things have.
    fn has_rare_fields(&self) -> bool;
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

impl Value for Label {
    fn read(reader: &mut impl Reader, field: &'static Field) -> Option<Self> {
        reader.label(field)
    }
    fn said(&self) -> Said<'_> {
        let texts = self.texts.iter().map(|(tag, text)| {
            let tag = tag.as_ref().map_or("", |tag| tag.value.as_str());
            (tag, text.value.as_str())
        });
        Said::Pairs(texts.collect())
    }
}

impl Value for Asks {
    fn read(reader: &mut impl Reader, field: &'static Field) -> Option<Self> {
        reader.asks(field)
    }
    fn said(&self) -> Said<'_> {
        let fields = self.value.iter();
        Said::Pairs(fields.map(|f| (&*f.name.value, f.asked.word())).collect())
    }
}

impl Value for Duration {
    fn read(reader: &mut impl Reader, field: &'static Field) -> Option<Self> {
        reader.duration(field)
    }
    fn said(&self) -> Said<'_> {
        Said::Minutes(self.minutes)
    }
}

impl Value for Meta {
    fn read(reader: &mut impl Reader, field: &'static Field) -> Option<Self> {
        reader.anything(field)
    }
    fn said(&self) -> Said<'_> {
        Said::Tree(&self.body)
    }
}
