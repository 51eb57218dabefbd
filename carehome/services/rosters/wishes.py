"""What people would like of a month: days off, days of work, shifts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.rosters import RosterWishRow
from carehome.db.shifts import ShiftKindRow
from carehome.db.staff import StaffMemberRow
from carehome.rules.periods import month_of
from carehome.rules.rosters.wishes import check_wish
from carehome.services.rosters.writing import UnknownShift


@dataclass(frozen=True, slots=True)
class WishLine:
    """A wish as it was noted: whose, for which day, what, who wrote it down when."""

    wish_id: int
    staff_id: int
    name: str
    day: date
    kind: str
    code: str
    shift: str
    weight: int
    asked_at: datetime
    noted_by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewWish:
    """A wish to be noted; `code` is empty for a day off or any work at all."""

    staff_id: int
    day: date
    kind: str = "off"
    code: str = ""
    weight: int = 5
    note: str = ""


def wishes_in(session: Session, first: date, zone: tzinfo | None) -> list[WishLine]:
    """Return the wishes for a month by day."""
    period = month_of(first)
    rows = session.execute(
        select(RosterWishRow, StaffMemberRow.name, ShiftKindRow.code, ShiftKindRow.name)
        .join(StaffMemberRow, StaffMemberRow.id == RosterWishRow.staff_id)
        .outerjoin(ShiftKindRow, ShiftKindRow.id == RosterWishRow.shift_id)
        .where(RosterWishRow.day >= period.start, RosterWishRow.day < period.end)
        .order_by(RosterWishRow.day, StaffMemberRow.name, RosterWishRow.id)
    )
    return [
        WishLine(
            row.id,
            row.staff_id,
            name,
            row.day,
            row.kind,
            code or "",
            shift or "",
            row.weight,
            row.asked_at.replace(tzinfo=UTC).astimezone(zone),
            row.noted_by,
            row.note,
        )
        for row, name, code, shift in rows
    ]


def add_wish_in(session: Session, wish: NewWish, noted_by: str, now: datetime) -> int:
    """Note a wish; return its number."""
    check_wish(wish.kind, wish.code, wish.weight)
    shift_id = session.scalar(
        select(ShiftKindRow.id).where(ShiftKindRow.code == wish.code)
    )
    if wish.code and shift_id is None:
        raise UnknownShift(code=wish.code)
    row = RosterWishRow(
        staff_id=session.get_one(StaffMemberRow, wish.staff_id).id,
        day=wish.day,
        kind=wish.kind,
        shift_id=shift_id,
        weight=wish.weight,
        asked_at=now,
        noted_by=noted_by,
        note=wish.note.strip(),
    )
    session.add(row)
    session.flush()
    return row.id
