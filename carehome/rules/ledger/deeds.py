"""How each deed about money goes into the books."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from carehome.rules.billing.tariff import Category
from carehome.rules.ledger.accounts import INCOME, TILLS, Code
from carehome.rules.ledger.entry import (
    Entry,
    Kind,
    Line,
    Party,
    credit,
    debit,
    kept,
    turned,
)


class Part(NamedTuple):
    """What a bill charges of one category; without, what another payer bears."""

    category: Category | Literal[""]
    payer: int
    fen: int


@dataclass(frozen=True, slots=True)
class Billed:
    """A posted bill; `day` is that of the books."""

    bill_id: int
    number: str
    day: date
    month: date
    resident_id: int
    parts: tuple[Part, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Void:
    """When a deed was taken back, and why."""

    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Money of a resident that came or went; `kind` says as what."""

    source: int
    kind: Kind
    number: str
    day: date
    resident_id: int
    method: str
    fen: int
    text: str
    by: int = 0
    void: Void | None = None


def resident(resident_id: int) -> Party:
    """Return a resident as a party."""
    return Party("resident", resident_id)


def of_bill(billed: Billed) -> Iterator[Entry]:
    """Yield what residents and payers owe for a month; ahead of it nothing is earned.

    What other payers bear stands on the bill as less for the resident.
    """
    ahead, who = billed.day < billed.month, resident(billed.resident_id)
    income = [
        credit(INCOME[part.category], part.fen, who)
        for part in billed.parts
        if part.category
    ]
    earned = sum(part.fen for part in billed.parts if part.category)
    owing = [
        debit(Code.PAYERS, -part.fen, Party("payer", part.payer))
        for part in billed.parts
        if not part.category
    ]
    owing.append(debit(Code.RESIDENTS, billed.total, who))
    what = (billed.bill_id, billed.number, f"{billed.month:%Y-%m}")
    got = [credit(Code.BILLED_AHEAD, earned, who)] if ahead else income
    yield Entry(billed.day, Kind.BILL, *what, kept([*owing, *got]))
    if ahead:
        lines = kept([debit(Code.BILLED_AHEAD, earned, who), *income])
        yield Entry(billed.month, Kind.EARNED, *what, lines)


def of_payment(paid: Moved) -> Iterator[Entry]:
    """Yield a payment for bills, or ahead of them."""
    who = resident(paid.resident_id)
    got, owed = (
        debit(TILLS[paid.method], paid.fen),
        credit(Code.RESIDENTS, paid.fen, who),
    )
    yield from _entries(paid, got, owed)


@dataclass(frozen=True, slots=True)
class OfPayer:
    """Money of another payer that came, went back, or never will; `kind` says it."""

    source: int
    kind: Kind
    number: str
    day: date
    payer_id: int
    method: str
    fen: int
    text: str
    by: int = 0
    void: Void | None = None


def of_payer(paid: OfPayer) -> Iterator[Entry]:
    """Yield what another payer paid, what it got back, or what was written off."""
    who = Party("payer", paid.payer_id)
    if paid.kind is Kind.PAYER_REFUND:
        gone = credit(TILLS[paid.method], paid.fen)
        yield from _entries(paid, debit(Code.PAYERS, paid.fen, who), gone)
        return
    if paid.kind is Kind.WRITTEN_OFF:
        got = debit(Code.WRITTEN_OFF, paid.fen, who)
    else:
        got = debit(TILLS[paid.method], paid.fen)
    yield from _entries(paid, got, credit(Code.PAYERS, paid.fen, who))


def of_payout(paid: Moved) -> Iterator[Entry]:
    """Yield prepaid money that was paid back out."""
    who = resident(paid.resident_id)
    yield from _entries(
        paid,
        debit(Code.RESIDENTS, paid.fen, who),
        credit(TILLS[paid.method], paid.fen),
    )


def of_deposit(moved: Moved, banked_on: date | None = None) -> Iterator[Entry]:
    """Yield a movement of a deposit, and its way into the dedicated account.

    What leaves by bank leaves the dedicated account; what a till gives out, and what
    is the home's own after a set-off, is drawn from there by a deed of its own.
    """
    who = resident(moved.resident_id)
    if moved.kind is Kind.OPENING:
        held = credit(Code.DEPOSITS, moved.fen, who)
        yield from _entries(moved, debit(Code.DEPOSIT_BANK, moved.fen), held)
    elif moved.kind is Kind.DEPOSIT:
        till = TILLS[moved.method]
        held = credit(Code.DEPOSITS, moved.fen, who)
        yield from _entries(moved, debit(till, moved.fen), held)
        if banked_on:
            lines = debit(Code.DEPOSIT_BANK, moved.fen), credit(till, moved.fen)
            yield from _entries(moved, *lines, kind=Kind.BANKED, day=banked_on)
    else:
        off = debit(Code.DEPOSITS, moved.fen, who)
        yield from _entries(moved, off, _taken_off(moved, who))


def _taken_off(moved: Moved, who: Party) -> Line:
    """Return the line that says where money of a deposit went."""
    if moved.kind is Kind.SET_OFF:
        return credit(Code.RESIDENTS, moved.fen, who)
    if moved.kind is Kind.DAMAGE:
        return credit(Code.INCOME_DAMAGE, moved.fen, who)
    till = TILLS[moved.method]
    return credit(Code.DEPOSIT_BANK if till is Code.BANK else till, moved.fen)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Money drawn from the dedicated account; `number` is that of the bank's paper."""

    source: int
    number: str
    day: date
    method: str
    fen: int
    by: int = 0
    void: Void | None = None
    text: str = ""
    kind: Kind = Kind.DRAWN


def of_draw(drawn: Drawn) -> Iterator[Entry]:
    """Yield what was drawn for what a till paid out, or what is the home's own."""
    yield from _entries(
        drawn,
        debit(TILLS[drawn.method], drawn.fen),
        credit(Code.DEPOSIT_BANK, drawn.fen),
    )


def of_trust(moved: Moved) -> Iterator[Entry]:
    """Yield money that the home keeps for a resident, apart from its own."""
    who = resident(moved.resident_id)
    place = Code.TRUST_CASH if moved.method == "cash" else Code.TRUST_BANK
    sign = 1 if moved.kind is Kind.TRUST_IN else -1
    lines = debit(place, sign * moved.fen), credit(Code.TRUST, sign * moved.fen, who)
    yield from _entries(moved, *lines)


def of_trust_draw(drawn: Drawn) -> Iterator[Entry]:
    """Yield trust money that was fetched into the till, or carried to the bank."""
    places = Code.TRUST_CASH, Code.TRUST_BANK
    to, source = places if drawn.method == "cash" else places[::-1]
    yield from _entries(drawn, debit(to, drawn.fen), credit(source, drawn.fen))


@dataclass(frozen=True, slots=True)
class Given:
    """A donation or a use of it; in goods where nothing was paid."""

    source: int
    kind: Kind
    number: str
    day: date
    donation_id: int
    method: str
    fen: int
    text: str
    by: int = 0
    void: Void | None = None


def of_donation(given: Given) -> Iterator[Entry]:
    """Yield a donation, or what was spent of it for its purpose."""
    who = Party("donation", given.donation_id)
    place = Code.GOODS if given.method == "goods" else TILLS[given.method]
    if given.kind is Kind.DONATION:
        lines = debit(place, given.fen), credit(Code.DONATIONS, given.fen, who)
    else:
        lines = debit(Code.DONATIONS_USED, given.fen, who), credit(place, given.fen)
    yield from _entries(given, *lines)


@dataclass(frozen=True, slots=True)
class Utility:
    """A bill for water, power, gas or heat, and how it was paid."""

    source: int
    number: str
    day: date
    supplier: str
    fen: int
    text: str
    paid_on: date | None
    method: str
    paid_by: int = 0


def of_utility(bill: Utility) -> Iterator[Entry]:
    """Yield what a supplier asks, and its payment."""
    who = Party("supplier", bill.supplier)
    what = (bill.source, bill.number, bill.text)
    owed = debit(Code.UTILITIES, bill.fen), credit(Code.PAYABLE, bill.fen, who)
    yield Entry(bill.day, Kind.UTILITY, *what, owed)
    if bill.paid_on:
        paid = debit(Code.PAYABLE, bill.fen, who), credit(TILLS[bill.method], bill.fen)
        yield Entry(bill.paid_on, Kind.UTILITY_PAID, *what, paid, bill.paid_by)


def of_handover(drawn: Drawn) -> Iterator[Entry]:
    """Yield cash that was carried to the bank."""
    yield from _entries(
        drawn, debit(Code.BANK, drawn.fen), credit(Code.CASH, drawn.fen)
    )


def of_count(counted: Drawn) -> Iterator[Entry]:
    """Yield by how much the cash that was counted is apart from the books."""
    lines = debit(Code.CASH, counted.fen), credit(Code.CASH_APART, counted.fen)
    yield from _entries(counted, *lines)


@dataclass(frozen=True, slots=True)
class BankDeed:
    """What the bank itself did with an account; `fen` is what that adds to it."""

    source: int
    kind: Kind
    account: Code
    other: Code
    day: date
    fen: int
    text: str


def of_bank(done: BankDeed) -> Iterator[Entry]:
    """Yield a charge, interest, or a transfer between accounts of the home."""
    lines = debit(done.account, done.fen), credit(done.other, done.fen)
    yield Entry(done.day, done.kind, done.source, "", done.text, lines)


def _entries(
    moved: "Moved | OfPayer | Given | Drawn | Subsidy",
    *lines: Line,
    kind: Kind | None = None,
    day: date | None = None,
) -> Iterator[Entry]:
    """Yield an entry, and the one that takes it back where it was void."""
    entry = Entry(
        day or moved.day,
        kind or moved.kind,
        moved.source,
        moved.number,
        moved.text,
        lines,
        moved.by,
    )
    yield entry
    if moved.void:
        yield turned(entry, moved.void.day, moved.void.reason)


@dataclass(frozen=True, slots=True)
class Subsidy:
    """A subsidy that was granted to the home, or money of it that came in."""

    source: int
    kind: Kind
    number: str
    day: date
    office: str
    method: str
    fen: int
    text: str
    by: int = 0
    void: Void | None = None


def of_subsidy(given: Subsidy) -> Iterator[Entry]:
    """Yield what an office owes the home by its word, and what it paid of that."""
    who = Party("office", given.office)
    if given.kind is Kind.SUBSIDY_GRANTED:
        owed = debit(Code.SUBSIDIES_DUE, given.fen, who)
        yield from _entries(given, owed, credit(Code.INCOME_SUBSIDY, given.fen))
    else:
        got = debit(TILLS[given.method], given.fen)
        yield from _entries(given, got, credit(Code.SUBSIDIES_DUE, given.fen, who))
