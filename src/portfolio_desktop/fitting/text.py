"""Make a text obey the limits without changing a word: only what nobody sees is taken out.

tidy_summary   invisible characters, indents, runs of spaces and empty lines      (saves characters of the 100)
tidy_title     the same, on one line
tidy_parts     full-width commas between the parts of one value become the half-width ones that platforms expect

Each may be applied again without effect, and never makes a text longer.
"""

from __future__ import annotations

import re
import unicodedata

from portfolio_desktop.findings.characters import without_invisible

_LINE_BREAKS = re.compile(r"\r\n?")
_ODD_BREAKS = re.compile(r"[\v\f\x1c-\x1e\x85\u2028\u2029]")  # as word processors leave them; a form shows none of them
_SPACES = re.compile(r"[^\S\n]+")
_WIDE = r"[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60]"
_PUNCTUATION = r"[\u3001-\u3003\u3008-\u3011\u3014-\u301b\uff01\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff1f]"
_BEFORE_PUNCTUATION = re.compile(rf"(?<={_WIDE}) (?={_PUNCTUATION})")
_AFTER_PUNCTUATION = re.compile(rf"(?<={_PUNCTUATION}) (?={_WIDE})")
_PART_BREAKS = re.compile(r"\s*[,\uff0c\u3001;\uff1b]\s*")


def tidy_summary(text: str) -> str:
    """A summary without what takes room and shows nothing; lines stay lines."""
    composed = _LINE_BREAKS.sub("\n", unicodedata.normalize("NFC", text))
    plain = without_invisible(_ODD_BREAKS.sub(" ", composed))
    lines = (_tidy_line(line) for line in plain.split("\n"))
    return "\n".join(line for line in lines if line)


def tidy_title(text: str) -> str:
    """A title on one line, without what shows nothing."""
    return _tidy_line(tidy_summary(text).replace("\n", " "))


def tidy_parts(text: str, separator: str) -> str:
    """The parts of one value, divided by `separator` alone: 聽力80，閱讀75 becomes 聽力80,閱讀75."""
    return separator.join(part for part in _PART_BREAKS.split(tidy_title(text)) if part)


def _tidy_line(line: str) -> str:
    spaced = _SPACES.sub(" ", line).strip()
    return _AFTER_PUNCTUATION.sub("", _BEFORE_PUNCTUATION.sub("", spaced))
