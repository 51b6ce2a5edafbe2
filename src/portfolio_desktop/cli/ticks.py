"""`tick`, `untick`, `ticks`: 勾選 for a school year, with its quota and the reason of every refusal.

ids -> plan_ticks (pure) -> the accepted ones are ticked, with what they still lack; each refused one is told why
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.libraries import desk_of, look_deeper
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.piece_view import about_words, brief, show_table
from portfolio_desktop.cli.width import clean
from portfolio_desktop.cli.words import finding_lines
from portfolio_desktop.cli.years import school_year
from portfolio_desktop.errors import UsageError
from portfolio_desktop.library.records import PieceFilter
from portfolio_desktop.messages import N_, _
from portfolio_desktop.pieces.piece import Piece
from portfolio_desktop.year.ticks import TickPlan

KIND_NAMES: Mapping[str, str] = {"course": N_("課程學習成果"), "activity": N_("多元表現")}


def _tick_arguments(parser: Parser) -> None:
    parser.add("pieces", nargs="+", metavar=_("編號"), help=_("哪幾件，例如 p1 p2；照這個順序"))
    parser.add("--year", type=school_year, metavar=_("學年度"), help=_("勾選到哪一個學年度（否則是各件自己的學年度）"))


def _tick(call: Call) -> int:
    with desk_of(call) as desk:
        look_deeper(call, desk.library)
        named = [desk.library.piece(one) for one in call.pieces]
        plans = [desk.plan_ticks(year, ids) for year, ids in _by_year(named, call.year).items()]
        for one in plans:
            if one.accepted:
                desk.library.tick(one.accepted, one.year)
    if call.console.as_json:
        call.console.document({"years": [plan_json(one) for one in plans]})
    else:
        for one in plans:
            _tell(call, one, {piece.id: piece for piece in named})
    return 1 if any(one.refused or one.unfinished for one in plans) else 0


def _by_year(pieces: list[Piece], year: int | None) -> dict[int, list[str]]:
    """The pieces' ids by the school year that they are to be ticked for."""
    found: dict[int, list[str]] = {}
    for piece in pieces:
        own = year if year is not None else piece.term.year if piece.term else None
        if own is None:
            raise UsageError(_("{piece} 還沒有學期，要用 --year 說明勾選到哪一個學年度").format(piece=piece.id))
        found.setdefault(own, []).append(piece.id)
    return found


def plan_json(one: TickPlan) -> dict[str, Any]:
    """What ticking did, as JSON."""
    return {
        "year": one.year,
        "ticked": list(one.accepted),
        "already": list(one.already),
        "unfinished": [
            {"piece": identity, "findings": [finding.to_json() for finding in findings]}
            for identity, findings in one.unfinished.items()
        ],
        "refused": [{"piece": no.piece_id, "finding": no.finding.to_json()} for no in one.refused],
        "used": dict(one.used),
        "limits": dict(one.limits),
    }


def _tell(call: Call, one: TickPlan, pieces: Mapping[str, Piece]) -> None:
    if one.accepted:
        call.console.say(_("勾選到 {year} 學年度：{ids}").format(year=one.year, ids=" ".join(one.accepted)))
    for identity, lacking in one.unfinished.items():
        call.console.say(_("勾選了，還要補 {id} {title}").format(id=identity, title=clean(pieces[identity].title)))
        form = call.ground.forms.forms[pieces[identity].category or ""]  # without a category it was not accepted
        for line in finding_lines(lacking, labels=about_words(form)):
            call.console.say(line)
    if one.already:
        call.console.say(_("本來就勾選在 {year} 學年度：{ids}").format(year=one.year, ids=" ".join(one.already)))
    for identity in dict.fromkeys(no.piece_id for no in one.refused):
        title = clean(pieces[identity].title)
        call.console.say(_("沒有勾選 {id} {title}").format(id=identity, title=title))
        for line in finding_lines(one.reasons(identity)):
            call.console.say(line)
    call.console.say(quota_words(one.used, one.limits))


def quota_words(used: Mapping[Any, int], limits: Mapping[Any, int]) -> str:
    """How much of the quota is used: 課程學習成果 3/6 件，多元表現 10/10 件."""
    return "，".join(
        _("{kind} {used}/{limit} 件").format(kind=_(KIND_NAMES[kind]), used=used[kind], limit=limits[kind])
        for kind in limits
    )


def _untick(call: Call) -> int:
    with desk_of(call) as desk:
        named = [desk.library.piece(one) for one in call.pieces]
        years: dict[int, list[str]] = {}
        for piece in named:
            for year in piece.ticked if call.year is None else {call.year} & set(piece.ticked):
                years.setdefault(year, []).append(piece.id)
        for year, ids in sorted(years.items()):
            desk.library.untick(ids, year)
    if call.console.as_json:
        call.console.document({"years": [{"year": year, "unticked": ids} for year, ids in sorted(years.items())]})
        return 0
    for year, ids in sorted(years.items()):
        call.console.say(_("取消 {year} 學年度的勾選：{ids}").format(year=year, ids=" ".join(ids)))
    if not years:
        call.console.say(_("這幾件都沒有勾選。"))
    return 0


def _ticks_arguments(parser: Parser) -> None:
    parser.add("--year", type=school_year, required=True, metavar=_("學年度"), help=_("哪一個學年度，例如 113"))


def _ticks(call: Call) -> int:
    year = call.year
    with desk_of(call, read_only=True) as desk:
        pieces = desk.judged(desk.library.pieces(PieceFilter(ticked=year)))
        nothing = desk.plan_ticks(year, [])
    pieces.sort(key=lambda judged: (judged.piece.kind != "course", judged.piece.ticked[year]))
    if call.console.as_json:
        call.console.document(
            {
                "year": year,
                "used": dict(nothing.used),
                "limits": dict(nothing.limits),
                "pieces": [brief(judged) | {"order": judged.piece.ticked[year]} for judged in pieces],
            }
        )
    else:
        show_table(call.console, pieces)
        call.console.say(quota_words(nothing.used, nothing.limits))
    return 1 if any(judged.has_error for judged in pieces) else 0


COMMANDS: Mapping[str, Command] = {
    "tick": Command(
        N_("勾選幾件到一個學年度。課程學習成果要認證成功；每學年度各能勾選幾件，見 ticks；不能勾選的會說明原因。"),
        "portfolio-desktop tick p1 p2 p5\nportfolio-desktop tick p7 --year 114",
        _tick,
        _tick_arguments,
    ),
    "untick": Command(N_("取消幾件的勾選。"), "portfolio-desktop untick p1", _untick, _tick_arguments),
    "ticks": Command(
        N_("看一個學年度勾選了哪些、各用了幾個名額。"),
        "portfolio-desktop ticks --year 113",
        _ticks,
        _ticks_arguments,
    ),
}
