//! The texts of the shipped vocabulary files; the list of topic files is made by `build.rs` from the folder.

include!(concat!(env!("OUT_DIR"), "/topics.rs"));

pub(super) const PROCEDURAL: &str = include_str!("../../vocabulary/procedural.toml");
pub(super) const ROLES: &str = include_str!("../../vocabulary/roles.toml");
pub(super) const ROLE_WORDS: &str = include_str!("../../vocabulary/role-words.toml");
