"""The fourth step of an admission: what is agreed, and what a month comes to."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from carehome.errors import Refusal
from carehome.i18n import _, show_money
from carehome.rules.agreements import SignedAlready, TrialOutside
from carehome.rules.days import Sense
from carehome.rules.home import NameMissing
from carehome.services.admissions import Admissions, AdmissionState, Step, Terms
from carehome.services.agreements import Agreements
from carehome.services.consequences import Consequences, Outlook
from carehome.services.residents import Agreement
from carehome.services.residents.stays import LivesHere, StaysOverlap
from carehome.services.residents.terms import AgreementTurned
from carehome.ui.admissions.step import StepView
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card, Fact, Facts
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, MoneyField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.agreement_paper import AgreementDesk
from carehome.ui.parts.care import Lists


class TermsStep(StepView):
    """Grade, meals and agreement from the day of moving in on."""

    STEP = Step.AGREEMENT

    def __init__(
        self,
        consequences: Consequences,
        agreements: Agreements,
        jobs: Jobs,
        today: Callable[[], date],
    ) -> None:
        super().__init__()
        self._consequences = consequences
        self._stored: dict[str, Any] = {}
        self.desk = AgreementDesk(agreements, jobs, self)
        self.paper = button(_("Draw up and print"), "print", kind="small")
        self._jobs = jobs
        self._state: AdmissionState | None = None
        self._looked: tuple[Any, ...] = ()
        day = today()
        self.form = form = Form()
        grade = ChoiceField(_("Nursing grade"), {})
        self.grade = form.add("grade", grade, blame=(NameMissing,))
        self.meal = form.add("meal", ChoiceField(_("Meal plan"), {}))
        self.signer = form.add("signer", TextField(_("Signed by"), needed=False))
        self.consent = form.add(
            "consent_by",
            TextField(
                _("Consent to the grade"),
                needed=False,
                hint=_("Without consent the care fee is not charged yet."),
            ),
        )
        moves = DateField(_("Day of admission"), day)
        self.day = form.add("planned_on", moves, blame=(StaysOverlap, LivesHere))
        self.number = form.add("number", TextField(_("Agreement no."), needed=False))
        signed = DateField(_("Signed on"), day, needed=False, sense=Sense.PAST)
        ends = DateField(_("Agreed until"), day, needed=False, sense=Sense.FUTURE)
        trial = DateField(_("On trial until"), day, needed=False, sense=Sense.FUTURE)
        self.signed = form.add("signed_on", signed, blame=(SignedAlready,))
        self.ends = form.add("ends", ends, blame=(AgreementTurned,))
        self.trial = form.add("trial_until", trial, blame=(TrialOutside,))
        self.deposit = form.add(
            "deposit_fen", MoneyField(_("Agreed deposit"), needed=False)
        )
        self.card = Card(_("A whole month"))
        self.facts = Facts()
        self.card.add(self.facts)
        self.card.body.addStretch()
        self.card.add(self.paper)
        row = QHBoxLayout()
        row.setSpacing(theme.px(24))
        row.addWidget(form, 3)
        row.addWidget(self.card, 2)
        self.body.addLayout(row)
        self.body.addStretch()

        form.changed.connect(self.changed)
        form.changed.connect(self._look)
        form.changed.connect(self._offer)
        self.paper.clicked.connect(self._draw_up)
        form.submitted.connect(lambda _values: self.entered.emit())

    def show_state(self, state: AdmissionState | None, lists: Lists) -> None:
        assert state
        self._state, self._looked = state, ()
        self.grade.set_choices(lists.grades)
        self.meal.set_choices({**lists.meals, "": _("No meals")})
        self.form.clear()
        self.day.set_value(state.planned_on)
        if state.terms:
            agreement = state.terms.agreement
            known = (
                *("number", "signed_on", "ends", "trial_until", "signer"),
                "deposit_fen",
            )
            told = {name: getattr(agreement, name) for name in known}
            terms = state.terms
            self.form.set_values(
                {
                    **told,
                    "grade": terms.grade,
                    "meal": terms.meal,
                    "consent_by": terms.consent_by,
                }
            )
        else:
            family = state.contacts[0].name if state.contacts else None
            self.form.set_values({"signer": family, "consent_by": family})
        self._stored = self.form.values()
        self._look()
        self._offer()

    def typed(self) -> dict[str, Any]:
        return self.form.typed()

    def type_again(self, draft: Mapping[str, Any]) -> None:
        self.form.type_again(draft)

    def tell(self, error: Exception) -> bool:
        return self.form.tell(error)

    def reason(self) -> str:
        return self.form.reason()

    def check(self) -> bool:
        if self.reason():
            self.form.submit()
        return not self.reason()

    def deed(self, admissions: Admissions) -> "partial[Any]":
        values = self.form.values()
        agreement = Agreement(
            values["planned_on"],
            values["ends"],
            values["number"] or "",
            values["signed_on"],
            values["trial_until"],
            values["signer"] or "",
            deposit_fen=values["deposit_fen"],
        )
        terms = Terms(
            values["planned_on"],
            values["grade"],
            values["meal"],
            agreement,
            values["consent_by"] or "",
        )
        return partial(admissions.agree, agreed=terms)

    def focus(self) -> None:
        self.form.focus()

    def _offer(self) -> None:
        """Let the agreement be drawn up once the step is stored as it stands."""
        terms = self._state.terms if self._state else None
        signed = terms is not None and terms.agreement.signed_on is not None
        self.paper.setVisible(terms is not None and not signed)
        self.paper.setEnabled(self.form.values() == self._stored)

    def _draw_up(self) -> None:
        assert self._state
        assert self._state.terms, "the step is stored before it is drawn up"
        self.desk.draw_up(self._state.terms.agreement.agreement_id)

    def _look(self) -> None:
        """Look ahead at the fee as soon as grade and day are there."""
        state, values = self._state, self.form.values()
        asked = values["grade"], values["meal"] or "", values["planned_on"]
        if asked == self._looked or state is None or state.resident_id is None:
            return
        self._looked = asked
        if not asked[0] or not asked[2]:
            self._fail(None)
            return
        ahead = self._consequences.of_admission
        who = state.resident_id
        self._jobs.run_last(self, self._show, ahead, who, *asked, failed=self._fail)

    def _show(self, outlook: Outlook) -> None:
        fee = outlook.fee
        facts = [
            Fact(_("Bed fee"), show_money(fee.bed)),
            Fact(_("Care fee"), show_money(fee.care)),
            Fact(_("Meal fee"), show_money(fee.meal)),
            Fact(_("Monthly service fee"), show_money(fee.total), strong=True),
        ]
        if outlook.cap is not None:
            facts.append(Fact(_("Most deposit allowed"), show_money(outlook.cap)))
        self.facts.show_facts(facts)

    def _fail(self, error: Exception | None) -> None:
        """Say why nothing can be computed yet."""
        if error is not None and not isinstance(error, Refusal):
            raise error
        why = error.message if error else _("Choose a grade to see it.")
        self.facts.show_facts([Fact(why, "")])
