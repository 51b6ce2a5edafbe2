from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCalendarWidget, QLabel

from helpers.window import commit, compose
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.findings.rules import RuleBook
from portfolio_desktop.fitting.text import tidy_summary
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.pieces.fields import BUILDERS, ELSEWHERE, FieldBox, build
from portfolio_desktop.gui.pieces.form_view import FormView
from portfolio_desktop.gui.pieces.lines import Column, line_of
from portfolio_desktop.gui.pieces.model import PieceModel
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.gui.widgets.choice import ChoiceField
from portfolio_desktop.gui.widgets.date import DateField
from portfolio_desktop.gui.widgets.line import NumberField, TextField
from portfolio_desktop.pieces.breakdown import Breakdown, look
from portfolio_desktop.pieces.form import FIELD_TYPES, Choice, FieldSpec
from portfolio_desktop.pieces.forms import FormBook
from portfolio_desktop.pieces.piece import CATEGORIES, SCHOOL_TYPES, Piece

RESOURCES = Path(__file__).parents[3] / "resources"
FORMS = FormBook.load(RESOURCES / "forms")
RULES = RuleBook.load(RESOURCES / "rules").for_year(113)


def test_every_type_of_field_can_be_filled_in() -> None:
    assert set(BUILDERS) | ELSEWHERE == set(FIELD_TYPES)
    assert not set(BUILDERS) & ELSEWHERE


@pytest.mark.parametrize("school_type", SCHOOL_TYPES)
@pytest.mark.parametrize("category", CATEGORIES)
def test_every_form_is_made_from_its_data(qtbot: Any, icons: Icons, category: str, school_type: str) -> None:
    form = FORMS.form(category, school_type)
    view = FormView(form, icons, counted, tidy_summary)
    qtbot.addWidget(view)
    typed = [spec.name for spec in form.fields if spec.type not in ("document", "media", "term", "year")]
    assert list(view.boxes) == typed
    sent: list[str] = []
    view.edited.connect(sent.append)
    values = {key: sample_value(form.field(name)) for name, key in view.keys.items() if key != "course_id"}
    view.show_values(values, frozenset())
    assert {key: value for key, value in view.values().items() if key in values} == values
    assert sent == []
    for spec in form.fields:
        if spec.name in view.boxes:
            shown = [label.text() for label in view.boxes[spec.name].findChildren(QLabel)]
            assert spec.called in shown
            assert view.boxes[spec.name].field.focusProxy().accessibleName() == spec.called
            assert spec.called not in ("類別", "學期", "標題"), "the editor has a field of its own that is called so"


def test_what_stands_in_for_a_title_is_not_taken_for_one(qtbot: Any, icons: Icons) -> None:
    view = FormView(FORMS.form("competition", "general"), icons, counted, tidy_summary)
    qtbot.addWidget(view)
    name = next(view.boxes[spec.name].field for spec in view.form.fields if spec.from_title)
    view.show_values({"title": "校內科展"}, frozenset())
    assert name.line.placeholderText() == "沒填就用標題：校內科展"
    assert name.value() == ""
    view.show_values({"title": " "}, frozenset())
    assert name.line.placeholderText() == ""
    model = PieceModel(icons, lambda category: category or "")
    model.show(
        [
            Row(Piece("p1", "水質", None, None)),
            Row(Piece("p2", "", None, None)),
            line_of(Row(Piece("p3", "", None, None))),
        ]
    )
    grey = [model.data(model.index(place, Column.TITLE), Qt.ItemDataRole.ForegroundRole) for place in range(3)]
    assert grey == [None, QGuiApplication.palette().placeholderText(), QGuiApplication.palette().placeholderText()]


def test_a_form_is_shown_from_the_top_down_and_at_once_where_somebody_goes(qtbot: Any, icons: Icons) -> None:
    def made() -> FormView:
        view = FormView(FORMS.form("certificate", "general"), icons, counted, tidy_summary)
        qtbot.addWidget(view)
        view.show()
        seen = [not box.isHidden() for box in view.boxes.values()]
        assert seen == sorted(seen, reverse=True)
        assert not seen[-1], "showing all of them holds the window too long"
        assert not any(box.isWindow() for box in view.boxes.values())
        return view

    slowly, now = made(), made()
    now.show_all()
    assert not any(box.isHidden() for box in now.boxes.values())
    qtbot.waitUntil(lambda: not any(box.isHidden() for box in slowly.boxes.values()))


def counted(text: str) -> Breakdown:
    return look(text, RULES)


def sample_value(spec: FieldSpec | None) -> str:
    assert spec is not None
    if spec.type == "choice":
        return spec.choices[-1].code
    return {"date": "2024-02-29", "integer": "3", "decimal": "1.5"}.get(spec.type, "文字")


def test_codes_are_shown_with_their_official_words(qtbot: Any, icons: Icons) -> None:
    spec = FieldSpec("level", "競賽等級", "choice", choices=(Choice("1", "校級"), Choice("3", "全國")))
    field = build(spec, icons)
    qtbot.addWidget(field)
    assert isinstance(field, ChoiceField)
    words = [field.list.itemText(place) for place in range(field.list.count())]
    assert words == ["（還沒選）", "1　校級", "3　全國"]
    assert field.value() == ""
    with qtbot.waitSignal(field.changed):
        field.list.setCurrentIndex(2)
    assert field.value() == "3"


def test_an_unknown_code_is_kept(qtbot: Any) -> None:
    field = ChoiceField("等級", [("1", "校級")])
    qtbot.addWidget(field)
    field.show_value("7")
    assert field.value() == "7"
    assert "7" in field.list.currentText()


def test_the_wheel_does_not_change_an_answer(qtbot: Any) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    field = ChoiceField("等級", [("1", "校級"), ("2", "縣市級")])
    qtbot.addWidget(field)
    field.show_value("2")
    event = QWheelEvent(
        QPointF(3, 3),
        QPointF(3, 3),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    field.list.wheelEvent(event)
    assert field.value() == "2"
    assert not event.isAccepted()


@pytest.mark.parametrize("typed", ["113.2.29", "1130229", "2024/2/29", "２０２４-02-29", "113年2月29日"])
def test_a_date_is_read_in_every_notation_and_shown_in_both(qtbot: Any, icons: Icons, typed: str) -> None:
    field = DateField("日期", icons)
    qtbot.addWidget(field)
    commit(field.line, typed)
    assert field.value() == "2024-02-29"
    assert field.both.text() == "民國 113年2月29日（1130229）"
    assert field.note() == ""


def test_what_is_no_date_is_kept_and_said(qtbot: Any, icons: Icons) -> None:
    field = DateField("日期", icons)
    qtbot.addWidget(field)
    commit(field.line, "民國某年")
    assert field.value() == "民國某年"
    assert field.note()
    field.show_value("2023-02-29")
    assert field.note()
    assert field.both.isHidden()


def test_a_day_can_be_picked(qtbot: Any, icons: Icons) -> None:
    field = DateField("日期", icons)
    qtbot.addWidget(field)
    field.show()
    field.show_value("2024-02-01")
    field.pick.click()
    calendar = field.findChild(QCalendarWidget)
    assert calendar.selectedDate() == QDate(2024, 2, 1)
    with qtbot.waitSignal(field.changed):
        calendar.clicked.emit(QDate(2024, 2, 29))
    assert field.value() == "2024-02-29"


def test_numbers_have_bounds_and_never_refuse_a_key(qtbot: Any) -> None:
    field = NumberField("週數", Decimal(1), Decimal(18))
    qtbot.addWidget(field)
    commit(field.line, "１９")
    assert field.value() == "19"
    assert "1–18" in field.note()
    field.show_value("")
    commit(field.line, "十")
    assert field.note()
    field.show_value("17")
    for _press in range(3):
        qtbot.keyClick(field.line, Qt.Key.Key_Up)
    assert field.value() == "18"
    for _press in range(30):
        qtbot.keyClick(field.line, Qt.Key.Key_Down)
    assert field.value() == "1"


def test_decimals_where_they_are_allowed(qtbot: Any) -> None:
    whole, part = NumberField("學分", None, None, 0), NumberField("時數", None, Decimal(999), 3)
    qtbot.addWidget(whole)
    qtbot.addWidget(part)
    whole.show_value("1.5")
    part.show_value("1.5")
    assert whole.note()
    assert part.note() == ""


def test_text_over_its_usual_length_is_counted_and_not_cut(qtbot: Any) -> None:
    field = TextField("獎項", 20)
    qtbot.addWidget(field)
    commit(field.line, "獎" * 25)
    assert field.value() == "獎" * 25
    assert field._count.text() == "25 / 20"


def test_suggestions_are_offered_and_anything_else_is_taken(qtbot: Any, icons: Icons) -> None:
    field = build(FieldSpec("award", "獎項", "text", suggestions=("金牌獎", "佳作")), icons)
    qtbot.addWidget(field)
    assert isinstance(field, TextField)
    completer = field.line.completer()
    assert completer.model().rowCount() == 2
    commit(field.line, "評審團獎")
    assert field.value() == "評審團獎"


def test_composing_is_neither_value_nor_change(qtbot: Any) -> None:
    field = TextField("名稱")
    qtbot.addWidget(field)
    changes: list[None] = []
    field.changed.connect(lambda: changes.append(None))
    commit(field.line, "水")
    compose(field.line, "ㄓ")
    assert field.composing()
    assert (field.value(), len(changes)) == ("水", 1)
    commit(field.line, "質")
    assert not field.composing()
    assert (field.value(), len(changes)) == ("水質", 2)


def test_a_box_shows_what_is_wrong_beside_its_field(qtbot: Any, icons: Icons) -> None:
    box = FieldBox("獎項", TextField("獎項"), icons, required=True)
    qtbot.addWidget(box)
    assert box.troubles.isHidden()
    box.show_findings([Finding("field.missing", {"label": "獎項"}, "award")])
    assert not box.troubles.isHidden()
    texts = [label.text() for label in box.troubles.findChildren(QLabel)]
    assert [text for text in texts if "獎項" in text] == ["「獎項」還沒有填。"]
    assert len([text for text in texts if text]) == 1, "why a star must be filled in is told once, below the form"
    assert any("至少有一個平臺" in label.toolTip() for label in box.troubles.findChildren(QLabel))
    long = Finding("field.long", {"label": "獎項", "length": 30, "limit": 20}, "award")
    box.show_findings([long])
    assert long.explanation in [label.text() for label in box.troubles.findChildren(QLabel)]
    box.show_findings([])
    assert box.troubles.isHidden()


def test_a_field_s_own_objection_comes_when_it_is_left_and_goes_when_it_is_met(qtbot: Any, icons: Icons) -> None:
    field = DateField("日期", icons)
    box = FieldBox("日期", field, icons)
    qtbot.addWidget(box)
    commit(field.line, "2024")
    assert box.troubles.isHidden()
    field.left.emit()
    assert not box.troubles.isHidden()
    commit(field.line, "-02-29")
    assert box.troubles.isHidden()
