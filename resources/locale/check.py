#!/usr/bin/env python3
"""Check that everything people read is translated, and that the Chinese is Taiwan's.

src/**/*.py  _("…") N_("…") ngettext("…", "…", n)   ┐
src/**/*.html  {{ _("…") }}                         ├-> wanted ──┐
resources/{rules,forms}/*.toml  label hint source … ┘            ├-> problems, one line each
resources/locale/<language>/portfolio_desktop.po ── have ────────┘

    python resources/locale/check.py              fails on an untranslated, stale or doubtful entry, on placeholders that
                                                  differ, and on words that are not used in Taiwan
    python resources/locale/check.py --update     adds new texts to the catalogues (empty), takes stale ones out
"""

from __future__ import annotations

import re
import string
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polib
from babel.messages.extract import extract_from_dir

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "resources" / "locale"
CATALOGUE = "portfolio_desktop.po"
LANGUAGES = {"en": "nplurals=2; plural=(n != 1);"}
KEYWORDS: dict[str, Any] = {"_": None, "N_": None, "ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.jinja", "jinja2")]
TABLES = ("rules", "forms")
TEXT_KEYS = frozenset({"label", "alias", "hint", "source", "group"})

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
MAINLAND = re.compile(
    "|".join(
        (
            "視頻", "屏幕", "軟件", "硬件", "網絡", "信息", "默認", "鼠標", "文件夾", "打印", "磁盤", "硬盤", "優盤", "U盤",
            "撤銷", "剪貼板", "導出", "導入", "搜索", "用戶", "點擊", "雙擊", "鏈接", "界面", "服務器", "菜單", "圖標", "字符",
            "刷新", "卸載", "激活", "注銷", "緩存", "質量", "分辨率", "像素點", "內存", "進程", "線程", "數據庫", "數據",
            "文檔", "源碼", "代碼庫", "二維碼", "短信", "郵箱", "上載", "壓縮包", "音頻", "幻燈片", "光標", "復制", "粘貼", "保存",
            "後綴", "擴展名", "全角", "半角", "工具欄", "狀態欄", "任務欄", "快捷鍵", "對話框",
            "客戶端", "運行", "調試", "缺省", "兼容", "設置", "創建", "添加",
        )
    )
)  # fmt: skip


@dataclass
class Text:
    """One text to be translated: its plural where it has one, and the files that it stands in."""

    text: str
    plural: str | None = None
    places: set[str] = field(default_factory=set)


SAID_TWICE = 25
"""Characters at the end of a translation that never stand in it before."""


def main(arguments: list[str]) -> int:
    """Check all catalogues, or bring them up to date; the exit code says whether anything is wrong."""
    wanted = wanted_texts()
    if arguments == ["--update"]:
        for language in LANGUAGES:
            update(language, wanted)
    elif arguments:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    problems = [*chinese_problems(wanted)]
    for language in LANGUAGES:
        problems += catalogue_problems(language, wanted)
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    sys.stdout.write(f"{len(wanted)} texts, {len(problems)} problems\n")
    return 1 if problems else 0


def wanted_texts() -> dict[str, Text]:
    """Every text that people read, by itself."""
    wanted: dict[str, Text] = {}
    folder = ROOT / "src"
    for name, _line, message, _comments, _context in extract_from_dir(folder, METHODS, keywords=KEYWORDS):
        one, plural = message if isinstance(message, tuple) else (message, None)
        add(wanted, one, plural, f"src/{Path(name).as_posix()}")
    for table in TABLES:
        for path in sorted((ROOT / "resources" / table).glob("*.toml")):
            for text in table_texts(tomllib.loads(path.read_text(encoding="utf-8"))):
                add(wanted, text, None, path.relative_to(ROOT).as_posix())
    return wanted


def add(wanted: dict[str, Text], text: str, plural: str | None, place: str) -> None:
    """Note a text and where it stands; nothing for one without letters of any kind."""
    if not text.strip():
        return
    entry = wanted.setdefault(text, Text(text))
    entry.plural = entry.plural or plural
    entry.places.add(place)


def table_texts(value: Any) -> Iterator[str]:
    """The texts of a data file: the values of certain keys, however deep."""
    if isinstance(value, dict):
        for key, entry in value.items():
            if key in TEXT_KEYS and isinstance(entry, str):
                yield entry
            else:
                yield from table_texts(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from table_texts(entry)


def chinese_problems(wanted: dict[str, Text]) -> Iterator[str]:
    """Words that are not used in Taiwan, and characters that are not Traditional (they are not in Big5)."""
    for entry in wanted.values():
        for word in sorted(set(MAINLAND.findall(entry.text))):
            yield f"{where(entry)}: not a word of Taiwan: {word}: {entry.text}"
        for character in sorted(set(HAN.findall(entry.text))):
            if not character.encode("cp950", "ignore"):
                yield f"{where(entry)}: not a Traditional character: {character}: {entry.text}"


def catalogue_problems(language: str, wanted: dict[str, Text]) -> Iterator[str]:
    """What is wrong with one language's catalogue."""
    path = LOCALE / language / CATALOGUE
    if not path.is_file():
        yield f"{language}: there is no catalogue; make it with --update"
        return
    have = {entry.msgid: entry for entry in polib.pofile(path.read_text(encoding="utf-8"))}
    for text, entry in wanted.items():
        translated = have.get(text)
        texts = translations(translated) if translated is not None else []
        if translated is None or not texts or not all(texts):
            yield f"{language}: untranslated: {text} ({where(entry)})"
            continue
        if translated.fuzzy:
            yield f"{language}: marked as doubtful (fuzzy): {text}"
        if any(len(one) > SAID_TWICE and one[-SAID_TWICE:] in one[:-SAID_TWICE] for one in texts):
            yield f"{language}: says its end twice, as a merge does that went wrong: {text}"
        if (entry.plural or "") != translated.msgid_plural:
            yield f"{language}: the plural has changed: {text}"
        for form, words in enumerate(texts):
            if HAN.search(words):
                yield f"{language}: still Chinese: {words}"
            # The form for one may leave the number out: "one file".
            shown, stated = placeholders(words), placeholders(text)
            if shown != stated and not (entry.plural and form == 0 and shown < stated):
                yield f"{language}: the placeholders differ: {text} | {words}"
    for text, translated in have.items():
        if text not in wanted or translated.obsolete:
            yield f"{language}: stale, no longer in the program: {text}"


def translations(entry: polib.POEntry) -> list[str]:
    """What an entry is translated to: one text, or one for each plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text: str) -> set[tuple[str, str]]:
    """The placeholders of a text, {name:spec} with how each is shown, or %(name)s, %s of argparse in their order."""
    percent = {(found[0], str(place) if found[0] in ("%s", "%r", "%d") else "") for place, found in percents(text)}
    try:
        braces = {(name, spec or "") for _literal, name, spec, _c in string.Formatter().parse(text) if name is not None}
    except ValueError as error:
        braces = {("no format", str(error))}
    return percent | braces


def percents(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """The placeholders of argparse in a text, with their places."""
    return enumerate(re.finditer(r"%(?:\(\w+\))?[srd]", text))


def where(entry: Text) -> str:
    """The files that a text stands in."""
    return ", ".join(sorted(entry.places))


def update(language: str, wanted: dict[str, Text]) -> None:
    """Bring a catalogue up to date: translations are kept, new texts come in empty, stale ones go."""
    path = LOCALE / language / CATALOGUE
    old: dict[str, polib.POEntry] = {}
    if path.is_file():
        old = {entry.msgid: entry for entry in polib.pofile(path.read_text(encoding="utf-8"))}
    new = polib.POFile(wrapwidth=118)
    new.metadata = {
        "Project-Id-Version": "portfolio-desktop",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": LANGUAGES[language],
    }
    for text in sorted(wanted, key=lambda text: (min(wanted[text].places), text)):
        entry, kept = wanted[text], old.get(text)
        occurrences = [(place, "") for place in sorted(entry.places)]
        made = polib.POEntry(msgid=text, occurrences=occurrences)
        if entry.plural is not None:
            made.msgid_plural = entry.plural
            made.msgstr_plural = dict(kept.msgstr_plural) if kept and kept.msgid_plural else {0: "", 1: ""}
        elif kept is not None:
            made.msgstr = kept.msgstr
        if kept is not None:
            made.flags = list(kept.flags)
            made.tcomment = kept.tcomment
        new.append(made)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(str(new).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
