"""Decides what a change of the settings does: at once on the screen, in the settings file, or as one step in the library.

appearance, size ─▶ Theme ─▶ dressing        language ─▶ remembered, spoken from the next start
student, school's values ─▶ lane ─▶ Contents ─▶ the table, and Session.changed ─▶ shown here too
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from portfolio_desktop import messages, settings
from portfolio_desktop.findings.rules import RuleBook
from portfolio_desktop.findings.school import read_school, refuse_contradictions
from portfolio_desktop.gui import errands
from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.errands import Contents
from portfolio_desktop.gui.pieces.section import Pieces
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.settings.dialog import SettingsDialog
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress


class SettingsControl(QObject):
    """The controller; `move_asked` for another place, `said` for the banner."""

    move_asked = Signal()
    said = Signal(str, str, object)

    def __init__(
        self, session: Session, pieces: Pieces, theme: Theme, dialogs: Dialogs, dialog: SettingsDialog
    ) -> None:
        super().__init__(dialog)
        self._session, self._pieces, self._theme, self._dialogs = session, pieces, theme, dialogs
        self._shown: Profile | None = None
        self.dialog = dialog
        dialog.appearance_chosen.connect(theme.use)
        dialog.size_chosen.connect(theme.enlarge)
        dialog.language_chosen.connect(self._speak)
        dialog.move_asked.connect(self._move)
        dialog.folder_asked.connect(self._open_folder)
        dialog.student_asked.connect(self._set_student)
        dialog.school_asked.connect(self._choose_school)
        dialog.no_school_asked.connect(self._drop_school)
        dialog.uploads_chosen.connect(self._limit_uploads)
        dialog.student.changed.connect(self._judge_student)
        theme.chosen.connect(self._chosen)
        session.opened.connect(lambda _shelf: self.refresh())
        session.changed.connect(lambda _shelf: self.refresh())

    def show(self, *, student: bool = False) -> None:
        """Show the dialog, at the student's fields where they are meant."""
        self._shown = None if self.dialog.isHidden() else self._shown
        self.refresh()
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        if student:
            self.dialog.show_student()

    def refresh(self) -> None:
        """Show what is set now."""
        dialog, shelf = self.dialog, self._session.shelf
        self._show_look()
        writable = shelf is not None and not shelf.read_only
        dialog.show_library(str(shelf.folder) if shelf else "", writable=writable)
        values = shelf.school if shelf else {}
        uploads = {name: values.get(name, 0) for name in dialog.uploads}
        others = {name: value for name, value in values.items() if name not in uploads}
        dialog.show_school(uploads, _told(others, self._session.ground.rules), writable=writable)
        if shelf is not None and shelf.profile != self._shown:  # what is being typed stays while another value changes
            self._shown = shelf.profile
            dialog.student.show(shelf.profile)
        self._judge_student()

    def _chosen(self) -> None:
        """Show how the window looks now, wherever that was chosen, with room for the text."""
        self._show_look()
        self.dialog.fit()

    def _show_look(self) -> None:
        language = self._session.ground.settings.language or messages.current()
        self.dialog.show_look(self._theme.appearance, self._theme.percent, language)

    def _speak(self, language: str) -> None:
        self._remember(language=language)
        other = language != messages.current()
        name = messages.LANGUAGES[language]
        note = self.dialog.language_note
        note.setText(_("關閉程式再打開，就會改用{language}。").format(language=name) if other else "")
        note.setVisible(other)

    def _remember(self, **changes: Any) -> None:
        ground = self._session.ground
        # At once, though the disk may take a moment: the window may be closed the next instant.
        self._session.ground = replace(ground, settings=settings.remember(ground.places.settings, **changes))

    def _move(self) -> None:
        self.dialog.close()
        self.move_asked.emit()

    def _open_folder(self) -> None:
        shelf = self._session.shelf
        if shelf is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(shelf.folder)))

    def _judge_student(self) -> None:
        """Let the fields be kept where they say something new."""
        shelf = self._session.shelf
        other = shelf is not None and not shelf.read_only and self.dialog.student.profile() != shelf.profile
        self.dialog.student_button.setEnabled(other)
        self.dialog.student_note.setText(_("還沒儲存。") if other else "")
        self.dialog.student_note.setVisible(other)

    def _set_student(self, profile: Profile) -> None:
        self._pieces.writing.flush()
        before, self._shown = self._shown, profile  # what is typed from here on is not this one's any more

        def failed(error: Exception) -> None:
            self._shown = before
            self._session.jobs.failed.emit(error)

        self._session.ask(_("正在儲存學生資料"), errands.set_profile, profile, done=self._changed, failed=failed)

    def _choose_school(self) -> None:
        self._dialogs.choose_files(self.dialog, _("選學校的設定檔"), self._read_school, _("學校的設定檔 (*.toml)"))

    def _read_school(self, paths: list[Path]) -> None:
        self._session.outside(
            _("正在讀學校的設定檔"), _school, self._session.ground.rules, paths[0], done=self._set_school
        )

    def _drop_school(self) -> None:
        self._set_school({})

    def _limit_uploads(self, name: str, count: int) -> None:
        shelf = self._session.shelf
        if shelf is not None:
            others = {rule: value for rule, value in shelf.school.items() if rule != name}
            self._set_school({**others, name: count} if count else others)

    def _set_school(self, values: Mapping[str, Any]) -> None:
        self._pieces.writing.flush()
        self._session.ask(_("正在照學校的規定重新檢查"), errands.set_school, values, done=self._changed)

    def _changed(self, contents: Contents) -> None:
        self._pieces.listing.fill(contents)
        self.said.emit("ok", _("改好了，作品也重新檢查過了。"), (_("復原"), self._pieces.undo))


def _school(book: RuleBook, path: Path, _way: Progress) -> Mapping[str, Any]:
    """Beside the window's thread: a school's values that hold together with the general ones; raises UsageError."""
    values = read_school(path).rules
    refuse_contradictions(book, values)
    return values


def _told(values: Mapping[str, Any], book: RuleBook) -> str:
    """A school's values, a line each."""
    return "\n".join(f"・{_(book.tables[name].label)}：{_value(value)}" for name, value in values.items())


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return _("、").join(f"{key} {_value(one)}" for key, one in value.items())
    return _("、").join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)
