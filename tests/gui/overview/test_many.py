"""Ten thousand pieces: neither the overview nor the ticks hold the window's thread while they are worked out and shown."""

from dataclasses import replace
from functools import partial

from helpers.watchdog import LIMIT, Watchdog
from helpers.window import Driver
from portfolio_desktop.terms import Term

COUNT = 10_000


def test_no_turn_of_the_loop_is_long(busy: Driver) -> None:
    known, watch = busy.control.pieces.known, Watchdog()
    some = list(known.rows.values())
    rows = {}
    for number in range(COUNT):
        row = some[number % len(some)]
        term = Term(113 + number % 3, 1 + number % 2)
        ticked = row.piece.ticked if number < len(some) else {}
        piece = replace(row.piece, id=f"x{number}", title=f"{row.piece.title} {number:05}", term=term, ticked=ticked)
        rows[piece.id] = replace(row, piece=piece)
    known.rows = rows
    for section in ("overview", "ticks", "overview"):
        watch.turn(section, partial(busy.control.parts.sections.go, section))
        while busy.control.session.jobs.running():
            watch.turn(f"{section} shown", lambda: None)
    page = busy.control.overview.page
    assert f"{COUNT:d} 件" in page.years.words.text()
    assert busy.control.ticks.page.columns["activity"].model.rowCount() > 1000
    seconds, what = watch.longest
    assert seconds <= LIMIT, f"{what} took {seconds * 1000:.0f} ms"
