//! The words that some fields take.

use super::Words;

/// The words of a field, as a type.
pub trait Vocabulary: Copy + 'static {
    /// All of them with their sentences.
    const ALL: &'static Words;
    /// All of them with their values.
    const WORDS: &'static [(&'static str, Self)];
    /// The word.
    fn word(self) -> &'static str;
}

macro_rules! words {
    (
        $(#[doc = $about:literal])+
        $(#[derive($($derived:ident),+)])?
        pub enum $Words:ident {
            $($(#[doc = $says:literal])+ $(#[$attribute:meta])* $Word:ident = $word:literal,)+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash $($(, $derived)+)?)]
        pub enum $Words {
            $($(#[doc = $says])+ $(#[$attribute])* $Word,)+
        }

        impl $Words {
            /// Each with its word in the language.
            pub const WORDS: &'static [(&'static str, $Words)] = &[$(($word, $Words::$Word)),+];

            /// Its word in the language.
            pub fn word(self) -> &'static str {
                Self::WORDS[self as usize].0
            }
        }

        impl Vocabulary for $Words {
            const ALL: &'static Words = &Words {
                about: concat!($($about),+).trim_ascii_start(),
                all: &[$(($word, concat!($($says),+).trim_ascii_start())),+],
            };
            const WORDS: &'static [(&'static str, $Words)] = $Words::WORDS;

            fn word(self) -> &'static str {
                $Words::word(self)
            }
        }
    };
}

words! {
    /// What a state means for the service clock.
    pub enum Category {
        /// The clock has not started.
        Draft = "draft",
        /// The clock runs.
        Open = "open",
        /// The clock is paused.
        Waiting = "waiting",
        /// The clock has stopped.
        Closed = "closed",
    }
}

words! {
    /// Whether a note can or must be written.
    #[derive(Default)]
    pub enum Notes {
        /// No note.
        #[default]
        None = "none",
        /// A note can be written.
        Optional = "optional",
        /// A note must be written.
        Required = "required",
    }
}

words! {
    /// Whether a field of the ticket can or must be filled in.
    pub enum Asked {
        /// It must be filled in.
        Required = "required",
        /// It can be filled in.
        Optional = "optional",
    }
}
