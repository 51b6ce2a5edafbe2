"""What each intention of the user does to the rows, inside its transaction and its group of the log.

    edit attach detach use_version use_text   remove restore empty   tick untick        (student.py: courses, profile …)

Every function takes the open Group, changes rows through it, and leaves the sentence that says what was done.
Unknown ids raise UsageError before anything is written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from portfolio_desktop.errors import UsageError
from portfolio_desktop.library import versions
from portfolio_desktop.library.adding import file_row, kind_of_stored
from portfolio_desktop.library.changes import Group, rows, take_numbers
from portfolio_desktop.library.editing import edited, what_changed
from portfolio_desktop.library.intake import Arrival, role_of
from portfolio_desktop.library.names import exact_name
from portfolio_desktop.library.records import Edit
from portfolio_desktop.library.rows import number_of
from portfolio_desktop.library.sentences import Sentence, one_or_many
from portfolio_desktop.library.student import check_course
from portfolio_desktop.library.tables import FILE, PIECE, TICK
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import Role

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that was brought in for a piece: its slot (by its kind when None), and the id of the one it was made from."""

    arrival: Arrival
    role: Role | None = None
    made_from: str | None = None


def edit_pieces(change: Group, ids: Sequence[str], edit: Edit, now: str) -> None:
    """Change the pieces as the edit says; recording a certification seals the files that are current."""
    edit_each(change, [(identity, edit) for identity in ids], now)


def edit_each(change: Group, edits: Sequence[tuple[str, Edit]], now: str) -> None:
    """The same with an edit of its own for each piece, named by its id."""
    titles, what, of_piece = list[str](), list[str](), dict(edits)
    for row in _pieces(change, list(of_piece)):
        edit = of_piece[f"p{row['number']}"]
        after = edited(row, edit)
        check_course(change, after["course"])
        changed = what_changed(row, after)
        if changed:
            change.update(PIECE, row, after | {"changed": now})
            titles.append(row["title"])
            what += [name for name in changed if name not in what]
        if after["certification"] == "certified" and "certification" in changed:
            for file in rows(change.connection, FILE, FILE.c.piece == row["number"], FILE.c.current == 1):
                change.update(FILE, file, file | {"sealed": file["sealed"] or now})
    change.sentence = one_or_many("edit", titles, what=what)


@dataclass(frozen=True, slots=True)
class Besides:
    """What an edit does to a piece besides its values: a role or file's id to take down, a new file, the id of an earlier
    file and of an earlier text to use again.
    """

    detached: str | None = None
    attached: Attached | None = None
    version: str | None = None
    text: str | None = None


def edit_whole(change: Group, piece: str, edit: Edit, besides: Besides, now: str) -> None:
    """Change a piece and its files as one intention: first a file taken down, then one put in, then the values.

    In this order a certification that is recorded together with a new file seals the new one.
    """
    detached, attached, version, text = besides.detached, besides.attached, besides.version, besides.text
    said = list[Sentence]()
    steps: tuple[Callable[[], None] | None, ...] = (
        (lambda: detach(change, piece, detached, now)) if detached is not None else None,
        (lambda: attach(change, piece, attached, now)) if attached is not None else None,
        (lambda: use_version(change, piece, version, now)) if version is not None else None,
        (lambda: use_text(change, piece, text, now)) if text is not None else None,
        lambda: edit_pieces(change, [piece], edit, now),
    )
    for step in steps:
        done = len(change.images)
        if step is not None:
            step()
        if len(change.images) > done and change.sentence is not None:
            said.append(change.sentence)
    if len(said) > 1:
        what = [name for one in reversed(said) for name in one.values.get("what", ["files"])]
        change.sentence = Sentence("edit", {"title": said[0].values["title"], "what": list(dict.fromkeys(what))})
    elif said:
        change.sentence = said[0]


def attach(change: Group, piece: str, attached: Attached, now: str) -> None:
    """Put a file into a piece's slot; what lay there stays as an earlier version. Sources lie side by side."""
    row, arrival, made_from = _piece(change, piece), attached.arrival, attached.made_from
    kind = arrival.inspection.kind if arrival.inspection else kind_of_stored(change.connection, arrival.sha256)
    slot = attached.role or role_of(kind)
    origin = None if made_from is None else _file(change, row, made_from)["number"]
    replaced = [file for file in _current(change, row) if slot != "source" and file["role"] == slot]
    if any(file["sha256"] == arrival.sha256 and file["role"] == slot for file in _current(change, row)):
        return
    for file in replaced:
        change.update(FILE, file, file | {"current": 0})
    number = take_numbers(change.connection, "file")[0]
    change.insert(FILE, [file_row(number, row["number"], arrival, slot, origin)])
    _touch(change, row, now)
    name = exact_name(arrival.path.name)
    change.sentence = Sentence("replace" if replaced else "attach", {"title": row["title"], "name": name})


def detach(change: Group, piece: str, which: str, now: str) -> None:
    """Take a file out of a slot: `which` is a role or a file's id. It stays as an earlier version."""
    row = _piece(change, piece)
    taken = [file for file in _current(change, row) if which in (file["role"], f"f{file['number']}")]
    if not taken:
        raise _no_file(row, which)
    for file in taken:
        change.update(FILE, file, file | {"current": 0})
    _touch(change, row, now)
    change.sentence = Sentence("detach", {"title": row["title"], "name": taken[0]["name"]})


def use_version(change: Group, piece: str, file_id: str, now: str) -> None:
    """Make an earlier file the current one again, also one whose row an undo took away; the one in its slot becomes an
    earlier version.
    """
    row = _piece(change, piece)
    number = number_of(file_id, "f")
    here = rows(change.connection, FILE, FILE.c.number == number, FILE.c.piece == row["number"])
    chosen = here[0] if here else versions.gone_file(change.connection, row["number"], number)
    if chosen is None:
        raise _no_file(row, file_id)
    if chosen["current"]:
        return
    for file in _current(change, row):
        if file["role"] == chosen["role"] != "source":
            change.update(FILE, file, file | {"current": 0})
    if here:
        change.update(FILE, chosen, chosen | {"current": 1})
    else:
        change.insert(FILE, [chosen | {"current": 1}])
    _touch(change, row, now)
    change.sentence = Sentence("version", {"title": row["title"], "name": chosen["name"]})


def use_text(change: Group, piece: str, text_id: str, now: str) -> None:
    """Make an earlier text of the piece (`summary@12`) the one in force."""
    row = _piece(change, piece)
    edit = versions.as_edit(versions.text(change.connection, row["number"], text_id))
    edit_pieces(change, [piece], edit, now)
    change.sentence = Sentence("text", {"title": row["title"], "what": what_changed(row, edited(row, edit))})


def move_to_trash(change: Group, ids: Sequence[str], now: str) -> None:
    """Put pieces into the trash; they keep everything."""
    _set_trashed(change, ids, now)


def take_out_of_trash(change: Group, ids: Sequence[str]) -> None:
    """Take pieces out of the trash."""
    _set_trashed(change, ids, None)


def empty_trash(change: Group) -> int:
    """Take the trashed pieces away; their files stay in the store, their rows in the log. Returns how many."""
    trashed = rows(change.connection, PIECE, PIECE.c.trashed.is_not(None))
    for row in trashed:
        for table in (TICK, FILE):
            held = rows(change.connection, table, table.c.piece == row["number"])
            for one in reversed(held):  # a file made from another one goes before it
                change.delete(table, one)
        change.delete(PIECE, row)
    change.sentence = Sentence("empty", {"count": len(trashed)})
    return len(trashed)


def tick(change: Group, ids: Sequence[str], year: int) -> None:
    """Tick pieces for a school year, after those that are ticked already, in the order given."""
    ticked = {row["piece"] for row in rows(change.connection, TICK, TICK.c.year == year)}
    last = change.connection.execute(select(func.max(TICK.c.position)).where(TICK.c.year == year)).scalar_one() or 0
    new = [row for row in _pieces(change, ids) if row["number"] not in ticked]
    change.insert(
        TICK, [{"piece": row["number"], "year": year, "position": last + at} for at, row in enumerate(new, 1)]
    )
    change.sentence = one_or_many("tick", [row["title"] for row in new], year=year)


def untick(change: Group, ids: Sequence[str], year: int) -> None:
    """Take pieces' ticks for a school year away."""
    titles = list[str]()
    for row in _pieces(change, ids):
        for one in rows(change.connection, TICK, TICK.c.year == year, TICK.c.piece == row["number"]):
            change.delete(TICK, one)
            titles.append(row["title"])
    change.sentence = one_or_many("untick", titles, year=year)


def _set_trashed(change: Group, ids: Sequence[str], when: str | None) -> None:
    moving = [row for row in _pieces(change, ids) if (row["trashed"] is None) != (when is None)]
    for row in moving:
        change.update(PIECE, row, row | {"trashed": when})
    change.sentence = one_or_many("restore" if when is None else "remove", [row["title"] for row in moving])


def _touch(change: Group, row: Row, now: str) -> None:
    change.update(PIECE, row, row | {"changed": now})


def _piece(change: Group, identity: str) -> Row:
    return _pieces(change, [identity])[0]


def _pieces(change: Group, ids: Sequence[str]) -> list[Row]:
    """The pieces' rows in the order of the ids, each once; all of them exist."""
    numbers = list(dict.fromkeys(number_of(identity, "p") for identity in ids))
    found = {row["number"]: row for row in rows(change.connection, PIECE, PIECE.c.number.in_(numbers))}
    for number in numbers:
        if number not in found:
            raise UsageError(_("沒有「{id}」這一件。").format(id=f"p{number}"))
    return [found[number] for number in numbers]


def _file(change: Group, piece: Row, file_id: str) -> Row:
    found = rows(change.connection, FILE, FILE.c.number == number_of(file_id, "f"), FILE.c.piece == piece["number"])
    if not found:
        raise _no_file(piece, file_id)
    return found[0]


def _no_file(piece: Row, which: str) -> UsageError:
    return UsageError(_("「{title}」沒有「{which}」這個檔案。").format(title=piece["title"], which=which))


def _current(change: Group, piece: Row) -> list[Row]:
    return rows(change.connection, FILE, FILE.c.piece == piece["number"], FILE.c.current == 1)
