"""Money from payers: what it settles, and its receipt."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.payers import (
    PayerCutRow,
    PayerPaymentRow,
    PayerRow,
    PayerShareRow,
)
from carehome.errors import Refusal
from carehome.i18n import N_, _, say_month, speaking
from carehome.rules.payers import claims as rules
from carehome.rules.payers.claims import Allotment, Claim, CutKind, Key
from carehome.rules.rights import User
from carehome.services.payers.receivables import claims_in, credits_in, unspent_in
from carehome.services.payments import MoneyIn
from carehome.services.receipts import issue_in


class NothingClaimed(Refusal):
    """Money comes from a payer that was never billed anything."""

    text = N_(
        "“{payer}” was never billed anything, so nothing can be taken from it. Post "
        "the bills first, or choose another payer."
    )


@dataclass(frozen=True, slots=True)
class TakenFrom:
    """A payer's payment in the books, and its receipt."""

    payment_id: int
    receipt_id: int


@dataclass(frozen=True, slots=True)
class OpenClaims:
    """What is open of a payer, for whoever looks through lines of the bank."""

    payer_id: int
    name: str
    account_number: str
    claims: tuple[Claim, ...]

    @property
    def fen(self) -> int:
        """All that is open."""
        return sum(claim.open for claim in self.claims)

    @property
    def by_month(self) -> dict[str, int]:
        """What is open of each month, which is what a transfer often comes to."""
        found: dict[str, int] = defaultdict(int)
        for claim in self.claims:
            found[f"{claim.month:%Y-%m}"] += claim.open
        return dict(found)


def open_claims_in(session: Session) -> list[OpenClaims]:
    """Return the payers who owe something, within another deed."""
    found: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims_in(session):
        if claim.open > 0:
            found[claim.payer_id].append(claim)
    return [
        OpenClaims(row.id, row.name, row.account_number, tuple(found[row.id]))
        for row in session.scalars(select(PayerRow).order_by(PayerRow.id))
        if row.id in found
    ]


def take_in(
    session: Session,
    by: tuple[User, datetime],
    payer_id: int,
    fen: int,
    came: MoneyIn,
    told: Mapping[Key, int] | None = None,
) -> TakenFrom:
    """Take money from a payer and issue its receipt within another deed.

    The oldest months are settled first, or those of `told` by their fen; the rest
    stays to the payer's credit and settles what is billed next.
    """
    payer = session.get_one(PayerRow, payer_id)
    settle_in(session, [payer_id], by[1])
    claims = claims_in(session, payer_id)
    if not claims:
        raise NothingClaimed(payer=payer.name)
    allotment = (
        rules.allot(claims, fen)
        if told is None
        else rules.allot_as_told(claims, told, fen)
    )
    user, now = by
    payment = PayerPaymentRow(
        payer_id=payer_id,
        received_on=came.received_on,
        method=came.method,
        fen=fen,
        note=came.note.strip(),
        taken_by=user.account_id,
    )
    session.add(payment)
    session.flush()
    _share(session, payment.id, allotment)
    lines, whom = _purposes(allotment), _whom(claims, allotment)
    receipt = issue_in(session, now, user.name, payment, lines, payer.name, whom)
    return TakenFrom(payment.id, receipt)


def settle_in(session: Session, payer_ids: Collection[int], now: datetime) -> None:
    """Let what payers have to their credit settle what is open, the oldest first.

    Where a month came to less than was paid, what it has too much is free again, and
    no more of it stays written off than the payer bears.
    """
    for payer_id in payer_ids:
        _free_in(session, payer_id)
        _lose_less_in(session, payer_id, now)
        unspent = unspent_in(session, payer_id)
        for payment_id, fen in unspent.items():
            _share(session, payment_id, rules.use_up(claims_in(session, payer_id), fen))


def settle_all_in(session: Session, now: datetime) -> None:
    """Let all that payers have to their credit settle what was billed."""
    claims = claims_in(session)
    rich = credits_in(session).keys() | {c.payer_id for c in claims if c.open < 0}
    settle_in(session, sorted(rich), now)


def _free_in(session: Session, payer_id: int) -> None:
    """Take shares back from months that got more than they come to now."""
    for claim in claims_in(session, payer_id):
        too_much = -claim.open
        if too_much <= 0:
            continue
        query = (
            select(PayerShareRow)
            .join(PayerPaymentRow, PayerPaymentRow.id == PayerShareRow.payer_payment_id)
            .where(
                PayerPaymentRow.payer_id == payer_id,
                PayerShareRow.resident_id == claim.resident_id,
                PayerShareRow.month == claim.month,
            )
            .order_by(PayerShareRow.id.desc())
        )
        for share in session.scalars(query).all():
            if too_much <= 0:
                break
            kept = max(share.fen - too_much, 0)
            too_much -= share.fen - kept
            session.delete(share)
            session.flush()
            if kept:
                _share(
                    session,
                    share.payer_payment_id,
                    Allotment((rules.Share(claim.key, kept),), 0),
                )


@speaking()
def _lose_less_in(session: Session, payer_id: int, now: datetime) -> None:
    """Take back what was written off of months of which the payer bears less now."""
    for claim in claims_in(session, payer_id):
        too_much = -claim.open
        if too_much <= 0 or not claim.written_off:
            continue
        query = (
            select(PayerCutRow)
            .where(
                PayerCutRow.payer_id == payer_id,
                PayerCutRow.resident_id == claim.resident_id,
                PayerCutRow.month == claim.month,
                PayerCutRow.kind == CutKind.WRITTEN_OFF,
                PayerCutRow.voided_at.is_(None),
            )
            .order_by(PayerCutRow.id.desc())
        )
        for cut in session.scalars(query).all():
            if too_much <= 0:
                break
            kept = max(cut.fen - too_much, 0)
            too_much -= cut.fen - kept
            cut.voided_at = now
            cut.void_reason = _("The payer bears less of this month now.")
            session.flush()
            if kept:
                session.add(_smaller(cut, kept, now))
                session.flush()


def _smaller(cut: PayerCutRow, fen: int, now: datetime) -> PayerCutRow:
    """Return what stays written off, noted anew."""
    return PayerCutRow(
        payer_id=cut.payer_id,
        resident_id=cut.resident_id,
        month=cut.month,
        kind=cut.kind,
        day=now.replace(tzinfo=UTC).astimezone().date(),
        fen=fen,
        reason=cut.reason,
        noted_by=cut.noted_by,
    )


def _share(session: Session, payment_id: int, allotment: Allotment) -> None:
    session.add_all(
        PayerShareRow(
            payer_payment_id=payment_id,
            resident_id=key.resident_id,
            month=key.month,
            fen=fen,
        )
        for key, fen in allotment.shares
    )
    session.flush()


@speaking()
def _purposes(allotment: Allotment) -> list[tuple[str, int]]:
    """Say for the receipt which months are paid, and for how many residents."""
    months: dict[str, list[int]] = defaultdict(list)
    for key, fen in allotment.shares:
        months[say_month(key.month)].append(fen)
    text = _("Fees of {month}, {count} {count:resident|residents}")
    lines = [
        (text.format(month=month, count=len(parts)), sum(parts))
        for month, parts in months.items()
    ]
    if allotment.rest:
        lines.append((_("To the payer's credit"), allotment.rest))
    return lines


@speaking()
def _whom(claims: Collection[Claim], allotment: Allotment) -> str:
    """Say for the receipt for whom was paid."""
    names = {claim.resident_id: claim.resident for claim in claims}
    who = {key.resident_id for key, _fen in allotment.shares}
    if len(who) == 1:
        return names[who.pop()]
    return _("{count} {count:resident|residents}").format(count=len(who)) if who else ""
