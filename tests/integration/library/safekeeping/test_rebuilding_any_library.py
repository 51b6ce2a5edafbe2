"""Any library: whatever was done in it, its rebuilt database gives the dump it gave before, and no byte is lost."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies as st

from helpers.damage import DATABASE, all_hashes, copy_of_database, spoil_pages, truncate
from helpers.libraries import Clock, new_library, write_work
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import Edit, NewPiece, PieceFilter
from portfolio_desktop.library.safekeeping.rebuilding import rebuild
from portfolio_desktop.library.safekeeping.verifying import verify
from portfolio_desktop.pieces.piece import CATEGORIES, CERTIFICATIONS, Course
from portfolio_desktop.terms import Term

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
DEEDS = (
    "add",
    "add",
    "edit",
    "edit",
    "attach",
    "detach",
    "tick",
    "untick",
    "remove",
    "restore",
    "empty",
    "undo",
    "redo",
)
DEEDS += ("course", "course away", "course edit", "profile", "rules", "version")


def do(library: Library, deed: str, text: str, chance: random.Random, work: Path) -> None:
    """One deed on whatever is there; nothing where there is nothing."""
    ids = [piece.id for piece in library.pieces(PieceFilter(trashed=None))]
    courses = library.courses()
    one = chance.choice(ids) if ids else None
    match deed:
        case "add":
            names = {
                f"{chance.randrange(9)}{n}.txt": f"{text} {chance.randrange(6)}" for n in range(chance.randrange(1, 4))
            }
            course = chance.choice(courses).id if courses and chance.random() < 0.5 else None
            library.add(
                write_work(work, names), NewPiece(category=chance.choice((None, *CATEGORIES)), course_id=course)
            )
        case "edit" if one:
            certification = chance.choice((None, *CERTIFICATIONS))
            edit = Edit(
                summary=text, title=text or "x", fields={"name": text}, certification=certification, term=Term(113, 2)
            )
            library.edit(one, edit)
        case "attach" if one:
            (path,) = write_work(work, {f"{chance.randrange(9)}.png": b"\x89PNG\r\n\x1a\n" + text.encode()})
            files = library.piece(one).files
            library.attach(one, path, made_from=files[0].id if files else None)
        case "detach" if one and (files := [file for file in library.piece(one).files if file.current]):
            library.detach(one, files[0].id)
        case "version" if one and (files := [file for file in library.piece(one).files if not file.current]):
            library.use_version(one, files[0].id)
        case "tick" if ids:
            library.tick(chance.sample(ids, min(2, len(ids))), 113)
        case "untick" if one:
            library.untick([one], 113)
        case "remove" if one:
            library.remove([one])
        case "restore" if one:
            library.restore([one])
        case "empty":
            library.empty_trash()
        case "undo":
            library.undo(chance.randrange(1, 3))
        case "redo":
            library.redo()
        case "course":
            library.add_course(Course("", text or "x", Term(113, 1)))
        case "course edit" if courses:
            library.edit_course(Course(courses[0].id, text or "y", None, teacher=text))
        case "course away" if courses:
            library.remove_course(courses[0].id)
        case "profile":
            library.set_profile(Profile(chance.choice(("general", "technical")), 113, text, text))
        case "rules":
            library.set_school_rules({"uploads_course": chance.randrange(1, 9)})


@pytest.mark.no_cover
@hypothesis.settings(max_examples=20)
@hypothesis.given(
    deeds=st.lists(st.tuples(st.sampled_from(DEEDS), TEXT), max_size=25),
    copied_after=st.integers(0, 25),
    ruin=st.sampled_from(("gone", "pages", "cut", "empty")),
    seed=st.integers(0, 2**32),
)
def test_any_library_comes_back(deeds: list[tuple[str, str]], copied_after: int, ruin: str, seed: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder, work, clock = Path(name, "library"), Path(name, "work"), Clock()
        work.mkdir()
        new_library(folder).close()
        for number, (deed, text) in enumerate(deeds):
            if number == copied_after:
                copy_of_database(folder, "20240101T000000Z-close.sqlite3")
            with Library.open(folder, clock=clock) as library:
                do(library, deed, text, chance, work)
        with Library.open(folder, clock=clock) as library:
            dump, history = library.dump(), library.history()
            known = {file.sha256 for file in library.files()}
        if copied_after >= len(deeds):
            shutil.rmtree(folder / "backups", ignore_errors=True)
        else:
            for path in (folder / "backups").glob("2025*.sqlite3"):
                path.unlink()
        match ruin:
            case "gone":
                (folder / DATABASE).unlink()
            case "pages":
                spoil_pages(folder / DATABASE)
            case "cut":
                truncate(folder / DATABASE)
            case "empty":
                truncate(folder / DATABASE, 0)
        before = all_hashes(folder)
        done = rebuild(folder, clock=clock)
        assert done.missing == ()
        assert before <= all_hashes(folder)
        with Library.open(folder, clock=clock) as library:
            assert verify(library).problems == ()
            assert {file.sha256 for file in library.files()} == known, "also what only the log knew"
            now, filed = json.loads(library.dump()), {identity for identity, _title in done.filed}
            now["pieces"] = [piece for piece in now["pieces"] if piece["id"] not in filed]
            assert now == json.loads(dump)
            assert filed or library.dump() == dump
            if done.base is not None:
                entries = library.history()
                mine = [entry for entry in entries if entry.sentence == "重建資料庫"]
                assert len(mine) <= 1
                assert [e.sentence for e in entries if e not in mine][::-1] == [
                    e.sentence for e in history[::-1][: len(entries) - len(mine)]
                ]
                rebuilt = library.dump()
                library.redo(len(library.undo(len(entries))))
                assert library.dump() == rebuilt
