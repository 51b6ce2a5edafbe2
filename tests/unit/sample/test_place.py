from itertools import islice

import pytest

from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.places import resources
from portfolio_desktop.sample.place import candidates, check, staged
from portfolio_desktop.sample.year import read


@pytest.fixture(scope="module")
def year():
    return read(resources() / "sample")


def test_a_new_or_empty_folder_is_free(year, tmp_path):
    check(tmp_path / "new", year, [])
    (tmp_path / "empty").mkdir()
    check(tmp_path / "empty", year, [])


def test_a_sample_library_may_be_built_anew(year, tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-1.4\n")
    with Library.create(tmp_path / "sample", year.profile) as library:
        library.add([file])
    check(tmp_path / "sample", year, [file])


def test_a_file_that_is_not_the_samples_protects_it(year, tmp_path):
    file = tmp_path / "mine.pdf"
    file.write_bytes(b"%PDF-1.4\n")
    with Library.create(tmp_path / "sample", year.profile) as library:
        library.add([file])
    with pytest.raises(PortfolioError):
        check(tmp_path / "sample", year, [])


def test_another_students_library_is_not_the_sample(year, tmp_path):
    Library.create(tmp_path / "own", Profile("general", 113)).close()
    with pytest.raises(PortfolioError):
        check(tmp_path / "own", year, [])


def test_a_library_in_use_or_damaged_is_told_as_such(year, tmp_path):
    with Library.create(tmp_path / "sample", year.profile), pytest.raises(PortfolioError, match="開啟"):
        check(tmp_path / "sample", year, [])
    (tmp_path / "sample" / "library.sqlite3").write_bytes(b"x" * 5000)
    with pytest.raises((DamageError, PortfolioError)):
        check(tmp_path / "sample", year, [])


def test_a_file_or_folder_of_somebody_is_in_the_way(year, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for place in (tmp_path, tmp_path / "file"):
        with pytest.raises(PortfolioError, match="範例"):
            check(place, year, [])


def test_what_was_built_takes_the_place_of_what_was_there(tmp_path):
    (tmp_path / "sample").mkdir()
    (tmp_path / "sample" / "old").write_text("x", encoding="utf-8")
    with staged(tmp_path / "sample") as stage:
        (stage / "new").write_text("y", encoding="utf-8")
    assert [path.name for path in tmp_path.rglob("*")] == ["sample", "new"]


def test_a_failure_leaves_what_was_there(tmp_path):
    (tmp_path / "sample").mkdir()
    (tmp_path / "sample" / "old").write_text("x", encoding="utf-8")

    def build():
        with staged(tmp_path / "sample") as stage:
            (stage / "new").write_text("y", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build()
    assert [path.name for path in tmp_path.rglob("*")] == ["sample", "old"]


def test_places_are_numbered(tmp_path):
    assert [path.name for path in islice(candidates(tmp_path / "sample"), 3)] == ["sample", "sample-2", "sample-3"]
