"""What a platform holds of a piece already, in words: sent or certified, ticked. Changes made here do not get there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import Piece


def held_words(piece: Piece) -> str:
    """Why a piece had better stay as it is; '' where it may be changed."""
    if piece.trashed:
        return ""
    years = _("、").join(str(year) for year in sorted(piece.ticked))
    if piece.kind == "course" and piece.certification == "sent":
        return _("已經送出認證，平臺上鎖住了。在這裡改，平臺不會跟著改。")
    if piece.kind == "course" and piece.certification == "certified":
        ticked = _("認證成功，{years} 學年度也勾選了。在這裡改，平臺和老師認證的都不會跟著改。")
        certified = _("認證成功。在這裡改，平臺和老師認證的都不會跟著改。")
        return ticked.format(years=years) if years else certified
    return _("{years} 學年度已經勾選。學校提交以後，平臺上就不能再改了。").format(years=years) if years else ""


class Held(QWidget):
    """The sentence with a lock beside it; hidden where there is nothing to say."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        picture = QLabel()
        icons.dress(picture, "lock", "quiet", 16)
        self.words = label(role="small", wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.words, 1)
        self.hide()

    def show_piece(self, piece: Piece) -> None:
        """Say it of a piece."""
        self.words.setText(held_words(piece))
        self.setVisible(bool(self.words.text()))
