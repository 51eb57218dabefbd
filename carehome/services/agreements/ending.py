"""How agreements end because the stay ends that they were made for."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.residents import AgreementRow, StayRow
from carehome.rules.periods import DAY


def end_with_stay_in(session: Session, stay: StayRow, reason: str) -> None:
    """End what is agreed beyond a stay on its last day; its text stays as signed.

    A renewal that has not begun by then comes to nothing. What was agreed for a later
    stay goes on.
    """
    last = stay.discharged_on
    assert last is not None, "nobody's agreement ends before they leave"
    rows = session.scalars(
        select(AgreementRow)
        .where(AgreementRow.resident_id == stay.resident_id)
        .order_by(AgreementRow.starts, AgreementRow.id)
    )
    mine: set[int] = set()
    for row in rows:
        begun = row.starts < last or row.starts == stay.admitted_on
        if not begun and row.follows_id not in mine:
            continue
        mine.add(row.id)
        day = last if begun else row.starts - DAY
        if _ends(row) > day:
            row.terminated_on = day
            row.termination_reason = row.termination_reason or reason


def _ends(row: AgreementRow) -> date:
    return min(row.terminated_on or date.max, row.ends or date.max)
