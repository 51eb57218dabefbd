"""When somebody has to be assessed: at admission, routinely, and after a change."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from carehome.i18n import N_

SOON_DAYS = timedelta(days=30)  # before a routine assessment one arranges it (ours)
AGE = 65  # from here on everybody is assessed (national basic list, item 3)


class Due(StrEnum):
    """How an assessment stands, the most urgent first."""

    FLAGGED = "flagged"
    TURNED_65 = "turned_65"
    NEVER = "never"
    OVERDUE = "overdue"
    SOON = "soon"
    FINE = "fine"


DUE_NAMES = {
    Due.FLAGGED: N_("Changed, due at once"),
    Due.TURNED_65: N_("Turned 65, never assessed"),
    Due.NEVER: N_("Never assessed"),
    Due.OVERDUE: N_("Overdue"),
    Due.SOON: N_("Due soon"),
    Due.FINE: N_("Up to date"),
}
URGENCY = {due: place for place, due in enumerate(Due)}


@dataclass(frozen=True, slots=True)
class Standing:
    """How the assessment of a person stands, and since or by which day it is due."""

    due: Due
    due_on: date


def standing_of(
    born: date | None,
    admitted_on: date,
    last_on: date | None,
    flagged_on: Sequence[date],
    months: int,
    today: date,
    left_on: date | None = None,
) -> Standing:
    """Say how the assessment of somebody stands.

    `flagged_on` are the days of flags that were not dropped; an assessment from that
    day on answers them. `left_on` is the day on which an earlier stay ended: what was
    assessed before it says nothing of who comes back.
    """
    open_flags = [day for day in flagged_on if last_on is None or last_on < day]
    if open_flags:
        return Standing(Due.FLAGGED, min(open_flags))
    if last_on is None:
        birthday = born and birthday_of(born, AGE)
        if birthday and admitted_on < birthday <= today:
            return Standing(Due.TURNED_65, birthday)
        due = Due.SOON if admitted_on > today else Due.NEVER
        return Standing(due, admitted_on)
    if left_on is not None and last_on < left_on:
        due = Due.SOON if admitted_on >= today else Due.OVERDUE
        return Standing(due, admitted_on)
    next_on = months_later(last_on, months)
    if next_on < today:
        return Standing(Due.OVERDUE, next_on)
    return Standing(Due.SOON if next_on - SOON_DAYS <= today else Due.FINE, next_on)


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def birthday_of(born: date, age: int) -> date:
    """Return the day on which somebody reaches an age."""
    return months_later(born, age * 12)
