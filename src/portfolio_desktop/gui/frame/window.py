"""The window, as layout only: sections at the left, a heading with search above the pages, the status line below.

    menu bar
    standing (hidden while nothing is to be known of the whole library)
    welcome page   or   sections │ heading · search · add
                                 │ pieces | ticks | export
                                 │ banner (hidden while there is nothing to say; at the end, so that nothing is pushed)
    status line: what is shown, running jobs

Whatever happens with it is decided in control.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from portfolio_desktop.findings.characters import visible
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.frame.actions import NEED_CHOICE, NEED_LIBRARY, NEED_WRITING, Actions
from portfolio_desktop.gui.frame.sections import Sections
from portfolio_desktop.gui.widgets.banner import Banner
from portfolio_desktop.gui.widgets.drop import paths_of
from portfolio_desktop.gui.widgets.field import Line
from portfolio_desktop.gui.widgets.labels import elided, label, mark
from portfolio_desktop.messages import _

if TYPE_CHECKING:
    from portfolio_desktop.gui.widgets.jobs_line import JobsLine

SMALLEST = QSize(760, 520)
USUAL = QSize(1280, 820)
ICON = 20
SIDE_LETTERS = 17
"""The room for the sections at first, in letters: their names and counts in any size of text."""
SIDE_SHARE = 0.27
"""Of the window's width that they get at most by themselves."""
SEARCH_SHARE = 100
"""What the heading leaves goes to the search field, as far as it grows."""


class MainWindow(QMainWindow):
    """Layout and its plainest reactions; everything else is asked for with signals."""

    dropped = Signal(object)
    close_asked = Signal()
    uncovered = Signal()
    search_left = Signal()
    """Nothing is looked for any more: the list is wanted again."""

    def __init__(self, icons: Icons, icon: QIcon) -> None:
        super().__init__()
        self._icons = icons
        self.may_close = False
        self.setWindowTitle(_("學習歷程工作臺"))
        self.setWindowIcon(icon)
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)
        self.setAcceptDrops(True)
        self.actions_ = Actions(self, icons)
        self.banner = Banner(icons, name="message")
        self.root = QStackedWidget()
        self.pages = QStackedWidget()
        self.heading = elided(role="title")
        self.search = Line()
        self.add_button = QPushButton(_("收進檔案…"))
        self.empty_button = QPushButton(_("清空垃圾桶…"))
        self.library_name = elided(role="small")
        self.shown = label(role="small")
        self._standing: Banner | None = None
        self._buttons: list[QToolButton] = []
        self._seats: dict[QWidget | None, QVBoxLayout] = {}
        self._letter = 0

    def assemble(self, sections: Sections, page: QWidget) -> None:
        """Put the parts together; nothing can be done with them before there is a controller."""
        self.pages.addWidget(page)
        self.body = QSplitter(Qt.Orientation.Horizontal)
        self.body.setChildrenCollapsible(False)
        self.body.setHandleWidth(1)
        self.body.addWidget(self._side(sections))
        self.body.addWidget(self._middle())
        self.body.setStretchFactor(1, 1)
        self._letter = self.fontMetrics().horizontalAdvance("字")
        side = min(self._letter * SIDE_LETTERS, round(USUAL.width() * SIDE_SHARE))
        self.body.setSizes([side, USUAL.width() - side])
        self.root.addWidget(self.body)
        centre = QWidget()
        centre.setObjectName("page")
        self._centre = layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.root, 1)
        self._seats[None] = self._seat(layout)
        self.setCentralWidget(centre)
        self.root.currentChanged.connect(lambda _place: self._seat_banner())
        self._seat_banner()
        self.statusBar().setSizeGripEnabled(False)
        self.shown.setContentsMargins(14, 0, 0, 0)
        self.statusBar().addWidget(self.shown)
        self.actions_.enable(f"{NEED_LIBRARY} {NEED_WRITING} {NEED_CHOICE}", False)
        for widget in (self.search, self.add_button):
            widget.setEnabled(False)

    def complete(self, jobs: JobsLine) -> None:
        """Put in what the first look did not need."""
        self.actions_.complete(self._icons)
        self.search.setClearButtonEnabled(True)
        self.statusBar().addPermanentWidget(jobs)

    def _side(self, sections: Sections) -> QWidget:
        side = QWidget()
        side.setObjectName("side")
        side.setMinimumWidth(150)
        self.library_name.setContentsMargins(16, 4, 10, 10)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(sections, 1)
        layout.addWidget(self.library_name)
        return side

    def _middle(self) -> QWidget:
        self.search.setObjectName("search")
        self.search.setPlaceholderText(_("搜尋標題、簡述、欄位、檔名和內文"))
        self.search.setAccessibleName(_("搜尋"))
        self.search.installEventFilter(self)
        self.search.setMaximumWidth(320)
        self.search.setMinimumWidth(120)
        self.add_button.setProperty("primary", "true")
        self._icons.dress(self.add_button, "import", "on_accent")
        self.add_button.clicked.connect(self.actions_["add"].trigger)
        head = QHBoxLayout()
        head.setContentsMargins(20, 12, 20, 10)
        head.setSpacing(8)
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(self.search, SEARCH_SHARE)
        for name in ("undo", "redo"):
            button = QToolButton()
            button.setDefaultAction(self.actions_[name])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setProperty("plain", "true")
            self._buttons.append(button)
            button.setAccessibleName(self.actions_[name].text())
            head.addWidget(button)
        self._size_icons()
        head.addWidget(self.add_button)
        head.addWidget(self.empty_button)
        self.empty_button.hide()
        self.empty_button.clicked.connect(self.actions_["empty_trash"].trigger)
        middle = QWidget()
        middle.setObjectName("page")
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.pages, 1)
        self._seats[self.body] = self._seat(layout)
        return middle

    @staticmethod
    def _seat(layout: QVBoxLayout) -> QVBoxLayout:
        """Where the message lies: at the end of the page, whose beginning stays where it is."""
        seat = QVBoxLayout()
        seat.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(seat)
        return seat

    def _seat_banner(self) -> None:
        shown = self.root.currentWidget()
        self._seats.get(shown, self._seats[None]).addWidget(self.banner)

    def stand(self, text: str, deed: tuple[str, Callable[[], None]] | None = None) -> None:
        """Show above everything what is to be known of the library as long as it is open; '' when nothing is."""
        if self._standing is None and text:
            self._standing = Banner(self._icons)
            self._centre.insertWidget(0, self._standing)
        if self._standing is not None and text:
            self._standing.say(text, "warning", deed)
        elif self._standing is not None:
            self._standing.hide()

    def show_section(self, name: str, *, trash: bool) -> None:
        """Show a section's name; in the trash nothing is brought in, it can be emptied."""
        self.heading.setText(name)
        self.add_button.setVisible(not trash)
        self.empty_button.setVisible(trash)

    def show_nothing(self) -> None:
        """Show no page yet: the one that was left is made when the window is seen."""
        blank = QWidget()
        blank.setObjectName("page")
        self.pages.addWidget(blank)
        self.pages.setCurrentWidget(blank)

    def show_body(self) -> None:
        """Show the library, not the welcome page."""
        self.root.setCurrentWidget(self.body)

    def lay_over(self, page: QWidget, heading: str) -> None:
        """Show a page over the section that is shown, until it is uncovered or another section is chosen."""
        if self.pages.indexOf(page) < 0:
            self.pages.addWidget(page)
            # Such a page has a first thing to do of its own, and there is only one.
            self.pages.currentChanged.connect(lambda _place: self._lead(self.pages.currentWidget() is not page))
        self.pages.setCurrentWidget(page)
        self.heading.setText(heading)

    def _lead(self, leading: bool) -> None:
        mark(self.add_button, "primary", "true" if leading else "false")
        self._icons.dress(self.add_button, "import", "on_accent" if leading else "text")

    def uncover(self) -> None:
        """Ask for the section under the page that was laid over it."""
        self.uncovered.emit()

    def come_forward(self) -> None:
        """Be seen: in front, not minimised; a system that lets no window do that shows it in the task bar."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        QApplication.alert(self)

    def show_owner(self, owner: str, folder: str) -> None:
        """Show whose library is open, and where it lies; nobody's where none is."""
        program, owner = _("學習歷程工作臺"), visible(owner)
        self.setWindowTitle(_("{owner} — {program}").format(owner=owner, program=program) if owner else program)
        self.library_name.setText(owner)
        self.library_name.setToolTip(folder)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the search up with Escape; a word that is still being composed is the input method's."""
        if watched is not self.search or event.type() is not QEvent.Type.KeyPress or self.search.composing:
            return False
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Escape:
            return False
        self.search.clear()
        self.search_left.emit()
        return True

    def begin_search(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def act(self, name: str, deed: Callable[[], object]) -> None:
        """Say what an action does."""
        self.actions_[name].triggered.connect(lambda _checked=False: deed())

    def show_menu(self, at: QPoint, names: tuple[str, ...]) -> None:
        """Show some actions as a menu; '' is a line between them."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in names:
            if name:
                menu.addAction(self.actions_[name])
            else:
                menu.addSeparator()
        menu.popup(at)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders that are dragged anywhere over the window, but not those that are on their way out of it."""
        if event.source() is None and self.body.isEnabled() and paths_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped."""
        paths = paths_of(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def changeEvent(self, event: QEvent) -> None:
        """Let the drawings of buttons, and the sections' room, grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._size_icons()
            self._size_side()

    def _size_side(self) -> None:
        letter = self.fontMetrics().horizontalAdvance("字")
        if self._letter and letter != self._letter:
            side, middle = self.body.sizes()
            wide = min(side * letter // self._letter, round((side + middle) * SIDE_SHARE))
            self.body.setSizes([wide, side + middle - wide])
            self._letter = letter

    def _size_icons(self) -> None:
        side = max(ICON, self.fontMetrics().height())
        for button in self._buttons:
            button.setIconSize(QSize(side, side))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask to go; the window stays until its controller has put everything away."""
        if self.may_close:
            super().closeEvent(event)
        else:
            event.ignore()
            self.close_asked.emit()
