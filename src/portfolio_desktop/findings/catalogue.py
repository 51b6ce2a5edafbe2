"""Every finding's code, in one table: codes are stable, since scripts and libraries remember them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Entry:
    """One code: how bad, the sentence, what to do, and the mend's name where the program has one."""

    severity: Literal["error", "warning", "hint"]
    message: str
    advice: str
    fix: str | None = None


CATALOGUE: Mapping[str, Entry] = {}
