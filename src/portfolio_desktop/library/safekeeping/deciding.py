"""Which of two states is right, when the database was put back to an older one: the student decides, nothing is deleted.

work.newer, catalog.newer ─▶ the newer one: restored beside (restoring)
─▶ the present one: keep_present ─▶ the copies with other work, and its catalog, in kept-aside/
"""

from __future__ import annotations

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.problems import NEWER, Problem
from portfolio_desktop.library.safekeeping import backups, lineage, newer, outstanding, record
from portfolio_desktop.library.safekeeping.aside import Aside
from portfolio_desktop.library.safekeeping.mending import keep_catalog
from portfolio_desktop.library.troubles import plain_words
from portfolio_desktop.messages import _


def keep_present(library: Library) -> tuple[str, ...]:
    """Take the library as it is now for the right one; gives what was moved out of the way, below its folder.

    Its own copies with work that the database lacks go to kept-aside, and so does a catalog that tells of it: nothing of them
    is told at the next start. On the library's thread; raises PortfolioError where it is only read, or cannot be written.
    """
    if library.read_only:
        raise PortfolioError(_("學習歷程庫以唯讀方式開啟，不能修改。"))
    holding = library._holding
    aside = Aside(library.folder, holding.moment())
    with plain_words():
        with holding.reading() as connection:
            state, is_other = lineage.read(connection), newer.holds_other(library.folder, connection)
        while others := backups.beyond(library.folder, state, places=False):
            for backup in others:
                aside.move(backup.path)
        if is_other:
            keep_catalog(aside, holding.catalog.path)
            holding.catalog.keep = None
            holding.catalog.rewrite()
    check = record.read(library.folder).check
    known = check.problems if check is not None else ()
    told = [one for one in known if one.get("code") in NEWER]
    outstanding.note_mended(library.folder, [Problem(str(one["code"]), str(one.get("path", ""))) for one in told])
    return tuple(aside.kept)
