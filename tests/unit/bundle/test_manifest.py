"""manifest.json: what is written is read back, and nothing else is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_desktop.bundle.manifest import BundleFile, Manifest, shown
from portfolio_desktop.errors import DamageError, PortfolioError

FILE = BundleFile("01_課程學習成果/01_水.pdf", 3, "ab" * 32, "cd" * 16)
MANIFEST = Manifest(113, "0123456789abcdef", False, {"school_type": "general"}, [{"id": "p1"}], [], (FILE,))


def changed(**values: Any) -> bytes:
    return json.dumps(json.loads(MANIFEST.to_bytes()) | values).encode()


def test_it_comes_back_as_it_was() -> None:
    assert Manifest.from_bytes(MANIFEST.to_bytes()) == MANIFEST


def test_the_year_comes_first_and_names_are_plain() -> None:
    text = MANIFEST.to_bytes().decode("utf-8")
    assert list(json.loads(text))[:3] == ["format", "version", "year"]
    assert "課程學習成果" in text
    assert text.endswith("}\n")


def test_keys_of_a_later_minor_version_are_passed_over() -> None:
    assert Manifest.from_bytes(changed(new_key=[1, 2])) == MANIFEST


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[]", b"null", b"[" * 200_000, b'{"format": ' + b"9" * 5000 + b"}"]
)
def test_what_is_no_manifest(content: bytes) -> None:
    with pytest.raises(PortfolioError):
        Manifest.from_bytes(content)


def test_another_programs_manifest_is_no_damage() -> None:
    with pytest.raises(PortfolioError, match="不是學習歷程成果包") as caught:
        Manifest.from_bytes(b'{"name": "an extension", "manifest_version": 3}')
    assert not isinstance(caught.value, DamageError)


def test_a_newer_version_is_refused_politely() -> None:
    with pytest.raises(PortfolioError, match="較新版") as caught:
        Manifest.from_bytes(changed(version=2))
    assert not isinstance(caught.value, DamageError)


@pytest.mark.parametrize(
    "values",
    [
        {"version": 0},
        {"version": "1"},
        {"version": True},
        {"version": None},
        {"year": 0},
        {"year": "113"},
        {"year": True},
        {"id": "x"},
        {"id": None},
        {"complete": 1},
        {"profile": []},
        {"pieces": {}},
        {"pieces": ["p1"]},
        {"left_out": None},
        {"files": None},
        {"files": [{}]},
        {"files": [None]},
    ],
)
def test_what_to_bytes_never_wrote_is_damage(values: dict[str, Any]) -> None:
    with pytest.raises(DamageError):
        Manifest.from_bytes(changed(**values))


@pytest.mark.parametrize(
    "values",
    [
        {"size": -1},
        {"size": 1.5},
        {"size": 1 << 60},
        {"sha256": "AB" * 32},
        {"sha256": "ab" * 31},
        {"md5": ""},
        {"path": 3},
        {"path": "../x"},
        {"path": "/etc/passwd"},
        {"path": "manifest.json"},
        {"path": "MANIFEST.JSON"},
    ],
)
def test_a_file_that_cannot_be_is_damage(values: dict[str, Any]) -> None:
    item = {"path": FILE.path, "size": FILE.size, "sha256": FILE.sha256, "md5": FILE.md5} | values
    with pytest.raises(DamageError):
        Manifest.from_bytes(changed(files=[item]))


@pytest.mark.parametrize("other", ["a/B.pdf", "A/b.pdf", "a/b.pdf"])
def test_two_names_for_one_place_are_damage(other: str) -> None:
    items = [{"path": path, "size": 0, "sha256": "0" * 64, "md5": "0" * 32} for path in ("a/b.pdf", other)]
    with pytest.raises(DamageError, match="分不開"):
        Manifest.from_bytes(changed(files=items))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(json.loads(MANIFEST.to_bytes()))), json_values, min_size=1))
def test_nothing_but_our_own_errors_comes_out(values: dict[str, Any]) -> None:
    try:
        manifest = Manifest.from_bytes(changed(**values))
    except PortfolioError:
        return
    assert Manifest.from_bytes(manifest.to_bytes()) == manifest


def test_names_in_messages_are_harmless() -> None:
    assert shown("a\x1b[31m\u202eb") == "a\\x1b[31m\\u202eb"
    assert len(shown("x" * 500)) == 80
