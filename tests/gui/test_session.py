import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.window import SAMPLE, Driver
from portfolio_desktop.bootstrap import deeper
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.gui.pieces.page import PREVIEW_TAB
from portfolio_desktop.inspection import readers
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile

Threads = dict[str, list[str]]


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> Threads:
    """On which threads readers are made and ended."""
    seen: Threads = {"made": [], "ended": []}

    class Watched(readers.Readers):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            seen["made"].append(threading.current_thread().name)
            super().__init__(*arguments, **named)

        def close(self, *, abandon: bool = False) -> None:
            seen["ended"].append(threading.current_thread().name)
            super().close(abandon=abandon)

    monkeypatch.setattr(readers, "Readers", Watched)
    monkeypatch.setattr(deeper, "Readers", Watched)
    return seen


def test_readers_are_made_and_ended_away_from_the_window_s_thread(threads: Threads, desk: Driver) -> None:
    desk.bring(SAMPLE / "讀書會心得.pdf")
    desk.control.parts.page.tabs.setCurrentIndex(PREVIEW_TAB)
    desk.settle()
    desk.close()
    assert len(threads["made"]) == 2
    assert sorted(name.partition("_")[0] for name in threads["made"]) == ["aside", "library-lane"]
    assert threading.main_thread().name not in threads["ended"]
    assert len(threads["ended"]) >= 2


def test_stopping_the_deep_look_ends_its_readers_elsewhere(threads: Threads, desk: Driver, qtbot: Any) -> None:
    session = desk.control.session
    session.jobs.started.connect(lambda job: job.cancel() if job.label == "正在逐頁檢查檔案" else None)
    desk.bring(*sorted(SAMPLE.glob("*.pdf")))
    qtbot.waitUntil(lambda: any(name.startswith("aside") for name in threads["ended"]))
    assert threading.main_thread().name not in threads["ended"]
    assert desk.library(Library.pending_looks)


def test_a_library_that_will_not_close_does_not_lock_the_next_one(
    start: Callable[..., Driver], empty: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    driver = start(empty)
    session = driver.control.session
    first = session._desk

    class Stuck:
        def close(self) -> None:
            raise PortfolioError("磁碟不見了")

    session._lane.submit(setattr, session, "_desk", Stuck()).result()
    Library.create(tmp_path / "第二個", Profile("general", 114, "另一位")).close()
    driver.open(tmp_path / "第二個")
    assert driver.window.library_name.text() == "另一位"
    assert driver.library(lambda library: library.profile.entry_year) == 114
    assert "did not close in good order" in caplog.text
    assert first is not None
    session._lane.submit(first.close).result()


def test_closing_waits_for_an_ending_that_is_under_way(desk: Driver, empty: Path) -> None:
    session, order = desk.control.session, list[str]()
    go = threading.Event()
    session._lane.submit(go.wait, 20)
    session.finish(lambda: order.append("told"))
    threading.Timer(0.2, lambda: (order.append("let go"), go.set())).start()
    session.close()
    order.append("closed")
    assert order == ["let go", "closed"]
    Library.open(empty).close()
    desk.qtbot.waitUntil(lambda: order[-1] == "told")
