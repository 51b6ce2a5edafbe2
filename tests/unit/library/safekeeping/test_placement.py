from __future__ import annotations

import hashlib

import pytest

from portfolio_desktop.library.safekeeping.placement import Placement, Wanted, plan
from portfolio_desktop.library.safekeeping.scanning import Found


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def place(text: str, name: str = "a.txt") -> str:
    return f"{sha(text)[:16]}/{name}"


def wanted(text: str, name: str = "a.txt", path: str | None = "") -> Wanted:
    return Wanted(sha(text), "", len(text), name, place(text, name) if path == "" else path)


def found(path: str, text: str | None) -> Found:
    return Found(path, len(text or ""), None if text is None else sha(text), "", "text")


def told(plan: Placement) -> tuple[set[str], tuple[str, ...], set[str], list[str]]:
    return set(plan.sound), plan.damaged, {one.sha256 for one in plan.lost}, [path for _found, path in plan.new]


def test_all_is_well() -> None:
    assert told(plan([wanted("one")], [found(place("one"), "one")])) == ({sha("one")}, (), set(), [])


@pytest.mark.parametrize("content", ["other", None])
def test_other_bytes_in_a_place_are_damage(content: str | None) -> None:
    expected = (set(), (place("one"),), {sha("one")}, [])
    assert told(plan([wanted("one")], [found(place("one"), content)])) == expected


def test_nothing_in_a_place_is_a_loss() -> None:
    assert told(plan([wanted("one")], [])) == (set(), (), {sha("one")}, [])


def test_a_folder_in_a_files_place_goes_away_as_a_whole() -> None:
    inside = [found(f"{place('one')}/x.txt", "one"), found(f"{place('one')}/y.txt", "other")]
    made = plan([wanted("one")], inside)
    assert told(made) == (set(), (place("one"),), {sha("one")}, [])
    assert made.at_hand == {sha("one"): f"{place('one')}/x.txt"}


def test_a_file_in_a_folders_place_goes_away() -> None:
    assert told(plan([wanted("one")], [found(sha("one")[:16], "x")]))[1] == (sha("one")[:16],)


def test_bytes_that_lie_elsewhere_are_at_hand_and_then_in_the_way() -> None:
    for path in (place("one", "renamed.txt"), "elsewhere/a.txt", "0123456789abcdef/a.txt", "a.txt"):
        made = plan([wanted("one")], [found(path, "one")])
        assert told(made) == (set(), (path,), {sha("one")}, [])
        assert made.at_hand == {sha("one"): path}


def test_a_twin_in_the_same_folder_is_left_alone() -> None:
    both = [found(place("one"), "one"), found(place("one", "a (2).txt"), "one")]
    assert told(plan([wanted("one")], both)) == ({sha("one")}, (), set(), [])


def test_sound_files_that_nothing_names_are_new_once_each_in_the_order_of_their_hashes() -> None:
    texts = ["one", "two", "three"]
    lying = [found(place(text), text) for text in texts]
    twins = [found("hand/b: c?.txt", "by hand"), found(place("one", "twin.txt"), "one")]
    made = plan([], [*twins, *lying])
    assert made.damaged == ()
    order = sorted([*texts, "by hand"], key=sha)
    assert [one.sha256 for one, _path in made.new] == [sha(text) for text in order]
    assert dict(zip(order, [path for _found, path in made.new], strict=True))["by hand"] == place(
        "by hand", "b_ c_.txt"
    )


def test_damage_that_nothing_names_is_kept_aside_and_strangers_are_left() -> None:
    lying = [found("0123456789abcdef/a.txt", "not of it"), found("0123456789abcdef/b", None), found("pipe", None)]
    assert plan([], lying).damaged == ("0123456789abcdef/a.txt", "0123456789abcdef/b")
    assert plan([], lying).new == ()


def test_where_only_the_hash_is_known_the_place_is_where_it_lies() -> None:
    made = plan([wanted("one", path=None)], [found(place("one", "as it lies.txt"), "one")])
    assert made.places == {sha("one"): place("one", "as it lies.txt")}
    assert told(made) == ({sha("one")}, (), set(), [])


def test_where_it_does_not_lie_the_place_is_made_from_its_name_and_never_anothers() -> None:
    assert plan([wanted("one", "報告: 1?.pdf", None)], []).places == {sha("one"): place("one", "報告_ 1_.pdf")}
    known = Wanted("f" * 64, "", 1, "a.txt", place("one"))
    assert plan([known, wanted("one", path=None)], []).places[sha("one")] == place("one", "2 a.txt")


def test_names_are_compared_composed() -> None:
    made = plan([wanted("one", "Café.txt")], [found(place("one", "Cafe\u0301.txt"), "one")])
    assert told(made) == ({sha("one")}, (), set(), [])
