"""Deposits: money held for residents in a dedicated account, never above the cap."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.billing import FROM_DEPOSIT, PaymentRow
from carehome.db.deposits import INWARD, DepositEntryRow
from carehome.db.residents import ResidentRow
from carehome.i18n import _
from carehome.rules import deposits as rules
from carehome.rules import rulepacks
from carehome.rules.deposits import Movement
from carehome.rules.money import MOST
from carehome.rules.rights import Right
from carehome.rules.rulepacks import RulePack
from carehome.services.accounts import Approval, approved_by
from carehome.services.fees import Book, service_fee_of
from carehome.services.home import profile_in
from carehome.services.payments import account_in, settle_in
from carehome.services.receipts import issue_in, place_in
from carehome.services.service import Service, needs


@dataclass(frozen=True, slots=True)
class DepositStanding:
    """What is held for one resident, and how much may be."""

    resident_id: int
    resident: str
    place: str
    held: int
    monthly_fee: int
    cap: int

    @property
    def excess(self) -> int:
        """What is held above the cap, in fen."""
        return rules.excess(self.held, self.cap)

    @property
    def room(self) -> int:
        """What may still be taken, in fen."""
        return rules.most_to_take(self.held, self.cap)


@dataclass(frozen=True, slots=True)
class OverHeldDeposit:
    """A deposit above its cap, since when, and by when the rest goes back."""

    standing: DepositStanding
    since: date
    refund_by: date


@dataclass(frozen=True, slots=True)
class DepositEntry:
    """One movement; `fen` is below nothing when money left."""

    entry_id: int
    resident_id: int
    resident: str
    kind: str
    day: date
    fen: int
    method: str
    purpose: str
    paper: str
    papers_due: date | None
    banked_on: date | None
    is_late: bool
    is_void: bool


class Deposits(Service):
    """What one person can do with deposits."""

    @needs(Right.SEE_FEES)
    def standing(self, resident_id: int, day: date | None = None) -> DepositStanding:
        """Return what is held for a resident and how much may be."""
        with self._reading() as session:
            return standing_in(session, resident_id, day or self._today())

    @needs(Right.SEE_FEES)
    def standings(self) -> list[DepositStanding]:
        """List everybody for whom something is held, the most first."""
        with self._reading() as session:
            ledger = _Ledger(session)
            found = [
                ledger.standing(session, resident_id, self._today())
                for resident_id in ledger.entries
            ]
            return sorted(
                (each for each in found if each.held), key=lambda each: -each.held
            )

    @needs(Right.TAKE_MONEY)
    def take(
        self, resident_id: int, fen: int, method: str, day: date, payer: str = ""
    ) -> int:
        """Take a deposit within the cap and issue its receipt; return its number."""
        with self._writing() as session:
            pack = pack_in(session)
            if pack.deposit is None:
                raise rules.CapUnknown(pack=pack.name)
            now = standing_in(session, resident_id, day)
            rules.check_receipt(now.held, fen, now.cap)
            entry = DepositEntryRow(
                resident_id=resident_id,
                kind="in",
                day=day,
                fen=fen,
                method=method,
                purpose=_("Deposit"),
                taken_by=self._user.account_id,
            )
            session.add(entry)
            session.flush()
            lines = [(_("Deposit"), fen)]
            return issue_in(session, self._now(), self._user.name, entry, lines, payer)

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
        """Give deposit back, approved by a second person; return the voucher."""
        second = approved_by(self._db, self._user, approval, Right.APPROVE_REFUND)
        with self._writing() as session:
            entry = self._out(session, resident_id, "refund", fen, day, purpose, "")
            entry.method, entry.approved_by = method, second.account_id
            session.add(entry)
            session.flush()
            lines = [(_("Deposit given back"), -fen)]
            return issue_in(session, self._now(), self._user.name, entry, lines, payee)

    @needs(Right.PAY_OUT_DEPOSIT)
    def spend_in_emergency(
        self,
        resident_id: int,
        fen: int,
        method: str,
        day: date,
        purpose: str,
        is_working_day: Callable[[date], bool],
    ) -> date:
        """Use deposit for a hospital emergency; return when its papers are due."""
        with self._writing() as session:
            entry = self._out(session, resident_id, "emergency", fen, day, purpose, "")
            entry.method = method
            entry.papers_due = rules.papers_due(day, is_working_day)
            session.add(entry)
            session.flush()
            return entry.papers_due

    @needs(Right.PAY_OUT_DEPOSIT)
    def set_off(
        self, resident_id: int, fen: int, day: date, purpose: str, consent_paper: str
    ) -> None:
        """Pay what a resident owes from the deposit, with the family's consent."""
        with self._writing() as session:
            owed = account_in(session, resident_id).owed
            if fen > owed:
                raise rules.MoreThanHeld(held=owed)
            entry = self._out(
                session, resident_id, "set_off", fen, day, purpose, consent_paper
            )
            payment = PaymentRow(
                resident_id=resident_id,
                received_on=day,
                method=FROM_DEPOSIT,
                fen=fen,
                note=consent_paper.strip(),
                taken_by=self._user.account_id,
            )
            session.add_all([entry, payment])
            session.flush()
            settle_in(session, {resident_id})

    @needs(Right.TAKE_MONEY)
    def bank(self, entry_ids: Collection[int], day: date) -> None:
        """Note that deposits were paid into the dedicated account."""
        with self._writing() as session:
            for entry_id in entry_ids:
                session.get_one(DepositEntryRow, entry_id).banked_on = day

    @needs(Right.SEE_FEES)
    def entries(self, resident_id: int | None = None) -> list[DepositEntry]:
        """List the movements of one resident, or of all, the oldest first."""
        with self._reading() as session:
            query = (
                select(DepositEntryRow, ResidentRow.name)
                .join(ResidentRow, ResidentRow.id == DepositEntryRow.resident_id)
                .order_by(DepositEntryRow.day, DepositEntryRow.id)
            )
            if resident_id is not None:
                query = query.where(DepositEntryRow.resident_id == resident_id)
            rows = session.execute(query)
            return [_entry(row, name, self._today()) for row, name in rows]

    @needs(Right.SEE_FEES)
    def over_held(self) -> list[OverHeldDeposit]:
        """List the deposits above their cap and when the rest must be back."""
        with self._reading() as session:
            ledger = _Ledger(session)
            found = []
            for resident_id in ledger.entries:
                standing = ledger.standing(session, resident_id, self._today())
                if not standing.excess:
                    continue
                since = ledger.since(resident_id, self._today())
                days = ledger.pack.overheld_refund.days
                found.append(
                    OverHeldDeposit(standing, since, since + timedelta(days=days))
                )
            return sorted(found, key=lambda each: each.refund_by)

    def _out(
        self,
        session: Session,
        resident_id: int,
        kind: rules.Kind,
        fen: int,
        day: date,
        purpose: str,
        paper: str,
    ) -> DepositEntryRow:
        """Return a movement out of a deposit, checked but not stored yet."""
        held = held_in(session, resident_id)
        movement = Movement(kind, fen, day, purpose, paper)
        rules.check_movement(movement, held, held)
        return DepositEntryRow(
            resident_id=resident_id,
            kind=kind,
            day=day,
            fen=fen,
            method="none",
            purpose=purpose.strip(),
            paper=paper.strip(),
            taken_by=self._user.account_id,
        )


class _Ledger:
    """All movements and prices, read once for the lists over everybody."""

    def __init__(
        self, session: Session, resident_ids: Collection[int] | None = None
    ) -> None:
        self.pack = pack_in(session)
        self.book = Book(session, resident_ids, with_reserved=True)
        self.entries: dict[int, list[Movement]] = defaultdict(list)
        query = select(DepositEntryRow).where(~DepositEntryRow.is_void)
        if resident_ids is not None:
            query = query.where(DepositEntryRow.resident_id.in_(resident_ids))
        for row in session.scalars(query.order_by(DepositEntryRow.day)):
            kind: rules.Kind = row.kind  # type: ignore[assignment]  # table checks it
            self.entries[row.resident_id].append(Movement(kind, row.fen, row.day))

    def standing(
        self, session: Session, resident_id: int, day: date
    ) -> DepositStanding:
        """Return what is held for a resident, and the cap of a day."""
        fee = service_fee_of(self.book, resident_id, day)
        return DepositStanding(
            resident_id,
            session.get_one(ResidentRow, resident_id).name,
            place_in(session, resident_id, day),
            rules.held(self.entries.get(resident_id, ())),
            fee.total,
            self._cap(resident_id, day),
        )

    def since(self, resident_id: int, day: date) -> date:
        """Return the first day of the excess that still stands on `day`."""
        since = day
        for change in sorted(self._changes(resident_id, day), reverse=True):
            known = [m for m in self.entries[resident_id] if m.day <= change]
            if rules.held(known) <= self._cap(resident_id, change):
                break
            since = change
        return since

    def _cap(self, resident_id: int, day: date) -> int:
        if self.pack.deposit is None:
            return MOST  # no source gives a cap: nothing is over-held
        fee = service_fee_of(self.book, resident_id, day)
        return rules.cap(self.pack, fee.total, fee.bed)

    def _changes(self, resident_id: int, day: date) -> set[date]:
        """Return the days up to `day` on which the fee or the deposit changed."""
        days = {listed.starts for listed in self.book.tariff.lists}
        days |= {movement.day for movement in self.entries[resident_id]}
        spans = [use.period for use in self.book.uses.get(resident_id, ())]
        spans += [own.period for own in self.book.personal.get(resident_id, ())]
        for span in spans:
            days.add(span.start)
            if span.end is not None:
                days.add(span.end)
        return {change for change in days if change <= day}


def pack_in(session: Session) -> RulePack:
    """Return the rule pack that the home has chosen."""
    return rulepacks.read_packs()[profile_in(session).rule_pack]


def held_in(session: Session, resident_id: int) -> int:
    """Return what is held for a resident, in fen."""
    rows = session.scalars(
        select(DepositEntryRow).where(
            DepositEntryRow.resident_id == resident_id, ~DepositEntryRow.is_void
        )
    )
    return sum(row.fen if row.kind in INWARD else -row.fen for row in rows)


def standing_in(session: Session, resident_id: int, day: date) -> DepositStanding:
    """Return what is held for a resident and the cap, within another deed."""
    return _Ledger(session, [resident_id]).standing(session, resident_id, day)


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


def _entry(row: DepositEntryRow, name: str, today: date) -> DepositEntry:
    inward = row.kind in INWARD
    late = row.kind == "in" and rules.is_banked_late(row.day, row.banked_on, today)
    return DepositEntry(
        row.id,
        row.resident_id,
        name,
        row.kind,
        row.day,
        row.fen if inward else -row.fen,
        row.method,
        row.purpose,
        row.paper,
        row.papers_due,
        row.banked_on,
        late and not row.is_void,
        row.is_void,
    )
