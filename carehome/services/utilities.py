"""Bills for water, power, gas and heat, and what on them should not be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.books import UtilityBillRow
from carehome.errors import Refusal
from carehome.i18n import N_, _, speaking
from carehome.reports.utilities import AskedBack, write_letter
from carehome.rules import utilities as rules
from carehome.rules.periods import Period
from carehome.rules.residents import check_happened
from carehome.rules.rights import Right, Role
from carehome.rules.today import Concern, Fen, Target, Task, Urgency, words
from carehome.rules.utilities import Flag, Supply, Tariff, UtilityBill
from carehome.services.papers import letterhead_in
from carehome.services.service import Service, needs

UTILITIES = "utilities"  # a target: a bill, by its number in the database
PAID_WITHIN = timedelta(days=15)  # from the day of a bill, where it says nothing


class NothingToAsk(Refusal):
    """There is nothing to be taken up with a supplier."""

    text = N_("Nothing on the bills of {supplier} is to be taken up with them.")


@dataclass(frozen=True, slots=True)
class EnteredBill:
    """A utility bill as it was entered, with what should not be on it."""

    bill_id: int
    bill: UtilityBill
    flags: tuple[Flag, ...]
    letter_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Say whether something on it is still to be taken up with the supplier."""
        return bool(self.flags) and self.letter_on is None


class Utilities(Service):
    """What one person can do with utility bills."""

    @needs(Right.SEE_FEES)
    def bills(self) -> list[EnteredBill]:
        """List all utility bills with their flags, the newest first."""
        with self._reading() as session:
            return bills_in(session)

    @needs(Right.SEE_FEES)
    def flags(self, bill: UtilityBill) -> list[Flag]:
        """Say what should not be on a bill before it is saved."""
        return list(rules.flags(bill, rules.read_rules()))

    @needs(Right.KEEP_BOOKS)
    def add(self, bill: UtilityBill) -> int:
        """Enter a bill; return its number."""
        self._check(bill)
        with self._writing() as session:
            _check_new(session, bill)
            row = UtilityBillRow()
            self._note_payer(row, bill)
            _fill(row, bill)
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.KEEP_BOOKS)
    def change(self, bill_id: int, bill: UtilityBill) -> None:
        """Correct a bill, or note that it was paid."""
        self._check(bill)
        with self._writing() as session:
            _check_new(session, bill, bill_id)
            row = session.get_one(UtilityBillRow, bill_id)
            self._note_payer(row, bill)
            _fill(row, bill)

    @needs(Right.KEEP_BOOKS)
    def pay(self, bill_id: int, day: date, method: str) -> None:
        """Note that a bill was paid."""
        with self._writing() as session:
            row = session.get_one(UtilityBillRow, bill_id)
            rules.check_days(replace(_bill(row), paid_on=day, method=method))
            check_happened(day, self._today())
            row.paid_on, row.method = day, method
            row.paid_by = self._user.account_id

    @needs(Right.SEE_FEES)
    @speaking()
    def write_letter(self, supplier: str, path: Path) -> None:
        """Write the letter that asks a supplier for what is the home's right."""
        with self._reading() as session:
            flagged = [
                each
                for each in bills_in(session)
                if each.bill.supplier == supplier and each.flags
            ]
            head = letterhead_in(session)
        if not flagged:
            raise NothingToAsk(supplier=supplier)
        write_letter(path, supplier, _asked(flagged), self._today(), head)

    @needs(Right.KEEP_BOOKS)
    def note_letter(self, supplier: str, day: date) -> int:
        """Note that a supplier was asked for all on their bills; return how many."""
        check_happened(day, self._today())
        with self._writing() as session:
            mine = [
                each
                for each in bills_in(session)
                if each.bill.supplier == supplier and each.is_open
            ]
            for each in mine:
                session.get_one(UtilityBillRow, each.bill_id).letter_on = day
            return len(mine)

    @needs(Right.SEE_FEES)
    def today(self, day: date) -> list[Concern | Task]:
        """Tell what is on bills that should not be, and which are still to be paid."""
        with self._reading() as session:
            return list(_lines(bills_in(session), day))

    @needs(Right.KEEP_BOOKS)
    def remove(self, bill_id: int) -> None:
        """Take away a bill that was entered by mistake."""
        with self._writing() as session:
            session.delete(session.get_one(UtilityBillRow, bill_id))

    def _note_payer(self, row: UtilityBillRow, bill: UtilityBill) -> None:
        """Note out of whose till a bill was paid."""
        if bill.paid_on != row.paid_on:
            row.paid_by = self._user.account_id if bill.paid_on else None

    def _check(self, bill: UtilityBill) -> None:
        rules.check_bill(bill)
        check_happened(bill.paid_on or bill.day, self._today())


def bills_in(session: Session) -> list[EnteredBill]:
    """List all utility bills with their flags, the newest first."""
    known = rules.read_rules()
    query = select(UtilityBillRow).order_by(
        UtilityBillRow.day.desc(), UtilityBillRow.id.desc()
    )
    found = []
    for row in session.scalars(query):
        bill = _bill(row)
        flags = tuple(rules.flags(bill, known))
        found.append(EnteredBill(row.id, bill, flags, row.letter_on))
    return found


def _check_new(session: Session, bill: UtilityBill, but: int = 0) -> None:
    """Raise while a bill is in the books already, as another one."""
    query = select(UtilityBillRow).filter_by(kind=bill.supply.value)
    others = session.scalars(query.where(UtilityBillRow.id != but))
    rules.check_new(bill, map(_bill, others))


def _asked(bills: Sequence[EnteredBill]) -> list[AskedBack]:
    """Return what the letter names of each bill, the oldest first."""
    return [
        AskedBack(
            _(rules.SUPPLY_NAMES[each.bill.supply]),
            each.bill.number,
            each.bill.meter,
            each.bill.day,
            flag.fee or _(rules.TARIFF_NAMES[each.bill.tariff]),
            flag.fen,
            flag.too_much,
            flag.right.why,
            flag.right.source.document,
        )
        for each in reversed(bills)
        for flag in each.flags
    ]


def _lines(bills: Sequence[EnteredBill], day: date) -> Iterator[Concern | Task]:
    asked = [each for each in bills if each.is_open]
    if asked:
        text = N_("{count} utility {count:bill|bills} not at the residential price")
        told = words(text, count=len(asked))
        yield Concern(
            words(N_("Utilities")),
            told,
            Urgency.SOON,
            Target(UTILITIES, asked[0].bill_id),
            Role.ACCOUNTANT,
            count=len(asked),
        )
    due = [each for each in bills if each.bill.paid_on is None]
    if due:
        text = N_("{count} {count:bill|bills} of {fen} to pay")
        total = Fen(sum(each.bill.fen for each in due))
        yield Task(
            min(each.bill.day for each in due) + PAID_WITHIN,
            words(N_("Utilities")),
            words(text, count=len(due), fen=total),
            words(N_("Note as paid")),
            Target(UTILITIES, due[-1].bill_id),
            count=len(due),
        )


def _bill(row: UtilityBillRow) -> UtilityBill:
    return UtilityBill(
        Supply(row.kind),
        row.supplier,
        row.number,
        row.day,
        Period(row.starts, row.ends),
        Tariff(row.tariff),
        row.quantity,
        row.fen,
        row.extras,
        row.note,
        row.paid_on,
        row.method,
        row.meter,
        row.unit_price,
        row.residential_price,
    )


def _fill(row: UtilityBillRow, bill: UtilityBill) -> None:
    assert bill.period.end is not None, "the rules have checked it"
    row.kind, row.supplier = bill.supply.value, bill.supplier.strip()
    row.number, row.day = bill.number.strip(), bill.day
    row.starts, row.ends = bill.period.start, bill.period.end
    row.tariff, row.quantity = bill.tariff.value, bill.quantity.strip()
    row.fen, row.extras = bill.fen, dict(bill.extras)
    row.note, row.paid_on, row.method = bill.note.strip(), bill.paid_on, bill.method
    row.meter, row.unit_price = bill.meter.strip(), bill.unit_price.strip()
    row.residential_price = bill.residential_price.strip()
