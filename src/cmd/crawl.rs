//! `minutebook crawl`: sites to archives. Resumable: stop it with Ctrl-C, run it again.

use anyhow::{Result, bail};
use minutebook_crawler::crawl;

use super::progress::Bars;
use super::{End, UsageError, print, runtime, stop};
use crate::cli::CrawlArgs;
use crate::config::Config;
use crate::crawling::{self, Plan, Verdict};
use crate::folder::Folder;

/// Runs the command.
pub(super) fn run(folder: &Folder, config: &Config, args: &CrawlArgs) -> Result<End> {
    let plan = Plan::new(&args.sites, &args.pace, config)?;
    if plan.sites.is_empty() {
        bail!(UsageError(
            "name a SITE to crawl, or list sites in the configuration (`minutebook config template`)".to_owned()
        ));
    }
    let fetcher = plan.fetcher()?;
    runtime()?.block_on(async {
        let (stopper, stop) = crawl::stop();
        tokio::spawn(async move {
            stop::asked().await;
            stopper.stop();
        });
        if args.dry_run {
            return dry_run(&plan, &fetcher, &stop).await;
        }
        let bars = Bars::new();
        let ended = crawling::all(&plan, folder, &fetcher, &stop, move |site, event| {
            bars.show(site, &event);
        })
        .await;
        report(&ended, args.json)
    })
}

/// Finds each site and says what the crawl would be told; keeps nothing.
async fn dry_run(
    plan: &Plan,
    fetcher: &minutebook_crawler::fetch::Fetcher,
    stop: &crawl::Stop,
) -> Result<End> {
    for site in &plan.sites {
        let pasted = minutebook_crawler::address::Base::from_pasted(&site.url)?;
        let base = crawl::find(&pasted, fetcher, stop).await?;
        let (_, why) = fetcher.turn(&base.host()).await;
        print(&format!(
            "{}: would be crawled from {}, with {} s between requests at least ({why:?})\n",
            site.url,
            base.as_str(),
            plan.delay
        ))?;
    }
    Ok(End::Done)
}

fn report(ended: &[(String, Result<crawl::Summary>)], json: bool) -> Result<End> {
    let mut worst = Verdict::Done;
    let mut kept = false;
    for (site, end) in ended {
        worst = worst.max(crawling::verdict(end));
        match end {
            Ok(summary) => {
                kept |= summary.held > 0;
                tracing::info!(
                    "{site}: {}; {} requests, {} new or changed, {} unchanged, {} failed, {} pages held, {} waiting",
                    summary.ending.words(),
                    summary.requests,
                    summary.fetched,
                    summary.unchanged,
                    summary.failures,
                    summary.held,
                    summary.waiting
                );
            }
            Err(error) => eprintln!("minutebook: {error:#}"),
        }
    }
    if json {
        let summaries: Vec<_> = ended.iter().filter_map(|(_, end)| end.as_ref().ok()).collect();
        print(&format!("{}\n", serde_json::to_string_pretty(&summaries)?))?;
    }
    if stop::was_interrupt() {
        return Ok(End::Interrupted);
    }
    Ok(match worst {
        Verdict::Done => End::Done,
        Verdict::Failed if !kept => End::Failed,
        Verdict::Partly | Verdict::Failed => End::Partly,
    })
}
