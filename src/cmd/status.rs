//! `minutebook status`: what is held, how fresh it is, what failed and why. The JSON is a stable format: keys are added, never renamed.

use std::fmt::Write as _;

use anyhow::Result;
use minutebook_crawler::archive::{Archive, SiteStatus};
use minutebook_index::{Index, IndexError};
use serde::Serialize;

use super::{End, print, say};
use crate::cli::StatusArgs;
use crate::clock;
use crate::folder::Folder;

/// How everything stands.
#[derive(Debug, Serialize)]
struct Status {
    /// The number of this format.
    format: u32,
    /// The data folder.
    data: String,
    /// One entry a site.
    sites: Vec<SiteStatus>,
    /// What the index holds; `null` where there is none yet.
    index: Option<IndexStatus>,
}

#[derive(Debug, Serialize)]
struct IndexStatus {
    meetings: usize,
    items: usize,
    undated: usize,
    unreadable: usize,
    first: Option<jiff::civil::Date>,
    last: Option<jiff::civil::Date>,
    fetched: Option<jiff::Timestamp>,
    generation: u64,
}

/// Runs the command.
pub(super) fn run(folder: &Folder, args: &StatusArgs) -> Result<End> {
    let mut sites = Vec::new();
    let archives = folder.archives()?;
    for path in &archives {
        match Archive::open(path).and_then(|archive| archive.status()) {
            Ok(status) => sites.push(status),
            // The others are as they are, whatever is wrong with this one.
            Err(error) => tracing::error!("{error:#}"),
        }
    }
    let end = match archives.len() - sites.len() {
        0 => End::Done,
        bad if bad == archives.len() => return Ok(End::Failed),
        _ => End::Partly,
    };
    let index = match Index::open(folder.index()) {
        Ok(index) => {
            let held = index.coverage()?;
            Some(IndexStatus {
                meetings: held.meetings,
                items: held.items,
                undated: held.undated,
                unreadable: held.unreadable,
                first: held.first,
                last: held.last,
                fetched: held.fetched,
                generation: held.generation,
            })
        }
        Err(IndexError::Absent(_)) => None,
        Err(error) => return Err(error.into()),
    };
    let status = Status { format: 1, data: folder.root().display().to_string(), sites, index };
    if args.json {
        print(&format!("{}\n", serde_json::to_string_pretty(&status)?))?;
    } else {
        say(&as_text(&status, clock::now()))?;
    }
    Ok(end)
}

fn as_text(status: &Status, now: jiff::Timestamp) -> String {
    let mut text = String::new();
    if status.sites.is_empty() {
        let _ = writeln!(text, "No site has been crawled or imported into {} yet.", status.data);
    }
    for site in &status.sites {
        one_site(&mut text, site, now);
    }
    match &status.index {
        None => {
            let _ = writeln!(text, "No index yet: `minutebook index` makes one.");
        }
        Some(index) => {
            let span = match (index.first, index.last) {
                (Some(first), Some(last)) => format!(", {first} to {last}"),
                _ => String::new(),
            };
            let _ =
                writeln!(text, "Index: {} items of {} meetings{span}", index.items, index.meetings);
            if index.undated > 0 {
                let _ = writeln!(text, "  {} items have no date", index.undated);
            }
            if index.unreadable > 0 {
                let _ = writeln!(
                    text,
                    "  {} meetings or items could not be read (scanned or missing documents)",
                    index.unreadable
                );
            }
        }
    }
    text
}

fn one_site(text: &mut String, site: &SiteStatus, now: jiff::Timestamp) {
    let _ = writeln!(text, "{}", site.site);
    let _ = writeln!(
        text,
        "  {} pages held, {} bytes, {} addresses waiting",
        site.held, site.bytes, site.waiting
    );
    let kinds: Vec<_> = site.kinds.iter().map(|k| format!("{} {}", k.held, k.kind)).collect();
    if !kinds.is_empty() {
        let _ = writeln!(text, "  held: {}", kinds.join(", "));
    }
    let outcomes: Vec<_> = site.outcomes.iter().map(|(name, n)| format!("{n} {name}")).collect();
    if !outcomes.is_empty() {
        let _ = writeln!(text, "  answers: {}", outcomes.join(", "));
    }
    if let Some(run) = &site.last_run {
        let how = run.ending.as_deref();
        let ended = match (&run.ended, how, site.running) {
            (_, _, true) => "running now".to_owned(),
            (Some(at), how, _) => format!("ended {at}: {}", how.unwrap_or("done")),
            (None, Some(how), _) => format!("not finished: {how}"),
            (None, None, _) => "cut short; the next run goes on from there".to_owned(),
        };
        let requests =
            if run.requests > 0 { format!(", {} requests", run.requests) } else { String::new() };
        let _ = writeln!(text, "  last run: began {}{requests}, {ended}", run.started);
    }
    if let Some(robots) = &site.robots {
        let _ = writeln!(text, "  robots.txt: {robots}");
    }
    if let Some(route) = &site.route {
        let _ = writeln!(text, "  read through: {route}");
    }
    if let Some(circuit) = &site.circuit {
        let times = if circuit.times > 1 {
            format!(", {} times in a row", circuit.times)
        } else {
            String::new()
        };
        let _ = writeln!(
            text,
            "  circuit: {} until {}{times} ({})",
            if circuit.until > now { "open, not asked" } else { "was open, not asked" },
            circuit.until,
            circuit.why
        );
    }
    if let Some(due) = site.next_due.filter(|_| !site.running) {
        let waits = if site.waiting > 0 {
            format!(", {} addresses wait", site.waiting)
        } else {
            String::new()
        };
        let since = if due <= now { " (now)" } else { "" };
        let due = due.strftime("%Y-%m-%dT%H:%M:%SZ");
        let _ = writeln!(text, "  next due: {due}{since}{waits}");
    }
    if site.drafts > 0 {
        let _ =
            writeln!(text, "  {} meetings have draft minutes, read again at each run", site.drafts);
    }
    if site.suppressed > 0 {
        let _ =
            writeln!(text, "  {} pages, items or phrases are hidden on request", site.suppressed);
    }
    if site.failing > 0 {
        let _ = writeln!(text, "  {} addresses did not answer as they should:", site.failing);
        for failure in site.failures.iter().take(20) {
            let reason = failure.reason.as_deref().unwrap_or("no reason given");
            let held = if failure.held { " (an earlier version is held)" } else { "" };
            let _ = writeln!(text, "    {}: {}, {reason}{held}", failure.outcome, failure.url);
        }
        if site.failing > 20 {
            let _ =
                writeln!(text, "    and {} more; --json names up to a hundred", site.failing - 20);
        }
    }
}
