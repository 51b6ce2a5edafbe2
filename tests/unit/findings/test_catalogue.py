"""The catalogue: stable codes in order, sentences that are whole, and no code in two tables."""

from __future__ import annotations

import re
import string

import pytest

from portfolio_desktop.findings.catalogue import CATALOGUE, ROOMS
from portfolio_desktop.findings.finding import Finding, verdict
from portfolio_desktop.findings.wording import SHOWN


def test_no_code_stands_in_two_tables() -> None:
    assert len(CATALOGUE) == sum(len(table) for table in ROOMS.values())


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_an_entry_is_whole(code: str) -> None:
    entry = CATALOGUE[code]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*", code)
    assert entry.severity in ("error", "warning", "hint")
    assert entry.message.endswith(("。", "}"))
    assert entry.advice.endswith(("。", "}"))
    assert entry.needs is None or entry.fix is not None
    for text in (entry.message, entry.advice):
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
