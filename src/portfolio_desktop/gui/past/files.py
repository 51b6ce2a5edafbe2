"""Every file that a piece ever held, as cards: name, size, SHA-256, whether a certification seals it, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.past.texts import moment_words
from portfolio_desktop.gui.past.work import Past
from portfolio_desktop.gui.pieces.slots import icon_of
from portfolio_desktop.gui.widgets.labels import elided, label
from portfolio_desktop.gui.widgets.rows import foot
from portfolio_desktop.gui.words import file_facts, when_words
from portfolio_desktop.library.records import FileVersion
from portfolio_desktop.messages import _


class FilesView(QScrollArea):
    """The cards, the newest first; asks with signals."""

    use_asked = Signal(object)
    open_asked = Signal(object)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("歷來的檔案"))
        self.cards: dict[str, FileCard] = {}
        self._page: QWidget | None = None

    def show_past(self, past: Past) -> None:
        """Show every file of a piece."""
        place = self.verticalScrollBar().value()
        self.cards = {}
        page = QWidget()
        page.setObjectName("paper")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        for version in past.files:
            card = FileCard(version, past, self._icons)
            card.use.clicked.connect(lambda _checked=False, version=version: self.use_asked.emit(version))
            card.open.clicked.connect(lambda _checked=False, version=version: self.open_asked.emit(version))
            self.cards[version.file.id] = card
            layout.addWidget(card)
        if not past.files:
            layout.addWidget(label(_("這一件還沒有過檔案。"), "quiet", wrap=True))
        layout.addStretch(1)
        self.setWidget(page)
        self.verticalScrollBar().setValue(place)

    def show_file(self, file_id: str) -> None:
        """Bring one file into view."""
        card = self.cards.get(file_id)
        if card is not None:
            self.ensureWidgetVisible(card)
            card.open.setFocus(Qt.FocusReason.OtherFocusReason)


class FileCard(QFrame):
    """One file."""

    def __init__(self, version: FileVersion, past: Past, icons: Icons) -> None:
        super().__init__()
        file = version.file
        self.setObjectName("card")
        self.setAccessibleName(file.name)
        picture = QLabel()
        icons.dress(picture, icon_of(file.kind, file.role), "quiet", 24)
        name = elided(file.name)
        name.setToolTip(file.name)
        self.chips = [label(words) for words in _chips(version)]
        for chip in self.chips:
            chip.setProperty("chip", "ok" if file.sealed and chip is self.chips[-1] else "hint")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(picture)
        head.addWidget(name, 1)
        for chip in self.chips:
            head.addWidget(chip)
        place = past.names.field(f"file.{file.role}")
        facts = label(
            _("{place} · {facts} · {when}").format(
                place=place, facts=file_facts(file), when=moment_words(version.when)
            ),
            "small",
            wrap=True,
        )
        self.use = QPushButton(_("用回這個檔案"))
        icons.dress(self.use, "restore")
        self.use.setEnabled(not past.locked)
        self.use.setVisible(not file.current)
        self.use.setAccessibleName(_("用回「{name}」").format(name=file.name))
        self.open = QPushButton(_("開啟副本"))
        icons.dress(self.open, "open")
        self.open.setToolTip(_("用系統的程式開啟副本；收好的那一份不會動。"))
        self.open.setAccessibleName(_("開啟「{name}」的副本").format(name=file.name))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(facts)
        layout.addLayout(self._digest(icons, "SHA-256", file.sha256))
        if file.sealed:
            layout.addLayout(self._digest(icons, "MD5", file.md5))
            layout.addWidget(
                label(
                    _("{when} 記錄為認證成功，這一份從此不會改變。").format(when=when_words(file.sealed)),
                    "small",
                    wrap=True,
                )
            )
        layout.addLayout(foot(self.open, self.use))

    def _digest(self, icons: Icons, name: str, digest: str) -> QHBoxLayout:
        words = elided(f"{name}　{digest}", "small")
        words.setToolTip(digest)
        copy = QToolButton()
        copy.setProperty("plain", "true")
        icons.dress(copy, "copy", side=16)
        copy.setToolTip(_("複製 {name}").format(name=name))
        copy.setAccessibleName(copy.toolTip())
        copy.clicked.connect(lambda _checked=False: QGuiApplication.clipboard().setText(digest))
        copy.setObjectName(name)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(words, 1)
        row.addWidget(copy)
        return row


def _chips(version: FileVersion) -> list[str]:
    """What is special about a file; the seal last."""
    chips = [_("使用中")] if version.file.current else []
    return [*chips, _("認證版本")] if version.file.sealed else chips
