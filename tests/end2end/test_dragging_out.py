"""A file dragged out of the window with a real mouse, and dropped on another program."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from helpers.screen import Hands, missing, until, x_server
from portfolio_desktop import settings
from portfolio_desktop.gui.appearance.theme import LIGHT
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import NewPiece
from portfolio_desktop.terms import Term

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "files"
RECEIVER = """
import os
import sys
from PySide6.QtWidgets import QApplication, QLabel

class Label(QLabel):
    def dragEnterEvent(self, event):
        event.acceptProposedAction()

    def dropEvent(self, event):
        event.acceptProposedAction()
        with open(sys.argv[1] + ".part", "w") as told:
            told.write("\\n".join(url.toLocalFile() for url in event.mimeData().urls()))
        os.replace(sys.argv[1] + ".part", sys.argv[1])

app = QApplication([])
label = Label()
label.setAcceptDrops(True)
label.setWindowTitle("receiver")
label.setStyleSheet("background: #123456")
label.resize(280, 280)
label.show()
app.exec()
"""

pytestmark = [
    pytest.mark.xvfb,
    pytest.mark.skipif(
        bool(missing()) and os.environ.get("CI") != "true", reason=f"no {', '.join(missing())} on this machine"
    ),
]


@pytest.fixture
def hands() -> Iterator[Hands]:
    with x_server() as display:
        yield Hands(display)


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def test_a_file_is_dragged_to_another_program(hands: Hands, tmp_path: Path) -> None:
    library, home, told = tmp_path / "library", tmp_path / "home", tmp_path / "told"
    with Library.create(library, Profile("general", 113, "Wang")) as made:
        made.add([SAMPLE / "校慶海報.jpg"], NewPiece(Term(113, 1), "creation"))
    settings.save(home / "settings.json", settings.Settings(last_library=str(library)))
    environment = {**hands._environment, "QT_QPA_PLATFORM": "xcb", "LANG": "zh_TW.UTF-8"}
    commands = (["-c", RECEIVER, str(told)], ["-m", "portfolio_desktop", "--home", str(home)])
    with ExitStack() as running:
        for words in commands:
            process = subprocess.Popen([sys.executable, *words], env=environment, cwd=tmp_path)
            running.callback(process.wait, 20)
            running.callback(process.kill)
        hands._tool("windowmove", "--sync", hands.window("receiver"), "1300", "40")
        until(lambda: hands.colour(1400, 200) == rgb("#123456"))
        window = hands.window("Wang")
        hands.place(window, 1280, 800)
        until(lambda: hands.colour(1146, 52) == rgb(LIGHT.accent))

        def choose() -> bool:
            hands.press("ctrl+2")
            hands._tool("mousemove", "700", "700")  # a mouse that is there already makes xdotool wait in vain
            hands.click(window, 490, 190)
            return hands.colour(490, 190) == rgb(LIGHT.chosen)

        until(choose)

        def drag() -> bool:
            hands.click(window, 803, 105)  # 預覽
            hands._tool("mousemove", "--sync", "748", "195", "mousedown", "1")
            for place in (760, 800, 1000, 1250, 1350, 1400, 1405):
                hands._tool("mousemove", "--sync", str(place), "200")
            hands._tool("sleep", "0.3", "mouseup", "1", "sleep", "0.5")  # the other program has its own pace
            return told.is_file()

        until(drag)
        copy = Path(told.read_text())
        assert copy.name == "校慶海報.jpg"
        assert copy.read_bytes() == (SAMPLE / "校慶海報.jpg").read_bytes()
        assert not copy.is_relative_to(library)
        assert not copy.stat().st_mode & 0o222
