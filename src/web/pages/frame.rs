//! What every page has around it: title, header, breadcrumbs, footer, addresses of itself and of its feeds.

use crate::web::state::App;

/// The frame of one page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frame {
    /// The site's name.
    pub(crate) site: String,
    /// The page's title, without the site's name.
    pub(crate) title: String,
    /// One sentence for search engines and link previews.
    pub(crate) about: String,
    /// The site's public address.
    pub(crate) base: String,
    /// Path of the page itself, permanent; none on pages that have no address of their own.
    pub(crate) canonical: Option<String>,
    /// Whether search engines should leave it out.
    pub(crate) noindex: bool,
    /// Address of the style sheet.
    pub(crate) style: String,
    /// Address of the icon.
    pub(crate) icon: String,
    /// Which entry of the navigation is this one.
    pub(crate) section: &'static str,
    /// The way here.
    pub(crate) crumbs: Vec<Crumb>,
    /// Feeds of this page.
    pub(crate) feeds: Vec<Feed>,
    /// Linked data about it, ready to stand in a script element.
    pub(crate) linked: Option<String>,
    /// Whether the header has a search box (pages whose own business is searching have theirs in the page).
    pub(crate) box_in_header: bool,
    /// What the header's search box holds.
    pub(crate) query: String,
    /// How to reach the operator.
    pub(crate) contact: Option<Contact>,
    /// Who runs the site.
    pub(crate) operator: Option<String>,
    /// Lines of attribution the councils ask for.
    pub(crate) attributions: Vec<Attribution>,
}

/// One step of the way here.
#[derive(Debug, Clone)]
pub(crate) struct Crumb {
    /// Its name.
    pub(crate) name: String,
    /// Its address; none for the page itself.
    pub(crate) href: Option<String>,
}

impl Crumb {
    /// A step with an address.
    pub(crate) fn new(name: impl Into<String>, href: impl Into<String>) -> Self {
        Self { name: name.into(), href: Some(href.into()) }
    }

    /// The page itself.
    pub(crate) fn here(name: impl Into<String>) -> Self {
        Self { name: name.into(), href: None }
    }
}

/// A feed.
#[derive(Debug, Clone)]
pub(crate) struct Feed {
    /// What it is of.
    pub(crate) title: String,
    /// Its address.
    pub(crate) href: String,
}

/// How to reach the operator.
#[derive(Debug, Clone)]
pub(crate) struct Contact {
    /// Where the link goes.
    pub(crate) href: String,
    /// What it says.
    pub(crate) label: String,
}

/// A line of attribution.
#[derive(Debug, Clone)]
pub(crate) struct Attribution {
    /// The line.
    pub(crate) line: String,
    /// Address of the licence.
    pub(crate) href: Option<String>,
}

impl Frame {
    /// A frame for a page of this title.
    pub(crate) fn new(app: &App, base: &str, title: impl Into<String>) -> Self {
        let settings = app.settings();
        let attributions = settings.councils.iter().filter_map(|council| {
            let line = council.attribution.clone().or_else(|| council.licence.clone())?;
            Some(Attribution { line, href: council.licence_url.clone() })
        });
        Self {
            site: settings.site_name.clone(),
            title: title.into(),
            base: base.to_owned(),
            style: app.assets().style_href(),
            icon: app.assets().icon_href(),
            box_in_header: true,
            contact: settings.contact.as_deref().map(Contact::of),
            operator: settings.operator.clone(),
            attributions: attributions.collect(),
            ..Self::default()
        }
    }

    /// The same under its permanent path.
    #[must_use]
    pub(crate) fn at(mut self, path: impl Into<String>) -> Self {
        self.canonical = Some(path.into());
        self
    }

    /// The same within a part of the site.
    #[must_use]
    pub(crate) fn within(mut self, section: &'static str, crumbs: Vec<Crumb>) -> Self {
        self.section = section;
        self.crumbs = crumbs;
        self
    }

    /// Whether an entry of the navigation is this page's.
    pub(crate) fn is(&self, section: &str) -> bool {
        self.section == section
    }

    /// Linked data, made safe to stand in a script element: no `<` can end it.
    pub(crate) fn set_linked(&mut self, data: &serde_json::Value) {
        self.linked = Some(data.to_string().replace('<', "\\u003c"));
    }
}

impl Contact {
    fn of(words: &str) -> Self {
        let bare = words.strip_prefix("mailto:").unwrap_or(words);
        let href = if bare.contains('@') && !bare.contains("://") {
            format!("mailto:{bare}")
        } else {
            bare.to_owned()
        };
        Self { href, label: bare.to_owned() }
    }
}
