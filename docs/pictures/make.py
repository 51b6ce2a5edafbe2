"""Pictures of the real window: every page, light and dark, at 100 % and 200 %, with sample, empty and long-named work.

    python docs/pictures/make.py OUT [NAME …] [@LOOK …]

All scenes, or those whose name begins so; all appearances, or those named: light1 dark1 light2 dark2 light1en. Needs the
development tools, Xvfb and openbox.

Each appearance and scale is a process of its own on an X server of its own, since Qt reads the scale at its start. A scene
is a list of steps; after each one the script waits until no job is running and the window has been painted.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication

from helpers.screen import x_server
from helpers.window import commit
from portfolio_desktop.bootstrap.desk import Desk, open_desk
from portfolio_desktop.bootstrap.ground import Ground, lay
from portfolio_desktop.gui.app import application, assemble, speak
from portfolio_desktop.gui.control import Control
from portfolio_desktop.gui.pieces.page import PAST_TAB
from portfolio_desktop.gui.problems import BugDialog, Dialogs, details
from portfolio_desktop.gui.theme import Theme, prepare
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import Edit, NewPiece
from portfolio_desktop.library.safekeeping import whole
from portfolio_desktop.library.safekeeping.drill import drill
from portfolio_desktop.library.safekeeping.verifying import verify
from portfolio_desktop.sample.demo import build
from portfolio_desktop.terms import Term

SCREEN = "2900x1900x24"
LOOKS = [("light", 1, "zh_TW"), ("dark", 1, "zh_TW"), ("light", 2, "zh_TW"), ("dark", 2, "zh_TW"), ("light", 1, "en")]
Deed = Callable[[Control], None]


@dataclass(frozen=True)
class Scene:
    """One picture: which library, how large, what is done before it is taken."""

    name: str
    library: str
    size: tuple[int, int]
    deeds: tuple[Deed, ...] = ()


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


SCENES = (
    Scene("01-pieces", "sample", (1280, 820), (choose("水"),)),
    Scene("02-summary", "sample", (1280, 820), (choose("水"), scroll(1.0))),
    Scene("03-preview", "sample", (1280, 820), (choose("水"), tab(1))),
    Scene("04-search", "sample", (1280, 820), (type_search("水"),)),
    Scene("05-search-nothing", "sample", (1280, 820), (type_search("火星移民"),)),
    Scene("06-ticks", "sample", (1280, 820), (section("ticks"), year(113))),
    Scene("07-tick-refused", "sample", (1280, 820), (section("ticks"), year(113), refuse_tick)),
    Scene("08-export", "sample", (1280, 820), (section("export"), year(113))),
    Scene("09-exported", "sample", (1280, 820), (section("export"), year(113), export_now)),
    Scene("10-trash-empty", "sample", (1280, 820), (section("trash"),)),
    Scene("11-removed", "sample", (1280, 820), (remove_first,)),
    Scene("12-small", "sample", (900, 600), (choose("太鼓社"),)),
    Scene("13-large", "sample", (1400, 900), (choose("未命名"),)),
    Scene("14-competition", "sample", (1280, 900), (choose("校內科學"), section("competition"))),
    Scene("14-dates", "sample", (1280, 900), (choose("校內科學"), scroll(0.5))),
    Scene("15-course-card", "sample", (1280, 820), (choose("水"), add_course)),
    Scene("16-about", "sample", (1280, 820), (about,)),
    Scene("17-bug", "sample", (1280, 820), (bug,)),
    Scene("18-several", "sample", (1280, 820), (several,)),
    Scene("19-menu", "sample", (1280, 820), (menu,)),
    Scene("20-empty", "empty", (1280, 820)),
    Scene("21-empty-ticks", "empty", (1280, 820), (section("ticks"),)),
    Scene("22-empty-export", "empty", (1280, 820), (section("export"),)),
    Scene("23-long", "long", (900, 600), (choose("從"),)),
    Scene("24-long-summary", "long", (1280, 820), (choose("從"), write_summary("，還有更多的字"), scroll(1.0))),
    Scene("25-first-run", "none", (1280, 820), (usual_place,)),
    Scene("26-first-run-small", "none", (900, 600), (usual_place,)),
    Scene("27-locked", "locked", (1280, 820)),
    Scene("28-read-only", "read-only", (1280, 820), (choose("水"),)),
    Scene("60-summary-large", "past", (1280, 820), (choose("水質"), enlarge())),
    Scene("61-summary-earlier", "past", (1280, 820), (choose("水質"), enlarge(1))),
    Scene("62-summary-over", "long", (1280, 820), (choose("從"), enlarge(), write_summary("，還有😀\n"))),
    Scene("63-summary-small", "past", (900, 600), (choose("水質"), enlarge())),
    Scene("64-summary-text-200", "past", (1280, 820), (large_letters, choose("水質"), enlarge())),
    Scene("65-fields-text-200", "sample", (1280, 900), (large_letters, choose("健康"), go_on)),
    Scene("30-past", "past", (1280, 820), (choose("水質"), past(0))),
    Scene("31-past-texts", "past", (1280, 820), (choose("水質"), past(1), past(1, 2))),
    Scene("32-past-files", "past", (1280, 820), (choose("水質"), past(2))),
    Scene("33-past-small", "past", (900, 600), (choose("水質"), past(1), past(1, 1))),
    Scene("40-safety-never", "sample", (1280, 820), (section("safety"),)),
    Scene("41-safety-well", "safe", (1280, 820), (section("safety"),)),
    Scene("42-safety-failed", "failed", (1280, 820), (section("safety"), wait_for_alarm)),
    Scene("43-alarm", "failed", (1280, 820), (choose("水"), wait_for_alarm)),
    Scene("44-safety-small", "failed", (900, 600), (section("safety"), wait_for_alarm)),
    Scene("45-safety-working", "safe", (1280, 820), (section("safety"), in_work)),
    Scene("46-backed-up", "safe", (1280, 820), (section("safety"), back_up)),
    Scene("47-bring-back", "changed", (1280, 820), (section("safety"), ask_back)),
    Scene("48-restore", "safe", (1280, 820), (section("safety"), ask_restore)),
    Scene("49-rebuild", "broken", (1280, 820)),
    Scene("50-rebuilt", "broken", (1280, 820), (rebuild,)),
    Scene("51-closing", "safe", (1280, 820), (section("safety"), close_while_backing_up)),
    Scene("52-safety-empty", "empty", (900, 600), (section("safety"),)),
    Scene("34-past-long", "long", (900, 600), (choose("從"), past(2))),
)


def main(words: list[str]) -> int:
    """Take the pictures; with `--look` do one appearance on the display that is there."""
    if not words or words[0] in ("-h", "--help"):
        sys.stdout.write(__doc__ or "")
        return 0 if words else 2
    if words[:1] == ["--look"]:
        return take(words[1], Path(words[4]), int(words[2]), words[3], words[5:])
    out = Path(words[0])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        libraries = Path(folder) / "libraries"
        make_libraries(libraries)
        for look, scale, language in LOOKS:
            wanted = [word for word in words[1:] if not word.startswith("@")]
            looks = [word[1:] for word in words[1:] if word.startswith("@")]
            if looks and f"{look}{scale}{'' if language == 'zh_TW' else language}" not in looks:
                continue
            with x_server(SCREEN) as display:
                environment = os.environ | {
                    "DISPLAY": display,
                    "QT_QPA_PLATFORM": "xcb",
                    "QT_SCALE_FACTOR": str(scale),
                    "PICTURE_LIBRARIES": str(libraries),
                }
                command = [sys.executable, __file__, "--look", look, str(scale), language, str(out), *wanted]
                if subprocess.run(command, env=environment, check=False).returncode:
                    return 1
    return 0


def make_libraries(folder: Path) -> None:
    """Build the libraries that the scenes show."""
    ground = lay(folder / "home")
    build(folder / "sample", folder / "bundle", ground.resources / "sample", ground.forms, ground.rules)
    Library.create(folder / "empty", Profile("general", 113)).close()
    make_past(folder / "past")
    make_safe(folder)
    with Library.create(folder / "long", Profile("technical", 113, "長" * 30)) as library:
        path = folder / ("從田野調查到社區行動的完整歷程紀錄" * 4 + ".txt")
        path.write_text("文字", encoding="utf-8")
        picture = folder / f"{'一張名字很長的照片' * 6}.png"
        shutil.copy(next((ground.resources / "sample").rglob("*.png")), picture)
        for number in range(40):
            if number:
                with picture.open("ab") as stream:
                    stream.write(b"\0" * number)
            title = "從田野調查到社區行動：" + "我們如何用一整年的時間理解一條河流與兩岸的人們" * (1 + number % 4)
            [piece] = library.add([picture], NewPiece(Term(113, 1 + number % 2), "competition", None, title)).added
            fields = {"name": "全國高級中等學校小論文寫作比賽暨海報發表會" * 2, "award": "金牌獎", "level": "3"}
            library.edit(piece.id, Edit(fields=fields, summary="這段簡述剛好寫得太長了一點，" * 8))
    (folder / "home").mkdir(exist_ok=True)


def make_safe(folder: Path) -> None:
    """Libraries with a backup: all well, changed since, with damaged files, with a damaged database."""
    place = folder.parent / "隨身碟"
    place.mkdir()
    safe = Path(shutil.copytree(folder / "sample", folder / "safe"))
    with Library.open(safe) as library:
        whole.back_up(library, place)
        verify(library)
    drill(safe)
    failed = Path(shutil.copytree(safe, folder / "failed"))
    with Library.open(failed) as library:
        for number, piece in enumerate(library.pieces()[:4]):
            path = library.file_path(piece.files[0].sha256)
            path.chmod(0o644)
            if number == 1:
                path.unlink()
            else:
                path.write_bytes(path.read_bytes()[:-3] + b"xxx")
        verify(library)
    changed = Path(shutil.copytree(safe, folder / "changed"))
    with Library.open(changed) as library:
        pieces = library.pieces()
        library.remove([pieces[0].id, pieces[5].id])
        library.empty_trash()
        library.remove([pieces[8].id])
        for piece in pieces[2:4]:
            library.edit(piece.id, Edit(summary="不小心貼錯了", title=piece.title + "（改）"))
    broken = Path(shutil.copytree(failed, folder / "broken"))
    (broken / "library.sqlite3").write_bytes(b"SQLite format 3" + bytes(500))
    stray = next((folder / "sample" / "files").rglob("*.pdf")).read_bytes() + b" "
    stray_folder = broken / "files" / hashlib.sha256(stray).hexdigest()[:16]
    stray_folder.mkdir()
    (stray_folder / "不知道哪裡來的.pdf").write_bytes(stray)


def make_past(folder: Path) -> None:
    """A piece that was written, certified and changed over some weeks."""
    sample = lay(folder / "nowhere").resources / "sample" / "files"
    moment = [datetime.datetime.now().astimezone() - datetime.timedelta(days=34)]

    def clock() -> datetime.datetime:
        moment[0] += datetime.timedelta(minutes=13)
        return moment[0]

    with Library.create(folder, Profile("general", 113, "示範學生", "示範高中"), clock=clock) as library:
        [piece] = library.add([sample / "讀書會心得.pdf"], NewPiece(Term(113, 1), "course", None, "水質調查")).added
        library.add([sample / "科展佳作獎狀.png"])
        texts = (
            "這學期我們去河邊採了三次水，量 pH 值和溶氧，發現下游比較髒。",
            "這學期我和同學到河邊採了三次水樣，測量 pH 值和溶氧量，發現下游的水質比上游差，可能和工廠排水有關。",
            "我和三位同學沿著河採了五次水樣，測量 pH 值、溶氧量和導電度，發現下游的水質比上游差，"
            "推測和家庭污水有關，也學會了怎麼重複實驗、怎麼看誤差。",
        )
        for text in texts:
            library.edit(piece.id, Edit(summary=text))
            moment[0] += datetime.timedelta(days=9)
        library.edit(piece.id, Edit(term=Term(113, 2)))
        library.edit(piece.id, Edit(certification="certified"))
        library.attach(piece.id, sample / "校慶海報.jpg")
        moment[0] = datetime.datetime.now().astimezone() - datetime.timedelta(hours=1)
        library.edit(piece.id, Edit(summary=texts[2] + "下學期想再測重金屬。"))
        library.edit(piece.id, Edit(title="河川水質調查"))
        library.undo()
        library.edit(piece.id, Edit(title="臺北盆地水質調查報告"))


def take(look: str, out: Path, scale: int, language: str, wanted: list[str]) -> int:
    """Take every scene in one appearance."""
    app = application()
    libraries = Path(os.environ["PICTURE_LIBRARIES"])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        ground = lay(Path(home), language)
        theme = prepare(app, ground.resources)
        theme.use(look)
        speak(app)
        tail = "" if language == "zh_TW" else f"-{language}"
        scenes = [scene for scene in SCENES if not wanted or any(scene.name.startswith(word) for word in wanted)]
        for scene in scenes:
            work = Path(home) / scene.name
            Shoot(app, ground, theme, scene, work, out / f"{scene.name}-{look}-{scale}00{tail}.png").run(libraries)
    return 0


def begin(control: Control, scene: Scene, libraries: Path, work: Path) -> Desk | None:
    """Open what a scene shows, on a copy in `work`; where it shows a locked library, whoever holds it, to be closed."""
    if scene.library == "none":
        control.begin(None)
    elif scene.library == "locked":
        held = open_desk(lay(work / "home"), libraries / "sample", remember=False)
        control.begin(libraries / "sample")
        return held
    elif scene.library == "read-only":
        control.opening.open(libraries / "sample", read_only=True)
    else:
        shutil.copytree(libraries / scene.library, work)
        control.begin(work)
    return None


class Shoot:
    """One scene from an empty screen to the picture."""

    def __init__(self, app: QApplication, ground: Ground, theme: Theme, scene: Scene, work: Path, out: Path) -> None:
        self._app, self._scene, self._work, self._out = app, scene, work, out
        self._control = assemble(ground, theme, Dialogs())
        self._steps = self._play()
        self._still = 0

    def run(self, libraries: Path) -> None:
        """Open what the scene shows, go through its deeds, take the picture, put everything away."""
        control, scene = self._control, self._scene
        window = control.parts.window
        window.resize(*scene.size)
        window.move(0, 0)
        window.show()
        held = begin(control, scene, libraries, self._work)
        timer = QTimer()
        timer.timeout.connect(self._tick)
        timer.start(80)
        self._app.exec()
        timer.stop()
        control.session.close()
        if held is not None:
            held.close()
        for widget in self._app.topLevelWidgets():
            widget.deleteLater()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _tick(self) -> None:
        """Go on with the next step when nothing has been running for a while."""
        busy = bool(self._control.session.jobs.running())
        self._still = 0 if busy else self._still + 1
        if self._still >= 5:
            self._still = 0
            if next(self._steps, None) is None:
                self._app.quit()

    def _play(self) -> Iterator[bool]:
        for deed in self._scene.deeds:
            deed(self._control)
            yield True
        window = self._control.parts.window
        geometry = window.frameGeometry()
        screen = window.screen()
        screen.grabWindow(0, geometry.x(), geometry.y(), geometry.width(), geometry.height()).save(str(self._out))
        sys.stdout.write(f"{self._out.name}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
