"""Writing the rows of a roll down as residents of the home."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.beds import BedUseRow
from carehome.db.billing import FeeItemRow
from carehome.db.residents import (
    ContactRow,
    GradeChangeRow,
    MealChoiceRow,
    ResidentCategoryRow,
    ResidentRow,
    StayRow,
)
from carehome.i18n import _, speaking
from carehome.rules.billing.tariff import Tariff
from carehome.rules.grades import Consent
from carehome.rules.periods import Period
from carehome.rules.rights import User
from carehome.rules.roll import RollRow
from carehome.services.assessments.levels import source_in
from carehome.services.deposits import open_in
from carehome.services.fees import tariff_in
from carehome.services.prices.own import (
    AskedPrice,
    check_own_price_in,
    own_price_row,
)
from carehome.services.prices.versions import billed_to_in
from carehome.services.residents import categories, people, stays, terms
from carehome.services.residents.people import Contact, Person
from carehome.services.rolls.beds import Bed, BedFinder

Step = Callable[[int, int, str], None]

_STANDARD_MEALS = "standard"
_EVERY = 10  # rows between two words on how far the reading is


@dataclass(frozen=True, slots=True)
class Source:
    """Whose reading of which file it is, on which day."""

    user: User
    file_name: str
    today: date


class Reading:
    """Writes rows down: first all people, then what hangs on them.

    People who are new are written in a few large statements; whoever lived here
    before keeps the old file, and their rows are looked at one by one.
    """

    def __init__(
        self, session: Session, source: Source, grades: Mapping[str, str]
    ) -> None:
        self._session = session
        self._source = source
        with speaking():
            self._words = _("As in the roll {file}").format(file=source.file_name)
        self._grades = grades
        self._beds = BedFinder(session)
        self._known: dict[str, ResidentRow] = {}
        self._brings = billed_to_in(session) is None
        self._tariff: Tariff = tariff_in(session)
        self._items: dict[tuple[str, str], FeeItemRow] = {
            (row.category, row.applies_to): row
            for row in session.scalars(select(FeeItemRow))
            if row.applies_to is not None
        }

    def lacking(self, rows: Iterable[RollRow]) -> list[str]:
        """Return the beds that the rows name and the home lacks."""
        return [
            row.place.label
            for row in rows
            if row.place.bed and not self._beds.find(row.place)
        ]

    def read(self, rows: Sequence[RollRow], step: Step | None) -> None:
        """Write all rows down; `step` is told how far it is."""
        numbers = [row.id_number for row in rows]
        known = select(ResidentRow).where(ResidentRow.id_number.in_(numbers))
        self._known = {row.id_number or "": row for row in self._session.scalars(known)}
        found = []
        for done, row in enumerate(rows):
            if step and done % _EVERY == 0:
                step(done, len(rows), row.name)
            found.append(self._person(row))
        self._session.flush()
        for row, resident in zip(rows, found, strict=True):
            self._settle(row, resident)
        self._session.flush()

    def _person(self, row: RollRow) -> "_Found":
        number = row.id_number or ""
        known = self._known.get(number)
        person, today = _person_of(row), self._source.today
        if known is not None:
            if source_in(self._session, known.id):  # an assessment knows better
                person = replace(person, ability_level=None)
            person = _merged(people.person_of(known), person)
            people.change_person_in(self._session, known, person, None, today)
            return _Found(known, is_new=False)
        fresh = ResidentRow(name="", sex=person.sex)
        people.change_person_in(self._session, fresh, person, number, today)
        self._session.add(fresh)
        return _Found(fresh, is_new=True)

    def _settle(self, row: RollRow, found: "_Found") -> None:
        """Write down how one resident lives here: stay, bed, terms, prices, deposit."""
        assert row.admitted is not None, "a good row has a day of admission"
        resident_id, admitted = found.row.id, row.admitted
        grade = self._grades.get(row.grade_word, row.grade or "")
        meals = _STANDARD_MEALS if row.meal_fen else ""
        if found.is_new:
            self._settle_new(row, resident_id, grade, meals)
        else:
            self._settle_again(row, resident_id, grade, meals)
        bed = self._beds.find(row.place)
        if bed is not None:
            self._lay_down(resident_id, bed, admitted)
        bed_class = bed.bed_class if bed else ""
        for category, applies_to, fen in (
            ("bed", bed_class, row.bed_fen),
            ("care", grade, row.care_fen),
            ("meal", meals, row.meal_fen),
        ):
            item = self._items.get((category, applies_to))
            if item is not None and fen is not None and not self._listed(item, fen):
                self._price(found, admitted, item, fen)
        if row.deposit_fen:
            taken_by, today = self._source.user.account_id, self._source.today
            open_in(self._session, resident_id, row.deposit_fen, today, taken_by)

    def _settle_new(
        self, row: RollRow, resident_id: int, grade: str, meals: str
    ) -> None:
        """Write down what nothing earlier can contradict."""
        add, day = self._session.add, row.admitted
        for contact in people.with_somebody_called(_contacts_of(row)):
            add(
                ContactRow(
                    resident_id=resident_id,
                    role=contact.role,
                    name=contact.name,
                    relation=contact.relation,
                    phone=contact.phone,
                    is_emergency=contact.is_called,
                )
            )
        for code in row.categories:
            add(ResidentCategoryRow(resident_id=resident_id, code=code))
        add(StayRow(resident_id=resident_id, admitted_on=day))
        if grade:
            add(
                GradeChangeRow(
                    resident_id=resident_id,
                    starts=day,
                    grade=grade,
                    reason=self._words,
                    consent_by=self._words,
                )
            )
        if meals:
            add(MealChoiceRow(resident_id=resident_id, starts=day, plan=meals))

    def _settle_again(
        self, row: RollRow, resident_id: int, grade: str, meals: str
    ) -> None:
        """Take somebody in again; what the roll does not tell stays as it was."""
        session, day = self._session, row.admitted
        assert day is not None, "a good row has a day of admission"
        if row.contacts:
            told = people.with_somebody_called(_contacts_of(row))
            people.set_contacts_in(session, resident_id, told)
        if row.categories:
            categories.set_categories_in(session, resident_id, row.categories)
        stays.open_stay_in(session, resident_id, day)
        if grade:
            agreed = Consent(self._words)
            terms.set_grade_in(session, resident_id, grade, day, self._words, agreed)
        if meals:
            terms.set_meal_in(session, resident_id, meals, day)

    def _lay_down(self, resident_id: int, bed: Bed, admitted: date) -> None:
        """Give a resident the bed of the roll, once whoever had it before has left."""
        starts = max(admitted, bed.free_from or admitted)
        self._session.add(
            BedUseRow(bed_id=bed.bed_id, resident_id=resident_id, starts=starts)
        )

    def _listed(self, item: FeeItemRow, fen: int) -> bool:
        """Say whether the price list asks the same."""
        listed = self._tariff.in_force(self._source.today)
        return listed is not None and listed.prices.get(item.code) == fen

    def _price(self, found: "_Found", starts: date, item: FeeItemRow, fen: int) -> None:
        """Keep the roll's own price, since the price list says another.

        It counts at once while nothing is billed; later the director is asked.
        """
        user, resident_id = self._source.user, found.row.id
        at = datetime.combine(self._source.today, time())
        asked = AskedPrice(
            resident_id, item.id, Period(starts), "fixed", fen, self._words
        )
        if not found.is_new:
            check_own_price_in(self._session, asked, user)
        self._session.add(own_price_row(asked, user, at, self._brings))


@dataclass(frozen=True, slots=True)
class _Found:
    """The person behind a row: written down now, or known from an earlier stay."""

    row: ResidentRow
    is_new: bool


def _person_of(row: RollRow) -> Person:
    return Person(
        row.name,
        row.sex or "",
        row.birth,
        " ".join(row.phones),
        row.address,
        row.ability,
        note=row.note,
    )


def _merged(old: Person, new: Person) -> Person:
    """Return what the roll tells of a known person, and else what was known."""
    told = new.ability_level is not None
    return replace(
        new,
        born=new.born or old.born,
        phone=new.phone or old.phone,
        address=new.address or old.address,
        ability_level=new.ability_level if told else old.ability_level,
        has_dementia=old.has_dementia,
        note=new.note or old.note,
    )


@speaking()
def _contacts_of(row: RollRow) -> list[Contact]:
    """Return the family of a row; somebody of whom only a phone is told is family."""
    return [
        Contact(
            "family" if place else "emergency",
            one.name or one.relation or _("Family"),
            one.relation,
            " ".join(one.phones),
        )
        for place, one in enumerate(row.contacts)
    ]
