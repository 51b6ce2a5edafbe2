"""Findings about a bundle: nothing to export, and what is wrong with one that is read.

bundle.empty is told by bundle/plan.py, all others by bundle/reading.py and verify.py.
"""

from __future__ import annotations

from collections.abc import Mapping

from portfolio_desktop.findings.entry import Entry
from portfolio_desktop.messages import N_

BUNDLE: Mapping[str, Entry] = {
    "bundle.changed": Entry(
        "error",
        N_("「{path}」的內容和匯出時不一樣。"),
        N_("它已經不是你選定要交的那個檔案。"),
        N_("請重新匯出一次；不要上傳這個檔案。"),
    ),
    "bundle.compression": Entry(
        "error",
        N_("「{path}」的壓縮方式讀不出來。"),
        N_("讀不出來，就沒辦法確認內容對不對。"),
        N_("請重新匯出一次，或先用原本的 ZIP 檔。"),
    ),
    "bundle.empty": Entry(
        "warning",
        N_("{year} 學年度還沒有勾選任何一件，所以成果包裡沒有要上傳的檔案。"),
        N_("沒有勾選的作品不會被提交。"),
        N_("請先勾選要送出的學習成果，再匯出一次。"),
    ),
    "bundle.encrypted": Entry(
        "error",
        N_("「{path}」有密碼保護，讀不出來。"),
        N_("讀不出來，就沒辦法確認內容對不對。"),
        N_("請用沒有加密碼的成果包。"),
    ),
    "bundle.extra": Entry(
        "error", N_("「{path}」不是這個成果包裡的檔案。"), N_("上傳的時候可能會選錯檔案。"), N_("請把它移到別處。")
    ),
    "bundle.link": Entry(
        "error",
        N_("「{path}」是連到別處的連結，不是檔案。"),
        N_("成果包裡不會有連結，有人動過它。"),
        N_("請重新匯出一次。"),
    ),
    "bundle.missing": Entry(
        "error", N_("少了「{path}」。"), N_("少了檔案，那一件就交不完整。"), N_("請重新匯出一次。")
    ),
    "bundle.not-a-file": Entry(
        "error", N_("「{path}」不是一般的檔案。"), N_("成果包裡不會有這種東西，有人動過它。"), N_("請重新匯出一次。")
    ),
    "bundle.same-name": Entry(
        "error",
        N_("有兩個檔案的名字分不開：「{path}」。"),
        N_("解開的時候，一個會蓋掉另一個。"),
        N_("請重新匯出一次。"),
    ),
    "bundle.size": Entry(
        "error",
        N_("「{path}」的大小是 {size:,} 位元組，匯出時是 {expected:,} 位元組。"),
        N_("它已經不是你選定要交的那個檔案。"),
        N_("請重新匯出一次；不要上傳這個檔案。"),
    ),
    "bundle.unreadable": Entry(
        "error",
        N_("「{path}」讀不出來。"),
        N_("磁碟可能有問題，內容也許已經壞了。"),
        N_("請重新匯出一次，或用另一份。"),
    ),
    "bundle.unsafe-name": Entry(
        "error",
        N_("檔名「{path}」不安全或不能用。"),
        N_("解開時可能會寫到別的資料夾，或蓋掉別的檔案。"),
        N_("請不要解開它，向給你的人再要一份。"),
    ),
}
