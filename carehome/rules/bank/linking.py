"""Which deeds in the books a line of the bank may be the money of."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations_with_replacement

from carehome.errors import Refusal
from carehome.i18n import N_, show_money
from carehome.rules.bank.reconciling import AccountLine, Deed

WINDOW = timedelta(days=10)  # between what the books and the bank tell of one deed
MOST_FEE = Fraction(1, 100)  # of what was paid by card


class OtherSum(Refusal):
    """What was chosen does not come to what is left of the line."""

    text = N_(
        "What you have chosen comes to {chosen}, but {left} of this line of the bank "
        "is left. Choose so that both are the same."
    )


class NothingLeft(Refusal):
    """The whole line has been said to be something."""

    text = N_("This line is dealt with already. Take that back first.")


@dataclass(frozen=True, slots=True)
class OpenDeed:
    """A deed in the books that no line of the bank has told yet, or not all of it.

    What still has to go to the bank (`is_waiting`) is not there before its day. What
    was paid by card (`is_card`) comes in one sum with others, less a fee.
    """

    deed: Deed
    day: date
    fen: int
    text: str = ""
    resident_id: int | None = None
    is_waiting: bool = False
    is_card: bool = False

    def can_be(self, line: AccountLine) -> bool:
        """Say whether a line may tell of this deed, by its direction and day."""
        if (self.fen > 0) is not (line.unclaimed > 0):
            return False
        if self.is_waiting and line.day < self.day:
            return False
        return abs(self.day - line.day) <= WINDOW


@dataclass(frozen=True, slots=True)
class Settlement:
    """Payments by card that came to the bank in one sum, less a fee."""

    deeds: tuple[OpenDeed, ...]
    fee: int


def check_sum(line: AccountLine, chosen: int) -> None:
    """Raise unless what was chosen is all that is left of a line."""
    if not line.unclaimed:
        raise NothingLeft
    if chosen != line.unclaimed:
        raise OtherSum(chosen=show_money(chosen), left=show_money(line.unclaimed))


def fitting(
    line: AccountLine, deeds: Iterable[OpenDeed]
) -> tuple[tuple[OpenDeed, ...], ...]:
    """Return the deeds, or groups of them, that come to a line, the nearest first.

    Many go to the bank together: those of one day, or all that were waiting.
    """
    left = line.unclaimed
    if not left:
        return ()
    near = [each for each in deeds if each.can_be(line)]
    near.sort(key=lambda each: (abs(each.day - line.day), each.day, each.deed))
    found: list[tuple[OpenDeed, ...]] = [(e,) for e in near if e.fen == left]
    groups = [*_of_a_day(near), tuple(each for each in near if each.day <= line.day)]
    for group in groups:
        told = tuple(sorted(group, key=lambda each: each.deed))
        if len(told) > 1 and sum(e.fen for e in told) == left and told not in found:
            found.append(told)
    return tuple(found)


def settlements(line: AccountLine, deeds: Iterable[OpenDeed]) -> tuple[Settlement, ...]:
    """Return which payments by card, less a small fee, come to a line.

    They are those of some days one after another: the bank pays out on workdays.
    """
    cards = [e for e in deeds if e.is_card and e.day <= line.day and e.can_be(line)]
    days = sorted({each.day for each in cards})
    found = []
    for first, last in combinations_with_replacement(days, 2):
        group = tuple(each for each in cards if first <= each.day <= last)
        whole = sum(each.fen for each in group)
        fee = whole - line.unclaimed
        if 0 <= fee <= whole * MOST_FEE:
            found.append(Settlement(group, fee))
    return tuple(sorted(found, key=lambda each: each.fee))


def _of_a_day(deeds: Sequence[OpenDeed]) -> Iterable[tuple[OpenDeed, ...]]:
    days: dict[date, list[OpenDeed]] = defaultdict(list)
    for each in deeds:
        days[each.day].append(each)
    return map(tuple, days.values())
