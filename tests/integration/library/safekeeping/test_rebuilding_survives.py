"""Rebuilding is killed at every call and at any moment, and every call fails once: run again it ends equal, and no byte is lost."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import killed_rebuilder
from helpers.damage import (
    DATABASE,
    all_hashes,
    copy_of_database,
    flip,
    later_work,
    rich_library,
    spoil_pages,
    stored_path,
)
from helpers.faults import failing
from helpers.killed_rebuilder import MOMENT
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.safekeeping.rebuilding import rebuild
from portfolio_desktop.library.safekeeping.verifying import verify

pytestmark = pytest.mark.no_cover  # a hundred times what other tests do once
posix = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
MOMENTS = 12
PARTS = 4
"""Tests among which the calls are dealt out, so that they can run side by side."""
CODES = (errno.ENOSPC, errno.EIO, errno.EACCES)


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything at once: a spoilt database, a copy, a newer catalog, a flipped and a lost file, one that nothing names."""
    folder = rich_library(tmp_path_factory.mktemp("damaged") / "library")
    copy_of_database(folder)
    later_work(folder)
    backup = tmp_path_factory.mktemp("backup")
    shutil.copy(stored_path(folder, "社團.txt"), backup)
    flip(stored_path(folder, "影像.txt"))
    path = stored_path(folder, "社團.txt")
    path.rename(path.with_name("renamed.txt"))
    stored_path(folder, "第二版.txt").unlink()
    (folder / "files" / "手放的").mkdir()
    (folder / "files" / "手放的" / "新的.txt").write_text("nothing names this")
    spoil_pages(folder / DATABASE)
    return folder


@pytest.fixture(scope="module")
def expected(damaged: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The dump when nothing interrupts."""
    folder = Path(shutil.copytree(damaged, tmp_path_factory.mktemp("expected") / "library"))
    done = rebuild(folder, clock=lambda: MOMENT)
    assert done.rebuilt
    assert [title for _id, title in done.filed] == ["新的"]
    assert {problem.pieces[0][1] for problem in done.missing} == {"影像", "水質"}
    assert len(done.aside) == 4
    return dump(folder)


def dump(folder: Path) -> bytes:
    with Library.open(folder, read_only=True) as library:
        assert {problem.code for problem in verify(library).problems} == {"file.missing"}
        return library.dump()


def killed(damaged: Path, scratch: Path, how: str, count: int) -> int:
    ran = subprocess.run(
        [sys.executable, killed_rebuilder.__file__, str(damaged), str(scratch), how, str(count)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(killed_rebuilder.__file__).parents[1])},
    )
    assert ran.returncode == 0, ran.stderr
    return int(ran.stdout)


@posix
@pytest.mark.parametrize("how", ["calls", "moments"])
def test_killed_it_can_be_run_again(damaged: Path, expected: bytes, tmp_path: Path, how: str) -> None:
    limit = 2000 if how == "calls" else MOMENTS
    count = killed(damaged, tmp_path, how, limit)
    assert (20 < count < limit) if how == "calls" else count == MOMENTS
    before, midway = all_hashes(damaged), 0
    for number in range(1, count + 1):
        folder = tmp_path / str(number)
        assert before <= all_hashes(folder), f"bytes were lost when killed at {number}"
        done = rebuild(folder, clock=lambda: MOMENT)
        midway += done.rebuilt
        assert before <= all_hashes(folder)
        assert dump(folder) == expected, f"killed at {number}"
        shutil.rmtree(folder)
    assert midway > count // 3


@pytest.mark.parametrize("part", range(PARTS))
def test_any_call_may_fail_once(damaged: Path, expected: bytes, tmp_path: Path, part: int) -> None:
    before, told = all_hashes(damaged), list[str]()
    for number in range(1 + part, 2000, PARTS):
        folder = Path(shutil.copytree(damaged, tmp_path / str(number)))
        with pytest.MonkeyPatch.context() as patch:
            calls = failing(patch, folder, number, CODES[number % len(CODES)])
            try:
                rebuild(folder, clock=lambda: MOMENT)
            except PortfolioError as error:
                told.append(str(error))
        assert before <= all_hashes(folder), f"bytes were lost at {number}"
        rebuild(folder, clock=lambda: MOMENT)
        assert before <= all_hashes(folder)
        assert dump(folder) == expected, f"failed at {number}"
        shutil.rmtree(folder)
        if not calls.came:
            break
    assert not calls.came
    assert number > 30
    assert len(told) > 3
    assert all(sentence.endswith("。") and "\n" not in sentence for sentence in told)
