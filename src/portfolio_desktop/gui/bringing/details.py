"""The chosen rows of a plan, to be changed: one with its title, files and findings, several with what they can have together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.bringing.places import OF_COURSE, Pairs
from portfolio_desktop.gui.bringing.rows import PlanRow
from portfolio_desktop.gui.bringing.words import (
    bringing_advice,
    bringing_level,
    known_words,
    reasons_words,
    refusal_words,
    renamed_words,
)
from portfolio_desktop.gui.pieces.findings import FindingsList
from portfolio_desktop.gui.widgets.choice import Choice
from portfolio_desktop.gui.widgets.labels import elided, label
from portfolio_desktop.gui.widgets.line import TextField
from portfolio_desktop.gui.words import kind_words, size_words
from portfolio_desktop.library.planning import Examined
from portfolio_desktop.messages import _

MIXED = "*"
"""The code of a choice that the chosen rows do not agree on."""


class Details(QScrollArea):
    """The panel. `change_asked(name, text)` is meant for all chosen rows."""

    change_asked = Signal(str, str)
    want_asked = Signal(bool)
    join_asked = Signal()
    part_asked = Signal()
    twin_asked = Signal(str)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setAccessibleName(_("選取的檔案"))
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._icons = icons
        self._rows: tuple[PlanRow, ...] = ()
        self._inside = QWidget()
        self._whole = False
        self._titled: tuple[int, str] | None = None
        self.heading = label(role="heading", wrap=True)
        self.title = TextField(_("標題"))
        self.title.left.connect(self.flush)
        self.title.line.returnPressed.connect(self.flush)
        self.term = Choice(_("學期"))
        self.term.activated.connect(lambda _place: self._chosen("term", self.term))
        self.category = Choice(_("類別"))
        self.category.activated.connect(lambda _place: self._chosen("category", self.category))
        self.reasons = label(role="small", wrap=True)
        self.want = self._button("", "check")
        self.want.clicked.connect(lambda: self.want_asked.emit(not self._all_wanted()))
        self.join = self._button(_("合成一件"), "attach")
        self.join.clicked.connect(self.join_asked)
        self.part = self._button(_("一個檔案一件"), "copy")
        self.part.clicked.connect(self.part_asked)
        self.files = QVBoxLayout()
        self.findings = FindingsList(icons, {}, advice=bringing_advice, level=bringing_level)
        self._title_row = self._field(_("標題"), self.title)
        self._term_row = self._field(_("學期"), self.term)
        self._category_row = self._field(_("類別"), self.category)
        self._lay_out()
        self.show_rows((), [], [])

    def _lay_out(self) -> None:
        self._inside.setObjectName("paper")
        layout = QVBoxLayout(self._inside)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.setSpacing(10)
        layout.addWidget(self.heading)
        for row in (self._title_row, self._term_row, self._category_row):
            layout.addWidget(row)
        layout.addWidget(self.reasons)
        layout.addWidget(self.findings)
        self.files.setSpacing(8)
        layout.addLayout(self.files)
        for button in (self.want, self.join, self.part):
            layout.addWidget(button)
        layout.addStretch(1)
        self.setWidget(self._inside)

    def _button(self, words: str, icon: str) -> QPushButton:
        button = QPushButton(words)
        self._icons.dress(button, icon)
        return button

    def _field(self, name: str, field: QWidget) -> QWidget:
        row = QWidget()
        layout = QVBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        words = label(name, "quiet")
        words.setBuddy(field)
        layout.addWidget(words)
        layout.addWidget(field)
        return row

    def show_rows(
        self,
        rows: Sequence[PlanRow],
        terms: Pairs,
        categories: Pairs,
        given: Sequence[tuple[str, str]] = (),
        *,
        can_join: bool = False,
    ) -> None:
        """Show what is chosen; `terms` and `categories` are the choices, '' the words for none.

        `given` are the names that a bundle will give the files of a single row, '' for those that keep theirs, with the codes
        of why.
        """
        self._rows = tuple(rows)
        able = [row for row in rows if row.can_be_wanted]
        one = rows[0] if len(rows) == 1 else None
        self.heading.setText(self._heading())
        for row, shown in (
            (self._title_row, len(able) == 1 and one is not None),
            (self._term_row, bool(able)),
            (self._category_row, bool(able)),
            (self.want, bool(able)),
            (self.join, can_join),
            (self.part, one is not None and len(one.proposal.files if one.proposal else ()) > 1),
        ):
            row.setVisible(shown)
        self.want.setText(_("不收") if self._all_wanted() else _("要收"))
        self._icons.dress(self.want, "close" if self._all_wanted() else "check")
        self._show_title(one)
        self._offer(self.term, terms, {str(row.proposal.new.term or "") for row in able if row.proposal})
        self._offer(self.category, categories, {_category(row) for row in able})
        reasons = reasons_words(one.proposal) if one and one.proposal and one.can_be_wanted else ""
        self.reasons.setText(reasons)
        self.reasons.setVisible(bool(reasons))
        self.findings.show_findings(one.findings if one and one.can_be_wanted else ())
        self._show_files(one, given)
        self.updateGeometry()

    def _show_title(self, row: PlanRow | None) -> None:
        """Show a row's title; what is being typed stays while other rows come in."""
        titled = (row.number, row.proposal.new.title or "") if row is not None and row.proposal is not None else None
        if titled is not None and titled != self._titled:
            self.title.show_value(titled[1])
        self._titled = titled

    def is_typing(self) -> bool:
        """Whether another title than the row's is in the line, which nobody has asked for yet."""
        row = self._rows[0] if len(self._rows) == 1 else None
        if row is None or row.proposal is None or not self.title.line.hasFocus():
            return False
        return self.title.value() != row.proposal.new.title

    def forget_title(self) -> None:
        """Let the row's own title be shown again, whatever was typed."""
        self._titled = None

    def show_whole(self, whole: bool) -> None:
        """Be as high as everything in it, where the page around it scrolls; or scroll itself."""
        if whole is not self._whole:
            self._whole = whole
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """All of it, or a few lines."""
        layout, em = self._inside.layout(), self.fontMetrics().height()
        whole = layout.heightForWidth(self.viewport().width()) if self._whole and layout is not None else 0
        return QSize(em * 11, max(whole, em * 6))

    def _heading(self) -> str:
        rows = self._rows
        if not rows:
            return _("點一列來看它會變成什麼；選幾列可以一起改。")
        if len(rows) > 1:
            return _("選了 {count} 列").format(count=len(rows))
        row = rows[0]
        if row.proposal is None:
            return _("這個收不進來")
        return _("會變成一件") if row.can_be_wanted else _("不用再收")

    def _all_wanted(self) -> bool:
        return all(row.wanted for row in self._rows if row.can_be_wanted)

    def _offer(self, choice: Choice, pairs: Pairs, codes: set[str]) -> None:
        mixed = [(MIXED, _("（各不相同）"))] if len(codes) > 1 else []
        choice.present([*mixed, *pairs], MIXED if mixed else next(iter(codes), ""))

    def _chosen(self, name: str, choice: Choice) -> None:
        code = choice.code()
        if code != MIXED and self._rows:
            self.change_asked.emit(name, code)

    def flush(self) -> None:
        """Ask for the title that was typed last."""
        [row, *others] = self._rows or (None,)
        if row is None or others or row.proposal is None or self.title.composing():
            return
        if self.title.value() != row.proposal.new.title:
            self.change_asked.emit("title", self.title.value())

    def _show_files(self, row: PlanRow | None, given: Sequence[tuple[str, str]]) -> None:
        while (item := self.files.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if row is None:
            return
        if row.refused is not None:
            self.files.addWidget(
                self._card(row.refused.path.name, str(row.refused.path.parent), refusal_words(row.refused.reason))
            )
        elif row.proposal is not None:
            for file, (name, why) in zip(row.proposal.files, given, strict=True):
                self.files.addWidget(self._file(file, name, why))
            if row.proposal.new.link:
                self.files.addWidget(self._card(row.proposal.new.link, "", _("這一件只有外部連結，檔案可以以後再放。")))

    def _file(self, file: Examined, given: str, why: str) -> QFrame:
        facts = f"{kind_words(file.inspection.kind)} · {size_words(file.size)} · {file.path.parent}"
        told = known_words(file)
        if not told and given:
            told = renamed_words(file, given, why)
        card = self._card(file.path.name, facts, told)
        if file.twin is not None:
            twin = file.twin
            button = QPushButton(_("看「{title}」").format(title=twin.title).replace("&", "&&"))
            button.setProperty("link", "true")
            button.clicked.connect(lambda: self.twin_asked.emit(twin.piece_id))
            layout = card.layout()
            if layout is not None:
                layout.addWidget(button)
        return card

    def _card(self, name: str, facts: str, told: str) -> QFrame:
        card = QFrame()
        card.setObjectName("slot")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(2)
        shown = elided(name)
        shown.setToolTip(name)
        layout.addWidget(shown)
        if facts:
            where = elided(facts, "small")
            where.setToolTip(facts)
            layout.addWidget(where)
        if told:
            layout.addWidget(label(told, wrap=True))
        return card


def _category(row: PlanRow) -> str:
    new = row.proposal.new if row.proposal else None
    if new is None:
        return ""
    return OF_COURSE + new.course_id if new.course_id else new.category or ""
