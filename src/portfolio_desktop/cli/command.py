"""What a command is, and what it gets to work with.

Command(arguments, run, …)   in the module of its family, in a table COMMANDS by name
Call                         one run: the parsed arguments, the ground, the console, the wish to stop
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portfolio_desktop.bootstrap.ground import Ground
from portfolio_desktop.cli.bar import Bar
from portfolio_desktop.cli.console import Console
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress

OpenWindow = Callable[[Path | None, Path | None], int]
"""Opens the window on (home, library) and returns the exit code; given by the program's door, which alone knows the window."""


@dataclass(frozen=True, slots=True)
class Call:
    """One run of one command."""

    arguments: argparse.Namespace
    ground: Ground
    console: Console
    bar: Bar
    progress: Progress
    open_window: OpenWindow

    def __getattr__(self, name: str) -> Any:
        """The argument of that name: `call.paths` for PATH…."""
        return getattr(self.arguments, name)

    @property
    def library_folder(self) -> Path:
        """The library meant: --library, else PORTFOLIO_LIBRARY, else the last one used; raises PortfolioError when none is."""
        given = self.arguments.library or os.environ.get("PORTFOLIO_LIBRARY") or self.ground.settings.last_library
        if not given:
            raise PortfolioError(_("還沒有學習歷程庫：用 --library 指定一個，或用 init 建立一個"))
        return Path(given)


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what it does (a marked sentence), an example of its use, its arguments, and its run -> exit code."""

    does: str
    example: str
    run: Callable[[Call], int]
    arguments: Callable[[Parser], None] = lambda _parser: None
