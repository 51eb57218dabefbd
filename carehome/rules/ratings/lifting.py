"""What would lift the grade: conditions first, then the nearest points."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from carehome.i18n import N_
from carehome.rules.ratings.grades import (
    GradeStanding,
    Shortfall,
    Verdict,
    within_reach,
)
from carehome.rules.ratings.items import Item, Part

USUAL_EFFORT = 3  # of an item of which nobody said how hard its points are to be had
EFFORT_NAMES = {
    1: N_("very small"),
    2: N_("small"),
    3: N_("medium"),
    4: N_("large"),
    5: N_("very great"),
}
NEAREST = 3  # things that are named first


@dataclass(frozen=True, slots=True)
class Lift:
    """An item that still lacks points, and how hard they are to be had."""

    item: Item
    missing: int
    effort: int

    @property
    def worth(self) -> Fraction:
        """Return the points per effort in hundredths."""
        return Fraction(self.missing, self.effort)


@dataclass(frozen=True, slots=True)
class Step:
    """An item on the way to a grade, and the part it is needed for; none = total."""

    lift: Lift
    part: Part | None


@dataclass(frozen=True, slots=True)
class Way:
    """What leads to a grade: conditions to be met, then items, the nearest first.

    `still` is what lacks even when all of it is done.
    """

    grade: int
    failing: tuple[Verdict, ...]
    steps: tuple[Step, ...]
    still: tuple[Shortfall, ...]

    @property
    def length(self) -> int:
        """Return of how many things the way is made."""
        return len(self.failing) + len(self.steps)

    @property
    def gain(self) -> int:
        """Return the hundredths that the items on the way bring."""
        return sum(step.lift.missing for step in self.steps)


def lifts(
    items: Iterable[Item],
    points: Mapping[int, int | None],
    efforts: Mapping[int, int | None],
) -> list[Lift]:
    """Rank judged items that lack points, the most points per effort first.

    What is not judged yet lacks nothing that anybody knows of.
    """
    found = []
    for item in items:
        key = item.item_id or 0
        got = points.get(key)
        if got is not None and got < item.hundredths:
            effort = efforts.get(key) or item.effort or USUAL_EFFORT
            found.append(Lift(item, item.hundredths - got, effort))
    return sorted(found, key=lambda lift: (-lift.worth, -lift.missing, lift.effort))


def goal(found: Sequence[GradeStanding]) -> GradeStanding | None:
    """Return the next grade above the one within reach; none above the highest.

    Where meeting its conditions is all that lacks, and leads further, it is the
    highest grade that this opens.
    """
    reach = within_reach(found)
    above = [each for each in found if each.grade > reach]
    if not above:
        return None
    first = above[0]
    opened = [
        each
        for each in above
        if each.has_points and set(each.failing) <= set(first.failing)
    ]
    return opened[-1] if opened else first


def way(target: GradeStanding, ranked: Sequence[Lift]) -> Way:
    """Return a short way to a grade: parts that fail first, then the total.

    Items are taken greedily by points per effort; what turns out not to be needed
    is left out again, the least worth first.
    """
    parts = [each for each in target.shortfalls if each.part is not None]
    total = sum(each.missing for each in target.shortfalls if each.part is None)
    lacking = {each.part: each.missing for each in parts}
    taken: list[Step] = []
    for part, missing in lacking.items():
        taken += _until(missing, [lift for lift in ranked if lift.item.part is part])
    gained = sum(step.lift.missing for step in taken)
    left = [lift for lift in ranked if lift not in [step.lift for step in taken]]
    taken += [Step(step.lift, None) for step in _until(total - gained, left)]
    steps = _needed(taken, lacking, total)
    return Way(target.grade, target.failing, tuple(steps), _still(target, steps))


def beyond(
    first: Way, found: Sequence[GradeStanding], ranked: Sequence[Lift]
) -> Way | None:
    """Return the way on from a short one to the grade above; none = long enough.

    It has only what the first one does not have.
    """
    above = [each for each in found if each.grade > first.grade]
    if not above or first.length >= NEAREST:
        return None
    whole = way(above[0], ranked)
    done = [step.lift for step in first.steps]
    return Way(
        whole.grade,
        tuple(each for each in whole.failing if each not in first.failing),
        tuple(step for step in whole.steps if step.lift not in done),
        whole.still,
    )


def _until(missing: int, ranked: Iterable[Lift]) -> list[Step]:
    """Take the nearest items until so many hundredths are there."""
    taken: list[Step] = []
    for lift in ranked:
        if missing <= 0:
            break
        taken.append(Step(lift, lift.item.part))
        missing -= lift.missing
    return taken


def _needed(
    taken: Sequence[Step], lacking: Mapping[Part | None, int], total: int
) -> list[Step]:
    """Leave out what the grade is reached without."""
    kept = list(taken)
    for step in sorted(taken, key=lambda step: step.lift.worth):
        without = [each for each in kept if each is not step]
        part = step.lift.item.part
        enough = _sum(without) >= min(total, _sum(kept))
        if enough and _sum(without, part) >= min(
            lacking.get(part, 0), _sum(kept, part)
        ):
            kept = without
    return kept


def _still(target: GradeStanding, steps: Sequence[Step]) -> tuple[Shortfall, ...]:
    after = (
        Shortfall(each.part, each.wanted, each.got + _sum(steps, each.part))
        for each in target.shortfalls
    )
    return tuple(each for each in after if each.missing > 0)


def _sum(steps: Iterable[Step], part: Part | None = None) -> int:
    """Add up what steps bring, of one part or (none) of all."""
    return sum(
        step.lift.missing for step in steps if part in (None, step.lift.item.part)
    )
