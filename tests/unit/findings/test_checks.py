"""Every rule on a file: a sound file passes all of them, and one change makes exactly one of them speak."""

from __future__ import annotations

import pytest

from helpers.judged import BOOK, RULES, SOUND, codes, facts
from portfolio_desktop.findings.catalogue_files import FILES
from portfolio_desktop.findings.checks import content_findings, file_findings, unreadable_finding
from portfolio_desktop.findings.finding import verdict
from portfolio_desktop.inspection.facts import Inspection, Track

Case = tuple[str, int, Inspection, list[str]]
SIZE = 900_000

CASES: list[Case] = [
    # size: the limit itself still passes, a byte more fails; the decimal limit warns
    ("a.pdf", 4_000_000, facts("pdf"), []),
    ("a.pdf", 4_000_001, facts("pdf"), ["size.near"]),
    ("a.pdf", 4_194_304, facts("pdf"), ["size.near"]),
    ("a.jpg", 4_194_305, facts("jpg"), ["size.over"]),
    ("a.mp4", 10_000_000, facts("mp4"), []),
    ("a.mp3", 10_000_001, facts("mp3"), ["size.near"]),
    ("a.mp4", 10_485_760, facts("mp4"), ["size.near"]),
    ("a.mp4", 10_485_761, facts("mp4"), ["size.over"]),
    # kind: no size is told of what may not be uploaded at all
    ("a.heic", 50_000_000, facts("heic"), ["kind.not-allowed"]),
    ("a.docx", SIZE, facts("docx"), ["kind.not-allowed"]),
    ("a.pdf", SIZE, facts("unknown", opens=False), ["kind.not-allowed"]),
    ("a.pdf", 0, facts("empty", opens=False), ["content.empty"]),
    # extension
    ("a.jpg", SIZE, facts("png"), ["extension.mismatch"]),
    ("照片", SIZE, facts("png"), ["extension.missing"]),
    ("a.jpeg", SIZE, facts("jpg"), ["extension.unusual"]),
    ("a.PDF", SIZE, facts("pdf"), ["name.extension-case"]),
    ("a.JPEG", SIZE, facts("jpg"), ["extension.unusual", "name.extension-case"]),
    # whole or not
    ("a.pdf", SIZE, facts("pdf", damaged=True, repaired=True), ["content.repaired"]),
    ("a.pdf", SIZE, facts("pdf", damaged=True), ["content.damaged"]),
    ("a.pdf", SIZE, facts("pdf", damaged=True, repaired=True, opens=False), ["content.damaged"]),
    ("a.jpg", SIZE, facts("jpg", damaged=True, truncated=True), ["content.truncated"]),
    ("a.pdf", SIZE, facts("pdf", opens=False, pages=None), ["content.unopenable"]),
    # a film that needs no repair passes
    ("a.mp4", SIZE, facts("mp4"), []),
    # passwords
    (
        "a.pdf",
        SIZE,
        facts("pdf", encrypted="user-password", opens=False, pages=None, has_text=None),
        ["encryption.password"],
    ),
    ("a.pdf", SIZE, facts("pdf", encrypted="owner-only"), ["encryption.restricted"]),
    # what else is inside
    ("a.pdf", SIZE, facts("pdf", active=("javascript", "launch")), ["active.content"]),
    ("a.jpg", SIZE, facts("jpg", notes=("polyglot", "trailing-data")), ["content.polyglot"]),
    ("a.jpg", SIZE, facts("jpg", notes=("trailing-data",)), ["content.trailing"]),
    ("a.jpg", SIZE, facts("jpg", notes=("progressive",)), []),
    ("a.jpg", SIZE, facts("jpg", gps=True), ["gps.present"]),
    ("a.pdf", SIZE, facts("pdf", notes=("multimedia",)), ["content.multimedia"]),
    ("a.pdf", SIZE, facts("pdf", personal=("author",)), ["personal.metadata"]),
    ("a.pdf", SIZE, facts("pdf", stopped="time", opens=False), ["inspection.stopped"]),
    ("a.pdf", SIZE, facts("pdf", stopped="memory", damaged=True), ["inspection.stopped"]),
    # pages
    ("a.pdf", SIZE, facts("pdf", pages=10), []),
    ("a.pdf", SIZE, facts("pdf", pages=11), ["pages.many"]),
    ("a.pdf", SIZE, facts("pdf", pages=15), ["pages.many"]),
    ("a.pdf", SIZE, facts("pdf", pages=16), ["pages.too-many"]),
    ("a.pdf", SIZE, facts("pdf", pages=0, has_text=False), ["pages.none"]),
    ("a.pdf", SIZE, facts("pdf", has_text=False), ["text.none"]),
    ("a.pdf", SIZE, facts("pdf", has_text=None), []),
    # pictures
    ("a.jpg", SIZE, facts("jpg", width=400, height=599), ["image.small"]),
    ("a.jpg", SIZE, facts("jpg", width=100, height=600), []),
    ("a.jpg", SIZE, facts("jpg", orientation=6), ["image.rotated"]),
    ("a.jpg", SIZE, facts("jpg", orientation=None), []),
    ("a.png", SIZE, facts("png", frames=12), ["image.animated"]),
    ("a.jpg", SIZE, facts("jpg", colour="cmyk"), ["image.cmyk"]),
    ("a.png", SIZE, facts("png", opens=False, width=90_000, height=90_000, notes=("pixel-bomb",)), ["image.huge"]),
    # films and sound
    ("a.mp4", SIZE, facts("mp4", tracks=(Track("video", "hevc"), Track("audio", "aac"))), ["video.codec"]),
    ("a.mp4", SIZE, facts("mp4", notes=("pixel-format",)), ["video.pixels"]),
    ("a.mp4", SIZE, facts("mp4", tracks=(Track("video", "h264"), Track("audio", "ac3"))), ["audio.codec"]),
    ("a.mp4", SIZE, facts("mp4", tracks=(Track("video", "h264"), Track("other", "text"))), []),
    ("a.mp4", SIZE, facts("mp4", tracks=(Track("audio", "aac"),)), ["media.no-picture"]),
    ("a.mp4", SIZE, facts("mp4", duration=50.4), ["media.long"]),
    ("a.mp4", SIZE, facts("mp4", duration=50.0), []),
    ("a.mp3", SIZE, facts("mp3", duration=361.0), ["media.long"]),
    # names
    ("水質調查-v2_final.pdf", SIZE, facts("pdf"), []),
    ("字" * 56 + ".pdf", SIZE, facts("pdf"), []),
    ("字" * 57 + ".pdf", SIZE, facts("pdf"), ["name.long"]),
    ("a?b.pdf", SIZE, facts("pdf"), ["name.forbidden"]),
    ("my report (1).pdf", SIZE, facts("pdf"), ["name.unusual"]),
    ("a\u200bb.pdf", SIZE, facts("pdf"), ["name.invisible"]),
    ("a\u202efdp.pdf", SIZE, facts("pdf"), ["name.invisible"]),
    ("a\nb.pdf", SIZE, facts("pdf"), ["name.invisible"]),
    ("a\udce4.pdf", SIZE, facts("pdf"), ["name.undecodable"]),
    ("con.pdf", SIZE, facts("pdf"), ["name.reserved"]),
    ("Lpt1.期末.pdf", SIZE, facts("pdf"), ["name.unusual", "name.reserved"]),
    ("console.pdf", SIZE, facts("pdf"), []),
    (" a.pdf", SIZE, facts("pdf"), ["name.unusual", "name.ends-badly"]),
    ("a.pdf ", SIZE, facts("pdf"), ["name.ends-badly"]),
    ("e\u0301.pdf", SIZE, facts("pdf"), ["name.unusual", "name.decomposed"]),
    ("か\u3099.pdf", SIZE, facts("pdf"), ["name.decomposed"]),
]


@pytest.mark.parametrize("kind", sorted(SOUND))
def test_a_sound_file_passes_every_rule(kind: str) -> None:
    assert file_findings(f"校園水質-113_1.{kind}", SIZE, SOUND[kind], RULES) == ()


@pytest.mark.parametrize(("name", "size", "inspection", "wanted"), CASES)
def test_one_change_makes_its_rules_speak(name: str, size: int, inspection: Inspection, wanted: list[str]) -> None:
    assert codes(file_findings(name, size, inspection, RULES)) == wanted


REASONS = sorted(code.partition(".")[2] for code in FILES if code.startswith("unreadable."))


@pytest.mark.parametrize("reason", REASONS)
def test_what_could_not_be_read_says_why_and_what_to_do(reason: str) -> None:
    finding = unreadable_finding(reason, "報告.pdf")
    passed_by = {"bundle", "folder-link", "library", "outside-link"}
    assert finding.severity == ("warning" if reason in passed_by else "error")
    assert "報告.pdf" in finding.message
    assert finding.advice


def test_every_code_about_files_has_a_case() -> None:
    told = {code for *_case, wanted in CASES for code in wanted} | {f"unreadable.{reason}" for reason in REASONS}
    told.add("inspection.unavailable")  # not a fact of the file: test_batch.py
    assert set(FILES) == told


def test_what_cannot_be_uploaded_fails_and_what_may_be_warns() -> None:
    assert verdict(file_findings("a.pdf", 4_194_305, facts("pdf"), RULES)) == "fail"
    assert verdict(file_findings("a.pdf", 4_000_001, facts("pdf"), RULES)) == "warn"
    assert verdict(file_findings("a.pdf", SIZE, facts("pdf", has_text=False), RULES)) == "pass"


def test_older_school_years_have_their_own_limits() -> None:
    before = BOOK.for_year(108)
    assert codes(file_findings("a.pdf", 2_097_153, facts("pdf"), before)) == ["size.over"]
    assert codes(file_findings("a.mp4", 5_242_881, facts("mp4", duration=20.0), before)) == ["size.over"]
    assert codes(file_findings("a.pdf", 2_097_153, facts("pdf"), BOOK.for_year(109))) == []


def test_a_schools_stricter_limit_holds() -> None:
    strict = BOOK.for_year(113, {"document_limit": 3_000_000})
    assert codes(file_findings("a.pdf", 3_000_001, facts("pdf"), strict)) == ["size.over"]


def test_numbers_are_data_and_the_mend_is_named() -> None:
    [finding] = file_findings("a.pdf", 5_242_880, facts("pdf"), RULES)
    assert finding.to_json() == {
        "code": "size.over",
        "severity": "error",
        "message": "檔案 5.00 MB（5,242,880 位元組），超過上限 4 MB。",
        "numbers": {"size": 5_242_880, "limit": 4_194_304},
        "fix": "fit",
        "about": None,
    }


@pytest.mark.parametrize(("kind", "to", "fix"), [("heic", "jpg", "fit"), ("mov", "mp4", "fit"), ("zip", None, None)])
def test_a_kind_that_can_be_converted_offers_it(kind: str, to: str | None, fix: str | None) -> None:
    [finding] = content_findings(f"a.{kind}", SIZE, facts(kind), RULES)
    assert (finding.numbers["to"], finding.fix) == (to, fix)
    assert to is None or to.upper() in finding.advice


def test_names_do_not_matter_where_a_bundle_renames() -> None:
    assert content_findings("con ?.JPG", SIZE, facts("png"), RULES) == ()
