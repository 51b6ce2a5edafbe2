from pathlib import Path

import pytest

from portfolio_desktop.library import ladder
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.outdated import is_outdated
from portfolio_desktop.library.profile import Profile

LIBRARIES = Path(__file__).resolve().parents[2] / "data" / "libraries"


@pytest.mark.parametrize("folder", sorted(LIBRARIES.glob("schema-*")), ids=lambda folder: folder.name)
def test_a_released_library_is_outdated_unless_it_is_of_the_newest_schema(folder: Path) -> None:
    assert is_outdated(folder) is (int(folder.name.rpartition("-")[2]) < len(ladder.steps()))


def test_a_new_library_is_not_outdated(tmp_path: Path) -> None:
    Library.create(tmp_path, Profile("general", 113)).close()
    assert not is_outdated(tmp_path)


def test_what_is_no_library_is_left_for_opening_to_tell(tmp_path: Path) -> None:
    assert not is_outdated(tmp_path)
    (tmp_path / "library.sqlite3").write_bytes(b"SQLite format 3\0")
    assert not is_outdated(tmp_path)
