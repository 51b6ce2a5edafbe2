"""The questions beside a summary: three parts for every category, each with questions, and room for all in a hundred."""

from __future__ import annotations

import pytest

from helpers.judged import RULES
from portfolio_desktop.pieces.guidance import guidance
from portfolio_desktop.pieces.piece import CATEGORIES


@pytest.mark.parametrize("category", [None, *CATEGORIES])
def test_every_category_is_asked_about_three_parts(category: str | None) -> None:
    steps = guidance(category)
    assert len({step.heading for step in steps}) == 3
    assert sum(step.about for step in steps) <= RULES.summary_near
    questions = [question for step in steps for question in step.questions]
    assert all(question.endswith("？") for question in questions), "it asks, and never says what to write"
    assert len(set(questions)) == len(questions)
    assert len(questions) >= (6 if category else 4)


def test_each_category_is_asked_something_of_its_own() -> None:
    usual = {question for step in guidance(None) for question in step.questions}
    own = [{q for step in guidance(category) for q in step.questions} - usual for category in CATEGORIES]
    assert all(len(questions) == 2 for questions in own)
    assert len(set().union(*own)) == 2 * len(CATEGORIES)
