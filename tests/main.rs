//! The integration tests, one module a subject.

mod docs; // what the documents name is there, every command and route is documented
mod layering; // arrows between packages, banned words by folder, file sizes
