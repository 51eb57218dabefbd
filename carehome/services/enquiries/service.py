"""What one person can do with enquiries and visits."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.enquiries import EnquiryNoteRow, EnquiryRow, VisitRow
from carehome.db.residents import ResidentRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules import enquiries as rules
from carehome.rules import identity
from carehome.rules.phones import read_phone
from carehome.rules.residents import check_happened, clean_name
from carehome.rules.rights import Right
from carehome.rules.today import Line
from carehome.services.enquiries import today as of_day
from carehome.services.enquiries import values
from carehome.services.enquiries.known import Known, known_in
from carehome.services.enquiries.values import (
    Enquiry,
    EnquiryFile,
    EnquiryLine,
    Visit,
)
from carehome.services.residents import people, stays
from carehome.services.residents.categories import set_categories_in
from carehome.services.residents.people import Contact, Person
from carehome.services.service import Service, needs
from carehome.services.waiting import entries
from carehome.services.waiting.entries import Application


class EnquiryOver(Refusal):
    """What has led to a place is not lost any more."""

    text = N_(
        "This enquiry has led on already. Go on with the waiting list or the admission."
    )


class Enquiries(Service):
    """What one person can do with enquiries and visits."""

    @needs(Right.SEE_RESIDENTS)
    def lines(self) -> list[EnquiryLine]:
        """List the enquiries, what is to be done soonest first."""
        with self._reading() as session:
            return values.lines_in(session)

    @needs(Right.SEE_RESIDENTS)
    def file(self, enquiry_id: int) -> EnquiryFile:
        """Return one enquiry with its visits and notes."""
        with self._reading() as session:
            return values.file_in(session, enquiry_id)

    @needs(Right.SEE_RESIDENTS)
    def visits(self) -> list[Visit]:
        """List the visits, those to come first."""
        with self._reading() as session:
            return values.visits_in(session)

    @needs(Right.SEE_RESIDENTS)
    def known(self, phone: str) -> list[Known]:
        """Say who calls, as far as the number tells."""
        with self._reading() as session:
            return known_in(session, phone)

    @needs(Right.SEE_RESIDENTS)
    def today(self, day: date) -> list[Line]:
        """Tell whom to call and who visits."""
        with self._reading() as session:
            return list(of_day.today_in(session, day))

    @needs(Right.CHANGE_RESIDENTS)
    def take(self, enquiry: Enquiry) -> int:
        """Write down an enquiry; a name or a phone number is enough."""
        with self._writing() as session:
            row = EnquiryRow(taken_by=self._user.name)
            self._fill(session, row, enquiry)
            return row.id

    @needs(Right.CHANGE_RESIDENTS)
    def change(self, enquiry: Enquiry) -> None:
        """Add to an enquiry, or correct it."""
        with self._writing() as session:
            row = session.get_one(EnquiryRow, enquiry.enquiry_id)
            self._fill(session, row, enquiry)

    @needs(Right.CHANGE_RESIDENTS)
    def note(
        self,
        enquiry_id: int,
        text: str,
        next_step: str = "",
        next_on: date | None = None,
        next_by: str = "",
    ) -> None:
        """Note what was talked about, and what comes next."""
        with self._writing() as session:
            if not text.strip():
                raise rules.NoteMissing
            row = session.get_one(EnquiryRow, enquiry_id)
            row.next_step, row.next_on = next_step.strip(), next_on
            row.next_by = next_by.strip()
            session.add(
                EnquiryNoteRow(
                    enquiry_id=enquiry_id,
                    day=self._today(),
                    text=text.strip(),
                    noted_by=self._user.name,
                )
            )

    @needs(Right.CHANGE_RESIDENTS)
    def plan_visit(self, visit: Visit) -> int:
        """Plan a visit, or another time for it."""
        with self._writing() as session:
            row = session.get(VisitRow, visit.visit_id)
            row = row or VisitRow(enquiry_id=visit.enquiry_id)
            at = rules.read_time(visit.at)
            twin = session.scalar(
                select(VisitRow.id).where(
                    VisitRow.enquiry_id == row.enquiry_id,
                    VisitRow.planned_on == visit.planned_on,
                    VisitRow.at == at,
                    VisitRow.id != visit.visit_id,
                )
            )
            if twin is not None:
                raise rules.VisitThere(day=visit.planned_on, time=at)
            row.planned_on, row.at, row.guide = visit.planned_on, at, visit.guide
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.CHANGE_RESIDENTS)
    def receive(self, visit_id: int, impression: str = "", questions: str = "") -> None:
        """Note that they came, how they liked it and what they asked."""
        with self._writing() as session:
            row = session.get_one(VisitRow, visit_id)
            rules.check_came(row.planned_on, self._today())
            row.state = "came"
            row.impression, row.questions = impression.strip(), questions.strip()

    @needs(Right.CHANGE_RESIDENTS)
    def miss_visit(self, visit_id: int) -> None:
        """Note that nobody came."""
        with self._writing() as session:
            row = session.get_one(VisitRow, visit_id)
            rules.check_came(row.planned_on, self._today())
            row.state = "missed"

    @needs(Right.CHANGE_RESIDENTS)
    def call_off_visit(self, visit_id: int) -> None:
        """Note that a visit will not be."""
        with self._writing() as session:
            session.get_one(VisitRow, visit_id).state = "called_off"

    @needs(Right.CHANGE_RESIDENTS)
    def keep_for_later(self, enquiry_id: int, next_on: date | None) -> None:
        """Put an enquiry aside until a day, or until they call again."""
        with self._writing() as session:
            row = _still_open(session, enquiry_id)
            row.state, row.next_on, row.lost_reason = "later", next_on, ""

    @needs(Right.CHANGE_RESIDENTS)
    def lose(self, enquiry_id: int, reason: str) -> None:
        """Note that they went elsewhere, and why."""
        with self._writing() as session:
            row = _still_open(session, enquiry_id)
            if not reason.strip():
                raise rules.LostReasonMissing
            row.state, row.lost_reason, row.next_on = "lost", reason.strip(), None

    @needs(Right.CHANGE_RESIDENTS)
    def reopen(self, enquiry_id: int) -> None:
        """Take an enquiry up again that was put aside or lost."""
        with self._writing() as session:
            row = _still_open(session, enquiry_id)
            row.state, row.lost_reason = "open", ""

    @needs(Right.CHANGE_RESIDENTS)
    def to_waiting_list(
        self,
        enquiry_id: int,
        person: Person,
        id_number: str,
        categories: Sequence[str],
        application: Application,
    ) -> int:
        """Put the person on the waiting list; the caller becomes a contact."""
        with self._writing() as session:
            row = session.get_one(EnquiryRow, enquiry_id)
            resident_id = self._person(session, row, person, id_number, categories)
            row.state, row.next_on = "waiting", None
            return entries.join_in(
                session, resident_id, application, self._today(), enquiry_id
            )

    @needs(Right.CHANGE_RESIDENTS)
    def to_admission(
        self,
        enquiry_id: int,
        person: Person,
        id_number: str,
        categories: Sequence[str],
    ) -> int:
        """Make the person known for an admission at once; return the resident."""
        with self._writing() as session:
            row = session.get_one(EnquiryRow, enquiry_id)
            resident_id = self._person(session, row, person, id_number, categories)
            stays.check_admission_in(session, resident_id, self._today())
            row.state, row.next_on = "admission", None
            return resident_id

    def _fill(self, session: Session, row: EnquiryRow, asked: Enquiry) -> None:
        phone = read_phone(asked.phone)
        name, caller = clean_name(asked.name), clean_name(asked.caller)
        if not (phone or name or caller):
            raise rules.NobodyNamed
        rules.check_age(asked.age)
        check_happened(asked.asked_on, self._today())
        row.asked_on, row.channel = asked.asked_on, asked.channel
        row.caller, row.phone, row.relation = caller, phone, asked.relation.strip()
        row.name, row.sex, row.age = name, asked.sex, asked.age
        row.ability_level, row.has_dementia = asked.ability_level, asked.has_dementia
        row.categories = ",".join(asked.categories)
        row.bed_class = asked.bed_class
        row.wants_nursing_bed = asked.wants_nursing_bed
        row.budget_fen = asked.budget_fen
        row.wanted_from = asked.wanted_from
        row.asked, row.answered = asked.asked.strip(), asked.answered.strip()
        row.next_step, row.next_on = asked.next_step.strip(), asked.next_on
        row.next_by = asked.next_by.strip()
        session.add(row)
        session.flush()

    def _person(
        self,
        session: Session,
        row: EnquiryRow,
        person: Person,
        id_number: str,
        categories: Sequence[str],
    ) -> int:
        """Write the person down, or take up who is known by the identity number."""
        today = self._today()
        known = session.get(ResidentRow, row.resident_id or 0)
        if known is None and id_number.strip():
            number = identity.read_any(id_number, today)
            known = people.known_in(session, number)
        if known is None:
            known = people.add_person_in(session, person, id_number, today)
            if row.caller and row.caller != known.name:
                people.set_contacts_in(session, known.id, [_contact(row)])
        set_categories_in(session, known.id, categories)
        row.resident_id, row.name, row.sex = known.id, known.name, known.sex
        return known.id


def person_of(enquiry: Enquiry) -> Person:
    """Return the person an enquiry is for, as far as they are known."""
    return Person(
        enquiry.name,
        enquiry.sex,
        ability_level=enquiry.ability_level,
        has_dementia=enquiry.has_dementia,
    )


def application_of(enquiry: Enquiry) -> Application:
    """Return what an enquiry wishes, as an application of the day they asked."""
    return Application(
        enquiry.asked_on,
        enquiry.bed_class,
        enquiry.wants_nursing_bed,
        note=enquiry.asked,
    )


def _contact(row: EnquiryRow) -> Contact:
    return Contact(
        "family", row.caller, row.relation, row.phone, is_emergency=bool(row.phone)
    )


def _still_open(session: Session, enquiry_id: int) -> EnquiryRow:
    row = session.get_one(EnquiryRow, enquiry_id)
    if row.state in ("waiting", "admission"):
        raise EnquiryOver
    return row
