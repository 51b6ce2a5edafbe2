from hypothesis import given
from hypothesis import strategies as st

from portfolio_desktop.gui.palette.matching import MOST, Entry, best, fold


def entries(*words: str) -> list[Entry]:
    return [Entry(f"do:{word}", word) for word in words]


def found(text: str, *words: str, recent: tuple[str, ...] = ()) -> list[str]:
    return [entry.words for entry in best(entries(*words), text, [f"do:{word}" for word in recent])]


def test_what_begins_so_comes_before_what_holds_it_and_what_has_its_letters() -> None:
    words = ("收進檔案…", "匯出…", "檔案收好", "收到的檔案", "收")
    assert found("收檔", *words) == ["收進檔案…", "收到的檔案"]
    assert found("檔案", *words) == ["檔案收好", "收進檔案…", "收到的檔案"]


def test_the_closer_the_letters_stand_the_sooner() -> None:
    assert found("水報", "水很多很多的報告", "水質報告") == ["水質報告", "水很多很多的報告"]


def test_what_was_used_lately_comes_first_among_its_like() -> None:
    assert found("匯", "匯出甲", "匯出乙", "匯出丙", recent=("匯出丙", "匯出乙")) == ["匯出丙", "匯出乙", "匯出甲"]
    assert found("", "甲", "乙", "丙", recent=("丙",)) == ["丙", "甲", "乙"]
    assert found("乙", "丙乙", "乙", recent=("丙乙",)) == ["乙", "丙乙"]


def test_full_width_capitals_and_blanks_make_no_difference() -> None:
    assert found("ＰＤＦ　報", "pdf 報告", "報告") == ["pdf 報告"]


def test_nothing_fits_and_nothing_is_shown() -> None:
    assert found("鯨", "收進檔案…") == []
    assert found("案收", "收進檔案…") == []


def test_no_more_are_shown_than_can_be_looked_through() -> None:
    assert len(best([Entry(str(number), "水") for number in range(500)], "水")) == MOST


@given(st.lists(st.text(max_size=12), max_size=30, unique=True), st.text(max_size=4))
def test_exactly_those_are_found_that_have_the_letters_in_order(words: list[str], text: str) -> None:
    def has(word: str) -> bool:
        rest = iter(fold(word))
        return all(letter in rest for letter in fold(text))

    got = best([Entry(word, word) for word in words], text)
    assert {entry.words for entry in got} == {word for word in words if has(word)}
