"""The window as it was left, put back: place and size, splitters, columns, order, section."""

from __future__ import annotations

from portfolio_desktop.gui.memory import Memory
from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.pieces.known import Known
from portfolio_desktop.gui.pieces.lines import ALL


def recall(memory: Memory, parts: Parts) -> tuple[int, bool, str]:
    """Put back what was remembered; the column and direction of the order and the section are for their controllers."""
    table = parts.page.table
    for name, restore in (
        ("geometry", parts.window.restoreGeometry),
        ("body", parts.window.body.restoreState),
        ("page", parts.page.restoreState),
        ("columns", table.horizontalHeader().restoreState),
    ):
        state = memory.bytes(name)
        if state is not None:
            restore(state)
    columns = [int(word) for word in memory.text("shown_columns").split() if word.isdigit()]
    table.want_columns(columns or table.wanted_columns())
    return memory.number("sort", -1), memory.text("order", "down") == "down", memory.text("section", ALL)


def remember(memory: Memory, parts: Parts, known: Known, piece: str) -> None:
    """Take down how everything is now; `piece` is the id of the one that is shown."""
    table = parts.page.table
    memory.put("geometry", parts.window.saveGeometry())
    memory.put("body", parts.window.body.saveState())
    memory.put("page", parts.page.saveState())
    memory.put("columns", table.horizontalHeader().saveState())
    memory.put("shown_columns", " ".join(map(str, table.wanted_columns())))
    memory.put("sort", int(known.column))
    memory.put("order", "down" if known.descending else "up")
    memory.put("section", parts.sections.section())
    memory.put("piece", piece)
