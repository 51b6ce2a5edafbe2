"""The copy sheet in a real browser, from file://, with the mouse and the keyboard of a student.

a planned year -> archive.write -> 上傳複製單.html -> headless Chromium -> clicks -> the clipboard
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from helpers import bundles
from helpers.bundles import FORMS, Shelf, plan_of
from helpers.checkout import ROOT
from helpers.chromium import Browser, Page
from portfolio_desktop.bundle import archive, layout
from portfolio_desktop.bundle.entries import BundlePlan, Entry
from portfolio_desktop.bundle.plan import plan_bundle
from portfolio_desktop.findings.rules import RuleBook
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.pieces.piece import CATEGORIES, Course, Piece
from portfolio_desktop.terms import Term

NASTY = "<script>document.title='壞了'</script>\"' & <b>水</b>"
SUMMARY = "第一行：我負責採樣與統計。\n第二行　全形空格，and “quotes” 𠮷👍🏽  兩個空格"
LINK = "http://example.org/影片?a=1&b=%20#x"
NEXT = ("c", "KeyC", 67)
BACK = ("b", "KeyB", 66)


def a_year(shelf: Shelf) -> BundlePlan:
    """One piece of every category, every field of every form filled."""
    pieces = []
    for number, category in enumerate(CATEGORIES, 1):
        fields = {}
        for spec in FORMS.form(category, "general").own_fields:
            match spec.type:
                case "date":
                    fields[spec.name] = "2024-02-29"
                case "choice":
                    fields[spec.name] = spec.choices[-1].code
                case "integer" | "decimal":
                    fields[spec.name] = "12"
                case _:
                    fields[spec.name] = f"{spec.label}的內容 {NASTY}"
        files = (shelf.file(b"%PDF-1.4 " + str(number).encode(), f"{number}.pdf", "pdf", number),)
        if number % 2:
            files += (shelf.file(b"ID3 " + str(number).encode(), f"{number}.mp3", "mp3", 100 + number),)
        pieces.append(
            Piece(
                id=f"p{number}",
                title=NASTY if category == "other" else f"{number} 號作品",
                category=category,
                term=Term(113, 1),
                summary=SUMMARY,
                link="" if category == "course" else LINK,
                fields=fields,
                course_id="c1" if category == "course" else None,
                certification="certified" if category == "course" else "editing",
                files=files,
                ticked={113: 1},
            )
        )
    course = Course("c1", "生物", Term(113, 1), "required", "2", "自然科老師", "1130101234H111001030103")
    book = RuleBook.load(ROOT / "resources" / "rules")
    return plan_bundle(pieces, [course], FORMS, book, 113, Profile("general", 113, "示範學生"))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("browser")) as running:
        yield running


@pytest.fixture
def plan(tmp_path: Path) -> BundlePlan:
    return a_year(Shelf(tmp_path / "shelf"))


@pytest.fixture
def sheet(tmp_path: Path, plan: BundlePlan) -> Path:
    """The sheet of a written bundle, in a folder whose name an address must escape."""
    out = tmp_path / "我的 113 #1 100%" / "成果包"
    return archive.write(plan, Shelf(tmp_path / "shelf").path, out).path / layout.SHEET


@pytest.fixture
def page(browser: Browser, sheet: Path) -> Iterator[Page]:
    page = browser.page()
    page.open(sheet)
    page.evaluate("localStorage.clear()")
    page.reload()
    yield page
    assert page.complaints == []
    assert set(page.requests) == {sheet.as_uri()}, "the sheet asked for something"
    page.close()


def taken(page: Page) -> str:
    """What was just copied: waited for, then read from the clipboard."""
    page.wait_until("document.querySelector('.just')")
    return page.clipboard()


def test_every_button_copies_exactly_its_text(page: Page, plan: BundlePlan, sheet: Path) -> None:
    for entry in plan.entries:
        for row in entry.rows:
            wanted = [copy.text for copy in row.copies]
            if row.target:
                wanted.append(str(sheet.parent / row.target.path))
            buttons = f"#piece-{entry.number} [data-field={row.name}] .copy"
            assert page.evaluate(f"document.querySelectorAll('{buttons}').length") == len(wanted), row.name
            for number, text in enumerate(wanted):
                page.evaluate("document.querySelector('.just')?.classList.remove('just')")
                place = f"#piece-{entry.number} [data-field={row.name}] .copy:nth-child({number + 1})"
                page.click(f"{place} .take")
                assert taken(page) == text, (entry.category, row.name, number)
                assert page.evaluate(f"document.querySelector('{place} .verb').textContent") == "已複製"


def test_without_a_clipboard_interface_the_old_command_copies(page: Page, sheet: Path) -> None:
    page.call(
        "Page.addScriptToEvaluateOnNewDocument",
        source="Clipboard.prototype.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));",
    )
    page.reload()
    page.click("#piece-1 [data-field=summary] .take")
    assert taken(page) == SUMMARY
    page.click("#piece-11 [data-field=name] .take")
    page.wait_until("document.querySelector('#piece-11 .just')")
    assert page.clipboard() == f"名稱的內容 {NASTY}"


def test_where_nothing_can_copy_the_text_is_selected(page: Page) -> None:
    page.call(
        "Page.addScriptToEvaluateOnNewDocument",
        source="""Clipboard.prototype.writeText = () => Promise.reject(new Error("no"));
            Document.prototype.execCommand = () => false;""",
    )
    page.reload()
    page.click("#piece-1 [data-field=summary] .take")
    page.wait_until("document.querySelector('#said').textContent")
    assert page.evaluate("document.querySelector('#said').textContent") == "請按 Ctrl+C"
    assert page.evaluate("getSelection().toString()") == SUMMARY
    assert page.evaluate("document.querySelectorAll('.taken').length") == 0


def test_titles_with_script_stay_text(page: Page) -> None:
    assert page.evaluate("document.title") == "113 學年度上傳複製單"
    assert page.evaluate("document.scripts.length") == 1
    assert page.evaluate("document.querySelector('#title-11').textContent") == NASTY
    assert page.evaluate("document.querySelectorAll('#pieces b:not(.about b, .findings b)').length") == 0


def test_an_injected_script_would_not_run(page: Page, sheet: Path) -> None:
    page.evaluate(
        """(() => { const s = document.createElement("script"); s.textContent = "document.title = '壞了'";
        document.body.append(s); document.body.insertAdjacentHTML("beforeend", '<img src="x" onerror="document.title=1">'); })()"""
    )
    assert page.evaluate("document.title") == "113 學年度上傳複製單"
    assert len([text for text in page.complaints if "Content Security Policy" in text]) == 3
    page.complaints.clear()
    page.requests.remove((sheet.parent / "x").as_uri())  # told of, and blocked before it was made


EVIL = (
    "<script>document.title='ran'</script>",
    "<img src=x onerror=\"document.title='ran'\">",
    "<svg onload=\"document.title='ran'\"></svg>",
    "<a id=evil href=\"javascript:document.title='ran'\">按我</a>",
    "<button id=pressed onclick=\"document.title='ran'\">按我</button>",
    "<iframe srcdoc=\"<script>top.document.title='ran'</script>\"></iframe>",
    '<object data="x.html"></object>',
    '<form id=sent action="https://example.org/"><button id=send>送</button></form>',
    '<base href="https://example.org/">',
    '<link rel=stylesheet href="https://example.org/x.css"><style>body{display:none}</style>',
)


@pytest.mark.parametrize("evil", EVIL)
def test_even_unescaped_nothing_of_it_runs(browser: Browser, sheet: Path, evil: str) -> None:
    """As if escaping had failed: the markup stands in the page as it is, and the page's own policy stops it."""
    content = sheet.read_bytes()
    title = re.search(rb'<h3 id="title-11"><bdi>.*?</bdi></h3>', content, re.DOTALL)
    assert title is not None
    sheet.write_bytes(content.replace(title[0], b'<h3 id="title-11">' + evil.encode() + b"</h3>"))
    page = browser.page()
    page.open(sheet)
    assert page.evaluate("document.querySelector('#title-11').children.length") >= (0 if "<base" in evil else 1)
    for place in ("#evil", "#pressed", "#send"):
        if page.evaluate(f"Boolean(document.querySelector('{place}'))"):
            page.evaluate(f"document.querySelector('{place}').click()")
    assert page.evaluate("new Promise(done => setTimeout(() => done(document.title), 200))") == "113 學年度上傳複製單"
    assert page.evaluate("getComputedStyle(document.body).display") != "none"
    assert page.evaluate("document.baseURI") == sheet.as_uri()
    assert [text for text in page.complaints if "Content Security Policy" in text or "Content-Security-Policy" in text]
    page.close()


def test_what_cannot_be_seen_is_shown_and_copied_as_it_is(browser: Browser, tmp_path: Path) -> None:
    hidden = "水\u202e質\u200b查"
    shelf = Shelf(tmp_path / "shelf")
    plan = plan_of([bundles.entry(1, [shelf.target("01_課程學習成果/01_x.pdf", b"x")], title=hidden, summary=hidden)])
    page = browser.page()
    page.open(archive.write(plan, shelf.path, tmp_path / "包").path / layout.SHEET)
    assert page.evaluate("document.querySelector('#title-1').textContent") == "水\\u202e質\\u200b查"
    assert page.evaluate("document.querySelector('[data-field=summary] .text').textContent") == "水\\u202e質\\u200b查"
    page.click("[data-field=summary] .take")
    assert taken(page) == hidden
    page.close()


def test_a_tick_is_remembered_after_a_reload(page: Page) -> None:
    page.click("#piece-2 .tick input")
    page.click("#piece-3 [data-field=name] .take")
    page.wait_until("document.querySelector('#piece-3 .taken')")
    assert page.evaluate("document.querySelector('#done-count').textContent") == "1"
    page.reload()
    assert page.evaluate("document.querySelector('#piece-2 .tick input').checked") is True
    assert page.evaluate("document.querySelector('#piece-1 .tick input').checked") is False
    assert page.evaluate("document.querySelector('#done-count').textContent") == "1"
    assert page.evaluate("document.querySelector('#piece-3 [data-field=name]').classList.contains('taken')") is True
    page.click("#piece-2 .tick input")
    page.reload()
    assert page.evaluate("document.querySelector('#piece-2 .tick input').checked") is False


def test_a_later_export_keeps_the_ticks_of_what_did_not_change(
    browser: Browser, page: Page, plan: BundlePlan, tmp_path: Path
) -> None:
    page.click("#piece-2 .tick input")
    page.click("#piece-3 .tick input")
    shelf = Shelf(tmp_path / "shelf")
    pieces = a_year(shelf)
    changed = [entry for entry in pieces.entries if entry.number != 1]  # one fewer: the numbers move
    renumbered = tuple(_changed(entry, number) for number, entry in enumerate(changed, 1))
    later = BundlePlan(pieces.year, pieces.profile, renumbered)
    other = browser.page()
    other.open(archive.write(later, shelf.path, tmp_path / "later").path / layout.SHEET)
    boxes = "[...document.querySelectorAll('.tick input')].map(box => box.checked)"
    assert other.evaluate(boxes)[:3] == [True, False, False]
    other.close()


def _changed(entry: Entry, number: int) -> Entry:
    """The same entry at another place; the competition with another text."""
    rows = entry.rows
    if entry.category == "competition":
        rows = tuple(replace(row, value="改過") if row.name == "name" else row for row in rows)
    return replace(entry, number=number, rows=rows)


def test_all_by_keyboard(page: Page, plan: BundlePlan) -> None:
    """C copies the next field, whatever input method is on; the road leads through every filled field once."""
    stops = [
        (entry.number, row.label, row.copies[0].text) for entry in plan.entries for row in entry.rows if row.copies
    ]
    for number, label, text in stops[:12]:
        where = page.evaluate("document.querySelector('#next-where').textContent")
        assert where == f"{number} ·"
        assert page.evaluate("document.querySelector('#next-label').textContent") == label
        page.evaluate("document.querySelector('.just')?.classList.remove('just')")
        page.press("Process", "KeyC", 229)
        assert taken(page) == text
    page.press(*BACK)
    page.press(*BACK)
    assert page.evaluate("document.querySelector('#next-label').textContent") == stops[10][1]
    for _ in stops:
        page.press(*NEXT)
        page.evaluate("new Promise(done => setTimeout(done, 0))")
    page.wait_until("document.querySelector('#go').disabled")
    assert page.evaluate("document.querySelector('#next-where').textContent") == "都複製過了；傳好的請打勾。"


def test_tab_reaches_and_space_presses_the_buttons(page: Page) -> None:
    page.evaluate("document.querySelector('#piece-1 .tick input').focus()")
    page.press(" ", "Space", 32, " ")
    assert page.evaluate("document.querySelector('#piece-1').classList.contains('done')") is True
    page.press(" ", "Space", 32, " ")
    page.press("Tab", "Tab", 9)
    assert page.evaluate("document.activeElement.className") == "take script"
    page.press(" ", "Space", 32, " ")
    assert taken(page) == "生物"


def test_the_notation_chosen_is_the_one_copied_next(page: Page) -> None:
    place = "document.querySelector('#piece-3 [data-field=result_date]')"
    page.click("[value=gregorian]")
    page.click("#piece-3 [data-field=award] .take")
    page.wait_until("document.querySelector('.just')")
    assert page.evaluate("document.querySelector('#next-text').textContent") == "2024-02-29"
    page.reload()
    assert page.evaluate("document.querySelector('[value=gregorian]').checked") is True
    assert page.evaluate(f"{place}.querySelector('.second .text').textContent") == "1130229"


def test_a_finished_piece_folds_and_is_passed_over(page: Page) -> None:
    page.click("#piece-1 .tick input")
    assert page.evaluate("document.querySelector('#piece-1 dl').offsetParent") is None
    assert page.evaluate("document.querySelector('#next-where').textContent") == "2 ·"
    page.click("#piece-1 .fold")
    assert page.evaluate("document.querySelector('#piece-1 dl').offsetHeight") > 0
    for number in range(2, len(CATEGORIES) + 1):
        page.click(f"#piece-{number} .tick input")
    assert page.evaluate("document.querySelector('#finished').hidden") is False


def test_clearing_asks_once_more(page: Page) -> None:
    page.click("#piece-1 .tick input")
    page.click("#clear")
    assert page.evaluate("document.querySelector('#done-count').textContent") == "1"
    page.click("#clear")
    assert page.evaluate("document.querySelector('#done-count').textContent") == "0"
    page.reload()
    assert page.evaluate("document.querySelector('#done-count').textContent") == "0"


def test_a_browser_that_remembers_nothing_says_so(page: Page) -> None:
    page.call(
        "Page.addScriptToEvaluateOnNewDocument",
        source="""for (const name of ["getItem", "setItem", "removeItem"])
            Storage.prototype[name] = () => { throw new DOMException("no", "SecurityError"); };""",
    )
    page.reload()
    page.click("#piece-1 .tick input")
    assert page.evaluate("document.querySelector('#forgetful').hidden") is False
    assert page.evaluate("document.querySelector('#piece-1 .tick input').checked") is True


def test_spoiled_memory_is_passed_over(page: Page, plan: BundlePlan) -> None:
    key = f"portfolio-desktop:{plan.mark(plan.entries[0])}"
    for spoiled in ("{", "null", "[]", '"x"', '{"done": 3, "copied": "x"}', '{"copied": [1, null]}'):
        page.evaluate(f"localStorage.setItem({key!r}, {spoiled!r})")
        page.reload()
        assert page.evaluate("document.querySelector('#piece-1 .tick input').checked") is False
        page.click("#piece-1 [data-field=course] .take")
        assert taken(page) == "生物"


@pytest.mark.parametrize(
    ("pathname", "host", "whole"),
    [
        ("/home/%E7%8E%8B/%E6%88%90%E6%9E%9C/x.html", "", "/home/王/成果/01_a/b.pdf"),
        ("/C:/Users/%E7%8E%8B%20/x.html", "", r"C:\Users\王 \01_a\b.pdf"),
        ("/share/113/x.html", "nas", r"\\nas\share\113\01_a\b.pdf"),
    ],
)
def test_whole_places_on_every_system(page: Page, pathname: str, host: str, whole: str) -> None:
    script = (ROOT / "resources" / "sheet" / "sheet.js").read_text(encoding="utf-8")
    match = re.search(r"const place = (\(here, host, path\) => \{.*?\n  \});?", script, re.DOTALL)
    assert match
    assert page.evaluate(f"({match[1]})({pathname!r}, {host!r}, '01_a/b.pdf')") == whole


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_wider_than_the_screen(page: Page, width: int) -> None:
    page.call("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=width < 500)
    page.reload()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(page: Page, scheme: str) -> None:
    """WCAG AA: 4.5 to 1 for every visible text."""
    page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    page.click("#piece-1 .tick input")
    page.click("#piece-2 [data-field=unit] .take")
    page.wait_until("document.querySelector('.just')")
    weak = page.evaluate(CONTRAST)
    assert weak == []


CONTRAST = r"""(() => {
  const parse = (colour) => colour.match(/[\d.]+/g).map(Number);
  const ground = (element) => {
    for (; element; element = element.parentElement) {
      const [red, green, blue, opacity = 1] = parse(getComputedStyle(element).backgroundColor);
      if (opacity === 1) return [red, green, blue];
    }
    return [255, 255, 255];
  };
  const linear = (part) => (part /= 255) <= .03928 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4;
  const light = ([red, green, blue]) => .2126 * linear(red) + .7152 * linear(green) + .0722 * linear(blue);
  const weak = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.offsetParent || element.closest(".hidden, .skip, [disabled], kbd")) continue;
    const pair = [light(parse(getComputedStyle(element).color)), light(ground(element))].sort((x, y) => y - x);
    const ratio = (pair[0] + .05) / (pair[1] + .05);
    if (ratio < 4.5) weak.push([element.className || element.tagName, element.textContent.trim(), ratio]);
  }
  return weak;
})()"""


def test_on_paper_everything_is_there_and_no_button(page: Page) -> None:
    page.click("#piece-1 .tick input")
    page.call("Emulation.setEmulatedMedia", media="print")
    assert page.evaluate("document.querySelector('#piece-1 dl').offsetHeight") > 0
    visible = (
        "[...document.querySelectorAll('button, nav, .next')].filter(e => e.offsetParent || e.offsetHeight).length"
    )
    assert page.evaluate(visible) == 0
    assert page.call("Page.printToPDF")["data"]


def test_without_scripts_everything_can_be_read(page: Page, plan: BundlePlan) -> None:
    page.call("Emulation.setScriptExecutionDisabled", value=True)
    page.reload()
    text = page.call("DOM.getOuterHTML", nodeId=page.call("DOM.getDocument")["root"]["nodeId"])["outerHTML"]
    assert all(f'id="piece-{entry.number}"' in text for entry in plan.entries)
    node = page.call("DOM.querySelector", nodeId=page.call("DOM.getDocument")["root"]["nodeId"], selector=".take")
    page.call("CSS.enable")
    style = {
        item["name"]: item["value"]
        for item in page.call("CSS.getComputedStyleForNode", nodeId=node["nodeId"])["computedStyle"]
    }
    assert style["display"] == "none"
