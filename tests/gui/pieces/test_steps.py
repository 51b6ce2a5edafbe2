"""Undo and redo read only what they reached again: afterwards the window knows exactly what the library has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.window import SAMPLE, Driver
from portfolio_desktop.gui import errands
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit, NewPiece
from portfolio_desktop.terms import Term


def ids(library: Library, count: int) -> list[str]:
    return [piece.id for piece in library.pieces()][:count]


def rename_course(library: Library) -> None:
    course = library.courses()[0]
    library.edit_course(replace(course, name="換了名稱的課程", code=""))


def drop_course(library: Library) -> None:
    library.remove_course(next(piece.course_id for piece in library.pieces() if piece.course_id))


def move_entry(library: Library) -> None:
    library.set_profile(replace(library.profile, entry_year=library.profile.entry_year - 1))


def attach(library: Library) -> None:
    library.attach(ids(library, 1)[0], SAMPLE / "校慶海報.jpg")


DEEDS: dict[str, Callable[[Library], object]] = {
    "edit": lambda it: it.edit(ids(it, 1)[0], Edit(title="", summary="一" * 300)),
    "edit several": lambda it: it.edit_all(ids(it, 3), Edit(term=Term(113, 2))),
    "add": lambda it: it.add([SAMPLE / "校慶海報.jpg", SAMPLE / "讀書會心得.pdf"], NewPiece(category="other")),
    "remove": lambda it: it.remove(ids(it, 2)),
    "tick": lambda it: it.tick(ids(it, 2), 113),
    "attach": attach,
    "course": rename_course,
    "no course": drop_course,
    "profile": move_entry,
    "school": lambda it: it.set_school_rules({"media_kinds": ["mp3"]}),
}


def same(driver: Driver) -> None:
    there = driver.control.session.on_lane(errands.contents).result(20)
    assert driver.control.pieces.known.rows == {row.id: row for row in there.rows}
    assert driver.control.pieces.known.courses == there.courses


SEEN = frozenset(DEEDS) - {"course", "profile"}
"""Deeds that show in the rows themselves; the others reach pieces, but what they are judged by stays the same."""


@pytest.mark.parametrize("deed", DEEDS)
def test_the_window_knows_what_the_library_has(start: Callable[..., Driver], sample: Path, deed: str) -> None:
    with Library.open(sample) as library:
        DEEDS[deed](library)
    driver = start(sample)
    same(driver)
    before = dict(driver.control.pieces.known.rows)
    driver.control.pieces.undo()
    driver.settle()
    same(driver)
    assert (driver.control.pieces.known.rows != before) is (deed in SEEN)
    driver.control.pieces.redo()
    driver.settle()
    same(driver)
    assert driver.control.pieces.known.rows.keys() == before.keys()


def test_only_what_was_reached_is_read_again(busy: Driver) -> None:
    known = busy.control.pieces.known
    [chosen, other, *_rest] = list(known.rows)
    busy.control.session.on_lane(lambda desk: desk.library.edit(chosen, Edit(title="改了"))).result(20)
    untouched = known.rows[other]
    busy.control.pieces.undo()
    busy.settle()
    same(busy)
    assert known.rows[other] is untouched


def test_nothing_to_undo_changes_nothing(desk: Driver) -> None:
    desk.control.pieces.undo()
    desk.settle()
    assert "沒有可以復原" in desk.banner
    same(desk)
