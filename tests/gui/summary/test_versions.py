from hypothesis import given
from hypothesis import strategies as st

from portfolio_desktop.gui.summary.versions import has_all_of, worth_showing
from portfolio_desktop.library.records import TextVersion


def version(group: int, minute: int, text: str, *, current: bool = False) -> TextVersion:
    when = f"2024-10-01T20:{minute:02d}:00+08:00"
    return TextVersion("summary", group, when, "", text, current)


def test_a_text_that_only_went_on_is_told_once() -> None:
    newest_first = [
        version(4, 5, "我們量了水質，學到很多。", current=True),
        version(3, 4, "我們量了水質，"),
        version(2, 3, "我們量"),
        version(1, 2, "我"),
    ]
    assert [text.group for text in worth_showing(newest_first)] == [4]


def test_a_text_that_something_was_taken_out_of_is_told() -> None:
    newest_first = [version(3, 5, "貼錯了", current=True), version(2, 4, "寫了很久的簡述"), version(1, 3, "寫了很久")]
    assert [text.group for text in worth_showing(newest_first)] == [3, 2]


def test_another_evening_s_text_is_told() -> None:
    newest_first = [version(2, 50, "甲乙丙", current=True), version(1, 3, "甲乙")]
    assert [text.group for text in worth_showing(newest_first)] == [2, 1]


def test_what_was_there_before_the_log_is_told() -> None:
    newest_first = [version(1, 3, "甲乙", current=True), TextVersion("summary", 0, "", "", "甲")]
    assert [text.group for text in worth_showing(newest_first)] == [1, 0]


@given(st.text(max_size=40), st.sets(st.integers(0, 39)))
def test_leaving_characters_out_leaves_a_part(text: str, out: set[int]) -> None:
    shorter = "".join(character for place, character in enumerate(text) if place not in out)
    assert has_all_of(text, shorter)
    assert has_all_of(shorter, text) is (shorter == text)
