"""The settings, as layout: four parts below each other. What is chosen holds at once; only the student has a button."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from portfolio_desktop.gui.appearance.dressing import SIZES
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.student import StudentFields, grid
from portfolio_desktop.gui.widgets.card import Card
from portfolio_desktop.gui.widgets.choice import Choice
from portfolio_desktop.gui.widgets.flow import Flow
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.messages import LANGUAGES, _

MOST_UPLOADS = 30
LETTERS_WIDE, LINES_HIGH = 44, 34
"""The room that the dialog takes at first, in the size of its own text, as far as the screen has it."""


class SettingsDialog(QDialog):
    """Shows what is set; asks with signals."""

    language_chosen = Signal(str)
    appearance_chosen = Signal(str)
    size_chosen = Signal(int)
    move_asked = Signal()
    folder_asked = Signal()
    student_asked = Signal(object)
    school_asked = Signal()
    no_school_asked = Signal()
    uploads_chosen = Signal(str, int)
    """How many pieces the school lets be uploaded: the rule's name, and the count, 0 where the school says nothing."""

    def __init__(self, icons: Icons, school_types: Mapping[str, str], this_year: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("設定"))
        self.setModal(False)
        parent.installEventFilter(self)
        self.language = Choice(_("語言"))
        self.language.fill(LANGUAGES.items())
        self.appearance = Choice(_("外觀"))
        self.appearance.fill((("system", _("跟著系統")), ("light", _("淺色")), ("dark", _("深色"))))
        self.size_list = Choice(_("文字大小"))
        self.language_note = label(role="quiet", wrap=True)
        self.language_note.hide()
        self.place = label(wrap=True, copy=True)
        self.move_button = QPushButton(_("搬移學習歷程庫…"))
        self.folder_button = QPushButton(_("開啟資料夾"))
        self.student = StudentFields(school_types, this_year, self)
        self.student_note = label(role="quiet", wrap=True)
        self.student_button = QPushButton(_("儲存學生資料"))
        self.student_button.setProperty("primary", "true")
        self.uploads = {"uploads_course": Choice(""), "uploads_activity": Choice("")}
        for choice in self.uploads.values():
            counts = [(str(count), _("{count} 件").format(count=count)) for count in range(1, MOST_UPLOADS + 1)]
            choice.fill([("", _("學校沒有說，或還不知道")), *counts])
        self.school = label(wrap=True, copy=True)
        self.school_button = QPushButton(_("讀學校的設定檔…"))
        self.no_school_button = QPushButton(_("拿掉學校的設定"))
        self._lay_out(icons)
        self._connect()

    def _lay_out(self, icons: Icons) -> None:
        look = Card(icons, "appearance", _("外觀與語言"), _("外觀和文字大小選了就換；語言在下次開啟程式時才換。"))
        rows = ((_("外觀"), self.appearance), (_("文字大小"), self.size_list), (_("語言"), self.language))
        look.inside.addLayout(grid(rows))
        look.inside.addWidget(self.language_note)
        self.where = Card(icons, "folder", _("學習歷程庫"), _("所有作品都收在這個資料夾裡。"))
        self.where.inside.addWidget(self.place)
        self.where.inside.addLayout(_beside(self.folder_button, self.move_button))
        words = _("學校類型和入學年決定要填哪些欄位、有哪些學期；改了會重新檢查每一件，按「復原」可以改回來。")
        self.whose = Card(icons, "person", _("學生資料"), words)
        self.whose.inside.addLayout(grid(self.student.rows()))
        self.whose.inside.addWidget(self.student_note)
        self.whose.inside.addLayout(_beside(self.student_button))
        words = _("學校自己訂的規定；填了就會照著檢查。學校有給設定檔的話，也可以整份讀進來。")
        self.theirs = Card(icons, "course", _("學校的規定"), words)
        names = (_("課程學習成果，每學期最多上傳"), _("多元表現，每學年最多上傳"))
        for name, choice in zip(names, self.uploads.values(), strict=True):
            choice.setAccessibleName(name)
            told = label(name, wrap=True)
            told.setBuddy(choice)
            self.theirs.inside.addWidget(told)
            self.theirs.inside.addWidget(choice)
        self.theirs.inside.addWidget(self.school)
        self.theirs.inside.addLayout(_beside(self.no_school_button, self.school_button))
        column = QVBoxLayout()
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(14)
        for card in (look, self.where, self.whose, self.theirs):
            column.addWidget(card)
        column.addStretch(1)
        page = QWidget()
        page.setObjectName("page")
        page.setLayout(column)
        self.room = QScrollArea()
        self.room.setWidgetResizable(True)
        self.room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.room.setWidget(page)
        buttons = QDialogButtonBox()
        buttons.setContentsMargins(20, 10, 20, 14)
        self.close_button = buttons.addButton(_("關閉"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.room, 1)
        layout.addWidget(buttons)
        self.fit()

    def _connect(self) -> None:
        self.language.currentIndexChanged.connect(lambda _at: self.language_chosen.emit(self.language.code()))
        self.appearance.currentIndexChanged.connect(lambda _at: self.appearance_chosen.emit(self.appearance.code()))
        self.size_list.currentIndexChanged.connect(lambda _at: self.size_chosen.emit(int(self.size_list.code())))
        self.move_button.clicked.connect(self.move_asked)
        self.folder_button.clicked.connect(self.folder_asked)
        self.student_button.clicked.connect(lambda: self.student_asked.emit(self.student.profile()))
        self.school_button.clicked.connect(self.school_asked)
        self.no_school_button.clicked.connect(self.no_school_asked)
        for name, choice in self.uploads.items():
            choice.currentIndexChanged.connect(partial(self._choose_uploads, name))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go with the window: one that is being put away leaves nothing behind."""
        if watched is self.parentWidget() and event.type() is QEvent.Type.Hide and not event.spontaneous():
            self.close()
        return False

    def fit(self) -> None:
        """Be as large as the text wants, and the screen has."""
        metrics, room = self.fontMetrics(), self.screen().availableGeometry()
        wide, high = metrics.horizontalAdvance("字") * LETTERS_WIDE, metrics.lineSpacing() * LINES_HIGH
        self.resize(min(wide, room.width() - 40), min(high, room.height() - 60))
        if self.isVisible():  # it grew where it stood: what is below the screen could not be reached
            frame = self.frameGeometry()
            left = max(room.left(), min(frame.left(), room.right() - frame.width()))
            top = max(room.top(), min(frame.top(), room.bottom() - frame.height()))
            self.move(left, top)

    def show_look(self, appearance: str, percent: int, language: str) -> None:
        """Show how the window looks and speaks."""
        self.appearance.choose(appearance)
        self.size_list.fill((str(size), f"{size}%") for size in sorted({*SIZES, percent}))
        self.size_list.choose(str(percent))
        self.language.choose(language)

    def show_library(self, folder: str, *, writable: bool) -> None:
        """Show where the library lies, '' for none."""
        self.place.setText(folder or _("現在沒有開啟學習歷程庫。"))
        for button in (self.move_button, self.folder_button):
            button.setEnabled(bool(folder))
        self.student.set_read_only(not writable)
        self.school_button.setEnabled(writable)

    def show_school(self, uploads: Mapping[str, int], others: str, *, writable: bool) -> None:
        """Show what the school has set: how much may be uploaded, and all else in words, '' for nothing."""
        for name, choice in self.uploads.items():
            choice.choose(str(uploads.get(name) or ""))
            choice.setEnabled(writable)
        self.school.setText(others or ("" if any(uploads.values()) else _("現在照一般的規定。")))
        self.school.setVisible(bool(self.school.text()))
        self.no_school_button.setEnabled(writable and (bool(others) or any(uploads.values())))

    def _choose_uploads(self, name: str, _place: int) -> None:
        self.uploads_chosen.emit(name, int(self.uploads[name].code() or 0))

    def show_student(self) -> None:
        """Bring the student's fields into sight, and the cursor to the first one."""
        self.student.school_type.setFocus(Qt.FocusReason.OtherFocusReason)
        self.room.ensureWidgetVisible(self.whose)


def _beside(*buttons: QPushButton) -> QLayout:
    """Buttons beside each other, below each other where large letters leave no room."""
    made = Flow(spacing=8)
    for button in buttons:
        made.addWidget(button)
    return made
