//! Paragraphs as a reader would see them: labels joined to their text, bullets alike, cut ordinals mended, furniture left out.

pub(crate) mod furniture;
pub(crate) mod labels;
pub(crate) mod paragraphs;
pub(crate) mod print;
