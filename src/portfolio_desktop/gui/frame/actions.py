"""Everything that can be done in the window, as actions: once in a table, used by menus, keys, buttons and context menus.

An action that makes no sense at the moment is disabled; there is none that does nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.messages import _

Key = QKeySequence.StandardKey
Role = QAction.MenuRole


@dataclass(frozen=True, slots=True)
class Entry:
    """One action: its words, its drawing, its keys, its place in macOS's own menu."""

    words: str
    icon: str = ""
    keys: tuple[Key | str, ...] = ()
    role: Role = Role.NoRole
    checkable: bool = False


class Actions(QObject):
    """The actions by name, and the menus made of them."""

    def __init__(self, window: QMainWindow, icons: Icons) -> None:
        super().__init__(window)
        self._all: dict[str, QAction] = {}
        for name, entry in _entries().items():
            action = QAction(entry.words, window)
            action.setShortcuts([QKeySequence(key) for key in entry.keys])
            action.setMenuRole(entry.role)
            action.setCheckable(entry.checkable)
            if entry.icon and name in SEEN_AT_ONCE:
                icons.dress(action, entry.icon)
            self._all[name] = action
            window.addAction(action)
        for title, names in _menus():
            menu = window.menuBar().addMenu(title)
            for name in names:
                if name:
                    menu.addAction(self._all[name])
                else:
                    menu.addSeparator()

    def complete(self, icons: Icons) -> None:
        """Draw what stands in menus: nobody opens one at the first look."""
        for name, entry in _entries().items():
            if entry.icon and name not in SEEN_AT_ONCE:
                icons.dress(self._all[name], entry.icon)

    def __getitem__(self, name: str) -> QAction:
        return self._all[name]

    def listed(self) -> Iterator[tuple[str, str, QAction]]:
        """Every action with the title of its menu and its name, in the menus' order."""
        for title, names in _menus():
            for name in filter(None, names):
                yield title, name, self._all[name]

    def enable(self, names: str, enabled: bool) -> None:
        """Enable or disable some, named with blanks between."""
        for name in names.split():
            self._all[name].setEnabled(enabled)


def _entries() -> dict[str, Entry]:
    return {
        "new": Entry(_("建立學習歷程庫…"), "add"),
        "open": Entry(_("開啟學習歷程庫…"), "folder", (Key.Open,)),
        "sample": Entry(_("開啟範例"), "sample"),
        "add": Entry(_("收進檔案…"), "import", ("Ctrl+I",)),
        "add_folder": Entry(_("收進資料夾…"), "folder", ("Ctrl+Shift+I",)),
        "export": Entry(_("匯出…"), "export", ("Ctrl+E",)),
        "back_up": Entry(_("現在備份…"), "backup"),
        "move": Entry(_("搬移學習歷程庫…"), "folder"),
        "close": Entry(_("關閉學習歷程庫"), "close", (Key.Close,)),
        "quit": Entry(_("結束"), "", ("Ctrl+Q",), Role.QuitRole),
        "undo": Entry(_("復原"), "undo", (Key.Undo,)),
        "redo": Entry(_("重做"), "redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
        "paste": Entry(_("貼上"), "paste", (Key.Paste,)),
        "remove": Entry(_("移到垃圾桶"), "trash", (Key.Delete,)),
        "restore": Entry(_("放回原來的類別"), "restore"),
        "empty_trash": Entry(_("清空垃圾桶…"), "trash"),
        "find": Entry(_("搜尋"), "search", (Key.Find,)),
        "palette": Entry(_("找指令或作品…"), "palette", ("Ctrl+K",)),
        "write_summary": Entry(_("放大來寫簡述"), "expand", ("F2",)),
        "next_trouble": Entry(_("到下一個要補的地方"), "down", ("F8",)),
        "open_file": Entry(_("用系統的程式開啟檔案"), "open"),
        "copy_file": Entry(_("複製檔案"), "copy"),
        "reveal": Entry(_("在資料夾中顯示檔案"), "folder"),
        "show_overview": Entry(_("總覽"), "overview", ("Ctrl+1",)),
        "show_all": Entry(_("全部作品"), "all", ("Ctrl+2",)),
        "show_course": Entry(_("課程學習成果"), "course", ("Ctrl+3",)),
        "show_activity": Entry(_("多元表現"), "activity", ("Ctrl+4",)),
        "show_ticks": Entry(_("勾選"), "ticks", ("Ctrl+5",)),
        "show_export": Entry(_("匯出"), "export", ("Ctrl+6",)),
        "show_safety": Entry(_("安全"), "safety", ("Ctrl+7",)),
        "show_trash": Entry(_("垃圾桶"), "trash", ("Ctrl+8",)),
        "larger": Entry(_("放大文字"), "larger", ("Ctrl++", "Ctrl+=")),
        "smaller": Entry(_("縮小文字"), "smaller", ("Ctrl+-",)),
        "usual_size": Entry(_("文字恢復一般大小"), "", ("Ctrl+0",)),
        "look_system": Entry(_("外觀：跟著系統"), checkable=True),
        "look_light": Entry(_("外觀：淺色"), checkable=True),
        "look_dark": Entry(_("外觀：深色"), checkable=True),
        "settings": Entry(_("設定…"), "settings", ("Ctrl+,",), Role.PreferencesRole),
        "student": Entry(_("學生資料…"), "person"),
        "about": Entry(_("關於學習歷程工作臺"), "hint", (), Role.AboutRole),
    }


def _menus() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        (
            _("檔案(&F)"),
            (
                "new",
                "open",
                "sample",
                "",
                "add",
                "add_folder",
                "",
                "export",
                "back_up",
                "",
                "student",
                "move",
                "settings",
                "",
                "close",
                "quit",
            ),
        ),
        (
            _("編輯(&E)"),
            (
                "undo",
                "redo",
                "",
                "paste",
                "remove",
                "restore",
                "empty_trash",
                "",
                "find",
                "palette",
                "",
                "write_summary",
                "next_trouble",
                "",
                "open_file",
                "copy_file",
                "reveal",
            ),
        ),
        (
            _("檢視(&V)"),
            (
                "show_overview",
                "show_all",
                "show_course",
                "show_activity",
                "show_ticks",
                "show_export",
                "show_safety",
                "show_trash",
                "",
                "larger",
                "smaller",
                "usual_size",
                "",
                *APPEARANCE,
            ),
        ),
        (_("說明(&H)"), ("about",)),
    )


APPEARANCE = {"look_system": "system", "look_light": "light", "look_dark": "dark"}
"""The actions that choose an appearance, and which."""
SEEN_AT_ONCE = frozenset({"undo", "redo"})
"""The actions that have a button; all others are drawn when the window is complete."""
NEED_LIBRARY = (
    "close find export back_up move student"
    " show_overview show_all show_course show_activity show_ticks show_export show_safety show_trash"
)
NEED_WRITING = "add add_folder paste undo redo"
NEED_CHOICE = "remove restore empty_trash write_summary next_trouble open_file copy_file reveal"
NEED_REST = "new open sample palette settings"
"""What must wait while a library is on its way: it opens another one, changes this one, or leads to what does."""
