"""Files and pieces to be judged: sound ones, from which a test changes one thing.

codes(file_findings("報告.pdf", 5 * MIB, facts("pdf"), RULES))  ->  ["size.over"]
piece(summary="")                                               ->  a sound piece without its summary
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from helpers.checkout import ROOT
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.findings.rules import RuleBook
from portfolio_desktop.inspection.facts import Inspection, Track
from portfolio_desktop.pieces.forms import FormBook
from portfolio_desktop.pieces.piece import Course, Piece, PieceFile, Role
from portfolio_desktop.terms import Term

BOOK = RuleBook.load(ROOT / "resources" / "rules")
RULES = BOOK.for_year(113)
FORMS = FormBook.load(ROOT / "resources" / "forms")

SOUND: dict[str, Inspection] = {
    "pdf": Inspection("pdf", depth="deep", opens=True, pages=6, has_text=True),
    "jpg": Inspection("jpg", depth="deep", opens=True, width=1600, height=1200, orientation=1, frames=1, colour="rgb"),
    "png": Inspection("png", depth="deep", opens=True, width=800, height=600, frames=1, colour="rgb"),
    "mp3": Inspection(
        "mp3", depth="deep", opens=True, duration=200.0, bitrate=128_000, tracks=(Track("audio", "mp3"),)
    ),
    "mp4": Inspection(
        "mp4",
        depth="deep",
        opens=True,
        duration=40.0,
        width=854,
        height=480,
        tracks=(Track("video", "h264"), Track("audio", "aac")),
    ),
}

SUMMARY = "實測校園池塘四季水質，我負責採樣與繪圖；學到控制變因的重要，也發現溶氧與藻類有關，未來想再測湖泊。"

FIELDS: dict[str, dict[str, str]] = {
    "officer": {
        "unit": "天文社聯合會",
        "position": "器材長",
        "level": "5",
        "start_date": "2024-09-01",
        "end_date": "2025-01-20",
    },
    "competition": {"level": "3", "award": "佳作", "result_date": "2024-11-20", "participation": "2"},
    "certificate": {"code": "1234", "type": "1", "obtained_date": "2024-10-05"},
    "service": {"unit": "社區圖書館", "start_date": "2024-10-01", "end_date": "2024-12-01", "hours": "12.5"},
    "flexible": {"type": "1", "unit": "教務處", "periods": "2", "weeks": "18"},
    "group": {"type": "2", "start_date": "2024-09-01", "end_date": "2025-01-10", "hours": "18"},
    "workplace": {"type": "1", "unit": "水質檢驗所", "start_date": "2024-10-01", "end_date": "2024-10-01"},
    "creation": {"date": "2024-12-24"},
    "college": {
        "unit": "臺灣大學",
        "start_date": "2024-09-01",
        "end_date": "2025-01-10",
        "credits": "2",
        "hours": "36",
    },
    "other": {"start_date": "2024-10-01"},
}
"""What has to be filled in for a sound piece of each category."""

COURSE = Course("c1", "地球科學", Term(113, 1), "required", "2", "自然科老師")


def facts(kind: str, **changes: Any) -> Inspection:
    """The facts of a sound file of an allowed kind, changed; of another kind just what it is."""
    return replace(SOUND.get(kind, Inspection(kind, depth="deep", opens=True)), **changes)


def file(
    name: str = "水質.pdf", size: int = 900_000, role: Role = "document", sha256: str = "a", **changes: Any
) -> PieceFile:
    """A sound file of a piece, its kind after its name, its bytes certified; `changes` go to its facts."""
    kind, sealed = name.rsplit(".", 1)[1], "2025-01-01T08:00:00+08:00"
    return PieceFile(f"f-{sha256}", role, name, sha256 * 64, "0" * 32, size, facts(kind, **changes), sealed=sealed)


def piece(category: str | None = "other", **changes: Any) -> Piece:
    """A sound piece of a category, changed; `fields` are laid over the sound ones."""
    fields = FIELDS.get(category or "", {}) | changes.pop("fields", {})
    sound = Piece(
        id="p1",
        title="校園水質調查",
        category=category,
        term=Term(113, 1),
        summary=SUMMARY,
        fields=fields,
        course_id="c1" if category == "course" else None,
        certification="certified" if category == "course" else "editing",
        files=(file(),),
    )
    return replace(sound, **changes)


def codes(findings: Iterable[Finding]) -> list[str]:
    """The codes of findings, in their order; each can say what is wrong and what to do with the numbers it has."""
    told = list(findings)
    assert all(finding.message and finding.advice and "{" not in finding.message + finding.advice for finding in told)
    return [finding.code for finding in told]
