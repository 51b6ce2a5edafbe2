"""Files put back by their hash: the right bytes from a backup, the wrong ones kept aside.

    Problem (missing, size, hash, unreadable) + sources -> fresh copy (hash compared) -> wrong bytes aside -> in its place
    Problem (catalog, search)                           -> written anew from the database, the old catalog aside
    Problem (database)                                  -> `rebuild`, not here

Until the right bytes are on disk beside it, nothing of the library is touched.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from portfolio_desktop import durable
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.files import Unreadable
from portfolio_desktop.library import bounded, presence, search
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.presence import Expected
from portfolio_desktop.library.problems import Problem
from portfolio_desktop.library.safekeeping import newer, outstanding, record
from portfolio_desktop.library.safekeeping.aside import Aside, kept_bytes, lies_at
from portfolio_desktop.library.safekeeping.reading_through import Stop
from portfolio_desktop.library.store import Copy, Store, below, digest
from portfolio_desktop.library.troubles import plain_words
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress

Source = Callable[[str], Path | None]
"""Says where the bytes of a SHA-256 may lie; whoever asks compares them."""

FILES = frozenset({"file.missing", "file.size", "file.hash", "file.unreadable"})
CATALOG = frozenset({"catalog.missing", "catalog.damaged", "catalog.differs"})


@dataclass(frozen=True, slots=True)
class Mended:
    """What a mending did: the problems that are no more, those that are still there, where the wrong bytes lie now.

    told  sentences about what was written over, and may have been the better one
    """

    restored: tuple[Problem, ...]
    still: tuple[Problem, ...]
    aside: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def mend(
    library: Library, problems: Iterable[Problem], sources: Sequence[Source] = (), progress: Progress | None = None
) -> Mended:
    """Mend what can be: files from `sources`, catalog and search index from the database. On the library's thread.

    Raises PortfolioError when the library is open to read only, or the disk cannot take it; Cancelled when stopped: what was
    put back until then stays.
    """
    if library.read_only:
        raise PortfolioError(_("學習歷程庫以唯讀方式開啟，不能修改。"))
    progress = progress or Progress()
    found = [problem for problem in problems if not problem.only_told]
    holding, restored, told = library._holding, list[Problem](), list[str]()
    aside, wrong = Aside(library.folder, holding.moment()), list[Path]()
    with plain_words():
        holding.clear_up()
        wanted = [problem for problem in found if problem.code in FILES and problem.sha256 is not None]
        if wanted:
            restored += _files(library, wanted, (*sources, kept_bytes(library.folder)), aside, progress, wrong.append)
        if catalog := [problem for problem in found if problem.code in CATALOG]:
            with holding.reading() as connection:
                if newer.holds_other(library.folder, connection):
                    told.append(_("catalog.json 裡有資料庫沒有的內容；原來的那一份留在 kept-aside，沒有刪除。"))
            keep_catalog(aside, holding.catalog.path)
            holding.catalog.keep = None
            holding.catalog.rewrite()
            restored += catalog
    if index := [problem for problem in found if problem.code == "database.search"]:
        with holding.writing() as connection:
            search.rebuild(connection)
        restored += index
    still = tuple(problem for problem in found if problem not in restored)
    outstanding.note_mended(library.folder, restored)
    lost = any(problem.code in FILES for problem in still)  # a place that should have had the bytes has them no more
    with contextlib.suppress(OSError):
        known = [one.place for one in record.read(library.folder).places]
        doubted = [place for place in known if lost or any(path.is_relative_to(place) for path in wrong)]
        record.note_doubt(library.folder, doubted)
    return Mended(tuple(restored), still, tuple(aside.kept), tuple(told))


def keep_catalog(aside: Aside, path: Path) -> None:
    """Keep the catalog that is about to be written anew, or whatever stands in its place: no program reads one of gigabytes,
    and a second copy might fill the disk.
    """
    if path.is_file() and path.stat().st_size <= bounded.DUMP:
        aside.copy(path)
    elif lies_at(path):
        aside.move(path)


def fresh_copy(
    store: Store,
    sha256: str,
    number: int,
    own: Iterable[Path],
    sources: Iterable[Source],
    stop: Progress,
    wrong: Callable[[Path], None] = lambda _path: None,
) -> Copy | None:
    """A copy of the bytes of a hash, on disk in the store's folder for incoming files; None where nobody has them.

    `own` are places to look at first; `wrong` is told where there were other bytes. Raises OSError for the store's faults,
    Cancelled when stopped.
    """
    for path in _places(sha256, own, sources):
        try:
            copy = store.copy_in(path, number, Stop(stop))
        except Unreadable:
            wrong(path)
            continue
        if copy.sha256 == sha256:
            return copy
        copy.temporary.unlink()
        wrong(path)
    return None


def _files(
    library: Library,
    problems: Sequence[Problem],
    sources: Sequence[Source],
    aside: Aside,
    progress: Progress,
    wrong: Callable[[Path], None],
) -> list[Problem]:
    """The files that were put back; each is looked at once more before, since the report may be old."""
    store, restored = library._holding.store, list[Problem]()
    with library._holding.reading() as connection:
        known = {file.sha256: file for file in presence.expected(connection)}
    at_hand = _strangers(store, known.values())
    store.begin()
    try:
        for number, problem in enumerate(problems):
            file = known.get(problem.sha256 or "")
            progress.step(number, len(problems), problem.path.rpartition("/")[2])
            if file is None:
                continue
            if presence.fault(library.folder, file) is None and store.is_sound(file.path, file.sha256, progress):
                restored.append(problem)  # somebody was faster
                continue
            places = [store.path(file.path)]  # a link there may lead to the right bytes
            copy = fresh_copy(store, file.sha256, number, places, (at_hand, *sources), progress, wrong)
            if copy is not None:
                put(store, copy, file.path, aside)
                restored.append(problem)
    finally:
        store.done()
    return restored


def put(store: Store, copy: Copy, stored: str, aside: Aside) -> None:
    """Put a fresh copy in its place; whatever else stands there, or in its folder's place, is kept aside."""
    place = store.path(stored)
    for standing in (place.parent, place):
        if lies_at(standing) and not (standing == place.parent and standing.is_dir()):
            aside.move(standing)
    store.mend(copy, stored)
    durable.sync_folder(store.folder)


def _strangers(store: Store, known: Iterable[Expected]) -> Source:
    """Where the bytes of a hash lie among the files in the store that are not the library's; read when first asked."""
    sizes, ours = set[int](), set[str]()
    for file in known:
        sizes.add(file.size)
        ours.add(file.path)
    hashes: dict[str, Path] | None = None

    def source(sha256: str) -> Path | None:
        nonlocal hashes
        if hashes is None:
            hashes = {}
            for path in (store.folder / path for path in below(store.folder) if path not in ours):
                with contextlib.suppress(OSError, Unreadable):
                    if path.stat().st_size in sizes:
                        hashes[digest(path)] = path
        return hashes.get(sha256)

    return source


def _places(sha256: str, own: Iterable[Path], sources: Iterable[Source]) -> Iterator[Path]:
    """Every place that may have the bytes, each once: the copies of one library all name its own files."""
    tried = set[Path]()
    for path in own:
        tried.add(path)
        yield path
    for source in sources:
        found = None
        with contextlib.suppress(OSError, PortfolioError):  # a backup that is damaged, or whose disk is gone
            found = source(sha256)
        if found is not None and found not in tried:
            tried.add(found)
            yield found
