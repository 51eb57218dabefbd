"""Numbers of bills and receipts, as they are written and as people type them."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

DIGITS = 6
_TYPED = re.compile(r"^(?:(\d{4})-)?(\d{1,6})$")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The numbers that somebody may mean: of one year or any, from first to last."""

    year: int | None
    first: int
    last: int


def write(year: int, number: int) -> str:
    """Return a number as people say it: 2026-000123."""
    return f"{year}-{number:0{DIGITS}d}"


def read(typed: str) -> Wanted | None:
    """Return what typed letters may mean; None when they are no number.

    Behind the year, zeros and digits may be the beginning of a number that is still
    being typed; otherwise they are a number in full.
    """
    found = _TYPED.match(typed.strip())
    if not found:
        return None
    year, digits = found[1], found[2]
    number = int(digits)
    if year and digits.startswith("0") and len(digits) < DIGITS:
        rest = 10 ** (DIGITS - len(digits))
        return Wanted(int(year), number * rest, (number + 1) * rest - 1)
    return Wanted(int(year) if year else None, number, number)


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """Whether the numbers of a year run from 1 on, each once."""

    year: int
    last: int
    missing: tuple[int, ...]
    twice: tuple[int, ...]

    @property
    def is_whole(self) -> bool:
        """Say whether no number is missing or there twice."""
        return not self.missing and not self.twice


def check(year: int, used: Iterable[int]) -> NumberCheck:
    """Look through the numbers that were used in a year."""
    counts = Counter(used)
    last = max(counts, default=0)
    missing = tuple(number for number in range(1, last) if number not in counts)
    twice = tuple(sorted(number for number, times in counts.items() if times > 1))
    return NumberCheck(year, last, missing, twice)
