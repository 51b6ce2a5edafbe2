"""Running the program, in this process for speed and as a process of its own for the contract."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from portfolio_desktop.cli.bar import Bar
from portfolio_desktop.cli.main import main
from portfolio_desktop.progress import Step


@dataclass(frozen=True)
class Ran:
    """What a run gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Window:
    """Stands where the window would open; remembers what it was opened on."""

    opened: list[tuple[Path | None, Path | None]] = field(default_factory=list)
    code: int = 0

    def __call__(self, home: Path | None, library: Path | None) -> int:
        self.opened.append((home, library))
        return self.code


Run = Callable[..., Ran]


def runner(home: Path, capsys: pytest.CaptureFixture[str], window: Window) -> Run:
    """A function that runs the command line in this process, on a home of its own."""

    def run(*words: object) -> Ran:
        capsys.readouterr()
        code = main(["--home", str(home), *map(str, words)], window)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


def interrupt_at_first_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Ctrl-C be pressed once, at the first step of progress that a command reports (from whichever thread)."""
    presses = iter([signal.SIGINT])

    def press(_bar: Bar, _step: Step) -> None:
        for number in presses:
            os.kill(os.getpid(), number)

    monkeypatch.setattr(Bar, "show", press)


def process(
    home: Path, *words: str | bytes, env: Mapping[str, str] | None = None, stdin: str | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the real program as its users do."""
    return subprocess.run(
        [sys.executable, "-m", "portfolio_desktop", "--home", str(home), *words],
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, **(env or {})},
        input=stdin.encode() if stdin is not None else None,
    )
