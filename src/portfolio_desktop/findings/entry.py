"""One code's entry: how bad, what is wrong, why it matters, what to do, and the mend's name where the program has one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Entry:
    """What a finding's code means; its sentences are marked with N_ and filled by `wording.phrase`.

    severity  `error` keeps a platform from taking it, `warning` may, `hint` is advice
    message   what is wrong
    why       why it matters to a student: what a platform or a reader does with it
    advice    what to do
    fix       the name of the mend that the program offers, or None
    needs     the number (by its key) without which the mend does not apply, for example `to`
    """

    severity: Literal["error", "warning", "hint"]
    message: str
    why: str
    advice: str
    fix: str | None = None
    needs: str | None = None
