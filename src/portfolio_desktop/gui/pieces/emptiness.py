"""What an empty list says: why nothing is there, and the one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.gui.pieces.known import Known
from portfolio_desktop.gui.pieces.lines import ALL, TRASH
from portfolio_desktop.gui.widgets.empty import EmptyState
from portfolio_desktop.messages import _

Deeds = Mapping[str, Callable[[], None]]


def say_empty(empty: EmptyState, known: Known, deeds: Deeds, rules: Rules | None, *, may_add: bool, by: str) -> None:
    """Say it; `rules` tell what may come (None while no library is open), `by` is the filter in words."""
    add = (_("收進檔案…"), deeds["add"]) if may_add else None
    text, elsewhere = known.text.strip(), known.section != ALL
    if known.filter:
        empty.say(
            "filter",
            _("沒有符合篩選的作品"),
            _("現在只看「{what}」，並搜尋「{text}」。").format(what=by, text=text)
            if text
            else _("現在只看「{what}」。").format(what=by),
            (_("全部顯示"), deeds["everything"]),
        )
    elif text:
        empty.say(
            "search",
            _("找不到「{text}」").format(text=text),
            _("只在這一頁的作品裡找過。") if elsewhere else _("標題、簡述、欄位、檔名和文件內文都找過了。"),
            (_("在全部作品裡找"), deeds["all"]) if elsewhere else (_("清除搜尋"), deeds["clear"]),
        )
    elif known.section == TRASH:
        empty.say("trash", _("垃圾桶是空的"), _("移到這裡的作品會一直留著，隨時可以放回去。"))
    elif known.section == ALL:
        empty.say("import", _("把作品拖進來"), what_may_come(rules), add)
    elif known.section == "activity":  # a group: nothing is filed under it as such
        words = _("這裡是各類多元表現合起來的。收進檔案時選好類別，或先點左邊的一類再把檔案拖進來。")
        empty.say("import", _("還沒有多元表現"), words, add)
    else:
        words = _("把檔案拖進來就會收在這一類；也可以在別的作品的「類別」欄改成這一類。")
        empty.say("import", _("這一類還沒有作品"), words, add)


def what_may_come(rules: Rules | None) -> str:
    """What the rules let in; only how it comes while there are none: nothing can come yet, and reading them can wait."""
    words = _("整個資料夾也可以。檔案會複製一份收好，原檔不會動。")
    if rules is None:
        return words
    kinds = _("、").join(kind.upper() for kind in (*rules.document_kinds, *rules.media_kinds))
    return _("{kinds} 都可以，").format(kinds=kinds) + words
