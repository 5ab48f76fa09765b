//! A shell script (POSIX, with curl) that sends requests one after the other and stops at the
//! first that fails. Secrets come from the environment and reach curl by a file that only the
//! user can read, never as an argument that others could see.

use std::fmt::Write;

use super::text::{self, Piece, in_line};
use super::{Authorization, Request, Requests, Writer};

/// See [`super::WRITERS`].
pub const WRITER: Writer = Writer {
    name: "curl",
    ending: "sh",
    about: "a shell script with curl, which stops at the first failure",
    write: Some(write),
};

/// No line of JSON is this word.
const END: &str = "END_OF_BODY";

fn write(requests: &Requests) -> String {
    let mut out = "#!/bin/sh\n".to_owned();
    for note in &requests.notes {
        let _ = writeln!(out, "# {}", in_line(note));
    }
    if requests.requests.is_empty() {
        out.push_str("echo 'there is nothing to send' >&2\n");
        return out;
    }
    out.push_str("# It needs in its environment:\n");
    let names = environment(requests);
    for (name, about) in &names {
        let _ = writeln!(out, "#   {name}: {about}");
    }
    out.push_str("set -eu\n");
    check_environment(&names, &mut out);
    check_tools(requests, &mut out);
    out.push_str(WORK);
    configuration(requests, &mut out);
    send(requests, &mut out);
    if requests.requests.iter().any(|r| !r.gives.is_empty()) {
        out.push_str(TAKE);
    }
    for request in &requests.requests {
        one(request, &mut out);
    }
    out
}

/// The name of a variable in the environment: `ACTITIME_ADDRESS`.
fn variable(requests: &Requests, name: &str) -> String {
    let name = format!("{}_{name}", requests.target);
    name.to_ascii_uppercase().replace('-', "_")
}

fn environment(requests: &Requests) -> Vec<(String, String)> {
    let about = |v: &super::Variable| format!("{}, such as {}", v.about, v.example);
    let variables = requests.api.variables.iter();
    let variables = variables.map(|v| (variable(requests, v.name), about(v)));
    let secrets = requests.api.authorization.secrets().iter();
    let secrets = secrets.map(|name| (variable(requests, name), format!("the {name}")));
    variables.chain(secrets).collect()
}

fn check_environment(names: &[(String, String)], out: &mut String) {
    out.push_str("\nmissing=\n");
    for (name, _) in names {
        let _ = writeln!(
            out,
            "[ -n \"${{{name}:-}}\" ] || missing=\"$missing {name}\""
        );
    }
    out.push_str(
        "if [ -n \"$missing\" ]; then\n  echo \"nothing was sent; set these variables first:$missing\" >&2\n  exit 2\nfi\n",
    );
}

fn check_tools(requests: &Requests, out: &mut String) {
    let reads_answers = requests.requests.iter().any(|r| !r.gives.is_empty());
    let tools = if reads_answers { "curl jq" } else { "curl" };
    let _ = writeln!(
        out,
        "for tool in {tools}; do\n  command -v \"$tool\" >/dev/null || {{ echo \"nothing was sent; $tool is not installed\" >&2; exit 2; }}\ndone"
    );
}

const WORK: &str = r#"
umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM

# A value as curl's configuration has it between double quotes.
quoted() { printf '%s' "$1" | tr -d '\r\n' | sed 's/[\\"]/\\&/g'; }
"#;

/// What every call of curl has, in a file. Its lines are this code's own, but for the variables.
fn configuration(requests: &Requests, out: &mut String) {
    let value = |name: &str| format!("$(quoted \"${}\")", variable(requests, name));
    out.push_str("cat >\"$work/curl\" <<END\nsilent\nshow-error\nfail-with-body\ngloboff\n");
    let _ = match requests.api.authorization {
        Authorization::Basic => {
            writeln!(
                out,
                "user = \"{}:{}\"",
                value("username"),
                value("password")
            )
        }
        Authorization::Bearer => {
            writeln!(out, "header = \"Authorization: Bearer {}\"", value("token"))
        }
    };
    for header in requests.api.headers {
        let mut text = header.value.to_owned();
        for variable in requests.api.variables {
            text = text.replace(&format!("{{{}}}", variable.name), &value(variable.name));
        }
        let _ = writeln!(out, "header = \"{}: {text}\"", header.name);
    }
    out.push_str("END\n");
}

fn send(requests: &Requests, out: &mut String) {
    let mut address = requests.api.address.to_owned();
    for known in requests.api.variables {
        // A slash at the end would stand twice.
        let value = format!("${{{}%/}}", variable(requests, known.name));
        address = address.replace(&format!("{{{}}}", known.name), &value);
    }
    let _ = write!(
        out,
        r#"
# send ABOUT METHOD PATH [OPTION...]: the answer is in "$work/answer".
send() {{
  printf '%s %s: %s\n' "$2" "$3" "$1" >&2
  verb=$2 way=$3
  shift 3
  : >"$work/answer"
  answered=$(curl --config "$work/curl" --request "$verb" "$@" \
    --output "$work/answer" --write-out '%{{http_code}}' --url "{address}$way") || answered="$answered, failed"
  case $answered in
    2[0-9][0-9]) ;;
    *)
      cat "$work/answer" >&2
      echo "stopped: the answer was $answered, and nothing after this was sent" >&2
      exit 1
      ;;
  esac
}}
"#
    );
}

const TAKE: &str = r#"
# take MEMBER: the id that the last answer has under this name.
take() {
  id=$(jq -er --arg member "$1" '.[$member] | strings, numbers' "$work/answer") || id=
  case $id in
    '' | *[!A-Za-z0-9._-]*)
      echo "stopped: the answer has no id in \`$1\`, and nothing after this was sent" >&2
      exit 1
      ;;
  esac
  printf '%s' "$id"
}
"#;

fn one(request: &Request, out: &mut String) {
    let about = in_single_quotes(&in_line(&request.about));
    let (method, path) = (request.method.word(), in_single_quotes(&request.path));
    let pieces = text::body(request);
    match pieces.as_slice() {
        [] => {
            let _ = writeln!(out, "\nsend {about} {method} {path}");
        }
        [Piece::Json(body)] => {
            let _ = writeln!(
                out,
                "\nsend {about} {method} {path} --data-binary @- <<'{END}'\n{body}\n{END}"
            );
        }
        pieces => {
            let pieces: Vec<String> = pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Json(json) => in_single_quotes(json),
                    Piece::Id(placeholder) => format!("\"${placeholder}\""),
                })
                .collect();
            let _ = writeln!(out, "\nprintf '%s' {} >\"$work/body\"", pieces.join(" "));
            let _ = writeln!(
                out,
                "send {about} {method} {path} --data-binary @- <\"$work/body\""
            );
        }
    }
    for (placeholder, member) in text::pairs(&request.gives) {
        let _ = writeln!(out, "{placeholder}=$(take {member})");
    }
}

/// A word that the shell takes as it is (POSIX, §2.2.2).
fn in_single_quotes(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
