"""On which day of the books a bill stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.periods import DAY, months_after

CLOSED = "the month is closed"  # what the database says when it refuses such a deed


class MonthClosed(Refusal):
    """A deed would change the books of a month that is closed."""

    text = N_(
        "The books of that month are closed. Enter a later day, or ask the director to "
        "open the month again."
    )


@dataclass(frozen=True, slots=True)
class Closure:
    """A month that was closed, with all before it, until it was opened again."""

    month: date
    closed_at: datetime
    reopened_at: datetime | None = None

    @property
    def end(self) -> date:
        """The first day that is open."""
        return months_after(self.month, 1)

    def held_at(self, moment: datetime) -> bool:
        """Say whether the month was closed at a moment."""
        return self.closed_at < moment and (
            self.reopened_at is None or moment <= self.reopened_at
        )


def open_from(closures: Iterable[Closure]) -> date | None:
    """Return the first day that is open; None while nothing is closed."""
    ends = [each.end for each in closures if each.reopened_at is None]
    return max(ends, default=None)


def open_at(moment: datetime, closures: Iterable[Closure]) -> date | None:
    """Return the first day that was open at a moment; None while nothing was closed."""
    return max((x.end for x in closures if x.held_at(moment)), default=None)


def booked_on(
    month: date, posted_on: date, posted_at: datetime, closures: Iterable[Closure]
) -> date:
    """Return the day on which a posted bill stands in the books.

    That is the last day of its month when it is posted later, so that income stands
    where it was earned; but never in a month that was closed by then.
    """
    end = months_after(month, 1)
    if posted_on < end:
        return posted_on
    is_late = any(each.end >= end and each.held_at(posted_at) for each in closures)
    return posted_on if is_late else end - DAY
