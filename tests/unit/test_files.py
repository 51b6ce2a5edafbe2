"""Reading a file as the world hands it over."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import socket
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import specimens
from portfolio_desktop.bundle.manifest import FORMAT
from portfolio_desktop.files import CHUNK, DEEPEST, Unreadable, is_junk, open_source, read_source, walk
from portfolio_desktop.progress import Cancelled, Progress, Step

posix = pytest.mark.skipif(os.name == "nt", reason="a POSIX file system is needed")


def test_one_pass_gives_hashes_kind_head_and_copy(tmp_path: Path) -> None:
    data = specimens.jpg() + bytes(CHUNK * 2)
    path = specimens.write(tmp_path, "照片.JPG.pdf", data)
    sink = io.BytesIO()
    source = read_source(path, sink)
    assert sink.getvalue() == data
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert source.md5 == hashlib.md5(data, usedforsecurity=False).hexdigest()
    assert (source.size, source.kind, source.name) == (len(data), "jpg", "照片.JPG.pdf")
    assert source.head == data[:4096]
    assert source.modified == path.stat().st_mtime


def test_an_empty_file_is_empty(tmp_path: Path) -> None:
    source = read_source(specimens.write(tmp_path, "a.pdf", b""))
    assert (source.size, source.kind, source.head) == (0, "empty", b"")


def test_progress_is_told_and_can_stop(tmp_path: Path) -> None:
    path = specimens.write(tmp_path, "a.bin", bytes(CHUNK * 3))
    steps: list[Step] = []
    progress = Progress(steps.append)
    read_source(path, progress=progress)
    assert [step.done for step in steps] == [CHUNK, CHUNK * 2, CHUNK * 3]
    assert {step.total for step in steps} == {CHUNK * 3}
    progress.cancel()
    with pytest.raises(Cancelled):
        read_source(path, progress=progress)


def test_a_full_disk_is_not_the_file_s_fault(tmp_path: Path) -> None:
    class Full(io.BytesIO):
        def write(self, _data: object) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        read_source(specimens.write(tmp_path, "a.txt", b"text"), Full())


@posix
@pytest.mark.parametrize(
    "reason", ["missing", "directory", "fifo", "device", "socket", "broken-link", "link-loop", "name"]
)
def test_what_is_no_file_says_why(tmp_path: Path, reason: str) -> None:
    path = tmp_path / "x"
    keep = contextlib.ExitStack()
    if reason == "directory":
        path.mkdir()
    elif reason == "fifo":
        os.mkfifo(path)
    elif reason == "device":
        path = Path("/dev/zero")
    elif reason == "socket":
        server = keep.enter_context(socket.socket(socket.AF_UNIX))
        before = Path.cwd()
        os.chdir(tmp_path)  # a socket's path may only be about 100 bytes long
        server.bind("x")
        os.chdir(before)
    elif reason == "broken-link":
        path.symlink_to(tmp_path / "nowhere")
    elif reason == "link-loop":
        path.symlink_to(path)
    elif reason == "name":
        path = tmp_path / ("長" * 300)
    with keep, pytest.raises(Unreadable) as caught:
        open_source(path)
    assert caught.value.reason == reason
    assert caught.value.path == path


def test_a_name_with_a_null_character_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        open_source(Path("a\0b"))
    assert caught.value.reason == "name"


@posix
def test_a_path_below_a_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        open_source(specimens.write(tmp_path, "a", b"x") / "b")
    assert caught.value.reason == "missing"


@contextlib.contextmanager
def as_nobody() -> Iterator[None]:
    """Root may read everything: be someone else for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@posix
def test_a_locked_file_and_folder_are_a_matter_of_permission() -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        path = specimens.write(place, "a.txt", b"x")
        path.chmod(0)
        folder = place / "folder"
        folder.mkdir(mode=0)
        for locked in (path, folder):
            with as_nobody(), pytest.raises(Unreadable) as caught:
                open_source(locked)
            assert caught.value.reason == "permission"
        with as_nobody():
            assert list(walk([place])) == [path, folder]
        folder.chmod(0o700)


@posix
def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(specimens.write(tmp_path, "a.png", specimens.png()))
    assert read_source(link).kind == "png"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are no text")
def test_a_name_that_is_no_text_is_read(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe\n.txt"))
    path.write_bytes(b"text")
    assert read_source(path).kind == "text"
    with pytest.raises(Unreadable) as caught:
        open_source(path / "x")
    assert str(caught.value).isascii()


def test_folders_are_walked_in_order_without_rubbish(tmp_path: Path) -> None:
    for name in (
        "b/二.pdf",
        "b/一.pdf",
        "a.txt",
        ".hidden",
        "b/.DS_Store",
        "b/Thumbs.db",
        "b/desktop.ini",
        "b/~$a.docx",
        "__MACOSX/x",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    found = [
        str(path) if isinstance(path, Unreadable) else path.relative_to(tmp_path).as_posix()
        for path in walk([tmp_path])
    ]
    assert found == ["a.txt", "b/一.pdf", "b/二.pdf"]


def test_what_is_named_itself_is_always_yielded(tmp_path: Path) -> None:
    hidden = specimens.write(tmp_path, ".hidden", b"x")
    missing = tmp_path / "missing"
    assert list(walk([missing, hidden])) == [missing, hidden]


def told(paths: Iterable[Path], **how: bool) -> list[str]:
    """What `walk` yields: names, and `reason: name` for what it does not open."""
    return [
        f"{found.reason}: {found.path.name}" if isinstance(found, Unreadable) else found.name
        for found in walk(paths, **how)
    ]


@posix
def test_links_do_not_lead_out_of_a_folder_and_are_told(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    folder = tmp_path / "folder"
    for place in (outside, folder):
        place.mkdir()
        specimens.write(place, "a.txt", b"x")
    (folder / "around").symlink_to(folder, target_is_directory=True)
    (folder / "broken").symlink_to(tmp_path / "nowhere")
    (folder / "inside").symlink_to(folder / "a.txt")
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "out").symlink_to(outside / "a.txt")
    (folder / "out-folder").symlink_to(outside, target_is_directory=True)
    assert told([folder]) == [
        "a.txt",
        "folder-link: around",
        "broken",
        "inside",
        "loop",
        "outside-link: out",
        "folder-link: out-folder",
    ]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").mkdir()
    (tmp_path / "work" / "rubbish").mkdir(parents=True)
    specimens.write(tmp_path / "work" / "rubbish", ".DS_Store", b"x")
    assert told([tmp_path]) == ["directory: rubbish", "directory: x.pdf"]
    assert told([tmp_path / "x.pdf"]) == ["directory: x.pdf"]


def library(folder: Path) -> Path:
    (folder / "files" / "0123456789abcdef").mkdir(parents=True)
    specimens.write(folder / "files" / "0123456789abcdef", "a.pdf", b"x")
    for name in ("library.sqlite3", "catalog.json", "lock"):
        specimens.write(folder, name, b"x")
    return folder


def test_a_library_is_told_once_and_never_opened(tmp_path: Path) -> None:
    specimens.write(tmp_path, "a.txt", b"x")
    folder = library(tmp_path / "學習歷程庫")
    assert told([tmp_path]) == ["a.txt", "library: 學習歷程庫"]
    assert told([folder]) == ["library: 學習歷程庫"]
    assert told([folder / "library.sqlite3", folder / "files"]) == ["library: library.sqlite3", "library: files"]
    (folder / "library.sqlite3").unlink()
    assert "lock" in told([folder])


def test_a_bundle_is_passed_by_where_that_is_asked(tmp_path: Path) -> None:
    bundle = tmp_path / "成果包"
    bundle.mkdir()
    specimens.write(bundle, "a.pdf", b"x")
    for content, is_ours in ((f'{{\n "format": "{FORMAT}"'.encode(), True), (b'{"format": "other"', False)):
        specimens.write(bundle, "manifest.json", content)
        assert told([tmp_path], into_bundles=False) == (["bundle: 成果包"] if is_ours else ["a.pdf", "manifest.json"])
        assert told([tmp_path]) == ["a.pdf", "manifest.json"]


def test_folders_without_end_are_told(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*"d" * (DEEPEST - 1))
    (deep / "last").mkdir(parents=True)
    specimens.write(deep, "a.txt", b"x")
    assert told([tmp_path]) == ["a.txt", "too-deep: last"]


def test_a_junction_is_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "junction").mkdir()
    specimens.write(tmp_path / "junction", "a.txt", b"x")
    lstat = Path.lstat

    def reparsed(path: Path) -> object:
        if path.name == "junction":
            return SimpleNamespace(st_reparse_tag=0xA0000003, st_mode=lstat(path).st_mode)
        return lstat(path)

    monkeypatch.setattr(Path, "lstat", reparsed)
    assert told([tmp_path]) == ["folder-link: junction"]


@posix
def test_a_fifo_in_a_folder_is_yielded_for_its_finding(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    assert told([tmp_path]) == ["fifo"]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_back_as_they_are(data: bytes) -> None:
    sink = io.BytesIO()
    folder = Path(os.environ["HOME"])
    source = read_source(specimens.write(folder, "any", data), sink)
    assert sink.getvalue() == data
    assert source.kind


def test_junk_is_known_by_name() -> None:
    assert is_junk("THUMBS.DB")
    assert not is_junk("縮圖.db")
