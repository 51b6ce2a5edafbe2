"""Which earlier summaries are worth showing; pure.

Typing is kept at every pause, so that one evening leaves dozens of texts of which each only has a little more than the one
before. A text that went on into the next one within minutes, with nothing of it lost, is not told; one that anything was
taken out of always is.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from portfolio_desktop.library.records import TextVersion

STRETCH = datetime.timedelta(minutes=10)


def worth_showing(texts: Sequence[TextVersion]) -> tuple[TextVersion, ...]:
    """Of one field's texts, the newest first, those that tell something that the next newer one does not."""
    shown: list[TextVersion] = []
    newer: TextVersion | None = None
    for text in texts:
        if newer is None or text.current or not _went_on(text, newer):
            shown.append(text)
        newer = text
    return tuple(shown)


def _went_on(older: TextVersion, newer: TextVersion) -> bool:
    return _soon(older.when, newer.when) and has_all_of(newer.text, older.text)


def has_all_of(longer: str, shorter: str) -> bool:
    """Whether every character of a text stands in another one, in the same order."""
    rest = iter(longer)
    return all(character in rest for character in shorter)


def _soon(earlier: str, later: str) -> bool:
    try:
        between = datetime.datetime.fromisoformat(later) - datetime.datetime.fromisoformat(earlier)
    except (ValueError, TypeError):
        return False  # the first text has no time: nobody wrote it down
    return datetime.timedelta(0) <= between <= STRETCH
