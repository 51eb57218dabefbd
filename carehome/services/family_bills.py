"""A page of the bill for each member of a family who bears a part of it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.payers import PayerRow
from carehome.i18n import _
from carehome.reports.billing import BillLineText, BillSheet
from carehome.rules.payers.claims import Claim
from carehome.rules.payers.payer import PayerKind
from carehome.rules.periods import month_of
from carehome.services.billing import PostedBill
from carehome.services.payers.receivables import claims_in


class FamilyBills:
    """Knows which members of families bear what, read once for many bills."""

    def __init__(self, session: Session) -> None:
        query = select(PayerRow.id, PayerRow.name)
        query = query.where(PayerRow.kind == PayerKind.FAMILY)
        self._names: Mapping[int, str] = dict(session.execute(query).all())
        self._claims = claims_in(session) if self._names else []

    def pages(self, bill: PostedBill, today: date) -> Iterator[BillSheet]:
        """Yield a page for each member of the family who bears a part of a bill."""
        if not self._names:
            return
        members = dict.fromkeys(line.payer for line in bill.lines if line.payer)
        for payer in members:
            name = self._names.get(int(payer), "") if payer.isdigit() else ""
            if name:
                yield self._page(bill, payer, name, today)

    def _page(self, bill: PostedBill, payer: str, name: str, today: date) -> BillSheet:
        own = [
            claim
            for claim in self._claims
            if claim.payer_id == int(payer) and claim.resident_id == bill.resident_id
        ]
        now = [claim for claim in own if claim.month == bill.month]
        before = [claim for claim in own if claim.month < bill.month]
        return BillSheet(
            bill.label,
            bill.month,
            bill.resident,
            bill.bed,
            bill.grade,
            month_of(bill.month),
            tuple(_lines(bill, payer)),
            today,
            due=_due(now),
            previous=sum(max(claim.open, 0) for claim in before),
            paid=sum(claim.paid for claim in now),
            payer=name,
        )


def _lines(bill: PostedBill, payer: str) -> Iterator[BillLineText]:
    """Yield what the month comes to, less what all others bear of it."""
    fees = sum(line.amount_fen for line in bill.lines if not line.payer)
    yield BillLineText(_("Fees of the month in all"), "", None, fees)
    for line in bill.lines:
        if line.payer and line.payer != payer:
            text = _("Borne by {payer}").format(payer=line.item_name)
            yield BillLineText(line.item_name, "", None, line.amount_fen, remark=text)
    if bill.total:
        yield BillLineText(_("Left for the resident"), "", None, -bill.total)


def _due(claims: Sequence[Claim]) -> date | None:
    return max((claim.due for claim in claims), default=None)
