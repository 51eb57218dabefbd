"""The journal: entries as an accounting program takes them, numbered by month."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from carehome.rules.ledger.accounts import Account, Code
from carehome.rules.ledger.entry import Entry, Party


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line of a voucher; `document` is the number of the bill or receipt."""

    day: date
    voucher: int
    document: str
    text: str
    account_number: str
    account: str
    party: str
    debit: int
    credit: int


def journal(
    entries: Iterable[Entry],
    accounts: Mapping[Code, Account],
    name_of: Callable[[Party | None], str],
    say: Callable[[Entry], str],
) -> Iterator[JournalLine]:
    """Yield the lines of all entries, whose vouchers count from 1 in each month."""
    month, voucher = None, 0
    for entry in sorted(entries, key=lambda each: each.place):
        first = entry.day.replace(day=1)
        voucher = voucher + 1 if first == month else 1
        month = first
        text = say(entry)
        for line in entry.lines:
            account = accounts[line.account]
            yield JournalLine(
                entry.day,
                voucher,
                entry.number,
                text,
                account.number,
                account.name,
                name_of(line.party),
                line.debit,
                line.credit,
            )
