from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from helpers.libraries import picture
from portfolio_desktop.errors import DamageError
from portfolio_desktop.files import Unreadable
from portfolio_desktop.library.store import BUFFER, INCOMING, PLACING, Copy, Store, digest, digest_beside
from portfolio_desktop.progress import Cancelled, Progress

AGAIN = {"a.pdf": b"work", "b.pdf": b"more"}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    (tmp_path / "files").mkdir()
    return Store(tmp_path)


def copy_in(store: Store, tmp_path: Path, name: str, content: bytes, number: int = 0) -> Copy:
    source = tmp_path / "from" / name
    source.parent.mkdir(exist_ok=True)
    source.write_bytes(content)
    return store.copy_in(source, number, Progress())


def test_a_file_is_copied_hashed_and_placed(tmp_path: Path, store: Store) -> None:
    store.begin()
    copy = copy_in(store, tmp_path, "報告.pdf", b"%PDF-1.4 work")
    assert copy.sha256 == hashlib.sha256(b"%PDF-1.4 work").hexdigest()
    assert copy.md5 == hashlib.md5(b"%PDF-1.4 work").hexdigest()
    (name,) = store.place([copy])
    store.done()
    assert name == f"{copy.sha256[:16]}/報告.pdf"
    assert store.path(name).read_bytes() == b"%PDF-1.4 work"
    assert store.holds(name, 13)
    assert not store.holds(name, 12)
    assert set(picture(tmp_path / "files")) == {copy.sha256[:16], name}


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_a_stored_file_cannot_be_written_by_accident(tmp_path: Path, store: Store) -> None:
    store.begin()
    (name,) = store.place([copy_in(store, tmp_path, "a.txt", b"work")])
    assert store.path(name).stat().st_mode & 0o222 == 0


def test_other_bytes_under_the_same_name_are_left_alone(tmp_path: Path, store: Store) -> None:
    store.begin()
    copy = copy_in(store, tmp_path, "a.pdf", b"work")
    folder = tmp_path / "files" / copy.sha256[:16]
    folder.mkdir()
    (folder / "a.pdf").write_bytes(b"damaged")
    (name,) = store.place([copy])
    assert name == f"{copy.sha256[:16]}/a (2).pdf"
    assert (folder / "a.pdf").read_bytes() == b"damaged"


def test_the_same_bytes_under_the_same_name_are_taken_over(tmp_path: Path, store: Store) -> None:
    store.begin()
    copy = copy_in(store, tmp_path, "a.pdf", b"work")
    folder = tmp_path / "files" / copy.sha256[:16]
    folder.mkdir()
    (folder / "a.pdf").write_bytes(b"work")
    assert store.place([copy]) == [f"{copy.sha256[:16]}/a.pdf"]


def test_what_lay_there_before_is_not_taken_away_again(tmp_path: Path, store: Store) -> None:
    """The database was put back to an older state: the newer one, in a copy, knows this file."""
    store.begin()
    (name,) = store.place([copy_in(store, tmp_path, "a.pdf", b"work")])
    store.done()
    before = store.path(name).stat()
    store.begin()
    again, other = (copy_in(store, tmp_path, name, content, n) for n, (name, content) in enumerate(AGAIN.items()))
    assert store.place([again, other])[0] == name
    assert store.path(name).stat() == before
    assert store.clear_up(lambda _name: False) == 1, "only the other one"
    assert store.path(name).read_bytes() == b"work"
    assert set(picture(tmp_path / "files")) == {name, name.split("/")[0]}


def test_what_another_computer_is_bringing_in_is_let_alone(tmp_path: Path, store: Store) -> None:
    """A synced folder brings its files before its database."""
    store.begin()
    (name,) = store.place([copy_in(store, tmp_path, "a.pdf", b"work")])
    placing = tmp_path / "files" / INCOMING / PLACING
    told = json.loads(placing.read_bytes())
    placing.write_text(json.dumps(told | {"host": "the other one"}))
    before = picture(tmp_path / "files")
    assert store.clear_up(lambda _name: False) == 0
    assert picture(tmp_path / "files") == before
    placing.write_text(json.dumps(told))
    assert store.clear_up(lambda _name: False) == 1
    assert not store.path(name).exists()


def test_two_files_of_one_folder_and_name_get_two_names(tmp_path: Path, store: Store) -> None:
    store.begin()
    one, two = (copy_in(store, tmp_path, "a.pdf", content, n) for n, content in enumerate((b"one", b"two")))
    alike = Copy(two.temporary, two.name, one.sha256[:16] + two.sha256[16:], two.md5, two.size, two.kind)
    assert store.place([one, alike]) == [f"{one.sha256[:16]}/a.pdf", f"{one.sha256[:16]}/a (2).pdf"]


def test_a_source_that_cannot_be_read_leaves_nothing(tmp_path: Path, store: Store) -> None:
    store.begin()
    with pytest.raises(Unreadable):
        store.copy_in(tmp_path / "nothing.pdf", 0, Progress())
    stop = Progress()
    stop.cancel()
    source = tmp_path / "a.pdf"
    source.write_bytes(b"work")
    with pytest.raises(Cancelled):
        store.copy_in(source, 1, stop)
    assert set(picture(tmp_path / "files")) == {INCOMING}


def test_an_interrupted_bringing_in_is_cleared_up(tmp_path: Path, store: Store) -> None:
    store.begin()
    known, lost = store.place([copy_in(store, tmp_path, f"{n}.txt", bytes([n]), n) for n in (1, 2)])
    copy_in(store, tmp_path, "half.txt", b"half", 3)
    assert store.clear_up(lambda name: name == known) == 1
    assert set(picture(tmp_path / "files")) == {known, known.split("/")[0]}
    assert store.clear_up(lambda _name: True) == 0
    assert not store.holds(lost, 1)


@pytest.mark.parametrize("content", ["", "[", '["../../outside.txt"]', '["/etc/passwd", 3]', '["abc/outside.txt"]'])
def test_a_list_that_makes_no_sense_takes_nothing_away(tmp_path: Path, store: Store, content: str) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("mine")
    store.begin()
    (tmp_path / "files" / INCOMING / PLACING).write_text(content)
    assert store.clear_up(lambda _name: False) == 0
    assert outside.read_text() == "mine"


def test_the_list_stands_before_the_first_name_is_given(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.begin()
    copies = [copy_in(store, tmp_path, f"{n}.txt", bytes([n]), n) for n in (1, 2)]
    listed: list[list[str]] = []
    replace = os.replace

    def watched(source: Path, target: Path) -> None:
        if target.name != PLACING:
            listed.append(json.loads((tmp_path / "files" / INCOMING / PLACING).read_bytes())["names"])
        replace(source, target)

    monkeypatch.setattr(os, "replace", watched)
    names = store.place(copies)
    assert listed == [names, names]


@pytest.mark.parametrize("path", ["../a", "0123456789abcdef/../../a", "/etc/passwd", "0123456789abcdef/.a", "a/b", ""])
def test_a_path_that_leads_elsewhere_is_damage(store: Store, path: str) -> None:
    with pytest.raises(DamageError):
        store.path(path)


def test_digest_is_of_the_content(tmp_path: Path) -> None:
    content = os.urandom(3 << 20)
    (tmp_path / "a").write_bytes(content)
    assert digest(tmp_path / "a") == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("size", [0, 1, BUFFER - 1, BUFFER, BUFFER + 1, 3 * BUFFER])
def test_two_files_are_compared_while_one_is_hashed(tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    (tmp_path / "a").write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    others = {"same": content, "longer": content + b"x", "shorter": content[:-1], "else": content[:-1] + b"?"}
    for other in others.values():
        (tmp_path / "b").write_bytes(other)
        assert digest_beside(tmp_path / "a", tmp_path / "b", Progress()) == (sha256, other == content)
    assert digest_beside(tmp_path / "a", tmp_path / "nowhere", Progress()) == (sha256, False)


def test_hashing_can_be_stopped(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"work")
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Cancelled):
        digest(tmp_path / "a", stopped)
    with pytest.raises(Cancelled):
        digest_beside(tmp_path / "a", tmp_path / "a", stopped)
