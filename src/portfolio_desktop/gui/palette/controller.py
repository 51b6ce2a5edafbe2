"""Decides what the palette offers, and what a chosen entry does; what was used lately comes first, after a restart too.

do:<action>    an action that makes sense now        go:<section>    a category        see:<piece>    a piece by its title
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from portfolio_desktop.gui.destination import Destination
from portfolio_desktop.gui.palette.matching import Entry, best
from portfolio_desktop.gui.palette.panel import Panel
from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.pieces.known import Known
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import CATEGORIES

RECENT, MOST_RECENT = "palette", 12
"""Under which name the window's memory has the keys of what was used lately, and how many."""
ITSELF = "palette"
MNEMONIC = re.compile(r"\(&\w\)|&(?=\w)")


class Palette(QObject):
    """The controller; `visit_asked` with a Destination."""

    visit_asked = Signal(object)

    def __init__(self, parts: Parts, known: Known, panel: Panel) -> None:
        super().__init__(panel)
        self._parts, self._known = parts, known
        self.panel = panel
        self._entries: tuple[Entry, ...] = ()
        panel.typed.connect(self._find)
        panel.chosen.connect(self._do)

    def open(self) -> None:
        """Come up with what can be chosen now; go, where it is up already."""
        if self.panel.isVisible():
            self.panel.end()
            return
        self._entries = (*self._actions(), *self._sections(), *self._pieces())
        self.panel.begin()
        self._find("")

    def _find(self, text: str) -> None:
        self.panel.show_entries(best(self._entries, text, self._recent()))

    def _do(self, entry: Entry) -> None:
        recent = [entry.key, *(key for key in self._recent() if key != entry.key)]
        self._parts.memory.put(RECENT, "\n".join(recent[:MOST_RECENT]))
        kind, _colon, name = entry.key.partition(":")
        if kind == "do":
            self._parts.window.actions_[name].trigger()
        elif kind == "go":
            self.visit_asked.emit(Destination(name))
        else:
            self.visit_asked.emit(Destination(piece=name))
        if kind != "do" and self._parts.page.view().isVisible():
            self._parts.page.view().setFocus()

    def _recent(self) -> list[str]:
        return self._parts.memory.text(RECENT).split("\n")

    def _actions(self) -> Iterator[Entry]:
        for menu, name, action in self._parts.window.actions_.listed():
            if action.isEnabled() and name != ITSELF:
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                words, icon = action.text().replace("&&", "&"), str(action.property("icon_name") or "")
                yield Entry(f"do:{name}", words, MNEMONIC.sub("", menu), keys, icon)

    def _sections(self) -> Iterator[Entry]:
        if self._known.complete:
            for category in CATEGORIES[1:]:
                yield Entry(f"go:{category}", self._parts.category_name(category), _("多元表現"), "", "activity")

    def _pieces(self) -> Iterator[Entry]:
        for row in self._known.rows.values():
            piece = row.piece
            where = _("垃圾桶") if piece.trashed else self._parts.category_name(piece.category)
            more = "・".join(filter(None, (where, str(piece.term) if piece.term else "")))
            yield Entry(f"see:{piece.id}", piece.title, more, "", "trash" if piece.trashed else "document")
