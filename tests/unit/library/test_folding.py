from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_desktop.library.folding import fold, grams, phrase


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("臺北", "台北"),
        ("ＡＩ影像", "ai影像"),
        ("數學建模：排隊", "數學建模:排隊"),
        ("ﾃｽﾄ", "テスト"),
        ("氣候\n變遷", "氣候變遷"),
        ("氣 候　變\t遷", "氣候變遷"),
        ("deep  learning", "deep learning"),
        ("⽣物", "生物"),  # Kangxi radical, as Qt writes it into PDFs
        ("Straße", "STRASSE"),
        ("内容", "內容"),
        ("零\u200b寬\ufeff度", "零寬度"),
        ("é", "e\u0301"),
        ("葛󠄀城", "葛城"),  # with a variation selector
    ],
)
def test_what_means_the_same_is_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("颱風", "台風"), ("乾", "干"), ("a b", "ab"), ("AI 影像", "AI影像"), ("后", "後")]
)
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_pairs_and_single_characters_are_in_the_index() -> None:
    words = grams("氣候變").split()
    assert [len(word) for word in words] == [8, 8, 4, 4, 4]
    assert words[0][4:] == words[1][:4]
    assert grams("") == ""


@pytest.mark.parametrize(("word", "count"), [("氣", 1), ("氣候", 1), ("氣候變", 2), ("𠮷a", 1)])
def test_a_phrase_has_a_word_for_each_pair(word: str, count: int) -> None:
    assert len(phrase(word).strip('"').split()) == count


@given(st.characters(), st.characters())
def test_characters_are_told_apart(one: str, other: str) -> None:
    assert (grams(one) == grams(other)) == (one == other)
    assert len(grams(one)) == 4
