"""What one person can do with payers: keep them, take their money, deal with cuts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.billing import CoverRow
from carehome.db.payers import (
    PayerCutRow,
    PayerPaymentRow,
    PayerRefundRow,
    PayerRow,
)
from carehome.db.residents import ResidentRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.ledger.voids import check_void
from carehome.rules.payers import claims as rules
from carehome.rules.payers.claims import Ages, Claim, CutKind, Key, ages
from carehome.rules.payers.payer import (
    Payer,
    PayerKind,
    PayerNameTaken,
    PayerStillBears,
    check_payer,
)
from carehome.rules.payers.refunds import Backward
from carehome.rules.periods import Period
from carehome.rules.residents import check_happened
from carehome.rules.rights import Right
from carehome.rules.today import Concern, Task
from carehome.services.accounts import Approval, approved_by
from carehome.services.payers import today as of_day
from carehome.services.payers.cuts import billed_cuts_in
from carehome.services.payers.money import (
    OpenClaims,
    open_claims_in,
    settle_in,
    take_in,
)
from carehome.services.payers.receivables import claims_in, credits_in, of_payer
from carehome.services.payers.refunds import PayerMoney, give_back_in, money_in
from carehome.services.payers.splitting import FamilyPart, split_in
from carehome.services.payments import MoneyIn
from carehome.services.service import Service, needs


class BilledAlready(Refusal):
    """A cut stands on a posted bill, so it is not taken back."""

    text = N_(
        "The family was billed for this already. What comes from the payer after all "
        "can be taken as a payment for the resident."
    )


@dataclass(frozen=True, slots=True)
class PayerState:
    """A payer and how it stands on a day."""

    payer: Payer
    residents: int
    ages: Ages
    credit: int

    @property
    def open(self) -> int:
        """What is still to come, less what it has paid ahead."""
        return self.ages.open - self.credit


@dataclass(frozen=True, slots=True)
class Cut:
    """What a payer refused of one resident's month, and what became of it."""

    cut_id: int
    resident: str
    month: date
    kind: CutKind
    day: date
    fen: int
    reason: str
    is_void: bool
    is_billed: bool


class Payers(Service):
    """What one person can do with payers."""

    @needs(Right.TAKE_MONEY)
    def today(self, day: date) -> list[Task | Concern]:
        """Tell which statements are to be sent, and who should have paid."""
        with self._reading() as session:
            return list(of_day.lines_in(session, day))

    @needs(Right.SEE_FEES)
    def payers(self) -> list[Payer]:
        """List all payers, those out of use too, by name within their kind."""
        with self._reading() as session:
            return payers_in(session)

    @needs(Right.SEE_FEES)
    def states(self) -> list[PayerState]:
        """List all payers with what is open of each, by age."""
        with self._reading() as session:
            return _states_in(session, self._today())

    @needs(Right.SEE_FEES)
    def claims(self, payer_id: int) -> list[Claim]:
        """List what a payer was billed of each resident's month, the oldest first."""
        with self._reading() as session:
            return claims_in(session, payer_id)

    @needs(Right.SEE_FEES)
    def open_claims(self) -> list[OpenClaims]:
        """List who owes something, and of which months."""
        with self._reading() as session:
            return open_claims_in(session)

    @needs(Right.SEE_FEES)
    def cuts(self, payer_id: int) -> list[Cut]:
        """List what a payer refused, the newest first."""
        with self._reading() as session:
            return _cuts_in(session, payer_id)

    @needs(Right.SEE_FEES)
    def money(self, payer_id: int) -> list[PayerMoney]:
        """List what came from a payer and what went back to it, the newest first."""
        with self._reading() as session:
            return money_in(session, payer_id)

    @needs(Right.SET_PERSONAL_PRICE)
    def save(self, payer: Payer) -> int:
        """Add a payer (`payer_id` 0) or change one; return its number."""
        check_payer(payer)
        with self._writing() as session:
            if payer.payer_id and not payer.is_active:
                _check_free_in(session, payer, self._today())
            return save_in(session, payer)

    @needs(Right.SET_PERSONAL_PRICE)
    def split(
        self, resident_id: int, parts: Sequence[FamilyPart], span: Period
    ) -> list[int]:
        """Let members of a family bear shares of what all other payers leave."""
        with self._writing() as session:
            return split_in(session, resident_id, parts, span)

    @needs(Right.TAKE_MONEY)
    def take(
        self,
        payer_id: int,
        fen: int,
        method: str,
        received_on: date,
        told: Mapping[Key, int] | None = None,
        note: str = "",
    ) -> int:
        """Take money of a payer and issue its receipt; return the receipt's id.

        The oldest months are settled first, or those of `told` by their fen.
        """
        check_happened(received_on, self._today())
        came = MoneyIn(method, received_on, note=note)
        with self._writing() as session:
            by = self._user, self._now()
            return take_in(session, by, payer_id, fen, came, told).receipt_id

    @needs(Right.PAY_OUT_DEPOSIT)
    def give_back(self, payment_id: int, back: Backward, approval: Approval) -> int:
        """Give back to a payer what no month needs, approved by a second person.

        Return the number of what went back.
        """
        check_happened(back.day, self._today())
        second = approved_by(self._db, self._user, approval, Right.APPROVE_REFUND)
        with self._writing() as session:
            by = self._user.account_id, second.account_id
            return give_back_in(session, payment_id, back, by)

    @needs(Right.VOID_RECEIPT)
    def void_back(self, refund_id: int, reason: str) -> None:
        """Take back that money went back; it is to the payer's credit again."""
        with self._writing() as session:
            row = session.get_one(PayerRefundRow, refund_id)
            check_void(row.voided_at is not None, reason)
            row.voided_at, row.void_reason = self._now(), reason.strip()
            session.flush()
            payment = session.get_one(PayerPaymentRow, row.payer_payment_id)
            settle_in(session, [payment.payer_id], self._now())

    @needs(Right.KEEP_BOOKS)
    def charge_family(
        self, payer_id: int, parts: Mapping[Key, int], reason: str
    ) -> list[int]:
        """Let families bear what a payer refused: it stands on their next bill."""
        return self._cut(payer_id, parts, reason, CutKind.FAMILY)

    @needs(Right.WRITE_OFF)
    def write_off(
        self, payer_id: int, parts: Mapping[Key, int], reason: str
    ) -> list[int]:
        """Give up what a payer refused: it is the home's own loss."""
        return self._cut(payer_id, parts, reason, CutKind.WRITTEN_OFF)

    @needs(Right.KEEP_BOOKS)
    def take_back(self, cut_id: int, reason: str) -> None:
        """Let a payer owe again what it had refused, unless a bill names it."""
        with self._writing() as session:
            row = session.get_one(PayerCutRow, cut_id)
            check_void(row.voided_at is not None, reason)
            if row.kind == CutKind.FAMILY and row.id in billed_cuts_in(session):
                raise BilledAlready
            row.voided_at, row.void_reason = self._now(), reason.strip()
            session.flush()
            settle_in(session, [row.payer_id], self._now())

    def _cut(
        self, payer_id: int, parts: Mapping[Key, int], reason: str, kind: CutKind
    ) -> list[int]:
        if not reason.strip():
            raise rules.CutReasonMissing
        with self._writing() as session:
            rules.check_parts(claims_in(session, payer_id), parts)
            rows = [
                PayerCutRow(
                    payer_id=payer_id,
                    resident_id=key.resident_id,
                    month=key.month,
                    kind=kind.value,
                    day=self._today(),
                    fen=fen,
                    reason=reason.strip(),
                    noted_by=self._user.account_id,
                )
                for key, fen in sorted(parts.items())
            ]
            session.add_all(rows)
            session.flush()
            return [row.id for row in rows]


def payers_in(session: Session) -> list[Payer]:
    """Return all payers within another deed, by kind and name."""
    order = {kind.value: place for place, kind in enumerate(PayerKind)}
    found = [_payer(row) for row in session.scalars(select(PayerRow))]
    return sorted(found, key=lambda each: (order[each.kind], each.name))


def save_in(session: Session, payer: Payer) -> int:
    """Keep a payer within another deed; return its number."""
    name = payer.name.strip()
    if not payer.is_family:
        same = select(PayerRow.id).where(
            PayerRow.name == name,
            PayerRow.kind != PayerKind.FAMILY,
            PayerRow.id != payer.payer_id,
        )
        if session.scalar(same) is not None:
            raise PayerNameTaken(name=name)
    row = session.get(PayerRow, payer.payer_id) or PayerRow()
    row.kind, row.name = payer.kind, name
    row.contact, row.phone = payer.contact.strip(), payer.phone.strip()
    row.account_number = payer.account_number.replace(" ", "")
    row.due_days, row.note = payer.due_days, payer.note.strip()
    row.is_active = payer.is_active
    session.add(row)
    session.flush()
    return row.id


def _check_free_in(session: Session, payer: Payer, today: date) -> None:
    """Raise PayerStillBears while a payer bears fees of today or a day to come."""
    query = select(func.count(CoverRow.resident_id.distinct())).where(
        CoverRow.payer_id == payer.payer_id,
        CoverRow.ends.is_(None) | (CoverRow.ends > today),
    )
    count = session.scalars(query).one()
    if count:
        raise PayerStillBears(name=payer.name, count=count)


def _payer(row: PayerRow) -> Payer:
    return Payer(
        row.id,
        row.kind,
        row.name,
        row.contact,
        row.phone,
        row.account_number,
        row.due_days,
        row.note,
        row.is_active,
    )


def _states_in(session: Session, today: date) -> list[PayerState]:
    claims, credit = claims_in(session), credits_in(session)
    bears: dict[int, set[int]] = defaultdict(set)
    now = select(CoverRow.payer_id, CoverRow.resident_id).where(
        CoverRow.starts <= today, CoverRow.ends.is_(None) | (CoverRow.ends > today)
    )
    for payer_id, resident_id in session.execute(now):
        bears[payer_id].add(resident_id)
    return [
        PayerState(
            payer,
            len(bears[payer.payer_id]),
            ages(of_payer(claims, payer.payer_id), today),
            credit.get(payer.payer_id, 0),
        )
        for payer in payers_in(session)
    ]


def _cuts_in(session: Session, payer_id: int) -> list[Cut]:
    billed = billed_cuts_in(session)
    query = (
        select(PayerCutRow, ResidentRow.name)
        .join(ResidentRow, ResidentRow.id == PayerCutRow.resident_id)
        .where(PayerCutRow.payer_id == payer_id)
        .order_by(PayerCutRow.id.desc())
    )
    return [
        Cut(
            row.id,
            name,
            row.month,
            CutKind(row.kind),
            row.day,
            row.fen,
            row.reason,
            row.voided_at is not None,
            row.id in billed,
        )
        for row, name in session.execute(query)
    ]
