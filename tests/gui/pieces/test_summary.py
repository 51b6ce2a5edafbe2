from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QKeySequence

from helpers.window import commit, compose, drop
from portfolio_desktop.findings.rules import RuleBook
from portfolio_desktop.fitting.text import tidy_summary
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.pieces.summary import SummaryField
from portfolio_desktop.gui.summary.tally import Tally
from portfolio_desktop.pieces.breakdown import look
from portfolio_desktop.pieces.summary import count

RULES = RuleBook.load(Path(__file__).parents[3] / "resources" / "rules").for_year(113)


@pytest.fixture
def field(qtbot: Any, icons: Icons) -> SummaryField:
    made = SummaryField("簡述", icons, lambda text: look(text, RULES), tidy_summary)
    qtbot.addWidget(made)
    return made


def test_it_counts_while_one_writes(field: SummaryField) -> None:
    assert field.number.text() == "0 / 100"
    assert field.verdict.text() == "還沒寫"
    commit(field.text, "水質調查")
    assert field.number.text() == "4 / 100"
    assert field.number.property("level") == "ok"
    assert "96" in field.verdict.text()


@pytest.mark.parametrize(("required", "words"), [(True, "還沒寫，這一欄一定要寫"), (False, "還沒寫")])
@pytest.mark.parametrize("text", ["", " \n"])
def test_what_is_not_written_yet_is_neither_praised_nor_counted(
    qtbot: Any, icons: Icons, required: bool, words: str, text: str
) -> None:
    made = SummaryField("簡述", icons, lambda text: look(text, RULES), tidy_summary, required=required)
    tally = Tally(icons)
    qtbot.addWidget(made)
    qtbot.addWidget(tally)
    made.counted.connect(tally.show_breakdown)
    for written in ("水質調查", text):
        made.show_value(written)
        blank = written == text
        assert {part.property("level") for part in (made.number, made.verdict, made.bar)} == {None if blank else "ok"}
        assert {part.isHidden() for part in (made.picture, made.details, tally)} == {blank}
    assert made.verdict.text() == made.text.accessibleDescription() == words
    made.set_large(large=True)
    made.set_large(large=False)
    assert made.details.isHidden()


@pytest.mark.parametrize(
    ("length", "level", "word"),
    [(95, "ok", "放得下"), (96, "warning", "快滿了"), (100, "warning", "快滿了"), (101, "error", "超過")],
)
def test_the_verdict_has_colour_and_words(field: SummaryField, length: int, level: str, word: str) -> None:
    field.show_value("字" * length)
    assert field.number.text() == f"{length} / 100"
    assert {field.number.property("level"), field.verdict.property("level"), field.bar.property("level")} == {level}
    assert field.verdict.text().startswith(word)


def test_every_known_counting_is_told_and_which_would_refuse(field: SummaryField) -> None:
    field.show_value("👍" * 60)
    told = field.details.text()
    assert "逐字算 60" in told
    assert "瀏覽器算 120，會退回" in told
    assert "舊平臺算 80（240 位元組）" in told
    assert told.count("會退回") == 1


def test_text_is_never_cut(field: SummaryField) -> None:
    commit(field.text, "很長" * 400)
    assert field.value() == "很長" * 400
    commit(field.text, "，還能寫")
    assert field.value().endswith("，還能寫")


def test_composing_is_neither_counted_nor_a_change(field: SummaryField) -> None:
    changes: list[str] = []
    field.changed.connect(lambda: changes.append(field.value()))
    commit(field.text, "字" * 99)
    assert changes == ["字" * 99]
    compose(field.text, "ㄕㄨㄟˇㄓˊ")
    assert field.composing()
    assert field.number.text() == "99 / 100"
    assert changes == ["字" * 99]
    commit(field.text, "水質")
    assert not field.composing()
    assert field.number.text() == "101 / 100"
    assert len(changes) == 2


def test_composing_that_is_given_up_leaves_nothing(field: SummaryField) -> None:
    commit(field.text, "水")
    compose(field.text, "ㄓ")
    compose(field.text, "")
    assert not field.composing()
    assert field.value() == "水"


def test_tidying_is_offered_only_where_it_does_something(field: SummaryField) -> None:
    field.show_value("乾淨的簡述")
    assert not field.tidy_button.isEnabled()
    field.show_value("太多  空格\n\n\n和換行 ")
    assert field.tidy_button.isEnabled()
    changes: list[str] = []
    field.changed.connect(lambda: changes.append(field.value()))
    field.tidy_button.click()
    assert field.value() == tidy_summary("太多  空格\n\n\n和換行 ")
    assert changes == [field.value()]
    assert not field.tidy_button.isEnabled()


def test_files_fall_through_and_are_not_written_as_text(field: SummaryField, tmp_path: Path) -> None:
    assert not drop(field.text, [tmp_path / "報告.pdf"])
    assert field.value() == ""


def test_undo_belongs_to_the_window(field: SummaryField, qtbot: Any) -> None:
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent

    commit(field.text, "文字")
    keys = QKeySequence(QKeySequence.StandardKey.Undo)[0]
    event = QKeyEvent(QEvent.Type.ShortcutOverride, keys.key(), keys.keyboardModifiers())
    event.accept()
    assert field.text.event(event)
    assert not event.isAccepted()
    assert keys.key() is Qt.Key.Key_Z


def test_read_only_text_can_be_seen_but_not_changed(field: SummaryField, qtbot: Any) -> None:
    field.show_value("文字")
    field.set_read_only(True)
    qtbot.keyClicks(field.text, "more")
    assert field.value() == "文字"
    assert field.tidy_button.isHidden()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.lists(
        st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "So")), min_size=1, max_size=12)
    )
)
def test_whatever_is_committed_stands_there(field: SummaryField, words: list[str]) -> None:
    field.show_value("")
    for word in words:
        commit(field.text, word)
    plain = "".join(words).replace("\u00a0", " ")
    assert field.value().replace("\u00a0", " ") == plain
    assert field.number.text() == f"{count(field.value(), RULES).strict} / 100"


TYPED = st.text("ㄅㄆㄇˊˇ水質調查👍𠮷a，", min_size=1, max_size=8)
STEPS = st.lists(st.tuples(st.sampled_from(["compose", "commit", "give up"]), TYPED), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.integers(90, 104), STEPS)
def test_composing_at_the_limit_is_never_counted_broken_or_cut(
    field: SummaryField, length: int, steps: list[tuple[str, str]]
) -> None:
    """However an input method goes about it: what is committed stands there, whole; what is composed counts nowhere."""
    field.show_value("")
    commit(field.text, "字" * length)
    written = "字" * length
    for step, text in steps:
        changes: list[str] = []
        connection = field.changed.connect(lambda: changes.append(field.value()))  # noqa: B023 - disconnected below
        counted, marked = field.number.text(), len(field.text.extraSelections())
        if step == "commit":
            commit(field.text, text)
            written += text
            assert changes == [written]
        else:
            compose(field.text, text if step == "compose" else "")
            assert field.composing() is (step == "compose")
            assert changes == []
            assert (field.number.text(), len(field.text.extraSelections())) == (counted, marked)
        field.changed.disconnect(connection)
        assert field.value() == written
    compose(field.text, "")
    assert field.number.text() == f"{count(written, RULES).strict} / 100"


def test_what_runs_over_is_underlined_from_its_first_character(field: SummaryField) -> None:
    field.show_value("字" * 100)
    assert field.text.extraSelections() == []
    field.show_value("𠮷" * 60)
    [over] = field.text.extraSelections()
    assert over.cursor.selectedText() == "𠮷" * 10
    field.show_value("字\n" * 34)
    [over] = field.text.extraSelections()
    assert over.cursor.selectionStart() == 67, "33 lines with their ends are 99; the next character is the hundredth"
    assert over.format.underlineStyle() is over.format.UnderlineStyle.WaveUnderline


def test_replacing_composed_text_in_the_middle_counts_once_it_is_committed(field: SummaryField) -> None:
    from PySide6.QtGui import QInputMethodEvent
    from PySide6.QtWidgets import QApplication

    field.show_value("我做了實驗")
    field.text.moveCursor(field.text.textCursor().MoveOperation.End)
    event = QInputMethodEvent("ㄐㄧˇ", [])
    event.setCommitString("報告", -2, 2)  # as an input method does that converts again what it has committed
    QApplication.sendEvent(field.text, event)
    assert field.value() == "我做了報告"
    assert field.composing()
    assert field.number.text() == "5 / 100"
