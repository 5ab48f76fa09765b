//! How GitHub's runner takes commands from a log: `src/Runner.Common/ActionCommand.cs` of
//! <https://github.com/actions/runner>, its rules retold.

use std::collections::BTreeMap;

/// A command that the runner would obey.
#[derive(Debug, PartialEq)]
pub struct Command {
    pub name: String,
    pub properties: BTreeMap<String, String>,
    pub data: String,
}

/// The commands that the runner registers, and `stop-commands`, which it knows besides.
const REGISTERED: &[&str] = &[
    "add-mask",
    "add-matcher",
    "add-path",
    "debug",
    "echo",
    "endgroup",
    "error",
    "group",
    "internal-set-repo-path",
    "notice",
    "remove-matcher",
    "save-state",
    "set-env",
    "set-output",
    "stop-commands",
    "warning",
];

/// What the runner obeys in a line of the log.
pub fn command(line: &str) -> Option<Command> {
    second_version(line).or_else(|| first_version(line))
}

/// `::name key=value,key=value::data` at the start of a line, blanks not counted.
fn second_version(line: &str) -> Option<Command> {
    let rest = line.trim_start().strip_prefix("::")?;
    let (head, data) = rest.split_once("::")?;
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let registered = REGISTERED.contains(&name);
    registered.then(|| Command {
        name: name.to_owned(),
        properties: pairs(properties.trim(), ',', &["%0D", "%0A", "%3A", "%2C", "%25"]),
        data: unescaped(data, &["%0D", "%0A", "%25"]),
    })
}

/// `##[name key=value;key=value]data` anywhere in a line.
fn first_version(line: &str) -> Option<Command> {
    let rest = &line[line.find("##[")? + 3..];
    let (head, data) = rest.split_once(']')?;
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let escapes = &["%3B", "%0D", "%0A", "%5D", "%25"];
    let registered = REGISTERED.contains(&name);
    registered.then(|| Command {
        name: name.to_owned(),
        properties: pairs(properties, ';', escapes),
        data: unescaped(data, escapes),
    })
}

fn pairs(text: &str, between: char, escapes: &[&str]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for pair in text.split(between).filter(|pair| !pair.is_empty()) {
        // Empty pieces are left out before the second of two is taken.
        let pair = pair.trim_start_matches('=');
        if let Some((key, value)) = pair.split_once('=') {
            let value = value.trim_start_matches('=');
            if !value.is_empty() {
                found.insert(key.to_owned(), unescaped(value, escapes));
            }
        }
    }
    found
}

/// Each escape replaced everywhere, one after the other.
fn unescaped(text: &str, escapes: &[&str]) -> String {
    escapes.iter().fold(text.to_owned(), |text, escape| {
        let code = u8::from_str_radix(&escape[1..], 16).expect("two digits");
        text.replace(escape, &char::from(code).to_string())
    })
}

/// Whether some CI system would obey a part of the line, or a terminal would do more than show it.
pub fn is_dangerous(line: &str) -> bool {
    let azure = line.split("##").skip(1).any(|rest| {
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
        rest.starts_with('[')
    });
    let hidden = |c: char| {
        c.is_control() && c != '\t'
            || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
    };
    // https://buildkite.com/docs/pipelines/configure/managing-log-output
    let group = ["---", "+++", "~~~", "^^^"].iter().any(|mark| {
        let rest = line.strip_prefix(mark);
        rest.is_some_and(|rest| rest.starts_with(char::is_whitespace))
    });
    azure || group || line.trim_start().starts_with("::") || line.contains(hidden)
}

#[test]
fn the_runner_obeys_what_it_would() {
    let read = command("  ::error file=a%3Ab,title==x,line=3::one%0Atwo %250A").expect("a command");
    assert_eq!(read.name, "error");
    let pairs: Vec<_> = read
        .properties
        .iter()
        .map(|(k, v)| format!("{k}={v}"))
        .collect();
    assert_eq!(pairs, ["file=a:b", "line=3", "title=x"]);
    assert_eq!(read.data, "one\ntwo %0A");
    assert_eq!(command("a ##[group]x").expect("a command").data, "x");
    assert_eq!(command("a ::error::x"), None);
    assert_eq!(command("::nothing::x"), None);
}
