"""What the deep readers found, in the database: facts beside the stored file, its text in the search index.

    pending -> (deep.py looks, in guarded processes) -> record

Not in the log of changes: it follows from the bytes, and looking again would find the same.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.library import search
from portfolio_desktop.library.names import storable
from portfolio_desktop.library.records import Look
from portfolio_desktop.library.tables import FILE, STORED


def pending(connection: Connection) -> list[tuple[str, str]]:
    """SHA-256 and stored path of the files that belong to a piece and were not looked at, the newest first."""
    newest = select(FILE.c.sha256, FILE.c.number).subquery()
    statement = (
        select(STORED.c.sha256, STORED.c.path)
        .join(newest, newest.c.sha256 == STORED.c.sha256)
        .where(STORED.c.deep == 0)
        .order_by(newest.c.number.desc())
    )
    return list(dict.fromkeys((row[0], row[1]) for row in connection.execute(statement)))


def record(connection: Connection, looks: Sequence[Look]) -> None:
    """Write what was found; text is bounded by the readers."""
    for look in looks:
        connection.execute(
            update(STORED).where(STORED.c.sha256 == look.sha256).values(inspection=image(look.inspection), deep=1)
        )
        search.set_text(connection, look.sha256, storable(look.text))


def image(inspection: Inspection) -> str:
    """Facts as they are stored."""
    return json.dumps(inspection.to_json(), ensure_ascii=False, sort_keys=True)
