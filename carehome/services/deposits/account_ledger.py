"""The ledger of the dedicated account: every movement, and both sums after it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.deposits import DepositDrawPartRow, DepositEntryRow
from carehome.db.residents import ResidentRow
from carehome.i18n import _
from carehome.rules.ledger.accounts import Code
from carehome.rules.ledger.entry import Entry, Kind
from carehome.rules.periods import Period
from carehome.services.ledger import entries as ledger

OF_BANK = (Kind.BANK_CHARGE, Kind.BANK_INTEREST, Kind.BANK_TRANSFER)


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One movement: what it adds to what is held and to the account, and the sums."""

    key: str
    day: date
    kind: Kind
    is_void: bool
    who: str
    purpose: str
    paper: str
    held: int
    account: int
    held_after: int
    account_after: int


@dataclass(frozen=True, slots=True)
class AccountLedger:
    """The movements of some days, with both balances before and after them."""

    period: Period
    held_before: int
    account_before: int
    lines: tuple[AccountLine, ...]

    @property
    def held(self) -> int:
        """What is held after the last movement."""
        return self.lines[-1].held_after if self.lines else self.held_before

    @property
    def account(self) -> int:
        """What is in the account after the last movement."""
        return self.lines[-1].account_after if self.lines else self.account_before


def _all_entries(session: Session) -> list[Entry]:
    """Return what deposits, draws and the bank itself did, in its order."""
    found = [
        *ledger.deposits_in(session),
        *ledger.draws_in(session),
        *by_bank_in(session),
    ]
    return sorted(found, key=lambda each: each.place)


def by_bank_in(session: Session) -> list[Entry]:
    """Return what the bank itself did with the account, and transfers to it."""
    return [e for e in ledger.bank_entries_in(session) if on(e, Code.DEPOSIT_BANK)]


def balance_in(session: Session, code: Code, day: date) -> int:
    """Return what all movements left on an account by a day."""
    return sum(on(each, code) for each in _all_entries(session) if each.day <= day)


def on(entry: Entry, code: Code) -> int:
    """Return what an entry adds to the debit side of an account."""
    return sum(line.fen for line in entry.lines if line.account is code)


def ledger_in(
    session: Session, period: Period, resident_id: int | None = None
) -> AccountLedger:
    """Return the movements of some days, within another deed."""
    words = _Words(session)
    held = account = held_before = account_before = 0
    lines: list[AccountLine] = []
    for entry in _all_entries(session):
        share = words.share(entry, resident_id)
        if not share or (period.end is not None and entry.day >= period.end):
            continue
        more_held = -on(entry, Code.DEPOSITS)
        more_account = on(entry, Code.DEPOSIT_BANK)
        if entry.kind is Kind.DRAWN:
            more_account = share if entry.is_void else -share
        held, account = held + more_held, account + more_account
        if entry.day < period.start:
            held_before, account_before = held, account
            continue
        lines.append(words.line(entry, (more_held, more_account), (held, account)))
    return AccountLedger(period, held_before, account_before, tuple(lines))


class _Words:
    """Whose each entry of the ledger is, and what was said of it."""

    def __init__(self, session: Session) -> None:
        self._names = dict(
            session.execute(select(ResidentRow.id, ResidentRow.name)).all()
        )
        self._rows = {row.id: row for row in session.scalars(select(DepositEntryRow))}
        self._parts: dict[int, list[DepositDrawPartRow]] = defaultdict(list)
        for part in session.scalars(select(DepositDrawPartRow)):
            self._parts[part.deposit_draw_id].append(part)

    def share(self, entry: Entry, resident_id: int | None) -> int:
        """Return how much of an entry is somebody's, or all of it."""
        if resident_id is None:
            return entry.fen
        if entry.kind is Kind.DRAWN:
            parts = self._parts[entry.source]
            return sum(
                part.fen
                for part in parts
                if self._rows[part.deposit_entry_id].resident_id == resident_id
            )
        if entry.kind in OF_BANK:
            return 0  # what the bank adds or takes is nobody's deposit
        mine = self._rows[entry.source].resident_id == resident_id
        return entry.fen if mine else 0

    def line(
        self, entry: Entry, moved: tuple[int, int], after: tuple[int, int]
    ) -> AccountLine:
        """Return a line of the ledger: whose, why, and on what paper."""
        purpose, paper = entry.text, entry.number
        if entry.kind not in (Kind.DRAWN, *OF_BANK):
            row = self._rows[entry.source]
            purpose = entry.text if entry.is_void else row.purpose
            paper = " ".join(filter(None, (entry.number, row.paper)))
        return AccountLine(
            f"{entry.kind}-{entry.source}-{entry.is_void}",
            entry.day,
            entry.kind,
            entry.is_void,
            self._who(entry),
            purpose,
            paper,
            *moved,
            *after,
        )

    def _who(self, entry: Entry) -> str:
        if entry.kind in OF_BANK:
            return ""
        if entry.kind is Kind.DRAWN:
            parts = self._parts[entry.source]
            owners = [self._rows[part.deposit_entry_id].resident_id for part in parts]
        else:
            owners = [self._rows[entry.source].resident_id]
        return _(", ").join(self._names[owner] for owner in dict.fromkeys(owners))
