"""The shipped forms are exactly those of the platforms, and faulty data is named."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from helpers.checkout import ROOT
from helpers.judged import FORMS
from helpers.shipped import copy_with
from portfolio_desktop.errors import DamageError, UsageError
from portfolio_desktop.pieces.form import OWN_PLACE
from portfolio_desktop.pieces.forms import FormBook, lint
from portfolio_desktop.pieces.piece import CATEGORIES, SCHOOL_TYPES

SHIPPED = ROOT / "resources" / "forms"

BEGIN = "year* term*"
END = "summary* document media link"
FIELDS = {
    "course": "course* document media summary*",
    "officer": f"{BEGIN} unit*20 position*20 level* start_date* end_date* {END}",
    "competition": f"{BEGIN} name*40 group20 domain level* award*20 result_date* participation* {END}",
    "certificate": f"{BEGIN} code*4 name type* score5 part_scores50 obtained_date* number20 group20 {END}",
    "service": f"{BEGIN} name*20 unit*20 start_date* end_date* hours*5 {END}",
    "flexible": f"{BEGIN} type* name* unit* periods* weeks* {END}",
    "group": f"{BEGIN} type* unit name* start_date* end_date* hours* {END}",
    "workplace": f"{BEGIN} type* unit* position start_date* end_date* hours {END}",
    "creation": f"{BEGIN} name* date* {END}",
    "college": f"{BEGIN} project unit* name* start_date* end_date* credits hours {END}",
    "other": f"{BEGIN} name*20 unit20 start_date* end_date hours5 {END}",
}

CHOICES = {
    ("officer", "level"): "1 校級 2 班級 3 社團 4 實習 5 校外自治組織團體 9 其他",
    ("competition", "level"): "1 校級 2 縣市級 3 全國 4 國際",
    ("competition", "participation"): "1 個人 2 團體",
    ("certificate", "type"): "1 英語能力檢定 2 其他語言能力檢定 3 技能檢定及技術士證照 4 不在以上類別",
    ("flexible", "type"): "1 自主學習 2 選手培訓 3 充實(增廣) 4 補強性 5 學校特色活動",
    ("group", "type"): "1 班級活動 2 社團活動 3 學生自治會 4 週會 5 講座 6 其他",
    ("workplace", "type"): "1 職場體驗或參訪 2 職場實習 3 職場工作經驗 4 其他",
}

COURSE_CATEGORIES = {
    "general": "部定必修 加深加廣選修 校訂必修 多元選修 補強性選修",
    "technical": "一般科目 專業科目 實習科目 校訂必修 校訂選修",
    "comprehensive": "部定必修 校訂必修 一般科目 專精科目",
}


def test_the_shipped_forms_are_in_order() -> None:
    assert lint(SHIPPED) == ()
    assert tuple(FORMS.forms) == CATEGORIES
    assert tuple(FORMS.school_types) == SCHOOL_TYPES


@pytest.mark.parametrize("category", CATEGORIES)
def test_fields_order_obligation_and_lengths(category: str) -> None:
    fields = FORMS.form(category, "general").fields
    shown = (f"{spec.name}{'*' if spec.required else ''}{spec.max_length or ''}" for spec in fields)
    assert " ".join(shown) == FIELDS[category]


@pytest.mark.parametrize(("category", "name"), sorted(CHOICES))
def test_codes_and_words(category: str, name: str) -> None:
    spec = FORMS.form(category, "general").field(name)
    assert spec is not None
    assert " ".join(f"{choice.code} {choice.label}" for choice in spec.choices) == CHOICES[category, name]


def test_no_other_field_has_choices() -> None:
    have = {(form.category, spec.name) for form in FORMS.forms.values() for spec in form.fields if spec.choices}
    assert have == set(CHOICES)


@pytest.mark.parametrize("school_type", SCHOOL_TYPES)
def test_course_categories_of_each_school_type(school_type: str) -> None:
    form = FORMS.form("course", school_type)
    assert " ".join(category.label for category in form.categories) == COURSE_CATEGORIES[school_type]
    assert (form.kind, form.school_type, form.file_required) == ("course", school_type, True)
    assert FORMS.form("other", school_type).categories == ()


def test_what_else_the_forms_say() -> None:
    weeks = FORMS.form("flexible", "general").field("weeks")
    hours = FORMS.form("college", "general").field("hours")
    level = FORMS.form("officer", "general").field("level")
    assert weeks is not None
    assert (weeks.minimum, weeks.maximum) == (1, 18)
    assert hours is not None
    assert (hours.maximum, hours.decimals) == (Decimal("999.999"), 3)
    assert level is not None
    assert [choice.code for choice in level.choices if choice.by_school] == ["1", "2", "3"]
    assert FORMS.form("creation", "general").file_required
    assert FORMS.form("other", "general").spans == (("start_date", "end_date"),)
    assert FORMS.form("course", "general").field("link") is None


def test_a_form_tells_which_fields_it_keeps_itself() -> None:
    form = FORMS.form("competition", "general")
    assert {spec.type for spec in form.fields if not spec.in_fields} <= OWN_PLACE
    assert [spec.name for spec in form.own_fields][:2] == ["name", "group"]


@pytest.mark.parametrize(("category", "school_type"), [("sport", "general"), ("other", "primary"), ("", "general")])
def test_there_is_no_such_form(category: str, school_type: str) -> None:
    with pytest.raises(UsageError, match=r"officer|technical"):
        FORMS.form(category, school_type)


FAULTS = [
    ("other.toml", 'category = "other"', 'category = "others"', "category must be other"),
    ("other.toml", 'type = "text"', 'type = "words"', "type must be one of"),
    ("other.toml", 'name = "name"', 'name = "Name"', "name must be lower-case"),
    ("other.toml", 'name = "name"', 'name = "unit"', "two fields have the same name"),
    ("other.toml", "required = true", 'required = "yes"', "required must be true or false"),
    ("other.toml", "max_length = 20", "max_length = -1", "max_length must be a whole number"),
    ("other.toml", "max_length = 20", "maxlength = 20", "maxlength is not known"),
    ("other.toml", '[["start_date", "end_date"]]', '[["start_date", "name"]]', "spans must be pairs of date fields"),
    ("other.toml", "spans =", "span =", "span is not known"),
    ("officer.toml", 'type = "choice"', 'type = "text"', "choices belong to a field of type choice"),
    ("officer.toml", 'code = "2"', 'code = "1"', "two choices have the same code"),
    ("officer.toml", 'label = "班級"', 'label = ""', "label must be a text"),
    ("officer.toml", "confidence = 2", "confidence = 0", "confidence must be"),
    (
        "competition.toml",
        'suggestions = ["跨領域"',
        'suggestions = [3, "跨領域"',
        "suggestions must be a list of texts",
    ),
    ("flexible.toml", "maximum = 18", 'maximum = "18"', "maximum must be a number"),
    ("course.toml", 'code = "technical"', 'code = "vocational"', "the school types must be"),
    ("course.toml", "file_required = true", "file_required = 1", "file_required must be true or false"),
    ("course_code.toml", 'general = ["required"]', 'general = ["obligatory"]', "no such course category: obligatory"),
    ("course_code.toml", 'activity = "group"', 'activity = "groups"', "no such form: groups"),
    ("course_code.toml", 'pattern = "[1-9A-F]"', 'pattern = "[1-9A-G]"', "not those that the pattern"),
    ("course_code.toml", 'pattern = "[0-9]"', 'pattern = "[0-9"', "pattern: "),
    ("activity.toml", "[[opening]]", "[[openings]]", "openings is not known"),
    ("service.toml", "[[fields]]", "[fields", "service.toml: "),
]


@pytest.mark.parametrize(("file", "old", "new", "problem"), FAULTS)
def test_a_fault_in_the_data_is_named(tmp_path: Path, file: str, old: str, new: str, problem: str) -> None:
    problems = lint(copy_with(SHIPPED, tmp_path, file, old, new))
    assert any(problem in line for line in problems), problems


def test_faulty_data_is_not_loaded(tmp_path: Path) -> None:
    with pytest.raises(DamageError, match="category must be other"):
        FormBook.load(copy_with(SHIPPED, tmp_path, "other.toml", 'category = "other"', 'category = "others"'))
