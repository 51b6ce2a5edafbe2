"""A library in a cloud folder, on a share or a stick: said once before it is first written to, and moved on request."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from helpers.command_line import Run
from helpers.libraries import picture
from portfolio_desktop import settings
from portfolio_desktop.bootstrap import settling
from portfolio_desktop.library import lock
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.place import Place

STUDENT = ("--school-type", "general", "--entry-year", "113")


@pytest.fixture
def cloud(tmp_path: Path) -> Path:
    folder = tmp_path / "OneDrive - 市立高中"
    folder.mkdir()
    return folder


def test_a_new_one_in_a_cloud_folder_is_warned_of_once(run: Run, cloud: Path) -> None:
    made = run("init", cloud / "庫", *STUDENT)
    assert made.code == 0
    assert "OneDrive" in made.err
    assert len(made.err.splitlines()) == 1
    (cloud / "a.txt").write_text("水質")
    assert run("add", cloud / "a.txt").err == ""
    assert run("list").err == ""


def test_an_existing_one_is_warned_of_before_the_first_change_on_this_computer(
    run: Run, cloud: Path, tmp_path: Path
) -> None:
    run("init", cloud / "庫", *STUDENT)
    (tmp_path / "home" / "settings.json").unlink()
    (tmp_path / "a.txt").write_text("水質")
    assert run("list", "--library", cloud / "庫").err == "", "reading changes nothing"
    first = run("add", tmp_path / "a.txt", "--library", cloud / "庫")
    assert "同步" in first.err
    assert "portfolio-desktop move --to" in first.err
    assert run("remove", "p1", "--library", cloud / "庫").err == ""
    run("init", cloud / "另一個", *STUDENT)
    assert set(settings.load(tmp_path / "home" / "settings.json").accepted) == {
        str(cloud / "庫"),
        str(cloud / "另一個"),
    }


def test_another_place_of_the_same_library_is_said_again(
    run: Run, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place, said in (
        (Place("removable", "隨身碟"), True),
        (Place("removable", "隨身碟"), False),
        (Place("local"), False),
    ):
        monkeypatch.setattr(settling, "place_of", lambda _folder, place=place: place)
        assert ("隨身碟" in run("course", "add", "生物").err) is said
    monkeypatch.setattr(settling, "place_of", lambda _folder: Place("network", "//nas/x"))
    assert "//nas/x" in run("course", "add", "化學", "--json").err


def test_what_is_no_library_is_not_warned_of(run: Run, cloud: Path) -> None:
    ran = run("course", "add", "生物", "--library", cloud / "nothing")
    assert ran.code == 4
    assert "同步" not in ran.err


def test_a_home_that_cannot_be_written_is_warned_each_time(
    run: Run, library: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(settling, "place_of", lambda _folder: Place("cloud", "Dropbox"))

    def full(*_arguments: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(settling.settings, "save", full)
    assert "Dropbox" in run("course", "add", "生物").err
    assert "Dropbox" in run("course", "add", "化學").err


def test_move_takes_everything_along(run: Run, cloud: Path, tmp_path: Path) -> None:
    run("init", cloud / "庫", *STUDENT)
    (tmp_path / "a.txt").write_text("水質")
    run("add", tmp_path / "a.txt")
    before = picture(cloud)
    moved = run("move", "--to", tmp_path / "學習歷程", "--json")
    assert (moved.code, moved.err) == (0, "")
    assert moved.json["problems"] == []
    assert moved.json["old"] == str(cloud / "庫")
    assert picture(cloud) == before
    assert [piece["title"] for piece in run("list", "--json").json["pieces"]] == ["a"]
    assert settings.load(tmp_path / "home" / "settings.json").last_library == str(tmp_path / "學習歷程")
    with Library.open(cloud / "庫") as old, Library.open(tmp_path / "學習歷程") as new:
        assert old.dump() == new.dump()


def test_move_leaves_a_disk_that_cannot_lock(
    run: Run, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the sentence advises can be done."""
    with monkeypatch.context() as share:

        def cannot(_file: object) -> None:
            raise OSError(errno.ENOLCK, "No locks available")

        share.setattr(lock, "_take", cannot)
        assert "移到電腦本身的磁碟" in run("add", tmp_path).err
        ran = run("move", "--to", tmp_path / "新庫")
        assert (ran.code, "只讀取它來搬" in ran.err) == (0, True)
    assert run("list").code == 0
    with Library.open(library), Library.open(tmp_path / "新庫"):
        assert run("move", "--to", tmp_path / "再搬", "--library", library).code == 4


def test_move_says_where_the_old_one_is(run: Run, library: Path, tmp_path: Path) -> None:
    ran = run("move", "--to", tmp_path / "新")
    assert ran.code == 0
    assert str(library) in ran.out
    assert "沒有動" in ran.out


def test_move_tells_damage_and_refuses_a_taken_place(run: Run, library: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("水質")
    run("add", tmp_path / "a.txt")
    assert run("move", "--to", library.parent).code == 4
    assert run("move", "--to", library / "files" / "new").code == 4
    (stored,) = (library / "files").rglob("a.txt")
    stored.unlink()
    ran = run("move", "--to", tmp_path / "新", "--json")
    assert ran.code == 3
    assert [problem["code"] for problem in json.loads(ran.out)["problems"]] == ["file.missing"]
    assert "不見了" in ran.err


def test_restoring_and_the_demo_warn_of_where_they_write(run: Run, library: Path, cloud: Path, tmp_path: Path) -> None:
    assert run("backup", "--library", library, "--to", tmp_path / "碟").err == ""
    ran = run("restore", tmp_path / "碟", "--new", cloud / "還原")
    assert ran.code == 0
    assert "OneDrive" in ran.err
    assert run("demo", "--no-window", "--library", tmp_path / "範例", "--json").err == ""
    ran = run("demo", "--no-window", "--library", cloud / "範例", "--json")
    assert "OneDrive" in ran.err
