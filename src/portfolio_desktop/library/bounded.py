"""Small files read whole: never a pipe that is waited for, never more than was ever written there.

    path -> content(most) -> bytes      catalog.json, snapshot.json, record.json

What lies on a stick may have been put there by anybody: a file of gigabytes under one of these names is as good as damaged.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from portfolio_desktop.files import Unreadable, open_source

DUMP = 256 << 20
"""Bytes of the largest dump that is read: far above any student's."""
FACTS = 64 << 20
"""Bytes of the largest list of a snapshot's files: some 200,000 of them."""
RECORD = 64 << 20
"""Bytes of the largest record that is read of a library's safety: it names every file that is damaged."""
FOR_NOW = frozenset(
    getattr(errno, name)
    for name in ("EIO", "EACCES", "EPERM", "EBUSY", "ETIMEDOUT", "ESTALE", "EMFILE", "ENFILE")
    if hasattr(errno, name)
)
"""What a disk or a share answers that may give the file another time: then it is neither gone nor damaged."""


def content(path: Path, most: int) -> bytes:
    """All that is in a file. Raises OSError: FileNotFoundError where it is gone, EFBIG for more than `most` bytes."""
    try:
        with open_source(path) as stream:
            size = os.fstat(stream.fileno()).st_size
            found = stream.read(min(size, most) + 1)
    except Unreadable as fault:
        if isinstance(fault.__cause__, OSError):
            raise fault.__cause__ from None
        if fault.reason == "directory":
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path)) from fault
        raise OSError(errno.EINVAL, fault.reason, str(path)) from fault
    if size > most or len(found) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return found


def holds(path: Path, wanted: bytes) -> bool:
    """Whether a file holds just these bytes; one that cannot be read does not."""
    try:
        return content(path, len(wanted)) == wanted
    except OSError:
        return False
