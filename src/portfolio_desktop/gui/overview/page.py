"""The page 總覽, as layout: what there is, and the button that goes on from there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from portfolio_desktop.gui.icons import Icons
from portfolio_desktop.gui.widgets.empty import EmptyState
from portfolio_desktop.messages import _


class OverviewPage(QWidget):
    """Shows how many pieces there are; asks with signals."""

    all_asked = Signal()
    add_asked = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("page")
        self.state = EmptyState(icons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.state)

    def show_count(self, count: int) -> None:
        """Show how many pieces the library has."""
        if count:
            words = _("{count} 件").format(count=count)
            self.state.say("all", words, "", (_("全部作品"), self.all_asked.emit))
        else:
            self.state.say(
                "import",
                _("把作品拖進來就好"),
                _("也可以用下面的按鈕選檔案；原來的檔案不會被移動或刪除。"),
                (_("收進檔案…"), self.add_asked.emit),
            )
