import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_desktop.cli.console import Console, shown, to_json


def test_words_for_people_go_to_standard_output(capsys):
    Console(as_json=False).say("水質")
    Console(as_json=False).complain("不行")
    assert capsys.readouterr() == ("水質\n", "不行\n")


def test_with_json_words_go_to_standard_error(capsys):
    console = Console(as_json=True)
    console.say("水質")
    console.document({"標題": "水質"})
    captured = capsys.readouterr()
    assert captured.err == "水質\n"
    assert json.loads(captured.out) == {"標題": "水質"}
    assert "水質" in captured.out


def test_json_lines_are_one_line_each(capsys):
    console = Console(as_json=True)
    console.json_line({"a": "一\n二"})
    console.json_line({"a": 2})
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [{"a": "一\n二"}, {"a": 2}]


@given(st.text(st.characters()))
def test_any_text_gives_valid_json_that_reads_back(text):
    written = to_json({"path": text})
    assert json.loads(written.encode("utf-8")) == {"path": text}


def test_exact_bytes_are_not_touched(capfdbinary):
    Console(as_json=False).exact('{"a":"水\r\n"}'.encode())
    assert capfdbinary.readouterr().out == '{"a":"水\r\n"}'.encode()


def test_a_complaint_is_one_harmless_line(capsys):
    Console(as_json=False).complain("a\x1b]0;b\nc")
    assert capsys.readouterr().err == "a\\x1b]0;b\\nc\n"


def test_a_path_of_stray_bytes_can_be_shown():
    assert shown("caf\udce9.pdf") == "caf\\udce9.pdf"


@pytest.mark.parametrize("as_json", [True, False])
def test_nothing_is_live_in_a_pipe(capsys, as_json):
    console = Console(as_json=as_json)
    assert not console.live
    assert console.columns is None
