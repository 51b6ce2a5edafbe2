"""Spoilt files, bundles, dumps and settings by the hundred: no crash, no hang, no file outside, one sentence each.

The same attempts each time; `python3 dev.py fuzz --seconds N --seed S` goes where nobody has been.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fuzz.targets import TARGETS, Targets
from helpers.mutations import DEEDS, Step, spoil, spoil_json

STEPS = st.lists(
    st.builds(Step, st.sampled_from((*DEEDS, "splice")), st.floats(0, 1), st.integers(0, 2**32 - 1)),
    min_size=1,
    max_size=6,
)
EXAMPLES = {
    "structure": 400,
    "readers": 80,
    "zip": 60,
    "packed": 40,
    "folder": 80,
    "dump": 400,
    "filled": 30,
    "settings": 60,
    "school": 60,
    "notes": 60,
    "backup": 25,
    "library": 25,
}


@pytest.fixture(scope="module")
def targets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Targets]:
    made = Targets(tmp_path_factory.mktemp("fuzz") / "arena")
    yield made
    made.close()


@pytest.mark.no_cover
@pytest.mark.shared_workers
@pytest.mark.parametrize("name", TARGETS)
def test_nothing_foreign_does_harm(targets: Targets, name: str, caplog: pytest.LogCaptureFixture) -> None:
    del caplog  # what is left out of a hostile library is told in the log

    @settings(
        max_examples=EXAMPLES[name],
        derandomize=True,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(STEPS, st.integers(0, 1 << 20))
    def attempt(done: Sequence[Step], number: int) -> None:
        targets.run(name, done, number)

    attempt()


def test_the_targets_notice(targets: Targets, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a target must find is found: a file outside, something left behind, an exception, a sentence that is none."""

    def outside(self: Targets, done: Sequence[Step], number: int) -> None:
        (self.folder / "outside.txt").write_text("x")

    def left(self: Targets, done: Sequence[Step], number: int) -> None:
        (self.target / "half").mkdir()

    for deed, undone in ((outside, Path("outside.txt")), (left, Path("target") / "half")):
        monkeypatch.setitem(TARGETS, "bad", deed)  # type: ignore[arg-type]
        with pytest.raises(AssertionError):
            targets.run("bad", [], 0)
        path = targets.folder / undone
        path.rmdir() if path.is_dir() else path.unlink()
        monkeypatch.setattr(targets, "_still", targets._surroundings())


@given(st.binary(max_size=400), STEPS, st.binary(max_size=50))
def test_spoiling_is_the_same_each_time(data: bytes, done: Sequence[Step], other: bytes) -> None:
    assert spoil(data, done, other) == spoil(data, done, other)


@given(STEPS)
def test_json_is_spoilt_in_a_copy(done: Sequence[Step]) -> None:
    value = {"a": [1, {"b": "c"}], "d": None}
    spoil_json(value, done)
    assert value == {"a": [1, {"b": "c"}], "d": None}
