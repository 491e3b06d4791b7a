//! Text of a PDF, as far as its text layer gives it plainly: content streams, simple fonts, ToUnicode tables. No drawing, no encryption.
//!
//! A scanned PDF has no text and gives `None`; so does one whose fonts cannot be read. Work is bounded.

mod content;
mod objects;
mod tokens;

/// Streams inflated to more than this are cut: a small file must not fill the memory.
const LARGEST_STREAM: u64 = 16 * 1024 * 1024;

/// Lines of text in reading order, as printed; `None` where there is no text to read.
pub(crate) fn lines(bytes: &[u8]) -> Option<Vec<String>> {
    let file = objects::File::read(bytes)?;
    let mut lines = Vec::new();
    for page in file.pages() {
        let fonts = file.fonts(page);
        for stream in file.contents(page) {
            lines.extend(content::lines(&stream, &fonts));
        }
    }
    let letters: usize =
        lines.iter().map(|line| line.chars().filter(|c| c.is_alphabetic()).count()).sum();
    (letters >= 20).then_some(lines)
}

#[cfg(test)]
mod tests;
