"""The hard needs of a problem, each by itself: to be named, left out, or eased."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, NamedTuple

from carehome.rules.rosters.problem import (
    Bar,
    Counted,
    Fault,
    Limit,
    Person,
    Problem,
    Why,
)

# What limits somebody over many days, and the field of Person that says so.
LIMITS: Mapping[str, tuple[Fault, Fault]] = {
    "minutes": (Fault.MINUTES_UNDER, Fault.MINUTES_OVER),
    "run": (Fault.RUN_SHORT, Fault.RUN_LONG),
    "rest": (Fault.REST_SHORT, Fault.REST_LONG),
    "weekends": (Fault.WEEKENDS_UNDER, Fault.WEEKENDS_OVER),
}
# Reasons that belong to one person and to certain days, not to the whole month.
PASSING = frozenset({Why.AWAY, Why.TRAINING})
COVERS = frozenset({Fault.COVER_UNDER, Fault.COVER_OVER})


class Atom(NamedTuple):
    """The smallest part of a need: a rule of one person, one cell, one demand.

    `at` is the number of the demand or of the count.
    """

    fault: Fault
    person: str = ""
    day: int = -1
    shift: str = ""
    at: int = -1


@dataclass(frozen=True, slots=True)
class Need:
    """Something hard as a head nurse thinks of it; `atoms` are what it is made of.

    Of a cover need `amount` is how many people are needed on the fewest-needing day, of
    a limit the limit itself.
    """

    fault: Fault
    atoms: tuple[Atom, ...]
    people: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    shift: str = ""
    unit: str = ""
    amount: int = 0
    bar: Bar | None = None
    counted: Counted | None = None


def atoms_of(problem: Problem) -> list[Atom]:
    """Return every hard rule of a problem."""
    return [
        *(
            Atom(Fault.COVER_UNDER, day=demand.day, at=at)
            for at, demand in enumerate(problem.demands)
            if demand.under is None and demand.need > 0
        ),
        *(
            Atom(Fault.COVER_OVER, day=demand.day, at=at)
            for at, demand in enumerate(problem.demands)
            if demand.most is not None
        ),
        *(
            Atom(Fault.BARRED, key, day, shift)
            for (key, day), bars in sorted(problem.bars.items())
            for shift in sorted(bars)
        ),
        *(Atom(Fault.LOCK, key, day) for key, day in sorted(problem.locked)),
        *(atom for person in problem.people for atom in _rules_of(problem, person)),
        *(
            Atom(fault, key, at=at)
            for at, count in enumerate(problem.counts)
            for key, limit in sorted(count.limits.items())
            for fault in _hard(limit, Fault.COUNT_UNDER, Fault.COUNT_OVER)
        ),
    ]


def _rules_of(problem: Problem, person: Person) -> Iterator[Atom]:
    """Yield the rules that hold for one person all the time."""
    if any(shift.not_next for shift in problem.shifts):
        yield Atom(Fault.FOLLOWING, person.key)
    if person.weekly_rest:
        yield Atom(Fault.WEEKLY_REST, person.key)
    for field, faults in LIMITS.items():
        for fault in _hard(getattr(person, field), *faults):
            yield Atom(fault, person.key)


def _hard(limit: Limit, under: Fault, over: Fault) -> Iterator[Fault]:
    """Yield what a limit forbids for good."""
    if limit.weight is not None:
        return
    if limit.least > 0:
        yield under
    if limit.most is not None:
        yield over


def needs_of(problem: Problem, atoms: Collection[Atom], by_day: bool) -> list[Need]:
    """Gather atoms into needs: a leave, a certificate, a rule for everybody.

    `by_day` keeps the cover of each day apart; else a shift's days are one need.
    """
    kinds: dict[tuple[object, ...], list[Atom]] = {}
    for atom in atoms:
        kinds.setdefault(_kind(problem, atom, by_day), []).append(atom)
    return [
        _need(problem, part) for kind in kinds.values() for part in _runs(problem, kind)
    ]


def _kind(problem: Problem, atom: Atom, by_day: bool) -> tuple[object, ...]:
    """Return what the atoms of one need have in common."""
    if atom.fault in COVERS:
        demand = problem.demands[atom.at]
        day = demand.day if by_day else None
        return (atom.fault, demand.shift, demand.unit, demand.counts, day)
    if atom.fault is Fault.BARRED:
        bar = bar_of(problem, atom)
        alone = "" if bar.why is Why.POST else atom.person
        return (atom.fault, bar.why, bar.what, alone)
    if atom.fault is Fault.LOCK:
        return (atom.fault, atom.person)
    return (atom.fault, atom.at)


def _runs(problem: Problem, atoms: list[Atom]) -> Iterator[list[Atom]]:
    """Part leaves and trainings where days lie between."""
    first = atoms[0]
    if first.fault is not Fault.BARRED or bar_of(problem, first).why not in PASSING:
        yield atoms
        return
    days = sorted({atom.day for atom in atoms})
    start = {day: day - nth for nth, day in enumerate(days)}
    ordered = sorted(atoms, key=lambda atom: atom.day)
    for _start, run in groupby(ordered, key=lambda atom: start[atom.day]):
        yield list(run)


def _need(problem: Problem, atoms: list[Atom]) -> Need:
    """Say of some atoms of one kind what they are together."""
    first = atoms[0]
    need = Need(
        first.fault,
        tuple(atoms),
        people=tuple(dict.fromkeys(atom.person for atom in atoms if atom.person)),
        days=tuple(sorted({atom.day for atom in atoms if atom.day >= 0})),
    )
    if first.fault in COVERS:
        demand = problem.demands[first.at]
        asked = [problem.demands[atom.at] for atom in atoms]
        counts = [
            each.need if first.fault is Fault.COVER_UNDER else each.most or 0
            for each in asked
        ]
        return replace(need, shift=demand.shift, unit=demand.unit, amount=min(counts))
    if first.fault is Fault.BARRED:
        return replace(need, bar=bar_of(problem, first))
    if first.fault is Fault.LOCK:
        shifts = {problem.locked[atom.person, atom.day] for atom in atoms}
        return replace(need, shift=shifts.pop() if len(shifts) == 1 else "")
    if first.at >= 0:
        need = replace(need, counted=problem.counts[first.at].counted)
    limits = [limit_of(problem, atom) for atom in atoms]
    return replace(need, amount=min(limits, default=0))


def bar_of(problem: Problem, atom: Atom) -> Bar:
    """Return the bar that an atom stands for."""
    return problem.bars[atom.person, atom.day][atom.shift]


def limit_of(problem: Problem, atom: Atom) -> int:
    """Return the number that a person's limit sets; 0 for rules without one."""
    if atom.at >= 0:
        limit = problem.counts[atom.at].limits[atom.person]
        under = atom.fault is Fault.COUNT_UNDER
        return limit.least if under else limit.most or 0
    for field, (under_fault, over_fault) in LIMITS.items():
        if atom.fault in {under_fault, over_fault}:
            person = next(each for each in problem.people if each.key == atom.person)
            own: Limit = getattr(person, field)
            return own.least if atom.fault is under_fault else own.most or 0
    return 0


def with_limit(person: Person, field: str, limit: Limit) -> Person:
    """Return a person with another limit of their own: hours, days in a row, …"""
    fields: dict[str, Any] = {field: limit}
    return replace(person, **fields)
