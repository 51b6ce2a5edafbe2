-- Schema 4: which catalogs this database wrote, so that a catalog.json of an earlier moment is told from one that says more.
-- A digest is noted before its file is written. Not in the dump, never taken back by undo.

CREATE TABLE catalog (digest TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
