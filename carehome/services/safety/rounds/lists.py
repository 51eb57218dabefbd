"""Reading rounds: the lines of lists with their marks, and what was due beside them.

A year takes as many queries as a day.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from carehome.db.checklists import FormRow, FormVersionRow, SafetyPlaceRow
from carehome.db.rounds import RoundRuleRow, SafetyRoundRow
from carehome.rules.periods import DAY, Period
from carehome.rules.safety import rounds as rules
from carehome.rules.safety.dues import Due, begun_before, dues
from carehome.rules.safety.plan import Planned
from carehome.rules.safety.rounds import (
    Answering,
    Limits,
    Made,
    RoundState,
    Standing,
)
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
_ROUND = SafetyRoundRow.__table__.c
_STATES = {state.value: state for state in RoundState}
Found = Row[*tuple[Any, ...]]  # the columns below, in the order of what is made of them
_OF_A_LINE = (
    _ROUND.id,
    _ROUND.state,
    FormRow.name,
    FormRow.kind,
    SafetyPlaceRow.name,
    _ROUND.opened_at,
    _ROUND.started_at,
    _ROUND.ended_at,
    _ROUND.entered_at,
    _ROUND.patroller,
    _ROUND.supervisor,
    _ROUND.signed_at,
    FormVersionRow.size,
    _ROUND.failed,
    _ROUND.note,
    _ROUND.void_reason,
    _ROUND.printed_at,
)
_OF_ITS_WINDOW = (_ROUND.plan_id, _ROUND.due_from, _ROUND.due_until)
_OF_ITS_ANSWERS = (_ROUND.answers, _ROUND.first_answer_at, _ROUND.last_answer_at)
_WIDE = len(_OF_A_LINE)


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
    forms = {row.id: row for row in session.scalars(select(FormRow))}
    places = {row.id: row.name for row in session.scalars(select(SafetyPlaceRow))}
    lines = []
    answering = _made_before_in(session, due, plans)
    answering |= _answering_in(session, due)  # what was made for the window itself
    for slot in rules.slots(due, answering, now):
        planned = plans[slot.due.plan_id]
        form = forms[planned.form_id]
        lines.append(
            DueLine(
                slot.due,
                slot.standing,
                form.name,
                form.kind,
                places[planned.place_id],
                planned.role,
                slot.round_id,
                slot.is_printed,
            )
        )
    return lines


def rounds_in(session: Session, period: Period) -> list[RoundLine]:
    """Return the rounds made on some days, void ones too, the last one first."""
    since, until = moments(period)
    found = _found_in(session, _ROUND.started_at >= since, _ROUND.started_at < until)
    lines = list(map(_line, found))
    made = [
        _made(line, each)
        for line, each in zip(lines, found, strict=True)
        if line.state is RoundState.FINISHED
    ]
    plans = {each.plan_id or 0: each for each in _plans_in(session, since, until)}
    before = _perfect_before_in(session, since)
    marks = rules.marks(made, plans, before, limits_in(session))
    for at, line in enumerate(lines):
        if line.round_id in marks:
            lines[at] = line._replace(marks=marks[line.round_id])
    lines.sort(key=lambda line: (line.started_at, line.round_id), reverse=True)
    return lines


def open_rounds_in(session: Session) -> list[RoundLine]:
    """Return the rounds that nobody has finished, the oldest first."""
    found = _found_in(session, _ROUND.state == RoundState.OPEN.value)
    return list(map(_line, found))


def line_in(session: Session, round_id: int) -> RoundLine:
    """Return one round as a line, with the marks it bears among those of its days."""
    (found,) = _found_in(session, _ROUND.id == round_id)
    line = _line(found)
    if line.started_at is None:
        return line
    day = line.started_at.date()
    around = rounds_in(session, Period(day - DAY, day + DAY))
    return next(each for each in around if each.round_id == round_id)


def limits_in(session: Session) -> Limits:
    """Return what counts as odd in this home, or the usual."""
    row = session.get(RoundRuleRow, 1)
    if row is None:
        return rules.LIMITS
    return Limits(**{name: getattr(row, name) for name in Limits.__dataclass_fields__})


def moments(period: Period) -> tuple[datetime, datetime]:
    """Return the first moment of some days, and that of the day after them."""
    end = period.end or date.max
    return datetime.combine(period.start, time.min), datetime.combine(end, time.min)


def _those(lines: Iterable[DueLine], standing: Standing) -> tuple[DueLine, ...]:
    return tuple(line for line in lines if line.standing is standing)


def _plans_in(session: Session, since: datetime, until: datetime) -> list[Planned]:
    # The night before, and a month that ends here, began under their own plan.
    return plans_in(session, Period(since.date() - DAY, until.date() + DAY))


def _found_in(session: Session, *conditions: ColumnElement[bool]) -> Sequence[Found]:
    """Return columns and no records: of a year there are thousands."""
    query = (
        select(*_OF_A_LINE, *_OF_ITS_WINDOW, *_OF_ITS_ANSWERS)
        .join(FormVersionRow, FormVersionRow.id == _ROUND.form_version_id)
        .join(FormRow, FormRow.id == FormVersionRow.form_id)
        .join(SafetyPlaceRow, SafetyPlaceRow.id == _ROUND.place_id)
        .order_by(_ROUND.id)
    )
    return session.execute(query.where(*conditions)).all()


def _answering_in(
    session: Session, due: Sequence[Due]
) -> dict[tuple[int, datetime], Answering]:
    """Return the round of each window: the database lets there be one at most."""
    if not due:
        return {}
    columns = _ROUND.plan_id, _ROUND.due_from, _ROUND.id, _ROUND.ended_at
    query = select(*columns, _ROUND.printed_at).where(
        _ROUND.due_from.between(due[0].opens, due[-1].opens),
        _ROUND.state != RoundState.VOID.value,
    )
    return {
        (plan_id, opens): Answering(round_id, ended, printed is not None)
        for plan_id, opens, round_id, ended, printed in session.execute(query)
    }


def _made_before_in(
    session: Session, due: Sequence[Due], plans: Mapping[int | None, Planned]
) -> dict[tuple[int, datetime], Answering]:
    """Return the rounds made in the month of a window before its plan was changed.

    The plan before it asked for the same form at the same place in the same week,
    month or year; asking twice would make one of them missed.
    """
    cut = [
        (each, plans[each.plan_id], begun)
        for each in due
        if (begun := begun_before(plans[each.plan_id], each))
    ]
    if not cut:
        return {}
    columns = FormVersionRow.form_id, _ROUND.place_id, _ROUND.due_from
    query = (
        select(*columns, _ROUND.id, _ROUND.ended_at)
        .join(FormVersionRow, FormVersionRow.id == _ROUND.form_version_id)
        .where(
            _ROUND.state == RoundState.FINISHED.value,
            _ROUND.due_from >= min(begun for _each, _planned, begun in cut),
            _ROUND.due_from < max(each.opens for each, _planned, _begun in cut),
        )
    )
    made = session.execute(query).all()
    return {
        (each.plan_id, each.opens): Answering(round_id, ended)
        for form_id, place_id, since, round_id, ended in made
        for each, planned, begun in cut
        if (form_id, place_id) == (planned.form_id, planned.place_id)
        and begun <= since < datetime.combine(planned.starts, time.min)
    }


def _perfect_before_in(session: Session, since: datetime) -> dict[int, int]:
    """Count for each plan the rounds in a row before `since` without any finding."""
    made = (
        _ROUND.state == RoundState.FINISHED.value,
        _ROUND.plan_id.is_not(None),
        _ROUND.started_at < since,
    )
    last = (
        select(_ROUND.plan_id, func.max(_ROUND.started_at).label("at"))
        .where(*made, _ROUND.failed > 0)
        .group_by(_ROUND.plan_id)
        .subquery()
    )
    query = (
        select(_ROUND.plan_id, func.count())
        .outerjoin(last, last.c.plan_id == _ROUND.plan_id)
        .where(*made, last.c.at.is_(None) | (_ROUND.started_at > last.c.at))
        .group_by(_ROUND.plan_id)
    )
    return {plan_id or 0: count for plan_id, count in session.execute(query)}


def _line(found: Found) -> RoundLine:
    """Return a round as a line without its marks."""
    round_id, state, *more = found[:_WIDE]
    plan_id, opens, closes = found[_WIDE : _WIDE + len(_OF_ITS_WINDOW)]
    due = None if plan_id is None else Due(opens, closes, plan_id)
    return RoundLine(round_id, _STATES[state], due, *more)


def _made(line: RoundLine, found: Found) -> Made:
    """Return what the marks of a finished round are told by."""
    return Made(
        line.round_id,
        line.due.plan_id if line.due else None,
        line.due,
        line.started_at or line.opened_at,
        line.ended_at or line.opened_at,
        line.opened_at,
        line.entered_at or line.opened_at,
        line.failed,
        *found[-len(_OF_ITS_ANSWERS) :],
    )
