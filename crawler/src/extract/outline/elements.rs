//! What elements are: which begin a paragraph, which no reader sees, which table is which.

use scraper::node::Element;

pub(super) fn has_class(element: &Element, class: &str) -> bool {
    element.attr("class").is_some_and(|all| all.split_ascii_whitespace().any(|c| c == class))
}

pub(super) fn is_item_table(element: &Element) -> bool {
    has_class(element, "mgItemTable") || element.attr("id") == Some("mgItemTable")
}

pub(super) fn is_attendance_table(element: &Element) -> bool {
    element.attr("summary").is_some_and(|summary| {
        let summary = summary.to_ascii_lowercase();
        summary.contains("attendance") || summary.contains("presenoldeb")
    })
}

pub(super) fn is_unseen(element: &Element) -> bool {
    match element.name() {
        "script" | "style" | "template" | "noscript" | "head" | "select" | "button"
        | "textarea" | "iframe" | "object" | "svg" | "title" | "link" | "meta" => return true,
        _ => {}
    }
    if element.attr("hidden").is_some() {
        return true;
    }
    if let Some(classes) = element.attr("class")
        && classes.split_ascii_whitespace().any(|c| c == "mgHide" || c == "mgFileSize")
    {
        return true;
    }
    element.attr("style").is_some_and(|style| {
        let style: String =
            style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        style.contains("display:none") || style.contains("mso-hide:all")
    })
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
