"""The data that is read once a run: every school year's rules, and every category's form.

    folder -> rules(folder) -> RuleBook        folder -> forms(folder) -> FormBook

A module of its own, since `--help` and the first picture of the window need neither.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from portfolio_desktop.findings.rules import RuleBook
from portfolio_desktop.pieces.forms import FormBook


@cache
def rules(folder: Path) -> RuleBook:
    """The rules in `folder`, read once."""
    return RuleBook.load(folder)


@cache
def forms(folder: Path) -> FormBook:
    """The forms in `folder`, read once."""
    return FormBook.load(folder)
