//! What is asked for, and what is answered (HTTP/1.1, RFC 9112).

use std::io::{self, Write};
use std::time::Duration;

use serde_json::json;

use super::pages::Pages;

/// How long an answer to "is there news" waits for some.
const WAIT: Duration = Duration::from_secs(20);

/// A request that may be answered.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    /// The frame around the pages.
    Frame,
    /// The page of a file.
    Page(usize),
    /// Whether there is a newer state than this.
    News(u64),
    /// The script, or the style sheet, of the frame.
    Script,
    Style,
    /// Something that is not there.
    Nothing,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    status: &'static str,
    kind: &'static str,
    body: String,
}

const SCRIPT: &str = include_str!("frame.js");
const STYLE: &str = include_str!("frame.css");
const FRAME: &str = include_str!("frame.html");

impl Asked {
    /// What the head of a request asks for. A request by another name than this machine's own comes
    /// from a page of the web that gave its name our address; one without the word from somebody who
    /// was not told it.
    pub fn of(head: &[u8], port: u16, word: &str) -> Result<Asked, Answer> {
        let mut headers = [httparse::EMPTY_HEADER; 64];
        let mut request = httparse::Request::new(&mut headers);
        let is_whole = request.parse(head).is_ok_and(|status| status.is_complete());
        let (Some(method), Some(path), true) = (request.method, request.path, is_whole) else {
            return Err(Answer::refused("400 Bad Request"));
        };
        if method != "GET" {
            return Err(Answer::refused("405 Method Not Allowed"));
        }
        let mut hosts = request
            .headers
            .iter()
            .filter(|h| h.name.eq_ignore_ascii_case("host"));
        let own = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{port}").into_bytes());
        let is_own = hosts
            .next()
            .is_some_and(|host| own.iter().any(|own| host.value == *own));
        if !is_own || hosts.next().is_some() {
            return Err(Answer::refused("403 Forbidden"));
        }
        let within = path.strip_prefix('/').and_then(|path| path.split_once('/'));
        let Some((_, asked)) = within.filter(|(given, _)| *given == word) else {
            return Err(Answer::refused("404 Not Found"));
        };
        let number = |text: &str| text.parse().ok();
        Ok(match asked.split_once('/') {
            Some(("page", text)) => {
                number(text).map_or(Asked::Nothing, |n| Asked::Page(n as usize))
            }
            Some(("news", text)) => number(text).map_or(Asked::Nothing, Asked::News),
            None if asked.is_empty() => Asked::Frame,
            None if asked == "frame.js" => Asked::Script,
            None if asked == "frame.css" => Asked::Style,
            _ => Asked::Nothing,
        })
    }

    pub fn answer(&self, pages: &Pages) -> Answer {
        let ok = |kind, body: String| Answer {
            status: "200 OK",
            kind,
            body,
        };
        match self {
            Asked::Frame => ok("text/html", FRAME.to_owned()),
            Asked::Script => ok("text/javascript", SCRIPT.to_owned()),
            Asked::Style => ok("text/css", STYLE.to_owned()),
            Asked::News(known) => {
                pages.newer_than(*known, WAIT);
                let (number, names) = pages.names();
                let body = json!({ "number": number, "names": names });
                ok("application/json", body.to_string())
            }
            Asked::Page(number) => match pages.page(*number) {
                Some(Ok(html)) => ok("text/html", html),
                Some(Err(text)) => ok("text/plain", text),
                None => Answer::refused("404 Not Found"),
            },
            Asked::Nothing => Answer::refused("404 Not Found"),
        }
    }
}

impl Answer {
    fn refused(status: &'static str) -> Answer {
        Answer {
            status,
            kind: "text/plain",
            body: format!("{status}\n"),
        }
    }

    /// Writes it. Nothing is kept, guessed, or told to other places.
    pub fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let Answer { status, kind, body } = self;
        let policy = match *kind {
            // The page of a workflow has a policy of its own in it.
            "text/html" if body != FRAME => "frame-ancestors 'self'",
            _ => {
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
            }
        };
        write!(
            to,
            "HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {}\r\n\
             Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n\
             Cross-Origin-Resource-Policy: same-origin\r\nContent-Security-Policy: {policy}\r\n\
             Connection: close\r\n\r\n{body}",
            body.len()
        )?;
        to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(head: &str) -> Result<Asked, &'static str> {
        Asked::of(head.as_bytes(), 4000, "word").map_err(|answer| answer.status)
    }

    #[test]
    fn only_this_machine_by_its_own_name_and_with_the_word_is_answered() {
        let get =
            |path: &str, host: &str| asked(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        assert_eq!(get("/word/", "127.0.0.1:4000"), Ok(Asked::Frame));
        assert_eq!(get("/word/page/3", "localhost:4000"), Ok(Asked::Page(3)));
        assert_eq!(get("/word/news/7", "localhost:4000"), Ok(Asked::News(7)));
        assert_eq!(get("/word/page/-1", "localhost:4000"), Ok(Asked::Nothing));
        assert_eq!(get("/word/../x", "localhost:4000"), Ok(Asked::Nothing));
        for host in [
            "example.org",
            "example.org:4000",
            "127.0.0.1",
            "127.0.0.1:80",
            "localhost:4000.example.org",
        ] {
            assert_eq!(get("/word/", host), Err("403 Forbidden"), "{host}");
        }
        for path in ["/", "/word", "/wor/", "/words/", "//word/"] {
            assert_eq!(get(path, "localhost:4000"), Err("404 Not Found"), "{path}");
        }
        assert_eq!(asked("GET /word/ HTTP/1.1\r\n\r\n"), Err("403 Forbidden"));
        let twice = "GET /word/ HTTP/1.1\r\nHost: localhost:4000\r\nHost: example.org\r\n\r\n";
        assert_eq!(asked(twice), Err("403 Forbidden"));
        let post = "POST /word/ HTTP/1.1\r\nHost: localhost:4000\r\n\r\n";
        assert_eq!(asked(post), Err("405 Method Not Allowed"));
        assert_eq!(asked("nonsense\r\n\r\n"), Err("400 Bad Request"));
    }
}
