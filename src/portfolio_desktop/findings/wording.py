"""Sentences filled with numbers, in the language in use.

    phrase("檔案 {size:bytes}，超過上限 {limit:mb}。", {"size": 5242880, "limit": 4194304})
        -> 檔案 5.00 MB（5,242,880 位元組），超過上限 4 MB。

What follows the colon says how a number is shown: a size, a time, a list, a kind of file, a label of a form, characters
that cannot be seen. Numbers stay plain data, so a finding can be stored and shown in either language later.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from portfolio_desktop.findings.characters import visible
from portfolio_desktop.findings.kind_words import KIND_NAMES, advice_for
from portfolio_desktop.messages import N_, _

MEBI = 1024 * 1024

WORDS: Mapping[str, str] = {
    "embedded-file": N_("夾帶的檔案"),
    "external-action": N_("開啟外部內容的動作"),
    "javascript": N_("JavaScript 程式"),
    "launch": N_("啟動程式的動作"),
    "xfa": N_("XFA 表單"),
    "author": N_("作者"),
    "camera": N_("相機或手機型號"),
    "comment": N_("附註"),
    "contact": N_("聯絡方式"),
    "copyright": N_("著作權人"),
    "date": N_("拍攝或建立的時間"),
    "device": N_("使用的裝置"),
    "owner": N_("擁有者"),
    "people": N_("照片裡的人名"),
    "place": N_("地點"),
    "private": N_("軟體私下記的資料"),
    "serial": N_("機器序號"),
    "time": N_("花的時間太久"),
    "memory": N_("用的記憶體太多"),
    "crash": N_("讀到一半中斷"),
    "code_points": N_("逐字計算"),
    "utf16": N_("以字串長度計算"),
    "bytes": N_("以位元組計算"),
    "sent": N_("認證中"),
    "certified": N_("認證成功"),
    "course": N_("課程學習成果"),
    "activity": N_("多元表現"),
}
"""Words for codes that stand in numbers; a code without one is shown as it is."""


def phrase(text: str, numbers: Mapping[str, Any]) -> str:
    """The sentence in the language in use, with its numbers."""
    return _FILLER.vformat(_(text), (), numbers)


def in_megabytes(size: int) -> str:
    """A limit: 4 MB, 3.81 MB."""
    return f"{size / MEBI:.2f}".rstrip("0").rstrip(".") + " MB"


def in_bytes(size: int) -> str:
    """A size, in megabytes for people and to the byte: 5.00 MB（5,242,880 位元組）."""
    return _("{megabytes} MB（{bytes} 位元組）").format(megabytes=f"{size / MEBI:.2f}", bytes=f"{size:,}")


def as_time(seconds: float) -> str:
    """A duration: 1:05 or 1:02:03."""
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def as_list(words: Sequence[str] | str) -> str:
    """Words one after another: 作者、相機或手機型號."""
    each = [words] if isinstance(words, str) else words
    return _("、").join(_(WORDS.get(word, word)) for word in each)


def as_names(names: Sequence[str]) -> str:
    """Names as they are, one after another: award, date."""
    return ", ".join(names)


def as_characters(characters: Sequence[str]) -> str:
    """Characters that can be told apart: those that show nothing by their number, U+200B."""
    return _("、").join(_character(character) for character in characters)


def _character(character: str) -> str:
    if character == " ":
        return _("空格")
    shown = unicodedata.category(character)[0] not in "CZM"
    return f"「{character}」" if shown else f"U+{ord(character):04X}"


def as_label(label: str) -> str:
    """A form's label."""
    return _(label)


def as_kind(kind: str) -> str:
    """What a file is: PDF 文件, HEIC 照片; an unknown word is shown as it is."""
    return _(KIND_NAMES[kind]) if kind in KIND_NAMES else kind.upper()


def as_kind_advice(kind: str) -> str:
    """What to do with a file of a kind that is not accepted."""
    return _(advice_for(kind))


SHOWN: Mapping[str, Callable[[Any], str]] = {
    "bytes": in_bytes,
    "characters": as_characters,
    "kind": as_kind,
    "kind-advice": as_kind_advice,
    "label": as_label,
    "list": as_list,
    "mb": in_megabytes,
    "names": as_names,
    "time": as_time,
}


class _Filler(string.Formatter):
    """str.format with the ways of showing above; a name or title from elsewhere stays one line that obeys nothing."""

    def format_field(self, value: Any, format_spec: str) -> str:
        show = SHOWN.get(format_spec)
        return visible(show(value) if show is not None else str(super().format_field(value, format_spec)))


_FILLER = _Filler()
