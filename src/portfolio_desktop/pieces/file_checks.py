"""The files of a piece: there, in the right slot, in order, and more than a bare certificate.

PieceCase -> FILE_CHECKS -> Finding(about=the file's role) …      names are not judged: a bundle gives new ones
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from portfolio_desktop.findings.checks import content_findings
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.pieces.piece import Piece, PieceFile
from portfolio_desktop.pieces.piece_case import PieceCase, PieceCheck
from portfolio_desktop.pieces.text_checks import reflects


def uploaded(piece: Piece) -> tuple[PieceFile, ...]:
    """The current files that would be uploaded: document first, then media."""
    return tuple(file for role in ("document", "media") for file in piece.files if file.current and file.role == role)


def _missing(case: PieceCase) -> Iterator[Finding]:
    if case.form is not None and case.form.file_required and not uploaded(case.piece):
        yield Finding("file.missing", {}, "document")


def _none(case: PieceCase) -> Iterator[Finding]:
    if case.form is not None and not case.form.file_required and not uploaded(case.piece):
        yield Finding("file.none", {}, "document")


def _slot(case: PieceCase) -> Iterator[Finding]:
    for file in uploaded(case.piece):
        wanted = case.rules.role_of(file.kind)
        if wanted not in ("source", file.role):
            yield Finding("file.slot", {"name": file.name, "kind": file.kind}, file.role)


def _content(case: PieceCase) -> Iterator[Finding]:
    for file in uploaded(case.piece):
        for finding in content_findings(file.name, file.size, file.inspection, case.rules):
            yield replace(finding, about=file.role)


def _source(case: PieceCase) -> Iterator[Finding]:
    # What a file was made from is never uploaded, so it is judged only while nothing else is there.
    if uploaded(case.piece):
        return
    for file in case.piece.files:
        if file.current and file.role == "source":
            for finding in content_findings(file.name, file.size, file.inspection, case.rules):
                yield replace(finding, about=file.role)


def _only_certificate(case: PieceCase) -> Iterator[Finding]:
    if _only_named(case, case.rules.certificate_words):
        yield Finding("file.only-certificate", {}, "document")


def _only_slides(case: PieceCase) -> Iterator[Finding]:
    if _only_named(case, case.rules.slide_words):
        yield Finding("file.only-slides", {}, "document")


def _only_named(case: PieceCase, words: tuple[str, ...]) -> bool:
    """Whether all that is handed in is one document with such a name, and the summary does not reflect on it."""
    files = uploaded(case.piece)
    if len(files) != 1 or files[0].role != "document" or reflects(case):
        return False
    name = files[0].name.casefold()
    return any(word in name for word in words)


FILE_CHECKS: tuple[PieceCheck, ...] = (_missing, _none, _slot, _content, _source, _only_certificate, _only_slides)
"""Every rule on the files of a piece, in the order in which they are told."""
