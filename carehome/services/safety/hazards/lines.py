"""Hazards as they are read: the register, one file, a mark beside a finding."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from carehome.db.hazards import (
    HazardPictureRow,
    HazardRow,
    HazardRuleRow,
    HazardStepRow,
)
from carehome.rules.periods import Period
from carehome.rules.safety.hazards import (
    Hazard,
    HazardRules,
    Origin,
    Plan,
    Severity,
    Signed,
    Stage,
    State,
    StepKind,
    is_late,
    is_soon,
    press,
    stood_in,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of a hazard beside the finding that opened it."""

    hazard_id: int
    number: str
    state: State
    severity: Severity
    due_at: datetime
    is_late: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a hazard's history."""

    kind: StepKind
    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of a hazard, by the id under which it is kept."""

    picture_id: int
    stage: Stage


@dataclass(frozen=True, slots=True)
class HazardFile:
    """A hazard with all that was done about it and all that was photographed."""

    hazard: Hazard
    first_due_at: datetime
    steps: tuple[Step, ...]
    pictures: tuple[Shown, ...]


def rules_in(session: Session) -> HazardRules:
    """Return the home's deadlines, or the usual ones."""
    row = session.get(HazardRuleRow, 1)
    if row is None:
        return HazardRules()
    return HazardRules(
        row.major_hours,
        row.high_days,
        row.general_days,
        row.work_days,
        row.warn_hours,
    )


def hazards_in(session: Session, span: Period, now: datetime) -> list[Hazard]:
    """List what stood in the register on some day of `span`, by number."""
    query = select(HazardRow).order_by(HazardRow.year, HazardRow.serial)
    found = _read(session, query, now)
    return [
        each
        for each in found
        if stood_in(each.found_at, each.closed.at if each.closed else None, span)
    ]


def register_in(session: Session, now: datetime) -> list[Hazard]:
    """List the whole register: overdue ones, what else is open, then closed ones."""
    query = select(HazardRow).order_by(HazardRow.year.desc(), HazardRow.serial.desc())
    found = _read(session, query, now)
    is_open = [each for each in found if each.state is not State.CLOSED]
    closed = [each for each in found if each.state is State.CLOSED]
    return [*sorted(is_open, key=press), *closed]


def open_in(session: Session, now: datetime) -> list[Hazard]:
    """List what is not closed, what presses most first."""
    query = select(HazardRow).where(HazardRow.state != State.CLOSED.value)
    return sorted(_read(session, query.order_by(HazardRow.id), now), key=press)


def hazard_in(session: Session, row: HazardRow, now: datetime) -> Hazard:
    """Return one row of the register as a value."""
    return _hazard(row, now, rules_in(session))


def file_in(session: Session, hazard_id: int, now: datetime) -> HazardFile:
    """Return a hazard with its history and pictures."""
    row = session.get_one(HazardRow, hazard_id)
    steps = session.scalars(
        select(HazardStepRow)
        .where(HazardStepRow.hazard_id == hazard_id)
        .order_by(HazardStepRow.id)
    )
    pictures = session.scalars(
        select(HazardPictureRow)
        .where(HazardPictureRow.hazard_id == hazard_id)
        .order_by(HazardPictureRow.id)
    )
    return HazardFile(
        hazard_in(session, row, now),
        _local(row.first_due_at, now.tzinfo),
        tuple(
            Step(StepKind(each.kind), _local(each.at, now.tzinfo), each.by, each.text)
            for each in steps
        ),
        tuple(Shown(each.picture_id, Stage(each.stage)) for each in pictures),
    )


def photos_in(session: Session, hazard_ids: Collection[int]) -> dict[int, list[Shown]]:
    """Return which photos there are of hazards, in their order, by hazard."""
    query = select(HazardPictureRow).where(HazardPictureRow.hazard_id.in_(hazard_ids))
    found = defaultdict(list)
    for row in session.scalars(query.order_by(HazardPictureRow.id)):
        found[row.hazard_id].append(Shown(row.picture_id, Stage(row.stage)))
    return found


def marks_in(
    session: Session, hazard_ids: Collection[int], now: datetime
) -> dict[int, Mark]:
    """Return what is said of hazards elsewhere, by id."""
    query = select(HazardRow).where(HazardRow.id.in_(hazard_ids))
    return {each.hazard_id: _mark(each) for each in _read(session, query, now)}


def marks_of_in(
    session: Session, origin: Origin, origin_ids: Collection[int], now: datetime
) -> dict[int, list[Mark]]:
    """Return what is said of the hazards that things of one kind brought to light."""
    query = select(HazardRow).where(
        HazardRow.origin == origin.value, HazardRow.origin_id.in_(origin_ids)
    )
    found = defaultdict(list)
    for each in _read(session, query.order_by(HazardRow.id), now):
        assert each.origin_id is not None  # it was asked for by it
        found[each.origin_id].append(_mark(each))
    return dict(found)


def _read(session: Session, query: Select[HazardRow], now: datetime) -> list[Hazard]:
    rules = rules_in(session)
    rows: Iterable[HazardRow] = session.scalars(query)
    return [_hazard(row, now, rules) for row in rows]


def _hazard(row: HazardRow, now: datetime, rules: HazardRules) -> Hazard:
    zone, state = now.tzinfo, State(row.state)
    plan = Plan(
        Severity(row.severity),
        row.measure,
        row.responsible_id,
        row.responsible,
        _local(row.due_at, zone),
    )
    return Hazard(
        row.id,
        number_of(row),
        state,
        Origin(row.origin),
        row.origin_id,
        row.source,
        row.item,
        row.place,
        _local(row.found_at, zone),
        row.found_by,
        plan,
        _signed(
            (row.rectified_at, row.rectified_by, row.rectified_account),
            row.rectified_note,
            zone,
        ),
        _signed(
            (row.checked_at, row.checked_by, row.checked_account),
            row.checked_note,
            zone,
        ),
        _signed(
            (row.closed_at, row.closed_by, row.closed_account), row.closed_note, zone
        ),
        is_late(state, plan.due_at, now),
        is_soon(state, plan.due_at, now, rules),
    )


def number_of(row: HazardRow) -> str:
    """Return the number as people call it, such as 2026-0012."""
    return f"{row.year}-{row.serial:04d}"


def _mark(hazard: Hazard) -> Mark:
    return Mark(
        hazard.hazard_id,
        hazard.number,
        hazard.state,
        hazard.severity,
        hazard.due_at,
        hazard.is_late,
    )


def _signed(
    who: tuple[datetime | None, str, int | None], note: str, zone: tzinfo | None
) -> Signed | None:
    at, name, account_id = who
    if at is None or account_id is None:
        return None
    return Signed(_local(at, zone), name, account_id, note)


def _local(moment: datetime, zone: tzinfo | None) -> datetime:
    """Return a kept moment in the zone that the clock of the home shows."""
    return moment.replace(tzinfo=UTC).astimezone(zone)
