//! A shell script (POSIX, with curl) that sends requests one after the other and stops at the
//! first that fails. Secrets come from the environment and reach curl through a pipe, never as an
//! argument or in a file that others could see.

use std::fmt::Write;

use super::scripts::{self, LONGEST_WAIT, MOST_PAGES, MOST_TRIES, variable};
use super::text::{self, Piece, in_line};
use super::{Authorization, NOTHING, Request, Requests, Writer};

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
    for note in requests.notes.iter().chain(&requests.steps) {
        let _ = writeln!(out, "# {}", in_line(note));
    }
    if requests.requests.is_empty() {
        let note = requests.notes.first().map_or(NOTHING, String::as_str);
        let _ = writeln!(out, "echo {} >&2", in_single_quotes(&in_line(note)));
        return out;
    }
    out.push_str("# It needs in its environment:\n");
    let names = scripts::environment(requests);
    for (name, about) in &names {
        let _ = writeln!(out, "#   {name}: {about}");
    }
    out.push_str("set -eu\n");
    check_environment(&names, &mut out);
    check_tools(requests, &mut out);
    let _ = write!(
        out,
        "\nmost_tries={MOST_TRIES}\nlongest_wait={LONGEST_WAIT}\nmost_pages={MOST_PAGES}\n"
    );
    out.push_str(include_str!("runtime.sh"));
    errors(requests, &mut out);
    configuration(requests, &mut out);
    place(requests, &mut out);
    if requests.changes_anything() {
        out.push_str(include_str!("runtime_send.sh"));
    }
    if requests.requests.iter().any(|r| r.keep.is_some()) {
        out.push_str(include_str!("runtime_fetch.sh"));
    }
    if reads_answers(requests) {
        out.push_str(TAKE);
    }
    if asks(requests) {
        out.push_str(include_str!("runtime_judge.sh"));
    }
    for request in &requests.requests {
        one(requests, request, &mut out);
    }
    let read = requests.requests.iter().filter(|r| r.keep.is_some());
    if read.clone().next().is_some() {
        let _ = writeln!(
            out,
            "\nif [ \"$unread\" -gt 0 ]; then\n  say \"stopped: $unread of {} answers could not be read\"\n  exit 1\nfi",
            read.count()
        );
    }
    for (index, line) in requests.afterwards.iter().enumerate() {
        let gap = if index == 0 { "\n" } else { "" };
        let line = in_single_quotes(&format!("next: {}", in_line(line)));
        let _ = writeln!(out, "{gap}say {line}");
    }
    out
}

fn reads_answers(requests: &Requests) -> bool {
    requests.requests.iter().any(|r| !r.gives.is_empty())
}

fn has_own_headers(requests: &Requests) -> bool {
    requests.requests.iter().any(|r| !r.headers.is_empty())
}

fn asks(requests: &Requests) -> bool {
    requests.requests.iter().any(|r| r.refused_by.is_some())
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
    let fetches = requests.requests.iter().any(|r| r.keep.is_some());
    let tools = match reads_answers(requests) || fetches || asks(requests) {
        true => "curl jq",
        false => "curl",
    };
    let _ = writeln!(
        out,
        "for tool in {tools}; do\n  command -v \"$tool\" >/dev/null || {{ echo \"nothing was sent; $tool is not installed\" >&2; exit 2; }}\ndone"
    );
}

/// What is read out of an error answer, and what to do about it.
fn errors(requests: &Requests, out: &mut String) {
    let errors = scripts::errors(requests);
    let ways: Vec<String> = errors.messages.iter().map(|way| filter(way)).collect();
    let sentence = format!("first({} | strings, numbers)", ways.join(", "));
    let kind = errors.code.map_or("empty".to_owned(), filter);
    let _ = write!(
        out,
        "\nsentence_of={}\nkind_of={}\n\n# advise: what to do about the answer.\nadvise() {{\n",
        in_single_quotes(&sentence),
        in_single_quotes(&kind)
    );
    for (kind, advice) in errors.advice {
        let (kind, advice) = (in_single_quotes(kind), in_single_quotes(advice));
        let _ = write!(
            out,
            "  if [ \"$kind\" = {kind} ] || [ \"$sentence\" = {kind} ]; then\n    printf '%s' {advice}\n    return 0\n  fi\n"
        );
    }
    out.push_str("  case $answered in\n");
    for (answered, advice) in scripts::ADVICE {
        let advice = in_single_quotes(advice);
        let _ = writeln!(out, "    {answered}) printf '%s' {advice} ;;");
    }
    out.push_str("  esac\n}\n");
}

/// A way as jq walks it.
fn filter(way: &str) -> String {
    let mut filter = "(.".to_owned();
    for step in way.split('.') {
        let (name, is_list) = match step.strip_suffix("[]") {
            Some(name) => (name, true),
            None => (step, false),
        };
        filter += match name {
            "*" => " | objects | first(.[])".to_owned(),
            name => format!(" | objects | .{name}"),
        }
        .as_str();
        if is_list {
            filter += " | arrays | first(.[])";
        }
    }
    // The errors of a field are a list of texts.
    filter + " | if type == \"array\" then map(strings) | join(\" \") else . end)"
}

/// What every call of curl has, through a pipe. Its lines are this code's own, but for the variables.
fn configuration(requests: &Requests, out: &mut String) {
    let value = |name: &str| format!("$(quoted \"${}\")", variable(requests, name));
    let mut address = requests.api.address.to_owned();
    for known in requests.api.variables {
        // A slash at the end would stand twice.
        let value = format!("$(quoted \"${{{}%/}}\")", variable(requests, known.name));
        address = address.replace(&format!("{{{}}}", known.name), &value);
    }
    out.push_str("\n# configuration METHOD PATH: what curl reads.\nconfiguration() {\n  cat <<END\nsilent\nshow-error\ngloboff\n");
    let _ = write!(
        out,
        "request = \"$1\"\nurl = \"{address}$(quoted \"$2\")\"\n"
    );
    let _ = match requests.api.authorization {
        Authorization::Basic => {
            let (name, password) = (value("username"), value("password"));
            writeln!(out, "user = \"{name}:{password}\"")
        }
        Authorization::Bearer => {
            writeln!(out, "header = \"Authorization: Bearer {}\"", value("token"))
        }
    };
    if has_own_headers(requests) {
        out.push_str("$own\n");
    }
    let mut of_body = String::new();
    for header in requests.api.headers {
        let mut text = header.value.to_owned();
        for variable in requests.api.variables {
            text = text.replace(&format!("{{{}}}", variable.name), &value(variable.name));
        }
        let line = format!("header = \"{}: {text}\"\n", header.name);
        match header.name.eq_ignore_ascii_case("content-type") {
            true => of_body += &line,
            false => out.push_str(&line),
        }
    }
    let _ = write!(
        out,
        "END\n  if [ -e \"$work/body\" ]; then\n    cat <<END\n{of_body}data-binary = \"@$(quoted \"$work/body\")\"\nEND\n  fi\n}}\n"
    );
}

/// Whose answers are kept: those of one place serve nobody else.
fn place(requests: &Requests, out: &mut String) {
    let names = requests.api.variables.iter();
    let names: Vec<String> = names
        .map(|known| format!("${{{}%/}}", variable(requests, known.name)))
        .collect();
    let place = match names.is_empty() {
        true => requests.api.address.to_owned(),
        false => names.join("_"),
    };
    let _ = write!(
        out,
        "\n# A folder for each place that answers come from.\nplace=$(printf '%s' \"{place}\" | tr -c 'A-Za-z0-9.-' '_')\nkept=answers/$place\n"
    );
}

const TAKE: &str = r#"
# take MEMBER...: the id that the last answer has under one of these names.
take() {
  id=$(jq -er 'first($ARGS.positional[] as $member | .[$member] | strings, numbers)' "$work/answer" --args "$@") || id=
  case $id in
    '' | *[!A-Za-z0-9._-]*)
      say "stopped: the answer has no id in \`$(printf '%s' "$*" | sed 's/ /` or `/g')\`, and nothing after this was sent"
      exit 1
      ;;
  esac
  printf '%s' "$id"
}
"#;

fn one(requests: &Requests, request: &Request, out: &mut String) {
    let about = in_single_quotes(&in_line(&request.about));
    let method = request.method.word();
    // What comes of a file is encoded in a path, and has no braces.
    let mut path = in_single_quotes(&request.path);
    for known in requests.api.variables {
        let value = format!("'\"${{{}%/}}\"'", variable(requests, known.name));
        path = path.replace(&format!("{{{}}}", known.name), &value);
    }
    out.push('\n');
    if let Some(keep) = &request.keep {
        let keep = in_single_quotes(keep);
        let _ = match &request.pages {
            None => writeln!(
                out,
                "fetch {about} {path} {keep} '{}'",
                request.absent_as.unwrap_or("")
            ),
            Some(pages) => {
                let of_page = serde_json::to_string(pages.of_page).unwrap_or_default();
                writeln!(
                    out,
                    "fetch_pages {about} {path} {keep} '{}' {} {} {} '{}' '{of_page}'",
                    pages.items,
                    pages.parameter,
                    pages.first,
                    pages.counts_pages,
                    pages.last.unwrap_or(""),
                )
            }
        };
        return;
    }
    if has_own_headers(requests) {
        let lines = request.headers.iter();
        let lines = lines.map(|header| format!("header = \"{}: {}\"", header.name, header.value));
        let lines: Vec<String> = lines.collect();
        let _ = writeln!(out, "own={}", in_single_quotes(&lines.join("\n")));
    }
    let mut key = request.key();
    let pieces = text::body(request);
    match pieces.as_slice() {
        [] => out.push_str("rm -f \"$work/body\"\n"),
        [Piece::Json(body)] => {
            let _ = writeln!(out, "cat >\"$work/body\" <<'{END}'\n{body}\n{END}");
        }
        pieces => {
            let pieces: Vec<String> = pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Json(json) => in_single_quotes(json),
                    Piece::Id(placeholder) => format!("\"${placeholder}\""),
                })
                .collect();
            let _ = writeln!(out, "printf '%s' {} >\"$work/body\"", pieces.join(" "));
        }
    }
    for (_, placeholder) in text::pairs(&request.needs) {
        let _ = write!(key, "-${placeholder}");
    }
    let once = if request.is_for_once { " once" } else { "" };
    let _ = writeln!(out, "send {about} {method} {path} \"{key}\"{once}");
    if let Some(member) = request.refused_by {
        let _ = writeln!(out, "judge {member}");
    }
    for (placeholder, members) in text::gives(request) {
        let _ = writeln!(out, "{placeholder}=$(take {})", members.join(" "));
    }
}

/// A word that the shell takes as it is (POSIX, §2.2.2).
fn in_single_quotes(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
