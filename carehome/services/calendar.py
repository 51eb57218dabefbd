"""The home's calendar: days of work, of rest, and those that are paid three-fold.

The state tells each autumn which days of the next year are free and which weekends are
worked. `chinesecalendar` brings the years it knows; a home types what it does not know
yet, or what its place does otherwise, and that counts before all else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import chinese_calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.rosters import CalendarDayRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.holidays import Calendar, is_known, statutory_days
from carehome.rules.payroll import DayKind
from carehome.rules.periods import Period
from carehome.rules.rights import Right
from carehome.services.service import Service, needs
from carehome.services.workdays import is_working_day


class SetByLaw(Refusal):
    """The thirteen statutory holidays are not the home's to set."""

    text = N_(
        "Statutory holidays are set by law. Only other days can be counted as days of "
        "work or of rest."
    )


def calendar_in(session: Session, period: Period) -> Calendar:
    """Return the home's calendar for the days of `period`."""
    rows = session.scalars(
        select(CalendarDayRow).where(
            CalendarDayRow.day >= period.start, CalendarDayRow.day < period.end
        )
    )
    own = {row.day: row for row in rows}
    return calendar_of(
        period,
        {day: DayKind(row.kind) for day, row in own.items()},
        {day: row.name for day, row in own.items() if row.name},
    )


def calendar_of(
    period: Period, own: Mapping[date, DayKind], names: Mapping[date, str]
) -> Calendar:
    """Return a calendar: what the home typed, the law's holidays, the state's days.

    A statutory holiday stays one whatever else is told of the day.
    """
    years = {day.year for day in period}
    statutory = {
        day: name
        for year in years
        for day, name in statutory_days(year).items()
        if period.holds(day)
    }
    told = {day: _told(day) for day in period}
    typed = {day.year for day in own}
    return Calendar(
        {**told, **own, **dict.fromkeys(statutory, DayKind.STATUTORY)},
        {**names, **statutory},
        frozenset(
            year
            for year in years
            if not is_known(year) or not (_is_published(year) or year in typed)
        ),
    )


@dataclass(frozen=True, slots=True)
class HomeDay:
    """A day that is not what its day of the week says; `is_own` was typed here."""

    day: date
    kind: DayKind
    name: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class HomeYear:
    """The days of a year that are not as usual; `is_guessed` lacks what is not told."""

    days: tuple[HomeDay, ...]
    is_guessed: bool


class HomeCalendar(Service):
    """What one person can do with the home's calendar."""

    @needs(Right.SEE_ROSTER)
    def unusual(self, year: int) -> HomeYear:
        """List holidays, weekends that are worked, and what the home typed itself."""
        period = Period(date(year, 1, 1), date(year + 1, 1, 1))
        plain = Calendar()
        with self._reading() as session:
            calendar = calendar_in(session, period)
            typed = select(CalendarDayRow.day).where(
                CalendarDayRow.day >= period.start, CalendarDayRow.day < period.end
            )
            own = set(session.scalars(typed))
        days = (
            HomeDay(day, calendar(day), calendar.names.get(day, ""), day in own)
            for day in period
            if day in own or calendar(day) is not plain(day)
        )
        return HomeYear(tuple(days), year in calendar.guessed)

    @needs(Right.SEE_ROSTER)
    def year(self, day: date) -> Calendar:
        """Return the calendar of the year that holds `day`."""
        period = Period(date(day.year, 1, 1), date(day.year + 1, 1, 1))
        with self._reading() as session:
            return calendar_in(session, period)

    @needs(Right.CHANGE_ROSTER)
    def set_day(self, day: date, kind: DayKind, name: str = "") -> None:
        """Count a day as one of work or of rest, whatever else is told of it."""
        if kind is DayKind.STATUTORY or day in statutory_days(day.year):
            raise SetByLaw
        with self._writing() as session:
            row = session.scalar(
                select(CalendarDayRow).where(CalendarDayRow.day == day)
            )
            if row is None:
                row = CalendarDayRow(day=day)
                session.add(row)
            row.kind, row.name = kind.value, name.strip()

    @needs(Right.CHANGE_ROSTER)
    def clear_day(self, day: date) -> None:
        """Count a day again as the state tells it."""
        with self._writing() as session:
            row = session.scalar(
                select(CalendarDayRow).where(CalendarDayRow.day == day)
            )
            if row is not None:
                session.delete(row)


def _told(day: date) -> DayKind:
    return DayKind.WORK if is_working_day(day) else DayKind.REST


def _is_published(year: int) -> bool:
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
