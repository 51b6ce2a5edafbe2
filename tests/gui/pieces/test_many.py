"""Ten thousand pieces: nothing that one does with the list holds the window's thread for long."""

from dataclasses import replace
from functools import partial

import pytest

from helpers.watchdog import LIMIT, Watchdog
from helpers.window import Driver
from portfolio_desktop.gui.pieces.filters import EVERYTHING, Filter
from portfolio_desktop.gui.pieces.lines import Column
from portfolio_desktop.gui.pieces.rows import haystack
from portfolio_desktop.terms import Term

COUNT = 10_000


@pytest.fixture
def many(busy: Driver) -> Driver:
    """A window whose list has ten thousand rows, made of the sample's."""
    known, rows = busy.control.pieces.known, []
    some = list(known.rows.values())
    for number in range(COUNT):
        row = some[number % len(some)]
        term = Term(113 + number % 3, 1 + number % 2)
        piece = replace(row.piece, id=f"x{number}", title=f"{row.piece.title} {number:05}", term=term)
        rows.append(replace(row, piece=piece, haystack=haystack(piece)))
    known.rows = {row.id: row for row in rows}
    busy.control.pieces.listing.refresh()
    return busy


@pytest.mark.parametrize("view", ["table", "cards"])
def test_no_turn_of_the_loop_is_long(many: Driver, view: str) -> None:
    control, watch = many.control, Watchdog()
    arranging, listing, page = control.pieces.arranging, control.pieces.listing, control.parts.page
    arranging.see(view)
    page.table.select(control.parts.model.ids()[:2])
    many.settle()
    bar = page.view().verticalScrollBar()
    for step in range(12):
        watch.turn("scrolled", partial(bar.setValue, bar.maximum() * step // 12))
    for word in ("水", "水質", "水質 00", ""):
        watch.turn("searched", partial(many.window.search.setText, word))
    for wanted in (Filter(frozenset({"113-1"})), Filter(attention=True), EVERYTHING):
        watch.turn("filtered", partial(arranging.filter, wanted))
    for grouping in ("term", "category", ""):
        watch.turn("grouped", partial(arranging.group, grouping))
    for column in Column:
        watch.turn(f"sorted by {column.name}", partial(listing.order, column, False))
    watch.turn("all chosen", page.view().selectAll)
    watch.turn("offered", control.pieces.bulk._show_values)
    watch.turn("one chosen", partial(page.table.select, control.parts.model.ids()[:1]))
    for section in ("activity", "all"):
        watch.turn("another section", partial(control.parts.sections.go, section))
    many.settle()
    seconds, what = watch.longest
    assert seconds <= LIMIT, f"{view}: {what} took {seconds * 1000:.0f} ms"
