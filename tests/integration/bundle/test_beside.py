"""Unfinished bundles beside their target: gone when their process is, whatever became of it, and nothing else is touched."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from helpers.bundles import Shelf, small_plan
from portfolio_desktop.bundle import archive, beside
from portfolio_desktop.bundle.verify import verify
from portfolio_desktop.errors import DamageError
from portfolio_desktop.library.lock import borrowed

KINDS = pytest.mark.parametrize("kind", [".part", ".part.zip"])
WORKS = """
import sys, time
from pathlib import Path
from portfolio_desktop.bundle import beside
with beside.unfinished(Path(sys.argv[1]), sys.argv[2]) as stage:
    if sys.argv[2] == ".part":
        (stage / "01_course").mkdir()
        (stage / "01_course" / "report.pdf").write_bytes(b"half")
    else:
        stage.write_bytes(b"half")
    print("begun", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "desk").mkdir()
    return tmp_path / "desk"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf")


@contextmanager
def someone_at_work(folder: Path, kind: str) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", WORKS, str(folder), kind], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"begun"
        try:
            yield process
        finally:
            process.kill()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def dead(folder: Path, kind: str) -> Path:
    """What a process that was killed left."""
    with someone_at_work(folder, kind) as process:
        process.kill()
        process.wait()
    (stage,) = folder.glob(f"{beside.PREFIX}*{kind}")
    return stage


@KINDS
@pytest.mark.parametrize("name", ["a", "a.zip"])
def test_what_a_killed_export_left_goes_with_the_next(desk: Path, shelf: Shelf, kind: str, name: str) -> None:
    dead(desk, kind)
    assert len(names(desk)) == 2
    assert verify(archive.write(small_plan(shelf), shelf.path, desk / name).path).sound
    assert names(desk) == {name}


@KINDS
def test_what_a_living_process_works_on_stays(desk: Path, shelf: Shelf, kind: str) -> None:
    with someone_at_work(desk, kind):
        before = names(desk)
        archive.write(small_plan(shelf), shelf.path, desk / "a")
        assert names(desk) == before | {"a"}


@KINDS
def test_work_that_ends_or_fails_leaves_nothing(desk: Path, kind: beside.Kind) -> None:
    with beside.unfinished(desk, kind) as stage:
        assert stage.is_dir() is (kind == ".part")
    with pytest.raises(LookupError), beside.unfinished(desk, kind):
        raise LookupError
    assert names(desk) == set()


def test_what_is_not_ours_is_let_alone(desk: Path, shelf: Shelf, tmp_path: Path) -> None:
    token = "0123456789abcdef"
    (desk / f"{beside.PREFIX}{token}.part").mkdir()  # no lock: nobody says whose it is
    for name in ("notes.part", "notes.lock", f"{token}.part.txt", f"{token[:-1]}.part", f"{token.upper()}.lock"):
        (desk / f"{beside.PREFIX}{name}").write_text("mine")
    other = "f" * 16
    (tmp_path / "elsewhere").write_text("mine")
    (desk / f"{beside.PREFIX}{other}.lock").symlink_to(tmp_path / "elsewhere")
    (desk / f"{beside.PREFIX}{other}.part.zip").write_text("mine")
    before = names(desk)
    archive.write(small_plan(shelf), shelf.path, desk / "a")
    assert names(desk) == before | {"a"}


def test_a_link_that_stands_for_a_stage_is_not_followed(desk: Path, tmp_path: Path) -> None:
    stage = dead(desk, ".part.zip")
    stage.unlink()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "report.pdf").write_text("mine")
    stage.symlink_to(tmp_path / "mine")
    beside.clear_up(desk, earlier=False)
    assert names(desk) == set()
    assert (tmp_path / "mine" / "report.pdf").read_text() == "mine"


def test_an_earlier_bundle_that_was_set_aside_goes_only_when_there_is_a_new_one(desk: Path, shelf: Shelf) -> None:
    stage = dead(desk, ".part")
    earlier = archive.write(small_plan(shelf, 2), shelf.path, desk.parent / "b").path.rename(beside.aside(stage))
    plan = small_plan(shelf, 1)
    with pytest.raises(DamageError):
        archive.write(plan, lambda _sha256: desk / "missing", desk / "a")
    assert verify(earlier).sound
    assert not stage.exists()
    archive.write(plan, shelf.path, desk / "a")
    assert names(desk) == {"a"}


def test_a_lock_that_is_held_again_is_not_taken_away(desk: Path) -> None:
    stage = dead(desk, ".part")
    with borrowed(stage.with_suffix(".lock")) as held:
        assert held
        beside.clear_up(desk, earlier=False)
    assert names(desk) == {stage.name, stage.with_suffix(".lock").name}
