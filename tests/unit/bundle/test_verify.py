"""Verifying: an untouched bundle is sound; every harm is named; nothing hostile is followed, opened or unpacked."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import struct
import tracemalloc
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.bundles import Shelf, change_manifest, small_plan, tree
from portfolio_desktop.bundle import archive
from portfolio_desktop.bundle.reading import open_bundle
from portfolio_desktop.bundle.verify import verify
from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.progress import Cancelled, Progress, Step

PDF = "01_課程學習成果/01_水質調查報告.pdf"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shelf = Shelf(tmp_path / "shelf")
    return archive.write(small_plan(shelf), shelf.path, tmp_path / "bundle").path


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    shelf = Shelf(tmp_path / "shelf")
    return archive.write(small_plan(shelf), shelf.path, tmp_path / "bundle.zip").path


def codes(path: Path) -> list[tuple[str, str]]:
    return sorted((found.code, str(found.numbers["path"])) for found in verify(path).problems)


def pack(folder: Path, out: Path, rename: Callable[[str], str] = str, **options: Any) -> Path:
    """Pack a bundle's folder as another program would."""
    with zipfile.ZipFile(out, "w", **options) as file:
        for path, content in tree(folder).items():
            file.writestr(rename(path), content)
    return out


def test_an_untouched_bundle_is_sound(folder: Path, packed: Path) -> None:
    for path in (folder, packed):
        checked = verify(path)
        assert checked.sound
        assert checked.files == len(tree(folder)) - 1
        assert checked.bytes == sum(map(len, tree(folder).values())) - len(tree(folder)["manifest.json"])
        assert checked.manifest.year == 113


def test_steps_are_files(folder: Path) -> None:
    steps: list[Step] = []
    checked = verify(folder, Progress(steps.append))
    assert [step.done for step in steps] == list(range(1, checked.files + 1))
    assert [step.what for step in steps] == [file.path for file in checked.manifest.files]


def test_it_can_be_stopped(folder: Path, packed: Path) -> None:
    for path in (folder, packed):
        progress = Progress()
        progress.cancel()
        with pytest.raises(Cancelled):
            verify(path, progress)


class TestHarm:
    """What happens to bundles on USB sticks."""

    def test_missing(self, folder: Path) -> None:
        (folder / PDF).unlink()
        assert codes(folder) == [("bundle.missing", PDF)]

    def test_one_bit(self, folder: Path) -> None:
        content = bytearray((folder / PDF).read_bytes())
        content[1500] ^= 1
        (folder / PDF).write_bytes(content)
        assert codes(folder) == [("bundle.changed", PDF)]

    @pytest.mark.parametrize("change", [lambda old: old[:-1], lambda old: old + b"x", lambda _old: b""])
    def test_size(self, folder: Path, change: Callable[[bytes], bytes]) -> None:
        (folder / PDF).write_bytes(change((folder / PDF).read_bytes()))
        assert codes(folder) == [("bundle.size", PDF)]

    def test_extra(self, folder: Path) -> None:
        (folder / "01_課程學習成果" / "別的.pdf").write_bytes(b"x")
        assert codes(folder) == [("bundle.extra", "01_課程學習成果/別的.pdf")]

    def test_renamed(self, folder: Path) -> None:
        (folder / PDF).rename(folder / "01_課程學習成果" / "我的.pdf")
        assert codes(folder) == [("bundle.extra", "01_課程學習成果/我的.pdf"), ("bundle.missing", PDF)]

    def test_everything_at_once_is_told(self, folder: Path) -> None:
        (folder / PDF).unlink()
        (folder / "清單.csv").write_bytes(b"")
        (folder / "x").write_bytes(b"")
        assert len(codes(folder)) == 3

    @pytest.mark.parametrize("digest", ["sha256", "md5"])
    def test_each_digest_counts(self, folder: Path, digest: str) -> None:
        change_manifest(folder, lambda data: data["files"][0].update({digest: data["files"][0][digest][::-1]}))
        assert [code for code, _ in codes(folder)] == ["bundle.changed"]

    def test_every_problem_has_its_sentence(self, folder: Path) -> None:
        (folder / PDF).write_bytes(b"")
        (found,) = verify(folder).problems
        assert PDF in found.message
        assert found.advice
        assert found.severity == "error"

    @pytest.mark.skipif(os.name != "posix", reason="POSIX modes")
    def test_what_cannot_be_read(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        real = os.open

        def refuse(path: Any, flags: int, *more: Any, **named: Any) -> int:
            if str(path).endswith(PDF.rpartition("/")[2]):
                raise PermissionError(13, "denied", str(path))
            return real(path, flags, *more, **named)

        monkeypatch.setattr(os, "open", refuse)
        assert codes(folder) == [("bundle.unreadable", PDF)]

    def test_a_zip_cut_short(self, packed: Path) -> None:
        content = packed.read_bytes()
        for size in range(4, len(content), len(content) // 40):
            packed.write_bytes(content[:size])
            with pytest.raises(PortfolioError):
                verify(packed)

    def test_a_zip_with_one_changed_byte_is_never_sound(self, packed: Path) -> None:
        content = packed.read_bytes()
        for at in range(0, len(content), max(1, len(content) // 300)):
            harmed = bytearray(content)
            harmed[at] ^= 0x55
            packed.write_bytes(harmed)
            try:
                sound = verify(packed).sound
            except PortfolioError:
                continue
            # Dates, modes and versions in the headers are no content: a reader may pass over them.
            assert not sound or same_content(packed, content)


def same_content(path: Path, original: bytes) -> bool:
    with zipfile.ZipFile(path) as now, zipfile.ZipFile(io.BytesIO(original)) as before:
        return {i.filename: now.read(i) for i in now.infolist()} == {
            i.filename: before.read(i) for i in before.infolist()
        }


class TestNoBundle:
    """What a person may point at by mistake."""

    @pytest.mark.parametrize("kind", ["nothing", "empty folder", "text", "empty file", "other zip", "pipe"])
    def test_it_is_said_in_one_sentence(self, tmp_path: Path, kind: str) -> None:
        path = tmp_path / "x"
        match kind:
            case "empty folder":
                path.mkdir()
            case "text":
                path.write_text("作業" * 50_000)
            case "empty file":
                path.write_bytes(b"")
            case "other zip":
                with zipfile.ZipFile(path, "w") as file:
                    file.writestr("作業.txt", "x")
            case "pipe":
                os.mkfifo(path)
        with pytest.raises(PortfolioError) as caught:
            verify(path)
        assert not isinstance(caught.value, DamageError)
        assert str(path) in str(caught.value)
        assert "\n" not in str(caught.value)

    def test_a_manifest_deep_below_is_not_looked_for(self, folder: Path, tmp_path: Path) -> None:
        packed = pack(folder, tmp_path / "x.zip", lambda path: f"a/b/{path}")
        with pytest.raises(PortfolioError, match="不是成果包"):
            verify(packed)


class TestPackedAgain:
    """A student unpacks the ZIP and packs it again with whatever is at hand."""

    def test_compressed(self, folder: Path, tmp_path: Path) -> None:
        assert verify(pack(folder, tmp_path / "x.zip", compression=zipfile.ZIP_DEFLATED)).sound

    def test_with_one_folder_around_everything(self, folder: Path, tmp_path: Path) -> None:
        assert verify(pack(folder, tmp_path / "x.zip", lambda path: f"113學年度/{path}")).sound

    def test_with_what_macos_adds_and_decomposed_names(self, folder: Path, tmp_path: Path) -> None:
        (folder / "01_課程學習成果" / ".DS_Store").write_bytes(b"x")
        (folder / "__MACOSX").mkdir()
        (folder / "__MACOSX" / "._x").write_bytes(b"x")
        assert verify(pack(folder, tmp_path / "x.zip", lambda path: unicodedata.normalize("NFD", path))).sound
        assert verify(folder).sound

    @pytest.mark.parametrize("encoding", ["cp950", "utf-8"])
    def test_by_a_packer_that_sets_no_unicode_flag(self, folder: Path, tmp_path: Path, encoding: str) -> None:
        plain = pack(folder, tmp_path / "plain.zip", lambda path: path.encode(encoding).decode("latin-1"))
        content = plain.read_bytes()
        for path in tree(folder):
            if not path.isascii():
                shown = path.encode(encoding).decode("latin-1").encode("utf-8")
                raw = path.encode(encoding)
                content = content.replace(shown, raw + b"\0" * (len(shown) - len(raw)))
        # Names got shorter: say so in the headers, and take the flag away.
        (tmp_path / "x.zip").write_bytes(rebuilt(plain, encoding))
        assert verify(tmp_path / "x.zip").sound

    def test_with_folder_entries(self, folder: Path, tmp_path: Path) -> None:
        out = pack(folder, tmp_path / "x.zip")
        with zipfile.ZipFile(out, "a") as file:
            file.mkdir("01_課程學習成果")
        assert verify(out).sound


def rebuilt(path: Path, encoding: str) -> bytes:
    """A stored ZIP like another one, its names in an old encoding and without the flag that tells UTF-8."""
    body, directory, count = b"", b"", 0
    with zipfile.ZipFile(path) as file:
        for info in file.infolist():
            name = info.filename.encode("latin-1") if not info.filename.isascii() else info.filename.encode()
            content = file.read(info)
            fields = struct.pack(
                "<HHHHIIIHH", 0, 0, 0, 33, zlib.crc32(content), len(content), len(content), len(name), 0
            )
            header = b"PK\3\4" + struct.pack("<H", 20) + fields + name
            directory += (
                b"PK\1\2" + struct.pack("<HH", 20, 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + name
            )
            body += header + content
            count += 1
    return body + directory + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)


class TestHostileFolder:
    """Links and other things that are no files."""

    def test_a_link_is_told_and_not_followed(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "secret").write_bytes((folder / PDF).read_bytes())
        (folder / PDF).unlink()
        (folder / PDF).symlink_to(tmp_path / "secret")
        assert codes(folder) == [("bundle.link", PDF), ("bundle.missing", PDF)]

    def test_a_linked_folder(self, folder: Path, tmp_path: Path) -> None:
        (folder / "01_課程學習成果").rename(tmp_path / "elsewhere")
        (folder / "01_課程學習成果").symlink_to(tmp_path / "elsewhere")
        assert ("bundle.link", "01_課程學習成果") in codes(folder)
        assert ("bundle.missing", PDF) in codes(folder)

    def test_a_loop_ends(self, folder: Path) -> None:
        (folder / "loop").symlink_to(folder)
        assert codes(folder) == [("bundle.link", "loop")]

    def test_a_linked_manifest_is_none(self, folder: Path, tmp_path: Path) -> None:
        (folder / "manifest.json").rename(tmp_path / "m")
        (folder / "manifest.json").symlink_to(tmp_path / "m")
        with pytest.raises(PortfolioError):
            verify(folder)

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
    def test_a_pipe_never_hangs(self, folder: Path) -> None:
        (folder / PDF).unlink()
        os.mkfifo(folder / PDF)
        assert codes(folder) == [("bundle.missing", PDF), ("bundle.not-a-file", PDF)]

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
    def test_a_file_that_becomes_a_pipe_meanwhile(self, folder: Path) -> None:
        with open_bundle(folder) as bundle:
            (folder / PDF).unlink()
            os.mkfifo(folder / PDF)
            with pytest.raises(OSError, match="not a regular file"), bundle.open(PDF):
                pass

    def test_a_file_that_becomes_a_link_meanwhile(self, folder: Path, tmp_path: Path) -> None:
        with open_bundle(folder) as bundle:
            (folder / PDF).rename(tmp_path / "x")
            (folder / PDF).symlink_to(tmp_path / "x")
            with pytest.raises(OSError), bundle.open(PDF):  # noqa: PT011 - the system's own error
                pass

    def test_folders_without_end(self, folder: Path) -> None:
        deep = folder.joinpath(*["d"] * 100)
        deep.mkdir(parents=True)
        (deep / "x").write_bytes(b"x")
        ((code, path),) = codes(folder)
        assert code == "bundle.extra"
        assert path.count("/") == 8

    @pytest.mark.parametrize("path", ["../outside", "/etc/hostname", "a/../../outside", "C:\\x", "a\\..\\x"])
    def test_a_manifest_that_points_out(self, folder: Path, path: str) -> None:
        (folder.parent / "outside").write_bytes(b"x")
        change_manifest(folder, lambda data: data["files"][0].update({"path": path}))
        with pytest.raises(DamageError, match="不安全"):
            verify(folder)

    def test_a_huge_manifest_is_not_read(self, folder: Path) -> None:
        os.truncate(folder / "manifest.json", 1 << 40)
        with pytest.raises(DamageError, match="不合理"):
            verify(folder)

    def test_a_file_announced_as_huge_is_not_read(self, folder: Path) -> None:
        os.truncate(folder / PDF, 1 << 40)
        assert codes(folder) == [("bundle.size", PDF)]


def with_member(packed: Path, name: str, content: bytes = b"x", **attributes: Any) -> Path:
    """The ZIP with one more member."""
    info = zipfile.ZipInfo(name)
    for key, value in attributes.items():
        setattr(info, key, value)
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "a") as file:
        warnings.simplefilter("ignore")  # duplicates are what is wanted
        file.writestr(info, content)
    return packed


class TestHostileZip:
    """Archives made to harm who unpacks them."""

    @pytest.mark.parametrize(
        "name", ["../x", "/x", "a/../../x", "..\\x", "C:\\x", "a//x", "con.txt", "a\u202eb", "x" * 300, "a\nb"]
    )
    def test_unsafe_names(self, packed: Path, name: str) -> None:
        ((code, _path),) = codes(with_member(packed, name))
        assert code == "bundle.unsafe-name"

    @pytest.mark.parametrize("name", [PDF, PDF.upper(), unicodedata.normalize("NFD", "é.pdf")])
    def test_the_same_name_twice(self, packed: Path, name: str) -> None:
        if name.endswith("é.pdf") or not unicodedata.is_normalized("NFC", name):
            with_member(packed, "é.pdf")
        assert "bundle.same-name" in {code for code, _ in codes(with_member(packed, name))}

    def test_the_first_of_two_counts(self, packed: Path) -> None:
        assert codes(with_member(packed, PDF, b"evil")) == [("bundle.same-name", PDF)]

    def test_a_link(self, packed: Path) -> None:
        with_member(packed, "link", b"/etc/passwd", external_attr=(stat.S_IFLNK | 0o777) << 16)
        assert codes(packed) == [("bundle.link", "link")]

    def test_a_device(self, packed: Path) -> None:
        with_member(packed, "dev", b"", external_attr=(stat.S_IFCHR | 0o777) << 16)
        assert codes(packed) == [("bundle.not-a-file", "dev")]

    def test_a_password(self, folder: Path, tmp_path: Path) -> None:
        content = bytearray(pack(folder, tmp_path / "x.zip").read_bytes())
        at = content.rindex(PDF.encode()) - 46 + 8
        content[at] |= 1
        (tmp_path / "x.zip").write_bytes(content)
        assert codes(tmp_path / "x.zip") == [("bundle.encrypted", PDF), ("bundle.missing", PDF)]

    def test_another_compression(self, folder: Path, tmp_path: Path) -> None:
        out = pack(folder, tmp_path / "x.zip")
        with zipfile.ZipFile(out, "a") as file:
            file.writestr("x", b"x" * 100, zipfile.ZIP_BZIP2)
        assert codes(out) == [("bundle.compression", "x")]

    def test_a_bomb_is_read_as_far_as_the_manifest_says(self, folder: Path, tmp_path: Path) -> None:
        """The directory says 3,000 bytes as the manifest does; what comes out of the compressor is 200 MB."""
        path = tmp_path / "bomb.zip"
        held = tree(folder)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in held.items():
                file.writestr(name, bytes(200 << 20) if name == PDF else content)
        content = bytearray(path.read_bytes())
        at = content.rindex(PDF.encode()) - 46 + 24
        struct.pack_into("<I", content, at, 3000)
        path.write_bytes(content)
        tracemalloc.start()
        try:
            found = codes(path)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert found[0][1] == PDF
        assert peak < 40 << 20

    def test_an_honest_bomb_is_not_read_at_all(self, packed: Path) -> None:
        with zipfile.ZipFile(packed, "a") as file:
            file.writestr("bomb", bytes(300 << 20), zipfile.ZIP_DEFLATED)
        assert codes(packed) == [("bundle.extra", "bomb")]

    def test_a_huge_manifest_in_a_small_zip(self, folder: Path, tmp_path: Path) -> None:
        path = tmp_path / "x.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("manifest.json", b" " * (100 << 20))
        with pytest.raises(DamageError, match="不合理"):
            verify(path)

    def test_a_directory_that_would_fill_the_memory(self, packed: Path) -> None:
        content = bytearray(packed.read_bytes())
        struct.pack_into("<I", content, len(content) - 22 + 12, 1 << 30)
        packed.write_bytes(content)
        with pytest.raises(PortfolioError):
            verify(packed)

    def test_more_members_than_a_bundle_can_have(self, packed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("portfolio_desktop.bundle.opened.MOST_MEMBERS", 3)
        with pytest.raises(PortfolioError, match="太多"):
            verify(packed)

    @given(st.binary(max_size=400))
    def test_any_bytes_at_all(self, tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
        path = tmp_path_factory.mktemp("zip") / "x.zip"
        path.write_bytes(b"PK\3\4" + content + b"PK\5\6" + content[:18].ljust(18, b"\0"))
        try:
            verify(path)
        except PortfolioError:
            pass
        finally:
            shutil.rmtree(path.parent)


def test_a_bundle_of_a_newer_program(folder: Path) -> None:
    change_manifest(folder, lambda data: data.update(version=99))
    with pytest.raises(PortfolioError, match="較新版") as caught:
        verify(folder)
    assert caught.value.exit_code == 4


def test_a_broken_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text(json.dumps({"format": "portfolio-desktop/bundle"})[:-5])
    with pytest.raises(DamageError) as caught:
        verify(folder)
    assert caught.value.exit_code == 3
