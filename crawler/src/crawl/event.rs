//! What a crawl tells while it runs, and at its end.

use jiff::Timestamp;
use serde::Serialize;

use crate::outcome::Outcome;
use crate::pace::Why;
use crate::page::PageKind;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A run began, or was resumed.
    Began {
        /// The site.
        site: String,
        /// A run that was cut short goes on.
        resumed: bool,
        /// Addresses waiting to be asked for.
        waiting: u64,
    },
    /// robots.txt was read.
    Robots {
        /// What it asks of us.
        words: String,
    },
    /// It became clear by which way the site is read.
    Route {
        /// In words.
        words: String,
    },
    /// The next request has to wait for longer than the usual pause.
    Waiting {
        /// Until when.
        until: Timestamp,
        /// Why.
        why: Why,
    },
    /// A page was asked for.
    Asked {
        /// The address.
        url: String,
        /// What should be there.
        kind: PageKind,
        /// What came of it.
        outcome: Outcome,
        /// Why, where it is not plainly good.
        reason: Option<String>,
        /// It will be tried again in this run.
        again: bool,
        /// Requests made in this run.
        requests: u64,
        /// Addresses still waiting.
        waiting: u64,
    },
    /// The run ended.
    Ended(Summary),
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "ending")]
pub enum Ending {
    /// Everything was asked for.
    Done,
    /// Everything was asked for; some pages failed and will be tried again next time.
    SomeFailed {
        /// How many.
        failed: u64,
    },
    /// The ceiling of pages per run was reached; the next run goes on from here.
    Ceiling,
    /// Stopped from outside; the next run goes on from here.
    Stopped,
    /// The site refuses us.
    Blocked {
        /// How.
        why: String,
    },
    /// robots.txt forbids us the whole site, or could not be read, which means the same.
    RobotsForbid {
        /// In words.
        why: String,
    },
    /// The site failed again and again, or asked us to stay away for long.
    CircuitOpen {
        /// When it may be asked again.
        until: Timestamp,
        /// What happened.
        why: String,
    },
    /// The site does not answer.
    Unreachable {
        /// What happened.
        why: String,
    },
    /// The site answers, and is not ModernGov.
    NotModernGov {
        /// What was seen.
        why: String,
    },
}

impl Ending {
    /// The ending in words.
    pub fn words(&self) -> String {
        match self {
            Self::Done => "done".to_owned(),
            Self::SomeFailed { failed: 1 } => "done, but 1 page failed".to_owned(),
            Self::SomeFailed { failed } => format!("done, but {failed} pages failed"),
            Self::Ceiling => "stopped at the ceiling of pages; the next run goes on".to_owned(),
            Self::Stopped => "stopped; the next run goes on".to_owned(),
            Self::Blocked { why } => format!("the site refuses us: {why}"),
            Self::RobotsForbid { why } => why.clone(),
            Self::CircuitOpen { until, why } => {
                format!("the site is in trouble ({why}); not asked again before {until}")
            }
            Self::Unreachable { why } => format!("the site does not answer: {why}"),
            Self::NotModernGov { why } => format!("not a ModernGov site: {why}"),
        }
    }

    /// The frontier was walked to its end.
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Done | Self::SomeFailed { .. })
    }
}

/// What a run came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The site.
    pub site: String,
    /// How it ended.
    #[serde(flatten)]
    pub ending: Ending,
    /// Requests made.
    pub requests: u64,
    /// Pages that were new or had changed.
    pub fetched: u64,
    /// Pages that had not changed.
    pub unchanged: u64,
    /// Answers that were not as they should be.
    pub failures: u64,
    /// Readable pages held by now, from this run or earlier ones.
    pub held: u64,
    /// Addresses still waiting.
    pub waiting: u64,
    /// By which way the site was read.
    pub route: &'static str,
}

impl Summary {
    /// The exit code by the contract: 0 done, 4 done but something failed, 1 failed. Stopping on request is the program's to judge.
    pub fn exit_code(&self) -> u8 {
        match &self.ending {
            Ending::Ceiling if self.failures > 0 => 4,
            Ending::Done | Ending::Ceiling | Ending::Stopped => 0,
            Ending::SomeFailed { .. } => 4,
            Ending::Blocked { .. }
            | Ending::RobotsForbid { .. }
            | Ending::CircuitOpen { .. }
            | Ending::Unreachable { .. }
            | Ending::NotModernGov { .. } => {
                if self.held > 0 {
                    4
                } else {
                    1
                }
            }
        }
    }
}
