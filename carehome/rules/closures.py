"""Times without admissions: people leave, but nobody moves in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.periods import DAY, Period


@dataclass(frozen=True, slots=True)
class Part:
    """What is closed: nothing named is the whole home."""

    building_id: int | None = None
    floor_id: int | None = None
    unit: str = ""

    @property
    def is_whole_home(self) -> bool:
        """Say whether no part is named."""
        return self == WHOLE_HOME

    def holds(self, place: "Part") -> bool:
        """Say whether a bed that stands at `place` is closed too."""
        return (
            self.is_whole_home
            or (self.floor_id is not None and self.floor_id == place.floor_id)
            or (self.building_id is not None and self.building_id == place.building_id)
            or (self.unit != "" and self.unit == place.unit)
        )


WHOLE_HOME = Part()


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which nobody moves in; `period` ends on the day it opens again."""

    closure_id: int
    period: Period
    reason: str
    ordered_by: str
    part: Part = WHOLE_HOME
    place: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often and for how many days of a year nobody could move in (004 L427)."""

    periods: int
    days: int


class ClosedToAdmissions(Refusal):
    """Nobody moves in while the home, or that part of it, is closed."""

    text = N_(
        "{place} has been closed to admissions since {start} ({reason}). Nobody moves "
        "in before it opens again; people may leave."
    )


class ClosedUntil(ClosedToAdmissions):
    """The day of opening is known."""

    text = N_(
        "{place} is closed to admissions from {start} on and opens again on {end} "
        "({reason}). Choose that day or a later one; people may leave."
    )


class ClosedTwice(Refusal):
    """One place is not closed twice at once."""

    text = N_(
        "{place} is closed from {start} on already ({reason}). Change that closed "
        "period instead."
    )


class OpensTooEarly(Refusal):
    """A closed period has at least one day."""

    text = N_("It must open again after the first closed day, {start}.")


class CloseReasonMissing(Refusal):
    """A closed period says why it is."""

    text = N_("Say why the home is closed, for example an outbreak.")


class OrdererMissing(Refusal):
    """A closed period says who ordered it."""

    text = N_("Say who ordered it: the director, or an authority.")


def check_open(day: date, place: Part, closures: Iterable[Closure]) -> None:
    """Raise unless somebody may move in at `place` on `day`."""
    for each in closures:
        if each.period.holds(day) and each.part.holds(place):
            raise refusal(each)


def refusal(closure: Closure) -> ClosedToAdmissions:
    """Return what to say to who would move in."""
    start, end = closure.period.start, closure.period.end
    facts = {"place": closure.place, "start": start, "reason": closure.reason}
    if end is None:
        return ClosedToAdmissions(**facts)
    return ClosedUntil(**facts, end=end)


def check_once(wanted: Closure, others: Iterable[Closure]) -> None:
    """Raise ClosedTwice when the same place is closed on one of the days already."""
    for other in others:
        same = other.part == wanted.part and other.closure_id != wanted.closure_id
        if same and other.period.overlaps(wanted.period):
            raise ClosedTwice(
                place=other.place, start=other.period.start, reason=other.reason
            )


def tally(closures: Iterable[Closure], year: int, today: date) -> Tally:
    """Count the closed periods and days of a year up to and with `today`.

    Days on which several parts were closed count once.
    """
    whole = Period(date(year, 1, 1), min(date(year + 1, 1, 1), today + DAY))
    if whole.end is not None and whole.end <= whole.start:
        return Tally(0, 0)
    touched = [found for each in closures if (found := each.period.within(whole))]
    return Tally(len(touched), len({day for period in touched for day in period}))
