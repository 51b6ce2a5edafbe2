"""Writing a bundle: whole, verified, the same bytes each time; and nothing left of one that was not finished."""

from __future__ import annotations

import io
import json
import os
import stat
import threading
import time
import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from helpers.bundles import PROFILE, Shelf, entry, noise, plan_of, small_plan, tree
from portfolio_desktop.bundle import archive
from portfolio_desktop.bundle.entries import BundlePlan
from portfolio_desktop.bundle.verify import CHUNK, verify
from portfolio_desktop.errors import DamageError, PortfolioError, UsageError
from portfolio_desktop.progress import Cancelled, Progress, Step

ENDINGS = pytest.mark.parametrize("name", ["113學年度", "113學年度.zip", "113學年度.ZIP"])


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def content(path: Path) -> dict[str, bytes]:
    if path.is_dir():
        return tree(path)
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        return {info.filename: file.read(info) for info in file.infolist()}


@ENDINGS
def test_a_bundle_holds_its_files_under_their_names(shelf: Shelf, desk: Path, name: str) -> None:
    plan = small_plan(shelf, files=2)
    written = archive.write(plan, shelf.path, desk / name)
    held = content(written.path)
    assert sorted(held) == sorted(
        [
            "01_課程學習成果/01_水質調查報告.pdf",
            "01_課程學習成果/02_水質調查報告.pdf",
            "manifest.json",
            "上傳複製單.html",
            "清單.csv",
            "清單.xlsx",
        ]
    )
    assert held["01_課程學習成果/02_水質調查報告.pdf"] == noise(3000, 2)
    assert (written.files, written.bytes) == (6, sum(map(len, held.values())))
    assert names(desk) == [name]


@ENDINGS
def test_the_same_plan_gives_the_same_bytes(
    shelf: Shelf, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = small_plan(shelf)
    first = archive.write(plan, shelf.path, tmp_path / "one" / name).path
    later = time.time() + 400 * 24 * 3600
    monkeypatch.setattr(time, "time", lambda: later)
    for path in shelf.known.values():
        os.utime(path, (later, later))
    second = archive.write(plan, shelf.path, tmp_path / "two" / name).path
    assert content(first) == content(second)
    if first.is_file():
        assert first.read_bytes() == second.read_bytes()


def test_a_folder_and_a_zip_hold_the_same(shelf: Shelf, desk: Path) -> None:
    plan = small_plan(shelf)
    folder, packed = (archive.write(plan, shelf.path, desk / name).path for name in ("a", "a.zip"))
    assert content(folder) == content(packed)


@pytest.mark.skipif(os.name != "posix", reason="modes are a POSIX thing")
def test_modes_do_not_depend_on_the_umask(shelf: Shelf, desk: Path) -> None:
    plan = small_plan(shelf, files=1)
    before = os.umask(0o077)
    try:
        folder = archive.write(plan, shelf.path, desk / "a").path
        packed = archive.write(plan, shelf.path, desk / "a.zip").path
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()} | {
        stat.S_IMODE(packed.stat().st_mode)
    }
    assert modes == {0o644}
    assert {stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.rglob("*")] if path.is_dir()} == {0o755}


@ENDINGS
def test_a_plan_without_pieces_is_a_bundle_too(shelf: Shelf, desk: Path, name: str) -> None:
    written = archive.write(plan_of([]), shelf.path, desk / name)
    assert verify(written.path).sound
    assert "manifest.json" in content(written.path)


@ENDINGS
@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, 2 * CHUNK + 1])
def test_files_of_every_size(shelf: Shelf, desk: Path, name: str, size: int) -> None:
    plan = plan_of([entry(1, [shelf.target("01_課程學習成果/01_水.pdf", noise(size))])])
    written = archive.write(plan, shelf.path, desk / name)
    assert content(written.path)["01_課程學習成果/01_水.pdf"] == noise(size)


def test_the_manifest_names_every_other_file_with_its_digests(shelf: Shelf, desk: Path) -> None:
    folder = archive.write(small_plan(shelf), shelf.path, desk / "a").path
    data = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    listed = {file["path"]: file for file in data["files"]}
    assert set(listed) == set(tree(folder)) - {"manifest.json"}
    assert list(listed) == sorted(listed)
    assert all(file["size"] == (folder / path).stat().st_size for path, file in listed.items())
    assert data["year"] == 113
    assert not data["complete"]
    assert data["pieces"][0]["files"][0]["path"] in listed


def test_every_name_is_in_one_unicode_form(shelf: Shelf, desk: Path) -> None:
    folder = archive.write(small_plan(shelf), shelf.path, desk / "a").path
    assert all(unicodedata.is_normalized("NFC", path) for path in tree(folder))


def test_a_complete_bundle_carries_the_dump(shelf: Shelf, desk: Path) -> None:
    stored = (shelf.target("完整資料/files/0123456789abcdef/舊.docx", b"old", "source", "docx"),)
    plan = plan_of([], everything=True, stored=stored)
    held = content(archive.write(plan, shelf.path, desk / "a", dump=b"{}\n").path)
    assert held["完整資料/catalog.json"] == b"{}\n"
    assert held["完整資料/files/0123456789abcdef/舊.docx"] == b"old"
    assert json.loads(held["manifest.json"])["complete"] is True


@pytest.mark.parametrize(("everything", "dump"), [(True, None), (False, b"{}")])
def test_a_dump_and_a_complete_plan_belong_together(
    shelf: Shelf, desk: Path, everything: bool, dump: bytes | None
) -> None:
    with pytest.raises(ValueError, match="dump"):
        archive.write(plan_of([], everything=everything), shelf.path, desk / "a", dump=dump)


@ENDINGS
def test_progress_counts_every_file(shelf: Shelf, desk: Path, name: str) -> None:
    steps: list[Step] = []
    written = archive.write(small_plan(shelf), shelf.path, desk / name, Progress(steps.append))
    assert [step.done for step in steps] == list(range(1, written.files + 1))
    assert {step.total for step in steps} == {written.files}
    assert steps[-1].what == "manifest.json"


class StopsAt(Progress):
    """Someone who cancels when a certain step is shown."""

    def __init__(self, number: int) -> None:
        super().__init__(lambda step: self.cancel() if step.done == number else None)


@ENDINGS
def test_a_cancel_at_any_step_leaves_nothing(shelf: Shelf, desk: Path, name: str) -> None:
    plan = small_plan(shelf)
    total = len(plan.targets) + 4
    for stop_at in range(1, total + 1):
        with pytest.raises(Cancelled):
            archive.write(plan, shelf.path, desk / name, StopsAt(stop_at))
        assert names(desk) == []


@ENDINGS
def test_a_cancel_keeps_the_earlier_bundle(shelf: Shelf, desk: Path, name: str) -> None:
    before = content(archive.write(small_plan(shelf, 1), shelf.path, desk / name).path)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        archive.write(small_plan(shelf, 2), shelf.path, desk / name, progress)
    assert names(desk) == [name]
    assert content(desk / name) == before


@ENDINGS
@pytest.mark.parametrize("harm", ["missing", "shorter", "longer", "changed"])
def test_a_library_that_lost_bytes_stops_the_export(shelf: Shelf, desk: Path, name: str, harm: str) -> None:
    plan = small_plan(shelf)
    path = shelf.path(plan.targets[1].sha256)
    whole = path.read_bytes()
    match harm:
        case "missing":
            path.unlink()
        case "shorter":
            path.write_bytes(whole[:-1])
        case "longer":
            path.write_bytes(whole + b"x")
        case "changed":
            path.write_bytes(b"X" + whole[1:])
    with pytest.raises(DamageError, match="02_水質調查報告"):
        archive.write(plan, shelf.path, desk / name)
    assert names(desk) == []


@ENDINGS
def test_a_full_disk_is_told_before_anything_is_written(
    shelf: Shelf, desk: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=1000))
    with pytest.raises(PortfolioError, match="磁碟空間不夠") as caught:
        archive.write(small_plan(shelf), shelf.path, desk / name)
    assert caught.value.exit_code == 4
    assert names(desk) == []


def test_a_disk_that_fills_up_meanwhile(shelf: Shelf, desk: Path) -> None:
    error = OSError(28, "No space left on device")
    message = str(archive._in_the_way(error, desk / "a"))
    assert "磁碟空間不夠" in message
    assert str(desk / "a") in message


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs a file system that refuses even root")
def test_a_place_that_cannot_be_written(shelf: Shelf) -> None:
    with pytest.raises(PortfolioError) as caught:
        archive.write(small_plan(shelf), shelf.path, Path("/proc/nowhere/a"))
    assert caught.value.exit_code == 4


@ENDINGS
def test_missing_folders_above_are_made(shelf: Shelf, desk: Path, name: str) -> None:
    assert verify(archive.write(small_plan(shelf), shelf.path, desk / "甲" / "乙" / name).path).sound


def test_a_relative_place(shelf: Shelf, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    assert archive.write(small_plan(shelf), shelf.path, Path("here")).path == desk / "here"


def test_the_source_is_asked_by_the_callers_thread_only(shelf: Shelf, desk: Path) -> None:
    asked: set[int] = set()

    def source(sha256: str) -> Path:
        asked.add(threading.get_ident())
        return shelf.path(sha256)

    archive.write(small_plan(shelf), source, desk / "a")
    assert asked == {threading.get_ident()}


class TestTargets:
    """What stands at the target already."""

    def test_an_empty_folder_is_filled(self, shelf: Shelf, desk: Path) -> None:
        (desk / "a").mkdir()
        assert verify(archive.write(small_plan(shelf), shelf.path, desk / "a").path).sound

    @ENDINGS
    def test_an_earlier_bundle_is_replaced(self, shelf: Shelf, desk: Path, name: str) -> None:
        archive.write(small_plan(shelf, 3), shelf.path, desk / name)
        written = archive.write(small_plan(shelf, 1), shelf.path, desk / name)
        assert written.kept is None
        assert names(desk) == [name]
        assert sum(path.endswith(".pdf") for path in content(desk / name)) == 1

    @pytest.mark.parametrize("exchange", [True, False])
    def test_with_or_without_a_call_that_swaps_names(
        self, shelf: Shelf, desk: Path, exchange: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if not exchange:
            monkeypatch.setattr("portfolio_desktop.bundle.swap._exchange", lambda _one, _other: False)
        archive.write(small_plan(shelf, 2), shelf.path, desk / "a")
        archive.write(small_plan(shelf, 1), shelf.path, desk / "a")
        assert names(desk) == ["a"]
        assert verify(desk / "a").sound

    def test_an_earlier_one_stays_when_the_last_rename_fails(
        self, shelf: Shelf, desk: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = content(archive.write(small_plan(shelf, 2), shelf.path, desk / "a").path)
        monkeypatch.setattr("portfolio_desktop.bundle.swap._exchange", lambda _one, _other: False)
        real = Path.rename

        def rename(self: Path, target: Path) -> Path:
            if self.name.endswith(".part"):
                raise PermissionError(13, "in use", str(self))
            return real(self, target)

        monkeypatch.setattr(Path, "rename", rename)
        with pytest.raises(PortfolioError, match="沒有權限"):
            archive.write(small_plan(shelf, 1), shelf.path, desk / "a")
        assert names(desk) == ["a"]
        assert content(desk / "a") == before

    @pytest.mark.parametrize("change", ["extra", "edited", "removed"])
    def test_one_that_a_person_changed_is_kept_under_another_name(self, shelf: Shelf, desk: Path, change: str) -> None:
        archive.write(small_plan(shelf, 2), shelf.path, desk / "a")
        match change:
            case "extra":
                (desk / "a" / "我的筆記.txt").write_text("記得問老師")
            case "edited":
                (desk / "a" / "清單.csv").write_text("改過")
            case "removed":
                (desk / "a" / "清單.csv").unlink()
        before = content(desk / "a")
        written = archive.write(small_plan(shelf, 1), shelf.path, desk / "a")
        assert written.kept == desk / "a（舊）"
        assert content(desk / "a（舊）") == before
        assert verify(desk / "a").sound
        (desk / "a" / "x").write_text("y")
        assert archive.write(small_plan(shelf, 1), shelf.path, desk / "a").kept == desk / "a（舊2）"

    @pytest.mark.parametrize("fails", [".part", "（舊）"])
    def test_what_a_person_changed_survives_a_failing_rename(
        self, shelf: Shelf, desk: Path, fails: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        archive.write(small_plan(shelf, 2), shelf.path, desk / "a")
        (desk / "a" / "我的筆記.txt").write_text("記得問老師")
        before = content(desk / "a")
        real = Path.rename

        def rename(self: Path, target: Path) -> Path:
            if self.name.endswith(fails) or (fails == "（舊）" and target.name.endswith(fails)):
                raise PermissionError(13, "in use", str(self))
            return real(self, target)

        monkeypatch.setattr(Path, "rename", rename)
        with pytest.raises(PortfolioError):
            archive.write(small_plan(shelf, 1), shelf.path, desk / "a")
        assert names(desk) == ["a"]
        assert content(desk / "a") == before

    def test_a_zip_that_was_changed_is_kept_too(self, shelf: Shelf, desk: Path) -> None:
        path = archive.write(small_plan(shelf, 2), shelf.path, desk / "a.zip").path
        with zipfile.ZipFile(path, "a") as file:
            file.writestr("筆記.txt", "記得問老師")
        assert archive.write(small_plan(shelf, 1), shelf.path, path).kept == desk / "a（舊）.zip"

    def test_dropped_system_files_do_not_make_it_precious(self, shelf: Shelf, desk: Path) -> None:
        archive.write(small_plan(shelf, 2), shelf.path, desk / "a")
        (desk / "a" / ".DS_Store").write_bytes(b"x")
        (desk / "a" / "01_課程學習成果" / "Thumbs.db").write_bytes(b"x")
        assert archive.write(small_plan(shelf, 1), shelf.path, desk / "a").kept is None

    @ENDINGS
    @pytest.mark.parametrize("other", ["year", "student", "library", "all", "pieces", "nothing"])
    def test_a_sound_bundle_of_something_else_is_kept_under_another_name(
        self, shelf: Shelf, desk: Path, name: str, other: str
    ) -> None:
        plan = small_plan(shelf, 2)
        written = archive.write(plan, shelf.path, desk / name)
        before = content(written.path)
        dump = None
        match other:
            case "year":
                plan = replace(plan, year=114)
            case "student":
                plan = replace(plan, profile=PROFILE | {"name": "王小華"})
            case "library":  # the same numbers and titles, other bytes
                plan = plan_of([entry(1, [shelf.target("01_課程學習成果/01_水.pdf", noise(50, 9))])])
            case "pieces":  # one piece is the same, another of the same number is not
                mixed = entry(2, [shelf.target("01_課程學習成果/02_風.pdf", noise(50, 9))], title="風")
                plan = plan_of([plan.entries[0], mixed])
            case "all":
                plan, dump = replace(plan, everything=True), b"{}"
            case "nothing":
                plan = plan_of([])
        written = archive.write(plan, shelf.path, desk / name, dump=dump)
        assert written.kept is not None
        assert written.kept.name == f"113學年度（舊）{written.path.suffix}"
        assert content(written.kept) == before
        assert verify(written.kept).sound
        assert verify(written.path).sound

    def test_a_complete_bundle_gives_way_only_to_one_that_holds_all_its_bytes(self, shelf: Shelf, desk: Path) -> None:
        def plan(*versions: bytes) -> BundlePlan:
            made = small_plan(shelf, 1)
            stored = tuple(shelf.target(f"完整資料/files/{n:016d}/稿.docx", one) for n, one in enumerate(versions))
            return replace(made, everything=True, stored=stored)

        first = archive.write(plan(b"one", b"two"), shelf.path, desk / "a", dump=b"{}")
        assert archive.write(plan(b"one", b"two", b"three"), shelf.path, desk / "a", dump=b"{}").kept is None
        fewer = archive.write(plan(b"one", b"two"), shelf.path, desk / "a", dump=b"{}")
        assert fewer.kept == desk / "a（舊）"
        assert "完整資料/files/0000000000000002/稿.docx" in content(fewer.kept)
        assert first.kept is None

    def test_a_named_students_changed_piece_is_replaced(self, shelf: Shelf, desk: Path) -> None:
        named = PROFILE | {"name": "王小華"}
        archive.write(replace(small_plan(shelf, 1), profile=named), shelf.path, desk / "a")
        mended = plan_of([entry(1, [shelf.target("01_課程學習成果/01_水.pdf", noise(50, 9))])], profile=named)
        assert archive.write(mended, shelf.path, desk / "a").kept is None

    @pytest.mark.parametrize("name", ["a", "a.zip"])
    def test_anything_else_is_refused_and_untouched(self, shelf: Shelf, desk: Path, name: str) -> None:
        target = desk / name
        if name == "a":
            target.mkdir()
            (target / "作業.txt").write_text("我的")
        else:
            with zipfile.ZipFile(target, "w") as file:
                file.writestr("作業.txt", "我的")
        before = content(target)
        with pytest.raises(PortfolioError, match="已經有別的東西"):
            archive.write(small_plan(shelf), shelf.path, target)
        assert content(target) == before
        assert names(desk) == [name]

    def test_another_programs_manifest_is_no_bundle(self, shelf: Shelf, desk: Path) -> None:
        (desk / "a").mkdir()
        (desk / "a" / "manifest.json").write_text('{"name": "my extension"}')
        with pytest.raises(PortfolioError, match="已經有別的東西"):
            archive.write(small_plan(shelf), shelf.path, desk / "a")

    @pytest.mark.parametrize(("name", "kind"), [("a", "file"), ("a.zip", "folder"), ("a", "link"), ("a.zip", "link")])
    def test_the_wrong_sort_of_thing(self, shelf: Shelf, desk: Path, name: str, kind: str) -> None:
        target = desk / name
        match kind:
            case "file":
                target.write_text("x")
            case "folder":
                target.mkdir()
            case "link":
                target.symlink_to(desk / "elsewhere")
        with pytest.raises(PortfolioError) as caught:
            archive.write(small_plan(shelf), shelf.path, target)
        assert caught.value.exit_code == 4  # the world is in the way, not a wrong word
        assert names(desk) == [name]

    def test_the_root_is_no_target(self, shelf: Shelf) -> None:
        with pytest.raises(UsageError):
            archive.write(small_plan(shelf), shelf.path, Path("/"))


def test_a_plan_is_equal_to_itself_and_has_an_id(shelf: Shelf) -> None:
    plan = small_plan(shelf)
    assert plan.id == small_plan(shelf).id
    assert plan.id != small_plan(shelf, files=2).id
    assert plan.id != BundlePlan(114, PROFILE, plan.entries).id
    assert len({plan.mark(one) for one in plan.entries}) == len(plan.entries)


def test_the_zip_is_read_by_a_reader_that_starts_at_the_front(shelf: Shelf, desk: Path) -> None:
    """Sizes and checksums stand in the local headers too: streaming unpackers need no directory."""
    data = archive.write(small_plan(shelf), shelf.path, desk / "a.zip").path.read_bytes()
    assert data.startswith(b"PK\3\4")
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.infolist()[-1].filename == "manifest.json"
        assert all(not info.flag_bits & 0x8 for info in file.infolist())
