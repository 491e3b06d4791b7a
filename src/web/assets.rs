//! The style sheet and the icon, under addresses that change with their content, so that browsers may keep them for ever.

use std::fmt::Write as _;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::settings::Settings;

const STYLE: &str = include_str!("assets/style.css");
const ICON: &str = include_str!("assets/icon.svg");

/// What is served under `/assets`.
#[derive(Debug, Clone)]
pub(crate) struct Assets {
    style: String,
    style_name: String,
    icon_name: String,
}

impl Assets {
    /// The assets, with the operator's colours after the style sheet's own.
    pub(crate) fn new(settings: &Settings) -> Self {
        let mut style = STYLE.to_owned();
        if let Some(accent) = settings.accent {
            // Writing to a string cannot fail.
            let _ = write!(style, ":root{{--accent:{accent}}}");
        }
        if let Some(accent) = settings.accent_dark {
            let _ =
                write!(style, "@media (prefers-color-scheme:dark){{:root{{--accent:{accent}}}}}");
        }
        let style_name = format!("style-{}.css", short_hash(&style));
        let icon_name = format!("icon-{}.svg", short_hash(ICON));
        Self { style, style_name, icon_name }
    }

    /// Address of the style sheet.
    pub(crate) fn style_href(&self) -> String {
        format!("/assets/{}", self.style_name)
    }

    /// Address of the icon.
    pub(crate) fn icon_href(&self) -> String {
        format!("/assets/{}", self.icon_name)
    }

    /// The asset of a name.
    pub(crate) fn get(&self, name: &str) -> Option<Response> {
        let (kind, body) = if name == self.style_name {
            ("text/css; charset=utf-8", self.style.clone())
        } else if name == self.icon_name {
            ("image/svg+xml", ICON.to_owned())
        } else {
            return None;
        };
        let headers = [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        ];
        Some((headers, body).into_response())
    }
}

/// Eight hex digits that change with the words.
pub(crate) fn short_hash(words: &str) -> String {
    let digest = Sha256::digest(words.as_bytes());
    format!("{:02x}{:02x}{:02x}{:02x}", digest[0], digest[1], digest[2], digest[3])
}
