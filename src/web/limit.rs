//! The rate limit: a bucket for each address, filled steadily. Who is asking is decided here too: forwarded addresses count
//! only where a trusted proxy says them.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use axum::http::HeaderMap;

use super::settings::{Network, Rate};

/// The most addresses remembered at once.
const MOST_BUCKETS: usize = 50_000;

/// How often addresses that ask no more are forgotten; the privacy page says "a few minutes".
const SWEEP: Duration = Duration::from_mins(1);

/// The buckets.
#[derive(Debug)]
pub(crate) struct Limiter {
    rate: Rate,
    buckets: Mutex<Buckets>,
}

#[derive(Debug, Default)]
struct Buckets {
    by_address: HashMap<IpAddr, Bucket>,
    /// When those that are full again were last let go.
    swept: Option<Instant>,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    left: f64,
    at: Instant,
}

impl Limiter {
    /// Empty buckets for a rate; a rate of nothing still lets one request a minute through.
    pub(crate) fn new(rate: Rate) -> Self {
        let rate = Rate {
            per_second: if rate.per_second.is_finite() {
                rate.per_second.max(1.0 / 60.0)
            } else {
                1e6
            },
            burst: rate.burst.max(1),
            ..rate
        };
        Self { rate, buckets: Mutex::default() }
    }

    /// Takes one request from an address's bucket, or says after how long to come back.
    pub(crate) fn take(&self, address: IpAddr, now: Instant) -> Result<(), Duration> {
        let burst = f64::from(self.rate.burst);
        let mut held = match self.buckets.lock() {
            Ok(buckets) => buckets,
            Err(poisoned) => poisoned.into_inner(),
        };
        let Buckets { by_address: buckets, swept } = &mut *held;
        let since = swept.map(|at| now.saturating_duration_since(at));
        if since.is_none_or(|since| since >= SWEEP) || buckets.len() >= MOST_BUCKETS {
            // Buckets that are full again say nothing, and nobody's address is kept for longer than it is needed; where all are
            // in use, forgetting them is the lesser evil.
            let refill = Duration::from_secs_f64(burst / self.rate.per_second);
            buckets.retain(|_, bucket| now.saturating_duration_since(bucket.at) < refill);
            if buckets.len() >= MOST_BUCKETS {
                buckets.clear();
            }
            *swept = Some(now);
        }
        let bucket =
            buckets.entry(neighbourhood(address)).or_insert(Bucket { left: burst, at: now });
        let since = now.saturating_duration_since(bucket.at).as_secs_f64();
        bucket.left = (bucket.left + since * self.rate.per_second).min(burst);
        bucket.at = now;
        if bucket.left >= 1.0 {
            bucket.left -= 1.0;
            Ok(())
        } else {
            Err(Duration::from_secs_f64((1.0 - bucket.left) / self.rate.per_second))
        }
    }

    /// Whether requests of this machine itself are counted.
    pub(crate) fn counts_loopback(&self) -> bool {
        self.rate.count_loopback
    }
}

/// Whoever has one IPv6 address has its whole /64.
fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() & !u128::from(u64::MAX))),
        four @ IpAddr::V4(_) => four,
    }
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Visitor {
    /// Their address, as far as it can be trusted.
    pub(crate) address: IpAddr,
    /// Whether it is this machine itself, with nobody in between.
    pub(crate) local: bool,
    /// Whether a trusted proxy stands in between.
    pub(crate) proxied: bool,
}

/// Who asks, by the connection's address and the headers: from the right, the first forwarded address that is no trusted proxy.
pub(crate) fn visitor(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> Visitor {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.holds(address));
    let forwarded = headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded");
    let peer = peer.to_canonical();
    if !is_trusted(peer) {
        return Visitor { address: peer, local: peer.is_loopback() && !forwarded, proxied: false };
    }
    let mut address = peer;
    let lines: Vec<&str> =
        headers.get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok()).collect();
    for word in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        let Ok(hop) = word.trim().parse::<IpAddr>() else { break };
        address = hop.to_canonical();
        if !is_trusted(address) {
            break;
        }
    }
    Visitor { address, local: !forwarded && peer.is_loopback(), proxied: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(forwarded: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        headers
    }

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let limiter = Limiter::new(Rate { per_second: 2.0, burst: 3, count_loopback: true });
        let (one, other) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        let start = Instant::now();
        for _ in 0..3 {
            assert_eq!(limiter.take(one, start), Ok(()));
        }
        let wait = limiter.take(one, start).unwrap_err();
        assert_eq!(wait, Duration::from_millis(500));
        assert_eq!(limiter.take(other, start), Ok(()), "another address has its own bucket");
        assert_eq!(limiter.take(one, start + wait), Ok(()));
        assert!(limiter.take(one, start + wait).is_err());
    }

    #[test]
    fn who_asks_no_more_is_forgotten_within_minutes() {
        let limiter = Limiter::new(Rate { per_second: 10.0, burst: 120, count_loopback: true });
        let start = Instant::now();
        let held = || limiter.buckets.lock().unwrap().by_address.len();
        for last in 1..=50 {
            assert!(limiter.take(IpAddr::from([192, 0, 2, last]), start).is_ok());
        }
        assert_eq!(held(), 50);
        let later = start + Duration::from_mins(2);
        assert!(limiter.take("198.51.100.1".parse().unwrap(), later).is_ok());
        assert_eq!(held(), 1);
    }

    #[test]
    fn one_ipv6_network_is_one_visitor() {
        let limiter = Limiter::new(Rate { per_second: 1.0, burst: 1, count_loopback: true });
        let now = Instant::now();
        assert!(limiter.take("2001:db8::1".parse().unwrap(), now).is_ok());
        assert!(limiter.take("2001:db8::ffff".parse().unwrap(), now).is_err());
        assert!(limiter.take("2001:db8:0:1::1".parse().unwrap(), now).is_ok());
    }

    #[test]
    fn forwarded_addresses_count_only_from_trusted_proxies() {
        let trusted: Vec<Network> = vec!["10.0.0.0/8".parse().unwrap()];
        let stranger = "198.51.100.7".parse().unwrap();
        let lied = visitor(stranger, &headers(&["1.2.3.4"]), &trusted);
        assert_eq!(lied.address, stranger);
        assert!(!lied.proxied);
        let proxy = "10.0.0.1".parse().unwrap();
        // The visitor wrote the first address, the outer proxy the second, the inner proxy the third.
        let real = visitor(proxy, &headers(&["1.2.3.4, 203.0.113.5", "10.9.9.9"]), &trusted);
        assert_eq!(real.address, "203.0.113.5".parse::<IpAddr>().unwrap());
        assert_eq!(visitor(proxy, &headers(&["junk"]), &trusted).address, proxy);
        let here = "127.0.0.1".parse().unwrap();
        assert!(visitor(here, &headers(&[]), &[]).local);
        assert!(!visitor(here, &headers(&["203.0.113.5"]), &[]).local, "a proxy nobody declared");
    }
}
