"""What a check found wrong: a line each, with the pieces that it concerns as the way to them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from portfolio_desktop.findings.characters import visible
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.safekeeping.safety import Fault
from portfolio_desktop.gui.widgets.labels import label, plain_tip
from portfolio_desktop.messages import _

SHOWN = 40
PIECES_SHOWN = 3
LONGEST = 40


class FaultList(QWidget):
    """The lines, the worst first; hidden where there are none."""

    piece_asked = Signal(str)
    newer_asked = Signal(str)
    """Restore the backup at this path beside the library."""
    present_asked = Signal()
    """Take the library as it is now for the right one."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._shown: tuple[Fault, ...] = ()
        self.buttons: list[QPushButton] = []
        self.deciding: list[QPushButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 4, 0, 4)
        self._layout.setSpacing(6)
        self.hide()

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Show these; nothing is drawn anew when they are the same."""
        # What concerns no piece concerns all of them.
        ordered = tuple(sorted(faults, key=lambda fault: bool(fault.pieces)))
        if ordered == self._shown:
            return
        self._shown, self.buttons, self.deciding = ordered, [], []
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for fault in ordered[:SHOWN]:
            self._layout.addWidget(self._line(fault))
        more = len(ordered) - SHOWN
        if more > 0:
            self._layout.addWidget(label(_("另外還有 {count} 個問題。").format(count=more), "quiet"))
        self.setVisible(bool(ordered))

    def _line(self, fault: Fault) -> QFrame:
        line = QFrame()
        line.setObjectName("finding")
        line.setProperty("level", "error")
        picture = QLabel()
        self._icons.dress(picture, "error", "error", 18)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(label(fault.message, wrap=True, copy=True))
        for piece_id, title in fault.pieces[:PIECES_SHOWN]:
            column.addWidget(self._way(piece_id, title), 0, Qt.AlignmentFlag.AlignLeft)
        more = len(fault.pieces) - PIECES_SHOWN
        if more > 0:
            column.addWidget(label(_("還有 {count} 件").format(count=more), "small"))
        if fault.is_newer and fault is next(one for one in self._shown if one.is_newer):
            column.addLayout(self._ways_out(fault))
        row = QHBoxLayout(line)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        return line

    def let_decide(self, may: bool) -> None:
        """Let it be decided which of two states is right, or not now."""
        for button in self.deciding:
            button.setEnabled(may)

    def _ways_out(self, fault: Fault) -> QHBoxLayout:
        """Which of the two is right only the student knows: one button for each."""
        ways = QHBoxLayout()
        ways.setContentsMargins(0, 6, 0, 0)
        if fault.code == "work.newer":
            newer = QPushButton(_("把較新的還原到旁邊…"))
            newer.clicked.connect(lambda: self.newer_asked.emit(fault.path))
            self.deciding.append(newer)
        present = QPushButton(_("留用現在這一份…"))
        present.clicked.connect(self.present_asked)
        self.deciding.append(present)
        for button in self.deciding:
            ways.addWidget(button)
        ways.addStretch(1)
        return ways

    def _way(self, piece_id: str, title: str) -> QPushButton:
        title = visible(title)
        shown = title if len(title) <= LONGEST else f"{title[:LONGEST]}…"
        button = QPushButton(_("到「{title}」").format(title=shown or _("（沒有標題）")).replace("&", "&&"))
        button.setProperty("link", "true")
        button.setToolTip(plain_tip(title))
        button.clicked.connect(lambda: self.piece_asked.emit(piece_id))
        self.buttons.append(button)
        return button
