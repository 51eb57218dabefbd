"""How one price list differs from another, and what that means in a month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from carehome.i18n import N_
from carehome.rules.billing.tariff import Unit
from carehome.rules.money import half_up

HUNDRED = 100


class Course(StrEnum):
    """Which way a price goes."""

    RISES = "rises"
    FALLS = "falls"
    NEW = "new"
    GONE = "gone"
    SAME = "same"


COURSE_NAMES: dict[Course, str] = {
    Course.RISES: N_("Rises"),
    Course.FALLS: N_("Falls"),
    Course.NEW: N_("New in the list"),
    Course.GONE: N_("No longer in the list"),
    Course.SAME: N_("Stays the same"),
}


@dataclass(frozen=True, slots=True)
class Charged:
    """An item of the comparison; `payers` is how many residents pay it by the list.

    `shares` are the per cents of those among them who pay only a share of its price.
    """

    item_id: int
    name: str
    unit: Unit
    payers: int = 0
    shares: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PriceChange:
    """An item in two lists; None where a list does not have it. Amounts are fen."""

    item: Charged
    before: int | None
    after: int | None

    @property
    def course(self) -> Course:
        """Say which way the price goes."""
        if self.before is None:
            return Course.NEW
        if self.after is None:
            return Course.GONE
        if self.after == self.before:
            return Course.SAME
        return Course.RISES if self.after > self.before else Course.FALLS

    @property
    def difference(self) -> int | None:
        """Return how much more is paid; None where there is nothing to compare."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def percent(self) -> Decimal | None:
        """Return the difference as a share of the price before, to a tenth."""
        if not self.before or not self.difference:
            return None
        share = Decimal(self.difference) * 100 / self.before
        return share.quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def monthly(self) -> int | None:
        """Return what all who pay by month pay more together, in a whole month."""
        if self.item.unit != "month" or self.before is None or self.after is None:
            return None
        assert self.difference is not None, "both prices are there"
        whole = self.difference * (self.item.payers - len(self.item.shares))
        return whole + sum(
            half_up(self.after * share, HUNDRED) - half_up(self.before * share, HUNDRED)
            for share in self.item.shares
        )


def compare(
    items: Iterable[Charged], before: Mapping[int, int], after: Mapping[int, int]
) -> tuple[PriceChange, ...]:
    """Set two lists side by side: what changes first, in the order of the items."""
    found = [
        PriceChange(item, before.get(item.item_id), after.get(item.item_id))
        for item in items
        if item.item_id in before or item.item_id in after
    ]
    found.sort(key=lambda each: each.course is Course.SAME)
    return tuple(found)


def monthly(changes: Iterable[PriceChange]) -> int:
    """Return what all residents together pay more in a month by the new list."""
    return sum(change.monthly or 0 for change in changes)
