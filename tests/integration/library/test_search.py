"""Search finds exactly what a look at every folded text finds, from one character on."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.libraries import new_library, write_work
from portfolio_desktop.errors import DamageError
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.library import search
from portfolio_desktop.library.folding import fold
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit, NewPiece
from portfolio_desktop.pieces.piece import Course, Piece

LETTERS = st.sampled_from("水質影像學台臺ＡａAi1一。,，-_ \n'\"*():^+{}𠮷é")
TEXTS = st.text(LETTERS, max_size=12)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    with new_library(tmp_path / "library") as opened:
        yield opened


def texts_of(library: Library, piece: Piece, documents: dict[str, str]) -> dict[str, list[str]]:
    """Everything of a piece in which a word may stand, folded."""
    course = [course.name for course in library.courses() if course.id == piece.course_id]
    current = [file for file in piece.files if file.current]
    found = {
        "title": [piece.title],
        "summary": [piece.summary],
        "fields": [*piece.fields.values(), piece.link, *course],
        "files": [file.name for file in current],
        "text": [documents.get(file.sha256, "") for file in current],
    }
    return {name: [fold(text) for text in texts] for name, texts in found.items()}


def expected(library: Library, query: str, documents: dict[str, str]) -> dict[str, tuple[str, ...]]:
    words = [fold(word) for word in query.split()]
    if not any(words):
        return {}
    hits = {}
    for piece in reversed(library.pieces()):
        texts = texts_of(library, piece, documents)
        if all(any(word in text for some in texts.values() for text in some) for word in words):
            hits[piece.id] = tuple(
                name for name, some in texts.items() if any(word in text for text in some for word in words)
            )
    return hits


@pytest.mark.no_cover
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), min_size=1, max_size=6),
    edits=st.lists(st.tuples(st.integers(0, 5), TEXTS, TEXTS), max_size=4),
    queries=st.lists(st.text(LETTERS, min_size=1, max_size=5), min_size=1, max_size=12),
)
def test_it_finds_what_a_look_at_everything_finds(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str, str, str]],
    edits: list[tuple[int, str, str]],
    queries: list[str],
) -> None:
    folder = tmp_path_factory.mktemp("search")
    documents: dict[str, str] = {}
    with new_library(folder / "library") as library:
        for number, (title, summary, field, document) in enumerate(rows):
            (path,) = write_work(folder, {f"檔{number}.txt": str(number)})
            piece = library.add([path], NewPiece(title=title or None)).added[0]
            library.edit(piece.id, Edit(summary=summary, fields={"name": field}))
            library.record_look(piece.files[0].sha256, Inspection("text", "deep"), document)
            documents[piece.files[0].sha256] = document
        for which, title, document in edits:
            piece = library.piece(f"p{which % len(rows) + 1}")
            library.edit(piece.id, Edit(title=title))
            library.record_look(piece.files[0].sha256, Inspection("text", "deep"), document)
            documents[piece.files[0].sha256] = document
        for query in [*queries, *(row[1][1:4] for row in rows), *(row[3][:2] for row in rows)]:
            found = library.find(query)
            assert {hit.id: hit.where for hit in found.pieces} == expected(library, query, documents), query
            assert found.total == len(found.pieces)


def test_words_from_one_character_on(library: Library, tmp_path: Path) -> None:
    titles = ["臺北盆地水質調查報告", "ＡＩ影像辨識專題", "太鼓社成果發表", "數學建模：排隊理論"]
    for number, title in enumerate(titles):
        library.add(write_work(tmp_path, {f"{number}.txt": title}), NewPiece(title=title))
    for query, ids in {
        "水": ["p1"],
        "台北": ["p1"],
        "盆地水": ["p1"],
        "AI": ["p2"],
        "ai影像": ["p2"],
        "ａｉ　辨識": ["p2"],
        "鼓": ["p3"],
        "理論 建模": ["p4"],
        "建模:": ["p4"],
        "報告 鼓": [],
        "不存在": [],
        " \u3000 ": [],
        "\u200b": [],
        '"': [],
        "OR": [],
        "* AND": [],
    }.items():
        assert [hit.id for hit in library.find(query).pieces] == ids, query


def test_the_newest_come_first_and_all_are_counted(library: Library, tmp_path: Path) -> None:
    library.add(write_work(tmp_path / "work", {f"{number:03d}.txt": str(number) for number in range(70)}))
    found = library.find(".txt", limit=50)
    assert [hit.id for hit in found.pieces] == [f"p{number}" for number in range(70, 20, -1)]
    assert found.total == 70
    assert found.query == ".txt"
    assert 0 < found.seconds < 5


def test_the_trash_is_not_searched(library: Library, tmp_path: Path) -> None:
    library.add(write_work(tmp_path / "work", {"水質.txt": "1"}))
    library.remove(["p1"])
    assert library.find("水質").total == 0
    library.edit("p1", Edit(summary="水質"))
    assert library.find("水質").total == 0
    library.restore(["p1"])
    assert library.find("水質").pieces[0].where == ("title", "summary", "files")


def test_document_text_goes_with_its_file(library: Library, tmp_path: Path) -> None:
    one, two = write_work(tmp_path / "work", {"一.png": b"\x89PNG\r\n\x1a\n1", "二.png": b"\x89PNG\r\n\x1a\n2"})
    library.add([one])
    first = library.piece("p1").files[0]
    library.record_look(first.sha256, Inspection("png", "deep"), "溫室\n效應")
    assert library.find("溫室效應").pieces[0].where == ("text",)
    library.attach("p1", two)
    assert library.find("溫室").total == 0, "the text of an earlier version is not this piece's any more"
    library.undo()
    assert library.find("溫室").total == 1
    library.record_look(first.sha256, Inspection("png", "deep"), "")
    assert library.find("溫室").total == 0


def test_a_course_s_name_finds_its_pieces(library: Library, tmp_path: Path) -> None:
    library.add(write_work(tmp_path / "work", {"a.txt": "1"}))
    course = library.add_course(Course("", "生物探究"))
    library.edit("p1", Edit(course_id=course.id))
    assert library.find("探究").total == 1
    library.edit_course(Course(course.id, "化學實驗"))
    assert [library.find(word).total for word in ("探究", "化學")] == [0, 1]
    library.remove_course(course.id)
    assert library.find("化學").total == 0


def test_an_index_of_another_folding_is_made_anew(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(write_work(tmp_path / "work", {"水質.txt": "1", "影像.txt": "2"}))
    library.remove(["p2"])
    library.close()
    monkeypatch.setattr(search, "VERSION", "3/another")
    monkeypatch.setattr(search, "grams", lambda folded: " ".join(f"x{ord(letter):x}" for letter in folded))
    monkeypatch.setattr(search, "phrase", lambda word: f'"{" ".join(f"x{ord(letter):x}" for letter in word)}"')
    with Library.open(library.folder) as again:
        assert [again.find(word).total for word in ("水質", "影像")] == [1, 0]
        again.restore(["p2"])
        assert again.find("影像").total == 1


def test_a_very_long_query_is_answered(library: Library, tmp_path: Path) -> None:
    text = "".join(random.Random(1).choices("甲乙丙丁戊己庚辛", k=5000))
    library.add(write_work(tmp_path / "work", {"a.txt": "1"}))
    library.edit("p1", Edit(summary=text))
    assert library.find(text).total == 1
    assert library.find(" ".join(text[at : at + 2] for at in range(0, 5000, 2))).total == 1


def test_saving_a_summary_leaves_the_document_s_text_alone(library: Library, tmp_path: Path) -> None:
    library.add(write_work(tmp_path / "work", {"水質.txt": "1"}))
    sha256 = library.files()[0].sha256
    library.record_look(sha256, Inspection("text", "deep"), "溪流的酸鹼值")
    asked: list[str] = []
    library._holding.database._raw.set_trace_callback(asked.append)
    library.edit("p1", Edit(summary="量了三條溪"))
    library._holding.database._raw.set_trace_callback(None)
    assert any("search_words" in statement for statement in asked)
    assert not any("search_text" in statement or "酸鹼" in statement for statement in asked)
    for query in ("溪流", "三條溪", "酸鹼 三條"):
        assert library.find(query).total == 1
    library.record_look(sha256, Inspection("text", "deep"), "湖泊")
    assert [library.find(query).total for query in ("湖泊 三條", "溪流")] == [1, 0]


def test_words_of_one_piece_may_stand_in_its_text_and_elsewhere(library: Library, tmp_path: Path) -> None:
    library.add(write_work(tmp_path / "work", {"水質.txt": "1", "影像.txt": "2", "水質影像.txt": "3"}))
    for number, text in ((1, "影像"), (2, "影像"), (3, "")):
        library.record_look(library.piece(f"p{number}").files[0].sha256, Inspection("text", "deep"), text)
    found = library.find("水質 影像")
    assert [(hit.id, hit.where) for hit in found.pieces] == [
        ("p3", ("title", "files")),
        ("p1", ("title", "files", "text")),
    ]
    assert library.find("影像").total == 3
    assert library.find("影像", limit=2).total == 3
    assert library.find("水質 影像", limit=1).total == 2


@pytest.mark.parametrize("table", ["search_words", "search_text"])
@pytest.mark.parametrize("torn", ["DELETE FROM {}_config", "UPDATE {}_config SET v = 0"])
def test_a_torn_index_is_told_when_reading_and_made_anew_by_the_owner(tmp_path: Path, table: str, torn: str) -> None:
    """Found by fuzzing: FTS5 then calls every statement on its table a wrong one."""
    folder = tmp_path / "library"
    with new_library(folder) as library:
        library.add(write_work(tmp_path / "work", {"水質.txt": "1"}))
    with closing(sqlite3.connect(folder / "library.sqlite3")) as raw, raw:
        raw.execute(torn.format(table))
    with Library.open(folder, read_only=True) as reader, pytest.raises(DamageError, match="索引"):
        reader.find("水質")
    with Library.open(folder) as library:
        assert library.find("水質").total == 1
        library.add(write_work(tmp_path / "more", {"影像.txt": "2"}))
        assert library.find("影像").total == 1
