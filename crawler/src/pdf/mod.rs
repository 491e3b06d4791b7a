//! Text of a PDF, by `pdftotext` of poppler-utils as a child process.
//!
//! Works on the archived bytes, at extraction time; with limits of time, memory and output, since a PDF may be made to break its
//! reader. Without the tool everything else works, and what could not be read says so. [`Texts`] keeps what was read.

mod texts;

use std::io::{Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

pub use self::texts::Texts;
pub use crate::page::PdfText;

/// What a reading may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Time after which the child is ended.
    pub time: Duration,
    /// Bytes of memory the child may take (where the system's shell can limit it).
    pub memory: u64,
    /// Bytes of text; the rest is left out.
    pub output: u64,
}

impl Default for Limits {
    fn default() -> Self {
        // A pack of 500 pages takes pdftotext about two seconds and 60 MB.
        Self { time: Duration::from_secs(30), memory: 512 << 20, output: PdfText::LONGEST as u64 }
    }
}

/// Letters and digits a PDF must have to count as text. A scan often carries a stamp or a page number.
const LEAST: usize = 40;

/// Reads the text of a PDF.
pub fn text(bytes: &[u8], limits: Limits) -> PdfText {
    read_with("pdftotext", bytes, limits)
}

fn read_with(tool: &str, bytes: &[u8], limits: Limits) -> PdfText {
    let mut child = match command(tool, limits).spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return PdfText::NoTool,
        Err(error) => return PdfText::Broke(format!("{tool} does not start: {error}")),
    };
    let (Some(mut input), Some(output), Some(errors)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        end(&mut child);
        return PdfText::Broke(format!("{tool} has no pipes"));
    };
    let ended = thread::scope(|scope| {
        let written = bytes;
        scope.spawn(move || {
            // A reader that has seen enough closes the pipe: no error of ours.
            let _ = input.write_all(written);
        });
        let text = scope.spawn(move || gather(output, limits.output));
        let complaint = scope.spawn(move || gather(errors, 4096));
        let code = wait(&mut child, limits.time);
        (code, text.join().unwrap_or_default(), complaint.join().unwrap_or_default())
    });
    let (code, text, complaint) = ended;
    match code {
        None => PdfText::TooSlow(format!("{tool} took longer than {} s", limits.time.as_secs())),
        // The shell's way to say that there is no such program.
        Some(127) => PdfText::NoTool,
        Some(0) if text.chars().filter(|c| c.is_alphanumeric()).take(LEAST).count() < LEAST => {
            PdfText::NoTextLayer
        }
        Some(0) => PdfText::Text(text),
        Some(code) => {
            let why = complaint.lines().next().unwrap_or("no reason given").to_owned();
            let why = format!("{tool} ended with {code}: {why}");
            // What poppler says of the file itself: damaged, or not allowed to be read. Anything else befell the reader.
            if matches!(code, 1 | 3) { PdfText::Failed(why) } else { PdfText::Broke(why) }
        }
    }
}

/// What the tool says it is, in one line; nothing where there is none.
fn version() -> String {
    let told = Command::new("pdftotext").arg("-v").stdin(Stdio::null()).output();
    let told = told.map(|told| [told.stderr, told.stdout].concat()).unwrap_or_default();
    String::from_utf8_lossy(&told).lines().next().unwrap_or_default().trim().to_owned()
}

/// From stdin to stdout, in the order of the file (no `-layout`: columns would be torn apart).
fn command(tool: &str, limits: Limits) -> Command {
    let arguments = ["-q", "-enc", "UTF-8", "-eol", "unix", "-", "-"];
    let mut command = if cfg!(unix) {
        let mut shell = Command::new("/bin/sh");
        let kilobytes = limits.memory / 1024;
        let seconds = limits.time.as_secs().max(1);
        shell.arg("-c").arg(format!(
            "ulimit -v {kilobytes} 2>/dev/null; ulimit -t {seconds} 2>/dev/null; exec \"$0\" \"$@\""
        ));
        shell.arg(tool);
        shell
    } else {
        Command::new(tool)
    };
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn gather(from: impl std::io::Read, limit: u64) -> String {
    let mut from = from;
    let mut bytes = Vec::new();
    // What was read before an error counts; the exit code tells the rest.
    let _ = from.by_ref().take(limit).read_to_end(&mut bytes);
    // The rest is read and left out, lest the child wait for ever.
    let _ = std::io::copy(&mut from, &mut std::io::sink());
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Waits for the child; `None` when it had to be ended.
fn wait(child: &mut Child, limit: Duration) -> Option<i32> {
    let start = Instant::now();
    let mut pause = Duration::from_millis(2);
    loop {
        match child.try_wait() {
            // Ended by a signal: by a limit, most likely.
            Ok(Some(status)) => return Some(status.code().unwrap_or(-1)),
            Ok(None) if start.elapsed() < limit => thread::sleep(pause),
            Ok(None) | Err(_) => {
                end(child);
                return None;
            }
        }
        pause = (pause * 2).min(Duration::from_millis(50));
    }
}

fn end(child: &mut Child) {
    // It may have ended by itself meanwhile: all the same.
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
mod tests;
