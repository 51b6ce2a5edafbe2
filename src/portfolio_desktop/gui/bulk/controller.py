"""Decides about several pieces: what can be set, what the plan is, and that only a plan that was seen is carried out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.bulk import work
from portfolio_desktop.gui.bulk.fields import ValueLine
from portfolio_desktop.gui.bulk.offer import CATEGORY, CERTIFICATION, COURSE, Value, offer
from portfolio_desktop.gui.bulk.panel import BulkPanel
from portfolio_desktop.gui.bulk.plan import BulkPlan
from portfolio_desktop.gui.bulk.work import Done
from portfolio_desktop.gui.pieces.courses import course_words
from portfolio_desktop.gui.pieces.fields import build
from portfolio_desktop.gui.pieces.known import Known
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.widgets.choice import ChoiceField
from portfolio_desktop.gui.words import certification_words, term_words
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import CATEGORIES, CERTIFICATIONS
from portfolio_desktop.pieces.readiness import STATE_NAMES
from portfolio_desktop.terms import Term

SETTLE_MILLISECONDS = 60
"""While a selection grows, what its pieces have together is worked out once it rests."""


class Bulk(QObject):
    """The controller of the panel; `done` brings the pieces as they are now, `said` a sentence with the way back."""

    done = Signal(object)
    said = Signal(str, str, object)

    def __init__(
        self,
        session: Session,
        panel: BulkPanel,
        icons: Icons,
        known: Known,
        category_name: Callable[[str | None], str],
        undo: Callable[[], None],
    ) -> None:
        super().__init__(panel)
        self._session, self.panel, self._icons, self._known = session, panel, icons, known
        self._category_name, self._undo = category_name, undo
        self._rows: Sequence[Row] = ()
        self._seen: tuple[dict[str, str], BulkPlan] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SETTLE_MILLISECONDS)
        self._rest.timeout.connect(self._show_values)
        panel.plan_asked.connect(self._plan)
        panel.plan.confirmed.connect(self._carry_out)

    def show(self, rows: Sequence[Row]) -> None:
        """Several pieces are chosen, or the same ones have become others."""
        same = [row.id for row in rows] == [row.id for row in self._rows]
        self._rows = rows
        if not same:
            self.panel.forget()
            self._seen = None
        self.panel.show_head(len(rows), states(rows))
        self._rest.start()

    def _show_values(self) -> None:
        trashed = [row for row in self._rows if row.piece.trashed]
        locked = ""
        if self._session.read_only:
            locked = _("這個學習歷程庫以唯讀開啟，只能看。")
        elif trashed:
            locked = _("選的作品裡有 {count} 件在垃圾桶，放回以後才能改。").format(count=len(trashed))
        values = () if locked else offer(self._rows, self._session.form)
        writable = not self._session.read_only
        self.panel.show_values(
            values,
            self._line,
            locked,
            away=writable and len(trashed) < len(self._rows),
            back=writable and bool(trashed),
        )

    def _line(self, value: Value) -> ValueLine:
        if value.spec is not None:
            named = {choice.code: f"{choice.code}　{_(choice.label)}" for choice in value.spec.choices}
            return ValueLine(value, build(value.spec, self._icons), named)
        choices = self._choices(value.name)
        none = None if value.name == CERTIFICATION else _("（還沒定）")
        return ValueLine(value, ChoiceField(value.label, choices.items(), none), choices)

    def _choices(self, name: str) -> dict[str, str]:
        shelf = self._session.shelf
        if name == CATEGORY:
            return {code: self._category_name(code) for code in CATEGORIES}
        if name == COURSE:
            return {course.id: course_words(course) for course in self._known.courses}
        if name == CERTIFICATION:
            return {state: certification_words(state) for state in CERTIFICATIONS}
        if shelf is None:
            return {}
        entry = shelf.profile.entry_year
        held = {row.piece.term for row in self._rows if row.piece.term is not None}
        terms: list[Term] = sorted({*shelf.profile.terms, *held})
        return {str(term): term_words(term, entry) for term in terms}

    def _plan(self) -> None:
        wish = self.panel.wish()
        if not wish or self._session.read_only or self.panel.composing():
            return
        ids = [row.id for row in self._rows]
        self._session.ask(_("正在看會改什麼"), work.plan, ids, wish, done=lambda plan: self._show_plan(ids, wish, plan))

    def _show_plan(self, ids: list[str], wish: dict[str, str], plan: BulkPlan, said: str = "") -> None:
        if ids != [row.id for row in self._rows]:
            return
        self._seen = (wish, plan)
        self.panel.plan.show_plan(plan, len(ids), said)
        self.panel.plan.set_busy(False)
        self.panel.show_plan_page()

    def _carry_out(self) -> None:
        if self._seen is None or self._session.read_only:
            return
        (wish, seen), ids = self._seen, [row.id for row in self._rows]
        self.panel.plan.set_busy(True)
        self._session.ask(
            _("正在修改 {count} 件").format(count=len(seen.edits)),
            work.carry_out,
            ids,
            wish,
            seen,
            done=lambda made: self._made(ids, wish, made),
            failed=self._failed,
            cancelled=lambda: self.panel.plan.set_busy(False),
        )

    def _made(self, ids: list[str], wish: dict[str, str], made: Done) -> None:
        self.panel.plan.set_busy(False)
        if made.anew is not None:
            self._show_plan(ids, wish, made.anew, _("作品剛剛有變動，請再看一次。"))
            return
        if ids == [row.id for row in self._rows]:
            self._seen = None
            self.panel.reset()
            self.panel.show_values_page()
        self.done.emit(made.rows)
        self.said.emit("ok", _("已改 {count} 件。").format(count=len(made.rows)), (_("復原"), self._undo))

    def _failed(self, error: Exception) -> None:
        self.panel.plan.set_busy(False)
        self._session.jobs.failed.emit(error)


def states(rows: Sequence[Row]) -> str:
    """How far several pieces are, in one line."""
    counted = Counter(row.state for row in rows)
    return _("、").join(
        _("{state} {count} 件").format(state=_(words), count=counted[state])
        for state, words in STATE_NAMES.items()
        if counted[state]
    )
