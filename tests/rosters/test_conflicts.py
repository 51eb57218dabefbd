"""Months that nobody can roster say why, and what would make them possible."""

import time
from dataclasses import replace

import pytest

from carehome.rostering.conflicts import explain
from carehome.rostering.possible import Clock, can_meet
from carehome.rostering.rows import Rows
from carehome.rostering.solving import solve
from carehome.rules.rosters.changes import changed
from carehome.rules.rosters.checking import check, count_hard
from carehome.rules.rosters.needs import atoms_of
from carehome.rules.rosters.problem import Fault
from carehome.rules.rosters.reasons import say_conflict, say_needs, say_way
from tests.rosters.impossible import Case, away, cases, forty, month

PATIENCE = 60.0


def can(problem, needs):
    """Say whether a roster can meet these needs, and nothing else is asked."""
    rows = Rows(problem, frozenset(atoms_of(problem)), 0, problem.days)
    atoms = {atom for need in needs for atom in need.atoms}
    return can_meet(rows, atoms, Clock.of(PATIENCE))


def roster_of(problem):
    """Return a roster made by the engine proper; it ends with the first."""
    found = []
    return solve(problem, better=found.append, stopped=lambda: bool(found)).roster


@pytest.fixture(scope="module")
def explained():
    """Return each case's explanation, worked out once."""
    known = {}

    def of(case: Case):
        if case.name not in known:
            known[case.name] = explain(case.problem, PATIENCE)
        return known[case.name]

    return of


CASES = pytest.mark.parametrize("case", cases(), ids=str)


@CASES
def test_conflict_names_the_true_cause_and_nothing_else(case, explained):
    needs = explained(case).conflicts[0].needs
    assert {need.bar.why if need.bar else need.fault for need in needs} == case.needs


@CASES
def test_conflict_names_the_true_days_and_people(case, explained):
    conflict = explained(case).conflicts[0]
    days = {day + 1 for day in conflict.days}
    people = {key for need in conflict.needs for key in need.people}
    assert days <= case.days or not case.days
    assert case.people <= people


@CASES
def test_needs_of_a_conflict_cannot_be_met_together(case, explained):
    for conflict in explained(case).conflicts:
        assert not can(case.problem, conflict.needs)


@CASES
def test_no_need_of_a_conflict_can_be_left_out(case, explained):
    for conflict in explained(case).conflicts:
        for need in conflict.needs:
            rest = [each for each in conflict.needs if each is not need]
            assert can(case.problem, rest), need


@CASES
def test_each_way_out_really_is_one(case, explained):
    ways = explained(case).ways
    assert ways
    for way in ways:
        after = changed(case.problem, way.changes)
        roster = roster_of(after)
        assert roster, way
        assert count_hard(check(after, roster)) == 0


@CASES
def test_a_way_of_the_right_kind_is_among_those_told(case, explained):
    eases = {change.ease for way in explained(case).ways for change in way.changes}
    assert case.helps in eases


@CASES
def test_ways_are_told_the_easiest_first(case, explained):
    prices = [way.price for way in explained(case).ways]
    assert prices == sorted(prices)


@CASES
def test_explanation_is_short_and_in_chinese(case, explained):
    conflict = explained(case).conflicts[0]
    lines = say_needs(conflict, case.problem)
    words = "\n".join([say_conflict(conflict, case.problem), *lines])
    words += "\n".join(say_way(way, case.problem) for way in explained(case).ways)
    assert len(lines) <= 8
    assert not set("abcdfghijkmopqrstuvwxyz") & set(words)


def test_month_that_can_be_met_has_no_conflict():
    found = explain(month(), PATIENCE)
    assert found.is_possible
    assert found.ways == ()


def test_two_troubles_are_told_as_two():
    problem = away(away(month(), range(7), range(5, 6)), range(6, 13), range(24, 25))
    days = [conflict.days for conflict in explain(problem, PATIENCE).conflicts]
    assert sorted(days) == [(4,), (23,)]


def test_the_same_trouble_on_many_days_is_told_once():
    problem = away(month(), range(7), range(10, 15))
    (conflict,) = explain(problem, PATIENCE).conflicts
    assert (conflict.days, conflict.later) == ((9,), (1, 2, 3, 4))


def test_units_that_lend_each_other_people_are_judged_together():
    problem = forty()
    people = tuple(
        person if person.unit != "3" else replace(person, units=frozenset("3"))
        for person in problem.people
    )
    problem = away(replace(problem, people=people), range(19), range(24, 25))
    (conflict,) = explain(problem, PATIENCE).conflicts
    assert {need.unit for need in conflict.needs if need.unit} == {"1", "2", "3"}


def test_the_month_before_counts():
    problem = month()
    first = replace(problem.people[0], before=("E",) * 6)
    people = (first, *problem.people[1:])
    problem = replace(problem, people=people, demands=(), locked={(first.key, 0): "E"})
    (conflict,) = explain(problem, PATIENCE).conflicts
    assert {need.fault for need in conflict.needs} == {Fault.LOCK, Fault.RUN_LONG}


@CASES
def test_the_law_is_never_proposed_to_be_broken(case, explained):
    ways = explained(case).ways
    faults = {change.fault for way in ways for change in way.changes}
    assert not faults & {Fault.WEEKLY_REST, Fault.MINUTES_OVER, Fault.FOLLOWING}


def test_forty_people_are_explained_in_a_few_seconds():
    problem = away(forty(), range(18), range(23, 26))
    began = time.process_time()
    found = explain(problem, PATIENCE)
    assert found.conflicts
    assert found.ways
    # Seconds of all cores together: two cores answer in half of it.
    assert time.process_time() - began < 20


def test_who_stops_gets_what_was_found_until_then():
    found = explain(month(9), PATIENCE, stop=lambda: True)
    assert not found.is_final
    assert not found.is_possible
