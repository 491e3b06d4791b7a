//! What the web tests share: a small council's records written by hand, an index of them, and a site over it on loopback.

mod agree; // what is said in one place holds in the other
mod api; // the JSON API by its contract
mod interchange; // feeds, files, and what programs look for
mod pages; // every kind of page, by selectors
mod records;
mod running; // the program itself, serving
mod safety; // what must never happen
mod slow; // visitors who do not read
mod wording; // what the pages say in their own words

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock};

use minutebook::web::{self, App, Settings};
use minutebook_index::{Index, Writer};
use minutebook_record::Meeting;
use reqwest::header::HeaderMap;
use scraper::{Html, Selector};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// What the program logs while these tests run, all of them together.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The log, kept from the first site on.
fn log() -> &'static Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        let writer = log.clone();
        tracing_subscriber::fmt()
            .with_env_filter("minutebook=trace,minutebook_index=trace")
            .with_writer(move || writer.clone())
            .with_ansi(false)
            .init();
        log
    })
}

/// A site on loopback; it ends with the value.
struct Site {
    /// Its address, without a trailing slash.
    base: String,
    folder: tempfile::TempDir,
    client: reqwest::Client,
    _stop: oneshot::Sender<()>,
}

/// An answer, read.
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }

    fn html(&self) -> Page {
        assert_eq!(self.header("content-type"), "text/html; charset=utf-8");
        Page(Html::parse_document(&self.body))
    }
}

/// A page, asked by selectors.
struct Page(pub(super) Html);

impl Page {
    /// The text of everything a selector finds.
    fn texts(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let text = |e: scraper::ElementRef<'_>| {
            e.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
        };
        self.0.select(&selector).map(text).collect()
    }

    /// The text of the only thing a selector finds.
    fn text(&self, selector: &str) -> String {
        let mut texts = self.texts(selector);
        assert_eq!(texts.len(), 1, "{selector} finds {texts:?}");
        texts.remove(0)
    }

    /// An attribute of everything a selector finds.
    fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let value = |e: scraper::ElementRef<'_>| e.value().attr(name).map(str::to_owned);
        self.0.select(&selector).filter_map(value).collect()
    }

    fn has(&self, selector: &str) -> bool {
        !self.texts(selector).is_empty()
    }
}

/// Fills an index folder.
fn fill(folder: &std::path::Path, meetings: &[Meeting]) {
    let mut writer = Writer::open_or_create(folder).unwrap();
    for meeting in meetings {
        writer.put(meeting, "2026-11-23T12:00:00Z".parse().unwrap()).unwrap();
    }
    writer.commit().unwrap();
}

impl Site {
    /// The small council with the settings as they come.
    async fn new() -> Self {
        Self::with(Settings::default()).await
    }

    /// The small council with other settings.
    async fn with(settings: Settings) -> Self {
        Self::of(&records::meetings(), settings).await
    }

    /// Any records.
    async fn of(meetings: &[Meeting], settings: Settings) -> Self {
        log();
        let folder = tempfile::tempdir().unwrap();
        fill(folder.path(), meetings);
        let app = App::new(Index::open(folder.path()).unwrap(), settings);
        Self::serving(folder, app).await
    }

    /// An app made by the test itself.
    async fn serving(folder: tempfile::TempDir, app: App) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address: SocketAddr = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let until = async {
            let _ = stopped.await;
        };
        tokio::spawn(async move { web::serve(listener, app, until).await });
        // The client wants a TLS provider even where it only speaks plain HTTP; a second test finds it there already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .build()
            .unwrap();
        Self { base: format!("http://{address}"), folder, client, _stop: stop }
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(reqwest::Method::GET, path, &[]).await
    }

    async fn send(&self, method: reqwest::Method, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.bytes().await.unwrap();
        Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    /// The page at a path, which must be there.
    async fn page(&self, path: &str) -> Page {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.html()
    }
}
