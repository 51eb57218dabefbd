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
from carehome.rules.ratings.grades import Condition, judge
from carehome.rules.rosters.cover import Cover, Part
from carehome.rules.today import Text, words

HUNDRED = 100
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
    conditions: tuple[Condition, ...] = ()
    figures: Mapping[str, int | Fraction | None] = field(default_factory=dict)
    unpriced: int = 0

    @property
    def mix(self) -> dict[str, int]:
        """Return how many people are charged by each grade today."""
        found = dict.fromkeys(self.grade_names, 0)
        for person in self.people:
            found[person.grade] = found.get(person.grade, 0) + 1
        return found


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is otherwise than today; None and 0 leave it as it is.

    `occupancy` is a whole percent of the beds, `mix` the weights of the grades, prices
    change by a whole percent.
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
    spread = _spread(base, assumed)
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
    bounds = [(assumed.occupancy, 0, HUNDRED)]
    bounds += [(getattr(assumed, name), -HUNDRED, 3 * HUNDRED) for name in PRICES]
    bounds += [(each, 0, 999) for each in (assumed.carers, assumed.nurses)]
    for number, least, most in bounds:
        if number is not None and not least <= number <= most:
            raise NotAPercent(least=least, most=most)
    if assumed.mix is not None and sum(assumed.mix.values()) <= 0:
        raise NobodyInMix


def assumptions(base: Base, assumed: Assumed) -> list[Text]:
    """Say in words what the numbers rest on."""
    found: list[Text] = [
        words(
            N_("Everything starts from {count} residents and {beds} beds on {day}."),
            count=len(base.people),
            beds=base.beds,
            day=base.day,
        ),
        words(
            N_(
                "Income is bed, care and meal fees of a whole month, nobody away; "
                "other charges and refunds are left out."
            )
        ),
        words(
            N_("Who comes or goes pays what people of the same grade pay on average.")
        ),
        words(N_("Ability within a nursing grade stays as it is today.")),
    ]
    if base.unpriced:
        text = N_(
            "{count} residents have no price that can be worked out: counted as 0."
        )
        found.append(words(text, count=base.unpriced))
    mix = assumed.mix or {}
    fresh = [
        base.grade_names.get(code, code)
        for code, weight in mix.items()
        if weight and not base.mix.get(code)
    ]
    if fresh:
        text = N_(
            "Nobody has these grades today: {grades}. Care by the price list, bed and "
            "meals as all others on average, ability unknown and so without subsidy."
        )
        found.append(words(text, grades=tuple(fresh)))
    if base.rates:
        found.append(
            words(
                N_(
                    "The subsidy is by star and ability, an estimate: who is not "
                    "assessed counts as nothing."
                )
            )
        )
    else:
        found.append(words(N_("No subsidy by star is known for where the home lies.")))
    if assumed.carers is not None or assumed.occupancy is not None or assumed.mix:
        found.append(
            words(
                N_(
                    "Who is on duty in 24 hours grows and falls with the number of "
                    "carers; occupancy is taken to hold all through the period."
                )
            )
        )
    return found


def _spread(base: Base, assumed: Assumed) -> dict[str, Fraction]:
    """Return how many people each grade would have."""
    heads = len(base.people)
    if assumed.occupancy is not None:
        heads = half_up(base.beds * assumed.occupancy, HUNDRED)
    mix = base.mix if assumed.mix is None else assumed.mix
    whole = sum(mix.values())
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
    """Judge the conditions that anything assumed here could change."""
    today = _heads_today(base)
    found = []
    for condition in base.conditions:
        key = condition.figure
        value = base.figures.get(key)
        if key == OCCUPANCY:
            if assumed.occupancy is not None:
                value = heads["residents"] / base.beds if base.beds else None
        elif key in RATIOS:
            value = _grown(
                value, *(_growth(today, heads, part) for part in RATIOS[key])
            )
        else:
            continue
        found.append(Judged(condition, value, judge(condition, value)))
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
