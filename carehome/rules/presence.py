"""Who is in the house, who is out, what is new about whom; how each is brought out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cache

from carehome import paths
from carehome.i18n import N_
from carehome.rules.beds import NEEDS_NURSING_BED
from carehome.rules.rulepacks import FilePart

FILE, SCHEMA = "evacuation.json", "carehome/evacuation/1"
WORST_LEVEL = 4
HALF = Fraction(1, 2)


class Way(StrEnum):
    """How somebody is brought out of the house."""

    ALONE = "alone"
    ONE_HELPER = "one_helper"
    TWO_HELPERS = "two_helpers"
    WHEELCHAIR = "wheelchair"
    CARRIED = "carried"


WAY_NAMES = {
    Way.ALONE: N_("Walks alone"),
    Way.ONE_HELPER: N_("Walks with one helper"),
    Way.TWO_HELPERS: N_("Needs two helpers"),
    Way.WHEELCHAIR: N_("Pushed in a wheelchair"),
    Way.CARRIED: N_("Carried in bed or on a stretcher"),
}
WAY_WORDS = {
    Way.ALONE: N_("alone"),
    Way.ONE_HELPER: N_("one helper"),
    Way.TWO_HELPERS: N_("two helpers"),
    Way.WHEELCHAIR: N_("wheelchair"),
    Way.CARRIED: N_("carried"),
}


class News(StrEnum):
    """What has changed about somebody these days."""

    ARRIVED = "arrived"
    RETURNED = "returned"
    MOVED = "moved"
    GRADE = "grade"
    ABILITY = "ability"
    WENT_OUT = "went_out"
    LEAVING = "leaving"


NEWS_NAMES = {
    News.ARRIVED: N_("New here"),
    News.RETURNED: N_("Is back"),
    News.MOVED: N_("Other bed"),
    News.GRADE: N_("Other nursing grade"),
    News.ABILITY: N_("Other ability level"),
    News.WENT_OUT: N_("Went out"),
    News.LEAVING: N_("Is leaving"),
}
CHANGES = frozenset(News) - {News.ARRIVED, News.LEAVING}


@dataclass(frozen=True, slots=True)
class Windows:
    """For how many days something counts as new, changed or soon (ours)."""

    new: int = 7
    changed: int = 3
    soon: int = 1

    def is_new(self, since: date, day: date) -> bool:
        """Say whether who came on `since` is still new on `day`."""
        return timedelta() <= day - since < timedelta(days=self.new)

    def is_fresh(self, when: date, day: date) -> bool:
        """Say whether what happened on `when` is still worth telling on `day`."""
        return timedelta() <= day - when < timedelta(days=self.changed)

    def is_near(self, when: date, day: date) -> bool:
        """Say whether what is planned for `when` is near on `day`, or late."""
        return when - day <= timedelta(days=self.soon)


@dataclass(frozen=True, slots=True)
class Walking:
    """How well somebody walks and gets out of bed: 0 not at all, 1 without help."""

    walking: Fraction | None = None
    transfer: Fraction | None = None


def suggested(walking: Walking | None, level: int | None) -> Way | None:
    """Suggest how somebody is brought out; None where nothing is known (ours).

    The answers on walking and getting out of bed go before the ability level.
    """
    if walking and walking.walking is not None:
        return _by_answers(walking.walking, walking.transfer)
    if level is None:
        return None
    if level == 0:
        return Way.ALONE
    if level < NEEDS_NURSING_BED:
        return Way.ONE_HELPER
    return Way.CARRIED if level == WORST_LEVEL else Way.WHEELCHAIR


def is_harder(way: Way, than: Way) -> bool:
    """Say whether somebody is brought out with more effort one way than the other."""
    return list(Way).index(way) > list(Way).index(than)


def _by_answers(walking: Fraction, transfer: Fraction | None) -> Way:
    cannot_get_up = transfer == 0
    if walking >= 1:
        return Way.ALONE
    if walking == 0:
        return Way.CARRIED if cannot_get_up else Way.WHEELCHAIR
    if walking >= HALF:
        return Way.ONE_HELPER
    return Way.TWO_HELPERS if cannot_get_up else Way.WHEELCHAIR


@cache
def helpers() -> dict[Way, int]:
    """Return how many helpers each way takes (ours), as the file of rules says."""
    path = paths.resource("rulepacks") / FILE
    read = FilePart.of_file(path, SCHEMA).part("helpers")
    return {way: read.count(way.value) for way in Way}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many are to be brought out, by way, and what that takes."""

    inside: int = 0
    out: int = 0
    unknown: int = 0
    ways: tuple[tuple[Way, int], ...] = ()

    @property
    def helpers(self) -> int:
        """The helpers needed at once; who is unknown is reckoned as carried."""
        needed = helpers()
        known = sum(needed[way] * count for way, count in self.ways)
        return known + self.unknown * needed[Way.CARRIED]


def tally(people: Iterable[tuple[bool, str]]) -> Tally:
    """Count people, each given as "is out" and the way, "" for unknown."""
    told = list(people)
    inside = Counter(way for is_out, way in told if not is_out)
    return Tally(
        sum(inside.values()),
        len(told) - sum(inside.values()),
        inside[""],
        tuple((way, inside[way]) for way in Way),
    )
