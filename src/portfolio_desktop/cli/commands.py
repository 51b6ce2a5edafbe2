"""Every command by name, with the module that holds it: a module is imported only when its command is run.

So `--help`, `count` and `check` start without the database, and nothing here starts Qt.
"""

from __future__ import annotations

from collections.abc import Mapping

from portfolio_desktop.messages import N_

_HERE = "portfolio_desktop.cli."

COMMANDS: Mapping[str, tuple[str, str]] = {
    name: (_HERE + module, does)
    for name, module, does in (
        ("demo", "demo", N_("用範例作品走完整條路：檢查、修正、勾選、匯出")),
        ("check", "check", N_("檢查檔案或資料夾，不需要學習歷程庫")),
        ("init", "profile", N_("建立一個學習歷程庫")),
        ("add", "intake", N_("把檔案收進來，一個檔案一件")),
        ("edit", "edit", N_("修改一件")),
        ("list", "pieces", N_("列出各件")),
        ("show", "pieces", N_("看一件的全部內容")),
        ("find", "find", N_("搜尋標題、簡述、欄位、檔名和文件內文")),
        ("remove", "trash", N_("把幾件移到垃圾桶")),
        ("restore-piece", "trash", N_("把幾件從垃圾桶拿回來")),
        ("empty-trash", "trash", N_("清空垃圾桶")),
        ("undo", "changes", N_("復原最近的修改")),
        ("redo", "changes", N_("重做剛才復原的修改")),
        ("history", "history", N_("看修改的紀錄、先前的文字和檔案")),
        ("course add", "courses", N_("在自己的課程清單加一門課")),
        ("course edit", "courses", N_("改課程清單裡的一門課")),
        ("course remove", "courses", N_("從課程清單拿掉一門課")),
        ("course list", "courses", N_("列出自己的課程")),
        ("count", "count", N_("算一段簡述的字數")),
        ("tick", "ticks", N_("勾選幾件")),
        ("untick", "ticks", N_("取消勾選")),
        ("ticks", "ticks", N_("看一個學年度勾選了哪些、還剩幾件")),
        ("export", "export", N_("匯出一個學年度的成果包")),
        ("bundle verify", "bundles", N_("逐一核對成果包裡每個檔案的雜湊值")),
        ("import", "bundles", N_("用完整的成果包建立一個學習歷程庫")),
        ("move", "moving", N_("把整個學習歷程庫搬到另一個資料夾")),
        ("verify", "verifying", N_("檢查學習歷程庫的資料庫和每個檔案")),
        ("backup", "backing_up", N_("把資料庫和所有檔案備份到另一個地方，或列出有哪些備份")),
        ("restore", "safekeeping", N_("把備份還原成新的學習歷程庫")),
        ("drill", "safekeeping", N_("演練還原，證明備份用得上")),
        ("rebuild", "rebuilding", N_("重建不見或損壞的資料庫")),
        ("dump", "dump", N_("把整個學習歷程庫印成標準格式的 JSON")),
        ("rules list", "rules", N_("列出各學年度的規定")),
        ("rules show", "rules", N_("看一個學年度的規定和出處")),
        ("rules school", "school", N_("把學校自己的設定疊在規定上，或拿掉")),
        ("rules lint", "rules", N_("檢查規定檔和表單檔本身有沒有寫錯")),
    )
}
"""Command -> (module, what it does), in the order of the help."""

GROUPS = frozenset(name.split()[0] for name in COMMANDS if " " in name)
"""First words that need a second one."""
