"""The library's only door: one function for each intention of the user, for the window and the command line alike.

Library.create(folder, profile)   Library.open(folder)            one owner, one thread
  add edit attach detach remove restore tick untick …             a change: one transaction, one group in the log
  undo redo                                                       any number of steps, also after a restart
  record_looks deepen                                             what the deep readers find out, afterwards
  everything that only looks                                      reading.py; a row never leaves this folder
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from portfolio_desktop.errors import PortfolioError, UsageError
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.library import adding, changes, commands, deep, dump, filling, looks, rows, student
from portfolio_desktop.library.editing import check_category
from portfolio_desktop.library.holding import Clock, hold
from portfolio_desktop.library.intake import Batch
from portfolio_desktop.library.lock import LockedError
from portfolio_desktop.library.making import create, making, remove_new
from portfolio_desktop.library.names import title_line
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.reading import Reading
from portfolio_desktop.library.records import (
    Added,
    Edit,
    Incoming,
    Look,
    NewPiece,
    PieceFilter,
    Refused,
    Travelled,
)
from portfolio_desktop.library.safekeeping import newer
from portfolio_desktop.library.sentences import one_or_many
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import Course, Piece, Role
from portfolio_desktop.progress import Progress
from portfolio_desktop.terms import Term


def now() -> datetime.datetime:
    """The time with its offset."""
    return datetime.datetime.now().astimezone()


class Library(Reading):
    """One library, open. Use it from the thread that opened it; close it, or use it as a context manager."""

    @classmethod
    def create(cls, folder: Path, profile: Profile, *, clock: Clock = now) -> Library:
        """Make a library in `folder` (new or empty) and open it; raises PortfolioError when something lies there."""
        create(folder, profile)
        return cls._first_opened(folder, clock)

    @classmethod
    def from_dump(
        cls,
        folder: Path,
        content: bytes,
        source: Callable[[str], Path],
        progress: Progress | None = None,
        *,
        clock: Clock = now,
    ) -> Library:
        """Make a library in `folder` (new or empty) that equals the one whose dump `content` is, and open it.

        `source` says where the bytes of a SHA-256 lie; it is asked for one after the other, each copied before the next.
        The log of changes begins anew. Raises DamageError for bytes that are not what they should be, PortfolioError for
        a dump that cannot be read; then nothing is left in the folder.
        """
        contents = dump.read(content)
        with making(folder, contents.profile, frozenset(contents.digests)) as database:
            filling.fill(folder, database, contents, source, progress or Progress())
        return cls._first_opened(folder, clock)

    @classmethod
    def _first_opened(cls, folder: Path, clock: Clock) -> Library:
        """A library that was made this moment; gone again where it cannot be opened."""
        try:
            cls.open(folder, clock=clock).close()  # writes the first catalog
            return cls.open(folder, clock=clock)
        except LockedError:
            raise  # somebody was faster, and works in it
        except BaseException:
            remove_new(folder)
            raise

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False, clock: Clock = now) -> Library:
        """Open a library: as its only writer, or `read_only` beside one, changing no byte of the folder.

        Raises LockedError when another program has it, DamageError when it is malformed, PortfolioError when it is
        not a library or a newer program's.
        """
        holding = hold(folder, clock, read_only=read_only)
        if not read_only:
            try:
                newer.look(holding)
            except BaseException:
                holding.close()
                raise
        return cls(holding)

    def close(self) -> None:
        """Refresh the catalog and let go of the library; closing twice does no harm."""
        self._holding.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Bringing in

    def add(self, paths: Iterable[Path], new: NewPiece | None = None, progress: Progress | None = None) -> Added:
        """Copy files in, one piece each; folders are walked. Files that a piece has already are told, not copied.

        Raises Cancelled when stopped: then nothing of it remains.
        """
        new = new or NewPiece()
        return self._add(paths, [new], lambda batch: adding.one_each(batch, new, self._term(new)), progress)

    def add_each(self, pieces: Sequence[Incoming], progress: Progress | None = None) -> Added:
        """Add pieces as they are told, each with its files, as one step for undo. A folder among the paths is refused.

        Of a piece's files those that another piece has already are told and left out; one of which nothing is left is not
        made. Raises UsageError for a piece with neither files nor a title, Cancelled when stopped: then nothing of it remains.
        """
        if any(not one.paths and not title_line(one.new.title or "").strip() for one in pieces):
            raise UsageError(_("沒有檔案的作品要有標題。"))
        paths = list(dict.fromkeys(path for one in pieces for path in one.paths))
        folders = [path for path in paths if path.is_dir()]
        added = self._add(
            [path for path in paths if path not in folders],
            [one.new for one in pieces],
            lambda batch: adding.as_told(batch, pieces),
            progress,
        )
        return replace(added, refused=[*added.refused, *(Refused(path, "directory") for path in folders)])

    def _add(
        self,
        paths: Iterable[Path],
        news: Sequence[NewPiece],
        pieces: Callable[[Batch], Sequence[adding.ToAdd]],
        progress: Progress | None,
    ) -> Added:
        for category in {new.category for new in news}:
            check_category(category)
        with self._holding.bringing_in(paths, progress or Progress()) as batch, self._holding.changing() as change:
            for course in {new.course_id for new in news}:
                student.check_course_id(change, course)
            adding.add_stored(change.connection, batch)
            numbers = adding.add_pieces(change, pieces(batch), self._holding.time())
            added = rows.numbered(change.connection, numbers)
            change.sentence = one_or_many("add", [piece.title for piece in added])
            duplicates = adding.duplicates(change.connection, batch)
        return Added(added, duplicates, list(batch.refused))

    def attach(
        self,
        identity: str,
        path: Path,
        role: Role | None = None,
        made_from: str | None = None,
        progress: Progress | None = None,
    ) -> Piece:
        """Put a file into a piece's slot (by its kind when no role is given); an earlier one is kept.

        `made_from` is the id of the file that this one was made from. Raises PortfolioError when it cannot be read,
        Cancelled when stopped: then nothing of it remains.
        """
        with self._attaching(identity, path, role, made_from, progress) as (change, attached):
            commands.attach(change, identity, attached, self._holding.time())
        return self.piece(identity)

    # Changing

    def edit(
        self,
        identity: str,
        edit: Edit,
        *,
        attach: Path | None = None,
        detach: str | None = None,
        use_version: str | None = None,
        use_text: str | None = None,
        progress: Progress | None = None,
    ) -> Piece:
        """Change a piece, its values and its files, as one step: all of it happens or nothing. Returns it as it is now.

        `attach` is a file to put into the slot of its kind; `detach` a role or a file's id to take down before that;
        `use_version` and `use_text` as the calls of these names. Raises as they do.
        """
        besides = commands.Besides(detach, None, use_version, use_text)
        if attach is None:
            with self._holding.changing() as change:
                commands.edit_whole(change, identity, edit, besides, self._holding.time())
        else:
            with self._attaching(identity, attach, None, None, progress) as (change, attached):
                commands.edit_whole(change, identity, edit, replace(besides, attached=attached), self._holding.time())
        return self.piece(identity)

    def edit_all(self, ids: Sequence[str], edit: Edit) -> list[Piece]:
        """Make the same change to several pieces, as one step for undo."""
        with self._holding.changing(len(ids)) as change:
            commands.edit_pieces(change, ids, edit, self._holding.time())
        return self._named(ids)

    def edit_each(self, edits: Sequence[tuple[str, Edit]]) -> list[Piece]:
        """Change several pieces, each by an edit of its own (id, edit), as one step for undo."""
        with self._holding.changing(len(edits)) as change:
            commands.edit_each(change, edits, self._holding.time())
        return self._named([identity for identity, _edit in edits])

    def detach(self, identity: str, which: str) -> Piece:
        """Take a file out of its slot, by role or by the file's id; it is kept as an earlier version."""
        with self._holding.changing() as change:
            commands.detach(change, identity, which, self._holding.time())
        return self.piece(identity)

    def use_version(self, identity: str, file_id: str) -> Piece:
        """Make an earlier file of a piece the current one, by its id in `versions`."""
        with self._holding.changing() as change:
            commands.use_version(change, identity, file_id, self._holding.time())
        return self.piece(identity)

    def use_text(self, identity: str, text_id: str) -> Piece:
        """Make an earlier text of a piece the one in force, by its id in `texts`: `summary@12`."""
        with self._holding.changing() as change:
            commands.use_text(change, identity, text_id, self._holding.time())
        return self.piece(identity)

    def remove(self, ids: Sequence[str]) -> list[Piece]:
        """Put pieces into the trash."""
        with self._holding.changing(len(ids)) as change:
            commands.move_to_trash(change, ids, self._holding.time())
        return self._named(ids)

    def restore(self, ids: Sequence[str]) -> list[Piece]:
        """Take pieces out of the trash."""
        with self._holding.changing() as change:
            commands.take_out_of_trash(change, ids)
        return self._named(ids)

    def empty_trash(self) -> int:
        """Take the trashed pieces away (undo brings them back; their files stay); returns how many there were."""
        with self._holding.changing(len(self.pieces(PieceFilter(trashed=True)))) as change:
            return commands.empty_trash(change)

    def tick(self, ids: Sequence[str], year: int) -> list[Piece]:
        """Tick pieces for a school year, in this order after those ticked already; `year.ticks` says which may be."""
        with self._holding.changing() as change:
            commands.tick(change, ids, year)
        return self._named(ids)

    def untick(self, ids: Sequence[str], year: int) -> list[Piece]:
        """Take pieces' ticks for a school year away."""
        with self._holding.changing() as change:
            commands.untick(change, ids, year)
        return self._named(ids)

    def add_course(self, course: Course) -> Course:
        """Add a course to the student's list; its id is given here."""
        with self._holding.changing() as change:
            number = student.add_course(change, course)
        return self._course(f"c{number}")

    def edit_course(self, course: Course) -> Course:
        """Change a course, by its id."""
        with self._holding.changing() as change:
            student.edit_course(change, course)
        return self._course(course.id)

    def remove_course(self, identity: str) -> None:
        """Take a course away; its pieces stay, without a course."""
        with self._holding.changing() as change:
            student.remove_course(change, identity, self._holding.time())

    def set_profile(self, profile: Profile) -> None:
        """Change whose library it is."""
        with self._holding.changing() as change:
            student.set_profile(change, profile)

    def set_school_rules(self, settings: Mapping[str, Any]) -> None:
        """Change the school's own settings."""
        with self._holding.changing() as change:
            student.set_school_rules(change, settings)

    def undo(self, steps: int = 1) -> list[str]:
        """Take the last changes back; what was taken back, the latest first."""
        return list(self.step_back(steps).sentences)

    def redo(self, steps: int = 1) -> list[str]:
        """Do undone changes again; what was done, the earliest first."""
        return list(self.step_on(steps).sentences)

    def step_back(self, steps: int = 1) -> Travelled:
        """The same as `undo`, telling also which pieces are others now."""
        return self._holding.travel(changes.undo, steps)

    def step_on(self, steps: int = 1) -> Travelled:
        """The same as `redo`, telling also which pieces are others now."""
        return self._holding.travel(changes.redo, steps)

    # The deep look

    def record_look(self, sha256: str, inspection: Inspection, text: str = "") -> None:
        """Record what the deep readers found in one file."""
        self.record_looks([Look(sha256, inspection, text)])

    def record_looks(self, found: Sequence[Look]) -> None:
        """Record what the deep readers found in some files: facts, and text into the search index."""
        with self._holding.writing() as connection:
            looks.record(connection, found)

    def deepen(
        self, readers: deep.LookingReaders, progress: Progress | None = None, thumbnails: Path | None = None
    ) -> int:
        """Look at every file that was not looked at yet; returns how many. A bad file never stops it."""
        return deep.look_at(self.pending_looks(), readers, self.record_looks, progress or Progress(), thumbnails)

    def refresh_catalog(self) -> None:
        """Write catalog.json when it lags behind; raises PortfolioError when it cannot be: every change is safe then too."""
        self._holding.refresh_catalog()

    @contextlib.contextmanager
    def _attaching(
        self, identity: str, path: Path, role: Role | None, made_from: str | None, progress: Progress | None
    ) -> Iterator[tuple[changes.Group, commands.Attached]]:
        """One file brought in for one piece, and the change that makes it the piece's."""
        self.piece(identity)  # unknown: said before anything is read
        if path.is_dir():
            raise UsageError(_("「{name}」是資料夾，一次只能放進一個檔案。").format(name=path.name))
        with self._holding.bringing_in([path], progress or Progress()) as batch:
            arrivals = batch.arrivals + batch.twins
            if len(arrivals) != 1:
                raise PortfolioError(_("讀不到「{name}」，請確認它是一個可以開啟的檔案。").format(name=path.name))
            with self._holding.changing() as change:
                adding.add_stored(change.connection, batch)
                yield change, commands.Attached(arrivals[0], role, made_from)

    def _term(self, new: NewPiece) -> Term | None:
        """The term asked for, else the one that it is now while the student is at school."""
        current = Term.of(self._holding.today())
        return new.term or (current if current in self.profile.terms else None)
