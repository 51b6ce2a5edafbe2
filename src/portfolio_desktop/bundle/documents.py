"""The documents of a bundle that are made from its plan: the copy sheet and the list in two forms."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio_desktop.bundle import layout, lists, sheet
from portfolio_desktop.bundle.entries import BundlePlan


def render(plan: BundlePlan) -> Mapping[str, bytes]:
    """All of them by path, in the language in use; the same plan gives the same bytes."""
    return {
        layout.SHEET: sheet.render(plan),
        layout.LIST_XLSX: lists.xlsx(plan),
        layout.LIST_CSV: lists.csv_text(plan),
    }
