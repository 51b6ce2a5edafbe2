"""What is done in a window before its picture is taken; a deed gets the window's controller."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QApplication

from helpers.window import SAMPLE, commit
from portfolio_desktop.gui.control import Control
from portfolio_desktop.gui.pieces.filters import Filter
from portfolio_desktop.gui.pieces.page import PAST_TAB, PREVIEW_TAB
from portfolio_desktop.gui.problems import BugDialog, details
from portfolio_desktop.pieces.piece import Role

Deed = Callable[[Control], None]
PATIENCE_SECONDS = 20


def section(name: str) -> Deed:
    """Go to a section."""
    return lambda control: control.parts.sections.go(name)


def choose(title: str) -> Deed:
    """Choose the piece with these words in its title."""

    def deed(control: Control) -> None:
        row = next(row for row in control.pieces.known.rows.values() if title in row.piece.title)
        control.pieces.show(row.id)

    return deed


def tab(place: int) -> Deed:
    """Show the piece's fields or its preview."""
    return lambda control: control.parts.page.tabs.setCurrentIndex(place)


def type_search(text: str) -> Deed:
    """Search."""
    return lambda control: control.parts.window.search.setText(text)


def scroll(share: float) -> Deed:
    """Scroll the editor down."""

    def deed(control: Control) -> None:
        bar = control.parts.editor.verticalScrollBar()
        bar.setValue(round(bar.maximum() * share))

    return deed


def write_summary(text: str) -> Deed:
    """Write at the start of the summary, as an input method commits it."""

    def deed(control: Control) -> None:
        view = control.parts.editor.form_view()
        field = view.boxes["summary"].field if view else None
        if field is not None:
            control.parts.editor.go_to("summary")
            commit(field.focusProxy(), text)

    return deed


def enlarge(place: int = 0) -> Deed:
    """Write the summary in large, the questions or the earlier texts beside it."""

    def deed(control: Control) -> None:
        control.pieces.summary.open()
        control.pieces.summary.page.show_beside(place)

    return deed


def large_letters(control: Control) -> None:
    """Show everything in letters of twice the size."""
    control.parts.theme.enlarge(200)


def go_on(control: Control) -> None:
    """Go to the next thing that is to be mended."""
    control.parts.editor.tour.go_on()


def remove_first(control: Control) -> None:
    """Move the first piece to the trash."""
    control.parts.page.table.select([control.parts.model.id(0)])
    control.pieces.listing.remove()


def year(number: int) -> Deed:
    """Show a school year on the pages of ticks and of exporting."""

    def deed(control: Control) -> None:
        control.ticks.page.year.setCurrentIndex(control.ticks.page.year.findData(str(number)))
        control.export.page.year.setCurrentIndex(control.export.page.year.findData(str(number)))

    return deed


def see_counted(control: Control) -> None:
    """Go to the pieces that 總覽 counts."""
    lines = control.overview.page.attention.lines
    line = next((line for line in lines if len(line.item.pieces) > 1), None)
    if line is not None:
        line.button.click()


def refuse_tick(control: Control) -> None:
    """Wish for a tick that the rules refuse."""
    column = control.ticks.page.columns["activity"]
    places = range(column.model.rowCount())
    place = next((p for p in places if column.model.candidate(p).reasons), None)
    if place is not None:
        column.list.toggle(place)


def export_now(control: Control) -> None:
    """Export to a folder of its own."""
    control.export.export(Path(tempfile.mkdtemp()) / "113學年度成果包")


def usual_place(control: Control) -> None:
    """Show a place as students have it."""
    control.welcome.show_place(Path("~/文件/學習歷程"))


def add_course(control: Control) -> None:
    """Ask for a new course."""
    view = control.parts.editor.form_view()
    if view is not None:
        view.course_asked.emit()


def about(control: Control) -> None:
    """Show what the program is."""
    control.parts.window.actions_["about"].trigger()


def bug(control: Control) -> None:
    """Show the dialog about a bug."""
    try:
        raise ZeroDivisionError("division by zero")
    except ZeroDivisionError as error:
        control.dialogs.show(BugDialog(details(error), control.parts.window))


def menu(control: Control) -> None:
    """Open the menu 編輯."""
    bar = control.parts.window.menuBar()
    bar.setActiveAction(bar.actions()[1])


def past(page: int, row: int = -1) -> Deed:
    """Show the piece's past: what happened, its texts (one of them), its files."""

    def deed(control: Control) -> None:
        control.parts.page.tabs.setCurrentIndex(PAST_TAB)
        view = control.pieces.past.view
        view.bar.setCurrentIndex(page)
        if row >= 0:
            view.texts.list.setCurrentRow(row)

    return deed


def ask_back(control: Control) -> None:
    """Ask which piece to bring back."""
    control.care.safekeeping.page.revive_button.click()


def ask_restore(control: Control) -> None:
    """Ask where everything is to be restored to."""
    control.care.safekeeping.page.restore_button.click()


def back_up(control: Control) -> None:
    """Back up to the place that is known."""
    control.care.safekeeping.page.backup_button.click()


def in_work(control: Control) -> None:
    """Show how a check looks while it is under way."""
    control.care.safekeeping.page.show_progress("check", "臺北盆地水質調查報告.pdf", 7, 19)


def rebuild(control: Control) -> None:
    """Rebuild the damaged database."""
    control.care.rebuilding.rebuild_button.click()


def wait_for_alarm(control: Control) -> None:
    """Let the watch take its first look."""
    control.care.watch._look()


def close_while_backing_up(control: Control) -> None:
    """Ask to close while a backup is under way."""
    control.care.safekeeping.page.backup_button.click()
    control.parts.window.close()


def several(control: Control) -> None:
    """Choose three pieces."""
    control.parts.page.table.select([control.parts.model.id(place) for place in range(3)])


def see_cards(control: Control) -> None:
    """See the pieces as cards."""
    control.pieces.arranging.see("cards")


def group(by: str) -> Deed:
    """Put the pieces under headings."""
    return lambda control: control.pieces.arranging.group(by)


def narrow(*terms: str, states: tuple[str, ...] = (), attention: bool = False) -> Deed:
    """Show only some pieces."""

    def deed(control: Control) -> None:
        wanted = Filter(frozenset(terms), attention=attention)
        for state in states:
            wanted = wanted.with_state(state, True)
        control.pieces.arranging.filter(wanted)

    return deed


def open_filters(control: Control) -> None:
    """Open the menu of what the list can be narrowed to."""
    button = control.pieces.arranging.bar.filter
    button.menu().popup(button.mapToGlobal(button.rect().bottomLeft()))


def wish(**values: str) -> Deed:
    """Wish that the chosen pieces get these values."""

    def deed(control: Control) -> None:
        _wait_for(lambda: values.keys() <= control.pieces.bulk.panel.lines.keys())
        for name, value in values.items():
            line = control.pieces.bulk.panel.lines[name]
            line.field.show_value(value)
            line.box.setChecked(True)

    return deed


def _wait_for(there: Callable[[], bool]) -> None:
    """Let the loop turn until something is there: what rests before it is shown is no job that could be waited for."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not there() and time.monotonic() < end:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def plan_bulk(control: Control) -> None:
    """Show what would be changed."""
    control.pieces.bulk.panel.show_plan.click()


def bring_in(*names: str) -> Deed:
    """Drop a student's folder, with more pictures of these names in it."""

    def deed(control: Control) -> None:
        shelf = control.session.shelf
        assert shelf is not None
        control.pieces.bring([_homework(shelf.folder.parent / "我的作業", names)])

    return deed


def drag_over(*names: str) -> Deed:
    """Hold files over the window."""

    def deed(control: Control) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(f"/{name}") for name in names])
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
        QApplication.sendEvent(control.parts.window, event)

    return deed


def _homework(folder: Path, names: tuple[str, ...]) -> Path:
    """Work as students keep it: one piece in two files, one that is held already, one that is spoilt."""
    wanted = {
        "高一上/志工/淨灘心得.pdf": (SAMPLE / "攝影展觀後感.pdf").read_bytes() + b"\n",
        "高一上/社團/合唱比賽.mp3": (SAMPLE / "自我介紹.mp3").read_bytes() + b"\n",
        "高一上/社團/合唱比賽.pdf": (SAMPLE / "讀書會心得.pdf").read_bytes() + b"\n",
        "高一下/科展獎狀.png": (SAMPLE / "科展佳作獎狀.png").read_bytes(),
        "高一下/IMG_1203.HEIC": (SAMPLE / "IMG_0421.HEIC").read_bytes() + b"\0",
        "高一下/物理/自由落體.mp4": (SAMPLE / "單擺實驗紀錄.mp4").read_bytes() + b"\0",
        "高一下/物理/沒存完的報告.pdf": (SAMPLE / "單擺實驗報告.pdf").read_bytes()[:900],
        "高二上/空白.pdf": b"",
    }
    content = (SAMPLE / "校園植物繪本.png").read_bytes()
    wanted |= {name: content + str(number).encode() for number, name in enumerate(names)}
    for name, data in wanted.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def choose_planned(*places: int) -> Deed:
    """Choose rows of the plan of bringing in."""

    def deed(control: Control) -> None:
        rows = control.pieces.intake.plan.rows
        control.pieces.intake.page.table.choose([rows[place].number for place in places])

    return deed


def settings(control: Control) -> None:
    """Open the settings."""
    control.parts.window.actions_["settings"].trigger()


def student(control: Control) -> None:
    """Open the settings at the student."""
    control.parts.window.actions_["student"].trigger()


def palette(text: str) -> Deed:
    """Open the palette and type."""

    def deed(control: Control) -> None:
        control.rooms.open_palette()
        control.rooms.palette.panel.line.setText(text)

    return deed


def trash_several(control: Control) -> None:
    """Move some pieces to the trash and look at them there."""
    several(control)
    control.pieces.listing.remove()


def ask_emptying(control: Control) -> None:
    """Ask whether the trash is to be emptied."""
    control.parts.window.actions_["empty_trash"].trigger()


def preview(role: Role) -> Deed:
    """Show the file that a piece has in a place."""

    def deed(control: Control) -> None:
        control.parts.page.tabs.setCurrentIndex(PREVIEW_TAB)
        control.pieces.preview.show_role(role)

    return deed


def edit_course(control: Control) -> None:
    """Correct the course that is chosen."""
    control.parts.editor.course_edit_asked.emit()
