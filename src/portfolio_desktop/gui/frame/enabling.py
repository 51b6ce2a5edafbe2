"""Decides what can be done now: every action is enabled while it makes sense, and undo and redo say what they would do.

While the open library is being moved or another one opened, nothing can be done but to end the program.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from portfolio_desktop.findings.characters import visible
from portfolio_desktop.gui.frame.actions import NEED_CHOICE, NEED_LIBRARY, NEED_REST, NEED_WRITING
from portfolio_desktop.gui.pieces.lines import TRASH
from portfolio_desktop.gui.rooms import Crew
from portfolio_desktop.gui.widgets.labels import plain_tip
from portfolio_desktop.messages import _

LONGEST_STEP = 40
"""Characters of a change's sentence that the menu shows; the tool tip has all of it."""


class Enabling(QObject):
    """The controller of the actions' states, and of the line that tells how many pieces are shown."""

    def __init__(self, crew: Crew) -> None:
        super().__init__(crew.parts.window)
        self._crew = crew
        self._trashed = 0
        self._busy = False
        crew.opening.busy.connect(self._rest)
        crew.pieces.chosen_changed.connect(self.look)
        crew.pieces.steps_changed.connect(self.say_steps)
        crew.pieces.listing.counted.connect(self._count)
        crew.parts.window.pages.currentChanged.connect(lambda _place: self.say_shown())

    def look(self) -> None:
        """Enable what makes sense now, and only that."""
        crew, window, actions = self._crew, self._crew.parts.window, self._crew.parts.window.actions_
        actions.enable(NEED_REST, not self._busy)
        if self._busy:
            actions.enable(f"{NEED_LIBRARY} {NEED_WRITING} {NEED_CHOICE}", False)
            return
        there = crew.session.shelf is not None
        writable = there and not crew.session.read_only
        actions.enable(NEED_LIBRARY, there)
        actions.enable(NEED_WRITING, writable)
        window.add_button.setEnabled(writable)
        window.search.setEnabled(there)
        chosen = crew.pieces.chosen() if self._on_pieces() else []
        actions.enable("remove", writable and any(not piece.trashed for piece in chosen))
        actions.enable("restore", writable and any(piece.trashed for piece in chosen))
        has_file = len(chosen) == 1 and any(file.current for file in chosen[0].files)
        actions.enable("open_file copy_file reveal", has_file)
        to_write = len(chosen) == 1 and chosen[0].trashed is None
        actions.enable("write_summary", to_write and (writable or chosen[0].category is not None))
        actions.enable("next_trouble", to_write)
        self._enable_emptying()

    def say_shown(self) -> None:
        """Say how many pieces are shown, where pieces are."""
        count = self._crew.parts.model.count()
        shown = self._on_pieces() and self._crew.pieces.known.complete
        self._crew.parts.window.shown.setText(_("{count} 件").format(count=count) if shown else "")

    def say_steps(self, undo: str | None, redo: str | None) -> None:
        """Say in the menu, and at the buttons, what would be taken back and done again."""
        for name, word, none, step in (
            ("undo", _("復原"), _("沒有可以復原的"), undo),
            ("redo", _("重做"), _("沒有可以重做的"), redo),
        ):
            action, what = self._crew.parts.window.actions_[name], visible(step) if step else ""
            told = _("{deed}：{what}").format(deed=word, what=what)
            action.setToolTip(plain_tip(told) if what else none)
            # In a menu an ampersand would underline a key, and a whole long title would make it as wide as the screen.
            shown = what if len(what) <= LONGEST_STEP else f"{what[:LONGEST_STEP]}…"
            action.setText(_("{deed}：{what}").format(deed=word, what=shown).replace("&", "&&") if what else word)

    def _count(self, counts: Mapping[str, int]) -> None:
        self._trashed = counts.get(TRASH, 0)
        self._enable_emptying()
        self.say_shown()

    def _rest(self, busy: bool) -> None:
        """Let shortcuts and menus rest as the page does; where no library is open yet nothing could be lost by them."""
        self._busy = busy and self._crew.session.shelf is not None
        self.look()

    def _enable_emptying(self) -> None:
        may = not self._busy and not self._crew.session.read_only
        window, full = self._crew.parts.window, may and self._trashed > 0
        window.actions_.enable("empty_trash", full)
        window.empty_button.setEnabled(full)

    def _on_pieces(self) -> bool:
        return self._crew.parts.window.pages.currentWidget() is self._crew.parts.page
