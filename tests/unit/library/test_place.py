"""Where a library would settle, for the paths and disks of three systems; and what this very computer says."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest

from portfolio_desktop.library import place_facts
from portfolio_desktop.library.place import Facts, Mount, Place, settled, warning

HOME = "/home/student"
MAC = Facts("/Users/student", (("/Users/student/Documents", "iCloud Drive"),))
WINDOWS = Facts(
    "C:\\Users\\student",
    (("D:\\同步\\OneDrive - 市立高中", "OneDrive"), ("E:\\盒子", "Dropbox")),
    (
        Mount("C:\\", "", "Windows"),
        Mount("H:\\", "remote", "share"),
        Mount("F:\\", "", "隨身碟", True),
        Mount("G:\\", "", "Google Drive"),
    ),
    windows=True,
)
LINUX = Facts(
    HOME,
    (),
    (
        Mount("/", "ext4", "/dev/nvme0n1p2"),
        Mount("/home", "btrfs", "/dev/nvme0n1p3"),
        Mount("/mnt/nas", "nfs4", "nas:/volume1"),
        Mount("/mnt/nas/local", "ext4", "/dev/sda1"),
        Mount("/home/student/學校", "cifs", "//school/share"),
        Mount("/home/student/ssh", "fuse.sshfs", "server:/home"),
        Mount("/home/student/drive", "fuse.rclone", "gdrive:"),
        Mount("/media/student/隨身 碟", "vfat", "/dev/sdb1", True),
    ),
)

CASES = [
    (LINUX, f"{HOME}/學習歷程", Place("local")),
    (LINUX, "/mnt/nas/學習歷程", Place("network", "nas:/volume1")),
    (LINUX, "/mnt/nas/local/學習歷程", Place("local")),
    (LINUX, "/mnt/nasty", Place("local")),
    (LINUX, f"{HOME}/學校/庫", Place("network", "//school/share")),
    (LINUX, f"{HOME}/ssh/庫", Place("network", "server:/home")),
    (LINUX, f"{HOME}/drive/庫", Place("cloud", "rclone")),
    (LINUX, "/media/student/隨身 碟/庫", Place("removable", "隨身 碟")),
    (LINUX, f"{HOME}/Dropbox/庫", Place("cloud", "Dropbox")),
    (LINUX, f"{HOME}/Dropbox (個人)/庫", Place("cloud", "Dropbox")),
    (LINUX, f"{HOME}/MEGA/庫", Place("cloud", "MEGA")),
    (LINUX, "/data/MEGA/庫", Place("local")),
    (LINUX, f"{HOME}/Nextcloud", Place("cloud", "Nextcloud")),
    (LINUX, f"{HOME}/OneDrive 的說明", Place("local")),
    (LINUX, "/mnt/c/Users/student/OneDrive/文件/庫", Place("cloud", "OneDrive")),
    (LINUX, "/run/user/1000/gvfs/smb-share:server=nas,share=home/庫", Place("network", "nas, home")),
    (LINUX, "/run/user/1000/gvfs/google-drive:host=gmail.com,user=x/abc", Place("cloud", "Google Drive")),
    (LINUX, "/run/user/1000/gvfs/mtp:host=Phone/庫", Place("removable", "Phone")),
    (MAC, "/Users/student/Library/Mobile Documents/com~apple~CloudDocs/庫", Place("cloud", "iCloud Drive")),
    (MAC, "/Users/student/Library/CloudStorage/OneDrive-市立高中/庫", Place("cloud", "OneDrive")),
    (MAC, "/Users/student/Library/CloudStorage/GoogleDrive-a@b.tw/我的雲端硬碟", Place("cloud", "Google Drive")),
    (MAC, "/Users/student/Library/CloudStorage/Box-Box/庫", Place("cloud", "Box")),
    (MAC, "/Users/student/Documents/庫", Place("cloud", "iCloud Drive")),
    (MAC, "/Users/student/學習歷程", Place("local")),
    (WINDOWS, "C:\\Users\\student\\學習歷程", Place("local")),
    (WINDOWS, "C:\\Users\\student\\OneDrive - 學校\\文件\\庫", Place("cloud", "OneDrive")),
    (WINDOWS, "d:\\同步\\onedrive - 市立高中\\庫", Place("cloud", "OneDrive")),
    (WINDOWS, "E:\\盒子\\庫", Place("cloud", "Dropbox")),
    (WINDOWS, "C:\\Users\\student\\iCloudDrive\\庫", Place("cloud", "iCloud Drive")),
    (WINDOWS, "C:\\Users\\student\\Box\\庫", Place("cloud", "Box")),
    (WINDOWS, "C:\\Users\\student\\Google 雲端硬碟\\庫", Place("cloud", "Google Drive")),
    (WINDOWS, "G:\\我的雲端硬碟\\庫", Place("cloud", "Google Drive")),
    (WINDOWS, "G:\\庫", Place("cloud", "Google Drive")),
    (WINDOWS, "H:\\庫", Place("network", "share")),
    (WINDOWS, "\\\\nas\\home\\庫", Place("network", "\\\\nas\\home")),
    (WINDOWS, "F:\\庫", Place("removable", "F:\\")),
    (WINDOWS, "F:\\", Place("removable", "F:\\")),
]


@pytest.mark.parametrize(("facts", "folder", "place"), CASES)
def test_where_it_settles(facts: Facts, folder: str, place: Place) -> None:
    assert settled(folder, facts) == place


@pytest.mark.parametrize("facts", [Facts(), Facts(windows=True), Facts(mounts=(Mount("/", "overlay", "overlay"),))])
def test_where_nothing_is_known_it_is_local(facts: Facts) -> None:
    assert settled("/home/x/庫", facts) == Place("local")


def test_every_kind_but_local_is_warned_of() -> None:
    assert not warning("/x", Place("local"))
    for kind in ("cloud", "network", "removable"):
        said = warning("/x/庫", Place(kind, "某處"))  # type: ignore[arg-type]
        assert "/x/庫" in said
        assert "某處" in said
        assert "備份" in said


TABLE = r"""22 27 0:21 / /proc rw,relatime - proc proc rw
36 27 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 27 8:17 / /media/student/\351\232\250\350\272\253\040\347\242\237 rw - vfat /dev/sdb1 rw
41 27 0:50 / /mnt/nas rw - nfs4 nas:/a\040b rw
42 27 253:0 / /mnt/secret rw - ext4 /dev/mapper/luks rw
43 27 179:1 / /boot rw - ext4 /dev/mmcblk0p1 rw
44 27 179:97 / /mnt/card rw - vfat /dev/mmcblk1p1 rw
45 27 8:33 / /mnt/old rw - iso9660 /dev/sr0 ro
broken line
"""


def test_linux_tells_its_disks(tmp_path: Path) -> None:
    blocks, devices = tmp_path / "dev" / "block", tmp_path / "devices"
    blocks.mkdir(parents=True)

    def device(number: str, path: str, removable: str, *, kind: str = "") -> Path:
        disk = devices / path
        part = disk / "part1"
        part.mkdir(parents=True)
        (part / "partition").write_text("1\n")
        (disk / "removable").write_text(f"{removable}\n")
        if kind:
            (disk.parent.parent / "type").write_text(f"{kind}\n")
        (blocks / number).symlink_to(part)
        return part

    device("8:1", "pci0/ata1/block/sda", "0")
    stick = device("8:17", "pci0/usb1/1-2/block/sdb", "0")
    device("179:1", "platform/mmc_host/mmc0/mmc0:0001/block/mmcblk0", "0", kind="MMC")
    device("179:97", "platform/mmc_host/mmc1/mmc1:0001/block/mmcblk1", "0", kind="SD")
    device("8:33", "pci0/ata2/block/sr0", "1")
    (devices / "virtual" / "dm-0" / "slaves").mkdir(parents=True)
    (devices / "virtual" / "dm-0" / "slaves" / "sdb1").symlink_to(stick)
    (blocks / "253:0").symlink_to(devices / "virtual" / "dm-0")
    found = place_facts.linux_mounts(TABLE, tmp_path)
    assert {(mount.point, mount.removable) for mount in found} == {
        ("/proc", False),
        ("/", False),
        ("/media/student/隨身 碟", True),
        ("/mnt/nas", False),
        ("/mnt/secret", True),
        ("/boot", False),
        ("/mnt/card", True),
        ("/mnt/old", True),
    }
    assert settled("/mnt/nas/庫", Facts(mounts=found)) == Place("network", "nas:/a b")


def test_services_tell_their_folders(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / ".dropbox" / "info.json").write_text('{"personal": {"path": "/x/我的"}, "business": {"path": "/y"}}')
    cloud = tmp_path / "Library" / "Mobile Documents" / "com~apple~CloudDocs"
    cloud.mkdir(parents=True)
    (cloud / "Documents").symlink_to(tmp_path / "Documents")
    environment = {"OneDrive": "/one", "OneDriveCommercial": "/two", "ONEDRIVE_LOG": "yes", "PATH": "/bin"}
    found = set(place_facts.synced_folders(environment, tmp_path))
    assert found == {
        ("/one", "OneDrive"),
        ("/two", "OneDrive"),
        ("/x/我的", "Dropbox"),
        ("/y", "Dropbox"),
        (str(tmp_path / "Documents"), "iCloud Drive"),
    }


@pytest.mark.parametrize("info", ["", "[]", "{", '{"personal": 3}', '{"personal": {"path": 3}}', "[" * 100_000])
def test_a_strange_file_of_dropbox_says_nothing(info: str) -> None:
    assert place_facts.dropbox_folders(info) == []


@pytest.mark.parametrize(
    ("kind", "point", "flags", "place"),
    [
        ("apfs", "/", 0x1000, Place("local")),
        ("exfat", "/Volumes/隨身碟", 0x1000, Place("removable", "隨身碟")),
        ("smbfs", "/Volumes/share", 0, Place("network", "//nas/share")),
    ],
)
def test_macos_tells_its_volumes(kind: str, point: str, flags: int, place: Place) -> None:
    told = struct.pack(
        "=Ii5Q2iIIII16s1024s1024s8I",
        *(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, flags, 0),
        kind.encode(),
        point.encode(),
        b"//nas/share",
        *[0] * 8,
    )
    assert len(told) == place_facts._STATFS
    assert settled(f"{point}/庫", Facts(mounts=(place_facts.mac_mount(told),))) == place


def test_links_are_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place_facts, "facts_of", lambda folder: Facts())
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "庫").symlink_to(tmp_path / "OneDrive")
    assert place_facts.place_of(tmp_path / "庫" / "new").name == "OneDrive"


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_this_computer_is_asked(tmp_path: Path) -> None:
    assert place_facts.place_of(tmp_path).kind in ("local", "network")
    assert any(mount.kind == "proc" for mount in place_facts.facts_of(tmp_path).mounts)
