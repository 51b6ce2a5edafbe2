from __future__ import annotations

import pytest

from portfolio_desktop.errors import UsageError
from portfolio_desktop.library.profile import Profile


def test_a_student_has_six_terms() -> None:
    assert [str(term) for term in Profile("general", 113).terms] == [
        "113-1",
        "113-2",
        "114-1",
        "114-2",
        "115-1",
        "115-2",
    ]


@pytest.mark.parametrize(
    ("school_type", "year"),
    [("gymnasium", 113), ("general", 2024), ("general", 0), ("general", 113.5), ("general", True)],
)
def test_what_does_not_exist_is_refused(school_type: str, year: int) -> None:
    with pytest.raises(UsageError, match=str(year) if school_type == "general" else school_type):
        Profile(school_type, year)  # type: ignore[arg-type]
