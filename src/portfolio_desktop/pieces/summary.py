"""The 簡述: 100 characters, counted by every counting that a platform is known to use.

    count("第一行 👍", rules)
      code_points  every character 1, a newline 1          (string length in Python)
      utf16        UTF-16 units, a newline 1               (string length in a browser: 👍 counts 2)
      bytes        UTF-8 bytes, a newline 1; thirds = bytes / 3 rounded up      (older platforms: 300 bytes)
      strict       UTF-16 units, a newline 2: never below any of the others

Line breaks of every system (CR LF, CR) are one newline before anything is counted, since a browser makes them so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from portfolio_desktop.findings.rules import Rules

Level = Literal["green", "amber", "red"]


@dataclass(frozen=True, slots=True)
class SummaryCount:
    """How long a summary is, by each counting.

    level       green while there is room, amber near the limit, red when the strict count is above it
    refused_by  the known countings that would refuse it: of code_points utf16 bytes
    limit       what the strict count is measured against
    """

    code_points: int
    utf16: int
    strict: int
    bytes: int
    thirds: int
    level: Level
    refused_by: tuple[str, ...]
    limit: int


def count(text: str, rules: Rules) -> SummaryCount:
    """Count a summary by every known counting; nothing is cut off or stripped."""
    plain = normal_newlines(text)
    newlines = plain.count("\n")
    code_points = len(plain)
    utf16 = code_points + sum(character > "\uffff" for character in plain)
    strict = utf16 + newlines * (rules.summary_newline - 1)
    octets = len(plain.encode("utf-8", "surrogatepass"))
    refused = {
        "code_points": code_points > rules.summary_limit,
        "utf16": utf16 > rules.summary_limit,
        "bytes": octets > rules.summary_bytes,
    }
    level: Level = "red" if strict > rules.summary_limit else "amber" if strict > rules.summary_near else "green"
    refused_by = tuple(name for name, over in refused.items() if over)
    return SummaryCount(
        code_points, utf16, strict, octets, -(-octets // 3), level, refused_by, limit=rules.summary_limit
    )


def normal_newlines(text: str) -> str:
    """The text with every line break as one newline."""
    return re.sub(r"\r\n?", "\n", text)
