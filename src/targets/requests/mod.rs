//! The HTTP requests that put definitions in place, as data, and the ways to write them down.
//!
//! Nothing here sends anything. A way of writing is a [`Writer`] in a file of its own, listed in
//! [`WRITERS`].

mod curl;
mod http;
mod python;
mod scripts;
mod steps;
mod text;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{Document, Emit, Required, schema_of};
use crate::diagnostic::Diagnostics;
use crate::rules::Checked;

/// What is known of the product when requests are planned.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plan<'l> {
    /// What the product answered when it was asked what it has. Without it, only what the files say
    /// is known.
    pub live: Option<&'l Value>,
    /// Whether what no file has is to be removed.
    pub delete: bool,
    /// The identifiers of workflows that are live as their files have them, sorted.
    pub same: &'l [String],
    /// The workflows whose own block of the product differs, each with the field that does, sorted.
    pub set: &'l [(String, String)],
    /// The workflows that could not be compared with what is live, each with the reason, sorted: nothing is
    /// planned of them.
    pub left: &'l [(String, String)],
}

impl Plan<'_> {
    /// Whether the workflow is to be planned: it is not live as its file has it.
    pub fn differs(&self, checked: &Checked) -> bool {
        let same = |same: &String| same.as_str().cmp(checked.identifier());
        self.same.binary_search_by(same).is_err() && !self.leaves(checked)
    }

    /// Whether nothing is to be planned of the workflow, because it could not be compared.
    pub fn leaves(&self, checked: &Checked) -> bool {
        let left = |(of, _): &(String, String)| of.as_str().cmp(checked.identifier());
        self.left.binary_search_by(left).is_ok()
    }

    /// Whether this field of the block of the workflow differs from what is live.
    pub fn sets(&self, checked: &Checked, field: &str) -> bool {
        let is = |(of, name): &(String, String)| {
            (of.as_str(), name.as_str()).cmp(&(checked.identifier(), field))
        };
        self.set.binary_search_by(is).is_ok()
    }
}

/// Requests to one product, in the order in which they are to be sent.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Requests {
    /// The product's name here.
    pub target: &'static str,
    /// How the product is reached.
    #[serde(flatten)]
    pub api: Api,
    /// The requests.
    pub requests: Vec<Request>,
    /// What only a person can do, in this order, where the product has no request for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<String>,
    /// What else is to be known before they are sent.
    pub notes: Vec<String>,
    /// What is left to do when they are sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub afterwards: Vec<String>,
    /// Whether something is to be done that is not among them, which a note says.
    #[serde(skip)]
    pub is_partial: bool,
}

/// What a plan wants to be sent, and what is to be said of it.
#[derive(Default)]
pub struct Wanted {
    /// The requests, in their order.
    pub requests: Vec<Request>,
    /// What is to be known of them.
    pub notes: Vec<String>,
    /// Whether something is to be done that is not planned, which a note says.
    pub is_partial: bool,
}

impl Wanted {
    /// Leaves something undone, and says so.
    pub fn leave(&mut self, note: String) {
        self.is_partial = true;
        self.notes.push(note);
    }
}

impl Requests {
    /// None yet.
    pub fn of(target: &'static str, api: Api) -> Self {
        Requests {
            target,
            api,
            requests: Vec::new(),
            steps: Vec::new(),
            notes: Vec::new(),
            afterwards: Vec::new(),
            is_partial: false,
        }
    }

    /// With what a plan wants.
    pub fn wanted(mut self, wanted: Wanted) -> Self {
        self.requests.extend(wanted.requests);
        self.notes.extend(wanted.notes);
        self.is_partial |= wanted.is_partial;
        self
    }

    /// With what else is to be known.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// With nothing but a note, where nothing is to be done.
    pub fn or_nothing(mut self) -> Self {
        if self.requests.is_empty() && self.steps.is_empty() && !self.is_partial {
            self.notes.insert(0, NOTHING.to_owned());
        }
        self
    }

    /// Whether any of them changes something.
    fn changes_anything(&self) -> bool {
        self.requests
            .iter()
            .any(|request| request.method != Method::Get)
    }
}

/// Said of a plan without requests and steps.
pub const NOTHING: &str = "nothing to do: what is live is what the files say";

/// How a product is reached.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Api {
    /// What every path follows. `{address}` is known only to who sends the requests.
    pub address: &'static str,
    /// How the product knows who sends them.
    pub authorization: Authorization,
    /// What has to be known to send them, beside the words of `authorization`.
    pub variables: &'static [Variable],
    /// What every request has in its head; secrets are not among it.
    pub headers: &'static [Header],
}

/// How a product knows who sends a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum Authorization {
    /// By a name and a password (RFC 7617).
    Basic,
    /// By a token (RFC 6750).
    Bearer,
}

impl Authorization {
    /// What has to be known for it.
    pub fn secrets(self) -> &'static [&'static str] {
        match self {
            Authorization::Basic => &["username", "password"],
            Authorization::Bearer => &["token"],
        }
    }
}

/// Something that only who sends the requests knows.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Variable {
    /// What stands in braces.
    pub name: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// A value that it may have.
    pub example: &'static str,
}

/// A line in the head of a request.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Header {
    /// Its name.
    pub name: &'static str,
    /// Its value, which may be a variable in braces.
    pub value: &'static str,
}

/// One request.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Request {
    /// A name of its own: letters and digits.
    pub name: String,
    /// What it does, for people.
    pub about: String,
    /// The method.
    pub method: Method,
    /// What follows the address; it begins with `/`.
    pub path: String,
    /// The members of the body that are ids from earlier answers, each with the placeholder that
    /// stands for it there, in braces.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub needs: Map<String, Value>,
    /// The body, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Map<String, Value>>,
    /// The placeholders that the answer fills, each with the members of the answer that may: the first
    /// that it has does.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub gives: Map<String, Value>,
    /// The member of the answer that lists what the product would refuse, of a request that only asks. What
    /// it calls a warning is told; with anything else in it, nothing more is sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused_by: Option<&'static str>,
    /// The file that the answer is kept in, of a request that is sent for its answer alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep: Option<String>,
    /// How all pages of the answer are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<Pages>,
    /// What it has in its head beside what every request has.
    #[serde(skip_serializing_if = "<[Header]>::is_empty")]
    pub headers: &'static [Header],
    /// What the product calls it in its error answer that there is nothing to read, which is no mistake.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absent_as: Option<&'static str>,
    /// Whether the product does it again when it is sent again, so that a script that does not know whether it
    /// arrived leaves it to a person.
    #[serde(skip)]
    pub is_for_once: bool,
}

/// An answer that comes in pages: they are asked for until one is empty, since a page may be shorter
/// than asked for.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pages {
    /// The parameter of the path that says where a page begins.
    pub parameter: &'static str,
    /// Its first value.
    pub first: u32,
    /// Whether it counts pages. Otherwise it counts items.
    pub counts_pages: bool,
    /// The member of the answer that holds the items; nothing where the answer is the list.
    pub items: &'static str,
    /// The member that says that this page is the last, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<&'static str>,
    /// Members that speak of one page alone, and are not kept.
    pub of_page: &'static [&'static str],
}

/// What a request does to what its path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(inline)]
pub enum Method {
    /// Removes it.
    Delete,
    /// Reads it.
    Get,
    /// Changes it.
    Patch,
    /// Adds to it.
    Post,
}

impl Method {
    /// As it is sent.
    pub fn word(self) -> &'static str {
        match self {
            Method::Delete => "DELETE",
            Method::Get => "GET",
            Method::Patch => "PATCH",
            Method::Post => "POST",
        }
    }
}

impl Request {
    /// A request whose body, a JSON object, is known whole.
    pub fn new(method: Method, path: String, body: Value) -> Request {
        let body = match body {
            Value::Object(body) => body,
            _ => Map::new(),
        };
        Request {
            body: Some(body),
            ..Request::without_body(method, path)
        }
    }

    /// A request without a body.
    pub fn without_body(method: Method, path: String) -> Request {
        Request {
            name: String::new(),
            about: String::new(),
            method,
            path,
            needs: Map::new(),
            body: None,
            gives: Map::new(),
            refused_by: None,
            keep: None,
            pages: None,
            headers: &[],
            absent_as: None,
            is_for_once: false,
        }
    }

    /// A request for an answer that is kept in this file.
    pub fn reading(path: String, keep: String, pages: Option<Pages>) -> Request {
        Request {
            keep: Some(keep),
            pages,
            ..Request::without_body(Method::Get, path)
        }
    }

    /// What the request is known by when a script is run again: the method, the path and the body. What
    /// stands for an id counts as such.
    fn key(&self) -> String {
        let body = serde_json::to_string(&self.body).unwrap_or_default();
        let needs = serde_json::to_string(&self.needs).unwrap_or_default();
        let text = format!("{} {}\n{needs}\n{body}", self.method.word(), self.path);
        drop(body);
        let id = Uuid::new_v5(&Uuid::NAMESPACE_URL, text.as_bytes()).simple();
        let method = self.method.word().to_ascii_lowercase();
        format!("{method}-{:.16}", id.to_string())
    }

    /// A question, whose answer lists under this name what would be refused.
    pub fn refused_by(mut self, member: &'static str) -> Request {
        self.refused_by = Some(member);
        self
    }

    /// With these lines in its head.
    pub fn headed(mut self, headers: &'static [Header]) -> Request {
        self.headers = headers;
        self
    }

    /// With the product's word for that there is nothing to read.
    pub fn absent_as(mut self, kind: &'static str) -> Request {
        self.absent_as = Some(kind);
        self
    }

    /// Makes something new whenever it is sent.
    pub fn for_once(mut self) -> Request {
        self.is_for_once = true;
        self
    }

    /// With its name and what it does.
    pub fn named(mut self, name: String, about: String) -> Request {
        (self.name, self.about) = (name, about);
        self
    }

    /// The placeholder that stands for a member of the body.
    fn placeholder(&self, member: &str) -> Option<&str> {
        self.needs.get(member).and_then(Value::as_str)
    }
}

/// Makes requests of all workflows of a run.
pub type Planner = fn(&[&Checked], Plan, &mut Diagnostics) -> Option<Requests>;

/// The name of the document with the requests that change the product.
pub const REQUESTS: &str = "requests";

/// The document `requests` of a target. It is always one for all workflows of a run.
pub const fn document(emit: Planner) -> Document {
    Document {
        name: REQUESTS,
        about: "the HTTP requests that put the definition in place, in their order",
        emit: Emit::Requests(emit),
        schema: || schema_of::<Requests>(Required::AsWritten),
    }
}

/// The document `fetch` of a target: the requests that read what it has.
pub const fn fetching(emit: Planner) -> Document {
    Document {
        name: "fetch",
        about: "the HTTP requests that read what is live, all pages of it",
        emit: Emit::Requests(emit),
        schema: || schema_of::<Requests>(Required::AsWritten),
    }
}

/// A way to write requests down.
#[derive(Debug)]
pub struct Writer {
    /// Its name on the command line.
    pub name: &'static str,
    /// How its files end.
    pub ending: &'static str,
    /// What it is for, in one line.
    pub about: &'static str,
    /// Writes them; `None` for JSON, which every document is.
    pub write: Option<fn(&Requests) -> String>,
}

/// As JSON, like every other document.
pub const JSON: Writer = Writer {
    name: "json",
    ending: "json",
    about: "for programs; every document can be had so",
    write: None,
};

/// Every way of writing, the default first.
pub const WRITERS: &[&Writer] = &[
    &JSON,
    &http::WRITER,
    &curl::WRITER,
    &python::WRITER,
    &steps::WRITER,
];
