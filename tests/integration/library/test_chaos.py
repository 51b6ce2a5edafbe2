"""Kills at random moments: a short run of `dev.py chaos`, and the proof that it finds what is broken on purpose.

The long one, a thousand kills, is `python3 dev.py chaos --kills 1000 --seed 7`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from chaos.sabotage import WAYS
from helpers.checkout import ROOT

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the killer forks its writers")
FINDS = {"commit-first": "lost", "half-a-step": "lost", "no-list": "orphans", "in-place": "corrupt"}


def chaos(tmp_path: Path, disk: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "chaos", "--keep", str(tmp_path / "kept"), "--scratch", str(disk), *words],
        env=os.environ | {"PYTHONPATH": str(ROOT / "tests")},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )


def test_kills_at_any_moment_lose_nothing(tmp_path: Path, on_disk: Path) -> None:
    ran = chaos(tmp_path, on_disk, "--kills", "40", "--seed", "7")
    assert ran.stdout.splitlines()[-1] == "lost=0 orphans=0 corrupt=0 kills=40", ran.stdout + ran.stderr
    assert ran.returncode == 0
    assert not (tmp_path / "kept").exists()
    struck = set(re.findall(r"^killed in (.+): \d+$", ran.stdout, re.MULTILINE))
    assert len(struck) > 4, "the kills struck everywhere"


@pytest.mark.parametrize("way", WAYS)
def test_what_is_broken_on_purpose_is_found(tmp_path: Path, on_disk: Path, way: str) -> None:
    ran = chaos(tmp_path, on_disk, "--kills", "200", "--seed", "7", "--sabotage", way)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    counts = dict(re.findall(r"(\w+)=(\d+)", ran.stdout.splitlines()[-1]))
    assert int(counts[FINDS[way]]) > 0, ran.stdout
    (kept, *_more) = (tmp_path / "kept").iterdir()
    assert (kept / "library" / "library.sqlite3").is_file()
    assert (kept / "story.txt").read_text(encoding="utf-8").strip()
