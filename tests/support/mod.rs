//! The rig: the program as a person would run it, and the sample council behind a socket.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;

use minutebook::sample::{self, Mode};
use minutebook_record::Meeting;

/// A data folder of its own and the program to run on it.
pub(crate) struct Rig {
    folder: tempfile::TempDir,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Rig {
    pub(crate) fn new() -> Rig {
        Rig { folder: tempfile::tempdir().unwrap() }
    }

    /// The data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A place for files that are no part of the data folder.
    pub(crate) fn outside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minutebook"));
        command
            .arg("--data")
            .arg(self.data())
            .args(args)
            .current_dir(self.folder.path())
            .env_remove("MINUTEBOOK_CONTACT")
            .env_remove("RUST_LOG")
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        Ran::from(self.command(args).output().unwrap())
    }

    /// Runs and expects exit code 0.
    pub(crate) fn done(&self, args: &[&str]) -> Ran {
        let ran = self.run(args);
        assert_eq!(ran.code, Some(0), "{args:?} said:\n{}\n{}", ran.stdout, ran.stderr);
        ran
    }

    /// Starts a command that stays (`serve`, `up`) and gives the address it prints.
    pub(crate) fn start(&self, args: &[&str]) -> Running {
        let mut child =
            self.command(args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        let out = child.stdout.take().unwrap();
        std::io::BufRead::read_line(&mut std::io::BufReader::new(out), &mut line).unwrap();
        let base = line.trim().trim_end_matches('/').to_owned();
        assert!(base.starts_with("http://127.0.0.1:"), "the first line on stdout was {line:?}");
        Running { child, base }
    }

    /// Every record of the data folder, sorted by id.
    pub(crate) fn records(&self) -> Vec<Meeting> {
        let mut all = Vec::new();
        for entry in std::fs::read_dir(self.data().join("records")).unwrap() {
            let file = std::fs::File::open(entry.unwrap().path()).unwrap();
            for meeting in minutebook_record::file::read(std::io::BufReader::new(file)) {
                all.push(meeting.unwrap());
            }
        }
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        Ran {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// A server that is stopped when dropped.
pub(crate) struct Running {
    pub(crate) child: Child,
    pub(crate) base: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server on a free port of loopback, for as long as the value lives.
pub(crate) struct Server {
    pub(crate) base: String,
    _runtime: tokio::runtime::Runtime,
}

impl Server {
    pub(crate) fn start(routes: axum::Router) -> Server {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let base = format!("http://{}/", listener.local_addr().unwrap());
        runtime.spawn(async move { axum::serve(listener, routes).await });
        Server { base, _runtime: runtime }
    }

    /// The sample council.
    pub(crate) fn of_sample(mode: Mode) -> Server {
        Server::start(sample::router(Arc::new(sample::council().unwrap()), mode))
    }
}

/// One GET of a page on loopback, with the status and the body.
pub(crate) fn get(url: &str) -> (u16, String) {
    use std::io::{Read, Write};
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path} HTTP/1.0\r\nHost: {host}\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

/// Writes a file, making its folder.
pub(crate) fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}
