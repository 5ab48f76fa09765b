//! A product that only listens: it remembers what it is sent and answers what it is told to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;

use serde_json::Value;

/// A request as it arrived.
#[derive(Debug)]
pub struct Received {
    /// `POST /cases`.
    pub line: String,
    /// The head, each line as `name: value`, the name in lower case.
    pub head: Vec<String>,
    pub body: Value,
}

/// Listens on a port of its own, for as many requests as there are answers.
pub struct Desk {
    pub address: String,
    thread: JoinHandle<Vec<Received>>,
}

impl Desk {
    /// Each answer is a status such as `201` and a body.
    pub fn answering(answers: &[(u16, &str)]) -> Desk {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let answers: Vec<(u16, String)> = answers
            .iter()
            .map(|(status, body)| (*status, (*body).to_owned()))
            .collect();
        let thread = std::thread::spawn(move || {
            let mut received = Vec::new();
            for (status, body) in answers {
                let (mut stream, _) = listener.accept().expect("a caller");
                let Some(request) = receive(&mut stream) else {
                    break;
                };
                received.push(request);
                let length = body.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status} .\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
                );
            }
            received
        });
        Desk { address, thread }
    }

    /// What arrived, also where fewer requests came than there are answers.
    pub fn received(self) -> Vec<Received> {
        // Ends the waiting of a desk that was called too seldom.
        let _ = TcpStream::connect(self.address.trim_start_matches("http://"));
        self.thread.join().expect("it listens")
    }
}

fn receive(stream: &mut TcpStream) -> Option<Received> {
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("text");
        match line.trim_end() {
            "" => break,
            text => lines.push(text.to_owned()),
        }
    }
    let first = lines.first()?.rsplit_once(' ')?.0.to_owned();
    let head: Vec<String> = lines[1..]
        .iter()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| format!("{}: {value}", name.to_lowercase()))
        .collect();
    let length = head
        .iter()
        .find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |l| l.parse().expect("a length"))];
    reader.read_exact(&mut body).expect("the whole body");
    Some(Received {
        line: first,
        head,
        body: serde_json::from_slice(&body).expect("JSON"),
    })
}
