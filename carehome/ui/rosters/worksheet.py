"""The month while it is written: what stands in each cell, what is wrong, who has what.

Everything here is counted on the screen's thread at every key, so only what a key
touches is counted anew: the rows of the people and the cover of the days.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from carehome.rules.rosters import checking, placing
from carehome.rules.rosters.problem import (
    OFF,
    Cell,
    Fault,
    Finding,
    Person,
    Problem,
    Roster,
    Shift,
    Why,
)
from carehome.ui.rosters.month import Month

V = TypeVar("V")

SATURDAY = 5
# What is wrong with a month as a whole, whatever days it names.
_WHOLE = frozenset(
    {Fault.MINUTES_OVER, Fault.MINUTES_UNDER, Fault.WEEKENDS_OVER}
    | {Fault.WEEKENDS_UNDER, Fault.COUNT_OVER, Fault.COUNT_UNDER}
)


# Of several reasons why somebody can work no shift at all, the one that is told.
_TELLING = (Why.NOT_HERE, Why.AWAY, Why.TRAINING, Why.CERTIFICATE)


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a cell; `unit` only where somebody works outside their own."""

    code: str = OFF
    unit: str = ""
    locked: bool = False


Change = Mapping[Cell, Entry]


@dataclass(frozen=True, slots=True)
class Totals:
    """What a person has in the month."""

    minutes: int = 0
    nights: int = 0
    weekends: int = 0
    holidays: int = 0
    days: int = 0  # Saturdays and Sundays worked


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done, and what stood there before."""

    before: Change
    after: Change


@dataclass(slots=True)
class Steps:
    """What was done to a month, the last one last, and what was taken back of it."""

    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)


class Worksheet:
    """A month that somebody writes into, always counted and checked.

    Its `steps` can be those of a sheet that was read earlier of the same month.
    """

    def __init__(self, month: Month, steps: Steps | None = None) -> None:
        self.month = month
        self.steps = steps or Steps()
        self.locked: dict[Cell, str] = dict(month.problem.locked)
        self._rows = {
            person.key: month.roster.rows.get(person.key, ()) for person in self.people
        }
        for key, row in self._rows.items():
            if len(row) != month.problem.days:
                self._rows[key] = (OFF,) * month.problem.days
        self._units = dict(month.roster.units)
        self.roster = Roster(self._rows, self._units)
        # A lock is kept by the sheet itself, so it is no rule that could be broken.
        self._rules = replace(month.problem, locked={})
        self._shifts = {shift.code: shift for shift in month.problem.shifts}
        self.kinds = {kind.code: kind for kind in month.kinds}
        self._of_person: dict[str, tuple[Finding, ...]] = {}
        self._of_day: dict[int, tuple[Finding, ...]] = {}
        self._places: dict[tuple[int, str], Mapping[str, str]] = {}
        self._marks: dict[str, dict[int, bool]] = {}
        self._totals: dict[str, Totals] = {}
        self._count(self._rows, range(month.problem.days))

    @property
    def problem(self) -> Problem:
        """The problem with the locks as they are now."""
        return replace(self.month.problem, locked=dict(self.locked))

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody on the roster."""
        return self.month.problem.people

    @property
    def days(self) -> int:
        """How many days the month has."""
        return self.month.problem.days

    def entry(self, cell: Cell) -> Entry:
        """Return what stands in a cell."""
        key, day = cell
        unit = self._units.get(cell, "")
        return Entry(self._rows[key][day], unit, cell in self.locked)

    def row(self, key: str) -> tuple[str, ...]:
        """Return the shifts of a person, day by day."""
        return self._rows[key]

    def write(self, change: Change) -> Change:
        """Put entries into cells, as one step; return what really changed."""
        after = {cell: e for cell, e in change.items() if self.entry(cell) != e}
        if after:
            before = {cell: self.entry(cell) for cell in after}
            self.steps.done.append(Step(before, after))
            self.steps.undone.clear()
            self._put(after)
        return after

    @property
    def can_undo(self) -> bool:
        """Say whether something was written that can be taken back."""
        return bool(self.steps.done)

    @property
    def can_redo(self) -> bool:
        """Say whether something was taken back that can be done again."""
        return bool(self.steps.undone)

    def undo(self) -> Change:
        """Take back the last step; return what changed."""
        step = self.steps.done.pop()
        self.steps.undone.append(step)
        return self.catch_up(step.before)

    def redo(self) -> Change:
        """Do again what was taken back last; return what changed."""
        step = self.steps.undone.pop()
        self.steps.done.append(step)
        return self.catch_up(step.after)

    def catch_up(self, change: Change) -> Change:
        """Put in entries without a step of their own; of people who are still there."""
        there = {cell: e for cell, e in change.items() if cell[0] in self._rows}
        self._put(there)
        return there

    def totals(self, key: str) -> Totals:
        """Return what a person has in the month."""
        return self._totals[key]

    def findings(self) -> list[Finding]:
        """Return all that is wrong: hard before soft, then the dearest."""
        every = [*self._every()]
        return sorted(every, key=lambda f: (not f.is_hard, -f.cost, f.days, f.person))

    def at(self, cell: Cell) -> list[Finding]:
        """Return what is wrong with a cell, worst first."""
        key, day = cell
        found = [f for f in self._of_person[key] if _is_at(f, day)]
        return sorted(found, key=lambda f: (not f.is_hard, -f.cost))

    def about(self, key: str) -> list[Finding]:
        """Return what is wrong with the whole month of a person."""
        return [f for f in self._of_person[key] if _is_wide(f)]

    def cover_at(self, day: int) -> tuple[Finding, ...]:
        """Return what is wrong with the cover of a day."""
        return self._of_day[day]

    def short_at(self, day: int) -> list[Finding]:
        """Return which shifts of a day lack somebody."""
        found = self._of_day[day]
        return [each for each in found if each.fault is Fault.COVER_UNDER]

    def places(self, day: int, code: str) -> Mapping[str, str]:
        """Return who works a shift of a day, and in which unit."""
        return self._places[day, code]

    def mark(self, key: str, day: int) -> bool | None:
        """Say whether a cell breaks a hard rule, a soft one (False), or none (None)."""
        return self._marks[key].get(day)

    def counts(self) -> tuple[int, int, int]:
        """Return how many hard and soft findings there are, and the score."""
        hard = soft = score = 0
        for found in self._every():
            if found.is_hard:
                hard += 1
            else:
                soft += 1
                score += found.cost
        return hard, soft, score

    def shift(self, code: str) -> Shift | None:
        """Return a shift by its code; None for a day off."""
        return self._shifts.get(code)

    def barred(self, cell: Cell) -> Why | None:
        """Say why somebody cannot work at all on a day: away, at a training."""
        bars = self.month.problem.bars.get(cell)
        if not bars or len(bars) < len(self._shifts):
            return None
        why = {bar.why for bar in bars.values()}
        return next((each for each in _TELLING if each in why), None)

    def _every(self) -> Iterator[Finding]:
        for found in self._of_person.values():
            yield from found
        for found in self._of_day.values():
            yield from found

    def _put(self, change: Change) -> None:
        rows: dict[str, list[str]] = {}
        for (key, day), entry in change.items():
            rows.setdefault(key, list(self._rows[key]))[day] = entry.code
            _keep(self._units, (key, day), entry.unit or None)
            _keep(self.locked, (key, day), entry.code if entry.locked else None)
        self._rows.update({key: tuple(row) for key, row in rows.items()})
        self._count(rows, {day for _key, day in change})

    def _count(self, keys: Mapping[str, object], days: range | set[int]) -> None:
        for key in keys:
            row = self._rows[key]
            found = tuple(checking.check_person(self._rules, key, row))
            self._of_person[key] = found
            self._marks[key] = _marks(found)
            self._totals[key] = self._sum(row)
        for day in days:
            self._of_day[day] = tuple(
                checking.check_cover(self._rules, self.roster, day)
            )
            for code in self._shifts:
                self._places[day, code] = placing.place(
                    self._rules, self.roster, day, code
                )

    def _sum(self, row: tuple[str, ...]) -> Totals:
        worked = [(day, self._shifts[code]) for day, code in enumerate(row) if code]
        first = self.month.problem.first.weekday()
        days = [day for day, _ in worked if (first + day) % 7 >= SATURDAY]
        return Totals(
            sum(shift.minutes for _, shift in worked),
            sum(shift.is_night for _, shift in worked),
            len({(first + day) // 7 for day in days}),
            sum(day in self.month.holidays for day, _ in worked),
            len(days),
        )


def _is_wide(found: Finding) -> bool:
    """Say whether a finding is about the month of a person rather than about cells."""
    return found.fault in _WHOLE or not found.days


def _is_at(found: Finding, day: int) -> bool:
    return day in found.days and not _is_wide(found)


def _marks(found: tuple[Finding, ...]) -> dict[int, bool]:
    """Return the days of a person that are wrong, and whether against a hard rule."""
    marks: dict[int, bool] = {}
    for each in found:
        if not _is_wide(each):
            for day in each.days:
                marks[day] = marks.get(day, False) or each.is_hard
    return marks


def _keep(kept: dict[Cell, V], cell: Cell, value: V | None) -> None:
    if value is None:
        kept.pop(cell, None)
    else:
        kept[cell] = value
