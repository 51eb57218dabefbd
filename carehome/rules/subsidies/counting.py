"""Who counts in a month's claim, and how much; where no source says it, as set.

The source of the operating subsidy (seed 003 L1083) names rates by star and class and
leaves open how a part of a month counts, on which day heads are counted and whether
days in hospital do. So these are settings, and every paper says how they stand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.money import half_up
from carehome.rules.subsidies.schemes import Rate
from carehome.rules.today import Text, words


class Heads(StrEnum):
    """Which part of a month makes somebody count."""

    LAST_DAY = "last_day"
    ANY_DAY = "any_day"
    WHOLE = "whole"
    BY_DAYS = "by_days"


HEAD_NAMES = {
    Heads.LAST_DAY: N_("whoever lives here on the last day of the month"),
    Heads.ANY_DAY: N_("whoever lived here on any day of the month"),
    Heads.WHOLE: N_("only who lived here the whole month"),
    Heads.BY_DAYS: N_("by days: the rate times days of the days of the month"),
}


@dataclass(frozen=True, slots=True)
class Counting:
    """How the home counts where the source is silent (ours)."""

    heads: Heads = Heads.LAST_DAY
    hospital: bool = True  # days in hospital count as days here


class LeftOutWithoutReason(Refusal):
    """Somebody is left out, and nobody knows why later."""

    text = N_("Say why {name} is left out of this claim.")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A resident of a month: class, assessment, days here and of these in hospital.

    `eaten` are the days on which a meal was had here.
    """

    resident_id: int
    name: str
    class_: str
    assessed_on: date | None
    is_current: bool
    days: int
    hospital: int
    is_here_last: bool
    is_in_hospital_last: bool = False
    eaten: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """A line behind a claim: who, in which class, how often, at which rate, and why.

    Whoever brings nothing stays in the list with the reason. `lacks` says what would
    have to be mended first.
    """

    kind: str
    key: int
    name: str
    class_: str
    assessed_on: date | None
    count: int
    rate_fen: int
    fen: int
    why: Text = ""
    lacks: str = ""  # a marked text

    @property
    def is_in(self) -> bool:
        """Say whether the line brings something."""
        return self.fen > 0


RESIDENT, STAFF, THING = "resident", "staff", "thing"
NOT_ASSESSED = N_("No ability assessment")
OUTDATED = N_("The ability assessment is out of date")
NO_RATE = N_("No rate for this class and star")


def count_residents(
    candidates: Iterable[Candidate],
    rates: Mapping[str, Rate],
    names: Mapping[str, str],
    counting: Counting,
    days: int,
) -> list[Person]:
    """Return a line for each resident of a month of `days` days.

    `names` leads from the class of somebody to the line of the rates.
    """
    return [_counted(each, rates, names, counting, days) for each in candidates]


def _counted(
    each: Candidate,
    rates: Mapping[str, Rate],
    names: Mapping[str, str],
    counting: Counting,
    days: int,
) -> Person:
    here = each.days - (0 if counting.hospital else each.hospital)
    line = names.get(each.class_, "")
    rate = rates.get(line)
    fen, why, lacks = 0, _why_out(each, counting, here, days), ""
    if not each.class_:
        lacks = NOT_ASSESSED
    elif not each.is_current:
        lacks = OUTDATED
    elif rate is None:
        lacks = NO_RATE
    if not why and not lacks and rate:
        by_days = counting.heads is Heads.BY_DAYS
        fen = half_up(rate.fen * here, days) if by_days else rate.fen
    return Person(
        RESIDENT,
        each.resident_id,
        each.name,
        line,
        each.assessed_on,
        here,
        rate.fen if rate else 0,
        fen,
        why or _why_in(counting, here, days),
        "" if why else lacks,
    )


def _why_out(each: Candidate, counting: Counting, here: int, days: int) -> Text:
    """Say why somebody does not count at all; nothing for who does."""
    if here == 0:
        return words(N_("In hospital all the time here"))
    if counting.heads is Heads.LAST_DAY:
        if not each.is_here_last:
            return words(N_("Had left by the last day of the month"))
        if each.is_in_hospital_last and not counting.hospital:
            return words(N_("In hospital on the last day of the month"))
    if counting.heads is Heads.WHOLE and here < days:
        return words(N_("Here {here} of {days} days"), here=here, days=days)
    return ""


def _why_in(counting: Counting, here: int, days: int) -> Text:
    if counting.heads is Heads.LAST_DAY:
        return words(N_("Here on the last day of the month"))
    return words(N_("Here {here} of {days} days"), here=here, days=days)


def count_meals(candidates: Iterable[Candidate], rate: Rate | None) -> list[Person]:
    """Return a line for each who ate here: one rate a day, however many meals."""
    fen = rate.fen if rate else 0
    return [
        Person(
            RESIDENT,
            each.resident_id,
            each.name,
            "",
            each.assessed_on,
            each.eaten,
            fen,
            fen * each.eaten,
            words(N_("Ate here on {days} days"), days=each.eaten),
        )
        for each in candidates
        if each.eaten
    ]
