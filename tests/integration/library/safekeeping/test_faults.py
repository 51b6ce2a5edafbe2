"""Every call to the file system fails once, or kills: what was there stays, nothing half-done counts, and it can be done again.

The calls are those of the C library below SQLite and Python alike (faults.c). In the usual run each operation meets some of
them in each way; FAULTS=all meets every one.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import fault_runner
from helpers.fault_runner import OPERATIONS

HELPERS = Path(fault_runner.__file__).parent
KILL = 0
MODES = {
    "full": (errno.ENOSPC, ()),
    "full for good": (errno.ENOSPC, ("persistent",)),
    "input or output error": (errno.EIO, ()),
    "forbidden": (errno.EACCES, ()),
    "killed": (KILL, ()),
}
EVERY = os.environ.get("FAULTS") == "all"
STRIDES = {"restore by the catalog": 151, "backup reading": 13, "restore reading": 19, "copy at close": 19}
"""How many calls are passed over after each, where there are few; else OFTEN."""
OFTEN = 61

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="LD_PRELOAD and /proc"),
    pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler for the faults"),
    pytest.mark.timeout(3600 if EVERY else 300),
]


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = tmp_path_factory.mktemp("faults") / "faults.so"
    command = ["cc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", str(built), str(HELPERS / "faults.c"), "-ldl"]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"this compiler or C library makes no faults: {made.stderr[-200:]}")
    return built


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", OPERATIONS)
def test_a_call_that_fails(name: str, mode: str, shim: Path, tmp_path: Path) -> None:
    number, more = MODES[mode]
    stride = 1 if EVERY else STRIDES.get(name, OFTEN)
    start = 1 if EVERY else 1 + list(MODES).index(mode) * stride // len(MODES)
    runner = [sys.executable, fault_runner.__file__, name, str(tmp_path), str(number), str(start), str(stride), *more]
    environment = os.environ | {"LD_PRELOAD": str(shim), "PYTHONPATH": str(HELPERS.parent)}
    ran = subprocess.run(runner, capture_output=True, text=True, check=False, env=environment)
    assert ran.returncode == 0, ran.stderr[-2000:]
    *met, end = (json.loads(line) for line in ran.stdout.splitlines())
    assert len(met) >= end["calls"] // stride - 1 > 0
    assert [one for one in met if one["outcome"] not in ("done", "told", "problems", "killed")] == []
    outcomes = {one["outcome"] for one in met}
    if number == KILL:
        assert outcomes == {"killed"}
    elif name == "copy at close":
        assert outcomes == {"done"}
    else:
        assert "told" in outcomes
    if "reading" not in name:
        assert "problems" not in outcomes, "what the other disk does is no damage of the library or the backup"
