//! Fields as TOML: what is short in the file's own table, the others in tables of their own.

use super::value::{Field, Style, Value};
use super::{Unwritable, beside, comment};
use crate::node::{is_bare_in_toml, quoted};

/// The longest line that holds a whole list, in characters.
const MOST_COLUMNS: usize = 100;

/// Writes the fields of a file. Where there is something that TOML has no word for, nothing is of use.
pub(super) fn write(paragraphs: &[Vec<Field>], text: &mut String) -> Result<(), Unwritable> {
    let mut writer = Writer {
        text,
        unwritable: Unwritable::default(),
    };
    for (index, fields) in paragraphs.iter().enumerate() {
        for field in fields {
            let own = !is_table(field, Style::Tables);
            if own && index > 0 {
                writer.text.push('\n');
            }
            match own {
                true => writer.pair(field),
                false => writer.section(field, ""),
            }
        }
    }
    let mut unwritable = writer.unwritable;
    for places in [&mut unwritable.nulls, &mut unwritable.numbers] {
        // A list is written twice to see which way is better.
        places.sort_unstable_by_key(|place| place.start);
        places.dedup();
    }
    match unwritable == Unwritable::default() {
        true => Ok(()),
        false => Err(unwritable),
    }
}

/// Whether a field is a table of its own in a map of this style.
fn is_table(field: &Field, style: Style) -> bool {
    match &field.value {
        Value::Map(..) => style == Style::Tables,
        Value::List(_, own) => *own == Style::Tables,
        _ => false,
    }
}

struct Writer<'t> {
    text: &'t mut String,
    unwritable: Unwritable,
}

impl Writer<'_> {
    /// A table or a list of tables, its name below `path`. Calls itself as deep as the tables lie
    /// in each other: three levels.
    fn section(&mut self, field: &Field, path: &str) {
        let name = key(&field.name);
        let path = match path.is_empty() {
            true => name,
            false => format!("{path}.{name}"),
        };
        match &field.value {
            Value::List(items, _) => {
                for (index, item) in items.iter().enumerate() {
                    self.text.push('\n');
                    if index == 0 {
                        comment(self.text, "", &field.remarks);
                    }
                    self.text.push_str(&format!("[[{path}]]\n"));
                    if let Value::Map(fields, _) = item {
                        fields.iter().for_each(|field| self.pair(field));
                    }
                }
            }
            Value::Map(fields, style) => self.table(field, fields, *style, &path),
            // Nothing else is a table.
            _ => {}
        }
    }

    fn table(&mut self, field: &Field, fields: &[Field], style: Style, path: &str) {
        let (tables, own): (Vec<&Field>, Vec<&Field>) =
            fields.iter().partition(|field| is_table(field, style));
        // A table that only holds tables needs no header; the comment on it stands above the first.
        let header = !own.is_empty() || tables.is_empty();
        if header {
            self.text.push('\n');
            comment(self.text, "", &field.remarks);
            self.text.push_str(&format!("[{path}]\n"));
        }
        own.into_iter().for_each(|field| self.pair(field));
        for (index, table) in tables.into_iter().enumerate() {
            if header || index > 0 || field.remarks.is_empty() {
                self.section(table, path);
                continue;
            }
            let remarks = [&field.remarks[..], &table.remarks].concat();
            self.section(&table.clone().remarks(&remarks), path);
        }
    }

    fn pair(&mut self, field: &Field) {
        comment(self.text, "", &field.remarks);
        let key = key(&field.name);
        let value = match &field.value {
            Value::Text(text) if text.contains('\n') => lines(text),
            value => self.value(value),
        };
        let columns = key.chars().count() + " = ".len() + value.chars().count();
        let value = match &field.value {
            Value::List(items, style)
                if !items.is_empty() && (*style != Style::Line || columns > MOST_COLUMNS) =>
            {
                self.items(items)
            }
            _ => value,
        };
        self.text.push_str(&format!("{key} = {value}\n"));
        beside(field, self.text);
    }

    /// A list with one item a line.
    fn items(&mut self, items: &[Value]) -> String {
        let mut out = "[\n".to_owned();
        for item in items {
            out.push_str("  ");
            out.push_str(&self.value(item));
            out.push_str(",\n");
        }
        out.push(']');
        out
    }

    /// A value in one line. Calls itself as deep as the value is.
    fn value(&mut self, value: &Value) -> String {
        match value {
            Value::Text(text) => quoted(text),
            Value::Word(word) => word.clone(),
            Value::Number(digits, place) => {
                let is_whole = !digits.contains(['.', 'e', 'E']);
                if is_whole && digits.parse::<i64>().is_err() {
                    self.unwritable.numbers.push(*place);
                }
                digits.clone()
            }
            Value::Null(place) => {
                self.unwritable.nulls.push(*place);
                String::new()
            }
            Value::List(items, _) => {
                let items: Vec<String> = items.iter().map(|item| self.value(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Map(fields, _) if fields.is_empty() => "{}".to_owned(),
            Value::Map(fields, _) => {
                let pairs: Vec<String> = fields
                    .iter()
                    .map(|field| format!("{} = {}", key(&field.name), self.value(&field.value)))
                    .collect();
                format!("{{ {} }}", pairs.join(", "))
            }
        }
    }
}

fn key(name: &str) -> String {
    match is_bare_in_toml(name) {
        true => name.to_owned(),
        false => quoted(name),
    }
}

/// Text over several lines: in three quotes, with the escapes that it would have in one.
fn lines(text: &str) -> String {
    let escaped: Vec<String> = text
        .split('\n')
        .map(|line| {
            let quoted = quoted(line);
            quoted[1..quoted.len() - 1].to_owned()
        })
        .collect();
    format!("\"\"\"\n{}\"\"\"", escaped.join("\n"))
}
