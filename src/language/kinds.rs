//! The kinds of fields that are members of a type, each with the type of its value and its reader.

use std::marker::PhantomData;

use super::words::Vocabulary;
use super::{Field, Kind, Reader, Said};
use crate::source::{self, Spanned};

/// A kind of fields whose value has a type.
pub trait Typed {
    /// The value.
    type Value;
    /// The kind, for who asks at run time.
    const KIND: Kind;
    /// The value of `field`, if it is there and can be read.
    fn read<R: Reader>(reader: &mut R, field: &'static Field) -> Option<Self::Value>;
    /// What the value says.
    fn said(value: &Self::Value) -> Said<'_>;
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $Kind:ident: $Value:ty, $read:ident, $said:expr;)+) => {
        $(
            $(#[$doc])*
            pub enum $Kind {}

            impl Typed for $Kind {
                type Value = $Value;
                const KIND: Kind = Kind::$Kind;
                #[inline]
                fn read<R: Reader>(reader: &mut R, field: &'static Field) -> Option<$Value> {
                    reader.$read(field)
                }
                fn said(value: &$Value) -> Said<'_> {
                    $said(value)
                }
            }
        )+
    };
}

kinds! {
    /// See [`Kind::Identifier`].
    Identifier: source::Text, identifier, Said::Text;
    /// See [`Kind::Name`].
    Name: source::Text, name, Said::Text;
    /// See [`Kind::Text`].
    Text: source::Text, text, Said::Text;
    /// See [`Kind::Color`].
    Color: source::Text, color, Said::Text;
    /// See [`Kind::Flag`].
    Flag: Spanned<bool>, flag, |flag: &Spanned<bool>| Said::Flag(flag.value);
    /// See [`Kind::Names`].
    Names: Spanned<Vec<source::Text>>, names, of_names;
}

fn of_names(names: &Spanned<Vec<source::Text>>) -> Said<'_> {
    Said::Names(&names.value)
}

/// See [`Kind::Word`].
pub struct Word<T>(PhantomData<T>);

impl<T: Vocabulary> Typed for Word<T> {
    type Value = Spanned<T>;
    const KIND: Kind = Kind::Word(T::ALL);
    #[inline]
    fn read<R: Reader>(reader: &mut R, field: &'static Field) -> Option<Spanned<T>> {
        reader.word(field)
    }
    fn said(value: &Spanned<T>) -> Said<'_> {
        Said::Word(value.value.word())
    }
}
