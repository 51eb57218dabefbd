"""Whole schedules of a person: the network knows all of them, and what each costs."""

from dataclasses import replace
from datetime import date
from itertools import product
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carehome.rostering import schedules as schedules_module
from carehome.rostering.columns import Mixture, whole
from carehome.rostering.program import Cover
from carehome.rostering.schedules import Schedules, TooManyStates
from carehome.rostering.solving import solve
from carehome.rules.rosters.checking import check, check_person, count_hard, score
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

DAY = Shift("D", 480)
NIGHT = Shift("N", 600, is_night=True, not_next=frozenset({"D"}))
CODES = ("D", "N", OFF)
WEEKDAYS = [date(2026, 1, day) for day in range(5, 12)]

weights = st.sampled_from([None, 1, 3])


@st.composite
def limits(draw, least, most):
    low = draw(st.integers(0, least))
    high = draw(st.none() | st.integers(max(low, 1), most))
    return Limit(low, high, draw(weights))


@st.composite
def persons(draw, key):
    return Person(
        key,
        minutes=draw(
            st.builds(
                lambda low, high, weight: Limit(low * 120, high * 120, weight),
                st.integers(0, 8),
                st.integers(8, 30),
                weights,
            )
        ),
        run=draw(limits(2, 4)),
        rest=draw(limits(2, 4)),
        weekends=draw(limits(1, 2)),
        half_weekend=draw(st.sampled_from([0, 2])),
        weekly_rest=draw(st.booleans()),
        before=tuple(draw(st.lists(st.sampled_from(CODES), max_size=4))),
    )


ANY = limits(1, 2)


@st.composite
def problems(draw, people=1, counted=ANY, most_days=5):
    days = draw(st.integers(2, most_days))
    cells = st.tuples(st.integers(0, days - 1), st.sampled_from(["D", "N"]))
    keys = [chr(ord("a") + number) for number in range(people)]
    bars = {
        (draw(st.sampled_from(keys)), day): {code: Bar(Why.AWAY)}
        for day, code in draw(st.lists(cells, max_size=2))
    }
    return Problem(
        first=draw(st.sampled_from(WEEKDAYS)),
        days=days,
        shifts=(DAY, NIGHT),
        people=tuple(draw(persons(key)) for key in keys),
        demands=tuple(
            Demand(
                day,
                code,
                draw(st.integers(0, people)),
                most=draw(st.none() | st.just(people)),
                under=draw(st.sampled_from([1, 10])),
                over=draw(st.sampled_from([0, 1])),
                counts=draw(st.none() | st.just(frozenset(keys[:1]))),
            )
            for day, code in draw(st.lists(cells, max_size=4, unique=True))
        ),
        wishes=tuple(
            Wish(
                draw(st.sampled_from(keys)),
                day,
                draw(st.sampled_from([frozenset(), frozenset({code})])),
                draw(st.booleans()),
                draw(st.integers(1, 4)),
            )
            for day, code in draw(st.lists(cells, max_size=3))
        ),
        counts=tuple(
            Count(
                Counted.NIGHTS,
                frozenset((day, "N") for day in range(days)),
                {keys[0]: draw(counted)},
            )
            for _ in range(draw(st.integers(0, 1)))
        ),
        bars=bars,
        locked=draw(st.sampled_from([{}, {(keys[0], 0): OFF}, {(keys[0], 1): "D"}])),
    )


def told(problem, row):
    """Return what the check of the rules says that a person's row costs."""
    findings = check_person(problem, problem.people[0].key, row)
    return inf if count_hard(findings) else score(findings)


@settings(max_examples=30)
@given(problems())
def test_each_row_costs_what_the_check_of_the_rules_says(problem):
    schedules = Schedules(problem, problem.people[0])
    for row in product(CODES, repeat=problem.days):
        assert schedules.cost_of(row) == told(problem, row), row


@settings(max_examples=30)
@given(problems(), st.integers(0, 1000))
def test_the_shortest_path_is_the_best_of_all_rows(problem, seed):
    schedules = Schedules(problem, problem.people[0])
    costs = np.random.default_rng(seed).integers(-6, 6, (problem.days, 3)).astype(float)
    lengths = {
        row: told(problem, row)
        + sum(costs[day, CODES.index(code)] for day, code in enumerate(row))
        for row in product(CODES, repeat=problem.days)
    }
    least = min(lengths.values())
    found = schedules.whole.best(costs, many=3)
    if least == inf:
        assert found == []
        return
    assert found[0][0] == pytest.approx(least)
    assert all(lengths[row] == pytest.approx(length) for length, row in found)
    near = schedules.whole.near(costs, 2.0, 1000)
    assert {row for _, row in near} == {
        row for row, length in lengths.items() if length <= least + 2 + 1e-6
    }
    assert all(least + more == pytest.approx(lengths[row]) for more, row in near)


def least_of_all(problem):
    """Return what the best of all rosters there are costs, None if there is none.

    People go to another ward only where it needs somebody on that shift.
    """
    needed = {(demand.day, demand.shift, demand.unit) for demand in problem.demands}
    costs = []
    for pair in product(product(CODES, repeat=problem.days), repeat=2):
        rows = dict(zip("ab", pair, strict=True))
        works = [
            (key, day) for key in "ab" for day in range(problem.days) if rows[key][day]
        ]
        away = [
            (key, day)
            for key, day in works
            if problem.people[key == "b"].unit and (day, rows[key][day], "B") in needed
        ]
        for gone in product([False, True], repeat=len(away)):
            units = {
                cell: "B" for cell, is_gone in zip(away, gone, strict=True) if is_gone
            }
            findings = check(problem, Roster(rows, units))
            if not count_hard(findings):
                costs.append(score(findings))
    return min(costs, default=None)


def assert_best(problem):
    best = least_of_all(problem)
    outcome = solve(problem)
    assert outcome.is_final
    if best is None:
        assert outcome.roster is None
    else:
        assert outcome.cost == outcome.bound == best
        assert score(check(problem, outcome.roster)) == best


@settings(max_examples=12)
@given(problems(people=2, most_days=4))
def test_the_search_ends_with_the_best_roster_there_is(problem):
    assert_best(problem)


@pytest.mark.parametrize("states", [1, 6, 20])
def test_so_it_does_where_people_have_too_many_states(states, monkeypatch):
    monkeypatch.setattr(schedules_module, "MOST_STATES", states)

    @settings(max_examples=8)
    @given(problems(people=2, most_days=4))
    def ends_with_the_best(problem):
        assert_best(problem)

    ends_with_the_best()


@settings(max_examples=15)
@given(problems(people=2, most_days=2), st.sampled_from([0, 2]), st.booleans())
def test_so_it_does_where_people_go_between_wards(problem, stranger, is_open):
    demands = tuple(
        replace(demand, unit="AB"[number % 2])
        for number, demand in enumerate(problem.demands)
    )
    anne, berta = problem.people
    people = (
        replace(anne, unit="A", units=frozenset({"A", "B"})),
        replace(berta, unit="A", units=frozenset({"A", "B"} if is_open else ())),
    )
    assert_best(replace(problem, demands=demands, people=people, stranger=stranger))


def test_the_mixture_says_below_which_score_no_roster_lies():
    person = Person("a", minutes=Limit(0, 960), run=Limit(most=2))
    problem = Problem(
        WEEKDAYS[0],
        5,
        (DAY, NIGHT),
        (person, replace(person, key="b")),
        demands=tuple(Demand(day, "D", 1, under=10, over=1) for day in range(5)),
    )
    people = [Schedules(problem, one) for one in problem.people]
    networks = [one.whole for one in people]
    mixture = Mixture(problem, people, networks, range(5), dear=100.0)
    bound, _ = mixture.squeeze(mixture.start({}), inf)
    assert bound == pytest.approx(10)  # two people work two of five days each


def test_who_has_too_many_limits_at_once_is_told_apart():
    shifts = tuple(Shift(code, 480) for code in "ABCDEF")
    counts = tuple(
        Count(
            Counted.SHIFT,
            frozenset((day, shift.code) for day in range(28)),
            {"a": Limit(0, 20)},
        )
        for shift in shifts
    )
    problem = Problem(WEEKDAYS[0], 28, shifts, (Person("a"),), counts=counts)
    schedules = Schedules(problem, problem.people[0])
    with pytest.raises(TooManyStates):
        _ = schedules.whole
    few = schedules.around(("A", "B", "C", "D") * 7, range(3, 6))
    assert len(few.near(np.zeros((28, 7)), 0.0, 1000)) == 7**3


@pytest.mark.parametrize(
    ("bound", "points"), [(6.2, 7), (7.0000001, 7), (-inf, -(10**9)), (inf, 10**9)]
)
def test_a_bound_is_a_whole_number_also_where_nothing_is_known(bound, points):
    assert whole(bound) == points


def test_two_needs_that_are_alike_are_both_met_by_who_comes_from_another_ward():
    need = Demand(0, "D", 1, "B", under=5)
    person = Person("a", unit="A", units=frozenset({"A", "B"}))
    problem = Problem(WEEKDAYS[0], 2, (DAY,), (person,), (need, need), stranger=2)
    cover = Cover(problem, range(2))
    (move,) = cover.moves
    assert cover.cost_of([("D", OFF)], {move.place: 1}, dear=100.0) == 2


def test_who_is_missed_more_in_one_ward_is_put_there():
    cheap, dear = Demand(0, "D", 1, "A", under=2), Demand(0, "D", 1, "B", under=9)
    anne = Person("a", unit="A", units=frozenset({"A", "B"}))
    berta = replace(anne, key="b")
    bars = {("b", 0): {"D": Bar(Why.AWAY)}}
    people, demands = (anne, berta), (cheap, dear)
    assert_best(Problem(WEEKDAYS[0], 1, (DAY, NIGHT), people, demands, bars=bars))
