"""What is wrong with a bundle as a whole: how many of its pieces have faults, which, and the way to them.

BundlePlan -> faulty -> Faulty(bad, left, notable)        Overall: one sentence, a link a piece, and one to all of them
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from portfolio_desktop.bundle.entries import BundlePlan, Entry, LeftOut
from portfolio_desktop.findings.characters import visible
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.destination import Destination
from portfolio_desktop.gui.widgets.flow import Flow
from portfolio_desktop.gui.widgets.labels import label, mark, plain_tip
from portfolio_desktop.messages import _

NAMED = 3
"""Pieces that have a link of their own."""
NAMED_LETTERS = 34
"""The width from which they have."""
LONGEST = 14
"""Letters of a title that stand in a link."""


@dataclass(frozen=True, slots=True)
class Faulty:
    """The pieces of a bundle with errors, those that are left out of it, and those with warnings alone."""

    bad: tuple[Entry, ...]
    left: tuple[LeftOut, ...]
    notable: tuple[Entry, ...]

    def places(self) -> tuple[tuple[str, Destination], ...]:
        """Titles, and where each is mended: of those with errors or left out, else of those with warnings."""
        bad = ((one.title, Destination(piece=one.id, about=_about(one.findings))) for one in self.bad)
        left = ((one.title, Destination(piece=one.id)) for one in self.left)
        notable = ((one.title, Destination(piece=one.id, about=_about(one.findings))) for one in self.notable)
        return (*bad, *left) or tuple(notable)

    def together(self) -> Destination | None:
        """Where those with errors stand together, else those with warnings; None where there are not several."""
        some = self.bad or self.notable
        words = _("匯出前要修正") if self.bad else _("匯出前可以再看看")
        only = frozenset(entry.id for entry in some)
        return Destination(only=only, called=words) if len(only) > 1 else None


def faulty(plan: BundlePlan) -> Faulty:
    """What is wrong with a plan's pieces."""
    worst = {entry.id: {finding.severity for finding in entry.findings} for entry in plan.entries}
    bad = tuple(entry for entry in plan.entries if "error" in worst[entry.id])
    notable = tuple(e for e in plan.entries if "warning" in worst[e.id] and "error" not in worst[e.id])
    return Faulty(bad, plan.left_out, notable)


def overall_words(found: Faulty) -> str:
    """The same in one sentence, or a few."""
    said = []
    if found.bad:
        said.append(_("{count} 件有要修正的地方，平臺可能會退回。").format(count=len(found.bad)))
    if found.left:
        said.append(_("{count} 件勾選了，可是不會匯出。").format(count=len(found.left)))
    if found.notable:
        words = _("另有 {count} 件值得留意。") if said else _("沒有要修正的地方；{count} 件值得留意。")
        said.append(words.format(count=len(found.notable)))
    return "".join(said) or _("每一件都看過了，沒有要修正的地方。")


def amount_words(plan: BundlePlan) -> str:
    """Why there are more files than pieces, or fewer; nothing where each piece has one."""
    two = sum(len(entry.targets) > 1 for entry in plan.entries)
    none = sum(not entry.targets for entry in plan.entries)
    said = []
    if two:
        said.append(_("{count} 件有文件和影音兩個檔案。").format(count=two))
    if none:
        said.append(_("{count} 件沒有檔案。").format(count=none))
    if plan.stored:
        said.append(_("檔案裡有 {count} 個是歷來收著的，換下來的也在。").format(count=len(plan.stored)))
    return "".join(said)


class Overall(QFrame):
    """The strip above the plan; `visit_asked(Destination)` leads to one piece, or to all that are meant."""

    visit_asked = Signal(object)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("finding")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._icons = icons
        self._picture = QLabel()
        self.words = label(wrap=True)
        self.links: list[QPushButton] = []
        self._flow = Flow(spacing=10)
        inside = QVBoxLayout()
        inside.setSpacing(2)
        inside.addWidget(self.words)
        inside.addLayout(self._flow)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 8, 14, 8)
        line.setSpacing(10)
        line.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(inside, 1)

    def show_plan(self, plan: BundlePlan) -> None:
        """Show what is wrong with another plan."""
        found = faulty(plan)
        level = "error" if found.bad or found.left else "warning" if found.notable else "ok"
        mark(self, "level", level)
        self._icons.dress(self._picture, level, level, 20)
        self.words.setText(overall_words(found))
        self.setAccessibleName(self.words.text())
        self._link(found.places(), found.together())

    def _link(self, places: Sequence[tuple[str, Destination]], together: Destination | None) -> None:
        for link in self.links:
            self._flow.removeWidget(link)
            link.hide()
            link.deleteLater()
        self.links = [self._one(visible(title) or _("（沒有標題）"), place) for title, place in places[:NAMED]]
        if together is not None:
            self.links.append(self._one(_("看這 {count} 件").format(count=len(together.only)), together))
        for link in self.links:
            self._flow.addWidget(link)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room only the last link is shown: the one to all of them, where there are several."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= NAMED_LETTERS * self.fontMetrics().horizontalAdvance("字")
        for link in self.links:
            link.setVisible(wide or link is self.links[-1])

    def _one(self, words: str, place: Destination) -> QPushButton:
        shown = words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
        made = QPushButton(shown.replace("&", "&&"))
        made.setProperty("link", "true")
        made.setAccessibleName(_("到「{title}」").format(title=words) if place.piece else words)
        made.setToolTip(plain_tip(words))
        made.clicked.connect(partial(self.visit_asked.emit, place))
        return made


def _about(findings: Sequence[Finding]) -> str:
    for severity in ("error", "warning"):
        for finding in findings:
            if finding.severity == severity and finding.about:
                return finding.about
    return ""
