from helpers.window import Driver


def test_emptying_the_trash_asks_and_is_one_step_back(busy: Driver) -> None:
    action = busy.window.actions_["empty_trash"]
    assert not action.isEnabled()
    ids = list(busy.control.pieces.known.rows)[:3]
    busy.control.parts.page.table.select(ids)
    busy.window.actions_["remove"].trigger()
    busy.settle()
    assert action.isEnabled()
    action.trigger()
    [question] = busy.answers.shown
    assert "3" in question.heading.text()
    assert "復原" in question.words.text()
    question.buttons[0].click()
    busy.settle()
    assert ids[0] not in busy.control.pieces.known.rows
    assert busy.banner == "垃圾桶清空了，共 3 件。"
    assert not action.isEnabled()
    busy.window.actions_["undo"].trigger()
    busy.settle()
    assert all(busy.control.pieces.known.rows[one].piece.trashed for one in ids)
    assert action.isEnabled()


def test_a_no_leaves_the_trash_as_it_is(busy: Driver) -> None:
    piece = next(iter(busy.control.pieces.known.rows))
    busy.control.parts.page.table.select([piece])
    busy.window.actions_["remove"].trigger()
    busy.settle()
    busy.window.actions_["empty_trash"].trigger()
    [question] = busy.answers.shown
    question.reject()
    busy.settle()
    assert busy.control.pieces.known.rows[piece].piece.trashed


def test_many_titles_are_counted_not_listed(busy: Driver) -> None:
    busy.control.parts.page.table.select(list(busy.control.pieces.known.rows))
    busy.window.actions_["remove"].trigger()
    busy.settle()
    busy.window.actions_["empty_trash"].trigger()
    [question] = busy.answers.shown
    rest = len(busy.control.pieces.known.rows) - 8
    assert question.words.text().count("・") >= 8
    assert f"還有 {rest} 件" in question.words.text()
    question.reject()


def test_in_the_trash_the_button_empties_it(busy: Driver) -> None:
    window = busy.window
    assert window.add_button.isVisible()
    assert not window.empty_button.isVisible()
    busy.control.parts.page.table.select(list(busy.control.pieces.known.rows)[:1])
    window.actions_["remove"].trigger()
    busy.settle()
    busy.control.parts.sections.go("trash")
    assert window.empty_button.isVisible()
    assert not window.add_button.isVisible()
    window.empty_button.click()
    [question] = busy.answers.shown
    question.buttons[0].click()
    busy.settle()
    assert not window.empty_button.isEnabled()
    busy.control.parts.sections.go("all")
    assert window.add_button.isVisible()


def test_in_the_trash_nothing_is_said_to_be_written(busy: Driver) -> None:
    said = busy.control.parts.page.nothing
    busy.control.parts.sections.go("trash")
    assert said.heading.text() == "選一件來看"
    busy.control.parts.sections.go("all")
    assert said.heading.text() == "選一件來寫"
