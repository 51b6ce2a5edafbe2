"""`init DIR`: make a library for a student."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.console import shown
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.pieces import one_of
from portfolio_desktop.cli.settling import warn_of_place
from portfolio_desktop.cli.years import school_year, this_school_year
from portfolio_desktop.errors import UsageError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.messages import N_, _
from portfolio_desktop.pieces.piece import SCHOOL_TYPES


def _arguments(parser: Parser) -> None:
    parser.add("folder", type=Path, metavar=_("資料夾"), help=_("新的或空的資料夾"))
    types = "|".join(SCHOOL_TYPES)
    about = _("學校類型：general 普通型、technical 技術型、comprehensive 綜合型")
    parser.add("--school-type", type=one_of(SCHOOL_TYPES), required=True, metavar=types, help=about)
    parser.add("--entry-year", type=school_year, required=True, metavar=_("學年度"), help=_("入學的學年度，例如 113"))
    parser.add("--name", default="", metavar=_("姓名"), help=_("學生姓名，印在匯出的清單上"))
    parser.add("--school", default="", metavar=_("校名"), help=_("學校名稱，印在匯出的清單上"))


def _init(call: Call) -> int:
    first, last = call.ground.rules.first_year, this_school_year() + 1
    if not first <= call.entry_year <= last:
        said = _("入學的學年度要在 {first} 到 {last} 之間，不能是 {year}：學習歷程檔案從 {first} 學年度入學的學生開始")
        raise UsageError(said.format(first=first, last=last, year=call.entry_year))
    profile = Profile(call.school_type, call.entry_year, call.name, call.school)
    warn_of_place(call, call.folder, new=True)
    Library.create(call.folder, profile).close()
    call.ground.remember(call.folder)
    if call.console.as_json:
        call.console.document({"library": str(call.folder), **asdict(profile)})
    else:
        call.console.say(_("學習歷程庫建立好了：{folder}").format(folder=shown(call.folder)))
        call.console.say(_("接下來用 add 把檔案收進來，例如：portfolio-desktop add 報告.pdf --term 113-1"))
    return 0


COMMANDS: Mapping[str, Command] = {
    "init": Command(
        N_("建立一個學習歷程庫。之後的指令沒有指定 --library 時就用它。"),
        "portfolio-desktop init ~/學習歷程 --school-type general --entry-year 113 --name 示範學生",
        _init,
        _arguments,
    )
}
