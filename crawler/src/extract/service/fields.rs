//! Fields of the service's XML by name, tolerant of all that is not well formed; text decoded as often as it was encoded.

use minutebook_record::text::one_line;

use crate::extract::entities::decode_again;

/// What stands between `<name ...>` and `</name>`, each time; the last may lack its end.
pub(crate) fn each<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    elements(xml, name).into_iter().map(|(_, inner)| inner).collect()
}

/// Each element of the name: what is in its tag, what is inside.
pub(crate) fn elements<'a>(xml: &'a str, name: &str) -> Vec<(&'a str, &'a str)> {
    let mut found = Vec::new();
    let mut rest = xml;
    let end_tag = format!("</{name}>");
    let start_tag = format!("<{name}");
    while let Some(at) = rest.find(&start_tag) {
        let after = &rest[at + start_tag.len()..];
        if !after.starts_with(['>', ' ', '/', '\r', '\n', '\t']) {
            rest = after;
            continue;
        }
        let Some(close) = after.find('>') else { break };
        let tag = &after[..close];
        if tag.ends_with('/') {
            found.push((tag, ""));
            rest = &after[close + 1..];
            continue;
        }
        let body = &after[close + 1..];
        let Some(end) = body.find(&end_tag) else {
            found.push((tag, body));
            break;
        };
        found.push((tag, &body[..end]));
        rest = &body[end + end_tag.len()..];
    }
    found
}

/// The first field of the name; `None` where there is no such element, empty where it holds nothing.
pub(crate) fn raw<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let start = format!("<{name}");
    let mut from = 0;
    loop {
        let at = xml[from..].find(&start)? + from;
        let after = &xml[at + start.len()..];
        if after.starts_with(['>', ' ', '/', '\r', '\n', '\t']) {
            let close = after.find('>')?;
            if after[..close].ends_with('/') {
                return Some("");
            }
            let body = &after[close + 1..];
            let end = body.find(&format!("</{name}>")).unwrap_or(body.len());
            return Some(&body[..end]);
        }
        from = at + start.len();
    }
}

/// A field's words, one line, decoded; `None` where absent or empty.
pub(crate) fn words(xml: &str, name: &str) -> Option<String> {
    let text = decode_again(&unescape(raw(xml, name)?)).into_owned();
    Some(one_line(&text)).filter(|text| !text.is_empty())
}

/// A number field. Counts come padded (" 2").
pub(crate) fn number(xml: &str, name: &str) -> Option<u64> {
    raw(xml, name)?.trim().parse().ok()
}

/// A "True" or "False" field.
pub(crate) fn flag(xml: &str, name: &str) -> Option<bool> {
    let text = raw(xml, name)?.trim();
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// A body of Word HTML, escaped (once or twice), raw, or in CDATA.
pub(crate) fn html(xml: &str, name: &str) -> Option<String> {
    let text = raw(xml, name)?.trim();
    if text.is_empty() {
        return None;
    }
    if let Some(rest) = text.strip_prefix("<![CDATA[") {
        return Some(rest.strip_suffix("]]>").unwrap_or(rest).to_owned());
    }
    if text.starts_with('<') {
        return Some(text.to_owned());
    }
    let mut html = unescape(text);
    let start = html.trim_start();
    if start.starts_with("&lt;") && !start.contains('<') {
        html = unescape(&html);
    }
    Some(html)
}

/// An attribute inside a tag.
pub(crate) fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut from = 0;
    let start = format!("{name}=");
    loop {
        let at = tag[from..].find(&start)? + from;
        let whole = at == 0 || tag[..at].ends_with(char::is_whitespace);
        let rest = &tag[at + start.len()..];
        if let Some(quote) = rest.chars().next().filter(|c| whole && matches!(c, '"' | '\'')) {
            let body = &rest[1..];
            let value = &body[..body.find(quote).unwrap_or(body.len())];
            let value = one_line(&decode_again(&unescape(value)));
            return Some(value).filter(|v| !v.is_empty());
        }
        from = at + start.len();
    }
}

/// Decodes XML's own entities once.
fn unescape(text: &str) -> String {
    let text = text.strip_prefix("<![CDATA[").map_or(text, |t| t.strip_suffix("]]>").unwrap_or(t));
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(10).position(|b| b == b';');
        let entity = end.map_or("", |end| &rest[1..end]);
        let decoded = match entity {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => entity
                .strip_prefix('#')
                .and_then(|n| match n.strip_prefix('x') {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => n.parse().ok(),
                })
                .and_then(char::from_u32)
                .filter(|c| *c != '\0'),
        };
        if let (Some(c), Some(end)) = (decoded, end) {
            plain.push(c);
            rest = &rest[end + 1..];
        } else {
            plain.push('&');
            rest = &rest[1..];
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_by_whole_names() {
        let xml = "<agendaitem><agendaitemid> 5</agendaitemid><x/></agendaitem><agendaitem><agendaitemid>6";
        let items = each(xml, "agendaitem");
        assert_eq!(items.len(), 2);
        assert_eq!(number(items[0], "agendaitemid"), Some(5));
        assert_eq!(number(items[1], "agendaitemid"), Some(6));
        assert_eq!(raw(items[0], "x"), Some(""));
        assert_eq!(raw(items[0], "agenda"), None);
    }

    #[test]
    fn titles_are_decoded_twice_and_bodies_as_often_as_needed() {
        let xml = "<t>Children&amp;#39;s R&amp;amp;D</t><a>&lt;p&gt;x &amp;nbsp;y&lt;/p&gt;</a><b><div>raw</div></b><c>&amp;lt;p&amp;gt;z</c><d><![CDATA[<p>q</p>]]></d><e>\n</e>";
        assert_eq!(words(xml, "t").as_deref(), Some("Children's R&D"));
        assert_eq!(html(xml, "a").as_deref(), Some("<p>x &nbsp;y</p>"));
        assert_eq!(html(xml, "b").as_deref(), Some("<div>raw</div>"));
        assert_eq!(html(xml, "c").as_deref(), Some("<p>z"));
        assert_eq!(html(xml, "d").as_deref(), Some("<p>q</p>"));
        assert_eq!(html(xml, "e"), None);
    }

    #[test]
    fn attributes_are_found_by_whole_names() {
        let tag = r#" memberid="1" name="Councillor A. O&amp;#39;Neil" username='x'"#;
        assert_eq!(attribute(tag, "name").as_deref(), Some("Councillor A. O'Neil"));
        assert_eq!(attribute(tag, "username").as_deref(), Some("x"));
        assert_eq!(attribute(tag, "ward"), None);
    }
}
