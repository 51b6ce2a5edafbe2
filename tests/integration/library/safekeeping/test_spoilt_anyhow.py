"""Bytes changed anywhere in the database or the catalog: never a crash, always told or mended, and no byte is lost."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies as st

from helpers.damage import DATABASE, all_hashes, copy_of_database, later_work, rich_library
from helpers.libraries import Clock
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.safekeeping.rebuilding import rebuild
from portfolio_desktop.library.safekeeping.verifying import verify

SPOTS = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=40)), min_size=1, max_size=6
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = rich_library(tmp_path_factory.mktemp("made") / "library")
    copy_of_database(folder)
    return folder, later_work(folder)


def spoil(path: Path, spots: list[tuple[float, bytes]], cut: float) -> None:
    content = bytearray(path.read_bytes())
    for at, noise in spots:
        start = int(at * len(content))
        content[start : start + len(noise)] = noise
    path.write_bytes(content[: int(cut * len(content))] if cut < 1 else content)


@hypothesis.example(spots=[(0.9375, b"\x80")], cut=1.0, which=DATABASE)  # in a text of the log: no UTF-8 any more
@pytest.mark.no_cover
@hypothesis.settings(max_examples=25, suppress_health_check=list(hypothesis.HealthCheck))
@hypothesis.given(
    spots=SPOTS, cut=st.sampled_from((1.0, 1.0, 1.0, 0.7)), which=st.sampled_from((DATABASE, "catalog.json"))
)
def test_spoilt_bytes_are_never_a_crash(
    made: tuple[Path, bytes],
    caplog: pytest.LogCaptureFixture,
    spots: list[tuple[float, bytes]],
    cut: float,
    which: str,
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(shutil.copytree(made[0], Path(name) / "library"))
        spoil(folder / which, spots, cut)
        if which != DATABASE:
            (folder / DATABASE).unlink()
        looked_at = Path(shutil.copytree(folder, Path(name) / "looked at"))
        before = all_hashes(folder)
        try:
            found = verify(looked_at, "quick")
            rebuilt = rebuild(folder, clock=Clock())
        except PortfolioError as error:
            if "較新版" not in str(error):  # bytes that say so cannot be told from a newer program's
                raise
            return
        assert before <= all_hashes(folder)
        if which == DATABASE and not rebuilt.rebuilt:
            # SQLite and the rows are sound: the noise fell where nothing is, or on a text; then the catalog tells.
            with Library.open(folder, read_only=True) as library:
                assert library.dump() == made[1] or not found.ok
        elif which == DATABASE:
            assert not found.ok
            with Library.open(folder, read_only=True) as library:
                assert library.dump() == made[1]
        else:
            with Library.open(folder, read_only=True) as library:
                assert verify(library).ok
