"""`count TEXT`: a summary's length under every known counting, and whether a platform would refuse it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import asdict

from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.years import school_year, this_school_year
from portfolio_desktop.messages import N_, _
from portfolio_desktop.pieces.summary import count

VERDICTS: Mapping[str, str] = {"green": "pass", "amber": "warn", "red": "fail"}
COUNTINGS: Mapping[str, str] = {
    "code_points": N_("每個字元算 1（換行也算 1）"),
    "utf16": N_("網頁的字串長度（罕用字、表情符號算 2）"),
    "bytes": N_("UTF-8 位元組（舊平臺，最多 300）"),
    "thirds": N_("位元組除以 3（舊平臺換算的字數）"),
    "strict": N_("最嚴格的算法（換行算 2）"),
}


def _arguments(parser: Parser) -> None:
    parser.add("text", metavar=_("文字"), help=_("簡述；寫 - 就從標準輸入讀"))
    parser.add("--rules", type=school_year, metavar=_("學年度"), help=_("照哪一個學年度的規定（預設是現在的）"))


def _count(call: Call) -> int:
    text = sys.stdin.buffer.read().decode("utf-8", "replace").removesuffix("\n") if call.text == "-" else call.text
    rules = call.ground.rules.for_year(call.rules or this_school_year())
    counted = count(text, rules)
    verdict = VERDICTS[counted.level]
    if call.console.as_json:
        numbers = asdict(counted)
        call.console.document(numbers | {"refused_by": list(counted.refused_by), "verdict": verdict})
    else:
        rows = [
            [_(words), str(getattr(counted, name)), _mark(name, counted.refused_by)]
            for name, words in COUNTINGS.items()
        ]
        call.console.table([_("算法"), _("結果"), ""], rows, right=(1,))
        call.console.say(_conclusion(counted.level, counted.strict, counted.limit))
    return 1 if verdict == "fail" else 0


def _mark(name: str, refused_by: tuple[str, ...]) -> str:
    return _("用這種算法的平臺會拒收") if name in refused_by else ""


def _conclusion(level: str, strict: int, limit: int) -> str:
    if level == "red":
        return _("✗ 以最嚴格的算法是 {strict} 字，超過 {limit} 字的上限。").format(strict=strict, limit=limit)
    if level == "amber":
        return _("△ 以最嚴格的算法是 {strict} 字，快到 {limit} 字的上限了。").format(strict=strict, limit=limit)
    return _("✓ 以最嚴格的算法是 {strict} 字，上限 {limit} 字。").format(strict=strict, limit=limit)


COMMANDS: Mapping[str, Command] = {
    "count": Command(
        N_("用各平臺已知的每一種算法計算一段簡述的字數，並說明會不會被拒收。"),
        "portfolio-desktop count 我設計取樣表並整理數據。\nportfolio-desktop count - < 簡述.txt",
        _count,
        _arguments,
    )
}
