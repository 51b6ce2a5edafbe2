"""Questions that help a student to write a summary: three parts, asked with the category in mind. It answers none.

    guidance("competition")  ->  做了什麼事 | 我怎麼做、學到什麼 | 之後往哪裡去      each with its questions

The three parts are the useful shape of a summary: what was done, what I did and learned, where it leads (official deck,
what a good summary lets a reader know). How long each part may be is this program's own recommendation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portfolio_desktop.messages import N_


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a summary: its heading, about how many characters it deserves, and its questions (to be translated)."""

    heading: str
    about: int
    questions: tuple[str, ...]


def guidance(category: str | None) -> tuple[Step, Step, Step]:
    """The three parts for a category; without one only what is asked of every piece."""
    done, role = _OF_CATEGORY.get(category or "", ("", ""))
    return (
        Step(N_("做了什麼事"), 30, _those(done, N_("一句話說清楚：這是什麼，做成了什麼？"))),
        Step(
            N_("我怎麼做、學到什麼"),
            45,
            _those(
                N_("我負責哪一部分？哪些是我自己想的、自己動手的？"), role, N_("遇到什麼困難，怎麼解決，學到什麼？")
            ),
        ),
        Step(N_("之後往哪裡去"), 20, (N_("接下來還想試什麼？和以後想讀、想做的事有什麼關係？"),)),
    )


def _those(*questions: str) -> tuple[str, ...]:
    return tuple(question for question in questions if question)


_OF_CATEGORY: Mapping[str, tuple[str, str]] = {
    "course": (N_("老師出的題目是什麼？我選了什麼來做？"), N_("用了課堂上的哪個觀念或方法？結果和預想的一樣嗎？")),
    "officer": (N_("擔任什麼職務？任期裡辦成了哪件事？"), N_("我做過什麼決定？和夥伴意見不同時怎麼辦？")),
    "competition": (
        N_("比的是什麼？我們的作品或主張是什麼？"),
        N_("從初稿到比賽，我改了什麼？評審的意見讓我想到什麼？"),
    ),
    "certificate": (N_("這張證照說明我會什麼？"), N_("我怎麼準備？卡在哪一關，怎麼過的？")),
    "service": (N_("幫了誰，做了哪些事？"), N_("哪一刻和原本想的不一樣？我因此改了什麼做法？")),
    "flexible": (N_("學習的題目是什麼？最後完成了什麼？"), N_("計畫和實際差在哪裡？我怎麼調整？")),
    "group": (N_("在社團或班級裡參與了什麼活動？"), N_("我練了什麼？哪裡進步了？")),
    "workplace": (N_("去了什麼地方？看到或做了哪些工作？"), N_("哪件事只有到現場才知道？")),
    "creation": (N_("這個作品想表達什麼，或解決什麼？"), N_("試過哪些做法？為什麼選了現在這一種？")),
    "college": (N_("修了什麼課？內容是什麼？"), N_("和高中的課有什麼不同？我怎麼跟上？")),
    "other": (N_("這件事是什麼？為什麼值得放進來？"), N_("我從裡面帶走了什麼？")),
}
"""For each category what is asked first of what was done, and what of the student's own part."""
