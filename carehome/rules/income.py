"""What a month would have brought in by other prices, other grades or fuller beds.

Everybody's month is billed again by the real rules, to the fen; only then are people
weighed by how many of their grade there would be.
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
from carehome.rules.what_if import Assumed, Base, Person, check, spread_over

HUNDRED = 100
INCOME = ("fee", "refund", "use")  # what others bear comes in all the same


@dataclass(frozen=True, slots=True)
class Lived:
    """One resident's month: by which grade, from which facts, and what is held."""

    resident_id: int
    resident: str
    grade: str
    facts: Facts
    held: int = 0


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
    def base(self) -> Base:
        """Return who lived here, as what-ifs spread people."""
        people = tuple(Person(each.grade) for each in self.lived)
        return Base(self.month, self.beds, people, self.grade_names)

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
    """A month as it was and as it would have been; sums are fen."""

    residents: int
    items: tuple[ItemIncome, ...]
    caps: tuple[CapChange, ...]
    skipped: tuple[str, ...] = ()

    def now(self, category: Category | None = None) -> int:
        """Return what came in, of a category or of all."""
        return sum(x.now for x in self.items if category in (None, x.item.category))

    def then(self, category: Category | None = None) -> int:
        """Return what would come in, of a category or of all."""
        return sum(x.then for x in self.items if category in (None, x.item.category))


def income(basis: Basis, assumed: Assumed) -> Income:
    """Bill a month by its own prices and by the tried ones, and set them side by side.

    Personal prices stay: a fixed one is fixed, a share is one of the tried price.
    """
    check(assumed)
    tried = tried_list(basis, assumed)
    spread = spread_over(basis.base, assumed)
    mix = basis.base.mix
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
        weight = spread.get(each.grade, Fraction()) / mix[each.grade]
        for code, fen in then.items():
            after[code] += weight * fen
    _add_new_grades(basis, spread, tried, after)
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
    heads = int(sum(spread.values(), Fraction()))
    return Income(heads, found, _caps(basis, tried), tuple(skipped))


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
    spread: Mapping[str, Fraction],
    tried: PriceList,
    after: dict[str, Fraction],
) -> None:
    """Add people of grades that nobody had: a whole month of care by the list.

    Beds and meals of theirs cost what they cost the others on average.
    """
    mix = basis.base.mix
    new = {code: heads for code, heads in spread.items() if heads and not mix[code]}
    if not new:
        return
    heads = sum(new.values(), Fraction())
    others = sum((x for code, x in spread.items() if code not in new), Fraction())
    for code, fen in list(after.items()):
        if others and basis.items[code].category in ("bed", "meal"):
            after[code] += fen / others * heads
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
