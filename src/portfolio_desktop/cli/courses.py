"""`course add` and `course list`: the student's own list of courses, which course results choose from."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.libraries import desk_of
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.piece_view import course as course_json
from portfolio_desktop.cli.years import term
from portfolio_desktop.errors import UsageError
from portfolio_desktop.messages import N_, _
from portfolio_desktop.pieces.piece import Course


def _add_arguments(parser: Parser) -> None:
    parser.add("name", metavar=_("課名"), help=_("課程名稱"))
    parser.add("--term", type=term, metavar=_("學期"), help=_("哪一個學期，例如 113-1"))
    parser.add("--category", default="", metavar=_("代碼"), help=_("課程類別，依學校類型，例如 required 部定必修"))
    parser.add("--credits", default="", metavar=_("學分"), help=_("學分數；進修部是節數"))
    parser.add("--teacher", default="", metavar=_("教師"), help=_("授課教師"))
    parser.add("--code", default="", metavar=_("代碼"), help=_("課程代碼，23 個字元"))


def _add(call: Call) -> int:
    with desk_of(call) as desk:
        if call.category:
            known = {one.code: one.label for one in desk.form("course").categories}
            if call.category not in known:
                words = "、".join(f"{code} {_(label)}" for code, label in known.items())
                raise UsageError(_("沒有「{code}」這種課程類別；有：{known}").format(code=call.category, known=words))
        new = Course("", call.name, call.term, call.category, call.credits, call.teacher, call.code)
        course = desk.library.add_course(new)
    if call.console.as_json:
        call.console.document(course_json(course))
    else:
        call.console.say(_("加了課程 {id}：{name}").format(id=course.id, name=course.name))
    return 0


def _list(call: Call) -> int:
    with desk_of(call, read_only=True) as desk:
        courses = desk.library.courses()
        labels = {one.code: _(one.label) for one in desk.form("course").categories}
    if call.console.as_json:
        call.console.document({"courses": [course_json(course) for course in courses]})
        return 0
    rows = [
        [
            course.id,
            course.name,
            str(course.term) if course.term else "",
            labels.get(course.category, course.category),
            course.credits,
            course.teacher,
            course.code,
        ]
        for course in courses
    ]
    if rows:
        call.console.table(
            [_("編號"), _("課程"), _("學期"), _("類別"), _("學分"), _("教師"), _("代碼")], rows, right=(4,)
        )
    call.console.say(_("共 {count} 門課").format(count=len(rows)))
    return 0


COMMANDS: Mapping[str, Command] = {
    "course add": Command(
        N_("在自己的課程清單加一門課；課程學習成果要從這裡選課程。"),
        "portfolio-desktop course add 歷史 --term 113-1 --category required --credits 2",
        _add,
        _add_arguments,
    ),
    "course list": Command(N_("列出自己的課程和編號。"), "portfolio-desktop course list", _list),
}
