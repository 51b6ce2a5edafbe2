"""A piece as flat texts, the way an editor holds it, and the difference of two such as one Edit.

    values(piece) -> {"title": …, "term": "113-1", "fields.award": …}        edit(before, after) -> Edit | None

Only what differs is in the Edit, so that an undo step takes back what was typed and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping

from portfolio_desktop.library.records import Edit
from portfolio_desktop.pieces.piece import CERTIFICATIONS, Piece
from portfolio_desktop.terms import Term

FIELD = "fields."
Values = Mapping[str, str]


def values(piece: Piece) -> dict[str, str]:
    """Everything about a piece that can be edited, as text."""
    return {
        "title": piece.title,
        "category": piece.category or "",
        "term": str(piece.term) if piece.term else "",
        "course_id": piece.course_id or "",
        "summary": piece.summary,
        "link": piece.link,
        "certification": piece.certification,
        "certification_note": piece.certification_note,
        **{f"{FIELD}{name}": value for name, value in piece.fields.items()},
    }


def edit(before: Values, after: Values) -> Edit | None:
    """What makes `before` into `after`, None when nothing does; names that `after` lacks stay as they are."""
    new = {name: value for name, value in after.items() if value != before.get(name, "")}
    if not new:
        return None
    clear = frozenset(name for name in ("term", "category", "course_id") if new.get(name) == "")
    certification = new.get("certification")
    return Edit(
        title=new.get("title"),
        summary=new.get("summary"),
        link=new.get("link"),
        term=Term.parse(new["term"]) if new.get("term") else None,
        category=new.get("category") or None,
        course_id=new.get("course_id") or None,
        certification=next((state for state in CERTIFICATIONS if state == certification), None),
        certification_note=new.get("certification_note"),
        fields={name.removeprefix(FIELD): value for name, value in new.items() if name.startswith(FIELD)},
        clear=clear,
    )
