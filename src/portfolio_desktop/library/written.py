"""Which catalogs a database wrote: what tells a catalog.json of an earlier moment from one that says more than the database.

    rewrite -> note(digest) -> catalog.json            a crash between the two leaves one digest too many, which harms nobody
    catalog.json -> is_known                           it is, or was, this database's own: all of it is in the log

Neither the clock nor the log is asked: a file that was copied, synced or put back has other times, and undoing goes
through states that no log tells in order.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, insert, select

from portfolio_desktop.library.tables import WRITTEN

_DIGITS = 32


def note(connection: Connection, content: bytes) -> None:
    """Remember a catalog that is about to be written, in a transaction of its own."""
    if not is_known(connection, content):
        connection.execute(insert(WRITTEN).values(digest=_digest(content)))


def is_known(connection: Connection, content: bytes) -> bool:
    """Whether this database, or the one that it is a copy of, wrote this catalog before."""
    return connection.execute(select(WRITTEN.c.digest).where(WRITTEN.c.digest == _digest(content))).first() is not None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_DIGITS]
