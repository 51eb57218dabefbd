"""What one person can do with residents and their files."""

from collections.abc import Sequence
from datetime import UTC, date
from pathlib import Path

from carehome.db import change_log
from carehome.db.residents import (
    AbsenceRow,
    PaperRow,
    ResidentCategoryRow,
    ResidentRow,
)
from carehome.rules import residents as rules
from carehome.rules.grades import Consent
from carehome.rules.retention import FiledEarlier
from carehome.rules.rights import Right
from carehome.rules.today import Line
from carehome.services.assessments.flags import raise_flag_in
from carehome.services.residents import (
    away,
    categories,
    file,
    index,
    papers,
    people,
    stays,
    terms,
)
from carehome.services.residents import today as of_day
from carehome.services.residents.away import AwayLine
from carehome.services.residents.categories import Category
from carehome.services.residents.file import LogLine, ResidentFile
from carehome.services.residents.index import (
    EVERYBODY,
    Filters,
    ResidentIndex,
    ResidentLine,
)
from carehome.services.residents.papers import Paper
from carehome.services.residents.people import Contact, Person
from carehome.services.residents.stays import Absence, Whereabouts
from carehome.services.residents.terms import Agreement
from carehome.services.service import Service, needs


class Residents(Service):
    """What one person can do with residents and their files."""

    @needs(Right.SEE_RESIDENTS)
    def index(self) -> ResidentIndex:
        """Return everybody as of today, ready for instant search on the screen."""
        with self._reading() as session:
            return index.index_in(session, self._today())

    @needs(Right.SEE_RESIDENTS)
    def find(self, text: str, filters: Filters = EVERYBODY) -> list[ResidentLine]:
        """List who fits the typed words and the filters."""
        with self._reading() as session:
            return index.index_in(session, self._today()).find(text, filters)

    @needs(Right.SEE_RESIDENTS)
    def file(self, resident_id: int) -> ResidentFile:
        """Return all that is known of one person."""
        with self._reading() as session:
            return file.file_in(session, resident_id, self._today())

    @needs(Right.SEE_RESIDENTS)
    def log(self, resident_id: int) -> list[LogLine]:
        """List what was done with a resident's records, newest first."""
        with self._reading() as session:
            return file.log_in(session, resident_id)

    @needs(Right.SEE_RESIDENTS)
    def away_today(self, day: date) -> list[Line]:
        """Tell who sleeps elsewhere tonight."""
        with self._reading() as session:
            living = of_day.living_in(session, day)
            away = of_day.away_in(session, living, day)
            return [of_day.away_figure(living, away, day)] if living else []

    @needs(Right.RECORD_ABSENCE)
    def returns_today(self, day: date) -> list[Line]:
        """Tell who should be back by now."""
        with self._reading() as session:
            living = of_day.living_in(session, day)
            return list(of_day.returns(of_day.away_in(session, living, day), day))

    @needs(Right.CHANGE_RESIDENTS)
    def today(self, day: date) -> list[Line]:
        """Tell who needs most care, and what is missing or runs out."""
        with self._reading() as session:
            living = of_day.living_in(session, day)
            if not living:
                return []
            away = of_day.away_in(session, living, day)
            found = of_day.concerns_in(session, living, away, day)
            return [of_day.care_figure(living), *found]

    @needs(Right.SHOW_IDENTITY)
    def show_identity(self, resident_id: int, why: str) -> str:
        """Return the whole identity number; the log keeps who asked and why."""
        with self._writing() as session:
            row = session.get_one(ResidentRow, resident_id)
            change_log.note_look(session, "resident", row.id, row.id, why.strip())
            return row.id_number or ""

    @needs(Right.CHANGE_RESIDENTS)
    def change_person(
        self, resident_id: int, person: Person, id_number: str | None = None
    ) -> None:
        """Correct what is written down of a person; a number of None stays."""
        with self._writing() as session:
            row = session.get_one(ResidentRow, resident_id)
            people.change_person_in(session, row, person, id_number, self._today())

    @needs(Right.CHANGE_RESIDENTS)
    def set_contacts(self, resident_id: int, contacts: Sequence[Contact]) -> None:
        """Store the people to turn to, most important first."""
        with self._writing() as session:
            people.set_contacts_in(session, resident_id, contacts)

    @needs(Right.CHANGE_RESIDENTS)
    def set_categories(self, resident_id: int, codes: Sequence[str]) -> None:
        """Tell the categories of today: new ones begin, those left out end."""
        with self._writing() as session:
            categories.turn_in(session, resident_id, codes, self._today())

    @needs(Right.CHANGE_RESIDENTS)
    def add_category(self, resident_id: int, category: Category) -> int:
        """Write down a category with its days and its proof."""
        with self._writing() as session:
            return categories.add_in(session, resident_id, category, self._today())

    @needs(Right.CHANGE_RESIDENTS)
    def change_category(self, category: Category) -> None:
        """Correct what is written down of a category."""
        with self._writing() as session:
            categories.change_in(session, category, self._today())

    @needs(Right.CHANGE_RESIDENTS)
    def end_category(self, category_id: int, day: date) -> None:
        """Let a category end; from `day` on it does not hold any more."""
        with self._writing() as session:
            categories.end_in(session, category_id, day)

    @needs(Right.CHANGE_RESIDENTS)
    def remove_category(self, category_id: int) -> None:
        """Remove a category that never was."""
        with self._writing() as session:
            session.delete(session.get_one(ResidentCategoryRow, category_id))

    @needs(Right.SET_GRADE)
    def set_grade(
        self,
        resident_id: int,
        grade: str,
        starts: date,
        reason: str = "",
        consent_by: str = "",
        consent_on: date | None = None,
        consent_how: str = "",
    ) -> None:
        """Set the nursing grade from `starts` on; charged from the consent on."""
        if consent_on is not None:
            rules.check_happened(consent_on, self._today())
        consent = Consent(consent_by, consent_on, consent_how)
        with self._writing() as session:
            terms.check_replaced_in(session, resident_id, grade, starts, consent)
            terms.set_grade_in(session, resident_id, grade, starts, reason, consent)

    @needs(Right.CHANGE_RESIDENTS)
    def set_meal(self, resident_id: int, plan: str, starts: date) -> None:
        """Set the meal plan from `starts` on; an empty plan means no meals."""
        with self._writing() as session:
            terms.set_meal_in(session, resident_id, plan, starts)

    @needs(Right.CHANGE_RESIDENTS)
    def add_agreement(self, resident_id: int, agreement: Agreement) -> int:
        """Store a new service agreement."""
        with self._writing() as session:
            return terms.store_agreement_in(session, resident_id, agreement)

    @needs(Right.CHANGE_RESIDENTS)
    def change_agreement(self, resident_id: int, agreement: Agreement) -> None:
        """Correct a service agreement."""
        with self._writing() as session:
            terms.store_agreement_in(session, resident_id, agreement)

    @needs(Right.RECORD_ABSENCE)
    def record_absence(
        self,
        resident_id: int,
        kind: str,
        left_on: date,
        expected_on: date | None = None,
        note: str = "",
        whereabouts: Whereabouts = stays.NOWHERE,
    ) -> int:
        """Note that a resident has left for a while: leave or hospital."""
        rules.check_happened(left_on, self._today())
        with self._writing() as session:
            return stays.record_absence_in(
                session, resident_id, kind, left_on, expected_on, note, whereabouts
            )

    @needs(Right.RECORD_ABSENCE)
    def extend_absence(self, absence_id: int, expected_on: date, why: str) -> None:
        """Expect somebody back on another day than was told."""
        with self._writing() as session:
            stays.extend_absence_in(session, absence_id, expected_on, why)

    @needs(Right.SEE_RESIDENTS)
    def away(self, day: date) -> list[AwayLine]:
        """List who of the residents is away on `day`, the longest first."""
        with self._reading() as session:
            return away.lines_in(session, day)

    @needs(Right.RECORD_ABSENCE)
    def record_return(self, absence_id: int, day: date, changed: str = "") -> None:
        """Note that a resident has come back; `changed` asks for an assessment."""
        today = self._today()
        rules.check_happened(day, today)
        with self._writing() as session:
            stays.record_return_in(session, absence_id, day)
            if changed:
                who = session.get_one(AbsenceRow, absence_id).resident_id
                raise_flag_in(session, who, day, changed, self._user.name, today)

    @needs(Right.RECORD_ABSENCE)
    def correct_absence(self, absence: Absence) -> None:
        """Correct what was noted of an absence."""
        rules.check_happened(absence.returned_on or absence.left_on, self._today())
        with self._writing() as session:
            stays.correct_absence_in(session, absence)

    @needs(Right.RECORD_ABSENCE)
    def remove_absence(self, absence_id: int) -> None:
        """Remove an absence that never was."""
        with self._writing() as session:
            session.delete(session.get_one(AbsenceRow, absence_id))

    @needs(Right.KEEP_PAPERS)
    def add_paper(self, resident_id: int, kind: str, title: str, path: Path) -> int:
        """Keep a scanned paper; the file itself stays where it is."""
        content = papers.read_paper(path)
        with self._writing() as session:
            return papers.add_paper_in(
                session, resident_id, kind, title, path.name, content, self._now()
            )

    @needs(Right.KEEP_PAPERS)
    def papers(self, resident_id: int) -> list[Paper]:
        """List the papers of a resident."""
        with self._reading() as session:
            return papers.papers_in(session, resident_id)

    @needs(Right.KEEP_PAPERS)
    def paper(self, paper_id: int) -> bytes:
        """Return the content of a paper; the log keeps who looked."""
        with self._writing() as session:
            row = session.get_one(PaperRow, paper_id)
            change_log.note_look(session, "paper", row.id, row.resident_id)
            return row.content

    @needs(Right.KEEP_PAPERS)
    def remove_paper(self, paper_id: int) -> None:
        """Remove a paper on the day it was filed by mistake; later it is kept."""
        with self._writing() as session:
            row = session.get_one(PaperRow, paper_id)
            filed = row.added_at.replace(tzinfo=UTC)
            day = filed.astimezone(self._clock().tzinfo).date()
            if row.agreement_id is not None or day < self._today():
                raise FiledEarlier(day=day)
            session.delete(row)

    @needs(Right.CHANGE_RESIDENTS)
    def discharge(self, resident_id: int, day: date, reason: str) -> None:
        """End stay, use of the bed and absence on the day of leaving."""
        rules.check_happened(day, self._today())
        with self._writing() as session:
            stays.discharge_in(session, resident_id, day, reason)

    @needs(Right.CHANGE_RESIDENTS)
    def undo_discharge(self, resident_id: int) -> None:
        """Take a mistaken discharge back; the bed must still be free."""
        with self._writing() as session:
            stays.undo_discharge_in(session, resident_id)

    @needs(Right.CHANGE_RESIDENTS)
    def correct_admission(self, resident_id: int, day: date) -> None:
        """Correct the day on which the present stay began."""
        rules.check_happened(day, self._today())
        with self._writing() as session:
            stays.correct_admission_in(session, resident_id, day)
