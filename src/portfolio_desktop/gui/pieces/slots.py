"""The places for a piece's files: one document, one sound or film, and what they were made from.

    a file dropped on a slot  ->  attach_asked(role, path)

The slot itself changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage, QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.gui.appearance.icons import NAME_PROPERTY, Icons
from portfolio_desktop.gui.pieces.findings import FindingsList
from portfolio_desktop.gui.pieces.mends import help_words
from portfolio_desktop.gui.pieces.shown_file import drawing_of
from portfolio_desktop.gui.widgets.drop import paths_of
from portfolio_desktop.gui.widgets.fold import Fold
from portfolio_desktop.gui.widgets.labels import elided, label, mark
from portfolio_desktop.gui.words import file_facts
from portfolio_desktop.inspection.abilities import AUDIO, IMAGES
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import PieceFile, Role

PICTURE = 56
ROOM = 15
"""Characters of width from which on the button stands beside the words."""


class Slot(QFrame):
    """One place for a file, empty or filled."""

    attach_asked = Signal(str, object)
    choose_asked = Signal(str)
    detach_asked = Signal(str)
    preview_asked = Signal(str)

    def __init__(self, role: Role, name: str, hint: str, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("slot")
        self.role: Role = role
        self._icons = icons
        self._name = name
        self._file: PieceFile | None = None
        self._read_only = False
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.picture = QLabel()
        self.picture.setFixedSize(PICTURE, PICTURE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.heading = label(name, "small", wrap=True)
        self.title = elided()
        self.hint = label(hint, "quiet", wrap=True)
        self.facts = label(role="small", wrap=True)
        self.choose = QPushButton(_("選檔案…"))
        self.replace = QToolButton()
        self.replace.setProperty("plain", "true")
        icons.dress(self.replace, "replace", side=18)
        self.replace.setToolTip(_("更換檔案；原來的會留著"))
        for button in (self.choose, self.replace):
            button.clicked.connect(lambda _checked=False: self.choose_asked.emit(self.role))
        self.detach = QToolButton()
        self.detach.setProperty("plain", "true")
        icons.dress(self.detach, "close", side=16)
        self.detach.setToolTip(_("從這一件拿掉（檔案仍留在學習歷程庫）"))
        self.detach.clicked.connect(lambda: self.detach_asked.emit(self.role))
        told = QWidget()
        words = QVBoxLayout(told)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(1)
        words.addWidget(self.heading)
        words.addWidget(self.title)
        words.addWidget(self.hint)
        words.addWidget(self.facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self.picture)
        both = Fold(ROOM)
        both.add(told, 1)
        both.add(self.choose, 0, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        row.addWidget(both, 1)
        row.addWidget(self.replace)
        row.addWidget(self.detach)
        self.show_name(name, hint)
        self.show_file(None)

    def show_name(self, name: str, hint: str) -> None:
        """Show what the form calls this place, and what may be put into it."""
        self._name = name
        self.heading.setText(name)
        self.hint.setText(hint)
        self.choose.setAccessibleName(_("替{slot}選檔案").format(slot=name))
        self.replace.setAccessibleName(_("更換{slot}").format(slot=name))
        self.detach.setAccessibleName(_("把{slot}從這一件拿掉").format(slot=name))
        self._say()

    def _say(self) -> None:
        self.setAccessibleName(f"{self._name}：{self._file.name if self._file else _('空的')}")

    @property
    def sha256(self) -> str | None:
        """Which bytes are in this place."""
        return self._file.sha256 if self._file else None

    def show_file(self, file: PieceFile | None) -> None:
        """Show the file in this place, or that it is empty; the picture of the same bytes stays."""
        same = file is not None and file.sha256 == self.sha256
        pictured = same and self.picture.property(NAME_PROPERTY) is None
        self._file = file
        self.title.setText(file.name if file else "")
        self.title.setToolTip(file.name if file else "")
        self.title.setVisible(file is not None)
        self.hint.setVisible(file is None)
        self.facts.setText(file_facts(file) if file else "")
        self.facts.setVisible(file is not None)
        if not pictured:
            self._icons.dress(self.picture, icon_of(file.kind if file else "", self.role), "quiet", 28)
        self.setCursor(Qt.CursorShape.PointingHandCursor if file else Qt.CursorShape.ArrowCursor)
        self._say()
        self.set_read_only(self._read_only)

    def show_picture(self, image: QImage) -> None:
        """Show the file's first page or frame."""
        side = round(PICTURE * self.devicePixelRatioF())
        fitted = image.scaled(
            side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        picture = QPixmap.fromImage(fitted)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self.picture.setProperty(NAME_PROPERTY, None)
        self.picture.setPixmap(picture)

    def set_read_only(self, read_only: bool) -> None:
        """Take away or give back the buttons that change something."""
        self._read_only = read_only
        self.choose.setVisible(not read_only and self._file is None)
        self.replace.setVisible(not read_only and self._file is not None)
        self.detach.setVisible(not read_only and self._file is not None)
        self.setAcceptDrops(not read_only)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if len(paths_of(event.mimeData())) == 1:
            mark(self, "over", "true")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Forget about it."""
        mark(self, "over", None)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the dropped file to be put here."""
        mark(self, "over", None)
        paths = paths_of(event.mimeData())
        if len(paths) == 1:
            event.acceptProposedAction()
            self.attach_asked.emit(self.role, paths[0])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Show the file."""
        super().mouseReleaseEvent(event)
        if self._file is not None and self.rect().contains(event.position().toPoint()):
            self.preview_asked.emit(self.role)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the file with the keyboard too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self._file is not None:
                self.preview_asked.emit(self.role)
            elif not self._read_only:
                self.choose_asked.emit(self.role)
        else:
            super().keyPressEvent(event)


def icon_of(kind: str, role: Role) -> str:
    """The drawing for a kind of file; for what a place is meant for, where it is empty."""
    return "media" if role == "media" and kind not in (*AUDIO, *IMAGES) else drawing_of(kind)


class Slots(QWidget):
    """All places of one piece, one below the other, each with what is wrong with its file below it."""

    mend_asked = Signal(object)

    def __init__(self, icons: Icons, slots: list[tuple[Role, str, str]]) -> None:
        super().__init__()
        self.slots: dict[str, Slot] = {}
        self.troubles: dict[str, FindingsList] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for role, name, hint in slots:
            slot = Slot(role, name, hint, icons)
            self.slots[role] = slot
            layout.addWidget(slot)
            troubles = self.troubles[role] = FindingsList(icons, help_words(), compact=True)
            troubles.mend_asked.connect(self.mend_asked)
            layout.addWidget(troubles)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show below each place that is shown what is wrong with its file."""
        for role, troubles in self.troubles.items():
            here = not self.slots[role].isHidden()
            troubles.show_findings([finding for finding in findings if here and finding.about == role])

    def set_read_only(self, read_only: bool) -> None:
        """Take away or give back the buttons that change something."""
        for role, slot in self.slots.items():
            slot.set_read_only(read_only)
            self.troubles[role].set_read_only(read_only)

    def show_picture(self, sha256: str, image: QImage) -> None:
        """Show a file's first page or frame beside its name, where it is still in a place."""
        for slot in self.slots.values():
            if slot.sha256 == sha256:
                slot.show_picture(image)
