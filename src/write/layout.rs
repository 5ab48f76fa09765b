//! A definition as fields, in the order of a tidy file.

use super::value::{Field, Style, Value};
use super::{Begins, Definition, Start, State, Transition};
use crate::language::{Thing, start, transition};
use crate::model::Notes;

/// The fields of the file; between two paragraphs stands an empty line.
pub(super) fn paragraphs(definition: &Definition) -> Vec<Vec<Field>> {
    let mut paragraphs = vec![head(definition)];
    paragraphs.push(vec![start(definition)]);
    if let Some(new_ticket) = &definition.new_ticket {
        let editable = new_ticket.editable.as_ref();
        let fields = editable.map(|all| Field::new("editable", Value::texts(all)));
        let map = Value::Map(fields.into_iter().collect(), Style::Lines);
        paragraphs.push(vec![Field::new("new-ticket", map)]);
    }
    paragraphs.push(vec![states(definition)]);
    if !definition.transitions.value.is_empty() {
        paragraphs.push(vec![transitions(definition)]);
    }
    if !definition.migrate.is_empty() {
        let entries = definition.migrate.iter();
        let map = entries.map(|(from, to)| Field::text(from, to)).collect();
        paragraphs.push(vec![Field::new("migrate", Value::Map(map, Style::Lines))]);
    }
    if !definition.targets.is_empty() {
        let targets = definition.targets.iter();
        let block = |(name, fields): &(&'static str, Vec<Field>)| {
            Field::new(*name, Value::Map(fields.clone(), Style::Tables))
        };
        let map = Value::Map(targets.map(block).collect(), Style::Tables);
        paragraphs.push(vec![Field::new("targets", map)]);
    }
    paragraphs
}

fn head(definition: &Definition) -> Vec<Field> {
    let mut fields = vec![Field::text("workflow", &definition.identifier)];
    let name = definition.name.as_ref();
    let name = name.filter(|name| **name != definition.identifier);
    fields.extend(name.map(|name| Field::text("name", name)));
    let description = definition.description.as_ref();
    fields.extend(description.map(|text| Field::text("description", text)));
    fields
}

fn name(definition: &Definition, state: usize) -> Value {
    let found = definition.states.value.get(state);
    Value::Text(found.map_or_else(String::new, |state| state.name.clone()))
}

fn names(definition: &Definition, states: &[usize]) -> Value {
    let all = states.iter().map(|state| name(definition, *state));
    Value::List(all.collect(), Style::Line)
}

fn start(definition: &Definition) -> Field {
    let starts = &definition.start.value;
    let value = match starts.as_slice() {
        [only] if is_plain(only) => name(definition, only.to),
        _ => {
            let plain = starts.iter().all(is_plain);
            let items = starts.iter().map(|start| start_item(definition, start));
            let style = if plain { Style::Line } else { Style::Lines };
            Value::List(items.collect(), style)
        }
    };
    Field::new("start", value).remarks(&definition.start.remarks)
}

fn start_item(definition: &Definition, start: &Start) -> Value {
    let to = name(definition, start.to);
    if is_plain(start) {
        return to;
    }
    let mut fields = start.more.clone();
    if let Some((said, notes)) = &start.transition {
        if !matches!(&to, Value::Text(text) if text == said) {
            fields.push(Field::text(start::FIELDS.name.name, said));
        }
        fields.extend(notes_field(*notes));
    }
    // A map says that there are words for beginning here, also where they are the usual ones.
    fields.push(Field::new(start::FIELDS.to.name, to));
    tidy(&start::THING, fields)
}

/// Whether nothing but the state is said.
fn is_plain(start: &Start) -> bool {
    start.transition.is_none() && start.more.is_empty()
}

/// The fields of a thing in the order in which a tidy file has them.
fn tidy(thing: &Thing, mut fields: Vec<Field>) -> Value {
    fields.sort_by_key(|field| thing.names.iter().position(|name| *name == field.name));
    Value::Map(fields, Style::Line)
}

fn notes_field(notes: Notes) -> Option<Field> {
    (notes != Notes::None).then(|| Field::text("notes", notes.word()))
}

fn states(definition: &Definition) -> Field {
    let states = definition.states.value.iter();
    let field = |state: &State| Field::new(&state.name, state_fields(state));
    let map = Value::Map(states.map(field).collect(), Style::Tables);
    Field::new("states", map).remarks(&definition.states.remarks)
}

fn state_fields(state: &State) -> Value {
    let mut fields = vec![Field::text("category", state.category.word())];
    fields.extend(state.color.as_ref().map(|c| Field::text("color", c)));
    let description = state.description.as_ref();
    fields.extend(description.map(|d| Field::text("description", d)));
    let editable = state.editable.as_ref();
    fields.extend(editable.map(|all| Field::new("editable", Value::texts(all))));
    if state.is_final {
        fields.push(Field::new("final", Value::Word("true".to_owned())));
    }
    if !state.was.is_empty() {
        fields.push(Field::new("was", Value::texts(&state.was)));
    }
    Value::Map(fields, Style::Line)
}

fn transitions(definition: &Definition) -> Field {
    let transitions = definition.transitions.value.iter();
    let item = |transition: &Transition| transition_fields(definition, transition);
    let list = Value::List(transitions.map(item).collect(), Style::Tables);
    Field::new("transitions", list).remarks(&definition.transitions.remarks)
}

fn transition_fields(definition: &Definition, transition: &Transition) -> Value {
    let mut fields = transition.more.clone();
    let named = transition.name.as_ref();
    fields.extend(named.map(|name| Field::text("name", name)));
    match &transition.from {
        Begins::States(states) => {
            let from = match states.as_slice() {
                [only] => name(definition, *only),
                states => names(definition, states),
            };
            fields.push(Field::new("from", from));
        }
        Begins::Every { except } => {
            fields.push(Field::text("from", "*"));
            if !except.is_empty() {
                fields.push(Field::new("except", names(definition, except)));
            }
        }
    }
    fields.push(Field::new("to", name(definition, transition.to)));
    fields.extend(notes_field(transition.notes));
    tidy(&transition::THING, fields)
}
