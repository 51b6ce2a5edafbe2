"""The window on a real screen, with real keys and a real mouse: what the offscreen tests cannot show.

Each story starts the program as a student does, works with keyboard and mouse only, and looks at the library on disk.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers.screen import Hands, missing, until, x_server
from portfolio_desktop import settings, terms
from portfolio_desktop.bundle.verify import verify
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.gui.appearance.theme import LIGHT
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import NewPiece, PieceFilter
from portfolio_desktop.terms import Term

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "files"
TITLE = "學習歷程工作臺"

pytestmark = [
    pytest.mark.xvfb,
    pytest.mark.skipif(
        bool(missing()) and os.environ.get("CI") != "true", reason=f"no {', '.join(missing())} on this machine"
    ),
]


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with x_server() as shown:
        yield shown


@pytest.fixture
def hands(display: str) -> Hands:
    return Hands(display)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library with three pieces, the newest of them an activity that could be ticked but for its summary."""
    folder = tmp_path / "library"
    with Library.create(folder, Profile("general", 113, "Wang")) as made:
        for name, category in (
            ("校慶海報.jpg", "creation"),
            ("讀書會心得.pdf", "other"),
            ("科展佳作獎狀.png", "competition"),
        ):
            made.add([SAMPLE / name], NewPiece(Term(113, 1), category))
    return folder


@pytest.fixture
def program(display: str, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start the program as from the desktop's menu; whatever still runs afterwards is ended."""
    running: list[subprocess.Popen[bytes]] = []

    def start(library: Path | None = None) -> subprocess.Popen[bytes]:
        home = tmp_path / "home"
        if library is not None:
            settings.save(home / "settings.json", settings.Settings(last_library=str(library)))
        command = [sys.executable, "-m", "portfolio_desktop", "--home", str(home)]
        environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LANG": "zh_TW.UTF-8"}
        environment["PYTHONFAULTHANDLER"] = "1"
        running.append(subprocess.Popen(command, env=environment, cwd=tmp_path))
        return running[-1]

    yield start
    for process in running:
        if process.poll() is None:
            process.kill()
        process.wait(20)


def on_disk(folder: Path, look: Callable[[Library], Any]) -> Any:
    """Look at the library beside the program that has it open; None while that is in the middle of something."""
    try:
        with Library.open(folder, read_only=True) as library:
            return look(library)
    except PortfolioError:
        return None


def pieces(folder: Path, **wanted: Any) -> list[Any]:
    return on_disk(folder, lambda library: library.pieces(PieceFilter(**wanted))) or []


def quit_with_keys(hands: Hands, process: subprocess.Popen[bytes]) -> None:
    """Quit as people do: who sees nothing happen for a good while presses once more (a key that an X server makes up may get
    lost while it changes keyboards). Whatever else stands in the way is told.
    """
    for _time in range(3):
        hands.press("ctrl+q")
        with contextlib.suppress(subprocess.TimeoutExpired):
            assert process.wait(20) == 0
            return
    seen = hands.titles()
    process.send_signal(signal.SIGABRT)  # where each of its threads stands is told with the failure
    process.wait(20)
    pytest.fail(f"it did not quit; windows: {seen}")


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def stand(hands: Hands, title: str, button: tuple[int, int]) -> str:
    """Bring a window to the corner and wait until its main button is there to be pressed; gives its number."""
    window = hands.window(title)
    hands.place(window, 1280, 800)
    until(lambda: hands.colour(*button) == rgb(LIGHT.accent))
    return window


ADD, CREATE = (1146, 52), (880, 482)
"""Places on 「收進檔案」 and 「建立並開始」 beside their words, in a window of 1280 × 800."""


def choose_first(hands: Hands, window: str, y: int = 190) -> None:
    """Click on the first line of the table until it is there and chosen; not so soon again that it is a double click."""
    at = (460, y)

    def click() -> bool:
        hands.away()
        hands.click(window, *at)
        return hands.becomes(at, rgb(LIGHT.chosen))

    until(click)


def confirmed(hands: Hands, folder: Path) -> list[Any]:
    """Say yes to the plan of what comes in, as soon as it is there; the pieces that the library has then."""
    hands.press("ctrl+Return")
    return pieces(folder)


def test_a_first_day(hands: Hands, program: Callable[..., Any], tmp_path: Path) -> None:
    """No library yet: one is made with the keyboard alone, a file is chosen in the dialog, and it is there the next time."""
    process = program()
    stand(hands, TITLE, CREATE)
    # School type, year, name, school, place, its button, then the button that makes it.
    hands.press("Tab", "Tab")
    hands.write("Wang")
    hands.press("Tab", "Tab", "Tab", "Tab", "space")
    folder = tmp_path / "home" / "library"
    until((folder / "library.sqlite3").is_file)
    stand(hands, "Wang", ADD)
    hands.press("ctrl+i")
    hands.window("選要收進來的檔案")
    report = tmp_path / "report.pdf"
    report.write_bytes((SAMPLE / "讀書會心得.pdf").read_bytes())
    hands.write(str(report))
    hands.press("Return")
    hands.window("Wang")
    [piece] = until(lambda: confirmed(hands, folder))
    assert piece.title == "report"
    hands.window("Wang")
    quit_with_keys(hands, process)
    again = program()
    stand(hands, "Wang", ADD)
    quit_with_keys(hands, again)


def test_finding_writing_and_undoing(hands: Hands, program: Callable[..., Any], library: Path) -> None:
    """A piece is found by typing, chosen with the mouse, given a Chinese title, and the title is undone with Ctrl+Z."""
    process = program(library)
    window = stand(hands, "Wang", ADD)
    hands.press("ctrl+f")
    hands.write("海報")
    choose_first(hands, window)
    hands.click(window, 900, 205)
    hands.press("ctrl+a")
    hands.write("運動會海報")
    until(lambda: [piece for piece in pieces(library) if piece.title == "運動會海報"])
    hands.press("ctrl+z")
    until(lambda: [piece for piece in pieces(library) if piece.title == "校慶海報"])
    hands.press("ctrl+shift+z")
    until(lambda: [piece for piece in pieces(library) if piece.title == "運動會海報"])
    quit_with_keys(hands, process)


def test_typing_just_before_the_end_is_kept(hands: Hands, program: Callable[..., Any], library: Path) -> None:
    process = program(library)
    window = stand(hands, "Wang", ADD)
    choose_first(hands, window)
    hands.click(window, 900, 205)
    hands.press("ctrl+a")
    hands.write("last words")
    quit_with_keys(hands, process)
    with Library.open(library) as kept:
        assert "last words" in [piece.title for piece in kept.pieces()]


def test_the_trash_and_back(hands: Hands, program: Callable[..., Any], library: Path) -> None:
    process = program(library)
    window = stand(hands, "Wang", ADD)
    choose_first(hands, window)
    hands.press("Delete")
    until(lambda: pieces(library, trashed=True))
    hands.press("ctrl+z")
    until(lambda: len(pieces(library)) == 3)
    quit_with_keys(hands, process)


def test_an_export_through_the_dialog(hands: Hands, program: Callable[..., Any], library: Path, tmp_path: Path) -> None:
    """What is ticked is exported to a folder that is chosen in the dialog; the whole of it is verified."""
    with Library.open(library) as own:
        own.tick([piece.id for piece in own.pieces()], 113)
    out = tmp_path / "out"
    out.mkdir()
    process = program(library)
    window = stand(hands, "Wang", ADD)
    export_to(hands, window, out)
    quit_with_keys(hands, process)


def export_to(hands: Hands, window: str, out: Path) -> None:
    """Export the year to a folder that is chosen in the dialog, and verify what came of it."""
    hands.press("ctrl+6")
    hands.away()
    hands.click(window, 320, 742)
    hands.window("要匯出到哪個資料夾裡")
    hands.press("ctrl+a")
    hands.write(str(out))
    hands.press("Return")
    [bundle] = until(lambda: [path for path in out.glob("[!.]*") if (path / "manifest.json").is_file()])
    assert not verify(bundle).problems
    hands.window("Wang")


SOURCE = """
import sys
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QLabel

class Label(QLabel):
    def mousePressEvent(self, event):
        drag, data = QDrag(self), QMimeData()
        data.setUrls([QUrl.fromLocalFile(path) for path in sys.argv[1:]])
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)

app = QApplication([])
label = Label()
label.setWindowTitle("source")
label.setStyleSheet("background: #123456")
label.resize(280, 280)
label.show()
app.exec()
"""
TIDY, FIRST_TICK, CONFIRM = (765, 503), (783, 255), (1156, 742)
"""Places on 「整理空白與換行」 of the large summary, on the box of the first activity that can be ticked, and on
the button that takes a plan in."""


def test_an_evening_at_the_desk(hands: Hands, program: Callable[..., Any], display: str, tmp_path: Path) -> None:
    """Three files are dropped, a summary is written in Chinese and tidied, one piece is ticked and exported; then all is undone."""
    library, out = tmp_path / "library", tmp_path / "out"
    out.mkdir()
    Library.create(
        library, Profile("general", terms.school_year_of(datetime.datetime.now().astimezone().date()) - 1, "Wang")
    ).close()
    names = ("圖書館志工.jpg", "英語檢定成績.png", "校慶海報.jpg")
    dropped = [tmp_path / name for name in names]
    for path in dropped:
        path.write_bytes((SAMPLE / path.name).read_bytes())
    other = [sys.executable, "-c", SOURCE, *map(str, dropped)]
    with subprocess.Popen(other, env=os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}) as source:
        try:
            hands.move(hands.window("source"), 1300, 40)
            until(lambda: hands.colour(1400, 200) == rgb("#123456"))
            process = program(library)
            window = stand(hands, "Wang", ADD)

            def drop() -> bool:
                hands.drag((1400, 200), (700, 400))
                return hands.becomes(CONFIRM, rgb(LIGHT.accent), 5)

            until(drop)
        finally:
            source.kill()
    hands.window("Wang")
    until(lambda: len(confirmed(hands, library)) == 3)
    assert {piece.title: piece.category for piece in pieces(library)} == {
        "圖書館志工": "service",
        "英語檢定成績": "certificate",
        "校慶海報": "creation",
    }

    def found() -> bool:
        hands.press("ctrl+f")
        hands.write("志工")  # once more where a character was lost: each is put on a key of its own first
        until(lambda: hands.colour(460, 226) == rgb(LIGHT.base))  # one of the three is left
        hands.away()
        hands.click(window, 460, 190)
        return hands.becomes((460, 190), rgb(LIGHT.chosen), 3)

    until(found)
    hands.press("F2")
    until(lambda: hands.colour(460, 190) == rgb(LIGHT.base))  # the summary in large, in place of the table
    hands.write("暑假到圖書館   整理書架")
    until(lambda: [piece for piece in pieces(library) if piece.summary.endswith("整理書架")])

    def tidied() -> list[Any]:
        hands.away()
        hands.click(window, *TIDY)
        return [one for one in pieces(library) if one.summary and "  " not in one.summary]

    [piece] = until(tidied)
    assert piece.summary == "暑假到圖書館 整理書架"
    hands.press("Escape", "ctrl+5")

    def tick() -> list[Any]:
        hands.away()
        hands.click(window, *FIRST_TICK)
        return [one for one in pieces(library) if one.ticked]

    assert [one.id for one in until(tick)] == [piece.id]
    export_to(hands, window, out)
    hands.press("ctrl+1")

    def undone() -> bool:
        hands.press("ctrl+z")
        return on_disk(library, lambda made: not made.pieces(PieceFilter(trashed=None))) is True

    until(undone)
    quit_with_keys(hands, process)
