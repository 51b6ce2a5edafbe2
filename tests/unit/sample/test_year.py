import pytest

from portfolio_desktop.bootstrap.ground import lay
from portfolio_desktop.fitting.text import tidy_summary
from portfolio_desktop.pieces.piece import CATEGORIES
from portfolio_desktop.pieces.summary import count
from portfolio_desktop.places import resources
from portfolio_desktop.sample.year import read

FOLDER = resources() / "sample"


@pytest.fixture(scope="module")
def year():
    return read(FOLDER)


def test_the_sample_is_small_and_every_file_of_it_is_used(year, tmp_path):
    on_disk = {path.name for path in (FOLDER / "files").iterdir()}
    named = {name for piece in year.pieces for name in piece.files}
    assert on_disk <= named
    assert len(named - on_disk) == 1
    assert sum(path.stat().st_size for path in (FOLDER / "files").iterdir()) < 6_000_000


def test_the_missing_file_is_made_and_is_over_the_limit(year, tmp_path):
    paths = year.lay_out(tmp_path)
    [made] = [path for path in paths.values() if path.parent == tmp_path]
    assert made.stat().st_size > 4 * 1024 * 1024
    assert all(path.is_file() for path in paths.values())


def test_every_category_is_there(year):
    assert {piece.category for piece in year.pieces} - {None} == set(CATEGORIES)


def test_courses_and_fields_are_those_of_the_forms(year, tmp_path):
    forms = lay(tmp_path).forms
    categories = {one.code for one in forms.form("course", year.profile.school_type).categories}
    assert {course.category for course in year.courses.values()} <= categories
    for piece in year.pieces:
        assert piece.course is None or piece.course in year.courses
        if piece.category is not None:
            known = {
                spec.name for spec in forms.form(piece.category, year.profile.school_type).fields if spec.in_fields
            }
            assert piece.fields.keys() <= known


def test_one_summary_is_too_long_only_by_what_nobody_sees(year, tmp_path):
    rules = lay(tmp_path).rules.for_year(year.year)
    long = [piece.summary for piece in year.pieces if count(piece.summary, rules).level == "red"]
    assert len(long) == 1
    assert count(long[0], rules).code_points > 100
    assert count(tidy_summary(long[0]), rules).level == "green"


def test_more_is_wanted_than_may_be_ticked(year):
    wanted = [piece.category == "course" for piece in year.pieces if piece.tick]
    assert (wanted.count(True), wanted.count(False)) == (7, 11)
