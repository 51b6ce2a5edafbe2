import json
from pathlib import Path
from typing import Any

import pytest

from helpers.window import PATIENCE, SAMPLE, Driver, commit, compose
from portfolio_desktop.gui.pieces import writing
from portfolio_desktop.gui.shelf import catalog


@pytest.fixture(autouse=True)
def short_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog, "QUIET_MILLISECONDS", 30)
    monkeypatch.setattr(writing, "PAUSE_MILLISECONDS", 600_000)


def titles(folder: Path) -> list[str]:
    return [piece["title"] for piece in json.loads((folder / "catalog.json").read_text(encoding="utf-8"))["pieces"]]


def test_the_catalog_follows_changes_while_the_window_is_open(desk: Driver, empty: Path, qtbot: Any) -> None:
    desk.bring(SAMPLE / "讀書會心得.pdf")
    qtbot.waitUntil(lambda: titles(empty) == ["讀書會心得"], timeout=10_000)
    desk.window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: titles(empty) == [], timeout=10_000)
    desk.settle()


def test_nobody_is_disturbed_while_typing(desk: Driver, empty: Path, qtbot: Any) -> None:
    desk.bring(SAMPLE / "讀書會心得.pdf")
    qtbot.waitUntil(lambda: titles(empty) == ["讀書會心得"], timeout=10_000)
    before = (empty / "catalog.json").stat().st_mtime_ns
    title = desk.editor.title.line
    title.clear()
    commit(title, "新")
    desk.control.pieces.writing.flush()
    compose(title, "ㄅ")
    desk.settle()
    qtbot.wait(150)
    assert (empty / "catalog.json").stat().st_mtime_ns == before
    compose(title, "")
    qtbot.waitUntil(lambda: titles(empty) == ["新"], timeout=10_000)
    desk.settle()


def test_a_catalog_that_cannot_be_written_is_said_once(desk: Driver, empty: Path, qtbot: Any) -> None:
    said: list[str] = []
    desk.control.problems.sentence.connect(said.append)
    (empty / "catalog.json.new").mkdir()
    desk.bring(SAMPLE / "讀書會心得.pdf")
    qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    desk.control.pieces.reload()
    desk.settle()
    qtbot.wait(150)
    desk.settle()
    assert len(said) == 1
    assert said[0].startswith("變更都存好了，只有 catalog.json 沒有更新")
    (empty / "catalog.json.new").rmdir()
    desk.control.pieces.reload()
    qtbot.waitUntil(lambda: titles(empty) == ["讀書會心得"], timeout=10_000)
    desk.settle()


def test_an_idle_window_asks_for_nothing(desk: Driver, qtbot: Any) -> None:
    desk.settle()
    watch = desk.control.care.watch  # it looks once what an end in disorder left, soon after the start
    qtbot.waitUntil(lambda: not watch._started.isActive(), timeout=PATIENCE)
    qtbot.wait(150)
    desk.settle()
    started: list[object] = []
    desk.control.session.jobs.started.connect(started.append)
    qtbot.wait(200)
    assert started == []
