"""Libraries that something happened to: a rich one to begin with, and the ways in which disks, people and programs spoil it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from helpers.libraries import Clock, new_library, write_work
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit, NewPiece
from portfolio_desktop.pieces.piece import Course
from portfolio_desktop.terms import Term

DATABASE = "library.sqlite3"


def rich_library(folder: Path) -> Path:
    """A closed library with courses, replaced and sealed files, ticks, trash, an emptied trash, undone changes, settings."""
    work = folder.with_name(f"{folder.name}-work")
    with new_library(folder) as library:
        texts = {f"{name}.txt": f"{name} 的內容 " * 50 for name in ("水質", "影像", "社團", "丟掉", "清掉", "復原")}
        paths = {path.stem: path for path in write_work(work, texts)}
        course = library.add_course(Course("", "生物", Term(113, 1), "部定必修", "2", "老師", ""))
        library.add([paths["水質"], paths["影像"]], NewPiece(Term(113, 1), "course", course.id))
        library.add([paths["社團"], paths["丟掉"], paths["清掉"]], NewPiece(Term(113, 2), "officer"))
        library.edit("p1", Edit(summary="第一版簡述"))
        library.edit("p1", Edit(summary="第二版簡述", certification="certified", certification_note="老師"))
        (replaced,) = write_work(work, {"第二版.txt": "新的內容 " * 80})
        library.attach("p1", replaced, role="source", made_from=library.piece("p1").files[0].id)
        library.tick(["p2", "p1"], 113)
        library.remove(["p5"])
        library.empty_trash()
        library.remove(["p4"])
        library.add([paths["復原"]])
        library.undo()
        library.set_school_rules({"uploads_course": 3})
    return folder


def copy_of_database(folder: Path, name: str = "20250401T000000Z-close.sqlite3") -> Path:
    """A copy in `backups/`, as closing makes one."""
    target = folder / "backups" / name
    target.parent.mkdir(exist_ok=True)
    shutil.copyfile(folder / DATABASE, target)
    return target


def later_work(folder: Path) -> bytes:
    """Changes after the copy, of which none is made: an edit, a new piece, an emptied trash, a tick taken away. Returns the dump."""
    before = set((folder / "backups").glob("*.sqlite3"))
    with Library.open(folder, clock=Clock()) as library:
        library.edit("p2", Edit(summary="備份之後寫的"))
        library.add(write_work(folder.with_name("later"), {"之後.txt": "備份之後才加的"}))
        library.empty_trash()
        library.untick(["p2"], 113)
        content = library.dump()
    for copy in set((folder / "backups").glob("*.sqlite3")) - before:
        copy.unlink()
    return content


def flip(path: Path, at: int | None = None) -> None:
    """Turn one bit over, in the middle of a file."""
    writable(path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2 if at is None else at] ^= 0x10
    path.write_bytes(content)


def truncate(path: Path, size: int | None = None) -> None:
    """Cut a file off."""
    writable(path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2 if size is None else size])


def writable(path: Path) -> None:
    """Stored files are read only; disks don't care."""
    path.chmod(0o644)


SPOIL_INDEX = (
    "UPDATE search_words_data SET block = substr(block, 1, length(block) - 40) || x'7f7f7f7f7f' || substr(block, -35)"
    " WHERE id > 100"
)
"""A statement after which the search index still answers, and is not sound."""


def spoil_pages(path: Path) -> None:
    """Overwrite pages in a database so that SQLite's own check sees it."""
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 6] = hashlib.sha512(b"noise").digest() * 192
    path.write_bytes(content)


def hot_journal(folder: Path) -> None:
    """Leave a transaction that was killed halfway: a database with new pages, and the journal that takes them back."""
    path = folder / DATABASE
    before = path.read_bytes()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA cache_spill = 1")
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE piece SET title = 'half done', summary = hex(randomblob(20000))")
    connection.execute("UPDATE change SET after = hex(randomblob(20000))")
    database, journal = path.read_bytes(), (folder / f"{DATABASE}-journal").read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    assert path.read_bytes() == before
    assert database != before
    path.write_bytes(database)
    (folder / f"{DATABASE}-journal").write_bytes(journal)


def all_hashes(folder: Path) -> set[str]:
    """The hashes of every byte string in a folder, whatever its name; links are none, nor is what only this machine notes."""
    return {
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and path.name not in ("lock", "record.json")
    }


@contextlib.contextmanager
def read_only_tree(folder: Path) -> Iterator[None]:
    """No permission to write anywhere in a folder, as on a medium that was locked (root may write all the same)."""
    paths = [folder, *folder.rglob("*")]
    modes = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


def stored_path(folder: Path, name: str) -> Path:
    """The stored file of that name."""
    return next(path for path in (folder / "files").rglob(name) if os.path.lexists(path))
