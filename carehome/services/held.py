"""What is held of a deposit: asked wherever money leaves it or a receipt is void."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.deposits import INWARD, DepositEntryRow


def held_in(session: Session, resident_id: int) -> int:
    """Return what is held for a resident, in fen."""
    rows = session.scalars(
        select(DepositEntryRow).where(
            DepositEntryRow.resident_id == resident_id, ~DepositEntryRow.is_void
        )
    )
    return sum(row.fen if row.kind in INWARD else -row.fen for row in rows)
