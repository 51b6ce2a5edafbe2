"""The panel for several pieces, made when more than one is chosen for the first time: view and controller."""

from __future__ import annotations

from portfolio_desktop.gui.bulk.controller import Bulk
from portfolio_desktop.gui.bulk.panel import BulkPanel
from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.pieces.section import Pieces
from portfolio_desktop.gui.session import Session


def make(parts: Parts, session: Session, pieces: Pieces) -> Bulk:
    """The panel, put into the place of the one piece."""
    panel = BulkPanel(parts.icons)
    bulk = Bulk(session, panel, parts.icons, pieces.known, parts.category_name, pieces.undo)
    panel.remove_asked.connect(pieces.remove)
    panel.restore_asked.connect(pieces.listing.restore)
    bulk.done.connect(pieces.listing.put)
    bulk.said.connect(pieces.said)
    # What was pressed goes, or rests, with the press: the keyboard must not fall to whatever comes next.
    panel.plan.confirm.clicked.connect(lambda: parts.page.view().setFocus())
    panel.plan.back.clicked.connect(panel.show_plan.setFocus)
    parts.page.put_several(panel)
    return bulk
