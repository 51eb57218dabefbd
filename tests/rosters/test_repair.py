"""Who could fill a gap: never against a rule, fewest changes first, with reasons."""

from dataclasses import replace
from time import process_time

import pytest

from carehome.rostering.solving import solve
from carehome.rules.rosters.checking import check, count_hard
from carehome.rules.rosters.fixes import applied, fixes, is_needed, without
from carehome.rules.rosters.problem import (
    Bar,
    Demand,
    Fault,
    Limit,
    Person,
    Problem,
    Roster,
    Why,
    Wish,
)
from carehome.rules.rosters.reasons import say_fix
from tests.rosters.impossible import DECEMBER, SHIFTS, forty, limited

DAY = 2


def small(rows, needs, **more):
    """Return a problem of people with the rows' names, and the roster."""
    length = len(next(iter(rows.values())))
    people = tuple(Person(name, name) for name in rows)
    demands = tuple(Demand(DAY, shift, need) for shift, need in needs.items())
    problem = Problem(DECEMBER, length, SHIFTS, people, demands, **more)
    cells = {name: tuple(c.strip("-") for c in row) for name, row in rows.items()}
    return problem, Roster(cells)


def names(found):
    return [tuple(move.person for move in fix.moves) for fix in found]


def test_who_is_off_takes_the_shift():
    problem, roster = small({"a": "--E--", "b": "-----"}, {"E": 1, "N": 1})
    fix, *_ = fixes(problem, roster, DAY, "N")
    assert names([fix]) == [("b",)]
    assert applied(roster, fix.moves).rows["b"][DAY] == "N"


def test_too_little_rest_keeps_somebody_out():
    problem, roster = small({"a": "-N---", "b": "-----"}, {"E": 1})
    assert names(fixes(problem, roster, DAY, "E")) == [("b",)]


def test_a_bar_keeps_somebody_out():
    bars = {("a", DAY): {"N": Bar(Why.CERTIFICATE, "健康证")}}
    problem, roster = small({"a": "-----", "b": "-----"}, {"N": 1}, bars=bars)
    assert names(fixes(problem, roster, DAY, "N")) == [("b",)]


def test_a_locked_cell_stays():
    problem, roster = small(
        {"a": "-----", "b": "-----"}, {"N": 1}, locked={("a", DAY): ""}
    )
    assert names(fixes(problem, roster, DAY, "N")) == [("b",)]


def test_a_wish_puts_somebody_behind_and_is_told():
    wish = Wish("a", DAY, frozenset(), wanted=False, weight=5)
    problem, roster = small({"a": "-----", "b": "-----"}, {"N": 1}, wishes=(wish,))
    found = fixes(problem, roster, DAY, "N")
    assert names(found) == [("b",), ("a",)]
    assert [each.fault for each in found[1].spoils] == [Fault.WISH]


def test_who_has_fewer_hours_comes_first():
    problem, roster = small({"a": "E----", "b": "-----"}, {"N": 1})
    assert names(fixes(problem, roster, DAY, "N")) == [("b",), ("a",)]


def test_two_move_where_nobody_alone_can():
    # a is barred from nights, b works the early shift that a may take.
    bars = {("a", DAY): {"N": Bar(Why.POST, "护理员")}}
    problem, roster = small({"a": "-----", "b": "--E--"}, {"E": 1, "N": 1}, bars=bars)
    (fix,) = fixes(problem, roster, DAY, "N")
    assert [(m.person, m.before, m.after) for m in fix.moves] == [
        ("b", "E", "N"),
        ("a", "", "E"),
    ]


def test_hours_at_the_limit_keep_somebody_out():
    problem, roster = small({"a": "EE---", "b": "-----"}, {"N": 1})
    problem = limited(problem, ["a"], minutes=Limit(most=960))
    assert names(fixes(problem, roster, DAY, "N")) == [("b",)]


def test_units_that_one_may_not_enter_are_left_out():
    problem, roster = small({"a": "-----", "b": "-----"}, {})
    first = replace(problem.people[0], units=frozenset("1"), unit="1")
    problem = replace(
        problem,
        people=(first, problem.people[1]),
        demands=(Demand(DAY, "N", 1, "2"),),
    )
    assert names(fixes(problem, roster, DAY, "N", "2")) == [("b",)]


def test_days_that_are_over_have_no_fix():
    problem, roster = small({"a": "-----"}, {"N": 1})
    assert fixes(problem, roster, DAY, "N", since=DAY + 1) == ()


def test_reasons_name_cell_hours_and_nights():
    problem, roster = small({"杨柳": "-N---"}, {"N": 1})
    (fix,) = fixes(problem, roster, DAY, "N")
    assert say_fix(fix, problem) == (
        "杨柳 3 日 休息→夜班：本月工时 16 · 连续夜班 2 天 · 本月夜班 2 个"
    )


def test_sick_person_is_off_barred_and_unlocked():
    problem, roster = small({"a": "EEEEE"}, {}, locked={("a", DAY): "E"})
    after, left, gaps = without(problem, roster, "a", range(DAY, 4), "sick")
    assert left.rows["a"] == ("E", "E", "", "", "E")
    assert [gap.day for gap in gaps] == [DAY, 3]
    assert ("a", DAY) not in after.locked
    assert after.bars["a", DAY]["E"].what == "sick"


@pytest.fixture(scope="module")
def home():
    problem = forty()
    roster = solve(problem, effort=3).roster
    assert roster
    return problem, roster


def test_no_fix_of_a_whole_home_breaks_a_rule(home):
    problem, roster = home
    for key in list(roster.rows)[:12]:
        after, left, gaps = without(problem, roster, key, range(9, 16), "sick")
        for gap in gaps:
            for fix in fixes(after, left, gap.day, gap.shift, gap.unit):
                left_better = applied(left, fix.moves)
                assert count_hard(check(after, left_better)) < count_hard(
                    check(after, left)
                )


def test_a_gap_that_opens_in_a_tight_shift_is_needed(home):
    problem, roster = home
    tight = replace(
        problem,
        demands=tuple(
            replace(
                each,
                need=sum(row[each.day] == each.shift for row in roster.rows.values()),
                unit="",
            )
            for each in problem.demands
            if each.unit == "1"
        ),
    )
    after, left, gaps = without(tight, roster, "0", range(31), "sick")
    assert gaps
    assert all(is_needed(after, left, gap) for gap in gaps)


def test_fixes_of_a_gap_come_at_once(home):
    problem, roster = home
    after, left, gaps = without(problem, roster, "0", range(31), "sick")
    began = process_time()
    for gap in gaps[:10]:
        fixes(after, left, gap.day, gap.shift, gap.unit)
    assert (process_time() - began) / 10 < 0.3
