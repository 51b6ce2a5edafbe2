"""The first look: lines kept from the last time stand in the table before the library is open, and nothing false ever does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTimer

from helpers.window import PATIENCE, Answers, Driver
from portfolio_desktop import files
from portfolio_desktop.bootstrap.ground import Ground, lay
from portfolio_desktop.gui import app as gui_app
from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.pieces.lines import Column, Line
from portfolio_desktop.gui.starting import glimpse
from portfolio_desktop.gui.starting.first_look import first_look
from portfolio_desktop.gui.starting.glimpse import Glimpse
from portfolio_desktop.gui.starting.unfolding import Unfolding
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import Edit, PieceFilter

ROOT = Path(__file__).resolve().parents[3]
Again = Callable[..., Driver]


@pytest.fixture
def again(start: Callable[..., Driver], sample: Path, ground: Ground, qtbot: Any, theme: Theme) -> Any:
    """A window as it is at the first look of its second start, with the library not opened; `sample` was shown in the first."""
    drivers: list[Driver] = []
    first = start(sample)
    titles = first.titles()
    first.close()

    def begin(folder: Path = sample) -> Driver:
        answers = Answers()
        driver = Driver(qtbot, gui_app.assemble(ground, theme, answers, folder), answers)
        drivers.append(driver)
        driver.window.resize(1280, 820)
        driver.window.show()
        return driver

    begin.titles = titles  # type: ignore[attr-defined]
    yield begin
    for driver in drivers:
        driver.close()
        driver.window.deleteLater()


def shown(driver: Driver) -> list[str]:
    """The titles in the table as they are painted."""
    model = driver.control.parts.model
    return [model.data(model.index(place, Column.TITLE)) for place in range(model.rowCount())]


def kept(ground: Ground) -> list[Path]:
    return sorted((ground.places.cache / glimpse.FOLDER).glob("*"))


def test_the_lines_stand_there_before_the_library_is_open(again: Again, sample: Path) -> None:
    driver = again()
    assert driver.control.session.shelf is None
    assert shown(driver) == again.titles
    assert driver.control.parts.sections._items["all"].data(0, 0x0102) == len(again.titles)
    driver.open(sample)
    assert driver.titles() == again.titles
    assert set(driver.control.parts.model.ids()) == set(driver.control.pieces.known.rows) - {
        row.id for row in driver.control.pieces.known.rows.values() if row.piece.trashed
    }


def test_every_cell_is_painted_as_it_will_be(again: Again, sample: Path) -> None:
    driver = again()
    model = driver.control.parts.model

    def cells() -> list[list[str]]:
        return [[model.data(model.index(at, column)) for column in Column] for at in range(model.rowCount())]

    before = cells()
    driver.open(sample)
    assert cells() == before


def test_what_the_window_keeps_is_for_its_user_only(again: Again, ground: Ground) -> None:
    [path] = kept(ground)
    if os.name == "posix":
        assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_nothing_can_be_changed_before_the_library_is_open(again: Again, sample: Path) -> None:
    driver = again()
    control, page = driver.control, driver.control.parts.page
    chosen = control.parts.model.id(2)
    page.table.select([chosen])
    assert page.piece.currentWidget() is page.nothing
    assert "開啟" in page.nothing.heading.text()
    assert not driver.editor.isVisible()
    assert control.pieces.writing.row is None
    for deed in (control.pieces.remove, control.pieces.listing.restore, control.pieces.undo, control.pieces.redo):
        deed()
    assert not control.session.jobs.running()
    actions = driver.window.actions_
    for name in ("remove", "restore", "undo", "redo", "add", "find", "close"):
        assert not actions[name].isEnabled(), name
    driver.open(sample)
    assert page.table.selected_ids() == [chosen]
    assert control.pieces.writing.row.id == chosen
    assert driver.editor.isVisible()
    assert actions["remove"].isEnabled()


def test_another_section_and_order_do_without_the_lines(again: Again, sample: Path) -> None:
    driver = again()
    driver.control.parts.sections.go("trash")
    assert shown(driver) == []
    driver.control.parts.sections.go("all")
    assert shown(driver) == again.titles
    driver.control.pieces.listing.order(Column.TITLE, False)
    assert shown(driver) == []
    driver.open(sample)
    assert sorted(driver.titles()) == sorted(again.titles)


def change(folder: Path) -> None:
    with Library.open(folder) as library:
        library.edit(library.pieces()[0].id, Edit(title="改過的標題"))


def swap(folder: Path) -> None:
    """Another library in the place of the first."""
    shutil.rmtree(folder)
    Library.create(folder, Profile("general", 113, "別人")).close()


def break_off(folder: Path) -> None:
    """A change that was broken off: what the database holds is not what it will say."""
    (folder / f"{files.DATABASE}-journal").write_bytes(b"left")


@pytest.mark.parametrize("deed", [change, swap, break_off])
def test_a_library_that_is_not_as_it_was_is_not_shown(again: Again, sample: Path, deed: Callable[[Path], None]) -> None:
    deed(sample)
    driver = again()
    assert shown(driver) == []
    driver.open(sample)
    with Library.open(sample, read_only=True) as library:
        assert sorted(driver.titles()) == sorted(piece.title for piece in library.pieces())


def test_a_change_in_the_window_is_in_the_next_first_look(again: Again, sample: Path, start: Any) -> None:
    between = start(sample)
    row = next(iter(between.control.pieces.known.rows.values()))
    between.choose(row.piece.title)
    between.editor.title.line.setText("最後才改的")
    between.editor.title.changed.emit()
    between.close()
    assert "最後才改的" in shown(again())


def test_the_lines_of_another_library_are_not_shown(again: Again, sample: Path, ground: Ground, tmp_path: Path) -> None:
    other = Path(shutil.copytree(sample, tmp_path / "other"))
    [path] = kept(ground)
    path.rename(glimpse._path(ground.places.cache, other))
    assert shown(again(other)) == []


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _whole: b"",
    "cut": lambda whole: whole[: len(whole) // 2],
    "a list": lambda _whole: b"[1, 2]",
    "a number": lambda _whole: b"7",
    "bytes": lambda _whole: bytes(range(256)),
    "deep": lambda _whole: b"[" * 100_000,
    "a newer format": lambda whole: edited(whole, lambda it: it.update(format=99)),
    "another state": lambda whole: edited(whole, lambda it: it["shown"]["lines"][0].update(state="gone")),
    "no title": lambda whole: edited(whole, lambda it: it["shown"]["lines"][0].update(title=None)),
    "another column": lambda whole: edited(whole, lambda it: it["shown"].update(column=77)),
    "counts of words": lambda whole: edited(whole, lambda it: it["shown"].update(counts={"all": "many"})),
    "lines of numbers": lambda whole: edited(whole, lambda it: it["shown"].update(lines=[1, 2])),
    "other forms": lambda whole: edited(whole, lambda it: it["shown"].update(forms="")),
}


def edited(whole: bytes, deed: Callable[[Any], None]) -> bytes:
    held = json.loads(whole)
    deed(held)
    return json.dumps(held).encode()


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_hurts_nobody_and_is_replaced(again: Again, sample: Path, ground: Ground, damage: str) -> None:
    [path] = kept(ground)
    path.write_bytes(DAMAGE[damage](path.read_bytes()))
    assert glimpse.read(ground.places.cache, sample, ground.resources / "forms") is None
    driver = again()
    assert shown(driver) == []
    driver.open(sample)
    assert driver.titles() == again.titles
    driver.close()
    assert glimpse.read(ground.places.cache, sample, ground.resources / "forms") is not None


def test_a_library_that_cannot_be_opened_takes_its_lines_along(again: Again, sample: Path) -> None:
    with Library.open(sample):
        driver = again()
        assert shown(driver) == again.titles
        driver.control.begin(sample)
        driver.qtbot.waitUntil(lambda: driver.window.root.currentWidget() is driver.control.welcome, timeout=PATIENCE)
        assert shown(driver) == []


def test_what_was_kept_goes_with_its_library(
    again: Again, sample: Path, ground: Ground, empty: Path, start: Any
) -> None:
    assert len(kept(ground)) == 1
    shutil.rmtree(sample)
    driver = start(empty)
    driver.close()
    [path] = kept(ground)
    assert json.loads(path.read_bytes())["folder"] == str(empty)


def test_a_cache_that_cannot_be_written_is_told_to_the_log(
    ground: Ground, sample: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ground.places.cache.parent.mkdir(parents=True)
    ground.places.cache.write_bytes(b"a file where the folder should be")
    glimpse.keep(ground.places.cache, sample, EMPTY, glimpse.mark(sample))
    assert "could not be kept" in caplog.text
    caplog.clear()
    assert glimpse.read(ground.places.cache, sample, ground.resources / "forms") is None


def test_a_library_open_for_reading_keeps_nothing(again: Again, sample: Path, ground: Ground, start: Any) -> None:
    [path] = kept(ground)
    path.unlink()
    driver = start()
    driver.control.opening.open(sample, read_only=True)
    driver.settle()
    driver.close()
    assert kept(ground) == []


EMPTY = Glimpse("", "all", Column.CHANGED, True, {}, (), {}, "")
texts = st.text(max_size=12)
lines = st.builds(
    Line,
    texts,
    texts,
    st.none() | texts,
    texts,
    st.sampled_from(["draft", "needs-work", "ready", "trashed"]),
    st.integers(0, 99),
    st.integers(0, 99),
    st.lists(texts, max_size=3).map(tuple),
    st.integers(0, 10**12),
    texts,
)


@given(lines=st.lists(lines, max_size=4).map(tuple), owner=texts, column=st.sampled_from(Column))
def test_what_is_kept_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, lines: tuple[Line, ...], owner: str, column: Column
) -> None:
    place = tmp_path_factory.mktemp("kept")
    (place / files.DATABASE).write_bytes(b"database")
    made = replace(EMPTY, lines=lines, owner=owner, column=column, counts={"all": len(lines)}, labels={"other": "其他"})
    glimpse.keep(place / "cache", place, made, glimpse.mark(place))
    assert glimpse.read(place / "cache", place, place / "no forms") == made


def test_the_database_has_the_name_that_the_glimpse_looks_for() -> None:
    assert glimpse.DATABASE == files.DATABASE


def test_the_first_look_imports_nothing_of_the_library(again: Again, sample: Path, ground: Ground) -> None:
    """In a process of its own: the lines are painted with no database, no reader, no editor and no form imported."""
    code = f"""
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from portfolio_desktop.bootstrap.ground import lay
from portfolio_desktop.gui.app import Start, application

class Eyes(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and first.model.rowCount() and not seen:
            seen.append([first.model.rowCount(), *(name for name in HEAVY if name in sys.modules)])
        return False

HEAVY = ("sqlalchemy", "sqlite3", "tomllib", "portfolio_desktop.gui.pieces.editor", "portfolio_desktop.gui.control")
seen = []
start = Start(application(), lay(Path({str(ground.places.settings.parent)!r})), Path({str(sample)!r}))
look = start.look

def watched():
    global first, eyes
    first = look()
    eyes = Eyes()
    first.page.table.viewport().installEventFilter(eyes)
    return first

made = start._made

def closing(control):
    made(control)
    control.pieces.listing.filled.connect(control.parts.window.close)

start.look, start._made = watched, closing
start.run()
print(seen)
"""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False, timeout=110
    )
    assert ran.stdout.strip() == f"[[{len(again.titles)}]]", ran.stderr


def test_the_window_lives_between_the_steps_of_a_start(qtbot: Any, again: Again) -> None:
    window = again().window
    seen: list[str] = []
    clock = QTimer()
    clock.timeout.connect(lambda: seen.append("beat"))
    clock.start(0)

    def steps() -> Any:
        for number in range(5):
            seen.append(f"step {number}")
            yield
        return "made"

    unfolding = Unfolding(steps(), window)
    with qtbot.waitSignal(unfolding.made, timeout=PATIENCE) as made:
        window.update()
    clock.stop()
    assert made.args == ["made"]
    at = [seen.index(f"step {number}") for number in range(5)]
    assert all("beat" in seen[before:after] for before, after in pairwise(at))


def test_a_start_of_a_window_that_is_never_painted_goes_on(qtbot: Any, again: Again) -> None:
    window = again().window
    window.hide()
    unfolding = Unfolding((step for step in ()), window)
    with qtbot.waitSignal(unfolding.made, timeout=PATIENCE):
        pass


def test_a_trashed_piece_is_no_line_of_all(again: Again, sample: Path, start: Any) -> None:
    driver = start(sample)
    gone = driver.control.parts.model.id(0)
    driver.control.parts.page.table.select([gone])
    driver.control.pieces.remove()
    driver.settle()
    driver.close()
    with Library.open(sample, read_only=True) as library:
        assert [piece.id for piece in library.pieces(PieceFilter(trashed=True))].count(gone) == 1
    assert gone not in again().control.parts.model.ids()


def test_a_window_left_on_another_page_begins_with_no_table(
    start: Callable[..., Driver], sample: Path, ground: Ground, theme: Theme
) -> None:
    driver = start(sample)
    driver.control.parts.sections.go("overview")
    driver.settle()
    driver.close()
    first = first_look(lay(ground.places.settings.parent), theme, sample)
    assert first.sections.section() == "overview"
    assert first.window.pages.currentWidget() is not first.page
    assert first.window.heading.text() == "總覽"
    first.window.deleteLater()
