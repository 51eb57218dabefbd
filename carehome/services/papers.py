"""What goes to paper: bills, receipts and lists, in the words of the home."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from carehome.db import change_log
from carehome.db.residents import ResidentRow
from carehome.i18n import _, say_day, show_day, speaking
from carehome.reports.billing import BillLineText, BillSheet, write_bills
from carehome.reports.deposits import (
    DepositEntryText,
    DepositLedger,
    OverHeldText,
    write_deposit_ledger,
    write_over_held,
    write_over_held_workbook,
)
from carehome.reports.receipts import Receipt, ReceiptLine, write_receipt
from carehome.reports.sheet import Letterhead
from carehome.rules.billing.explanations import explain
from carehome.rules.billing.lines import Line
from carehome.rules.deposits import KIND_NAMES
from carehome.rules.periods import month_of
from carehome.rules.rights import Right
from carehome.services.billing import PostedBill, Trial, bills_in
from carehome.services.deposits import (
    DepositEntry,
    OverHeldDeposit,
    entries_in,
    over_held_in,
)
from carehome.services.deposits.number import account_number_in
from carehome.services.family_bills import FamilyBills
from carehome.services.home import profile_in
from carehome.services.payments import ResidentAccount, accounts_in
from carehome.services.receipts import (
    METHOD_NAMES,
    IssuedReceipt,
    count_print_in,
    place_in,
    receipt_in,
)
from carehome.services.service import Service, needs

Step = Callable[[int, int], None]


class Papers(Service):
    """What one person can put to paper."""

    @needs(Right.SEE_FEES)
    @speaking()
    def write_bills(self, month: date, path: Path, step: Step | None = None) -> int:
        """Write a posted month's bills as one PDF; return how many."""
        with self._reading() as session:
            bills = bills_in(session, month)
            accounts = accounts_in(session, {bill.resident_id for bill in bills})
            families = FamilyBills(session)
            home = letterhead_in(session)
        today = self._today()
        sheets = [
            sheet
            for bill in bills
            for sheet in (
                _bill_sheet(bill, accounts[bill.resident_id], today),
                *families.pages(bill, today),
            )
        ]
        write_bills(path, sheets, home, step)
        return len(bills)

    @needs(Right.SEE_FEES)
    @speaking()
    def write_bill(self, bill: PostedBill, path: Path) -> None:
        """Write one posted bill as a PDF."""
        with self._reading() as session:
            account = accounts_in(session, {bill.resident_id})[bill.resident_id]
            families = FamilyBills(session)
            home = letterhead_in(session)
        today = self._today()
        sheets = [_bill_sheet(bill, account, today), *families.pages(bill, today)]
        write_bills(path, sheets, home)

    @needs(Right.SEE_FEES)
    @speaking()
    def write_trial(self, trial: Trial, path: Path, step: Step | None = None) -> int:
        """Write a trial's bills as one PDF; they bear no number."""
        with self._reading() as session:
            ids = {bill.resident_id for bill in trial.bills}
            accounts = accounts_in(session, ids)
            home = letterhead_in(session)
        sheets = [
            BillSheet(
                "",
                trial.month,
                bill.resident,
                bill.bed,
                bill.grade,
                month_of(trial.month),
                tuple(line_text(line) for line in bill.lines),
                self._today(),
                previous=accounts[bill.resident_id].owed,
                prepaid=accounts[bill.resident_id].prepaid,
            )
            for bill in trial.bills
        ]
        write_bills(path, sheets, home, step)
        return len(sheets)

    @needs(Right.TAKE_MONEY)
    @speaking()
    def write_receipt(self, receipt_id: int, path: Path) -> None:
        """Write a receipt as a PDF and count it; a reprint says so."""
        with self._writing() as session:
            before = count_print_in(session, receipt_id)
            receipt = receipt_in(session, receipt_id)
            home = letterhead_in(session)
        write_receipt(path, _receipt(receipt, before), home)

    @needs(Right.SEE_FEES)
    @speaking()
    def preview_receipt(self, receipt_id: int, path: Path) -> None:
        """Write a receipt as it would come to paper now; looking is not counted."""
        with self._reading() as session:
            receipt = receipt_in(session, receipt_id)
            home = letterhead_in(session)
        write_receipt(path, _receipt(receipt, receipt.printed), home)

    @needs(Right.TAKE_MONEY)
    def count_print(self, receipt_id: int) -> None:
        """Note that a previewed receipt went to paper or into a file."""
        with self._writing() as session:
            count_print_in(session, receipt_id)

    @needs(Right.SEE_FEES)
    @speaking()
    def write_over_held(self, path: Path) -> None:
        """Write the deposits above their cap as a PDF."""
        write_over_held(path, *self._over_held())

    @needs(Right.SEE_FEES)
    @speaking()
    def write_over_held_workbook(self, path: Path) -> None:
        """Write the deposits above their cap as a workbook; the log says who did."""
        over_held = self._over_held()
        with self._writing() as session:
            change_log.note_list(
                session, _("Deposits above the cap"), len(over_held[0])
            )
            write_over_held_workbook(path, *over_held)

    @needs(Right.SEE_FEES)
    @speaking()
    def write_deposit_ledger(self, resident_id: int, path: Path) -> None:
        """Write one resident's deposit ledger as a PDF."""
        today = self._today()
        with self._reading() as session:
            resident = session.get_one(ResidentRow, resident_id).name
            place = place_in(session, resident_id, today)
            account = account_number_in(session)
            entries = entries_in(session, today, resident_id)
            home = letterhead_in(session)
        moved = tuple(_ledger_line(each) for each in entries if not each.is_void)
        ledger = DepositLedger(resident, place, account, moved)
        write_deposit_ledger(path, ledger, today, home)

    def _over_held(self) -> tuple[list[OverHeldText], date, Letterhead]:
        today = self._today()
        with self._reading() as session:
            found = over_held_in(session, today)
            return [_over_held_text(x) for x in found], today, letterhead_in(session)


def letterhead_in(session: Session) -> Letterhead:
    """Return the head of the home's papers."""
    home = profile_in(session)
    return Letterhead(
        home.name, home.address, home.phone, home.payment_note, home.is_practice
    )


def _bill_sheet(bill: PostedBill, account: ResidentAccount, today: date) -> BillSheet:
    """Return a bill in words, with what was open before it and is prepaid."""
    state = next(each for each in account.bills if each.bill_id == bill.bill_id)
    before = sum(
        each.open
        for each in account.bills
        if each.open > 0 and each.bill_id < bill.bill_id
    )
    return BillSheet(
        bill.label,
        bill.month,
        bill.resident,
        bill.bed,
        bill.grade,
        month_of(bill.month),
        tuple(line_text(line) for line in bill.lines),
        today,
        previous=before,
        paid=state.settled,
        prepaid=account.prepaid - max(-state.open, 0),
    )


def _over_held_text(over_held: OverHeldDeposit) -> OverHeldText:
    standing = over_held.standing
    return OverHeldText(
        standing.place,
        standing.resident,
        standing.held,
        standing.cap or 0,
        over_held.refund_by,
        _("Above the cap since {day}").format(day=show_day(over_held.since)),
    )


def _ledger_line(entry: DepositEntry) -> DepositEntryText:
    return DepositEntryText(
        entry.day,
        _(KIND_NAMES[entry.kind]),
        entry.fen,
        entry.paper,
        entry.banked_on,
        entry.purpose,
    )


def line_text(line: Line) -> BillLineText:
    """Return a bill line as the family reads it."""
    return BillLineText(
        line.item_name,
        basis_text(line),
        line.price_fen if line.kind in ("fee", "refund", "use") else None,
        line.amount_fen,
        remark=remark_text(line),
    )


def basis_text(line: Line) -> str:
    """Say how many days or uses a line counts."""
    if line.kind == "use":
        return _("{count} {count:time|times}").format(count=line.quantity)
    if line.kind in ("payer", "adjustment"):
        return ""
    if line.basis_days <= 1:
        return _("{days} {days:day|days}").format(days=line.days)
    return _("{days}/{basis} days").format(days=line.days, basis=line.basis_days)


def remark_text(line: Line) -> str:
    """Say in a few words why a line stands there."""
    if line.kind == "adjustment":
        return _corrected(line)
    if line.kind == "refund":
        return _away(line)
    if line.kind == "payer":
        return _("Borne by {payer}").format(payer=line.item_name)
    told = [str(line.source[x]) for x in ("reason", "note") if x in line.source]
    if line.kind == "use":
        return " ".join((say_day(line.starts), *told))
    if "reason" not in line.source and 1 < line.basis_days > line.days:
        last = date.fromordinal(line.ends.toordinal() - 1)
        return _("{first} to {last}").format(
            first=say_day(line.starts), last=say_day(last)
        )
    return told[0] if told else ""


def _away(line: Line) -> str:
    """Say when somebody was away, and where."""
    source = line.source
    text = (
        _("In hospital {left} to {back}")
        if source.get("absence") == "hospital"
        else _("On leave {left} to {back}")
    )
    returned = source.get("returned")
    back = _("today") if returned is None else _said(str(returned))
    return text.format(left=_said(str(source["left"])), back=back)


def _corrected(line: Line) -> str:
    """Say what a line corrects and why, or what another payer did not pay."""
    month = f"{line.for_month:%Y-%m}"
    if "cut" in line.source and not line.source["cut"]:
        return _("Less refused for {month}").format(month=month)
    if "cut" in line.source:
        text = _("Not paid for {month}: {reason}")
        return text.format(month=month, reason=line.source["reason"])
    return " ".join(explain(line))


def _said(day: str) -> str:
    return say_day(date.fromisoformat(day))


def _receipt(receipt: IssuedReceipt, printed_before: int) -> Receipt:
    return Receipt(
        receipt.label,
        receipt.day,
        receipt.payer,
        receipt.resident,
        receipt.place,
        tuple(ReceiptLine(purpose, fen) for purpose, fen in receipt.lines),
        _(METHOD_NAMES[receipt.method]),
        receipt.cashier,
        reprint=printed_before,
        void_reason=receipt.void_reason,
        approver=receipt.approver,
        remark=receipt.remark,
    )
