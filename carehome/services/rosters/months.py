"""The roster of a month as it stands in the database, with all that decides on it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from carehome.db.rosters import RosterCellRow, RosterRow, RosterWishRow
from carehome.db.units import UnitRow
from carehome.rules.holidays import Calendar, statutory_days
from carehome.rules.periods import Period, month_of, months_after
from carehome.rules.rosters import build
from carehome.rules.rosters.build import KNOWN_BEFORE
from carehome.rules.rosters.ledger import Tally
from carehome.rules.rosters.problem import OFF, Cell, Problem, Roster, Wish
from carehome.rules.staff import Away, StaffFacts
from carehome.services.calendar import calendar_in
from carehome.services.rosters.weights import weights_in
from carehome.services.shifts import ShiftKind, demands_of, shift_kinds_in
from carehome.services.staff.facts import kinds_in, posts_in, staff_facts

YEAR = 12  # months that the ledger looks back


@dataclass(frozen=True, slots=True)
class RosterMonth:
    """A month: the problem, the roster as it stands, its state, the year behind it.

    `state` is empty where nobody has begun a roster. `year` counts nights, weekend
    days and holidays of the twelve months before, by published rosters.
    """

    first: date
    problem: Problem
    roster: Roster
    kinds: tuple[ShiftKind, ...] = ()
    calendar: Calendar = field(default_factory=Calendar)
    year: Mapping[str, Tally] = field(default_factory=dict)
    staff: tuple[StaffFacts, ...] = ()
    posts: Mapping[int, str] = field(default_factory=dict)
    roster_id: int | None = None
    state: str = ""
    made_at: datetime | None = None
    made_by: str = ""
    published_at: datetime | None = None
    published_by: str = ""

    @property
    def is_published(self) -> bool:
        """Say whether people go by this roster already."""
        return self.state == "published"


@dataclass(frozen=True, slots=True)
class _Written:
    """What stands in the cells of some days."""

    codes: Mapping[tuple[int, date], str]
    units: Mapping[tuple[int, date], str]
    locked: frozenset[tuple[int, date]]


def month_in(session: Session, first: date) -> RosterMonth | None:
    """Return the month if somebody has begun its roster."""
    row = roster_in(session, first)
    return _month(session, first, row) if row is not None else None


def any_month_in(session: Session, first: date) -> RosterMonth:
    """Return the month, empty where nobody has begun its roster."""
    return _month(session, first, roster_in(session, first))


def problem_with_leave(
    session: Session, first: date, staff_id: int, leave: Away
) -> Problem:
    """Return what a month would ask for if somebody were on leave besides."""
    row = roster_in(session, first)
    return _month(session, first, row, {staff_id: leave}).problem


def roster_in(session: Session, first: date) -> RosterRow | None:
    """Return the row of a month's roster."""
    return session.scalar(select(RosterRow).where(RosterRow.month == first))


def _month(
    session: Session,
    first: date,
    row: RosterRow | None,
    leaves: Mapping[int, Away] | None = None,
) -> RosterMonth:
    period = month_of(first)
    kinds = tuple(shift_kinds_in(session))
    codes = {kind.kind_id: kind.shift.code for kind in kinds}
    posts, certificates = posts_in(session), kinds_in(session)
    staff = _with_leaves(staff_facts(session, period), leaves or {})
    calendar = calendar_in(session, period)
    written = _written_in(session, first - timedelta(days=KNOWN_BEFORE), period, codes)
    standing = set(written.codes.values())
    worked = [kind for kind in kinds if kind.is_active or kind.shift.code in standing]
    nights = [kind.kind_id for kind in kinds if kind.shift.is_night]
    year = year_in(session, first, nights)
    known = _months_known_in(session, months_after(first, -1))
    problem = build.build(
        build.Month(
            first,
            period.days,
            tuple(build.Kind(kind.shift, kind.post_id) for kind in worked),
            staff,
            posts,
            {number: kind.name for number, kind in certificates.items()},
            _unit_names_in(session),
            tuple(demands_of(session, period)),
            tuple(_wishes_in(session, period, codes)),
            _locked(first, written),
            _before(first, staff, written) if known else {},
            year,
            calendar,
            weights_in(session),
        )
    )
    return RosterMonth(
        first,
        problem,
        _roster(problem, written),
        kinds,
        calendar,
        year,
        tuple(staff),
        {number: post.name for number, post in posts.items()},
        row.id if row else None,
        row.state if row else "",
        row.made_at if row else None,
        row.made_by if row else "",
        row.published_at if row else None,
        row.published_by if row else "",
    )


def _with_leaves(
    staff: Iterable[StaffFacts], leaves: Mapping[int, Away]
) -> list[StaffFacts]:
    """Return the same people, some of them with a leave that is not granted yet."""
    return [
        replace(facts, leaves=(*facts.leaves, leaves[facts.staff_id]))
        if facts.staff_id in leaves
        else facts
        for facts in staff
    ]


def _written_in(
    session: Session, start: date, period: Period, codes: Mapping[int, str]
) -> _Written:
    rows = session.execute(
        select(
            RosterCellRow.staff_id,
            RosterCellRow.day,
            RosterCellRow.shift_id,
            RosterCellRow.unit_id,
            RosterCellRow.is_locked,
        ).where(RosterCellRow.day >= start, RosterCellRow.day < period.end)
    ).all()
    return _Written(
        {
            (staff_id, day): codes[shift_id]
            for staff_id, day, shift_id, _, _ in rows
            if shift_id is not None
        },
        {
            (staff, day): str(unit)
            for staff, day, _, unit, _ in rows
            if unit is not None
        },
        frozenset((staff, day) for staff, day, _, _, locked in rows if locked),
    )


def _roster(problem: Problem, written: _Written) -> Roster:
    """Return the roster of those whom the problem is about."""
    dates = [problem.date_of(day) for day in range(problem.days)]
    numbers = {day: number for number, day in enumerate(dates)}
    keys = [person.key for person in problem.people]
    return Roster(
        {
            key: tuple(written.codes.get((int(key), day), OFF) for day in dates)
            for key in keys
        },
        {
            (str(staff_id), numbers[day]): unit
            for (staff_id, day), unit in written.units.items()
            if day in numbers and str(staff_id) in keys
        },
    )


def _locked(first: date, written: _Written) -> dict[Cell, str]:
    return {
        (str(staff_id), (day - first).days): written.codes.get((staff_id, day), OFF)
        for staff_id, day in written.locked
        if day >= first
    }


def _before(
    first: date, staff: Iterable[StaffFacts], written: _Written
) -> dict[str, tuple[str, ...]]:
    """Return the last days of the month before, of those who were here then."""
    days = [first - timedelta(days=back) for back in range(KNOWN_BEFORE, 0, -1)]
    return {
        str(facts.staff_id): tuple(
            written.codes.get((facts.staff_id, day), OFF)
            for day in days
            if facts.works_here(day)
        )
        for facts in staff
    }


def _months_known_in(session: Session, month: date) -> bool:
    """Say whether the roster of a month was made with this program."""
    return roster_in(session, month) is not None


def _unit_names_in(session: Session) -> dict[str, str]:
    rows = session.scalars(select(UnitRow).order_by(UnitRow.position, UnitRow.id))
    return {str(row.id): row.name for row in rows}


def _wishes_in(
    session: Session, period: Period, codes: Mapping[int, str]
) -> Iterable[Wish]:
    rows = session.scalars(
        select(RosterWishRow)
        .where(RosterWishRow.day >= period.start, RosterWishRow.day < period.end)
        .order_by(RosterWishRow.day, RosterWishRow.id)
    )
    for row in rows:
        code = codes.get(row.shift_id) if row.shift_id is not None else None
        if row.shift_id is not None and code is None:
            continue  # the kind of shift is not worked any more
        yield Wish(
            str(row.staff_id),
            (row.day - period.start).days,
            frozenset({code} if code else ()),
            row.kind == "on",
            row.weight,
        )


def year_in(session: Session, first: date, nights: Iterable[int]) -> dict[str, Tally]:
    """Count what each had in the published rosters of the twelve months before."""
    period = Period(months_after(first, -YEAR), first)
    years = {period.start.year, first.year}
    holidays = [
        day
        for year in sorted(years)
        for day in statutory_days(year)
        if period.holds(day)
    ]
    weekday = func.strftime("%w", RosterCellRow.day)
    rows = session.execute(
        select(
            RosterCellRow.staff_id,
            func.count(),
            _count(RosterCellRow.shift_id.in_(tuple(nights))),
            _count(weekday.in_(("0", "6"))),
            _count(RosterCellRow.day.in_(holidays)),
        )
        .join(RosterRow, RosterRow.id == RosterCellRow.roster_id)
        .where(
            RosterRow.state == "published",
            RosterRow.month >= period.start,
            RosterRow.month < first,
            RosterCellRow.shift_id.is_not(None),
        )
        .group_by(RosterCellRow.staff_id)
    ).all()
    here = _days_here_in(session, period)
    return {
        str(staff_id): Tally(here[staff_id], shifts, at_night, weekends, on_holidays)
        for staff_id, shifts, at_night, weekends, on_holidays in rows
    }


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Count the rows of which something is true."""
    return func.sum(case((condition, 1), else_=0))


def _days_here_in(session: Session, period: Period) -> dict[int, int]:
    """Count the days of published months on which each was here and not on leave."""
    months = session.scalars(
        select(RosterRow.month).where(
            RosterRow.state == "published",
            RosterRow.month >= period.start,
            RosterRow.month < period.end,
        )
    ).all()
    spans = [month_of(month) for month in months]
    here: dict[int, int] = defaultdict(int)
    for facts in staff_facts(session, period):
        for span in spans:
            here[facts.staff_id] += facts.employed.days_within(span)
            here[facts.staff_id] -= sum(
                away.period.days_within(span) for away in facts.leaves
            )
    return here
