import io
import re
import shutil
import sys
from dataclasses import fields

import pytest

from portfolio_desktop.bootstrap import ground as ground_module
from portfolio_desktop.cli.commands import COMMANDS
from portfolio_desktop.findings.rules import RULE_TYPES
from portfolio_desktop.pieces.piece import CATEGORIES
from portfolio_desktop.pieces.summary import SummaryCount
from portfolio_desktop.places import resources

HAN = re.compile(r"[\u3400-\u9fff]")


def test_the_years_in_which_rules_changed_are_listed(run):
    listed = run("rules", "list", "--json").json
    since = {row["since"]: row["rules"] for row in listed["years"]}
    assert "document_limit" in since[109]
    assert listed["now"] >= 115
    assert "109" in run("rules", "list").out


def test_a_years_rules_have_value_source_and_confidence(run):
    shown = run("rules", "show", "113", "--json").json
    assert shown["rules"].keys() == RULE_TYPES.keys()
    limit = shown["rules"]["document_limit"]
    assert (limit["value"], limit["unit"], limit["since"]) == (4 * 1024 * 1024, "bytes", 109)
    assert limit["source"]
    assert run("rules", "show", "108", "--json").json["rules"]["document_limit"]["value"] < limit["value"]
    text = run("rules", "show", "113").out
    assert "文件每件的大小上限（document_limit）：4,194,304 位元組" in text


def test_the_forms_fields_are_shown_with_their_codes(run):
    forms = run("rules", "show", "--json").json["forms"]
    assert tuple(forms) == CATEGORIES
    level = next(field for field in forms["competition"]["fields"] if field["name"] == "level")
    assert level["choices"] == {"1": "校級", "2": "縣市級", "3": "全國", "4": "國際"}
    assert "level　競賽等級（必填）：1 校級、2 縣市級、3 全國、4 國際" in run("rules", "show").out


def test_a_year_before_the_first_rules_is_wrong_usage(run):
    assert run("rules", "show", "90").code == 2
    assert run("rules", "show", "2024").code == 2


def test_a_school_lays_its_own_values_over_the_rules_of_a_library(run, library, tmp_path):
    path = tmp_path / "水岸.toml"
    path.write_text('name = "水岸高中"\n[rules]\nuploads_course = 3\nquota_activity = 8\n', encoding="utf-8")
    ran = run("rules", "school", path, "--json")
    assert ran.code == 0
    assert ran.json == {"school": "水岸高中", "rules": {"uploads_course": 3, "quota_activity": 8}}
    quota = run("rules", "show", "113", "--library", library, "--json").json["rules"]["quota_activity"]
    assert (quota["value"], quota["confidence"], quota["source"]) == (8, "school", "學校自己的設定")
    assert "學校自己的設定" in run("rules", "show", "113", "--library", library).out
    assert run("rules", "show", "113", "--json").json["rules"]["quota_activity"]["value"] == 10
    assert run("ticks", "--year", "113", "--json").json["limits"]["activity"] == 8
    assert run("rules", "school", "--clear").code == 0
    assert run("ticks", "--year", "113", "--json").json["limits"]["activity"] == 10


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("quota_activity = 8", "name"),
        ('name = "水岸"\n[rules]\nquota = 8', "quota"),
        ('name = "水岸"\n[rules]\ndocument_limit = 1000', "document_near"),
    ],
)
def test_a_schools_file_that_is_wrong_changes_nothing(run, library, tmp_path, text, told):
    (tmp_path / "水岸.toml").write_text(text, encoding="utf-8")
    ran = run("rules", "school", tmp_path / "水岸.toml")
    assert ran.code == 2
    assert told in ran.err
    assert run("history", "--json").json["changes"] == []
    assert run("rules", "school").code == 2
    assert run("rules", "school", tmp_path / "水岸.toml", "--clear").code == 2


def test_the_shipped_rules_are_in_order(run):
    assert run("rules", "lint").code == 0
    assert run("rules", "lint", "--json").json == {"problems": []}


def test_broken_rules_are_named_and_are_damage(run, tmp_path, monkeypatch):
    copy = shutil.copytree(resources(), tmp_path / "resources")
    text = (copy / "rules" / "counts.toml").read_text(encoding="utf-8")
    (copy / "rules" / "counts.toml").write_text(text.replace("value = 6", 'value = "six"'), encoding="utf-8")
    (copy / "forms" / "other.toml").write_text("category = 'wrong'\n", encoding="utf-8")
    monkeypatch.setattr(ground_module, "resources", lambda: copy)
    ran = run("rules", "lint", "--json")
    assert ran.code == 3
    assert any("counts.toml" in problem for problem in ran.json["problems"])
    assert any("other.toml" in problem for problem in ran.json["problems"])
    assert "✗ " in run("rules", "lint").out
    assert run("rules", "show").code == 3


@pytest.mark.parametrize(
    ("text", "strict", "verdict", "code"),
    [
        ("水" * 95, 95, "pass", 0),
        ("水" * 96, 96, "warn", 0),
        ("水" * 100, 100, "warn", 0),
        ("水" * 101, 101, "fail", 1),
    ],
)
def test_counting_gives_every_count_and_a_verdict(run, text, strict, verdict, code):
    ran = run("count", text, "--json")
    assert ran.code == code
    assert ran.json.keys() == {field.name for field in fields(SummaryCount)} | {"verdict"}
    assert (ran.json["strict"], ran.json["verdict"]) == (strict, verdict)
    assert ran.json["code_points"] == strict


def test_people_read_each_counting_and_who_refuses(run):
    text = run("count", "水" * 101).out
    assert "101" in text
    assert text.count("用這種算法的平臺會拒收") == 3
    assert text.splitlines()[-1].startswith("✗")
    assert run("count", "").out.splitlines()[-1].startswith("✓")


def test_a_summary_may_come_from_standard_input(run, monkeypatch):
    stdin = io.TextIOWrapper(io.BytesIO("一\r\n👍\n".encode()), encoding="ascii")
    monkeypatch.setattr(sys, "stdin", stdin)
    assert run("count", "-", "--json").json["strict"] == 5


@pytest.mark.parametrize("name", COMMANDS)
def test_in_english_nothing_but_examples_is_chinese(run, name):
    ran = run("--lang", "en", *name.split(), "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"Usage: portfolio-desktop {name}")
    assert not HAN.findall(ran.out.partition("Example")[0])


def test_english_sentences_too(run, files):
    assert not HAN.search(run("--lang", "en", "nonsense").err)
    assert not HAN.search(run("list", "--lang=en").err)
    assert not HAN.search(run("--lang", "en", "add").err)
    assert not HAN.search(run("--lang", "en", "count", "abc").out)
    [line] = run("check", "--json", "--lang", "en", files / "IMG_0421.HEIC").lines
    assert not HAN.search(line["findings"][0]["message"])
