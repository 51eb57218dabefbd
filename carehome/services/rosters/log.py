"""What was changed in a roster since it was published: who, when and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.rosters import RosterChangeRow, RosterExceptionRow, RosterRow
from carehome.db.shifts import ShiftKindRow
from carehome.db.staff import StaffMemberRow
from carehome.db.units import UnitRow
from carehome.i18n import _


@dataclass(frozen=True, slots=True)
class CellChange:
    """A published cell that was changed: what it was and became, in words."""

    at: datetime
    by: str
    staff_id: int
    name: str
    day: date
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """A broken rule that was published all the same, and why."""

    words: str
    reason: str


def changes_in(session: Session, first: date, zone: tzinfo | None) -> list[CellChange]:
    """Return the changes of a month's roster, the newest first."""
    rows = session.scalars(
        select(RosterChangeRow)
        .join(RosterRow, RosterRow.id == RosterChangeRow.roster_id)
        .where(RosterRow.month == first)
        .order_by(RosterChangeRow.id.desc())
    )
    return list(_told(session, rows, zone))


def accepted_in(session: Session, first: date) -> list[Accepted]:
    """Return what was published although it should not be."""
    rows = session.scalars(
        select(RosterExceptionRow)
        .join(RosterRow, RosterRow.id == RosterExceptionRow.roster_id)
        .where(RosterRow.month == first)
        .order_by(RosterExceptionRow.id)
    )
    return [Accepted(row.finding, row.reason) for row in rows]


def _told(
    session: Session, rows: Iterable[RosterChangeRow], zone: tzinfo | None
) -> Iterator[CellChange]:
    shifts = _names(session, ShiftKindRow)
    units = _names(session, UnitRow)
    people = _names(session, StaffMemberRow)

    def cell(shift_id: int | None, unit_id: int | None) -> str:
        if shift_id is None:
            return _("day off")
        if unit_id is None:
            return shifts[shift_id]
        return _("{shift} {unit}").format(shift=shifts[shift_id], unit=units[unit_id])

    for row in rows:
        yield CellChange(
            row.changed_at.replace(tzinfo=UTC).astimezone(zone),
            row.changed_by,
            row.staff_id,
            people[row.staff_id],
            row.day,
            cell(row.old_shift_id, row.old_unit_id),
            cell(row.new_shift_id, row.new_unit_id),
            row.reason,
        )


def _names(
    session: Session, kind: type[ShiftKindRow] | type[UnitRow] | type[StaffMemberRow]
) -> dict[int, str]:
    rows = session.execute(select(kind.id, kind.name))
    return dict(rows.all())
