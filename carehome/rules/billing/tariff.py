"""What the home charges for, and at which price from which day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from carehome.errors import Refusal
from carehome.i18n import N_, show_money

Category = Literal["bed", "care", "meal", "other"]
Unit = Literal["month", "day", "use", "once"]
DayBasis = Literal["month", "thirty"]
AbsenceKind = Literal["leave", "hospital"]
CATEGORIES: tuple[Category, ...] = get_args(Category)
STANDING_UNITS: tuple[Unit, ...] = ("month", "day")
SERVICE_CATEGORIES: tuple[Category, ...] = ("bed", "care", "meal")
CATEGORY_NAMES: dict[Category, str] = {
    "bed": N_("Bed fee"),
    "care": N_("Care fee"),
    "meal": N_("Meal fee"),
    "other": N_("Other fees"),
}


class NoPrice(Refusal):
    """No price list gives a price for an item on a day it is charged for."""

    text = N_(
        "“{item}” has no price on {day}. Add it to the price list in force on that day."
    )


class BadPriceList(Refusal):
    """A price list holds a figure that cannot be; `place` is its name in `Terms`."""

    text = N_(
        "The price list has a wrong figure: {value}. Shares are 0 to 100 per cent, "
        "least days 1 to 31."
    )


class NegativePrice(BadPriceList):
    """A price is below nothing; `code` is that of the item."""

    text = N_("“{item}” cannot cost {price}. Prices are 0 or more.")


@dataclass(frozen=True, slots=True)
class Item:
    """A thing the home charges for."""

    code: str
    name: str
    category: Category
    unit: Unit = "month"
    vat_exempt: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """How a price list counts days and what it gives back; shares are per cent."""

    day_basis: DayBasis = "month"
    leave_meal_refund: int = 100
    leave_care_refund: int = 0
    leave_bed_kept: int = 100
    leave_min_days: int = 3
    hospital_meal_refund: int = 100
    hospital_care_refund: int = 100
    hospital_bed_kept: int = 100
    hospital_min_days: int = 1

    def refund_percent(self, kind: AbsenceKind, category: Category) -> int:
        """Return the share of an absent day's price that is given back."""
        if kind == "leave":
            kept, care = self.leave_bed_kept, self.leave_care_refund
            meal = self.leave_meal_refund
        else:
            kept, care = self.hospital_bed_kept, self.hospital_care_refund
            meal = self.hospital_meal_refund
        return {"bed": 100 - kept, "care": care, "meal": meal, "other": 0}[category]

    def min_days(self, kind: AbsenceKind) -> int:
        """Return how many absent days an absence needs before it counts."""
        return self.leave_min_days if kind == "leave" else self.hospital_min_days


@dataclass(frozen=True, slots=True)
class PriceList:
    """All prices in fen from `starts` on, until the next list starts."""

    starts: date
    prices: Mapping[str, int]
    terms: Terms = field(default_factory=Terms)

    def only(self, codes: Collection[str]) -> "PriceList":
        """Return the list with the prices of `codes` alone."""
        prices = self.prices
        few = {code: prices[code] for code in codes if code in prices}
        return PriceList(self.starts, few, self.terms)


@dataclass(frozen=True, slots=True)
class Tariff:
    """The price lists of the home in the order of their days."""

    lists: tuple[PriceList, ...]

    def in_force(self, day: date) -> PriceList | None:
        """Return the price list of a day: the last that has started."""
        found = None
        for listed in self.lists:
            if listed.starts > day:
                break
            found = listed
        return found

    def only(self, codes: Collection[str], start: date, end: date) -> "Tariff":
        """Return what is needed to price `codes` on the days of [start, end)."""
        lists = [listed for listed in self.lists if listed.starts < end]
        while len(lists) > 1 and lists[1].starts <= start:
            del lists[0]
        return Tariff(tuple([listed.only(codes) for listed in lists]))


def check_price_list(listed: PriceList) -> None:
    """Raise NegativePrice, or BadPriceList for a share that is none."""
    for code, fen in listed.prices.items():
        if fen < 0:
            raise NegativePrice(code=code, item=code, price=show_money(fen))
    terms = listed.terms
    for name in Terms.__dataclass_fields__:
        value = getattr(terms, name)
        most = 31 if name.endswith("_min_days") else 100
        least = 1 if name.endswith("_min_days") else 0
        if name != "day_basis" and not least <= value <= most:
            raise BadPriceList(place=name, value=value)


def is_vat_exempt(item: Item, is_registered: bool, is_filed: bool) -> bool:
    """Say whether an item is free of VAT (seed 003 L1049).

    Only a home that is registered as a legal person and filed with civil affairs may
    use the exemption of the four kinds of care.
    """
    return item.vat_exempt and is_registered and is_filed
