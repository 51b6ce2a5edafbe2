"""Decides for the whole window: which page, which library, what an action does; everything else has a controller of its own.

    session ── opened ──▶ listing ── picked ──▶ writing, preview
    intake, looks, ticks, export ── changed ──▶ listing
    every sentence ──▶ banner        every error ──▶ problems ──▶ banner or dialog

Pages never talk to each other: what one changes comes to the others from here.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal

from portfolio_desktop.gui import errands
from portfolio_desktop.gui.actions import NEED_LIBRARY, NEED_WRITING
from portfolio_desktop.gui.errands import Brought
from portfolio_desktop.gui.export.controller import Export
from portfolio_desktop.gui.firstrun.controller import FirstRun
from portfolio_desktop.gui.intake import Intake
from portfolio_desktop.gui.looks import Looks
from portfolio_desktop.gui.memory import Memory
from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.pieces.course_adding import CourseAdding
from portfolio_desktop.gui.pieces.listing import Listing
from portfolio_desktop.gui.pieces.page import EDIT_TAB, PREVIEW_TAB
from portfolio_desktop.gui.pieces.rows import ALL, TRASH, Row
from portfolio_desktop.gui.pieces.store import Store
from portfolio_desktop.gui.pieces.writing import Writing
from portfolio_desktop.gui.preview.controller import Preview
from portfolio_desktop.gui.problems import Dialogs, Problems
from portfolio_desktop.gui.recall import recall, remember
from portfolio_desktop.gui.sections import EXPORT, PIECE_SECTIONS, TICKS
from portfolio_desktop.gui.session import Session, Shelf
from portfolio_desktop.gui.year.controller import Ticks
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import Role


class Control(QObject):
    """The controller of the window; `gone` when everything is put away."""

    gone = Signal()

    def __init__(self, session: Session, parts: Parts, memory: Memory, dialogs: Dialogs) -> None:
        super().__init__(parts.window)
        self.session, self.parts, self.memory, self.dialogs = session, parts, memory, dialogs
        window = parts.window
        self._closing = False
        self._new = False
        self.store = Store()
        self.problems = Problems(dialogs, window)
        self.listing = Listing(
            session,
            self.store,
            parts.model,
            parts.page,
            {
                "add": self._add,
                "undo": self.undo,
                "redo": self.redo,
                "all": lambda: parts.sections.go(ALL),
                "clear": window.search.clear,
            },
        )
        self.writing = Writing(session, parts.editor, session.form)
        self.courses = CourseAdding(session, dialogs, window, parts.editor, self.writing, self.store)
        self.preview = Preview(session, parts.preview)
        self.intake = Intake(session, dialogs, window, lambda: self.store.section, self.undo)
        self.looks = Looks(session, window)
        self.ticks = Ticks(session, parts.ticks)
        self.export = Export(session, dialogs, parts.export, lambda: parts.sections.go(TICKS))
        self.first_run = FirstRun(session, dialogs, parts.welcome, window)
        self._connect(dialogs)
        self._connect_actions()
        column, descending, section = recall(memory, parts)
        self.listing.order(column, descending)
        parts.sections.go(section)
        self._show_nothing()

    def begin(self, library: Path | None) -> None:
        """Open the library that was asked for or used last; the welcome page where there is none."""
        last = self.session.ground.settings.last_library
        folder = library or (Path(last) if last else None)
        if folder is None or (library is None and not folder.is_dir()):
            self._welcome()
            return
        self.parts.window.show_welcome(False)
        self.parts.page.show_list(empty=False)
        self.first_run.open(folder)

    def undo(self) -> None:
        """Undo the last intention; what is being typed is kept first, and so is the first to go."""
        self.writing.flush()
        self.listing.undo()

    def redo(self) -> None:
        """Redo what was undone last."""
        self.writing.flush()
        self.listing.redo()

    def say(self, level: str, text: str, deed: object = None) -> None:
        """Show a sentence above the page."""
        self.parts.window.banner.say(text, level, deed if isinstance(deed, tuple) else None)

    def close(self) -> None:
        """Keep what is typed, remember the window, put everything away; the window stays if the typed cannot be kept."""
        if not self._closing:
            self._closing = True
            row = self.writing.row
            remember(self.memory, self.parts, self.store, row.id if row else "")
            self.memory.keep(self.session.ground.settings.last_library)
            self.writing.settle(self._settled)

    def _settled(self, kept: bool) -> None:
        if not kept:
            self._closing = False
            return
        self.parts.window.hide()
        self.session.finish(self._gone)

    def _gone(self) -> None:
        self.parts.window.may_close = True
        self.parts.window.close()
        self.gone.emit()

    def close_library(self) -> None:
        """Let go of the library and show the welcome page."""
        self.writing.flush()
        self.session.leave()
        self._show_nothing()
        self._welcome()

    def _connect(self, dialogs: Dialogs) -> None:
        parts, window = self.parts, self.parts.window
        self.session.opened.connect(self._opened)
        self.session.jobs.failed.connect(self.problems.tell)
        self.problems.sentence.connect(lambda text: self.say("error", text))
        for speaker in (self.listing, self.intake, self.ticks, self.export):
            speaker.said.connect(self.say)
        self.first_run.locked.connect(self._offer_reading)
        self.first_run.not_opened.connect(self._not_opened)
        self.listing.picked.connect(self._picked)
        self.listing.counted.connect(parts.sections.show_counts)
        self.listing.counted.connect(lambda _counts: self._say_shown())
        self.listing.filled.connect(self._filled)
        self.writing.changed.connect(lambda row: self.listing.put([row]))
        self.writing.stored.connect(self.looks.start)
        self.intake.brought.connect(self._brought)
        self.looks.seen.connect(self._seen, Qt.ConnectionType.QueuedConnection)
        self.ticks.changed.connect(self._reload)
        self.preview.thumbnail.connect(parts.editor.files.show_picture)
        parts.sections.chosen.connect(self.go)
        parts.editor.remove_asked.connect(self._remove)
        parts.editor.restore_asked.connect(self.listing.restore)
        parts.page.tabs.currentChanged.connect(lambda tab: self.preview.set_visible(tab == PREVIEW_TAB))
        parts.page.table.menu_asked.connect(self._menu)
        parts.page.table.doubleClicked.connect(lambda _index: parts.page.tabs.setCurrentIndex(PREVIEW_TAB))
        parts.ticks.open_asked.connect(self.show_piece)
        parts.export.year_chosen.connect(self.ticks.follow)
        parts.export.piece_asked.connect(self.show_piece)
        for slot in parts.editor.files.slots.values():
            slot.attach_asked.connect(self.writing.attach)
            slot.choose_asked.connect(partial(self.writing.choose_file, dialogs))
            slot.detach_asked.connect(self.writing.detach)
            slot.preview_asked.connect(self._preview_role)
        window.search.textChanged.connect(self._search)
        window.dropped.connect(self.intake.bring)
        window.close_asked.connect(self.close)

    def _connect_actions(self) -> None:
        window = self.parts.window
        deeds: dict[str, Callable[[], object]] = {
            "new": self._welcome,
            "open": self.first_run.ask_library,
            "sample": self.first_run.sample,
            "add": self.intake.choose_files,
            "add_folder": self.intake.choose_folder,
            "export": partial(self.parts.sections.go, EXPORT),
            "close": self.close_library,
            "quit": window.close,
            "undo": self.undo,
            "redo": self.redo,
            "remove": self._remove,
            "restore": self.listing.restore,
            "find": self._find,
            "open_file": self.preview.open_outside,
            "reveal": self.preview.reveal,
            "show_all": partial(self.parts.sections.go, ALL),
            "show_course": partial(self.parts.sections.go, "course"),
            "show_activity": partial(self.parts.sections.go, "activity"),
            "show_ticks": partial(self.parts.sections.go, TICKS),
            "show_export": partial(self.parts.sections.go, EXPORT),
            "show_trash": partial(self.parts.sections.go, TRASH),
            "about": self._about,
        }
        for name, deed in deeds.items():
            window.act(name, deed)

    # What is shown

    def go(self, section: str) -> None:
        """Show a section."""
        self.writing.flush()
        window, parts = self.parts.window, self.parts
        window.heading.setText(parts.sections.name())
        if section in PIECE_SECTIONS:
            window.pages.setCurrentWidget(parts.page)
            self.listing.go(section)
        elif section == TICKS:
            window.pages.setCurrentWidget(parts.ticks)
            self.ticks.refresh()
        else:
            window.pages.setCurrentWidget(parts.export)
            self.export.show_year(self.ticks.year)
        self._enable()
        self._say_shown()

    def show_piece(self, piece_id: str) -> None:
        """Show one piece in the table and to write."""
        self.parts.window.search.clear()
        self.parts.sections.go(ALL)
        self.parts.page.table.select([piece_id])
        self.parts.page.tabs.setCurrentIndex(EDIT_TAB)

    def _opened(self, shelf: Shelf) -> None:
        window, parts = self.parts.window, self.parts
        self.preview.forget()
        self.writing.show(None)
        parts.editor.lock(shelf.read_only)
        parts.editor.show_terms(shelf.profile)
        owner = shelf.profile.name or shelf.folder.name
        window.setWindowTitle(_("{owner} — 學習歷程工作臺").format(owner=owner))
        window.library_name.setText(owner)
        window.library_name.setToolTip(str(shelf.folder))
        window.show_welcome(False)
        window.banner.hide()
        self.ticks.open(shelf)
        self.export.open(shelf, self.ticks.year)
        self.listing.load([self.memory.text("piece")])
        self._enable()
        self._new = True
        if shelf.read_only:
            self.say("warning", _("這個學習歷程庫以唯讀開啟：可以看、可以匯出，不能修改。"))

    def _show_nothing(self) -> None:
        self.writing.show(None)
        self.preview.forget()
        self.listing.clear()
        self.parts.window.setWindowTitle(_("學習歷程工作臺"))
        self._enable()

    def _picked(self, row: Row | None) -> None:
        self.writing.show(row)
        year = row.piece.term.year if row and row.piece.term else None
        self.preview.show(row, self.session.rules(year) if row else None)
        self._enable()

    def _enable(self) -> None:
        actions = self.parts.window.actions_
        there = self.session.shelf is not None
        writable = there and not self.session.read_only
        actions.enable(NEED_LIBRARY, there)
        actions.enable(NEED_WRITING, writable)
        self.parts.window.add_button.setEnabled(writable)
        self.parts.window.search.setEnabled(there)
        on_pieces = self.parts.window.pages.currentWidget() is self.parts.page
        chosen = [self.store.rows[one].piece for one in self.parts.page.table.selected_ids() if one in self.store.rows]
        actions.enable("remove", writable and on_pieces and any(not piece.trashed for piece in chosen))
        actions.enable("restore", writable and on_pieces and any(piece.trashed for piece in chosen))
        has_file = len(chosen) == 1 and any(file.current for file in chosen[0].files)
        actions.enable("open_file reveal", on_pieces and has_file)

    def _say_shown(self) -> None:
        shown = self.parts.model.rowCount()
        on_pieces = self.parts.window.pages.currentWidget() is self.parts.page and self.session.shelf is not None
        self.parts.window.shown.setText(_("{count} 件").format(count=shown) if on_pieces else "")

    def _filled(self) -> None:
        self.looks.start()
        if self._new:
            self._new = False
            years = {row.piece.term.year for row in self.store.rows.values() if row.piece.term}
            self.ticks.prefer(years)
        shown = self.parts.window.pages.currentWidget()
        if shown is self.parts.ticks:
            self.ticks.refresh()
        elif shown is self.parts.export:
            self.export.refresh()

    def _not_opened(self, text: str) -> None:
        if self.session.shelf is None:
            self._welcome()
            self.parts.welcome.show_trouble(text)

    def _offer_reading(self, folder: Path, text: str) -> None:
        self.say("warning", text, (_("唯讀開啟"), lambda: self.first_run.open(folder, read_only=True)))

    # What is done

    def _search(self, text: str) -> None:
        if text and self.parts.sections.section() not in PIECE_SECTIONS:
            self.parts.sections.go(ALL)
        self.listing.search(text)
        self._say_shown()

    def _add(self) -> None:
        self.intake.choose_files()

    def _find(self) -> None:
        self.parts.window.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.parts.window.search.selectAll()

    def _remove(self) -> None:
        self.writing.flush()
        self.listing.remove()

    def _brought(self, brought: Brought) -> None:
        if brought.rows:
            if self.parts.sections.section() not in PIECE_SECTIONS or self.store.section == TRASH:
                self.parts.sections.go(ALL)
            self.parts.window.search.clear()
            self.listing.put(brought.rows, [row.id for row in brought.rows])
            self.looks.start()
        elif brought.added.duplicates:
            self.show_piece(brought.added.duplicates[0].piece_id)

    def _seen(self, hashes: list[str]) -> None:
        wanted = frozenset(hashes)
        ids = [row.id for row in self.store.rows.values() if any(f.sha256 in wanted for f in row.piece.files)]
        if ids and self.session.shelf is not None:
            self.session.ask("", errands.some_rows, ids, done=self.listing.put)

    def _reload(self) -> None:
        self.session.ask("", errands.contents, done=self.listing.fill)

    def _choose_file(self, role: Role) -> None:
        names = _("影音 (*.mp3 *.mp4)") if role == "media" else _("文件 (*.pdf *.jpg *.jpeg *.png)")
        self.dialogs.choose_files(
            self.parts.window,
            _("選一個檔案"),
            lambda paths: self.writing.attach(role, paths[0]),
            f"{names};;{_('所有檔案 (*)')}",
        )

    def _preview_role(self, role: Role) -> None:
        self.parts.page.tabs.setCurrentIndex(PREVIEW_TAB)
        self.preview.show_role(role)

    def _menu(self, at: QPoint) -> None:
        self.parts.window.show_menu(at, ("open_file", "reveal", "", "remove", "restore"))

    def _welcome(self) -> None:
        self.parts.window.show_welcome(True)
        self.parts.welcome.begin()

    def _about(self) -> None:
        about = importlib.import_module("portfolio_desktop.gui.about")
        self.dialogs.show(about.AboutDialog(self.parts.window.windowIcon(), self.parts.window))
