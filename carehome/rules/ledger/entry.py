"""Entries: what a deed about money did to which account, in balance."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from carehome.errors import Trouble
from carehome.i18n import N_
from carehome.rules.ledger.accounts import Code


class Kind(StrEnum):
    """What happened; entries of one day stand in this order."""

    OPENING = "opening"
    BILL = "bill"
    EARNED = "earned"
    PAYMENT = "payment"
    PAYOUT = "payout"
    PAYER_PAID = "payer_paid"
    PAYER_REFUND = "payer_refund"
    WRITTEN_OFF = "written_off"
    DEPOSIT = "deposit"
    BANKED = "banked"
    DEPOSIT_REFUND = "deposit_refund"
    EMERGENCY = "emergency"
    SET_OFF = "set_off"
    DAMAGE = "damage"
    DRAWN = "drawn"
    TRUST_IN = "trust_in"
    TRUST_OUT = "trust_out"
    TRUST_DRAWN = "trust_drawn"
    DONATION = "donation"
    DONATION_USE = "donation_use"
    UTILITY = "utility"
    UTILITY_PAID = "utility_paid"
    HANDED = "handed"
    COUNTED = "counted"
    BANK_CHARGE = "bank_charge"
    BANK_INTEREST = "bank_interest"
    BANK_TRANSFER = "bank_transfer"
    SUBSIDY_GRANTED = "subsidy_granted"
    SUBSIDY_PAID = "subsidy_paid"


ORDER = {kind: place for place, kind in enumerate(Kind)}


class Unbalanced(Trouble):
    """An entry does not come to nothing: what it was read from is damaged."""

    text = N_(
        "The books do not add up: the entry of {day}, number {number}. The data may be "
        "damaged: go back to a backup, and tell whoever looks after the program."
    )


class Party(NamedTuple):
    """Whom a line concerns: a resident by number, others by what they are called."""

    kind: str
    key: int | str


class Line(NamedTuple):
    """One line of an entry; one of its two sides is nothing, none is below it."""

    account: Code
    party: Party | None
    debit: int
    credit: int

    @property
    def fen(self) -> int:
        """What the line adds to the debit side."""
        return self.debit - self.credit


@dataclass(frozen=True, slots=True)
class Entry:
    """A deed about money in the books; `source` is the record it was read from.

    `text` is what people said of it, `by` the account of who took the money or gave
    it. A void is an entry of its own that turns the first one round.
    """

    day: date
    kind: Kind
    source: int
    number: str
    text: str
    lines: tuple[Line, ...]
    by: int = 0
    is_void: bool = False

    def __post_init__(self) -> None:
        if sum(line.fen for line in self.lines):
            raise Unbalanced(day=self.day.isoformat(), number=self.number or "-")

    @property
    def fen(self) -> int:
        """What the entry moves."""
        return sum(line.debit for line in self.lines)

    @property
    def place(self) -> tuple[date, int, int, bool]:
        """Where the entry stands among all others."""
        return self.day, ORDER[self.kind], self.source, self.is_void


def debit(account: Code, fen: int, party: Party | None = None) -> Line:
    """Return a line on the debit side; what is below nothing goes to the other."""
    return Line(account, party, max(fen, 0), max(-fen, 0))


def credit(account: Code, fen: int, party: Party | None = None) -> Line:
    """Return a line on the credit side; what is below nothing goes to the other."""
    return debit(account, -fen, party)


def kept(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Leave out the lines that come to nothing."""
    return tuple(line for line in lines if line.fen)


def turned(entry: Entry, day: date, reason: str) -> Entry:
    """Return the entry that takes another one back on a day."""
    lines = tuple(Line(x.account, x.party, x.credit, x.debit) for x in entry.lines)
    return replace(entry, day=day, text=reason, lines=lines, is_void=True)
