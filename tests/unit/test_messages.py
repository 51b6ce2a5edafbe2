"""Messages: looked up when shown, whole in both languages, and never a reason not to start."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.checkout import ROOT
from portfolio_desktop import messages
from portfolio_desktop.messages import N_, _, ngettext

LOCALE = ROOT / "resources" / "locale"

CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "收進 {count} 件"
msgstr "{count} taken in"

msgid "共 {total} 個檔案"
msgid_plural "共 {total} 個檔案"
msgstr[0] "one file"
msgstr[1] "{total} files"
"""


def english(folder: Path, text: str = CATALOGUE) -> None:
    (folder / "en").mkdir()
    (folder / "en" / "portfolio_desktop.po").write_text(text, encoding="utf-8")
    messages.use("en", folder)


def test_without_a_word_the_source_language_is_shown() -> None:
    assert messages.current() == "zh_TW"
    assert _("收進 {count} 件").format(count=3) == "收進 3 件"


def test_text_follows_the_language_at_once(tmp_path: Path) -> None:
    marked = N_("收進 {count} 件")
    english(tmp_path)
    assert (messages.current(), _(marked).format(count=3)) == ("en", "3 taken in")
    messages.use("zh_TW", tmp_path)
    assert (messages.current(), _(marked).format(count=3)) == ("zh_TW", "收進 3 件")


def test_plurals(tmp_path: Path) -> None:
    text = "共 {total} 個檔案"
    english(tmp_path)
    assert [ngettext(text, text, count).format(total=count) for count in (1, 2)] == ["one file", "2 files"]
    messages.use("zh_TW", tmp_path)
    assert ngettext(text, text, 1).format(total=1) == "共 1 個檔案"


def test_what_is_not_translated_stays_as_it_is(tmp_path: Path) -> None:
    english(tmp_path)
    assert _("沒有譯文") == "沒有譯文"
    assert _("") == ""


@pytest.mark.parametrize("language", ["", "fr", "../en", "zh_CN"])
def test_an_unknown_language_means_the_source_language(language: str) -> None:
    messages.use(language, LOCALE)
    assert messages.current() == "zh_TW"


@pytest.mark.parametrize("text", [None, "this is no catalogue"])
def test_a_catalogue_that_cannot_be_read_is_logged(
    tmp_path: Path, text: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    if text is None:
        messages.use("en", tmp_path)
    else:
        english(tmp_path, text)
    assert messages.current() == "zh_TW"
    assert "cannot be read" in caplog.text


@pytest.mark.parametrize(
    ("variables", "wanted"),
    [
        ({}, "zh_TW"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "English_United States.1252"}, "en"),
        ({"LANG": "zh_TW.UTF-8"}, "zh_TW"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW.UTF-8"}, "zh_TW"),
        ({"LANG": "C.UTF-8"}, "zh_TW"),
        ({"LANG": "de_DE.UTF-8"}, "zh_TW"),
        ({"LC_MESSAGES": "en_GB.UTF-8", "LANG": "zh_TW.UTF-8"}, "en"),
    ],
)
def test_english_only_where_the_system_is_set_to_it(
    variables: dict[str, str], wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert messages.preferred() == wanted
