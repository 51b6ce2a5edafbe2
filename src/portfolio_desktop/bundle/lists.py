"""The list of a bundle for a spreadsheet: XLSX with two sheets, CSV with one line a piece.

Whatever a student wrote stays text: XLSX cells are strings by type and by format, and a CSV value that a spreadsheet
would compute is led in by an apostrophe; what cannot be seen is written out. No clock: fixed dates inside, members stored,
so equal plans give equal bytes on every computer.
"""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Sequence

import xlsxwriter

from portfolio_desktop.bundle.entries import BundlePlan, Entry
from portfolio_desktop.bundle.words import certification
from portfolio_desktop.findings.characters import visible
from portfolio_desktop.messages import _

LONGEST_CELL = 32767
"""Characters of one cell: more, and Excel calls the file damaged."""
_STARTS_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_DAY_ONE = datetime.datetime(1980, 1, 1)  # noqa: DTZ001 - XLSX has no time zones


def xlsx(plan: BundlePlan) -> bytes:
    """The workbook: the pieces, one a row; and every field of every piece in its notations, one a row."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False},
    )
    workbook.set_properties({"created": _DAY_ONE, "title": _title(plan)})
    _worksheet(workbook, _("清單"), _piece_heads(), map(_piece_cells, plan.entries), _PIECE_WIDTHS)
    _worksheet(workbook, _("欄位"), _field_heads(), _field_rows(plan), _FIELD_WIDTHS)
    workbook.close()
    return _stored(buffer.getvalue())


def csv_text(plan: BundlePlan) -> bytes:
    """The pieces as CSV in UTF-8 with a byte order mark, by which Excel knows that it is not in the system's code page."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_piece_heads())
    for entry in plan.entries:
        writer.writerow([_harmless(visible(cell, lines=True)) for cell in _piece_cells(entry)])
    return buffer.getvalue().encode("utf-8-sig")


def _title(plan: BundlePlan) -> str:
    return _("{year} 學年度學習歷程清單").format(year=plan.year)


_PIECE_WIDTHS = (6, 22, 30, 8, 11, 40, 40, 50, 30, 50, 40)


def _piece_heads() -> list[str]:
    return [
        _("序號"),
        _("類別"),
        _("標題"),
        _("學期"),
        _("認證"),
        _("文件"),
        _("影音"),
        _("簡述"),
        _("外部連結"),
        _("其他欄位"),
        _("注意事項"),
    ]


def _piece_cells(entry: Entry) -> list[str]:
    by_type = {row.type: row for row in entry.rows}
    paths = {target.role: target.path for target in entry.targets}
    own = [row for row in entry.rows if row.copies and row.type not in _IN_COLUMNS]
    return [
        str(entry.number),
        entry.label,
        entry.title,
        entry.term,
        certification(entry.certification),
        paths.get("document", ""),
        paths.get("media", ""),
        by_type["summary"].text if "summary" in by_type else "",
        by_type["link"].text if "link" in by_type else "",
        _("；").join(f"{row.label}：{row.text}" for row in own),
        "\n".join(finding.message for finding in entry.findings if finding.severity != "hint"),
    ]


_IN_COLUMNS = frozenset({"year", "term", "summary", "link", "document", "media"})
_FIELD_WIDTHS = (6, 22, 30, 20, 60, 14)


def _field_heads() -> list[str]:
    return [_("序號"), _("類別"), _("標題"), _("欄位"), _("內容"), _("寫法")]


def _field_rows(plan: BundlePlan) -> Iterable[list[str]]:
    for entry in plan.entries:
        for row in entry.rows:
            for copy in row.copies:
                yield [str(entry.number), entry.label, entry.title, row.label, copy.text, copy.note]


def _worksheet(
    workbook: xlsxwriter.Workbook,
    name: str,
    heads: Sequence[str],
    lines: Iterable[Sequence[str]],
    widths: Sequence[int],
) -> None:
    text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    head = workbook.add_format({"bold": True, "bottom": 1, "valign": "top"})
    worksheet = workbook.add_worksheet(name)
    for column, width in enumerate(widths):
        worksheet.set_column(column, column, width, text)
        worksheet.write_string(0, column, heads[column], head)
    worksheet.freeze_panes(1, 3)
    last = 0
    for last, cells in enumerate(lines, 1):
        for column, cell in enumerate(cells):
            worksheet.write_string(last, column, visible(cell, lines=True)[:LONGEST_CELL], text)
    worksheet.autofilter(0, 0, last, len(heads) - 1)


def _harmless(cell: str) -> str:
    """The cell led in by an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(_STARTS_FORMULA) else cell


def _stored(content: bytes) -> bytes:
    """The same archive with nothing compressed: compressors differ from computer to computer, stored bytes do not."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as new:
        for info in old.infolist():
            plain = zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0))
            plain.create_system = 0
            new.writestr(plain, old.read(info))
    return packed.getvalue()
