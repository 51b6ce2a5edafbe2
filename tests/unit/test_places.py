import sys

import pytest

from portfolio_desktop import places
from portfolio_desktop.places import Places, resources


def test_everything_lies_under_a_given_home(tmp_path):
    found = Places.under(tmp_path)
    for path in (found.settings, found.log, found.cache, found.default_library):
        assert path.is_relative_to(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_resources_are_found_in_a_checkout():
    assert (resources() / "rules").is_dir()
    assert (resources() / "fonts" / "NotoSansTC-Regular.otf").is_file()


def test_resources_are_found_in_a_wheel(tmp_path, monkeypatch):
    (tmp_path / "resources" / "rules").mkdir(parents=True)
    monkeypatch.setattr(places, "PACKAGE", tmp_path)
    assert resources() == tmp_path / "resources"


def test_resources_are_found_in_a_frozen_program(tmp_path, monkeypatch):
    (tmp_path / "resources" / "rules").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources() == tmp_path / "resources"


def test_missing_resources_are_told_with_the_places_looked_at(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    with pytest.raises(FileNotFoundError, match=tmp_path.name):
        resources()
