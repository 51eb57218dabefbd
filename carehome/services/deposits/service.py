"""What one person can do with deposits: take, give back, spend, set off, bank."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.billing import ReceiptRow
from carehome.db.deposits import INWARD, DepositEntryRow
from carehome.db.residents import ResidentRow
from carehome.errors import Refusal
from carehome.i18n import N_, _, show_money, speaking
from carehome.rules import deposits as rules
from carehome.rules.home import NameMissing
from carehome.rules.residents import check_happened
from carehome.rules.rights import Right, User
from carehome.rules.today import Line
from carehome.services.accounts import Approval, approved_by
from carehome.services.deposits import today as of_day
from carehome.services.deposits.emergencies import (
    Emergency,
    emergencies_in,
    end_papers_in,
)
from carehome.services.deposits.outward import (
    check_no_estate_in,
    out_in,
    set_off_in,
)
from carehome.services.deposits.standings import (
    DepositStanding,
    Ledger,
    OverHeldDeposit,
    over_in,
    standing_in,
)
from carehome.services.receipts import issue_in, receipt_in
from carehome.services.residents import papers
from carehome.services.rulebook import pack_in
from carehome.services.service import Service, needs
from carehome.services.workdays import is_working_day

TAKEN, GIVEN_BACK = N_("Deposit"), N_("Deposit given back")
PUT_BACK = N_("Deposit put back, not used in the emergency")


@dataclass(frozen=True, slots=True)
class DepositEntry:
    """One movement; `fen` is below nothing when money left."""

    entry_id: int
    resident_id: int
    resident: str
    kind: rules.Kind
    day: date
    fen: int
    method: str
    purpose: str
    paper: str
    papers_due: date | None
    banked_on: date | None
    is_late: bool
    is_void: bool
    receipt_id: int | None


class BankedTooEarly(Refusal):
    """Money is not in the bank before it came."""

    text = N_("The deposit came on {day}. It cannot be in the bank before that day.")


class Deposits(Service):
    """What one person can do with deposits."""

    @needs(Right.SEE_FEES)
    def standing(self, resident_id: int, day: date | None = None) -> DepositStanding:
        """Return what is held for a resident and how much may be."""
        with self._reading() as session:
            return standing_in(session, resident_id, day or self._today())

    @needs(Right.SEE_FEES)
    def standings(self) -> list[DepositStanding]:
        """List by bed who lives here, and for whom money is held or to be banked."""
        with self._reading() as session:
            today = self._today()
            ledger = Ledger(session)
            here = {
                resident_id
                for resident_id, stays in ledger.book.stays.items()
                if any(stay.holds(today) for stay in stays)
            }
            open_entries = select(DepositEntryRow.resident_id).where(
                ~DepositEntryRow.is_void,
                (DepositEntryRow.kind == "in") & DepositEntryRow.banked_on.is_(None)
                | DepositEntryRow.papers_due.is_not(None),
            )
            unfinished = set(session.scalars(open_entries))
            found = [
                ledger.standing(session, resident_id, today)
                for resident_id in here | ledger.entries.keys()
                if resident_id in here | unfinished or ledger.held(resident_id)
            ]
            return sorted(found, key=lambda each: (not each.place, each.place))

    @needs(Right.SEE_FEES)
    def today(self, day: date) -> list[Line]:
        """Tell what is held, what is too much of it, and what papers are lacking."""
        with self._reading() as session:
            over = over_held_in(session, day)
            return [
                *of_day.figures_in(session, pack_in(session, day), over, day),
                *of_day.over_held(over, day),
                *of_day.papers_in(session, day),
            ]

    @needs(Right.TAKE_MONEY)
    def to_bank(self, _day: date) -> list[Line]:
        """Tell what still has to go into the dedicated account."""
        with self._reading() as session:
            return list(of_day.to_bank_in(session))

    @needs(Right.TAKE_MONEY)
    def take(
        self, resident_id: int, fen: int, method: str, day: date, payer: str = ""
    ) -> int:
        """Take a deposit within the cap and issue its receipt; return its id."""
        check_happened(day, self._today())
        with self._writing() as session:
            what = (resident_id, fen, method, day, payer, _written(TAKEN))
            return self._take_in(session, *what)

    @needs(Right.PAY_OUT_DEPOSIT)
    def refund(
        self,
        resident_id: int,
        fen: int,
        method: str,
        day: date,
        purpose: str,
        approval: Approval,
        payee: str = "",
    ) -> int:
        """Give deposit back, approved by a second person; return the voucher's id.

        The deposit of somebody who has died goes back in the departure.
        """
        check_happened(day, self._today())
        second = approved_by(self._db, self._user, approval, Right.APPROVE_REFUND)
        with self._writing() as session:
            check_no_estate_in(session, resident_id)
            what = (resident_id, fen, day, purpose, "")
            entry = out_in(session, "refund", *what, self._user.account_id)
            entry.method, entry.approved_by = method, second.account_id
            session.add(entry)
            session.flush()
            lines = [(_written(GIVEN_BACK), -fen)]
            return issue_in(session, self._now(), self._user.name, entry, lines, payee)

    @needs(Right.PAY_OUT_DEPOSIT)
    def spend_in_emergency(
        self, resident_id: int, fen: int, method: str, day: date, purpose: str
    ) -> date:
        """Use deposit for a hospital emergency; return when its papers are due."""
        check_happened(day, self._today())
        with self._writing() as session:
            what = (resident_id, fen, day, purpose, "")
            entry = out_in(session, "emergency", *what, self._user.account_id)
            entry.method = method
            entry.papers_due = rules.papers_due(day, is_working_day)
            session.add(entry)
            session.flush()
            return entry.papers_due

    @needs(Right.PAY_OUT_DEPOSIT)
    def hand_in_papers(
        self, entry_id: int, paper: str, scan: Path | None = None
    ) -> None:
        """Note the papers of an emergency, with a scan of them if there is one."""
        if not paper.strip():
            raise NameMissing(field=_("name or number of the papers"))
        content = papers.read_paper(scan) if scan else b""
        with self._writing() as session:
            kept = None
            if scan:
                owner = session.get_one(DepositEntryRow, entry_id).resident_id
                what = ("other", paper.strip(), scan.name, content, self._now())
                kept = papers.add_paper_in(session, owner, *what)
            end_papers_in(session, entry_id, "handed_in", paper, self._by(), kept)

    @needs(Right.LEAVE_CLAIM)
    def excuse_papers(self, entry_id: int, reason: str) -> None:
        """Let the papers of an emergency be missing for good, and say why."""
        if not reason.strip():
            raise rules.NoExcuse
        with self._writing() as session:
            end_papers_in(session, entry_id, "excused", reason, self._by())

    @needs(Right.TAKE_MONEY)
    def put_back(
        self, entry_id: int, fen: int, method: str, day: date, payer: str = ""
    ) -> int:
        """Take back what no papers prove, as deposit again; return the receipt."""
        check_happened(day, self._today())
        with self._writing() as session:
            spent = session.get_one(DepositEntryRow, entry_id)
            if fen > spent.fen:
                raise rules.MorePutBack(fen=show_money(spent.fen), most_fen=spent.fen)
            what = (spent.resident_id, fen, method, day, payer, _written(PUT_BACK))
            receipt = self._take_in(session, *what)
            number = receipt_in(session, receipt).label
            end_papers_in(session, entry_id, "put_back", number, self._by())
            return receipt

    @needs(Right.PAY_OUT_DEPOSIT)
    def set_off(
        self, resident_id: int, fen: int, day: date, purpose: str, consent_paper: str
    ) -> None:
        """Pay what a resident owes from the deposit, with the family's consent."""
        check_happened(day, self._today())
        with self._writing() as session:
            check_no_estate_in(session, resident_id)
            what = (resident_id, fen, day, purpose, consent_paper)
            set_off_in(session, *what, self._user.account_id)

    @needs(Right.TAKE_MONEY)
    def bank(self, entry_ids: Collection[int], day: date) -> None:
        """Note that deposits were paid into the dedicated account."""
        check_happened(day, self._today())
        with self._writing() as session:
            bank_in(session, entry_ids, day, (self._user, self._now()))

    def _by(self) -> tuple[date, str]:
        return self._today(), self._user.name

    def _take_in(
        self,
        session: Session,
        resident_id: int,
        fen: int,
        method: str,
        day: date,
        payer: str,
        purpose: str,
    ) -> int:
        now = standing_in(session, resident_id, day)
        if now.cap is None:
            raise rules.CapUnknown(pack=pack_in(session, day).name)
        rules.check_receipt(now.held, fen, now.cap)
        entry = DepositEntryRow(
            resident_id=resident_id,
            kind="in",
            day=day,
            fen=fen,
            method=method,
            purpose=purpose,
            taken_by=self._user.account_id,
        )
        session.add(entry)
        session.flush()
        lines = [(purpose, fen)]
        return issue_in(session, self._now(), self._user.name, entry, lines, payer)

    @needs(Right.SEE_FEES)
    def entries(self, resident_id: int | None = None) -> list[DepositEntry]:
        """List the movements of one resident, or of all, the oldest first."""
        with self._reading() as session:
            return entries_in(session, self._today(), resident_id)

    @needs(Right.SEE_FEES)
    def emergencies(self) -> list[Emergency]:
        """List what was spent in emergencies, first what still lacks its papers."""
        with self._reading() as session:
            return emergencies_in(session)

    @needs(Right.SEE_FEES)
    def over_held(self) -> list[OverHeldDeposit]:
        """List the deposits above their cap and when the rest must be back."""
        with self._reading() as session:
            return over_held_in(session, self._today())


@speaking()
def _written(purpose: str) -> str:
    """Say what a deposit moved for as it stays on the receipt."""
    return _(purpose)


def bank_in(
    session: Session,
    entry_ids: Collection[int],
    day: date,
    noted: tuple[User, datetime],
) -> None:
    """Note within another deed that deposits came into the dedicated account.

    Cash among them leaves the till of whoever notes it, at that moment.
    """
    by, at = noted
    for entry_id in entry_ids:
        row = session.get_one(DepositEntryRow, entry_id)
        if day < row.day:
            raise BankedTooEarly(day=row.day)
        row.banked_on, row.banked_by, row.banked_at = day, by.account_id, at


def over_held_in(session: Session, today: date) -> list[OverHeldDeposit]:
    """List the deposits above their cap on a day, within another deed."""
    return over_in(session, Ledger(session, until=today), today)


def entries_in(
    session: Session, today: date, resident_id: int | None = None
) -> list[DepositEntry]:
    """List movements, the oldest first, within another deed."""
    query = (
        select(DepositEntryRow, ResidentRow.name, ReceiptRow.id)
        .join(ResidentRow, ResidentRow.id == DepositEntryRow.resident_id)
        .outerjoin(ReceiptRow, ReceiptRow.deposit_entry_id == DepositEntryRow.id)
        .order_by(DepositEntryRow.day, DepositEntryRow.id)
    )
    if resident_id is not None:
        query = query.where(DepositEntryRow.resident_id == resident_id)
    return [
        _entry(row, name, receipt_id, today)
        for row, name, receipt_id in session.execute(query)
    ]


def open_in(
    session: Session, resident_id: int, fen: int, day: date, account_id: int
) -> None:
    """Carry a deposit over from older books, within the deed that reads them."""
    session.add(
        DepositEntryRow(
            resident_id=resident_id,
            kind="opening",
            day=day,
            fen=fen,
            method="none",
            banked_on=day,
            taken_by=account_id,
        )
    )


def _entry(
    row: DepositEntryRow, name: str, receipt_id: int | None, today: date
) -> DepositEntry:
    inward = row.kind in INWARD
    kind: rules.Kind = row.kind  # type: ignore[assignment]  # the table checks it
    late = row.kind == "in" and rules.is_banked_late(row.day, row.banked_on, today)
    return DepositEntry(
        row.id,
        row.resident_id,
        name,
        kind,
        row.day,
        row.fen if inward else -row.fen,
        row.method,
        row.purpose,
        row.paper,
        row.papers_due,
        row.banked_on,
        late and not row.is_void,
        row.is_void,
        receipt_id,
    )
