//! The command line: declarations, nothing else.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Search over historical council minutes: who decided what, when, and on whose advice.
#[derive(Debug, Parser)]
#[command(name = "minutebook", version, arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = "Examples:
  minutebook up --sample                              everything at once, on a made-up council, with no network
  minutebook up https://moderngov.rotherham.gov.uk    crawl, extract, index and serve a real council
  minutebook search \"home schooling\"                  ask from the terminal

Exit codes: 0 done, 1 failed, 2 usage, 3 nothing found, 4 done but some pages failed, 130 stopped by Ctrl-C.")]
pub struct Cli {
    /// The data folder.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        default_value = "./minutebook-data",
        env = "MINUTEBOOK_DATA"
    )]
    pub data: PathBuf,
    /// Configuration file; `minutebook.toml` in the data folder where not given.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// A published vocabulary to use besides the shipped one: SKOS (Turtle, N-Triples, RDF/XML) or an esd controlled list such
    /// as IPSV. Give it to `extract`, `index` and `serve` alike, or name it in the configuration (`vocabularies`).
    #[arg(long, global = true, value_name = "FILE")]
    pub vocabulary: Vec<PathBuf>,
    /// Say less (twice: nothing but errors).
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub quiet: u8,
    /// Say more (twice: everything).
    #[arg(short, long, global = true, action = clap::ArgAction::Count, conflicts_with = "quiet")]
    pub verbose: u8,
    /// Colour on the terminal.
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,
    /// Logs as JSON lines.
    #[arg(long, global = true)]
    pub log_json: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Crawl, extract, index, serve, and keep fresh: the main job in one command.
    Up(UpArgs),
    /// Ask sites for their published pages and keep every answer (resumable, polite).
    Crawl(CrawlArgs),
    /// Take saved pages (folders, files, WARC) into a site's archive.
    Import(ImportArgs),
    /// Read archives into records.
    Extract(ExtractArgs),
    /// Read records into the index.
    Index(IndexArgs),
    /// Search the index.
    Search(Box<SearchArgs>),
    /// Serve the pages and the JSON API.
    Serve(ServeArgs),
    /// What is held, how fresh it is, what failed and why.
    Status(StatusArgs),
    /// Write records (JSON Lines), results (CSV) or the archive (WARC) to stdout or a file.
    Export(Box<ExportArgs>),
    /// Hash every stored page again and compare.
    Verify,
    /// Hide a page, an item or a phrase for good; kept across crawls, counted in public.
    Suppress(SuppressArgs),
    /// The configuration: its template, or a check of the file in use.
    Config {
        /// What about it.
        #[command(subcommand)]
        what: ConfigCommand,
    },
    /// Completions for a shell.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
    /// The manual page, in roff.
    Man,
}

/// `minutebook config ...`
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum ConfigCommand {
    /// Print a commented template.
    Template,
    /// Check the configuration in use and say what is worth setting.
    Check,
}

/// How a crawl behaves.
#[derive(Debug, Clone, Args)]
pub struct Pace {
    /// Seconds between two requests to one host; robots' Crawl-delay still wins [default: 5, for the sample 0].
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub delay: Option<f64>,
    /// The most pages to ask of each site in this run.
    #[arg(long, value_name = "N")]
    pub max_pages: Option<u64>,
    /// How the council can reach you (an address or mailto:); needed for real hosts.
    #[arg(long, value_name = "CONTACT")]
    pub contact: Option<String>,
    /// The council's name as readers should see it (with one SITE).
    #[arg(long, value_name = "NAME")]
    pub council: Option<String>,
    /// Crawl the Welsh twin of a bilingual site as well.
    #[arg(long)]
    pub welsh: bool,
}

/// Finding by meaning.
#[derive(Debug, Clone, Default, Args)]
pub struct SemanticArgs {
    /// Find by meaning too, with the language model in this folder: config.json, tokenizer.json, model.safetensors.
    ///
    /// The index must have been embedded with the same model (`index --semantic` and `up --semantic` do).
    #[arg(long, value_name = "MODEL_DIR")]
    pub semantic: Option<PathBuf>,
}

/// `minutebook up`
#[derive(Debug, Args)]
pub struct UpArgs {
    /// Any address of each site; the configuration's sites where none is given.
    #[arg(value_name = "SITE")]
    pub sites: Vec<String>,
    /// Serve a made-up council on loopback and run the whole job on it.
    #[arg(long, conflicts_with = "sites")]
    pub sample: bool,
    /// Address and port to serve on; port 0 picks a free one [default: 127.0.0.1:8390].
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// Pace and contact.
    #[command(flatten)]
    pub pace: Pace,
    /// Finding by meaning.
    #[command(flatten)]
    pub semantic: SemanticArgs,
}

/// `minutebook crawl`
#[derive(Debug, Args)]
pub struct CrawlArgs {
    /// Any address of each site; the configuration's sites where none is given.
    #[arg(value_name = "SITE")]
    pub sites: Vec<String>,
    /// Pace and contact.
    #[command(flatten)]
    pub pace: Pace,
    /// Say what would be asked first, ask only robots.txt and the front page, keep nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Print the summary as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `minutebook import`
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Folders, saved pages or WARC files.
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// The site the pages were saved from (its base address).
    #[arg(long, value_name = "URL")]
    pub site: String,
    /// The council's name as readers should see it.
    #[arg(long, value_name = "NAME")]
    pub council: Option<String>,
}

/// `minutebook extract`
#[derive(Debug, Args)]
pub struct ExtractArgs {
    /// Show one page's record and doubts instead.
    #[arg(long, value_name = "URL")]
    pub page: Option<String>,
    /// With --page: the record as JSON.
    #[arg(long, requires = "page")]
    pub json: bool,
}

/// `minutebook index`
#[derive(Debug, Args)]
pub struct IndexArgs {
    /// Records to read, a file or a folder, instead of the data folder's own.
    #[arg(long, value_name = "PATH")]
    pub records: Option<PathBuf>,
    /// Build a new index aside and switch to it.
    #[arg(long)]
    pub rebuild: bool,
    /// Finding by meaning.
    #[command(flatten)]
    pub semantic: SemanticArgs,
}

/// `minutebook search`
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// The words; several are joined.
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// Print the JSON API's answer.
    #[arg(long)]
    pub json: bool,
    /// Filters and order.
    #[command(flatten)]
    pub filters: FilterArgs,
    /// Page of results.
    #[arg(long, default_value = "1", value_name = "N")]
    pub page: String,
    /// Results a page, at most 100.
    #[arg(long, default_value = "10", value_name = "N")]
    pub per_page: String,
    /// Show counts by committee, year, role and topic.
    #[arg(long)]
    pub facets: bool,
    /// Finding by meaning.
    #[command(flatten)]
    pub semantic: SemanticArgs,
}

/// The filters of a search; each may be given several times for "any of".
#[derive(Debug, Clone, Default, Args)]
pub struct FilterArgs {
    /// Committee, by name or slug.
    #[arg(long, value_name = "NAME")]
    pub committee: Vec<String>,
    /// First day, such as 2019, 2019-03 or 2019-03-17.
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Last day, in the same forms: the whole of a year or month counts.
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// Year.
    #[arg(long, value_name = "YEAR")]
    pub year: Vec<String>,
    /// Role, by title or slug.
    #[arg(long, value_name = "ROLE")]
    pub role: Vec<String>,
    /// Topic, by label or slug.
    #[arg(long, value_name = "TOPIC")]
    pub topic: Vec<String>,
    /// Where: anywhere, title, minutes, resolution, agenda.
    #[arg(long = "in", value_name = "WHERE")]
    pub scope: Option<String>,
    /// Kind of decision: resolved, recommended, noted, deferred, referred, delegated, refused.
    #[arg(long, value_name = "KIND")]
    pub kind: Vec<String>,
    /// Council, by name or slug.
    #[arg(long, value_name = "NAME")]
    pub council: Vec<String>,
    /// Order: relevance, newest, oldest, first-seen.
    #[arg(long, value_name = "ORDER")]
    pub sort: Option<String>,
    /// Procedural items: hide or show.
    #[arg(long, value_name = "HOW")]
    pub routine: Option<String>,
    /// Synonyms: on or off.
    #[arg(long, value_name = "HOW")]
    pub synonyms: Option<String>,
}

impl FilterArgs {
    /// Whether anything is filtered or ordered.
    pub fn any(&self) -> bool {
        let lists =
            [&self.committee, &self.year, &self.role, &self.topic, &self.kind, &self.council];
        let single = [&self.from, &self.to, &self.scope, &self.sort, &self.routine, &self.synonyms];
        lists.iter().any(|list| !list.is_empty()) || single.iter().any(|value| value.is_some())
    }
}

/// `minutebook serve`
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Address and port; port 0 picks a free one [default: 127.0.0.1:8390].
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// Finding by meaning.
    #[command(flatten)]
    pub semantic: SemanticArgs,
}

/// `minutebook status`
#[derive(Debug, Args)]
pub struct StatusArgs {
    /// As JSON, in a stable format.
    #[arg(long)]
    pub json: bool,
}

/// `minutebook export`
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Records as JSON Lines; with a query, the results.
    #[arg(long, group = "what")]
    pub jsonl: bool,
    /// Results as CSV.
    #[arg(long, group = "what")]
    pub csv: bool,
    /// The archive as WARC 1.1.
    #[arg(long, group = "what")]
    pub warc: bool,
    /// Only this site (for records and WARC).
    #[arg(long, value_name = "URL")]
    pub site: Option<String>,
    /// Write here instead of stdout.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The words, for results.
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// Filters and order, for results.
    #[command(flatten)]
    pub filters: FilterArgs,
}

/// `minutebook suppress`
#[derive(Debug, Args)]
pub struct SuppressArgs {
    /// The site.
    #[arg(long, value_name = "URL")]
    pub site: Option<String>,
    /// Hide the page at this address.
    #[arg(long, group = "target", value_name = "URL")]
    pub page: Option<String>,
    /// Hide this item, by id.
    #[arg(long, group = "target", value_name = "ID")]
    pub item: Option<String>,
    /// Hide this phrase wherever it stands.
    #[arg(long, group = "target", value_name = "WORDS")]
    pub phrase: Option<String>,
    /// Why, for the operator's own memory; never shown.
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// Undo instead.
    #[arg(long)]
    pub lift: bool,
    /// List what is hidden.
    #[arg(long, conflicts_with = "target")]
    pub list: bool,
    /// Say what would be hidden, hide nothing.
    #[arg(long)]
    pub dry_run: bool,
}

fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if (0.0..=3600.0).contains(&value) => Ok(value),
        _ => Err(format!("`{text}` is not a number of seconds between 0 and 3600")),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_declarations_are_consistent() {
        super::Cli::command().debug_assert();
    }
}
