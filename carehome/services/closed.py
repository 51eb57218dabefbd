"""Which months of the books are closed; the database refuses deeds within them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.books import MonthCloseRow
from carehome.rules.ledger.booking import Closure


def closures_in(session: Session) -> list[Closure]:
    """Return every close of a month, also those that were opened again."""
    rows = session.scalars(select(MonthCloseRow).order_by(MonthCloseRow.id))
    return [Closure(row.month, row.closed_at, row.reopened_at) for row in rows]
