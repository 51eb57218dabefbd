"""What one person can do with what-ifs: the home as it is, and what was kept."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.claims import WhatIfRow
from carehome.db.ratings import RatingSelfRow
from carehome.errors import Refusal
from carehome.reports.listing import write_list
from carehome.reports.workbook import write_workbook
from carehome.rules.billing.facts import ItemUse
from carehome.rules.billing.service_fee import ServiceFee, monthly_service_fee
from carehome.rules.claims.amounts import Rates
from carehome.rules.claims.judging import lies_in
from carehome.rules.claims.presets import STAR_SUBSIDY, claims, star_rates
from carehome.rules.figures import definitions
from carehome.rules.periods import DAY, Period, month_of
from carehome.rules.ratings.grades import Condition
from carehome.rules.rights import Right
from carehome.rules.rosters.cover import Cover
from carehome.rules.what_if import (
    OCCUPANCY,
    RATIOS,
    Assumed,
    Base,
    Held,
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
from carehome.services.papers import letterhead_in
from carehome.services.ratings.conditions import conditions_in
from carehome.services.ratings.verdicts import verdicts_in
from carehome.services.service import Service, needs
from carehome.services.shifts.service import Shifts
from carehome.services.what_if_paper import Kept, book_of, paper_of

COUNTED = ("beds.total", "staff.carers", "staff.nurses")
Values = Mapping[str, int | Fraction | None]


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
    def write_paper(
        self, assumed: Assumed, compared: Kept | None, day: date, path: Path
    ) -> None:
        """Write today beside what would be as a PDF; nothing is stored."""
        base = self.base(day)
        with self._reading() as session:
            head = letterhead_in(session)
        write_list(path, paper_of(base, assumed, compared), head)

    @needs(Right.SEE_OVERVIEW)
    def write_book(
        self, assumed: Assumed, compared: Kept | None, day: date, path: Path
    ) -> None:
        """Write today beside what would be as a workbook, its numbers as numbers."""
        base = self.base(day)
        with self._reading() as session:
            head = letterhead_in(session)
        write_workbook(path, book_of(base, assumed, compared), head)

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
    star = star_in(session, day) or 0
    return Base(
        day,
        _whole(values, "beds.total"),
        people,
        named,
        {code: _care_price(book, code, day) for code in named},
        _whole(values, "staff.carers"),
        _whole(values, "staff.nurses"),
        star,
        _rates(session),
        covers,
        _held(session, records, star, day),
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


def _held(session: Session, records: Records, star: int, day: date) -> tuple[Held, ...]:
    """Return the conditions of the next grade, and those that assumptions could change.

    They are counted over their own months, else over this month; what cannot be counted
    is as the newest self-assessment says.
    """
    wanted = [
        each
        for each in conditions_in(session)
        if each.asked_of(star + 1)
        or (each.is_active and each.figure in {OCCUPANCY, *RATIOS})
    ]
    month = Period(month_of(day).start, day + DAY)
    said = _said(session, day)
    return tuple(
        Held(
            each,
            _value(records, each, month, day),
            said.get(each.condition_id or 0),
        )
        for each in wanted
    )


def _value(
    records: Records, condition: Condition, month: Period, day: date
) -> int | Fraction | None:
    if condition.figure not in definitions():
        return None
    asked = condition.figure, condition.period(month)
    return figures_of(records, [asked[0]], asked[1], day)[asked[0]].value


def _said(session: Session, day: date) -> dict[int, bool | None]:
    """Return what the newest self-assessment says of conditions by hand."""
    query = select(RatingSelfRow).order_by(RatingSelfRow.ends, RatingSelfRow.id)
    rows = session.scalars(query).all()
    if not rows:
        return {}
    return {
        each.condition.condition_id or 0: each.holds
        for each in verdicts_in(session, rows[-1], day)
        if not each.is_counted
    }


def _whole(values: Values, key: str) -> int:
    return int(values[key] or 0)
