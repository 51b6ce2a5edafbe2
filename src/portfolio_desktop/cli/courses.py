"""`course add|edit|remove|list`: the student's own list of courses, which course results choose from.

arguments -> Course (its category filled in where the official code allows one only) -> Library -> findings told
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from portfolio_desktop.bootstrap.desk import Desk
from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.libraries import desk_of
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.piece_view import course as course_json
from portfolio_desktop.cli.width import clean
from portfolio_desktop.cli.words import finding_lines
from portfolio_desktop.cli.years import term
from portfolio_desktop.errors import UsageError
from portfolio_desktop.messages import N_, _
from portfolio_desktop.pieces.course_checks import course_findings
from portfolio_desktop.pieces.piece import Course

WRONG_CODE = frozenset({"course.code", "course.code-part"})
"""Findings that say that a text is no course code: a warning at a piece, which needs none, but wrong here, where it is entered."""


def _add_arguments(parser: Parser) -> None:
    parser.add("name", metavar=_("課名"), help=_("課程名稱"))
    _value_arguments(parser)


def _value_arguments(parser: Parser) -> None:
    parser.add("--term", type=term, metavar=_("學期"), help=_("哪一個學期，例如 113-1"))
    parser.add("--category", metavar=_("代碼"), help=_("課程類別，依學校類型，例如 required 部定必修"))
    parser.add("--credits", metavar=_("學分"), help=_("學分數；進修部是節數"))
    parser.add("--teacher", metavar=_("教師"), help=_("任課教師"))
    parser.add("--code", metavar=_("代碼"), help=_("課程代碼，23 個字元；看得出課程類別時會自動填"))


def _add(call: Call) -> int:
    with desk_of(call) as desk:
        course = desk.library.add_course(_as_given(call, desk, Course("", call.name)))
        return _told(call, desk, course, _("加了課程 {id}：{name}"))


def _edit_arguments(parser: Parser) -> None:
    parser.add("course", metavar=_("課程編號"), help=_("哪一門課，例如 c1"))
    parser.add("--name", metavar=_("課名"), help=_("課程名稱"))
    _value_arguments(parser)


def _edit(call: Call) -> int:
    with desk_of(call) as desk:
        before = _course(desk, call.course)
        after = _as_given(call, desk, before if call.name is None else replace(before, name=call.name))
        course = desk.library.edit_course(after)
        return _told(call, desk, course, _("改了課程 {id}：{name}"))


def _remove_arguments(parser: Parser) -> None:
    parser.add("course", metavar=_("課程編號"), help=_("哪一門課，例如 c1"))


def _remove(call: Call) -> int:
    with desk_of(call) as desk:
        course = _course(desk, call.course)
        desk.library.remove_course(course.id)
    if call.console.as_json:
        call.console.document({"removed": course_json(course)})
    else:
        call.console.say(_("拿掉了課程 {id}：{name}").format(id=course.id, name=clean(course.name)))
    return 0


def _course(desk: Desk, identity: str) -> Course:
    found = next((course for course in desk.library.courses() if course.id == identity), None)
    if found is None:
        raise UsageError(_("沒有「{id}」這門課程。").format(id=identity))
    return found


def _as_given(call: Call, desk: Desk, course: Course) -> Course:
    """The course with the values that the call names, and what its code tells."""
    if call.category:
        known = {one.code: one.label for one in desk.form("course").categories}
        if call.category not in known:
            words = "、".join(f"{code} {_(label)}" for code, label in known.items())
            raise UsageError(_("沒有「{code}」這種課程類別；有：{known}").format(code=call.category, known=words))
    values = {name: getattr(call, name) for name in ("term", "category", "credits", "teacher", "code")}
    given = replace(course, **{name: value for name, value in values.items() if value is not None})
    return desk.coded(given)


def _told(call: Call, desk: Desk, course: Course, done: str) -> int:
    findings = course_findings(course, desk.form("course"))
    if call.console.as_json:
        call.console.document(course_json(course) | {"findings": [finding.to_json() for finding in findings]})
    else:
        call.console.say(done.format(id=course.id, name=clean(course.name)))
        for line in finding_lines(findings, "  ", {"course": _("課程")}):
            call.console.say(line)
    return 1 if any(finding.severity == "error" or finding.code in WRONG_CODE for finding in findings) else 0


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
    "course edit": Command(
        N_("改課程清單裡的一門課；沒有寫的保持原樣。"),
        "portfolio-desktop course edit c1 --teacher 歷史科老師 --credits 3",
        _edit,
        _edit_arguments,
    ),
    "course remove": Command(
        N_("從課程清單拿掉一門課；掛在它下面的課程學習成果會留著，但要再選課程。可以用 undo 復原。"),
        "portfolio-desktop course remove c2",
        _remove,
        _remove_arguments,
    ),
    "course list": Command(N_("列出自己的課程和編號。"), "portfolio-desktop course list", _list),
}
