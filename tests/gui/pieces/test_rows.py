import pytest

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.gui.pieces.lines import Column
from portfolio_desktop.gui.pieces.rows import Row, choose, counts, haystack, matching, order
from portfolio_desktop.gui.pieces.shown_file import kind_icon
from portfolio_desktop.gui.pieces.slots import icon_of
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.pieces.piece import Piece, PieceFile
from portfolio_desktop.terms import Term


def piece(number: int, title: str, category: str | None = None, term: Term | None = None, **more: object) -> Piece:
    return Piece(f"p{number}", title, category, term, **more)  # type: ignore[arg-type]


def row(made: Piece, state: str = "draft", findings: tuple[Finding, ...] = ()) -> Row:
    return Row(made, findings, state, haystack(made))  # type: ignore[arg-type]


ROWS = [
    row(piece(1, "水質調查", "course", Term(113, 1), added="1", changed="2025-01-01T00:00:00+08:00")),
    row(piece(2, "科展", "competition", Term(114, 1), added="2", changed="2025-03-01T00:00:00+08:00"), "ready"),
    row(piece(3, "未命名", None, None, added="3", changed="2025-02-01T00:00:00+08:00")),
    row(piece(4, "舊作", "course", Term(113, 2), added="4", trashed="2025-04-01T00:00:00+08:00"), "trashed"),
]


def ids(rows: list[Row]) -> str:
    return " ".join(one.id for one in rows)


def test_sections() -> None:
    assert ids(choose(ROWS, "all")) == "p1 p2 p3"
    assert ids(choose(ROWS, "course")) == "p1"
    assert ids(choose(ROWS, "activity")) == "p2"
    assert ids(choose(ROWS, "competition")) == "p2"
    assert ids(choose(ROWS, "service")) == ""
    assert ids(choose(ROWS, "trash")) == "p4"


def test_counts_agree_with_sections() -> None:
    counted = counts(ROWS)
    assert all(counted[section] == len(choose(ROWS, section)) for section in counted)


def test_every_word_must_stand_somewhere_in_a_row() -> None:
    report = piece(5, "ＡＩ影像辨識", summary="臺北的\n河流", fields={"award": "佳作"})
    report = Piece(**{**{n: getattr(report, n) for n in report.__slots__}, "files": (file("報告.pdf"),)})
    rows = [row(report), ROWS[0]]
    assert ids(matching(rows, "ai")) == "p5"
    assert ids(matching(rows, "台北 佳作")) == "p5"
    assert ids(matching(rows, "報告")) == "p5"
    assert ids(matching(rows, "佳作 火星")) == ""
    assert ids(matching(rows, "火星", frozenset({"p1"}))) == "p1"
    assert ids(matching(rows, "河流")) == "p5"


def test_a_piece_without_a_title_is_found_by_what_stands_in_its_place() -> None:
    untitled = row(piece(7, "", summary="河流"))
    assert ids(matching([*ROWS, untitled], "沒有標題")) == "p7"
    assert ids(order([*ROWS, untitled], Column.TITLE)).split()[0] == "p7"


def test_fields_do_not_run_into_each_other() -> None:
    made = row(piece(6, "甲乙", summary="丙丁"))
    assert ids(matching([made], "乙丙")) == ""


def file(name: str, size: int = 10, current: bool = True) -> PieceFile:
    return PieceFile("f1", "document", name, "a" * 64, "b" * 32, size, Inspection("pdf"), current)


def test_an_earlier_version_is_not_searched() -> None:
    made = row(piece(7, "甲", files=(file("新.pdf"), file("舊.pdf", current=False))))
    assert ids(matching([made], "新")) == "p7"
    assert ids(matching([made], "舊")) == ""


def test_order_by_every_column() -> None:
    rows = choose(ROWS, "all")
    assert ids(order(rows, Column.CHANGED, descending=True)) == "p2 p3 p1"
    assert ids(order(rows, Column.TERM)) == "p3 p1 p2"
    assert ids(order(rows, Column.CATEGORY)) == "p3 p1 p2"
    assert ids(order(rows, Column.STATE)) == "p3 p1 p2"
    for column in Column:
        assert sorted(ids(order(rows, column))) == sorted("p1 p2 p3")


def test_equal_rows_keep_one_order() -> None:
    rows = [row(piece(number, "同名", added=str(number))) for number in range(9)]
    assert ids(order(rows[::-1], Column.STATE)) == ids(rows)


@pytest.mark.parametrize(
    ("kinds", "drawing"),
    [(["mp3"], "sound"), (["mp4", "pdf"], "media"), (["png"], "image"), (["pdf", "mp3"], "document"), ([], "draft")],
)
def test_a_piece_without_a_picture_is_drawn_by_its_file(kinds: list[str], drawing: str) -> None:
    assert kind_icon(kinds) == drawing


def test_an_empty_place_is_drawn_by_what_belongs_there() -> None:
    assert [icon_of("", "media"), icon_of("mp3", "media"), icon_of("", "document")] == ["media", "sound", "document"]
