from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from portfolio_desktop.gui.past.difference import LONG, Part, difference

TEXTS = st.text(alphabet="去年今夏天的我們。，! abc12\n水質", max_size=60)


def joined(parts: tuple[Part, ...], without: str) -> str:
    return "".join(part.text for part in parts if part.kind != without)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_it(older: str, newer: str) -> None:
    parts = difference(older, newer)
    assert joined(parts, "come") == older
    assert joined(parts, "gone") == newer
    assert all(part.text for part in parts)
    assert all(one.kind != other.kind for one, other in pairwise(parts))


def test_a_changed_word_stands_between_what_stayed() -> None:
    assert difference("去年的夏天", "今年的夏天") == (Part("gone", "去"), Part("come", "今"), Part("same", "年的夏天"))


def test_equal_texts_are_one_part_and_empty_ones_none() -> None:
    assert difference("一樣", "一樣") == (Part("same", "一樣"),)
    assert difference("", "") == ()
    assert difference("", "新的") == (Part("come", "新的"),)


def test_words_of_other_letters_are_compared_as_wholes() -> None:
    assert difference("used Python", "used Pascal") == (
        Part("same", "used "),
        Part("gone", "Python"),
        Part("come", "Pascal"),
    )


def test_one_character_between_two_changes_does_not_split_them() -> None:
    assert difference("甲乙的丙丁", "天地的玄黃") == (Part("gone", "甲乙的丙丁"), Part("come", "天地的玄黃"))


def test_long_texts_are_compared_by_sentences() -> None:
    sentence = "這一句每次都一樣，只有號碼不同。"
    older = "".join(f"{number}{sentence}" for number in range(LONG // 10))
    newer = older.replace(f"50{sentence}", "改過的一句。", 1)
    parts = difference(older, newer)
    assert joined(parts, "gone") == newer
    assert Part("come", "改過的一句。") in parts
