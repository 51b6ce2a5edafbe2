import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from portfolio_desktop.cli.width import clean, cut, pad, table, width, wrap


def test_han_take_two_columns_and_latin_one():
    assert width("水質ab") == 6
    assert width("ＡＩ") == 4
    assert width("e\u0301") == 1
    assert width("") == 0


def test_padding_counts_columns():
    assert pad("水質", 6) == "水質  "
    assert pad("12", 4, right=True) == "  12"


def test_cutting_never_splits_a_wide_character():
    assert cut("水質調查", 8) == "水質調查"
    assert cut("水質調查", 5) == "水質…"
    assert cut("水質調查", 4) == "水…"
    assert cut("水質調查", 0) == ""


@given(st.text(), st.integers(min_value=1, max_value=30))
def test_cut_text_fits(text, columns):
    assert width(cut(text, columns)) <= columns


def test_names_cannot_steer_the_terminal():
    assert clean("a\x1b[31mb") == "a\\x1b[31mb"
    assert clean("一\n二") == "一\\n二"
    assert clean("報告\u202egpj.exe") == "報告\\u202egpj.exe"
    assert clean("\udce9.pdf") == "\\udce9.pdf"
    assert clean("水質調查報告.pdf") == "水質調查報告.pdf"


@given(st.text(st.characters()))
def test_clean_text_is_one_encodable_line_without_controls(text):
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in cleaned)


def test_table_columns_stand_straight():
    lines = table(["編號", "標題", "頁"], [["p1", "水質調查", "3"], ["p12", "AI", "12"]], right=(2,))
    assert lines == ["編號  標題      頁", "p1    水質調查   3", "p12   AI        12"]


def test_table_shortens_its_widest_column_to_the_terminal():
    lines = table(["編號", "標題"], [["p1", "水" * 40]], limit=30)
    assert max(map(width, lines)) <= 30
    assert lines[1].endswith("…")


def test_table_without_limit_keeps_everything():
    assert "水" * 40 in table(["標題"], [["水" * 40]])[1]


def test_table_without_rows_is_its_heading():
    assert table(["編號", "標題"], []) == ["編號  標題"]


def test_wrapping_breaks_between_han_and_between_words_but_not_before_a_comma():
    assert wrap("水質調查，報告", 8) == ["水質調", "查，報告"]
    assert wrap("one two three", 8) == ["one two", "three"]
    assert wrap("用 --library 指定", 12) == ["用 --library", "指定"]


@given(st.text(st.sampled_from("水質調查 ab-，。"), max_size=60), st.integers(min_value=12, max_value=40))
def test_wrapping_loses_nothing_but_spaces(text, columns):
    assert "".join(wrap(text, columns)).replace(" ", "") == text.replace(" ", "")
