"""Dated rules: the shipped ones are in order, the right value holds in each school year, and a school's lie over them."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.checkout import ROOT
from helpers.judged import BOOK, RULES
from helpers.shipped import copy_with
from portfolio_desktop.errors import DamageError, UsageError
from portfolio_desktop.findings.rule_files import UNITS
from portfolio_desktop.findings.rules import RULE_TYPES, RuleBook, lint

SHIPPED = ROOT / "resources" / "rules"


def test_the_shipped_rules_are_in_order() -> None:
    assert lint(SHIPPED) == ()
    assert BOOK.years() == (108, 109)
    assert set(RULE_TYPES.values()) == set(UNITS)


def test_every_value_in_force_tells_where_it_comes_from() -> None:
    assert set(RULES.origins) == set(RULE_TYPES)
    origin = RULES.origins["document_limit"]
    assert (origin.since, origin.unit, origin.confidence) == (109, "bytes", 5)
    assert "4 MB" in origin.source


@pytest.mark.parametrize(
    ("year", "document", "media"),
    [(108, 2_097_152, 5_242_880), (109, 4_194_304, 10_485_760), (113, 4_194_304, 10_485_760)],
)
def test_the_value_of_the_year_holds(year: int, document: int, media: int) -> None:
    rules = BOOK.for_year(year)
    assert (rules.year, rules.document_limit, rules.media_limit) == (year, document, media)


def test_the_numbers_of_the_field() -> None:
    assert (RULES.quota("course"), RULES.quota("activity")) == (6, 10)
    assert (RULES.summary_limit, RULES.summary_near, RULES.summary_bytes) == (100, 95, 300)
    assert (RULES.document_near, RULES.media_near) == (4_000_000, 10_000_000)
    assert RULES.receipt["6"] == ("officer", "course", "activity")
    assert RULES.receipt["1"] == ("officer", "grades")


def test_a_file_goes_into_the_slot_of_its_kind() -> None:
    assert [RULES.role_of(kind) for kind in ("pdf", "png", "mp3", "heic")] == [
        "document",
        "document",
        "media",
        "source",
    ]
    assert [RULES.converts_to(kind) for kind in ("heic", "mov", "docx", "zip", "pdf")] == [
        "jpg",
        "mp4",
        "pdf",
        None,
        None,
    ]


@pytest.mark.parametrize("year", [0, 107, 1000, -1])
def test_there_are_no_rules_for_years_without_portfolios(year: int) -> None:
    with pytest.raises(UsageError, match="108"):
        BOOK.for_year(year)


def test_a_schools_values_lie_over_them_and_say_so() -> None:
    rules = BOOK.for_year(113, {"uploads_course": 3, "link_schemes": ["https"], "receipt": {"1": ["grades"]}})
    assert (rules.uploads_course, rules.link_schemes, rules.receipt) == (3, ("https",), {"1": ("grades",)})
    assert rules.origins["uploads_course"].confidence == "school"
    assert rules.document_limit == RULES.document_limit
    assert RULES.uploads_course == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("no_such_rule", 3),
        ("year", 113),
        ("origins", {}),
        ("uploads_course", "3"),
        ("uploads_course", -1),
        ("uploads_course", True),
        ("uploads_course", 2.5),
        ("document_kinds", "pdf"),
        ("document_kinds", []),
        ("document_kinds", [1]),
        ("receipt", ["grades"]),
        ("receipt", {"1": "grades"}),
    ],
)
def test_a_schools_impossible_value_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(UsageError, match=name):
        BOOK.for_year(113, {name: value})


FAULTS = [
    ("counts.toml", "[quota_course]", "[quota_curse]", "quota_curse: no such rule"),
    ("counts.toml", "[quota_course]", "[quota_curse]", "quota_course: label is missing"),
    ("counts.toml", 'unit = "pieces"', 'unit = "bananas"', "the unit must be one of"),
    ("counts.toml", "value = 6", 'value = "six"', "a whole number from 0 on is wanted, not 'six'"),
    ("counts.toml", "value = 6", "value = 6\ncolour = 3", "colour is not known"),
    ("counts.toml", "confidence = 4", 'confidence = "sure"', "confidence must be"),
    ("counts.toml", "confidence = 4", "", "confidence is missing"),
    ("counts.toml", 'source = "教育部宣導簡報，單元四"', 'source = " "', "source must be a text"),
    ("counts.toml", "since = 108", "since = 0", "since must be a school year, not 0"),
    ("counts.toml", 'label = "課程學習成果每學年', 'lable = "課程學習成果每學年', "label is missing"),
    ("counts.toml", "[[quota_course.dated]]", "[quota_course.dated]", "dated must be a list of tables"),
    ("files.toml", "since = 109", "since = 108", "the school years must be there and ascend, not [108, 108]"),
    ("files.toml", "since = 109", "since = 105", "ascend"),
    (
        "files.toml",
        "value = 2_000_000",
        "value = 2_500_000",
        "document_near is above document_limit in the school year 108",
    ),
    ("counts.toml", "[quota_course]", "quota_activity = 3\n[quota_curse]", "counts.toml: "),
    ("advice.toml", "[pages_many]", "[pages_many", "advice.toml: "),
    ("text.toml", "[summary_near]", "[quota_course]", "quota_course: stands twice"),
]


@pytest.mark.parametrize(("file", "old", "new", "problem"), FAULTS)
def test_a_fault_in_the_data_is_named(tmp_path: Path, file: str, old: str, new: str, problem: str) -> None:
    folder = copy_with(SHIPPED, tmp_path, file, old, new)
    problems = lint(folder)
    assert any(problem in line for line in problems), problems


def test_faulty_data_is_not_loaded(tmp_path: Path) -> None:
    with pytest.raises(DamageError, match="quota_curse"):
        RuleBook.load(copy_with(SHIPPED, tmp_path, "counts.toml", "[quota_course]", "[quota_curse]"))


def test_a_folder_without_rules_is_not_in_order(tmp_path: Path) -> None:
    assert len(lint(tmp_path)) == len(RULE_TYPES)
