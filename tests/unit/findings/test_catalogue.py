"""The catalogue: stable codes in order, sentences that are whole, and no code in two tables."""

from __future__ import annotations

import re
import string
from itertools import pairwise
from pathlib import Path

import pytest

from portfolio_desktop import messages
from portfolio_desktop.findings.catalogue import CATALOGUE, ROOMS
from portfolio_desktop.findings.finding import Finding, verdict
from portfolio_desktop.findings.wording import SHOWN

LOCALE = Path(__file__).parents[3] / "resources" / "locale"


def test_no_code_stands_in_two_tables() -> None:
    assert len(CATALOGUE) == sum(len(table) for table in ROOMS.values())


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_an_entry_is_whole(code: str) -> None:
    entry = CATALOGUE[code]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*", code)
    assert entry.severity in ("error", "warning", "hint")
    assert entry.message.endswith(("。", "}"))
    assert entry.why.endswith("。")
    assert entry.advice.endswith(("。", "}"))
    assert entry.needs is None or entry.fix is not None
    for text in (entry.message, entry.why, entry.advice):
        for _literal, name, spec, _conversion in string.Formatter().parse(text):
            assert name is None or name.isidentifier()
            assert spec in (None, "", ",") or spec in SHOWN


def test_the_codes_of_before_are_still_there() -> None:
    """Scripts and libraries remember codes; one that is no longer used stays known."""
    assert set(CATALOGUE) >= {
        "size.over",
        "size.near",
        "kind.not-allowed",
        "inspection.stopped",
        "content.damaged",
        "content.empty",
        "content.truncated",
        "encryption.password",
        "encryption.restricted",
        "extension.mismatch",
        "field.missing",
        "gps.present",
        "summary.missing",
        "summary.over",
        "tick.not-certified",
        "tick.quota",
        "tick.same-bytes",
        "tick.wrong-year",
    }


def test_the_worst_finding_decides() -> None:
    hint, warning, error = Finding("text.none"), Finding("gps.present"), Finding("content.empty")
    assert verdict([]) == "pass"
    assert verdict([hint]) == "pass"
    assert verdict([hint, warning]) == "warn"
    assert verdict([warning, error, hint]) == "fail"


def test_findings_are_data() -> None:
    first = Finding("size.over", {"size": 5, "limit": 4}, "document")
    assert first == Finding("size.over", {"size": 5, "limit": 4}, "document")
    assert first != Finding("size.over", {"size": 6, "limit": 4}, "document")


@pytest.mark.parametrize("language", ["zh_TW", "en"])
@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_a_student_is_told_what_why_and_what_to_do(code: str, language: str) -> None:
    """In both languages: three sentences that differ, with the same numbers, none of them left in the other language."""
    messages.use(language, LOCALE)
    entry = CATALOGUE[code]
    told = [messages._(text) for text in (entry.message, entry.why, entry.advice)]
    assert all(text.strip() for text in told)
    assert len(set(told)) == 3
    assert not any(text in other for text, other in pairwise(told[1:]))
    for text, source in zip(told, (entry.message, entry.why, entry.advice), strict=True):
        assert numbers(text) == numbers(source)
        if language != messages.SOURCE_LANGUAGE and numbers(source) != {"kind:kind-advice"}:
            assert text != source


def test_each_says_something_of_its_own_about_what_to_do_or_why() -> None:
    """A sentence that fits every fault helps with none: of the same message no two reasons and advices are alike."""
    seen = {(entry.message, entry.why, entry.advice) for entry in CATALOGUE.values()}
    assert len(seen) == len(CATALOGUE)


def numbers(text: str) -> set[str]:
    """What is filled into a sentence."""
    return {f"{name}:{spec}" if spec else name for _words, name, spec, _how in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("finding", [Finding("size.over", {"size": 5 << 20, "limit": 4 << 20}), Finding("file.none")])
def test_in_full_it_is_all_three_in_one(finding: Finding) -> None:
    assert finding.in_full == f"{finding.message}{finding.why}{finding.advice}"
    messages.use("en", LOCALE)
    assert finding.in_full == f"{finding.message} {finding.why} {finding.advice}"
