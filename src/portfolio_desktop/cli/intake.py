"""`add PATH…`: copy files into the library, one piece each.

paths -> Library.add (copied, hashed, committed: safe) -> deepen (every page, pixel, packet) -> pieces with findings
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from portfolio_desktop.bootstrap.desk import Desk, Judged
from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.console import shown
from portfolio_desktop.cli.interrupt import INTERRUPTED
from portfolio_desktop.cli.libraries import desk_of, looked_deeper
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.piece_view import brief, show_table
from portfolio_desktop.cli.pieces import category_of_course, one_of
from portfolio_desktop.cli.words import finding_lines
from portfolio_desktop.cli.years import term
from portfolio_desktop.findings.checks import unreadable_finding
from portfolio_desktop.fitting.text import tidy_title
from portfolio_desktop.library.records import Added, NewPiece, PieceFilter
from portfolio_desktop.messages import N_, _
from portfolio_desktop.pieces.piece import CATEGORIES
from portfolio_desktop.terms import Term


def _arguments(parser: Parser) -> None:
    parser.add("paths", nargs="+", type=Path, metavar=_("路徑"), help=_("檔案或資料夾；原檔不會被更動或搬走"))
    parser.add("--term", type=term, metavar=_("學期"), help=_("哪一個學期，例如 113-1（否則是課程的、現在的學期）"))
    parser.add("--category", type=one_of(CATEGORIES), metavar=_("代碼"), help=_("類別：") + " ".join(CATEGORIES))
    parser.add("--course", metavar=_("課程編號"), help=_("課程學習成果的課程，見 course list；類別就是 course"))
    parser.add("--title", metavar=_("標題"), help=_("標題（否則用檔名）"))
    parser.add("--quick", action="store_true", help=_("只收好，逐頁的檢查留到以後（匯出前會做）"))


def _add(call: Call) -> int:
    category = category_of_course(call.category, call.course)
    title = None if call.title is None else tidy_title(call.title)
    with desk_of(call) as desk:
        new = NewPiece(call.term or _term_of(desk, call.course), category, call.course, title)
        added = desk.library.add(call.paths, new, call.progress)
        call.bar.wipe()
        stopped = not call.quick and not looked_deeper(call, desk.library)
        ids = tuple(piece.id for piece in added.added)
        pieces = desk.judged(desk.library.pieces(PieceFilter(ids=ids))) if ids else []
    if call.console.as_json:
        call.console.document(
            {
                "added": [brief(judged) for judged in pieces],
                "duplicates": [
                    {"path": str(twin.path), "piece": twin.piece_id, "sha256": twin.sha256, "trashed": twin.trashed}
                    for twin in added.duplicates
                ],
                "refused": [{"path": str(refused.path), "reason": refused.reason} for refused in added.refused],
            }
        )
    else:
        _tell(call, added, pieces)
    if stopped:
        return INTERRUPTED
    return 1 if added.refused or any(_file_is_wrong(judged) for judged in pieces) else 0


def _term_of(desk: Desk, course_id: str | None) -> Term | None:
    """The term of a course, where it is known: its results belong to no other."""
    return next((course.term for course in desk.library.courses() if course.id == course_id), None)


def _file_is_wrong(judged: Judged) -> bool:
    """Whether the file itself has an error: a piece that was just added has no summary yet, which is no fault."""
    roles = {file.role for file in judged.piece.files}
    return any(finding.severity == "error" and finding.about in roles for finding in judged.findings)


def _tell(call: Call, added: Added, pieces: list[Judged]) -> None:
    if pieces:
        show_table(call.console, pieces)
    for twin in added.duplicates:
        where = _("{piece}（在垃圾桶裡）") if twin.trashed else "{piece}"
        said = _("已經有了：{path} 和 {piece} 的內容完全相同，沒有再收一次").format(
            path=shown(twin.path), piece=where.format(piece=twin.piece_id)
        )
        call.console.say(said)
    for refused in added.refused:
        call.console.say(_("沒有收：{path}").format(path=shown(refused.path)))
        for line in finding_lines([unreadable_finding(refused.reason, refused.path.name)]):
            call.console.say(line)


COMMANDS: Mapping[str, Command] = {
    "add": Command(
        N_(
            "把檔案複製進學習歷程庫，一個檔案一件，並且檢查。已經有的檔案不會再收一次；有毛病的檔案也收，只是會說明。"
            "結束代碼 1：有檔案沒有收，或收進來的檔案本身有錯誤；還沒填的簡述和欄位不算。"
        ),
        "portfolio-desktop add 水質調查報告.pdf --term 113-1 --category course\nportfolio-desktop add 照片/ --category service",
        _add,
        _arguments,
    )
}
