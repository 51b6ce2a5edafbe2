"""Decides which picture is shown: of the chosen piece's file, at the page and the width that are wanted.

    Row -> file -> path, readers (lane) -> Readers.page (guarded process) -> PNG -> QImage (on the reader's thread) -> view

An answer that comes after something else was chosen is kept for later but not shown. Nothing is read while the preview
cannot be seen. Other programs get copies of a file (copies.py), never the file.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.gui import errands
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.gui.preview import copies
from portfolio_desktop.gui.preview.cache import Cache, Key
from portfolio_desktop.gui.preview.view import PreviewView
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.words import file_facts
from portfolio_desktop.inspection.abilities import AUDIO, WITH_PICTURE
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import PieceFile, Role

if TYPE_CHECKING:
    from portfolio_desktop.bootstrap.desk import Desk

WIDTH_STEP = 320
WIDEST = 3200
THUMBNAIL = 160
COPIES = "opened"


class Preview(QObject):
    """The controller of the preview, and of the small pictures beside the files."""

    thumbnail = Signal(str, object)

    def __init__(self, session: Session, view: PreviewView) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._cache = Cache()
        self._row: Row | None = None
        self._files: list[PieceFile] = []
        self._file: PieceFile | None = None
        self._page = 0
        self._rules: Rules | None = None
        self._asked: set[Key] = set()
        self._visible = False
        view.page_asked.connect(self._turn)
        view.file_chosen.connect(self._choose)
        view.open_asked.connect(self.open_outside)
        view.reveal_asked.connect(self.reveal)
        view.room_changed.connect(self._draw)
        session.opened.connect(lambda _shelf: self._clear_copies())

    def show(self, row: Row | None, rules: Rules | None) -> None:
        """Show this piece's files; the present file and page stay when they are still there."""
        files = [file for file in row.piece.files if file.current] if row else []
        same = [file.sha256 for file in files] == [file.sha256 for file in self._files] and row is not None
        self._row, self._rules, self._files = row, rules, files
        if row is None or (same and self._file is not None):
            return
        self._file, self._page = (files[0] if files else None), 0
        self._view.show_files([file.name for file in files], 0)
        for file in files:
            self._ask((file.sha256, -1, THUMBNAIL))
        self._show_file()

    def show_role(self, role: Role) -> None:
        """Show the file in one of the piece's places."""
        place = next((at for at, file in enumerate(self._files) if file.role == role), None)
        if place is not None:
            self._view.files.setCurrentIndex(place)
            self._choose(place)

    def set_visible(self, visible: bool) -> None:
        """Draw only while the preview can be seen."""
        self._visible = visible
        if visible:
            self._show_file()

    def forget(self) -> None:
        """Drop every picture: another library is open."""
        self._cache.clear()
        self._asked.clear()
        self._row, self._file, self._files = None, None, []

    def open_outside(self) -> None:
        """Open a copy of the file with the system's program."""
        if self._file is not None:
            self.open_copy(self._file.sha256)

    def open_copy(self, sha256: str) -> None:
        """The same with any stored file, also an earlier one."""
        self._hand_out(sha256, lambda copy: copy)

    def reveal(self) -> None:
        """Open a folder with a copy of the file.

        Not the folder of the original: people come here to drag the file into a browser or a message, which a copy
        serves as well, while a file manager makes renaming, moving and deleting the kept one a matter of one key.
        """
        if self._file is not None:
            self._hand_out(self._file.sha256, lambda copy: copy.parent)

    def _hand_out(self, sha256: str, wanted: Callable[[Path], Path]) -> None:
        if self._session.shelf is not None:
            self._session.ask("", errands.file_path, sha256, done=lambda stored: self._copy_out(stored, wanted))

    def _copy_out(self, stored: Path, wanted: Callable[[Path], Path]) -> None:
        self._session.outside(
            _("正在複製檔案"),
            copies.copy_out,
            stored,
            self._session.ground.places.cache / COPIES,
            done=lambda copy: self._open(wanted(copy)),
            resumes=True,
        )

    def _open(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            error = PortfolioError(_("這臺電腦沒有可以開啟「{name}」的程式。").format(name=path.name))
            self._session.jobs.failed.emit(error)

    def _clear_copies(self) -> None:
        """Take the copies of earlier days away; asked for with every library that is opened, which is at the start."""
        self._session.outside(
            "",
            lambda folder, _way: copies.clear_out(folder),
            self._session.ground.places.cache / COPIES,
            resumes=True,
        )

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._files) and self._files[place] is not self._file:
            self._file, self._page = self._files[place], 0
            self._show_file()

    def _turn(self, page: int) -> None:
        self._page = page
        self._show_file()

    def _show_file(self) -> None:
        file = self._file
        if file is None:
            self._view.show_place(0, 0)
            self._view.show_message(_("這一件還沒有檔案。到「內容」把檔案拖進來，就能在這裡看到。"))
            return
        self._show_size(file)
        pages = file.inspection.pages or 1
        self._view.show_place(min(self._page, pages - 1), pages if file.kind == "pdf" else 1)
        words = cannot_show(file.inspection)
        if words:
            self._view.show_message(words)
            return
        self._draw()

    def _show_size(self, file: PieceFile) -> None:
        rules = self._rules
        if rules is None or file.role == "source":
            self._view.show_size(file_facts(file), None, "ok")
            return
        limit, near = (
            (rules.document_limit, rules.document_near)
            if file.role == "document"
            else (rules.media_limit, rules.media_near)
        )
        level = "error" if file.size > limit else "warning" if file.size > near else "ok"
        self._view.show_size(file_facts(file), file.size / limit, level)

    def _draw(self) -> None:
        file = self._file
        if file is None or not self._visible or cannot_show(file.inspection):
            return
        key = self._key(file)
        image = self._cache.get(key)
        if image is not None:
            self._view.show_image(image)
            return
        smaller = next(
            (i for width in range(key[2], 0, -WIDTH_STEP) if (i := self._cache.get((*key[:2], width)))), None
        )
        if smaller is not None:
            self._view.show_image(smaller)
        elif self._page == 0 and (small := self._cache.get((file.sha256, -1, THUMBNAIL))) is not None:
            self._view.show_image(small)
        else:
            self._view.show_message(_("正在讀取…"))
        self._ask(key)

    def _key(self, file: PieceFile) -> Key:
        room = self._view.room().width()
        width = min(WIDEST, -(-room // WIDTH_STEP) * WIDTH_STEP)
        return (file.sha256, self._page, width)

    def _ask(self, key: Key) -> None:
        image = self._cache.get(key)
        if image is not None:
            self.thumbnail.emit(key[0], image)
            return
        if key in self._asked or self._session.shelf is None:
            return
        self._asked.add(key)
        self._session.ask(
            "",
            self._read,
            key,
            done=lambda bytes_of: self._follow(key, bytes_of),
            failed=lambda error: self._unread(key, error),
        )

    def _read(self, desk: Desk, key: Key) -> Future[bytes | None]:
        """On the lane, which also imports the readers: have a guarded process read a page, without waiting for it."""
        sha256, page, width = key
        readers, path = self._session.readers, errands.file_path(desk, sha256)
        return readers.thumbnail(path, width) if page < 0 else readers.page(path, page, width)

    def _follow(self, key: Key, bytes_of: Future[bytes | None]) -> None:
        self._session.jobs.run(
            "",
            lambda _way: _decoded(bytes_of),
            lambda image: self._drawn(key, image),
            failed=lambda error: self._unread(key, error),
        )

    def _drawn(self, key: Key, image: QImage | None) -> None:
        self._asked.discard(key)
        if image is None:
            if self._file is not None and self._visible and key == self._key(self._file):
                self._view.show_message(_("這個檔案沒有可以顯示的畫面。可以用「開啟」交給系統的程式。"))
            return
        self._cache.put(key, image)
        if key[1] < 0:
            self.thumbnail.emit(key[0], image)
        elif self._file is not None and self._visible and key[:2] == self._key(self._file)[:2]:
            self._view.show_image(image)

    def _unread(self, key: Key, error: Exception) -> None:
        self._asked.discard(key)
        if self._file is not None and key[0] == self._file.sha256 and self._visible:
            self._view.show_message(_("這個檔案讀不到：{reason}").format(reason=error))


def cannot_show(seen: Inspection) -> str:
    """Why a file cannot be shown here, or nothing."""
    if seen.encrypted == "user-password":
        return _("這個檔案有密碼，打不開。請先用原來的程式另存一份沒有密碼的。")
    if seen.kind in AUDIO:
        return _("聲音檔沒有畫面。按「開啟」用系統的程式播放。")
    if seen.kind not in WITH_PICTURE:
        return _("這種檔案不能在這裡預覽。按「開啟」用系統的程式看。")
    return ""


def _decoded(png: Future[bytes | None]) -> Future[QImage | None]:
    """The picture as an image, decoded on the reader's thread: a large page takes longer than a frame."""
    image: Future[QImage | None] = Future()

    def decode(done: Future[bytes | None]) -> None:
        error = done.exception()
        if error is not None:
            image.set_exception(error)
            return
        made = QImage.fromData(done.result() or b"")
        image.set_result(None if made.isNull() else made)

    png.add_done_callback(decode)
    return image
