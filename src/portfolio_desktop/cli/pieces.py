"""`list` and `show`: pieces with their findings, as a table, a page, or JSON."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

from portfolio_desktop.bootstrap.desk import Judged
from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.libraries import desk_of
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.piece_view import brief, full, show_page, show_table
from portfolio_desktop.cli.years import school_year
from portfolio_desktop.errors import UsageError
from portfolio_desktop.library.records import PieceFilter
from portfolio_desktop.messages import N_, _
from portfolio_desktop.pieces.piece import CATEGORIES
from portfolio_desktop.pieces.readiness import STATES

KINDS = ("course", "activity")


def _list_arguments(parser: Parser) -> None:
    parser.add("--year", type=school_year, metavar=_("學年度"), help=_("只列這個學年度的，例如 113"))
    parser.add("--kind", type=one_of(KINDS), metavar="|".join(KINDS), help=_("只列課程學習成果或多元表現"))
    parser.add("--category", type=one_of(CATEGORIES), metavar=_("代碼"), help=_("只列這一類：") + " ".join(CATEGORIES))
    parser.add("--state", type=one_of(STATES), metavar="|".join(STATES), help=_("只列這個狀態的"))
    parser.add("--trash", action="store_true", help=_("列垃圾桶裡的"))


def one_of(words: Sequence[str]) -> type[str]:
    """A reader for `type=` that takes one of these words only."""

    def read(word: str) -> str:
        if word not in words:
            raise argparse.ArgumentTypeError(
                _("沒有「{word}」，可用的有 {words}").format(word=word, words=" ".join(words))
            )
        return word

    return read  # type: ignore[return-value]  # argparse only calls it


def category_of_course(category: str | None, course_id: str | None) -> str | None:
    """The category asked for; one that names a course is a course result. Raises UsageError where both cannot be meant."""
    if course_id is None or category == "course":
        return category
    if category is not None:
        raise UsageError(
            _("只有課程學習成果（course）屬於一門課，--course 不能和 --category {code} 一起用").format(code=category)
        )
    return "course"


def _list(call: Call) -> int:
    wanted = PieceFilter(kind=call.kind, category=call.category, year=call.year, trashed=call.trash)
    with desk_of(call, read_only=True) as desk:
        pieces = desk.judged(desk.library.pieces(wanted))
    if call.state:
        pieces = [judged for judged in pieces if judged.state == call.state]
    if call.console.as_json:
        call.console.document({"pieces": [brief(judged) for judged in pieces]})
    else:
        show_table(call.console, pieces)
    return code_of(pieces)


def _show_arguments(parser: Parser) -> None:
    parser.add("piece", metavar=_("編號"), help=_("哪一件，例如 p1"))


def _show(call: Call) -> int:
    with desk_of(call, read_only=True) as desk:
        [judged] = desk.judged([desk.library.piece(call.piece)])
    if call.console.as_json:
        call.console.document(full(judged))
    else:
        show_page(call.console, judged)
    return code_of([judged])


def code_of(pieces: Sequence[Judged]) -> int:
    """1 when any of the pieces has an error, else 0."""
    return 1 if any(judged.has_error for judged in pieces) else 0


COMMANDS: Mapping[str, Command] = {
    "list": Command(
        N_(
            "列出各件的標題、類別、學期、檔案、勾選和問題；JSON 的 ticked 是勾選到的學年度，可能不只一個。"
            "有要修正的錯誤時，結束代碼是 1。"
        ),
        "portfolio-desktop list --year 113 --kind course\nportfolio-desktop list --state needs-work --json",
        _list,
        _list_arguments,
    ),
    "show": Command(
        N_("照表單的順序看一件的全部內容、檔案和問題。"),
        "portfolio-desktop show p1",
        _show,
        _show_arguments,
    ),
}
