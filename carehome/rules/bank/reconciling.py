"""The books against the bank on any day: every difference, to the fen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from carehome.i18n import N_


@dataclass(frozen=True, slots=True, order=True)
class Deed:
    """What a movement in the books belongs to: a kind of deed and its number."""

    kind: str
    source: int


@dataclass(frozen=True, slots=True)
class Movement:
    """What a deed adds to an account in the books; a void takes it off again."""

    deed: Deed
    day: date
    fen: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What of a line belongs to a deed, or is no money of residents, and why."""

    fen: int
    deed: Deed | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A line of the bank as it is kept, and what has been said of it."""

    line_id: int
    day: date
    fen: int
    balance_fen: int
    text: str = ""
    claims: tuple[Claim, ...] = ()

    @property
    def before_fen(self) -> int:
        """Return what was in the account before this line."""
        return self.balance_fen - self.fen

    @property
    def unclaimed(self) -> int:
        """Return what nothing was said of yet."""
        return self.fen - sum(claim.fen for claim in self.claims)


class Cause(StrEnum):
    """Why books and bank differ."""

    OPENING = "opening"
    GAP = "gap"
    ONLY_BOOKS = "only_books"
    ONLY_BANK = "only_bank"
    UNEQUAL = "unequal"


CAUSE_NAMES = {
    Cause.OPENING: N_("Was different before the first line read in"),
    Cause.GAP: N_("Lines of the bank are missing before this day"),
    Cause.ONLY_BOOKS: N_("In the books, not at the bank yet"),
    Cause.ONLY_BANK: N_("At the bank, not in the books yet"),
    Cause.UNEQUAL: N_("Books and bank tell different amounts"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing by which the bank has more, or less, than the books."""

    cause: Cause
    day: date
    fen: int
    text: str = ""
    line_id: int | None = None
    deed: Deed | None = None


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Books and bank on a day: books, what was set aside and differences make bank."""

    day: date
    books_fen: int
    aside_fen: int
    bank_fen: int
    differences: tuple[Difference, ...]

    @property
    def is_even(self) -> bool:
        """Say whether nothing is left to be found."""
        return not self.differences

    @property
    def difference_fen(self) -> int:
        """Return by how much the bank has more than the books with what is aside."""
        return self.bank_fen - self.books_fen - self.aside_fen

    @property
    def to_book(self) -> tuple[Difference, ...]:
        """Return what the books lack, or have otherwise than the bank."""
        return tuple(d for d in self.differences if d.cause is not Cause.ONLY_BOOKS)

    @property
    def to_come(self) -> tuple[Difference, ...]:
        """Return what is in the books and the bank has not told yet."""
        return tuple(d for d in self.differences if d.cause is Cause.ONLY_BOOKS)

    @property
    def adjusted_fen(self) -> int:
        """Return what both come to once each is told what it lacks."""
        known = sum(each.fen for each in self.to_book)
        return self.books_fen + self.aside_fen + known


def reconcile(
    day: date,
    movements: Iterable[Movement],
    lines: Sequence[AccountLine],
    begins_even: bool,
) -> Reconciliation | None:
    """Compare an account on a day; None where no line was read up to it.

    `lines` stand in the bank's order. With `begins_even` the books know this account
    only from its first line on: they begin with what the bank had then.
    """
    known = [line for line in lines if line.day <= day]
    if not known:
        return None
    first = known[0]
    done = [each for each in movements if each.day <= day]
    # What was booked before, and lines tell later, was on its way at the beginning.
    on_way = {claim.deed for line in lines for claim in line.claims}
    since = [each for each in done if each.day >= first.day or each.deed in on_way]
    before = sum(each.fen for each in done) - sum(each.fen for each in since)
    base = first.before_fen if begins_even else before
    differences = [*_gaps(known), *_of_deeds(since, known), *_unclaimed(known)]
    if first.before_fen != base:
        opening = first.before_fen - base
        differences.insert(0, Difference(Cause.OPENING, first.day, opening))
    aside = sum(c.fen for line in known for c in line.claims if c.deed is None)
    books = base + sum(each.fen for each in since)
    ordered = tuple(sorted(differences, key=lambda each: each.day))
    return Reconciliation(day, books, aside, known[-1].balance_fen, ordered)


def _gaps(lines: Sequence[AccountLine]) -> Iterable[Difference]:
    """Yield where a line does not go on from the one before."""
    for last, line in pairwise(lines):
        if fen := line.before_fen - last.balance_fen:
            yield Difference(Cause.GAP, line.day, fen, line_id=line.line_id)


def _unclaimed(lines: Sequence[AccountLine]) -> Iterable[Difference]:
    for line in lines:
        if fen := line.unclaimed:
            yield Difference(Cause.ONLY_BANK, line.day, fen, line.text, line.line_id)


def _of_deeds(
    movements: Sequence[Movement], lines: Sequence[AccountLine]
) -> Iterable[Difference]:
    """Yield the deeds of which books and bank do not tell the same."""
    booked: dict[Deed, int] = defaultdict(int)
    told: dict[Deed, Movement] = {}
    for movement in movements:
        booked[movement.deed] += movement.fen
        told.setdefault(movement.deed, movement)
    banked, on = _banked(lines)
    for deed in sorted(booked.keys() | banked.keys()):
        fen = banked.get(deed, 0) - booked.get(deed, 0)
        if not fen:
            continue
        if deed not in banked:
            cause, day = Cause.ONLY_BOOKS, told[deed].day
        elif not booked.get(deed):
            cause, day = Cause.ONLY_BANK, on[deed].day
        else:
            cause, day = Cause.UNEQUAL, on[deed].day
        text = told[deed].text if deed in told else on[deed].text
        line_id = on[deed].line_id if deed in on else None
        yield Difference(cause, day, fen, text, line_id, deed)


def _banked(
    lines: Sequence[AccountLine],
) -> tuple[Mapping[Deed, int], Mapping[Deed, AccountLine]]:
    """Return what the bank tells of each deed, and the first line that does."""
    fen: dict[Deed, int] = defaultdict(int)
    first: dict[Deed, AccountLine] = {}
    for line in lines:
        for claim in line.claims:
            if claim.deed is not None:
                fen[claim.deed] += claim.fen
                first.setdefault(claim.deed, line)
    return fen, first
