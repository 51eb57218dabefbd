"""What a payer was billed of residents' months, and what became of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from carehome.errors import Refusal
from carehome.i18n import N_, say_month, show_money
from carehome.rules.periods import months_after

# By how many days what is overdue is sorted; what is older stands in the last column.
AGES = (30, 60, 90)


class Key(NamedTuple):
    """Whose month a claim is."""

    month: date
    resident_id: int


class CutKind(StrEnum):
    """Who bears what a payer refused."""

    FAMILY = "family"
    WRITTEN_OFF = "written_off"


CUT_NAMES = {
    CutKind.FAMILY: N_("The family bears it"),
    CutKind.WRITTEN_OFF: N_("Written off"),
}


class NothingOpen(Refusal):
    """Money or a cut is given to a month of which nothing is open."""

    text = N_("Nothing is open of the chosen month. Look at the list again.")


class MoreThanOpen(Refusal):
    """A month would get more than is open of it."""

    text = N_("Only {open} is open of {month} for {resident}: give it that or less.")


class MoreThanCame(Refusal):
    """More is given to months than came in."""

    text = N_("The months get {given} in all, but only {came} came in.")


class NoAmount(Refusal):
    """An amount is not more than nothing."""

    text = N_("The amount must be more than 0.")


class CutReasonMissing(Refusal):
    """A cut has a reason: the family reads it on the next bill."""

    text = N_("Say why the payer does not pay; the reason stays with the bill.")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a payer owes of one resident's month, in fen.

    `borne` is what the bills say, `refused` what the family's next bill will take over.
    """

    payer_id: int
    resident_id: int
    resident: str
    month: date
    borne: int
    paid: int
    refused: int
    written_off: int
    due: date

    @property
    def key(self) -> Key:
        """Whose month it is."""
        return Key(self.month, self.resident_id)

    @property
    def open(self) -> int:
        """What is still to come; below nothing it came twice."""
        return self.borne - self.paid - self.refused - self.written_off


def due_on(month: date, billed_on: date, sent_on: date | None, due_days: int) -> date:
    """Return when a month is to be paid: some days after its statement was sent.

    Without a statement the days count from the end of the month, or from the day of
    the first bill that asks for it, where that is later (ours).
    """
    since = max(months_after(month, 1), billed_on) if sent_on is None else sent_on
    return since + timedelta(days=due_days)


class Share(NamedTuple):
    """The part of a payer's money that settles one month of a resident."""

    key: Key
    fen: int


@dataclass(frozen=True, slots=True)
class Allotment:
    """Where money of a payer goes; the rest stays to its credit."""

    shares: tuple[Share, ...]
    rest: int


def allot(claims: Iterable[Claim], fen: int) -> Allotment:
    """Settle the oldest month first."""
    if fen <= 0:
        raise NoAmount
    return use_up(claims, fen)


def use_up(claims: Iterable[Claim], fen: int) -> Allotment:
    """Settle the oldest month first with what is there, though it be nothing."""
    rest, shares = fen, []
    for claim in sorted(claims, key=lambda each: each.key):
        part = min(claim.open, rest)
        if part > 0:
            shares.append(Share(claim.key, part))
            rest -= part
    return Allotment(tuple(shares), rest)


def allot_as_told(
    claims: Iterable[Claim], told: Mapping[Key, int], fen: int
) -> Allotment:
    """Settle the months that were chosen, by fen."""
    check_parts(claims, told)
    given = sum(told.values())
    if given > fen:
        raise MoreThanCame(given=show_money(given), came=show_money(fen))
    shares = tuple(Share(Key(*key), part) for key, part in sorted(told.items()))
    return Allotment(shares, fen - given)


def check_parts(claims: Iterable[Claim], told: Mapping[Key, int]) -> None:
    """Raise unless of each chosen month that much is open."""
    by_key = {claim.key: claim for claim in claims if claim.open > 0}
    for key, fen in told.items():
        if fen <= 0:
            raise NoAmount
        if key not in by_key:
            raise NothingOpen
        claim = by_key[key]
        if fen > claim.open:
            raise MoreThanOpen(
                open=show_money(claim.open),
                month=say_month(claim.month),
                resident=claim.resident,
            )


@dataclass(frozen=True, slots=True)
class Ages:
    """What is open, by how long it is overdue: not yet, then by `AGES`, then older."""

    parts: tuple[int, ...]

    @property
    def open(self) -> int:
        """All that is open."""
        return sum(self.parts)

    @property
    def overdue(self) -> int:
        """What should have come by now."""
        return sum(self.parts[1:])


def ages(claims: Iterable[Claim], today: date) -> Ages:
    """Sort what is open by how long it is overdue."""
    parts = [0] * (len(AGES) + 2)
    for claim in claims:
        late = (today - claim.due).days
        at = 0 if late <= 0 else 1 + sum(late > age for age in AGES)
        parts[at] += claim.open
    return Ages(tuple(parts))
