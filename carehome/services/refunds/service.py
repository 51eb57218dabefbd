"""What one person can do with refunds: ask, approve, refuse, take back, pay out."""

from datetime import date

from sqlalchemy.orm import Session

from carehome.db.accounts import AccountRow
from carehome.db.departures import PayoutRow
from carehome.db.deposits import DepositEntryRow
from carehome.db.refunds import RefundRow
from carehome.i18n import N_, _, show_money, speaking
from carehome.rules.refunds import (
    AlreadyEnded,
    AnswerMissing,
    ApproverPays,
    AskedRefund,
    GoneSince,
    NotApproved,
    NotAsked,
    NotToBeRefunded,
    RefundKind,
    RefundState,
    check_decider,
)
from carehome.rules.residents import check_happened
from carehome.rules.rights import Right
from carehome.rules.today import Line
from carehome.services.deposits.outward import check_no_estate_in, out_in
from carehome.services.held import held_in
from carehome.services.payments import account_in, settle_in
from carehome.services.payouts import MoneyOut, pay_back_in, pay_part_in
from carehome.services.receipts import issue_in
from carehome.services.refunds import today as of_day
from carehome.services.refunds.listing import Refund, refunds_in
from carehome.services.refunds.refundable import (
    Refundable,
    check_in,
    refundable_in,
)
from carehome.services.service import Service, needs

PURPOSES: dict[RefundKind, str] = {
    RefundKind.PREPAID: N_("Prepaid service fees given back"),
    RefundKind.PAYMENT: N_("Payment given back"),
    RefundKind.DEPOSIT: N_("Deposit given back"),
}


class Refunds(Service):
    """What one person can do with refunds."""

    @needs(Right.SEE_FEES)
    def refunds(self) -> list[Refund]:
        """List all refunds, first what waits."""
        with self._reading() as session:
            return refunds_in(session, self._today(), RefundRow.id > 0)

    @needs(Right.SEE_FEES)
    def refundable(self, resident_id: int) -> Refundable:
        """Return what can be given back to one family."""
        with self._reading() as session:
            return refundable_in(session, resident_id)

    @needs(Right.SEE_FEES)
    def today(self, day: date) -> list[Line]:
        """Tell what waits for this person's approval, and what is to be paid out."""
        with self._reading() as session:
            return list(of_day.lines_in(session, self._user, day))

    @needs(Right.TAKE_MONEY)
    def ask(self, asked: AskedRefund) -> int:
        """Ask for a refund; another person decides. Return its number."""
        with self._writing() as session:
            check_no_estate_in(session, asked.resident_id)
            check_in(session, asked)
            row = RefundRow(
                resident_id=asked.resident_id,
                kind=asked.kind,
                payment_id=asked.payment_id,
                fen=asked.fen,
                method=asked.method,
                way_reason=asked.way_reason.strip(),
                payee=asked.payee.strip(),
                reason=asked.reason.strip(),
                asked_by=self._user.account_id,
                asked_at=self._now(),
            )
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.APPROVE_REFUND)
    def approve(self, refund_id: int) -> None:
        """Let a refund be paid that somebody else asked for."""
        with self._writing() as session:
            row = self._asked(session, refund_id)
            row.state = RefundState.APPROVED

    @needs(Right.APPROVE_REFUND)
    def refuse(self, refund_id: int, reason: str) -> None:
        """Say no to a refund, and why."""
        if not reason.strip():
            raise AnswerMissing
        with self._writing() as session:
            row = self._asked(session, refund_id)
            row.answer, row.state = reason.strip(), RefundState.REFUSED

    @needs(Right.TAKE_MONEY)
    def take_back(self, refund_id: int) -> None:
        """Give up a refund that was not paid out yet."""
        with self._writing() as session:
            row = session.get_one(RefundRow, refund_id)
            if row.state not in {RefundState.ASKED, RefundState.APPROVED}:
                raise AlreadyEnded
            row.state = RefundState.WITHDRAWN

    @needs(Right.PAY_OUT_DEPOSIT)
    def pay_out(self, refund_id: int, day: date) -> int:
        """Hand out what was approved; return the number of the voucher's paper."""
        check_happened(day, self._today())
        with self._writing() as session:
            row = session.get_one(RefundRow, refund_id)
            if row.state != RefundState.APPROVED or row.decided_by is None:
                raise NotApproved
            if row.decided_by == self._user.account_id:
                raise ApproverPays
            check_no_estate_in(session, row.resident_id)
            out = MoneyOut(
                *(day, row.method, row.payee, row.reason),
                (self._user.account_id, row.decided_by),
            )
            paid = _pay_in(session, row, out)
            lines = [(_written(PURPOSES[RefundKind(row.kind)]), -row.fen)]
            by = self._user.name
            receipt = issue_in(
                *(session, self._now(), by, paid, lines, row.payee),
                remark=_why_in(session, row),
            )
            if row.kind == RefundKind.PAYMENT:  # what is prepaid steps in
                settle_in(session, {row.resident_id})
            return receipt

    def _asked(self, session: Session, refund_id: int) -> RefundRow:
        """Return a refund that waits, decided on by this person now."""
        row = session.get_one(RefundRow, refund_id)
        if row.state != RefundState.ASKED:
            raise NotAsked
        check_decider(row.asked_by, self._user.account_id)
        row.decided_by, row.decided_at = self._user.account_id, self._now()
        return row


def _pay_in(
    session: Session, row: RefundRow, out: MoneyOut
) -> PayoutRow | DepositEntryRow:
    """Write the money that goes out, and note it in the refund."""
    if row.kind == RefundKind.DEPOSIT:
        held = held_in(session, row.resident_id)
        if held < row.fen:
            raise GoneSince(most=show_money(held))
        what = (row.fen, out.day, row.reason, "")
        entry = out_in(session, "refund", row.resident_id, *what, out.by[0])
        entry.method, entry.approved_by = out.method, out.by[1]
        session.add(entry)
        session.flush()
        row.deposit_entry_id, row.state = entry.id, RefundState.PAID
        return entry
    if row.payment_id is not None:
        left = refundable_in(session, row.resident_id)
        if left.most(RefundKind.PAYMENT, row.payment_id) < row.fen:
            raise NotToBeRefunded
        payout = pay_back_in(session, row.payment_id, row.fen, out)
    else:
        account = account_in(session, row.resident_id)
        spare = max(account.prepaid - account.owed, 0)
        if spare < row.fen:
            raise GoneSince(most=show_money(spare))
        payout = pay_part_in(session, row.resident_id, row.fen, out)
    row.payout_id, row.state = payout.id, RefundState.PAID
    return payout


@speaking()
def _written(purpose: str) -> str:
    """Say what money is given back for as it stays on the voucher."""
    return _(purpose)


@speaking()
def _why_in(session: Session, row: RefundRow) -> str:
    """Say for the voucher who asked, and why."""
    asker = session.get_one(AccountRow, row.asked_by).name
    text = _("Asked for by {asker}: {reason}")
    return text.format(asker=asker, reason=row.reason)
