"""A page of the bill for each member of a family who bears a part of it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.payers import PayerRow
from carehome.i18n import _
from carehome.reports.billing import BillLineText, BillSheet
from carehome.rules.billing.explanations import explain
from carehome.rules.payers.claims import Claim
from carehome.rules.payers.payer import PayerKind
from carehome.rules.periods import month_of
from carehome.services.billing import PostedBill
from carehome.services.payers.receivables import claims_in, credits_in


class FamilyBills:
    """Knows which members of families bear what, read once for many bills."""

    def __init__(self, session: Session) -> None:
        query = select(PayerRow.id, PayerRow.name)
        query = query.where(PayerRow.kind == PayerKind.FAMILY)
        self._names: Mapping[int, str] = dict(session.execute(query).all())
        self._claims = claims_in(session) if self._names else []
        self._credits = credits_in(session) if self._names else {}

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
        owes = _owes(bill, payer, own, self._credits.get(int(payer), 0))
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
            previous=owes.before,
            paid=owes.paid,
            prepaid=owes.credit,
            payer=name,
        )


class _Owes(NamedTuple):
    """What was open of somebody before a bill, and what is paid or to their credit."""

    before: int
    paid: int
    credit: int


def _owes(bill: PostedBill, payer: str, claims: Sequence[Claim], credit: int) -> _Owes:
    """Return what comes beside the lines of a page, so that it ends with the books.

    What a bill corrects of earlier months stands among its lines, so it is no part of
    what was open before; money that a correction freed is told once.
    """
    brought: Counter[date] = Counter()
    for line in bill.lines:
        if line.payer == payer:
            brought[line.for_month] -= line.amount_fen
    before = freed = paid = 0
    for claim in claims:
        if claim.month == bill.month:
            paid += claim.borne - claim.open
        elif claim.month < bill.month:
            open_then = claim.open - brought[claim.month]
            before += open_then
            if not claim.open:
                freed += min(open_then, max(-brought[claim.month], 0))
    of_month = min(freed, max(paid, 0))
    of_credit = min(freed - of_month, credit)
    return _Owes(before - of_month - of_credit, paid - of_month, credit - of_credit)


def _lines(bill: PostedBill, payer: str) -> Iterator[BillLineText]:
    """Yield the month less what all others bear of it, and each correction."""
    month = [line for line in bill.lines if line.kind != "adjustment"]
    fees = sum(line.amount_fen for line in month if not line.payer)
    yield BillLineText(_("Fees of the month in all"), "", None, fees)
    for line in month:
        if line.payer and line.payer != payer:
            text = _("Borne by {payer}").format(payer=line.item_name)
            yield BillLineText(line.item_name, "", None, line.amount_fen, remark=text)
    if rest := sum(line.amount_fen for line in month):
        yield BillLineText(_("Left for the resident"), "", None, -rest)
    for line in bill.lines:
        if line.kind == "adjustment" and line.payer == payer:
            what = _("Correction of {month}").format(month=f"{line.for_month:%Y-%m}")
            told = (
                [str(line.source["reason"])] if "cut" in line.source else explain(line)
            )
            why = " ".join(told)
            yield BillLineText(what, "", None, -line.amount_fen, remark=why)


def _due(claims: Sequence[Claim]) -> date | None:
    return max((claim.due for claim in claims), default=None)
