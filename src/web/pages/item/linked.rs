//! An item as linked data (schema.org): a part of the minutes of an event held by a body of the council.

use serde_json::{Value, json};

use crate::web::settings::Settings;
use crate::web::view::ItemView;

/// The linked data of an item.
pub(crate) fn item(view: &ItemView, settings: &Settings, base: &str) -> Value {
    let council = view.council.as_deref();
    let body = json!({
        "@type": "GovernmentOrganization",
        "name": view.committee.name,
        "url": format!("{base}{}", crate::web::links::committee(&view.committee.slug)),
        "parentOrganization": council.map(|name| json!({ "@type": "GovernmentOrganization", "name": name })),
    });
    let licence = council
        .map(minutebook_record::id::slug)
        .and_then(|slug| settings.council(&slug))
        .and_then(|council| council.licence_url.clone().or_else(|| council.licence.clone()));
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": view.url,
        "url": view.url,
        "name": view.title,
        "inLanguage": view.language,
        "isBasedOn": view.source_url,
        "dateCreated": view.date,
        "reportNumber": view.number,
        "license": licence,
        "about": view.topics.iter().map(|slug| json!({ "@type": "DefinedTerm", "termCode": slug, "name": minutebook_record::vocabulary::Topics::in_use().label(slug) })).collect::<Vec<_>>(),
        "isPartOf": {
            "@type": "Event",
            "name": format!("Meeting of {}", view.committee.name),
            "startDate": view.date,
            "url": view.meeting_url,
            "organizer": body,
        },
    });
    drop_nulls(&mut data);
    data
}

/// Takes out what is not known.
pub(crate) fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|_, value| !value.is_null());
            map.values_mut().for_each(drop_nulls);
        }
        Value::Array(values) => values.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}
