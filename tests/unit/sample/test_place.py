from itertools import islice
from pathlib import Path

import pytest

from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import Edit, NewPiece
from portfolio_desktop.sample.place import MARK, candidates, check, mark, staged


@pytest.fixture
def sample(tmp_path):
    """A small library that bears the mark of a sample as it was built."""
    work = tmp_path / "work" / "a.pdf"
    work.parent.mkdir()
    work.write_bytes(b"%PDF-1.4\n")
    folder = tmp_path / "sample"
    with Library.create(folder, Profile("general", 113, "示範學生")) as library:
        library.add([work], NewPiece(title="水質調查"))
        mark(folder, library)
    return folder


def edit(folder, **changes):
    with Library.open(folder) as library:
        library.edit("p1", Edit(**changes))


def test_a_new_or_empty_folder_is_free(tmp_path):
    check(tmp_path / "new")
    (tmp_path / "empty").mkdir()
    check(tmp_path / "empty")


def test_a_sample_as_it_was_built_may_be_built_anew(sample):
    check(sample)
    (sample / ".DS_Store").write_bytes(b"x")
    Library.open(sample).close()
    check(sample)


@pytest.mark.parametrize("note", ["我的筆記.txt", "backups/x", "files/mine.txt", ".mine"])
def test_anything_that_was_put_there_protects_it(sample, note):
    (sample / note).parent.mkdir(exist_ok=True)
    (sample / note).write_text("x", encoding="utf-8")
    with pytest.raises(PortfolioError, match="範例"):
        check(sample)
    assert (sample / note).exists()


def test_an_edit_protects_it_even_when_it_was_undone(sample):
    edit(sample, summary="自己寫的")
    with pytest.raises(PortfolioError, match="範例"):
        check(sample)
    with Library.open(sample) as library:
        library.undo()
    with pytest.raises(PortfolioError, match="範例"):
        check(sample)


def test_a_file_of_the_students_own_protects_it(sample, tmp_path):
    (tmp_path / "mine.pdf").write_bytes(b"%PDF-1.4\nmine")
    with Library.open(sample) as library:
        library.add([tmp_path / "mine.pdf"])
    with pytest.raises(PortfolioError, match="範例"):
        check(sample)


def test_a_library_without_a_mark_or_with_a_broken_one_is_not_the_sample(sample, tmp_path):
    Library.create(tmp_path / "own", Profile("general", 113)).close()
    (sample / MARK).write_bytes(b"\xff{")
    for folder in (tmp_path / "own", sample):
        with pytest.raises(PortfolioError, match="範例"):
            check(folder)


def test_a_library_in_use_or_damaged_is_told_as_such(sample):
    with Library.open(sample), pytest.raises(PortfolioError, match="開啟"):
        check(sample)
    (sample / "library.sqlite3").write_bytes(b"x" * 5000)
    with pytest.raises((DamageError, PortfolioError)):
        check(sample)


def test_a_file_or_folder_of_somebody_is_in_the_way(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for place in (tmp_path, tmp_path / "file"):
        with pytest.raises(PortfolioError, match="範例"):
            check(place)


def test_what_was_built_takes_the_place_of_what_was_there(sample):
    with staged(sample) as stage:
        (stage / "new").write_text("y", encoding="utf-8")
    assert [path.name for path in sample.parent.iterdir() if path.name != "work"] == ["sample"]
    assert [path.name for path in sample.iterdir()] == ["new"]


def test_a_failure_leaves_what_was_there(sample):
    def build():
        with staged(sample) as stage:
            (stage / "new").write_text("y", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build()
    check(sample)
    assert [path.name for path in sample.parent.iterdir() if path.name != "work"] == ["sample"]


def test_what_was_changed_while_it_was_built_stays(sample):
    def build():
        with staged(sample) as stage:
            (stage / "new").write_text("y", encoding="utf-8")
            edit(sample, title="改過")

    with pytest.raises(PortfolioError, match="範例"):
        build()
    with Library.open(sample) as library:
        assert library.piece("p1").title == "改過"


def test_a_move_that_fails_puts_the_old_one_back(sample, monkeypatch):
    rename = Path.rename

    def refuses(path, target):
        if path.suffix == ".part":
            raise OSError(5, "no")
        return rename(path, target)

    def build():
        with staged(sample) as stage:
            (stage / "new").write_text("y", encoding="utf-8")
            monkeypatch.setattr(Path, "rename", refuses)

    with pytest.raises(OSError, match="no"):
        build()
    check(sample)


def test_places_are_numbered(tmp_path):
    assert [path.name for path in islice(candidates(tmp_path / "sample"), 3)] == ["sample", "sample-2", "sample-3"]
