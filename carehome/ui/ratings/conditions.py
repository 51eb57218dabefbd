"""The conditions of grades: taken over by region, corrected, taken out of use."""

from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from carehome.errors import CareHomeError
from carehome.i18n import N_, _
from carehome.rules.figures import definitions, show
from carehome.rules.ratings import presets
from carehome.rules.ratings.grades import (
    CONDITION_KIND_NAMES,
    GRADE_NAMES,
    SENSE_NAMES,
    Condition,
    ConditionKind,
    Sense,
)
from carehome.rules.rights import Right
from carehome.rules.rulepacks import STANDING_NAMES
from carehome.rules.safety.forms import SURENESS_NAMES, Sureness
from carehome.services.ratings.conditions import (
    BoundMissing,
    ConditionEmpty,
    GradesUnordered,
    RatingConditions,
)
from carehome.services.ratings.tables import NoFigure
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.fields import ChoiceField, NoteField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import DeedDialog, let_scroll
from carehome.ui.parts.hand import Hand

BY_HAND = ""
STANDING_TONES = {"in force": "ok", "draft": "warn", "ours": "quiet"}
WIDE = 640


class ConditionsView(LiveView):
    """Lists what must hold for each grade besides the points.

    `told` says what was done.

    `read` goes out when the conditions were read.
    """

    SHOWS = frozenset({"rating_condition", "rating_verdict"})
    told = Signal(str)
    read = Signal()

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand.jobs)
        self._hand = hand
        self._conditions = hand.service(RatingConditions)
        self.bar = Bar()
        self.take = self.bar.add_button(_("Take over those of a region"), "import")
        self.off = self.bar.add_button(_("Out of use"), "hide")
        self.change = self.bar.add_button(_("Change"), "edit", "F2")
        self.add = self.bar.add_button(_("New condition"), "plus")
        model = TableModel(COLUMNS, lambda row: row.condition_id)
        self.view = TableView(model, "ratings.conditions", N_("Conditions of grades"))
        self.view.set_empty(
            _("There are no conditions yet. Take over those of your region.")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.view)

        for each in (self.take, self.off, self.change, self.add):
            each.setVisible(hand.may(Right.CHANGE_RATING))
        self.take.clicked.connect(self.ask_region)
        self.off.clicked.connect(self._switch)
        self.change.clicked.connect(lambda: self.ask(self.view.current_row()))
        self.add.clicked.connect(lambda: self.ask(Condition("")))
        self.view.opened.connect(self.ask)
        self.view.picked.connect(self._offer)
        self._offer(None)

    def refresh(self) -> None:
        self._hand.jobs.run_last(self, self._show, self._conditions.listed)

    def ask_region(self) -> None:
        """Ask which region's conditions shall be taken over."""
        form = Form()
        regions = {code: each.name for code, each in presets.regions().items()}
        form.add("region", ChoiceField(_("Region it holds in"), regions))
        dialog = DeedDialog(
            _("Take over conditions"),
            form,
            _("Take over"),
            self._hand.jobs,
            self._take,
            self,
            "rating-region",
        )
        dialog.answered.connect(self._say_taken)
        dialog.open()

    def ask(self, condition: Condition | None) -> None:
        """Ask for a condition that is new, or for what shall be changed of one."""
        if condition is None or not self._hand.may(Right.CHANGE_RATING):
            return
        form = condition_form(condition)
        new = condition.condition_id is None
        dialog = DeedDialog(
            _("New condition") if new else _("Change the condition"),
            form,
            _("Save"),
            self._hand.jobs,
            partial(self._save, condition),
            self,
            f"rating-condition:{condition.condition_id or 0}",
        )
        dialog.setMinimumWidth(theme.px(WIDE))
        let_scroll(dialog)
        dialog.accepted.connect(partial(self.told.emit, _("Saved.")))
        dialog.open()

    def _show(self, found: list[Condition]) -> None:
        self.view.table.set_rows(found)
        drafts = sum(each.standing != "in force" for each in found)
        text = _(
            "{count} {count:condition|conditions}, {drafts} of them drafts or our own"
        )
        self.bar.note.setText(text.format(count=len(found), drafts=drafts))
        self.read.emit()

    def _offer(self, row: Condition | None) -> None:
        for each in (self.off, self.change):
            each.setEnabled(row is not None)
        is_off = row is not None and not row.is_active
        self.off.setText(_("Into use again") if is_off else _("Out of use"))

    def _take(self, values: dict[str, Any]) -> "partial[int]":
        return partial(self._conditions.take_region, values["region"])

    def _say_taken(self, count: object) -> None:
        text = _("{count} {count:condition was|conditions were} taken over.")
        self.told.emit(text.format(count=count))

    def _save(self, known: Condition, values: dict[str, Any]) -> "partial[int]":
        return partial(self._conditions.save, with_values(known, values))

    def _switch(self) -> None:
        row = self.view.current_row()
        if row:
            self._hand.jobs.run(
                self,
                self._say_switched,
                self._conditions.set_active,
                row.condition_id,
                not row.is_active,
                failed=self._fail,
            )

    def _say_switched(self, _done: object) -> None:
        self.told.emit(_("Saved."))

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self, error)


def condition_form(condition: Condition) -> Form:
    """Return a form filled with a condition."""
    form = Form(columns=2)
    form.add(
        "text",
        NoteField(_("What must hold"), needed=True),
        wide=True,
        blame=(ConditionEmpty,),
    )
    kinds = {str(code): _(name) for code, name in CONDITION_KIND_NAMES.items()}
    grades = {str(grade): _(GRADE_NAMES[grade]) for grade in range(1, 6)}
    form.add("kind", ChoiceField(_("Kind"), kinds))
    form.add("region", TextField(_("Region it holds in"), needed=False, most=40))
    form.add("from_grade", ChoiceField(_("From grade"), grades))
    last = ChoiceField(_("To grade"), grades)
    form.add("to_grade", last, blame=(GradesUnordered,))
    figures = {BY_HAND: _("Judged by hand")}
    figures |= {key: each.name for key, each in definitions().items()}
    told_by = ChoiceField(_("Told by the figure"), figures, needed=False)
    form.add("figure", told_by, wide=True, blame=(NoFigure,))
    senses = {str(code): _(name) for code, name in SENSE_NAMES.items()}
    form.add("sense", ChoiceField(_("Compared"), senses, needed=False))
    hint = _("a number or a fraction such as 4/5")
    form.add(
        "bound",
        TextField(_("How much"), needed=False, most=12, hint=hint, check=read_bound),
        blame=(BoundMissing,),
    )
    standings = {code: _(name) for code, name in STANDING_NAMES.items()}
    form.add("standing", ChoiceField(_("How it binds"), standings))
    sureness = {str(code): _(name) for code, name in SURENESS_NAMES.items()}
    form.add("sureness", ChoiceField(_("How sure the source is"), sureness))
    form.add("source", TextField(_("Source"), needed=False, most=200), wide=True)
    form.add("note", NoteField(_("Note"), lines=2), wide=True)
    form.set_values(
        {
            "text": condition.text,
            "kind": str(condition.kind),
            "region": condition.region,
            "from_grade": str(condition.from_grade),
            "to_grade": str(condition.to_grade),
            "figure": condition.figure,
            "sense": str(condition.sense),
            "bound": "" if condition.bound is None else str(condition.bound),
            "standing": condition.standing,
            "sureness": str(condition.sureness),
            "source": condition.source,
            "note": condition.note,
        }
    )
    return form


def read_bound(typed: str) -> Fraction:
    """Read a bound: a number, a decimal or a fraction."""
    try:
        return Fraction(typed.strip())
    except (ValueError, ZeroDivisionError) as unreadable:
        raise BoundMissing from unreadable


def with_values(known: Condition, values: dict[str, Any]) -> Condition:
    """Return a condition as the form says it."""
    bound = (values["bound"] or "").strip()
    return replace(
        known,
        text=values["text"] or "",
        kind=ConditionKind(values["kind"]),
        region=values["region"] or "",
        from_grade=int(values["from_grade"]),
        to_grade=int(values["to_grade"]),
        figure=values["figure"] or BY_HAND,
        sense=Sense(values["sense"] or ""),
        bound=read_bound(bound) if bound else None,
        standing=values["standing"],
        sureness=Sureness(values["sureness"]),
        source=values["source"] or "",
        note=values["note"] or "",
    )


def say_grades(condition: Condition) -> str:
    """Say for which grades a condition holds."""
    first, last = condition.from_grade, condition.to_grade
    if (first, last) == (1, 5):
        return _("All grades")
    if first == last:
        return _(GRADE_NAMES[first])
    return _("{first} to {last}").format(
        first=_(GRADE_NAMES[first]), last=_(GRADE_NAMES[last])
    )


def say_bound(condition: Condition) -> str:
    """Say what is counted and how much is asked of it."""
    if condition.bound is None or condition.figure not in definitions():
        return ""
    figure = definitions()[condition.figure]
    return _("{figure}: {sense} {bound}").format(
        figure=figure.name,
        sense=_(SENSE_NAMES[condition.sense]),
        bound=show(condition.bound, figure.unit),
    )


def say_source(condition: Condition) -> str:
    """Say where a condition is from, and what has to be known of it."""
    return "\n".join(filter(None, (condition.source, condition.note)))


COLUMNS: tuple[Column[Condition], ...] = (
    Column(
        N_("What must hold"),
        lambda c: c.text,
        bold=True,
        stretch=True,
        tip=lambda c: c.text,
    ),
    Column(N_("Region it holds in"), lambda c: c.region or None),
    Column(N_("Grades"), say_grades, order=lambda c: (c.from_grade, c.to_grade)),
    Column(N_("Kind"), lambda c: _(CONDITION_KIND_NAMES[c.kind])),
    Column(
        N_("How it binds"),
        lambda c: _(STANDING_NAMES[c.standing]),
        chip=lambda c: STANDING_TONES[c.standing],
    ),
    Column(N_("Told by the figure"), say_bound, width=200, tip=say_bound),
    Column(
        N_("How sure the source is"), lambda c: _(SURENESS_NAMES[c.sureness]), width=150
    ),
    Column(N_("Source"), lambda c: c.source or None, width=160, tip=say_source),
    Column(N_("State"), lambda c: _("In use") if c.is_active else _("Out of use")),
)
