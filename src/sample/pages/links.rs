//! Addresses as the site prints them: one meeting under several spellings, with noise parameters, session paths and unescaped ampersands.

use crate::sample::model::{Item, Meeting};
use crate::sample::{dates, roster};

/// A link to a meeting. `place` says where on the site it is printed: the spelling goes by meeting and place, as if different hands had made them.
pub(super) fn meeting(m: &Meeting, place: u32) -> String {
    let (c, id) = (m.committee, m.id);
    if m.is("session") {
        return format!(
            "/(S(1w3lda453fhw0f55xyxindbs))/ieListDocuments.aspx?CId={c}&amp;MId={id}&amp;Ver=4"
        );
    }
    match roster::mix(id, place) % 8 {
        0 => format!("ieListDocuments.aspx?CId={c}&amp;MID={id}"),
        1 => format!("ieListDocuments.aspx?MId={id}&amp;x=1"),
        2 => format!("ieListDocuments.aspx?CommitteeId={c}&amp;MeetingId={id}&amp;LLL=0"),
        3 => format!("ielistdocuments.aspx?Cid={c}&Mid={id}&Ver=4"),
        4 => format!("IeListDocuments.aspx?CId={c}&amp;MeetingId={id}&amp;info=1&amp;bcr=1"),
        _ => format!("ieListDocuments.aspx?CId={c}&amp;MId={id}&amp;Ver=4"),
    }
}

/// A link to a meeting of the older archive.
pub(super) fn archived(m: &Meeting) -> String {
    format!(
        "CeListDocuments.aspx?CommitteeId={}&amp;MeetingId={}&amp;DF={}&amp;Ver=2",
        m.committee,
        m.id,
        dates::slashed(m.date).replace('/', "%2f")
    )
}

/// A link to an item's own page.
pub(super) fn item(item: &Item) -> String {
    if item.id.is_multiple_of(3) {
        format!("mgAi.aspx?ID={}&amp;LLL=0", item.id)
    } else {
        format!("mgAi.aspx?ID={}", item.id)
    }
}

/// The printed minutes: a file name with spaces, and `T=1`, without which it is not found.
pub(super) fn printed(m: &Meeting, committee: &str) -> String {
    let (d, t) = (m.date, m.time);
    let name = format!(
        "Printed minutes {}{}-{}-{} {:02}.{:02} {}",
        d.day(),
        dates::suffix(d.day()),
        dates::month_short(d),
        d.year(),
        t.0,
        t.1,
        committee
    );
    let name: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { ' ' })
        .collect();
    format!("documents/g{}/{}.pdf?T=1", m.id, name.trim().replace(' ', "%20"))
}

/// A paper of an item.
pub(super) fn document(id: u32, title: &str) -> String {
    let name: String =
        title.chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ').take(40).collect();
    if id.is_multiple_of(4) {
        format!("mgConvert2PDF.aspx?ID={id}")
    } else {
        format!("documents/s{id}/{}.pdf", name.trim().replace(' ', "%20"))
    }
}
