"""How a damaged or missing file is told to people: in one line, with the pieces that it concerns."""

from __future__ import annotations

from portfolio_desktop.cli.console import shown
from portfolio_desktop.library.problems import Problem
from portfolio_desktop.messages import _


def problem_line(problem: Problem) -> str:
    """A problem with the pieces that it concerns, in one line."""
    pieces = _("、").join(f"{identity} {shown(title)}" for identity, title in problem.pieces)
    return f"  {shown(problem.message)}" + (_("［{pieces}］").format(pieces=pieces) if pieces else "")
