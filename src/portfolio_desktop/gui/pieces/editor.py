"""One piece at the right, as layout: title, where it belongs, what is wrong, its files, its form, certification.

Everything that is typed is kept by itself (the controller does that); there is no button for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.pieces.courses import CourseField
from portfolio_desktop.gui.pieces.fields import FieldBox
from portfolio_desktop.gui.pieces.findings import FindingsList
from portfolio_desktop.gui.pieces.form_view import FormView
from portfolio_desktop.gui.pieces.form_views import FormViews
from portfolio_desktop.gui.pieces.held import Held
from portfolio_desktop.gui.pieces.mends import help_words, way
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.gui.pieces.slots import Slots
from portfolio_desktop.gui.pieces.summary import Look, SummaryField
from portfolio_desktop.gui.pieces.tour import Tour
from portfolio_desktop.gui.pieces.values import values
from portfolio_desktop.gui.widgets.banner import Banner
from portfolio_desktop.gui.widgets.choice import ChoiceField
from portfolio_desktop.gui.widgets.fold import Fold
from portfolio_desktop.gui.widgets.labels import label, mark, rule
from portfolio_desktop.gui.widgets.line import TextField
from portfolio_desktop.gui.words import certification_words, state_look, term_words
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.form import Form
from portfolio_desktop.pieces.piece import CERTIFICATIONS, Course, Role

BESIDE = 27
"""Characters of width from which on the term stands beside the category: its name matters more than a short page."""
TOLD = 18
"""Characters of width from which on the state and the way to what is wrong stand in one line."""
ON_TOP = frozenset({"certification.locked"})
"""Findings that stand above everything, whatever they are about: they are said to what was just typed."""
CHIPS = {"ok": "ok", "warning": "warning", "error": "error"}
"""The chip's colours by the state's; all other states are told in the quiet blue of a hint."""


class Editor(QScrollArea):
    """The page on which one piece is written."""

    edited = Signal(str)
    left = Signal()
    course_asked = Signal()
    mend_asked = Signal(object)
    remove_asked = Signal()
    restore_asked = Signal()
    course_edit_asked = Signal()
    """The course that is chosen is to be corrected."""
    enlarge_asked = Signal()
    """More room is wanted for the summary."""
    form_shown = Signal()
    """The form is another one."""

    def __init__(
        self,
        icons: Icons,
        look: Look,
        tidy: Callable[[str], str],
        categories: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._forms = FormViews(icons, look, tidy)
        self._lent: FieldBox | None = None
        self._read_only = False
        self.title = TextField(_("標題"), None, _("還沒有標題，在這裡取一個"))
        self.title.line.setObjectName("title")
        self.headline = FieldBox(_("標題"), self.title, icons, bare=True)
        self.chip = label()
        self.chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.remove = QToolButton()
        self.remove.setProperty("plain", "true")
        icons.dress(self.remove, "trash", "quiet")
        self.remove.setAccessibleName(_("把這一件移到垃圾桶"))
        self.remove.setToolTip(_("移到垃圾桶"))
        self.remove.clicked.connect(self.remove_asked)
        self.trashed = Banner(icons)
        self.category = FieldBox(_("類別"), ChoiceField(_("類別"), categories, _("（還沒分類）")), icons, required=True)
        self.term = FieldBox(_("學期"), ChoiceField(_("學期"), (), _("（還沒定）")), icons, required=True)
        self.tour = Tour(icons)
        self.tour.stop_asked.connect(self.go_to)
        self.held = Held(icons)
        self.findings = FindingsList(icons, help_words(), self._waits_for, advice=self._advice)
        self.findings.field_asked.connect(lambda _about: self.choose_category())
        self.findings.mend_asked.connect(self._help)
        slots: list[tuple[Role, str, str]] = [
            ("document", _("文件"), ""),
            ("media", _("影音"), ""),
            ("source", _("原始檔（不上傳）"), ""),
        ]
        self.files = Slots(icons, slots)
        self.files.mend_asked.connect(self._help)
        self.certification = FieldBox(
            _("教師認證"),
            ChoiceField(_("教師認證"), [(state, certification_words(state)) for state in CERTIFICATIONS], None),
            icons,
        )
        self.note = FieldBox(_("認證備註"), TextField(_("認證備註"), None, _("例如老師退回的原因")), icons)
        self._lay_out()
        for box, key in self._own().items():
            box.edited.connect(lambda key=key: self.edited.emit(key))
            box.left.connect(self.left)
            box.mend_asked.connect(self._help)
        self._forms.edited.connect(self.edited)
        self._forms.left.connect(self.left)
        self._forms.course_asked.connect(self.course_asked)
        self._forms.course_edit_asked.connect(self.course_edit_asked)
        self._forms.enlarge_asked.connect(self.enlarge_asked)
        self._forms.mend_asked.connect(self._help)

    @property
    def _form(self) -> FormView | None:
        return self._forms.current

    def _own(self) -> dict[FieldBox, str]:
        return {
            self.headline: "title",
            self.category: "category",
            self.term: "term",
            self.certification: "certification",
            self.note: "certification_note",
        }

    def _lay_out(self) -> None:
        page = QWidget()
        page.setObjectName("paper")
        head = QHBoxLayout()
        state = Fold(TOLD)
        state.add(self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        state.add(self.tour, 1, Qt.AlignmentFlag.AlignLeft)
        head.addWidget(state, 1)
        head.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        where = Fold(BESIDE, 12)
        where.add(self.category, 3, Qt.AlignmentFlag.AlignTop)
        where.add(self.term, 2, Qt.AlignmentFlag.AlignTop)
        self.needed = label(_("標有 ＊ 的欄位，至少有一個平臺規定要填。寫了就會自動存起來。"), "small", wrap=True)
        self.empty_form = QWidget()
        none = QVBoxLayout(self.empty_form)
        none.setContentsMargins(0, 0, 0, 0)
        none.addWidget(label(_("先選類別，簡述和這一類的欄位就會出現在這裡。"), "quiet", wrap=True))
        self.to_category = QPushButton(_("選類別…"))
        self.to_category.clicked.connect(self.choose_category)
        none.addWidget(self.to_category, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(20, 16, 20, 28)
        layout.setSpacing(14)
        layout.addWidget(self.trashed)
        layout.addLayout(head)
        layout.addWidget(self.headline)
        layout.addWidget(self.held)
        layout.addWidget(self.findings)
        layout.addWidget(where)
        layout.addWidget(self.files)
        layout.addWidget(rule())
        layout.addWidget(self.empty_form)
        layout.addWidget(self._forms)
        layout.addWidget(self.certification)
        layout.addWidget(self.note)
        layout.addWidget(self.needed)
        layout.addStretch(1)
        self.setWidget(page)

    def show_terms(self, profile: Profile) -> None:
        """Offer the student's terms."""
        field = self.term.field
        if isinstance(field, ChoiceField):
            field.offer([(str(term), term_words(term, profile.entry_year)) for term in profile.terms])

    def show_courses(self, courses: Sequence[Course]) -> None:
        """Offer the student's courses."""
        self._forms.show_courses(courses)

    def show_rules(self, rules: Rules, form: Form | None) -> None:
        """Call the places for files as the form does, and say what the rules let in."""
        for role, kinds, usual in (
            ("document", rules.document_kinds, _("文件")),
            ("media", rules.media_kinds, _("影音")),
        ):
            spec = form.place(role) if form is not None else None
            words = _("把 {kinds} 拖到這裡").format(kinds=_("、").join(map(str.upper, kinds)))
            self.files.slots[role].show_name(_(spec.label) if spec is not None else usual, words)

    def show_piece(self, row: Row, form: Form | None, keep: frozenset[str], *, new: bool) -> None:
        """Show a piece; values whose names are in `keep` stay as they are typed. `new`: another piece than before."""
        before = self._form
        # A field that is hidden while it has the focus is left: half of what is shown then is another piece's.
        blocked = self.blockSignals(True)
        self._fill(row, form, keep, new=new)
        self.show_state(row, new=new)
        self.blockSignals(blocked)
        if new:
            self.verticalScrollBar().setValue(0)
            courses = self.course_field()
            if courses is not None:
                courses.close_card()
        if self._form is not before:
            self.form_shown.emit()

    def _fill(self, row: Row, form: Form | None, keep: frozenset[str], *, new: bool) -> None:
        piece, held = row.piece, values(row.piece)
        self._forms.show_form(form)
        for part in (self._forms, self.needed):
            part.setVisible(form is not None)
        self.empty_form.setVisible(form is None)
        for box, key in self._own().items():
            if key not in keep and (new or not box.field.composing()):
                box.field.show_value(held[key])
        if self._form is not None:
            self._form.show_values(held, keep, anew=new)
        for slot in self.files.slots.values():
            file = piece.file(slot.role)
            slot.show_file(file)
            slot.setVisible(file is not None or (slot.role != "source" and (form is None or form.takes(slot.role))))
        course = piece.kind == "course"
        self.certification.setVisible(course)
        self.note.setVisible(course and (held["certification"] == "failed" or bool(held["certification_note"])))
        self.remove.setVisible(not self._read_only and not piece.trashed)
        if piece.trashed:
            back = None if self._read_only else (_("放回原來的類別"), self.restore_asked.emit)
            self.trashed.say(_("這一件在垃圾桶裡，只能看，不能改。"), "hint", back)
        else:
            self.trashed.hide()
        self.set_read_only(self._read_only or bool(piece.trashed))

    def show_state(self, row: Row, *, new: bool = False) -> None:
        """Show how far the piece is and what is wrong with it, each thing where it is mended."""
        words, _icon, tone = state_look(row.state, row.findings)
        self.chip.setText(words)
        mark(self.chip, "chip", CHIPS.get(tone, "hint"))
        self.held.show_piece(row.piece)
        places = self._places()
        told = [replace(f, about="term") if f.about == "year" else f for f in row.findings]
        self.findings.show_findings([f for f in told if f.about not in places or f.code in ON_TOP])
        told = [finding for finding in told if finding.code not in ON_TOP]
        for box, key in self._own().items():
            box.show_findings([finding for finding in told if finding.about == key])
        self.files.show_findings(told)
        if self._form is not None:
            self._form.show_findings(told)
        self.tour.show_findings(places, told, anew=new)

    def _places(self) -> tuple[str, ...]:
        """The names of everything that findings can stand beside, from top to bottom."""
        own = [key for box, key in self._own().items() if not box.isHidden()]
        files = [role for role, slot in self.files.slots.items() if not slot.isHidden()]
        first = [key for key in own if not key.startswith("certification")]
        form = self._form.boxes if self._form is not None else ()
        return (*first, *files, *form, *(key for key in own if key not in first))

    def values(self) -> dict[str, str]:
        """What is in the fields now."""
        held = {key: box.field.value() for box, key in self._own().items() if not box.isHidden()}
        return {**held, **(self._form.values() if self._form is not None else {})}

    def put(self, changed: Mapping[str, str]) -> None:
        """Put values into fields as if they had been typed."""
        for box, key in self._own().items():
            if key in changed:
                box.field.show_value(changed[key])
        if self._form is not None:
            others = frozenset(self._form.keys.values()) - changed.keys()
            self._form.show_values(changed, others)

    def composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        own = any(box.field.composing() for box in self._own())
        return own or (self._form is not None and self._form.composing())

    def set_read_only(self, read_only: bool) -> None:
        """Let everything be seen and copied but not changed."""
        self.findings.set_read_only(read_only)
        for box in self._own():
            box.set_read_only(read_only)
        self.to_category.setVisible(not read_only)
        self.files.set_read_only(read_only)
        if self._form is not None:
            self._form.set_read_only(read_only)

    def lock(self, read_only: bool) -> None:
        """Say whether the whole library may only be read."""
        self._read_only = read_only

    def go_to(self, name: str) -> None:
        """Bring a field or a file's place into view and put the cursor there."""
        target: QWidget | None = self.files.slots.get(name)
        if self._form is not None:
            self._form.show_all()
        if target is None and self._form is not None and name in self._form.boxes:
            target = self._form.boxes[name].field
        if target is None:
            target = next((box.field for box, key in self._own().items() if key == name), None)
        if target is not None:
            found = target
            found.setFocus(Qt.FocusReason.OtherFocusReason)
            self.show_inside(found)

    def choose_category(self) -> None:
        """Bring the categories into view: everything else of the form comes with one."""
        self.go_to("category")

    def _waits_for(self, about: str) -> str:
        """What must be chosen before there is a place for what a finding is about; '' where there is one."""
        return _("類別") if self._form is None and about == "summary" else ""

    def _advice(self, finding: Finding) -> str:
        if finding.about and self._waits_for(finding.about):
            return _("{why}{advice}").format(why=finding.why, advice=_("先選類別，才有地方可以寫。"))
        return finding.explanation

    def show_inside(self, widget: QWidget) -> None:
        """Bring a part into view, after the layout has settled, so that its place is the final one."""
        QTimer.singleShot(0, widget, lambda: self.ensureWidgetVisible(widget, 0, 80))

    def course_field(self) -> CourseField | None:
        """The list of courses, where the form has one."""
        fields = [box.field for box in self._form.boxes.values()] if self._form is not None else []
        return next((field for field in fields if isinstance(field, CourseField)), None)

    def lend_summary(self) -> SummaryField | None:
        """The summary's field, to be shown somewhere else until `take_summary_back`; None where the form has none."""
        form = self._form
        box = form.boxes.get("summary") if form is not None else None
        if form is None or box is None or not isinstance(box.field, SummaryField):
            return None
        self._lent = box
        form.show_all()
        box.lend()
        return box.field

    def take_summary_back(self) -> None:
        """Show the lent field among the others again."""
        if self._lent is not None:
            self._lent.take_back()
            self._lent = None

    def shown_findings(self, name: str) -> Sequence[Finding]:
        """What is said beside a field of the form."""
        box = self._form.boxes.get(name) if self._form is not None else None
        return box.troubles.shown() if box is not None else ()

    def form_view(self) -> FormView | None:
        """The fields of the piece's form."""
        return self._form

    def _help(self, finding: Finding) -> None:
        """Open what a finding's button leads to; what it mends at once is for the controller."""
        where = way(finding)
        if where == "course":
            self.course_edit_asked.emit()
        elif where == "file" and finding.about in self.files.slots:
            self.files.slots[finding.about].choose_asked.emit(finding.about)
        else:
            self.mend_asked.emit(finding)
