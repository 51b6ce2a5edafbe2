"""A summary taken apart: nothing is counted twice or forgotten, and where it runs over is where the strict count does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.judged import RULES
from portfolio_desktop.pieces.breakdown import PARTS, look, part_of
from portfolio_desktop.pieces.summary import count, normal_newlines

TEXTS = st.one_of(st.text(max_size=150), st.text("水質a1，。 \n\r👍𠮷é\u200b", max_size=150))


@pytest.mark.parametrize(
    ("character", "part"),
    [
        ("水", "characters"),
        ("ㄅ", "characters"),
        ("a", "letters"),
        ("９", "letters"),
        ("，", "marks"),
        ("+", "marks"),
        (" ", "spaces"),
        ("\u3000", "spaces"),
        ("\t", "spaces"),
        ("\n", "newlines"),
        ("👍", "wide"),
        ("𠮷", "wide"),
        ("\u200b", "others"),
        ("\u0301", "others"),
    ],
)
def test_every_character_is_of_one_kind(character: str, part: str) -> None:
    assert part_of(character) == part


@given(TEXTS)
def test_the_parts_are_the_text_and_cost_what_the_strict_count_says(text: str) -> None:
    seen = look(text, RULES)
    assert sum(part.count for part in seen.parts) == len(normal_newlines(text))
    assert sum(part.cost for part in seen.parts) == seen.counted.strict
    assert all(part.count for part in seen.parts)
    assert [part.name for part in seen.parts] == [name for name in PARTS if name in {p.name for p in seen.parts}]


@given(TEXTS)
def test_the_countings_agree_with_who_would_refuse(text: str) -> None:
    seen = look(text, RULES)
    over = {counting.name for counting in seen.countings if counting.over}
    assert over - {"strict"} == set(seen.counted.refused_by)
    assert ("strict" in over) is (seen.counted.level == "red")
    assert seen.counted == count(text, RULES)


@given(TEXTS)
def test_it_fits_to_where_the_strict_count_reaches_its_limit(text: str) -> None:
    plain = normal_newlines(text)
    seen = look(text, RULES)
    units = plain.encode("utf-16-le", "surrogatepass")
    start = units[: seen.fits * 2].decode("utf-16-le", "surrogatepass")
    assert count(start, RULES).strict <= RULES.summary_limit
    if len(start) < len(plain):
        assert count(plain[: len(start) + 1], RULES).strict > RULES.summary_limit
    else:
        assert seen.counted.level != "red"
