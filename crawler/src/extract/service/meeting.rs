//! GetMeeting: a meeting whole, with its items' bodies in Word HTML.

use minutebook_record::{Attendance, Document, Doubt, Part, Standing, Status};

use super::{fields, lists};
use crate::extract::fragment::{Fragment, ItemPart, MeetingKey, MeetingPart, Route};
use crate::extract::pages::{Told, attendance};
use crate::extract::text::{labels, paragraphs};
use crate::extract::{date, link, outline, sections};
use crate::page::{Link, Page, PageKind};

/// Reads an answer of GetMeeting.
pub(crate) fn read(page: &Page, xml: &str) -> Told {
    // Fields of the meeting have namesakes in its items: look for them outside.
    let outside = outside(xml, "agendaitems");
    let number =
        fields::number(&outside, "meetingid").or_else(|| link::number(&page.url, &["lMeetingId"]));
    let minutes = fields::flag(&outside, "minutepublished");
    let mut meeting = MeetingPart {
        key: number.map_or(MeetingKey::Unknown, MeetingKey::Ordinary),
        route: Route::Service,
        date: fields::words(&outside, "meetingdate").and_then(|text| date::plain(&text)),
        time: fields::words(&outside, "meetingtime").and_then(|text| date::time(&text)),
        status: status(&outside),
        venue: venue(&outside),
        language: page
            .url
            .to_ascii_lowercase()
            .contains("mgwebservicew.asmx")
            .then(|| "cy".to_owned()),
        hidden: fields::flag(&outside, "isdisplayallowed") == Some(false),
        ..MeetingPart::default()
    };
    let mut told = Told::default();
    if meeting.date.is_none() {
        let printed = fields::words(&outside, "meetingdate").unwrap_or_default();
        meeting.doubts.push(Doubt::new("no-date", "the service gives no day").at(printed));
    }
    for tag in fields::elements(&outside, "attendee") {
        meeting.attendance.extend(attendee(tag.0));
    }
    let unpublished = minutes == Some(false);
    let (mut items, mut bodies) = (Vec::new(), Vec::new());
    for block in fields::each(xml, "agendaitem") {
        bodies.extend(
            fields::words(block, "refertocommittee")
                .or_else(|| fields::words(block, "committeetitle")),
        );
        if let Some(item) = item(page, block, unpublished) {
            items.push(item);
        }
    }
    meeting.committee = most_named(bodies);
    meeting.doubts.extend(sections::drop_headings(&mut items));
    meeting.items = items;
    let mut words = meeting.items.iter().flat_map(|item| &item.passages);
    let empty = !words.any(|passage| passage.part != Part::Agenda);
    let public = meeting.items.iter().any(|item| item.standing == Standing::Public);
    if minutes == Some(true) && empty && public {
        let note = "minutes are published, but the service holds no words of them: they are in the printed minutes";
        meeting.doubts.push(Doubt::new("minutes-only-printed", note));
    }
    if !xml.contains("</meeting>") {
        meeting.doubts.push(Doubt::new("cut-answer", "the service's answer ends too early"));
    }
    if let Some(number) = number.filter(|_| !meeting.hidden) {
        let address = format!("ieListDocuments.aspx?MId={number}");
        if let Some(url) = link::resolve(&page.site, &address) {
            told.links.push(Link { url, words: String::new(), kind: PageKind::Meeting });
        }
    }
    if meeting.hidden {
        // Its number alone goes on, so that no other route brings it back.
        let MeetingPart { key, route, hidden, .. } = meeting;
        meeting = MeetingPart { key, route, hidden, ..MeetingPart::default() };
    }
    told.fragments.push(Fragment::Meeting(Box::new(meeting)));
    told
}

/// The body that more items name than name any other. An item that was sent elsewhere names where it went.
fn most_named(mut bodies: Vec<String>) -> Option<String> {
    bodies.sort_unstable();
    let mut runs: Vec<&[String]> = bodies.chunk_by(|a, b| a == b).collect();
    runs.sort_by_key(|run| std::cmp::Reverse(run.len()));
    let leads = runs.get(1).is_none_or(|second| second.len() < runs[0].len());
    runs.first().filter(|_| leads).and_then(|run| run.first().cloned())
}

fn outside(xml: &str, name: &str) -> String {
    let Some(start) = xml.find(&format!("<{name}")) else { return xml.to_owned() };
    let end = xml.rfind(&format!("</{name}>")).unwrap_or(xml.len());
    format!("{}{}", &xml[..start], &xml[end.max(start)..])
}

fn status(xml: &str) -> Option<(Status, String)> {
    let printed = fields::words(xml, "meetingstatus").unwrap_or_default();
    if lists::is_cancelled(&printed) {
        return Some((Status::Cancelled, format!("meetingstatus: {printed}")));
    }
    match fields::flag(xml, "minutepublished") {
        Some(true) => Some((Status::Approved, "minutepublished: True".to_owned())),
        Some(false) => Some((Status::Agenda, "minutepublished: False".to_owned())),
        None => None,
    }
}

fn venue(xml: &str) -> Option<String> {
    let place = fields::words(xml, "meetinglocation");
    let room = fields::words(xml, "meetingroom");
    match (room, place) {
        (Some(room), Some(place)) if !place.contains(&room) => Some(format!("{room}, {place}")),
        (room, place) => place.or(room),
    }
}

fn attendee(tag: &str) -> Option<Attendance> {
    Some(Attendance {
        name: fields::attribute(tag, "name")?,
        role: fields::attribute(tag, "roledescription"),
        status: fields::attribute(tag, "attendance")
            .map(|s| attendance::status(&s))
            .unwrap_or_default(),
    })
}

fn item(page: &Page, block: &str, unpublished: bool) -> Option<ItemPart> {
    let own = outside(block, "linkeddocuments");
    let title = fields::words(&own, "agendaitemtitle").unwrap_or_default();
    let restricted = fields::flag(&own, "isrestricted") == Some(true);
    let mut item = ItemPart {
        number_in_source: fields::number(&own, "agendaitemid"),
        number: shown_number(&own),
        title,
        standing: if restricted { Standing::Restricted } else { Standing::Public },
        hidden: fields::flag(&own, "isdisplayallowed") == Some(false),
        ..ItemPart::default()
    };
    if item.hidden {
        // Its numbers and its title, so that no other route brings it back: print knows only these. Nothing of it enters a record.
        return Some(item);
    }
    for (part, name, published) in [
        (Part::Agenda, "agendatext", None),
        (Part::Decision, "decisionnonemptyhtmlbody", Some("isdecisionpublished")),
        (Part::Minutes, "minutesnonemptyhtmlbody", Some("isminutepublished")),
    ] {
        let Some(html) = fields::html(&own, name) else { continue };
        if restricted {
            continue;
        }
        let withheld = published.is_some_and(|flag| fields::flag(&own, flag) == Some(false));
        if withheld && unpublished {
            let note = "words that the source marks as not published were left out";
            item.doubts.push(Doubt::new("not-published", note).at(name));
            continue;
        }
        let words = outline::read(&html);
        let texts = words.blocks.iter().map(|block| block.text.as_str());
        item.passages.extend(paragraphs::passages(part, texts));
    }
    for linked in fields::each(block, "linkeddoc") {
        item.documents.extend(document(page, linked));
    }
    let empty = item.passages.is_empty() && item.documents.is_empty();

    if item.title.is_empty() {
        if empty {
            return None;
        }
        item.doubts.push(Doubt::new("no-title", "the item has no title"));
    }
    Some(item)
}

/// The number readers see. An install that does not tell it gets the minutes' number, then the agenda's.
fn shown_number(xml: &str) -> Option<String> {
    if fields::raw(xml, "fulldisplaynumberformat").is_some() {
        return fields::words(xml, "fulldisplaynumberformat").and_then(|n| labels::item_number(&n));
    }
    [("minutesitemnumber", "minutesitemsubnumber"), ("agendaitemnumber", "agendaitemsubnumber")]
        .iter()
        .find_map(|(number, sub)| {
            let number = fields::words(xml, number).filter(|n| n != "0")?;
            let sub = fields::words(xml, sub).filter(|s| s != "0").unwrap_or_default();
            labels::item_number(&format!("{number}{sub}"))
        })
}

fn document(page: &Page, xml: &str) -> Option<Document> {
    if fields::flag(xml, "isrestricted") == Some(true) {
        return None;
    }
    let title = fields::words(xml, "title")?;
    let url = fields::words(xml, "url").and_then(|url| link::resolve(&page.site, &url))?;
    Some(Document { title, url })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_of_a_meeting_is_the_one_most_items_name() {
        let most =
            |names: &[&str]| most_named(names.iter().map(|name| (*name).to_owned()).collect());
        assert_eq!(most(&["Council", "Audit", "Audit"]).as_deref(), Some("Audit"));
        assert_eq!(most(&["Audit"]).as_deref(), Some("Audit"));
        assert_eq!(most(&["Council", "Audit"]), None, "either may be where an item was sent");
        assert_eq!(most(&[]), None);
    }
}
