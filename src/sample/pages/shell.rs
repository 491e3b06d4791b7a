//! The council's own template with ModernGov's content in it ("reverse CMS"): nothing outside `#modgov` is ModernGov's.

use std::fmt::Write as _;

use crate::sample::word::{entities, escape};

/// The day all pages say they were rendered (`DC.date`); never a meeting's date.
const RENDERED: &str = "2026-11-20";

/// A stylesheet of the council's own, small enough to read.
pub(super) const STYLE: &str = "body{font:17px/1.5 Georgia,serif;margin:0;color:#1d2a24;background:#f6f4ee}.emb-bar{background:#1f4d3a;color:#fff;padding:1rem 2rem}.emb-bar a{color:#fff}.emb-name{font-size:1.5rem}.emb-nav ul{list-style:none;margin:0;padding:.5rem 2rem;background:#e3ded0}.emb-nav li{display:inline;margin-right:1.2rem}#modgov{max-width:60rem;margin:1.5rem auto;background:#fff;padding:1.5rem 2rem;border-top:4px solid #b08d3c}.mgHide{position:absolute;left:-999em}.mgItemTable td{vertical-align:top;padding:.4rem .6rem}.mgFileSize{color:#666;font-size:.8em}.mgSubItemTitleTxt{font-weight:bold}.emb-foot{padding:1rem 2rem;color:#555;font-size:.9rem}";

/// A whole page. `title` is plain text for the head, `heading` for the `h1`; `content` is HTML.
pub(super) fn page(title: &str, heading: &str, subheading: Option<&str>, content: &str) -> String {
    let mut out = String::with_capacity(content.len() + 4_000);
    let _ = write!(
        out,
        "<html><!-- Modern.gov Reverse CMS --><head><meta http-equiv='X-UA-Compatible' content='IE=edge, chrome=1' /><meta name=\"DC.title\"  content=\"{0}\"/>\n<meta name=\"DC.description\"  content=\"{0}\"/>\n<meta name=\"DC.date\" scheme=\"W3CDTF\"  content=\"{RENDERED}\"/>\n<meta name=\"DC.subject\" scheme=\"eGMS.IPSV\"  content=\"Local government\"/>\n\n<link type=\"text/css\" href=\"jquery-ui/Add-ons/mg.jqueryaddons.css\" rel=\"stylesheet\" /> \n\t<link rel=\"stylesheet\" href=\"SiteSpecific/ssMgStyles.css\" type=\"text/css\" media=\"all\" />\n<title>{1}</title></head><body>",
        entities(title),
        escape(title),
    );
    out.push_str(TOP);
    let _ = write!(
        out,
        "<div id=\"modgov\"><div class=\"mgHeader\"><h1  class=\"mgMainTitleTxt\" >{}</h1>",
        escape(heading)
    );
    if let Some(line) = subheading {
        let _ = write!(out, "\n<h2  class=\"mgSubTitleTxt\" >{}</h2>", escape(line));
    }
    out.push_str("</div>\n\n<script type=\"text/javascript\">\n\tif(window.$ModernGov === undefined)\n\t{\n\t\tObject.defineProperty(window, \"$ModernGov\", { value: {} });\n\t}\n</script>\n");
    out.push_str(content);
    out.push_str("<div  class=\"mgFooter\" >&nbsp;</div>\n</div>");
    out.push_str(FOOT);
    out
}

const TOP: &str = "<header class=\"emb-bar\"><a class=\"emb-name\" href=\"/\">Ellerbrough Metropolitan Borough Council</a><p>Town, moor and valley</p></header><nav class=\"emb-nav\"><ul><li><a href=\"mgMemberIndex.aspx?bcr=1\" title=\"Link to your councillors\">Councillors</a></li><li><a href=\"ieDocHome.aspx?bcr=1\" title=\"Link to information about committee meetings\">Meetings</a></li><li><a href=\"mgCalendarMonthView.aspx?GL=1&amp;bcr=1\" title=\"Link to calendar of meetings\">Calendar of meetings</a></li><li><a href=\"mgListCommittees.aspx?bcr=1\" title=\"Link to committee structure\">Committees</a></li><li><a href=\"mgDelegatedDecisions.aspx?RP=0&K=0&DM=0&HD=0&DS=1&Next=true&H=0&META=mgdelegateddecisions&v=0&bcr=1\" title=\"Link to register of decisions\">Decisions</a></li><li><a href=\"mgListOutsideBodies.aspx?bcr=1\" title=\"Link to Outside Bodies\">Outside bodies</a></li><li><a href=\"mgWhatsNew.aspx?bcr=1\" title=\"Link to what's new\">What's new</a></li></ul></nav>";

const FOOT: &str = "<footer class=\"emb-foot\"><p>Ellerbrough Metropolitan Borough Council, Priory House, Castle Ings. Report a missed bin, pay your council tax, find your nearest library.</p></footer></body></html>\n";
