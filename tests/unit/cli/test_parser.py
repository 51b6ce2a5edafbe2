import pytest

from portfolio_desktop.cli.parser import Parser, definitions
from portfolio_desktop.errors import UsageError


def made() -> Parser:
    parser = Parser("add", "把檔案收進來。", "portfolio-desktop add 報告.pdf")
    parser.add("paths", nargs="+", metavar="路徑", help="檔案或資料夾")
    parser.add("--term", metavar="學期", help="哪一個學期")
    return parser


def test_options_may_stand_between_arguments():
    found = made().read(["a.pdf", "--json", "--term", "113-1", "b.pdf"])
    assert (found.paths, found.term, found.json) == (["a.pdf", "b.pdf"], "113-1", True)


def test_what_follows_two_dashes_is_no_option():
    assert made().read(["--", "--term"]).paths == ["--term"]


def test_a_value_may_begin_with_a_dash_but_is_no_option():
    assert made().read(["a", "--term", "-1"]).term == "-1"
    assert made().read(["a", "--term", "- 一"]).term == "- 一"
    assert made().read(["a", "--term=--json"]).term == "--json"


def test_an_option_of_several_values_takes_the_words_with_an_equals_sign():
    parser = made()
    parser.add("--field", nargs="+", action="extend", metavar="名稱=值")
    found = parser.read(["--field", "a=1", "b=2", "報告.pdf", "--field", "c=3=4"])
    assert found.field == ["a=1", "b=2", "c=3=4"]
    assert found.paths == ["報告.pdf"]


def test_one_word_too_many_is_named_alone():
    with pytest.raises(UsageError, match="不認得 extra。"):
        Parser("list", "", "").read(["extra"])


def test_numbers_and_sentences_are_arguments():
    assert made().read(["-1", "- 第一點", "-"]).paths == ["-1", "- 第一點", "-"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "少了 路徑"),
        (["a", "--term"], "後面要有一個值"),
        (["a", "--nonsense"], "不認得 --nonsense"),
        (["a", "--ter", "113-1"], "不認得 --ter"),
        (["a", "--lang", "fr"], "沒有這種語言：fr"),
        (["a", "--json=yes"], "不帶值"),
        (["--nonsense", "a", "--", "b"], "不認得 --nonsense。"),
    ],
)
def test_a_wrong_word_is_one_chinese_sentence_with_the_way_to_the_help(words, sentence):
    with pytest.raises(UsageError) as caught:
        made().read(words)
    text = str(caught.value)
    assert sentence in text
    assert "portfolio-desktop add --help" in text
    assert "\n" not in text


def test_help_names_everything_and_has_an_example():
    text = made().format_help()
    for word in ("用法：", "參數：", "選項：", "共通選項：", "範例：", "--term 學期", "路徑…", "--library", "--json"):
        assert word in text
    for english in ("usage:", "options:", "positional", "show this help", "optional"):
        assert english not in text


def test_explanations_stand_in_one_column():
    assert definitions([("水", "一"), ("--json", "二")]) == ["  水      一", "  --json  二"]


def test_a_long_name_gets_its_own_line():
    lines = definitions([("-" * 40, "一"), ("a", "二")])
    assert lines[0].strip() == "-" * 40
    assert lines[1].index("一") == lines[2].index("二")
