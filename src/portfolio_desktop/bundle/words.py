"""The words of the copy sheet and the lists, in the language in use.

Labels of forms and categories are not among them: they are the platforms' own words and stay as a student meets them.
"""

from __future__ import annotations

from collections.abc import Mapping

from portfolio_desktop.messages import _


def certification(state: str) -> str:
    """A certification's state as the platforms call it; '' for pieces that have none."""
    states = {"editing": _("編輯中"), "sent": _("認證中"), "certified": _("認證成功"), "failed": _("認證失敗")}
    return states.get(state, "")


def severities() -> Mapping[str, str]:
    """What leads a finding in."""
    return {"error": _("要改"), "warning": _("注意"), "hint": _("提示")}


def sheet_words(year: int) -> Mapping[str, str]:
    """What stands on the page."""
    return {
        "title": _("{year} 學年度上傳複製單").format(year=year),
        "skip": _("跳到第一件"),
        "how_open": _("在學校平臺開新的一件"),
        "how_copy": _("在這裡按「複製」，到平臺貼上"),
        "how_tick": _("傳好了就打勾"),
        "no_script": _("這個瀏覽器不執行網頁程式，所以沒有複製按鈕；請選取文字，再按 Ctrl+C。"),
        "forgetful": _("這個瀏覽器不讓網頁記住打勾，關掉以後要重新打勾。"),
        "contents": _("目錄"),
        "progress": _("完成了幾件"),
        "done_suffix": _("件已上傳"),
        "finished": _("全部傳完了。請在平臺上再對一次標題和檔案。"),
        "unsent": _("課程學習成果還要記得按「送出認證」。"),
        "date_notation": _("平臺的日期寫法"),
        "minguo": _("民國"),
        "gregorian": _("西元"),
        "clear": _("清除所有打勾"),
        "print": _("列印"),
        "nothing": _("這個學年度還沒有勾選要送出的作品。"),
        "untitled": _("（沒有標題）"),
        "unfold": _("展開"),
        "done": _("已上傳"),
        "required": _("必填"),
        "copy": _("複製"),
        "full_path": _("完整位置，貼到選檔視窗的檔名格"),
        "folder": _("在資料夾"),
        "look": _("打開看看"),
        "lacking": _("還沒有填，平臺會要求"),
        "empty": _("沒有填"),
        "left_out": _("勾選了，但沒有匯出"),
        "next": _("下一格"),
        "back": _("上一格"),
        "copy_next": _("複製下一格"),
    }


def said_words() -> Mapping[str, str]:
    """What the page says while it is used."""
    return {
        "copy": _("複製"),
        "copied": _("已複製"),
        "again": _("再複製"),
        "byhand": _("請按 Ctrl+C"),
        "fold": _("收合"),
        "unfold": _("展開"),
        "sure": _("再按一次就清除"),
        "end": _("都複製過了；傳好的請打勾。"),
    }
