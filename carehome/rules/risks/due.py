"""When the risks of a resident are to be assessed: before moving in, yearly, anew."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from carehome.i18n import N_
from carehome.rules.risks.kinds import RECENT, Ground

SOON = timedelta(days=30)  # before it is due people are told (ours)
LATELY = timedelta(days=30)  # what the signs on recent events speak of


def due_on(assessed_on: date) -> date:
    """Return the last day on which the risks are to be assessed anew: yearly."""
    is_leap_day = (assessed_on.month, assessed_on.day) == (2, 29)
    day = 28 if is_leap_day else assessed_on.day
    return assessed_on.replace(year=assessed_on.year + 1, day=day)


def is_fresh(
    ground: Ground, since: date | None, assessed_on: date, known: Collection[Ground]
) -> bool:
    """Say whether an assessment of that day did not know of a ground yet.

    A fall is fresh again when a later record tells of one.
    """
    if ground in RECENT and since is not None and since > assessed_on:
        return True
    return ground not in known


def past(found: Mapping[Ground, date | None], day: date) -> set[Ground]:
    """Return the recent events among the grounds that are recent no more on `day`.

    They still open their risk; but nobody may sign that they were within 30 days.
    """
    known = {ground: since for ground, since in found.items() if ground in RECENT}
    return {each for each, since in known.items() if since and day - since > LATELY}


class Need(StrEnum):
    """Why somebody's risks should be assessed."""

    FIRST = "first"  # lives here and was never assessed
    ARRIVAL = "arrival"  # is about to move in
    YEARLY = "yearly"
    NEW_GROUNDS = "new-grounds"


NEED_NAMES = {
    Need.FIRST: N_("Never assessed"),
    Need.ARRIVAL: N_("Before moving in"),
    Need.YEARLY: N_("Yearly"),
    Need.NEW_GROUNDS: N_("Something has changed"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """When and why somebody's risks are to be assessed; `grounds` are the new ones."""

    day: date
    need: Need
    grounds: tuple[Ground, ...] = ()

    def is_late(self, today: date) -> bool:
        """Say whether the day has passed."""
        return self.day < today


def due(
    arrives_on: date,
    assessed_on: date | None,
    is_here: bool,
    fresh: Sequence[tuple[Ground, date]] = (),
) -> Due:
    """Say when and why the risks of a resident are to be assessed next.

    `fresh` are the grounds that came up since, each with its day.
    """
    if assessed_on is None:
        return Due(arrives_on, Need.FIRST if is_here else Need.ARRIVAL)
    if fresh:
        days = [day for _ground, day in fresh]
        return Due(min(days), Need.NEW_GROUNDS, tuple(ground for ground, _day in fresh))
    return Due(due_on(assessed_on), Need.YEARLY)
