"""Every rule on a piece: sound pieces pass all of them, and one change makes exactly one of them speak."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.judged import BOOK, COURSE, FIELDS, FORMS, RULES, codes, file, piece
from portfolio_desktop.findings.catalogue_pieces import PIECES
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.pieces.checks import piece_findings
from portfolio_desktop.pieces.course_checks import locked_findings
from portfolio_desktop.pieces.piece import CATEGORIES, Course, Piece, PieceFile
from portfolio_desktop.terms import Term


def judge(one: Piece, course: Course | None = COURSE, school_type: str = "general") -> tuple[Finding, ...]:
    form = None if one.category is None else FORMS.form(one.category, school_type)
    return piece_findings(one, form, RULES, course if one.category == "course" else None)


Case = tuple[str, dict[str, Any], list[str]]
PLAIN = "實測池塘四季的水質並畫成圖表，由我負責採樣、測量、記錄和報告，共完成十二次採樣與兩張海報。"
"""A summary without a word of reflection."""

CASES: list[Case] = [
    # title
    ("other", {"title": " "}, ["title.missing"]),
    ("other", {"title": "IMG_20241001_123456"}, ["title.file-name"]),
    ("other", {"title": "掃描 12"}, ["title.file-name"]),
    ("other", {"title": "2024-11-03 17.20"}, ["title.file-name"]),
    ("other", {"title": "圖片處理專題"}, []),
    ("other", {"title": "校園\u200b水質"}, ["text.invisible"]),
    ("other", {"title": "名" * 21}, ["field.long"]),
    # term, category
    ("other", {"term": None}, ["term.missing"]),
    # summary
    ("other", {"summary": "  \n"}, ["summary.missing"]),
    ("other", {"summary": "學到" * 48}, ["summary.near"]),
    ("other", {"summary": "學到" * 51}, ["summary.over", "summary.refused"]),
    ("other", {"summary": "學到" * 48 + "\n學"}, ["summary.near"]),
    ("other", {"summary": "學到" * 49 + "\n學"}, ["summary.over"]),
    ("other", {"summary": "學到" * 49 + "\n學。"}, ["summary.over", "summary.refused"]),
    ("other", {"summary": "學到\n" * 12 + "學到" * 29}, ["summary.over"]),
    ("other", {"summary": "學到很多。"}, ["summary.short"]),
    ("other", {"summary": PLAIN}, ["reflection.missing"]),
    ("other", {"summary": PLAIN + "  \n\n學到 。"}, ["summary.spaces"]),
    ("other", {"summary": PLAIN + "學到\ufeff"}, ["text.invisible"]),
    # personal data
    ("other", {"title": "證號A123456789"}, ["personal.id"]),
    ("other", {"summary": PLAIN + "學到很多，請洽0912-345-678"}, ["personal.phone"]),
    ("other", {"fields": {"unit": "a@b.tw"}}, ["personal.email"]),
    ("other", {"fields": {"unit": "臺南市東區大學路1號"}}, ["personal.address"]),
    ("other", {"summary": PLAIN + "學到很多，生日96/3/4"}, ["personal.birthday"]),
    # link
    ("other", {"link": "https://youtu.be/x"}, []),
    ("other", {"link": "http://example.org/a"}, ["link.insecure"]),
    ("other", {"link": "youtu.be/x"}, ["link.invalid"]),
    ("other", {"link": "javascript:alert(1)"}, ["link.invalid"]),
    ("other", {"link": "https://exa mple.org"}, ["link.invalid"]),
    ("other", {"link": "https://["}, ["link.invalid"]),
    ("other", {"link": "https://example.org/" + "a" * 480}, []),
    ("other", {"link": "https://example.org/" + "a" * 481}, ["link.long"]),
    ("course", {"link": "https://youtu.be/x"}, ["link.not-allowed"]),
    ("other", {"summary": PLAIN + "學到很多，影片見 QR Code。"}, ["link.qr-only"]),
    ("other", {"summary": PLAIN + "學到很多，影片見 QR Code。", "link": "https://youtu.be/x"}, []),
    # fields: there, of their type, within bounds, in order
    ("other", {"fields": {"start_date": ""}}, ["field.missing"]),
    ("certificate", {"fields": {"code": "123"}}, ["field.short"]),
    ("certificate", {"fields": {"code": "12345"}}, ["field.long"]),
    ("certificate", {"fields": {"part_scores": "聽力80，閱讀75"}}, ["field.separator"]),
    ("certificate", {"fields": {"part_scores": "聽力80,閱讀75"}}, []),
    ("other", {"fields": {"start_date": "2023-02-29"}}, ["date.invalid"]),
    ("other", {"fields": {"start_date": "1130229", "end_date": "2024-02-28"}}, ["date.order"]),
    ("other", {"fields": {"start_date": "2024-02-29", "end_date": "1130229"}}, []),
    ("other", {"fields": {"start_date": "2013-10-01"}}, ["date.far"]),
    ("competition", {"fields": {"level": "5"}}, ["field.choice"]),
    ("competition", {"fields": {"level": ""}}, ["field.missing"]),
    ("service", {"fields": {"hours": "十二"}}, ["number.invalid"]),
    ("service", {"fields": {"hours": "1e3"}}, ["number.invalid"]),
    ("service", {"fields": {"hours": "-1"}}, ["number.negative"]),
    ("service", {"fields": {"hours": "123456"}}, ["field.long"]),
    ("service", {"fields": {"hours": "１２"}}, []),
    ("flexible", {"fields": {"weeks": "19"}}, ["number.large"]),
    ("flexible", {"fields": {"weeks": "0"}}, ["number.small"]),
    ("flexible", {"fields": {"periods": "1.5"}}, ["number.whole"]),
    ("college", {"fields": {"hours": "999.999"}}, []),
    ("college", {"fields": {"hours": "1000"}}, ["number.large"]),
    ("college", {"fields": {"hours": "36.1234"}}, ["number.decimals"]),
    ("other", {"fields": {"award": "佳作"}}, ["field.unknown"]),
    ("other", {"fields": {"award": " "}}, []),
    ("officer", {"fields": {"level": "2"}}, ["officer.by-school"]),
    # files
    ("other", {"files": ()}, ["file.none"]),
    ("creation", {"files": ()}, ["file.missing"]),
    ("course", {"files": ()}, ["file.missing"]),
    ("creation", {"files": (file("水質.mp3", role="media"),)}, []),
    ("other", {"files": (file("水質.mp3", role="document"),)}, ["file.slot"]),
    ("other", {"files": (file(pages=12),)}, ["pages.many"]),
    ("other", {"files": (replace(file(), current=False),)}, ["file.none"]),
    ("other", {"files": (file("con ?.pdf"),)}, []),
    ("other", {"files": (file("報告.docx", role="source"),)}, ["file.none", "kind.not-allowed"]),
    ("other", {"files": (file(), file("報告.docx", role="source", sha256="b"))}, []),
    ("other", {"files": (file("獎狀.jpg"),), "summary": PLAIN}, ["file.only-certificate", "reflection.missing"]),
    ("other", {"files": (file("獎狀.jpg"),)}, []),
    ("other", {"files": (file("期末簡報.pdf"),), "summary": PLAIN}, ["file.only-slides", "reflection.missing"]),
    # certification
    ("course", {"certification": "editing"}, ["certification.not-sent"]),
    ("course", {"certification": "sent"}, ["certification.waiting"]),
    ("course", {"certification": "failed"}, ["certification.failed"]),
    ("course", {"files": (replace(file(), sealed=None),)}, ["certification.bytes-changed"]),
    ("course", {"ticked": {113: 1}}, []),
    ("course", {"ticked": {113: 1}, "certification": "sent"}, ["certification.waiting", "certification.ticked"]),
    ("other", {"ticked": {113: 1}}, []),
    ("course", {"term": Term(113, 2)}, ["course.term"]),
]


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_sound_piece_of_every_category_passes(category: str) -> None:
    assert judge(piece(category)) == ()


@pytest.mark.parametrize(("category", "changes", "wanted"), CASES)
def test_one_change_makes_its_rules_speak(category: str, changes: dict[str, Any], wanted: list[str]) -> None:
    assert codes(judge(piece(category, **changes))) == wanted


COURSES: list[tuple[str, dict[str, Any], list[str]]] = [
    ("general", {}, []),
    ("general", {"code": "113380301V11300A1101020"}, []),
    ("general", {"category": "practical"}, ["course.category"]),
    ("technical", {"category": "practical", "code": "113380301V11300A1101020"}, []),
    ("general", {"code": "113380301V11300A110102"}, ["course.code"]),
    ("general", {"code": "113380301V11300A0101020"}, ["course.code-part"]),
    ("general", {"code": "113380301V11300A5101020"}, ["course.code-differs"]),
    ("general", {"category": "", "code": "113380301V11300A5101020"}, []),
    ("general", {"code": "113380301V11300A9101020"}, ["course.code-activity"]),
    ("general", {"term": None}, []),
]


@pytest.mark.parametrize(("school_type", "changes", "wanted"), COURSES)
def test_the_course_is_judged_with_the_piece(school_type: str, changes: dict[str, Any], wanted: list[str]) -> None:
    assert codes(judge(piece("course"), replace(COURSE, **changes), school_type)) == wanted


def test_a_course_result_without_its_course() -> None:
    assert codes(judge(piece("course", course_id=None), None)) == ["course.missing"]
    assert codes(judge(piece("course", course_id="gone"), None)) == ["course.missing"]


def test_a_piece_without_a_category() -> None:
    assert codes(judge(piece(None))) == ["category.missing"]
    assert codes(judge(piece(None, summary=PLAIN + "學到\u200b"))) == ["category.missing", "text.invisible"]


def test_every_code_about_pieces_has_a_case() -> None:
    cases = [wanted for *_case, wanted in CASES] + [wanted for *_case, wanted in COURSES]
    told = {code for wanted in cases for code in wanted} | {
        "course.missing",
        "category.missing",
        "term.outside",
        "certification.locked",
    }
    assert set(PIECES) <= told


def test_findings_name_the_field_or_the_file() -> None:
    faulty = piece(
        "competition",
        fields={"award": ""},
        summary="",
        files=(file(size=5_000_000), file("心得.mp3", role="media", sha256="b", duration=400.0)),
    )
    about = {finding.code: finding.about for finding in judge(faulty)}
    assert about == {
        "size.over": "document",
        "media.long": "media",
        "field.missing": "award",
        "summary.missing": "summary",
    }


def test_a_missing_title_is_told_once_where_it_stands_for_a_field() -> None:
    assert codes(judge(piece("creation", title=""))) == ["title.missing"]
    assert codes(judge(piece("creation", title="", fields={"name": "水質地圖"}))) == ["title.missing"]


def test_personal_data_is_not_repeated_in_full() -> None:
    [finding] = judge(piece(title="證號A123456789"))
    assert "A123456789" not in finding.message + str(finding.to_json())


def test_the_rules_of_the_year_hold() -> None:
    old = piece(files=(file(size=3_000_000),))
    form = FORMS.form("other", "general")
    assert codes(piece_findings(old, form, BOOK.for_year(108))) == ["size.over"]
    assert codes(piece_findings(old, form, BOOK.for_year(109))) == []


@given(st.sampled_from(sorted(FIELDS)), st.data())
def test_any_text_in_any_field_is_judged(category: str, data: st.DataObject) -> None:
    form = FORMS.form(category, "general")
    spec = data.draw(st.sampled_from(form.own_fields))
    value = data.draw(st.text(max_size=60))
    files: tuple[PieceFile, ...] = (file(),)
    for finding in judge(
        piece(category, fields={spec.name: value}, title=value, summary=value, link=value, files=files)
    ):
        assert finding.message
        assert finding.advice


def test_other_bytes_than_the_certified_ones_are_an_error() -> None:
    def told(**changes: object) -> list[tuple[str, str]]:
        found = judge(piece("course", **changes))
        return [(one.code, one.about) for one in found if one.code == "certification.bytes-changed"]

    sealed, newer = file(), replace(file(), sealed=None)
    earlier = replace(sealed, current=False)
    assert told(files=(sealed,)) == []
    assert told(files=(earlier, newer)) == [("certification.bytes-changed", "document")]
    assert told(files=(earlier, newer), certification="sent") == []
    assert told(files=(sealed, replace(newer, role="source"))) == []


@pytest.mark.parametrize(
    ("term", "outside"), [(Term(112, 2), True), (Term(113, 1), False), (Term(115, 2), False), (Term(116, 1), True)]
)
def test_a_term_outside_the_students_six_is_told(term: Term, outside: bool) -> None:
    one, form = piece("other", term=term, fields={"start_date": ""}), FORMS.form("other", "general")
    assert ("term.outside" in codes(piece_findings(one, form, RULES, None, 113))) == outside
    assert "term.outside" not in codes(piece_findings(one, form, RULES))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"certification": "sent"}, {"certification": "sent", "summary": "改了"}, True),
        ({"certification": "certified"}, {"certification": "certified", "files": (file(sha256="b"),)}, True),
        ({"certification": "certified"}, {"certification": "certified", "certification_note": "好"}, False),
        ({"certification": "certified"}, {"certification": "editing", "summary": "改了"}, False),
        ({"certification": "failed"}, {"certification": "failed", "summary": "改了"}, False),
        ({"certification": "editing"}, {"certification": "certified"}, False),
    ],
)
def test_a_change_to_what_a_platform_keeps_locked_is_told(
    before: dict[str, Any], after: dict[str, Any], told: bool
) -> None:
    findings = locked_findings(piece("course", **before), piece("course", **after))
    assert codes(findings) == (["certification.locked"] if told else [])
    assert locked_findings(piece("other", **before), piece("other", **after)) == ()
