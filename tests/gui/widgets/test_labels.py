"""Labels: what they show of a text from elsewhere."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from portfolio_desktop.gui.widgets.labels import elided, label

HIDDEN, SHOWN = "水\u202e質\u200b\n調查", "水\\u202e質\\u200b\n調查"


@pytest.mark.parametrize("wrap", [False, True])
def test_a_label_writes_out_what_cannot_be_seen(qtbot: QtBot, wrap: bool) -> None:
    made = label(HIDDEN, wrap=wrap)
    qtbot.addWidget(made)
    assert made.text() == SHOWN
    made.setText("")
    assert made.text() == ""
    made.setText(HIDDEN)
    made.setToolTip(HIDDEN)
    assert (made.text(), made.toolTip()) == (SHOWN, SHOWN)


def test_so_does_a_shortened_one(qtbot: QtBot) -> None:
    made = elided(HIDDEN)
    qtbot.addWidget(made)
    assert made.text() == SHOWN
