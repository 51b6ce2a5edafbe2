"""Where a library would settle: on this computer, or in a place where others write too, or that can be pulled out.

    settled(folder, Facts) -> Place("local" | "cloud" | "network" | "removable", name)        pure; place_facts.py looks
    warning(folder, Place) -> one sentence, "" for a local one

A service that synchronises while the database is being written uploads halves, brings back older files, and calls one of two
versions a conflict; a share may not lock; a stick is pulled out. A backup may lie in any of them.
Names and folders: the makers' own documents (OneDrive's, Dropbox's info.json, Apple's Mobile Documents and CloudStorage,
Google Drive for desktop) [own collection].
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Literal

from portfolio_desktop.messages import _

PlaceKind = Literal["local", "cloud", "network", "removable"]


@dataclass(frozen=True, slots=True)
class Place:
    """What kind of place a folder is in, and what it is called: the service, the share, the disk."""

    kind: PlaceKind
    name: str = ""

    @property
    def mark(self) -> str:
        """What is remembered of a place that was accepted."""
        return f"{self.kind} {self.name}".strip()


LOCAL = Place("local")


@dataclass(frozen=True, slots=True)
class Mount:
    """One file system: where it hangs, its type as the system calls it, what it is made of, whether it can be pulled out."""

    point: str
    kind: str = ""
    source: str = ""
    removable: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What this computer says: home, synchronised folders by service, mounts. `windows`: how its paths are written."""

    home: str = ""
    synced: tuple[tuple[str, str], ...] = ()
    mounts: tuple[Mount, ...] = ()
    windows: bool = False
    flavour: type[PurePath] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "flavour", PureWindowsPath if self.windows else PurePosixPath)


GOOGLE, ICLOUD = "Google Drive", "iCloud Drive"
_SERVICES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), name)
    for pattern, name in (
        (r"OneDrive(?: ?[-–] ?.+)?", "OneDrive"),
        (r"iCloud ?Drive|com~apple~CloudDocs", ICLOUD),
        (r"Google ?Drive(?:-.+)?|My Drive|我的雲端硬碟|Google 雲端硬碟", GOOGLE),
        (r"Dropbox(?:[ -].+)?", "Dropbox"),
        (r"Nextcloud", "Nextcloud"),
        (r"ownCloud", "ownCloud"),
        (r"SynologyDrive|CloudStation", "Synology Drive"),
        (r"pCloud ?Drive", "pCloud"),
    )
)
"""Names of folders that the services give; a student's own folder of such a name is warned about too, once."""
_AT_HOME: Mapping[str, str] = {"box": "Box", "box sync": "Box", "mega": "MEGA", "megasync": "MEGA"}
"""Names too short to mean anything anywhere else than in the home folder."""
_NETWORK = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "davfs2", "ncpfs", "afs", "ceph"),
        *("glusterfs", "lustre", "beegfs", "fuse.sshfs", "fuse.davfs2", "fuse.curlftpfs", "fuse.glusterfs"),
        *("fuse.ceph", "fuse.smbnetfs", "fuse.afpfs", "remote"),
    }
)
_CLOUD_MOUNTS: Mapping[str, str] = {
    "fuse.rclone": "rclone",
    "fuse.google-drive-ocamlfuse": GOOGLE,
    "fuse.onedriver": "OneDrive",
    "fuse.insync": "Insync",
    "fuse.dropbox": "Dropbox",
}


def settled(folder: PurePath | str, facts: Facts) -> Place:
    """What kind of place a folder is in; it need not exist yet. Paths are compared as the system of `facts` does."""
    path = facts.flavour(str(folder))
    share = _of_gvfs(path)
    if share is not None:
        return share
    cloud = _of_service(path, facts)
    if cloud is not None:
        return cloud
    if facts.windows and path.drive.startswith("\\\\"):
        return Place("network", path.drive)
    return _of_mount(path, facts.mounts)


def warning(folder: PurePath | str, place: Place) -> str:
    """What to say before the first change in such a place: what can happen, and what to do; "" for a local one."""
    if place.kind == "cloud":
        said = _(
            "「{folder}」在會自動同步的 {name} 裡：同步軟體可能在寫到一半時上傳，或用舊檔蓋掉新檔。"
            "請把學習歷程庫放在電腦自己的資料夾；備份可以放在 {name}。"
        )
    elif place.kind == "network":
        said = _(
            "「{folder}」在網路磁碟 {name} 上：斷線時會寫到一半，也不一定擋得住兩臺電腦同時修改。"
            "請把學習歷程庫放在電腦自己的資料夾；備份可以放在網路磁碟。"
        )
    elif place.kind == "removable":
        said = _(
            "「{folder}」在可以拔下的磁碟 {name} 上：寫到一半拔掉會損壞，弄丟了就什麼都沒有了。"
            "請把學習歷程庫放在電腦自己的資料夾；備份可以放在這個磁碟。"
        )
    else:
        return ""
    return said.format(folder=folder, name=place.name)


def _of_service(path: PurePath, facts: Facts) -> Place | None:
    for root, name in facts.synced:
        if root and path.is_relative_to(facts.flavour(root)):
            return Place("cloud", name)
    parts = path.parts
    for place, part in enumerate(parts):
        if part == "Mobile Documents" and place and parts[place - 1] == "Library":
            return Place("cloud", ICLOUD)
        if part == "CloudStorage" and place and parts[place - 1] == "Library" and place + 1 < len(parts):
            provider = parts[place + 1].partition("-")[0]
            return Place("cloud", _service(parts[place + 1]) or provider)
        if service := _service(part):
            return Place("cloud", service)
    home = facts.flavour(facts.home) if facts.home else None
    if home is not None and path != home and path.is_relative_to(home):
        first = path.relative_to(home).parts[0].casefold()
        return Place("cloud", _AT_HOME[first]) if first in _AT_HOME else None
    return None


def _service(part: str) -> str | None:
    return next((name for pattern, name in _SERVICES if pattern.fullmatch(part)), None)


def _of_gvfs(path: PurePath) -> Place | None:
    """GNOME's own mounts, named by what they are: smb-share:server=…, google-drive:host=…, mtp:host=…"""
    parts = path.parts
    at = next((number for number, part in enumerate(parts) if part in ("gvfs", ".gvfs")), None)
    if at is None or at + 1 >= len(parts):
        return None
    scheme, _colon, rest = parts[at + 1].partition(":")
    name = ", ".join(pair.partition("=")[2] for pair in rest.split(",")) or scheme
    if scheme in ("google-drive", "onedrive"):
        return Place("cloud", GOOGLE if scheme == "google-drive" else "OneDrive")
    return Place("removable" if scheme in ("mtp", "gphoto2", "afc") else "network", name)


def _of_mount(path: PurePath, mounts: Iterable[Mount]) -> Place:
    """By the file system that the folder is on: of those that hold it, the one that hangs deepest, and latest there."""
    flavour = type(path)
    holding = [mount for mount in mounts if path.is_relative_to(flavour(mount.point))]
    if not holding:
        return LOCAL
    deepest = max(len(flavour(mount.point).parts) for mount in holding)
    mount = [mount for mount in holding if len(flavour(mount.point).parts) == deepest][-1]
    kind = mount.kind.lower()
    if mount.source.startswith(GOOGLE):  # its drive letter is a local disk to Windows, with this label
        return Place("cloud", GOOGLE)
    if kind in _CLOUD_MOUNTS:
        return Place("cloud", _CLOUD_MOUNTS[kind])
    if kind in _NETWORK:
        return Place("network", mount.source or mount.point)
    if mount.removable:
        return Place("removable", flavour(mount.point).name or mount.point)
    return LOCAL
