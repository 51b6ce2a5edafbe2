"""`rules school`: a school's own values, laid over the rules of a library, or taken away.

FILE -> read_school -> no contradiction with the general rules -> Library.set_school_rules (undo takes it back)
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.libraries import desk_of
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.rules import plain, readable
from portfolio_desktop.cli.width import clean
from portfolio_desktop.errors import UsageError
from portfolio_desktop.findings.school import read_school, refuse_contradictions
from portfolio_desktop.messages import N_, _


def _school_arguments(parser: Parser) -> None:
    parser.add("file", nargs="?", type=Path, metavar=_("檔案"), help=_("學校的設定檔（TOML）：name 和 [rules]"))
    parser.add("--clear", action="store_true", help=_("拿掉學校的設定，回到一般的規定"))


def _school(call: Call) -> int:
    if call.clear == (call.file is not None):
        raise UsageError(_("要給學校的設定檔，或用 --clear 拿掉。說明：portfolio-desktop rules school --help"))
    school = None if call.clear else read_school(call.file)
    values = school.rules if school else {}
    refuse_contradictions(call.ground.rules, values)
    with desk_of(call) as desk:
        desk.library.set_school_rules(values)
    if call.console.as_json:
        document = {
            "school": school.name if school else None,
            "rules": {name: plain(one) for name, one in values.items()},
        }
        call.console.document(document)
    elif school is None:
        call.console.say(_("拿掉了學校的設定，現在照一般的規定。"))
    else:
        call.console.say(_("疊上了{school}的 {count} 項設定：").format(school=clean(school.name), count=len(values)))
        for name, value in values.items():
            call.console.say(f"  {_(call.ground.rules.tables[name].label)}（{name}）：{readable(value)}")
    return 0


COMMANDS: Mapping[str, Command] = {
    "rules school": Command(
        N_("把學校自己的設定（例如每學期可以上傳幾件）疊在這個學習歷程庫的規定上；用 rules show --library 看結果。"),
        "portfolio-desktop rules school 水岸高中.toml\nportfolio-desktop rules school --clear",
        _school,
        _school_arguments,
    ),
}
