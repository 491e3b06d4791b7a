//! What the operator decides about the site: plain data, checked when it is made. Where it is read from is not this module's matter.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use super::colour::Colour;
use super::withheld::{Suppressed, Withheld};

/// Everything the site needs to know from its operator. The default serves a private machine.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Name of the site, in the header and in titles.
    pub site_name: String,
    /// Who runs it, for the footer and the statements.
    pub operator: Option<String>,
    /// How to reach them: an e-mail address or the address of a page.
    pub contact: Option<String>,
    /// The public address, such as `https://minutes.example.org`; without it the request's own host is used.
    pub base: Option<String>,
    /// Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub trusted_proxies: Vec<Network>,
    /// The limit on one address's requests; none switches it off.
    pub rate: Option<Rate>,
    /// What is said of each council.
    pub councils: Vec<CouncilSettings>,
    /// The accent colour on a light page.
    pub accent: Option<Colour>,
    /// The accent colour on a dark page.
    pub accent_dark: Option<Colour>,
    /// The accessibility statement's facts.
    pub accessibility: Accessibility,
    /// Where `/metrics` is served, apart from the site; none switches it off.
    pub metrics: Option<SocketAddr>,
    /// What is withheld by the operator.
    pub withheld: Withheld,
    /// Searches run at once; none means one for each processor.
    pub searches_at_once: Option<usize>,
    /// Searches that may wait; further ones are asked to come back.
    pub searches_waiting: usize,
    /// The longest a request may take.
    pub timeout: Duration,
    /// Downloads of whole results under way at once; further ones are asked to come back. Each holds its list of items.
    pub downloads: usize,
    /// How long a download waits for a reader who takes nothing of it, before it is broken off.
    pub slow_reader: Duration,
    /// The crawler's name as sites see it, for the page about the crawler.
    pub user_agent: Option<String>,
    /// The pause between two requests to one site, in seconds, for the same page.
    pub crawl_delay: Option<f64>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            site_name: "Minutebook".to_owned(),
            operator: None,
            contact: None,
            base: None,
            trusted_proxies: Vec::new(),
            rate: Some(Rate::default()),
            councils: Vec::new(),
            accent: None,
            accent_dark: None,
            accessibility: Accessibility::default(),
            metrics: None,
            withheld: Withheld::default(),
            searches_at_once: None,
            searches_waiting: 256,
            timeout: Duration::from_secs(20),
            downloads: 32,
            slow_reader: Duration::from_secs(30),
            user_agent: None,
            crawl_delay: None,
        }
    }
}

impl Settings {
    /// What is said of a council, by the slug of its name.
    pub fn council(&self, slug: &str) -> Option<&CouncilSettings> {
        self.councils.iter().find(|council| council.slug == slug)
    }

    /// What was withheld under this id, if anything was.
    pub fn suppressed(&self, id: &str) -> Option<Suppressed> {
        self.withheld.under(id)
    }

    /// Whether this is withheld: the item itself or its whole meeting.
    pub fn withholds(&self, item: &str, meeting: &str) -> bool {
        self.suppressed(item).is_some() || self.suppressed(meeting).is_some()
    }
}

/// What is said of one council.
#[derive(Debug, Clone, Default)]
pub struct CouncilSettings {
    /// Slug of its name, as in filters.
    pub slug: String,
    /// The licence its minutes are under, as the council says it; nothing is claimed where this is absent.
    pub licence: Option<String>,
    /// Address of the licence.
    pub licence_url: Option<String>,
    /// The line to print ("Contains public sector information licensed under ...").
    pub attribution: Option<String>,
}

/// How many requests one address may make: a bucket that fills steadily.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Requests a second in the long run.
    pub per_second: f64,
    /// Requests at once after a pause.
    pub burst: u32,
    /// Whether requests from this machine itself, not forwarded by anybody, are counted too.
    pub count_loopback: bool,
}

impl Default for Rate {
    fn default() -> Self {
        Self { per_second: 10.0, burst: 120, count_loopback: false }
    }
}

/// What the accessibility statement says; councils must fill it in, others may.
#[derive(Debug, Clone, Default)]
pub struct Accessibility {
    /// Whether a public body makes this statement by law; otherwise it is called voluntary.
    pub public_body: bool,
    /// How far it complies with WCAG 2.2 AA; none where nobody has assessed it.
    pub status: Option<Compliance>,
    /// What is not accessible, one sentence each.
    pub gaps: Vec<String>,
    /// Day the statement was prepared, as printed.
    pub prepared: Option<String>,
    /// Day it was last reviewed, as printed.
    pub reviewed: Option<String>,
    /// Day the site was last tested, and by whom, as printed.
    pub tested: Option<String>,
}

/// How far a site complies with WCAG 2.2 AA, in the words the law has for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compliance {
    /// With all of it.
    Fully,
    /// With most of it.
    Partially,
    /// With less.
    Not,
}

/// Why some words say no compliance: a statement must not say what nobody said.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is no compliance; write fully, partially or not, or leave it out")]
pub struct ComplianceError(pub String);

impl std::str::FromStr for Compliance {
    type Err = ComplianceError;

    fn from_str(word: &str) -> Result<Self, ComplianceError> {
        match word.trim().to_lowercase().as_str() {
            "fully" => Ok(Self::Fully),
            "partially" => Ok(Self::Partially),
            "not" => Ok(Self::Not),
            _ => Err(ComplianceError(word.to_owned())),
        }
    }
}

/// A network of addresses, `192.0.2.0/24` or a single address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

/// Why some words name no network.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is no network; write an address or address/bits, such as 10.0.0.0/8")]
pub struct NetworkError(pub String);

impl std::str::FromStr for Network {
    type Err = NetworkError;

    fn from_str(words: &str) -> Result<Self, NetworkError> {
        let error = || NetworkError(words.to_owned());
        let (address, bits) = words.split_once('/').map_or((words, None), |(a, b)| (a, Some(b)));
        let address: IpAddr = address.trim().parse().map_err(|_| error())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            Some(bits) => bits.trim().parse().map_err(|_| error())?,
            None => most,
        };
        if bits > most { Err(error()) } else { Ok(Self { address, bits }) }
    }
}

impl Network {
    /// Whether an address belongs to it; an IPv4 address written as IPv6 counts as itself.
    pub fn holds(&self, address: IpAddr) -> bool {
        match (self.address.to_canonical(), address.to_canonical()) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => {
                let shift = 32 - u32::from(self.bits.min(32));
                u64::from(ours.to_bits()) >> shift == u64::from(theirs.to_bits()) >> shift
            }
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => {
                let shift = 128 - u32::from(self.bits);
                ours.to_bits().checked_shr(shift) == theirs.to_bits().checked_shr(shift)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_holds_its_own_addresses_only() {
        let network: Network = "10.1.0.0/16".parse().unwrap();
        assert!(network.holds("10.1.255.3".parse().unwrap()));
        assert!(network.holds("::ffff:10.1.2.3".parse().unwrap()));
        assert!(!network.holds("10.2.0.1".parse().unwrap()));
        assert!(!network.holds("2001:db8::1".parse().unwrap()));
        let all: Network = "0.0.0.0/0".parse().unwrap();
        assert!(all.holds("203.0.113.9".parse().unwrap()));
        let six: Network = "2001:db8::/32".parse().unwrap();
        assert!(six.holds("2001:db8:1::2".parse().unwrap()));
        assert!(!six.holds("2001:db9::2".parse().unwrap()));
        let one: Network = "127.0.0.1".parse().unwrap();
        assert!(!one.holds("127.0.0.2".parse().unwrap()));
    }

    #[test]
    fn what_is_no_network_says_so() {
        for words in ["", "localhost", "10.0.0.0/33", "10.0.0.0/x", "::/129"] {
            assert!(words.parse::<Network>().is_err(), "{words}");
        }
    }
}
