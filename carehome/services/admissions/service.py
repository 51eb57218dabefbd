"""What one person can do with admissions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from carehome.db.residents import (
    AdmissionRow,
    AgreementRow,
    ContactRow,
    GradeChangeRow,
    MealChoiceRow,
    PaperRow,
    ResidentCategoryRow,
    ResidentRow,
)
from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules import residents as rules
from carehome.rules.grades import Consent
from carehome.rules.rights import Right
from carehome.rules.today import Line
from carehome.services.admissions import state
from carehome.services.admissions import today as of_day
from carehome.services.admissions.state import (
    STEP_NAMES,
    STEPS,
    AdmissionLine,
    AdmissionState,
    Step,
    Terms,
)
from carehome.services.agreements.service import let_go_in
from carehome.services.beds import uses
from carehome.services.beds.closures import check_open_in
from carehome.services.residents import people, stays, terms
from carehome.services.residents.categories import set_categories_in
from carehome.services.residents.people import Contact, Person
from carehome.services.service import Service, needs
from carehome.services.waiting.entries import moved_in_in

RESERVED_DAYS = timedelta(days=14)  # a bed waits as long for somebody (ours)
_OF_PERSON = (
    ContactRow,
    ResidentCategoryRow,
    PaperRow,
    AgreementRow,
    GradeChangeRow,
    MealChoiceRow,
)


class StepMissing(Refusal):
    """A step stands on another that is not done."""

    text = N_("The step “{step}” is not done yet. Please do it first.")


class AdmissionClosed(Refusal):
    """The admission has ended, one way or the other."""

    text = N_("This admission was closed on {day}. Begin a new one.")


class AdmissionUnderWay(Refusal):
    """One admission of a person is enough."""

    text = N_(
        "An admission of {name} has been under way since {begun_on}. Go on with that "
        "one."
    )


class Admissions(Service):
    """What one person can do with admissions."""

    @needs(Right.CHANGE_RESIDENTS)
    def open(self) -> list[AdmissionLine]:
        """List the admissions under way, oldest first."""
        with self._reading() as session:
            return state.lines_in(session)

    @needs(Right.CHANGE_RESIDENTS)
    def today(self, day: date) -> list[Line]:
        """Tell which admissions are under way and who is to arrive."""
        with self._reading() as session:
            return list(of_day.lines_in(session, day))

    @needs(Right.CHANGE_RESIDENTS)
    def resume(self, admission_id: int) -> AdmissionState:
        """Return how far an admission has come and what it holds."""
        with self._reading() as session:
            return state.state_in(
                session, _open_row(session, admission_id), self._today()
            )

    @needs(Right.CHANGE_RESIDENTS)
    def begin(self) -> int:
        """Begin the admission of somebody new."""
        with self._writing() as session:
            return self._begin(session, None, Step.PERSON)

    @needs(Right.CHANGE_RESIDENTS)
    def begin_again(self, resident_id: int) -> int:
        """Begin the admission of somebody whom the home knows."""
        with self._writing() as session:
            self._check_may_begin(session, resident_id)
            return self._begin(session, resident_id, Step.CONTACTS)

    @needs(Right.CHANGE_RESIDENTS)
    def take_known(self, admission_id: int, resident_id: int) -> None:
        """Go on with somebody the home knows instead of the person typed so far."""
        with self._writing() as session:
            row = _open_row(session, admission_id)
            self._check_may_begin(session, resident_id)
            _let_go(session, row, self._today())
            row.resident_id, row.step, row.draft = resident_id, Step.CONTACTS, {}

    @needs(Right.CHANGE_RESIDENTS)
    def enter_person(
        self,
        admission_id: int,
        person: Person,
        id_number: str | None,
        categories: Sequence[str] = (),
    ) -> int:
        """Store who it is; when done again, an identity number of None stays."""
        with self._writing() as session:
            row = _open_row(session, admission_id)
            if row.resident_id is None:
                resident = people.add_person_in(
                    session, person, id_number or "", self._today()
                )
                row.resident_id = resident.id
            else:
                resident = session.get_one(ResidentRow, row.resident_id)
                people.change_person_in(
                    session, resident, person, id_number, self._today()
                )
            set_categories_in(session, resident.id, categories)
            _done(row, Step.PERSON)
            return resident.id

    @needs(Right.CHANGE_RESIDENTS)
    def enter_contacts(self, admission_id: int, contacts: Sequence[Contact]) -> None:
        """Store the people to turn to; one of them is called in an emergency."""
        with self._writing() as session:
            row = _open_row(session, admission_id)
            called = people.with_somebody_called(contacts)
            people.check_somebody_to_call(called)
            people.set_contacts_in(session, _resident_of(row), called)
            _done(row, Step.CONTACTS)

    @needs(Right.CHANGE_RESIDENTS)
    def choose_bed(self, admission_id: int, bed_id: int, planned_on: date) -> None:
        """Reserve a bed from the planned day on, instead of the one chosen before."""
        with self._writing() as session:
            row = _open_row(session, admission_id)
            stays.check_admission_in(session, _resident_of(row), planned_on)
            _plan(session, row, planned_on)
            self._reserve(session, row, bed_id)
            _done(row, Step.BED)

    @needs(Right.CHANGE_RESIDENTS)
    def agree(self, admission_id: int, agreed: Terms) -> None:
        """Store the agreement, nursing grade and meal plan from the planned day on."""
        with self._writing() as session:
            row = _open_row(session, admission_id)
            resident_id, day = _resident_of(row), agreed.planned_on
            stays.check_admission_in(session, resident_id, day)
            held = uses.reservation_in(session, resident_id)
            if day != row.planned_on:
                _plan(session, row, day)
                if held is not None:
                    self._reserve(session, row, held.bed_id)
            terms.set_grade_in(
                session, resident_id, agreed.grade, day, "", Consent(agreed.consent_by)
            )
            terms.set_meal_in(session, resident_id, agreed.meal, day)
            agreement = replace(agreed.agreement, agreement_id=row.agreement_id or 0)
            row.agreement_id = terms.store_agreement_in(session, resident_id, agreement)
            _done(row, Step.AGREEMENT)

    @needs(Right.CHANGE_RESIDENTS)
    def pass_deposit(self, admission_id: int) -> None:
        """Note that the deposit is settled: taken, or none is due."""
        with self._writing() as session:
            row = _open_row(session, admission_id)
            _resident_of(row)
            _done(row, Step.DEPOSIT)

    @needs(Right.CHANGE_RESIDENTS)
    def keep_draft(
        self, admission_id: int, step: Step, values: Mapping[str, Any]
    ) -> None:
        """Keep what is typed in a step but not confirmed."""
        with self._writing() as session:
            row = _open_row(session, admission_id)
            row.draft = {**row.draft, step.value: dict(values)}

    @needs(Right.CHANGE_RESIDENTS)
    def finish(self, admission_id: int, day: date | None = None) -> None:
        """Let the person live here from `day`, or the planned day, on."""
        with self._writing() as session:
            row = _open_row(session, admission_id)
            resident_id = _resident_of(row)
            held = uses.reservation_in(session, resident_id)
            if held is None or row.planned_on is None:
                raise StepMissing(step=_(STEP_NAMES[Step.BED]))
            if state.terms_in(session, row) is None:
                raise StepMissing(step=_(STEP_NAMES[Step.AGREEMENT]))
            people.check_somebody_to_call(people.contacts_in(session, resident_id))
            admitted_on = day or row.planned_on
            rules.check_happened(admitted_on, self._today())
            check_open_in(session, held.bed_id, admitted_on)
            _plan(session, row, admitted_on)
            stays.open_stay_in(session, resident_id, admitted_on)
            uses.occupy_in(session, resident_id, held.bed_id, admitted_on)
            moved_in_in(session, resident_id, admitted_on)
            row.step, row.draft, row.finished_on = Step.DONE, {}, self._today()

    @needs(Right.CHANGE_RESIDENTS)
    def give_up(self, admission_id: int) -> None:
        """Free the bed; keep the person only if the home knew them or has money."""
        with self._writing() as session:
            row = _open_row(session, admission_id)
            _let_go(session, row, self._today())
            row.draft, row.given_up_on = {}, self._today()

    def _begin(self, session: Session, resident_id: int | None, step: Step) -> int:
        row = AdmissionRow(
            resident_id=resident_id,
            step=step,
            begun_on=self._today(),
            begun_by=self._user.name,
        )
        session.add(row)
        session.flush()
        return row.id

    def _check_may_begin(self, session: Session, resident_id: int) -> None:
        stays.check_admission_in(session, resident_id, self._today())
        twin = stays.open_admission_in(session, resident_id)
        if twin is not None:
            name = session.get_one(ResidentRow, resident_id).name
            raise AdmissionUnderWay(
                name=name, begun_on=twin.begun_on, admission_id=twin.id
            )

    def _reserve(self, session: Session, row: AdmissionRow, bed_id: int) -> None:
        """Hold a bed from the planned day on, instead of the one held so far."""
        resident_id, start = _resident_of(row), row.planned_on
        assert start is not None, "a bed is reserved for a planned day"
        held = uses.reservation_in(session, resident_id)
        if held is not None:
            uses.release_in(session, held.id)
        ends = max(start, self._today()) + RESERVED_DAYS
        uses.reserve_in(session, resident_id, bed_id, start, ends)


def _open_row(session: Session, admission_id: int) -> AdmissionRow:
    row = session.get_one(AdmissionRow, admission_id)
    closed = row.finished_on or row.given_up_on
    if closed is not None:
        raise AdmissionClosed(day=closed)
    return row


def _resident_of(row: AdmissionRow) -> int:
    if row.resident_id is None:
        raise StepMissing(step=_(STEP_NAMES[Step.PERSON]))
    return row.resident_id


def _done(row: AdmissionRow, step: Step) -> None:
    """Go on to the next step; doing an earlier one again does not go back."""
    reached = max(STEPS.index(Step(row.step)), STEPS.index(step) + 1)
    row.step = STEPS[reached]
    row.draft = {key: values for key, values in row.draft.items() if key != step}


def _plan(session: Session, row: AdmissionRow, day: date) -> None:
    """Plan the admission for `day`; what was agreed moves along."""
    if day == row.planned_on:
        return
    if row.planned_on is not None:
        terms.begin_on_in(session, _resident_of(row), row.planned_on, day)
    row.planned_on = day
    session.flush()


def _let_go(session: Session, row: AdmissionRow, today: date) -> None:
    """Undo what the admission stored; forget a person nothing else stands on."""
    if row.resident_id is None:
        return
    held = uses.reservation_in(session, row.resident_id)
    if held is not None:
        uses.release_in(session, held.id)
    agreement_id = row.agreement_id
    agreed: list[object] = []
    if row.planned_on is not None:
        agreed = [
            terms.grade_on_in(session, row.resident_id, row.planned_on),
            terms.meal_on_in(session, row.resident_id, row.planned_on),
        ]
    row.agreement_id = row.planned_on = None
    session.flush()
    for stored in agreed:
        if stored is not None:
            session.delete(stored)
    if agreement_id is not None:
        let_go_in(session, agreement_id, today)
    session.flush()
    _forget(session, row.resident_id)


def _forget(session: Session, resident_id: int) -> None:
    """Delete a person, unless the database knows more of them: stays, money, beds."""
    try:
        with session.begin_nested():
            for kind in _OF_PERSON:
                for row in session.scalars(
                    select(kind).where(kind.resident_id == resident_id)
                ):
                    session.delete(row)
            for admission in session.scalars(
                select(AdmissionRow).where(AdmissionRow.resident_id == resident_id)
            ):
                admission.resident_id = None
            session.flush()
            session.delete(session.get_one(ResidentRow, resident_id))
            session.flush()
    except IntegrityError:
        return
