"""Codes about a piece's place in a school year: why it cannot be ticked 勾選."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio_desktop.findings.entry import Entry
from portfolio_desktop.messages import N_

YEAR: Mapping[str, Entry] = {
    "tick.after-year": Entry(
        "error",
        N_("「{title}」是 {term} 的，{year} 學年度還沒有發生。"),
        N_("勾選只收到那個學年為止的東西。"),
        N_("請等到那個學年再勾選，或看看學期是不是填錯了。"),
    ),
    "tick.before-entry": Entry(
        "error",
        N_("「{title}」是 {term} 的，那時你還沒有讀高中。"),
        N_("多元表現只收高中期間的。"),
        N_("請看看學期是不是填錯了。"),
    ),
    "tick.errors": Entry(
        "error",
        N_("「{title}」還有 {count} 個要修正的地方。"),
        N_("平臺會退回這些地方。"),
        N_("先改好再勾選。還沒寫的簡述和欄位不妨礙勾選，可以之後再補。"),
    ),
    "tick.no-category": Entry(
        "error",
        N_("「{title}」還沒分類，不知道算哪一種名額。"),
        N_("沒有分類，就不知道算哪一種名額。"),
        N_("請先選類別。"),
    ),
    "tick.no-term": Entry(
        "error",
        N_("「{title}」還沒有選學期，不知道屬於哪一學年。"),
        N_("不知道學期，就不知道屬於哪一學年。"),
        N_("請先選學期。"),
    ),
    "tick.not-certified": Entry(
        "error",
        N_("「{title}」還沒有認證成功。"),
        N_("課程學習成果要任課老師認證成功才能勾選。"),
        N_("請送出認證，等老師通過後再勾選。"),
    ),
    "tick.other-year": Entry(
        "error",
        N_("「{title}」已經在 {other} 學年度勾選過了。"),
        N_("同一件不用勾選兩次。"),
        N_("把名額留給別的作品。"),
    ),
    "tick.quota": Entry(
        "error",
        N_("{year} 學年度的{kind:list}最多勾選 {limit} 件，名額滿了。"),
        N_("超過名額的不會被提交。"),
        N_("要勾選「{title}」的話，先取消另外一件。"),
    ),
    "tick.same-bytes": Entry(
        "error",
        N_("「{title}」和已經勾選的「{twin}」是同一個檔案。"),
        N_("重複的內容只會占掉名額。"),
        N_("請留下比較合適的那一件。"),
    ),
    "tick.trashed": Entry(
        "error",
        N_("「{title}」在垃圾桶裡。"),
        N_("在垃圾桶裡的不會交出去。"),
        N_("要勾選的話，先把它放回來。"),
    ),
    "tick.wrong-year": Entry(
        "error",
        N_("「{title}」是 {term} 的，不能在 {year} 學年度勾選。"),
        N_("課程學習成果只能在修課的那個學年勾選。"),
        N_("到 {term} 所屬的那個學年勾選，或看看學期是不是填錯了。"),
    ),
}
"""Every code of this file."""
