"""How many people each unit needs on each shift of a period."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.shifts import ShiftKindRow, ShiftNeedRow
from carehome.rules.periods import Period
from carehome.rules.rosters.problem import Demand


def demands_of(session: Session, period: Period) -> list[Demand]:
    """Return what is needed of people on the days of a period, day by day."""
    rows = session.execute(
        select(ShiftNeedRow, ShiftKindRow.code)
        .join(ShiftKindRow, ShiftKindRow.id == ShiftNeedRow.shift_id)
        .where(ShiftKindRow.is_active)
        .order_by(ShiftKindRow.position, ShiftNeedRow.id)
    ).all()
    return [
        Demand(
            day,
            code,
            row.need,
            "" if row.unit_id is None else str(row.unit_id),
            row.most,
            row.under,
            row.over,
        )
        for day in range(period.days)
        for row, code in rows
    ]
