from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from helpers.window import Driver, commit, compose
from portfolio_desktop.gui.bulk.fields import ValueLine
from portfolio_desktop.gui.bulk.offer import Value
from portfolio_desktop.gui.bulk.preview import AFTER, BEFORE, LABEL, TITLE
from portfolio_desktop.gui.widgets.line import TextField
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit, PieceFilter
from portfolio_desktop.terms import Term


def choose(driver: Driver, *words: str) -> list[str]:
    """Choose the pieces with these words in their titles, in this order of the list."""
    rows = driver.control.pieces.known.rows
    ids = [id_ for id_ in driver.control.parts.model.ids() if any(word in rows[id_].piece.title for word in words)]
    driver.control.parts.page.table.select(ids)
    driver.qtbot.waitUntil(lambda: panel(driver).heading.text() == f"選了 {len(ids)} 件")
    driver.qtbot.waitUntil(lambda: bool(panel(driver).lines) or panel(driver).locked.isVisible())
    return ids


def panel(driver: Driver) -> Any:
    return driver.control.pieces.bulk.panel


def wish(driver: Driver, name: str, value: str) -> None:
    """Choose a value as the student does, by the list's own change."""
    box = panel(driver).lines[name].field.list
    box.setCurrentIndex(box.findData(value))


def see(driver: Driver) -> list[tuple[str, ...]]:
    """Ask for the plan; what it shows where there is room."""
    driver.window.resize(2400, 900)
    panel(driver).show_plan.click()
    driver.settle()
    model = panel(driver).plan.changes
    return [
        tuple(model.data(model.index(row, column)) for column in (TITLE, LABEL, BEFORE, AFTER))
        for row in range(model.rowCount())
    ]


def test_several_are_told_and_what_they_have(busy: Driver) -> None:
    ids = choose(busy, "圖書館志工", "校慶海報", "太鼓社成果")
    assert len(ids) == 3
    page = busy.control.parts.page
    assert page.piece.currentWidget() is panel(busy)
    assert panel(busy).heading.text() == "選了 3 件"
    assert "可以勾選" in panel(busy).about.text()
    assert list(panel(busy).lines) == ["category", "term"]
    assert "（2 件）" in panel(busy).lines["term"].have.text()
    assert not panel(busy).show_plan.isEnabled()


def test_a_change_is_seen_then_done_then_undone_in_one_step(busy: Driver) -> None:
    ids = choose(busy, "圖書館志工", "校慶海報", "太鼓社成果")
    before = {id_: busy.piece(id_) for id_ in ids}
    wish(busy, "term", "114-1")
    assert panel(busy).lines["term"].box.isChecked()
    shown = see(busy)
    assert {row[1:] for row in shown} == {
        ("學期", "113-1　高一上", "114-1　高二上"),
        ("學期", "113-2　高一下", "114-1　高二上"),
    }
    assert panel(busy).plan.heading.text() == "會改 3 件作品，共 3 個地方"
    assert all(busy.piece(id_) == before[id_] for id_ in ids)
    panel(busy).plan.confirm.click()
    busy.settle()
    assert busy.window.focusWidget() is busy.control.parts.page.table
    assert {busy.piece(id_).term for id_ in ids} == {Term(114, 1)}
    assert busy.banner == "已改 3 件。"
    assert busy.control.parts.page.table.selected_ids()
    assert not panel(busy).wish()
    assert busy.library(Library.history)[0].sentence == "修改 3 件的學期"
    busy.control.pieces.undo()
    busy.settle()
    assert {id_: busy.piece(id_).term for id_ in ids} == {id_: piece.term for id_, piece in before.items()}


def test_pieces_that_are_so_already_are_left_out(busy: Driver) -> None:
    ids = choose(busy, "圖書館志工", "校慶海報", "太鼓社成果")
    wish(busy, "term", "113-2")
    assert len(see(busy)) == 2
    assert "另外 1 件本來就是這樣" in panel(busy).plan.about.text()
    busy.qtbot.keyClick(panel(busy).plan.table, Qt.Key.Key_Escape)
    assert panel(busy).currentIndex() == 0
    assert panel(busy).wish() == {"term": "113-2"}
    assert len(ids) == 3


def test_a_choice_that_means_something_else_goes_and_the_plan_says_so(busy: Driver) -> None:
    library = busy.control.session
    first, second = (row.id for row in list(busy.control.pieces.known.rows.values())[:2])
    library.on_lane(
        lambda desk: desk.library.edit_each(
            [
                (first, Edit(category="competition", fields={"level": "3", "award": "金牌"})),
                (second, Edit(category="competition", fields={"award": "佳作"})),
            ]
        )
    ).result(20)
    busy.control.pieces.reload()
    busy.settle()
    busy.control.parts.page.table.select([first, second])
    busy.qtbot.waitUntil(lambda: "fields.level" in panel(busy).lines)
    wish(busy, "category", "officer")
    shown = see(busy)
    assert [row[1] for row in shown].count("類別") == 2
    assert [row for row in shown if row[3] == "（拿掉）"]
    panel(busy).plan.confirm.click()
    busy.settle()
    assert busy.piece(first).category == busy.piece(second).category == "officer"
    assert "level" not in busy.piece(first).fields
    assert busy.piece(second).fields["award"] == "佳作"


def test_fields_of_the_form_are_offered_where_all_have_them(busy: Driver) -> None:
    ids = choose(busy, "校慶海報", "校園植物繪本")
    names = set(panel(busy).lines)
    assert {"category", "term"} < names
    assert all(name.startswith("fields.") for name in names - {"category", "term"})
    name = next(name for name in names if hasattr(panel(busy).lines[name].field, "line"))
    line = panel(busy).lines[name].field.line
    line.setFocus()
    compose(line, "ㄕㄜ")
    panel(busy).show_plan.click()
    assert panel(busy).currentIndex() == 0, "composing is not broken off"
    compose(line, "")
    commit(line, "社區")
    shown = see(busy)
    assert {row[3] for row in shown} == {"社區"}
    panel(busy).plan.confirm.click()
    busy.settle()
    assert all(busy.piece(id_).fields[name.removeprefix("fields.")] == "社區" for id_ in ids)


def test_course_results_have_course_and_certification(busy: Driver) -> None:
    choose(busy, "水質調查", "單擺週期")
    assert {"course_id", "certification"} < set(panel(busy).lines)
    wish(busy, "certification", "sent")
    assert [row[1:] for row in see(busy)] == [("認證狀態", "認證成功", "認證中（已送出）")] * 2
    panel(busy).plan.back.click()
    panel(busy).reset()
    wish(busy, "term", "114-2")
    see(busy)
    assert "其中 2 件已經送出認證或認證成功" in panel(busy).plan.warning.text()


def test_a_plan_that_is_old_is_shown_anew_and_nothing_done(busy: Driver) -> None:
    ids = choose(busy, "圖書館志工", "校慶海報", "太鼓社成果")
    wish(busy, "term", "114-1")
    see(busy)
    busy.control.session.on_lane(lambda desk: desk.library.edit(ids[0], Edit(term=Term(114, 1)))).result(20)
    panel(busy).plan.confirm.click()
    busy.settle()
    assert "請再看一次" in panel(busy).plan.about.text()
    assert panel(busy).plan.changes.rowCount() == 2
    assert busy.piece(ids[1]).term != Term(114, 1)
    panel(busy).plan.confirm.click()
    busy.settle()
    assert {busy.piece(id_).term for id_ in ids} == {Term(114, 1)}


def test_in_little_room_a_change_has_two_lines(busy: Driver) -> None:
    choose(busy, "圖書館志工", "校慶海報", "太鼓社成果")
    wish(busy, "term", "114-1")
    see(busy)
    view, model = panel(busy).plan, panel(busy).plan.changes
    assert not view.table.isColumnHidden(AFTER)
    height = view.table.rowHeight(0)
    busy.window.resize(900, 700)
    busy.qtbot.waitUntil(lambda: view.table.isColumnHidden(AFTER))
    assert model.data(model.index(0, BEFORE)).endswith("→ 114-1　高二上")
    assert model.data(model.index(0, TITLE)).endswith("學期")
    assert view.table.rowHeight(0) > height


def test_other_pieces_forget_what_was_wished_for(busy: Driver) -> None:
    choose(busy, "圖書館志工", "校慶海報", "太鼓社成果")
    wish(busy, "term", "114-1")
    choose(busy, "圖書館志工", "校慶海報")
    assert panel(busy).wish() == {}


def test_the_same_pieces_after_a_look_keep_what_was_wished_for(busy: Driver) -> None:
    ids = choose(busy, "圖書館志工", "校慶海報", "太鼓社成果")
    wish(busy, "term", "114-1")
    busy.control.pieces.listing.show_again(ids)
    busy.settle()
    assert panel(busy).wish() == {"term": "114-1"}


def test_nothing_to_change_says_so(busy: Driver) -> None:
    choose(busy, "校慶海報", "校園植物繪本")
    wish(busy, "term", "113-1")
    panel(busy).lines["term"].box.setChecked(True)
    assert see(busy) == []
    assert panel(busy).plan.heading.text() == "沒有要改的"
    assert not panel(busy).plan.confirm.isVisible()


def test_an_empty_text_that_is_wished_for_says_that_it_empties(qtbot: Any, theme: Any) -> None:
    value, field = Value("fields.award", "獎項", {"金牌": 1, "佳作": 2}), TextField("獎項")
    line = ValueLine(value, field)
    qtbot.addWidget(line)
    line.show_value(value)
    assert field.line.placeholderText() == "（各不相同）"
    line.box.setChecked(True)
    assert (line.wish, field.line.placeholderText()) == ("", "（全部清空）")
    line.box.setChecked(False)
    assert (line.wish, field.line.placeholderText()) == (None, "（各不相同）")


def test_a_ticked_box_alone_takes_no_value_away(busy: Driver) -> None:
    choose(busy, "圖書館志工", "校慶海報", "太鼓社成果")
    line = panel(busy).lines["term"]
    wish(busy, "category", "officer")
    assert panel(busy).show_plan.isEnabled()
    line.box.setChecked(True)
    assert line.field.list.currentText() == "（選一個值）"
    assert panel(busy).wish() == {"category": "officer"}
    assert not panel(busy).show_plan.isEnabled()
    wish(busy, "term", "114-1")
    assert panel(busy).show_plan.isEnabled()
    panel(busy).clear.click()
    assert not panel(busy).wish()
    assert line.field.list.currentText() == "（各不相同）"


def test_several_go_to_the_trash_and_come_back(busy: Driver) -> None:
    ids = choose(busy, "圖書館志工", "校慶海報", "太鼓社成果")
    panel(busy).remove.click()
    busy.settle()
    assert len(busy.library(Library.pieces, PieceFilter(trashed=True))) == 3
    busy.control.parts.sections.go("trash")
    busy.control.parts.page.table.select(ids)
    busy.qtbot.waitUntil(panel(busy).restore.isVisible)
    assert not panel(busy).lines
    assert "在垃圾桶" in panel(busy).locked.text()
    panel(busy).restore.click()
    busy.settle()
    assert busy.library(Library.pieces, PieceFilter(trashed=True)) == []


def test_a_library_that_is_only_read_offers_nothing(start: Any, sample: Path) -> None:
    driver = start()
    driver.control.opening.open(sample, read_only=True)
    driver.settle()
    choose(driver, "圖書館志工", "校慶海報")
    assert panel(driver).lines == {}
    assert "唯讀" in panel(driver).locked.text()
    assert not panel(driver).remove.isVisible()


def test_it_is_reached_by_keyboard(busy: Driver, qtbot: Any) -> None:
    choose(busy, "圖書館志工", "校慶海報", "太鼓社成果")
    with qtbot.waitActive(busy.window):
        busy.window.activateWindow()
    qtbot.waitUntil(panel(busy).lines["category"].box.isVisible)
    panel(busy).lines["category"].box.setFocus()
    seen = []
    for _step in range(4):
        seen.append(busy.window.focusWidget())
        qtbot.keyClick(busy.window.focusWidget(), Qt.Key.Key_Tab)
    lines = panel(busy).lines
    assert seen == [
        lines["category"].box,
        lines["category"].field.list,
        lines["term"].box,
        lines["term"].field.list,
    ]
