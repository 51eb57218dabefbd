"""What one resident was charged, paid and left with over some days."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from carehome.rules.billing.tariff import Category
from carehome.rules.ledger.accounts import INCOME, Code
from carehome.rules.ledger.entry import Entry, Kind, Party
from carehome.rules.periods import Period

_CHARGED = frozenset({*INCOME.values(), Code.BILLED_AHEAD})


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One deed about a resident's fees; `balance` above nothing is still owed."""

    entry: Entry
    charged: int
    borne: int
    paid: int
    balance: int


@dataclass(frozen=True, slots=True)
class KeptLine:
    """Money that came to what is held for a resident, or below nothing left it."""

    entry: Entry
    fen: int
    kept: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A resident's deposit or trust money over some days, in fen."""

    before: int
    lines: tuple[KeptLine, ...]

    @property
    def came(self) -> int:
        """What came in, less what was void of it."""
        return sum(x.fen for x in self.lines if (x.fen > 0) != x.entry.is_void)

    @property
    def went(self) -> int:
        """What went out, less what was void of it."""
        return sum(-x.fen for x in self.lines if (x.fen < 0) != x.entry.is_void)

    @property
    def after(self) -> int:
        """What is held at the end."""
        return self.lines[-1].kept if self.lines else self.before

    @property
    def is_told(self) -> bool:
        """Say whether something was held or moved."""
        return bool(self.before or self.lines)


@dataclass(frozen=True, slots=True)
class Statement:
    """A resident's fees, deposit and trust money over some days, in fen."""

    party: Party
    period: Period
    before: int
    lines: tuple[StatementLine, ...]
    by_category: dict[Category, int]
    deposits: Kept
    trusts: Kept

    @property
    def deposit(self) -> int:
        """What is held of the deposit at the end."""
        return self.deposits.after

    @property
    def trust(self) -> int:
        """What is kept of trust money at the end."""
        return self.trusts.after

    @property
    def is_told(self) -> bool:
        """Say whether any money moved or was owed, prepaid or held."""
        return bool(
            self.before or self.lines or self.deposits.is_told or self.trusts.is_told
        )

    @property
    def after(self) -> int:
        """What is owed at the end; below nothing what is prepaid."""
        return self.lines[-1].balance if self.lines else self.before

    @property
    def charged(self) -> int:
        """All that was charged."""
        return sum(line.charged for line in self.lines)

    @property
    def borne(self) -> int:
        """What other payers bear of it."""
        return sum(line.borne for line in self.lines)

    @property
    def paid(self) -> int:
        """What was paid, less what was paid back."""
        return sum(line.paid for line in self.lines)


def by_resident(entries: Iterable[Entry]) -> dict[Party, list[Entry]]:
    """Sort entries by the residents whom they concern, in their order."""
    found: dict[Party, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda each: each.place):
        mine = {x.party for x in entry.lines if x.party and x.party.kind == "resident"}
        for party in mine:
            found[party].append(entry)
    return found


def statement(party: Party, entries: Sequence[Entry], period: Period) -> Statement:
    """Sum up a resident's entries, which are in their order."""
    known = [e for e in entries if period.end is None or e.day < period.end]
    old = [entry for entry in known if entry.day < period.start]
    new = [entry for entry in known if entry.day >= period.start]
    before = balance = _sum(old, party, Code.RESIDENTS)
    lines = []
    for entry in new:
        if entry.kind is Kind.EARNED:
            continue
        change = _sum([entry], party, Code.RESIDENTS)
        charged = -_of(entry, party, _CHARGED)
        borne = _payers(entry)
        if change or charged:
            balance += change
            paid = charged - borne - change
            lines.append(StatementLine(entry, charged, borne, paid, balance))
    return Statement(
        party,
        period,
        before,
        tuple(lines),
        {name: -_sum(new, party, code) for name, code in INCOME.items()},
        _kept(old, new, party, Code.DEPOSITS),
        _kept(old, new, party, Code.TRUST),
    )


def _kept(
    old: Sequence[Entry], new: Sequence[Entry], party: Party, account: Code
) -> Kept:
    """Sum up what is held for a resident on one account."""
    before = kept = -_sum(old, party, account)
    lines = []
    for entry in new:
        fen = -_sum([entry], party, account)
        if fen:
            kept += fen
            lines.append(KeptLine(entry, fen, kept))
    return Kept(before, tuple(lines))


def _of(entry: Entry, party: Party, accounts: Iterable[Code]) -> int:
    wanted = frozenset(accounts)
    return sum(
        line.fen
        for line in entry.lines
        if line.party == party and line.account in wanted
    )


def _sum(entries: Iterable[Entry], party: Party, account: Code) -> int:
    return sum(_of(entry, party, (account,)) for entry in entries)


def _payers(entry: Entry) -> int:
    return sum(line.fen for line in entry.lines if line.account == Code.PAYERS)


def last_day(period: Period) -> date:
    """Return the last day of a period that has an end."""
    assert period.end is not None, "a statement has an end"
    return date.fromordinal(period.end.toordinal() - 1)
