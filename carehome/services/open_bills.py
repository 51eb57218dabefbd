"""Which bills are open, and since when they ought to be paid, within another deed."""

from collections import defaultdict
from datetime import UTC

from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only

from carehome.db.billing import BillRow, BillRunRow, PaymentShareRow
from carehome.db.reminders import ReminderRuleRow
from carehome.rules import numbers
from carehome.rules.arrears import DueKind, DueRule, OpenBill
from carehome.rules.reminders import ReminderRules


def rules_in(session: Session) -> ReminderRules:
    """Return when bills are due, and how long the home waits before it reminds."""
    row = session.get_one(ReminderRuleRow, 1)
    due = DueRule(DueKind(row.due_kind), row.due_days)
    return ReminderRules(due, row.again_days, row.second_days, row.last_days)


def open_bills_in(session: Session, due: DueRule) -> dict[int, tuple[OpenBill, ...]]:
    """Return what is open of which bills, by resident, the oldest first."""
    paid = (
        select(PaymentShareRow.bill_id, func.sum(PaymentShareRow.fen).label("fen"))
        .group_by(PaymentShareRow.bill_id)
        .subquery()
    )
    left = BillRow.total_fen - func.coalesce(paid.c.fen, 0)
    query = (
        select(BillRow, left, BillRunRow.posted_at)
        .options(load_only(*_OF_BILL))
        .join(BillRunRow, BillRunRow.id == BillRow.run_id)
        .outerjoin(paid, paid.c.bill_id == BillRow.id)
        .where(left > 0)
        .order_by(BillRow.month, BillRow.id)
    )
    found: dict[int, list[OpenBill]] = defaultdict(list)
    for row, fen, posted_at in session.execute(query):
        label = numbers.write(row.year, row.number)
        posted_on = posted_at.replace(tzinfo=UTC).astimezone().date()
        due_on = due.due_on(row.month, posted_on)
        bill = OpenBill(row.id, label, row.month, due_on, fen)
        found[row.resident_id].append(bill)
    return {resident_id: tuple(bills) for resident_id, bills in found.items()}


_OF_BILL = BillRow.resident_id, BillRow.year, BillRow.number, BillRow.month
