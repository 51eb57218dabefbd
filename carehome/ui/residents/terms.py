"""How somebody is cared for: nursing grades and meals, by date."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from carehome.i18n import N_, _
from carehome.rules.home import NameMissing
from carehome.rules.rights import Right, User
from carehome.services.consequences import FeeChange
from carehome.services.residents import GradeChange, MealChoice, ResidentFile
from carehome.ui.kit import table
from carehome.ui.kit.buttons import button
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.care import CareServices, Lists
from carehome.ui.residents.look_ahead import LookAheadDialog
from carehome.ui.residents.tab import Leaf

GRADES: tuple[Column[GradeChange], ...] = (
    table.day(N_("From"), lambda g: g.starts),
    Column(N_("Nursing grade"), lambda g: g.label, bold=True),
    Column(N_("Consent by"), lambda g: g.consent_by or None),
    Column(N_("Reason"), lambda g: g.reason or None, stretch=True),
)
MEALS: tuple[Column[MealChoice], ...] = (
    table.day(N_("From"), lambda m: m.starts),
    Column(
        N_("Meal plan"), lambda m: m.label or _("No meals"), bold=True, stretch=True
    ),
)


class Terms(Leaf):
    """Nursing grades and meal plans, newest first."""

    def __init__(
        self, services: CareServices, jobs: Jobs, user: User, today: Callable[[], date]
    ) -> None:
        super().__init__(services, jobs, user, today)
        self.change_grade = button(_("Change the grade"), "edit", "Alt+G", "small")
        self.change_meals = button(_("Change the meals"), "edit", "Alt+M", "small")
        self.grades = TableView(
            TableModel(GRADES, lambda g: g.change_id),
            "resident.grades",
            N_("Nursing grades"),
        )
        self.meals = TableView(
            TableModel(MEALS, lambda m: m.choice_id), "resident.meals", N_("Meals")
        )
        self.add_section(_("Nursing grades"), self.change_grade)
        self.add_list(self.grades, 3)
        self.add_section(_("Meals"), self.change_meals)
        self.add_list(self.meals, 2)
        self.change_grade.setVisible(user.may(Right.SET_GRADE))
        self.change_meals.setVisible(user.may(Right.CHANGE_RESIDENTS))
        self.change_grade.clicked.connect(self.ask_grade)
        self.change_meals.clicked.connect(self.ask_meals)

    def refresh(self, file: ResidentFile, lists: Lists) -> None:
        self.grades.table.set_rows(file.grades)
        self.meals.table.set_rows(file.meals)
        self.grades.set_empty(_("No nursing grade is set yet."))
        self.meals.set_empty(_("No meals are agreed on."))

    def ask_grade(self) -> None:
        """Ask for another grade, with what it costs."""
        who, now = self.file.resident_id, self.today()
        form = Form()
        grades = ChoiceField(_("Nursing grade"), self.lists.grades)
        form.add("grade", grades, blame=(NameMissing,))
        form.add("starts", DateField(_("Valid from"), now)).set_value(now)
        form.add("reason", TextField(_("Reason"), needed=False, most=200))
        form.add(
            "consent_by",
            TextField(
                _("Consent by"),
                needed=False,
                hint=_("The resident, or whoever signs for them."),
            ),
        )

        def deed(values: dict[str, Any]) -> "partial[None]":
            told = {key: values[key] or "" for key in ("reason", "consent_by")}
            set_grade = self.services.residents.set_grade
            return partial(set_grade, who, values["grade"], values["starts"], **told)

        def look(values: dict[str, Any]) -> "partial[FeeChange] | None":
            grade, starts = values["grade"], values["starts"]
            ahead = self.services.consequences.of_grade
            return partial(ahead, who, grade, starts) if grade and starts else None

        title = _("Nursing grade of {name}").format(name=self.file.person.name)
        do, draft = _("Set the grade"), f"grade:{who}"
        LookAheadDialog(
            title, form, do, self.jobs, deed, look, _consent, self, draft
        ).open()

    def ask_meals(self) -> None:
        """Ask for other meals, with what they cost."""
        who, now = self.file.resident_id, self.today()
        form = Form()
        plans = {**self.lists.meals, "": _("No meals")}
        form.add("plan", ChoiceField(_("Meal plan"), plans))
        form.add("starts", DateField(_("Valid from"), now)).set_value(now)

        def deed(values: dict[str, Any]) -> "partial[None]":
            set_meal = self.services.residents.set_meal
            return partial(set_meal, who, values["plan"], values["starts"])

        def look(values: dict[str, Any]) -> "partial[FeeChange] | None":
            plan, starts = values["plan"], values["starts"]
            ahead = self.services.consequences.of_meals
            is_told = plan is not None and starts
            return partial(ahead, who, plan, starts) if is_told else None

        title = _("Meals of {name}").format(name=self.file.person.name)
        do, draft = _("Set the meals"), f"meals:{who}"
        LookAheadDialog(
            title, form, do, self.jobs, deed, look, _nothing, self, draft
        ).open()


def _consent(values: dict[str, Any]) -> list[str]:
    """Remind of the consent without which a grade is not charged."""
    if values["consent_by"]:
        return []
    return [_("Without consent the grade is noted but not charged yet.")]


def _nothing(_values: dict[str, Any]) -> list[str]:
    return []
