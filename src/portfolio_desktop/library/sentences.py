"""What a change was, in words: a stable code and its values are stored, the sentence is made when it is shown.

Sentence("edit", {"title": "水質調查", "what": ["summary", "term"]})  ->  修改「水質調查」的簡述、學期
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portfolio_desktop.messages import N_, _

SENTENCES: Mapping[str, str] = {
    "add": N_("收進「{title}」"),
    "add.many": N_("收進 {count} 件作品"),
    "edit": N_("修改「{title}」的{what}"),
    "edit.many": N_("修改 {count} 件的{what}"),
    "attach": N_("在「{title}」放入檔案「{name}」"),
    "replace": N_("把「{title}」的檔案換成「{name}」"),
    "detach": N_("從「{title}」取下檔案「{name}」"),
    "text": N_("「{title}」的{what}改回先前的內容"),
    "version": N_("「{title}」改回使用檔案「{name}」"),
    "remove": N_("把「{title}」移到垃圾桶"),
    "remove.many": N_("把 {count} 件移到垃圾桶"),
    "restore": N_("從垃圾桶放回「{title}」"),
    "restore.many": N_("從垃圾桶放回 {count} 件"),
    "empty": N_("清空垃圾桶，共 {count} 件"),
    "revive": N_("從備份救回「{title}」"),
    "tick": N_("勾選「{title}」到 {year} 學年度"),
    "tick.many": N_("勾選 {count} 件到 {year} 學年度"),
    "untick": N_("取消勾選「{title}」（{year} 學年度）"),
    "untick.many": N_("取消勾選 {count} 件（{year} 學年度）"),
    "course.add": N_("新增課程「{name}」"),
    "course.edit": N_("修改課程「{name}」"),
    "course.remove": N_("從清單拿掉課程「{name}」"),
    "profile": N_("修改學生資料"),
    "rules": N_("修改學校設定"),
    "rebuild": N_("重建資料庫"),
}

LABELS: Mapping[str, str] = {
    "title": N_("標題"),
    "summary": N_("簡述"),
    "fields": N_("表單欄位"),
    "link": N_("外部連結"),
    "term": N_("學期"),
    "category": N_("類別"),
    "course": N_("課程"),
    "certification": N_("認證狀態"),
    "certification_note": N_("認證備註"),
    "files": N_("檔案"),
}
"""What can be edited, by the names that `edit` stores."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A change's code and the values that fill its sentence; values are texts, numbers, or a list of LABELS' names."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """The sentence in the language in use; a code of a newer program stands for itself."""
        if self.code not in SENTENCES:
            return self.code
        values = {name: _words(value) for name, value in self.values.items()}
        return _(SENTENCES[self.code]).format(**values)


def one_or_many(code: str, titles: list[str], **values: object) -> Sentence:
    """`code` with the title where there is one, else `code.many` with the count."""
    if len(titles) == 1:
        return Sentence(code, {"title": titles[0], **values})
    return Sentence(f"{code}.many", {"count": len(titles), **values})


def _words(value: object) -> object:
    if isinstance(value, list):
        return _("、").join(_(LABELS[name]) if name in LABELS else str(name) for name in value)
    return value
