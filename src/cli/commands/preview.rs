//! `statewright preview`: the page of each workflow in a browser, which follows every save.
//!
//! Pages are given to this machine alone, and only to whoever knows a word that is made anew at each
//! start: another user of the machine, and a page of the web that is open in the same browser, do not.

mod answers;
mod pages;

use std::io::Read as _;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use clap::Args;
use statewright::report::Printable;

use crate::cli::arguments::{Inputs, LevelArguments};
use crate::cli::discovery::seen::{PAUSE, look};
use crate::cli::io::Exit;
use crate::cli::io::git::Range;
use crate::cli::io::output::{Stream, complain, emit};
use crate::cli::io::reading::reason;
use crate::cli::session::against::on_disk;

use answers::Asked;
use pages::Pages;

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    pub inputs: Inputs,

    /// The port on this machine; 0 is any that is free
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    port: u16,

    /// Show what changed since this revision of git in the picture, too; `REV...` for where it forked off
    ///
    /// Of a workflow that the revision has not got, only what it is now.
    #[arg(long, value_name = "REV", value_parser = on_disk, help_heading = "Changes")]
    against: Option<Range>,

    #[command(flatten)]
    levels: LevelArguments,
}

impl Arguments {
    /// What is wrong with the arguments beyond what clap can tell.
    pub fn mistake(&self) -> Option<String> {
        let piped = self.inputs.name_standard_input();
        piped.then(|| "standard input is no file that can be saved: name files".to_owned())
    }
}

/// A browser keeps a few connections open; more than these are somebody else's.
const MOST_CONNECTIONS: usize = 32;
/// Whoever says nothing for so long has nothing to say.
const PATIENCE: Duration = Duration::from_secs(10);
/// The head of a request of a browser is far shorter.
const MOST_HEAD: usize = 16 * 1024;

pub fn run(arguments: &Arguments) -> Exit {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port));
    let listener = listener.and_then(|listener| Ok((listener.local_addr()?.port(), listener)));
    let (port, listener) = match listener {
        Ok(found) => found,
        Err(error) => {
            let port = arguments.port;
            complain(&format!("cannot listen on port {port}: {}", reason(&error)));
            return Exit::Usage;
        }
    };
    let Some(word) = word() else {
        complain("the system gives no random numbers");
        return Exit::Unreadable;
    };
    let mut seen = look(&arguments.inputs);
    let pages = Arc::new(Pages::of(arguments, &arguments.levels));
    let server = Arc::new(Server {
        port,
        word,
        pages: Arc::clone(&pages),
        connections: AtomicUsize::new(0),
    });
    emit(&Printable::of(&server.address()), Stream::Output);
    complain("Ctrl-C ends");
    let listening = thread::Builder::new().spawn(move || {
        for connection in listener.incoming().flatten() {
            Server::accept(&server, connection);
        }
    });
    if let Err(error) = listening {
        complain(&format!("no thread to listen with: {}", reason(&error)));
        return Exit::Unreadable;
    }
    loop {
        thread::sleep(PAUSE);
        let now = look(&arguments.inputs);
        if now != seen {
            pages.renew(arguments, &arguments.levels);
            seen = now;
        }
    }
}

/// A word that nobody guesses: 128 random bits.
fn word() -> Option<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What browsers talk to.
struct Server {
    port: u16,
    word: String,
    pages: Arc<Pages>,
    connections: AtomicUsize,
}

impl Server {
    fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.port, self.word)
    }

    /// Answers a connection on a thread of its own.
    fn accept(server: &Arc<Server>, connection: TcpStream) {
        if server.connections.fetch_add(1, Ordering::Relaxed) >= MOST_CONNECTIONS {
            server.connections.fetch_sub(1, Ordering::Relaxed);
            return;
        }
        let own = Arc::clone(server);
        let answering = thread::Builder::new().spawn(move || {
            // A browser that goes away in the middle of an answer is no mistake.
            own.answer(connection).ok();
            own.connections.fetch_sub(1, Ordering::Relaxed);
        });
        if answering.is_err() {
            server.connections.fetch_sub(1, Ordering::Relaxed);
        }
    }

    fn answer(&self, mut connection: TcpStream) -> std::io::Result<()> {
        connection.set_read_timeout(Some(PATIENCE))?;
        connection.set_write_timeout(Some(PATIENCE))?;
        let mut head = Vec::new();
        let mut piece = [0; 4096];
        while !head.windows(4).any(|four| four == b"\r\n\r\n") {
            let read = connection.read(&mut piece)?;
            if read == 0 || head.len() > MOST_HEAD {
                return Ok(());
            }
            head.extend(&piece[..read]);
        }
        let answer = match Asked::of(&head, self.port, &self.word) {
            Ok(asked) => asked.answer(&self.pages),
            Err(refused) => refused,
        };
        answer.write(&mut connection)
    }
}
