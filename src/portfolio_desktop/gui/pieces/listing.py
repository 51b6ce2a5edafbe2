"""Decides what the table shows and what happens to the pieces chosen in it.

    section, filter, search, order  ->  Known.shown()  ->  model       one chosen  ->  writing, preview       several  ->  bulk
    remove, restore, undo, redo  ->  lane  ->  known anew

Search answers twice: at once from titles, summaries, fields and file names that are in memory, then from the library's
index, which also knows what stands inside the documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from portfolio_desktop.gui import errands
from portfolio_desktop.gui.errands import Contents, Undone
from portfolio_desktop.gui.pieces.emptiness import Deeds, say_empty
from portfolio_desktop.gui.pieces.filters import EVERYTHING
from portfolio_desktop.gui.pieces.known import Known
from portfolio_desktop.gui.pieces.lines import TRASH, Column
from portfolio_desktop.gui.pieces.model import PieceModel
from portfolio_desktop.gui.pieces.page import PiecesPage
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.starting.glimpse import Glimpse
from portfolio_desktop.gui.starting.recall import Left
from portfolio_desktop.library.records import Found
from portfolio_desktop.messages import _

FIND_PAUSE_MILLISECONDS = 60
AFTER_PAINTING_MILLISECONDS = 20


class Listing(QObject):
    """The controller of the table."""

    picked = Signal(object)
    several = Signal(object)
    shown = Signal()
    counted = Signal(object)
    filled = Signal()
    said = Signal(str, str, object)

    def __init__(
        self,
        session: Session,
        known: Known,
        model: PieceModel,
        page: PiecesPage,
        deeds: Deeds,
    ) -> None:
        super().__init__(page)
        self._session = session
        self._known = known
        self._model = model
        self._page = page
        self._deeds = deeds
        self._wanted: list[str] = []
        self._current: str | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask_index)
        page.table.picked.connect(self._picked)
        page.table.sorted.connect(self.order)

    def load(self, chosen: Iterable[str] = (), *, glimpsed: bool = False) -> None:
        """Fill the table from the library: a screenful first, then everything.

        `glimpsed`: the lines in the table were kept of this library. They stay until there are rows, and so does what
        was chosen among them.
        """
        self._known.clear(keep_glimpse=glimpsed)
        lines = [line.id for line in self._known.lines()]
        self._wanted = [] if lines and self._page.table.selected_ids() else list(chosen)
        self._page.show_list(empty=False)
        self._session.ask("", errands.first_rows, lines, done=self._first)

    def fill(self, contents: Contents) -> None:
        """Show everything as it is now."""
        self._session.know(contents.profile, contents.school)
        self._known.fill(contents.rows, complete=True, taken=contents.taken)
        self._known.courses = contents.courses
        self._page.editor.show_courses(contents.courses)
        self.refresh()
        self.filled.emit()

    def show_again(self, ids: Sequence[str]) -> None:
        """Read some pieces again: what happened to them happened elsewhere."""
        self._session.ask("", errands.some_rows, list(ids), done=self.put)

    def clear(self) -> None:
        """Show nothing: no library is open."""
        self._known.clear()
        self.refresh()

    def put(self, rows: Iterable[Row], choose: Iterable[str] = ()) -> None:
        """Show rows as they are now, new ones too; `choose` selects some of them."""
        changed = list(rows)
        before = {row.id: self._known.rows.get(row.id) for row in changed}
        self._known.put(changed)
        self._wanted = list(choose) or self._wanted
        rows_now = self._known.rows
        if any(not self._known.passes(rows_now[one]) for one in choose if one in rows_now):
            self._known.filter = EVERYTHING
        if not self._wanted and all(self._stays(before[row.id], row) for row in changed):
            for row in changed:
                self._model.replace(row)
            self.counted.emit(self._known.counts())
            chosen = self._page.table.selected_ids()
            if self._current in before and len(chosen) == 1:
                self.picked.emit(rows_now[self._current])
            elif len(chosen) > 1 and not before.keys().isdisjoint(chosen):
                self._picked()
        else:
            self.refresh()

    def go(self, section: str) -> None:
        """Show another section."""
        if section != self._known.section:
            self._known.section, self._known.filter = section, EVERYTHING
            self._say_nothing_is_chosen()
            self.refresh()

    def search(self, text: str) -> None:
        """Show only what has a text in it; all again for an empty one."""
        self._known.text, self._known.found = text, frozenset()
        self.refresh()
        if text.strip() and self._session.shelf is not None:
            self._timer.start(FIND_PAUSE_MILLISECONDS)
        else:
            self._timer.stop()

    def remove(self) -> None:
        """Move the chosen pieces to the trash."""
        ids = self._chosen(trashed=False)
        if ids and not self._session.read_only:
            self._session.ask("", errands.remove, ids, done=self._removed)

    def restore(self) -> None:
        """Take the chosen pieces out of the trash."""
        ids = self._chosen(trashed=True)
        if ids and not self._session.read_only:
            self._session.ask("", errands.restore, ids, done=self._restored)

    def undo(self) -> None:
        """Undo the last intention."""
        if not self._session.read_only:
            self._session.ask("", errands.undo, done=lambda undone: self._undone(undone, again=False))

    def redo(self) -> None:
        """Redo what was undone last."""
        if not self._session.read_only:
            self._session.ask("", errands.redo, done=lambda undone: self._undone(undone, again=True))

    def refresh(self) -> None:
        """Work out anew what is shown; what was chosen stays chosen as far as it is still there."""
        chosen = self._wanted or self._page.table.selected_ids()
        shown = self._known.shown()
        self._model.show(shown)
        self._page.table.show_order(self._known.column, self._known.descending)
        there = [piece_id for piece_id in chosen if self._model.place(piece_id) is not None]
        if there or self._known.complete:
            self._wanted = []
        self._page.table.select(there)
        self._page.show_list(empty=not shown and self._known.complete)
        self.shown.emit()
        if not shown:
            self._say_empty()
        self.counted.emit(self._known.counts())

    def begin(self, was: Left, glimpse: Glimpse | None) -> None:
        """Show where the student was, with what was kept of it."""
        known = self._known
        known.section, known.column, known.descending, known.glimpse = was.section, was.column, was.descending, glimpse
        known.grouping = was.grouping
        self.refresh()

    def chosen_ids(self) -> list[str]:
        """The pieces that are chosen, from top to bottom."""
        return self._page.table.selected_ids()

    def _chosen(self, *, trashed: bool) -> list[str]:
        """The chosen pieces that are in the trash, or are not; a line without its row is not there yet."""
        rows = (self._known.rows.get(piece_id) for piece_id in self._page.table.selected_ids())
        return [row.id for row in rows if row is not None and bool(row.piece.trashed) is trashed]

    def _first(self, rows: tuple[Row, ...]) -> None:
        self._known.fill(rows, complete=False)
        self.refresh()
        # Once these have been painted: reading the rest keeps the interpreter busy.
        QTimer.singleShot(AFTER_PAINTING_MILLISECONDS, self, self._load_rest)

    def _load_rest(self) -> None:
        if self._session.shelf is not None and not self._known.complete:
            self._session.ask(_("正在讀取作品"), errands.contents, done=self.fill)

    def _stays(self, old: Row | None, new: Row) -> bool:
        """Whether a row stands where it stood, or stays unseen: a list that jumps about, or takes away what one is just
        writing, is worse than one that is put in order a moment later.
        """
        if self._model.place(new.id) is None:
            return not self._known.passes(new)
        return old is not None and (old.piece.category, old.piece.trashed) == (new.piece.category, new.piece.trashed)

    def order(self, column: int, descending: bool) -> None:
        """Order by another column."""
        self._known.column, self._known.descending = Column(column), descending
        self.refresh()

    def _picked(self) -> None:
        ids = self._page.table.selected_ids()
        rows = self._known.rows
        row = rows.get(ids[0]) if len(ids) == 1 else None
        self._current = row.id if row else None
        nothing = self._page.nothing
        if len(ids) > 1:
            self.several.emit([rows[piece_id] for piece_id in ids if piece_id in rows])
        elif ids and row is None:
            nothing.say("document", _("正在開啟學習歷程庫"), _("馬上就可以寫。"))
        else:
            self._say_nothing_is_chosen()
        if len(ids) < 2:
            self._page.show_piece(chosen=row is not None)
        self.picked.emit(row)

    def _say_nothing_is_chosen(self) -> None:
        if self._known.section == TRASH:
            words = _("選一件來看"), _("在左邊點一件，看它是什麼；還要用的，放回原來的類別。")
            self._page.nothing.say("trash", *words)
        else:
            words = _("選一件來寫"), _("在左邊點一件作品，它的欄位、簡述和檔案就會出現在這裡。")
            self._page.nothing.say("document", *words)

    def _removed(self, rows: tuple[Row, ...]) -> None:
        gone = {row.id for row in rows}
        places = [place for row in rows if (place := self._model.place(row.id)) is not None]
        ahead = range(min(places, default=0), self._model.rowCount())
        following = next((id_ for id_ in map(self._model.id, ahead) if id_ and id_ not in gone), None)
        is_there = gone.issuperset(self._page.table.selected_ids())  # else another one was chosen meanwhile
        self.put(rows, [following] if following and places and is_there else [])
        self.said.emit("ok", _("{count} 件已移到垃圾桶。").format(count=len(rows)), (_("復原"), self._deeds["undo"]))

    def _restored(self, rows: tuple[Row, ...]) -> None:
        self.put(rows)
        self.said.emit("ok", _("{count} 件已放回原來的類別。").format(count=len(rows)), None)

    def _undone(self, undone: Undone, *, again: bool) -> None:
        if undone.contents is not None:
            self.fill(undone.contents)
        else:
            self._reached(undone)
        words = "；".join(undone.sentences)
        if not words:
            self.said.emit("hint", _("沒有可以重做的了。") if again else _("沒有可以復原的了。"), None)
        elif again:
            self.said.emit("ok", _("已重做：{what}").format(what=words), (_("復原"), self._deeds["undo"]))
        else:
            self.said.emit("ok", _("已復原：{what}").format(what=words), (_("重做"), self._deeds["redo"]))

    def _reached(self, undone: Undone) -> None:
        """Show what was undone: only the pieces that it reached were read again, since no other is judged by them.

        What comes back from the trash is chosen, as it was when it was removed.
        """
        trashed = {id_ for id_, row in self._known.rows.items() if row.piece.trashed}
        self._known.drop(undone.gone)
        self._known.put(undone.rows)
        if undone.courses != self._known.courses:
            self._known.courses = undone.courses
            self._page.editor.show_courses(undone.courses)
        self._wanted = [row.id for row in undone.rows if row.id in trashed and self._known.passes(row)]
        self.refresh()
        self.filled.emit()

    def _ask_index(self) -> None:
        text = self._known.text
        if text.strip() and self._session.shelf is not None:
            self._session.ask("", errands.find, text, done=lambda found: self._found(text, found))

    def _found(self, text: str, found: Found) -> None:
        if text != self._known.text:
            return
        ids = frozenset(hit.id for hit in found.pieces)
        if ids != self._known.found:
            self._known.found = ids
            self.refresh()

    def _say_empty(self) -> None:
        known, session = self._known, self._session
        rules = session.rules(None) if session.shelf is not None else None
        by = self._page.bar.words(known.filter) if known.filter else ""
        say_empty(self._page.empty, known, self._deeds, rules, may_add=not session.read_only, by=by)
