//! What a thing can say, for people: the pages of `explain`.

use super::promise::Promises;
use super::{Absent, Field, Kind, THINGS, Thing};

/// The thing that `explain` calls so.
pub fn find(name: &str) -> Option<&'static Thing> {
    THINGS.iter().copied().find(|thing| thing.name == name)
}

/// All that can be said of a thing.
pub fn of(thing: &Thing, promises: &Promises) -> String {
    let mut page = format!("# `{}`\n\n{}\n", thing.name, thing.about);
    if thing.name == super::promise::THING.name {
        for shape in &promises.shapes {
            page += &format!("\n## `{}`\n\n{}\n", shape.word(), shape.about);
            shape
                .lists
                .iter()
                .for_each(|field| describe(&mut page, field));
        }
        page += "\n## Every promise\n";
    }
    thing
        .fields
        .iter()
        .for_each(|field| describe(&mut page, field));
    page
}

fn describe(page: &mut String, field: &Field) {
    let kind = field.kind.phrase();
    let absent = match field.absent {
        Absent::Nothing => String::new(),
        Absent::Means(meant) => format!("; without it: {meant}"),
        Absent::Is(value) => format!("; without it: `{value}`"),
        Absent::Missing(_) => ", required".to_owned(),
    };
    *page += &format!(
        "\n- `{}`: {kind}{absent}\n\n  {}\n",
        field.name, field.about
    );
    match field.kind {
        Kind::Word(words) | Kind::Asks(words) => {
            *page += "\n";
            for (word, about) in words.all.iter() {
                *page += &format!("  - `{word}`: {about}\n");
            }
        }
        Kind::One(inner)
        | Kind::List(inner)
        | Kind::ByName(inner)
        | Kind::Starts(inner)
        | Kind::Roles(inner)
        | Kind::Migrations(inner)
        | Kind::Promises(inner) => {
            *page += &format!("\n  See `statewright explain {}`.\n", inner.name);
        }
        _ => {}
    }
    *page += &format!("\n  ```yaml\n  {}: {}\n  ```\n", field.name, field.example);
}
