"""The translations check: what it must find, each shown on a small catalogue with one fault."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from helpers.checkout import ROOT

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture(name="check")
def fixture_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, looking at a small program of its own."""
    spec = importlib.util.spec_from_file_location("translations_check", ROOT / "resources" / "locale" / "check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(importlib.import_module("sys").modules, spec.name, module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "LOCALE", tmp_path / "resources" / "locale")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "shown.py").write_text(
        'print(_("收進 {count} 件").format(count=1))\nTABLE = {"a": N_("檔案")}\n'
        '_("沒有 %(value)r，少了 %s")\nngettext("共 {total} 個", "共 {total} 個", 2)\nprint("沒有標記")\n',
        encoding="utf-8",
    )
    (tmp_path / "resources" / "rules").mkdir(parents=True)
    (tmp_path / "resources" / "rules" / "a.toml").write_text('[x]\nlabel = "上限"\nname = "不譯"\n', encoding="utf-8")
    return module


def catalogue(check: ModuleType, text: str) -> list[str]:
    path = check.LOCALE / "en" / check.CATALOGUE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + text, encoding="utf-8")
    return list(check.catalogue_problems("en", check.wanted_texts()))


WHOLE = (
    'msgid "沒有 %(value)r，少了 %s"\nmsgstr "no %(value)r, %s is missing"\n\n'
    'msgid "收進 {count} 件"\nmsgstr "{count} taken in"\n\nmsgid "檔案"\nmsgstr "File"\n\nmsgid "上限"\nmsgstr "Limit"\n\n'
    'msgid "共 {total} 個"\nmsgid_plural "共 {total} 個"\nmsgstr[0] "one"\nmsgstr[1] "{total} of them"\n'
)


def test_code_and_data_are_searched(check: ModuleType) -> None:
    wanted = check.wanted_texts()
    assert set(wanted) == {"沒有 %(value)r，少了 %s", "收進 {count} 件", "檔案", "共 {total} 個", "上限"}
    assert wanted["共 {total} 個"].plural == "共 {total} 個"
    assert wanted["上限"].places == {"resources/rules/a.toml"}


def test_a_whole_catalogue_passes(check: ModuleType) -> None:
    assert catalogue(check, WHOLE) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('msgstr "File"', 'msgstr ""', "untranslated: 檔案"),
        ('msgid "檔案"\nmsgstr "File"\n', "", "untranslated: 檔案"),
        ('msgstr[1] "{total} of them"', 'msgstr[1] ""', "untranslated: 共 {total} 個"),
        ('msgid "檔案"', 'msgid "文件"', "stale, no longer in the program: 文件"),
        ('msgid "檔案"', '#, fuzzy\nmsgid "檔案"', "doubtful (fuzzy): 檔案"),
        ("{count} taken in", "{number} taken in", "placeholders differ: 收進 {count} 件"),
        ("{count} taken in", "some taken in", "placeholders differ: 收進 {count} 件"),
        ("{count} taken in", "{count:mb} taken in", "placeholders differ: 收進 {count} 件"),
        ("{count} taken in", "{count taken in", "placeholders differ: 收進 {count} 件"),
        ("%s is missing", "something is missing", "placeholders differ: 沒有"),
        ("no %(value)r", "no %(values)r", "placeholders differ: 沒有"),
        ("no %(value)r", "no %(value)s", "placeholders differ: 沒有"),
        ("{total} of them", "of them", "placeholders differ: 共 {total} 個"),
        ('msgstr "File"', 'msgstr "檔 file"', "still Chinese: 檔 file"),
        ('msgid_plural "共 {total} 個"\nmsgstr[0] "one"\nmsgstr[1]', "msgstr", "the plural has changed"),
    ],
)
def test_a_fault_is_named(check: ModuleType, old: str, new: str, problem: str) -> None:
    assert old in WHOLE
    problems = catalogue(check, WHOLE.replace(old, new))
    assert any(problem in line for line in problems), problems


def test_a_missing_catalogue_is_named(check: ModuleType) -> None:
    assert "make it with --update" in next(check.catalogue_problems("en", check.wanted_texts()))


@pytest.mark.parametrize("text", ["打開文件夾", "默認的設定", "檔案没有了", "软件"])
def test_what_is_not_taiwans_chinese_is_named(check: ModuleType, text: str) -> None:
    (check.ROOT / "src" / "shown.py").write_text(f"_({text!r})", encoding="utf-8")
    assert any(text in line for line in check.chinese_problems(check.wanted_texts()))


def test_taiwans_chinese_passes(check: ModuleType) -> None:
    (check.ROOT / "src" / "shown.py").write_text(
        '_("打開資料夾、預設的設定、檔案、程式、螢幕、滑鼠")', encoding="utf-8"
    )
    assert list(check.chinese_problems(check.wanted_texts())) == []


def test_an_update_keeps_what_is_translated(check: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    catalogue(check, WHOLE.replace('msgid "檔案"', 'msgid "文件"'))
    assert check.main(["--update"]) == 1
    assert "1 problems" in capsys.readouterr().out
    problems = list(check.catalogue_problems("en", check.wanted_texts()))
    assert problems == ["en: untranslated: 檔案 (src/shown.py)"]
    path = check.LOCALE / "en" / check.CATALOGUE
    before = path.read_bytes()
    check.main(["--update"])
    assert path.read_bytes() == before


def test_an_unknown_option_is_refused(check: ModuleType) -> None:
    assert check.main(["--please"]) == 2
