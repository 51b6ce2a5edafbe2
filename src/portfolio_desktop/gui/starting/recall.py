"""The window as it was left, put back: place and size, splitters, columns, order, section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio_desktop.gui.pieces.lines import ALL, GROUPINGS, Column, Grouping, View

if TYPE_CHECKING:
    from portfolio_desktop.gui.pieces.known import Known
    from portfolio_desktop.gui.starting.first_look import First
    from portfolio_desktop.gui.starting.memory import Memory


@dataclass(frozen=True, slots=True)
class Left:
    """Where the student was: the section, and how the pieces were seen: their order, groups, in the table or as cards."""

    section: str = ALL
    column: Column = Column.CHANGED
    descending: bool = True
    grouping: Grouping = ""
    view: View = "table"


def left(memory: Memory) -> Left:
    """Where the student was the last time."""
    column, usual = memory.number("sort", -1), Left()
    return Left(
        memory.text("section", usual.section),
        Column(column) if column in list(Column) else usual.column,
        memory.text("order", "down") == "down",
        next((one for one in GROUPINGS if one == memory.text("grouping")), ""),
        "cards" if memory.text("view") == "cards" else "table",
    )


def recall(memory: Memory, parts: First) -> None:
    """Put back how the window was; where one was in it is for the controllers."""
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


def remember(memory: Memory, parts: First, known: Known, piece: str) -> None:
    """Take down how everything is now; `piece` is the id of the one that is shown."""
    table = parts.page.table
    memory.put("geometry", parts.window.saveGeometry())
    memory.put("body", parts.window.body.saveState())
    memory.put("page", parts.page.saveState())
    memory.put("columns", table.horizontalHeader().saveState())
    memory.put("shown_columns", " ".join(map(str, table.wanted_columns())))
    memory.put("sort", int(known.column))
    memory.put("order", "down" if known.descending else "up")
    memory.put("grouping", known.grouping)
    memory.put("view", "cards" if parts.page.as_cards else "table")
    memory.put("section", parts.sections.section())
    memory.put("piece", piece)
