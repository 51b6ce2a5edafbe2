"""docs/bundle-format.md against a bundle that was just written: the page's keys, codes, names and its program."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from helpers.bundles import Shelf, small_plan
from helpers.checkout import ROOT
from portfolio_desktop.bundle import archive, layout, manifest
from portfolio_desktop.findings.catalogue_bundle import BUNDLE
from portfolio_desktop.pieces.piece import CATEGORIES

PAGE = (ROOT / "docs" / "bundle-format.md").read_text(encoding="utf-8")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    shelf = Shelf(tmp_path / "shelf")
    return archive.write(small_plan(shelf), shelf.path, tmp_path / "113學年度").path


def keys_of_table(after: str) -> list[str]:
    """The names in the first column of the first table behind a text."""
    lines = PAGE[PAGE.index(after) :].splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("|---"))
    rows = []
    for line in lines[start + 1 :]:
        if not line.startswith("|"):
            break
        rows += re.findall(r"`([^`]+)`", line.split("|")[1])
    return rows


def test_the_manifests_keys_are_those_of_the_page(bundle: Path) -> None:
    data = json.loads((bundle / "manifest.json").read_text(encoding="utf-8"))
    assert keys_of_table("## manifest.json") == list(data)
    assert sorted(keys_of_table("A piece:")) == sorted(data["pieces"][0])
    for key in (*data["files"][0], *data["profile"], *data["pieces"][0]["files"][0]):
        assert f"`{key}`" in PAGE


def test_every_problem_is_explained() -> None:
    assert set(keys_of_table("## Reading")) == set(BUNDLE) - {"bundle.empty"}


def test_names_format_and_version_are_those_of_the_code() -> None:
    for name in (layout.MANIFEST, layout.SHEET, layout.LIST_XLSX, layout.LIST_CSV, layout.COMPLETE, layout.DUMP):
        assert name in PAGE
    assert f"`{manifest.FORMAT}`" in PAGE
    assert f"version {manifest.VERSION}\n" in PAGE.splitlines(keepends=True)[0]
    assert all(f"`{category}`" in PAGE for category in CATEGORIES)


def test_the_pages_program_checks_a_bundle(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bundle.parent)
    match = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert match
    exec(match[1], {})
    listed = bundle / "清單.csv"
    listed.write_bytes(listed.read_bytes() + b" ")
    with pytest.raises(AssertionError, match=r"清單\.csv"):
        exec(match[1], {})
