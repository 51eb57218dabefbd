"""Entries of subsidies: what offices granted, and what came in of it."""

from collections.abc import Iterator
from datetime import UTC

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.subsidies import SubsidyClaimRow, SubsidyPaymentRow
from carehome.rules.ledger import deeds
from carehome.rules.ledger.deeds import Subsidy, Void
from carehome.rules.ledger.entry import Entry, Kind


def subsidies_in(session: Session) -> Iterator[Entry]:
    """Yield what was granted on the day of the word, and money on its own day."""
    claims = {row.id: row for row in session.scalars(select(SubsidyClaimRow))}
    for row in claims.values():
        if row.granted_fen and row.decided_on:
            yield from deeds.of_subsidy(
                Subsidy(
                    row.id,
                    Kind.SUBSIDY_GRANTED,
                    "",
                    row.decided_on,
                    row.office,
                    "",
                    row.granted_fen,
                    row.name,
                )
            )
    for paid in session.scalars(select(SubsidyPaymentRow)):
        claim, void = claims[paid.claim_id], None
        if paid.voided_at:
            day = paid.voided_at.replace(tzinfo=UTC).astimezone().date()
            void = Void(day, paid.void_reason)
        yield from deeds.of_subsidy(
            Subsidy(
                paid.id,
                Kind.SUBSIDY_PAID,
                paid.paper,
                paid.day,
                claim.office,
                paid.method,
                paid.fen,
                claim.name,
                paid.taken_by,
                void,
            )
        )
