//! Recognising what is not a page: firewalls' refusals, JavaScript redirects, error pages, bytes.
//!
//! Looks at bytes without parsing them: the marks are few and a stub is rarely good HTML.

use std::sync::LazyLock;

use regex::Regex;

use super::{Judgement, Outcome};
use crate::extract::date;
use crate::page::PageKind;
use crate::pattern;

/// How much of a body is looked at for the marks of a refusal. Refusals are small; a minute may quote anything.
const STUB_LIMIT: usize = 16 * 1024;

/// Marks of firewalls and bot checks, lower case, with their names.
static REFUSALS: &[(&str, &str)] = &[
    ("_incapsula_resource", "Incapsula"),
    ("incapsula incident id", "Incapsula"),
    ("cf-browser-verification", "Cloudflare"),
    ("cf_chl_opt", "Cloudflare"),
    ("/cdn-cgi/challenge-platform", "Cloudflare"),
    ("attention required! | cloudflare", "Cloudflare"),
    ("<title>just a moment", "Cloudflare"),
    ("the requested url was rejected. please consult with your administrator", "an F5 firewall"),
    ("<title>access denied</title>", "a firewall"),
    ("errors.edgesuite.net", "Akamai"),
    ("<title>403 forbidden</title>", "the server"),
    ("azure waf", "Azure's firewall"),
    ("awswafcaptcha", "AWS's firewall"),
];

/// Marks of error pages, lower case.
static ERRORS: &[(&str, &str)] = &[
    ("server error in '", "the server's own error page came"),
    ("<title>runtime error</title>", "the server's own error page came"),
    ("<title>service unavailable</title>", "the server says it is unavailable"),
    ("sharepointerror", "a SharePoint error page came"),
    ("/_layouts/15/", "a SharePoint page came"),
    ("sorry, something went wrong", "an error page came"),
    ("mgerror.aspx", "the system's error page came"),
];

/// Marks of ModernGov in a page, lower case: scripts, style sheets, the content's frame, class names of its lists, its addresses.
/// The council's menu leads to its front page ("Meeting documents") from everywhere, so that is no mark.
static SIGNATURES: &[&str] = &[
    "$moderngov",
    "mg.jqueryaddons",
    "ssmgstyles",
    "moderngov reverse cms",
    "id=\"modgov\"",
    "id='modgov'",
    "class=\"mgcontent",
    "class=\"mgmaintable",
    "mgitemtable",
    "mgwordpara",
    "mgaititletxt",
    "mgmaintitletxt",
    "mgsubitemtitletxt",
    "mgsubtitletxt",
    "mgbulletlist",
    "mgmeetingtablelnk",
    "mgnonbullettablelist",
    "mgactionlist",
    "mglabel",
    "mgerrortxt",
    "ielistmeetings.aspx",
    "ielistdocuments.aspx",
    "mgcommitteedetails.aspx",
    "mglistcommittees.aspx",
    "celistdocuments.aspx",
];

/// Marks that a page of minutes carries content, so that a stray error line in it is no error page.
static CONTENT: &[&str] = &[
    "mgitemtable",
    "mgwordpara",
    "mgmeetingtablelnk",
    "table of meeting attendance",
    "mgaititletxt",
];

/// Marks that a page tells of a meeting, lower case, beside those of [`CONTENT`]: headings, labels and lists inside the frame.
static TELLING: &[&str] = &[
    "mgsubtitletxt",
    "mgsubitemtitletxt",
    "mglabel",
    "mgbulletlist",
    "mgnonbullettablelist",
    // The older archive's list of a meeting's documents.
    "celistdocuments.aspx",
];

/// Marks of lists of committees and meetings, lower case.
static LISTS: &[&str] =
    &["mgbulletlist", "mgmeetingtablelnk", "mgnonbullettablelist", "mgstatstable", "mgactionlist"];

/// Marks of the frame around the content.
static FRAME: &[&str] = &["id=\"modgov\"", "id='modgov'", "class=\"mgcontent"];

/// The place of an item on a meeting's page.
static ITEM_TARGET: LazyLock<Regex> =
    LazyLock::new(|| pattern::regex(r#"(?:name|id)\s*=\s*["']?ai\d"#));

/// A heading, and the page's title.
static HEADING: LazyLock<Regex> =
    LazyLock::new(|| pattern::regex(r"<(?:h[1-6]|title)\b[^>]{0,200}>([^<]{0,300})"));

/// Words of headings that say why there is no page, lower case.
static AWAY: &[&str] = &["maintenance", "unavailable", "offline", "back soon", "error"];

/// The lower-case start of a body, as far as marks are looked for.
fn start(body: &[u8], limit: usize) -> Vec<u8> {
    body[..body.len().min(limit)].to_ascii_lowercase()
}

fn contains(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle.as_bytes())
}

/// The whole text in lower case, as far as marks go: those of UTF-16 are every other byte.
fn lower(body: &[u8]) -> String {
    let mut lower = String::from_utf8_lossy(body).to_ascii_lowercase();
    if is_utf16(body) {
        lower.retain(|c| c != '\0');
    }
    lower
}

fn is_utf16(body: &[u8]) -> bool {
    body.starts_with(&[0xFF, 0xFE]) || body.starts_with(&[0xFE, 0xFF])
}

/// Whether a page carries anything of ModernGov. A council's template may put a hundred kilobytes before it.
pub(super) fn has_signature(body: &[u8]) -> bool {
    let lower = lower(body);
    SIGNATURES.iter().any(|mark| lower.contains(mark))
}

/// Whether a page of ModernGov tells of a meeting or an item. The council's template alone, with its menu and its style sheets, is
/// what a page of maintenance has too.
pub(super) fn tells(kind: PageKind, body: &[u8]) -> bool {
    let lower = lower(body);
    if CONTENT.iter().chain(TELLING).any(|mark| lower.contains(mark)) {
        return true;
    }
    let headings = || headings(&lower);
    if kind == PageKind::LegacyMeeting && FRAME.iter().any(|mark| lower.contains(mark)) {
        // What the older archive keeps inside the frame is anything that Word could write.
        return !headings().any(is_away);
    }
    let dated =
        |text: &str| !is_away(text) && date::first(text).is_some_and(|found| found.date.is_some());
    ITEM_TARGET.is_match(&lower) || headings().any(dated)
}

/// Whether a page says in a heading that there is no page, and lists nothing: for lists, which may well be empty.
pub(super) fn is_away_list(body: &[u8]) -> bool {
    let lower = lower(body);
    !LISTS.iter().any(|mark| lower.contains(mark)) && headings(&lower).any(is_away)
}

fn headings(lower: &str) -> impl Iterator<Item = &str> {
    HEADING.captures_iter(lower).filter_map(|heading| heading.get(1)).map(|text| text.as_str())
}

fn is_away(heading: &str) -> bool {
    AWAY.iter().any(|word| heading.contains(word))
}

/// What a body without ModernGov's marks is, where it can be told.
pub(super) fn recognise(body: &[u8]) -> Option<Judgement> {
    let lower = start(body, STUB_LIMIT);
    if let Some((_, by)) = REFUSALS.iter().find(|(mark, _)| contains(&lower, mark)) {
        let reason = format!("{by} refuses us with a page of its own");
        return Some(Judgement::bad(Outcome::Blocked, reason));
    }
    if let Some((_, reason)) = ERRORS.iter().find(|(mark, _)| contains(&lower, mark)) {
        return Some(Judgement::bad(Outcome::Erroneous, *reason));
    }
    let is_redirect = body.len() < 4096
        && (contains(&lower, "<script") || contains(&lower, "http-equiv=\"refresh\""))
        && (contains(&lower, "location") || contains(&lower, "refresh"));
    is_redirect.then(|| {
        Judgement::bad(Outcome::Erroneous, "a script that leads elsewhere came instead of a page")
    })
}

/// The system's own error page with status 200, for pages that should carry minutes.
pub(super) fn own_error_page(kind: PageKind, body: &[u8]) -> Option<String> {
    let carries_minutes = matches!(
        kind,
        PageKind::Meeting | PageKind::Item | PageKind::Decision | PageKind::Attendance
    );
    if !carries_minutes {
        return None;
    }
    let lower = start(body, usize::MAX);
    let is_error =
        contains(&lower, "mgerrortxt") && !CONTENT.iter().any(|mark| contains(&lower, mark));
    is_error.then(|| "the system's error page came with status 200".to_owned())
}

/// Whether the first bytes look like a web page.
pub(super) fn looks_like_html(body: &[u8]) -> bool {
    let lower = start(body, 1024);
    contains(&lower, "<html") || contains(&lower, "<!doctype") || contains(&lower, "<body")
}

/// Whether bytes are no text. Text in UTF-16 has zero bytes too, but says so first.
pub(super) fn is_binary(body: &[u8]) -> bool {
    !is_utf16(body) && body[..body.len().min(1024)].contains(&0)
}

/// Name of the first element of an XML body, past its declaration and comments.
pub(super) fn root_element(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(&body[..body.len().min(4096)]).into_owned();
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let after = rest.strip_prefix('<')?;
        let end = match after.chars().next()? {
            '?' => after.find("?>")? + 2,
            '!' if after.starts_with("!--") => after.find("-->")? + 3,
            '!' => after.find('>')? + 1,
            _ => {
                let name: String = after
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || matches!(c, ':' | '_' | '-'))
                    .collect();
                // A prefix says nothing here: `<soap:meeting>` is no shape the service has, `<m:meeting>` would be.
                let local = name.rsplit(':').next().unwrap_or(&name).to_owned();
                return (!local.is_empty()).then_some(local);
            }
        };
        rest = after[end..].trim_start();
    }
}
