"""What stands behind each soft cost of a finished roster.

For each finding every change of one cell, alone or against a colleague's cell of the
same day, is tried that would mend it; what the cheapest of them would spoil is the
cause: “to let her be off on the 8th, the night would lack one”. A change that comes
out cheaper is no cause but an improvement.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic

from carehome.rules.rosters.causes import Cause, Causes
from carehome.rules.rosters.checking import check, check_cover, check_person
from carehome.rules.rosters.problem import (
    OFF,
    Cell,
    Fault,
    Finding,
    Problem,
    Roster,
    Why,
)

Cells = tuple[tuple[Cell, str], ...]
SECONDS = 10.0
MOST = 40
# So many of the changes that are cheapest for the people are tried on the cover too.
TRIED = 12


def explain_costs(
    problem: Problem,
    roster: Roster,
    seconds: float = SECONDS,
    stopped: Callable[[], bool] = lambda: False,
) -> Causes:
    """Say for each soft finding of a roster, dearest first, what stands in its way."""
    ends = monotonic() + seconds
    search = _Search(problem, roster)
    found: list[Cause] = []
    for finding in ranked(check(problem, roster))[:MOST]:
        if stopped() or monotonic() > ends:
            return Causes(tuple(found), is_final=False)
        found.append(search.cause(finding))
    return Causes(tuple(found), is_final=True)


def ranked(findings: Sequence[Finding]) -> list[Finding]:
    """Return the soft findings, what costs most first."""
    soft = [each for each in findings if not each.is_hard]
    return sorted(soft, key=lambda each: (-each.cost, each.days, each.person))


@dataclass(frozen=True, slots=True)
class _Turn:
    """A row with one other cell: what it adds, what it takes away."""

    row: tuple[str, ...]
    new: Counter[Finding]
    gone: Counter[Finding]

    @property
    def price(self) -> tuple[int, int]:
        """Return how many hard findings it adds, and its cost."""
        hard = sum(times for each, times in self.new.items() if each.is_hard)
        return hard, _cost(self.new) - _cost(self.gone)


class _Search:
    """The changes of a roster by one cell or two of one day, each tried once."""

    def __init__(self, problem: Problem, roster: Roster) -> None:
        self.problem = problem
        self.roster = roster
        self._codes = (OFF, *(shift.code for shift in problem.shifts))
        self._now: dict[str, Counter[Finding]] = {}
        self._turns: dict[tuple[str, int, str], _Turn] = {}
        self._cover: dict[int, Counter[Finding]] = {}

    def cause(self, finding: Finding) -> Cause:
        """Return the cause of a finding, without cells where no change mends it."""
        trials = sorted(
            self._trials(finding), key=lambda cells: (self._price(cells), cells)
        )
        judged = [self._judged(finding, cells) for cells in trials[:TRIED]]
        return min(
            (cause for cause in judged if cause is not None),
            key=lambda cause: (cause.price is None, cause.price or 0, _is_trite(cause)),
            default=Cause(finding),
        )

    def _trials(self, finding: Finding) -> Iterator[Cells]:
        """Yield changes that mend a finding: a cell, or two against each other."""
        rows = self.roster.rows
        for key, day, code in self._mending(finding):
            own = rows[key][day]
            yield (((key, day), code),)
            for other, row in rows.items():
                if other != key and row[day] == code:
                    yield ((key, day), code), ((other, day), own)

    def _mending(self, finding: Finding) -> Iterator[tuple[str, int, str]]:
        """Yield each single cell and shift that makes a finding smaller."""
        if finding.fault is Fault.COVER_UNDER:
            day = finding.days[0]
            for person in self.problem.people:
                if self.roster.rows[person.key][day] != finding.shift:
                    yield person.key, day, finding.shift
            return
        if not finding.person:
            return
        key = finding.person
        days = [day for day in finding.days if day >= 0] or range(self.problem.days)
        for day in days:
            for code in self._codes:
                is_other = code != self.roster.rows[key][day]
                if is_other and self._turn(key, day, code).gone[finding]:
                    yield key, day, code

    def _turn(self, key: str, day: int, code: str) -> _Turn:
        known = self._turns.get((key, day, code))
        if known is None:
            row = self.roster.rows[key]
            if key not in self._now:
                self._now[key] = Counter(check_person(self.problem, key, row))
            turned = (*row[:day], code, *row[day + 1 :])
            after = Counter(check_person(self.problem, key, turned))
            known = _Turn(turned, after - self._now[key], self._now[key] - after)
            self._turns[key, day, code] = known
        return known

    def _price(self, cells: Cells) -> tuple[int, int]:
        """Return what a change means for its people: hard findings, then cost."""
        prices = [self._turn(*cell, code).price for cell, code in cells]
        return sum(hard for hard, _ in prices), sum(cost for _, cost in prices)

    def _judged(self, finding: Finding, cells: Cells) -> Cause | None:
        """Say what a change spoils and costs, None if it does not mend the finding."""
        day = cells[0][0][1]
        if day not in self._cover:
            self._cover[day] = Counter(check_cover(self.problem, self.roster, day))
        turns = {cell[0]: self._turn(*cell, code) for cell, code in cells}
        rows = {key: turn.row for key, turn in turns.items()}
        changed = Roster({**self.roster.rows, **rows}, self.roster.units)
        cover = Counter(check_cover(self.problem, changed, day))
        new = sum((turn.new for turn in turns.values()), cover - self._cover[day])
        gone = sum((turn.gone for turn in turns.values()), self._cover[day] - cover)
        if not gone[finding]:
            return None
        hard = [each for each in new if each.is_hard]
        # What only becomes less of the same is no cause of it.
        soft = [each for each in ranked(list(new)) if not _alike(each, finding)]
        price = None if hard else _cost(new) - _cost(gone)
        return Cause(finding, cells, (*hard, *soft), price)


def _is_trite(cause: Cause) -> bool:
    """Say whether a cause is only that somebody does not hold the post."""
    bar = cause.instead[0].bar if cause.instead else None
    return bar is not None and bar.why is Why.POST


def _alike(one: Finding, other: Finding) -> bool:
    """Say whether two findings are about the same thing, if by more or less."""
    return (one.fault, one.person, one.shift, one.unit, one.counted) == (
        *(other.fault, other.person, other.shift, other.unit, other.counted),
    )


def _cost(findings: Counter[Finding]) -> int:
    return sum(finding.cost * times for finding, times in findings.items())
