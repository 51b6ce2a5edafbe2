"""One piece to be judged, with everything that it is judged by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.messages import N_
from portfolio_desktop.pieces.form import Form
from portfolio_desktop.pieces.piece import Course, Piece
from portfolio_desktop.pieces.summary import SummaryCount

TITLE_LABEL = N_("標題")


@dataclass(frozen=True, slots=True)
class PieceCase:
    """A piece, its form (None while it has no category), the rules of its school year, its course, its summary's count.

    `entry_year` is the school year in which the student entered, None where it is not known.
    """

    piece: Piece
    form: Form | None
    rules: Rules
    course: Course | None
    counted: SummaryCount
    entry_year: int | None = None

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """Every text that people will read: the field's name, its label, the text. Empty ones are left out."""
        yield "title", TITLE_LABEL, self.piece.title
        for spec in self.form.fields if self.form else ():
            if spec.type == "summary" and self.piece.summary:
                yield spec.name, spec.called, self.piece.summary
            elif spec.type == "text" and (value := self.piece.fields.get(spec.name)):
                yield spec.name, spec.called, value
        if self.form is None and self.piece.summary:
            yield "summary", N_("簡述"), self.piece.summary


PieceCheck = Callable[[PieceCase], Iterator[Finding]]
