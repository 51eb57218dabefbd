"""How somebody is cared for: nursing grades and meals, by date."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from carehome.i18n import N_, _, say_day, show_day
from carehome.rules.grades import CONSENT_NAMES
from carehome.rules.rights import Right, User
from carehome.services.consequences import FeeChange
from carehome.services.grades import Suggestion
from carehome.services.residents import GradeChange, MealChoice, ResidentFile
from carehome.ui.kit import dialogs, table
from carehome.ui.kit.buttons import button
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.care import CareServices, Lists
from carehome.ui.parts.grade_dialog import ConsentDialog, GradeDialog
from carehome.ui.parts.look_ahead import LookAheadDialog
from carehome.ui.residents.tab import Leaf


def _say_charged(change: GradeChange) -> str:
    """Say from when a grade is charged."""
    if change.charged_from:
        return _("from {day}").format(day=show_day(change.charged_from))
    return _("Superseded") if change.consent_by else _("Consent missing")


def _say_consent(change: GradeChange) -> str | None:
    """Say who agreed, when and how."""
    if not change.consent_by:
        return None
    when = show_day(change.consent_on) if change.consent_on else ""
    how = _(CONSENT_NAMES[change.consent_how]) if change.consent_how else ""
    return "  ".join(filter(None, (change.consent_by, when, how)))


GRADES: tuple[Column[GradeChange], ...] = (
    table.day(N_("From"), lambda g: g.starts),
    Column(N_("Nursing grade"), lambda g: g.label, bold=True),
    Column(
        N_("Charged"),
        _say_charged,
        chip=lambda g: None if g.charged_from else "warn",
    ),
    Column(N_("Agreed to by"), _say_consent),
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
        self.agree = button(_("Note the consent"), "check", "Alt+C", "small")
        self.withdraw = button(_("Withdraw"), "remove", kind="small")
        self.grades = TableView(
            TableModel(GRADES, lambda g: g.change_id),
            "resident.grades",
            N_("Nursing grades"),
        )
        self.meals = TableView(
            TableModel(MEALS, lambda m: m.choice_id), "resident.meals", N_("Meals")
        )
        self.suggestion = Tag("", "warn")
        self.suggestion.setWordWrap(True)
        self.suggestion.hide()
        deeds = (self.withdraw, self.agree, self.change_grade)
        self.add_section(_("Nursing grades"), *deeds)
        self.body.addWidget(self.suggestion)
        self.add_list(self.grades, 3)
        self.add_section(_("Meals"), self.change_meals)
        self.add_list(self.meals, 2)
        self.change_grade.setVisible(user.may(Right.SET_GRADE))
        self.change_meals.setVisible(user.may(Right.CHANGE_RESIDENTS))
        self.change_grade.clicked.connect(self.ask_grade)
        self.agree.clicked.connect(self.ask_consent)
        self.withdraw.clicked.connect(self.ask_withdrawal)
        self.change_meals.clicked.connect(self.ask_meals)

    def refresh(self, file: ResidentFile, lists: Lists) -> None:
        self.grades.table.set_rows(file.grades)
        self.meals.table.set_rows(file.meals)
        self.grades.set_empty(_("No nursing grade is set yet."))
        self.meals.set_empty(_("No meals are agreed on."))
        waiting = self.user.may(Right.SET_GRADE) and self._unagreed() is not None
        self.agree.setVisible(waiting)
        self.withdraw.setVisible(waiting)
        ask = self.services.grades.suggestion
        self.jobs.run_last(self, self._show_suggestion, ask, file.resident_id)

    def ask_grade(self) -> None:
        """Ask for another grade, with what it brings with it."""
        self.propose_grade("", "")

    def propose_grade(self, grade: str, reason: str) -> None:
        """Ask for another grade, one of them chosen already."""
        dialog = GradeDialog(
            self.services,
            self.jobs,
            self.file,
            self.lists,
            self.today(),
            self,
            grade,
            reason,
        )
        dialog.open()

    def ask_consent(self) -> None:
        """Ask who agreed to the grade under the cursor, or to the newest without."""
        change = self._unagreed()
        if change:
            ConsentDialog(
                self.services,
                self.jobs,
                self.file,
                change.change_id,
                self.today(),
                self,
            ).open()

    def ask_withdrawal(self) -> None:
        """Ask before a grade is taken back that nobody agreed to."""
        change = self._unagreed()
        if change is None:
            return
        told = _("{grade} from {day} is removed; the grade before it goes on.")
        points = [told.format(grade=change.label, day=say_day(change.starts))]
        withdraw = partial(self._withdraw, change.change_id)
        title, do = _("Withdraw this grade?"), _("Withdraw")
        dialogs.confirm(self, title, points, do, withdraw, "danger")

    def _withdraw(self, change_id: int) -> None:
        withdraw, done = self.services.grades.withdraw, _("Withdrawn.")
        self.jobs.run(self, lambda _done: self.told.emit(done), withdraw, change_id)

    def _unagreed(self) -> GradeChange | None:
        """Return the grade without consent that is meant."""
        picked = self.grades.current_row()
        if picked and not picked.consent_by:
            return picked
        waiting = (each for each in self.file.grades if not each.consent_by)
        return next(waiting, None)

    def _show_suggestion(self, found: Suggestion) -> None:
        """Say when the grade is another than the assessment suggests."""
        if found.resident_id != self.file.resident_id:
            return
        text = _("The assessment suggests {grade}; the grade is {current}.")
        now = found.current_label or _("not set")
        self.suggestion.setText(text.format(grade=found.label, current=now))
        self.suggestion.setVisible(found.differs)

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


def _nothing(_values: dict[str, Any]) -> list[str]:
    return []
