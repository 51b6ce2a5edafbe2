"""The search index: pairs of characters in contentless FTS5 tables, kept in the same transaction as what it indexes.

    a piece's title, summary, fields, files' names  -> fold -> grams -> search_words   rowid = piece number
    its documents' texts                            -> fold -> grams -> search_text    touched only when its files change
    "ai 影像" -> fold -> two phrases, each in one table or the other -> the newest rowids and their count -> Found

A word finds exactly the pieces in whose folded text it stands, from one character on, anywhere, as LIKE '%word%' would.
Trashed pieces are not in the index. An entry of a contentless table can only be taken out by naming what is in it
(SQLite before 3.43 has no other way), so `indexed` keeps the short texts, and document texts never change silently.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from portfolio_desktop.errors import DamageError
from portfolio_desktop.library.folding import VERSION, fold, grams, phrase
from portfolio_desktop.library.records import Found, Hit
from portfolio_desktop.library.tables import COURSE, FILE, INDEXED, META, PIECE, STORED_TEXT
from portfolio_desktop.library.troubles import plain_words
from portfolio_desktop.messages import _

WORDS = ("title", "summary", "fields", "files")  # what is in the index's first column, and `where` tells apart
LONGEST_QUERY = 400  # characters; a longer one is somebody's whole document, and FTS5 has limits of its own
MOST_WORDS = 32
_AT_ONCE = 200  # pieces whose words are in memory at the same time; of documents' texts, one piece's
TABLES = ("search_words", "search_text")
_EITHER = (
    "SELECT rowid FROM search_words WHERE search_words MATCH ?{n} UNION"
    " SELECT rowid FROM search_text WHERE search_text MATCH ?{n}"
)


class Entry(NamedTuple):
    """What stands in the index for one piece: folded texts, and the files (SHA-256) whose document text does too."""

    number: int
    title: str
    summary: str
    fields: str
    files: str
    texts: str

    @property
    def words(self) -> str:
        """What the index has of it, but for the documents' texts; a word never reaches from one part into the next."""
        return "\n".join(part for part in self[1:5] if part)


def refresh(connection: Connection, numbers: Collection[int]) -> None:
    """Bring the index up to date for these pieces, in the caller's transaction. Raises DamageError for a torn index."""
    with _torn_is_damage():
        _refresh(connection, numbers)


def _refresh(connection: Connection, numbers: Collection[int]) -> None:
    for some in _in_parts(sorted(numbers)):
        old = {entry.number: entry for entry in _indexed(connection, some)}
        new = {entry.number: entry for entry in _entries(connection, some)}
        changed = [number for number in some if old.get(number) != new.get(number)]
        _write_words(connection, [(old.get(number), new.get(number)) for number in changed])
        for number in changed:
            _write_text(connection, old.get(number), new.get(number))
        connection.execute(delete(INDEXED).where(INDEXED.c.number.in_(changed)))
        if kept := [tuple(new[number]) for number in changed if number in new]:
            connection.exec_driver_sql("INSERT INTO indexed VALUES (?, ?, ?, ?, ?, ?)", kept)


def set_text(connection: Connection, sha256: str, text: str) -> None:
    """Record a file's document text, and index it for the pieces that hold the file now."""
    numbers = connection.execute(select(FILE.c.piece).where(FILE.c.sha256 == sha256).distinct()).scalars().all()
    with _torn_is_damage():
        for entry in list(_indexed(connection, numbers)):
            _write_text(connection, entry, None)
    connection.execute(update(INDEXED).where(INDEXED.c.number.in_(numbers)).values(texts=""))
    connection.execute(delete(STORED_TEXT).where(STORED_TEXT.c.sha256 == sha256))
    if text:
        connection.execute(insert(STORED_TEXT).values(sha256=sha256, text=text))
    refresh(connection, numbers)


def is_current(connection: Connection) -> bool:
    """Whether the index was made by this folding."""
    return bool(connection.execute(select(META.c.value).where(META.c.name == "search")).scalar_one() == VERSION)


def is_usable(connection: Connection) -> bool:
    """Whether FTS5 begins to work on its tables at all; much cheaper than asking whether they are whole."""
    try:
        with plain_words(), _torn_is_damage():
            for table in TABLES:
                connection.exec_driver_sql(f"SELECT rowid FROM {table} WHERE {table} MATCH 'a' LIMIT 1").all()
    except DamageError:
        return False
    return True


def is_sound(connection: Connection) -> bool:
    """Whether FTS5 finds its tables whole. Its check is a statement that writes, and writes nothing."""
    try:
        with plain_words(), _torn_is_damage():
            for table in TABLES:
                connection.exec_driver_sql(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
    except DamageError:
        return False
    return True


def rebuild(connection: Connection) -> None:
    """Make the whole index anew."""
    for table in TABLES:
        # FTS5 touches nothing, not even to begin anew, where it misses the version of its own format.
        connection.exec_driver_sql(f"DELETE FROM {table}_config WHERE k = 'version' AND v NOT IN (4, 5)")
        connection.exec_driver_sql(f"INSERT OR IGNORE INTO {table}_config (k, v) VALUES ('version', 4)")
        connection.exec_driver_sql(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
    connection.execute(delete(INDEXED))
    refresh(connection, connection.execute(select(PIECE.c.number)).scalars().all())
    connection.execute(update(META).where(META.c.name == "search").values(value=VERSION))


def find(connection: Connection, text: str, limit: int) -> Found:
    """The newest pieces in which every word of `text` stands, at most `limit` of them, and how many there are."""
    began = time.perf_counter()
    sought = words(text)
    if not sought:
        return Found(text, time.perf_counter() - began, 0, [])
    phrases = [phrase(word) for word in sought]
    each = [_EITHER.format(n=n) for n in range(1, len(phrases) + 1)]
    # One word alone stays a bare union: SQLite then merges the two tables in their order, and need not sort all it found.
    every = each[0] if len(each) == 1 else " INTERSECT ".join(f"SELECT rowid FROM ({one})" for one in each)
    database = connection.connection.driver_connection  # bare: SQLAlchemy would take longer than the searching
    if database is None:
        raise AssertionError("a search on a closed connection")
    newest = f"{every} ORDER BY 1 DESC LIMIT ?{len(phrases) + 1}"
    with _torn_is_damage():
        numbers = [row[0] for row in database.execute(newest, (*phrases, limit))]
        total = len(numbers)
        if total == limit:
            total = database.execute(f"SELECT count(*) FROM ({every} ORDER BY 1 DESC)", phrases).fetchone()[0]
    hits = _hits(database, numbers, sought)
    return Found(text, time.perf_counter() - began, total, hits)


@contextlib.contextmanager
def _torn_is_damage() -> Iterator[None]:
    """FTS5 calls it a wrong statement when its own tables are torn; the statements are right."""
    try:
        yield
    except (sqlite3.OperationalError, DBAPIError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if getattr(cause, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR:
            raise
        raise DamageError(
            _("搜尋的索引損壞了，作品沒有受影響：請以正常方式重新開啟一次，程式會重新建立索引。")
        ) from error


def words(text: str) -> list[str]:
    """The folded words of a query, each once. Split first: folding closes the gap between Chinese words."""
    folded = (fold(word) for word in text[:LONGEST_QUERY].split())
    return list(dict.fromkeys(word for word in folded if word))[:MOST_WORDS]


def _hits(database: Any, numbers: Sequence[int], sought: Sequence[str]) -> list[Hit]:
    if not numbers:
        return []
    either = " OR ".join(map(phrase, sought))
    in_text = "SELECT rowid FROM search_text WHERE search_text MATCH ? AND rowid BETWEEN ? AND ?"
    with_text = {row[0] for row in database.execute(in_text, (either, numbers[-1], numbers[0]))}
    marks = ",".join("?" * len(numbers))
    described = database.execute(
        "SELECT number, piece.title, indexed.title, indexed.summary, indexed.fields, indexed.files"
        f" FROM piece JOIN indexed USING (number) WHERE number IN ({marks}) ORDER BY number DESC",
        numbers,
    )
    hits = []
    for number, title, *texts in described:
        where = [name for name, text in zip(WORDS, texts, strict=True) if any(word in text for word in sought)]
        hits.append(Hit(f"p{number}", title, (*where, "text") if number in with_text else tuple(where)))
    return hits


def _indexed(connection: Connection, numbers: Sequence[int]) -> Iterator[Entry]:
    for row in connection.execute(select(INDEXED).where(INDEXED.c.number.in_(numbers))):
        yield Entry(*row)


def _entries(connection: Connection, numbers: Sequence[int]) -> Iterator[Entry]:
    """What should stand in the index for these pieces; nothing for those that are gone or in the trash."""
    files: dict[int, list[tuple[str, str]]] = defaultdict(list)
    held = select(FILE.c.piece, FILE.c.name, FILE.c.sha256).where(FILE.c.piece.in_(numbers), FILE.c.current == 1)
    for piece, name, sha256 in connection.execute(held.order_by(FILE.c.number)):
        files[piece].append((name, sha256))
    with_text = set(
        connection.execute(
            select(STORED_TEXT.c.sha256).where(
                STORED_TEXT.c.sha256.in_(select(FILE.c.sha256).where(FILE.c.piece.in_(numbers)))
            )
        ).scalars()
    )
    words = (
        select(PIECE.c.number, PIECE.c.title, PIECE.c.summary, PIECE.c.fields, PIECE.c.link, COURSE.c.name)
        .join(COURSE, COURSE.c.number == PIECE.c.course, isouter=True)
        .where(PIECE.c.number.in_(numbers), PIECE.c.trashed.is_(None))
    )
    for number, title, summary, fields, link, course in connection.execute(words):
        values = [*json.loads(fields).values(), link, course or ""]
        yield Entry(
            number,
            fold(title),
            fold(summary),
            _lines(values),
            _lines([name for name, _sha256 in files[number]]),
            " ".join(sha256 for _name, sha256 in files[number] if sha256 in with_text),
        )


def _lines(values: Sequence[str]) -> str:
    """Folded values one under the other: a word never reaches from one into the next."""
    return "\n".join(folded for folded in map(fold, values) if folded)


def _write_words(connection: Connection, changes: Sequence[tuple[Entry | None, Entry | None]]) -> None:
    """Put the words of pieces in place of those that stand in the index: before, after."""
    different = list[tuple[int, str, str]]()
    for before, after in changes:
        either, old, new = before or after, before.words if before else "", after.words if after else ""
        if either is not None and old != new:
            different.append((either.number, old, new))
    for statement, rows in (
        (
            "INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', ?, ?)",
            [(number, grams(old)) for number, old, _new in different if old],
        ),
        (
            "INSERT INTO search_words (rowid, words) VALUES (?, ?)",
            [(number, grams(new)) for number, _old, new in different if new],
        ),
    ):
        if rows:
            connection.exec_driver_sql(statement, rows)


def _write_text(connection: Connection, old: Entry | None, new: Entry | None) -> None:
    """Put the texts of one piece's documents in place of those that stand in the index."""
    before, after = (entry.texts.split() if entry else [] for entry in (old, new))
    if before == after:
        return
    if old is not None and before:
        statement = "INSERT INTO search_text (search_text, rowid, text) VALUES ('delete', ?, ?)"
        connection.exec_driver_sql(statement, (old.number, grams(_document_text(connection, before))))
    if new is not None and after:
        statement = "INSERT INTO search_text (rowid, text) VALUES (?, ?)"
        connection.exec_driver_sql(statement, (new.number, grams(_document_text(connection, after))))


def _document_text(connection: Connection, files: Sequence[str]) -> str:
    texts = [connection.execute(select(STORED_TEXT.c.text).where(STORED_TEXT.c.sha256 == name)) for name in files]
    return _lines([text.scalar_one() for text in texts])


def _in_parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), _AT_ONCE):
        yield numbers[start : start + _AT_ONCE]
