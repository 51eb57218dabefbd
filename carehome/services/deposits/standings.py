"""What is held for each resident, how much may be, and since when it is too much."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.deposits import DepositEntryRow
from carehome.db.residents import ResidentRow
from carehome.rules import deposits as rules
from carehome.rules.billing.service_fee import ServiceFee
from carehome.rules.billing.tariff import NoPrice
from carehome.rules.deposits import Movement
from carehome.rules.rulebook import RuleBook
from carehome.services.fees import Book, service_fee_of
from carehome.services.receipts import places_in
from carehome.services.rulebook import rulebook_in


@dataclass(frozen=True, slots=True)
class DepositStanding:
    """What is held for one resident, and how much may be; the cap may be unknown."""

    resident_id: int
    resident: str
    place: str
    held: int
    monthly_fee: int
    cap: int | None

    @property
    def excess(self) -> int:
        """What is held above the cap, in fen."""
        return 0 if self.cap is None else rules.excess(self.held, self.cap)

    @property
    def room(self) -> int:
        """What may still be taken, in fen; nothing while no cap is known."""
        return 0 if self.cap is None else rules.most_to_take(self.held, self.cap)


@dataclass(frozen=True, slots=True)
class OverHeldDeposit:
    """A deposit above its cap, since when, and by when the rest goes back."""

    standing: DepositStanding
    since: date
    refund_by: date


class Ledger:
    """All movements and prices, read once for the lists over everybody."""

    def __init__(
        self,
        session: Session,
        resident_ids: Collection[int] | None = None,
        rules_of: RuleBook | None = None,
        until: date | None = None,
    ) -> None:
        """Read by the rules that the home follows, or by others to see what they do.

        With `until`, what moved after that day is left out.
        """
        self._ids = resident_ids
        self._names: dict[int, str] = {}
        self._places: dict[date, dict[int, str]] = {}
        self.rules = rules_of or rulebook_in(session)
        self.book = Book(session, resident_ids, with_reserved=True)
        self.entries: dict[int, list[Movement]] = defaultdict(list)
        query = select(DepositEntryRow).where(~DepositEntryRow.is_void)
        if resident_ids is not None:
            query = query.where(DepositEntryRow.resident_id.in_(resident_ids))
        if until is not None:
            query = query.where(DepositEntryRow.day <= until)
        for row in session.scalars(query.order_by(DepositEntryRow.day)):
            kind: rules.Kind = row.kind  # type: ignore[assignment]  # table checks it
            self.entries[row.resident_id].append(Movement(kind, row.fen, row.day))

    def standing(
        self, session: Session, resident_id: int, day: date
    ) -> DepositStanding:
        """Return what is held for a resident, and the cap of a day."""
        fee = service_fee_of(self.book, resident_id, day)
        self._learn(session, day)
        return DepositStanding(
            resident_id,
            self._names[resident_id],
            self._places[day].get(resident_id, ""),
            self.held(resident_id),
            fee.total,
            self._cap(fee, day),
        )

    def is_over(self, resident_id: int, day: date) -> bool:
        """Say whether more is held than may be, without asking who it is."""
        held = self.held(resident_id)
        if self.rules.on(day).deposit is None or not held:
            return False
        cap = self._cap(service_fee_of(self.book, resident_id, day), day)
        return cap is not None and held > cap

    def held(self, resident_id: int) -> int:
        """Return what is held for a resident, in fen."""
        return rules.held(self.entries.get(resident_id, ()))

    def since(self, resident_id: int, day: date) -> date:
        """Return the first day of the excess that still stands on `day`.

        Days before the first price list, or under rules without a cap, have none to
        pass.
        """
        since = day
        for change in sorted(self._changes(resident_id, day), reverse=True):
            known = [m for m in self.entries[resident_id] if m.day <= change]
            try:
                fee = service_fee_of(self.book, resident_id, change)
            except NoPrice:
                break
            cap = self._cap(fee, change)
            if cap is None or rules.held(known) <= cap:
                break
            since = change
        return since

    def _cap(self, fee: ServiceFee, day: date) -> int | None:
        """Return the most that may be held on a day, None where the rules say none."""
        pack = self.rules.on(day)
        return rules.cap(pack, fee.total, fee.bed) if pack.deposit else None

    def _learn(self, session: Session, day: date) -> None:
        """Read once for all how residents are called, and where they live on a day."""
        if not self._names:
            query = select(ResidentRow.id, ResidentRow.name)
            if self._ids is not None:
                query = query.where(ResidentRow.id.in_(self._ids))
            self._names = dict(session.execute(query).all())
        if day not in self._places:
            self._places[day] = places_in(session, day, self._ids)

    def _changes(self, resident_id: int, day: date) -> set[date]:
        """Return the days up to `day` on which the fee or the deposit changed."""
        days = {listed.starts for listed in self.book.tariff.lists}
        days |= {movement.day for movement in self.entries[resident_id]}
        days |= set(self.rules.changes())
        spans = [use.period for use in self.book.uses.get(resident_id, ())]
        spans += [own.period for own in self.book.personal.get(resident_id, ())]
        for span in spans:
            days.add(span.start)
            if span.end is not None:
                days.add(span.end)
        return {change for change in days if change <= day}


def standing_in(session: Session, resident_id: int, day: date) -> DepositStanding:
    """Return what is held for a resident and the cap, within another deed."""
    return Ledger(session, [resident_id]).standing(session, resident_id, day)


def over_in(session: Session, ledger: Ledger, day: date) -> list[OverHeldDeposit]:
    """List the deposits above their cap on a day, first what must be back first."""
    found = []
    for resident_id in ledger.entries:
        if ledger.is_over(resident_id, day):
            standing = ledger.standing(session, resident_id, day)
            since = ledger.since(resident_id, day)
            by = rules.refund_by(since, ledger.rules.refund_days(since))
            found.append(OverHeldDeposit(standing, since, by))
    return sorted(found, key=lambda each: each.refund_by)
