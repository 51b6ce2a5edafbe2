"""What needs attention now, by urgency: what 總覽 begins with.

    Situation (situation.py) -> RULES, one small pure function each -> attention -> Item(code, urgency, numbers, aim) …

A rule yields what it sees, in no language; the words stand in attention_words.py. The rules stand by what they look at:
attention_care (backups, checks), attention_courses (certification), attention_pieces, attention_ticks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from portfolio_desktop.year.attention_care import CARE_RULES
from portfolio_desktop.year.attention_courses import COURSE_RULES
from portfolio_desktop.year.attention_pieces import PIECE_RULES
from portfolio_desktop.year.attention_ticks import TICK_RULES
from portfolio_desktop.year.item import URGENCIES, Item
from portfolio_desktop.year.situation import Situation

Rule = Callable[[Situation], Iterator[Item]]

RULES: tuple[Rule, ...] = (*CARE_RULES, *COURSE_RULES, *TICK_RULES, *PIECE_RULES)
"""Every rule; of equally urgent items those of earlier rules come first."""


def attention(situation: Situation) -> tuple[Item, ...]:
    """Everything that needs attention, the most urgent first."""
    items = (item for rule in RULES for item in rule(situation))
    return tuple(sorted(items, key=lambda item: URGENCIES.index(item.urgency)))
