//! `minutebook serve`: the pages and the JSON API over an index that others may be writing meanwhile.

use std::io::Write;
use std::net::SocketAddr;

use anyhow::{Context, Result};
use jiff::Timestamp;
use minutebook_crawler::archive::{Archive, Failure};
use minutebook_index::Index;
use minutebook_record::id::slug;
use tokio::net::TcpListener;

use super::{End, semantic, stop, withheld};
use crate::cli::ServeArgs;
use crate::config::{self, Config};
use crate::folder::Folder;
use crate::web::{
    self, Accessibility, App, Colour, CouncilSettings, CrawlHealth, FailingPage, Rate, Settings,
    SiteHealth,
};

/// How many failing addresses of a site are named in public.
const MOST_NAMED: usize = 20;

/// Runs the command.
pub(super) fn run(folder: &Folder, config: &Config, args: &ServeArgs) -> Result<End> {
    let index = semantic::open(folder, semantic::model(&args.semantic)?.as_ref())?;
    let app = app(index, config, folder)?;
    let runtime = super::runtime()?;
    let end = runtime.block_on(async {
        let listener = listen(args.listen.unwrap_or(config.web.listen)).await?;
        announce(&listener)?;
        web::serve(listener, app, stop::asked()).await?;
        Ok(if stop::was_interrupt() { End::Interrupted } else { End::Done })
    });
    // A search under way is not waited for: nobody is there any more to be told.
    runtime.shutdown_background();
    end
}

/// The site over an index, as configured.
pub(super) fn app(index: Index, config: &Config, folder: &Folder) -> Result<App> {
    let asked = folder.clone();
    let health = CrawlHealth::from(move || health(&asked));
    Ok(App::with_health(index, settings(config, folder)?, health))
}

/// Listens, or says what to do where the address is taken.
pub(super) async fn listen(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!(
            "cannot listen on {address}; choose another with --listen (port 0 picks a free one)"
        )
    })
}

/// Prints the address, the one line on stdout.
pub(super) fn announce(listener: &TcpListener) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "http://{}", listener.local_addr()?)?;
    out.flush()?;
    Ok(())
}

/// What the pages need to know of the configuration, and what is hidden.
pub(super) fn settings(config: &Config, folder: &Folder) -> Result<Settings> {
    let web = &config.web;
    let statement = &web.accessibility;
    let rate = (web.requests_per_minute > 0)
        .then(|| Rate { per_second: f64::from(web.requests_per_minute) / 60.0, ..Rate::default() });
    let councils = config
        .sites
        .iter()
        .filter_map(|site| {
            let slug = slug(site.council.as_ref()?);
            Some(CouncilSettings {
                slug,
                attribution: site.licence.clone(),
                licence_url: site.licence_url.clone(),
                ..CouncilSettings::default()
            })
        })
        .collect();
    let accent = web.colour.as_deref().map(Colour::on_paper).transpose().context("web.colour")?;
    let accent_dark =
        web.colour_dark.as_deref().map(Colour::on_night).transpose().context("web.colour_dark")?;
    Ok(Settings {
        site_name: web.name.clone(),
        operator: web.operator.clone(),
        contact: statement.contact.clone().or_else(|| config.contact.clone()),
        base: web.base.clone(),
        trusted_proxies: web
            .trusted_proxies
            .iter()
            .map(|proxy| proxy.parse().context("web.trusted_proxies"))
            .collect::<Result<_>>()?,
        rate,
        councils,
        accent,
        accent_dark,
        accessibility: Accessibility {
            public_body: statement.public_body,
            status: config::compliance(config)?,
            prepared: statement.prepared.clone(),
            reviewed: statement.reviewed.clone(),
            tested: statement.tested.clone(),
            gaps: statement.gaps.clone(),
        },
        metrics: web.metrics,
        withheld: withheld::of(folder)?,
        crawl_delay: Some(config.crawl.delay),
        user_agent: config.contact.as_deref().map(|contact| format!("minutebook/0.1 (+{contact})")),
        ..Settings::default()
    })
}

/// How the crawls of this folder went; what cannot be read is said in the log.
fn health(folder: &Folder) -> Vec<SiteHealth> {
    let archives = folder.archives().unwrap_or_else(|error| {
        tracing::warn!("{error:#}");
        Vec::new()
    });
    let mut all = Vec::new();
    for path in archives {
        match Archive::open(&path)
            .and_then(|archive| Ok((archive.status()?, archive.fact(crate::pipeline::COUNCIL)?)))
        {
            Ok((status, council)) => all.push(SiteHealth {
                site: status.site,
                council,
                last_crawl: status
                    .last_run
                    .map(|run| run.ended.unwrap_or(run.started))
                    .filter(|t| *t > Timestamp::UNIX_EPOCH),
                pages: status.held,
                waiting: status.waiting,
                failures: status
                    .outcomes
                    .into_iter()
                    .filter(|(outcome, _)| outcome != "fetched" && outcome != "unchanged")
                    .collect(),
                failing: status.failing,
                named: status.failures.into_iter().take(MOST_NAMED).map(failing).collect(),
            }),
            Err(error) => tracing::warn!("{}: {error}", path.display()),
        }
    }
    all
}

fn failing(failure: Failure) -> FailingPage {
    FailingPage {
        url: failure.url,
        outcome: failure.outcome,
        reason: failure.reason,
        held: failure.held,
    }
}
