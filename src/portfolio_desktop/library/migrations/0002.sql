-- Schema 2: the search index in two tables. An entry of a contentless table can be taken out only whole, so a piece's words and
-- its documents' text in one row meant to index the whole text again with each saved summary.

DROP TABLE search;

CREATE VIRTUAL TABLE search_words USING fts5 (words, content='', columnsize=0, tokenize='ascii');

CREATE VIRTUAL TABLE search_text USING fts5 (text, content='', columnsize=0, tokenize='ascii');

-- Both are filled at the next opening, since the index says that no folding made it.
DELETE FROM indexed;
UPDATE meta SET value = '' WHERE name = 'search';
