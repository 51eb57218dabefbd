"""The hard rules of some days as linear rows over yes-or-no variables.

Each row knows the rule that it comes from, so that a search can leave it out or buy
itself out of it. The engine that makes rosters has a model of its own, made for speed;
this one is made for asking why.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from carehome.rules.rosters.needs import Atom
from carehome.rules.rosters.problem import OFF, Fault, Limit, Person, Problem

Term = tuple[int, int]  # a variable and its factor
Line = tuple[tuple[Term, ...], int]  # what somebody does on a day: terms and a constant
SATURDAY = 5
# So many units of one shift are looked at in every combination.
MOST_UNITS = 8


@dataclass(frozen=True, slots=True)
class Row:
    """The terms add up to at least `least` and at most `most`; no atom: always so.

    A row of several demands has `shares`: what each of them adds to `least`.
    """

    atom: Atom | None
    terms: tuple[Term, ...]
    least: int | None = None
    most: int | None = None
    shares: tuple[tuple[Atom, int], ...] = ()

    def within(self, kept: Container[Atom]) -> "Row | None":
        """Return the row as it is where only some rules hold, None without them."""
        if self.shares:
            least = sum(share for atom, share in self.shares if atom in kept)
            return replace(self, least=least) if least else None
        return self if self.atom is None or self.atom in kept else None


class Rows:
    """The rules of the days from `starts` to before `ends`, and what follows of them.

    Rules that reach over the edge of these days are left out, unless the days before
    the first of the month say how it began: what cannot be met here cannot be met at
    all.
    """

    def __init__(
        self, problem: Problem, hard: Container[Atom], starts: int, ends: int
    ) -> None:
        """Write down the rules in `hard`, all hard ones of the problem."""
        self.problem = problem
        self.starts = starts
        self.ends = ends
        self.count = 0
        self.cells: dict[tuple[str, int, str], int] = {}
        self._is_whole = starts == 0 and ends == problem.days
        self._rows: list[Row] = []
        self._hard = hard
        for person in problem.people:
            self._add_cells(person)
        for person in problem.people:
            self._add_person(person)
        for key, day in sorted(problem.locked):
            if starts <= day < ends:
                self._add_lock(Atom(Fault.LOCK, key, day))
        self._add_counts()
        self._add_covers()

    @property
    def rows(self) -> Sequence[Row]:
        """Return all rows."""
        return self._rows

    @property
    def atoms(self) -> list[Atom]:
        """Return the rules that say something about these days, in a set order."""
        found = {row.atom for row in self._rows if row.atom is not None}
        found |= {atom for row in self._rows for atom, _share in row.shares}
        return sorted(found)

    def _variable(self) -> int:
        self.count += 1
        return self.count - 1

    def _add(
        self,
        atom: Atom | None,
        lines: Sequence[Line],
        least: int | None = None,
        most: int | None = None,
    ) -> None:
        """Add a row over some lines; their constants move to the other side."""
        constant = sum(line[1] for line in lines)
        terms = tuple(term for line in lines for term in line[0])
        self._rows.append(
            Row(
                atom,
                terms,
                None if least is None else least - constant,
                None if most is None else most - constant,
            )
        )

    def _add_cells(self, person: Person) -> None:
        """Make the cells of a person: one shift a day, none that is barred."""
        for day in range(self.starts, self.ends):
            bars = self.problem.bars.get((person.key, day), {})
            for shift in self.problem.shifts:
                cell = self._variable()
                self.cells[person.key, day, shift.code] = cell
                if shift.code in bars:
                    atom = Atom(Fault.BARRED, person.key, day, shift.code)
                    self._rows.append(Row(atom, ((cell, 1),), most=0))
            self._add(None, [self._work(person, day)], most=1)

    def _work(self, person: Person, day: int) -> Line:
        """Return whether somebody works on a day: 0 or 1."""
        if day < 0:
            return (), int(person.before[day] != OFF)
        codes = (shift.code for shift in self.problem.shifts)
        return tuple((self.cells[person.key, day, code], 1) for code in codes), 0

    def _known(self, person: Person) -> range:
        """Return the days of which is known, or to be decided, what somebody does."""
        before = len(person.before) if self.starts == 0 else 0
        return range(self.starts - before, self.ends)

    def _add_person(self, person: Person) -> None:
        """Add the rules that hold for a person over many days."""
        self._add_following(person)
        self._add_weeks(person)
        for limit, faults, sign in (
            (person.run, (Fault.RUN_SHORT, Fault.RUN_LONG), 1),
            (person.rest, (Fault.REST_SHORT, Fault.REST_LONG), -1),
        ):
            self._add_run(person, limit, faults, sign)
        minutes = tuple(
            (self.cells[person.key, day, shift.code], shift.minutes)
            for day in range(self.starts, self.ends)
            for shift in self.problem.shifts
        )
        faults = (Fault.MINUTES_UNDER, Fault.MINUTES_OVER)
        self._add_limit(person.key, [(minutes, 0)], person.minutes, faults)
        self._add_weekends(person)

    def _add_following(self, person: Person) -> None:
        """Keep apart what must not follow on the next day."""
        atom = Atom(Fault.FOLLOWING, person.key)
        for shift in self.problem.shifts:
            for day in range(self.starts, self.ends):
                after = tuple(
                    (self.cells[person.key, day, code], 1)
                    for code in sorted(shift.not_next)
                )
                if day > self.starts:
                    own = (self.cells[person.key, day - 1, shift.code], 1)
                    self._rows.append(Row(atom, (own, *after), most=1))
                elif day == 0 and person.before[-1:] == (shift.code,):
                    self._rows.append(Row(atom, after, most=0))

    def _add_weeks(self, person: Person) -> None:
        """Keep a day off in each week from Monday to Sunday that is wholly known."""
        if not person.weekly_rest:
            return
        known = self._known(person)
        first = self.problem.date_of(known.start)
        monday = known.start + -first.weekday() % 7
        for start in range(monday, known.stop - 6, 7):
            if start + 6 >= self.starts:
                week = [self._work(person, day) for day in range(start, start + 7)]
                self._add(Atom(Fault.WEEKLY_REST, person.key), week, most=6)

    def _add_run(
        self, person: Person, limit: Limit, faults: tuple[Fault, Fault], sign: int
    ) -> None:
        """Add limits for days in a row of one kind: work (1) or rest (-1)."""
        if limit.weight is not None:
            return
        known = self._known(person)
        work = {day: self._work(person, day) for day in known}
        if limit.most is not None:
            most = limit.most
            for start in range(known.start, known.stop - most):
                if start + most < self.starts:
                    continue
                span = [work[day] for day in range(start, start + most + 1)]
                atom = Atom(faults[1], person.key)
                if sign > 0:
                    self._add(atom, span, most=most)
                else:
                    self._add(atom, span, least=1)
        for start in known[1:]:
            for day in range(start + 1, min(start + limit.least, known.stop)):
                if day < self.starts:
                    continue
                line = [work[day], _turned(work[start]), work[start - 1]]
                atom = Atom(faults[0], person.key)
                if sign > 0:
                    self._add(atom, line, least=0)
                else:
                    self._add(atom, line, most=1)

    def _add_weekends(self, person: Person) -> None:
        """Count the weekends of which a day is worked."""
        if person.weekends.weight is not None or person.weekends == Limit():
            return
        known = self._known(person)
        total: list[Line] = []
        for day in known:
            if self.problem.date_of(day).weekday() != SATURDAY and day != known.start:
                continue
            weekend = self._weekend(person, day, known)
            if weekend:
                total.append(((self._any(weekend),), 0))
        faults = (Fault.WEEKENDS_UNDER, Fault.WEEKENDS_OVER)
        self._add_limit(person.key, total, person.weekends, faults)

    def _weekend(self, person: Person, day: int, known: range) -> list[Line]:
        """Return the days of the weekend that begins, or goes on, on a day."""
        weekday = self.problem.date_of(day).weekday()
        days = [day + n for n in range(7 - weekday)] if weekday >= SATURDAY else []
        days = [each for each in days if each in known]
        if not days or days[-1] < self.starts:
            return []
        return [self._work(person, each) for each in days]

    def _any(self, lines: Sequence[Line]) -> Term:
        """Return whether there is work in any of some lines."""
        whole = self._variable()
        for terms, constant in lines:
            self._rows.append(Row(None, ((whole, 1), *_turn(terms)), least=constant))
        self._add(None, [*lines, (((whole, -1),), 0)], least=0)
        return whole, 1

    def _add_limit(
        self, key: str, lines: Sequence[Line], limit: Limit, faults: tuple[Fault, Fault]
    ) -> None:
        """Add a limit over all days; its minimum only where all days are there."""
        if limit.weight is not None:
            return
        if limit.most is not None:
            self._add(Atom(faults[1], key), lines, most=limit.most)
        if limit.least > 0 and self._is_whole:
            self._add(Atom(faults[0], key), lines, least=limit.least)

    def _add_lock(self, atom: Atom) -> None:
        """Keep a cell as it is."""
        shift = self.problem.locked[atom.person, atom.day]
        if shift != OFF:
            cell = self.cells[atom.person, atom.day, shift]
            self._rows.append(Row(atom, ((cell, 1),), least=1))
            return
        codes = (each.code for each in self.problem.shifts)
        cells = ((self.cells[atom.person, atom.day, code], 1) for code in codes)
        self._rows.append(Row(atom, tuple(cells), most=0))

    def _add_counts(self) -> None:
        """Add the limits on nights, holidays and the like."""
        for at, count in enumerate(self.problem.counts):
            for key, limit in count.limits.items():
                if limit.weight is not None:
                    continue
                terms = tuple(
                    (self.cells[key, day, shift], 1)
                    for day, shift in sorted(count.cells)
                    if (key, day, shift) in self.cells
                )
                if limit.most is not None:
                    atom = Atom(Fault.COUNT_OVER, key, at=at)
                    self._rows.append(Row(atom, terms, most=limit.most))
                if limit.least > 0 and self._is_whole:
                    atom = Atom(Fault.COUNT_UNDER, key, at=at)
                    self._rows.append(Row(atom, terms, least=limit.least))

    def _add_covers(self) -> None:
        """Add what each shift of a day needs."""
        shifts: dict[tuple[int, str], list[int]] = {}
        for at, demand in enumerate(self.problem.demands):
            if self.starts <= demand.day < self.ends:
                shifts.setdefault((demand.day, demand.shift), []).append(at)
        for (day, shift), every in shifts.items():
            placed = [at for at in every if self.problem.demands[at].unit]
            for at in every:
                if at not in placed:
                    self._add_cover(at, self._people(at, day, shift))
            if any(self._is_special(at) for at in placed):
                self._add_places(day, shift, placed)
            elif placed:
                self._add_shares(day, shift, placed)

    def _is_special(self, at: int) -> bool:
        """Say whether a demand counts only some people, or only so many."""
        demand = self.problem.demands[at]
        return demand.counts is not None or demand.most is not None

    def _people(self, at: int, day: int, shift: str) -> list[Term]:
        counts = self.problem.demands[at].counts
        return [
            (self.cells[person.key, day, shift], 1)
            for person in self.problem.people
            if counts is None or person.key in counts
        ]

    def _add_cover(self, at: int, terms: Sequence[Term]) -> None:
        """Add a demand of which is known who counts for it."""
        demand = self.problem.demands[at]
        need = Atom(Fault.COVER_UNDER, day=demand.day, at=at)
        if need in self._hard:
            self._rows.append(Row(need, tuple(terms), least=demand.need))
        if demand.most is not None:
            atom = Atom(Fault.COVER_OVER, day=demand.day, at=at)
            self._rows.append(Row(atom, tuple(terms), most=demand.most))

    def _add_shares(self, day: int, shift: str, placed: Sequence[int]) -> None:
        """Add demands of units: for each set of units there are people enough.

        By Hall's theorem that is the same as a place for everybody, and needs no
        variable for who works in which unit.
        """
        shares: dict[str, list[tuple[Atom, int]]] = {}
        for at in placed:
            demand = self.problem.demands[at]
            atom = Atom(Fault.COVER_UNDER, day=day, at=at)
            if atom in self._hard:
                shares.setdefault(demand.unit, []).append((atom, demand.need))
        for units in _sets(self.problem, sorted(shares)):
            terms = tuple(
                (self.cells[person.key, day, shift], 1)
                for person in self.problem.people
                if not person.units or person.units & units
            )
            parts = tuple(part for unit in sorted(units) for part in shares[unit])
            least = sum(share for _atom, share in parts)
            self._rows.append(Row(None, terms, least=least, shares=parts))

    def _add_places(self, day: int, shift: str, placed: Sequence[int]) -> None:
        """Add demands of units by saying where everybody works."""
        units = sorted({self.problem.demands[at].unit for at in placed})
        present = {
            (unit, person.key): term
            for person in self.problem.people
            for unit, term in self._placed(person, day, shift, units)
        }
        for at in placed:
            demand = self.problem.demands[at]
            keys = [person.key for person in self.problem.people]
            counted = [
                present[demand.unit, key]
                for key in keys
                if (demand.unit, key) in present
                and (demand.counts is None or key in demand.counts)
            ]
            self._add_cover(at, counted)

    def _placed(
        self, person: Person, day: int, shift: str, units: list[str]
    ) -> Iterator[tuple[str, Term]]:
        """Yield for each unit whether somebody works this shift there."""
        cell = self.cells[person.key, day, shift]
        own = [unit for unit in units if not person.units or unit in person.units]
        if len(own) == 1:
            yield own[0], (cell, 1)
            return
        parts = [(unit, (self._variable(), 1)) for unit in own]
        if parts:
            taken = (*(term for _unit, term in parts), (cell, -1))
            # Who belongs to a unit that asks for somebody is in one that does.
            least = 0 if person.unit in own else None
            self._rows.append(Row(None, taken, least, most=0))
        yield from parts


def _sets(problem: Problem, units: Sequence[str]) -> Iterator[frozenset[str]]:
    """Yield the sets of units whose people must be enough for all of them together.

    A set matters only if no further unit lives on the same people, and if it does not
    fall into parts that share nobody.
    """
    groups = {person.units & frozenset(units) for person in problem.people}
    groups |= {frozenset(units) for person in problem.people if not person.units}
    for size in range(1, len(units) + 1):
        if 2 < size < len(units) > MOST_UNITS:
            continue
        for chosen in map(frozenset, combinations(units, size)):
            near = [group for group in groups if group & chosen]
            wider = frozenset(units) - chosen
            is_closed = all(
                any(unit in group for group in groups if group not in near)
                for unit in wider
            )
            if is_closed and _hangs_together(chosen, near):
                yield chosen


def _hangs_together(units: frozenset[str], groups: Sequence[frozenset[str]]) -> bool:
    """Say whether people who change between units join all of them."""
    reached = {min(units)}
    while True:
        wider = reached.union(*(g & units for g in groups if g & reached))
        if wider == reached:
            return reached == units
        reached = wider


def _turn(terms: Sequence[Term]) -> tuple[Term, ...]:
    return tuple((variable, -factor) for variable, factor in terms)


def _turned(line: Line) -> Line:
    return _turn(line[0]), -line[1]
