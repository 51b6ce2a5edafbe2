"""`rules list|show|lint`: the rules in force, with their sources; the forms' fields and codes."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.years import school_year, this_school_year
from portfolio_desktop.findings.rules import RULE_TYPES, Origin
from portfolio_desktop.findings.rules import lint as lint_rules
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
                        "value": plain(getattr(rules, name)),
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
            f"\n{_(origin.label)}（{name}）：{readable(getattr(rules, name))} {_unit(origin.unit)}".rstrip()
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
    # Imported by name: without a library these commands start without the database.
    libraries = importlib.import_module("portfolio_desktop.cli.libraries")
    with libraries.desk_of(call, read_only=True) as desk:
        values: Mapping[str, Any] = desk.library.school_rules()
    return values


def _source(origin: Origin) -> str:
    return _("學校自己的設定") if origin.confidence == "school" else origin.source


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


def plain(value: Any) -> Any:
    """A rule's value as JSON."""
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
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


def readable(value: Any) -> str:
    """A rule's value as people read it."""
    if isinstance(value, Mapping):
        return "；".join(f"{key} {readable(one)}" for key, one in value.items())
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
    "rules lint": Command(N_("檢查規定檔和表單檔本身有沒有寫錯。"), "portfolio-desktop rules lint", _lint),
}
