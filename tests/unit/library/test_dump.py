from __future__ import annotations

import json
from typing import Any

import pytest

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.library import dump
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.pieces.piece import Course, Piece, PieceFile
from portfolio_desktop.terms import Term

SHA = "ab" * 32
FILE = PieceFile(
    "f4", "document", "報告.pdf", SHA, "cd" * 16, 12, Inspection("pdf"), sealed="2025-01-01T08:00:00+08:00"
)
PIECE = Piece(
    "p3",
    "水質",
    "course",
    Term(113, 1),
    fields={"b": "2", "a": "1"},
    course_id="c2",
    files=(FILE,),
    ticked={113: 2},
    added="x",
    changed="y",
)
COURSE = Course("c2", "生物", Term(113, 1))
PROFILE = Profile("general", 113, "測試學生")


def written(**changes: Any) -> bytes:
    return dump.dump(PROFILE, {"uploads": 3}, [COURSE], [PIECE])


def test_it_is_canonical_json() -> None:
    content = written().decode()
    data = json.loads(content)
    assert (data["format"], data["version"]) == (dump.FORMAT, 1)
    assert data["pieces"][0]["files"][0]["sealed"] == FILE.sealed
    assert "inspection" not in data["pieces"][0]["files"][0]
    for line in content.splitlines():
        if line.startswith("{") and line.endswith("}"):
            assert line == json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert content == dump.dump(PROFILE, {"uploads": 3}, [COURSE], [PIECE]).decode()


def test_it_is_read_back_as_rows() -> None:
    contents = dump.read(written())
    assert contents.profile == PROFILE
    assert contents.rules == {"uploads": 3}
    assert contents.courses[0]["number"] == 2
    assert contents.pieces[0]["fields"] == '{"a":"1","b":"2"}'
    assert contents.files[0]["piece"] == 3
    assert contents.ticks == ({"piece": 3, "year": 113, "position": 2},)
    assert contents.digests == (SHA,)


def change(path: str, value: object) -> bytes:
    """The dump with one value, named by a path such as pieces.0.id, set to another."""
    data = json.loads(written())
    at: Any = data
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in steps:
        at = at[step]
    if value is None and isinstance(at, dict):
        del at[last]
    else:
        at[last] = value
    return json.dumps(data).encode()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("format", "something else"),
        ("format", None),
        ("version", 2),
        ("version", "1"),
        ("profile", []),
        ("profile.school_type", "gymnasium"),
        ("profile.nickname", "x"),
        ("profile.entry_year", "113"),
        ("school_rules", 3),
        ("pieces", {"id": "p1"}),
        ("pieces.0.id", "p0"),
        ("pieces.0.id", "p-1"),
        ("pieces.0.id", "f3"),
        ("pieces.0.id", "p１"),
        ("pieces.0.id", "p" + "9" * 30),
        ("pieces.0.title", 5),
        ("pieces.0.title", None),
        ("pieces.0.category", "cooking"),
        ("pieces.0.term", "113-3"),
        ("pieces.0.fields", {"a": 1}),
        ("pieces.0.certification", "maybe"),
        ("pieces.0.ticked", {"113": "first"}),
        ("pieces.0.ticked", [113]),
        ("pieces.0.files.0.sha256", "../../etc/passwd"),
        ("pieces.0.files.0.sha256", SHA.upper()),
        ("pieces.0.files.0.role", "malware"),
        ("pieces.0.files.0.current", "yes"),
        ("pieces.0.files.0.current", 7),
        ("pieces.0.ticked", {"113": 10**30}),
        ("pieces.0.ticked", {"-1": 1}),
        ("profile.name", 5),
        ("profile.entry_year", 113.5),
        ("profile.entry_year", True),
        ("profile.school_type", 7),
        ("school_rules", []),
        ("school_rules", "quota_course"),
        ("version", 1.5),
        ("pieces.0.files.0.made_from", 7),
        ("courses.0.term", 113),
        ("courses.0.name", []),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(path: str, value: object) -> None:
    with pytest.raises(PortfolioError) as caught:
        dump.read(change(path, value))
    assert type(caught.value) is PortfolioError


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'"x"', b"1e999", b"[" * 100_000])
def test_what_is_no_dump_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(PortfolioError):
        dump.read(content)


def test_broken_surrogates_do_not_come_in() -> None:
    contents = dump.read(change("pieces.0.title", "壞\ud800"))
    assert contents.pieces[0]["title"] == "壞\ufffd"
