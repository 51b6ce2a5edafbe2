"""What was copied elsewhere, as work: files, a link, a picture, a text.

    QMimeData ──pasted──▶ Pasted(paths | link | image | text) ──write(folder)──▶ paths

What is more exact goes first: files before their picture, a text before the picture that a spreadsheet copies with it.
Writing is done beside the window: a large picture takes a while to be packed as PNG.
"""

from __future__ import annotations

import contextlib
import datetime
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.gui.widgets.drop import paths_of
from portfolio_desktop.library.names import safe_name, storable
from portfolio_desktop.library.owner import is_alive
from portfolio_desktop.messages import _

LONGEST_NAME = 24
"""Characters of a pasted text's beginning that its file is named by."""


@dataclass(frozen=True)
class Pasted:
    """What is on the clipboard: exactly one of these, or nothing."""

    paths: tuple[Path, ...] = ()
    link: str = ""
    image: QImage | None = None
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.paths or self.link or self.image is not None or self.text)

    def write(self, folder: Path, now: datetime.datetime) -> list[Path]:
        """The files that it is, or that it becomes in `folder`; any thread may do it. Raises PortfolioError."""
        if self.paths or self.link:
            return list(self.paths)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if self.image is not None:
                path = _free(folder, _("貼上的圖片 {time}").format(time=f"{now:%Y-%m-%d %H.%M.%S}"), ".png")
                if not self.image.save(str(path), "PNG"):  # type: ignore[call-overload]
                    raise OSError(path)
            else:
                path = _free(folder, self._beginning(), ".txt")
                path.write_text(storable(self.text), encoding="utf-8")
        except OSError as error:
            raise PortfolioError(_("貼上的內容沒辦法存成檔案，請檢查磁碟空間。")) from error
        return [path]

    def _beginning(self) -> str:
        return next(line.strip() for line in self.text.splitlines() if line.strip())[:LONGEST_NAME]


def pasted(data: QMimeData | None, schemes: Sequence[str]) -> Pasted:
    """What is on the clipboard; `schemes` are those that a link may begin with."""
    if data is None:
        return Pasted()
    if paths := paths_of(data):
        return Pasted(paths=tuple(paths))
    text = data.text().strip() if data.hasText() else ""
    if is_link(text, schemes):
        return Pasted(link=text)
    if text:
        return Pasted(text=text)
    image = data.imageData() if data.hasImage() else None
    return Pasted(image=image) if isinstance(image, QImage) and not image.isNull() else Pasted()


def clear_left(folder: Path) -> None:
    """Take away what programs that ended suddenly had pasted: a folder each in this one, named by its process."""
    with contextlib.suppress(OSError):
        for left in folder.iterdir():
            if left.name.isascii() and left.name.isdigit() and not is_alive(int(left.name)):
                shutil.rmtree(left, ignore_errors=True)


def is_link(text: str, schemes: Sequence[str]) -> bool:
    """Whether a text is one link and nothing else."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return len(text.split()) == 1 and parts.scheme.lower() in schemes and bool(parts.netloc)


def link_title(link: str) -> str:
    """A first title for a piece that is a link: its host, until the student has a better one."""
    return _("外部連結（{host}）").format(host=urlsplit(link).hostname or link)


def _free(folder: Path, stem: str, extension: str) -> Path:
    """A path of this name that nothing lies at: two pictures may be pasted within a second."""
    path, number = folder / safe_name(stem + extension), 2
    while path.exists():
        path, number = folder / safe_name(f"{stem} ({number}){extension}"), number + 1
    return path
