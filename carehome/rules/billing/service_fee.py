"""The monthly service fee, and what a change of bed or grade costs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from carehome.rules.billing.bill import bill_month
from carehome.rules.billing.facts import Facts, ItemUse, PersonalPrice
from carehome.rules.billing.runs import PriceBook
from carehome.rules.billing.tariff import SERVICE_CATEGORIES, Item, Tariff
from carehome.rules.money import half_up

DAYS_OF_A_MONTH = 30


@dataclass(frozen=True, slots=True)
class ServiceFee:
    """What a whole month comes to at the prices of one day."""

    bed: int = 0
    care: int = 0
    meal: int = 0

    @property
    def total(self) -> int:
        """Return the monthly service fee."""
        return self.bed + self.care + self.meal


def monthly_service_fee(
    day: date,
    uses: Iterable[ItemUse],
    items: Mapping[str, Item],
    tariff: Tariff,
    personal_prices: Sequence[PersonalPrice] = (),
) -> ServiceFee:
    """Return bed, care and meal fee of a whole month at the prices of `day`.

    An item priced by the day counts 30 days (ours), lest the cap of a deposit go up
    and down with the length of the month.
    """
    book = PriceBook(tariff.lists, personal_prices)
    fees = dict.fromkeys(SERVICE_CATEGORIES, 0)
    first = day.toordinal()
    for use in uses:
        item = items[use.item_code]
        if item.category in fees and use.period.holds(day):
            times = DAYS_OF_A_MONTH if item.unit == "day" else 1
            fees[item.category] += times * book.run(item, first, first + 1).price
    return ServiceFee(fees["bed"], fees["care"], fees["meal"])


def day_exact_difference(before: Facts, after: Facts) -> int:
    """Return how much more the fees of a month are by `after` than by `before`.

    Rounded once: the lines of the bill, each rounded by itself, may come to a fen more
    or less.
    """
    return half_up(*(_exact(after) - _exact(before)).as_integer_ratio())


def _exact(facts: Facts) -> Fraction:
    """Return fees less refunds of a month before rounding."""
    lines = bill_month(facts).lines
    return sum((x.exact_fen for x in lines if x.kind != "payer"), Fraction())
