"""The waiting list: who comes before whom, and the words that say why."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from carehome import paths
from carehome.errors import Refusal
from carehome.i18n import N_

RANKS = range(1, 10)
ANSWER_DAYS = range(1, 61)


@dataclass(frozen=True, slots=True)
class Rank:
    """A category and the rank it gives, 1 first; some only to who needs care."""

    category: str
    rank: int
    needs_care: bool = False


@dataclass(frozen=True, slots=True)
class OrderRules:
    """How a home orders its list: by category, then by ability, then by date.

    `tie_category` goes first among equals (004 L207). From ability level `care_from`
    on, or with dementia, somebody needs care. An offer stands for `answer_days`.
    """

    by_category: bool = False
    by_ability: bool = False
    ranks: tuple[Rank, ...] = ()
    tie_category: str = ""
    care_from: int = 2
    answer_days: int = 3

    @property
    def last_rank(self) -> int:
        """The rank of everybody whom no category puts further forward."""
        return max((each.rank for each in self.ranks), default=0) + 1


@dataclass(frozen=True, slots=True)
class Applicant:
    """What of somebody who waits decides on the place."""

    entry_id: int
    applied_on: date
    categories: frozenset[str] = frozenset()
    ability_level: int | None = None
    has_dementia: bool = False


class Ground(StrEnum):
    """What puts somebody behind the one before."""

    FIRST = "first"
    RANK = "rank"
    ABILITY = "ability"
    TIE = "tie"
    DATE = "date"
    NUMBER = "number"


GROUND_NAMES = {
    Ground.FIRST: N_("First on the list"),
    Ground.RANK: N_("Ranks after the one before by category"),
    Ground.ABILITY: N_("Same rank as the one before, but needs less care"),
    Ground.TIE: N_("Equal to the one before, who has precedence by category"),
    Ground.DATE: N_("Equal to the one before, but applied later"),
    Ground.NUMBER: N_("Applied on the same day as the one before, entered later"),
}
_GROUNDS = (Ground.RANK, Ground.ABILITY, Ground.TIE, Ground.DATE, Ground.NUMBER)


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place on the list, and what decided on it.

    `category` is the one that gave the rank; empty where none did.
    """

    number: int
    entry_id: int
    rank: int
    category: str
    ground: Ground


class BadOrder(Refusal):
    """The rules of the order contradict themselves or make no sense."""

    text = N_("The category “{category}” stands in the table twice. Keep one line.")


class RankOutOfRange(Refusal):
    """A rank is no number that the table knows."""

    text = N_("A rank is a number from {least} to {most}.")


class AnswerDaysOutOfRange(Refusal):
    """An offer stands for a day or for two months, not for ever."""

    text = N_("An offer stands for {least} to {most} days.")


class ReasonMissing(Refusal):
    """Whoever is passed over is told why."""

    text = N_(
        "{names} stand before {name} and the bed would suit them. Say for each why "
        "the bed is not offered there."
    )


def order(applicants: Iterable[Applicant], rules: OrderRules) -> list[Place]:
    """Put everybody in order; each place says what put it behind the one before."""
    places: list[Place] = []
    before: tuple[int, ...] = ()
    waiting = sorted(applicants, key=lambda each: key_of(each, rules))
    for number, applicant in enumerate(waiting, start=1):
        key, rank = key_of(applicant, rules), rank_of(applicant, rules)
        places.append(
            Place(
                number,
                applicant.entry_id,
                rank.rank if rank else rules.last_rank,
                rank.category if rank else "",
                _ground(before, key),
            )
        )
        before = key
    return places


def key_of(applicant: Applicant, rules: OrderRules) -> tuple[int, ...]:
    """Return what decides on a place, in the order of `_GROUNDS`.

    It depends on nobody else: who joins or leaves never turns others round.
    """
    rank = rank_of(applicant, rules)
    level = applicant.ability_level
    tie = rules.by_category and rules.tie_category in applicant.categories
    return (
        (rank.rank if rank else rules.last_rank) if rules.by_category else 0,
        -(-1 if level is None else level) if rules.by_ability else 0,
        0 if tie else 1,
        applicant.applied_on.toordinal(),
        applicant.entry_id,
    )


def rank_of(applicant: Applicant, rules: OrderRules) -> Rank | None:
    """Return the best rank that a category gives, None where none counts."""
    if not rules.by_category:
        return None
    counting = [
        rank
        for rank in rules.ranks
        if rank.category in applicant.categories
        and (not rank.needs_care or needs_care(applicant, rules))
    ]
    return min(counting, key=lambda rank: rank.rank, default=None)


def needs_care(applicant: Applicant, rules: OrderRules) -> bool:
    """Say whether somebody counts as disabled; dementia counts too (003 L61)."""
    return applicant.has_dementia or (applicant.ability_level or 0) >= rules.care_from


def check_rules(rules: OrderRules) -> None:
    """Raise when the rules of the order make no sense."""
    seen: set[tuple[str, bool]] = set()
    for each in rules.ranks:
        if each.rank not in RANKS:
            raise RankOutOfRange(least=RANKS[0], most=RANKS[-1])
        if (each.category, each.needs_care) in seen:
            raise BadOrder(category=each.category)
        seen.add((each.category, each.needs_care))
    if rules.answer_days not in ANSWER_DAYS:
        raise AnswerDaysOutOfRange(least=ANSWER_DAYS[0], most=ANSWER_DAYS[-1])


def answer_by(offered_on: date, rules: OrderRules) -> date:
    """Return the last day on which an offer can be answered."""
    return offered_on + timedelta(days=rules.answer_days)


def check_passed_over(
    name: str, fitting: Sequence[tuple[int, str]], reasons: dict[int, str]
) -> None:
    """Raise ReasonMissing unless each of `fitting`, (entry, name), has a reason."""
    silent = [who for entry, who in fitting if not reasons.get(entry, "").strip()]
    if silent:
        raise ReasonMissing(name=name, names=", ".join(silent))


@dataclass(frozen=True, slots=True)
class Wish:
    """What bed somebody who waits can be offered."""

    sex: str
    bed_class: str = ""
    wants_nursing_bed: bool = False
    unit: str = ""
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Room:
    """What of a free bed decides whom it suits.

    `sexes` are of those who sleep in the room; `kept_for` is the category that alone
    may have the bed.
    """

    bed_class: str
    is_nursing_bed: bool
    unit: str
    gender_rule: str
    sexes: frozenset[str] = frozenset()
    kept_for: str = ""


class Misfit(StrEnum):
    """Why a bed does not suit somebody."""

    GENDER = "gender"
    CLASS = "class"
    NURSING = "nursing"
    UNIT = "unit"
    KEPT = "kept"


def misfit(wish: Wish, room: Room) -> Misfit | None:
    """Return why a bed does not suit a wish, None when it does."""
    if room.gender_rule not in ("any", wish.sex) or room.sexes - {wish.sex}:
        return Misfit.GENDER
    if room.kept_for and room.kept_for not in wish.categories:
        return Misfit.KEPT
    if wish.wants_nursing_bed and not room.is_nursing_bed:
        return Misfit.NURSING
    if wish.unit not in ("", room.unit):
        return Misfit.UNIT
    if wish.bed_class not in ("", room.bed_class):
        return Misfit.CLASS
    return None


def mask_name(name: str) -> str:
    """Hide the middle of a name, as public lists do; of two characters the second."""
    if len(name) <= 2:
        return name[:1] + "*" * (len(name) - 1)
    return name[0] + "*" * (len(name) - 2) + name[-1]


@cache
def default_rules(ownership: str) -> OrderRules:
    """Return how a home of this ownership orders its list unless it says otherwise."""
    path = paths.resource("forms") / "waiting-order.json"
    orders = json.loads(path.read_text("utf-8"))["orders"]
    told = orders[ownership]
    told = orders[told["as"]] if "as" in told else told
    return OrderRules(
        told["by_category"],
        told["by_ability"],
        tuple(Rank(r["category"], r["rank"], r["needs_care"]) for r in told["ranks"]),
        told["tie_category"],
        told["care_from"],
        told["answer_days"],
    )


def _ground(before: tuple[int, ...], key: tuple[int, ...]) -> Ground:
    pairs = zip(_GROUNDS, before, key, strict=False)
    return next((ground for ground, a, b in pairs if a != b), Ground.FIRST)
