"""Every door through which foreign bytes come in, with what must hold whatever they are.

    Targets(scratch) -> .run(name, steps, number)      one attempt; an AssertionError or any other exception is a find

A real file, bundle or dump is spoilt (helpers/mutations.py), handed to the program, and afterwards nothing may lie outside
the one place that was named, nothing half-done may be left, and whatever was refused was refused in one clean sentence.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from helpers import specimens
from helpers.checkout import ROOT
from helpers.mutations import HOSTILE, Step, spoil, spoil_json
from portfolio_desktop.bundle import archive, documents
from portfolio_desktop.bundle.importing import import_bundle
from portfolio_desktop.bundle.plan import plan_bundle
from portfolio_desktop.bundle.verify import verify
from portfolio_desktop.errors import DamageError, PortfolioError, UsageError
from portfolio_desktop.files import read_source
from portfolio_desktop.findings.characters import invisible
from portfolio_desktop.findings.checks import file_findings
from portfolio_desktop.findings.rules import RuleBook
from portfolio_desktop.findings.school import read_school
from portfolio_desktop.inspection.abilities import FILMS
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.inspection.guard import Pool
from portfolio_desktop.inspection.readers import TASKS, WITH_PICTURE, WITH_TEXT
from portfolio_desktop.inspection.structure import inspect_stream
from portfolio_desktop.kinds.detect import kind_of
from portfolio_desktop.library import dump
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.lock import LockedError, read_note
from portfolio_desktop.library.place_facts import dropbox_folders, linux_mounts
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import Edit, NewPiece, PieceFilter
from portfolio_desktop.library.safekeeping import backups, rebuilding, record, restoring, verifying, whole
from portfolio_desktop.pieces.forms import FormBook
from portfolio_desktop.pieces.judging import Judge
from portfolio_desktop.pieces.piece import Course
from portfolio_desktop.settings import load
from portfolio_desktop.terms import Term

RULES = RuleBook.load(ROOT / "resources" / "rules")
FORMS = FormBook.load(ROOT / "resources" / "forms")
READ_FACTOR, CALL_FACTOR, ALLOWANCE = 40, 3, 4 << 20
"""What a look at the structure may read: a multiple of the file's size and a constant; calls a byte, at most."""
STOPPED = "stopped"
"""What `run` answers where a guarded reader had to be ended: allowed, and counted."""


class Counted(io.BytesIO):
    """An open file that counts what is read of it: a bound on work that no slow machine disturbs."""

    taken = calls = 0

    def read(self, size: int | None = -1, /) -> bytes:
        content = super().read(size)
        self.taken += len(content)
        self.calls += 1
        return content

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self.calls += 1
        return super().seek(offset, whence)


class Targets:
    """Everything that is fed, made once in a folder of its own; `close` when done."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scratch = folder / "scratch"
        self.target = folder / "target"
        for place in (self.scratch, self.target):
            place.mkdir(parents=True)
        (folder / "beside.txt").write_text("stays as it is", encoding="utf-8")
        self.files = _files()
        self.names = tuple(self.files)
        self._make_library(folder / "library")
        self._still = self._surroundings()
        self._pool: Pool | None = None

    def _make_library(self, folder: Path) -> None:
        work = self.scratch
        (work / "水質.pdf").write_bytes(specimens.pdf())
        (work / "海報.png").write_bytes(specimens.png(40, 30))
        with Library.create(folder, Profile("general", 113, "示範學生", "市立高中")) as library:
            ids = [piece.id for piece in library.add(sorted(work.iterdir()), NewPiece(Term(113, 1), "other")).added]
            course = library.add_course(Course("", "生物", Term(113, 1), "required", "2", "自然科老師"))
            library.edit(ids[0], Edit(category="course", course_id=course.id, certification="certified", summary="量"))
            library.edit(ids[1], Edit(link="https://example.org", title="海報", fields={"start": "2024-02-29"}))
            library.tick(ids, 113)
            library.set_school_rules({"uploads_course": 3})
            plan = self._plan(library)
            self.bundle = archive.write(plan, library.file_path, folder.parent / "bundle", dump=library.dump()).path
            self.packed = archive.write(plan, library.file_path, folder.parent / "b.zip", dump=library.dump()).path
            self.stored = {file.sha256: file.path for file in library.files()}
            self.catalog = library.dump()
            self.place = whole.back_up(library, folder.parent / "place").place
        self.library = folder
        for path in work.iterdir():
            path.unlink()

    def close(self) -> None:
        """End the guarded readers."""
        if self._pool is not None:
            self._pool.close(abandon=True)

    def run(self, name: str, done: Sequence[Step], number: int) -> str:
        """One attempt at the target called `name`; `number` chooses which file or way. Answers "" or STOPPED."""
        kept, tempfile.tempdir = tempfile.tempdir, str(self.scratch)
        try:
            outcome = TARGETS[name](self, done, number) or ""
        except BaseException:
            for left in self.scratch.iterdir():  # so that the next attempt is not blamed for it
                shutil.rmtree(left) if left.is_dir() else left.unlink()
            raise
        finally:
            tempfile.tempdir = kept
        self._nothing_outside()
        return outcome

    def _nothing_outside(self) -> None:
        left = [path.name for place in (self.scratch, self.target) for path in place.iterdir()]
        assert not left, f"left behind: {left}"
        assert self._surroundings() == self._still, "something outside was touched"

    def _surroundings(self) -> dict[str, tuple[int, int]]:
        """Every path around with its size and time of change: what was written outside shows here."""
        found = {}
        for place in (self.folder, self.folder.parent):
            for each in os.scandir(place):
                if each.name not in ("scratch", "target", self.folder.name):
                    facts = each.stat(follow_symlinks=False)
                    found[each.path] = (facts.st_size, facts.st_mtime_ns)
        return found

    # Files

    def spoilt(self, done: Sequence[Step], number: int) -> tuple[str, bytes]:
        """A real file, spoilt: its name and its bytes."""
        name, other = self.names[number % len(self.names)], self.names[(number * 7 + 3) % len(self.names)]
        return name, spoil(self.files[name], done, self.files[other])

    def structure(self, done: Sequence[Step], number: int) -> None:
        """Structure inspection: never raises, and its work is bounded by the file's size."""
        name, content = self.spoilt(done, number)
        stream = Counted(content)
        kind = kind_of(stream)
        for tried in dict.fromkeys((kind, name.rpartition(".")[2])):
            stream.taken = stream.calls = 0
            facts = inspect_stream(stream, len(content), tried)
            assert stream.taken <= READ_FACTOR * len(content) + ALLOWANCE, (tried, stream.taken, len(content))
            assert stream.calls <= CALL_FACTOR * len(content) + 100_000, (tried, stream.calls, len(content))
            assert Inspection.from_json(json.loads(json.dumps(facts.to_json()))) == facts
            for finding in file_findings(name, len(content), facts, RULES.for_year(113)):
                _clean(finding.message)

    def readers(self, done: Sequence[Step], number: int) -> str:
        """The deep readers, text, thumbnail and page in a guarded process: an answer each time, no exception of ours."""
        if self._pool is None:
            self._pool = Pool(1, seconds=20.0)
        name, content = self.spoilt(done, number)
        path = self.scratch / f"file{number}"
        path.write_bytes(content)
        here, outcome = "portfolio_desktop.inspection", ""
        try:
            kind = read_source(path).kind
            wanted: list[tuple[str, tuple[Any, ...]]] = []
            if kind in TASKS:
                wanted.append((TASKS[kind], (str(path), kind)))
            if kind in WITH_TEXT:
                wanted.append((f"{here}.text:extract", (str(path), kind)))
            if kind in WITH_PICTURE:
                wanted.append((f"{here}.pictures:thumbnail", (str(path), kind, 256)))
                wanted.append((f"{here}.pictures:page", (str(path), kind, 0, 600)))
            if kind in FILMS:
                wanted.append((f"{here}.pictures:pixels", (str(path), kind, "frame", 700, 300)))
            for task, arguments in wanted:
                with _stops_allowed() as stops:
                    answer = self._pool.run(task, *arguments)
                    if task.endswith(":inspect"):
                        facts = Inspection.from_json(answer)
                        for finding in file_findings(name, len(content), facts, RULES.for_year(113)):
                            _clean(finding.message)
                outcome = outcome or stops.reason
        finally:
            path.unlink()
        return outcome

    # Bundles

    def zipped(self, done: Sequence[Step], number: int) -> None:
        """A ZIP whose bytes are spoilt, often in its directory."""
        path = self.scratch / "b.zip"
        content = self.packed.read_bytes()
        if number % 2:  # the directory stands at the end
            tail = 4000
            content = content[:-tail] + spoil(content[-tail:], done, content)
        else:
            content = spoil(content, done, content[::-1])
        path.write_bytes(content)
        self._offer(path)
        path.unlink()

    def packed_anew(self, done: Sequence[Step], number: int) -> None:
        """A ZIP of any packer, whose names or contents are somebody else's choice."""
        path = self.scratch / "b.zip"
        contents = _tree(self.bundle)
        _change_one(contents, done, number)
        evil = number // 3 % len(HOSTILE)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in contents.items():
                packed.writestr(name, content)
            if number % 3 == 0 and isinstance(HOSTILE[evil], str) and HOSTILE[evil].isprintable():
                packed.writestr((HOSTILE[evil] or "./")[: 60_000 // 3], b"outside")
        self._offer(path)
        path.unlink()

    def folder_bundle(self, done: Sequence[Step], number: int) -> None:
        """A folder whose manifest, dump or files are spoilt; half of the time with hashes that fit again."""
        path = self.scratch / "bundle"
        contents = _tree(self.bundle)
        _change_one(contents, done, number)
        for name, content in contents.items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(content)
        if number % 11 == 0:
            victim = path / sorted(contents)[number % len(contents)]
            victim.unlink()
            victim.symlink_to(self.folder / "beside.txt")
        self._offer(path)
        shutil.rmtree(path)

    def _offer(self, path: Path) -> None:
        with suppress(PortfolioError), _one_sentence():
            for problem in verify(path).problems:
                _clean(problem.message)
        self._made(lambda new: import_bundle(path, new))

    def _made(self, make: Callable[[Path], Library], *, emptied: bool = False) -> None:
        """A library comes of it that can be used like any other, or nothing at all; `emptied`: in a folder that is there."""
        new = self.target / "new"
        if emptied:
            new.mkdir()
        try:
            with suppress(PortfolioError), _one_sentence(), make(new) as library:
                self._use(library)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        if new.exists():
            assert (new / "library.sqlite3").is_file() or (emptied and not list(new.iterdir())), list(new.iterdir())
            shutil.rmtree(new)

    def _use(self, library: Library) -> None:
        assert dump.read(library.dump())
        pieces = library.pieces(PieceFilter(trashed=None))
        profile, school = library.profile, library.school_rules()
        year = profile.entry_year
        judge = Judge(FORMS, RULES, profile.school_type, library.courses(), year, school, year)
        for piece in pieces:
            for finding in judge.findings(piece):
                _clean(finding.message)
        documents.render(self._plan(library))
        library.find("水質")
        if pieces:
            library.edit(pieces[0].id, Edit(summary="改過"))
            library.undo()

    def _plan(self, library: Library) -> Any:
        pieces = library.pieces(PieceFilter(trashed=None))
        return plan_bundle(pieces, library.courses(), FORMS, RULES, 113, library.profile, True, library.school_rules())

    # Dumps and settings

    def dump_read(self, done: Sequence[Step], number: int) -> None:
        """A dump, its bytes or its values spoilt."""
        content = self._spoilt_dump(done, number)
        with suppress(PortfolioError), _one_sentence():
            dump.read(content)

    def dump_filled(self, done: Sequence[Step], number: int) -> None:
        """A library made of such a dump."""
        content = self._spoilt_dump(done, number | 1)

        def source(sha256: str) -> Path:
            if sha256 not in self.stored:
                raise DamageError("不見了")
            return self.stored[sha256]

        self._made(lambda new: Library.from_dump(new, content, source), emptied=True)

    def _spoilt_dump(self, done: Sequence[Step], number: int) -> bytes:
        if number % 2 == 0:
            return spoil(self.catalog, done, self.catalog[::-1])
        return _json(spoil_json(json.loads(self.catalog), done))

    def settings(self, done: Sequence[Step], number: int) -> None:
        """The program's own settings: anything in them means defaults."""
        good = {"last_library": "/x", "language": "en", "window": {"section": "course", "size": [1, 2]}}
        path = self.scratch / "settings.json"
        path.write_bytes(_json(spoil_json(good, done)) if number % 2 else spoil(_json(good), done))
        load(path)
        path.unlink()

    def school(self, done: Sequence[Step], number: int) -> None:
        """A school's settings, a file that is handed out: taken whole or refused with what is wrong."""
        path = self.scratch / "school.toml"
        path.write_bytes(spoil('name = "市立高中"\n[rules]\nuploads_course = 3\n'.encode(), done))
        with suppress(UsageError):
            RULES.for_year(113, read_school(path).rules)
        path.unlink()

    def notes(self, done: Sequence[Step], number: int) -> None:
        """What lies about in a library's folder and on this computer: the lock's note, the record, other programs' files."""
        good = {"host": "x", "process": 12, "since": "2025-03-01", "places": [{"path": "/x", "moment": "2025-03-01"}]}
        content = _json(spoil_json(good, done)) if number % 2 else spoil(_json(good), done)
        (self.scratch / "backups").mkdir()
        for name in ("lock", "backups/record.json"):
            (self.scratch / name).write_bytes(content)
        note = read_note(self.scratch / "lock")
        if note is not None:
            str(LockedError(note))
        record.read(self.scratch)
        dropbox_folders(content.decode("utf-8", "replace"))
        linux_mounts(spoil(MOUNTS, done).decode("utf-8", "surrogateescape"), self.folder)
        shutil.rmtree(self.scratch / "backups")
        (self.scratch / "lock").unlink()

    def backup(self, done: Sequence[Step], number: int) -> None:
        """A backup of which one file is spoilt: what comes of it is whole, or names what is missing, or is nothing."""
        place = self.scratch / "place"
        shutil.copytree(self.place, place)
        _spoil_one(place, done, number)

        def made(new: Path) -> Library:
            restored = restoring.restore(backups.find(place), new)
            assert restored.missing or restored.pieces
            return Library.open(new)

        try:
            self._made(made)
        finally:
            shutil.rmtree(place)

    def damaged_library(self, done: Sequence[Step], number: int) -> None:
        """A library of which one file is spoilt: opened, read, verified, rebuilt; then it can be used."""
        folder = self.scratch / "library"
        shutil.copytree(self.library, folder)
        spoilt = _spoil_one(folder, done, number)
        try:
            self._look_at(folder)
            with suppress(PortfolioError), _one_sentence():
                rebuilding.rebuild(folder)
            if spoilt == "library.sqlite3":
                with suppress(PortfolioError), _one_sentence(), Library.open(folder) as library:
                    self._use(library)
        finally:
            for path in folder.rglob("*"):
                if path.is_dir() and not path.is_symlink():
                    path.chmod(0o755)
            shutil.rmtree(folder)

    def _look_at(self, folder: Path) -> None:
        for read_only in (True, False):
            with suppress(PortfolioError), _one_sentence(), Library.open(folder, read_only=read_only) as library:
                library.dump()
                library.history()
                library.find("水質")
                library.pending_looks()
                for piece in library.pieces(PieceFilter(trashed=None)):
                    library.texts(piece.id)
                    library.versions(piece.id)
        with suppress(PortfolioError), _one_sentence():
            for problem in verifying.verify(folder, "full").problems:
                _clean(problem.message)


MOUNTS = b"""36 27 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 27 8:17 / /media/student/\\351\\232\\250\\040x rw - vfat /dev/sdb1 rw
"""
TARGETS: Mapping[str, Callable[[Targets, Sequence[Step], int], str | None]] = {
    "structure": Targets.structure,
    "readers": Targets.readers,
    "zip": Targets.zipped,
    "packed": Targets.packed_anew,
    "folder": Targets.folder_bundle,
    "dump": Targets.dump_read,
    "filled": Targets.dump_filled,
    "settings": Targets.settings,
    "school": Targets.school,
    "notes": Targets.notes,
    "backup": Targets.backup,
    "library": Targets.damaged_library,
}


class _stops_allowed:  # noqa: N801 - reads as what it does
    """A guarded reader may be ended for its time or memory, or die; an exception that it did not handle may not come out."""

    reason = ""

    def __enter__(self) -> _stops_allowed:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if kind is not None and kind.__name__ == "Stopped":
            self.reason = f"{STOPPED}: {error}"
            return True
        return False


class _one_sentence:  # noqa: N801
    """Whatever is refused is refused in one clean sentence."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, PortfolioError):
            assert not isinstance(error, UsageError), "a foreign file is nobody's wrong usage"
            assert str(error).strip()
            _clean(str(error))
        return False


def _clean(text: str) -> None:
    assert not invisible(text), ascii(text)
    assert "\n" not in text, ascii(text)


def _files() -> dict[str, bytes]:
    """Real files of every kind by a name with their kind as its ending, largest 300 KB: more would only be slower."""
    found = {f"good.{name}": make() for name, make in specimens.GOOD.items()}
    found |= {f"faulty-{name}.{name.split('-')[0]}": make() for name, make in specimens.FAULTY.items()}
    found |= {f"other.{name}": make() for name, make in specimens.OTHER.items()}
    found["interlaced.png"], found["moving.png"] = specimens.interlaced_png(), specimens.animated_png()
    found["named.mp3"], found["packed.pdf"] = specimens.mp3(tags=True), specimens.active_pdf("xfa")
    for path in sorted((ROOT / "resources" / "sample" / "files").iterdir()):
        if path.stat().st_size <= 300_000:
            found[path.name] = path.read_bytes()
    return {name: content for name, content in found.items() if len(content) <= 300_000}


def _tree(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _change_one(contents: dict[str, bytes], done: Sequence[Step], number: int) -> None:
    """Spoil the manifest, the dump, or any file; `number` says which, and whether the hashes are made to fit again."""
    dump_path = next(path for path in contents if path.endswith("catalog.json"))
    match number % 4:
        case 0:
            contents["manifest.json"] = _json(spoil_json(json.loads(contents["manifest.json"]), done))
            return
        case 1:
            contents["manifest.json"] = spoil(contents["manifest.json"], done)
            return
        case 2:
            changed = dump_path
            contents[changed] = _json(spoil_json(json.loads(contents[changed]), done))
        case _:
            changed = sorted(contents)[number // 4 % len(contents)]
            contents[changed] = spoil(contents[changed], done)
    if changed != "manifest.json" and number % 8 < 6:
        _hash_anew(contents, changed)


def _spoil_one(folder: Path, done: Sequence[Step], number: int) -> str:
    """Spoil one file below a folder, its database more often than others; gives its path."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    database = [name for name in names if name.endswith(".sqlite3")]
    name = database[0] if number % 3 == 0 else names[number // 3 % len(names)]
    path = folder / name
    content = path.read_bytes()
    if name.endswith(".json") and number % 2:
        try:
            spoilt = _json(spoil_json(json.loads(content), done))
        except ValueError:
            spoilt = spoil(content, done)
    else:
        spoilt = spoil(content, done, content[::-1])
    path.chmod(0o644)
    path.write_bytes(spoilt)
    return name


def _hash_anew(contents: dict[str, bytes], changed: str) -> None:
    content, manifest = contents[changed], json.loads(contents["manifest.json"])
    for file in manifest["files"]:
        if file["path"] == changed:
            digests = {"sha256": hashlib.sha256(content).hexdigest(), "md5": hashlib.md5(content).hexdigest()}
            file |= {"size": len(content)} | digests
    contents["manifest.json"] = _json(manifest)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
