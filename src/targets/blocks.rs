//! What the products' blocks have in common: each is described once, field by field, and from that
//! it is read with reports, and has its schema. And the kinds of their fields: maps keyed by state,
//! ids, free JSON.

use std::any::Any;
use std::borrow::Cow;
use std::marker::PhantomData;
use std::num::NonZeroU64;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

use crate::diagnostic::Diagnostics;
use crate::fields::{self, Field, Fields, Subject, wrong_types};
use crate::graph::{Resolved, StateId};
use crate::hashing::HashMap;
use crate::model::{TargetBlock, Text};
use crate::node::{Entry, Node};
use crate::rules::{Checked, Decoded, undefined_states};
use crate::source::Spanned;
use crate::targets::values;

/// A map that a file says field by field, with the schema of it.
pub trait Described: JsonSchema {
    /// Its fields, in the order in which schemas list them.
    const NAMES: &'static [&'static str];

    /// What the fields say. Whatever is wrong with one is reported.
    fn read(fields: &Fields, resolved: Option<&Resolved>, out: &mut Diagnostics) -> Self;
}

/// What a product's own block says.
pub trait Block: Described + Any + Clone + Default + Send + Sync {
    /// The product.
    const TARGET: &'static str;

    /// Looks at the fields together, once each is read.
    fn finish(&mut self, _: &Fields, _: &Resolved, _: &mut Diagnostics) {}
}

#[cfg(test)]
thread_local! {
    /// How often this thread has read a block.
    pub static READ: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Reads a block and reports every mistake in it.
pub fn read<B: Block>(resolved: &Resolved, block: &TargetBlock, out: &mut Diagnostics) -> Decoded {
    #[cfg(test)]
    READ.with(|read| read.set(read.get() + 1));
    let owner = Subject::named("target", B::TARGET);
    let fields = Fields::of(&block.body, owner, block.name.span, B::NAMES, out);
    let said = fields.map_or_else(B::default, |fields| {
        let mut said = B::read(&fields, Some(resolved), out);
        said.finish(&fields, resolved, out);
        said
    });
    Box::new(said)
}

/// What the workflow's block says; the default where it has none. It was read, and what is wrong with
/// it reported, before there was a proof.
pub fn of<B: Block>(checked: &Checked) -> Cow<'_, B> {
    let said = checked.block(B::TARGET);
    said.map_or_else(|| Cow::Owned(B::default()), Cow::Borrowed)
}

/// The kind of a field of a block.
pub trait Kind {
    /// What there is of it, whether the field is there or not.
    type Is: Clone + Default;
    /// Whether a block without the field is a mistake, which is for the documents to report.
    const IS_REQUIRED: bool = false;

    /// The value of a field that is there.
    fn read(given: Given, out: &mut Diagnostics) -> Self::Is;

    /// The schema of a value.
    fn schema(generator: &mut SchemaGenerator) -> Schema;
}

/// A field that is there.
#[derive(Clone, Copy)]
pub struct Given<'g, 's> {
    /// Its name and value, which could be read.
    pub entry: &'g Entry<'s>,
    /// What reports call it.
    pub field: Field<'g>,
    /// The states that it may name.
    pub resolved: Option<&'g Resolved>,
}

/// What the field `name` says.
pub fn said<K: Kind>(
    fields: &Fields,
    name: &'static str,
    resolved: Option<&Resolved>,
    out: &mut Diagnostics,
) -> K::Is {
    let entry = fields.entry(name).filter(|entry| !entry.value.is_lost());
    let Some(entry) = entry else {
        return K::Is::default();
    };
    let field = fields.owner().field(name);
    K::read(
        Given {
            entry,
            field,
            resolved,
        },
        out,
    )
}

/// A kind whose value stands for itself, wherever it is.
pub trait One {
    /// The value.
    type Of: Clone;

    /// The value, where it is one.
    fn read(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Self::Of>;

    /// The schema of it.
    fn schema(generator: &mut SchemaGenerator) -> Schema;
}

impl<K: One> Kind for K {
    type Is = Option<K::Of>;

    fn read(given: Given, out: &mut Diagnostics) -> Option<K::Of> {
        K::read(&given.entry.value, given.field, out)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        K::schema(generator)
    }
}

/// A field that the schema requires.
pub struct Required<K>(PhantomData<K>);

impl<K: One> Kind for Required<K> {
    type Is = Option<K::Of>;
    const IS_REQUIRED: bool = true;

    fn read(given: Given, out: &mut Diagnostics) -> Option<K::Of> {
        <K as Kind>::read(given, out)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        <K as Kind>::schema(generator)
    }
}

/// A value for each state that is named.
pub struct ByState<K>(PhantomData<K>);

impl<K: One> Kind for ByState<K> {
    type Is = HashMap<StateId, K::Of>;

    fn read(given: Given, out: &mut Diagnostics) -> Self::Is {
        let Some(resolved) = given.resolved else {
            return Self::Is::default();
        };
        let Subject { kind, name } = given.field.owner;
        let kind = format!("`{}` of {kind}", given.field.name);
        let owner = Subject { kind: &kind, name };
        let entries = by_state(resolved, &given.entry.value, given.field, out);
        let value = |(id, entry): (StateId, &Entry)| {
            let field = owner.field(entry.key.text());
            Some((id, K::read(&entry.value, field, out)?))
        };
        entries.into_iter().filter_map(value).collect()
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let values = K::schema(generator);
        json_schema!({ "type": "object", "additionalProperties": values })
    }
}

/// Kinds of one value each: what reads it, and the schema of it.
macro_rules! kinds {
    ($($(#[$doc:meta])* $Kind:ident: $Of:ty = $read:expr, $schema:expr;)+) => {
        $(
            $(#[$doc])*
            pub enum $Kind {}

            impl $crate::targets::blocks::One for $Kind {
                type Of = $Of;

                fn read(
                    node: &$crate::node::Node,
                    field: $crate::fields::Field,
                    out: &mut $crate::diagnostic::Diagnostics,
                ) -> Option<$Of> {
                    $read(node, field, out)
                }

                fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                    $schema
                }
            }
        )+
    };
}
pub(crate) use kinds;

kinds! {
    /// Text that is not blank.
    Name: Text = fields::name, json_schema!({ "type": "string" });
    /// Any text.
    AnyText: Text = fields::text, json_schema!({ "type": "string" });
    /// See [`values::uuid`].
    Id: Text = values::uuid, json_schema!({ "type": "string", "format": "uuid" });
    /// See [`values::positive`].
    Number: Spanned<NonZeroU64> = values::positive, json_schema!({ "type": "integer", "minimum": 1 });
    /// `true` or `false`.
    Truth: bool = fields::boolean, json_schema!({ "type": "boolean" });
    /// See [`values::json`].
    Json: Value = values::json, Schema::default();
}

/// One of a few words.
pub struct Word<T>(PhantomData<T>);

/// What a word means.
pub trait Words: Copy + 'static {
    /// Each with its meaning.
    const WORDS: &'static [(&'static str, Self)];
}

impl<T: Words> One for Word<T> {
    type Of = Spanned<T>;

    fn read(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Spanned<T>> {
        fields::keyword(node, field, T::WORDS, out)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        let words: Vec<&str> = T::WORDS.iter().map(|(word, _)| *word).collect();
        json_schema!({ "type": "string", "enum": words })
    }
}

/// Describes a map that a file says field by field: its type, with what it says put together of the
/// fields, each with its sentence, its kind and its name; then members that are put together later.
macro_rules! described {
    (
        $(#[doc = $about:literal])+
        $title:literal,
        pub struct $Type:ident {
            $($(#[doc = $says:literal])+ $member:ident: $Kind:ty = $name:literal,)+
        }
        $(and { $($(#[$doc:meta])* $later:ident: $Later:ty,)* })?
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Default)]
        pub struct $Type {
            $($(#[doc = $says])+ pub $member: <$Kind as $crate::targets::blocks::Kind>::Is,)+
            $($($(#[$doc])* pub $later: $Later,)*)?
        }

        impl $crate::targets::blocks::Described for $Type {
            const NAMES: &'static [&'static str] = &[$($name),+];

            fn read(
                fields: &$crate::fields::Fields,
                resolved: Option<&$crate::graph::Resolved>,
                out: &mut $crate::diagnostic::Diagnostics,
            ) -> Self {
                $Type {
                    $($member: $crate::targets::blocks::said::<$Kind>(fields, $name, resolved, out),)+
                    $($($later: Default::default(),)*)?
                }
            }
        }

        impl schemars::JsonSchema for $Type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $title.into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let properties = [
                    $($crate::targets::blocks::property::<$Kind>($name, concat!($($says),+), generator),)+
                ];
                $crate::targets::blocks::object(concat!($($about),+), properties)
            }
        }
    };
}
pub(crate) use described;

/// A field in a schema, and whether it is required.
pub struct Property {
    name: &'static str,
    schema: Schema,
    is_required: bool,
}

/// A field of this kind in a schema. What is said of the field says more than what is said of its kind.
pub fn property<K: Kind>(
    name: &'static str,
    says: &str,
    generator: &mut SchemaGenerator,
) -> Property {
    let mut schema = json_schema!({ "description": says.trim_start() });
    for (word, value) in K::schema(generator).as_object().into_iter().flatten() {
        if word != "description" {
            schema.insert(word.clone(), value.clone());
        }
    }
    Property {
        name,
        schema,
        is_required: K::IS_REQUIRED,
    }
}

/// The schema of a map of these fields.
pub fn object<const N: usize>(about: &str, properties: [Property; N]) -> Schema {
    let required = properties.iter().filter(|property| property.is_required);
    let required: Vec<&str> = required.map(|property| property.name).collect();
    let properties = properties.into_iter();
    let properties: Map<String, Value> = properties
        .map(|property| (property.name.to_owned(), property.schema.to_value()))
        .collect();
    let mut schema = json_schema!({
        "description": about.trim_start(),
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    schema
}

/// The entries of a map from states to something. A misspelt state is reported and taken for its
/// nearest, unless that has an entry of its own.
fn by_state<'n, 's>(
    resolved: &Resolved,
    node: &'n Node<'s>,
    field: Field,
    out: &mut Diagnostics,
) -> Vec<(StateId, &'n Entry<'s>)> {
    let Some(entries) = node.entries() else {
        if !node.is_lost() {
            out.push(wrong_types::report(field, node, "a map keyed by state"));
        }
        return Vec::new();
    };
    let mut found: Vec<(StateId, &Entry)> = Vec::with_capacity(entries.len());
    let mut rest = Vec::new();
    for entry in entries.iter().filter(|entry| !entry.is_lost()) {
        match resolved.find(entry.key.text()) {
            Some(id) => found.push((id, entry)),
            None => rest.push(entry),
        }
    }
    // The state may stand in a part of the file that could not be read.
    let sure = !resolved.workflow().doubts.states;
    let mut has_entry = vec![false; resolved.workflow().states.len()];
    found
        .iter()
        .for_each(|(id, _)| has_entry[id.index()] = true);
    for entry in rest {
        let name = entry.key.text();
        if sure {
            let place = field.to_string();
            let report = undefined_states::in_target(resolved, &place, name, entry.key_span());
            out.extend(report);
        }
        let near = resolved.find_or_nearest(name);
        if let Some(id) = near.filter(|id| !std::mem::replace(&mut has_entry[id.index()], true)) {
            found.push((id, entry));
        }
    }
    found
}
