//! The archive's format: its tables, its number and the number's history.

/// Number of the format this program writes.
///
/// 1: first format.
pub(super) const FORMAT: i64 = 1;

/// Marks a SQLite file as an archive of ours ("MBar").
pub(super) const APPLICATION: i64 = 0x4D42_6172;

/// Made where an archive of the same format was begun without it.
///
/// `minutes` says when an address was first read with minutes in it. An archive that is only read may lack it.
pub(super) const LATER: &str = "
CREATE INDEX IF NOT EXISTS address_drafts ON address (kind) WHERE standing = 2;
CREATE TABLE IF NOT EXISTS minutes (address INTEGER PRIMARY KEY, at INTEGER NOT NULL);
";

/// The tables of format 1. Times are milliseconds since 1970, UTC; days are numbers like 20240131.
pub(super) const TABLES: &str = "
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- A body is kept once, by its hash, packed with zstd; some with a dictionary of earlier bodies.
CREATE TABLE dictionary (id INTEGER PRIMARY KEY, size INTEGER NOT NULL, packed BLOB NOT NULL);
CREATE TABLE body (
  id INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  dictionary INTEGER NOT NULL DEFAULT 0,
  packed BLOB NOT NULL
);

-- One row for each address: what we know of it now. `version` is the fetch that gave its latest readable body.
CREATE TABLE address (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  version INTEGER,
  first_seen INTEGER,
  outcome TEXT,
  reason TEXT,
  tried_at INTEGER,
  good_at INTEGER,
  etag TEXT,
  modified TEXT,
  day INTEGER,
  standing INTEGER NOT NULL DEFAULT 0,
  run INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX address_outcome ON address (outcome, kind);
CREATE INDEX address_held ON address (kind) WHERE version IS NOT NULL;

-- Drafts are read again at every run: there are few.
CREATE INDEX address_drafts ON address (kind) WHERE standing = 2;

-- The log: one row for each answer, or want of one. Never changed, only added to.
CREATE TABLE fetch (
  id INTEGER PRIMARY KEY,
  address INTEGER NOT NULL,
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  status INTEGER,
  body INTEGER,
  content_type TEXT,
  etag TEXT,
  modified TEXT,
  retry_after TEXT,
  location TEXT,
  took INTEGER,
  reason TEXT
);
CREATE INDEX fetch_address ON fetch (address);

-- Which page offered which address, in which words.
CREATE TABLE link (
  target INTEGER NOT NULL,
  source INTEGER NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (target, source, words)
) WITHOUT ROWID;
CREATE INDEX link_source ON link (source);

-- What is still to be asked for.
CREATE TABLE frontier (
  address INTEGER PRIMARY KEY,
  stage INTEGER NOT NULL,
  day INTEGER NOT NULL,
  not_before INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX frontier_order ON frontier (stage, day DESC, address);

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  started INTEGER NOT NULL,
  ended INTEGER,
  ending TEXT,
  requests INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE suppression (
  id INTEGER PRIMARY KEY,
  what TEXT NOT NULL,
  value TEXT NOT NULL,
  why TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (what, value)
);
";
