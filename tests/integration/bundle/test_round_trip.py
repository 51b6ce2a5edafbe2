"""The whole circle on a real library: export, verify, import, and the dump is the same."""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.bundles import FORMS, change_manifest, noise, tree
from helpers.checkout import ROOT
from helpers.specimens import mp3
from portfolio_desktop.bundle import archive
from portfolio_desktop.bundle.importing import import_bundle
from portfolio_desktop.bundle.plan import plan_bundle
from portfolio_desktop.bundle.verify import verify
from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.findings.rules import RuleBook
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import Edit, NewPiece, PieceFilter
from portfolio_desktop.pieces.piece import Course
from portfolio_desktop.progress import Cancelled, Progress
from portfolio_desktop.terms import Term

RULES = RuleBook.load(ROOT / "resources" / "rules")
ENDINGS = pytest.mark.parametrize("ending", ["", ".zip"])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pieces of several categories and years, replaced files, a trashed piece, odd names, school rules."""
    folder = tmp_path_factory.mktemp("round-trip")
    work = folder / "work"
    work.mkdir()
    for number in range(1, 7):
        (work / f"作品 {number}（定稿）.pdf").write_bytes(b"%PDF-1.4\n" + noise(5000, number))
    (work / "錄音.mp3").write_bytes(mp3(1.0))
    with Library.create(folder / "library", Profile("general", 113, "示範學生", "市立高中")) as library:
        added = library.add(sorted(work.glob("*.pdf")), NewPiece(Term(113, 1), "other")).added
        ids = [piece.id for piece in added]
        course = library.add_course(Course("", "生物", Term(113, 1), "required", "2", "自然科老師"))
        library.edit(ids[0], Edit(category="course", course_id=course.id, certification="certified", summary="量水"))
        library.edit(ids[1], Edit(category="competition", fields={"level": "3", "result_date": "2024-02-29"}))
        library.edit(ids[2], Edit(link="https://example.org/水", title="<b>&"))
        library.attach(ids[1], work / "錄音.mp3")
        (work / "新.pdf").write_bytes(b"%PDF-1.4\n" + noise(100, 99))
        library.attach(ids[2], work / "新.pdf")
        library.tick(ids[:4], 113)
        library.tick([ids[4]], 114)
        library.remove([ids[3], ids[5]])
        library.set_school_rules({"uploads_course": 3})
    return folder


@pytest.fixture
def library(made: Path, tmp_path: Path) -> Iterator[Library]:
    """A copy of it, open, with the work beside it."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    with Library.open(tmp_path / "library") as library:
        yield library


def export(library: Library, out: Path, *, everything: bool = False, year: int = 113) -> Path:
    plan = plan_bundle(
        library.pieces(PieceFilter(trashed=None)),
        library.courses(),
        FORMS,
        RULES,
        year,
        library.profile,
        everything,
        library.school_rules(),
    )
    return archive.write(plan, library.file_path, out, dump=library.dump() if everything else None).path


def test_a_years_bundle(library: Library, tmp_path: Path) -> None:
    held = tree(export(library, tmp_path / "out"))
    assert [path for path in held if "/" in path] == [
        "01_課程學習成果/01_作品-1-定稿.pdf",
        "03_競賽參與/02_作品-2-定稿.mp3",
        "03_競賽參與/02_作品-2-定稿.pdf",
        "11_其他多元表現/03_b.pdf",
    ]
    assert held["11_其他多元表現/03_b.pdf"].endswith(noise(100, 99))
    manifest = json.loads(held["manifest.json"])
    assert [left["reason"] for left in manifest["left_out"]] == ["tick.trashed"]
    assert [piece["category"] for piece in manifest["pieces"]] == ["course", "competition", "other"]


@ENDINGS
def test_the_same_library_gives_the_same_bytes(library: Library, tmp_path: Path, ending: str) -> None:
    one, two = (export(library, tmp_path / f"{name}{ending}", everything=True) for name in ("one", "two"))
    if ending:
        assert one.read_bytes() == two.read_bytes()
    else:
        assert tree(one) == tree(two)


@ENDINGS
@pytest.mark.parametrize("year", [113, 115])
def test_a_complete_bundle_becomes_an_equal_library(library: Library, tmp_path: Path, ending: str, year: int) -> None:
    path = export(library, tmp_path / f"all{ending}", everything=True, year=year)
    assert verify(path).sound
    with import_bundle(path, tmp_path / "new") as other:
        assert other.dump() == library.dump()
        assert other.profile == library.profile
        assert {file.sha256: file.path.read_bytes() for file in other.files()} == {
            file.sha256: file.path.read_bytes() for file in library.files()
        }


@ENDINGS
def test_exports_of_the_two_libraries_are_equal(library: Library, tmp_path: Path, ending: str) -> None:
    path = export(library, tmp_path / f"all{ending}", everything=True)
    with import_bundle(path, tmp_path / "new") as other:
        again = export(other, tmp_path / f"again{ending}", everything=True)
        assert (tree(path) == tree(again)) if path.is_dir() else (path.read_bytes() == again.read_bytes())


@ENDINGS
def test_a_years_bundle_alone_cannot_be_imported(library: Library, tmp_path: Path, ending: str) -> None:
    path = export(library, tmp_path / f"out{ending}")
    with pytest.raises(PortfolioError, match="--all") as caught:
        import_bundle(path, tmp_path / "new")
    assert caught.value.exit_code == 4
    assert not (tmp_path / "new").exists()


def damaged(path: Path, harm: str) -> None:
    stored = sorted(p for p in (path / "完整資料" / "files").rglob("*") if p.is_file())
    dump = path / "完整資料" / "catalog.json"
    match harm:
        case "stored file missing":
            stored[0].unlink()
        case "stored file changed":
            stored[1].write_bytes(stored[1].read_bytes()[:-1] + b"?")
        case "stored file longer":
            stored[-1].write_bytes(stored[-1].read_bytes() + b"?")
        case "dump missing":
            dump.unlink()
        case "dump changed":
            dump.write_bytes(dump.read_bytes().replace("生物".encode(), "化學".encode()))
        case "dump not listed":
            change_manifest(path, lambda data: data["files"].pop(_index(data, "完整資料/catalog.json")))
        case "file not listed":
            change_manifest(path, lambda data: data["files"].pop(_index(data, "完整資料/files/")))


def _index(data: dict[str, list[dict[str, str]]], start: str) -> int:
    return next(n for n, file in enumerate(data["files"]) if file["path"].startswith(start))


@ENDINGS
@pytest.mark.parametrize(
    "harm",
    [
        "stored file missing",
        "stored file changed",
        "stored file longer",
        "dump missing",
        "dump changed",
        "dump not listed",
        "file not listed",
    ],
)
def test_a_damaged_one_leaves_nothing(library: Library, tmp_path: Path, ending: str, harm: str) -> None:
    path = export(library, tmp_path / "all", everything=True)
    damaged(path, harm)
    if ending:
        path = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", path))
    before = sorted(tmp_path.iterdir())
    with pytest.raises(DamageError) as caught:
        import_bundle(path, tmp_path / "new")
    assert "\n" not in str(caught.value)
    assert sorted(tmp_path.iterdir()) == before


def test_a_zip_is_unpacked_on_the_new_librarys_disk(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, before = export(library, tmp_path / "all.zip", everything=True), library.dump()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no such place"))
    (tmp_path / "desk").mkdir()
    with import_bundle(path, tmp_path / "desk" / "new") as made:
        assert made.dump() == before
    assert [one.name for one in (tmp_path / "desk").iterdir()] == ["new"]


def test_where_nothing_may_be_written_beside_it_the_systems_place_serves(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, before = export(library, tmp_path / "all.zip", everything=True), library.dump()
    (tmp_path / "desk" / "mine").mkdir(parents=True)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    real = Path.touch

    def touch(self: Path, *rest: int, **more: bool) -> None:
        if self.parent == tmp_path / "desk":
            raise PermissionError(13, "Permission denied", str(self))
        real(self, *rest, **more)

    monkeypatch.setattr(Path, "touch", touch)
    with import_bundle(path, tmp_path / "desk" / "mine") as made:
        assert made.dump() == before
    assert [one.name for one in (tmp_path / "desk").iterdir()] == ["mine"]
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_zip_with_torn_bytes_leaves_nothing(library: Library, tmp_path: Path) -> None:
    path = export(library, tmp_path / "all.zip", everything=True)
    with zipfile.ZipFile(path) as file:
        info = next(info for info in file.infolist() if info.filename.startswith("完整資料/files/"))
    content = bytearray(path.read_bytes())
    content[info.header_offset + 30 + len(info.filename.encode()) + 10] ^= 1
    path.write_bytes(content)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(DamageError, match="完整資料/files/"):
        import_bundle(path, tmp_path / "new")
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("name", ["../evil", "/evil", "a\\..\\evil", "C:evil"])
def test_an_unsafe_zip_is_refused_whole(library: Library, tmp_path: Path, name: str) -> None:
    path = export(library, tmp_path / "all.zip", everything=True)
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(name, "x")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(PortfolioError, match="不安全"):
        import_bundle(path, tmp_path / "new")
    assert sorted(tmp_path.iterdir()) == before


def test_a_linked_file_is_refused(library: Library, tmp_path: Path) -> None:
    path = export(library, tmp_path / "all", everything=True)
    stored = next(p for p in (path / "完整資料" / "files").rglob("*.pdf"))
    stored.rename(tmp_path / "elsewhere.pdf")
    stored.symlink_to(tmp_path / "elsewhere.pdf")
    with pytest.raises(PortfolioError, match="連結"):
        import_bundle(path, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_note_that_a_student_put_beside_does_not_hinder(library: Library, tmp_path: Path) -> None:
    path = export(library, tmp_path / "all", everything=True)
    (path / "記得.txt").write_text("問老師")
    with import_bundle(path, tmp_path / "new") as other:
        assert other.dump() == library.dump()


@ENDINGS
def test_a_taken_folder_is_refused_and_untouched(library: Library, tmp_path: Path, ending: str) -> None:
    path = export(library, tmp_path / f"all{ending}", everything=True)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "作業.txt").write_text("我的")
    with pytest.raises(PortfolioError):
        import_bundle(path, tmp_path / "new")
    assert tree(tmp_path / "new") == {"作業.txt": "我的".encode()}


@ENDINGS
def test_a_cancelled_import_leaves_nothing(library: Library, tmp_path: Path, ending: str) -> None:
    path = export(library, tmp_path / f"all{ending}", everything=True)
    before = sorted(tmp_path.iterdir())
    progress = Progress(lambda step: progress.cancel() if step.done == 3 else None)
    with pytest.raises(Cancelled):
        import_bundle(path, tmp_path / "new", progress)
    assert sorted(tmp_path.iterdir()) == before
