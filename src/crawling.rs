//! Crawling as the program does it: from addresses as people paste them to archives, several sites side by side, each at its own pace.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use minutebook_crawler::address::Base;
use minutebook_crawler::archive::Archive;
use minutebook_crawler::clock::Clock;
use minutebook_crawler::crawl::{self, Ending, Event, SiteOptions, Stop, Summary};
use minutebook_crawler::fetch::{Fetcher, Manners};
use minutebook_crawler::pace::Night;
use tokio::task::JoinSet;

use crate::cli::Pace;
use crate::config::{Config, SiteConfig};
use crate::folder::Folder;
use crate::pipeline::COUNCIL;

/// What to crawl, and how.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The sites, by any address of theirs.
    pub sites: Vec<SiteConfig>,
    /// Seconds between requests.
    pub delay: f64,
    /// The ceiling of pages a run.
    pub max_pages: Option<u64>,
    /// How the council can reach the operator.
    pub contact: Option<String>,
    /// Hours to ask in.
    pub night: Option<String>,
    /// Welsh twins too.
    pub welsh: bool,
    /// How long after a run the next one is due.
    pub every: Duration,
}

impl Plan {
    /// The command line over the configuration. `delay` is the pause where neither says one.
    pub fn new(named: &[String], pace: &Pace, config: &Config) -> Result<Plan> {
        let of_config = |url: &String| config.sites.iter().find(|site| site.url == *url).cloned();
        let mut sites: Vec<SiteConfig> = if named.is_empty() {
            config.sites.clone()
        } else {
            let bare = |url: &String| SiteConfig { url: url.clone(), ..SiteConfig::default() };
            named.iter().map(|url| of_config(url).unwrap_or_else(|| bare(url))).collect()
        };
        if let Some(council) = &pace.council {
            let [site] = sites.as_mut_slice() else {
                bail!("--council names one council, so name one SITE")
            };
            site.council = Some(council.clone());
        }
        Ok(Plan {
            sites,
            delay: pace.delay.unwrap_or(config.crawl.delay),
            max_pages: pace.max_pages.or(config.crawl.max_pages),
            contact: pace.contact.clone().or_else(|| config.contact.clone()),
            night: config.crawl.night.clone(),
            welsh: pace.welsh || config.crawl.welsh,
            every: Duration::from_secs(config.crawl.every_hours.max(1) * 3600),
        })
    }

    /// The one that sends requests for all sites.
    pub fn fetcher(&self) -> Result<Arc<Fetcher>> {
        let manners = Manners {
            delay: Duration::from_secs_f64(self.delay),
            contact: self.contact.clone(),
            night: self.night.as_deref().map(Night::parse).transpose()?,
            ..Manners::default()
        };
        Ok(Arc::new(Fetcher::new(manners, Clock::of_the_machine())?))
    }
}

/// Crawls every site of the plan, side by side. `on_event` hears of each, with the address as it was named. Answers how each ended.
pub async fn all<F>(
    plan: &Plan,
    folder: &Folder,
    fetcher: &Arc<Fetcher>,
    stop: &Stop,
    on_event: F,
) -> Vec<(String, Result<Summary>)>
where
    F: Fn(&str, Event) + Send + Sync + 'static,
{
    let on_event = Arc::new(on_event);
    let mut crawls = JoinSet::new();
    for site in &plan.sites {
        let (site, folder, fetcher, stop) =
            (site.clone(), folder.clone(), Arc::clone(fetcher), stop.clone());
        let options = SiteOptions {
            max_pages: plan.max_pages,
            welsh: plan.welsh,
            every: plan.every,
            ..SiteOptions::default()
        };
        let on_event = Arc::clone(&on_event);
        crawls.spawn(async move {
            let ended =
                one(&site, &options, &folder, &fetcher, &stop, |event| on_event(&site.url, event))
                    .await;
            (site.url, ended)
        });
    }
    let mut ended = Vec::new();
    while let Some(crawl) = crawls.join_next().await {
        match crawl {
            Ok(crawl) => ended.push(crawl),
            Err(error) => {
                ended.push((String::new(), Err(anyhow::anyhow!("a crawl broke off: {error}"))));
            }
        }
    }
    ended.sort_by(|a, b| a.0.cmp(&b.0));
    ended
}

async fn one(
    site: &SiteConfig,
    options: &SiteOptions,
    folder: &Folder,
    fetcher: &Fetcher,
    stop: &Stop,
    on_event: impl FnMut(Event),
) -> Result<Summary> {
    let pasted =
        Base::from_pasted(&site.url).with_context(|| format!("cannot crawl {}", site.url))?;
    let (base, found) = match held(folder, &pasted)? {
        Some(base) => (base, false),
        None => (crawl::find(&pasted, fetcher, stop).await?, true),
    };
    let mut archive = Archive::create(&folder.archive(base.as_str()), &base)?;
    if found {
        archive.set_fact(PASTED, pasted.as_str())?;
    }
    if let Some(council) = &site.council {
        archive.set_fact(COUNCIL, council)?;
    }
    Ok(crawl::crawl(options, &mut archive, fetcher, stop, on_event).await?)
}

/// The archive's fact that holds the address from which its site was found.
const PASTED: &str = "pasted";

/// The base of an archive that a pasted address belongs to: it need not be looked for again. The longest wins.
fn held(folder: &Folder, pasted: &Base) -> Result<Option<Base>> {
    let bases: Vec<Base> = folder
        .archives()?
        .iter()
        .filter_map(|path: &PathBuf| Archive::open(path).ok())
        .filter(|archive| {
            let led_here =
                archive.fact(PASTED).ok().flatten().is_some_and(|p| p == pasted.as_str());
            led_here || pasted.as_str().starts_with(archive.site().as_str())
        })
        .map(|archive| archive.site().clone())
        .collect();
    Ok(bases.into_iter().max_by_key(|base| base.as_str().len()))
}

/// How a crawl's end counts for the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// As far as it was meant to go.
    Done,
    /// Something was kept, something failed.
    Partly,
    /// Nothing to show for it.
    Failed,
}

/// Judges one crawl.
pub fn verdict(ended: &Result<Summary>) -> Verdict {
    match ended {
        Err(_) => Verdict::Failed,
        Ok(summary) => match &summary.ending {
            Ending::Done | Ending::Ceiling | Ending::Stopped => Verdict::Done,
            Ending::SomeFailed { .. } => Verdict::Partly,
            _ if summary.held > 0 => Verdict::Partly,
            _ => Verdict::Failed,
        },
    }
}
