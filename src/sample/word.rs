//! Turns written paragraphs into the HTML a clerk's word processor leaves behind, in the style of the year.
//!
//! Source lines are wrapped at 68 columns inside the paragraph, as saved pages have them. Mark-up: `^st^` superscript, `**bold**`, `~~` a run of
//! no-break spaces, `¶` a line break; a line of `|`-separated cells is a table row; a line beginning with `<` goes out as it is.

use std::fmt::Write as _;

/// A clerk's word processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// 2004: upper-case tags and font elements.
    Old,
    /// Word HTML with `o:p` and an empty paragraph between every two.
    Word,
    /// Word HTML with font spans.
    Span,
    /// Plain paragraphs.
    Plain,
}

impl Style {
    /// The usual one of a year, unless the text file says otherwise.
    pub(super) fn of(year: i16, named: Option<&str>) -> Self {
        match named {
            Some("old") => Self::Old,
            Some("word") => Self::Word,
            Some("span") => Self::Span,
            Some("plain") => Self::Plain,
            _ if year <= 2006 => Self::Old,
            _ if year <= 2014 => Self::Word,
            _ if year <= 2019 => Self::Span,
            _ => Self::Plain,
        }
    }
}

/// The HTML of some paragraphs; nothing for none.
pub(super) fn html(paragraphs: &[String], style: Style) -> String {
    if paragraphs.is_empty() {
        return String::new();
    }
    let mut body = String::new();
    let mut rows: Vec<&str> = Vec::new();
    for paragraph in paragraphs {
        if paragraph.starts_with('|') {
            rows.push(paragraph);
            continue;
        }
        table(&mut body, &mut rows, style);
        if paragraph.starts_with('<') {
            body.push_str(paragraph);
            body.push('\n');
        } else {
            body.push_str(&block(paragraph, style));
        }
    }
    table(&mut body, &mut rows, style);
    match style {
        Style::Word | Style::Span => format!("<div class=\"WordSection1\">\n{body}</div>\n"),
        Style::Old => format!("<DIV>\n{body}</DIV>\n"),
        Style::Plain => body,
    }
}

/// Escapes the three characters that would be mark-up.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Escapes as ModernGov does in titles and attributes: ordinary punctuation becomes numeric entities.
pub(super) fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' | '\'' | '/' | ':' | '(' | ')' | '’' | '‘' | '–' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out
}

/// The words alone, for the PDFs and for cutting.
pub(super) fn words(paragraph: &str) -> String {
    if paragraph.starts_with('<') {
        return strip_tags(paragraph);
    }
    paragraph
        .replace("**", "")
        .replace('^', "")
        .replace("~~", " ")
        .replace(['¶', '|'], " ")
        .trim()
        .to_owned()
}

fn strip_tags(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.trim().to_owned()
}

fn block(paragraph: &str, style: Style) -> String {
    let text = wrap(&inline(paragraph, style));
    match style {
        Style::Old => format!("<P align=justify><FONT face=Arial size=2>{text}</FONT></P>\n"),
        Style::Word => format!(
            "<p class=\"MsoNormal\" style=\"text-align:justify\"><span\nstyle=\"\">{text}<o:p></o:p></span></p>\n<p class=\"MsoNormal\"><o:p>&nbsp;</o:p></p>\n"
        ),
        Style::Span => format!(
            "<p class=\"MsoNormal\"><span style=\"font-family:&quot;Arial&quot;,sans-serif\">{text}</span></p>\n<p class=\"MsoNormal\">&nbsp;</p>\n"
        ),
        Style::Plain => format!("<p>{text}</p>\n"),
    }
}

fn table(body: &mut String, rows: &mut Vec<&str>, style: Style) {
    if rows.is_empty() {
        return;
    }
    body.push_str(
        "<table class=\"MsoTableGrid\" border=\"1\" cellspacing=\"0\" cellpadding=\"0\">\n",
    );
    for row in rows.drain(..) {
        body.push_str(" <tr>\n");
        for cell in row.trim_matches('|').split('|') {
            body.push_str("  <td width=\"150\" valign=\"top\">\n  ");
            body.push_str(&block(cell.trim(), style));
            body.push_str("  </td>\n");
        }
        body.push_str(" </tr>\n");
    }
    body.push_str("</table>\n");
}

fn inline(text: &str, style: Style) -> String {
    let (open, close) = if style == Style::Old { ("<B>", "</B>") } else { ("<b>", "</b>") };
    let mut out = String::new();
    for (n, piece) in escape(text).split("**").enumerate() {
        match n {
            0 => {}
            n if n % 2 == 1 => out.push_str(open),
            _ => out.push_str(close),
        }
        out.push_str(piece);
    }
    let mut marked = String::new();
    for (n, piece) in out.split('^').enumerate() {
        match n {
            0 => {}
            n if n % 2 == 1 => marked.push_str("<sup>"),
            _ => marked.push_str("</sup>"),
        }
        marked.push_str(piece);
    }
    marked.replace("~~", "&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; ").replace('¶', "<br />\n")
}

/// Breaks lines at about 68 columns, never inside a tag.
fn wrap(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 60);
    let (mut column, mut inside) = (0, false);
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ => {}
        }
        if c == ' ' && column >= 62 && !inside {
            out.push('\n');
            column = 0;
        } else {
            column = if c == '\n' { 0 } else { column + 1 };
            out.push(c);
        }
    }
    out
}
