"""Bed days: what every bed was on every day, counted by day, month, floor or class.

A bed day belongs to the bed as it was at midnight: the day of admission counts, the day
of discharge does not (rules.md 1), and who comes and leaves on one day takes none.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from fractions import Fraction

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.periods import DAY, Period, month_of

MOST_DAYS = 3660  # ten years at once
Counts = tuple[int, int, int, int, int, int]


class BackwardSpan(Refusal):
    """The last day comes before the first."""

    text = N_("The last day lies before the first. Swap them.")


class SpanTooLong(Refusal):
    """More days than anybody looks at together."""

    text = N_("That is more than ten years. Choose a shorter span.")


@dataclass(frozen=True, slots=True)
class Bed:
    """A bed with all that happened to it.

    `held` are the days somebody lived in it, `away` those of them on which that person
    was out, `reserved` and `closed` the days it was promised or out of service.
    """

    bed_id: int
    floor: int
    bed_class: str
    is_nursing_bed: bool
    there: Period
    held: tuple[Period, ...] = ()
    away: tuple[Period, ...] = ()
    reserved: tuple[Period, ...] = ()
    closed: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class BedDays:
    """Bed days, each counted once: the five kinds come to `there` together.

    `nursing` are those of nursing beds.
    """

    there: int = 0
    occupied: int = 0
    kept: int = 0
    reserved: int = 0
    closed: int = 0
    nursing: int = 0

    @property
    def used(self) -> int:
        """Bed days of residents, also of those who are out."""
        return self.occupied + self.kept

    @property
    def free(self) -> int:
        """Bed days that could have been given."""
        return self.there - self.used - self.reserved - self.closed

    @property
    def rate(self) -> Fraction:
        """Return residents over beds (rules.md 5), 0 where there is no bed."""
        return Fraction(self.used, self.there) if self.there else Fraction(0)

    @property
    def nursing_share(self) -> Fraction:
        """Return the share of nursing beds among all, 0 where there is no bed."""
        return Fraction(self.nursing, self.there) if self.there else Fraction(0)

    def __add__(self, other: "BedDays") -> "BedDays":
        return BedDays(
            *(a + b for a, b in zip(astuple(self), astuple(other), strict=True))
        )


def check_span(first: date, last: date) -> Period:
    """Return the days from `first` to `last`, both included."""
    if last < first:
        raise BackwardSpan
    span = Period(first, last + DAY)
    if span.days > MOST_DAYS:
        raise SpanTooLong
    return span


def total(beds: Iterable[Bed], span: Period) -> BedDays:
    """Count the bed days of all beds in `span`."""
    return totals(beds, span, [span])[0]


def totals(beds: Iterable[Bed], span: Period, parts: Sequence[Period]) -> list[BedDays]:
    """Count the bed days of all beds in each of the parts of `span`."""
    told = [
        (_told(bed, there), bed) for bed in beds if (there := bed.there.within(span))
    ]
    return [_sum([_within(days, bed, part) for days, bed in told]) for part in parts]


def _sum(counts: Iterable[Counts]) -> BedDays:
    columns = zip(*counts, strict=True)
    return BedDays(*map(sum, columns))


def count(bed: Bed, span: Period) -> BedDays:
    """Count the bed days of one bed in `span`."""
    return total([bed], span)


@dataclass(frozen=True, slots=True)
class _Told:
    """The days of a bed by what it was; no day twice, and what is left was free."""

    there: Period
    held: list[Period]
    kept: list[Period]
    reserved: list[Period]
    closed: list[Period]


def _told(bed: Bed, there: Period) -> _Told:
    """Say what a bed was on each day.

    Whoever lives in a bed has it, whatever else is said of it; then it is closed; then
    promised; then free.
    """
    held = _merged(bed.held, there)
    closed = _without(_merged(bed.closed, there), held)
    reserved = _without(_without(_merged(bed.reserved, there), held), closed)
    kept = _both(held, _merged(bed.away, there))
    return _Told(there, held, kept, reserved, closed)


def _within(told: _Told, bed: Bed, part: Period) -> Counts:
    """Count the days of one bed in the order of the fields of BedDays."""
    there, kept = told.there.days_within(part), _days(told.kept, part)
    return (
        there,
        _days(told.held, part) - kept,
        kept,
        _days(told.reserved, part),
        _days(told.closed, part),
        there if bed.is_nursing_bed else 0,
    )


def months_in(span: Period) -> Iterator[Period]:
    """Yield the months of a span, the first and the last as far as they reach."""
    day = span.start
    while span.holds(day):
        month = month_of(day)
        part = month.within(span)
        assert part
        assert month.end
        yield part
        day = month.end


def days_in(span: Period) -> Iterator[Period]:
    """Yield the days of a span."""
    return (Period(day, day + DAY) for day in span)


def _merged(periods: Iterable[Period], within: Period) -> list[Period]:
    """Return periods in order, cut to `within`, no day twice."""
    cut = sorted(p for each in periods if (p := each.within(within)))
    found: list[Period] = []
    for each in cut:
        if found and (found[-1].end is None or each.start <= found[-1].end):
            ends = (found[-1].end, each.end)
            last = None if None in ends else max(filter(None, ends))
            found[-1] = Period(found[-1].start, last)
        else:
            found.append(each)
    return found


def _both(one: Sequence[Period], other: Sequence[Period]) -> list[Period]:
    return [p for a in one for b in other if (p := a.within(b))]


def _without(one: Sequence[Period], other: Sequence[Period]) -> list[Period]:
    """Return the days of the first that are not in the second."""
    left = list(one)
    for gone in other:
        left = [part for each in left for part in _cut(each, gone)]
    return left


def _cut(each: Period, gone: Period) -> Iterator[Period]:
    if not each.overlaps(gone):
        yield each
        return
    if each.start < gone.start:
        yield Period(each.start, gone.start)
    if gone.end and (each.end is None or gone.end < each.end):
        yield Period(gone.end, each.end)


def _days(periods: Sequence[Period], part: Period) -> int:
    return sum(each.days_within(part) for each in periods) if periods else 0


@dataclass(frozen=True, slots=True)
class Flow:
    """Who came and went in a span, and how long those who left had lived here.

    `residents` is the average number of residents.
    """

    arrivals: int
    departures: int
    days_of_leavers: int
    residents: Fraction

    @property
    def average_stay(self) -> Fraction | None:
        """Return the average days of those who left; None when nobody did."""
        if not self.departures:
            return None
        return Fraction(self.days_of_leavers, self.departures)

    @property
    def turnover(self) -> Fraction:
        """Return departures over the average number of residents (ours)."""
        return self.departures / self.residents if self.residents else Fraction(0)


def flow(stays: Iterable[Period], span: Period) -> Flow:
    """Say who came and went in `span`, and how many lived here on average."""
    told = list(stays)
    left = [stay for stay in told if stay.end and span.holds(stay.end)]
    lived = sum(stay.days_within(span) for stay in told)
    return Flow(
        sum(span.holds(stay.start) for stay in told),
        len(left),
        sum(stay.days for stay in left),
        Fraction(lived, span.days),
    )
