from __future__ import annotations

import string

import pytest

from portfolio_desktop.library.sentences import LABELS, SENTENCES, Sentence, one_or_many

VALUES = {"title": "水質調查", "name": "報告.pdf", "count": 3, "year": 113, "what": ["summary", "term"]}


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_can_be_said(code: str) -> None:
    wanted = {name for _text, name, *_rest in string.Formatter().parse(SENTENCES[code]) if name}
    said = str(Sentence(code, {name: VALUES[name] for name in wanted}))
    assert "{" not in said
    assert all(str(VALUES[name]) in said for name in wanted if name != "what")


def test_what_was_edited_is_named() -> None:
    assert str(Sentence("edit", {"title": "水質", "what": ["summary", "term"]})) == "修改「水質」的簡述、學期"
    assert set(LABELS) >= {"summary", "term"}


def test_one_is_named_and_many_are_counted() -> None:
    assert str(one_or_many("remove", ["甲"])) == "把「甲」移到垃圾桶"
    assert str(one_or_many("tick", ["甲", "乙"], year=113)) == "勾選 2 件到 113 學年度"


def test_a_newer_program_s_code_stands_for_itself() -> None:
    assert str(Sentence("merge", {"title": "甲"})) == "merge"


def test_braces_in_a_title_stay_text() -> None:
    assert str(Sentence("remove", {"title": "{0} {name}"})) == "把「{0} {name}」移到垃圾桶"
