//! A very small PDF writer: pages of Helvetica with a text layer, or pages that are only a picture, as a scanner leaves them.
//!
//! It writes PDF 1.4 with an exact cross-reference table and no compression. It reads nothing and knows nothing of minutes.

/// Put before a line to write it invisibly, as ModernGov does with its item markers.
pub(super) const HIDDEN: &str = "\u{1}";

/// Lines on a page.
const LINES: usize = 54;
/// Letters in a line.
const WIDTH: usize = 88;

/// A PDF with these lines as text; long ones are wrapped.
pub(super) fn text(lines: &[String]) -> Vec<u8> {
    let wrapped: Vec<String> = lines.iter().flat_map(|l| wrap(l)).collect();
    let pages: Vec<Vec<u8>> = wrapped.chunks(LINES).map(page).collect();
    assemble(&pages, None)
}

/// A PDF whose pages are pictures of grey lines, without any text.
pub(super) fn scanned(pages: usize) -> Vec<u8> {
    let draw = b"q 495 0 0 742 50 50 cm /Im0 Do Q\n".to_vec();
    assemble(&vec![draw; pages.clamp(1, 4)], Some(picture()))
}

fn page(lines: &[String]) -> Vec<u8> {
    let mut out = b"BT /F1 10 Tf 14 TL 50 790 Td\n".to_vec();
    for line in lines {
        let (mode, shown) = match line.strip_prefix(HIDDEN) {
            Some(rest) => (3, rest),
            None => (0, line.as_str()),
        };
        out.extend(format!("{mode} Tr (").bytes());
        out.extend(encoded(shown));
        out.extend(b") Tj T*\n");
    }
    out.extend(b"ET\n");
    out
}

/// `WinAnsiEncoding`, with the characters that strings must escape.
fn encoded(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for c in text.chars() {
        match c {
            '(' | ')' | '\\' => out.extend([b'\\', c as u8]),
            '’' => out.push(0x92),
            '‘' => out.push(0x91),
            '“' => out.push(0x93),
            '”' => out.push(0x94),
            '–' => out.push(0x96),
            '·' | '\u{f0b7}' => out.push(0xB7),
            c => out.push(u8::try_from(u32::from(c)).unwrap_or(b'?')),
        }
    }
    out
}

fn wrap(line: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for word in line.split(' ') {
        match out.last_mut() {
            Some(last) if last.is_empty() => last.push_str(word),
            Some(last) if last.chars().count() + word.chars().count() < WIDTH => {
                last.push(' ');
                last.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    out
}

/// A grey picture of 62 by 93 points: rows of dark strokes of uneven length.
fn picture() -> Vec<u8> {
    let (width, height) = (62_usize, 93_usize);
    let mut out = format!("<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Length {} >>\nstream\n", width * height).into_bytes();
    for y in 0..height {
        for x in 0..width {
            let stroke = y % 3 == 1 && x > 3 && x < 58 - (y * 7) % 23 && (x * 5 + y) % 7 != 0;
            out.push(if stroke { 70 } else { 240 });
        }
    }
    out.extend(b"\nendstream");
    out
}

fn assemble(pages: &[Vec<u8>], image: Option<Vec<u8>>) -> Vec<u8> {
    let first = 5;
    let kids: Vec<String> = (0..pages.len()).map(|n| format!("{} 0 R", first + n * 2)).collect();
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len())
            .into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_vec(),
        image.unwrap_or_else(|| b"<< >>".to_vec()),
    ];
    let resources = if objects.get(3).is_some_and(|o| o.len() > 10) {
        "/XObject << /Im0 4 0 R >>"
    } else {
        "/Font << /F1 3 0 R >>"
    };
    for (n, content) in pages.iter().enumerate() {
        objects.push(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << {resources} >> /Contents {} 0 R >>", first + n * 2 + 1).into_bytes());
        let mut stream = format!("<< /Length {} >>\nstream\n", content.len()).into_bytes();
        stream.extend(content);
        stream.extend(b"\nendstream");
        objects.push(stream);
    }
    let mut out = b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in (1..).zip(&objects) {
        places.push(out.len());
        out.extend(format!("{n} 0 obj\n").bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(
        format!(
            "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
            objects.len() + 1
        )
        .bytes(),
    );
    out
}
