//! `minutebook up`: crawl, extract, index, serve, and keep fresh. Safe to stop and start again at any moment: each stage's own file is
//! whole at all times, and what a stage had not finished is done again from the stage before.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use minutebook_crawler::crawl::{self, Event, Stop};
use minutebook_index::Writer;
use minutebook_index::meaning::Model;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::progress::Bars;
use super::{End, UsageError, runtime, semantic, serve, stop};
use crate::cli::UpArgs;
use crate::config::{Config, SiteConfig};
use crate::crawling::{self, Plan};
use crate::folder::Folder;
use crate::{clock, pipeline, sample, web};

/// The port the sample council is served on when it is first made, if it is free.
const SAMPLE_PORT: u16 = 8391;
/// The least time between two refreshes of the index while a crawl runs.
const LEAST_REFRESH: Duration = Duration::from_secs(20);
/// A refresh may take one part in this of the time, so that a large archive is not extracted all day long.
const REFRESH_SHARE: u32 = 20;

/// How often a refresh that fails after a crawl is tried, and the pause between: another process may be writing for a while.
const TRIES: u32 = 60;
const BETWEEN_TRIES: Duration = Duration::from_secs(5);

/// Runs the command.
pub(super) fn run(folder: &Folder, config: &Config, args: &UpArgs) -> Result<End> {
    let model = semantic::model(&args.semantic)?;
    let mut plan = Plan::new(&args.sites, &args.pace, config)?;
    let runtime = runtime()?;
    let sample = if args.sample {
        let listener = runtime.block_on(sample_listener(folder))?;
        let url = format!("http://{}/", listener.local_addr()?);
        let council = Some(sample::council().context("the sample council cannot be made")?.name);
        plan.sites = vec![SiteConfig { url, council, ..SiteConfig::default() }];
        plan.delay = args.pace.delay.unwrap_or(0.0);
        Some(listener)
    } else {
        None
    };
    if plan.sites.is_empty() && folder.archives()?.is_empty() {
        bail!(UsageError(
            "name a SITE, list sites in the configuration, or try `minutebook up --sample`"
                .to_owned()
        ));
    }
    // An index that cannot be used is said at once, before anything is asked of anyone.
    drop(Writer::open_or_create(folder.index())?);
    let index = semantic::open(folder, model.as_ref())?;
    let app = serve::app(index, config, folder)?;
    let listen = args.listen.unwrap_or(config.web.listen);
    let end = runtime.block_on(everything(folder, config, plan, app, listen, sample, model));
    // Extraction or indexing under way is not waited for: what it writes is put in place whole or not at all.
    runtime.shutdown_background();
    end
}

async fn everything(
    folder: &Folder,
    config: &Config,
    plan: Plan,
    app: web::App,
    listen: std::net::SocketAddr,
    sample: Option<TcpListener>,
    model: Option<Arc<dyn Model>>,
) -> Result<End> {
    let is_sample = sample.is_some();
    let embed = embedder(folder, model);
    if let Some(listener) = sample {
        let council = Arc::new(sample::council().context("the sample council cannot be made")?);
        tokio::spawn(sample::serve(listener, council, sample::Mode::Both));
    }
    let fetcher = plan.fetcher()?;
    for site in &plan.sites {
        let pasted = minutebook_crawler::address::Base::from_pasted(&site.url)?;
        fetcher.require_contact(pasted.url())?;
    }
    let listener = serve::listen(listen).await?;
    let (stopper, stop) = crawl::stop();
    let server_stop = stop.clone();
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        stop::asked().await;
        stopper.stop();
    });
    let first_run = app.generation() <= 1;
    // A newcomer opens the address at once: of the sample it is printed when there is something to see, seconds later.
    let later = is_sample && first_run;
    if !later {
        println_address(address)?;
        tracing::info!(
            "open http://{address} in a browser; what has been read can be searched while the rest is fetched; Ctrl-C stops"
        );
    }
    let serving = tokio::spawn(web::serve(listener, app, said(server_stop)));
    let work = async {
        round(folder, &plan, &fetcher, &stop).await?;
        if later {
            println_address(address)?;
            tracing::info!("open http://{address} in a browser; Ctrl-C stops");
        }
        embed.notify_one();
        keep_fresh(folder, config, &plan, &fetcher, &stop, is_sample, &embed).await
    };
    beside(serving, work).await?;
    Ok(if stop::was_interrupt() { End::Interrupted } else { End::Done })
}

/// Works while the site is served, until both have ended. A site that cannot be served is said at once, whatever there is to do.
async fn beside<E: std::error::Error + Send + Sync + 'static>(
    mut serving: JoinHandle<Result<(), E>>,
    work: impl Future<Output = Result<()>>,
) -> Result<()> {
    let mut work = pin!(work);
    tokio::select! {
        done = &mut work => {
            done?;
            serving.await.context("the server broke off")??;
        }
        served = &mut serving => {
            served.context("the server broke off")??;
            work.await?;
        }
    }
    Ok(())
}

fn println_address(address: std::net::SocketAddr) -> Result<()> {
    super::print(&format!("http://{address}\n")).map(|_| ())
}

/// Crawls again every so often, until stopped. The sample never changes.
async fn keep_fresh(
    folder: &Folder,
    config: &Config,
    plan: &Plan,
    fetcher: &Arc<minutebook_crawler::fetch::Fetcher>,
    stop: &Stop,
    is_sample: bool,
    embed: &Notify,
) -> Result<()> {
    let pause = Duration::from_secs(config.crawl.every_hours.max(1) * 3600);
    while !stop.is_said() {
        tokio::select! {
            () = said(stop.clone()) => break,
            () = tokio::time::sleep(pause), if !is_sample => {
                round(folder, plan, fetcher, stop).await?;
                embed.notify_one();
            }
        }
    }
    Ok(())
}

/// Embeds what is new each time it is told to, beside everything else: it may take hours, and what was made is kept. Nothing
/// without a model.
fn embedder(folder: &Folder, model: Option<Arc<dyn Model>>) -> Arc<Notify> {
    let told = Arc::new(Notify::new());
    if let Some(model) = model {
        let (folder, told) = (folder.clone(), Arc::clone(&told));
        tokio::spawn(async move {
            loop {
                told.notified().await;
                let (folder, model) = (folder.clone(), Arc::clone(&model));
                let made = tokio::task::spawn_blocking(move || semantic::embed(&folder, &model));
                if let Err(error) = made.await.context("embedding broke off").flatten() {
                    tracing::error!("{error:#}; what is not embedded is found by its words alone");
                }
            }
        });
    }
    told
}

async fn said(stop: Stop) {
    stop.said().await;
}

/// One crawl of every site, with the index following what has been fetched.
async fn round(
    folder: &Folder,
    plan: &Plan,
    fetcher: &Arc<minutebook_crawler::fetch::Fetcher>,
    stop: &Stop,
) -> Result<()> {
    let count = Arc::new(AtomicU64::new(0));
    let over = Arc::new(AtomicBool::new(false));
    let following = tokio::spawn(follow(folder.clone(), Arc::clone(&count), Arc::clone(&over)));
    let bars = Bars::new();
    let ended = crawling::all(plan, folder, fetcher, stop, move |site, event| {
        if matches!(event, Event::Asked { .. }) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        bars.show(site, &event);
    })
    .await;
    over.store(true, Ordering::Relaxed);
    for (site, end) in &ended {
        match end {
            Ok(summary) => tracing::info!(
                "{site}: {}; {} pages held, {} waiting",
                summary.ending.words(),
                summary.held,
                summary.waiting
            ),
            // One site's trouble is no reason to stop serving the others.
            Err(error) => tracing::error!("{error:#}"),
        }
    }
    if let Err(error) = following.await {
        tracing::error!("the index could not follow the crawl: {error}");
    }
    refresh_patiently(folder, stop, TRIES, BETWEEN_TRIES).await;
    Ok(())
}

/// Refreshes the index; while another process writes it (`suppress`, `index`), waits for that one to be done. What cannot be
/// done now is done after the next crawl: what is held goes on being served meanwhile.
async fn refresh_patiently(folder: &Folder, stop: &Stop, tries: u32, pause: Duration) {
    for left in (0..tries).rev() {
        match refresh(folder).await {
            Ok(()) => return,
            Err(error) if left > 0 => {
                tracing::warn!("{error:#}; trying again in {} s", pause.as_secs());
            }
            Err(error) => {
                tracing::error!(
                    "{error:#}; what was fetched can be searched after `minutebook extract` and `minutebook index`, or the next crawl"
                );
                return;
            }
        }
        tokio::select! {
            () = said(stop.clone()) => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Extracts and indexes now and then while pages come in.
async fn follow(folder: Folder, fetched: Arc<AtomicU64>, over: Arc<AtomicBool>) {
    let mut seen = 0;
    let mut pause = LEAST_REFRESH;
    let mut last = Instant::now();
    while !over.load(Ordering::Relaxed) {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let now = fetched.load(Ordering::Relaxed);
        if now == seen || last.elapsed() < pause {
            continue;
        }
        seen = now;
        let began = Instant::now();
        if let Err(error) = refresh(&folder).await {
            tracing::error!("{error:#}; it is tried again later");
        }
        pause = LEAST_REFRESH.max(began.elapsed() * REFRESH_SHARE);
        last = Instant::now();
    }
}

/// Archives to records to index, on a blocking thread.
async fn refresh(folder: &Folder) -> Result<()> {
    let folder = folder.clone();
    let done = tokio::task::spawn_blocking(move || -> Result<()> {
        let _lock = folder.lock_records()?;
        for path in folder.archives()? {
            let extracted = pipeline::extract(&folder, &path, |_| {})?;
            if !extracted.unread.is_empty() {
                tracing::info!(
                    "{}: {} pages are in no record; `minutebook extract` names them",
                    path.display(),
                    extracted.unread.len()
                );
            }
            let written = extracted.written;
            tracing::debug!(
                "{}: {} meetings, {} items",
                path.display(),
                written.meetings,
                written.items
            );
        }
        let mut writer = Writer::open_or_create(folder.index())?;
        let indexed = pipeline::index(&mut writer, &folder, None, clock::now())?;
        writer.finish()?;
        tracing::info!(
            "the index holds {} meetings ({} new, {} changed)",
            indexed.added + indexed.changed + indexed.same,
            indexed.added,
            indexed.changed
        );
        Ok(())
    });
    done.await.context("extraction broke off")?
}

/// The port the sample was served on before, so that its pages keep their addresses; else the usual one, else any.
async fn sample_listener(folder: &Folder) -> Result<TcpListener> {
    for path in folder.archives()? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(port) =
            name.strip_prefix("127.0.0.1_").and_then(|port| port.parse::<u16>().ok())
        {
            return TcpListener::bind(("127.0.0.1", port)).await.with_context(|| {
                format!(
                    "this folder's sample council lives on port {port} of this machine, which is taken; stop what uses it, or give another --data"
                )
            });
        }
    }
    match TcpListener::bind(("127.0.0.1", SAMPLE_PORT)).await {
        Ok(listener) => Ok(listener),
        Err(_) => Ok(TcpListener::bind(("127.0.0.1", 0)).await?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_site_that_cannot_be_served_is_said_while_the_work_goes_on() {
        let refused = || Err::<(), _>(std::io::Error::other("address taken"));
        let serving = tokio::spawn(async move { refused() });
        let error = beside(serving, std::future::pending()).await.unwrap_err();
        assert_eq!(error.to_string(), "address taken");
        // One that ends well, because it was told to, lets the work end too.
        let serving = tokio::spawn(async { Ok::<(), std::io::Error>(()) });
        let (ended, end) = tokio::sync::oneshot::channel();
        let work = async {
            tokio::time::sleep(Duration::from_millis(20)).await;
            ended.send(()).unwrap();
            Ok(())
        };
        beside(serving, work).await.unwrap();
        assert!(end.await.is_ok());
    }

    #[tokio::test]
    async fn a_refresh_that_cannot_be_done_leaves_the_rest_running() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::create(root.path()).unwrap();
        let _taken = folder.lock_records().unwrap();
        let (_stopper, stop) = crawl::stop();
        refresh_patiently(&folder, &stop, 2, Duration::from_millis(1)).await;
        assert!(!folder.index().exists());
    }
}
