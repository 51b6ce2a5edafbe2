"""A piece as the command line tells it: the keys of `list --json` and `show --json`, a row of a table, a page to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from portfolio_desktop.bootstrap.desk import Judged
from portfolio_desktop.cli.console import Console, picked, shown
from portfolio_desktop.cli.width import clean, pad, width
from portfolio_desktop.cli.words import finding_lines, moment, size
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.messages import N_, _
from portfolio_desktop.pieces.form import FieldSpec, Form
from portfolio_desktop.pieces.piece import Course, PieceFile
from portfolio_desktop.pieces.readiness import STATE_NAMES

CERTIFICATION_WORDS: Mapping[str, str] = {
    "editing": N_("編輯中"),
    "sent": N_("認證中"),
    "certified": N_("認證成功"),
    "failed": N_("認證失敗"),
}
ROLE_WORDS: Mapping[str, str] = {"document": N_("文件"), "media": N_("影音"), "source": N_("來源")}
PLACE_WORDS: Mapping[str, str] = {
    "title": N_("標題"),
    "category": N_("類別"),
    "term": N_("學期"),
    "course": N_("課程"),
    "summary": N_("簡述"),
    "link": N_("外部影音連結"),
    "certification": N_("認證"),
}
"""What findings are about besides files and a form's own fields; a form's own label goes before."""


def brief(judged: Judged) -> dict[str, Any]:
    """One of `list --json`'s pieces."""
    piece = judged.piece
    return {
        "id": piece.id,
        "title": piece.title,
        "kind": piece.kind,
        "category": piece.category,
        "year": piece.term.year if piece.term else None,
        "term": str(piece.term) if piece.term else None,
        "summary": piece.summary,
        "state": judged.state,
        "ticked": sorted(piece.ticked),
        "files": [_file(file) for file in piece.files if file.current],
        "findings": [finding.to_json() for finding in judged.findings],
    }


def full(judged: Judged) -> dict[str, Any]:
    """What `show --json` prints: the same keys, and everything else that is known."""
    piece = judged.piece
    return brief(judged) | {
        "fields": dict(piece.fields),
        "link": piece.link,
        "course": course(judged.course) if judged.course else None,
        "certification": piece.certification,
        "certification_note": piece.certification_note,
        "files": [file_json(file) | {"inspection": file.inspection.to_json()} for file in piece.files],
        "added": piece.added,
        "changed": piece.changed,
        "trashed": piece.trashed,
    }


def course(course: Course) -> dict[str, Any]:
    """A course of the student's list."""
    term = {"term": str(course.term) if course.term else None}
    return picked(course, "id", "name", "category", "credits", "teacher", "code") | term


def _file(file: PieceFile) -> dict[str, Any]:
    return picked(file, "role", "name", "sha256", "md5", "size", "kind")


def file_json(file: PieceFile) -> dict[str, Any]:
    """A file of a piece, earlier versions told from the current one, with its seal and what it was made from."""
    return _file(file) | {
        "id": file.id,
        "current": file.current,
        "made_from": file.made_from,
        "sealed": file.sealed,
    }


def show_table(console: Console, pieces: Sequence[Judged]) -> None:
    """The pieces as a table, and how many they are."""
    if pieces:
        headings = [_("編號"), _("標題"), _("類別"), _("學期"), _("檔案"), _("勾選"), _("狀態"), _("問題")]
        console.table(headings, [_row(judged) for judged in pieces])
    console.say(_("共 {count} 件").format(count=len(pieces)))


def _row(judged: Judged) -> list[str]:
    piece = judged.piece
    files = [file for file in piece.files if file.current]
    return [
        piece.id,
        piece.title,
        _(judged.form.label) if judged.form else "",
        str(piece.term) if piece.term else "",
        " ".join(f"{file.kind} {size(file.size)}" for file in files),
        "、".join(map(str, sorted(piece.ticked))),
        _(STATE_NAMES[judged.state]),
        problems(judged.findings),
    ]


def problems(findings: Iterable[Finding]) -> str:
    """How many errors and warnings: ✗2 △1."""
    severities = [finding.severity for finding in findings]
    counts = (("✗", severities.count("error")), ("△", severities.count("warning")))
    return " ".join(f"{mark}{count}" for mark, count in counts if count)


def show_page(console: Console, judged: Judged) -> None:
    """Everything about one piece, field by field in the form's order, then what is wrong."""
    piece = judged.piece
    lines = [(_("標題"), piece.title), (_("類別"), _(judged.form.label) if judged.form else _("還沒分類"))]
    if judged.form is not None:
        lines += [(_(spec.called), field_text(judged, spec)) for spec in judged.form.fields]
    else:
        lines.append((_("學期"), str(piece.term) if piece.term else ""))
        lines.append((_("簡述"), piece.summary))
    if piece.kind == "course":
        word = _(CERTIFICATION_WORDS[piece.certification])
        lines.append((_("認證"), f"{word}　{piece.certification_note}".strip()))
    for file in piece.files:
        which = _(ROLE_WORDS[file.role]) if file.current else _("{role}（舊版）").format(role=_(ROLE_WORDS[file.role]))
        lines.append((which, "\n".join([f"{shown(file.name)}　{file.kind} · {size(file.size)}", *seal_lines(file)])))
    lines.append((_("勾選"), "、".join(map(str, sorted(piece.ticked))) or _("沒有")))
    lines.append((_("狀態"), _(STATE_NAMES[judged.state])))
    lines.append((_("最後修改"), moment(piece.changed)))
    console.say(f"{piece.id}")
    column = max(width(label) for label, _text in lines) + 2
    for label, text in lines:
        first, *rest = text.split("\n")
        console.say(f"  {pad(label, column)}{clean(first)}".rstrip())
        for line in rest:
            console.say(f"  {' ' * column}{clean(line)}".rstrip())
    if not judged.findings:
        console.say(_("沒有發現問題。"))
    for line in finding_lines(judged.findings, "  ", about_words(judged.form)):
        console.say(line)


def seal_lines(file: PieceFile) -> list[str]:
    """The seal of a file that was recorded as certified, with the digests by which its exact bytes are known."""
    if file.sealed is None:
        return []
    return [_("認證時封存：{when}").format(when=moment(file.sealed)), f"SHA-256 {file.sha256}", f"MD5 {file.md5}"]


def about_words(form: Form | None) -> dict[str, str]:
    """What findings are about, in words: a form's labels by the fields' names, the slots, the title."""
    own = {spec.name: _(spec.called) for spec in form.fields} if form else {}
    roles = {role: _(word) for role, word in ROLE_WORDS.items()}
    return roles | {name: _(word) for name, word in PLACE_WORDS.items()} | own


def field_text(judged: Judged, spec: FieldSpec) -> str:
    """What a form's field holds, with a choice's words beside its code."""
    piece = judged.piece
    match spec.type:
        case "year":
            return str(piece.term.year) if piece.term else ""
        case "term":
            return str(piece.term) if piece.term else ""
        case "summary":
            return piece.summary
        case "link":
            return piece.link
        case "course":
            return f"{judged.course.name}（{judged.course.id}）" if judged.course else ""
        case "document" | "media":
            file = piece.file("document" if spec.type == "document" else "media")
            return shown(file.name) if file else ""
        case "choice":
            code = piece.fields.get(spec.name, "")
            choice = spec.choice(code)
            return f"{code} {_(choice.label)}" if choice else code
        case _:
            return piece.fields.get(spec.name, "") or (piece.title if spec.from_title else "")
