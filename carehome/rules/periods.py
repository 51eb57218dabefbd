"""Spans of days. A span starts on `start` and ends before `end`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `start` up to, but without, `end`; an open end is None."""

    start: date
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Say whether `day` belongs to the period."""
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Self) -> bool:
        """Say whether at least one day belongs to both."""
        return self.start < (other.end or date.max) and other.start < (
            self.end or date.max
        )

    def within(self, other: Self) -> Self | None:
        """Return the days that belong to both, None when there are none."""
        first = max(self.start, other.start)
        last = min(self.end or date.max, other.end or date.max)
        if first >= last:
            return None
        return type(self)(first, None if last == date.max else last)

    def days_within(self, other: Self) -> int:
        """Count the days that belong to both; one of the two has an end."""
        first = max(self.start, other.start)
        last = min(self.end or date.max, other.end or date.max)
        return max((last - first).days, 0)

    @property
    def days(self) -> int:
        """Count the days of a period that has an end."""
        assert self.end is not None, "an open period has no length"
        return (self.end - self.start).days

    def __iter__(self) -> Iterator[date]:
        assert self.end is not None, "an open period has no length"
        day = self.start
        while day < self.end:
            yield day
            day += DAY


def month_of(day: date) -> Period:
    """Return the calendar month that holds `day`."""
    first = day.replace(day=1)
    return Period(first, months_after(first, 1))


def months_after(first: date, months: int) -> date:
    """Return the first day of the month `months` after that of `first`."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def after_months(day: date, months: int) -> date:
    """Return the day on which so many whole months from `day` on are over.

    What begins on the 29th to 31st is over on the 1st where a month lacks that day.
    """
    first = months_after(day, months)
    last = months_after(first, 1) - DAY
    return last + DAY if day.day > last.day else first.replace(day=day.day)
