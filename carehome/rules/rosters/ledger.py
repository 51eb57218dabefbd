"""Who worked how many nights, weekends and holidays in a year, and what is fair now.

The ledger counts the published rosters of the twelve months before. A fair share of a
month brings everybody nearer to what their time here asks for, but never at one go: who
has worked few nights so far, because they were ill for long, makes up for it in steps.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from carehome.rules.rosters.problem import OFF, Limit

# Nobody gets more than half as much again, or less than half, of the month's average.
_STEP = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Tally:
    """What somebody worked: shifts, nights, weekend days, statutory holidays.

    `days` are the days on which they were here to be put on a roster at all.
    """

    days: int = 0
    shifts: int = 0
    nights: int = 0
    weekends: int = 0
    holidays: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.days + other.days,
            self.shifts + other.shifts,
            self.nights + other.nights,
            self.weekends + other.weekends,
            self.holidays + other.holidays,
        )


def tally(
    row: Iterable[tuple[date, str]],
    nights: frozenset[str],
    is_holiday: Callable[[date], bool],
) -> Tally:
    """Count the days of somebody's row, each with its shift or OFF."""
    days = shifts = at_night = weekends = holidays = 0
    for day, code in row:
        days += 1
        if code != OFF:
            shifts += 1
            at_night += code in nights
            weekends += day.weekday() >= 5
            holidays += is_holiday(day)
    return Tally(days, shifts, at_night, weekends, holidays)


def fair_limits(
    total: int,
    here: Mapping[str, int],
    done: Mapping[str, tuple[int, int]],
    weight: int,
) -> dict[str, Limit]:
    """Return how many of `total` each person should get in a month.

    `here` are the days on which each can be given one, `done` the (days, count) of the
    year behind them. Shares are seldom whole: a limit lies around each.
    """
    shares = fair_shares(total, here, done)
    return {
        key: Limit(int(share), -int(-share // 1), weight)
        for key, share in shares.items()
    }


def fair_shares(
    total: int, here: Mapping[str, int], done: Mapping[str, tuple[int, int]]
) -> dict[str, Fraction]:
    """Split `total` so that, with the year before, counts follow the days here."""
    able = {key: days for key, days in here.items() if days > 0}
    month = sum(able.values())
    if not month:
        return {key: Fraction(0) for key in here}
    past = {key: done.get(key, (0, 0)) for key in able}
    rate = Fraction(
        total + sum(count for _, count in past.values()),
        month + sum(days for days, _ in past.values()),
    )
    even = {key: Fraction(total * days, month) for key, days in able.items()}
    owed = {
        key: rate * (days + past[key][0]) - past[key][1] for key, days in able.items()
    }
    bounds = {key: (even[key] * (1 - _STEP), even[key] * (1 + _STEP)) for key in able}
    shares = _settle(owed, bounds, Fraction(total))
    return {key: shares.get(key, Fraction(0)) for key in here}


def _settle(
    wanted: Mapping[str, Fraction],
    bounds: Mapping[str, tuple[Fraction, Fraction]],
    total: Fraction,
) -> dict[str, Fraction]:
    """Move all by the same amount until, kept within bounds, they come to `total`.

    Bounds around an even split always hold `total` between them, so that a level is
    found where the sum, which rises with it, meets the total.
    """

    def at(level: Fraction) -> dict[str, Fraction]:
        return {
            key: min(max(want + level, bounds[key][0]), bounds[key][1])
            for key, want in wanted.items()
        }

    levels = sorted({bound - wanted[key] for key in wanted for bound in bounds[key]})
    place = bisect_left(
        levels, total, key=lambda level: Fraction(sum(at(level).values()))
    )
    high = levels[min(place, len(levels) - 1)]
    low = levels[max(place - 1, 0)]
    below, above = sum(at(low).values()), sum(at(high).values())
    if above == below:
        return at(high)
    return at(low + (high - low) * (total - below) / (above - below))
