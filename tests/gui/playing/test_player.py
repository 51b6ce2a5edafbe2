"""The player's process, with real sound and film: it plays, and whatever goes wrong there is a sentence here."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from helpers import specimens
from helpers.window import SAMPLE
from portfolio_desktop.gui.playing import player as module
from portfolio_desktop.gui.playing.player import TROUBLES, Player
from portfolio_desktop.messages import _

FILM, SOUND = SAMPLE / "單擺實驗紀錄.mp4", SAMPLE / "自我介紹.mp3"
PATIENCE = 30_000


class Heard:
    """A player, and everything that it has told."""

    def __init__(self, player: Player) -> None:
        self.player = player
        self.frames: list[QImage] = []
        self.places: list[int] = []
        self.states: list[str] = []
        self.lengths: list[int] = []
        self.failures: list[tuple[str, str]] = []
        player.frame.connect(self._frame)
        player.at.connect(self.places.append)
        player.state.connect(self.states.append)
        player.loaded.connect(lambda length, _picture: self.lengths.append(length))
        player.failed.connect(lambda what, sentence: self.failures.append((what, sentence)))

    def _frame(self, image: QImage) -> None:
        self.frames.append(image)
        self.player.more()


@pytest.fixture
def playing(qapp: Any) -> Iterator[Any]:
    """Start a player on a file."""
    made: list[Player] = []

    def start(path: Path, wide: int = 320, high: int = 240) -> Heard:
        player = Player(path, wide, high)
        made.append(player)
        heard = Heard(player)
        player.start()
        return heard

    yield start
    for player in made:
        player.close()


def test_a_film_is_played(playing: Any, qtbot: Any) -> None:
    heard = playing(FILM)
    qtbot.waitUntil(lambda: bool(heard.lengths), timeout=PATIENCE)
    assert heard.lengths == [10_000]
    heard.player.play()
    qtbot.waitUntil(lambda: len(heard.frames) > 5, timeout=PATIENCE)
    assert {(frame.width(), frame.height()) for frame in heard.frames} == {(320, 180)}
    assert "playing" in heard.states
    assert heard.places == sorted(heard.places)
    heard.player.pause()
    qtbot.waitUntil(lambda: heard.states[-1] == "paused", timeout=PATIENCE)


def test_one_goes_anywhere_in_it(playing: Any, qtbot: Any) -> None:
    heard = playing(FILM)
    qtbot.waitUntil(lambda: bool(heard.frames), timeout=PATIENCE)
    first = heard.frames[0]
    heard.player.seek(7_000)
    qtbot.waitUntil(lambda: heard.frames[-1] != first, timeout=PATIENCE)
    assert heard.places[-1] == 7_000
    assert "playing" not in heard.states


def test_it_comes_to_its_end_and_begins_anew(playing: Any, qtbot: Any) -> None:
    heard = playing(FILM)
    qtbot.waitUntil(lambda: bool(heard.lengths), timeout=PATIENCE)
    heard.player.seek(9_700)
    heard.player.play()
    qtbot.waitUntil(lambda: heard.states[-1:] == ["ended"], timeout=PATIENCE)
    heard.player.play()
    qtbot.waitUntil(lambda: heard.states[-1] == "playing" and heard.places[-1] < 5_000, timeout=PATIENCE)


def test_a_sound_is_played_without_a_picture(playing: Any, qtbot: Any) -> None:
    heard = playing(SOUND)
    qtbot.waitUntil(lambda: bool(heard.lengths), timeout=PATIENCE)
    heard.player.play()
    qtbot.waitUntil(lambda: max(heard.places, default=0) > 200, timeout=PATIENCE)
    assert heard.frames == []


def test_a_slow_window_gets_fewer_pictures(playing: Any, qtbot: Any) -> None:
    heard = playing(FILM)
    heard.player.more = lambda: None  # type: ignore[method-assign]
    qtbot.waitUntil(lambda: bool(heard.lengths), timeout=PATIENCE)
    heard.player.play()
    qtbot.waitUntil(lambda: max(heard.places, default=0) > 500, timeout=PATIENCE)
    assert len(heard.frames) == 1


def test_pictures_fit_the_room_that_there_is(playing: Any, qtbot: Any) -> None:
    heard = playing(FILM, 160, 1000)
    qtbot.waitUntil(lambda: bool(heard.frames), timeout=PATIENCE)
    assert heard.frames[0].width() == 160
    heard.player.resize(480, 480)
    qtbot.waitUntil(lambda: heard.frames[-1].width() == 480, timeout=PATIENCE)


def test_a_film_that_was_taken_upright_stands_upright(playing: Any, qtbot: Any, tmp_path: Path) -> None:
    film = specimens.on_its_side(specimens.mp4(1.0))
    heard = playing(specimens.write(tmp_path, "a.mp4", film))
    qtbot.waitUntil(lambda: bool(heard.frames), timeout=PATIENCE)
    assert (heard.frames[0].width(), heard.frames[0].height()) == (96, 128)


@pytest.mark.parametrize(
    ("name", "what"),
    [("水質調查報告.pdf", "format"), ("校慶海報.jpg", "format"), ("nowhere.mp4", "file")],
)
def test_what_is_no_sound_or_film_is_not_played(playing: Any, qtbot: Any, name: str, what: str) -> None:
    heard = playing(SAMPLE / name)
    qtbot.waitUntil(lambda: bool(heard.failures), timeout=PATIENCE)
    assert heard.failures == [(what, _(TROUBLES[what]))]


def test_a_list_of_addresses_is_not_played(playing: Any, qtbot: Any, tmp_path: Path) -> None:
    """FFmpeg would fetch what such a list names."""
    (tmp_path / "a.mp4").write_text("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://192.0.2.1/a.ts\n")
    heard = playing(tmp_path / "a.mp4")
    qtbot.waitUntil(lambda: bool(heard.failures), timeout=PATIENCE)
    assert heard.failures[0][0] == "format"


def test_a_damaged_film_is_said(playing: Any, qtbot: Any, tmp_path: Path) -> None:
    data = FILM.read_bytes()
    (tmp_path / "a.mp4").write_bytes(data[:32] + b"\0" * 4000)
    heard = playing(tmp_path / "a.mp4")
    qtbot.waitUntil(lambda: bool(heard.failures), timeout=PATIENCE)
    assert heard.failures[0][0] == "format"


def test_a_player_that_dies_is_a_sentence(playing: Any, qtbot: Any) -> None:
    heard = playing(FILM)
    qtbot.waitUntil(lambda: bool(heard.lengths), timeout=PATIENCE)
    os.kill(heard.player._process.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: bool(heard.failures), timeout=PATIENCE)
    assert heard.failures == [("crash", _(TROUBLES["crash"]))]
    heard.player.play()  # nothing happens any more
    heard.player.close()


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="a process cannot be stopped here")
def test_a_player_that_hangs_is_ended(playing: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = playing(FILM)
    qtbot.waitUntil(lambda: bool(heard.lengths), timeout=PATIENCE)
    process = heard.player._process
    monkeypatch.setattr(module, "SILENT_SECONDS", 0.2)
    os.kill(process.pid, signal.SIGSTOP)
    qtbot.waitUntil(lambda: bool(heard.failures), timeout=PATIENCE)
    assert heard.failures[0][0] == "time"
    assert process.poll() is not None


def test_a_player_that_eats_memory_is_ended(playing: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MEMORY", 1000)
    heard = playing(FILM)
    qtbot.waitUntil(lambda: bool(heard.failures), timeout=PATIENCE)
    assert heard.failures[0][0] == "memory"


def test_a_player_that_cannot_be_started_is_a_sentence(
    playing: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "player_command", lambda: ["/nowhere/python"])
    heard = playing(FILM)
    qtbot.waitUntil(lambda: bool(heard.failures), timeout=PATIENCE)
    assert heard.failures[0][0] == "crash"


def test_without_qt_s_multimedia_the_player_says_what_is_missing(
    playing: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = (
        "import sys; sys.modules['PySide6.QtMultimedia'] = None; "
        "from portfolio_desktop.gui.playing.door import main; sys.exit(main())"
    )
    monkeypatch.setattr(module, "player_command", lambda: [sys.executable, "-P", "-c", without])
    heard = playing(FILM)
    qtbot.waitUntil(lambda: bool(heard.failures), timeout=PATIENCE)
    assert heard.failures == [("missing", _(TROUBLES["missing"]))]


@pytest.mark.parametrize(
    "said", ["garbage", '{"is": "frame", "wide": 9, "high": 9, "line": 36, "bytes": 4}\nabcd', "[]"]
)
def test_a_player_out_of_its_mind_does_no_harm(
    playing: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setattr(module, "player_command", lambda: [sys.executable, "-c", f"print({said!r})"])
    heard = playing(FILM)
    qtbot.waitUntil(lambda: bool(heard.failures), timeout=PATIENCE)
    assert heard.failures[0][0] == "crash"
    assert heard.frames == []


def test_the_process_ends_with_its_window(tmp_path: Path) -> None:
    process = subprocess.Popen(module.player_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    assert b"ready" in process.stdout.readline()
    process.stdin.close()
    assert process.wait(20) == 0
    process.stdout.close()


@pytest.mark.parametrize("kind", ["wav", "mov"])
def test_other_kinds_are_played_too(playing: Any, qtbot: Any, tmp_path: Path, kind: str) -> None:
    heard = playing(specimens.write(tmp_path, f"a.{kind}", getattr(specimens, kind)()))
    qtbot.waitUntil(lambda: bool(heard.lengths), timeout=PATIENCE)
    assert heard.failures == []
    assert 900 < heard.lengths[0] < 2_200
