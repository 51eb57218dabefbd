"""Payments: which bills they settle, and how much may be prepaid."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from carehome.errors import Refusal
from carehome.i18n import N_, show_money


class NothingPaid(Refusal):
    """A payment, or the part of one, is not more than nothing."""

    text = N_("The amount must be more than 0.")


class MoreThanOutstanding(Refusal):
    """A clerk gave a bill more than is still open of it."""

    text = N_(
        "The bill for {month} has {outstanding} outstanding: give it that much or less."
    )


class UnknownBill(Refusal):
    """A clerk gave money to a bill that is paid or not this resident's."""

    text = N_("Nothing is outstanding on the chosen bill. Choose another one.")


class MoreThanPaid(Refusal):
    """A clerk gave bills more than was paid."""

    text = N_("The bills get {given} in all, but only {paid} was paid.")


class PrepaidTooMuch(Refusal):
    """The prepaid balance would pass its cap."""

    text = N_(
        "At most {cap} of service fees may be prepaid. "
        "Take at most {most} now; bills that are open can always be paid."
    )


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What is still open of a bill; below nothing it is a credit of the resident."""

    bill_id: int
    month: date
    fen: int


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a payment or credit that goes to one bill."""

    bill_id: int
    fen: int


@dataclass(frozen=True, slots=True)
class CreditShare:
    """The part of a credit that settles another bill."""

    credit_bill_id: int
    bill_id: int
    fen: int


@dataclass(frozen=True, slots=True)
class Allotment:
    """Where a payment goes; the rest becomes prepaid balance."""

    shares: tuple[Share, ...]
    rest: int


def allot(bills: Iterable[Outstanding], amount: int) -> Allotment:
    """Settle the oldest bill first."""
    if amount <= 0:
        raise NothingPaid
    shares, rest = [], amount
    for bill in _by_age(bills):
        fen = min(bill.fen, rest)
        if fen > 0:
            shares.append(Share(bill.bill_id, fen))
            rest -= fen
    return Allotment(tuple(shares), rest)


def allot_as_told(
    bills: Iterable[Outstanding], told: Mapping[int, int], amount: int
) -> Allotment:
    """Settle the bills that the clerk chose, by bill and fen."""
    by_id = {bill.bill_id: bill for bill in bills if bill.fen > 0}
    if amount <= 0 or any(fen <= 0 for fen in told.values()):
        raise NothingPaid
    for bill_id, fen in told.items():
        if bill_id not in by_id:
            raise UnknownBill
        bill = by_id[bill_id]
        if fen > bill.fen:
            raise MoreThanOutstanding(
                month=bill.month.strftime("%Y-%m"), outstanding=show_money(bill.fen)
            )
    given = sum(told.values())
    if given > amount:
        raise MoreThanPaid(given=show_money(given), paid=show_money(amount))
    shares = tuple(Share(bill_id, fen) for bill_id, fen in told.items())
    return Allotment(shares, amount - given)


def settle_credits(bills: Iterable[Outstanding]) -> tuple[CreditShare, ...]:
    """Settle the oldest open bills from the oldest credits."""
    bills = list(bills)
    credits_left = [[b.bill_id, -b.fen] for b in _by_age(bills) if b.fen < 0]
    found: list[CreditShare] = []
    for bill in _by_age(bills):
        due = bill.fen
        for credit in credits_left:
            fen = min(due, credit[1])
            if fen > 0:
                found.append(CreditShare(credit[0], bill.bill_id, fen))
                due -= fen
                credit[1] -= fen
    return tuple(found)


def _by_age(bills: Iterable[Outstanding]) -> list[Outstanding]:
    """Return bills, the oldest first."""
    return sorted(bills, key=lambda bill: (bill.month, bill.bill_id))


def prepaid_cap(months: int, service_fee: int) -> int:
    """Return how much may be prepaid: some months of the monthly service fee."""
    return months * service_fee


def months_ahead(prepaid: int, service_fee: int) -> Fraction | None:
    """Return for how many months prepaid money lasts; None where nothing is billed."""
    return Fraction(prepaid, service_fee) if service_fee else None


def check_payment(amount: int, outstanding: int, prepaid: int, cap: int) -> None:
    """Raise PrepaidTooMuch when what the bills leave of a payment passes the cap."""
    if amount <= 0:
        raise NothingPaid
    due = max(outstanding, 0)
    rest = max(amount - due, 0)
    if rest and prepaid + rest > cap:
        most = due + max(cap - prepaid, 0)
        raise PrepaidTooMuch(cap=show_money(cap), most=show_money(most), most_fen=most)
