"""The kinds of shift that the home works."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.shifts import ShiftKindRow
from carehome.rules.rosters.limits import is_night
from carehome.rules.rosters.problem import Shift


@dataclass(frozen=True, slots=True)
class ShiftKind:
    """A kind of shift as the home keeps it; `sign` is what stands in a cell."""

    kind_id: int
    shift: Shift
    sign: str
    post_id: int | None = None
    is_active: bool = True


def shift_kinds_in(session: Session) -> list[ShiftKind]:
    """Return all kinds of shift in the home's order."""
    rows = session.scalars(
        select(ShiftKindRow).order_by(ShiftKindRow.position, ShiftKindRow.id)
    )
    return [
        ShiftKind(
            row.id,
            Shift(
                row.code,
                row.minutes,
                row.starts,
                row.span,
                is_night(row.starts, row.span),
                name=row.name,
            ),
            row.sign,
            row.post_id,
            row.is_active,
        )
        for row in rows
    ]
