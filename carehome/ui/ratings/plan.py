"""The plan as a list, and the dialog that asks for a step."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from carehome.i18n import N_, _
from carehome.rules.days import Sense
from carehome.rules.ratings.grades import Verdict
from carehome.rules.ratings.lifting import Lift
from carehome.rules.ratings.points import show_points
from carehome.services.ratings.plan import PlanStep, RatingPlan, StepEmpty
from carehome.ui.kit import table, theme
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, NoteField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab

WIDE = 520
NOBODY = 0
People = Mapping[int, str]


def plan_list(hand: Hand) -> TableView[PlanStep]:
    """Return the list of the steps of the plan."""
    model = TableModel(columns(hand), lambda row: row.step_id)
    view = TableView(model, "ratings.plan", N_("Plan of the star rating"))
    view.set_empty(
        _("Nothing is planned yet. Plan one of the things that would lift the grade.")
    )
    return view


def step_for_lift(self_id: int, lift: Lift) -> PlanStep:
    """Return a new step for an item that lacks points."""
    return PlanStep(self_id, lift.item.name, lift.item.item_id, gain=lift.missing)


def step_for_condition(self_id: int, verdict: Verdict) -> PlanStep:
    """Return a new step for a condition that does not hold."""
    condition = verdict.condition
    return PlanStep(self_id, condition.text, condition_id=condition.condition_id)


def ask_step(tab: Tab, plan: RatingPlan, step: PlanStep, people: People) -> DeedDialog:
    """Ask for a step of the plan, new or known; its answer is told by the tab."""
    form = Form()
    form.add("text", TextField(_("What is done"), most=200), blame=(StepEmpty,))
    names = {NOBODY: _("No one so far"), **people}
    form.add("staff_id", ChoiceField(_("Responsible"), names, needed=False))
    form.add(
        "due_on",
        DateField(_("By when"), tab.hand.today(), needed=False, sense=Sense.FUTURE),
    )
    form.add("note", NoteField(_("Note"), lines=2))
    form.set_values(
        {
            "text": step.text,
            "staff_id": step.staff_id or NOBODY,
            "due_on": step.due_on,
            "note": step.note,
        }
    )
    new = not step.step_id
    dialog = DeedDialog(
        _("Plan a step") if new else _("Change the step"),
        form,
        _("Save"),
        tab.hand.jobs,
        partial(_deed, plan, step),
        tab,
        f"rating-step:{step.self_id}:{step.step_id}:{step.item_id}:{step.condition_id}",
    )
    dialog.setMinimumWidth(theme.px(WIDE))
    dialog.accepted.connect(partial(tab.told.emit, _("The plan was saved.")))
    dialog.open()
    return dialog


def _deed(
    plan: RatingPlan, step: PlanStep, values: dict[str, Any]
) -> "partial[int] | partial[None]":
    said = replace(
        step,
        text=values["text"] or "",
        staff_id=values["staff_id"] or None,
        due_on=values["due_on"],
        note=values["note"] or "",
    )
    return partial(plan.change if step.step_id else plan.add, said)


def _state(step: PlanStep, today: date) -> str:
    if step.is_done:
        return _("Done")
    return _("Overdue") if step.is_late(today) else _("To do")


def _tone(step: PlanStep, today: date) -> str:
    if step.is_done:
        return "ok"
    return "bad" if step.is_late(today) else "quiet"


def columns(hand: Hand) -> tuple[Column[PlanStep], ...]:
    """Return the columns of the plan; what is overdue is judged by the day it is."""
    return (
        Column(
            N_("State"),
            lambda row: _state(row, hand.today()),
            chip=lambda row: _tone(row, hand.today()),
        ),
        Column(
            N_("What is done"),
            lambda row: row.text,
            bold=True,
            stretch=True,
            tip=lambda row: row.text,
        ),
        Column(
            N_("For"), lambda row: row.about or None, width=200, tip=lambda r: r.about
        ),
        Column(
            N_("Points gained"),
            lambda row: show_points(row.gain) if row.gain else None,
            align=table.RIGHT,
            order=lambda row: row.gain,
        ),
        Column(N_("Responsible"), lambda row: row.staff_name or None),
        table.day(N_("By when"), lambda row: row.due_on),
        table.day(N_("Done on"), lambda row: row.done_on),
    )
