//! What elements are: which begin a paragraph, which no reader sees, which table is which.

use scraper::node::Element;

/// The attributes the walk asks of every element, read in one pass: looking each up by name costs more than the parse.
#[derive(Default, Clone, Copy)]
pub(super) struct Signs<'a> {
    pub(super) class: &'a str,
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    style: &'a str,
    hidden: bool,
}

impl<'a> Signs<'a> {
    pub(super) fn read(element: &'a Element) -> Signs<'a> {
        let mut signs = Signs::default();
        for (name, value) in element.attrs() {
            match name {
                "class" => signs.class = value,
                "id" => signs.id = value,
                "name" => signs.name = value,
                "style" => signs.style = value,
                "hidden" => signs.hidden = true,
                _ => {}
            }
        }
        signs
    }

    pub(super) fn has_class(&self, class: &str) -> bool {
        self.class.split_ascii_whitespace().any(|c| c == class)
    }

    pub(super) fn is_item_table(&self) -> bool {
        self.has_class("mgItemTable") || self.id == "mgItemTable"
    }

    /// Words that a browser does not show, by class or style.
    fn is_hidden(&self) -> bool {
        if self.hidden || self.has_class("mgHide") || self.has_class("mgFileSize") {
            return true;
        }
        if !(self.style.contains("none") || self.style.contains("hide")) {
            return false;
        }
        let style: String = self.style.chars().filter(|c| !c.is_whitespace()).collect();
        let style = style.to_ascii_lowercase();
        style.contains("display:none") || style.contains("mso-hide:all")
    }
}

pub(super) fn is_attendance_table(element: &Element) -> bool {
    element.attr("summary").is_some_and(|summary| {
        let summary = summary.to_ascii_lowercase();
        summary.contains("attendance") || summary.contains("presenoldeb")
    })
}

pub(super) fn is_unseen(name: &str, signs: &Signs<'_>) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "noscript"
            | "head"
            | "select"
            | "button"
            | "textarea"
            | "iframe"
            | "object"
            | "svg"
            | "title"
            | "link"
            | "meta"
    ) || signs.is_hidden()
}

pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "table"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "caption"
            | "blockquote"
            | "pre"
            | "hr"
            | "dl"
            | "dt"
            | "dd"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "nav"
            | "aside"
            | "form"
            | "fieldset"
            | "address"
            | "center"
            | "body"
            | "figure"
            | "legend"
            | "details"
            | "summary"
            | "menu"
            | "dir"
    )
}
