//! Fields as YAML: short lists and maps in one line, the others with one entry a line.

use crate::invisible::misplaced;
use crate::node::quoted;

use super::spelling::is_plain_in_yaml;
use super::value::{Field, Style, Value};
use super::{beside, comment};

/// The longest line that holds a whole list or map, in characters.
const MOST_COLUMNS: usize = 100;

/// Writes the fields of a file.
pub(super) fn write(paragraphs: &[Vec<Field>], text: &mut String) {
    for (index, fields) in paragraphs.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        self::fields(fields, "", text);
    }
}

/// Fields, one a line or more. Calls itself as deep as the values are.
fn fields(fields: &[Field], indent: &str, text: &mut String) {
    for field in fields {
        comment(text, indent, &field.remarks);
        text.push_str(indent);
        named(field, indent, text);
    }
}

/// A field whose indentation is written.
fn named(field: &Field, indent: &str, text: &mut String) {
    let key = scalar(&field.name, true);
    text.push_str(&key);
    text.push(':');
    let used = indent.chars().count() + key.chars().count() + ": ".len();
    after(&field.value, indent, used, text);
    beside(field, text);
}

/// A value after `name:` or `-`, where `used` columns of the line are taken.
fn after(value: &Value, indent: &str, used: usize, text: &mut String) {
    let deeper = format!("{indent}  ");
    match value {
        Value::Text(long) if is_block(long) => block(long, &deeper, text),
        Value::Text(short) => {
            text.push(' ');
            text.push_str(&scalar(short, false));
            text.push('\n');
        }
        value => match in_line(value, used) {
            Some(line) => {
                text.push(' ');
                text.push_str(&line);
                text.push('\n');
            }
            None => {
                text.push('\n');
                lines(value, &deeper, text);
            }
        },
    }
}

fn lines(value: &Value, indent: &str, text: &mut String) {
    match value {
        Value::Map(map, _) => fields(map, indent, text),
        Value::List(items, _) => {
            for item in items {
                text.push_str(indent);
                text.push('-');
                self::item(item, indent, text);
            }
        }
        // Everything else is written in one line.
        _ => {}
    }
}

fn item(item: &Value, indent: &str, text: &mut String) {
    let used = indent.chars().count() + "- ".len();
    match item {
        // The first field stands beside the dash, the others below it.
        Value::Map(map, _) if in_line(item, used).is_none() => {
            let deeper = format!("{indent}  ");
            text.push(' ');
            if let Some((first, rest)) = map.split_first() {
                named(first, &deeper, text);
                fields(rest, &deeper, text);
            }
        }
        item => after(item, indent, used, text),
    }
}

/// The value in one line; `None` where it is to be written in several.
fn in_line(value: &Value, used: usize) -> Option<String> {
    let one_line = match value {
        Value::List(items, style) => items.is_empty() || *style == Style::Line,
        Value::Map(fields, style) => fields.is_empty() || *style == Style::Line,
        _ => return Some(flow(value)),
    };
    if !one_line || has_long_text(value) {
        return None;
    }
    let line = flow(value);
    let fits = used + line.chars().count() <= MOST_COLUMNS;
    (fits || is_empty(value)).then_some(line)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::List(items, _) => items.is_empty(),
        Value::Map(fields, _) => fields.is_empty(),
        _ => false,
    }
}

/// Whether a text inside reads better over several lines.
fn has_long_text(value: &Value) -> bool {
    match value {
        Value::Text(text) => is_block(text),
        Value::Word(_) | Value::Number(..) | Value::Null(_) => false,
        Value::List(items, _) => items.iter().any(has_long_text),
        Value::Map(fields, _) => fields.iter().any(|field| has_long_text(&field.value)),
    }
}

fn flow(value: &Value) -> String {
    match value {
        Value::Text(text) => scalar(text, true),
        Value::Word(word) | Value::Number(word, _) => word.clone(),
        Value::Null(_) => "null".to_owned(),
        Value::List(items, _) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(fields, _) if fields.is_empty() => "{}".to_owned(),
        Value::Map(fields, _) => {
            let pair = |f: &Field| format!("{}: {}", scalar(&f.name, true), flow(&f.value));
            let pairs: Vec<String> = fields.iter().map(pair).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
    }
}

fn scalar(text: &str, inside: bool) -> String {
    match is_plain_in_yaml(text, inside) {
        true => text.to_owned(),
        false => quoted(text),
    }
}

/// Whether text is written as it is, line by line, after `|`.
fn is_block(text: &str) -> bool {
    let lines = text.strip_suffix('\n').unwrap_or(text);
    lines.contains('\n')
        && !lines.starts_with(char::is_whitespace)
        && !lines.ends_with('\n')
        && lines.split('\n').all(|line| {
            line.trim_end() == line
                && !line.contains(char::is_control)
                && misplaced(line).is_empty()
        })
}

fn block(value: &str, indent: &str, text: &mut String) {
    text.push_str(match value.ends_with('\n') {
        true => " |\n",
        false => " |-\n",
    });
    for line in value.lines() {
        if !line.is_empty() {
            text.push_str(indent);
            text.push_str(line);
        }
        text.push('\n');
    }
}
