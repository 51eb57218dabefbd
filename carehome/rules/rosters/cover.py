"""How many people a shift needs: typed, or computed from who lives in the unit."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.residents import ABILITY_NAMES

LEVELS = range(5)
PEOPLE = range(100)
RESIDENTS = range(1, 1000)
DAY_NAMES = {
    "all": N_("Every day"),
    "weekday": N_("Working days"),
    "holiday": N_("Weekends and holidays"),
}


class OutOfRange(Refusal):
    """A number of people is smaller or larger than makes sense."""

    text = N_("Type a number of people from {least} to {most}.")


class MostBelowNeed(Refusal):
    """Nobody can be asked to be more than may be there."""

    text = N_("{need} people are needed, so at most {most} is too few.")


class NoUnit(Refusal):
    """The whole home has no residents of its own to compute from."""

    text = N_("Choose a unit: the need is computed from the residents of its floors.")


@dataclass(frozen=True, slots=True)
class Part:
    """The residents of an ability level, and how many of them one carer looks after."""

    level: int
    residents: int
    each: int

    @property
    def share(self) -> Fraction:
        """Return the carers that these residents need, exactly."""
        return Fraction(self.residents, self.each)


@dataclass(frozen=True, slots=True)
class Cover:
    """How many people are needed and why: `parts` where it was computed.

    `unrated` are residents whose level has no ratio, `unknown` those whose ability
    nobody has assessed: neither asks for anybody.
    """

    need: int
    parts: tuple[Part, ...] = ()
    least: int = 0
    unrated: int = 0
    unknown: int = 0

    @property
    def share(self) -> Fraction:
        """Return the exact sum before it is rounded up."""
        return sum((part.share for part in self.parts), Fraction(0))


@dataclass(frozen=True, slots=True)
class Need:
    """What is asked of a shift in a unit (None: the whole home) from a day on."""

    shift_id: int
    unit_id: int | None
    need: int
    most: int | None = None
    under: int | None = None
    over: int = 0
    is_computed: bool = False
    days: str = "all"
    starts: date = date(2000, 1, 1)
    skill: int | None = None
    need_id: int = 0


def computed(
    residents: Mapping[int | None, int], ratios: Mapping[int, int], least: int = 0
) -> Cover:
    """Compute the need from residents by ability level; a part of a person is one."""
    parts = tuple(
        Part(level, residents[level], ratios[level])
        for level in reversed(LEVELS)
        if residents.get(level) and level in ratios
    )
    need = math.ceil(sum((part.share for part in parts), Fraction(0)))
    unrated = sum(
        count
        for level, count in residents.items()
        if level is not None and level not in ratios
    )
    return Cover(max(need, least), parts, least, unrated, residents.get(None, 0))


def holding(needs: Iterable[Need], day: date, is_free: bool) -> Need | None:
    """Return which need of one shift and unit holds on a day, free for most or not.

    The newest holds; one for these days alone goes before one for every day.
    """
    wanted = ("holiday" if is_free else "weekday", "all")
    fitting = [need for need in needs if need.days in wanted and need.starts <= day]
    return min(
        fitting,
        key=lambda need: (wanted.index(need.days), -need.starts.toordinal()),
        default=None,
    )


def check(need: Need) -> Need:
    """Return a need that can be stored."""
    for number in (need.need, need.most):
        if number is not None and number not in PEOPLE:
            raise OutOfRange(least=PEOPLE[0], most=PEOPLE[-1])
    if need.most is not None and need.most < need.need:
        raise MostBelowNeed(need=need.need, most=need.most)
    if need.is_computed and need.unit_id is None:
        raise NoUnit
    return need


def check_ratio(residents: int | None) -> None:
    """Raise unless one carer can look after so many."""
    if residents is not None and residents not in RESIDENTS:
        raise OutOfRange(least=RESIDENTS[0], most=RESIDENTS[-1])


def say(cover: Cover) -> str:
    """Say in words where a computed need comes from."""
    joined = _(", ").join(_say_part(part) for part in cover.parts)
    if not joined:
        joined = _("nobody whose ability asks for carers")
    if cover.unrated:
        text = _("{reason}; {count} without a ratio")
        joined = text.format(reason=joined, count=cover.unrated)
    if cover.unknown:
        text = _("{reason}; {count} not assessed")
        joined = text.format(reason=joined, count=cover.unknown)
    if cover.least > math.ceil(cover.share):
        text = _("{reason}; at least {count}")
        joined = text.format(reason=joined, count=cover.least)
    return joined


def _say_part(part: Part) -> str:
    return _("{level} {count} at 1:{each}").format(
        level=_(ABILITY_NAMES[part.level]), count=part.residents, each=part.each
    )
