"""Which claims are worked out by month or once, person by person, and by what.

Rates, places and sources are those of `rules.claims`: they are written down once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from carehome import paths
from carehome.i18n import N_
from carehome.rules.claims.claim import Claim, Per
from carehome.rules.claims.presets import claims
from carehome.rules.figures import read_toml
from carehome.rules.periods import Period, month_of

SCHEMA = "carehome/subsidies/1"
STAMP = N_("An estimate, not what is due")
ANY_STAR = 0


class Counts(StrEnum):
    """What is counted behind the figure."""

    RESIDENTS = "residents"
    MEALS = "meals"
    POST = "post"
    ENTRY = "entry"
    THINGS = "things"


COUNT_NAMES = {
    Counts.RESIDENTS: N_("Residents by class and star"),
    Counts.MEALS: N_("Days on which residents ate here"),
    Counts.POST: N_("Carers by level"),
    Counts.ENTRY: N_("Graduates who came into care"),
    Counts.THINGS: N_("What the home has answered"),
}


@dataclass(frozen=True, slots=True)
class Scheme:
    """A claim that is worked out by month, year or once."""

    claim: Claim
    counts: Counts

    @property
    def code(self) -> str:
        """What records call it."""
        return self.claim.code

    @property
    def per(self) -> Per:
        """How often it is claimed."""
        return self.claim.amount.per if self.claim.amount else Per.ONCE

    def span(self, day: date) -> Period:
        """Return the days that a claim of this day is for: its month, or its year."""
        if self.per is Per.MONTH:
            return month_of(day)
        return Period(date(day.year, 1, 1), date(day.year + 1, 1, 1))


@cache
def schemes() -> Mapping[str, Scheme]:
    """Return the schemes that came with the program, by the codes of their claims."""
    whole = read_toml(paths.resource("subsidies") / "schemes.toml", SCHEMA)
    known = claims()
    found = [
        Scheme(
            known[part.choice("claim", known)],
            Counts(part.choice("counts", list(Counts))),
        )
        for part in whole.parts("schemes")
    ]
    return {each.code: each for each in found}


@dataclass(frozen=True, slots=True)
class OwnRate:
    """A rate that the home typed, with its document; star 0 = whatever the star."""

    scheme: str
    line: str
    star: int
    fen: int
    starts: date
    document: str
    rate_id: int = 0


@dataclass(frozen=True, slots=True)
class Rate:
    """What one person, day or thing brings, and the document that says so."""

    fen: int
    source: str
    is_own: bool = False


def rates_on(
    scheme: Scheme, star: int | None, own: Iterable[OwnRate], day: date
) -> dict[str, Rate]:
    """Return the rates of a day by the names of lines.

    The home's own rate goes before what came with the program, the newest first.
    Without a star a line that asks for one has no rate.
    """
    found: dict[str, Rate] = {}
    for line in scheme.claim.amount.lines if scheme.claim.amount else ():
        if line.stars and star:
            found[line.name] = Rate(line.stars[star - 1], scheme.claim.policy)
        elif line.least and not line.stars:
            found[line.name] = Rate(line.least, scheme.claim.policy)
    typed = [x for x in own if x.scheme == scheme.code and x.starts <= day]
    for each in sorted(typed, key=lambda x: (x.starts, x.star)):
        if each.star in (ANY_STAR, star):
            found[each.line] = Rate(each.fen, each.document, is_own=True)
    return found
