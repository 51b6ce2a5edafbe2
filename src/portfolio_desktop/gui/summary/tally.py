"""Every known counting in a line of its own, and what the text is made of.

Tally:
    ✓ 逐字算（每個字、標點、空格、換行都算 1）       73 / 100   收
    ✗ 舊平臺（UTF-8 位元組）                      320 / 300   會退回，多了 20
    漢字 60・標點 8・換行 2（算 4）
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.widgets.labels import label, mark
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.breakdown import Breakdown, Counting, CountingName, Part

ORDER: tuple[CountingName, ...] = ("code_points", "utf16", "bytes", "strict")
"""The countings as they are told: those of real platforms, then the one that is on the safe side of them all."""


class Tally(QWidget):
    """The lines; `show_breakdown` fills them."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self.lines: dict[CountingName, tuple[QLabel, QLabel, QLabel]] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        words = _words()
        for row, name in enumerate(ORDER):
            picture, number, verdict = QLabel(), label(), label()
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.lines[name] = (picture, number, verdict)
            grid.addWidget(picture, row, 0)
            grid.addWidget(label(words[name], "quiet", wrap=True), row, 1)
            grid.addWidget(number, row, 2)
            grid.addWidget(verdict, row, 3)
        self.made_of = label(role="small", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(grid)
        layout.addWidget(self.made_of)

    def show_breakdown(self, seen: Breakdown) -> None:
        """Say what each counting makes of the text; nothing of one that is not written yet."""
        self.setVisible(not seen.blank)
        for counting in seen.countings:
            self._show_counting(counting)
        self.made_of.setText(made_of(seen.parts))
        self.made_of.setVisible(bool(seen.parts))

    def _show_counting(self, counting: Counting) -> None:
        picture, number, verdict = self.lines[counting.name]
        level = "error" if counting.over else "ok"
        self._icons.dress(picture, level, level, 16)
        number.setText(f"{counting.count} / {counting.limit}")
        verdict.setText(_("會退回，多了 {over}").format(over=counting.over) if counting.over else _("放得下"))
        mark(verdict, "level", level)


def made_of(parts: tuple[Part, ...]) -> str:
    """What a text is made of, in one line; what costs more than one each says so."""
    names = {
        "characters": _("中文字 {count}"),
        "letters": _("英文和數字 {count}"),
        "marks": _("標點符號 {count}"),
        "spaces": _("空格 {count}"),
        "newlines": _("換行 {count}（算 {cost}）"),
        "wide": _("表情符號和罕用字 {count}（算 {cost}）"),
        "others": _("看不見的字元 {count}"),
    }
    told = [names[part.name].format(count=part.count, cost=part.cost) for part in parts]
    return _("其中：{parts}").format(parts="・".join(told))


def _words() -> dict[CountingName, str]:
    return {
        "code_points": _("逐字算：每個字、標點、空格、換行都算 1"),
        "utf16": _("瀏覽器算：表情符號和罕用字算 2"),
        "bytes": _("舊平臺算位元組：一個中文字算 3"),
        "strict": _("最嚴格的算法：換行也算 2，這裡放得下，哪裡都放得下"),
    }
