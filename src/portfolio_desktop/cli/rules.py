"""`rules list|show|school|lint`: the rules in force, with their sources; a school's own values; the forms' fields and codes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.libraries import desk_of
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.width import clean
from portfolio_desktop.cli.years import school_year, this_school_year
from portfolio_desktop.errors import UsageError
from portfolio_desktop.findings.rules import RULE_TYPES, Origin, contradictions
from portfolio_desktop.findings.rules import lint as lint_rules
from portfolio_desktop.findings.school import read_school
from portfolio_desktop.messages import N_, _
from portfolio_desktop.pieces.form import Form
from portfolio_desktop.pieces.forms import lint as lint_forms


def _list(call: Call) -> int:
    book = call.ground.rules
    now = this_school_year()
    changes = {
        year: [name for name, table in book.tables.items() if any(dated.since == year for dated in table.dated)]
        for year in book.years()
    }
    if call.console.as_json:
        call.console.document(
            {"years": [{"since": year, "rules": names} for year, names in changes.items()], "now": now}
        )
        return 0
    rows = [
        [
            str(year),
            str(len(names)),
            "、".join(_(book.tables[name].label) for name in names[:4]) + ("…" if names[4:] else ""),
        ]
        for year, names in changes.items()
    ]
    call.console.table([_("從學年度"), _("項"), _("規定")], rows, right=(1,))
    call.console.say(_("現在是 {year} 學年度。用 rules show {year} 看當年的規定和出處。").format(year=now))
    return 0


def _show_arguments(parser: Parser) -> None:
    parser.add("year", nargs="?", type=school_year, metavar=_("學年度"), help=_("例如 113；預設是現在的"))


def _show(call: Call) -> int:
    rules = call.ground.rules.for_year(call.year or this_school_year(), _school_rules(call))
    if call.console.as_json:
        call.console.document(
            {
                "year": rules.year,
                "rules": {
                    name: {
                        "label": _(origin.label),
                        "value": _plain(getattr(rules, name)),
                        "unit": origin.unit,
                        "since": origin.since,
                        "source": _source(origin),
                        "confidence": origin.confidence,
                    }
                    for name, origin in rules.origins.items()
                },
                "forms": {category: _form_json(form) for category, form in call.ground.forms.forms.items()},
            }
        )
        return 0
    call.console.say(_("{year} 學年度的規定").format(year=rules.year))
    for name in RULE_TYPES:
        origin = rules.origins[name]
        call.console.say(
            f"\n{_(origin.label)}（{name}）：{_readable(getattr(rules, name))} {_unit(origin.unit)}".rstrip()
        )
        told = _("  {since} 學年度起 · 可信度 {confidence} · {source}")
        call.console.say(told.format(since=origin.since, confidence=origin.confidence, source=_source(origin)))
    for form in call.ground.forms.forms.values():
        _tell_form(call, form)
    return 0


def _school_rules(call: Call) -> Mapping[str, Any]:
    """The school's own values, where the call names a library: without one the general rules are meant."""
    if not call.library:
        return {}
    with desk_of(call, read_only=True) as desk:
        return desk.library.school_rules()


def _source(origin: Origin) -> str:
    return _("學校自己的設定") if origin.confidence == "school" else origin.source


def _school_arguments(parser: Parser) -> None:
    parser.add("file", nargs="?", type=Path, metavar=_("檔案"), help=_("學校的設定檔（TOML）：name 和 [rules]"))
    parser.add("--clear", action="store_true", help=_("拿掉學校的設定，回到一般的規定"))


def _school(call: Call) -> int:
    if call.clear == (call.file is not None):
        raise UsageError(_("要給學校的設定檔，或用 --clear 拿掉。說明：portfolio-desktop rules school --help"))
    school = None if call.clear else read_school(call.file)
    values = school.rules if school else {}
    _refuse_contradictions(call, values)
    with desk_of(call) as desk:
        desk.library.set_school_rules(values)
    if call.console.as_json:
        document = {
            "school": school.name if school else None,
            "rules": {name: _plain(one) for name, one in values.items()},
        }
        call.console.document(document)
    elif school is None:
        call.console.say(_("拿掉了學校的設定，現在照一般的規定。"))
    else:
        call.console.say(_("疊上了{school}的 {count} 項設定：").format(school=clean(school.name), count=len(values)))
        for name, value in values.items():
            call.console.say(f"  {_(call.ground.rules.tables[name].label)}（{name}）：{_readable(value)}")
    return 0


def _refuse_contradictions(call: Call, values: Mapping[str, Any]) -> None:
    """Raise UsageError where the school's values cannot hold together with the general ones, in any year they may be used."""
    book = call.ground.rules
    for year in dict.fromkeys((*(max(year, book.first_year) for year in book.years()), this_school_year())):
        for near, limit in contradictions(book.for_year(year, values)):
            if near in values or limit in values:
                raise UsageError(_("學校設定檔有誤：{near} 不能大於 {limit}").format(near=near, limit=limit))


def _form_json(form: Form) -> dict[str, Any]:
    return {
        "label": _(form.label),
        "source": form.source,
        "confidence": form.confidence,
        "fields": [
            {
                "name": spec.name,
                "label": _(spec.label),
                "type": spec.type,
                "required": spec.required,
                "max_length": spec.max_length,
                "choices": {choice.code: _(choice.label) for choice in spec.choices},
            }
            for spec in form.fields
        ],
    }


def _tell_form(call: Call, form: Form) -> None:
    call.console.say(_("\n表單：{label}（{category}）").format(label=_(form.label), category=form.category))
    for spec in form.fields:
        if spec.in_fields:
            must = _("（必填）") if spec.required else ""
            choices = "、".join(f"{choice.code} {_(choice.label)}" for choice in spec.choices)
            call.console.say(f"  {spec.name}　{_(spec.label)}{must}{'：' if choices else ''}{choices}")


def _lint(call: Call) -> int:
    folder = call.ground.resources
    problems = [*lint_rules(folder / "rules"), *lint_forms(folder / "forms")]
    if call.console.as_json:
        call.console.document({"problems": problems})
    else:
        for problem in problems:
            call.console.say(f"✗ {problem}")
        if not problems:
            call.console.say(_("規定檔和表單檔都沒有問題。"))
    return 3 if problems else 0


def _unit(unit: str) -> str:
    return _(UNITS[unit]) if unit in UNITS else ""


def _plain(value: Any) -> Any:
    """A rule's value as JSON."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return list(value) if isinstance(value, tuple) else value


UNITS: Mapping[str, str] = {
    "bytes": N_("位元組"),
    "characters": N_("字"),
    "days": N_("天"),
    "pages": N_("頁"),
    "pieces": N_("件"),
    "pixels": N_("像素"),
    "seconds": N_("秒"),
    "weeks": N_("週"),
    "years": N_("年"),
}
"""Units that are said; a list or a table has none."""


def _readable(value: Any) -> str:
    if isinstance(value, Mapping):
        return "；".join(f"{key} {_readable(one)}" for key, one in value.items())
    if isinstance(value, tuple):
        return " ".join(map(ascii_or_itself, value))
    return f"{value:,}" if isinstance(value, int) else str(value)


def ascii_or_itself(text: object) -> str:
    """A value of a list; characters that cannot be seen by their number."""
    word = str(text)
    return word if word.isprintable() and word.strip() else f"U+{ord(word):04X}" if len(word) == 1 else repr(word)


COMMANDS: Mapping[str, Command] = {
    "rules list": Command(N_("列出哪些學年度起規定有變。"), "portfolio-desktop rules list", _list),
    "rules show": Command(
        N_("看一個學年度的每一項規定（數值、從哪一年起、出處、可信度）和每一類表單的欄位。"),
        "portfolio-desktop rules show 113\nportfolio-desktop rules show 108 --json\nportfolio-desktop rules show 113 --library ~/學習歷程",
        _show,
        _show_arguments,
    ),
    "rules school": Command(
        N_("把學校自己的設定（例如每學期可以上傳幾件）疊在這個學習歷程庫的規定上；用 rules show --library 看結果。"),
        "portfolio-desktop rules school 水岸高中.toml\nportfolio-desktop rules school --clear",
        _school,
        _school_arguments,
    ),
    "rules lint": Command(N_("檢查規定檔和表單檔本身有沒有寫錯。"), "portfolio-desktop rules lint", _lint),
}
