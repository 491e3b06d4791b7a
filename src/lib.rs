//! Minutebook: full-text search over historical council minutes.
//!
//! This package is the program: its commands, its configuration, its server and its sample council. The stages it joins are
//! `minutebook-crawler` (site to records) and `minutebook-index` (records to answers); both speak in `minutebook-record`'s words.

pub mod cli;
pub mod clock;
pub mod cmd;
pub mod config;
pub mod crawling;
pub mod folder;
pub mod pipeline;
pub mod sample;
pub mod vocabulary;
pub mod web;
