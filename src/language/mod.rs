//! What a file can say, described once: the things in it, their fields, and the words that some of
//! them take.
//!
//! A description is a table that others ask: reading for the names and kinds of fields, `fmt` for
//! their order, the JSON Schema and the pages of `explain` for what they mean. A field that is a name,
//! a text, a word and the like is also a member of the thing's type, is read by its kind, and is among
//! what [`Said`] tells of the thing; so whoever adds one writes it here and nowhere else.

pub mod elsewhere;
pub mod kinds;
pub mod migration;
pub mod new_ticket;
pub mod page;
pub mod promise;
pub mod role;
pub mod schema;
pub mod start;
pub mod state;
pub mod transition;
pub mod values;
pub mod words;
pub mod workflow;

#[cfg(test)]
mod tests;

use crate::node::Node;
use crate::source::Text;

/// A field, as the language has it.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it says, in a sentence or two.
    pub about: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// What it means where it is not there.
    pub absent: Absent,
    /// A value, as YAML writes it.
    pub example: &'static str,
}

impl Field {
    /// Whether this is said where the field is not there, too.
    pub fn is_as_absent(&self, said: &Said) -> bool {
        match (&self.absent, said) {
            (Absent::Is(value), Said::Word(word)) => word == value,
            (Absent::Is(value), Said::Flag(flag)) => *flag == (*value == "true"),
            _ => false,
        }
    }

    /// What to do where it is missing.
    pub fn advice(&self) -> String {
        match self.absent {
            Absent::Missing(advice) => advice.to_owned(),
            _ => format!("add `{}`", self.name),
        }
    }

    /// What it means that it is not there, as a sentence: "Without it: `false`."
    pub fn without(&self) -> Option<String> {
        match self.absent {
            Absent::Means(meant) => Some(format!("Without it: {meant}.")),
            Absent::Is(value) => Some(format!("Without it: `{value}`.")),
            Absent::Nothing | Absent::Missing(_) => None,
        }
    }

    /// Whether it must be there.
    pub fn is_required(&self) -> bool {
        matches!(self.absent, Absent::Missing(_))
    }
}

/// What it means that a field is not there.
#[derive(Debug)]
pub enum Absent {
    /// Nothing is said.
    Nothing,
    /// The same as this, in words.
    Means(&'static str),
    /// The same as this value.
    Is(&'static str),
    /// A mistake; what to do, in words that fit both syntaxes.
    Missing(&'static str),
}

/// What the value of a field is.
#[derive(Debug)]
pub enum Kind {
    /// Words of a-z and 0-9 joined by `-`.
    Identifier,
    /// Text that is not blank.
    Name,
    /// Any text.
    Text,
    /// `#rrggbb`.
    Color,
    /// `true` or `false`.
    Flag,
    /// One of a few words.
    Word(&'static Words),
    /// A condition in the author's words.
    Condition,
    /// A time such as `4h` or `14d`.
    Duration,
    /// A list of names of anything.
    Names,
    /// A list of names that something had before, the newest first.
    FormerNames,
    /// As [`Kind::FormerNames`], of identifiers.
    FormerIdentifiers,
    /// A list of sentences.
    Texts,
    /// What people read: a text, or one for each of several languages.
    Label,
    /// A role or a list of roles.
    RoleNames,
    /// The roles there are: their names, or a map of what is said of each.
    Roles(&'static Thing),
    /// A list of fields of a ticket, or a map that says of each whether it must be filled in.
    Asks(&'static Words),
    /// Names of two transitions or more.
    Transitions,
    /// A map of anything.
    Anything,
    /// A map of states that are gone to those that take their tickets.
    Migrations(&'static Thing),
    /// A state.
    State,
    /// A state or a list of states; the order says nothing.
    States,
    /// A list of two states: from the one straight to the other.
    Move,
    /// A list of two states or more, in the order of a walk.
    Walk,
    /// A map of fields.
    One(&'static Thing),
    /// A list of maps of fields.
    List(&'static Thing),
    /// A map of maps of fields, by name.
    ByName(&'static Thing),
    /// A state or a map of fields, or a list of those.
    Starts(&'static Thing),
    /// A list of promises.
    Promises(&'static Thing),
    /// A map of the products' own blocks.
    Blocks,
}

impl Kind {
    /// What the value is, in a few words.
    pub fn phrase(&self) -> &'static str {
        match self {
            Kind::Identifier => "an identifier",
            Kind::Name => "a name",
            Kind::Text => "text",
            Kind::Color => "a colour of the form `#rrggbb`",
            Kind::Flag => "`true` or `false`",
            Kind::Word(_) => "a word",
            Kind::Condition => "a condition",
            Kind::Duration => "a duration",
            Kind::Names | Kind::FormerNames => "a list of names",
            Kind::FormerIdentifiers => "a list of identifiers",
            Kind::Texts => "a list of texts",
            Kind::Label => "text, or a map by language",
            Kind::RoleNames => "a role or a list of roles",
            Kind::Roles(_) => "a list of roles, or a map of fields by role",
            Kind::Asks(_) => "a list of fields, or a map by field",
            Kind::Transitions => "names of two transitions or more",
            Kind::Anything => "a map of anything",
            Kind::Migrations(_) => "a map by state",
            Kind::State => "a state",
            Kind::States => "a state or a list of states",
            Kind::Move => "two states",
            Kind::Walk => "two states or more",
            Kind::One(_) => "a map of fields",
            Kind::List(_) => "a list",
            Kind::ByName(_) => "a map by name",
            Kind::Starts(_) => "a state, or a map of fields, or a list of these",
            Kind::Promises(_) => "a list of promises",
            Kind::Blocks => "a map by product",
        }
    }

    /// Whether the value is, or may be, a list of names.
    pub fn is_list_of_names(&self) -> bool {
        matches!(
            self,
            Kind::Names
                | Kind::FormerNames
                | Kind::FormerIdentifiers
                | Kind::RoleNames
                | Kind::Roles(_)
                | Kind::Asks(_)
                | Kind::Transitions
                | Kind::States
                | Kind::Move
                | Kind::Walk
                | Kind::Starts(_)
        )
    }

    /// Whether its list names states.
    pub fn is_of_states(&self) -> bool {
        matches!(self, Kind::States | Kind::Move | Kind::Walk)
    }

    /// Whether the order of its list says something.
    pub fn is_in_order(&self) -> bool {
        matches!(
            self,
            Kind::FormerNames | Kind::FormerIdentifiers | Kind::Texts
        )
    }
}

/// A thing that a file says field by field.
#[derive(Debug)]
pub struct Thing {
    /// What `explain` calls it: the field that holds it.
    pub name: &'static str,
    /// What the JSON Schema calls it.
    pub title: &'static str,
    /// What it is, in a sentence.
    pub about: &'static str,
    /// Its fields, in the order in which a tidy file has them.
    pub fields: &'static [&'static Field],
    /// Their names.
    pub names: &'static [&'static str],
    /// How many of them, from the first on, are looked for in each such thing; the others only where
    /// some entry is none of these.
    pub common: usize,
}

/// Words that a field can have.
#[derive(Debug)]
pub struct Words {
    /// What they are about, in a sentence.
    pub about: &'static str,
    /// Each with what it means, in a sentence.
    pub all: &'static [(&'static str, &'static str)],
}

/// What is said in a field.
#[derive(Clone, Debug)]
pub enum Said<'s> {
    /// Text, or a name.
    Text(&'s Text),
    /// Names of which the order says nothing.
    Names(&'s [Text]),
    /// A word of the language.
    Word(&'static str),
    /// `true` or `false`.
    Flag(bool),
    /// So many minutes.
    Minutes(u64),
    /// Texts by name.
    Pairs(Vec<(&'s str, &'s str)>),
    /// Anything.
    Tree(&'s Node<'static>),
}

impl Said<'_> {
    /// What it says in this field, as text: two say the same where these are the same. Blanks say nothing,
    /// nor does the order of names where it need not.
    pub fn text(&self, field: &Field) -> String {
        match self {
            Said::Text(text) => text.value.split_whitespace().collect::<Vec<_>>().join(" "),
            Said::Names(names) => {
                let mut names: Vec<&str> = names.iter().map(|name| name.value.as_str()).collect();
                if !field.kind.is_in_order() {
                    names.sort_unstable();
                }
                names.join("\n")
            }
            Said::Word(word) => (*word).to_owned(),
            Said::Flag(flag) => flag.to_string(),
            Said::Minutes(minutes) => minutes.to_string(),
            Said::Pairs(pairs) => {
                let pairs = pairs.iter().map(|(name, text)| format!("{name}\n{text}"));
                let mut pairs: Vec<String> = pairs.collect();
                pairs.sort_unstable();
                pairs.join("\n")
            }
            Said::Tree(node) => values::on_one_line(node),
        }
    }
}

/// Every thing, in the order in which a file says them.
pub const THINGS: &[&Thing] = &[
    &workflow::THING,
    &start::THING,
    &new_ticket::THING,
    &state::THING,
    &transition::THING,
    &promise::THING,
    &role::THING,
    &migration::THING,
];

/// Whether the file itself has a field of this name, and nothing in it.
pub fn is_only_of_the_file(name: &str) -> bool {
    let (file, inside) = (&workflow::THING, &THINGS[1..]);
    file.names.contains(&name) && !inside.iter().any(|thing| thing.names.contains(&name))
}

/// Describes a thing: its type, with the members that are put together by hand (first those that it is
/// made of, then those that may come later), and its fields in the order of a tidy file. A field with a
/// type is a member, and is read by its kind; one without is only described, and whoever reads the thing
/// reads it. Those after `rarely` come last, are members of its `details`, and take neither room nor time
/// where none of them is said.
macro_rules! described {
    (
        $(#[doc = $about:literal])+
        $title:literal in $topic:literal,
        $(#[$attribute:meta])*
        pub struct $Type:ident {
            $($(#[$doc:meta])* pub $member:ident: $of:ty,)*
        }
        $(and {
            $($(#[$later_doc:meta])* pub $later:ident: $of_later:ty,)*
        })?
        $(
            $(#[doc = $says:literal])+
            $field:ident $(: $typed:ty)? = $kind:expr, $name:literal, $absent:expr, $example:literal;
        )+
        $(rarely $Details:ident {
            $(
                $(#[doc = $rarely_says:literal])+
                $rare:ident: $of_rare:ty = $rare_kind:expr, $rare_name:literal, $rare_absent:expr,
                $rare_example:literal;
            )+
        })?
    ) => {
        $(#[doc = $about])+
        $(#[$attribute])*
        #[derive(Clone, Debug)]
        pub struct $Type {
            $($(#[$doc])* pub $member: $of,)*
            $($($(#[$later_doc])* pub $later: $of_later,)*)?
            $($(#[doc = concat!("The field `", $name, "`: see [`FIELDS`].")] pub $field: Option<$typed>,)?)+
            $(
                /// What only few of them say; `None` where this one says nothing of it.
                pub details: Option<Box<$Details>>,
            )?
        }

        $(
            /// What only few of them say.
            #[derive(Clone, Debug, Default)]
            pub struct $Details {
                $(#[doc = concat!("The field `", $rare_name, "`: see [`FIELDS`].")] pub $rare: Option<$of_rare>,)+
            }
        )?

        impl $Type {
            /// One of which nothing else is said.
            pub fn new($($member: $of),*) -> Self {
                $Type {
                    $($member,)*
                    $($($later: Default::default(),)*)?
                    $($($field: <Option<$typed>>::None,)?)+
                    $(details: <Option<Box<$Details>>>::None,)?
                }
            }

            $(
                /// What only few of them say.
                pub fn details(&self) -> &$Details {
                    static NOTHING: $Details = $Details { $($rare: None,)+ };
                    self.details.as_deref().unwrap_or(&NOTHING)
                }
            )?

            /// With the fields that are read by their kinds.
            pub fn read(mut self, reader: &mut impl $crate::language::kinds::Reader) -> Self {
                $($(self.$field = <$typed as $crate::language::kinds::Value>::read(reader, &FIELDS.$field);)?)+
                $(if reader.has_rare_fields() {
                    let read = $Details {
                        $($rare: <$of_rare as $crate::language::kinds::Value>::read(reader, &FIELDS.$rare),)+
                    };
                    self.details = Some(Box::new(read));
                })?
                self
            }

            /// Looks at each of these fields that is a list of names and there.
            pub fn each_list<'s>(
                &'s self,
                look: &mut impl FnMut(&'static $crate::language::Field, &'s [$crate::source::Text]),
            ) {
                $($(if let Some(value) = &self.$field
                    && let Some(names) = <$typed as $crate::language::kinds::Value>::names(value)
                {
                    look(&FIELDS.$field, names);
                })?)+
                $(if let Some(details) = &self.details {
                    $(if let Some(value) = &details.$rare
                        && let Some(names) = <$of_rare as $crate::language::kinds::Value>::names(value)
                    {
                        look(&FIELDS.$rare, names);
                    })+
                })?
            }

            /// Tells each of these fields that is there, in their order.
            pub fn each_said<'s>(
                &'s self,
                tell: &mut dyn FnMut(&'static $crate::language::Field, $crate::language::Said<'s>),
            ) {
                $($(if let Some(value) = &self.$field {
                    tell(&FIELDS.$field, <$typed as $crate::language::kinds::Value>::said(value));
                })?)+
                $(if let Some(details) = &self.details {
                    $(if let Some(value) = &details.$rare {
                        tell(&FIELDS.$rare, <$of_rare as $crate::language::kinds::Value>::said(value));
                    })+
                })?
            }
        }

        /// Its fields by name.
        #[derive(Debug)]
        pub struct Fields {
            $($(#[doc = $says])+ pub $field: $crate::language::Field,)+
            $($($(#[doc = $rarely_says])+ pub $rare: $crate::language::Field,)+)?
        }

        /// Its fields by name. A constant, so that asking a map for one of them is as fast as asking for
        /// a name that is written there.
        pub const FIELDS: Fields = Fields {
            $($field: $crate::language::Field {
                name: $name,
                about: concat!($($says),+).trim_ascii_start(),
                kind: $kind,
                absent: $absent,
                example: $example,
            },)+
            $($($rare: $crate::language::Field {
                name: $rare_name,
                about: concat!($($rarely_says),+).trim_ascii_start(),
                kind: $rare_kind,
                absent: $rare_absent,
                example: $rare_example,
            },)+)?
        };

        $(#[doc = $about])+
        pub static THING: $crate::language::Thing = $crate::language::Thing {
            name: $topic,
            title: $title,
            about: concat!($($about),+).trim_ascii_start(),
            fields: &[$(&FIELDS.$field,)+ $($(&FIELDS.$rare,)+)?],
            names: &[$($name,)+ $($($rare_name,)+)?],
            common: [$($name),+].len(),
        };
    };
}
pub(crate) use described;
