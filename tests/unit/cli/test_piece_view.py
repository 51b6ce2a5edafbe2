"""What findings are about is said in words, whichever form the piece has."""

import pytest

from helpers.judged import FORMS
from portfolio_desktop.cli.piece_view import about_words
from portfolio_desktop.pieces.piece import CATEGORIES


@pytest.mark.parametrize("category", [None, *CATEGORIES])
def test_everything_that_a_finding_may_be_about_has_words(category):
    form = None if category is None else FORMS.form(category, "general")
    words = about_words(form)
    own = {spec.name for spec in form.fields} if form else set()
    for name in own | {"title", "category", "term", "course", "link", "certification", "document", "media", "source"}:
        assert words[name]
        assert not words[name].isascii()


def test_a_forms_own_label_goes_before():
    assert about_words(FORMS.form("competition", "general"))["summary"] == "內容簡述"
