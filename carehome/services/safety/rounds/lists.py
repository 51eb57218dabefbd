"""Reading rounds: the lines of lists with their marks, and what was due beside them.

A year takes as many queries as a day.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from carehome.db.checklists import FormRow, FormVersionRow, SafetyPlaceRow
from carehome.db.rounds import SafetyRoundRow
from carehome.rules.periods import DAY, Period
from carehome.rules.safety import rounds as rules
from carehome.rules.safety.dues import Due, dues
from carehome.rules.safety.plan import Planned
from carehome.rules.safety.rounds import Made, Mark, RoundState, Standing
from carehome.services.safety.plan import plans_in
from carehome.services.safety.rounds.values import (
    Board,
    DueLine,
    RoundLine,
    RoundList,
)

AHEAD = timedelta(hours=12)
MISSED_DAYS = 7  # that the board looks back for what was missed
UNSIGNED_DAYS = 31  # and for what has still to be signed
_MADE = (RoundState.FINISHED.value, RoundState.VOID.value)

Found = tuple[SafetyRoundRow, str, str, int, str]


def board_in(session: Session, now: datetime) -> Board:
    """Return what the plan asks for around `now`, and what is left to be done."""
    lines = slots_in(session, now - MISSED_DAYS * DAY, now + AHEAD, now)
    recent = Period(now.date() - UNSIGNED_DAYS * DAY, now.date() + DAY)
    return Board(
        now,
        _those(lines, Standing.DUE),
        _those(lines, Standing.COMING),
        _those(lines, Standing.MISSED),
        tuple(open_rounds_in(session)),
        tuple(line for line in rounds_in(session, recent) if line.is_to_be_signed),
    )


def list_in(session: Session, period: Period, now: datetime) -> RoundList:
    """Return the rounds of some days and what was missed in them."""
    lines = due_in(session, period, now)
    made = len(_those(lines, Standing.MADE))
    made_late = len(_those(lines, Standing.MADE_LATE))
    missed = _those(lines, Standing.MISSED)
    due = made + made_late + len(missed)
    return RoundList(tuple(rounds_in(session, period)), missed, due, made, made_late)


def due_in(session: Session, period: Period, now: datetime) -> list[DueLine]:
    """Return everything whose window closes within some days: each is told once."""
    since, until = moments(period)
    lines = slots_in(session, since, until, now)
    return [line for line in lines if since < line.due.closes <= until]


def missed_in(session: Session, period: Period, now: datetime) -> tuple[DueLine, ...]:
    """Return the rounds whose time ran out within some days without being made."""
    return _those(due_in(session, period, now), Standing.MISSED)


def slots_in(
    session: Session, since: datetime, until: datetime, now: datetime
) -> list[DueLine]:
    """Return all that is due from `since` up to `until`, and how it stands at `now`."""
    plans = {each.plan_id: each for each in _plans_in(session, since, until)}
    due = dues(plans.values(), since, until)
    answering = _answering_in(session, due)
    made = [_made(row) for row in answering.values() if row.state in _MADE]
    forms = {row.id: row for row in session.scalars(select(FormRow))}
    places = {row.id: row.name for row in session.scalars(select(SafetyPlaceRow))}
    lines = []
    for slot in rules.slots(due, made, now):
        planned = plans[slot.due.plan_id]
        row = answering.get((slot.due.plan_id, slot.due.opens))
        form = forms[planned.form_id]
        lines.append(
            DueLine(
                slot.due,
                slot.standing,
                form.name,
                form.kind,
                places[planned.place_id],
                planned.role,
                row.id if row else None,
            )
        )
    return lines


def rounds_in(session: Session, period: Period) -> list[RoundLine]:
    """Return the rounds made on some days, void ones too, the last one first."""
    since, until = moments(period)
    begun = (SafetyRoundRow.started_at >= since, SafetyRoundRow.started_at < until)
    found = _found_in(session, *begun, SafetyRoundRow.state.in_(_MADE))
    made = [_made(row) for row, *_more in found if row.state == RoundState.FINISHED]
    plans = {each.plan_id or 0: each for each in _plans_in(session, since, until)}
    before = _perfect_before_in(session, since)
    marks = rules.marks(made, plans, before)
    lines = [_line(each, marks) for each in found]
    return sorted(
        lines, key=lambda line: (line.started_at, line.round_id), reverse=True
    )


def open_rounds_in(session: Session) -> list[RoundLine]:
    """Return the rounds that nobody has finished, the oldest first."""
    found = _found_in(session, SafetyRoundRow.state == RoundState.OPEN.value)
    return [_line(each, {}) for each in found]


def line_in(session: Session, row: SafetyRoundRow) -> RoundLine:
    """Return one round as a line, with the marks it bears among those of its days."""
    if row.started_at is not None:
        day = row.started_at.date()
        around = rounds_in(session, Period(day - DAY, day + DAY))
        return next(line for line in around if line.round_id == row.id)
    return _line(_found_in(session, SafetyRoundRow.id == row.id)[0], {})


def moments(period: Period) -> tuple[datetime, datetime]:
    """Return the first moment of some days, and that of the day after them."""
    end = period.end or date.max
    return datetime.combine(period.start, time.min), datetime.combine(end, time.min)


def _those(lines: Iterable[DueLine], standing: Standing) -> tuple[DueLine, ...]:
    return tuple(line for line in lines if line.standing is standing)


def _plans_in(session: Session, since: datetime, until: datetime) -> list[Planned]:
    # The night before, and a month that ends here, began under their own plan.
    return plans_in(session, Period(since.date() - DAY, until.date() + DAY))


def _found_in(session: Session, *conditions: ColumnElement[bool]) -> list[Found]:
    query = (
        select(
            SafetyRoundRow,
            FormRow.name,
            FormRow.kind,
            FormVersionRow.size,
            SafetyPlaceRow.name,
        )
        .join(FormVersionRow, FormVersionRow.id == SafetyRoundRow.form_version_id)
        .join(FormRow, FormRow.id == FormVersionRow.form_id)
        .join(SafetyPlaceRow, SafetyPlaceRow.id == SafetyRoundRow.place_id)
        .order_by(SafetyRoundRow.id)
    )
    rows = session.execute(query.where(*conditions))
    return [(row, form, kind, size, place) for row, form, kind, size, place in rows]


def _answering_in(
    session: Session, due: Iterable[Due]
) -> dict[tuple[int, datetime], SafetyRoundRow]:
    """Return the round of each window: the database lets there be one at most."""
    opens = [each.opens for each in due]
    if not opens:
        return {}
    query = select(SafetyRoundRow).where(
        SafetyRoundRow.due_from.between(min(opens), max(opens)),
        SafetyRoundRow.state != RoundState.VOID.value,
    )
    return {
        (row.plan_id, row.due_from): row
        for row in session.scalars(query)
        if row.plan_id is not None and row.due_from is not None
    }


def _perfect_before_in(session: Session, since: datetime) -> dict[int, int]:
    """Count for each plan the rounds in a row before `since` without any finding."""
    made = (
        SafetyRoundRow.state == RoundState.FINISHED.value,
        SafetyRoundRow.plan_id.is_not(None),
        SafetyRoundRow.started_at < since,
    )
    last = (
        select(SafetyRoundRow.plan_id, func.max(SafetyRoundRow.started_at).label("at"))
        .where(*made, SafetyRoundRow.failed > 0)
        .group_by(SafetyRoundRow.plan_id)
        .subquery()
    )
    query = (
        select(SafetyRoundRow.plan_id, func.count())
        .outerjoin(last, last.c.plan_id == SafetyRoundRow.plan_id)
        .where(*made, last.c.at.is_(None) | (SafetyRoundRow.started_at > last.c.at))
        .group_by(SafetyRoundRow.plan_id)
    )
    return {plan_id or 0: count for plan_id, count in session.execute(query)}


def _due_of(row: SafetyRoundRow) -> Due | None:
    if row.plan_id is None or row.due_from is None or row.due_until is None:
        return None
    return Due(row.due_from, row.due_until, row.plan_id)


def _made(row: SafetyRoundRow) -> Made:
    assert row.started_at, "a finished round has its times"
    assert row.ended_at, "a finished round has its times"
    assert row.entered_at, "a finished round has its times"
    return Made(
        row.id,
        row.plan_id,
        _due_of(row),
        row.started_at,
        row.ended_at,
        row.opened_at,
        row.entered_at,
        row.answers,
        row.failed,
        row.first_answer_at,
        row.last_answer_at,
    )


def _line(found: Found, marks: Mapping[int, tuple[Mark, ...]]) -> RoundLine:
    row, form, kind, size, place = found
    return RoundLine(
        row.id,
        RoundState(row.state),
        form,
        kind,
        place,
        _due_of(row),
        row.opened_at,
        row.started_at,
        row.ended_at,
        row.entered_at,
        row.patroller,
        row.supervisor,
        row.signed_at,
        size,
        row.failed,
        row.note,
        row.void_reason,
        marks.get(row.id, ()),
    )
