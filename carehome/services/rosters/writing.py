"""Writing cells of a roster: freely while it is a draft, with a reason afterwards."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.rosters import RosterCellRow, RosterChangeRow, RosterRow
from carehome.db.shifts import ShiftKindRow
from carehome.db.staff import StaffMemberRow
from carehome.db.units import UnitRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.periods import month_of
from carehome.rules.rights import User
from carehome.rules.rosters.problem import OFF, Cell
from carehome.services.rosters.months import roster_in


class ReasonMissing(Refusal):
    """People go by a published roster: who changes it says why."""

    text = N_("This roster is published. Say why it is changed.")


class UnknownShift(Refusal):
    """A cell was to hold something that is no shift."""

    text = N_("“{code}” is not a shift of the home.")


class UnknownUnit(Refusal):
    """A cell was to lie in a unit that is not there."""

    text = N_("There is no such unit any more. Open the roster anew.")


class UnknownPerson(Refusal):
    """A cell was to belong to nobody."""

    text = N_("Somebody of this roster is not in the staff list any more.")


class OutsideMonth(Refusal):
    """A cell was to lie outside of the roster's month."""

    text = N_("A day lies outside of this roster's month.")


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands in a cell; `unit` only where somebody works outside their own."""

    code: str = OFF
    unit: str = ""
    locked: bool = False


@dataclass(frozen=True, slots=True)
class _Target:
    """What a cell is to hold, in the numbers of the database."""

    staff_id: int
    day: date
    shift_id: int | None
    unit_id: int | None
    is_locked: bool


def begin_in(session: Session, first: date, user: User, now: datetime) -> RosterRow:
    """Return the roster of a month, a new draft where there is none."""
    row = roster_in(session, first)
    if row is None:
        row = RosterRow(month=first, made_at=now, made_by=user.name)
        session.add(row)
        session.flush()
    return row


def put_in(
    session: Session,
    first: date,
    cells: Mapping[Cell, Mark],
    user: User,
    now: datetime,
    reason: str = "",
) -> int:
    """Let cells of a month hold what is given; return how many of them changed.

    Of a published roster each change is told first: the database takes no other.
    """
    row = begin_in(session, first, user, now)
    known = _cells_in(session, row)
    wanted = [
        target
        for target in _targets(session, first, cells)
        if target != _held(known.get((target.staff_id, target.day)), target)
    ]
    if row.state == "published":
        _tell(session, row, known, wanted, user, now, reason)
    for target in wanted:
        _write(session, row, known.get((target.staff_id, target.day)), target)
    session.flush()
    return len(wanted)


def _cells_in(
    session: Session, row: RosterRow
) -> dict[tuple[int, date], RosterCellRow]:
    rows = session.scalars(
        select(RosterCellRow).where(RosterCellRow.roster_id == row.id)
    )
    return {(cell.staff_id, cell.day): cell for cell in rows}


def _held(row: RosterCellRow | None, of: _Target) -> _Target:
    """Return what a cell holds now; what has no row is a day off."""
    if row is None:
        return _Target(of.staff_id, of.day, None, None, is_locked=False)
    return _Target(row.staff_id, row.day, row.shift_id, row.unit_id, row.is_locked)


def _tell(
    session: Session,
    row: RosterRow,
    known: Mapping[tuple[int, date], RosterCellRow],
    wanted: Iterable[_Target],
    user: User,
    now: datetime,
    reason: str,
) -> None:
    """Log what changes in a published roster; a lock alone needs no reason."""
    for target in wanted:
        held = _held(known.get((target.staff_id, target.day)), target)
        old, new = (held.shift_id, held.unit_id), (target.shift_id, target.unit_id)
        if old == new:
            continue
        if not reason.strip():
            raise ReasonMissing
        session.add(
            RosterChangeRow(
                roster_id=row.id,
                staff_id=target.staff_id,
                day=target.day,
                old_shift_id=old[0],
                new_shift_id=new[0],
                old_unit_id=old[1],
                new_unit_id=new[1],
                changed_at=now,
                changed_by=user.name,
                reason=reason.strip(),
            )
        )
    session.flush()


def _write(
    session: Session, row: RosterRow, cell: RosterCellRow | None, target: _Target
) -> None:
    if target.shift_id is None and not target.is_locked:
        session.delete(cell)
        return
    if cell is None:
        cell = RosterCellRow(roster_id=row.id, staff_id=target.staff_id, day=target.day)
        session.add(cell)
    cell.shift_id, cell.unit_id = target.shift_id, target.unit_id
    cell.is_locked = target.is_locked


def _targets(
    session: Session, first: date, cells: Mapping[Cell, Mark]
) -> Iterator[_Target]:
    kinds = session.execute(select(ShiftKindRow.code, ShiftKindRow.id))
    people = session.execute(select(StaffMemberRow.id, StaffMemberRow.unit_id))
    shifts, homes = dict(kinds.all()), dict(people.all())
    units = {str(number) for number in session.scalars(select(UnitRow.id))}
    days = month_of(first).days
    for (key, number), mark in cells.items():
        if not key.isdecimal() or int(key) not in homes:
            raise UnknownPerson
        if not 0 <= number < days:
            raise OutsideMonth
        if mark.code != OFF and mark.code not in shifts:
            raise UnknownShift(code=mark.code)
        if mark.unit and mark.unit not in units:
            raise UnknownUnit
        is_elsewhere = mark.unit and mark.code and int(mark.unit) != homes[int(key)]
        yield _Target(
            int(key),
            first + timedelta(days=number),
            shifts[mark.code] if mark.code else None,
            int(mark.unit) if is_elsewhere else None,
            mark.locked,
        )
