"""A database made anew from what is left: a copy that has the log, a catalog that has the last word, the files as they lie there.

    base (or nothing) -> database -> stored rows -> one change "rebuild": what the catalog says, pieces for files that nothing names
                                  -> search index -> checked

Shared by `rebuilding` (in the library's own folder) and `by_catalog` (out of a snapshot, into a new one).
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select

from portfolio_desktop.files import Unreadable
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.inspection.structure import inspect_structure
from portfolio_desktop.library import changes, written
from portfolio_desktop.library.database import create_database, open_database
from portfolio_desktop.library.dump import Contents
from portfolio_desktop.library.holding import account
from portfolio_desktop.library.problems import DatabaseDamageError
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.safekeeping import copied, reconciling
from portfolio_desktop.library.safekeeping.placement import Placement
from portfolio_desktop.library.safekeeping.reconciling import Brought, StoredRow
from portfolio_desktop.library.safekeeping.verifying import database_problems
from portfolio_desktop.library.sentences import Sentence
from portfolio_desktop.library.store import FOLDER as FILES
from portfolio_desktop.library.tables import STORED
from portfolio_desktop.library.troubles import damaged_words


def remake(
    new: Path,
    base: Path | None,
    contents: Contents | None,
    profile: Profile,
    stored: Sequence[StoredRow],
    filed: Sequence[StoredRow],
    moment: str,
    catalog: bytes | None = None,
) -> tuple[range, tuple[Brought, ...]]:
    """Make the database `new`, finished and checked: the numbers of the pieces that are to be filed, and what the catalog made
    other than the base has it.

    Without a base the log begins anew; with neither base nor contents it is an empty library of `profile`. `stored` and
    `filed` may name files that the base knows; `catalog` are the bytes of `contents`, which are no news from then on.
    Raises DatabaseDamageError when the result is not sound.
    """
    if base is not None:
        with copied.reading(base) as database:
            database.backup(new)
    else:
        create_database(new, profile)
    with contextlib.closing(open_database(new)) as database, database.write() as connection:
        known = set(connection.execute(select(STORED.c.sha256)).scalars())
        reconciling.add_stored(connection, [file for file in [*stored, *filed] if file.sha256 not in known])
        if base is None and contents is not None:
            reconciling.without_log(connection, contents)
        with changes.group(connection, moment, account()) as change:
            change.sentence = Sentence("rebuild")
            if base is not None and contents is not None:
                reconciling.with_log(change, contents)
            changed = reconciling.told(change)
            numbers = reconciling.file_pieces(change, filed, moment)
        if catalog is not None:
            written.note(connection, catalog)
        reconciling.index_anew(connection, change.pieces() if base is not None else None)
        if database_problems(connection):
            raise DatabaseDamageError(damaged_words())
    return numbers, changed


def sound_row(folder: Path, placement: Placement, sha256: str) -> StoredRow:
    """A wanted file of the library in `folder` as a new row: what is known of its bytes, where they are there."""
    path = placement.places[sha256]
    if (found := placement.sound.get(sha256)) is not None:
        looked = looked_at(folder / FILES / found.path, found.kind)
        return StoredRow(sha256, found.md5, found.size, path, found.kind, looked)
    lost = next(one for one in placement.lost if one.sha256 == sha256)
    return StoredRow(sha256, lost.md5, lost.size, path, "unknown", None)


def looked_at(path: Path, kind: str) -> Inspection:
    """The structural facts of bytes that were just read; where that fails now, the deep look finds them later."""
    try:
        return inspect_structure(path, kind)
    except Unreadable:
        return Inspection(kind)
