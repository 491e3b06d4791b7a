//! Pages of words: help, the crawler, privacy, accessibility, and the API's documentation drawn from the list of parameters.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::{Crumb, Frame, render};
use crate::web::api::Base;
use crate::web::error::WebError;
use crate::web::params::{KNOWN, Known, Shape};
use crate::web::settings::{Accessibility, Compliance, Settings};
use crate::web::state::App;

macro_rules! page {
    ($name:ident, $handler:ident, $template:literal, $path:literal, $title:literal, $about:literal) => {
        #[derive(Template)]
        #[template(path = $template, config = ".config/askama.toml")]
        struct $name {
            frame: Frame,
            settings: Settings,
        }

        #[doc = $about]
        pub(crate) async fn $handler(
            State(app): State<App>,
            Base(base): Base,
        ) -> Result<Response, WebError> {
            let crumbs = vec![Crumb::new("Home", "/"), Crumb::here($title)];
            let section = $path.trim_start_matches('/');
            let frame = Frame::new(&app, &base, $title).at($path).within(section, crumbs);
            render(&$name { frame, settings: app.settings().clone() })
        }
    };
}

page!(
    HelpPage,
    help,
    "help.html",
    "/help",
    "How to search",
    "How to search, with examples that work."
);
page!(
    CrawlerPage,
    crawler,
    "crawler.html",
    "/about-crawler",
    "About the crawler",
    "What the crawler does, for webmasters."
);
page!(
    PrivacyPage,
    privacy,
    "privacy.html",
    "/privacy",
    "Privacy",
    "What is kept of visitors: nothing."
);
page!(
    AccessPage,
    accessibility,
    "accessibility.html",
    "/accessibility",
    "Accessibility statement",
    "The accessibility statement."
);
page!(ApiPage, api, "api.html", "/api", "API and data", "The API's documentation.");

/// Each parameter with what it takes.
pub(super) fn parameters() -> Vec<(&'static Known, String)> {
    KNOWN.iter().map(|known| (known, takes(known))).collect()
}

fn takes(known: &Known) -> String {
    let one = match known.shape {
        Shape::Text { most, .. } => format!("text, at most {most} characters"),
        Shape::Day => "a day, YYYY-MM-DD".to_owned(),
        Shape::Number { least, most, default: Some(default) } => {
            format!("a number from {least} to {most}; {default} if absent")
        }
        Shape::Number { least, most, default: None } => format!("a number from {least} to {most}"),
        Shape::OneOf(words) if known.repeats => format!("one of {}", words.join(", ")),
        Shape::OneOf(words) => format!("one of {}; {} if absent", words.join(", "), words[0]),
    };
    if known.repeats { format!("{one}; may be repeated, meaning any of them") } else { one }
}

impl AccessPage {
    fn facts(&self) -> &Accessibility {
        &self.settings.accessibility
    }

    fn compliance(&self) -> &'static str {
        match self.facts().status {
            Some(Compliance::Fully) => "fully compliant",
            Some(Compliance::Not) => "not compliant",
            Some(Compliance::Partially) => "partially compliant",
            None => "not yet assessed by whoever runs this site against",
        }
    }
}
