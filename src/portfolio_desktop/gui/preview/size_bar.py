"""How much of the allowed size a file takes: a bar, and the same in words and a drawing.

size, limit, near ─▶ weighed ─▶ 2.1 MB / 4.0 MB，還剩 1.9 MB
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QWidget

from portfolio_desktop.findings.wording import MEBI, in_megabytes
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.widgets.labels import label, mark
from portfolio_desktop.messages import _

PARTS = 1000


@dataclass(frozen=True, slots=True)
class Weight:
    """What a size is against its limit: `share` of it, None where there is none."""

    words: str
    share: float | None = None
    level: Literal["ok", "warning", "error"] = "ok"


def weighed(size: int, limit: int | None, near: int) -> Weight:
    """A file's size in words; `near` is where one should take care, both in bytes."""
    if limit is None:
        return Weight(_("這個檔案不會上傳，沒有大小限制。"))
    given = {"size": binary_words(size), "limit": in_megabytes(limit)}
    if size > limit:
        words = _("{size} / {limit}，超過 {over}").format(over=binary_words(size - limit), **given)
        return Weight(words, size / limit, "error")
    left = binary_words(limit - size)
    if size > near:
        return Weight(_("{size} / {limit}，快到上限，還剩 {left}").format(left=left, **given), size / limit, "warning")
    return Weight(_("{size} / {limit}，還剩 {left}").format(left=left, **given), size / limit)


def binary_words(size: int) -> str:
    """A size in the limits' own megabytes of 1,048,576 bytes: 340 KB, 2.1 MB."""
    return f"{size / MEBI:.1f} MB" if size >= MEBI // 10 else f"{-(-size // 1024)} KB"


class SizeBar(QWidget):
    """Shows a weight."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self.mark = QLabel()
        self.words = label(role="small", wrap=True)
        self.gauge = QProgressBar()
        self.gauge.setTextVisible(False)
        self.gauge.setRange(0, PARTS)
        self.gauge.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.gauge.setMinimumWidth(60)
        self.gauge.setMaximumWidth(160)
        self.gauge.setAccessibleName(_("檔案大小占上限的比例"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.gauge, 1)
        row.addWidget(self.mark)
        row.addWidget(self.words, 3)

    def show_weight(self, weight: Weight) -> None:
        """Show how heavy the file is."""
        self.words.setText(weight.words)
        self.gauge.setAccessibleDescription(weight.words)
        mark(self.words, "level", None if weight.level == "ok" else weight.level)
        self.mark.setVisible(weight.level != "ok")
        if weight.level != "ok":
            self._icons.dress(self.mark, weight.level, weight.level, 16)
        self.gauge.setVisible(weight.share is not None)
        self.gauge.setValue(min(PARTS, round((weight.share or 0) * PARTS)))
        mark(self.gauge, "level", weight.level)
