"""How a damaged or missing file is told: to people in one line, with the pieces that it concerns; to machines; by the exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from portfolio_desktop.cli.console import Console, shown
from portfolio_desktop.errors import DamageError
from portfolio_desktop.library.problems import Problem
from portfolio_desktop.messages import _


def problem_line(problem: Problem) -> str:
    """A problem with the pieces that it concerns, in one line."""
    pieces = _("、").join(f"{identity} {shown(title)}" for identity, title in problem.pieces)
    return f"  {shown(problem.message)}" + (_("［{pieces}］").format(pieces=pieces) if pieces else "")


def say_problems(console: Console, problems: Iterable[Problem]) -> None:
    """Each in its line."""
    for problem in problems:
        console.say(problem_line(problem))


def problems_json(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """What `--json` prints of them."""
    return [problem.to_json() for problem in problems]


def code_of(problems: Sequence[object]) -> int:
    """The exit code: 3 where anything is damaged."""
    return DamageError.exit_code if problems else 0
