//! What robots.txt allows us (RFC 9309).
//!
//! Unavailable (4xx) means allowed; unreachable (5xx, no answer) means not. The longest matching rule decides, in `robotxt`.

use std::time::Duration;

use robotxt::{AccessResult, Robots};
use url::Url;

/// The name rules are looked up by.
pub const AGENT: &str = "minutebook";
/// Bytes of robots.txt we read (RFC 9309 asks for at least 500 KiB).
pub const LIMIT: usize = 500 * 1024;
/// How long the rules hold before they are asked for again.
pub const HOLDS: Duration = Duration::from_hours(24);

/// What came of asking for robots.txt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<'a> {
    /// Its text.
    Text(&'a [u8]),
    /// There is none: everything is allowed.
    Unavailable,
    /// The server failed or did not answer: nothing is allowed.
    Unreachable,
}

/// The rules in force for a host.
#[derive(Debug, Clone)]
pub struct Rules {
    robots: Robots,
    words: String,
}

impl Rules {
    /// Reads what came.
    pub fn read(found: &Found<'_>) -> Self {
        let (access, words) = match found {
            Found::Text(text) => {
                (AccessResult::Successful(&text[..text.len().min(LIMIT)]), String::new())
            }
            Found::Unavailable => {
                (AccessResult::Unavailable, "no robots.txt: all allowed".to_owned())
            }
            Found::Unreachable => {
                (AccessResult::Unreachable, "robots.txt unreachable: nothing allowed".to_owned())
            }
        };
        let robots = Robots::from_access(access, AGENT);
        let words = if words.is_empty() { in_words(&robots) } else { words };
        Self { robots, words }
    }

    /// Rules that allow everything: for saved pages and tests.
    pub fn allow_all() -> Self {
        Self::read(&Found::Unavailable)
    }

    /// Whether we may ask for an address.
    pub fn allows(&self, url: &Url) -> bool {
        self.robots.is_url_allowed(url)
    }

    /// The rule that decides about an address, as written.
    pub fn rule(&self, url: &Url) -> Option<String> {
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let rule = self.robots.matching_rule(path)?;
        let word = if rule.is_allow() { "Allow" } else { "Disallow" };
        Some(format!("{word}: {}", rule.pattern()))
    }

    /// The pause robots.txt asks for.
    pub fn crawl_delay(&self) -> Option<Duration> {
        self.robots.crawl_delay()
    }

    /// The rules in words, for `status`.
    pub fn words(&self) -> &str {
        &self.words
    }
}

fn in_words(robots: &Robots) -> String {
    let rules = robots.rules().len();
    let mut words = match (robots.always(), rules) {
        (Some(false), _) => "robots.txt forbids us everything".to_owned(),
        (_, 0) => "robots.txt allows all".to_owned(),
        (_, 1) => "robots.txt has 1 rule for us".to_owned(),
        (_, n) => format!("robots.txt has {n} rules for us"),
    };
    if let Some(delay) = robots.crawl_delay() {
        words = format!("{words}, Crawl-delay {} s", delay.as_secs_f64());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(path: &str) -> Url {
        Url::parse("https://democracy.example.gov.uk").unwrap().join(path).unwrap()
    }

    fn rules(text: &str) -> Rules {
        Rules::read(&Found::Text(text.as_bytes()))
    }

    #[test]
    fn the_longest_rule_decides() {
        let rules =
            rules("User-agent: *\nDisallow: /mg\nAllow: /mgAi.aspx\nDisallow: /*?Act=Prev\n");
        assert!(!rules.allows(&url("/mgListCommittees.aspx")));
        assert!(rules.allows(&url("/mgAi.aspx?ID=1")));
        assert!(rules.allows(&url("/ieListMeetings.aspx?CId=1")));
        assert!(!rules.allows(&url("/ieListMeetings.aspx?Act=Prev")));
        assert_eq!(rules.rule(&url("/mgAi.aspx")).as_deref(), Some("Allow: /mgAi.aspx"));
    }

    #[test]
    fn our_own_group_wins_over_the_star() {
        let own = "User-agent: *\nDisallow: /\n\nUser-agent: Minutebook\nCrawl-delay: 7\nDisallow: /documents/\n";
        let rules = rules(own);
        assert!(rules.allows(&url("/mgAi.aspx?ID=1")));
        assert!(!rules.allows(&url("/documents/g1/x.pdf?T=1")));
        assert_eq!(rules.crawl_delay(), Some(Duration::from_secs(7)));
        assert!(rules.words().contains("Crawl-delay 7"), "{}", rules.words());
    }

    #[test]
    fn unavailable_allows_and_unreachable_forbids() {
        assert!(Rules::read(&Found::Unavailable).allows(&url("/mgAi.aspx?ID=1")));
        assert!(!Rules::read(&Found::Unreachable).allows(&url("/mgAi.aspx?ID=1")));
        assert!(rules("<html>Not found</html>").allows(&url("/mgAi.aspx?ID=1")));
        assert!(!rules("User-agent: *\nDisallow: /").allows(&url("/mgAi.aspx?ID=1")));
    }

    #[test]
    fn only_the_first_500_kib_count() {
        let mut text = "#".repeat(LIMIT + 10);
        text.push_str("\nUser-agent: *\nDisallow: /\n");
        assert!(rules(&text).allows(&url("/mgAi.aspx")));
    }
}
