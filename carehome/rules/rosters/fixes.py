"""Who could fill a shift that lacks somebody: fewest changes first, with what it costs.

Every way is tried by the same check that the grid uses, so nothing is proposed that
breaks a hard rule that held before.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from carehome.rules.rosters.checking import check_cover, check_person, minutes_of
from carehome.rules.rosters.problem import (
    OFF,
    Bar,
    Cell,
    Counted,
    Fault,
    Finding,
    Problem,
    Roster,
    Why,
)

MOST = 3
# So many of the best who would leave a gap are looked at for somebody to fill it.
CHAINS = 8


@dataclass(frozen=True, slots=True)
class Move:
    """A cell that changes, and how its person stands afterwards.

    `minutes` and `nights` are those of the whole month, `run` the working days in a
    row around the cell, `nights_run` the nights in a row.
    """

    person: str
    day: int
    before: str
    after: str
    unit: str = ""
    minutes: int = 0
    nights: int = 0
    run: int = 0
    nights_run: int = 0
    is_holiday: bool = False


@dataclass(frozen=True, slots=True)
class Fix:
    """Cells to change together; what that costs more, and what it spoils."""

    moves: tuple[Move, ...]
    cost: int
    spoils: tuple[Finding, ...] = ()

    @property
    def rank(self) -> tuple[object, ...]:
        """Return what the better of two fixes has less of."""
        first = self.moves[0]
        return len(self.moves), self.cost, first.minutes, first.person


@dataclass(frozen=True, slots=True)
class _Turn:
    """Somebody put on a shift: the new row, what it spoils, what it costs more."""

    key: str
    code: str
    row: tuple[str, ...]
    spoils: tuple[Finding, ...]
    cost: int


def fixes(
    problem: Problem,
    roster: Roster,
    day: int,
    shift: str,
    unit: str = "",
    since: int = 0,
    most: int = MOST,
) -> tuple[Fix, ...]:
    """Return the best ways to have one more on a shift; none on days before `since`."""
    if day < since:
        return ()
    return _Filling(problem, roster, day, shift, unit).best(most)


class _Filling:
    """One more person for a shift of a day, tried with everybody who may change."""

    def __init__(
        self, problem: Problem, roster: Roster, day: int, shift: str, unit: str
    ) -> None:
        self.problem = problem
        self.roster = roster
        self.day = day
        self.shift = shift
        self.unit = unit
        self._turns: dict[tuple[str, str], _Turn | None] = {}
        self._cover = check_cover(problem, roster, day)

    def best(self, most: int) -> tuple[Fix, ...]:
        """Return the best ways, each with its cells."""
        singles = [turn for turn in self._to(self.shift) if self._may_go(turn.key)]
        found = [fix for turn in singles if (fix := self._fix(turn)) is not None]
        if len(found) < most:
            found += self._chains(singles)
        return tuple(sorted(found, key=lambda fix: fix.rank)[:most])

    def _may_go(self, key: str) -> bool:
        """Say whether somebody may work in the unit."""
        person = next(each for each in self.problem.people if each.key == key)
        return not self.unit or not person.units or self.unit in person.units

    def _to(self, code: str) -> list[_Turn]:
        """Return everybody who could be on a shift instead, the cheapest first."""
        turns = (self._turn(person.key, code) for person in self.problem.people)
        found = [turn for turn in turns if turn is not None]
        return sorted(found, key=lambda turn: (turn.cost, turn.key))

    def _turn(self, key: str, code: str) -> _Turn | None:
        """Put somebody on a shift, None where a rule forbids it."""
        if (key, code) not in self._turns:
            self._turns[key, code] = self._try(key, code)
        return self._turns[key, code]

    def _try(self, key: str, code: str) -> _Turn | None:
        row = self.roster.rows[key]
        cell = (key, self.day)
        if row[self.day] == code or cell in self.problem.locked:
            return None
        if code in self.problem.bars.get(cell, {}):
            return None
        turned = (*row[: self.day], code, *row[self.day + 1 :])
        old = Counter(check_person(self.problem, key, row))
        new = Counter(check_person(self.problem, key, turned))
        spoils = tuple(sorted(new - old, key=lambda each: -each.cost))
        if any(_is_worse(each, old) for each in spoils):
            return None
        cost = _cost(new) - _cost(old)
        return _Turn(key, code, turned, spoils, cost)

    def _fix(self, *turns: _Turn) -> Fix | None:
        """Return the turns as a fix, None where the cover is no better for them."""
        rows = {**self.roster.rows, **{turn.key: turn.row for turn in turns}}
        units = dict(self.roster.units)
        for turn in turns:
            units.pop((turn.key, self.day), None)
        if self.unit:
            units[turns[0].key, self.day] = self.unit
        after = check_cover(self.problem, Roster(rows, units), self.day)
        if _missing(after) >= _missing(self._cover):
            return None
        spoils = Counter(after) - Counter(self._cover)
        new = [each for each in spoils if each.fault is not Fault.COVER_UNDER]
        if any(each.is_hard for each in new):
            return None
        cost = _cost(Counter(after)) - _cost(Counter(self._cover))
        return Fix(
            tuple(self._move(turn) for turn in turns),
            cost + sum(turn.cost for turn in turns),
            (*(each for turn in turns for each in turn.spoils), *new),
        )

    def _chains(self, singles: Sequence[_Turn]) -> Iterator[Fix]:
        """Yield fixes of two: one comes from another shift, a second takes that one."""
        leaving = [
            turn for turn in singles if self.roster.rows[turn.key][self.day] != OFF
        ]
        for turn in leaving[:CHAINS]:
            gap = self.roster.rows[turn.key][self.day]
            seconds = [
                second
                for second in self._to(gap)
                if second.key != turn.key
                and self.roster.rows[second.key][self.day] == OFF
            ]
            for second in seconds[:2]:
                fix = self._fix(turn, second)
                if fix is not None:
                    yield fix

    def _move(self, turn: _Turn) -> Move:
        nights = [bool(code) and self.problem.shift(code).is_night for code in turn.row]
        holidays = {
            day
            for count in self.problem.counts
            if count.counted is Counted.HOLIDAYS
            for day, _shift in count.cells
        }
        here = turn.code == self.shift
        return Move(
            turn.key,
            self.day,
            self.roster.rows[turn.key][self.day],
            turn.code,
            self.unit if here else "",
            minutes_of(self.problem, turn.row),
            sum(nights),
            _run([code != OFF for code in turn.row], self.day),
            _run(nights, self.day),
            self.day in holidays,
        )


def _is_worse(finding: Finding, old: Mapping[Finding, int]) -> bool:
    """Say whether a hard rule is broken by more than it was before."""
    if not finding.is_hard:
        return False
    alike = [
        each.amount
        for each in old
        if each.is_hard and (each.fault, each.shift) == (finding.fault, finding.shift)
    ]
    return finding.amount > max(alike, default=0)


def _cost(findings: Mapping[Finding, int]) -> int:
    return sum(finding.cost * times for finding, times in findings.items())


def _missing(findings: Sequence[Finding]) -> tuple[int, int]:
    """Return how many are missing where they must not be, and what the rest costs."""
    short = [each for each in findings if each.fault is Fault.COVER_UNDER]
    hard = sum(each.amount for each in short if each.is_hard)
    return hard, sum(each.cost for each in short)


def _run(marks: Sequence[bool], day: int) -> int:
    """Count the marked days in a row around a day."""
    if not marks[day]:
        return 0
    start = end = day
    while start > 0 and marks[start - 1]:
        start -= 1
    while end + 1 < len(marks) and marks[end + 1]:
        end += 1
    return end - start + 1


# --- somebody does not come


@dataclass(frozen=True, slots=True)
class Gap:
    """A shift that somebody leaves open."""

    day: int
    shift: str
    unit: str


def without(
    problem: Problem, roster: Roster, key: str, days: range, what: str
) -> tuple[Problem, Roster, tuple[Gap, ...]]:
    """Take somebody off the roster for some days; tell which shifts that opens."""
    bars = dict(problem.bars)
    locked = dict(problem.locked)
    units = dict(roster.units)
    row = list(roster.rows[key])
    home = next(person.unit for person in problem.people if person.key == key)
    gaps = []
    for day in days:
        cell: Cell = (key, day)
        bar = Bar(Why.AWAY, what)
        bars[cell] = {shift.code: bar for shift in problem.shifts}
        locked.pop(cell, None)
        unit = units.pop(cell, home)
        if row[day] != OFF:
            gaps.append(Gap(day, row[day], unit))
        row[day] = OFF
    after = Roster({**roster.rows, key: tuple(row)}, units)
    return replace(problem, bars=bars, locked=locked), after, tuple(gaps)


def applied(roster: Roster, moves: Sequence[Move]) -> Roster:
    """Return the roster with some cells changed."""
    rows = {key: list(row) for key, row in roster.rows.items()}
    units = dict(roster.units)
    for move in moves:
        rows[move.person][move.day] = move.after
        units.pop((move.person, move.day), None)
        if move.unit:
            units[move.person, move.day] = move.unit
    return Roster({key: tuple(row) for key, row in rows.items()}, units)


def is_needed(problem: Problem, roster: Roster, gap: Gap) -> bool:
    """Say whether a shift lacks somebody now that it is open."""
    return any(
        each.fault is Fault.COVER_UNDER
        and each.shift == gap.shift
        and each.unit in {gap.unit, ""}
        for each in check_cover(problem, roster, gap.day)
    )
