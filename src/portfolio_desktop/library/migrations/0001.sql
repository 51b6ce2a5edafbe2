-- Schema 1: the first library.
-- Ids are numbers here and p12, c3, f7 outside. Tables that a person changes are written through `changes` only.

CREATE TABLE profile (
    number INTEGER NOT NULL PRIMARY KEY CHECK (number = 1),
    school_type TEXT NOT NULL,
    entry_year INTEGER NOT NULL,
    name TEXT NOT NULL,
    school TEXT NOT NULL,
    rules TEXT NOT NULL
) STRICT;

CREATE TABLE course (
    number INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    year INTEGER,
    semester INTEGER,
    category TEXT NOT NULL,
    credits TEXT NOT NULL,
    teacher TEXT NOT NULL,
    code TEXT NOT NULL
) STRICT;

CREATE TABLE piece (
    number INTEGER NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    category TEXT,
    year INTEGER,
    semester INTEGER,
    summary TEXT NOT NULL,
    link TEXT NOT NULL,
    fields TEXT NOT NULL,
    course INTEGER REFERENCES course (number),
    certification TEXT NOT NULL,
    certification_note TEXT NOT NULL,
    added TEXT NOT NULL,
    changed TEXT NOT NULL,
    trashed TEXT
) STRICT;

CREATE INDEX piece_course ON piece (course);

-- Every file ever brought in. A row is never changed or taken away, but for what the readers found out.
CREATE TABLE stored (
    sha256 TEXT NOT NULL PRIMARY KEY,
    md5 TEXT NOT NULL,
    size INTEGER NOT NULL,
    path TEXT NOT NULL UNIQUE,
    inspection TEXT NOT NULL,
    deep INTEGER NOT NULL
) STRICT;

CREATE INDEX stored_size ON stored (size);

CREATE TABLE stored_text (
    sha256 TEXT NOT NULL PRIMARY KEY REFERENCES stored (sha256),
    text TEXT NOT NULL
) STRICT;

CREATE TABLE file (
    number INTEGER NOT NULL PRIMARY KEY,
    piece INTEGER NOT NULL REFERENCES piece (number),
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES stored (sha256),
    current INTEGER NOT NULL,
    made_from INTEGER REFERENCES file (number),
    sealed TEXT
) STRICT;

CREATE INDEX file_piece ON file (piece);
CREATE INDEX file_sha256 ON file (sha256);

CREATE TABLE tick (
    piece INTEGER NOT NULL REFERENCES piece (number),
    year INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (piece, year)
) STRICT;

-- The log of changes: one group per intention, before and after images of every row. Rows are never taken away.
CREATE TABLE change_group (
    number INTEGER NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    message TEXT NOT NULL,
    parameters TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped'))
) STRICT;

CREATE INDEX change_group_state ON change_group (state, number);

CREATE TABLE change (
    number INTEGER NOT NULL PRIMARY KEY,
    change_group INTEGER NOT NULL REFERENCES change_group (number),
    row_table TEXT NOT NULL,
    piece INTEGER,
    before TEXT,
    after TEXT
) STRICT;

CREATE INDEX change_of_group ON change (change_group);
CREATE INDEX change_of_piece ON change (piece);

-- What the library keeps for itself: the next ids (never used again, also not after undo), the search index's make.
CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

INSERT INTO meta (name, value) VALUES ('next_piece', '1'), ('next_course', '1'), ('next_file', '1'), ('search', '');

-- The search index: overlapping pairs of characters written by us (search.py). `indexed` holds what stands in it now, since an
-- entry of a contentless table can be taken out only by naming its old words.
CREATE TABLE indexed (
    number INTEGER NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    fields TEXT NOT NULL,
    files TEXT NOT NULL,
    texts TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE search USING fts5 (
    words, text,
    content='', columnsize=0, tokenize='ascii'
);
