"""One code's entry: how bad, the sentence, what to do, and the mend's name where the program has one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Entry:
    """What a finding's code means; `message` and `advice` are marked with N_ and filled by `wording.phrase`.

    severity  `error` keeps a platform from taking it, `warning` may, `hint` is advice
    fix       the name of the mend that the program offers, or None
    needs     the number (by its key) without which the mend does not apply, for example `to`
    """

    severity: Literal["error", "warning", "hint"]
    message: str
    advice: str
    fix: str | None = None
    needs: str | None = None
