"""What may be entered about a resident, said before any bill is computed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeVar

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.billing.facts import (
    Absence,
    Extra,
    ItemUse,
    PersonalPrice,
    StayDays,
)
from carehome.rules.billing.tariff import STANDING_UNITS, Item
from carehome.rules.periods import Period

Dated = TypeVar("Dated")


class OverlappingUses(Refusal):
    """Two items of one category are charged for the same day."""

    text = N_(
        "On {day} both “{first}” and “{second}” would be charged. "
        "End the one before the other begins."
    )


class TurnedSpan(Refusal):
    """Something agreed on ends before it holds for a day."""

    text = N_(
        "This must end after its first day, {starts}. Choose a later end, or leave the "
        "end blank."
    )


class WrongUnit(Refusal):
    """A standing item was entered as a single use, or the other way round."""

    text = N_(
        "“{item}” cannot be charged this way: items by month or day stand for a span, "
        "all others are entered with the day of each use."
    )


class OverlappingPrices(Refusal):
    """A resident would have two personal prices for one item on one day."""

    text = N_(
        "On {day} two personal prices hold for “{item}”. "
        "End the one before the other begins."
    )


class BadPersonalPrice(Refusal):
    """A personal price is more than its list price, negative, or without a reason."""

    text = N_(
        "A personal price needs a reason, an approver and a value: an amount, "
        "or 0 to 100 per cent of the list price."
    )


class OverlappingStays(Refusal):
    """A resident would have moved in twice."""

    text = N_(
        "The stay from {second} begins before the one from {first} has ended. "
        "Correct the day of leaving or of moving in."
    )


class OverlappingAbsences(Refusal):
    """Two absences share a day away."""

    text = N_(
        "The absence from {second} begins before the one from {first} has ended. "
        "Correct the day of leaving or of coming back."
    )


class BadAbsence(Refusal):
    """Somebody came back before leaving, or left while not living here."""

    text = N_(
        "The absence from {left} does not fit: on that day the resident must be living "
        "here, and nobody can be back before leaving."
    )


class BadExtra(Refusal):
    """A single charge has no sensible quantity."""

    text = N_("The quantity of “{item}” must be 1 or more, not {quantity}.")


def check_uses(uses: Iterable[ItemUse], items: Mapping[str, Item]) -> None:
    """Raise unless on every day each category charges one item at most.

    Of other fees a resident may have several, but none twice.
    """
    lanes: dict[str, list[ItemUse]] = {}
    for use in uses:
        item = items[use.item_code]
        if item.unit not in STANDING_UNITS:
            raise WrongUnit(item=item.name)
        name = f"other {item.code}" if item.category == "other" else item.category
        lanes.setdefault(name, []).append(use)
    for lane in lanes.values():
        for one, other in overlapping(lane, lambda use: use.period):
            raise OverlappingUses(
                day=other.period.start,
                first=items[one.item_code].name,
                second=items[other.item_code].name,
            )


def check_span(span: Period) -> None:
    """Raise TurnedSpan unless something holds for a day at least."""
    if span.end is not None and span.end <= span.start:
        raise TurnedSpan(starts=span.start)


def check_personal_prices(
    prices: Iterable[PersonalPrice], items: Mapping[str, Item]
) -> None:
    """Raise unless every personal price is sound and alone on its days."""
    lanes: dict[str, list[PersonalPrice]] = {}
    for price in prices:
        most = 100 if price.kind == "percent" else price.value
        if not (price.reason.strip() and price.approver.strip()):
            raise BadPersonalPrice
        if not 0 <= price.value <= most:
            raise BadPersonalPrice
        lanes.setdefault(price.item_code, []).append(price)
    for code, lane in lanes.items():
        for _one, other in overlapping(lane, lambda price: price.period):
            raise OverlappingPrices(day=other.period.start, item=items[code].name)


def check_stays(stays: Iterable[StayDays]) -> None:
    """Raise OverlappingStays unless each stay begins when the last one has ended."""
    ordered = sorted(
        stays, key=lambda stay: (stay.admitted, stay.discharged or date.max)
    )
    for one, other in pairwise(ordered):
        if one.discharged is None or other.admitted < one.discharged:
            raise OverlappingStays(first=one.admitted, second=other.admitted)


def check_absences(absences: Sequence[Absence], stays: Sequence[StayDays]) -> None:
    """Raise unless absences lie in stays, one after the other."""
    spans = [_away(absence, stays) for absence in absences]
    for one, other in overlapping(spans, lambda span: span):
        raise OverlappingAbsences(first=one.start, second=other.start)


def _away(absence: Absence, stays: Sequence[StayDays]) -> Period:
    """Return the span of an absence, which ends at the latest with its stay."""
    left, back = absence.left_on, absence.returned_on
    for stay in stays:
        if stay.holds(left) and (back is None or back >= left):
            return Period(left, back or stay.discharged)
    raise BadAbsence(left=left)


def check_extra(extra: Extra, item: Item) -> None:
    """Raise unless the item is charged by use and the quantity is one or more."""
    if item.unit in STANDING_UNITS:
        raise WrongUnit(item=item.name)
    if extra.quantity < 1:
        raise BadExtra(item=item.name, quantity=extra.quantity)


def overlapping(
    things: Iterable[Dated], period: Callable[[Dated], Period]
) -> Iterable[tuple[Dated, Dated]]:
    """Return the pairs of neighbours in time that share a day."""
    ordered = sorted(things, key=lambda thing: period(thing).start)
    return [
        (one, other)
        for one, other in pairwise(ordered)
        if period(one).overlaps(period(other))
    ]
