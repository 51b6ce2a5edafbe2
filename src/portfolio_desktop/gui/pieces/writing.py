"""Decides what happens to what is typed: it is kept by itself, one undo step for a stretch of typing.

    edited -> a pause, a choice made, the field left, another piece -> one Edit -> lane -> Row -> back beside the cursor

What was typed after an Edit was sent stays typed when its answer comes. While an input method is composing nothing is
sent and nothing is put into the fields. What the library could not take stays typed, or is owed where another piece is
shown by then, and is sent again with the next Edit that it takes, and before the window closes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.gui import errands
from portfolio_desktop.gui.pieces.editor import Editor
from portfolio_desktop.gui.pieces.mends import mend, way
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.gui.pieces.unsaved import Owed, text_of
from portfolio_desktop.gui.pieces.values import values
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session, Work
from portfolio_desktop.gui.widgets.choice import close_popups
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.course_checks import locked_findings
from portfolio_desktop.pieces.form import Form
from portfolio_desktop.pieces.piece import Piece, Role

PAUSE_MILLISECONDS = 1200
AT_ONCE = frozenset({"category", "term", "course_id", "certification"})
"""Values that are chosen, not typed: kept as soon as they are."""
NOTHING: Mapping[str, str] = MappingProxyType({})
USE_FILE = "portfolio_desktop.gui.past.work:use_file"


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
        self._trouble: Exception | None = None
        self._owed: dict[str, Owed] = {}
        self._locked: dict[str, Piece] = {}
        self._waiting: list[Callable[[Exception | None], None]] = []
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

    @property
    def typing(self) -> bool:
        """Whether the student is in the middle of something that was not sent yet."""
        return self._timer.isActive() or self._editor.composing()

    def show(self, row: Row | None) -> None:
        """Write another piece from now on, or the same one as it is now."""
        new = row is None or self._row is None or row.id != self._row.id
        if new:
            close_popups(self._editor)  # what is chosen in a list of the piece before would be written into this one
            QGuiApplication.inputMethod().commit()  # a word that is being composed belongs to the piece before
            self.flush(even_composing=True)
            self._on_the_way = 0
        self._row = row
        if row is None:
            self._held = {}
            return
        if new:
            self._held = values(row.piece)
            self._show_in_full(row, frozenset(), new=True)
            owed = self._owed.pop(row.id, None)
            if owed is not None:
                self._editor.put(owed.values)
                self._timer.start(PAUSE_MILLISECONDS)
        else:
            self._take(row)

    def settle(self, done: Callable[[Exception | None], None]) -> None:
        """Send what was typed, the half-composed too, and tell when all that was ever sent is kept, or what is in the way."""
        self.flush(even_composing=True)
        self._send_owed()
        if self._sent:
            self._waiting.append(done)
        else:
            done(None)

    def unsaved(self) -> str:
        """What the library does not have yet, as text to take elsewhere."""
        shown = self._typed()
        return text_of([*self._owed.values(), *([shown] if shown is not None else [])])

    def forget(self) -> None:
        """Write nothing any more; what was typed is dropped (another library is open, this one's was settled)."""
        self._timer.stop()
        self._row, self._held, self._on_the_way = None, {}, 0
        self._owed, self._locked = {}, {}

    def flush(self, *, even_composing: bool = False, also: Mapping[str, str] = NOTHING) -> None:
        """Send what was typed, now; nothing when nothing was, or while an input method is composing.

        `also` are values that go with it, and may have no field of their own.
        """
        self._timer.stop()
        if self._row is None or self._session.read_only or self._row.piece.trashed:
            return
        if self._editor.composing() and not even_composing:
            self._timer.start(PAUSE_MILLISECONDS)
            return
        typed = self._typed(also)
        if typed is not None and typed.change is not None:
            self._held |= typed.typed
            self._on_the_way += 1
            self._send(typed)

    def _typed(self, also: Mapping[str, str] = NOTHING) -> Owed | None:
        """What stands in the fields and was not sent."""
        if self._row is None or self._session.read_only or self._row.piece.trashed:
            return None
        piece, typed = self._row.piece, {**self._editor.values(), **also}
        return Owed(piece, dict(self._held), typed, self._form_of(piece.category))

    def _send(self, typed: Owed) -> None:
        self._sent += 1
        self._session.ask(
            "",
            errands.edit,
            typed.piece.id,
            typed.change,
            done=lambda row: self._kept(typed.piece, row),
            failed=lambda error: self._not_kept(typed, error),
            cancelled=lambda: self._answered(None),
        )

    def _send_owed(self) -> None:
        owed, self._owed = self._owed, {}
        for one in owed.values():
            if one.change is not None:
                self._send(one)

    def mend(self, finding: Finding) -> None:
        """Do what a finding's button promises, on what is typed, and keep it."""
        if self._row is None or self._session.read_only or self._editor.composing():
            return
        if way(finding) == "sealed":
            self._use_sealed(finding.about)
            return
        values = self._held | self._editor.values()
        changed = mend(finding, values, self._form_of(self._row.piece.category))
        self._editor.put(changed)
        self.flush(also=changed)

    def _use_sealed(self, role: str | None) -> None:
        """Put the file that the teacher certified back into its place."""
        sealed = [file for file in self._row.piece.files if file.role == role and file.sealed] if self._row else []
        if sealed:
            self._change_files("", USE_FILE, sealed[-1].id)

    def attach(self, role: Role | None, path: Path) -> None:
        """Put a file into the piece's place."""
        self._change_files(_("正在收進檔案"), errands.attach, path, role)

    def choose_file(self, dialogs: Dialogs, role: Role) -> None:
        """Ask for a file for the piece's place."""
        if self._row is None:
            return
        patterns = file_patterns(self._rules(self._row.piece), role)
        names = {"document": _("文件 ({patterns})"), "media": _("影音 ({patterns})")}.get(role, "")
        every = _("所有檔案 (*)")
        dialogs.choose_files(
            self._editor,
            _("選一個檔案"),
            lambda paths: self.attach(role, paths[0]),
            f"{names.format(patterns=patterns)};;{every}" if patterns else every,
        )

    def detach(self, role: Role) -> None:
        """Take a file out of its place."""
        self._change_files("", errands.detach, role)

    def _change_files(self, label: str, work: Work, *arguments: Any) -> None:
        if self._row is None or self._session.read_only:
            return
        self.flush()
        before = self._row.piece
        self._session.ask(label, work, before.id, *arguments, done=lambda row: self._files_changed(before, row))

    def _files_changed(self, before: Piece, row: Row) -> None:
        self._watch_lock(before, row.piece)
        self.changed.emit(row)
        self.stored.emit()

    def _edited(self, key: str) -> None:
        if key in AT_ONCE:
            self.flush()
        else:
            self._timer.start(PAUSE_MILLISECONDS)

    def _answered(self, trouble: Exception | None) -> None:
        self._sent -= 1
        self._trouble = self._trouble or trouble
        if not self._sent:
            # Not before: what else is on the way may fail too, and is then to be counted among the unsaved.
            waiting, trouble = self._waiting, self._trouble
            self._waiting, self._trouble = [], None
            for done in waiting:
                done(trouble)

    def _kept(self, before: Piece, row: Row) -> None:
        self._watch_lock(before, row.piece)
        if self._row is not None and row.id == self._row.id and self._on_the_way:
            self._on_the_way -= 1
        self.changed.emit(row)
        self._send_owed()
        self._answered(None)

    def _not_kept(self, typed: Owed, error: Exception) -> None:
        self._session.jobs.failed.emit(error)
        if self._row is not None and typed.piece.id == self._row.id:
            self._on_the_way = max(0, self._on_the_way - 1)
            # The typed text stays where it is, and is sent again with the next change; it has gone from the fields
            # where another piece was shown for a moment.
            now = self._editor.values()
            gone = {key: text for key, text in typed.values.items() if now.get(key) == typed.before.get(key, "")}
            self._editor.put(gone)
            self._held = dict(typed.before)
        else:
            self._owe(typed)
        self._answered(error)

    def _owe(self, typed: Owed) -> None:
        """Keep for later what was typed into a piece that is not shown any more."""
        first = self._owed.get(typed.piece.id)
        if first is not None:
            typed = replace(typed, before=first.before)
        self._owed[typed.piece.id] = typed

    def _watch_lock(self, before: Piece, after: Piece) -> None:
        """Remember a course result as platforms hold it, once it was changed here; free again with its certification."""
        if before.certification != after.certification:
            self._locked.pop(after.id, None)
        elif locked_findings(before, after):
            self._locked.setdefault(after.id, before)

    def _told(self, row: Row) -> Row:
        """The row with what is to be said to changes that platforms do not follow; nothing when they were undone."""
        held = self._locked.get(row.id)
        more = locked_findings(held, row.piece) if held is not None else ()
        return replace(row, findings=(*more, *row.findings))

    def _take(self, row: Row) -> None:
        shown = self._editor.form_view()
        if shown is not None and shown.form != self._form_of(row.piece.category):
            self.flush(even_composing=True)  # its fields go, and what was typed in them
        if self._on_the_way:
            self._editor.show_state(self._told(row))
            return
        typed = self._editor.values()
        newer = frozenset(key for key, value in typed.items() if value != self._held.get(key, ""))
        self._held = values(row.piece)
        self._show_in_full(row, newer, new=False)

    def _show_in_full(self, row: Row, keep: frozenset[str], *, new: bool) -> None:
        form = self._form_of(row.piece.category)
        self._editor.show_rules(self._rules(row.piece), form)
        self._editor.show_piece(self._told(row), form, keep, new=new)

    def _rules(self, piece: Piece) -> Rules:
        return self._session.rules(piece.term.year if piece.term else None)


def file_patterns(rules: Rules, role: Role) -> str:
    """What a file dialog lets through for a place: `*.mp3 *.mp4`; nothing for a place that takes any file."""
    kinds = {"document": rules.document_kinds, "media": rules.media_kinds}.get(role, ())
    return " ".join(f"*.{extension}" for kind in kinds for extension in rules.extensions.get(kind, (kind,)))
