"""Decides what happens to what is typed: it is kept by itself, one undo step for a stretch of typing.

    edited -> a pause, a choice made, the field left, another piece -> one Edit -> lane -> Row -> back beside the cursor

What was typed after an Edit was sent stays typed when its answer comes. While an input method is composing nothing is
sent and nothing is put into the fields.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.gui import errands
from portfolio_desktop.gui.pieces.editor import Editor
from portfolio_desktop.gui.pieces.mends import mend
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.gui.pieces.values import edit, values
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.form import Form
from portfolio_desktop.pieces.piece import Role

PAUSE_MILLISECONDS = 1200
AT_ONCE = frozenset({"category", "term", "course_id", "certification"})
"""Values that are chosen, not typed: kept as soon as they are."""


class Writing(QObject):
    """The controller of the editor."""

    changed = Signal(object)
    stored = Signal()

    def __init__(self, session: Session, editor: Editor, form_of: Callable[[str | None], Form | None]) -> None:
        super().__init__(editor)
        self._session = session
        self._editor = editor
        self._form_of = form_of
        self._row: Row | None = None
        self._held: dict[str, str] = {}
        self._on_the_way = 0
        self._sent = 0
        self._waiting: list[Callable[[bool], None]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)
        editor.edited.connect(self._edited)
        editor.left.connect(self.flush)
        editor.mend_asked.connect(self.mend)

    @property
    def row(self) -> Row | None:
        """The piece that is being written."""
        return self._row

    def show(self, row: Row | None) -> None:
        """Write another piece from now on, or the same one as it is now."""
        new = row is None or self._row is None or row.id != self._row.id
        if new:
            self.flush()
            self._on_the_way = 0
        self._row = row
        if row is None:
            self._held = {}
            return
        if new:
            self._held = values(row.piece)
            self._editor.show_piece(row, self._form_of(row.piece.category), frozenset(), new=True)
        else:
            self._take(row)

    def settle(self, done: Callable[[bool], None]) -> None:
        """Send what was typed, the half-composed too, and tell whether all that was ever sent has been kept."""
        self.flush(even_composing=True)
        if self._sent:
            self._waiting.append(done)
        else:
            done(True)

    def forget(self) -> None:
        """Write nothing any more; what was typed is dropped (another library is open, this one's was settled)."""
        self._timer.stop()
        self._row, self._held, self._on_the_way = None, {}, 0

    def flush(self, *, even_composing: bool = False) -> None:
        """Send what was typed, now; nothing when nothing was, or while an input method is composing."""
        self._timer.stop()
        if self._row is None or self._session.read_only or self._row.piece.trashed:
            return
        if self._editor.composing() and not even_composing:
            self._timer.start(PAUSE_MILLISECONDS)
            return
        typed = self._editor.values()
        change = edit(self._held, typed)
        if change is None:
            return
        before, piece_id = dict(self._held), self._row.id
        self._held |= typed
        self._on_the_way += 1
        self._sent += 1
        self._session.ask(
            "",
            errands.edit,
            piece_id,
            change,
            done=self._kept,
            failed=lambda error: self._not_kept(piece_id, before, error),
        )

    def mend(self, finding: Finding) -> None:
        """Do what a finding's button promises, on what is typed, and keep it."""
        if self._row is None or self._session.read_only or self._editor.composing():
            return
        changed = mend(finding, self._editor.values(), self._form_of(self._row.piece.category))
        self._editor.put(changed)
        self.flush()

    def attach(self, role: Role | None, path: Path) -> None:
        """Put a file into the piece's place."""
        self._change_files(_("正在收進檔案"), errands.attach, path, role)

    def choose_file(self, dialogs: Dialogs, role: Role) -> None:
        """Ask for a file for the piece's place."""
        names = _("影音 (*.mp3 *.mp4)") if role == "media" else _("文件 (*.pdf *.jpg *.jpeg *.png)")
        dialogs.choose_files(
            self._editor,
            _("選一個檔案"),
            lambda paths: self.attach(role, paths[0]),
            f"{names};;{_('所有檔案 (*)')}",
        )

    def detach(self, role: Role) -> None:
        """Take a file out of its place."""
        self._change_files("", errands.detach, role)

    def _change_files(self, label: str, work: Callable[..., Any], *arguments: Any) -> None:
        if self._row is None or self._session.read_only:
            return
        self.flush()
        self._session.ask(label, work, self._row.id, *arguments, done=self._files_changed)

    def _files_changed(self, row: Row) -> None:
        self.changed.emit(row)
        self.stored.emit()

    def _edited(self, key: str) -> None:
        if key in AT_ONCE:
            self.flush()
        else:
            self._timer.start(PAUSE_MILLISECONDS)

    def _answered(self, kept: bool) -> None:
        self._sent -= 1
        if not self._sent or not kept:
            waiting, self._waiting = self._waiting, []
            for done in waiting:
                done(kept)

    def _kept(self, row: Row) -> None:
        self._answered(True)
        if self._row is not None and row.id == self._row.id:
            self._on_the_way -= 1
        self.changed.emit(row)

    def _not_kept(self, piece_id: str, before: dict[str, str], error: Exception) -> None:
        self._answered(False)
        if self._row is not None and piece_id == self._row.id:
            self._on_the_way -= 1
            # The typed text stays where it is, and is sent again with the next change.
            self._held = before
        self._session.jobs.failed.emit(error)

    def _take(self, row: Row) -> None:
        if self._on_the_way:
            self._editor.show_state(row)
            return
        typed = self._editor.values()
        newer = frozenset(key for key, value in typed.items() if value != self._held.get(key, ""))
        self._held = values(row.piece)
        self._editor.show_piece(row, self._form_of(row.piece.category), newer, new=False)
