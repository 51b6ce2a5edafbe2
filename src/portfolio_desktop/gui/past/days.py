"""A piece's log as it is read: by days, in sentences, with the values that a sentence does not tell. Pure.

ChangeEntry …  ->  Day("昨天", (Deed("14:05", who, sentence, lines, state, texts, files), …)), …
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from portfolio_desktop.gui.past.work import Names, Past
from portfolio_desktop.library.records import ChangeEntry, Detail
from portfolio_desktop.messages import _
from portfolio_desktop.terms import Term

LONG_TEXTS = frozenset({"summary"})
MOST = 400
"""Changes that are told, the newest; texts and files of all of them have pages of their own."""
WORTH_SHOWING = 40
"""Characters of a value up to which it is told as it was; longer ones are texts with a page of their own."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One change: at what time, by whom, in words; `texts` and `files` are the ids of what it brought."""

    time: str
    who: str
    sentence: str
    lines: tuple[str, ...]
    state: str
    texts: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day's changes, the latest first."""

    heading: str
    deeds: tuple[Deed, ...]


def days(past: Past, today: datetime.date | None = None) -> tuple[Day, ...]:
    """The log by days."""
    now = today or datetime.datetime.now().astimezone().date()
    texts, files = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
    for text in past.texts:
        if is_long(text.field, text.text):
            texts[text.group].append(text.id)
    for version in past.files:
        files[version.group].append(version.file.id)

    def deed(entry: ChangeEntry) -> Deed:
        when, group = _moment(entry.when), entry.group
        lines = tuple(_lines(entry.details, past.names))
        time = f"{when:%H:%M}" if when else ""
        return Deed(time, entry.who, entry.sentence, lines, entry.state, tuple(texts[group]), tuple(files[group]))

    return tuple(
        Day(_heading(day, now), tuple(map(deed, entries))) for day, entries in groupby(past.entries[:MOST], key=_day)
    )


def state_words(state: str) -> str:
    """What is to be said of a change that is not in force."""
    return {"undone": _("已復原"), "dropped": _("已復原")}.get(state, "")


def is_long(field: str, text: str) -> bool:
    """Whether a text is too long to be told in a line."""
    return field in LONG_TEXTS or len(text) > WORTH_SHOWING


def _lines(details: Sequence[Detail], names: Names) -> Iterator[str]:
    """The values before and after, for what is short enough; the coming and going of a piece and its files is in the sentence."""
    terms = {detail.field: detail for detail in details if detail.field in ("year", "semester")}
    if any(detail.field == "added" for detail in details):
        return
    if len(terms) == len(("year", "semester")):
        year, semester = terms["year"], terms["semester"]
        yield _line(names, "term", _term(year.before, semester.before), _term(year.after, semester.after))
    for detail in details:
        told = detail.field.startswith("file.") or detail.field in ("trashed", "ticked")
        together = detail.field in terms and len(terms) > 1
        if not told and not together and not any(is_long(detail.field, one) for one in (detail.before, detail.after)):
            yield _line(names, detail.field, detail.before, detail.after)


def _line(names: Names, field: str, before: str, after: str) -> str:
    old, new = (names.value(field, text) or _("（空白）") for text in (before, after))
    if not before:
        return _("{field}：{after}").format(field=names.field(field), after=new)
    return _("{field}：{before} → {after}").format(field=names.field(field), before=old, after=new)


def _term(year: str, semester: str) -> str:
    return str(Term(int(year), int(semester))) if year and semester else ""


def _day(entry: ChangeEntry) -> datetime.date | None:
    when = _moment(entry.when)
    return when.date() if when else None


def _moment(text: str) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(text).astimezone()
    except ValueError:
        return None


def _heading(day: datetime.date | None, today: datetime.date) -> str:
    if day is None:
        return _("日期不明")
    if day == today:
        return _("今天")
    if day == today - datetime.timedelta(days=1):
        return _("昨天")
    if day.year == today.year:
        return _("{month}月{day}日").format(month=day.month, day=day.day)
    return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)
