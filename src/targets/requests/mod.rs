//! The HTTP requests that put definitions in place, as data, and the ways to write them down.
//!
//! Nothing here sends anything. A way of writing is a [`Writer`] in a file of its own, listed in
//! [`WRITERS`].

mod curl;
mod http;
mod text;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{Document, Emit, Required, schema_of};
use crate::diagnostic::Diagnostics;
use crate::rules::Checked;

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
    /// What else is to be known before they are sent.
    pub notes: Vec<String>,
}

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
    /// The body; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Map<String, Value>>,
    /// The placeholders that the answer fills, each with the member of the answer that does.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub gives: Map<String, Value>,
}

/// What a request does to what its path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(inline)]
pub enum Method {
    /// Deletes it.
    Delete,
    /// Asks for it.
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

    /// A request that sends nothing but its head.
    pub fn without_body(method: Method, path: String) -> Request {
        Request {
            name: String::new(),
            about: String::new(),
            method,
            path,
            needs: Map::new(),
            body: None,
            gives: Map::new(),
        }
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

/// The document `requests` of a target. It is always one for all workflows of a run.
pub const fn document(emit: fn(&[&Checked], &mut Diagnostics) -> Option<Requests>) -> Document {
    Document {
        name: "requests",
        about: "the HTTP requests that put the definition in place, in their order",
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
pub const WRITERS: &[&Writer] = &[&JSON, &http::WRITER, &curl::WRITER];
