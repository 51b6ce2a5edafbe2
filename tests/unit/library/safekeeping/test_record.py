from __future__ import annotations

import datetime
import errno
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_desktop.library import bounded
from portfolio_desktop.library.lock import Lock
from portfolio_desktop.library.safekeeping import record
from portfolio_desktop.library.safekeeping.record import Checked, Copied, Drilled, Known, Record, Trouble

AT = datetime.datetime(2026, 11, 23, 19, 11, 11, tzinfo=datetime.UTC)
LATER = AT + datetime.timedelta(days=1)


def test_what_is_noted_is_read(tmp_path: Path) -> None:
    assert record.read(tmp_path) == Record()
    record.note_backup(tmp_path, Path("/media/碟"), AT, "20261123T191111Z-0f1e2d3c")
    record.note_backup(tmp_path, Path("/media/二"), AT, "20261123T191111Z-0f1e2d3c")
    record.note_backup(tmp_path, Path("/media/碟"), LATER, "20261124T191111Z-0f1e2d3c")
    record.note_trouble(tmp_path, AT, "磁碟空間不足。")
    assert record.read(tmp_path).trouble == Trouble(AT, "磁碟空間不足。")
    record.note_copy(tmp_path, AT, "20261123T191111Z-close.sqlite3")
    record.note_check(tmp_path, AT, "full", 3, ({"code": "file.missing", "path": "files/x"},))
    record.note_drill(tmp_path, AT, Path("/media/碟/snapshots/x"), ok=False)
    found = record.read(tmp_path)
    assert found == Record(
        places=(
            Known(Path("/media/碟"), LATER, "20261124T191111Z-0f1e2d3c"),
            Known(Path("/media/二"), AT, "20261123T191111Z-0f1e2d3c"),
        ),
        copy=Copied(AT, "20261123T191111Z-close.sqlite3"),
        trouble=None,
        check=Checked(AT, "full", 3, ({"code": "file.missing", "path": "files/x"},)),
        drill=Drilled(AT, Path("/media/碟/snapshots/x"), ok=False),
    )
    assert found.check is not None
    assert not found.check.ok
    assert [path.name for path in (tmp_path / "backups").iterdir()] == ["record.json"]


def test_a_backup_beside_the_library_is_told_from_one_on_another_disk(tmp_path: Path) -> None:
    (tmp_path / "旁邊").mkdir()
    cloud = tmp_path / "Dropbox" / "備份"
    cloud.mkdir(parents=True)
    for place in (tmp_path / "旁邊", cloud, tmp_path / "拔掉了"):
        record.note_backup(tmp_path, place, AT, "x")
    found = {known.place.name: known.same_disk for known in record.read(tmp_path).places}
    assert found == {"旁邊": True, "備份": False, "拔掉了": None}


def test_a_record_that_does_not_say_on_which_disk_a_place_is_is_not_trusted_to_mean_another(tmp_path: Path) -> None:
    (tmp_path / "旁邊").mkdir()
    for place in (tmp_path / "旁邊", tmp_path / "拔掉了"):
        record.note_backup(tmp_path, place, AT, "x")
    path = tmp_path / "backups" / "record.json"
    data = json.loads(path.read_bytes())
    for one in data["places"]:
        del one["same_disk"]  # as it was written at first
    path.write_text(json.dumps(data))
    known = record.read(tmp_path)
    assert [one.same_disk for one in known.places] == [None, None]
    found = {one.place.name: one.same_disk for one in record.looked_up(tmp_path, known).places}
    assert found == {"旁邊": True, "拔掉了": None}


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"3", b"\xff\xfe\x00", b"[" * 100_000, b'{"places": 3, "copy": [], "check": "x"}'],
)
def test_a_broken_record_is_an_empty_one(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "record.json").write_bytes(content)
    assert record.read(tmp_path) == Record()
    record.note_copy(tmp_path, AT, "x")
    assert record.read(tmp_path) == Record(copy=Copied(AT, "x"))


def test_a_broken_part_leaves_the_others(tmp_path: Path) -> None:
    record.note_copy(tmp_path, AT, "x")
    path = tmp_path / "backups" / "record.json"
    data = json.loads(path.read_bytes())
    naive = {"place": "/a", "at": "2026-11-23T19:11:11", "snapshot": "x"}
    sound = {"place": "/b", "at": AT.isoformat(), "snapshot": "x"}
    data |= {"places": [naive, None, sound, {"place": 3}], "drill": {"at": 5}, "check": {"at": AT.isoformat()}}
    path.write_text(json.dumps(data))
    assert record.read(tmp_path) == Record(places=(Known(Path("/b"), AT, "x"),), copy=Copied(AT, "x"))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda one: (
            st.lists(one)
            | st.dictionaries(
                st.sampled_from(
                    ["places", "copy", "trouble", "check", "drill", "at", "place", "snapshot", "problems", "files"]
                ),
                one,
            )
        ),
    )
)
def test_no_json_is_an_error(tmp_path_factory: pytest.TempPathFactory, data: object) -> None:
    folder = tmp_path_factory.mktemp("library")
    (folder / "backups").mkdir()
    (folder / "backups" / "record.json").write_text(json.dumps(data))
    assert isinstance(record.read(folder), Record)


@pytest.mark.skipif(os.name != "posix", reason="names of stray bytes")
def test_a_path_of_stray_bytes_is_kept(tmp_path: Path) -> None:
    place = Path(os.fsdecode(b"/media/\xff\xfe"))
    record.note_backup(tmp_path, place, AT, "x")
    assert record.read(tmp_path).places[0].place == place


def test_who_does_not_hold_the_library_notes_only_when_nobody_does(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text('{"host": "x", "process": 1, "since": "2025"}')
    with record.as_owner(tmp_path) as free:
        assert free
        with record.as_owner(tmp_path) as again:
            assert not again
    assert "2025" in (tmp_path / "lock").read_text(), "a crash is still to be looked at"
    held = Lock(tmp_path / "lock")
    with record.as_owner(tmp_path) as free:
        assert not free
    held.release()
    with record.as_owner(tmp_path / "nowhere") as free:
        assert not free


def test_a_record_that_cannot_be_read_now_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fails once must not make a library forget where its backups are."""
    record.note_backup(tmp_path, Path("/media/碟"), AT, "20261123T191111Z-0f1e2d3c")
    kept = (tmp_path / "backups" / "record.json").read_bytes()

    def fails(path: Path, _most: int) -> bytes:
        raise OSError(errno.EIO, "injected", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(bounded, "content", fails)
        assert record.read(tmp_path) == Record()
        with pytest.raises(OSError, match="injected"):
            record.note_check(tmp_path, AT, "full", 3)
    assert (tmp_path / "backups" / "record.json").read_bytes() == kept
