"""The engine: its rosters hold every rule, cost what it says, and none is better."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from random import Random

import pytest

from benchmarks.made_home import made_home
from carehome.rostering.solving import solve
from carehome.rules.rosters.checking import check, count_hard, score
from carehome.rules.rosters.problem import (
    OFF,
    Bar,
    Count,
    Counted,
    Demand,
    Limit,
    Person,
    Problem,
    Roster,
    Shift,
    Why,
    Wish,
)

SHIFTS = (
    Shift("E", 480),
    Shift("N", 600, is_night=True, not_next=frozenset({"E"})),
)
CODES = (OFF, "E", "N")


def made(seed: int, people: int, days: int) -> Problem:
    """Make a small problem that may use any rule."""
    random = Random(seed)
    keys = [f"p{number}" for number in range(people)]
    cells = [(key, day) for key in keys for day in range(days)]

    def limit(most: int, step: int = 1) -> Limit:
        least = random.randrange(0, most + 1)
        top = random.choice((None, random.randrange(least, most + 1) * step))
        return Limit(least * step, top, random.choice((None, 0, 1, 2, 3, 7)))

    def person(key: str) -> Person:
        return Person(
            key,
            minutes=limit(days, 540),
            run=random.choice((Limit(), limit(3), Limit(0, 2), Limit(0, 1, 2))),
            rest=random.choice((Limit(), limit(3), Limit(2))),
            weekends=random.choice((Limit(), limit(2))),
            half_weekend=random.choice((0, 2)),
            weekly_rest=random.random() < 0.5,
            unit=random.choice(("", "A", "B")),
            units=frozenset(random.choice((("A", "B"), ("B",), ()))),
            before=tuple(random.choices(CODES, k=random.choice((0, 1, 3, 8)))),
        )

    def demand() -> Demand:
        counts = frozenset(random.sample(keys, random.randrange(1, people + 1)))
        need = random.randrange(people)
        return Demand(
            random.randrange(days),
            random.choice(("E", "N")),
            need,
            random.choice(("", "A", "B")),
            random.choice((None, None, need + 1)),
            random.choice((None, 0, 4, 9)),
            random.choice((0, 3)),
            random.choice((None, counts)),
        )

    def wish() -> Wish:
        key, day = random.choice(cells)
        shifts = frozenset(random.choice(((), ("E",), ("E", "N"))))
        return Wish(key, day, shifts, random.random() < 0.5, random.randrange(6))

    def count() -> Count:
        counted = frozenset((day, "N") for day in range(days))
        return Count(Counted.NIGHTS, counted, {key: limit(days) for key in keys[1:]})

    return Problem(
        first=date(2026, 11, 2) + timedelta(days=random.randrange(7)),
        days=days,
        shifts=SHIFTS,
        people=tuple(person(key) for key in keys),
        demands=tuple(demand() for _ in range(days)),
        wishes=tuple(wish() for _ in range(people * 2)),
        counts=(count(),),
        bars={cell: {"N": Bar(Why.PROTECTED)} for cell in cells[::5]},
        locked={cells[-1]: random.choice((OFF, "E"))},
        stranger=random.choice((0, 2)),
    )


def least(problem: Problem) -> int | None:
    """Try every roster: what the best one costs, None where each breaks a rule."""
    rows = list(product(CODES, repeat=problem.days))
    keys = [person.key for person in problem.people]
    costs = []
    for chosen in product(rows, repeat=len(keys)):
        findings = check(problem, Roster(dict(zip(keys, chosen, strict=True))))
        if not count_hard(findings):
            costs.append(score(findings))
    return min(costs, default=None)


@pytest.mark.parametrize("seed", range(24))
def test_no_roster_is_better_than_the_best_of_the_engine(seed: int) -> None:
    problem = made(seed, people=2, days=3)
    outcome = solve(problem)
    assert outcome.is_final
    best = least(problem)
    assert (outcome.cost if outcome.roster else None) == best


@pytest.mark.parametrize("seed", range(100, 124))
def test_a_roster_costs_what_the_checker_says_and_breaks_no_rule(seed: int) -> None:
    problem = made(seed, people=4, days=12)
    outcome = solve(problem, effort=1)
    if outcome.roster is None:
        assert outcome.is_final
        return
    findings = check(problem, outcome.roster)
    assert not [finding for finding in findings if finding.is_hard]
    assert score(findings) == outcome.cost


def test_the_same_seed_makes_the_same_roster() -> None:
    problem = made_home(people=10, wards=1, wishes=20)
    problem = replace(problem, demands=tuple(each for each in problem.demands[::6]))
    first, second = (solve(problem, seed=5, effort=2) for _ in range(2))
    assert first.roster is not None
    assert first.roster == second.roster
