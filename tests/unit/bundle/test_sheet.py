"""The copy sheet's text: complete, escaped, self-contained. (What it does in a browser: tests/end2end/test_copy_sheet.py.)"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.bundles import PROFILE, entry, plan_of
from helpers.checkout import ROOT
from portfolio_desktop import messages
from portfolio_desktop.bundle.entries import BundlePlan, Copy, LeftOut, Row, Target
from portfolio_desktop.bundle.sheet import render
from portfolio_desktop.findings.characters import invisible
from portfolio_desktop.findings.finding import Finding

TARGET = Target("01_課程學習成果/01_水質 #1.pdf", "ab" * 32, "cd" * 16, 2_400_000, "document", "pdf", "x.pdf")


class Page(HTMLParser):
    """The page as a browser takes it: elements with attributes, and the text of every .text element."""

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.copied: list[str] = []
        self.inline: dict[str, str] = {}
        self._in_text = False
        self._open = ""
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.elements.append((tag, given))
        self._open = tag
        if given.get("class") == "text":
            self._in_text = True
            self.texts.append("")
            self.copied.append(given.get("data-exact") or "")

    def handle_endtag(self, tag: str) -> None:
        self._in_text = False
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._in_text:
            self.texts[-1] += data
        if self._open in ("style", "script"):
            self.inline[self._open] = self.inline.get(self._open, "") + data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [given for name, given in self.elements if name == tag]


def page(plan: BundlePlan) -> Page:
    return Page(render(plan))


def with_row(row: Row) -> BundlePlan:
    return plan_of([replace(entry(1, []), rows=(row,))])


def test_every_copy_of_every_row_is_on_the_page() -> None:
    plan = plan_of([entry(1, [TARGET]), entry(2, [], summary="第二件")])
    wanted = [copy.text for one in plan.entries for row in one.rows for copy in row.copies]
    assert [text for text in page(plan).texts if text] == wanted


def test_one_button_for_every_copy() -> None:
    plan = plan_of([entry(1, [TARGET])])
    buttons = [given for given in page(plan).all("button") if "take" in str(given.get("class"))]
    assert len(buttons) == sum(len(row.copies) + (row.target is not None) for row in plan.entries[0].rows)
    assert all(button["type"] == "button" for button in buttons)


def test_pieces_carry_their_marks_and_files_their_hashes() -> None:
    plan = plan_of([entry(1, [TARGET])])
    (piece,) = page(plan).all("article")
    assert piece["data-mark"] == plan.mark(plan.entries[0])
    (about,) = [given for given in page(plan).all("span") if "data-sha256" in given]
    assert about["data-sha256"] == TARGET.sha256
    assert about["data-size"] == str(TARGET.size)


def test_files_are_linked_beside_the_page() -> None:
    (link,) = [given for given in page(plan_of([entry(1, [TARGET])])).all("a") if given.get("target")]
    assert link["href"] == "01_%E8%AA%B2%E7%A8%8B%E5%AD%B8%E7%BF%92%E6%88%90%E6%9E%9C/01_%E6%B0%B4%E8%B3%AA%20%231.pdf"


NASTY = "</span><script>alert('水')</script><img src=x onerror=alert(1)> & \"'`"


def test_titles_with_script_stay_text() -> None:
    plan = replace(
        plan_of([entry(1, [], title=NASTY, summary=NASTY)]),
        profile=PROFILE | {"name": NASTY, "school": NASTY},
        left_out=(LeftOut("p9", NASTY, Finding("bundle.missing", {"path": NASTY})),),
        findings=(Finding("bundle.missing", {"path": NASTY}),),
    )
    made = page(plan)
    assert len(made.all("script")) == 1
    assert not made.all("img")
    assert NASTY in made.texts
    assert "alert(" not in made.inline["script"]


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_text_comes_back_to_the_character(text: str) -> None:
    text = text.replace("\r", "\n")
    made = page(with_row(Row("name", "名稱", "text", True, (Copy(text),), text)))
    assert (made.copied[0] or made.texts[0]) == text
    assert not invisible(made.texts[0])


HIDDEN = "水\u202e質\u200b\ufeff\x07調\u2066查"
SHOWN = "水\\u202e質\\u200b\\ufeff\\x07調\\u2066查"


def test_what_cannot_be_seen_is_written_out_and_copied_as_it_is() -> None:
    plan = replace(
        plan_of([entry(1, [], title=HIDDEN, summary=HIDDEN)]),
        profile=PROFILE | {"name": HIDDEN, "school": HIDDEN},
        left_out=(LeftOut("p9", HIDDEN, Finding("bundle.missing", {"path": HIDDEN})),),
        findings=(Finding("bundle.missing", {"path": HIDDEN}),),
    )
    made = page(plan)
    assert SHOWN in made.texts
    assert made.copied[made.texts.index(SHOWN)] == HIDDEN
    seen = re.sub(r'data-exact="[^"]*"', "", render(plan).decode())
    assert seen.count(SHOWN) >= 6
    assert not set(invisible(seen)) - {"\n"}


def test_a_carriage_return_survives_the_parser() -> None:
    content = render(with_row(Row("name", "名稱", "text", True, (Copy("a\r\nb"),), "")))
    assert b"\r" not in content
    assert b"a&#13;\nb" in content


@pytest.mark.parametrize("link", ["http://example.org/a?b=1&c=%22", "https://example.org/影片", "HTTP://X.ORG"])
def test_links_read_the_same_and_no_address_stands_in_plain_letters(link: str) -> None:
    content = render(with_row(Row("link", "外部影音連結", "link", False, (Copy(link),), link)))
    assert b"://" not in content
    made = Page(content)
    assert link in made.texts
    (anchor,) = [given for given in made.all("a") if given.get("target")]
    assert anchor["href"] == link
    assert anchor["rel"] == "noopener noreferrer"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "x"]
)
def test_no_other_scheme_becomes_clickable(link: str) -> None:
    made = page(with_row(Row("link", "外部影音連結", "link", False, (Copy(link),), link)))
    assert link in made.texts
    assert not [given for given in made.all("a") if given.get("target")]


def test_nothing_may_load_or_run_but_its_own_style_and_script() -> None:
    made = page(plan_of([entry(1, [TARGET])]))
    (policy,) = [
        str(given["content"]) for given in made.all("meta") if given.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for name, tag in (("script-src", "script"), ("style-src", "style")):
        digest = base64.b64encode(hashlib.sha256(made.inline[tag].encode()).digest()).decode()
        assert rules[name] == f"'sha256-{digest}'"
    assert not [tag for tag, given in made.elements if "src" in given or "style" in given]
    assert not [key for _tag, given in made.elements for key in given if key.startswith("on")]
    assert not made.all("link")


def test_style_and_script_name_no_address() -> None:
    for name in ("sheet.css", "sheet.js"):
        text = (ROOT / "resources" / "sheet" / name).read_text(encoding="utf-8")
        assert not re.search(r"://|url\(|@import|fetch|XMLHttp|WebSocket|eval|innerHTML|document\.write", text)


def test_empty_and_lacking_fields_are_told_apart() -> None:
    plan = plan_of([replace(entry(1, []), rows=(Row("a", "甲", "text"), Row("b", "乙", "text", True)))])
    text = html.unescape(render(plan).decode())
    assert "沒有填" in text
    assert "還沒有填，平臺會要求" in text


def test_hints_stay_off_the_sheet_and_errors_are_on_it() -> None:
    found = (Finding("bundle.missing", {"path": "重要"}),)
    assert "少了「重要」" in render(plan_of([replace(entry(1, []), findings=found)])).decode()


def test_what_was_left_out_is_said() -> None:
    plan = plan_of([], left_out=(LeftOut("p1", "水質", Finding("tick.no-category", {"title": "水質"})),))
    text = render(plan).decode()
    assert "勾選了，但沒有匯出" in text
    assert "還沒分類" in text


def test_language_follows_messages(tmp_path: Path) -> None:
    assert b'<html lang="zh-Hant-TW">' in render(plan_of([]))
    (tmp_path / "en").mkdir()
    catalogue = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "已複製"\nmsgstr "Copied"\n'
    (tmp_path / "en" / "portfolio_desktop.po").write_text(catalogue, encoding="utf-8")
    messages.use("en", tmp_path)
    text = render(plan_of([entry(1, [TARGET])])).decode()
    assert '<html lang="en">' in text
    assert 'data-copied="Copied"' in text
    assert "課程學習成果" in text  # the platforms' own words stay


def test_the_same_plan_gives_the_same_page() -> None:
    plan = plan_of([entry(1, [TARGET])])
    assert render(plan) == render(plan)
