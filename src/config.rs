//! Configuration: `minutebook.toml` in the data folder (or `--config`), then the environment, then the command line.
//!
//! The only reader of settings files and of environment variables. Unknown keys are errors, every key has a default or may be
//! left out, and the commented template is made from this file's own comments.

#![allow(
    rustdoc::bare_urls,
    rustdoc::broken_intra_doc_links,
    reason = "these comments are the template an operator reads, not pages of documentation"
)]

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use confique::Config as _;
use minutebook_crawler::pace::Night;
use serde::Deserialize;

use crate::web::{Colour, Compliance, Network};

/// Everything an operator can set. All of it is optional: `minutebook up --sample` needs none.
#[derive(Debug, Clone, confique::Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub struct Config {
    /// Address or mail box under which the webmaster of a council can reach you; sent with every request. No real host is
    /// crawled without one. For example "https://example.org/about-our-crawler" or "mailto:minutes@example.org".
    #[config(env = "MINUTEBOOK_CONTACT")]
    pub contact: Option<String>,

    /// The sites to crawl when none is named on the command line, each as a table:
    /// [[sites]]
    /// url = "https://moderngov.example.gov.uk"
    /// council = "Example Borough Council"
    /// licence = "Contains public sector information licensed under the Open Government Licence v3.0."
    /// licence_url = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    /// (the last two only where the council itself says so)
    #[config(default = [])]
    pub sites: Vec<SiteConfig>,

    /// Published vocabularies to use besides the shipped one: files of SKOS (Turtle, N-Triples, RDF/XML) or esd controlled lists
    /// such as IPSV. After a change: `minutebook extract`, then `minutebook index --rebuild`.
    #[config(default = [])]
    pub vocabularies: Vec<PathBuf>,

    /// How the crawl behaves.
    #[config(nested)]
    pub crawl: CrawlConfig,

    /// How the web pages are served.
    #[config(nested)]
    pub web: WebConfig,
}

/// One site to crawl.
#[derive(Debug, Clone, Default, Deserialize, serde::Serialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct SiteConfig {
    /// Any address of the site.
    pub url: String,
    /// The council's name, as readers should see it.
    pub council: Option<String>,
    /// The line of licence or attribution the council asks for; shown with its minutes.
    pub licence: Option<String>,
    /// Address of that licence; the line links to it.
    pub licence_url: Option<String>,
}

/// How the crawl behaves.
#[derive(Debug, Clone, confique::Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub struct CrawlConfig {
    /// Seconds between two requests to one host. A longer Crawl-delay in the site's robots.txt always wins.
    #[config(default = 5.0)]
    pub delay: f64,

    /// The most pages to ask of each site in one run. Unlimited where not set.
    pub max_pages: Option<u64>,

    /// Only ask between these hours of the night, London time; for example "23:00-06:00".
    pub night: Option<String>,

    /// Crawl the Welsh twin of a bilingual site as well, keeping its text apart.
    #[config(default = false)]
    pub welsh: bool,

    /// Hours between two crawls while `minutebook up` runs.
    #[config(default = 24)]
    pub every_hours: u64,
}

/// How the web pages are served.
#[derive(Debug, Clone, confique::Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub struct WebConfig {
    /// Address and port to listen on.
    #[config(env = "MINUTEBOOK_LISTEN", default = "127.0.0.1:8390")]
    pub listen: SocketAddr,

    /// The name of your search site, shown in the header.
    #[config(default = "Minutebook")]
    pub name: String,

    /// The address under which the public reaches the site, without a trailing slash. Used in feeds, citations and the
    /// sitemap; where not set, the address of the request is used.
    pub base: Option<String>,

    /// Who runs the site and how to reach them; shown on the help, privacy and accessibility pages.
    pub operator: Option<String>,

    /// Proxies whose X-Forwarded-For is believed: addresses or networks, such as 127.0.0.1 or 10.0.0.0/8.
    #[config(default = [])]
    pub trusted_proxies: Vec<String>,

    /// Requests a minute that one address may make; 0 for no limit.
    #[config(default = 300)]
    pub requests_per_minute: u32,

    /// Address and port for /metrics, apart from the public pages. Off where not set.
    pub metrics: Option<SocketAddr>,

    /// Accent colour of the pages in light mode as #rrggbb; its contrast is checked by `minutebook config check`.
    pub colour: Option<String>,

    /// The same in dark mode, checked against the dark page. Where not set, dark mode keeps its own.
    pub colour_dark: Option<String>,

    /// The accessibility statement. Public bodies must fill it in.
    #[config(nested)]
    pub accessibility: AccessibilityConfig,
}

/// What the accessibility statement says.
#[derive(Debug, Clone, confique::Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub struct AccessibilityConfig {
    /// True for a public sector body, which SI 2018/952 binds.
    #[config(default = false)]
    pub public_body: bool,

    /// Where people can report barriers.
    pub contact: Option<String>,

    /// "fully", "partially" or "not" compliant with WCAG 2.2 AA.
    pub status: Option<String>,

    /// What is not accessible, and why, one sentence each; printed in the statement.
    #[config(default = [])]
    pub gaps: Vec<String>,

    /// When the statement was prepared, for example "2026-11-23".
    pub prepared: Option<String>,

    /// When it was last reviewed.
    pub reviewed: Option<String>,

    /// When and how the site was last tested.
    pub tested: Option<String>,
}

/// Reads the configuration. `file` must exist when it was named; `in_folder` is read only where it exists.
pub fn load(named: Option<&Path>, in_folder: &Path) -> Result<Config> {
    let file = match named {
        Some(path) if !path.is_file() => {
            bail!(
                "no configuration file at {}; leave out --config or name an existing file",
                path.display()
            )
        }
        Some(path) => path.to_path_buf(),
        None => in_folder.to_path_buf(),
    };
    let config = Config::builder()
        .env()
        .file(&file)
        .load()
        .with_context(|| format!("cannot use the configuration in {}", file.display()))?;
    check(&config)
        .with_context(|| format!("cannot use the configuration in {}", file.display()))?;
    Ok(config)
}

/// How far the site says that it is accessible. Errors: it says it in words that the statement has not.
pub fn compliance(config: &Config) -> Result<Option<Compliance>> {
    let status = config.web.accessibility.status.as_deref();
    status.map(str::parse).transpose().context("web.accessibility.status")
}

/// What the types cannot say.
fn check(config: &Config) -> Result<()> {
    if !(0.0..=3600.0).contains(&config.crawl.delay) {
        bail!("crawl.delay is {}, but must be between 0 and 3600 seconds", config.crawl.delay);
    }
    if let Some(night) = &config.crawl.night {
        Night::parse(night).context("crawl.night")?;
    }
    for proxy in &config.web.trusted_proxies {
        proxy.parse::<Network>().context("web.trusted_proxies")?;
    }
    if let Some(colour) = &config.web.colour {
        Colour::on_paper(colour).context("web.colour")?;
    }
    if let Some(colour) = &config.web.colour_dark {
        Colour::on_night(colour).context("web.colour_dark")?;
    }
    compliance(config)?;
    for site in &config.sites {
        if let Some(url) = &site.licence_url
            && !url.starts_with("https://")
            && !url.starts_with("http://")
        {
            bail!("sites: licence_url of {} is \"{url}\", but must be a web address", site.url);
        }
        if site.council.is_none() && (site.licence.is_some() || site.licence_url.is_some()) {
            bail!("sites: {} has a licence but no council; name the council it is of", site.url);
        }
    }
    Ok(())
}

/// What an operator should know of a configuration that is valid all the same.
pub fn warnings(config: &Config) -> Vec<String> {
    let mut warnings = Vec::new();
    if config.contact.is_none() {
        warnings.push("contact is not set: no real site can be crawled".to_owned());
    }
    if config.web.operator.is_none() {
        warnings.push("web.operator is not set: readers are not told who runs the site".to_owned());
    }
    let statement = &config.web.accessibility;
    if statement.contact.is_none() || statement.status.is_none() {
        warnings.push(if statement.public_body {
            "web.accessibility lacks contact or status: a public body must publish both".to_owned()
        } else {
            "web.accessibility lacks contact or status: the statement will call itself voluntary"
                .to_owned()
        });
    }
    warnings
}

/// The commented template.
pub fn template() -> String {
    confique::toml::template::<Config>(confique::toml::FormatOptions::default())
}

/// The environment's wish for no colour (<https://no-color.org>).
pub fn no_colour() -> bool {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// Log filter from the environment.
pub fn log_filter() -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    std::env::var("RUST_LOG").ok()
}

/// Where the configuration of a data folder stands.
pub fn path_in(folder: &Path) -> PathBuf {
    folder.join("minutebook.toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str) -> Result<Config> {
        let folder = tempfile::tempdir().unwrap();
        let path = path_in(folder.path());
        std::fs::write(&path, text).unwrap();
        load(Some(&path), &path)
    }

    #[test]
    fn nothing_needs_to_be_set() {
        let folder = tempfile::tempdir().unwrap();
        let config = load(None, &path_in(folder.path())).unwrap();
        assert!((config.crawl.delay - 5.0).abs() < f64::EPSILON);
        assert!(config.sites.is_empty());
    }

    #[test]
    fn unknown_keys_and_bad_values_are_named() {
        for (text, word) in [
            ("contct = 'x'", "contct"),
            ("[crawl]\ndelay = -1", "crawl.delay"),
            ("[crawl]\nnight = '25-6'", "crawl.night"),
            ("[web]\ncolour = 'red'", "web.colour"),
            ("[web]\ntrusted_proxies = ['10.0.0.0/40']", "web.trusted_proxies"),
            ("[web]\ncolour = '#ffff00'", "web.colour"),
            ("[web]\ncolour_dark = '#123456'", "web.colour_dark"),
            ("[[sites]]\nurl = 'https://x.example'\nlicence_url = 'javascript:x'", "licence_url"),
            ("[[sites]]\nuri = 'x'", "uri"),
            ("not toml", "minutebook.toml"),
        ] {
            let error = format!("{:#}", with(text).unwrap_err());
            assert!(error.contains(word), "{text:?} gave {error}");
        }
    }

    #[test]
    fn the_template_is_a_configuration() {
        let text = template();
        assert!(text.contains("#contact ="));
        with(&text).unwrap();
    }
}
