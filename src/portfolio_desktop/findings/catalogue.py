"""Every finding's code, in one table: codes are stable, since scripts and libraries remember them.

catalogue_files (with catalogue_content) | catalogue_pieces | catalogue_year | catalogue_bundle -> CATALOGUE -> finding.py, docs/findings.md
"""

from __future__ import annotations

from collections.abc import Mapping

from portfolio_desktop.findings.catalogue_bundle import BUNDLE
from portfolio_desktop.findings.catalogue_files import FILES
from portfolio_desktop.findings.catalogue_pieces import PIECES
from portfolio_desktop.findings.catalogue_year import YEAR
from portfolio_desktop.findings.entry import Entry

ROOMS: Mapping[str, Mapping[str, Entry]] = {"files": FILES, "pieces": PIECES, "year": YEAR, "bundle": BUNDLE}
"""The tables by the room of the road that they speak about."""

CATALOGUE: Mapping[str, Entry] = {code: entry for table in ROOMS.values() for code, entry in table.items()}
