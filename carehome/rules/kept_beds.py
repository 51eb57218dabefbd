"""Beds kept back for those who come first by category (seed 003 A2)."""

from collections.abc import Collection
from dataclasses import dataclass

from carehome.errors import Refusal
from carehome.i18n import N_


@dataclass(frozen=True, slots=True)
class Pool:
    """Beds of which a number is kept back for a category.

    `used` of them such people have or were promised; `free` are the ids of those that
    nobody has.
    """

    category: str
    label: str
    where: str
    number: int
    beds: frozenset[int]
    used: int
    free: frozenset[int]

    @property
    def wanting(self) -> int:
        """How many free beds must stay free for the category."""
        return max(self.number - self.used, 0)

    @property
    def short(self) -> int:
        """How many beds are missing to what is to be kept back."""
        return max(self.wanting - len(self.free), 0)


class BedKeptBack(Refusal):
    """The bed is one of the last that are kept back for others."""

    text = N_(
        "{number} {number:bed|beds} ({where}) are kept back for “{category}”; {used} "
        "are used by them and {free} are free. Bed {bed} is one of the last. Choose "
        "another, or ask the director for leave under Newcomers, “Beds kept back”."
    )


class NamedBedKeptBack(Refusal):
    """This very bed is kept back for others."""

    text = N_(
        "Bed {bed} is kept back for “{category}”. Choose another, or ask the director "
        "for leave under Newcomers, “Beds kept back”."
    )


def check(
    bed_id: int, bed: str, categories: Collection[str], pools: Collection[Pool]
) -> None:
    """Raise unless somebody of these categories may have the bed."""
    for pool in pools:
        if bed_id not in pool.beds or pool.category in categories:
            continue
        if len(pool.beds) == 1:
            raise NamedBedKeptBack(bed=bed, category=pool.label)
        if len(pool.free - {bed_id}) < pool.wanting:
            raise BedKeptBack(
                number=pool.number,
                where=pool.where,
                category=pool.label,
                used=pool.used,
                free=len(pool.free),
                bed=bed,
            )


def kept_back(pools: Collection[Pool]) -> dict[int, tuple[str, str]]:
    """Return the free beds that only one category may have now: its code and name."""
    return {
        bed_id: (pool.category, pool.label)
        for pool in pools
        if pool.free and len(pool.free) <= pool.wanting
        for bed_id in pool.free
    }
