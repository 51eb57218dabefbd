"""Bills for water, power, gas and heat: the tariff that is the home's right."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache

from carehome import paths
from carehome.errors import Refusal
from carehome.i18n import N_, show_money
from carehome.rules.periods import Period
from carehome.rules.rulepacks import FilePart, Source

SCHEMA = "carehome/utilities/1"
ROUNDING = 1  # a fen, between what a supplier rounds and what we do
_NUMBER = re.compile(r"\d[\d,]*(\.\d+)?")


class Supply(StrEnum):
    """What is supplied."""

    WATER = "water"
    POWER = "power"
    GAS = "gas"
    HEAT = "heat"


class Tariff(StrEnum):
    """The class of price that a bill is made out by."""

    RESIDENTIAL = "residential"
    GENERAL = "general"
    COMMERCIAL = "commercial"
    INDUSTRIAL = "industrial"
    UNKNOWN = "unknown"


SUPPLY_NAMES = {
    Supply.WATER: N_("Water"),
    Supply.POWER: N_("Electricity"),
    Supply.GAS: N_("Gas"),
    Supply.HEAT: N_("Heat"),
}
TARIFF_NAMES = {
    Tariff.RESIDENTIAL: N_("Residential price"),
    Tariff.GENERAL: N_("General industry and commerce, and others"),
    Tariff.COMMERCIAL: N_("Commercial price"),
    Tariff.INDUSTRIAL: N_("Industrial price"),
    Tariff.UNKNOWN: N_("Not on the bill"),
}


UNITS = {
    Supply.WATER: N_("tons"),
    Supply.POWER: N_("kWh"),
    Supply.GAS: N_("m³"),
    Supply.HEAT: N_("m²"),
}


class BadNumber(Refusal):
    """A quantity or a price of a unit is no number."""

    text = N_("“{text}” is no number above 0. Write it like 1280 or 0.5469.")


class BadUtility(Refusal):
    """A utility bill does not say who asks how much."""

    text = N_("Enter who sent the bill, and an amount above 0.")


class BadUtilityDays(Refusal):
    """A utility bill covers no day, or was paid before it came."""

    text = N_("Check the days: the bill covers at least one day and is paid later.")


class EnteredAlready(Refusal):
    """The same bill is in the books already."""

    text = N_(
        "{supplier} has billed this already: {fen} on {day}, number “{number}”, meter "
        "“{meter}”. Change that bill, or correct number and days of this one."
    )


class Unexplained(Refusal):
    """A bill asks another sum than its consumption comes to, and nobody says why."""

    text = N_(
        "The bill asks {asked} for the consumption, but quantity times price comes to "
        "{fen}: a difference of {difference}. Correct it, or say in the note why."
    )


class ExtrasTooMuch(Refusal):
    """The single fees on a bill come to more than the bill."""

    text = N_("The single fees come to more than the bill. Check the amounts.")


@dataclass(frozen=True, slots=True)
class UtilityBill:
    """A bill for a supply; `extras` are fees beside consumption, by name in fen."""

    supply: Supply
    supplier: str
    number: str
    day: date
    period: Period
    tariff: Tariff
    quantity: str
    fen: int
    extras: Mapping[str, int]
    note: str = ""
    paid_on: date | None = None
    method: str = ""
    meter: str = ""
    unit_price: str = ""
    residential_price: str = ""

    @property
    def consumption(self) -> int:
        """What is asked for the supply itself, without the single fees."""
        return self.fen - sum(self.extras.values())


@dataclass(frozen=True, slots=True)
class Right:
    """Why something on a bill may not be asked of the home."""

    words: tuple[str, ...]
    why: str
    source: Source


@dataclass(frozen=True, slots=True)
class UtilityRules:
    """The right to the residential price, and the fees that may not be asked."""

    residential: Right
    banned: tuple[Right, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """Something on a bill to be taken up with the supplier; a fee has a name.

    `too_much` is what of it may be asked back, unknown while a price is missing.
    """

    fee: str
    fen: int
    right: Right
    too_much: int | None = None


@cache
def read_rules() -> UtilityRules:
    """Read what came with the program."""
    whole = FilePart.of_file(paths.resource("rulepacks") / "utilities.json", SCHEMA)
    own = whole.part("residential")
    banned = tuple(
        Right(part.texts("words"), part.name("why"), part.source())
        for part in whole.parts("banned")
    )
    return UtilityRules(Right((), own.name("why"), own.source()), banned)


def flags(bill: UtilityBill, rules: UtilityRules) -> Iterator[Flag]:
    """Yield what on a bill should not be: another tariff, fees that are forbidden.

    Whatever a bill calls its tariff, a price above the residential one is flagged.
    """
    beyond = paid_too_much(bill)
    is_other = bill.tariff not in (Tariff.RESIDENTIAL, Tariff.UNKNOWN)
    if is_other or (bill.unit_price and beyond):
        yield Flag("", bill.consumption, rules.residential, beyond)
    for name, fen in bill.extras.items():
        for right in rules.banned:
            if any(word in _plain(name) for word in right.words):
                yield Flag(name, fen, right, fen)


def paid_too_much(bill: UtilityBill) -> int | None:
    """Return what the bill asks above the residential price; None if not known.

    Without the price on the bill, the residential one is held against what was asked.
    """
    amount, fair = number_of(bill.quantity), number_of(bill.residential_price)
    if amount is None or fair is None:
        return None
    asked = number_of(bill.unit_price)
    of_bill = Decimal(bill.consumption) / 100 if asked is None else amount * asked
    beyond = (of_bill - amount * fair) * 100
    return max(int(beyond.quantize(Decimal(1), ROUND_HALF_UP)), 0)


def comes_to(bill: UtilityBill) -> int | None:
    """Return what quantity times price comes to, in fen; None if one is missing."""
    amount, price = number_of(bill.quantity), number_of(bill.unit_price)
    if amount is None or price is None:
        return None
    return int((amount * price * 100).quantize(Decimal(1), ROUND_HALF_UP))


def difference(bill: UtilityBill) -> int:
    """Return what a bill asks beyond quantity times price and its single fees.

    A fen is rounding. Without quantity or price nothing can be held against it.
    """
    fair = comes_to(bill)
    beyond = 0 if fair is None else bill.consumption - fair
    return beyond if abs(beyond) > ROUNDING else 0


def check_explained(bill: UtilityBill) -> None:
    """Raise Unexplained unless a bill adds up, or its note says why it does not."""
    beyond = difference(bill)
    if beyond and not bill.note.strip():
        raise Unexplained(
            asked=show_money(bill.consumption),
            fen=show_money(bill.consumption - beyond),
            difference=show_money(beyond),
        )


def is_same(one: UtilityBill, other: UtilityBill) -> bool:
    """Say whether two bills are one: by number, or by meter and days."""

    def of(bill: UtilityBill) -> tuple[str, Supply]:
        return _plain(bill.supplier), bill.supply

    if of(one) != of(other):
        return False
    numbers = _plain(one.number), _plain(other.number)
    if numbers[0] and numbers[0] == numbers[1]:
        return True
    meters = _plain(one.meter), _plain(other.meter)
    if meters[0] != meters[1] or one.period != other.period:
        return False
    return bool(meters[0]) or not all(numbers)


def number_of(text: str) -> Decimal | None:
    """Return the number above 0 that a text begins with, such as “1200 kWh”."""
    found = _NUMBER.match(unicodedata.normalize("NFKC", text).strip())
    number = Decimal(found[0].replace(",", "")) if found else Decimal(0)
    return number if number > 0 else None


def check_number(text: str) -> None:
    """Raise BadNumber unless a text is empty or begins with a number above 0."""
    if text.strip() and number_of(text) is None:
        raise BadNumber(text=text.strip())


def check_bill(bill: UtilityBill) -> None:
    """Raise unless a bill can be entered."""
    if not bill.supplier.strip() or bill.fen <= 0:
        raise BadUtility
    check_days(bill)
    if any(fen < 0 for fen in bill.extras.values()):
        raise BadUtility
    if sum(bill.extras.values()) > bill.fen:
        raise ExtrasTooMuch
    for text in (bill.unit_price, bill.residential_price):
        check_number(text)
    check_explained(bill)


def check_days(bill: UtilityBill) -> None:
    """Raise BadUtilityDays unless a bill covers a day and is paid after it came."""
    end = bill.period.end
    if end is None or end <= bill.period.start:
        raise BadUtilityDays
    if bill.paid_on is not None and bill.paid_on < bill.day:
        raise BadUtilityDays


def check_new(bill: UtilityBill, known: Iterable[UtilityBill]) -> None:
    """Raise EnteredAlready when a bill is one of those that are in the books."""
    for other in known:
        if is_same(bill, other):
            raise EnteredAlready(
                supplier=other.supplier,
                fen=show_money(other.fen),
                day=other.day,
                number=other.number,
                meter=other.meter,
            )


def _plain(name: str) -> str:
    """Return the letters of a name, however it is spaced."""
    letters = unicodedata.normalize("NFKC", name)
    return "".join(letter for letter in letters.casefold() if letter.isalnum())
