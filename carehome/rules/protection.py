"""Expecting and nursing mothers: no nights and no overtime.

The special rules on the labour protection of female staff, articles 6 and 9: from the
7th month of pregnancy, and while a child under one year is nursed, nobody is put on
nights or overtime. Seven months are counted as 28 weeks, 12 weeks before the due day
(`EXPECTING_WEEKS`, the home may set fewer). A child is under one up to the day before
its first birthday; that of a child born on February 29th is March 1st.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.periods import Period, after_months

SOURCE = N_(
    "Special rules on the labour protection of female staff, articles 6 and 9: no "
    "nights and no overtime from the 7th month of pregnancy and while nursing a child "
    "under one."
)
EXPECTING_WEEKS = 28
_WEEKS = 40
_NURSED = 12  # months


class NoDueDay(Refusal):
    """Neither the due day nor the child's birthday is told."""

    text = N_("Enter the due day or the child's birthday.")


class BornLater(Refusal):
    """A child is born before its birthday is entered."""

    text = N_("The child's birthday is still to come. Enter the due day instead.")


@dataclass(frozen=True, slots=True)
class Maternity:
    """A child expected or nursed; `ended_on` is the first day without protection.

    `ended_on` is set when a pregnancy ends without a child, or nursing ends early.
    """

    due_on: date | None = None
    born_on: date | None = None
    ended_on: date | None = None
    note: str = ""
    maternity_id: int = 0

    def protected(self, weeks: int = EXPECTING_WEEKS) -> Period | None:
        """Return the days without nights and overtime, None when there are none."""
        begins = self._begins(weeks)
        ends = after_months(self.born_on, _NURSED) if self.born_on else None
        if self.ended_on:
            ends = min(self.ended_on, ends or self.ended_on)
        return None if ends and ends <= begins else Period(begins, ends)

    def _begins(self, weeks: int) -> date:
        days = [self.born_on] if self.born_on else []
        if self.due_on:
            days.append(self.due_on - timedelta(weeks=_WEEKS - weeks))
        return min(days)


def check(maternity: Maternity, today: date) -> None:
    """Raise a Refusal for days that cannot be."""
    if maternity.due_on is None and maternity.born_on is None:
        raise NoDueDay
    if maternity.born_on and maternity.born_on > today:
        raise BornLater


def protected(
    day: date, known: Iterable[Maternity], weeks: int = EXPECTING_WEEKS
) -> bool:
    """Say whether nobody may put the mother on nights or overtime on `day`."""
    spans = (each.protected(weeks) for each in known)
    return any(span is not None and span.holds(day) for span in spans)
