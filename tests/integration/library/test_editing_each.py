from collections.abc import Iterator
from pathlib import Path

import pytest

from portfolio_desktop.errors import UsageError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import Edit, NewPiece
from portfolio_desktop.terms import Term


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"文字 {number}", encoding="utf-8")
    with Library.create(tmp_path / "library", Profile("general", 113)) as made:
        made.add([tmp_path / f"{number}.txt" for number in range(3)], NewPiece(Term(113, 1)))
        yield made


def test_each_piece_has_an_edit_of_its_own_in_one_step(library: Library) -> None:
    before = library.dump()
    made = library.edit_each([("p2", Edit(title="乙")), ("p1", Edit(term=Term(114, 1), fields={"award": "佳作"}))])
    assert [(piece.id, piece.title, piece.term) for piece in made] == [
        ("p2", "乙", Term(113, 1)),
        ("p1", made[1].title, Term(114, 1)),
    ]
    assert library.piece("p3").changed == library.piece("p3").added
    assert library.history()[0].sentence == "修改 2 件的標題、學期、表單欄位"
    library.undo()
    assert library.dump() == before


def test_nothing_is_done_where_one_is_unknown(library: Library) -> None:
    before = library.dump()
    with pytest.raises(UsageError):
        library.edit_each([("p1", Edit(title="甲")), ("p9", Edit(title="乙"))])
    assert library.dump() == before
