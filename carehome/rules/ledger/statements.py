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
class Statement:
    """A resident's fees, deposit and trust money over some days, in fen."""

    party: Party
    period: Period
    before: int
    lines: tuple[StatementLine, ...]
    by_category: dict[Category, int]
    deposit: int
    trust: int

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
        -_sum(known, party, Code.DEPOSITS),
        -_sum(known, party, Code.TRUST),
    )


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
