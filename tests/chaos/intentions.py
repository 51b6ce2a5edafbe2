"""What the writer may do, one step at a time: chosen by chance from what the library holds, and the same on its twin.

choose(chance, library, work) -> Step(name, do)      `do(library)` changes the same things in every equal library
EXPORTS                                              what is not a change: only the real library does it
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from portfolio_desktop.bundle import archive
from portfolio_desktop.bundle.plan import plan_bundle
from portfolio_desktop.findings.rules import RuleBook
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import Edit, NewPiece, PieceFilter
from portfolio_desktop.library.safekeeping import whole
from portfolio_desktop.pieces.forms import FormBook
from portfolio_desktop.pieces.piece import CATEGORIES, CERTIFICATIONS, Course
from portfolio_desktop.places import resources
from portfolio_desktop.terms import Term

YEARS = (113, 114)
TARGETS = ("成果包.zip", "成果包", "全部.zip", "全部")
BACKUPS = ("備份一", "備份二")
SIZES = (1, 400, 4096, 20_000, 150_000)
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Step:
    """One intention; `changes` tells whether the twin does it too, `target` what an export leaves."""

    name: str
    do: Callable[[Library], object]
    changes: bool = True
    target: str = ""


class Chooser:
    """Chooses steps for one writer; `work` is a folder for the files that it brings in.

    With `only`, these and no others, one as often as the other.
    """

    def __init__(self, chance: random.Random, work: Path, outside: Path, only: frozenset[str] = frozenset()) -> None:
        self.chance = chance
        self.weights = dict.fromkeys(sorted(only), 1) or {name: weight for name, (weight, _how) in CHOICES.items()}
        self.work = work
        self.outside = outside
        self.made = 0
        self.forms = FormBook.load(resources() / "forms")
        self.rules = RuleBook.load(resources() / "rules")

    def choose(self, library: Library) -> Step:
        """The next step, possible in this library as far as can be told beforehand."""
        pieces = library.pieces(PieceFilter(trashed=None))
        if not pieces:
            return self._add(library, [])
        ids = [piece.id for piece in pieces]
        [name] = self.chance.choices(list(self.weights), list(self.weights.values()))
        return CHOICES[name][1](self, library, ids)

    def files(self, count: int, head: bytes = b"", ending: str = "txt") -> list[Path]:
        """New files with contents of their own; now and then one that was there before."""
        paths = []
        for _number in range(count):
            self.made += 1
            earlier = sorted(self.work.iterdir())
            if earlier and self.chance.random() < 0.15:
                paths.append(self.chance.choice(earlier))
                continue
            path = self.work / f"{self.made:04d}-{self.chance.getrandbits(32):08x}.{ending}"
            path.write_bytes(head + self.chance.randbytes(self.chance.choice(SIZES)))
            paths.append(path)
        return paths

    def text(self) -> str:
        return f"簡述 {self.chance.getrandbits(40):x} 水質調查" * self.chance.choice((1, 1, 5, 60))

    def some(self, ids: Sequence[str], most: int) -> list[str]:
        return self.chance.sample(list(ids), min(len(ids), self.chance.randint(1, most)))

    def _add(self, _library: Library, _ids: Sequence[str]) -> Step:
        paths, new = self.files(self.chance.randint(1, 8)), NewPiece(category=self.chance.choice([None, *CATEGORIES]))
        return Step("add", lambda library: library.add(paths, new))

    def _edit(self, _library: Library, ids: Sequence[str]) -> Step:
        piece, term = self.chance.choice(ids), Term(self.chance.choice(YEARS), self.chance.choice((1, 2)))
        edit = Edit(summary=self.text(), title=f"標題 {self.chance.getrandbits(16)}", term=term)
        return Step("edit", lambda library: library.edit(piece, edit))

    def _edit_all(self, _library: Library, ids: Sequence[str]) -> Step:
        edit = Edit(fields={"host": self.text()}, category=self.chance.choice(CATEGORIES))
        return Step("edit all", lambda library: library.edit_all(ids, edit))

    def _replace(self, _library: Library, ids: Sequence[str]) -> Step:
        (path,), piece = self.files(1, PNG, "png"), self.chance.choice(ids)
        return Step("replace", lambda library: library.attach(piece, path, "document"))

    def _whole_edit(self, _library: Library, ids: Sequence[str]) -> Step:
        (path,), piece = self.files(1, PNG, "png"), self.chance.choice(ids)
        edit = Edit(summary=self.text(), certification=self.chance.choice(CERTIFICATIONS))
        return Step("edit and attach", lambda library: library.edit(piece, edit, attach=path))

    def _version(self, library: Library, ids: Sequence[str]) -> Step:
        piece = self.chance.choice(ids)
        earlier = [one.file.id for one in library.versions(piece) if not one.file.current]
        texts = [one.id for one in library.texts(piece) if not one.current]
        if earlier:
            file = self.chance.choice(earlier)
            return Step("use version", lambda library: library.use_version(piece, file))
        if texts:
            text = self.chance.choice(texts)
            return Step("use text", lambda library: library.use_text(piece, text))
        return self._edit(library, ids)

    def _detach(self, library: Library, ids: Sequence[str]) -> Step:
        held = [(piece.id, file.id) for piece in library.pieces() for file in piece.files if file.current]
        if not held:
            return self._replace(library, ids)
        piece, file = self.chance.choice(held)
        return Step("detach", lambda library: library.detach(piece, file))

    def _remove(self, _library: Library, ids: Sequence[str]) -> Step:
        chosen = self.some(ids, 4)
        return Step("remove", lambda library: library.remove(chosen))

    def _restore(self, _library: Library, ids: Sequence[str]) -> Step:
        chosen = self.some(ids, 8)
        return Step("restore", lambda library: library.restore(chosen))

    def _empty(self, _library: Library, _ids: Sequence[str]) -> Step:
        return Step("empty trash", lambda library: library.empty_trash())

    def _tick(self, _library: Library, ids: Sequence[str]) -> Step:
        chosen, year = self.some(ids, 5), self.chance.choice(YEARS)
        return Step("tick", lambda library: library.tick(chosen, year))

    def _untick(self, _library: Library, ids: Sequence[str]) -> Step:
        chosen, year = self.some(ids, 5), self.chance.choice(YEARS)
        return Step("untick", lambda library: library.untick(chosen, year))

    def _course(self, library: Library, ids: Sequence[str]) -> Step:
        courses, piece = library.courses(), self.chance.choice(ids)
        course = Course("", f"課程 {self.chance.getrandbits(16)}", Term(113, 1), credits="2")
        if not courses or self.chance.random() < 0.4:
            return Step("course", lambda library: library.add_course(course))
        chosen = self.chance.choice(courses).id
        if self.chance.random() < 0.5:
            return Step("course", lambda library: library.edit(piece, Edit(course_id=chosen, category="course")))
        return Step("course", lambda library: library.remove_course(chosen))

    def _settings(self, _library: Library, _ids: Sequence[str]) -> Step:
        number = self.chance.getrandbits(16)
        if number % 2:
            return Step("profile", lambda library: library.set_profile(Profile("technical", 113, f"學生 {number}")))
        return Step("school rules", lambda library: library.set_school_rules({"uploads_course": number % 9}))

    def _undo(self, _library: Library, _ids: Sequence[str]) -> Step:
        steps = self.chance.choice((1, 1, 2, 5))
        return Step("undo", lambda library: library.undo(steps))

    def _redo(self, _library: Library, _ids: Sequence[str]) -> Step:
        steps = self.chance.choice((1, 1, 2, 5))
        return Step("redo", lambda library: library.redo(steps))

    def _look(self, library: Library, ids: Sequence[str]) -> Step:
        pending = library.pending_looks()
        if not pending:
            return self._edit(library, ids)
        sha256, text = self.chance.choice(pending)[0], self.text()
        return Step("look", lambda library: library.record_look(sha256, Inspection(kind="txt"), text))

    def _catalog(self, _library: Library, _ids: Sequence[str]) -> Step:
        return Step("catalog", lambda library: library.refresh_catalog(), changes=False)

    def _export(self, _library: Library, _ids: Sequence[str]) -> Step:
        name, year = self.chance.choice(TARGETS), self.chance.choice(YEARS)
        everything = name.startswith("全部")

        def export(library: Library) -> None:
            plan = plan_bundle(
                library.pieces(PieceFilter(trashed=None)),
                library.courses(),
                self.forms,
                self.rules,
                year,
                library.profile,
                everything,
                library.school_rules(),
            )
            archive.write(plan, library.file_path, self.outside / name, dump=library.dump() if everything else None)

        return Step("export", export, changes=False, target=name)

    def _backup(self, _library: Library, _ids: Sequence[str]) -> Step:
        name = self.chance.choice(BACKUPS)
        return Step("backup", lambda library: whole.back_up(library, self.outside / name), changes=False, target=name)


CHOICES: dict[str, tuple[int, Callable[[Chooser, Library, Sequence[str]], Step]]] = {
    "add": (6, Chooser._add),
    "edit": (4, Chooser._edit),
    "edit all": (1, Chooser._edit_all),
    "replace": (4, Chooser._replace),
    "edit and attach": (2, Chooser._whole_edit),
    "version": (2, Chooser._version),
    "detach": (1, Chooser._detach),
    "remove": (2, Chooser._remove),
    "restore": (2, Chooser._restore),
    "empty trash": (1, Chooser._empty),
    "tick": (2, Chooser._tick),
    "untick": (1, Chooser._untick),
    "course": (2, Chooser._course),
    "settings": (1, Chooser._settings),
    "undo": (3, Chooser._undo),
    "redo": (2, Chooser._redo),
    "look": (1, Chooser._look),
    "catalog": (2, Chooser._catalog),
    "export": (3, Chooser._export),
    "backup": (3, Chooser._backup),
}
"""How often each is chosen, of the sum of all."""
