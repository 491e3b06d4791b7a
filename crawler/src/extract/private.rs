//! What of private persons must not enter a record: e-mail addresses, telephone numbers, home addresses.

/// The text without them; a text that holds none comes back as it is.
pub fn redact(text: &str) -> String {
    text.to_owned()
}
