"""The window with 10,000 pieces, driven through everything that one does with a list, beside Qt's own proxy model.

    python -m benchmarks.typing_window HOME LIBRARY ROUNDS      ->  one line of JSON, seconds

A step is timed until everything that it led to has been painted. Turns of the loop are told apart by a timer that asks to
be called as soon as the loop is free.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QElapsedTimer,
    QEvent,
    QEventLoop,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from benchmarks.corpus import SUBJECTS
from portfolio_desktop.bootstrap.ground import lay
from portfolio_desktop.gui.app import application, assemble, speak
from portfolio_desktop.gui.appearance.theme import prepare
from portfolio_desktop.gui.control import Control
from portfolio_desktop.gui.pieces.filters import EVERYTHING, Filter
from portfolio_desktop.gui.pieces.lines import Column
from portfolio_desktop.gui.problems import Dialogs

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
WORDS = (*(SUBJECTS[0][:end] for end in (1, 2, 1)), SUBJECTS[1][:2])
"""What is typed, a keystroke each; pieces have all of them in their titles."""
PATIENCE = 120


class Plain(QAbstractTableModel):
    """The same cells as our table, as texts."""

    def __init__(self, cells: list[tuple[str, ...]]) -> None:
        super().__init__()
        self._cells = cells

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many."""
        return 0 if parent.isValid() else len(self._cells)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """As many as ours."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A text."""
        return self._cells[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


class Turns(QObject):
    """The longest turn of the event loop, in seconds and in the thread's own time, and what was being done then."""

    def __init__(self) -> None:
        super().__init__()
        self.longest, self.own, self.name, self.own_name, self.doing = 0.0, 0.0, "", "", ""

    def run(self, what: str, deed: Callable[[], object]) -> float:
        """Do something and let the loop turn until it is idle; how long that took until it was."""
        self.doing = what
        began = time.perf_counter()
        self._turn(deed)
        while self._turn(lambda: QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 0)) > 0.0005:
            pass
        return time.perf_counter() - began

    def _turn(self, deed: Callable[[], object]) -> float:
        own, began = time.thread_time(), time.perf_counter()
        deed()
        took = time.perf_counter() - began
        self.own, self.own_name = max((self.own, self.own_name), (time.thread_time() - own, self.doing))
        if took > self.longest:
            self.longest, self.name = took, self.doing
        return took


class Painted(QObject):
    """Knows whether a widget has been painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.done = False
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take down that it was painted."""
        self.done = self.done or event.type() is QEvent.Type.Paint
        return False


class Peer:
    """A table behind Qt's proxy model, which searches one column, or all for -1."""

    def __init__(self, plain: Plain, column: int, size: QSize) -> None:
        self.proxy = QSortFilterProxyModel()
        self.proxy.setSourceModel(plain)
        self.proxy.setFilterKeyColumn(column)
        self.view = QTableView()
        self.view.setModel(self.proxy)
        self.view.resize(size)
        self.view.show()
        self.eyes = Painted(self.view.viewport())

    def filter(self, word: str) -> None:
        """Show the rows with a word; the rows that can be seen may stay the same, and be painted all the same."""
        self.proxy.setFilterFixedString(word)
        self.view.viewport().update()

    def sort(self, order: Qt.SortOrder) -> None:
        """Order by the title."""
        self.proxy.sort(Column.TITLE, order)
        self.view.viewport().update()


def painted(eyes: Painted, deed: Callable[[], object]) -> float:
    """Seconds from the deed to the end of the painting that it led to."""
    eyes.done = False
    began = time.perf_counter()
    deed()
    clock = QElapsedTimer()
    clock.start()
    while not eyes.done and clock.elapsed() < PATIENCE * 1000:
        QApplication.processEvents()
    return time.perf_counter() - began


def wait(until: Callable[[], bool]) -> None:
    """Turn the loop until something is so."""
    clock = QElapsedTimer()
    clock.start()
    while not until():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
        if clock.elapsed() > PATIENCE * 1000:
            raise SystemExit("the window was not ready in time")


def main() -> int:
    """Drive both, and tell."""
    home, library, rounds = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    app = application()
    ground = lay(home)
    theme = prepare(app, ground.resources)
    theme.use("light")
    speak(app)
    control = assemble(ground, theme, Dialogs())
    control.parts.window.resize(1280, 820)
    control.parts.window.show()
    control.begin(library)
    wait(lambda: control.pieces.known.complete and not control.session.jobs.running())
    took = drive(control, rounds)
    control.session.close()
    sys.stdout.write(json.dumps(took) + "\n")
    return 0


def drive(control: Control, rounds: int) -> dict[str, Any]:
    """Everything that is measured."""
    table, model, window = control.parts.page.table, control.parts.model, control.parts.window
    cells = [
        tuple(str(model.data(model.index(place, column)) or "") for column in Column)
        for place in range(model.rowCount())
    ]
    plain, turns, ours = Plain(cells), Turns(), Painted(table.viewport())
    peers = {name: Peer(plain, column, table.size()) for name, column in (("title", Column.TITLE), ("all", -1))}
    times: dict[str, list[float]] = {}
    wait(lambda: all(peer.eyes.done for peer in peers.values()))
    for number in range(max(2, rounds)):
        for word in WORDS:
            add(times, "filter", painted(ours, partial(window.search.setText, word)))
            for name, peer in peers.items():
                add(times, f"proxy {name}", painted(peer.eyes, partial(peer.filter, word)))
        window.search.clear()
        for peer in peers.values():
            peer.filter("")
        wait(lambda: not control.session.jobs.running())
        down = bool(number % 2)
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        control.pieces.listing.order(Column.CHANGED, True)
        QApplication.processEvents()
        add(times, "sort", painted(ours, partial(control.pieces.listing.order, Column.TITLE, down)))
        add(times, "proxy sort", painted(peers["title"].eyes, partial(peers["title"].sort, order)))
        peers["title"].proxy.sort(-1)
        use(control, turns)
    for peer in peers.values():
        peer.view.close()
    longest = {
        "longest": turns.longest,
        "longest own": turns.own,
        "longest name": turns.name,
        "own name": turns.own_name,
    }
    return {name: median(values) for name, values in times.items()} | longest


def use(control: Control, turns: Turns) -> None:
    """Everything that one does with a list."""
    page, listing, arranging = control.parts.page, control.pieces.listing, control.pieces.arranging
    search, go = control.parts.window.search, control.parts.sections.go
    for view in ("table", "cards"):
        turns.run(f"{view}: shown", partial(arranging.see, view))
        bar = page.view().verticalScrollBar()
        for step in range(40):
            turns.run(f"{view}: scrolled", partial(bar.setValue, bar.maximum() * step // 40))
        for word in (*WORDS, ""):
            turns.run(f"{view}: searched", partial(search.setText, word))
        for wanted in (Filter(frozenset({"111-1"})), Filter(frozenset({"112-2"})), Filter(attention=True), EVERYTHING):
            turns.run(f"{view}: filtered", partial(arranging.filter, wanted))
        for grouping in ("term", "category", ""):
            turns.run(f"{view}: grouped", partial(arranging.group, grouping))
        for column in Column:
            turns.run(f"{view}: sorted by {column.name}", partial(listing.order, column, False))
        turns.run(f"{view}: all chosen", page.view().selectAll)
        turns.run(f"{view}: one chosen", partial(page.table.select, control.parts.model.ids()[:1]))
        for section in ("activity", "service", "all"):
            turns.run(f"{view}: section", partial(go, section))
        wait(lambda: not control.session.jobs.running())
    arranging.see("table")


def add(times: dict[str, list[float]], name: str, value: float) -> None:
    """Keep a time under its name."""
    times.setdefault(name, []).append(value)


if __name__ == "__main__":
    raise SystemExit(main())
