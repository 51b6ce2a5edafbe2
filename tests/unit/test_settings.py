import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_desktop.settings import Settings, load, remember, save


def test_what_was_saved_is_loaded(tmp_path):
    settings = Settings("/家/學習歷程", "en", {"width": 800})
    save(tmp_path / "deep" / "settings.json", settings)
    assert load(tmp_path / "deep" / "settings.json") == settings


def test_nothing_but_the_file_is_left_behind(tmp_path):
    save(tmp_path / "settings.json", Settings())
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "3", "\x00"])
def test_a_damaged_file_means_defaults(tmp_path, text):
    (tmp_path / "settings.json").write_text(text, encoding="utf-8")
    assert load(tmp_path / "settings.json") == Settings()


def test_a_missing_file_means_defaults(tmp_path):
    assert load(tmp_path / "settings.json") == Settings()


def test_bytes_that_are_no_text_mean_defaults(tmp_path):
    (tmp_path / "settings.json").write_bytes(b"\xff\xfe\x00")
    assert load(tmp_path / "settings.json") == Settings()


def test_a_value_of_the_wrong_kind_alone_is_left_out(tmp_path):
    stored = {"last_library": 3, "language": "en", "window": [], "of a later version": 1}
    (tmp_path / "settings.json").write_text(json.dumps(stored), encoding="utf-8")
    assert load(tmp_path / "settings.json") == Settings(language="en")


@given(st.text() | st.none(), st.text() | st.none(), st.dictionaries(st.text(), st.integers() | st.text()))
def test_any_settings_come_back(tmp_path_factory, library, language, window):
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    save(path, Settings(library, language, window))
    assert load(path) == Settings(library, language, window)


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OSError, match="file"):
        save(tmp_path / "file" / "settings.json", Settings())


def test_a_file_without_end_means_defaults(tmp_path):
    (tmp_path / "settings.json").write_text("[" * 100_000)
    assert load(tmp_path / "settings.json") == Settings()


@pytest.mark.parametrize(
    ("appearance", "size", "known"),
    [
        ("dark", 150, Settings(appearance="dark", text_size=150)),
        ("light", 100, Settings(appearance="light")),
        ("pink", 200, Settings(text_size=200)),
        (None, 99, Settings()),
        ("system", 201, Settings()),
        ("system", True, Settings()),
        ("system", "120", Settings()),
        ("system", 120.0, Settings()),
    ],
)
def test_only_appearances_and_sizes_that_exist_are_taken(tmp_path, appearance, size, known):
    stored = {"appearance": appearance, "text_size": size}
    (tmp_path / "settings.json").write_text(json.dumps(stored), encoding="utf-8")
    assert load(tmp_path / "settings.json") == known


def test_what_is_remembered_leaves_the_rest_as_it_is(tmp_path):
    path = tmp_path / "settings.json"
    save(path, Settings("/家", "en", {"width": 800}))
    assert remember(path, appearance="dark") == Settings("/家", "en", {"width": 800}, appearance="dark")
    assert load(path).appearance == "dark"


def test_a_memory_that_cannot_be_written_still_holds_for_this_run(tmp_path, caplog):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert remember(tmp_path / "file" / "settings.json", text_size=125).text_size == 125
    assert "could not be remembered" in caplog.text
