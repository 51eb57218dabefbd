"""What payroll counts, read from rosters, staff files and the home's calendar."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.rosters import RosterCellRow, RosterRow
from carehome.db.shifts import ShiftKindRow
from carehome.db.units import UnitRow
from carehome.rules.payroll import (
    Time,
    Turn,
    hours,
    period_of,
    premium,
    rate_of_hour,
    rate_of_month,
)
from carehome.rules.periods import DAY, Period, month_of, months_after
from carehome.rules.staff import Leave, StaffFacts
from carehome.services.calendar import calendar_in
from carehome.services.payroll.values import PaidLine, PayrollMonth
from carehome.services.staff.facts import posts_in, staff_facts
from carehome.services.staff.pay import PayLine, pay_on_in

Turns = Mapping[int, list[Turn]]


def month_in(session: Session, first: date, with_money: bool) -> PayrollMonth:
    """Return the hours of everybody who works here in a month."""
    month = month_of(first)
    people = staff_facts(session, month)
    start = min(
        (period_of(facts.scheme, first).start for facts in people), default=first
    )
    span = Period(start, month.end)
    calendar = calendar_in(session, Period(start - DAY, _end(people, first) + DAY))
    turns = _turns_in(session, Period(start - DAY, month.end))
    states = _states_in(session, span)
    last = (month.end or first) - DAY
    paid = pay_on_in(session, last) if with_money else {}
    known = _known_in(session, people, span)
    units = dict(session.execute(select(UnitRow.id, UnitRow.name)).all())
    posts = posts_in(session)
    lines = []
    for facts in known:
        found = hours(_time(facts, turns, span), first, calendar)
        post = posts.get(facts.main_post or 0)
        rate = _rate(paid.get(facts.staff_id))
        lines.append(
            PaidLine(
                facts.staff_id,
                facts.name,
                units.get(facts.unit_id or 0, ""),
                post.name if post else "",
                facts.scheme,
                found,
                premium(found, rate) if rate is not None else None,
            )
        )
    months = list(_months(span))
    return PayrollMonth(
        first,
        tuple(lines),
        tuple(each for each in months if states.get(each) == "draft"),
        tuple(each for each in months if each not in states),
        tuple(sorted(calendar.guessed)),
        with_money,
    )


def _end(people: list[StaffFacts], first: date) -> date:
    """Return when the last of everybody's periods ends."""
    ends = (period_of(facts.scheme, first).end or first for facts in people)
    return max(ends, default=months_after(first, 1))


def _known_in(
    session: Session, people: list[StaffFacts], span: Period
) -> list[StaffFacts]:
    """Return the same people with their leave and training of the whole period."""
    here = {facts.staff_id for facts in people}
    return [each for each in staff_facts(session, span) if each.staff_id in here]


def _months(span: Period) -> Iterator[date]:
    first = span.start
    while first < (span.end or first):
        yield first
        first = months_after(first, 1)


def _time(facts: StaffFacts, turns: Turns, span: Period) -> Time:
    """Return what is known of a person; time off for overtime is a day off."""
    away = {
        day
        for day in span
        if facts.away(day) not in (None, Leave.COMPENSATION) or facts.in_training(day)
    }
    protected = {day for day in span if facts.protected(day)}
    return Time(
        facts.scheme,
        turns.get(facts.staff_id, []),
        facts.employed,
        frozenset(away),
        frozenset(protected),
    )


def _rate(line: PayLine | None) -> Fraction | None:
    if line is None:
        return None
    return (rate_of_hour if line.basis == "hour" else rate_of_month)(line.fen)


def _turns_in(session: Session, span: Period) -> Turns:
    query = (
        select(RosterCellRow.staff_id, RosterCellRow.day, ShiftKindRow)
        .join(ShiftKindRow, ShiftKindRow.id == RosterCellRow.shift_id)
        .where(RosterCellRow.day >= span.start, RosterCellRow.day < span.end)
        .order_by(RosterCellRow.day)
    )
    turns: dict[int, list[Turn]] = defaultdict(list)
    for staff_id, day, kind in session.execute(query):
        turn = Turn(day, kind.starts, kind.span, kind.minutes, kind.name)
        turns[staff_id].append(turn)
    return turns


def _states_in(session: Session, span: Period) -> dict[date, str]:
    query = select(RosterRow.month, RosterRow.state).where(
        RosterRow.month >= span.start, RosterRow.month < span.end
    )
    return dict(session.execute(query).all())
