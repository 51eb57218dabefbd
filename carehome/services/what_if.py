"""What one person can do with what-ifs: the home as it is, and what was kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.claims import WhatIfRow
from carehome.errors import Refusal
from carehome.rules.billing.facts import ItemUse
from carehome.rules.billing.service_fee import ServiceFee, monthly_service_fee
from carehome.rules.claims.amounts import Rates
from carehome.rules.claims.judging import lies_in
from carehome.rules.claims.presets import STAR_SUBSIDY, claims, star_rates
from carehome.rules.periods import DAY, Period, month_of
from carehome.rules.ratings.grades import Condition
from carehome.rules.rights import Right
from carehome.rules.rosters.cover import Cover
from carehome.rules.what_if import (
    OCCUPANCY,
    RATIOS,
    Assumed,
    Base,
    Person,
    WhatIfNameless,
    WhatIfNameTaken,
    check,
)
from carehome.services.claims import star_in
from carehome.services.fees import Book, service_fee_of
from carehome.services.figures import figures_of
from carehome.services.figures.asked import Asked
from carehome.services.figures.records import Records
from carehome.services.grades import charged_by_in
from carehome.services.home import labels_in, profile_in
from carehome.services.ratings.conditions import conditions_in
from carehome.services.service import Service, needs
from carehome.services.shifts.service import Shifts

COUNTED = ("beds.total", "staff.carers", "staff.nurses")
Values = Mapping[str, int | Fraction | None]


@dataclass(frozen=True, slots=True)
class Kept:
    """A what-if under the name it was kept by; its result is always worked out anew."""

    what_if_id: int
    name: str
    assumed: Assumed
    at: datetime
    by: str


class WhatIf(Service):
    """What one person can do with what-ifs."""

    @needs(Right.SEE_OVERVIEW)
    def base(self, day: date) -> Base:
        """Return the home as it is on a day; nothing is stored."""
        covers = self._needs(day)
        with self._reading() as session:
            return _base_in(session, day, covers)

    @needs(Right.SEE_OVERVIEW)
    def kept(self) -> list[Kept]:
        """List what was kept, by name."""
        with self._reading() as session:
            rows = session.scalars(select(WhatIfRow).order_by(WhatIfRow.name))
            return [
                Kept(row.id, row.name, Assumed(**row.assumed), row.kept_at, row.kept_by)
                for row in rows
            ]

    @needs(Right.SEE_OVERVIEW)
    def keep(self, name: str, assumed: Assumed) -> int:
        """Keep what is assumed under a name of its own."""
        check(assumed)
        name = name.strip()
        if not name:
            raise WhatIfNameless
        with self._writing() as session:
            if session.scalar(select(WhatIfRow.id).where(WhatIfRow.name == name)):
                raise WhatIfNameTaken(name=name)
            row = WhatIfRow(name=name, assumed=asdict(assumed))
            row.kept_at, row.kept_by = self._now(), self._user.name
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.SEE_OVERVIEW)
    def remove(self, what_if_id: int) -> None:
        """Take away what was kept."""
        with self._writing() as session:
            session.delete(session.get_one(WhatIfRow, what_if_id))

    def _needs(self, day: date) -> tuple[Cover, ...]:
        """Return what all shifts of a day ask for, where the person may see it."""
        if not self._user.may(Right.SEE_ROSTER):
            return ()
        lines = Shifts(self._db, self._user, self._clock).cover_now(day)
        return tuple(line.cover for line in lines if line.cover)


def _base_in(session: Session, day: date, covers: tuple[Cover, ...]) -> Base:
    records, period = Records(session, day), Period(day, day + DAY)
    values = {
        key: figure.value
        for key, figure in figures_of(records, COUNTED, period, day).items()
    }
    book = Book(session)
    asked = Asked(records, period, day)
    people, unpriced = _people(asked, book, charged_by_in(session, day + DAY), day)
    grades = labels_in(session, "nursing_grade")
    named = grades | {
        each.grade: each.grade for each in people if each.grade not in grades
    }
    conditions = _conditions(session)
    return Base(
        day,
        _whole(values, "beds.total"),
        people,
        named,
        {code: _care_price(book, code, day) for code in named},
        _whole(values, "staff.carers"),
        _whole(values, "staff.nurses"),
        star_in(session, day) or 0,
        _rates(session),
        covers,
        conditions,
        _condition_values(records, conditions, day),
        unpriced,
    )


def _people(
    asked: Asked, book: Book, grades: Mapping[int, str], day: date
) -> tuple[tuple[Person, ...], int]:
    """Return who lives here and pays what, and of how many no fee can be told."""
    found, unpriced = [], 0
    for resident in asked.residents:
        who = resident.resident_id
        try:
            fee = service_fee_of(book, who, day)
        except Refusal:
            fee, unpriced = ServiceFee(), unpriced + 1
        found.append(
            Person(
                grades.get(who, ""),
                asked.class_of(resident),
                asked.levels[who],
                *(fee.bed, fee.care, fee.meal),
            )
        )
    return tuple(found), unpriced


def _care_price(book: Book, grade: str, day: date) -> int:
    """Return what the list asks for a grade; nothing where it asks nothing."""
    try:
        use = ItemUse(book.item_code("care", grade), Period(day))
        return monthly_service_fee(day, [use], book.items, book.tariff).care
    except Refusal:
        return 0


def _rates(session: Session) -> Rates:
    """Return the subsidy by star, where the home lies in its region."""
    profile = profile_in(session)
    place = claims()[STAR_SUBSIDY].region
    return star_rates() if lies_in(place, profile.region, profile.address) else {}


def _conditions(session: Session) -> tuple[Condition, ...]:
    """Return the counted conditions that assumptions could change."""
    return tuple(
        each
        for each in conditions_in(session)
        if each.is_active and each.figure in {OCCUPANCY, *RATIOS}
    )


def _condition_values(
    records: Records, conditions: tuple[Condition, ...], day: date
) -> Values:
    """Return the figures of conditions over their months, else over this month."""
    month = Period(month_of(day).start, day + DAY)
    return {
        key: figure.value
        for each in conditions
        for key, figure in figures_of(
            records, [each.figure], each.period(month), day
        ).items()
    }


def _whole(values: Values, key: str) -> int:
    return int(values[key] or 0)
