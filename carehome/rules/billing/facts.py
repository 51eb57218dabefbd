"""All that one resident's bill of one month is computed from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from carehome.rules.billing.tariff import AbsenceKind, Item, Tariff
from carehome.rules.periods import DAY, Period, months_after


@dataclass(frozen=True, slots=True)
class HomeSettings:
    """Which of the two end days of a stay the home charges for."""

    charge_admission_day: bool = True
    charge_discharge_day: bool = False


@dataclass(frozen=True, slots=True)
class StayDays:
    """From the day somebody moved in to the day of leaving, None while here."""

    admitted: date
    discharged: date | None = None

    def holds(self, day: date) -> bool:
        """Say whether somebody who left on `day` was living here."""
        return self.admitted <= day and (
            self.discharged is None or day < self.discharged
        )


@dataclass(frozen=True, slots=True)
class ItemUse:
    """An item that a resident has for a span: bed class, grade, meal plan, extra."""

    item_code: str
    period: Period


@dataclass(frozen=True, slots=True)
class PersonalPrice:
    """What one resident pays for an item instead of the list price.

    The value is fen (fixed), the per cent of the list price that is still paid
    (percent), or nothing (waived).
    """

    item_code: str
    period: Period
    kind: Literal["fixed", "percent", "waived"]
    value: int
    reason: str
    approver: str


@dataclass(frozen=True, slots=True)
class Absence:
    """Days away: those strictly between leaving and coming back are absent days."""

    kind: AbsenceKind
    left_on: date
    returned_on: date | None = None


@dataclass(frozen=True, slots=True)
class Extra:
    """Something charged by use or once."""

    item_code: str
    on: date
    quantity: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """What another payer bears: a share, fen a month or fen a day, of some fees.

    Covers whatever is in `items` or `categories`; with both empty, everything. Payers
    of one rank share what those before them leave, each at most `most` fen a month.
    Fen a day are borne for days away as well only if `counts_away`.
    """

    payer: str
    payer_name: str
    period: Period
    kind: Literal["percent", "fen", "day"]
    value: int
    categories: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    rank: int = 0  # of bills posted before payers had ranks
    most: int | None = None
    counts_away: bool = True  # of covers that were agreed before one could say it

    def covers(self, item: Item) -> bool:
        """Say whether the payer helps with this item."""
        if not self.categories and not self.items:
            return True
        return item.category in self.categories or item.code in self.items


Dated = TypeVar("Dated", ItemUse, PersonalPrice, Cover)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one resident in one month, `month` being its first day.

    Before `known_until` it is known that somebody who has not come back was away.
    """

    resident_id: int
    month: date
    known_until: date
    settings: HomeSettings
    items: Mapping[str, Item]
    tariff: Tariff
    stays: tuple[StayDays, ...] = ()
    uses: tuple[ItemUse, ...] = ()
    personal_prices: tuple[PersonalPrice, ...] = ()
    absences: tuple[Absence, ...] = ()
    extras: tuple[Extra, ...] = ()
    covers: tuple[Cover, ...] = ()

    @property
    def span(self) -> Period:
        """Return the days of the month."""
        return Period(self.month, months_after(self.month, 1))


def facts_of_month(
    resident_id: int,
    month: date,
    *,
    items: Mapping[str, Item],
    tariff: Tariff,
    settings: HomeSettings,
    stays: Iterable[StayDays],
    uses: Iterable[ItemUse] = (),
    personal_prices: Iterable[PersonalPrice] = (),
    absences: Iterable[Absence] = (),
    extras: Iterable[Extra] = (),
    covers: Iterable[Cover] = (),
    known_until: date | None = None,
) -> Facts:
    """Pick from all that is known of a resident what touches one month.

    `known_until` is the end of the month being billed when an earlier one is computed
    again, so that a leave nobody has come back from grows over the months.
    """
    end = months_after(month, 1)
    here = [s for s in stays if s.admitted < end]
    here = [s for s in here if s.discharged is None or s.discharged >= month]
    if any(s.discharged for s in here):
        uses = _to_last_charged_days(tuple(uses), items, here, settings)
    had = _touching(uses, month, end)
    used = [e for e in extras if month <= e.on < end]
    away = [
        a
        for a in absences
        if a.left_on < end
        and (a.returned_on is None or a.returned_on > month)
        and any(s.holds(a.left_on) for s in here)
    ]
    codes = sorted({u.item_code for u in had} | {e.item_code for e in used})
    own = [p for p in personal_prices if p.item_code in codes]
    if known_until is None or all(a.returned_on for a in away):
        known_until = end
    return Facts(
        resident_id,
        month,
        known_until,
        settings,
        {code: items[code] for code in codes},
        tariff.only(codes, month, end),
        tuple(here),
        tuple(had),
        tuple(_touching(own, month, end)),
        tuple(away),
        tuple(used),
        tuple(_touching(covers, month, end)),
    )


def _to_last_charged_days(
    uses: Sequence[ItemUse],
    items: Mapping[str, Item],
    stays: Sequence[StayDays],
    settings: HomeSettings,
) -> list[ItemUse]:
    """Let what ends with a stay hold on its last charged day.

    That day is charged when somebody comes and goes on one day, or where the home
    charges the day of leaving; unless the next bed, grade or plan begins on it.
    """
    begun = {(_lane(items[use.item_code]), use.period.start) for use in uses}
    ends = {
        stay.discharged
        for stay in stays
        if stay.discharged == stay.admitted or settings.charge_discharge_day
    }
    return [
        ItemUse(use.item_code, Period(use.period.start, day + DAY))
        if (day := use.period.end) is not None
        and day in ends
        and (day == use.period.start or (_lane(items[use.item_code]), day) not in begun)
        else use
        for use in uses
    ]


def _lane(item: Item) -> str:
    """Name what an item is charged beside: of other fees there may be several."""
    return item.code if item.category == "other" else item.category


def _touching(things: Iterable[Dated], start: date, end: date) -> list[Dated]:
    """Keep what has a day in [start, end)."""
    return [
        thing
        for thing in things
        if (period := thing.period).start < end
        and (period.end is None or period.end > start)
    ]
