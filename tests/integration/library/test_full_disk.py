"""The whole road on a disk that is really full: a file system of a few megabytes, and a few pages of it free."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.checkout import ROOT

SIZE = "6m"


def on_a_small_disk(disk: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in which `disk` is a file system of its own; it goes with the process."""
    alone = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    mounted = f'mount -t tmpfs -o size={SIZE} tmpfs "{disk}" || exit 77; exec "$@"'
    return subprocess.run(
        [*alone, "sh", "-c", mounted, "sh", *command],
        env=os.environ | {"PYTHONPATH": str(ROOT / "tests")},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """A folder on which a small disk can be mounted; the test is skipped where that is not allowed."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not sys.platform.startswith("linux") or shutil.which("unshare") is None:
        pytest.skip("no unshare: no small file system can be made here")
    if (tried := on_a_small_disk(folder, "true")).returncode:
        pytest.skip(f"no small file system may be mounted here: {tried.stderr.strip()}")
    return folder


def test_a_full_disk_stops_every_step_with_a_sentence_and_harms_nothing(disk: Path, tmp_path: Path) -> None:
    program = ROOT / "tests" / "helpers" / "full_disk.py"
    ran = on_a_small_disk(disk, sys.executable, str(program), str(disk), str(tmp_path))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told = json.loads(ran.stdout)["told"]
    assert all(sentences[-1] == "done" for sentences in told.values()), "each came through when there was room"
    for name, sentences in told.items():
        assert all(sentence.endswith("。") for sentence in sentences[:-1]), (name, sentences)
        assert len(sentences) > 1, f"{name} was never in want of room"
        assert any("空間" in sentence for sentence in sentences[:-1]), (name, sentences)
