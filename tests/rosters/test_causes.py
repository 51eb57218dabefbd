"""Each soft cost of a roster names what would be missed instead."""

from dataclasses import replace

from benchmarks.made_home import made_home
from carehome.rostering.causes import explain_costs, ranked
from carehome.rostering.solving import solve
from carehome.rules.rosters.checking import check, score
from carehome.rules.rosters.problem import (
    Bar,
    Count,
    Counted,
    Demand,
    Fault,
    Limit,
    Person,
    Problem,
    Roster,
    Why,
    Wish,
)
from carehome.rules.rosters.reasons import say_cause
from tests.rosters.impossible import DECEMBER, SHIFTS

OFF_ON_8 = Wish("韩雪", 7, frozenset(), wanted=False, weight=4)


def small(rows, need, under=None):
    people = tuple(Person(name, name) for name in rows)
    demands = (Demand(7, "N", need, under=under),)
    problem = Problem(DECEMBER, 10, SHIFTS, people, demands, (OFF_ON_8,))
    cells = {name: tuple(code.strip("-") for code in row) for name, row in rows.items()}
    return problem, Roster(cells)


def test_wish_stays_because_the_night_would_lack_somebody():
    problem, roster = small({"韩雪": "-------N--"}, need=1)
    (cause,) = explain_costs(problem, roster).causes
    assert cause.price is None
    assert cause.instead[0].fault is Fault.COVER_UNDER
    assert say_cause(cause, problem) == (
        "如果改成韩雪 8 日休息，就会违反硬性规则：8 日夜班：需 1 名，现有 0 名。"
    )


def test_soft_cover_has_a_price():
    problem, roster = small({"韩雪": "-------N--"}, need=1, under=10)
    (cause,) = explain_costs(problem, roster).causes
    assert cause.price == 10 - OFF_ON_8.weight


def test_change_that_costs_as_much_is_said_without_a_number():
    problem, roster = small({"韩雪": "-------N--"}, need=1, under=4)
    (cause,) = explain_costs(problem, roster).causes
    assert say_cause(cause, problem) == (
        "如果改成韩雪 8 日休息，总分不变：8 日夜班：需 1 名，现有 0 名。"
    )


def test_cost_that_no_change_mends_is_told_all_the_same():
    problem, roster = small({}, need=1, under=3)
    problem = replace(problem, wishes=())
    (cause,) = explain_costs(problem, roster).causes
    assert cause.finding.cost == 3
    assert "解决不了" in say_cause(cause, problem)


def test_colleague_who_could_swap_is_an_improvement():
    problem, roster = small({"韩雪": "-------N--", "杨柳": "----------"}, need=1)
    (cause,) = explain_costs(problem, roster).causes
    assert cause.price == -OFF_ON_8.weight
    assert dict(cause.cells) == {("韩雪", 7): "", ("杨柳", 7): "N"}


def test_missing_person_is_explained_by_what_keeps_the_others():
    problem, roster = small({"韩雪": "----------"}, need=1, under=3)
    problem = replace(problem, locked={("韩雪", 7): ""}, wishes=())
    (cause,) = explain_costs(problem, roster).causes
    assert cause.instead[0].fault is Fault.LOCK


def test_lapsed_certificate_is_a_better_cause_than_a_post_not_held():
    problem, roster = small({"韩雪": "----------"}, need=0)
    bars = {"E": Bar(Why.POST, "护士"), "N": Bar(Why.CERTIFICATE, "健康证")}
    month = frozenset((day, code) for day in range(10) for code in bars)
    count = Count(Counted.SHIFT, month, {"韩雪": Limit(1, None, 5)})
    cells = {("韩雪", day): bars for day in range(10)}
    problem = replace(problem, wishes=(), counts=(count,), bars=cells)
    (cause,) = explain_costs(problem, roster).causes
    assert cause.instead[0].bar.why is Why.CERTIFICATE


def test_dearest_findings_come_first():
    problem = made_home(people=20, wards=1, wishes=40)
    roster = solve(problem, effort=6).roster
    causes = explain_costs(problem, roster, seconds=60).causes
    costs = [cause.finding.cost for cause in causes]
    assert costs
    assert costs == sorted(costs, reverse=True)


def test_price_is_what_the_checker_says():
    problem = made_home(people=20, wards=1, wishes=40)
    roster = solve(problem, effort=6).roster
    before = score(check(problem, roster))
    for cause in explain_costs(problem, roster, seconds=60).causes:
        if cause.price is not None:
            rows = {key: list(row) for key, row in roster.rows.items()}
            for (key, day), code in cause.cells:
                rows[key][day] = code
            after = Roster({key: tuple(row) for key, row in rows.items()})
            assert score(check(problem, after)) - before == cause.price


def test_who_stops_gets_what_was_found():
    problem, roster = small({"韩雪": "-------N--"}, need=1)
    found = explain_costs(problem, roster, stopped=lambda: True)
    assert not found.is_final
    assert found.causes == ()


def test_only_soft_findings_are_explained():
    problem, roster = small({"韩雪": "----------"}, need=1)
    assert ranked(check(problem, roster)) == []
