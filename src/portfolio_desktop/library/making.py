"""A new library: empty, or filled with what another one held; never one that only seems to be made.

    create(folder)                                                       database.new -> its name
    making(folder) -> Path      .restoring -> files/… -> database.new -> its name, last     (filled inside, by `filling` or by hand)

While it is made it has no database, and a mark: killed then it is no library that opens, but one that is made anew into the
same folder. The mark goes when the library is opened; an error takes away all that was made.
"""

from __future__ import annotations

import contextlib
import datetime
import shutil
from collections.abc import Container, Iterator
from pathlib import Path

from portfolio_desktop import durable
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.files import Unreadable
from portfolio_desktop.library import remains
from portfolio_desktop.library.catalog import NAME as CATALOG
from portfolio_desktop.library.database import NAME as DATABASE
from portfolio_desktop.library.database import create_database
from portfolio_desktop.library.lock import NAME as LOCK
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.safekeeping import layout
from portfolio_desktop.library.safekeeping.aside import Aside
from portfolio_desktop.library.safekeeping.record import FOLDER as BACKUPS
from portfolio_desktop.library.store import FOLDER as FILES
from portfolio_desktop.library.store import below, digest
from portfolio_desktop.library.troubles import plain_words
from portfolio_desktop.messages import _

STAGED = f"{DATABASE}.new"


def create(folder: Path, profile: Profile) -> None:
    """Make an empty library in `folder`, new or empty; raises PortfolioError when something lies there."""
    with plain_words():
        _make_ready(folder)
        with _gone_on_failure(folder):
            (folder / FILES).mkdir(exist_ok=True)
            create_database(folder / DATABASE, profile)


@contextlib.contextmanager
def making(folder: Path, profile: Profile, coming: Container[str] = ()) -> Iterator[Path]:
    """An empty database beside its place in `folder`, new or empty, to be filled; then it is a library.

    `coming` are the SHA-256 of the files that it is filled with. Raises PortfolioError when something lies there. Whatever is
    raised inside, nothing is left in the folder.
    """
    with plain_words():
        _make_ready(folder, coming)
        with _gone_on_failure(folder):
            durable.write(folder / layout.RESTORING, b"{}\n")
            (folder / FILES).mkdir(exist_ok=True)
            create_database(folder / STAGED, profile)
            yield folder / STAGED
            durable.replace(folder / STAGED, folder / DATABASE)


def remove_new(folder: Path) -> None:
    """Take away a library that was made a moment ago and could not be filled; the folder itself stays."""
    for path in (*folder.glob(f"{STAGED}*"), folder / f"{layout.RESTORING}.new"):
        path.unlink(missing_ok=True)
    for name in (DATABASE, f"{DATABASE}-journal", CATALOG, LOCK):  # a full disk leaves the journal
        (folder / name).unlink(missing_ok=True)
    for name in (FILES, BACKUPS):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / layout.RESTORING).unlink(missing_ok=True)  # last: until then it is known for what it is


def _make_ready(folder: Path, coming: Container[str] = ()) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / DATABASE).exists():
        raise PortfolioError(_("「{path}」裡已經有學習歷程庫，請直接開啟它。").format(path=folder))
    if remains.is_unfinished(folder):
        _keep_strangers(folder, coming)
        remove_new(folder)
    if remains.is_damaged(folder):
        raise remains.refusal(folder)
    if not all(_is_nothing(entry) for entry in folder.iterdir()):
        raise PortfolioError(_("「{path}」不是空的資料夾，請選一個新的資料夾。").format(path=folder))


def _keep_strangers(folder: Path, coming: Container[str]) -> None:
    """Before the files of a making that was killed go: what does not come again is moved aside, it may be somebody's only copy."""
    aside = Aside(folder, datetime.datetime.now(datetime.UTC))
    for path in sorted(below(folder / FILES)):
        try:
            comes_again = digest(folder / FILES / path) in coming
        except Unreadable:
            comes_again = False
        if not comes_again:
            aside.move(folder / FILES / path)


@contextlib.contextmanager
def _gone_on_failure(folder: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        remove_new(folder)
        raise


def _is_nothing(entry: Path) -> bool:
    """Whether something in a folder does not keep a library from being made there: hidden, kept aside, or of an attempt that
    was killed.
    """
    if entry.name.startswith((".", STAGED)) or entry.name == layout.ASIDE:
        return True
    return entry.name == FILES and entry.is_dir() and not any(entry.iterdir())
