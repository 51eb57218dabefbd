"""Which days are charged, and the runs of equal price among them.

Days are ordinals here (`date.toordinal`): the fast way to count with them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from operator import itemgetter

from carehome.rules.billing.checks import OverlappingUses, WrongUnit
from carehome.rules.billing.facts import (
    Facts,
    HomeSettings,
    PersonalPrice,
    StayDays,
)
from carehome.rules.billing.tariff import (
    CATEGORIES,
    STANDING_UNITS,
    Item,
    NoPrice,
    PriceList,
)
from carehome.rules.money import half_up
from carehome.rules.periods import Period

Days = tuple[int, int]  # from the first up to, but without, the second
LAST = date.max.toordinal()


@dataclass(slots=True)
class Run:
    """Neighbouring charged days of one item at one price."""

    item: Item
    starts: int
    ends: int
    price: int
    personal: PersonalPrice | None
    listed: PriceList | None
    last_listed: PriceList | None

    def goes_on_as(self, other: "Run") -> bool:
        """Say whether `other` is but the next days of the same."""
        return (
            self.ends == other.starts
            and self.price == other.price
            and self.item is other.item
            and self.personal is other.personal
        )


def ordinals(period: Period) -> Days:
    """Return a period as ordinals; an open one never ends."""
    end = period.end
    return period.start.toordinal(), LAST if end is None else end.toordinal()


def charged_days(
    stays: Iterable[StayDays], month: Days, settings: HomeSettings
) -> list[Days]:
    """Return the days of the month that are charged; a stay is at least one day."""
    spans: list[Days] = []
    for stay in stays:
        admitted = stay.admitted.toordinal()
        first, last = admitted + (not settings.charge_admission_day), month[1]
        if stay.discharged is not None:
            last = stay.discharged.toordinal() + settings.charge_discharge_day
            if last <= first:
                first, last = admitted, admitted + 1
        first, last = max(first, month[0]), min(last, month[1])
        if first < last:
            spans.append((first, last))
    return _joined(spans) if len(spans) > 1 else spans


def _joined(spans: list[Days]) -> list[Days]:
    """Join spans that touch or overlap: no day is charged twice."""
    spans.sort()
    joined = spans[:1]
    for first, last in spans[1:]:
        if first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


class PriceBook:
    """The prices of one resident: price lists with the personal prices over them."""

    def __init__(self, lists: Sequence[PriceList], own: Sequence[PersonalPrice]):
        self._lists = [(listed.starts.toordinal(), listed) for listed in lists]
        self._own = [(*ordinals(price.period), price) for price in own]
        self._is_plain = len(lists) < 2 and not own

    def run(self, item: Item, first: int, last: int) -> Run:
        """Return the run of `item` at the price of day `first`."""
        listed = personal = None
        for starts, candidate in self._lists:
            if starts <= first:
                listed = candidate
        for starts, ends, own in self._own:
            if starts <= first < ends and own.item_code == item.code:
                personal = own
        price = None if listed is None else listed.prices.get(item.code)
        if personal is not None and personal.kind != "percent":
            price = personal.value if personal.kind == "fixed" else 0
        elif price is None:
            raise NoPrice(item=item.name, day=date.fromordinal(first))
        elif personal is not None:
            price = half_up(price * personal.value, 100)
        return Run(item, first, last, price, personal, listed, listed)

    def runs(self, item: Item, first: int, last: int) -> Iterable[Run]:
        """Cut days where the price of `item` may change."""
        if self._is_plain:
            return (self.run(item, first, last),)
        cuts = {starts for starts, _ in self._lists if first < starts < last}
        for starts, ends, own in self._own:
            if own.item_code == item.code:
                cuts.update(day for day in (starts, ends) if first < day < last)
        days = [first, *sorted(cuts), last]
        return [self.run(item, a, b) for a, b in pairwise(days)]


def lanes(facts: Facts, charged: Sequence[Days], book: PriceBook) -> list[list[Run]]:
    """Return the runs of each lane: bed, care, meals, and each standing extra.

    On one day a lane charges for one item only; days with nothing else changed are
    joined to one run.
    """
    uses = [_placed(use.period, facts.items[use.item_code]) for use in facts.uses]
    uses.sort(key=itemgetter(0))
    found: list[list[Run]] = []
    lane = None
    for (rank, name, starts), ends, item in uses:
        if lane != (rank, name):
            lane = (rank, name)
            found.append([])
        for span in charged:
            first, last = max(span[0], starts), min(span[1], ends)
            if first < last:
                for run in book.runs(item, first, last):
                    _add(found[-1], run)
    return found


def _placed(period: Period, item: Item) -> tuple[tuple[int, str, int], int, Item]:
    """Return what puts a use in its lane and order: category, item, first day."""
    if item.unit not in STANDING_UNITS:
        raise WrongUnit(item=item.name)
    starts, ends = ordinals(period)
    name = item.code if item.category == "other" else ""
    return (CATEGORIES.index(item.category), name, starts), ends, item


def _add(runs: list[Run], run: Run) -> None:
    """Add a run to its lane, as more days of the last one where it is the same."""
    if runs:
        before = runs[-1]
        if run.starts < before.ends:
            raise OverlappingUses(
                day=date.fromordinal(run.starts),
                first=before.item.name,
                second=run.item.name,
            )
        if before.goes_on_as(run):
            before.ends, before.last_listed = run.ends, run.last_listed
            return
    runs.append(run)
