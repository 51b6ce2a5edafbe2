"""Disks as they are: one that is really read only, one that is really full. In a mount namespace of its own, where that is allowed."""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.damage import DATABASE, all_hashes, copy_of_database, later_work, rich_library, spoil_pages, stored_path
from portfolio_desktop.library.library import Library

PROGRAM = f'"{sys.executable}" -m portfolio_desktop --home "$3"'


@functools.cache
def allowed() -> bool:
    """Whether this account may mount a small file system that nobody else sees."""
    if shutil.which("unshare") is None:
        return False
    words = ["unshare", "-m", "sh", "-c", "mount -t tmpfs none /mnt"]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def on_a_disk(script: str, *given: object) -> subprocess.CompletedProcess[str]:
    """Run a shell script that mounts what it needs: $1 the place for it, $2 a library, $3 a home."""
    if not allowed():
        pytest.skip("this account may not mount a file system of its own")
    words = ["unshare", "-m", "sh", "-ec", script, "sh", *map(str, given)]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=100)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = rich_library(tmp_path / "library")
    copy_of_database(folder)
    (tmp_path / "disk").mkdir()
    return folder


def test_a_read_only_disk_is_verified(folder: Path, tmp_path: Path) -> None:
    stored_path(folder, "影像.txt").unlink()
    script = f"""
        mount -t tmpfs none "$1"; cp -a "$2" "$1/library"; mount -o remount,ro "$1"
        {PROGRAM} --library "$1/library" verify --json || test $? = 3
    """
    ran = on_a_disk(script, tmp_path / "disk", folder, tmp_path / "home")
    assert (ran.returncode, ran.stderr) == (0, "")
    data = json.loads(ran.stdout)
    assert (data["ok"], data["files"]) == (False, 7)
    assert [(problem["code"], problem["pieces"][0]["title"]) for problem in data["problems"]] == [
        ("file.missing", "影像")
    ]


@pytest.mark.parametrize("room", [0, 40, 160])
def test_a_full_disk_keeps_everything_until_there_is_room(folder: Path, tmp_path: Path, room: int) -> None:
    """With `room` KiB left: nothing fits, or not all of it."""
    dump = later_work(folder)
    spoil_pages(folder / DATABASE)
    before = all_hashes(folder)
    script = f"""
        mount -t tmpfs -o size=64M none "$1"; cp -a "$2" "$1/library"
        used=$(df -k --output=used "$1" | tail -1)
        mount -o remount,size=$((used + {room}))k "$1"
        if {PROGRAM} rebuild "$1/library"; then exit 9; else test $? = 4; fi
        cp -a "$1/library" "$2-full"
        mount -o remount,size=64M "$1"
        {PROGRAM} rebuild "$1/library"
        cp -a "$1/library" "$2-after"
    """
    ran = on_a_disk(script, tmp_path / "disk", folder, tmp_path / "home")
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr.count("\n") == 1
    assert "磁碟空間不足" in ran.stderr
    assert before <= all_hashes(folder.with_name("library-full"))
    assert before <= all_hashes(folder.with_name("library-after"))
    with Library.open(folder.with_name("library-after"), read_only=True) as library:
        assert library.dump() == dump


def test_a_library_on_a_read_only_disk_is_moved_away_from_it(folder: Path, tmp_path: Path) -> None:
    with Library.open(folder, read_only=True) as library:
        dump = library.dump()
    script = f'mount --bind "$2" "$2"; mount -o remount,bind,ro "$2"; {PROGRAM} --library "$2" move --to "$1"'
    ran = on_a_disk(script, tmp_path / "new", folder, tmp_path / "home")
    assert (ran.returncode, "只讀取它來搬" in ran.stderr) == (0, True), ran.stderr
    with Library.open(tmp_path / "new") as moved:
        assert moved.dump() == dump


def test_a_library_whose_database_alone_is_read_only_is_verified(folder: Path, tmp_path: Path) -> None:
    script = (
        'mount --bind "$2/library.sqlite3" "$2/library.sqlite3"; mount -o remount,bind,ro "$2/library.sqlite3"; '
        f'{PROGRAM} --library "$2" verify --full --json'
    )
    ran = on_a_disk(script, tmp_path / "disk", folder, tmp_path / "home")
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["ok"]
