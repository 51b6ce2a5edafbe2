"""Bundles made to harm: refused in one sentence, by `verify` and by `import`, with nothing written and nothing left.

What the opened bundle itself tells of names, links and sizes stands in tests/unit/bundle/test_verify.py.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import struct
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fuzz.targets import Targets
from helpers.libraries import picture
from portfolio_desktop.bundle.importing import import_bundle
from portfolio_desktop.bundle.manifest import LARGEST
from portfolio_desktop.bundle.verify import verify
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.inspection import text
from portfolio_desktop.library.library import Library

Harm = Callable[[dict[str, bytes]], bytes]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Targets]:
    targets = Targets(tmp_path_factory.mktemp("made") / "arena")
    yield targets
    targets.close()


@pytest.fixture
def contents(made: Targets) -> dict[str, bytes]:
    """A complete bundle by path."""
    paths = sorted(path for path in made.bundle.rglob("*") if path.is_file())
    return {path.relative_to(made.bundle).as_posix(): path.read_bytes() for path in paths}


def packed(contents: dict[str, bytes], *more: tuple[str | zipfile.ZipInfo, bytes], deflate: bool = True) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", 8 if deflate else 0) as file:
        warnings.simplefilter("ignore")  # names that stand there twice are what is wanted
        for name, content in (*contents.items(), *more):
            file.writestr(name, content)
    return buffer.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (0o120777) << 16
    return info


def nameless() -> zipfile.ZipInfo:
    """Readers cut a name at its first null character: nothing is left of this one."""
    info = zipfile.ZipInfo("x")
    info.filename = "\0x"
    return info


def listed(contents: dict[str, bytes], path: str, size: int) -> dict[str, bytes]:
    """The bundle whose manifest names one more file."""
    manifest = json.loads(contents["manifest.json"])
    manifest["files"].append({"path": path, "size": size, "sha256": "0" * 64, "md5": "0" * 32})
    return contents | {"manifest.json": json.dumps(manifest).encode()}


def overlapping(contents: dict[str, bytes]) -> bytes:
    """Many members of one directory that all unpack from the same bytes (as in the bombs of 2019)."""
    names = [f"完整資料/files/{number:016x}/x.bin" for number in range(400)]
    for name in names:
        contents = listed(contents, name, 100_000)
    data = packed(contents, (names[0], bytes(100_000)))
    end = data.rindex(b"PK\5\6")
    count, _all, length, start = struct.unpack_from("<HHII", data, end + 8)
    at = data.rindex(b"PK\1\2")
    entry, directory = data[at:end], data[start : start + length]
    for name in names[1:]:
        directory += entry.replace(names[0].encode(), name.encode())
    tail = bytearray(data[end:])
    struct.pack_into("<HHII", tail, 8, count + 399, count + 399, len(directory), start)
    return data[:start] + directory + bytes(tail)


def quine(contents: dict[str, bytes]) -> bytes:
    """A bundle in a bundle in a bundle: what lies inside is never looked into."""
    inner = packed(contents)
    for _ in range(50):
        inner = packed({"manifest.json": inner, "b.zip": inner})
    return inner


def unpacking(size: int) -> Harm:
    """A listed member that unpacks to `size` zeros, honestly announced."""

    def harm(contents: dict[str, bytes]) -> bytes:
        return packed(listed(contents, "完整資料/bomb.bin", size), ("完整資料/bomb.bin", bytes(size)))

    return harm


HARMS: dict[str, Harm] = {
    "zip slip": lambda held: packed(held, ("../outside.txt", b"x")),
    "zip slip, listed": lambda held: packed(listed(held, "../outside.txt", 1), ("../outside.txt", b"x")),
    "absolute": lambda held: packed(held, ("/tmp/outside.txt", b"x")),
    "a drive": lambda held: packed(held, ("C:/outside.txt", b"x")),
    "backslashes": lambda held: packed(held, ("a\\..\\..\\outside.txt", b"x")),
    "no name": lambda held: packed(held, (nameless(), b"x")),
    "a link": lambda held: packed(held, (link("完整資料/link"), b"../../outside.txt")),
    "a link as a folder": lambda held: packed(held, (link("完整資料/d"), b"../.."), ("完整資料/d/outside.txt", b"x")),
    "twice": lambda held: packed(held, ("manifest.json", b"{}")),
    "twice by case": lambda held: packed(held, ("MANIFEST.JSON", b"{}")),
    "twice by form": lambda held: packed(held, ("\u00e9.txt", b"1"), ("e\u0301.txt", b"2")),
    "bidi": lambda held: packed(held, ("a\u202efdp.exe", b"x")),
    "a bomb": unpacking(200 << 20),
    "overlapping": overlapping,
    "bundles in bundles": quine,
    "deep JSON": lambda held: packed(held | {"manifest.json": b"[" * 500_000}),
    "deep dump": lambda held: packed(held | {"完整資料/catalog.json": b"[" * 500_000}),
    "other bytes": lambda held: packed({name: content + b" " * ("/files/" in name) for name, content in held.items()}),
    "a newer version": lambda held: packed(
        held | {"manifest.json": held["manifest.json"].replace(b'"version": 1', b'"version": 2')}
    ),
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_harmful_zip_is_refused_whole(
    contents: dict[str, bytes], harm: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arena = tmp_path / "a" / "b"
    (arena / "temporary").mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(arena / "temporary"))
    (arena / "b.zip").write_bytes(HARMS[harm](contents))
    before = picture(tmp_path)
    with pytest.raises(PortfolioError) as refused:
        import_bundle(arena / "b.zip", arena / "new")
    said = str(refused.value)
    assert said
    assert "\n" not in said
    assert "\u202e" not in said
    try:
        checked = verify(arena / "b.zip")
    except PortfolioError:
        pass
    else:
        assert checked.problems or harm == "deep dump", "hashes alone cannot tell that"
    assert picture(tmp_path) == before


def test_no_more_than_what_is_listed_counts(contents: dict[str, bytes], tmp_path: Path) -> None:
    """What nobody reads does no harm: told as too much, and the rest is verified."""
    path = tmp_path / "b.zip"
    path.write_bytes(packed(contents, ("bomb.bin", bytes(200 << 20))))
    assert [problem.code for problem in verify(path).problems] == ["bundle.extra"]


def test_a_manifest_of_two_gigabytes_in_a_folder(made: Targets, tmp_path: Path) -> None:
    """A sparse file: its size is enough to refuse it."""
    folder = tmp_path / "bundle"
    folder.mkdir()
    with (folder / "manifest.json").open("wb") as file:
        file.write(b'{"format": "portfolio-desktop/bundle"')
        file.truncate(2 << 30)
    _refused_in_little_memory(folder, tmp_path / "new")


def test_a_manifest_of_two_gigabytes_in_a_zip(tmp_path: Path) -> None:
    """The directory says 2 GB; a lying one says little, and as much is read and no more."""
    for told in (2 << 30, 1000):
        data = bytearray(packed({"manifest.json": b" " * (LARGEST + (1 << 20))}))
        struct.pack_into("<I", data, data.rindex(b"PK\1\2") + 24, told)
        (tmp_path / "b.zip").write_bytes(data)
        _refused_in_little_memory(tmp_path / "b.zip", tmp_path / "new")


def _refused_in_little_memory(path: Path, new: Path) -> None:
    tracemalloc.start()
    try:
        for deed in (lambda: verify(path), lambda: import_bundle(path, new)):
            with pytest.raises(PortfolioError, match=r"manifest\.json"):
                deed()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 << 20
    assert not new.exists()


@pytest.mark.skipif(os.name != "posix", reason="links need no privilege there")
@pytest.mark.parametrize("where", ["manifest.json", "完整資料/catalog.json", "完整資料/files", "完整資料", "more"])
def test_a_link_in_a_folder_bundle(made: Targets, contents: dict[str, bytes], where: str, tmp_path: Path) -> None:
    """The bytes behind it would even be the right ones: it is not followed."""
    folder = tmp_path / "bundle"
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    if where == "more":
        (folder / where).symlink_to(tmp_path)
    else:
        (folder / where).rename(tmp_path / "moved")
        (folder / where).symlink_to(tmp_path / "moved")
    before = picture(tmp_path)
    with pytest.raises(PortfolioError):
        import_bundle(folder, tmp_path / "new")
    assert picture(tmp_path) == before


def test_a_torn_document_gives_the_text_before_the_tear(tmp_path: Path) -> None:
    """Found by fuzzing: a part whose packed bytes are broken raises what no list of a ZIP's errors names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("ppt/slides/slide1.xml", "<a:p>水質</a:p>")
        file.writestr("ppt/slides/slide2.xml", "<a:p>" + "調查" * 3000 + "</a:p>")
    data = bytearray(buffer.getvalue())
    at = data.index(b"slide2.xml") + 10
    data[at : at + 20] = b"\xff" * 20
    (tmp_path / "a.pptx").write_bytes(data)
    assert text.extract(str(tmp_path / "a.pptx"), "pptx") == "水質"


def test_a_database_whose_words_are_no_text_is_damaged(made: Targets, tmp_path: Path) -> None:
    """Found by fuzzing: SQLite quotes the torn schema in its message, and Python cannot decode that."""
    shutil.copytree(made.library, tmp_path / "library")
    database = tmp_path / "library" / "library.sqlite3"
    content = database.read_bytes()
    at = content.index(b"CREATE TABLE piece")
    database.write_bytes(content[:at] + b"CREATE TABLE \xff\xfe\xff" + content[at + 16 :])
    for read_only in (True, False):
        with pytest.raises(PortfolioError) as refused:
            Library.open(tmp_path / "library", read_only=read_only)
        assert "rebuild" in str(refused.value)
