//! A file of requests as editors run it: the REST Client of Visual Studio Code, and others that
//! read the same lines (<https://github.com/Huachao/vscode-restclient>).

use std::fmt::Write;

use crate::suggest;

use super::text::{self, Piece, in_line};
use super::{Authorization, Request, Requests, Writer};

/// See [`super::WRITERS`].
pub const WRITER: Writer = Writer {
    name: "http",
    ending: "http",
    about: "for editors, which send one request at a click",
    write: Some(write),
};

fn write(requests: &Requests) -> String {
    let mut out = head(requests);
    for (index, request) in requests.requests.iter().enumerate() {
        let earlier = requests.requests.get(..index).unwrap_or_default();
        one(requests, request, earlier, &mut out);
    }
    for line in &requests.afterwards {
        let _ = writeln!(out, "\n# Then {}", in_line(line));
    }
    out
}

fn head(requests: &Requests) -> String {
    let mut out = String::new();
    for note in requests.notes.iter().chain(&requests.steps) {
        let _ = writeln!(out, "# {}", in_line(note));
    }
    if requests.requests.is_empty() {
        return out;
    }
    let secrets = suggest::phrase(requests.api.authorization.secrets());
    let _ = writeln!(
        out,
        "# The editor's environment has to know {secrets}; secrets do not belong in this file."
    );
    for variable in requests.api.variables {
        let _ = writeln!(out, "\n# {}", variable.about);
        let _ = writeln!(out, "@{} = {}", variable.name, variable.example);
    }
    out
}

fn one(requests: &Requests, request: &Request, earlier: &[Request], out: &mut String) {
    let _ = writeln!(out, "\n### {}", in_line(&request.about));
    for (_, placeholder) in text::pairs(&request.needs) {
        let given = earlier.iter().find_map(|r| {
            let mut gives = text::gives(r);
            let (_, members) = gives.find(|(name, _)| *name == placeholder)?;
            Some(format!("{}.response.body.$.{}", r.name, members.first()?))
        });
        let given = given.unwrap_or_default();
        let _ = writeln!(out, "@{placeholder} = {{{{{given}}}}}");
    }
    if let Some(member) = request.refused_by {
        let _ = writeln!(out, "# Go on only where `{member}` of the answer is empty.");
    }
    let _ = writeln!(out, "# @name {}", request.name);
    let address = variables(requests.api.address);
    let mut path = variables(&request.path);
    if let Some(pages) = &request.pages {
        let joint = if path.contains('?') { '&' } else { '?' };
        let _ = write!(path, "{joint}{}={}", pages.parameter, pages.first);
        let _ = writeln!(
            out,
            "# Ask again with a higher `{}` until a page is empty.",
            pages.parameter
        );
    }
    let _ = writeln!(out, "{} {address}{path}", request.method.word());
    let _ = writeln!(
        out,
        "Authorization: {}",
        match requests.api.authorization {
            Authorization::Basic => "Basic {{username}} {{password}}",
            Authorization::Bearer => "Bearer {{token}}",
        }
    );
    let is_of_body = |name: &str| name.eq_ignore_ascii_case("content-type");
    for header in requests.api.headers.iter().chain(request.headers) {
        if request.body.is_some() || !is_of_body(header.name) {
            let _ = writeln!(out, "{}: {}", header.name, variables(header.value));
        }
    }
    if request.body.is_none() {
        return;
    }
    out.push('\n');
    for piece in text::body(request) {
        match piece {
            Piece::Json(json) => out.push_str(&json),
            Piece::Id(placeholder) => {
                let _ = write!(out, "{{{{{placeholder}}}}}");
            }
        }
    }
    out.push('\n');
}

/// `{address}` as the editors write it.
fn variables(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}
