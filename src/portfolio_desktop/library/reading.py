"""What a library tells: records, never rows. Nothing here changes a byte of it.

Reading   folder profile read_only
    pieces piece courses school_rules find        history texts versions next_steps        dump files file_path
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from portfolio_desktop.errors import UsageError
from portfolio_desktop.library import changes, intake, log, looks, rows, search, twins, versions
from portfolio_desktop.library.holding import Holding
from portfolio_desktop.library.planning import Held
from portfolio_desktop.library.problems import Problem
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import (
    AddPlan,
    ChangeEntry,
    FileVersion,
    Found,
    PieceFilter,
    StoredFile,
    TextVersion,
)
from portfolio_desktop.library.rows import number_of
from portfolio_desktop.library.tables import STORED
from portfolio_desktop.library.troubles import plain_words
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import Course, Piece
from portfolio_desktop.progress import Progress


class Reading:
    """The half of an open library that only looks; `library.Library` is the whole.

    `folder`, `profile` and `read_only` may be read from any thread.
    """

    def __init__(self, holding: Holding) -> None:
        self.folder = holding.folder
        self.read_only = holding.database.read_only
        self._holding = holding
        self._store = holding.store

    @property
    def profile(self) -> Profile:
        """Whose library it is."""
        return self._holding.profile

    @property
    def start_problems(self) -> tuple[Problem, ...]:
        """Stored files that were missing or too short at the opening; looked for after an owner that did not let go."""
        return self._holding.start_problems

    def pieces(self, wanted: PieceFilter | None = None) -> list[Piece]:
        """The pieces that a filter asks for (all that are not in the trash), in the order of their ids."""
        with self._holding.reading() as connection:
            return rows.pieces(connection, wanted or PieceFilter())

    def piece(self, identity: str) -> Piece:
        """One piece, in the trash or not; raises UsageError when there is none."""
        return self._named([identity])[0]

    def courses(self) -> list[Course]:
        """The student's courses, by term."""
        with self._holding.reading() as connection:
            return rows.courses(connection)

    def school_rules(self) -> Mapping[str, Any]:
        """The school's own settings, to lay over the rules."""
        with self._holding.reading() as connection:
            return rows.school_rules(connection)

    def find(self, text: str, limit: int = 50) -> Found:
        """The newest pieces that hold every word of `text`, and how many there are."""
        with self._holding.reading() as connection:
            return search.find(connection, text, limit)

    def history(self, identity: str | None = None, limit: int | None = None) -> list[ChangeEntry]:
        """The log of changes, newest first: the whole, or what touched one piece."""
        with self._holding.reading() as connection:
            return log.history(connection, None if identity is None else number_of(identity, "p"), limit)

    def texts(self, identity: str, field: str | None = None) -> tuple[TextVersion, ...]:
        """Every text that a piece ever had, the newest first: of one field (`summary`, `fields.award` …), or of all."""
        with self._holding.reading() as connection:
            found = versions.texts(connection, number_of(identity, "p"))
        return tuple(version for version in found if field in (None, version.field))

    def versions(self, identity: str) -> tuple[FileVersion, ...]:
        """Every file that a piece ever held, in the order of their ids, also what was replaced or undone."""
        with self._holding.reading() as connection:
            return versions.files(connection, number_of(identity, "p"))

    def next_steps(self) -> tuple[str | None, str | None]:
        """What `undo` would take back and `redo` do again, in words; None where there is nothing."""
        with self._holding.reading() as connection:
            undo, redo = changes.next_steps(connection)
        return (str(undo) if undo else None, str(redo) if redo else None)

    def dump(self) -> bytes:
        """The whole library as canonical JSON: equal libraries give equal bytes."""
        return self._holding.dump()

    def file_path(self, sha256: str) -> Path:
        """Where a stored file lies; raises UsageError when the library has none of that hash."""
        with self._holding.reading() as connection:
            stored = connection.execute(select(STORED.c.path).where(STORED.c.sha256 == sha256)).scalar_one_or_none()
        if stored is None:
            raise UsageError(_("學習歷程庫裡沒有這個檔案（SHA-256 {sha256}）。").format(sha256=sha256))
        return self._store.path(stored)

    def files(self) -> list[StoredFile]:
        """Every file ever brought in, by hash."""
        with self._holding.reading() as connection:
            stored = connection.execute(select(STORED).order_by(STORED.c.sha256)).all()
        return [StoredFile(row.sha256, row.md5, row.size, self._store.path(row.path)) for row in stored]

    def plan_add(self, paths: Iterable[Path], progress: Progress | None = None) -> AddPlan:
        """What adding these paths would do; nothing is written. Raises Cancelled."""
        with plain_words():
            return intake.plan(paths, self.folder, progress or Progress())

    def held(self) -> Held:
        """Which bytes its pieces have, for planning what to bring in."""
        with self._holding.reading() as connection:
            return twins.held(connection)

    def pending_looks(self) -> list[tuple[str, Path]]:
        """The files that the deep readers have not seen: SHA-256 and path, the newest first."""
        with self._holding.reading() as connection:
            return [(sha256, self._store.path(path)) for sha256, path in looks.pending(connection)]

    def _named(self, ids: Sequence[str]) -> list[Piece]:
        """The pieces of these ids, in this order, each once; raises UsageError when one is not there."""
        wanted = tuple(dict.fromkeys(ids))
        found = {piece.id: piece for piece in self.pieces(PieceFilter(ids=wanted, trashed=None))}
        for identity in wanted:
            if identity not in found:
                raise UsageError(_("沒有「{id}」這一件。").format(id=identity))
        return [found[identity] for identity in wanted]

    def _course(self, identity: str) -> Course:
        return next(course for course in self.courses() if course.id == identity)
