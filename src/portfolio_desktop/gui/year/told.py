"""What is said on the ticks' page: the next step of a piece that is held back, and what became of a wish. Pure.

reasons, lacking ─▶ step ─▶ Step(words, piece, about, year)            a wish, carried out ─▶ answer ─▶ Told(level, sentence, step)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from portfolio_desktop.findings.characters import visible
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import Piece


@dataclass(frozen=True, slots=True)
class Step:
    """Where something can be done about it, in a word or two: at a piece and a place of its form, or in another year."""

    words: str
    piece: str = ""
    about: str = ""
    year: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """What became of the last wish, and what can be done about it."""

    level: Literal["ok", "hint", "warning"]
    sentence: str
    step: Step | None = None


def step(piece_id: str, reasons: Sequence[Finding], lacking: Sequence[Finding]) -> Step | None:
    """The next step, by the first reason, or by what is not written yet; None where only another tick is in the way."""
    if not reasons:
        return _mend(piece_id, lacking)
    first = reasons[0]
    if first.code == "tick.not-certified":
        return Step(_("看認證"), piece_id, "certification")
    if first.code == "tick.same-bytes":
        return Step(_("看另一件"), str(first.numbers["twin_id"]))
    if first.code == "tick.other-year":
        return Step(_("看那個學年"), year=int(first.numbers["other"]))
    if first.code == "tick.errors":
        return _mend(piece_id, [one for one in lacking if one.code in first.numbers["codes"]] or lacking)
    return None if first.code == "tick.quota" else Step(_("到這件作品"), piece_id)


def answer(piece: Piece, wished: bool, refused: Sequence[Finding], lacking: Sequence[Finding]) -> Told:
    """What became of the wish to tick a piece, or to take its tick away; `lacking` are its errors."""
    if refused:
        sentence = "\n".join(reason.in_full for reason in refused)
        return Told("warning", sentence, step(piece.id, refused, lacking))
    if not wished:
        return Told("hint", _("取消勾選了「{title}」。").format(title=piece.title))
    if lacking:
        words = _("「{title}」勾選了。{lacking}").format(title=piece.title, lacking=lacking_words(lacking))
        return Told("warning", words, step(piece.id, (), lacking))
    return Told("ok", _("「{title}」勾選了。").format(title=piece.title))


def reason_words(reason: Finding) -> str:
    """Why a piece is held back, where its title stands right above: that is not said again."""
    words = {
        "tick.errors": _("還有 {count} 個要修正的地方。"),
        "tick.no-term": _("還沒有選學期，不知道屬於哪一學年。"),
        "tick.not-certified": _("還沒有認證成功。"),
        "tick.other-year": _("已經在 {other} 學年度勾選過了。"),
        "tick.same-bytes": _("和已經勾選的「{twin}」是同一個檔案。"),
    }.get(reason.code)
    numbers = {name: visible(value) if isinstance(value, str) else value for name, value in reason.numbers.items()}
    return reason.message if words is None else words.format(**numbers)


def lacking_words(lacking: Sequence[Finding]) -> str:
    """What a piece that is ticked, or can be, still lacks, in one line."""
    more = len(lacking) - 1
    words = _("還要補：{what}").format(what=lacking[0].message)
    return words + (_("　另有 {count} 項").format(count=more) if more else "")


def _mend(piece_id: str, lacking: Sequence[Finding]) -> Step | None:
    if not lacking:
        return None
    first = lacking[0]
    words = _("補簡述") if first.code == "summary.missing" else _("去補") if _is_missing(first) else _("去修正")
    return Step(words, piece_id, first.about or "")


def _is_missing(finding: Finding) -> bool:
    return finding.code.endswith(".missing")
