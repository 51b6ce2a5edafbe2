from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from portfolio_desktop.library.safekeeping.aside import Aside, kept_bytes, lies_at

NOW = datetime.datetime(2026, 11, 23, 8, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
KEPT = "kept-aside/20261123T003000Z"


@pytest.fixture
def aside(tmp_path: Path) -> Aside:
    (tmp_path / "files").mkdir()
    return Aside(tmp_path, NOW)


def test_a_file_is_moved_to_the_same_place_below(tmp_path: Path, aside: Aside) -> None:
    path = tmp_path / "files" / "a.txt"
    path.write_text("x")
    assert aside.move(path) == tmp_path / KEPT / "files" / "a.txt"
    assert not path.exists()
    assert (tmp_path / KEPT / "files" / "a.txt").read_text() == "x"
    assert aside.kept == [f"{KEPT}/files/a.txt"]


def test_folders_and_links_are_moved_as_they_are(tmp_path: Path, aside: Aside) -> None:
    (tmp_path / "files" / "folder" / "in").mkdir(parents=True)
    (tmp_path / "files" / "link").symlink_to("nowhere")
    aside.move(tmp_path / "files" / "folder")
    aside.move(tmp_path / "files" / "link")
    assert (tmp_path / KEPT / "files" / "folder" / "in").is_dir()
    assert (tmp_path / KEPT / "files" / "link").is_symlink()


def test_what_was_kept_is_never_written_over(tmp_path: Path, aside: Aside) -> None:
    path = tmp_path / "catalog.json"
    for content in "abc":
        path.write_text(content)
        aside.copy(path)
        assert path.read_text() == content
    again = Aside(tmp_path, NOW)
    path.write_text("d")
    again.move(path)
    kept = [*aside.kept, *again.kept]
    assert len(set(kept)) == 4
    assert [(tmp_path / one).read_text() for one in kept] == list("abcd")


def test_kept_bytes_are_found_by_their_hash(tmp_path: Path, aside: Aside) -> None:
    path = tmp_path / "files" / "a.txt"
    path.write_bytes(b"x")
    kept = aside.move(path)
    sha256 = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    assert kept_bytes(tmp_path)(sha256) == kept
    assert kept_bytes(tmp_path)("0" * 64) is None
    assert kept_bytes(tmp_path / "nowhere")(sha256) is None


def test_a_disk_in_trouble_does_not_say_that_a_name_is_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not lies_at(tmp_path / "a")
    (tmp_path / "a").symlink_to("nowhere")
    assert lies_at(tmp_path / "a")
    assert not lies_at(tmp_path / "a" / "b")

    def failing(_path: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "lstat", failing)
    with pytest.raises(OSError, match="Input/output"):
        lies_at(tmp_path / "a")
