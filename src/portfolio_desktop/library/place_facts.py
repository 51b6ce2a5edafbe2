"""What this computer says of its disks and synchronised folders: only looked at, nothing is asked of any network.

    facts_of(folder) -> place.Facts        Linux: /proc/self/mountinfo, /sys    Windows: GetDriveTypeW    macOS: statfs
    place_of(folder) -> place.Place

Whatever cannot be found out is left out: a warning too few is no reason to keep a student from their work.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import struct
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from portfolio_desktop.library.place import ICLOUD, Facts, Mount, Place, settled

MOUNTS = Path("/proc/self/mountinfo")
SYS = Path("/sys")
LARGEST = 4 << 20
"""Bytes that are read of a table or a service's own file."""
_ESCAPE = re.compile(rb"\\([0-7]{3})")
_DRIVE_REMOVABLE, _DRIVE_REMOTE, _DRIVE_CD = 2, 4, 5
_STATFS = 2168  # bytes of macOS' struct statfs with 64-bit inodes (sys/mount.h)
_LOCAL_FLAG = 0x1000


def place_of(folder: Path) -> Place:
    """What kind of place a folder is in, or would be in; links on the way are followed."""
    real = Path(os.path.realpath(folder))
    return settled(real, facts_of(real))


def facts_of(folder: Path) -> Facts:
    """Everything that `settled` needs to know about this computer; on Windows and macOS about the disk of `folder`."""
    home = Path.home()
    mounts: tuple[Mount, ...]
    if sys.platform == "win32":
        mounts = tuple(_windows_mounts(folder))
    elif sys.platform == "darwin":
        mounts = tuple(_mac_mounts(folder))
    else:
        mounts = linux_mounts(_text(MOUNTS), SYS)
    return Facts(str(home), tuple(synced_folders(os.environ, home)), mounts, sys.platform == "win32")


def synced_folders(environment: Mapping[str, str], home: Path) -> Iterator[tuple[str, str]]:
    """Folders that a service synchronises by its own word: (folder, service)."""
    for name, value in environment.items():
        if name.upper().startswith("ONEDRIVE") and value and os.path.isabs(value):  # noqa: PTH117 - it is a text here
            yield value, "OneDrive"
    roaming = [Path(environment[name]) / "Dropbox" for name in ("APPDATA", "LOCALAPPDATA") if name in environment]
    for base in (home / ".dropbox", *roaming):
        for path in dropbox_folders(_text(base / "info.json")):
            yield path, "Dropbox"
    # With "Desktop & Documents Folders" on, iCloud's own folder holds both under their names.
    cloud = home / "Library" / "Mobile Documents" / "com~apple~CloudDocs"
    for name in ("Desktop", "Documents"):
        if os.path.lexists(cloud / name):
            yield str(home / name), ICLOUD


def dropbox_folders(info: str) -> list[str]:
    """The folders that Dropbox's info.json names: one an account."""
    try:
        data: Any = json.loads(info)
        return [str(account["path"]) for account in data.values() if isinstance(account.get("path"), str)]
    except (ValueError, AttributeError, RecursionError):
        return []


def linux_mounts(table: str, system: Path) -> tuple[Mount, ...]:
    """The mounts of a mountinfo table (proc(5)), with what /sys says about their disks."""
    mounts = []
    for line in table.splitlines():
        left, dash, right = line.partition(" - ")
        fields, ends = left.split(" "), right.split(" ")
        if not dash or len(fields) < 5 or len(ends) < 2 or "\0" in line:
            continue
        source = _plain(ends[1])
        removable = source.startswith("/dev/") and _is_removable(source, fields[2], system)
        mounts.append(Mount(_plain(fields[4]), ends[0], source, removable))
    return tuple(mounts)


def _plain(text: str) -> str:
    """A field of the table without its escapes (a space is written as backslash 040), in UTF-8."""
    raw = os.fsencode(text)
    return os.fsdecode(_ESCAPE.sub(lambda found: bytes([int(found[1], 8) & 0xFF]), raw))


def _is_removable(source: str, number: str, system: Path) -> bool:
    """Whether a block device is a stick, a card or a USB disk: by its number, else by its name; also below encryption."""
    folder = system / "dev" / "block" / number
    if not os.path.exists(folder):  # noqa: PTH110 - never raises
        folder = system / "class" / "block" / Path(os.path.realpath(source)).name
    return _is_pluggable(folder, 4)


def _is_pluggable(folder: Path, depth: int) -> bool:
    real = Path(os.path.realpath(folder))
    if re.search(r"/(usb\d+|mmc_host|firewire)/", f"{real}/") and not _is_soldered(real):
        return True
    disk = real.parent if os.path.exists(real / "partition") else real  # noqa: PTH110 - never raises
    if _text(disk / "removable").strip() == "1":
        return True
    below = real / "slaves"  # an encrypted stick is a mapping of its partition
    try:
        return depth > 0 and any(_is_pluggable(each, depth - 1) for each in below.iterdir())
    except OSError:
        return False


def _is_soldered(device: Path) -> bool:
    """Whether an MMC device is the computer's own memory (eMMC) and no card."""
    return any(_text(part / "type").strip() == "MMC" for part in device.parents)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST).decode("utf-8", "surrogateescape")
    except OSError:
        return ""


def _windows_mounts(folder: Path) -> Iterator[Mount]:
    """The drive of a folder, as Windows tells it."""
    drive = folder.drive
    if len(drive) != 2 or drive[1] != ":":
        return
    kernel: Any = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    root = f"{drive}\\"
    told = kernel.GetDriveTypeW(root)
    label = ctypes.create_unicode_buffer(261)
    kernel.GetVolumeInformationW(root, label, len(label), None, None, None, None, 0)
    kind = "remote" if told == _DRIVE_REMOTE else ""
    yield Mount(root, kind, label.value or drive, told in (_DRIVE_REMOVABLE, _DRIVE_CD))


def _mac_mounts(folder: Path) -> Iterator[Mount]:
    """The volume of a folder, as macOS tells it; a folder that is not there yet lies on its parent's."""
    libc = ctypes.CDLL(None, use_errno=True)
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    told = ctypes.create_string_buffer(_STATFS)
    call = getattr(libc, "statfs$INODE64", None) or libc.statfs
    if call(os.fsencode(folder), told) == 0:
        yield mac_mount(told.raw)


def mac_mount(told: bytes) -> Mount:
    """A volume out of macOS' struct statfs: everything under /Volumes but the system's own disk can be taken away."""
    (flags,) = struct.unpack_from("<I", told, 64)
    kind, point, source = (
        told[start : start + length].partition(b"\0")[0].decode("utf-8", "surrogateescape")
        for start, length in ((72, 16), (88, 1024), (1112, 1024))
    )
    local = bool(flags & _LOCAL_FLAG)
    return Mount(point, kind if local else "remote", source, local and point.startswith("/Volumes/"))
