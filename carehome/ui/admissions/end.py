"""The last two steps of an admission: the deposit, and moving in."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel

from carehome.i18n import _, say_day, show_day
from carehome.rules.days import Sense
from carehome.rules.residents import SEX_NAMES, NotComeYet, check_happened
from carehome.rules.rights import Right, User
from carehome.services.admissions import STEP_NAMES, Admissions, AdmissionState, Step
from carehome.services.residents.stays import LivesHere, StaysOverlap
from carehome.services.risks import Risks
from carehome.ui.admissions.step import StepView
from carehome.ui.kit import theme
from carehome.ui.kit.cards import Fact, FactGrid
from carehome.ui.kit.days import DateField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.care import Lists
from carehome.ui.parts.deposit_panel import DepositPanel
from carehome.ui.parts.money import MoneyServices
from carehome.ui.parts.risks import RiskHint


class DepositStep(StepView):
    """What may be taken as deposit; it is taken and receipted here, or later."""

    STEP = Step.DEPOSIT

    def __init__(
        self, money: MoneyServices, jobs: Jobs, user: User, today: Callable[[], date]
    ) -> None:
        super().__init__()
        self.panel: DepositPanel | None = None
        if user.may(Right.SEE_FEES):
            self.panel = DepositPanel(money, jobs, today, user)
            self.body.addWidget(self.panel, 1)
            return
        note = QLabel(_("The deposit is taken by whoever keeps the cash. Go on."))
        theme.mark(note, "note")
        self.body.addWidget(note)
        self.body.addStretch()

    def show_state(self, state: AdmissionState | None, lists: Lists) -> None:
        if self.panel and state and state.resident_id:
            self.panel.show_resident(state.resident_id)

    def deed(self, admissions: Admissions) -> "partial[Any]":
        return partial(admissions.pass_deposit)

    def focus(self) -> None:
        if self.panel:
            self.panel.take.setFocus()


class DoneStep(StepView):
    """All in one look, and the day on which the person really moves in."""

    STEP = Step.DONE

    def __init__(
        self, risks: Risks, jobs: Jobs, user: User, today: Callable[[], date]
    ) -> None:
        super().__init__()
        self._today = today
        self._state: AdmissionState | None = None
        self.risks = RiskHint(risks, jobs, user, today)
        self.facts = FactGrid(columns=2)
        self.form = Form(columns=2)
        check = self._check_day
        day = DateField(_("Moved in on"), today(), check=check, sense=Sense.PAST)
        blame = (NotComeYet, StaysOverlap, LivesHere)
        self.day = self.form.add("day", day, blame=blame)
        self.later = QLabel()
        self.later.setWordWrap(True)
        theme.mark(self.later, "banner_info")
        self.body.addWidget(self.facts)
        self.body.addWidget(self.risks)
        self.body.addWidget(self.form)
        self.body.addWidget(self.later)
        self.body.addStretch()
        self.form.changed.connect(self.changed)
        self.form.submitted.connect(lambda _values: self.entered.emit())

    def show_state(self, state: AdmissionState | None, lists: Lists) -> None:
        assert state
        self._state = state
        self.risks.show_resident(state.resident_id or 0)
        person, terms = state.person, state.terms
        planned, today = state.planned_on, self._today()
        contacts = _(", ").join(contact.name for contact in state.contacts)
        self.facts.show_facts(
            [
                Fact(_("Name"), person.name if person else ""),
                Fact(_("Sex"), _(SEX_NAMES[person.sex]) if person else ""),
                Fact(_("ID number"), state.identity),
                Fact(_("Contacts"), contacts),
                Fact(_("Bed"), state.bed),
                Fact(_("Day of admission"), show_day(planned) if planned else ""),
                Fact(
                    _("Nursing grade"),
                    lists.grades.get(terms.grade, "") if terms else "",
                ),
                Fact(_("Meal plan"), lists.meals.get(terms.meal, "") if terms else ""),
            ]
        )
        waits = planned is not None and planned > today
        self.day.set_value(None if waits else planned)
        self.later.setVisible(waits)
        if planned and waits:
            told = _(
                "{name} is expected on {day}. Leave it here and come back when they "
                "are at the door; the bed is kept."
            )
            name = person.name if person else ""
            self.later.setText(told.format(name=name, day=say_day(planned)))

    def typed(self) -> dict[str, Any]:
        return self.form.typed()

    def type_again(self, draft: Mapping[str, Any]) -> None:
        self.form.type_again(draft)

    def tell(self, error: Exception) -> bool:
        return self.form.tell(error)

    def reason(self) -> str:
        if self._state and self._state.missing:
            names = _(", ").join(_(STEP_NAMES[step]) for step in self._state.missing)
            return _("Still to be done: {names}").format(names=names)
        return self.form.reason()

    def check(self) -> bool:
        if self.form.reason():
            self.form.submit()
        return not self.reason()

    def deed(self, admissions: Admissions) -> "partial[Any]":
        return partial(admissions.finish, day=self.day.value())

    def focus(self) -> None:
        self.form.focus()

    def _check_day(self, day: date) -> None:
        check_happened(day, self._today())
