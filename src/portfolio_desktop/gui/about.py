"""What this program is, its version and its licences."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from portfolio_desktop.gui.widgets.dialog import Dialog
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.messages import _
from portfolio_desktop.places import NAME


class AboutDialog(Dialog):
    """A small page about the program."""

    def __init__(self, icon: QIcon, parent: QWidget) -> None:
        super().__init__(_("關於學習歷程工作臺"), parent, columns=28)
        picture = QLabel()
        picture.setPixmap(icon.pixmap(72, 72))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        name = label(_("學習歷程工作臺"), "title")
        name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        edition = label(_("版本 {version}・Qt {qt}").format(version=program_version(), qt=qVersion()), "quiet")
        edition.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = label(
            _(
                "把高中三年的學習歷程檔案收好、檢查、寫簡述、勾選、匯出成可以上傳的一包。"
                "檔案只留在這臺電腦；程式不登入任何平臺，也不連網路。"
            ),
            wrap=True,
        )
        licence = label(
            _("自由軟體，GPL-3.0-or-later。內含 Noto Sans TC 字型（OFL-1.1）；其他元件的授權見 THIRD_PARTY_LICENSES。"),
            "small",
            wrap=True,
        )
        buttons = QDialogButtonBox()
        close = buttons.addButton(_("關閉"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 18)
        layout.setSpacing(10)
        for widget in (picture, name, edition, words, licence, buttons):
            layout.addWidget(widget)


def program_version() -> str:
    """The version of what is installed."""
    try:
        return version(NAME)
    except PackageNotFoundError:
        return _("（未安裝的原始碼）")
