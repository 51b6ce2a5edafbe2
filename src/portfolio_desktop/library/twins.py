"""Which bytes a library has already, and in which piece: what a plan needs to tell twins without asking again."""

from __future__ import annotations

from sqlalchemy import Connection, select

from portfolio_desktop.library.planning import Held, Twin
from portfolio_desktop.library.tables import FILE, PIECE, STORED


def held(connection: Connection) -> Held:
    """What the pieces hold: of several with the same bytes one in use rather than one in the trash, then the first."""
    statement = (
        select(STORED.c.size, STORED.c.sha256, PIECE.c.number, PIECE.c.title, PIECE.c.trashed)
        .join(FILE, FILE.c.sha256 == STORED.c.sha256)
        .join(PIECE, FILE.c.piece == PIECE.c.number)
        .order_by(PIECE.c.trashed.is_not(None), PIECE.c.number)
    )
    by_size: dict[int, dict[str, Twin]] = {}
    for size, sha256, number, title, trashed in connection.execute(statement):
        by_size.setdefault(size, {}).setdefault(sha256, Twin(f"p{number}", title, trashed is not None))
    return Held(by_size)
