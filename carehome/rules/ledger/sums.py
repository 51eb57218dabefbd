"""Sums over the ledger: balances by account and party, and a table of all accounts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from carehome.rules.ledger.accounts import Code
from carehome.rules.ledger.entry import Entry, Line, Party, kept
from carehome.rules.periods import Period


def until(entries: Iterable[Entry], day: date) -> Iterator[Entry]:
    """Yield the entries up to and with a day."""
    return (entry for entry in entries if entry.day <= day)


def balances(entries: Iterable[Entry], account: Code) -> dict[Party | None, int]:
    """Return what each party's lines on an account come to, on the debit side.

    Parties whose lines come to nothing are left out.
    """
    found: dict[Party | None, int] = defaultdict(int)
    for entry in entries:
        for line in entry.lines:
            if line.account == account:
                found[line.party] += line.fen
    return {party: fen for party, fen in found.items() if fen}


def balance(entries: Iterable[Entry], account: Code) -> int:
    """Return what an account comes to, on the debit side."""
    return sum(balances(entries, account).values())


@dataclass(frozen=True, slots=True)
class AccountSum:
    """An account over some days; balances count on the debit side."""

    account: Code
    before: int
    debit: int
    credit: int

    @property
    def after(self) -> int:
        """The balance at the end."""
        return self.before + self.debit - self.credit


def account_sums(entries: Iterable[Entry], period: Period) -> list[AccountSum]:
    """Return what moved on each account within a period, and what it was before."""
    sums: dict[Code, list[int]] = {code: [0, 0, 0] for code in Code}
    for entry in entries:
        if period.end is not None and entry.day >= period.end:
            continue
        is_before = entry.day < period.start
        for account, _party, debit, credit in entry.lines:
            found = sums[account]
            if is_before:
                found[0] += debit - credit
            else:
                found[1] += debit
                found[2] += credit
    return [AccountSum(code, *found) for code, found in sums.items() if any(found)]


def apart(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield entries in order with what residents owe apart from what is prepaid.

    Who pays settles what is owed first; who is billed uses up what is prepaid first.
    So each resident has a balance on one of both accounts only, on any day.
    """
    owed: dict[Party | None, int] = defaultdict(int)
    for entry in sorted(entries, key=lambda each: each.place):
        if all(line.account != Code.RESIDENTS for line in entry.lines):
            yield entry
            continue
        lines: list[Line] = []
        for line in entry.lines:
            if line.account != Code.RESIDENTS:
                lines.append(line)
                continue
            before = owed[line.party]
            owed[line.party] = after = before + line.fen
            due = max(after, 0) - max(before, 0)
            lines += _apart(line.party, due, line.fen - due)
        yield replace(entry, lines=kept(lines))


def _apart(party: Party | None, due: int, prepaid: int) -> Iterator[Line]:
    for account, fen in ((Code.RECEIVABLE, due), (Code.PREPAID, prepaid)):
        yield Line(account, party, max(fen, 0), max(-fen, 0))
