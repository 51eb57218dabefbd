"""Who has left while something of theirs is open: owed, prepaid, held, unsettled."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.departures import DepartureRow, SettlementRow
from carehome.db.residents import ResidentRow, StayRow
from carehome.services.departures import state
from carehome.services.departures.state import DepartureLine


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody who has left, and what is open, in fen.

    `line` is the departure under way; `claim_reason` why the director let it be.
    """

    resident_id: int
    name: str
    left_on: date
    owed: int
    prepaid: int
    held: int
    line: DepartureLine | None
    claim_reason: str


def gone_in(session: Session, day: date) -> list[Gone]:
    """List who has left and is not through, who left first at the head."""
    ended = select(
        StayRow.resident_id, func.max(StayRow.discharged_on).label("left_on")
    ).group_by(StayRow.resident_id)
    here = select(StayRow.resident_id).where(
        StayRow.discharged_on.is_(None) | (StayRow.discharged_on > day)
    )
    last = ended.where(StayRow.resident_id.not_in(here)).subquery()
    rows = session.execute(
        select(ResidentRow.id, ResidentRow.name, last.c.left_on)
        .join(last, last.c.resident_id == ResidentRow.id)
        .order_by(last.c.left_on, ResidentRow.id)
    ).all()
    books = state.all_books_in(session)
    lines = {line.resident_id: line for line in state.lines_in(session)}
    claims = dict(
        session.execute(
            select(SettlementRow.resident_id, SettlementRow.claim_reason)
            .join(DepartureRow, DepartureRow.id == SettlementRow.departure_id)
            .where(SettlementRow.claim_fen > 0)
        ).all()
    )
    found = []
    for resident_id, name, left_on in rows:
        mine, line = books.get(resident_id), lines.get(resident_id)
        owed, prepaid, held = (mine.owed, mine.prepaid, mine.held) if mine else (0,) * 3
        if line or owed or prepaid or held:
            what = (owed, prepaid, held, line, claims.get(resident_id, ""))
            found.append(Gone(resident_id, name, left_on, *what))
    return found
