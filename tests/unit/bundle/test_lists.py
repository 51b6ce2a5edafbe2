"""The lists: readable by a spreadsheet, never computed by it, the same bytes each time."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from helpers.bundles import Shelf, entry, plan_of, small_plan
from portfolio_desktop.bundle.entries import BundlePlan, Copy, Row
from portfolio_desktop.bundle.lists import LONGEST_CELL, csv_text, xlsx
from portfolio_desktop.findings.finding import Finding

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", '=HYPERLINK("x")', "=cmd|' /C calc'!A0"]


@pytest.fixture
def plan(tmp_path: Path) -> BundlePlan:
    return small_plan(Shelf(tmp_path / "shelf"))


def lines(plan: BundlePlan) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_text(plan).decode("utf-8-sig"), newline="")))


def sheets(plan: BundlePlan) -> list[Worksheet]:
    return openpyxl.load_workbook(io.BytesIO(xlsx(plan))).worksheets


def test_csv_begins_with_a_byte_order_mark_and_has_a_line_a_piece(plan: BundlePlan) -> None:
    assert csv_text(plan).startswith(b"\xef\xbb\xbf")
    head, *rest = lines(plan)
    assert head[:4] == ["序號", "類別", "標題", "學期"]
    assert len(rest) == len(plan.entries)
    assert rest[1][0] == "2"
    assert rest[0][5] == "01_課程學習成果/01_水質調查報告.pdf"
    assert {len(line) for line in (head, *rest)} == {len(head)}


def test_csv_ends_its_lines_as_spreadsheets_expect(plan: BundlePlan) -> None:
    text = csv_text(plan).decode("utf-8-sig")
    assert text.count("\r\n") == len(plan.entries) + 1
    assert text.endswith("\r\n")


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_formula_in_csv(text: str) -> None:
    plan = plan_of([entry(1, [], title=text, summary=text)])
    cells = lines(plan)[1]
    assert cells[2] == cells[7] == f"'{text}"


@pytest.mark.parametrize("text", ["水質", "1-2", "a=b", "'=1", " =1", "一\n二", '"', "a,b", "；"])
def test_csv_keeps_every_other_text(text: str) -> None:
    cells = lines(plan_of([entry(1, [], title=text, summary=text)]))[1]
    assert cells[2] == cells[7] == text


@pytest.mark.parametrize(
    "text", [*DANGEROUS[:4], "=1+1", "007", "1e5", "https://example.org", "{=1}", "TRUE", "_x0041_", "1130229"]
)
def test_everything_in_xlsx_is_text(text: str) -> None:
    first, second = sheets(plan_of([entry(1, [], title=text, summary=text)]))
    cells = {cell.value for row in first.iter_rows(min_row=2) for cell in row if cell.value is not None}
    assert text in cells
    for sheet in (first, second):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type == "s" or cell.value is None
                assert cell.hyperlink is None
        assert all(cell.number_format == "@" for row in sheet.iter_rows(min_row=2) for cell in row)


HIDDEN, SHOWN = "水\u202e質\u200b\x07", "水\\u202e質\\u200b\\x07"


def test_what_cannot_be_seen_is_written_out_in_both() -> None:
    plan = plan_of([entry(1, [], title=HIDDEN, summary=HIDDEN)])
    assert csv_text(plan).decode().count(SHOWN) == 2
    book = openpyxl.load_workbook(io.BytesIO(xlsx(plan)))
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert sum(SHOWN in cell for cell in cells) >= 3
    assert not any("\u202e" in cell or "_x" in cell for cell in cells)


def test_xlsx_lists_pieces_and_fields(plan: BundlePlan) -> None:
    pieces, fields = sheets(plan)
    assert pieces.title == "清單"
    assert pieces.max_row == len(plan.entries) + 1
    assert fields.title == "欄位"
    rows = [[cell.value for cell in row] for row in fields.iter_rows(min_row=2)]
    assert ["1", "課程學習成果", "水質調查報告", "課程", "113-1", "修課學期"] in rows
    assert ["1", "課程學習成果", "水質調查報告", "簡述", "我們量了水", ""] in rows


def test_findings_that_matter_are_listed() -> None:
    one = replace(
        entry(1, []), findings=(Finding("bundle.missing", {"path": "x"}), Finding("bundle.empty", {"year": 113}))
    )
    cells = lines(plan_of([one]))[1]
    assert cells[-1] == "少了「x」。\n113 學年度還沒有勾選任何一件，所以成果包裡沒有要上傳的檔案。"


def test_other_fields_stand_in_one_cell() -> None:
    base = entry(1, [])
    rows = (*base.rows, Row("level", "競賽等級", "choice", True, (Copy("全國"), Copy("3", "代碼")), "3"))
    cells = lines(plan_of([replace(base, rows=rows)]))[1]
    assert cells[9] == "課程：生物；競賽等級：全國"


def test_a_cell_is_never_longer_than_a_spreadsheet_bears() -> None:
    pieces, _fields = sheets(plan_of([entry(1, [], summary="字" * 40_000)]))
    assert pieces.cell(2, 8).value == "字" * LONGEST_CELL


def test_control_characters_do_not_break_the_workbook() -> None:
    pieces, _fields = sheets(plan_of([entry(1, [], title="a\x0bb\x1f\ufffe")]))
    assert pieces.max_row == 2


def test_xlsx_knows_no_clock_and_no_compressor(plan: BundlePlan, monkeypatch: pytest.MonkeyPatch) -> None:
    content = xlsx(plan)
    assert xlsx(plan) == content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.properties.created.isoformat() == "1980-01-01T00:00:00"
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in file.infolist()} == {zipfile.ZIP_STORED}


def test_an_empty_plan_has_empty_lists() -> None:
    assert len(lines(plan_of([]))) == 1
    assert [sheet.max_row for sheet in sheets(plan_of([]))] == [1, 1]
