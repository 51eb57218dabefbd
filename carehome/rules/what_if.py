"""What a month would come to if occupancy, prices, grades, staff or the star changed.

Everything starts from the people who live here today and what each pays. People are
spread by exact fractions and money is rounded once, half up, at the end: with nothing
assumed, "then" is "today" to the fen.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.claims.amounts import Rates, star_subsidy
from carehome.rules.money import half_up
from carehome.rules.ratings.grades import GRADES, Condition, judge
from carehome.rules.rosters.cover import Cover, Part

HUNDRED = 100
SHARES, CHANGES = (0, HUNDRED), (-HUNDRED, 3 * HUNDRED)  # percents that make sense
HEADS = (0, 999)
SEVERE, MODERATE = 3, 2  # levels of ability from which and at which people count
PRICES = ("bed", "care", "meal")
# What a figure of the grades is so many of, and to how many of what.
RATIOS = {
    "staff.residents_per_carer": ("residents", "carers"),
    "staff.severe_per_carer": ("severe", "carers"),
    "staff.residents_per_nurse": ("residents", "nurses"),
    "roster.residents_per_carer": ("residents", "carers"),
    "roster.severe_per_carer": ("severe", "carers"),
    "roster.moderate_per_carer": ("moderate", "carers"),
}
OCCUPANCY = "beds.occupancy"


class NotAPercent(Refusal):
    """A share or a change of price lies outside of what makes sense."""

    text = N_("Type a whole number from {least} to {most}.")


class NobodyInMix(Refusal):
    """Residents cannot be spread over no grade at all."""

    text = N_("Enter at least one person in one of the nursing grades.")


class TooManyForBeds(Refusal):
    """More people would live here than there are beds."""

    text = N_("The grades come to {count} residents, but there are {beds} beds only.")


class WhatIfNameless(Refusal):
    """What is kept needs a name."""

    text = N_("Give it a name to keep it.")


class WhatIfNameTaken(Refusal):
    """Two what-ifs cannot bear one name."""

    text = N_("“{name}” is kept already. Choose another name.")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who lives here today, and what a whole month comes to, in fen."""

    grade: str
    class_: str = ""
    level: int | None = None
    bed: int = 0
    care: int = 0
    meal: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """A condition of grades as it stands today: what is counted, or said by hand."""

    condition: Condition
    value: int | Fraction | None = None
    said: bool | None = None


@dataclass(frozen=True, slots=True)
class Base:
    """The home as it is: what every assumption starts from.

    `care_prices` are those of the list, for grades that nobody has today. Without
    `rates` no subsidy by star is known for where the home lies. `unpriced` counts
    people whose fee cannot be worked out.
    """

    day: date
    beds: int
    people: tuple[Person, ...] = ()
    grade_names: Mapping[str, str] = field(default_factory=dict)
    care_prices: Mapping[str, int] = field(default_factory=dict)
    carers: int = 0
    nurses: int = 0
    star: int = 0
    rates: Rates = field(default_factory=dict)
    needs: tuple[Cover, ...] = ()
    conditions: tuple[Held, ...] = ()
    unpriced: int = 0

    @property
    def mix(self) -> dict[str, int]:
        """Return how many people are charged by each grade today."""
        found = dict.fromkeys(self.grade_names, 0)
        for person in self.people:
            found[person.grade] = found.get(person.grade, 0) + 1
        return found

    @property
    def next_grade(self) -> int:
        """Return the grade above the one that is held; 0 = there is none."""
        return self.star + 1 if self.star < max(GRADES) else 0


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is otherwise than today; None and 0 leave it as it is.

    `occupancy` is a whole percent of the beds. `mix` is how many people each grade has;
    beside an occupancy it only says in which proportion. Prices change by a percent.
    """

    occupancy: int | None = None
    mix: Mapping[str, int] | None = None
    bed: int = 0
    care: int = 0
    meal: int = 0
    carers: int | None = None
    nurses: int | None = None
    star: int | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A condition of grades: the value then, and whether it holds."""

    condition: Condition
    value: int | Fraction | None
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A month as it would be; money in fen, people by exact fractions."""

    residents: int
    occupancy: Fraction | None
    by_grade: Mapping[str, Fraction]
    bed: int
    care: int
    meal: int
    subsidy: int | None
    star: int
    carers: int
    nurses: int
    residents_per_carer: Fraction | None
    severe_per_carer: Fraction | None
    residents_per_nurse: Fraction | None
    need: int | None
    conditions: tuple[Judged, ...] = ()

    @property
    def income(self) -> int:
        """Return the service fees of the month."""
        return self.bed + self.care + self.meal


def outcome(base: Base, assumed: Assumed) -> Outcome:
    """Return a month as it would be under some assumptions."""
    check(assumed)
    spread = spread_over(base, assumed)
    fees = {name: _fees(base, spread, name, getattr(assumed, name)) for name in PRICES}
    heads = {
        "residents": sum(spread.values(), Fraction()),
        "severe": _count(base, spread, lambda p: (p.level or 0) >= SEVERE),
        "moderate": _count(base, spread, lambda p: p.level == MODERATE),
        "carers": Fraction(base.carers if assumed.carers is None else assumed.carers),
        "nurses": Fraction(base.nurses if assumed.nurses is None else assumed.nurses),
    }
    star = base.star if assumed.star is None else assumed.star
    return Outcome(
        int(heads["residents"]),
        heads["residents"] / base.beds if base.beds else None,
        spread,
        *(fees["bed"], fees["care"], fees["meal"]),
        _subsidy(base, spread, star),
        star,
        int(heads["carers"]),
        int(heads["nurses"]),
        _over(heads["residents"], heads["carers"]),
        _over(heads["severe"], heads["carers"]),
        _over(heads["residents"], heads["nurses"]),
        _need(base, spread),
        _judged(base, assumed, heads),
    )


def check(assumed: Assumed) -> None:
    """Refuse what cannot be: percents out of range, a mix of nobody."""
    bounds = [(assumed.occupancy, SHARES)]
    bounds += [(getattr(assumed, name), CHANGES) for name in PRICES]
    bounds += [(each, HEADS) for each in (assumed.carers, assumed.nurses)]
    bounds += [(each, HEADS) for each in (assumed.mix or {}).values()]
    for number, (least, most) in bounds:
        if number is not None and not least <= number <= most:
            raise NotAPercent(least=least, most=most)
    if assumed.mix is not None and sum(assumed.mix.values()) <= 0:
        raise NobodyInMix


def check_heads(heads: int) -> None:
    """Refuse a number of people that cannot be."""
    least, most = HEADS
    if not least <= heads <= most:
        raise NotAPercent(least=least, most=most)


def spread_over(base: Base, assumed: Assumed) -> dict[str, Fraction]:
    """Return how many people each grade would have."""
    heads = len(base.people)
    if assumed.occupancy is not None:
        heads = half_up(base.beds * assumed.occupancy, HUNDRED)
    mix = base.mix if assumed.mix is None else assumed.mix
    whole = sum(mix.values())
    if assumed.occupancy is None and assumed.mix is not None:
        heads = whole
        if heads > max(base.beds, len(base.people)):
            raise TooManyForBeds(count=heads, beds=base.beds)
    if not whole:
        return dict.fromkeys(mix, Fraction())
    return {code: Fraction(heads * weight, whole) for code, weight in mix.items()}


def _fees(base: Base, spread: Mapping[str, Fraction], name: str, percent: int) -> int:
    """Return the fees of one kind: what the people of a grade pay on average."""
    paid: dict[str, list[int]] = defaultdict(list)
    for person in base.people:
        paid[person.grade].append(getattr(person, name))
    everybody = [fen for fens in paid.values() for fen in fens]
    exact = Fraction()
    for code, heads in spread.items():
        if code in paid:
            each = _mean(paid[code])
        elif name == "care":
            each = Fraction(base.care_prices.get(code, 0))
        else:
            each = _mean(everybody)
        exact += heads * each
    exact = exact * (HUNDRED + percent) / HUNDRED
    return half_up(*exact.as_integer_ratio())


def _mean(fens: list[int]) -> Fraction:
    return Fraction(sum(fens), len(fens)) if fens else Fraction()


def _people(
    base: Base, spread: Mapping[str, Fraction]
) -> list[tuple[Person, Fraction]]:
    """Return for whom of today how many people would stand."""
    mix = base.mix
    return [
        (person, spread.get(person.grade, Fraction()) / mix[person.grade])
        for person in base.people
    ]


def _count(
    base: Base, spread: Mapping[str, Fraction], is_one: Callable[[Person], bool]
) -> Fraction:
    found = (heads for person, heads in _people(base, spread) if is_one(person))
    return sum(found, Fraction())


def _subsidy(base: Base, spread: Mapping[str, Fraction], star: int) -> int | None:
    if not base.rates:
        return None
    classes: dict[str, Fraction] = defaultdict(Fraction)
    for person, heads in _people(base, spread):
        classes[person.class_] += heads
    return star_subsidy(base.rates, star, classes)


def _need(base: Base, spread: Mapping[str, Fraction]) -> int | None:
    """Return how many people all shifts of a day would ask for, each rounded up."""
    if not base.needs:
        return None
    now: dict[int | None, int] = defaultdict(int)
    then: dict[int | None, Fraction] = defaultdict(Fraction)
    for person, heads in _people(base, spread):
        now[person.level] += 1
        then[person.level] += heads

    def share(part: Part) -> Fraction:
        grown = then[part.level] / now[part.level] if now[part.level] else Fraction(1)
        return part.share * grown

    total = 0
    for cover in base.needs:
        asked = math.ceil(sum(map(share, cover.parts), Fraction()))
        total += max(asked, cover.least) if cover.parts else cover.need
    return total


def _judged(
    base: Base, assumed: Assumed, heads: Mapping[str, Fraction]
) -> tuple[Judged, ...]:
    """Judge the conditions; what nothing assumed here changes stays as it is."""
    today = _heads_today(base)
    found = []
    for held in base.conditions:
        value, key = held.value, held.condition.figure
        if key == OCCUPANCY and (assumed.occupancy, assumed.mix) != (None, None):
            value = heads["residents"] / base.beds if base.beds else None
        elif key in RATIOS:
            value = _grown(
                value, *(_growth(today, heads, part) for part in RATIOS[key])
            )
        holds = held.said if held.value is None else judge(held.condition, value)
        found.append(Judged(held.condition, value, holds))
    return tuple(found)


def _heads_today(base: Base) -> dict[str, int]:
    levels = [person.level or 0 for person in base.people]
    return {
        "residents": len(levels),
        "severe": sum(level >= SEVERE for level in levels),
        "moderate": levels.count(MODERATE),
        "carers": base.carers,
        "nurses": base.nurses,
    }


def _growth(
    today: Mapping[str, int], then: Mapping[str, Fraction], part: str
) -> Fraction | None:
    """Return how many times as many there would be; unknown of nobody."""
    if then[part] == today[part]:
        return Fraction(1)
    return then[part] / today[part] if today[part] else None


def _grown(
    value: int | Fraction | None, top: Fraction | None, bottom: Fraction | None
) -> Fraction | None:
    if value is None or top is None or not bottom:
        return None
    return value * top / bottom


def _over(top: Fraction, bottom: Fraction) -> Fraction | None:
    return top / bottom if bottom else None
