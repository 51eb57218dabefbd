"""What a month would have brought in by other prices, other grades or fuller beds.

Everybody's month is billed again by the real rules, to the fen; only then are people
weighed by how many of them there would be.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from carehome.errors import Refusal
from carehome.rules import deposits
from carehome.rules.billing.bill import bill_month
from carehome.rules.billing.facts import Facts
from carehome.rules.billing.service_fee import ServiceFee, monthly_service_fee
from carehome.rules.billing.tariff import Category, Item, PriceList, Tariff
from carehome.rules.money import half_up
from carehome.rules.periods import DAY, months_after
from carehome.rules.rulepacks import RulePack
from carehome.rules.what_if import Assumed, TooManyForBeds, check

HUNDRED = 100
INCOME = ("fee", "refund", "use")  # what others bear comes in all the same


@dataclass(frozen=True, slots=True)
class Lived:
    """One resident's month: by which grade, from which facts, and what is held.

    `share` is how much of the month they lived here, 1 for all of it.
    """

    resident_id: int
    resident: str
    grade: str
    facts: Facts
    held: int = 0
    share: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Basis:
    """A real month, and the price list that is tried on it.

    `care_items` names the item of each grade, `pack` says how deposits are capped.
    """

    month: date
    beds: int
    lived: tuple[Lived, ...]
    items: Mapping[str, Item]
    grade_names: Mapping[str, str]
    care_items: Mapping[str, str]
    now: PriceList
    tried: PriceList
    pack: RulePack

    @property
    def mix(self) -> dict[str, int]:
        """Return how many people of each grade were charged in the month."""
        found = dict.fromkeys(self.grade_names, 0)
        for each in self.lived:
            found[each.grade] = found.get(each.grade, 0) + 1
        return found

    @property
    def filled(self) -> Fraction:
        """Return how many beds were taken on average: bed days by days."""
        return sum((each.share for each in self.lived), Fraction())

    @property
    def occupancy(self) -> Fraction:
        """Return the share of the beds that was taken, 0 of a home without beds."""
        return self.filled / self.beds if self.beds else Fraction()

    @property
    def unpriced(self) -> tuple[str, ...]:
        """Return what is charged now and has no price in the tried list."""
        used = {code for each in self.lived for code in each.facts.items}
        return tuple(sorted(used & self.now.prices.keys() - self.tried.prices.keys()))


@dataclass(frozen=True, slots=True)
class ItemIncome:
    """What one item brought in, and would bring in; `payers` had it in the month."""

    item: Item
    price_now: int | None
    price_then: int | None
    payers: int
    now: int
    then: int

    @property
    def change(self) -> int:
        """Return how much more it would be."""
        return self.then - self.now


@dataclass(frozen=True, slots=True)
class CapChange:
    """How much deposit of one resident may be held now and then."""

    resident_id: int
    resident: str
    held: int
    now: int
    then: int

    @property
    def excess(self) -> int:
        """Return what would be held above the cap."""
        return max(self.held - self.then, 0)

    @property
    def is_new(self) -> bool:
        """Say whether nothing is held above the cap as it is now."""
        return self.excess > 0 and self.held <= self.now


@dataclass(frozen=True, slots=True)
class Income:
    """A month as it was and as it would have been; sums are fen.

    `filled` is how many beds would be taken on average over the month.
    """

    filled: Fraction
    items: tuple[ItemIncome, ...]
    caps: tuple[CapChange, ...]
    skipped: tuple[str, ...] = ()

    def now(self, category: Category | None = None) -> int:
        """Return what came in, of a category or of all."""
        return sum(x.now for x in self.items if category in (None, x.item.category))

    def then(self, category: Category | None = None) -> int:
        """Return what would come in, of a category or of all."""
        return sum(x.then for x in self.items if category in (None, x.item.category))


@dataclass(frozen=True, slots=True)
class Weights:
    """How much everybody of a grade counts for care, and everybody for all else.

    `new` is how many of grades that nobody had, `filled` how many beds are taken.
    """

    care: Mapping[str, Fraction]
    new: Mapping[str, Fraction]
    rest: Fraction
    filled: Fraction


def income(basis: Basis, assumed: Assumed) -> Income:
    """Bill a month by its own prices and by the tried ones, and set them side by side.

    Personal prices stay: a fixed one is fixed, a share is one of the tried price.
    """
    check(assumed)
    tried = tried_list(basis, assumed)
    weights = weigh(basis, assumed)
    before: Counter[str] = Counter()
    after: dict[str, Fraction] = defaultdict(Fraction)
    payers: Counter[str] = Counter()
    skipped = []
    for each in basis.lived:
        try:
            now = _amounts(each.facts)
            then = _amounts(_by(each.facts, tried))
        except Refusal:
            skipped.append(each.resident)
            continue
        before.update(now)
        payers.update(now.keys())
        for code, fen in then.items():
            is_care = basis.items[code].category == "care"
            after[code] += fen * (weights.care[each.grade] if is_care else weights.rest)
    _add_new_grades(basis, weights.new, tried, after)
    found = tuple(
        ItemIncome(
            item,
            basis.now.prices.get(code),
            tried.prices.get(code),
            payers[code],
            before[code],
            half_up(*after[code].as_integer_ratio()),
        )
        for code, item in basis.items.items()
        if before[code] or after[code] or code in payers
    )
    return Income(weights.filled, found, _caps(basis, tried), tuple(skipped))


def weigh(basis: Basis, assumed: Assumed) -> Weights:
    """Return how much care and all else count when there are other people.

    Twice as many people of a grade bring twice its care; beds, meals and the rest go by
    how many people there are in all, each for as much of the month as people lived
    here on average. An occupancy is one of bed days: it makes all more or less alike.
    """
    mix = basis.mix
    wanted = mix if assumed.mix is None else assumed.mix
    heads, asked = sum(mix.values()), sum(wanted.values())
    share = basis.filled / heads if heads else Fraction(1)
    filled = asked * share
    grown = Fraction(1)
    if assumed.occupancy is not None:
        full = Fraction(basis.beds * assumed.occupancy, HUNDRED)
        grown = full / filled if filled else Fraction()
    elif filled > max(Fraction(basis.beds), basis.filled):
        raise TooManyForBeds(count=asked, beds=basis.beds)
    return Weights(
        {
            code: grown * Fraction(wanted.get(code, 0), count) if count else Fraction()
            for code, count in mix.items()
        },
        {
            code: grown * share * count
            for code, count in wanted.items()
            if count and not mix.get(code)
        },
        filled * grown / basis.filled if basis.filled else Fraction(),
        filled * grown,
    )


def tried_list(basis: Basis, assumed: Assumed) -> PriceList:
    """Return the list that is tried: raised by per cent, the lacking prices kept."""
    prices = {
        code: _raised(fen, _percent(basis.items.get(code), assumed))
        for code, fen in {**basis.now.prices, **basis.tried.prices}.items()
    }
    return replace(basis.tried, starts=date.min, prices=prices)


def _percent(item: Item | None, assumed: Assumed) -> int:
    if item is None or item.category == "other":
        return 0
    changes: dict[str, int] = {
        "bed": assumed.bed,
        "care": assumed.care,
        "meal": assumed.meal,
    }
    return changes[item.category]


def _raised(fen: int, percent: int) -> int:
    return half_up(fen * (HUNDRED + percent), HUNDRED)


def _by(facts: Facts, listed: PriceList) -> Facts:
    """Return the facts of a month as if one list had held all through it."""
    return replace(facts, tariff=Tariff((listed,)))


def _amounts(facts: Facts) -> dict[str, int]:
    """Return what each item of somebody's month comes to."""
    found: Counter[str] = Counter()
    for line in bill_month(facts).lines:
        if line.kind in INCOME:
            found[line.item_code] += line.amount_fen
    return dict(found)


def _add_new_grades(
    basis: Basis,
    new: Mapping[str, Fraction],
    tried: PriceList,
    after: dict[str, Fraction],
) -> None:
    """Add the care of grades that nobody had, by the list."""
    for grade, count in new.items():
        care = basis.care_items.get(grade, "")
        if care in tried.prices:
            after[care] += count * tried.prices[care]


def _caps(basis: Basis, tried: PriceList) -> tuple[CapChange, ...]:
    """Return whose deposit cap changes, by the fees of the month's last day."""
    if basis.pack.deposit is None:
        return ()
    day = months_after(basis.month, 1) - DAY
    found = []
    for each in basis.lived:
        if not any(stay.holds(day) for stay in each.facts.stays):
            continue  # who has left gets the deposit back
        try:
            now = _cap(basis, each.facts, day, each.facts.tariff)
            then = _cap(basis, each.facts, day, Tariff((tried,)))
        except Refusal:
            continue
        if now != then and now:
            found.append(
                CapChange(each.resident_id, each.resident, each.held, now, then)
            )
    return tuple(found)


def _cap(basis: Basis, facts: Facts, day: date, tariff: Tariff) -> int:
    fee: ServiceFee = monthly_service_fee(
        day, facts.uses, facts.items, tariff, facts.personal_prices
    )
    return deposits.cap(basis.pack, fee.total, fee.bed)
