"""What each number of the home's wishes for a roster means, and what raising it does.

The values are ours: no law and no standard names any. They were chosen so that what
people feel the next morning weighs more than what shows in the books.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.rosters.weights import Weights

MOST = 100


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a number is called, what raising it does, and where it may lie.

    A limit says how many; a weight how many points each miss costs.
    """

    name: str
    effect: str
    is_limit: bool = False
    least: int = 0
    most: int = MOST


class OutOfRange(Refusal):
    """A number of the wishes lies outside of what makes sense."""

    text = N_("Only a number from {least} to {most} makes sense here.")


MEANINGS: Mapping[str, Meaning] = {
    "run_most": Meaning(
        N_("Most days of work in a row"),
        N_(
            "Nobody works longer in a row; this always holds. Raised: more freedom, "
            "longer runs. The weekly day off of the law holds in any case."
        ),
        True,
        2,
        12,
    ),
    "rest_hours": Meaning(
        N_("Hours between two shifts"),
        N_(
            "So many hours lie between the end of a shift and the next; this always "
            "holds. Raised: people are better rested, fewer shifts may follow on "
            "each other. The law names no number; 11 hours are ours."
        ),
        True,
        8,
        16,
    ),
    "rest_least": Meaning(
        N_("Days off in a row"),
        N_(
            "So many days off should come together. Raised: longer rests, and longer "
            "runs of work between them."
        ),
        True,
        1,
        4,
    ),
    "weekends_most": Meaning(
        N_("Weekends with work in a month"),
        N_(
            "So many weekends with work are all right. Lowered: everybody has more "
            "whole weekends off, and weekends are harder to fill."
        ),
        True,
        0,
        5,
    ),
    "shifts": Meaning(
        N_("As many shifts as the month asks for"),
        N_(
            "Points for each shift too many or too few. Raised: less overtime, and "
            "nobody short of their hours; wishes stand back."
        ),
    ),
    "wish": Meaning(
        N_("Wishes of people"),
        N_(
            "Multiplies the points that each wish has by itself. Raised: more wishes "
            "come true, also where others then work a night or a weekend more."
        ),
    ),
    "nights": Meaning(
        N_("Nights shared fairly"),
        N_(
            "Points for each night above or below somebody's fair share of the year. "
            "Raised: nights even out sooner."
        ),
    ),
    "weekend_days": Meaning(
        N_("Weekend work shared fairly"),
        N_(
            "Points for each day of a weekend above or below somebody's fair share of "
            "the year. Raised: weekends even out sooner."
        ),
    ),
    "holidays": Meaning(
        N_("Holidays shared fairly"),
        N_(
            "Points for each public holiday above or below somebody's fair share of "
            "the year. Raised: the same people do not work every Spring Festival."
        ),
    ),
    "rest": Meaning(
        N_("Days off together"),
        N_(
            "Points for each day by which a rest is too short. Raised: days off come "
            "together; single days off get rare."
        ),
    ),
    "weekends": Meaning(
        N_("Free weekends"),
        N_(
            "Points for each weekend with work beyond the number above. Raised: "
            "nobody works on every weekend."
        ),
    ),
    "half_weekend": Meaning(
        N_("Weekends whole"),
        N_(
            "Points for each weekend of which only one day is worked. Raised: who "
            "works on a Saturday works on the Sunday too, or neither."
        ),
    ),
    "stranger": Meaning(
        N_("Everybody in their own unit"),
        N_(
            "Points for each shift that somebody works in another unit. Raised: "
            "residents see the faces they know."
        ),
    ),
}
OURS = Weights()
DEFAULTS: Mapping[str, int] = {
    field.name: getattr(OURS, field.name) for field in fields(Weights)
}


def check_value(rule: str, value: int) -> None:
    """Refuse a number that makes no sense."""
    meaning = MEANINGS[rule]
    if not meaning.least <= value <= meaning.most:
        raise OutOfRange(least=meaning.least, most=meaning.most)


def with_own(own: Mapping[str, int]) -> Weights:
    """Return our values with those that the home has set itself."""
    return replace(OURS, **own)
