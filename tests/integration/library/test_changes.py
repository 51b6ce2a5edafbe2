"""Undo and redo: whatever is done, everything can be taken back and done again, and nothing is forgotten."""

from __future__ import annotations

import copy
import json
import random
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import Column, MetaData, Table, Text

from helpers.libraries import PROFILE, Clock, new_library, picture, stored_files, write_work
from helpers.model import Model, State, seen
from portfolio_desktop.errors import PortfolioError, UsageError
from portfolio_desktop.library import changes, ladder, versions
from portfolio_desktop.library.database import open_database
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.names import storable
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import Edit, NewPiece, PieceFilter
from portfolio_desktop.library.tables import LOGGED, PIECE
from portfolio_desktop.pieces.piece import CATEGORIES, CERTIFICATIONS, Course
from portfolio_desktop.progress import Cancelled, Progress
from portfolio_desktop.terms import Term

TEXTS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(["水質", "影像 辨識", "臺北"])
TERMS = st.builds(Term, st.integers(112, 116), st.sampled_from([1, 2]))
CHOICE = st.integers(0, 10**6)


class Commands(RuleBasedStateMachine):
    """Random intentions on a real library, and the same on plain values (helpers/model.py): they agree after every step.

    Undo leads through the dumps that were there before, byte for byte, and redo back.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="library-changes-"))
        self.library = new_library(self.folder / "library")
        self.states = [self.library.dump()]  # states[n]: after n changes that are in force
        self.ahead: list[bytes] = []  # what redo leads to, the next one last
        self.files = 0
        self.given: set[str] = set()
        self.model = Model(PROFILE)
        self.models = [self.model.copy_of_state()]  # as the states
        self.models_ahead: list[State] = []

    def teardown(self) -> None:
        for piece in self.library.pieces(PieceFilter(trashed=None)):
            assert {(one.field, one.text) for one in self.library.texts(piece.id)} == self.model.written[piece.id]
            assert {one.file.id for one in self.library.versions(piece.id)} == self.model.held[piece.id]
        count = len(self.states) - 1
        final = self.states[-1]
        undone = self.library.undo(count + 100)
        assert len(undone) == count
        assert self.library.dump() == self.states[0]
        assert len(self.library.redo(count)) == count
        assert self.library.dump() == final
        self.library.close()
        shutil.rmtree(self.folder)

    @invariant()
    def index_and_catalog_follow(self) -> None:
        for title in ("水質", "影像"):
            found = self.library.find(title, limit=1000)
            assert {hit.id for hit in found.pieces} == self._holding(title)

    @initialize()
    def begin(self) -> None:
        self.bring_in(["水質調查", "影像 辨識"])

    def bring_in(self, names: list[str]) -> None:
        paths = []
        for name in names:
            self.files += 1
            paths += write_work(self.folder / "work" / str(self.files), {f"{name}.txt": f"content {self.files}"})
        added = self.library.add(paths, NewPiece(category="other"))
        fresh = {piece.id for piece in added.added}
        assert not fresh & self.given, "an id was given twice"
        self.given |= fresh
        assert set(self.model.add(names, "other", Term(113, 2))) == fresh
        self.done()

    def done(self) -> None:
        """Something may have changed: then it is one step, and what redo led to is out of reach."""
        after = self.library.dump()
        if self._steps() != len(self.states) - 1:
            assert self._steps() == len(self.states)
            self.states.append(after)
            self.ahead = []
            self.models.append(self.model.copy_of_state())
            self.models_ahead = []
        assert after == self.states[-1]
        assert seen(self.library) == self.model.state == self.models[-1]

    @rule(names=st.lists(st.sampled_from(["水質", "專題", "a"]), min_size=1, max_size=3))
    def add(self, names: list[str]) -> None:
        self.bring_in(names)

    @rule(
        which=CHOICE, title=TEXTS, summary=TEXTS, term=TERMS | st.none(), category=st.sampled_from([None, *CATEGORIES])
    )
    def edit(self, which: int, title: str, summary: str, term: Term | None, category: str | None) -> None:
        for piece in self.some(which, 1):
            self.edited([piece], Edit(title=title, summary=summary, term=term, category=category))

    def edited(self, ids: list[str], edit: Edit, *, bulk: bool = False) -> None:
        if bulk:
            self.library.edit_all(ids, edit)
        else:
            self.library.edit(ids[0], edit)
        self.model.edit(ids, edit)
        self.done()

    @rule(
        which=CHOICE,
        fields=st.dictionaries(TEXTS, TEXTS, max_size=3),
        clear=st.sets(st.sampled_from(["term", "category"])),
    )
    def edit_all(self, which: int, fields: dict[str, str], clear: set[str]) -> None:
        self.edited(self.some(which, 3), Edit(fields=fields, clear=frozenset(clear)), bulk=True)

    @rule(which=CHOICE, state=st.sampled_from(CERTIFICATIONS))
    def certify(self, which: int, state: str) -> None:
        for piece in self.some(which, 1):
            self.edited([piece], Edit(certification=state, certification_note=state))  # type: ignore[arg-type]

    @rule(which=CHOICE, role=st.sampled_from([None, "document", "media", "source"]))
    def attach(self, which: int, role: str | None) -> None:
        for piece in self.some(which, 1):
            self.files += 1
            (path,) = write_work(self.folder / "work", {f"{self.files}.png": f"\x89PNG {self.files}"})
            made_from = next((file.id for file in self.library.piece(piece).files), None)
            self.library.attach(piece, path, role, made_from)  # type: ignore[arg-type]
            self.model.attach(piece, path.name, role or "source", made_from)
            self.done()

    @rule(which=CHOICE)
    def detach(self, which: int) -> None:
        for piece in self.some(which, 1):
            files = [file for file in self.library.piece(piece).files if file.current]
            if files:
                file = files[which % len(files)]
                self.library.detach(piece, file.id)
                self.model.detach(piece, file.id)
                self.done()

    @rule(which=CHOICE)
    def use_a_version(self, which: int) -> None:
        for piece in self.some(which, 1):
            earlier = [one.file for one in self.library.versions(piece) if not one.file.current]
            if earlier:
                file = earlier[which % len(earlier)]
                self.library.use_version(piece, file.id)
                came = {"name": file.name, "role": file.role, "sealed": False, "made_from": file.made_from}
                self.model.use_version(piece, file.id, came | {"current": False})
                self.done()

    @rule(which=CHOICE)
    def use_a_text(self, which: int) -> None:
        for piece in self.some(which, 1):
            texts = self.library.texts(piece)
            if texts:
                text = texts[which % len(texts)]
                self.library.use_text(piece, text.id)
                self.model.edit([piece], versions.as_edit(text))
                self.done()

    @rule(which=CHOICE, title=TEXTS)
    def edit_everything_at_once(self, which: int, title: str) -> None:
        for piece in self.some(which, 1):
            self.files += 1
            (path,) = write_work(self.folder / "work", {f"{self.files}.pdf": f"%PDF-1.4 {self.files}"})
            edit = Edit(title=title, certification="certified")
            self.library.edit(piece, edit, attach=path)
            self.model.attach(piece, path.name, "document", None)
            self.model.edit([piece], edit)
            self.done()

    @rule(which=CHOICE, count=st.integers(1, 3))
    def remove(self, which: int, count: int) -> None:
        ids = self.some(which, count)
        self.library.remove(ids)
        self.model.trash(ids, there=True)
        self.done()

    @rule(which=CHOICE)
    def restore(self, which: int) -> None:
        ids = self.some(which, 2)
        self.library.restore(ids)
        self.model.trash(ids, there=False)
        self.done()

    @rule()
    def empty_the_trash(self) -> None:
        self.library.empty_trash()
        self.model.empty_trash()
        self.done()

    @rule(which=CHOICE, year=st.sampled_from([113, 114]))
    def tick(self, which: int, year: int) -> None:
        ids = self.some(which, 3)
        self.library.tick(ids, year)
        self.model.tick(ids, year)
        self.done()

    @rule(which=CHOICE, year=st.sampled_from([113, 114]))
    def untick(self, which: int, year: int) -> None:
        ids = self.some(which, 2)
        self.library.untick(ids, year)
        self.model.untick(ids, year)
        self.done()

    @rule(which=CHOICE, name=TEXTS)
    def add_course_and_choose_it(self, which: int, name: str) -> None:
        course = self.library.add_course(Course("", name, Term(113, 1)))
        assert self.model.add_course(course) == course.id
        self.done()
        for piece in self.some(which, 1):
            self.edited([piece], Edit(course_id=course.id))

    @rule(which=CHOICE, name=TEXTS)
    def change_courses(self, which: int, name: str) -> None:
        courses = self.library.courses()
        if courses:
            course = courses[which % len(courses)]
            if which % 2:
                self.library.remove_course(course.id)
                self.model.remove_course(course.id)
            else:
                changed = Course(course.id, name, None, credits="2")
                self.library.edit_course(changed)
                self.model.edit_course(course.id, changed)
            self.done()

    @rule(name=TEXTS, limit=st.integers(0, 9))
    def change_settings(self, name: str, limit: int) -> None:
        profile = Profile("technical", 113, name)
        self.library.set_profile(profile)
        self.model.state["profile"] = Profile("technical", 113, storable(name))
        self.done()
        self.library.set_school_rules({"uploads_course": limit})
        self.model.state["rules"] = {"uploads_course": limit}
        self.done()

    @precondition(lambda self: len(self.states) > 1)
    @rule(steps=st.integers(1, 4))
    def undo(self, steps: int) -> None:
        undone = self.library.undo(steps)
        for _sentence in undone:
            self.ahead.append(self.states.pop())
            self.models_ahead.append(self.models.pop())
        assert len(undone) == min(steps, len(undone) + len(self.states) - 1)
        self.travelled()

    def travelled(self) -> None:
        """Undo and redo lead to where it was, and the plain values follow."""
        assert self.library.dump() == self.states[-1]
        self.model.state = copy.deepcopy(self.models[-1])
        assert seen(self.library) == self.model.state

    @precondition(lambda self: self.ahead)
    @rule(steps=st.integers(1, 4))
    def redo(self, steps: int) -> None:
        redone = self.library.redo(steps)
        assert len(redone) == min(steps, len(self.ahead))
        for _sentence in redone:
            self.states.append(self.ahead.pop())
            self.models.append(self.models_ahead.pop())
        self.travelled()

    @rule()
    def open_again(self) -> None:
        self.library.close()
        assert (self.folder / "library" / "catalog.json").read_bytes() == self.states[-1]
        self.library = Library.open(self.folder / "library", clock=Clock())
        assert self.library.dump() == self.states[-1]

    def some(self, which: int, count: int) -> list[str]:
        ids = [piece.id for piece in self.library.pieces(PieceFilter(trashed=None))]
        return random.Random(which).sample(ids, min(count, len(ids)))

    def _steps(self) -> int:
        return sum(not entry.undone for entry in self.library.history())

    def _holding(self, word: str) -> set[str]:
        """The pieces in which a word stands, told by looking at each; words of the fixed texts need no folding."""
        return {
            piece.id
            for piece in self.library.pieces()
            if any(
                word in text
                for text in (
                    piece.title,
                    piece.summary,
                    *piece.fields.values(),
                    *(file.name for file in piece.files if file.current),
                    *(course.name for course in self.library.courses() if course.id == piece.course_id),
                )
            )
        }


TestCommands = pytest.mark.no_cover(Commands.TestCase)
TestCommands.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    with new_library(tmp_path / "library") as opened:
        opened.add(write_work(tmp_path / "work", {"甲.txt": "1", "乙.txt": "2", "丙.txt": "3"}))
        yield opened


def raw(library: Library, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(f"{(library.folder / 'library.sqlite3').as_uri()}?mode=ro", uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_a_change_after_undo_leaves_the_undone_ones_behind(library: Library) -> None:
    library.edit("p1", Edit(summary="一"))
    library.edit("p1", Edit(summary="二"))
    library.undo(2)
    assert library.next_steps()[1] == "修改「甲」的簡述"
    library.edit("p2", Edit(summary="三"))
    assert library.redo() == []
    assert [(entry.sentence, entry.state) for entry in library.history()] == [
        ("修改「乙」的簡述", "done"),
        ("修改「甲」的簡述", "dropped"),
        ("修改「甲」的簡述", "dropped"),
        ("收進 3 件作品", "done"),
    ]
    texts = [
        json.loads(str(after))["summary"]
        for (after,) in raw(library, "SELECT after FROM change WHERE before IS NOT NULL")
    ]
    assert texts == ["一", "二", "三"], "an earlier text of a summary is never lost"


def test_ids_are_never_used_again(library: Library, tmp_path: Path) -> None:
    library.undo()
    assert library.pieces(PieceFilter(trashed=None)) == []
    again = library.add(write_work(tmp_path / "work", {"甲.txt": "1"}))
    assert [piece.id for piece in again.added] == ["p4"]
    assert again.duplicates == [], "a file that only undo knows is no duplicate"
    assert len(stored_files(library.folder)) == 3, "its bytes were still there and not copied again"


def test_nothing_changed_is_no_step(library: Library) -> None:
    library.edit("p1", Edit(title="甲", summary=""))
    library.remove([])
    library.restore(["p1"])
    library.untick(["p1"], 113)
    library.set_profile(PROFILE)
    library.set_school_rules({})
    assert library.empty_trash() == 0
    assert len(library.history()) == 1


def test_a_refused_change_leaves_nothing(library: Library) -> None:
    before = library.dump()
    for attempt in (
        lambda: library.edit_all(["p1", "p9"], Edit(summary="一")),
        lambda: library.edit("p1", Edit(summary="一", course_id="c1")),
        lambda: library.tick(["p1", "p9"], 113),
        lambda: library.detach("p1", "media"),
        lambda: library.use_version("p1", "f2"),
        lambda: library.remove_course("c1"),
        lambda: library.remove(["p1", "f1"]),
    ):
        with pytest.raises(UsageError):
            attempt()
    assert library.dump() == before
    assert len(library.history()) == 1


def test_history_of_a_piece_tells_every_value(library: Library, tmp_path: Path) -> None:
    library.edit("p1", Edit(summary="初稿", fields={"host": "社區"}))
    library.edit_all(["p1", "p2"], Edit(term=Term(113, 1)))
    library.attach("p1", write_work(tmp_path / "work", {"新.txt": "9"})[0], "document")
    library.tick(["p1"], 113)
    history = library.history("p1")
    assert [entry.sentence for entry in history] == [
        "勾選「甲」到 113 學年度",
        "在「甲」放入檔案「新.txt」",
        "修改 2 件的學期",
        "修改「甲」的表單欄位、簡述",
        "收進 3 件作品",
    ]
    assert {(one.field, one.before, one.after) for one in history[3].details} == {
        ("summary", "", "初稿"),
        ("fields.host", "", "社區"),
    }
    assert {(one.about, one.field, one.after) for one in history[1].details} == {("p1", "file.document", "新.txt")}
    assert all(one.about == "p1" for entry in history for one in entry.details)
    assert [entry.sentence for entry in library.history("p3")] == ["收進 3 件作品"]
    assert len(library.history(limit=2)) == 2


def test_certification_seals_the_files_that_are_current(library: Library, tmp_path: Path) -> None:
    png, newer = write_work(tmp_path / "work", {"圖.png": b"\x89PNG\r\n\x1a\n1", "新.png": b"\x89PNG\r\n\x1a\n2"})
    library.attach("p1", png, "document")
    library.edit("p1", Edit(certification="certified"))
    library.attach("p1", newer, "document")
    sealed = {file.name: bool(file.sealed) for file in library.piece("p1").files}
    assert sealed == {"甲.txt": True, "圖.png": True, "新.png": False}
    library.undo(2)
    assert not any(file.sealed for file in library.piece("p1").files)


def test_values_and_files_are_changed_as_one_step(library: Library, tmp_path: Path) -> None:
    png, newer = write_work(tmp_path / "work", {"圖.png": b"\x89PNG\r\n\x1a\n1", "新.png": b"\x89PNG\r\n\x1a\n2"})
    library.attach("p1", png)
    before, entries = library.dump(), len(library.history())
    piece = library.edit("p1", Edit(title="水質", certification="certified"), attach=newer, detach="source")
    assert [(file.name, bool(file.sealed)) for file in piece.files if file.current] == [("新.png", True)]
    assert len(library.history()) == entries + 1
    assert library.history()[0].sentence == "修改「甲」的標題、認證狀態、檔案"
    library.undo()
    assert library.dump() == before
    assert library.edit("p1", Edit(), detach="document").file("document") is None
    assert library.history()[0].sentence == "從「甲」取下檔案「圖.png」"
    library.edit("p1", Edit(summary="新"))
    assert library.history()[0].sentence == "修改「甲」的簡述"


def test_an_edit_that_cannot_be_done_whole_is_not_done(library: Library, tmp_path: Path) -> None:
    (png,) = write_work(tmp_path / "work", {"圖.png": b"\x89PNG\r\n\x1a\n1"})
    before, files, entries = library.dump(), picture(library.folder / "files"), len(library.history())
    for attach, detach, edit in (
        (tmp_path / "missing.pdf", None, Edit(title="水質")),
        (tmp_path / "work", None, Edit(title="水質")),
        (png, "media", Edit(title="水質")),
        (png, None, Edit(course_id="c9")),
    ):
        with pytest.raises(PortfolioError):
            library.edit("p1", edit, attach=attach, detach=detach)
        assert library.dump() == before
    assert len(library.history()) == entries
    assert picture(library.folder / "files") == files


def test_a_folder_is_no_file_to_attach(library: Library, tmp_path: Path) -> None:
    write_work(tmp_path / "one", {"圖.png": b"\x89PNG\r\n\x1a\n1"})
    with pytest.raises(UsageError, match="資料夾"):
        library.attach("p1", tmp_path / "one")
    with pytest.raises(UsageError, match="沒有"):
        library.attach("p99", tmp_path / "nowhere")


def test_attaching_can_be_stopped(library: Library, tmp_path: Path) -> None:
    (png,) = write_work(tmp_path / "work", {"圖.png": b"\x89PNG\r\n\x1a\n1"})
    before, files = library.dump(), picture(library.folder / "files")
    stopped = Progress()
    stopped.cancel()
    for attempt in (
        lambda: library.attach("p1", png, progress=stopped),
        lambda: library.edit("p1", Edit(title="水質"), attach=png, progress=stopped),
    ):
        with pytest.raises(Cancelled):
            attempt()
    assert library.dump() == before
    assert picture(library.folder / "files") == files


def test_undo_writes_over_nothing_that_the_log_does_not_know(library: Library) -> None:
    library.edit("p1", Edit(summary="新"))
    with library._holding.writing() as connection:
        connection.exec_driver_sql("UPDATE piece SET title = 'from elsewhere' WHERE number = 1")
    before = library.dump()
    with pytest.raises(AssertionError, match="not where the log says"):
        library.undo()
    assert library.dump() == before


def test_changes_of_an_older_schema_are_undone_in_a_newer_one(library: Library, tmp_path: Path) -> None:
    library.edit("p1", Edit(title="水質"))
    library.remove(["p2"])
    library.empty_trash()
    folder = library.folder
    library.close()
    newer = tmp_path / "migrations"
    shutil.copytree(ladder.FOLDER, newer)
    number = len(ladder.steps()) + 1
    (newer / f"{number:04d}.sql").write_text(
        "ALTER TABLE piece ADD COLUMN colour TEXT NOT NULL DEFAULT 'none';\nUPDATE piece SET colour = 'blue';\n"
        "ALTER TABLE piece DROP COLUMN link;\n"
    )
    piece = Table(
        "piece", MetaData(), *(column._copy() for column in PIECE.columns if column.name not in ("link", "course"))
    )
    piece.append_column(Column("colour", Text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changes, "LOGGED", {**LOGGED, "piece": piece})
        database = open_database(folder / "library.sqlite3", migrations=newer)
        with database.write() as connection:
            assert len(changes.undo(connection, 3)[0]) == 3
            rows = connection.exec_driver_sql("SELECT number, title, colour FROM piece ORDER BY number").all()
            assert [tuple(row) for row in rows][:2] == [(1, "甲", "blue"), (2, "乙", "none")]
            assert len(changes.redo(connection, 3)[0]) == 3
            rows = connection.exec_driver_sql("SELECT number, title, colour FROM piece ORDER BY number").all()
            assert (1, "水質", "blue") in [tuple(row) for row in rows]
            assert 2 not in [row[0] for row in rows]
        database.close()


def test_a_school_s_setting_that_this_program_cannot_use_keeps_nobody_out(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for settings_ in ({"uploads": 3}, {"quota_course": "many"}):
        with pytest.raises(UsageError):
            library.set_school_rules(settings_)
    library.set_school_rules({"quota_course": 4})
    told = library.dump().replace(
        b'{"quota_course":4}', b'{"quota_course":4,"quota_course_x":[1],"uploads_course":"a"}'
    )
    with Library.from_dump(tmp_path / "second", told, library.file_path) as second:
        assert second.school_rules() == {"quota_course": 4}
        assert second.school_rules() == {"quota_course": 4}
        assert second.dump() == told, "what a newer program set is not lost"
    assert len(caplog.records) == 2


def test_a_replaced_file_is_kept_and_can_come_back(library: Library, tmp_path: Path) -> None:
    first, second = write_work(tmp_path / "work", {"初.png": b"\x89PNG\r\n\x1a\n1", "定.png": b"\x89PNG\r\n\x1a\n2"})
    library.attach("p1", first)
    piece = library.attach("p1", second)
    role = piece.files[-1].role
    assert [(file.name, file.current) for file in piece.files if file.role == role][-2:] == [
        ("初.png", False),
        ("定.png", True),
    ]
    earlier = next(file for file in piece.files if file.name == "初.png")
    assert library.use_version("p1", earlier.id).file(role) is not None
    assert library.piece("p1").file(role).name == "初.png"  # type: ignore[union-attr]
    assert library.file_path(piece.files[-1].sha256).read_bytes() == second.read_bytes()
