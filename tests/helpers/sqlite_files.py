"""SQLite's own calls to the file system, one level below Python: watched, and made to fail.

    watched(hook)      while it lasts, SQLite opens its files through a thin layer over the system's own one (a "VFS");
                       hook("write", path, …) is asked before each call, and an OSError that it raises is SQLite's answer

https://www.sqlite.org/vfs.html; the codes that an error becomes are those of SQLite's own layer for Unix (os_unix.c).
Works where Python uses the system's SQLite library (`AVAILABLE`), since a library that is built in cannot be reached.
"""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import errno
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p
from typing import Any

Hook = Callable[[str, str], None]
"""Called with what (`open write truncate sync delete` before, `written synced deleted …` after it) and the path."""

_OK = 0
_CODES = {"open": 14, "write": 778, "truncate": 1546, "sync": 1034, "delete": 2570}
_FULL = 13
_CREATE, _JOURNAL = 0x4, 0x800
_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, POINTER(c_int))
_DELETE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)
_CLOSE = CFUNCTYPE(c_int, c_void_p)


class _Methods(ctypes.Structure):
    """sqlite3_io_methods, version 3: all of it, so that a copy is whole."""

    _fields_ = [
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", c_void_p),
        ("truncate", c_void_p),
        ("sync", c_void_p),
        *[(f"rest{number}", c_void_p) for number in range(13)],
    ]


class _Files(ctypes.Structure):
    """sqlite3_vfs, version 3."""

    _fields_ = [
        ("version", c_int),
        ("size", c_int),
        ("path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", c_void_p),
        ("delete", c_void_p),
        *[(f"rest{number}", c_void_p) for number in range(14)],
    ]


def _library() -> ctypes.CDLL | None:
    """The SQLite that Python uses, where it can be reached."""
    name = ctypes.util.find_library("sqlite3")
    try:
        with open("/proc/self/maps", encoding="utf-8") as maps:  # noqa: PTH123 - not a file of ours
            loaded = "libsqlite3" in maps.read()
    except OSError:
        return None
    return ctypes.CDLL(name) if name and loaded else None


class _Layer:
    """The layer over SQLite's own files; made once and kept, since files that are open point into it."""

    def __init__(self, library: ctypes.CDLL) -> None:
        library.sqlite3_libversion.restype = c_char_p
        if library.sqlite3_libversion().decode() != sqlite3.sqlite_version:
            raise OSError("another SQLite than Python's")
        library.sqlite3_vfs_find.restype = POINTER(_Files)
        self.library = library
        self.hook: Hook | None = None
        self._paths: dict[
            int, tuple[str, bool]
        ] = {}  # by file: its path, and whether its folder has to be synced with it
        self._tables: dict[int, tuple[_Methods, list[Any]]] = {}
        self._guard = threading.Lock()
        self._below = library.sqlite3_vfs_find(None)
        below = self._below.contents
        self._open, self._delete = _OPEN(below.open), _DELETE(below.delete)
        self._kept = [_OPEN(self._opened), _DELETE(self._deleted)]
        self.files = _Files()
        ctypes.pointer(self.files)[0] = below
        self.files.name = b"watched"
        self.files.next = None
        self.files.open, self.files.delete = (ctypes.cast(call, c_void_p).value for call in self._kept)

    def _asked(self, what: str, path: str) -> int:
        """0, or the code that an OSError of the hook becomes."""
        if self.hook is None:
            return _OK
        try:
            self.hook(what, path)
        except OSError as error:
            return _FULL if error.errno == errno.ENOSPC and what == "write" else _CODES[what]
        return _OK

    def _tell(self, what: str, path: str) -> None:
        if self.hook is not None:
            self.hook(what, path)

    def _opened(self, _files: int, name: int, file: int, flags: int, out: Any) -> int:
        path = os.fsdecode(ctypes.cast(name, c_char_p).value or b"") if name else ""
        if path and flags & _CREATE and (code := self._asked("open", path)):
            return code
        new = bool(flags & _CREATE) and not os.path.exists(path)  # noqa: PTH110 - the caller's string
        code = int(self._open(ctypes.addressof(self._below.contents), name, file, flags, out))
        methods = ctypes.cast(file, POINTER(c_void_p))[0]
        if code == _OK and path and methods:
            ctypes.cast(file, POINTER(c_void_p))[0] = self._over(methods)
            with self._guard:
                self._paths[file] = (path, new and bool(flags & _JOURNAL))
            if new:
                self._tell("created", path)
        return code

    def _deleted(self, _files: int, name: int, sync: int) -> int:
        path = os.fsdecode(ctypes.cast(name, c_char_p).value or b"")
        if code := self._asked("delete", path):
            return code
        code = int(self._delete(ctypes.addressof(self._below.contents), name, sync))
        if code == _OK:
            self._tell("deleted", path)
            if sync:
                self._tell("folder synced", os.path.dirname(path))  # noqa: PTH120 - the caller's string
        return code

    def _over(self, methods: int) -> int:
        """The address of our table over one of SQLite's own."""
        with self._guard:
            if methods not in self._tables:
                self._tables[methods] = self._made_over(methods)
            return ctypes.addressof(self._tables[methods][0])

    def _made_over(self, methods: int) -> tuple[_Methods, list[Any]]:
        below = ctypes.cast(methods, POINTER(_Methods)).contents
        table = _Methods()
        ctypes.memmove(
            ctypes.addressof(table), methods, ctypes.sizeof(c_void_p) * {1: 13, 2: 17}.get(below.version, 19)
        )
        write, truncate = _WRITE(below.write), _TRUNCATE(below.truncate)
        sync, close = _SYNC(below.sync), _CLOSE(below.close)

        def call(what: str, told: str, file: int, do: Callable[[], int]) -> int:
            path = self._paths[file][0]
            if code := self._asked(what, path):
                return code
            code = do()
            if code == _OK:
                self._tell(told, path)
            return code

        def synced(file: int, flags: int) -> int:
            code = call("sync", "synced", file, lambda: sync(file, flags))
            path, with_folder = self._paths[file]
            if code == _OK and with_folder:
                self._paths[file] = (path, False)
                self._tell("folder synced", os.path.dirname(path))  # noqa: PTH120 - the caller's string
            return code

        def closed(file: int) -> int:
            self._paths.pop(file, None)
            return int(close(file))

        kept = [
            _WRITE(lambda file, data, size, at: call("write", "written", file, lambda: write(file, data, size, at))),
            _TRUNCATE(lambda file, size: call("truncate", "truncated", file, lambda: truncate(file, size))),
            _SYNC(synced),
            _CLOSE(closed),
        ]
        table.write, table.truncate, table.sync, table.close = (ctypes.cast(one, c_void_p).value for one in kept)
        return table, kept


def _made() -> _Layer | None:
    library = _library()
    try:
        return None if library is None else _Layer(library)
    except (OSError, AttributeError):
        return None


_LAYER = _made()
AVAILABLE = _LAYER is not None


@contextlib.contextmanager
def watched(hook: Hook) -> Iterator[None]:
    """While the context lasts, `hook` is asked before each call of databases that are opened in it."""
    if _LAYER is None:
        raise RuntimeError("this Python's SQLite cannot be reached")
    layer = _LAYER
    layer.library.sqlite3_vfs_register(ctypes.byref(layer.files), 1)
    layer.hook = hook
    try:
        yield
    finally:
        layer.hook = None
        layer.library.sqlite3_vfs_unregister(ctypes.byref(layer.files))
