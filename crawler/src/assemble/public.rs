//! No record holds what is private, wherever the source printed it. Passages are cleaned where they are read; here is all the rest.

use minutebook_record::{Doubt, Meeting};

use crate::extract::private::{may_hold, redact};

/// Takes private addresses and numbers out of titles, venue, names and doubts.
pub(super) fn clean(meeting: &mut Meeting) {
    meeting.venue.iter_mut().for_each(text);
    text(&mut meeting.title);
    text(&mut meeting.committee.name);
    for attendance in &mut meeting.attendance {
        text(&mut attendance.name);
        attendance.role.iter_mut().for_each(text);
    }
    meeting.documents.iter_mut().for_each(|document| text(&mut document.title));
    meeting.doubts.iter_mut().for_each(doubt);
    for item in &mut meeting.items {
        text(&mut item.title);
        item.documents.iter_mut().for_each(|document| text(&mut document.title));
        item.doubts.iter_mut().for_each(doubt);
    }
}

fn text(text: &mut String) {
    if may_hold(text) {
        *text = redact(text);
    }
}

fn doubt(doubt: &mut Doubt) {
    text(&mut doubt.note);
    // The place is an address of the source or words of it.
    doubt.place.iter_mut().filter(|place| !place.starts_with("http")).for_each(text);
}
