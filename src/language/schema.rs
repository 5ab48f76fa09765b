//! The JSON Schema of workflow files, as editors and validators see it.

use serde_json::{Map, Value, json};

use super::promise::Promises;
use super::{Field, Kind, Thing, Words, workflow};

/// The schema of a file: what it holds, and the definitions that this refers to. `blocks` is the schema
/// of the products' blocks by name.
pub fn of_file(
    promises: &Promises,
    blocks: Map<String, Value>,
) -> (Map<String, Value>, Definitions) {
    let mut definer = Definer {
        promises,
        blocks,
        definitions: Map::new(),
    };
    let file = &workflow::THING;
    let mut schema = Map::new();
    schema.insert("title".to_owned(), file.title.into());
    schema.extend(definer.object(file.about, file.fields.iter().copied()));
    (schema, definer.definitions)
}

/// Schemas by name.
pub type Definitions = Map<String, Value>;

struct Definer<'d> {
    promises: &'d Promises,
    blocks: Map<String, Value>,
    definitions: Definitions,
}

impl Definer<'_> {
    /// A map of these fields.
    fn object<'f>(
        &mut self,
        about: &str,
        fields: impl Iterator<Item = &'f Field> + Clone,
    ) -> Map<String, Value> {
        let required: Vec<&str> = fields
            .clone()
            .filter_map(|field| field.is_required().then_some(field.name))
            .collect();
        let properties: Map<String, Value> = fields
            .map(|field| (field.name.to_owned(), self.property(field)))
            .collect();
        let mut object = map(json!({
            "description": about,
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
        }));
        if !required.is_empty() {
            object.insert("required".to_owned(), required.into());
        }
        object
    }

    fn property(&mut self, field: &Field) -> Value {
        let mut about = match field.kind {
            Kind::Word(words) => with_meanings(field.about, words),
            _ => field.about.to_owned(),
        };
        if let Some(without) = field.without() {
            about += &format!(" {without}");
        }
        described(&about, self.value(&field.kind))
    }

    fn value(&mut self, kind: &Kind) -> Value {
        match kind {
            Kind::Identifier => json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" }),
            Kind::Name | Kind::State => json!({ "type": "string", "minLength": 1 }),
            Kind::Text => json!({ "type": "string" }),
            Kind::Condition => json!({ "type": "string", "minLength": 1 }),
            Kind::Duration => json!({ "type": "string", "pattern": "^[1-9][0-9]*[mhdw]$" }),
            Kind::FormerNames => json!({ "type": "array", "items": name("A name.") }),
            Kind::FormerIdentifiers => {
                let identifier = described("An identifier.", self.value(&Kind::Identifier));
                json!({ "type": "array", "items": identifier })
            }
            Kind::Texts => json!({ "type": "array", "items": name("A sentence.") }),
            Kind::Label => {
                let by_language = json!({
                    "type": "object",
                    "propertyNames": { "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$" },
                    "additionalProperties": name("The text in this language."),
                    "minProperties": 1,
                });
                json!({ "anyOf": [{ "type": "string", "minLength": 1 }, by_language] })
            }
            Kind::Roles(thing) => {
                let list = json!({ "type": "array", "items": name("A role."), "minItems": 1 });
                let map = json!({
                    "type": "object",
                    "additionalProperties": self.thing(thing),
                    "minProperties": 1,
                });
                json!({ "anyOf": [list, map] })
            }
            Kind::Asks(words) => {
                let list =
                    json!({ "type": "array", "items": name("A field that must be filled in.") });
                let how = described(&with_meanings(words.about, words), one_of(words));
                let map = json!({ "type": "object", "additionalProperties": how });
                json!({ "anyOf": [list, map] })
            }
            Kind::Transitions => {
                json!({ "type": "array", "items": name("A name."), "minItems": 2 })
            }
            Kind::Anything => json!({ "type": "object" }),
            Kind::Migrations(thing) => {
                let to = json!([name("A state of this workflow."), self.thing(thing)]);
                json!({ "type": "object", "additionalProperties": { "anyOf": to } })
            }
            Kind::Color => json!({ "type": "string", "pattern": "^#[0-9A-Fa-f]{6}$" }),
            Kind::Flag => json!({ "type": "boolean" }),
            Kind::Word(words) => one_of(words),
            Kind::Names => json!({ "type": "array", "items": name("A name.") }),
            // The choices have no sentence of their own: editors would show it in place of the field's.
            Kind::States | Kind::RoleNames => json!({ "anyOf": [
                { "type": "string", "minLength": 1 },
                { "type": "array", "items": name("A name."), "minItems": 1 },
            ] }),
            Kind::Walk => json!({ "type": "array", "items": name("A name."), "minItems": 2 }),
            Kind::Move => json!({
                "type": "array",
                "items": name("A name."),
                "minItems": 2,
                "maxItems": 2,
            }),
            Kind::One(thing) => self.thing(thing),
            Kind::List(thing) => json!({ "type": "array", "items": self.thing(thing) }),
            Kind::ByName(thing) => json!({
                "type": "object",
                "additionalProperties": self.thing(thing),
                "minProperties": 1,
            }),
            Kind::Starts(thing) => {
                let one = [
                    json!({ "type": "string", "minLength": 1 }),
                    self.thing(thing),
                ];
                let item =
                    json!({ "description": "A state in which tickets begin.", "anyOf": one });
                let several = json!({ "type": "array", "items": item, "minItems": 1 });
                json!({ "anyOf": [one[0], one[1], several] })
            }
            Kind::Promises(thing) => json!({ "type": "array", "items": self.promise(thing) }),
            Kind::Blocks => json!({
                "type": "object",
                "properties": self.blocks,
                "additionalProperties": false,
            }),
        }
    }

    fn thing(&mut self, thing: &Thing) -> Value {
        self.definition(thing.title, |definer| {
            definer
                .object(thing.about, thing.fields.iter().copied())
                .into()
        })
    }

    /// Any kind of promise.
    fn promise(&mut self, thing: &Thing) -> Value {
        self.definition(thing.title, |definer| {
            let one_each = definer.promises.shapes.iter().map(|shape| {
                let fields = shape.lists.iter().chain(thing.fields.iter().copied());
                let title = capitalized(shape.word());
                let only = definer
                    .definition(&title, |definer| definer.object(shape.about, fields).into());
                described(shape.about, only)
            });
            let one_each: Vec<Value> = one_each.collect();
            json!({ "description": thing.about, "anyOf": one_each })
        })
    }

    /// A reference to the definition `name`, made where there is none so far.
    fn definition(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.definitions.contains_key(name) {
            // Its place is before those that it refers to.
            self.definitions.insert(name.to_owned(), Value::Null);
            let made = make(self);
            self.definitions.insert(name.to_owned(), made);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }
}

/// One of these words. As plain as can be: of a list of constants, each with its meaning, editors show the
/// meaning of the value in place of the field, and report a wrong word once for each.
fn one_of(words: &Words) -> Value {
    let all: Vec<&str> = words.all.iter().map(|(word, _)| *word).collect();
    json!({ "type": "string", "enum": all })
}

/// A sentence, and what each of the words means.
fn with_meanings(about: &str, words: &Words) -> String {
    let meanings = words.all.iter();
    let meanings = meanings.map(|(word, meaning)| format!(" `{word}`: {meaning}"));
    meanings.fold(about.to_owned(), |about, meaning| about + &meaning)
}

fn name(about: &str) -> Value {
    json!({ "description": about, "type": "string", "minLength": 1 })
}

/// `schema` with this description before all else, in place of its own.
fn described(about: &str, schema: Value) -> Value {
    let mut all = map(json!({ "description": about }));
    all.extend(map(schema));
    all.insert("description".to_owned(), about.into());
    all.into()
}

fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn capitalized(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}
