"""Whose turn it is: fifty backups read everything, whatever becomes of the snapshots."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from portfolio_desktop.library.safekeeping import turns

HASHES = [hashlib.sha256(bytes([number])).hexdigest() for number in range(120)]


def test_fifty_turns_read_everything_and_then_begin_anew(tmp_path: Path) -> None:
    seen = list[str]()
    for _time in range(turns.ROUNDS):
        turn = turns.begin(tmp_path, "0f1e2d3c", HASHES)
        assert len(turn.due) == 3
        seen += sorted(turn.due)
        turn.end()
    assert set(seen) == set(HASHES)


def test_each_library_has_its_own_turn(tmp_path: Path) -> None:
    first = turns.begin(tmp_path, "a", HASHES)
    first.end()
    assert turns.begin(tmp_path, "b", HASHES).due == first.due
    assert not turns.begin(tmp_path, "a", HASHES).due & first.due


def test_one_that_is_not_ended_moves_nothing_on(tmp_path: Path) -> None:
    assert turns.begin(tmp_path, "a", HASHES).due == turns.begin(tmp_path, "a", HASHES).due
    assert list(tmp_path.iterdir()) == []


def test_reading_everything_keeps_the_turn(tmp_path: Path) -> None:
    turns.begin(tmp_path, "a", HASHES).end()
    before = (tmp_path / turns.NAME).read_bytes()
    turn = turns.begin(tmp_path, "a", HASHES, everything=True)
    assert turn.due == set(HASHES)
    turn.end()
    assert (tmp_path / turns.NAME).read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"a": 5}', b'{"a": "zz"}', b"\xff", b"[" * 70_000])
def test_a_broken_note_begins_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / turns.NAME).write_bytes(content)
    assert turns.begin(tmp_path, "a", HASHES).due == set(sorted(HASHES)[:3]) or content == b'{"a": 5}'
    assert len(turns.begin(tmp_path, "a", HASHES).due) == 3


def test_nothing_there(tmp_path: Path) -> None:
    turn = turns.begin(tmp_path, "a", ())
    assert turn.due == frozenset()
    turn.end()
    assert list(tmp_path.iterdir()) == []
