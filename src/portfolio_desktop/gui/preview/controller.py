"""Decides what the preview shows: of the chosen piece's file, at the page and the width that are wanted.

    Row -> file ─▶ a PDF or an image: Pictures ─▶ reader        ─▶ a sound or a film: playing/stage.py        ─▶ a sentence

An answer that comes after something else was chosen is kept for later but not shown. Nothing is read while the preview
cannot be seen. Other programs get copies of a file (outside.py), never the file.
"""

from __future__ import annotations

import importlib
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.gui.preview.cache import Key
from portfolio_desktop.gui.preview.outside import Outside
from portfolio_desktop.gui.preview.pictures import Pictures
from portfolio_desktop.gui.preview.size_bar import weighed
from portfolio_desktop.gui.preview.strip import SIDE
from portfolio_desktop.gui.preview.view import PreviewView
from portfolio_desktop.gui.preview.zoom import Fit, Zoom
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.words import file_facts
from portfolio_desktop.inspection.abilities import MEDIA, WITH_PICTURE
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import PieceFile, Role

if TYPE_CHECKING:
    from portfolio_desktop.gui.playing.stage import Stage

STAGE = "portfolio_desktop.gui.playing.stage"
WIDEST = 3200
THUMBNAIL = 160
TALL = 3


class Preview(QObject):
    """The controller of the preview, and of the small pictures beside the files."""

    thumbnail = Signal(str, object)

    def __init__(self, session: Session, view: PreviewView) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._row: Row | None = None
        self._files: list[PieceFile] = []
        self._file: PieceFile | None = None
        self._shown: str | None = None
        self._page = 0
        self._rules: Rules | None = None
        self._visible = False
        self.pictures = Pictures(session, self)
        self.outside = Outside(session, self._first, self)
        self.handing = self.outside.handing
        self.pictures.drawn.connect(self._drawn)
        self.pictures.unread.connect(self._unread)
        reader = view.reader
        reader.page_asked.connect(self._turn)
        reader.canvas.resized.connect(self._draw)
        reader.canvas.zoomed.connect(self._draw)
        reader.strip.wanted.connect(self._wish)
        view.file_chosen.connect(self._choose)
        view.open_asked.connect(self.open_outside)
        view.reveal_asked.connect(self.reveal)
        view.copy_asked.connect(self.copy)
        for place in (view.grip, reader.canvas.sheet):
            self.outside.lend(place, self._hashes)

    @cached_property
    def stage(self) -> Stage:
        """What plays, made with the first sound or film."""
        made: Stage = importlib.import_module(STAGE).Stage(self._session, self._view.player, self.pictures)
        self.outside.lend(self._view.player.screen_, self._hashes)
        return made

    def show(self, row: Row | None, rules: Rules | None) -> None:
        """Show this piece's files; the present file and page stay when they are still there."""
        files = [file for file in row.piece.files if file.current] if row else []
        same = [file.sha256 for file in files] == [file.sha256 for file in self._files] and row is not None
        self._row, self._rules, self._files = row, rules, files
        if row is None:
            self._rest()
            return
        if same and self._file is not None:
            self._renew(next((file for file in files if file.id == self._file.id), files[0]))
            return
        self._file, self._page, self._shown = (files[0] if files else None), 0, None
        self._view.show_files([file.name for file in files], 0)
        for file in files:
            if file.kind in WITH_PICTURE:
                self.pictures.ask(Key(file.sha256, "thumbnail", 0, THUMBNAIL))
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
        self._rest()
        if "stage" in self.__dict__:
            self.stage.forget()
        self.pictures.forget()
        self._row, self._file, self._files, self._shown = None, None, [], None

    def open_outside(self) -> None:
        """Open a copy of the file with the system's program."""
        if self._file is not None:
            self.outside.open(self._file.sha256)

    def open_copy(self, sha256: str) -> None:
        """The same with any stored file, also an earlier one."""
        self.outside.open(sha256)

    def reveal(self) -> None:
        """Open a folder with a copy of the file."""
        if self._file is not None:
            self.outside.reveal(self._file.sha256)

    def copy(self) -> None:
        """Put the file on the clipboard."""
        self.handing.clip(self._hashes())

    def _hashes(self) -> list[str]:
        return [self._file.sha256] if self._file is not None else []

    def _first(self, sha256: str) -> QImage | None:
        """The small picture of a file, where it has been drawn."""
        return self.pictures.cache.get(Key(sha256, "thumbnail", 0, THUMBNAIL))

    def _renew(self, file: PieceFile) -> None:
        """The same file, of which more is known meanwhile: its pages, its length, a damage."""
        before, self._file = self._file, file
        self._show_facts(file)
        if before is not None and before.inspection != file.inspection:
            self._shown = None
            self._show_file()

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._files) and self._files[place] is not self._file:
            self._file, self._page, self._shown = self._files[place], 0, None
            self._show_file()

    def _turn(self, page: int) -> None:
        self._page = page
        self._view.reader.show_page(page)
        self._draw()

    def _show_file(self) -> None:
        """Show the file that is chosen, from the top where it is another one than before."""
        file = self._file
        if file is None:
            self._rest()
            self._view.show_message(_("這一件還沒有檔案。到「內容」把檔案拖進來，就能在這裡看到。"))
            return
        self._show_facts(file)
        words = cannot_show(file.inspection)
        if file.kind not in MEDIA or words:
            self._rest()
        if words:
            self._view.show_message(words)
        elif file.kind in MEDIA:
            if self._visible:
                self._view.show_player()
                self.stage.show(file)
        else:
            if self._shown != file.id:
                self._shown = file.id
                pages = (file.inspection.pages or 1) if file.kind == "pdf" else 1
                self._view.reader.begin(pages, Zoom(_fit(file)))
                self._view.reader.show_page(self._page)
            self._draw()

    def _show_facts(self, file: PieceFile) -> None:
        rules = self._rules
        limit, near = None, 0
        if rules is not None and file.role == "document":
            limit, near = rules.document_limit, rules.document_near
        elif rules is not None and file.role == "media":
            limit, near = rules.media_limit, rules.media_near
        self._view.show_facts(file_facts(file, with_size=False), weighed(file.size, limit, near))

    def _rest(self) -> None:
        """Nothing sounds on."""
        if "stage" in self.__dict__:
            self.stage.leave()

    def _reads(self) -> PieceFile | None:
        """The file whose pages are read now; None where there is nothing to read, or nobody who looks."""
        file = self._file
        if file is None or not self._visible or file.kind in MEDIA or cannot_show(file.inspection):
            return None
        return file

    def _draw(self) -> None:
        file = self._reads()
        if file is None:
            return
        key = self._key(file)
        image = self.pictures.cache.get(key)
        if image is None:
            blurred = self.pictures.cache.nearest(key) or self._small(file)
            if blurred is not None:
                self._view.show_picture(blurred, _largest(file, blurred))
            else:
                self._view.show_message(_("正在讀取…"))
        self.pictures.ask(key)

    def _small(self, file: PieceFile) -> QImage | None:
        """The small picture of the present page, until it is drawn."""
        small = self.pictures.cache.nearest(Key(file.sha256, "page", self._page, 0))
        if small is None and self._page == 0:
            small = self._first(file.sha256)
        return small

    def _key(self, file: PieceFile) -> Key:
        return Key(file.sha256, "page", self._page, min(WIDEST, self._view.reader.canvas.asked_width()))

    def _strip_key(self, file: PieceFile, page: int) -> Key:
        return Key(file.sha256, "page", page, round(SIDE * self._view.devicePixelRatioF()))

    def _wish(self, pages: list[int]) -> None:
        file = self._reads()
        if file is not None:
            self.pictures.wish([self._strip_key(file, page) for page in pages])

    def _drawn(self, key: Key, image: QImage | None) -> None:
        if key.what == "thumbnail" and image is not None:
            self.thumbnail.emit(key.sha256, image)
        file = self._reads()
        if file is None or key.sha256 != file.sha256 or key.what != "page":
            return
        if image is not None and key == self._strip_key(file, key.number):
            self._view.reader.strip.put(key.number, image)
        if key != self._key(file):
            return
        if image is None:
            self._view.show_message(_("這個檔案沒有可以顯示的畫面。可以用「開啟」交給系統的程式。"))
            return
        asked = self._key(file)
        self._view.show_picture(image, _largest(file, image))
        if self._key(file) != asked:  # its shape was not known before
            self._draw()

    def _unread(self, key: Key, error: Exception) -> None:
        file = self._reads()
        if file is not None and key.sha256 == file.sha256:
            self._view.show_message(_("這個檔案讀不到：{reason}").format(reason=error))


def cannot_show(seen: Inspection) -> str:
    """Why a file cannot be shown here, or nothing."""
    if seen.encrypted == "user-password":
        return _("這個檔案有密碼，打不開。請先用原來的程式另存一份沒有密碼的。")
    if seen.kind not in WITH_PICTURE and seen.kind not in MEDIA:
        return _("這種檔案不能在這裡預覽。按「開啟」用系統的程式看。")
    return ""


def _largest(file: PieceFile, image: QImage) -> int | None:
    """How wide an image is by itself, the way up that it is shown; None where it can be drawn in any size, as a page can."""
    wide, high = file.inspection.width, file.inspection.height
    if file.kind == "pdf" or wide is None or high is None:
        return None
    return max(wide, high) if image.width() > image.height() else min(wide, high)


def _fit(file: PieceFile) -> Fit:
    """Text is read at full width, and so is a picture that would be a thread if it were seen whole."""
    wide, high = file.inspection.width or 1, file.inspection.height or 1
    return "width" if file.kind == "pdf" or high > TALL * wide else "page"
