"""A roster problem as a model for the solver: its variables, rules and costs.

Wards share one set of variables: who works what on a day. How many of a group of
people work in which unit is counted beside it (`cover`); who it is, is settled
afterwards (`seats`), where it changes no cost.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import Literal

from carehome.rostering import cover
from carehome.rostering.seats import seats
from carehome.rules.rosters.problem import OFF, Fault, Limit, Person, Problem, Roster

Term = cp_model.LinearExpr | int
Known = Literal | bool
Rows = Mapping[str, tuple[str, ...]]
Found = cp_model.CpSolverSolutionCallback
NOBODY = Roster({})
SATURDAY = 5
SINGLE = 1


@dataclass(frozen=True, slots=True)
class Cost:
    """What one soft rule adds to the score: so much for each unit of an amount."""

    fault: Fault
    weight: int
    amount: Term
    person: str = ""


class Model:
    """The rules and costs of a problem, over who works which shift on which day.

    People whose rows are `held` only count for the cover, where they are: nothing of
    theirs is asked.
    """

    def __init__(self, problem: Problem, held: Roster = NOBODY) -> None:
        self.problem = problem
        self.held = held
        self._units = {person.key: person.unit for person in problem.people}
        self.cp = cp_model.CpModel()
        self.x: dict[tuple[str, int, str], cp_model.IntVar] = {}
        self.off: dict[tuple[str, int], cp_model.IntVar] = {}
        self.costs: list[Cost] = []
        self.places: cover.Places = {}
        self._shifts = {shift.code: shift for shift in problem.shifts}
        for person in problem.people:
            if person.key in held.rows:
                continue
            self._days(person)
            self._following(person)
            self._runs(person)
            self._weeks(person)
            self._weekends(person)
            self._minutes(person)
        self._counts()
        self._wishes()
        cover.add(self)

    def minimize(self) -> None:
        """Let the solver look for the least score."""
        self.cp.minimize(
            cp_model.LinearExpr.weighted_sum(
                [cost.amount for cost in self.costs], [c.weight for c in self.costs]
            )
        )

    def hint(self, rows: Rows) -> None:
        """Let the solver begin near a roster."""
        for (key, day), off in self.off.items():
            if key in rows:
                self.cp.add_hint(off, rows[key][day] == OFF)
        for (key, day, code), works in self.x.items():
            if key in rows:
                self.cp.add_hint(works, rows[key][day] == code)

    def fix(self, rows: Rows) -> None:
        """Hold the rows of these people as they are."""
        for (key, day), off in self.off.items():
            if key in rows:
                code = rows[key][day]
                chosen = off if code == OFF else self.x.get((key, day, code))
                self.cp.add_bool_or([] if chosen is None else [chosen])

    def roster(self, values: cp_model.CpSolver | Found) -> Roster:
        """Read the roster that the solver found."""
        worked = {
            (key, day): code
            for (key, day, code), works in self.x.items()
            if values.boolean_value(works)
        }
        days = range(self.problem.days)
        rows = {
            person.key: tuple(worked.get((person.key, day), OFF) for day in days)
            for person in self.problem.people
        } | dict(self.held.rows)
        numbers = {
            cell: [(group, unit, values.value(number)) for group, unit, number in moves]
            for cell, moves in self.places.items()
        }
        units = {**self.held.units, **seats(rows, numbers)}
        return Roster(rows, units)

    def place(self, key: str, day: int) -> str:
        """Return the unit in which somebody whose row is held works on a day."""
        return self.held.units.get((key, day), self._units[key])

    def spend(self, fault: Fault, weight: int, amount: Term, person: str = "") -> None:
        """Add what a soft rule costs."""
        self.costs.append(Cost(fault, weight, amount, person))

    def shortfall(self, weight: int | None, most: int) -> Term:
        """Return a number that a rule may be missed by: none at all if it is hard."""
        if weight is None or most <= 0:
            return 0
        return self.cp.new_int_var(0, most, "")

    def hold(
        self, fault: Fault, limit: Limit, amount: Term, largest: int, person: str
    ) -> None:
        """Keep an amount within a limit, or let it cost to leave it."""
        if limit.weight == 0:
            return
        if limit.least > 0:
            under = self.shortfall(limit.weight, limit.least)
            self.cp.add(amount + under >= limit.least)
            self.spend(_UNDER[fault], limit.weight or 0, under, person)
        if limit.most is not None and limit.most < largest:
            over = self.shortfall(limit.weight, largest - limit.most)
            self.cp.add(amount - over <= limit.most)
            self.spend(fault, limit.weight or 0, over, person)

    def work(self, person: Person, day: int) -> Known | None:
        """Say whether somebody works on a day: known before the first, or None."""
        if day >= 0:
            return ~self.off[person.key, day]
        if day < -len(person.before):
            return None
        return person.before[day] != OFF

    def _days(self, person: Person) -> None:
        """Give somebody one shift or a day off on each day, of those that are open."""
        for day in range(self.problem.days):
            cell = (person.key, day)
            bars = self.problem.bars.get(cell, {})
            self.off[cell] = self.cp.new_bool_var("")
            for code in self._shifts:
                if code not in bars:
                    self.x[(*cell, code)] = self.cp.new_bool_var("")
            works = self._of(person.key, day, self._shifts)
            self.cp.add_exactly_one([self.off[cell], *works])
            if (lock := self.problem.locked.get(cell)) is not None:
                locked = self.off[cell] if lock == OFF else self.x.get((*cell, lock))
                self.cp.add_bool_or([] if locked is None else [locked])

    def _of(self, key: str, day: int, codes: Iterable[str]) -> list[cp_model.IntVar]:
        """Return the variables of somebody's shifts that are open on a day."""
        cells = ((key, day, code) for code in codes)
        return [self.x[cell] for cell in cells if cell in self.x]

    def _following(self, person: Person) -> None:
        last = self._shifts.get(person.before[-1]) if person.before else None
        if last and self.problem.days:
            for works in self._of(person.key, 0, sorted(last.not_next)):
                self.cp.add(works == 0)
        for day in range(self.problem.days - 1):
            for shift in self.problem.shifts:
                today = self._of(person.key, day, [shift.code])
                after = self._of(person.key, day + 1, sorted(shift.not_next))
                if today and after:
                    self.cp.add_at_most_one(today + after)

    def _runs(self, person: Person) -> None:
        """Bound the days of work, and the days off, in a row."""
        known = range(-len(person.before), self.problem.days)
        row = ((day, self.work(person, day)) for day in known)
        work = {day: works for day, works in row if works is not None}
        rest = {day: _not(literal) for day, literal in work.items()}
        self._longest(person, person.run, work, Fault.RUN_LONG)
        self._longest(person, person.rest, rest, Fault.REST_LONG)
        self._shortest(person, person.run, work, Fault.RUN_SHORT)
        self._shortest(person, person.rest, rest, Fault.REST_SHORT)

    def _longest(
        self, person: Person, limit: Limit, row: Mapping[int, Known], fault: Fault
    ) -> None:
        """Let each window that is one day too long hold a day of the other kind."""
        if limit.most is None or limit.weight == 0:
            return
        self._overrun(person, limit, row, fault)
        for last in range(self.problem.days):
            window = range(last - limit.most, last + 1)
            if window[0] not in row:
                continue
            others = [_not(row[day]) for day in window]
            if limit.weight is not None:
                over = self.cp.new_bool_var("")
                self.spend(fault, limit.weight, over, person.key)
                others.append(over)
            self._any(others)

    def _overrun(
        self, person: Person, limit: Limit, row: Mapping[int, Known], fault: Fault
    ) -> None:
        """Count what was too long before the first day, if the run goes on."""
        past = 0
        while row.get(-past - 1) is True:
            past += 1
        if limit.weight and limit.most is not None and past > limit.most:
            amount = (past - limit.most) * row[0]
            self.spend(fault, limit.weight, amount, person.key)

    def _shortest(
        self, person: Person, limit: Limit, row: Mapping[int, Known], fault: Fault
    ) -> None:
        """Forbid runs of each length that is too short, or let them cost."""
        if limit.weight == 0:
            return
        if limit.least == SINGLE + 1:
            self._pairs(person, limit, row, fault)
            return
        for length in range(1, limit.least):
            for start in range(-len(person.before) + 1, self.problem.days - length):
                end = start + length
                if end < 0:
                    continue
                clause = [row[start - 1], row[end]]
                clause += [_not(row[day]) for day in range(start, end)]
                if limit.weight is not None:
                    short = self.cp.new_bool_var("")
                    amount = (limit.least - length) * short
                    self.spend(fault, limit.weight, amount, person.key)
                    clause.append(short)
                self._any(clause)

    def _pairs(
        self, person: Person, limit: Limit, row: Mapping[int, Known], fault: Fault
    ) -> None:
        """Ask for two days at least in a row: said by where runs start.

        This says no more than forbidding each single day, but a linear relaxation
        knows far better from it how many runs there can be (Rajan and Takriti 2005,
        for power plants that must stay on).
        """
        starts: dict[int, Known] = {}
        for day in range(max(min(row) + 1, -1), self.problem.days):
            starts[day] = self._starts(row[day - 1], row[day])
        for day in range(max(min(row) + 1, -1), self.problem.days - 1):
            single: Term = 0
            if limit.weight is not None:
                single = self.cp.new_bool_var("")
                self.spend(fault, limit.weight, single, person.key)
            within = row[day + 1] + single
            self.cp.add(starts[day] + starts[day + 1] <= within)

    def _starts(self, before: Known, today: Known) -> Known:
        """Say whether a run starts on a day."""
        if isinstance(before, bool) and isinstance(today, bool):
            return today and not before
        start = self.cp.new_bool_var("")
        self.cp.add(start >= today - before)
        self.cp.add(start <= today)
        self.cp.add(start + before <= 1)
        return start

    def _any(self, literals: list[Known]) -> None:
        """Ask for one of some literals, as a sum: the linear relaxation sees sums."""
        if not any(literal is True for literal in literals):
            self.cp.add(sum(literals) >= 1)

    def _weeks(self, person: Person) -> None:
        """Give a day off in each whole week of which all days are known."""
        if not person.weekly_rest:
            return
        for monday in range(-self.problem.first.weekday(), self.problem.days - 6, 7):
            week = [self.work(person, day) for day in range(monday, monday + 7)]
            known = [works for works in week if works is not None]
            if len(known) == 7:
                self._any([_not(works) for works in known])

    def _weekends(self, person: Person) -> None:
        """Bound the weekends with work; let halves of one cost."""
        weekends: list[Term] = []
        first = (SATURDAY - self.problem.first.weekday() + 1) % 7 - 1
        for saturday in range(first, self.problem.days, 7):
            days = (day for day in (saturday, saturday + 1) if day < self.problem.days)
            works = (self.work(person, day) for day in days)
            known = [literal for literal in works if literal is not None]
            if person.weekends != Limit():
                weekends.append(self._either(known))
            if person.half_weekend and len(known) == 2:
                self._half(person, known)
        self.hold(
            Fault.WEEKENDS_OVER,
            person.weekends,
            sum(weekends),
            len(weekends),
            person.key,
        )

    def _either(self, days: list[Known]) -> Term:
        """Say whether any of some days is worked."""
        if len(days) == 1:
            return days[0]
        either = self.cp.new_bool_var("")
        self.cp.add_max_equality(either, days)
        return either

    def _half(self, person: Person, days: list[Known]) -> None:
        half = self.cp.new_bool_var("")
        saturday, sunday = days
        self._any([_not(saturday), sunday, half])
        self._any([saturday, _not(sunday), half])
        self.spend(Fault.HALF_WEEKEND, person.half_weekend, half, person.key)

    def _minutes(self, person: Person) -> None:
        if person.minutes == Limit():
            return
        worked: list[Term] = [
            shift.minutes * works
            for day in range(self.problem.days)
            for shift in self.problem.shifts
            for works in self._of(person.key, day, [shift.code])
        ]
        longest = max((shift.minutes for shift in self.problem.shifts), default=0)
        largest = longest * self.problem.days
        self.hold(Fault.MINUTES_OVER, person.minutes, sum(worked), largest, person.key)

    def _counts(self) -> None:
        for count in self.problem.counts:
            cells = sorted(count.cells)
            for key, limit in count.limits.items():
                if key in self.held.rows:
                    continue
                terms = [w for day, code in cells for w in self._of(key, day, [code])]
                self.hold(Fault.COUNT_OVER, limit, sum(terms), len(terms), key)

    def _wishes(self) -> None:
        for wish in self.problem.wishes:
            if not wish.weight or wish.person in self.held.rows:
                continue
            works = self._of(wish.person, wish.day, sorted(wish.shifts or self._shifts))
            granted: Term = sum(works)
            missed = 1 - granted if wish.wanted else granted
            self.spend(Fault.WISH, wish.weight, missed, wish.person)


_UNDER = {
    Fault.WEEKENDS_OVER: Fault.WEEKENDS_UNDER,
    Fault.MINUTES_OVER: Fault.MINUTES_UNDER,
    Fault.COUNT_OVER: Fault.COUNT_UNDER,
}


def _not(literal: Known) -> Known:
    """Turn a literal round, also one that is already known."""
    return not literal if isinstance(literal, bool) else ~literal
