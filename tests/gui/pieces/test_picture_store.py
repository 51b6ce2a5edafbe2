import os
import stat
from pathlib import Path

import pytest

from portfolio_desktop.gui.pieces.picture_store import FOLDER, PictureStore


def test_what_is_kept_is_there_the_next_time(tmp_path: Path) -> None:
    PictureStore(tmp_path).keep("a-320", b"picture")
    assert PictureStore(tmp_path).load("a-320") == b"picture"
    assert PictureStore(tmp_path).load("b-320") is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes; the folder lies in the user's own profile")
def test_only_its_user_may_look(tmp_path: Path) -> None:
    PictureStore(tmp_path).keep("a-320", b"picture")
    folder = tmp_path / FOLDER
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()] == [0o600]


def test_the_ones_not_asked_for_longest_go_first(tmp_path: Path) -> None:
    store = PictureStore(tmp_path, limit=1000)
    for number in range(9):
        store.keep(f"{number}", bytes(100))
        os.utime(tmp_path / FOLDER / f"{number}.png", (number, number))
    assert store.load("0") is not None
    store.keep("new", bytes(200))
    left = {path.stem for path in (tmp_path / FOLDER).iterdir()}
    assert "0" in left, "it was asked for just now"
    assert "1" not in left
    assert "new" in left
    assert sum(path.stat().st_size for path in (tmp_path / FOLDER).iterdir()) <= 800


def test_what_lies_there_from_before_counts(tmp_path: Path) -> None:
    PictureStore(tmp_path).keep("old", bytes(900))
    os.utime(tmp_path / FOLDER / "old.png", (1, 1))
    PictureStore(tmp_path, limit=1000).keep("new", bytes(200))
    assert PictureStore(tmp_path).load("old") is None
    assert PictureStore(tmp_path).load("new") is not None


def test_a_cache_that_cannot_be_written_costs_no_work(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / FOLDER).write_text("in the way", encoding="utf-8")
    store = PictureStore(tmp_path)
    with caplog.at_level("WARNING"):
        store.keep("a", b"picture")
    assert "could not be kept" in caplog.text
    assert store.load("a") is None
