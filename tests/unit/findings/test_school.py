"""A school's settings: read strictly, and every fault named."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.judged import BOOK
from portfolio_desktop.errors import UsageError
from portfolio_desktop.findings.school import School, read_school


def school(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "school.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_schools_values_hold(tmp_path: Path) -> None:
    read = read_school(school(tmp_path, 'name = "水岸高中"\n[rules]\nuploads_course = 3\nlink_schemes = ["https"]\n'))
    assert read == School("水岸高中", {"uploads_course": 3, "link_schemes": ("https",)})
    assert BOOK.for_year(113, read.rules).uploads_course == 3


def test_a_school_without_values_of_its_own(tmp_path: Path) -> None:
    assert read_school(school(tmp_path, 'name = "水岸高中"\n')) == School("水岸高中")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "name is missing"),
        ('name = ""', "name must be a text"),
        ('name = "水岸"\ncolour = 3', "colour is not known"),
        ('name = "水岸"\nrules = 3', "rules must be a table"),
        ('name = "水岸"\n[rules]\nquota_curse = 3', "quota_curse"),
        ('name = "水岸"\n[rules]\nquota_course = "many"', "quota_course"),
        ("name = ", "school.toml"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        read_school(school(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.toml"):
        read_school(tmp_path / "gone.toml")


@pytest.mark.parametrize("content", ["rules = " + "[" * 100_000, "# " + "x" * (1 << 20)], ids=["deep", "large"])
def test_a_file_made_to_harm_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "school.toml").write_text(f'name = "x"\n{content}\n')
    with pytest.raises(UsageError):
        read_school(tmp_path / "school.toml")
