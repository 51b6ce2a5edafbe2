"""Everything about pieces, put together: table, editor, preview, bringing in, the looking behind them.

    listing ── picked ──▶ writing, preview        writing, intake, looking ── rows ──▶ listing

What concerns the whole window (pages, libraries, closing) is not decided here.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from portfolio_desktop.gui import errands
from portfolio_desktop.gui.bringing.hovering import Hovering, hindrance
from portfolio_desktop.gui.errands import Brought
from portfolio_desktop.gui.frame.sections import OVERVIEW, PIECE_SECTIONS
from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.pieces.arranging import Arranging
from portfolio_desktop.gui.pieces.course_adding import CourseAdding
from portfolio_desktop.gui.pieces.filters import EVERYTHING, wants_attention
from portfolio_desktop.gui.pieces.known import Known
from portfolio_desktop.gui.pieces.lines import ALL, TRASH
from portfolio_desktop.gui.pieces.listing import Listing
from portfolio_desktop.gui.pieces.page import EDIT_TAB, PAST_TAB, PREVIEW_TAB
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.gui.pieces.slots import Slot
from portfolio_desktop.gui.pieces.writing import Writing
from portfolio_desktop.gui.preview.controller import Preview
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session, Shelf
from portfolio_desktop.gui.shelf.looking import Looking
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import Piece, Role

if TYPE_CHECKING:
    from portfolio_desktop.gui.bringing.controller import Bringing
    from portfolio_desktop.gui.bulk.controller import Bulk
    from portfolio_desktop.gui.past.controller import History
    from portfolio_desktop.gui.summary.controller import SummaryDesk

STEPS_PAUSE_MILLISECONDS = 100
Settle = Callable[[Exception | None], None]


class Pieces(QObject):
    """The controllers of the pieces; `chosen_changed` when other ones are chosen or the chosen ones changed.

    `steps_changed` tells what undo and redo would do, in words, None where there is nothing.
    """

    chosen_changed = Signal()
    steps_changed = Signal(object, object)
    said = Signal(str, str, object)
    narrowed = Signal(object)
    """A Destination whose filter the section that was just shown is to have; none where it says nothing."""

    def __init__(self, session: Session, parts: Parts, dialogs: Dialogs) -> None:
        super().__init__(parts.window)
        self._session, self._parts, self._dialogs = session, parts, dialogs
        self._folder = parts.folder.absolute() if parts.folder is not None else None
        self.known = Known()
        deeds: Mapping[str, Callable[[], None]] = {
            "add": parts.window.actions_["add"].trigger,
            "undo": self.undo,
            "redo": self.redo,
            "all": lambda: parts.sections.go(ALL),
            "clear": parts.window.search.clear,
            "everything": lambda: self.arranging.filter(EVERYTHING),
        }
        self.listing = Listing(session, self.known, parts.model, parts.page, deeds)
        self.arranging = Arranging(session, parts, self.known, self.listing)
        self.writing = Writing(session, parts.editor, session.form)
        self.courses = CourseAdding(session, parts.editor, self.writing, self.known, dialogs)
        self.preview = Preview(session, parts.preview)
        self.looking = Looking(session, parts.window)
        self._steps = QTimer(self)
        self._steps.setSingleShot(True)
        self._steps.setInterval(STEPS_PAUSE_MILLISECONDS)
        self._steps.timeout.connect(self._ask_steps)
        self._chosen_rows: Sequence[Row] = ()
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self._show_several)
        self._connect(dialogs)

    def _connect(self, dialogs: Dialogs) -> None:
        parts, editor, page = self._parts, self._parts.editor, self._parts.page
        self.listing.picked.connect(self._picked)
        self.listing.several.connect(self._several)
        self.narrowed.connect(self.arranging.narrow)
        self.courses.piece_asked.connect(self.show)
        self.listing.counted.connect(parts.sections.show_counts)
        self.listing.counted.connect(lambda _counts: self._steps.start())
        self.listing.filled.connect(self.looking.start)
        self.writing.changed.connect(lambda row: self.listing.put([row]))
        self.writing.stored.connect(self.looking.start)
        self.looking.seen.connect(self._seen, Qt.ConnectionType.QueuedConnection)
        self.preview.thumbnail.connect(editor.files.show_picture)
        editor.remove_asked.connect(self.remove)
        editor.restore_asked.connect(self.listing.restore)
        editor.enlarge_asked.connect(self._enlarge)
        parts.window.pages.currentChanged.connect(lambda _place: self.chosen_changed.emit())
        page.tabs.currentChanged.connect(self._turn)
        page.table.doubleClicked.connect(lambda _index: page.tabs.setCurrentIndex(PREVIEW_TAB))
        page.table.drag_asked.connect(self._drag)
        for slot in editor.files.slots.values():
            slot.attach_asked.connect(self.writing.attach)
            slot.choose_asked.connect(partial(self.writing.choose_file, dialogs))
            slot.detach_asked.connect(self.writing.detach)
            slot.preview_asked.connect(self._preview_role)
            self.preview.outside.lend(slot, partial(_held, slot))
        parts.window.search.textChanged.connect(self._search)
        parts.window.search.returnPressed.connect(self._to_table)
        parts.window.dropped.connect(self.bring)
        slots = list(editor.files.slots.values())
        self.hovering = Hovering(parts.window, parts.icons, parts.theme, self._hindrance, lambda: slots)

    @cached_property
    def bulk(self) -> Bulk:
        """The panel for several pieces, made when more than one is first chosen."""
        made: Bulk = importlib.import_module("portfolio_desktop.gui.bulk.section").make(
            self._parts, self._session, self
        )
        return made

    @cached_property
    def past(self) -> History:
        """The panel 修改紀錄, made when it is first looked at."""
        made: History = importlib.import_module("portfolio_desktop.gui.past.section").make(
            self._parts, self._session, self
        )
        return made

    @cached_property
    def intake(self) -> Bringing:
        """Bringing work in, made when something is first brought."""
        made: Bringing = importlib.import_module("portfolio_desktop.gui.bringing.section").make(
            self._parts, self._session, self._dialogs, self.known, self.undo
        )
        made.brought.connect(self._brought)
        made.said.connect(self.said)
        made.piece_asked.connect(self.show)
        made.overview_asked.connect(partial(self._parts.sections.go, OVERVIEW))
        return made

    def _hindrance(self) -> str:
        """Why nothing can be brought in now; made when something is first brought, it is adding nothing before."""
        adding = "intake" in self.__dict__ and self.intake.adding
        return hindrance(self._session, adding=adding, resting=not self._parts.window.body.isEnabled())

    def settle_plan(self, then: Settle, *, closing: bool = True) -> None:
        """Have no course and no plan with the student's work in it, before the library goes.

        `then` hears None, or what is in the way.
        """

        def added(trouble: Exception | None) -> None:
            if trouble is None and "intake" in self.__dict__:
                self.intake.parting.settle(then, closing=closing)
            else:
                then(trouble)

        self.courses.settle(added, closing=closing)

    def settle(self, then: Settle) -> None:
        """The same before another library is opened or this one moved, and have everything kept that was typed."""

        def settled(trouble: Exception | None) -> None:
            if trouble is not None:
                then(trouble)
            else:
                self.writing.settle(then)

        self.settle_plan(settled, closing=False)

    def bring(self, paths: Sequence[Path]) -> None:
        """Bring in files and folders."""
        self.intake.bring(paths)

    def choose_files(self) -> None:
        """Ask for files to bring in."""
        self.intake.choose_files()

    def choose_folder(self) -> None:
        """Ask for a folder to bring in."""
        self.intake.choose_folder()

    def paste(self) -> None:
        """Bring in what the clipboard holds."""
        self.intake.paste()

    @cached_property
    def summary(self) -> SummaryDesk:
        """The summary in large, made when it is first wanted."""
        made: SummaryDesk = importlib.import_module("portfolio_desktop.gui.summary.section").make(
            self._parts, self._session, self
        )
        return made

    def open(self, shelf: Shelf, chosen: str) -> None:
        """Show the pieces of a library, one of them chosen where it is still there."""
        self.preview.forget()
        self.writing.forget()
        self._parts.editor.lock(shelf.read_only)
        self.courses.forget()
        self._parts.editor.show_terms(shelf.profile)
        self.listing.load([chosen], glimpsed=shelf.folder.absolute() == self._folder)

    def changed(self, shelf: Shelf) -> None:
        """The student, or what their school has set, is another now; the pieces, judged by it, are on their way."""
        self.writing.flush()
        self._parts.editor.show_terms(shelf.profile)

    def clear(self) -> None:
        """Show nothing: no library is open."""
        self.writing.forget()
        self.courses.forget()
        self.preview.forget()
        self.listing.clear()
        if "intake" in self.__dict__:  # made only when something was brought
            self.intake.forget()

    def chosen(self) -> list[Piece]:
        """The pieces that are chosen in the table."""
        ids = self._parts.page.table.selected_ids()
        return [self.known.rows[piece_id].piece for piece_id in ids if piece_id in self.known.rows]

    def show(self, piece_id: str) -> None:
        """Show one piece in the table and to write, where it is: in the trash, or among all."""
        self._parts.window.search.clear()
        row = self.known.rows.get(piece_id)
        self._parts.sections.go(TRASH if row is not None and row.piece.trashed else ALL)
        self.arranging.filter(EVERYTHING)
        self._parts.page.table.select([piece_id])
        self._parts.page.tabs.setCurrentIndex(EDIT_TAB)
        self._parts.window.pages.setCurrentWidget(self._parts.page)

    def write_summary(self) -> None:
        """Write the summary of the piece that is shown in large; to its category first, where it has none yet."""
        row = self.writing.row
        if row is not None and row.piece.category is None:
            self._parts.page.tabs.setCurrentIndex(EDIT_TAB)
            self._parts.editor.choose_category()
            self.said.emit("hint", _("先選類別，才有地方寫簡述。"), None)
        else:
            self.summary.open()

    def next_trouble(self) -> None:
        """Show the next thing that is to be mended in the piece that is shown."""
        self._parts.page.tabs.setCurrentIndex(EDIT_TAB)
        self._parts.editor.tour.go_on()

    def undo(self) -> None:
        """Undo the last intention; what is being typed is kept first, and so is the first to go."""
        self.writing.flush()
        self.listing.undo()

    def redo(self) -> None:
        """Redo what was undone last."""
        self.writing.flush()
        self.listing.redo()

    def remove(self) -> None:
        """Move the chosen pieces to the trash, with what was typed last."""
        self.writing.flush()
        self.listing.remove()

    def reload(self, piece_id: str = "") -> None:
        """Show a piece as the library has it now; everything, where none is named."""
        if piece_id:
            self.listing.show_again([piece_id])
        else:
            self._session.ask("", errands.contents, done=self.listing.fill)

    def _ask_steps(self) -> None:
        if self._session.shelf is not None:
            self._session.ask("", errands.next_steps, done=lambda steps: self.steps_changed.emit(*steps))

    def _turn(self, tab: int) -> None:
        self.preview.set_visible(tab == PREVIEW_TAB)
        if tab == PAST_TAB:
            self.writing.flush()
            self.past.look()

    def _picked(self, row: Row | None) -> None:
        self.writing.show(row)
        self.courses.show(row)
        year = row.piece.term.year if row and row.piece.term else None
        self.preview.show(row, self._session.rules(year) if row else None)
        self.chosen_changed.emit()

    def _several(self, rows: Sequence[Row]) -> None:
        self._chosen_rows = rows
        self._settling.start()

    def _show_several(self) -> None:
        """In a turn of its own: the panel is made when it is first wanted."""
        if len(self.listing.chosen_ids()) > 1:
            self.bulk.show(self._chosen_rows)
            self._parts.page.show_several()

    def _drag(self) -> None:
        """Copies of the chosen pieces' files, to be dropped in a browser or a file manager."""
        files = [file.sha256 for piece in self.chosen() for file in piece.files if file.current]
        self.preview.handing.drag(self._parts.page.view(), list(dict.fromkeys(files)))

    def _enlarge(self) -> None:
        self.summary.open()

    def _search(self, text: str) -> None:
        if text and self._parts.sections.section() not in PIECE_SECTIONS:
            self._parts.sections.go(ALL)
        if text:
            self._parts.window.pages.setCurrentWidget(self._parts.page)
        self.listing.search(text)

    def _to_table(self) -> None:
        """From the search field to what it found."""
        page, model = self._parts.page, self._parts.model
        if model.count():
            page.view().setFocus()
            if not page.table.selected_ids():
                page.table.select(model.ids()[:1])

    def _brought(self, brought: Brought, here: bool) -> None:
        if brought.rows and not here:
            self.listing.put(brought.rows)
            self.looking.start()
        elif brought.rows:
            self._parts.window.search.clear()
            if not all(map(self.known.passes, brought.rows)):
                self.arranging.filter(EVERYTHING)
            if self._parts.sections.section() not in PIECE_SECTIONS or not all(map(self.known.passes, brought.rows)):
                self._parts.sections.go(ALL)
            todo = {row.id for row in brought.rows if wants_attention(row)} or {row.id for row in brought.rows}
            self.listing.put(brought.rows, [brought.rows[0].id])
            self._parts.page.table.select([piece_id for piece_id in self._parts.model.ids() if piece_id in todo][:1])
            self.looking.start()
        elif here and brought.added.duplicates:
            self.show(brought.added.duplicates[0].piece_id)

    def _seen(self, hashes: list[str]) -> None:
        wanted = frozenset(hashes)
        ids = [row.id for row in self.known.rows.values() if any(f.sha256 in wanted for f in row.piece.files)]
        if ids and self._session.shelf is not None:
            self._session.ask("", errands.some_rows, ids, done=self.listing.put)

    def _preview_role(self, role: Role) -> None:
        self._parts.page.tabs.setCurrentIndex(PREVIEW_TAB)
        self.preview.show_role(role)


def _held(slot: Slot) -> list[str]:
    """The file in a place, by its SHA-256; none where it is empty."""
    return [slot.sha256] if slot.sha256 else []
