"""`history`: who did what and when; of one piece also every text that it ever had and every file that it ever held.

history p3    changes, then   summary@12 …   for   edit p3 --use-text summary@12
f7 …           for   edit p3 --use-version f7
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from portfolio_desktop.bootstrap.desk import Desk
from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.console import Console, picked, shown
from portfolio_desktop.cli.libraries import desk_of
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.piece_view import ROLE_WORDS, about_words, file_json, seal_lines
from portfolio_desktop.cli.width import clean
from portfolio_desktop.cli.words import moment, size
from portfolio_desktop.library.records import ChangeEntry, FileVersion, PieceFilter, TextVersion
from portfolio_desktop.library.sentences import LABELS
from portfolio_desktop.library.versions import FIELD
from portfolio_desktop.messages import N_, _

STATES: Mapping[str, str] = {"done": "", "undone": N_("已復原"), "dropped": N_("已放棄")}


def _arguments(parser: Parser) -> None:
    parser.add("piece", nargs="?", metavar=_("編號"), help=_("只看這一件的，例如 p1；還會列出先前的每段文字和每個檔案"))


def _history(call: Call) -> int:
    with desk_of(call, read_only=True) as desk:
        library, piece = desk.library, call.piece
        entries = library.history(piece)
        texts: tuple[TextVersion, ...] = ()
        files: tuple[FileVersion, ...] = ()
        labels: Mapping[str, str] = {}
        if piece is not None:
            if not entries:
                library.piece(piece)  # says so when there never was such a piece
            texts, files, labels = library.texts(piece), library.versions(piece), _labels(desk, piece)
    if call.console.as_json:
        document: dict[str, Any] = {"changes": [_change(entry) for entry in entries]}
        if piece is not None:
            document |= {"texts": [_text(one) for one in texts], "files": [_file(one) for one in files]}
        call.console.document(document)
        return 0
    _show_changes(call.console, entries)
    _show_texts(call.console, piece, texts, labels)
    _show_files(call.console, piece, files)
    return 0


def _labels(desk: Desk, piece: str) -> Mapping[str, str]:
    """What the piece's texts are called, by their names in the log; a piece that is gone for good has no form."""
    found = desk.library.pieces(PieceFilter(ids=(piece,), trashed=None))
    form = desk.form(found[0].category) if found and found[0].category else None
    known = {name: _(label) for name, label in LABELS.items()} | dict(about_words(form))
    return known | {FIELD + name: label for name, label in known.items()}


def _change(entry: ChangeEntry) -> dict[str, Any]:
    details = [picked(one, "about", "field", "before", "after") for one in entry.details]
    return picked(entry, "group", "when", "who", "sentence", "state") | {"details": details}


def _text(version: TextVersion) -> dict[str, Any]:
    return picked(version, "id", "field", "group", "when", "who", "text", "current")


def _file(version: FileVersion) -> dict[str, Any]:
    return file_json(version.file) | picked(version, "group", "when", "who")


def _show_changes(console: Console, entries: Sequence[ChangeEntry]) -> None:
    rows = [
        [
            str(entry.group),
            moment(entry.when),
            entry.who,
            entry.sentence,
            _(STATES[entry.state]) if STATES[entry.state] else "",
        ]
        for entry in entries
    ]
    if rows:
        console.table([_("修改"), _("時間"), _("誰"), _("做了什麼"), _("狀態")], rows, right=(0,))
    console.say(_("共 {count} 次修改").format(count=len(rows)))


def _show_texts(console: Console, piece: str, texts: Sequence[TextVersion], labels: Mapping[str, str]) -> None:
    if texts:
        console.say()
        console.say(_("寫過的文字（edit {piece} --use-text 編號 可以改回）：").format(piece=piece))
    for one in texts:
        label = labels.get(one.field, one.field.removeprefix(FIELD))
        console.say("  " + _line(one.id, label, _("目前") if one.current else "", *_origin(one)))
        for line in one.text.split("\n"):
            console.say(f"      {clean(line)}".rstrip())


def _show_files(console: Console, piece: str, files: Sequence[FileVersion]) -> None:
    if files:
        console.say()
        console.say(_("放過的檔案（edit {piece} --use-version 編號 可以改回）：").format(piece=piece))
    for one in files:
        file = one.file
        state = _("目前") if file.current else _("舊版")
        about = f"{file.kind} · {size(file.size)}"
        console.say("  " + _line(file.id, _(ROLE_WORDS[file.role]), shown(file.name), about, state, *_origin(one)))
        for line in seal_lines(file):
            console.say(f"      {line}")


def _origin(version: TextVersion | FileVersion) -> Iterator[str]:
    yield moment(version.when) if version.when else _("紀錄開始以前")
    yield version.who


def _line(*words: str) -> str:
    return "　".join(clean(word) for word in words if word)


COMMANDS: Mapping[str, Command] = {
    "history": Command(
        N_("看修改的紀錄，最新的在最前面。指定編號時只看那一件，也列出先前的每段文字和每個檔案，都可以用 edit 改回。"),
        "portfolio-desktop history\nportfolio-desktop history p3 --json",
        _history,
        _arguments,
    ),
}
