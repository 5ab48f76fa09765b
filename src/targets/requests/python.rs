//! A script for Python 3.9 and later that needs nothing but the standard library, and so runs where
//! there is no shell. It keeps answers as the shell's script does, so that either goes on where the
//! other stopped.

use std::fmt::Write;

use serde::Serialize;
use serde_json::{Map, Value};

use super::scripts::{self, LONGEST_WAIT, MOST_PAGES, MOST_TRIES};
use super::text::{self, in_line};
use super::{NOTHING, Request, Requests, Writer};

/// See [`super::WRITERS`].
pub const WRITER: Writer = Writer {
    name: "python",
    ending: "py",
    about: "a script for Python 3.9, for every system, which stops at the first failure",
    write: Some(write),
};

/// All but what is to be sent.
const RUNTIME: &str = include_str!("runtime.py");

fn write(requests: &Requests) -> String {
    let mut out = "#!/usr/bin/env python3\n".to_owned();
    for note in requests.notes.iter().chain(&requests.steps) {
        let _ = writeln!(out, "# {}", in_line(note));
    }
    if !requests.requests.is_empty() {
        out.push_str("# It needs in its environment:\n");
        for (name, about) in scripts::environment(requests) {
            let _ = writeln!(out, "#   {name}: {about}");
        }
    }
    // JSON has no three quotes in a row, and a raw string leaves every backslash to JSON.
    let (imports, rest) = RUNTIME.split_once("\n\n\n").unwrap_or((RUNTIME, ""));
    let plan = text::escaped(&plan(requests));
    let _ = write!(
        out,
        "{imports}\n\nPLAN = json.loads(r\"\"\"\n{plan}\n\"\"\")\n\n\n{rest}"
    );
    out
}

/// All that is sent, and all that the script says.
#[derive(Serialize)]
struct Script<'r> {
    address: &'static str,
    basic: bool,
    environment: Map<String, Value>,
    variables: Vec<&'static str>,
    headers: Vec<[&'static str; 2]>,
    messages: Vec<&'static str>,
    code: Option<&'static str>,
    advice: Map<String, Value>,
    statuses: Map<String, Value>,
    tries: u32,
    wait: u32,
    pages: u32,
    nothing: &'r str,
    afterwards: &'r [String],
    requests: Vec<Sent<'r>>,
}

/// A request, and what the script knows it by.
#[derive(Serialize)]
struct Sent<'r> {
    #[serde(flatten)]
    request: &'r Request,
    key: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    once: bool,
}

fn plan(requests: &Requests) -> Script<'_> {
    let words = requests.api.variables.iter().map(|variable| variable.name);
    let words = words.chain(requests.api.authorization.secrets().iter().copied());
    let environment: Map<String, Value> = words
        .map(|word| (scripts::variable(requests, word), word.into()))
        .collect();
    let variables = requests.api.variables.iter().map(|v| v.name).collect();
    let headers = requests.api.headers.iter();
    let headers = headers.map(|header| [header.name, header.value]);
    let errors = scripts::errors(requests);
    let advice: Map<String, Value> = errors
        .advice
        .iter()
        .map(|(kind, advice)| ((*kind).to_owned(), (*advice).into()))
        .collect();
    let statuses: Map<String, Value> = scripts::ADVICE
        .iter()
        .map(|(status, advice)| (status.to_string(), (*advice).into()))
        .collect();
    Script {
        address: requests.api.address,
        basic: scripts::is_basic(requests),
        environment,
        variables,
        headers: headers.collect(),
        messages: errors.messages,
        code: errors.code,
        advice,
        statuses,
        tries: MOST_TRIES,
        wait: LONGEST_WAIT,
        pages: MOST_PAGES,
        nothing: requests.notes.first().map_or(NOTHING, String::as_str),
        afterwards: &requests.afterwards,
        requests: requests.requests.iter().map(sent).collect(),
    }
}

fn sent(request: &Request) -> Sent<'_> {
    Sent {
        request,
        key: request.key(),
        once: request.is_for_once,
    }
}
