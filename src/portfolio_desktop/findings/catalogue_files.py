"""Codes about one file: can it be read, and its name; what is in it stands in catalogue_content.py."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio_desktop.findings.catalogue_content import CONTENT
from portfolio_desktop.findings.entry import Entry
from portfolio_desktop.messages import N_

UNREADABLE: Mapping[str, Entry] = {
    "unreadable.broken-link": Entry(
        "error",
        N_("「{name}」是捷徑，它指向的檔案不在了。"),
        N_("捷徑本身沒有內容，收不進來。"),
        N_("請找到原本的檔案，直接把它放進來。"),
    ),
    "unreadable.bundle": Entry(
        "warning",
        N_("「{name}」是匯出的成果包，沒有收進來。"),
        N_("成果包是一整包匯出的東西，不是一件作品。"),
        N_("完整的成果包可以用「匯入」變回學習歷程庫；要收裡面的檔案，請直接選那些檔案。"),
    ),
    "unreadable.device": Entry(
        "error",
        N_("「{name}」是裝置，不是檔案。"),
        N_("裡面沒有可以收的內容。"),
        N_("請選一個檔案。"),
    ),
    "unreadable.directory": Entry(
        "error",
        N_("「{name}」是資料夾，不是檔案。"),
        N_("這裡要的是檔案，資料夾本身沒有內容可以收。"),
        N_("請打開資料夾，選裡面的檔案；如果是空的，檔案可能忘了放進去。"),
    ),
    "unreadable.fifo": Entry(
        "error",
        N_("「{name}」是程式之間傳資料的管道，不是檔案。"),
        N_("裡面沒有可以收的內容。"),
        N_("請選一個檔案。"),
    ),
    "unreadable.folder-link": Entry(
        "warning",
        N_("「{name}」是指向另一個資料夾的捷徑，沒有跟過去看。"),
        N_("跟著捷徑走，可能會收進你沒有要的東西。"),
        N_("需要裡面的檔案時，請直接選那個資料夾。"),
    ),
    "unreadable.io": Entry(
        "error",
        N_("「{name}」讀不出來，磁碟回報錯誤。"),
        N_("讀不完整的檔案，收進來也打不開。"),
        N_("隨身碟請重新插好再試；若一直這樣，檔案可能已經壞了，請改用另一份。"),
    ),
    "unreadable.library": Entry(
        "warning",
        N_("「{name}」屬於學習歷程庫，沒有動它。"),
        N_("庫裡的檔案都已經收好，再收一次只會重複。"),
        N_("請用這個程式打開那個庫來看。"),
    ),
    "unreadable.link-loop": Entry(
        "error",
        N_("「{name}」是繞圈子的捷徑，走不到任何檔案。"),
        N_("捷徑本身沒有內容，收不進來。"),
        N_("請找到原本的檔案，直接把它放進來。"),
    ),
    "unreadable.missing": Entry(
        "error",
        N_("找不到「{name}」。"),
        N_("檔案不在那裡，沒有東西可以收。"),
        N_("它可能被移走或改名了；請重新選一次。"),
    ),
    "unreadable.name": Entry(
        "error",
        N_("「{name}」的名稱系統打不開。"),
        N_("系統打不開它，程式就讀不到內容。"),
        N_("名稱太長或有系統不認得的字元；請先改個短一點的名字。"),
    ),
    "unreadable.outside-link": Entry(
        "warning",
        N_("「{name}」是指向資料夾外面的捷徑，沒有跟過去看。"),
        N_("跟著捷徑走，可能會收進你沒有要的東西。"),
        N_("需要那個檔案時，請直接選它。"),
    ),
    "unreadable.permission": Entry(
        "error",
        N_("沒有權限讀取「{name}」。"),
        N_("沒有權限，程式就讀不到內容。"),
        N_("請確認這個檔案是你的，或先複製到自己的資料夾；若正由別的程式使用，請先關閉那個程式。"),
    ),
    "unreadable.socket": Entry(
        "error",
        N_("「{name}」是程式之間連線用的，不是檔案。"),
        N_("裡面沒有可以收的內容。"),
        N_("請選一個檔案。"),
    ),
    "unreadable.too-deep": Entry(
        "error",
        N_("「{name}」在太多層資料夾裡面，沒有再往下看。"),
        N_("這麼多層的多半是程式或備份留下的，一直往下找會找不完。"),
        N_("請把裡面的檔案移到淺一點的資料夾，或直接選那個資料夾。"),
    ),
    "unreadable.vanished": Entry(
        "error",
        N_("「{name}」在讀取的時候不見了或被改動了。"),
        N_("讀到一半變了，收進來的就不是完整的檔案。"),
        N_("可能正在同步或下載；等它完成後再試一次。"),
    ),
}

NAMES: Mapping[str, Entry] = {
    "name.decomposed": Entry(
        "hint",
        N_("檔名裡有拆開來寫的字，在別的電腦上可能顯示得不一樣。"),
        N_("在別的電腦上可能變成亂碼，或找不到檔案。"),
        N_("多半來自蘋果電腦。重新取一次名字就好；匯出成果包時，程式會自動換好。"),
        fix="rename",
    ),
    "name.ends-badly": Entry(
        "warning",
        N_("檔名的開頭或結尾是空格或句點。"),
        N_("Windows 不收這種檔名，傳到別人那裡可能打不開。"),
        N_("請拿掉它；匯出成果包時，程式會自動換好。"),
        fix="rename",
    ),
    "name.extension-case": Entry(
        "hint",
        N_("副檔名 .{extension} 是大寫的。"),
        N_("有的平臺只認得小寫的 .{usual}。"),
        N_("改成小寫最保險；匯出成果包時，程式會自動換好。"),
        fix="rename",
    ),
    "name.forbidden": Entry(
        "warning",
        N_("檔名裡有的系統不收的符號：{characters:characters}。"),
        N_("有的系統存不了這種檔名，平臺可能拒收。"),
        N_("請換成中文、英文字母、數字、「-」或「_」；匯出成果包時，程式會自動換好。"),
        fix="rename",
    ),
    "name.invisible": Entry(
        "warning",
        N_("檔名裡有看不見的字元：{characters:characters}。"),
        N_("它會讓檔名看起來和實際不同，平臺可能拒收。"),
        N_("請重新取一次名字；匯出成果包時，程式會自動換好。"),
        fix="rename",
    ),
    "name.long": Entry(
        "warning",
        N_("檔名有 {length} 個字，超過建議的 {limit} 個字。"),
        N_("有的平臺會截斷或拒收。"),
        N_("請留下重點就好；匯出成果包時，程式會自動縮短。"),
        fix="rename",
    ),
    "name.reserved": Entry(
        "warning",
        N_("「{stem}」是 Windows 保留的名稱，不能當檔名。"),
        N_("在 Windows 上打不開。"),
        N_("請換一個名字；匯出成果包時，程式會自動換好。"),
        fix="rename",
    ),
    "name.undecodable": Entry(
        "warning",
        N_("檔名有一部分不是文字，顯示成亂碼。"),
        N_("別人看到的會是亂碼，平臺可能拒收。"),
        N_("請重新取一個名字；匯出成果包時，程式會自動換好。"),
        fix="rename",
    ),
    "name.unusual": Entry(
        "hint",
        N_("檔名裡有比較特別的符號：{characters:characters}。"),
        N_("多半沒問題，但不是每個平臺都收。"),
        N_("最保險的檔名只用中文、英文字母、數字、「-」和「_」；匯出成果包時，程式會自動換好。"),
        fix="rename",
    ),
}

FILES: Mapping[str, Entry] = {**UNREADABLE, **CONTENT, **NAMES}
"""Every code about one file."""
