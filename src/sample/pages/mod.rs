//! The council's pages: which address shows what. Unknown addresses redirect to `mgError.aspx`, as ModernGov does.

mod archive;
mod attendance;
mod committee;
mod documents;
mod home;
mod item;
mod links;
mod meeting;
mod shell;

use super::ask::Ask;
use super::dates;
use super::model::Council;
use super::respond::{Freshness, Response};

/// Names under which a meeting's number travels.
pub(super) const MEETING: [&str; 3] = ["mid", "meetingid", "mld"];
/// Names under which a committee's number travels.
pub(super) const COMMITTEE: [&str; 2] = ["cid", "committeeid"];

/// The page at this address, and how it can be asked for conditionally.
pub(super) fn answer(council: &Council, ask: &Ask) -> (Response, Freshness) {
    let plain = |page: Option<String>| (page.map_or_else(lost, Response::html), Freshness::None);
    match ask.path.as_str() {
        "" | "default.aspx" | "index.html" => plain(Some(home::front(council))),
        "iedochome.aspx" => plain(Some(home::browse(council))),
        "mglistcommittees.aspx" => plain(Some(home::committees(council))),
        "mgwhatsnew.aspx" => plain(Some(home::news(council))),
        "mgcalendarmonthview.aspx" => plain(Some(home::calendar(council, ask))),
        "mgcommitteedetails.aspx" => {
            plain(ask.number(&["id"]).and_then(|id| committee::details(council, id)))
        }
        "ielistmeetings.aspx" => plain(committee::meetings(council, ask)),
        "ielistdocuments.aspx" => {
            match ask.number(&MEETING).and_then(|id| meeting::page(council, id)) {
                Some(page) => (Response::html(page), Freshness::Tagged),
                None => (lost(), Freshness::None),
            }
        }
        "mgai.aspx" => item_page(council, ask),
        "iedecisiondetails.aspx" => {
            plain(ask.number(&["aiid"]).and_then(|id| item::decision(council, id)))
        }
        "mgissuehistoryhome.aspx" => {
            plain(ask.number(&["iid"]).and_then(|id| item::history(council, id)))
        }
        "ieissuedetails.aspx" => {
            plain(ask.number(&["iid"]).and_then(|id| item::issue(council, id)))
        }
        "mgmeetingattendance.aspx" => {
            plain(ask.number(&["id"]).and_then(|id| attendance::list(council, id)))
        }
        "mguserinfo.aspx" => {
            plain(ask.number(&["uid"]).and_then(|id| attendance::person(council, id)))
        }
        "celistdocuments.aspx" => plain(archive::page(council, ask)),
        // An outdated bookmark of the register of decisions: 200 and nothing but a script, as some sites answer.
        "mgdelegateddecisions.aspx" => plain(Some(home::STUB.to_owned())),
        // And one that answers 200 with no bytes at all.
        "mglistoutsidebodies.aspx" => plain(Some(String::new())),
        "mgerror.aspx" => plain(Some(home::error(council))),
        "sitespecific/ssmgstyles.css" => {
            (Response::new(200, "text/css", shell::STYLE), Freshness::Tagged)
        }
        path if path.starts_with("documents/") || path == "mgconvert2pdf.aspx" => {
            documents::answer(council, ask)
        }
        _ => (lost(), Freshness::None),
    }
}

fn item_page(council: &Council, ask: &Ask) -> (Response, Freshness) {
    let found = ask.number(&["id"]).and_then(|id| council.item(id));
    match found.filter(|(_, i)| i.displayed) {
        Some((meeting, item)) => {
            let when = dates::http(dates::shifted(meeting.date, 16));
            (Response::html(item::page(council, meeting, item)), Freshness::Since(when))
        }
        None => (lost(), Freshness::None),
    }
}

fn lost() -> Response {
    Response::moved("/mgError.aspx?aspxerrorpath=unknown")
}
