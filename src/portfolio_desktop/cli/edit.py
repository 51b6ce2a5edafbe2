"""`edit PIECE`: change a piece's title, summary, fields, files, certification; prints what is still wrong."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from portfolio_desktop.bootstrap.desk import Desk
from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.interrupt import INTERRUPTED
from portfolio_desktop.cli.libraries import desk_of, looked_deeper
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.piece_view import CERTIFICATION_WORDS, full, show_page
from portfolio_desktop.cli.pieces import category_of_course, code_of, one_of
from portfolio_desktop.cli.years import term
from portfolio_desktop.errors import UsageError
from portfolio_desktop.fitting.text import tidy_title
from portfolio_desktop.library.records import Edit
from portfolio_desktop.messages import N_, _
from portfolio_desktop.pieces.course_checks import locked_findings
from portfolio_desktop.pieces.piece import CATEGORIES, CERTIFICATIONS, Certification

ROLES = ("document", "media", "source")


def _arguments(parser: Parser) -> None:
    parser.add("piece", metavar=_("編號"), help=_("哪一件，例如 p1"))
    parser.add("--title", metavar=_("標題"), help=_("新的標題"))
    parser.add("--summary", metavar=_("簡述"), help=_("新的簡述；字數上限見 count"))
    field_help = _("表單的欄位，例如 level=2；值留空就是清掉；欄位的名稱見 rules show")
    parser.add("--field", type=_field, nargs="+", action="extend", metavar=_("名稱=值"), help=field_help)
    parser.add("--link", metavar=_("網址"), help=_("外部影音連結，只有多元表現有"))
    parser.add("--term", type=term, metavar=_("學期"), help=_("哪一個學期，例如 113-1"))
    parser.add("--category", type=one_of(CATEGORIES), metavar=_("代碼"), help=_("類別：") + " ".join(CATEGORIES))
    parser.add("--course", metavar=_("課程編號"), help=_("課程學習成果的課程，見 course list"))
    parser.add("--attach", type=Path, metavar=_("檔案"), help=_("放進檔案；同一格原來的檔案留作舊版"))
    parser.add("--detach", type=one_of(ROLES), metavar="|".join(ROLES), help=_("把這一格的檔案拿下來，檔案本身仍留著"))
    parser.add("--use-version", metavar=_("檔案編號"), help=_("改回先前的檔案，例如 f3；有哪些見 history"))
    parser.add("--use-text", metavar=_("文字編號"), help=_("改回先前的一段文字，例如 summary@12；有哪些見 history"))
    states = "|".join(CERTIFICATIONS)
    about = _("課程學習成果的認證：editing 編輯中、sent 認證中、certified 認證成功、failed 認證失敗；寫中文也可以")
    parser.add("--certification", type=_certification, metavar=states, help=about)
    parser.add("--certification-note", metavar=_("文字"), help=_("認證的附註，例如沒通過的原因"))


def _field(word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not equals or not name:
        raise argparse.ArgumentTypeError(_("欄位要寫成 名稱=值，不是「{word}」").format(word=word))
    return name, value


def _certification(word: str) -> Certification:
    """A state of certification, by its code or as platforms write it."""
    for code in CERTIFICATIONS:
        if word in (code, CERTIFICATION_WORDS[code], _(CERTIFICATION_WORDS[code])):
            return code
    known = " ".join(f"{code} {_(words)}" for code, words in CERTIFICATION_WORDS.items())
    raise argparse.ArgumentTypeError(_("沒有「{word}」，可用的有 {words}").format(word=word, words=known))


def _edit(call: Call) -> int:
    change = Edit(
        title=None if call.title is None else tidy_title(call.title),
        summary=call.summary,
        fields=dict(call.field or ()),
        link=call.link,
        term=call.term,
        category=category_of_course(call.category, call.course),
        course_id=call.course,
        certification=call.certification,
        certification_note=call.certification_note,
    )
    if change == Edit() and {call.attach, call.detach, call.use_version, call.use_text} == {None}:
        raise UsageError(_("沒有說要改什麼。說明：portfolio-desktop edit --help"))
    with desk_of(call) as desk:
        _check_fields(desk, call.piece, change)
        _check_certification(desk, call.piece, change)
        before = desk.library.piece(call.piece)
        regular = desk.regular(call.piece, change)
        desk.library.edit(
            call.piece,
            regular,
            attach=call.attach,
            detach=call.detach,
            use_version=call.use_version,
            use_text=call.use_text,
            progress=call.progress,
        )
        call.bar.wipe()
        stopped = call.attach is not None and not looked_deeper(call, desk.library)
        [judged] = desk.judged([desk.library.piece(call.piece)])
    judged = replace(judged, findings=(*locked_findings(before, judged.piece), *judged.findings))
    if call.console.as_json:
        call.console.document(full(judged))
    else:
        show_page(call.console, judged)
    return INTERRUPTED if stopped else code_of([judged])


def _check_fields(desk: Desk, piece_id: str, change: Edit) -> None:
    """Refuse fields that the piece's form (or the one it is to get) does not have: a typo would be lost in silence."""
    if not change.fields:
        return
    category = change.category or desk.library.piece(piece_id).category
    if category is None:
        raise UsageError(_("這一件還沒分類，先用 --category 選類別，才知道有哪些欄位"))
    known = {spec.name for spec in desk.form(category).fields if spec.in_fields}
    wrong = [name for name, value in change.fields.items() if name not in known and value]
    if wrong:
        raise UsageError(
            _("這一類沒有「{wrong}」這個欄位；欄位有：{known}").format(
                wrong="、".join(wrong), known=" ".join(sorted(known))
            )
        )


def _check_certification(desk: Desk, piece_id: str, change: Edit) -> None:
    """Refuse a certification of anything but a course result: nobody certifies an activity."""
    if change.certification is None and change.certification_note is None:
        return
    category = change.category or desk.library.piece(piece_id).category
    if category not in (None, "course"):
        label = _(desk.form(category).label)
        raise UsageError(_("只有課程學習成果有認證，{piece} 是「{label}」").format(piece=piece_id, label=label))


COMMANDS: Mapping[str, Command] = {
    "edit": Command(
        N_("修改一件，然後列出它的內容和還有的問題。每一次都可以用 undo 復原。"),
        "portfolio-desktop edit p3 --summary 我設計取樣表並整理數據。\n"
        "portfolio-desktop edit p3 --category officer --field level=2 position=學藝股長\n"
        "portfolio-desktop edit p3 --attach 新版.pdf --certification sent\n"
        "portfolio-desktop edit p3 --use-version f3 --use-text summary@12",
        _edit,
        _arguments,
    )
}
