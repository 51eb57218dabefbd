"""Figures of the beds."""

from collections.abc import Callable
from datetime import date

from carehome.i18n import N_
from carehome.rules.bed_days import BedDays, days_in, months_in, totals
from carehome.rules.figures import Cell, Figure, Rows, count, quotient, total
from carehome.rules.today import Text, words
from carehome.services.figures.asked import Asked
from carehome.services.figures.records import Bed
from carehome.services.figures.registry import counts

TITLES = (N_("Bed"), N_("Bed class"), N_("Nursing bed"))
YES, NO = N_("yes"), N_("no")
DEMENTIA_UNIT = "dementia"  # the unit of a floor, as the home's list of units has it
CLASSES = ("A", "B", "C", "D", "N")  # those that every home's list starts with


def _there(asked: Asked) -> list[Bed]:
    """Return the beds of the last day, as the bed days count them."""
    known = asked.records.beds
    return [
        known[each.bed_id]
        for each in asked.records.past.beds
        if each.there.holds(asked.last)
    ]


def _listed(asked: Asked, beds: list[Bed]) -> Rows:
    names = asked.records.bed_classes
    return Rows(
        TITLES,
        tuple(
            (
                each.name,
                names.get(each.bed_class, each.bed_class),
                words(YES if each.is_nursing else NO),
            )
            for each in beds
        ),
    )


def _those(wanted: Callable[[Asked, Bed], bool]) -> Callable[[Asked], Figure]:
    """Count the beds of the last day that are wanted."""

    def counter(asked: Asked) -> Figure:
        found = [each for each in _there(asked) if wanted(asked, each)]
        return count(_listed(asked, found))

    return counter


def _of_class(code: str) -> Callable[[Asked, Bed], bool]:
    return lambda _asked, bed: bed.bed_class == code


counts("beds.total")(_those(lambda _asked, _bed: True))
counts("beds.nursing")(_those(lambda _asked, bed: bed.is_nursing))
counts("beds.dementia_unit")(_those(lambda _asked, bed: bed.unit == DEMENTIA_UNIT))
for _code in CLASSES:
    counts(f"beds.class_{_code.lower()}")(_those(_of_class(_code)))


def _share(wanted: Callable[[Bed], bool]) -> Callable[[Asked], Figure]:
    """Return the share of the beds of the last day that are wanted."""

    def counter(asked: Asked) -> Figure:
        beds = _there(asked)
        part = sum(wanted(each) for each in beds)
        return quotient(part, len(beds), _listed(asked, beds))

    return counter


counts("beds.nursing_share")(_share(lambda bed: bed.is_nursing))
counts("beds.dementia_unit_share")(_share(lambda bed: bed.unit == DEMENTIA_UNIT))


STATES: tuple[tuple[str, Callable[[BedDays], int]], ...] = (
    (N_("Occupied"), lambda days: days.occupied),
    (N_("Kept"), lambda days: days.kept),
    (N_("Reserved"), lambda days: days.reserved),
    (N_("Out of service"), lambda days: days.closed),
    (N_("Free"), lambda days: days.free),
)


def _word(days: BedDays) -> Text:
    return next(words(name) for name, told in STATES if told(days))


def _state(told: Callable[[BedDays], int]) -> Callable[[Asked], Figure]:
    """Count the beds that were something on the last day."""
    return lambda asked: count(_states(asked, told))


def _states(asked: Asked, told: Callable[[BedDays], int]) -> Rows:
    names = asked.records.beds
    lines = tuple(
        (names[bed_id].name, _word(days))
        for bed_id, days in asked.each_bed_at_end
        if told(days)
    )
    return Rows((N_("Bed"), N_("State")), lines)


counts("beds.in_use")(_state(lambda days: days.there - days.closed))
counts("beds.occupied")(_state(lambda days: days.used))
counts("beds.kept")(_state(lambda days: days.kept))
counts("beds.reserved")(_state(lambda days: days.reserved))
counts("beds.free")(_state(lambda days: days.free))
counts("beds.closed")(_state(lambda days: days.closed))


def _turn(told: Callable[[Bed], date | None]) -> Callable[[Asked], Figure]:
    """Count the beds whose first day, or first day without them, is in the period."""

    def counter(asked: Asked) -> Figure:
        found: list[tuple[Cell, ...]] = []
        for bed in asked.records.beds.values():
            day = told(bed)
            if day is not None and asked.span.holds(day):
                found.append((bed.name, day))
        return count(Rows((N_("Bed"), N_("Day")), tuple(found)))

    return counter


counts("beds.added")(_turn(lambda bed: bed.since))
counts("beds.removed")(_turn(lambda bed: bed.until))


SHORT = 31  # days that are listed one by one, longer periods by month


def _by_time(asked: Asked) -> Rows:
    """List the bed days by day, or by month where there are many days."""
    is_short = asked.span.days <= SHORT
    parts = list(days_in(asked.span) if is_short else months_in(asked.span))
    told = totals(asked.records.past.beds, asked.span, parts)
    lines = tuple(
        (part.start, days.there, days.used)
        for part, days in zip(parts, told, strict=True)
    )
    return Rows((N_("From"), N_("Bed days"), N_("Of residents")), lines)


@counts("beds.days")
def bed_days(asked: Asked) -> Figure:
    """Count the bed days that were there."""
    return total(asked.bed_days.there, _by_time(asked))


@counts("beds.days_used")
def days_used(asked: Asked) -> Figure:
    """Count the bed days of residents, also of those who were out."""
    return total(asked.bed_days.used, _by_time(asked))


@counts("beds.occupancy_end")
def occupancy_end(asked: Asked) -> Figure:
    """Return residents over beds on the last day."""
    days = asked.beds_at_end
    return quotient(days.used, days.there, _states(asked, lambda each: each.there))


@counts("beds.occupancy")
def occupancy(asked: Asked) -> Figure:
    """Return residents over beds, day by day of the period."""
    return quotient(asked.bed_days.used, asked.bed_days.there, _by_time(asked))
