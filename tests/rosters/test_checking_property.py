"""The check agrees with an oracle that is written in another way."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.rosters.checking import check, check_cover, check_person, score
from carehome.rules.rosters.problem import (
    OFF,
    Bar,
    Count,
    Counted,
    Demand,
    Fault,
    Limit,
    Person,
    Problem,
    Roster,
    Shift,
    Why,
    Wish,
)
from tests.rosters import oracle

SHIFTS = (
    Shift("E", 480, 420, 480),
    Shift("L", 450, 900, 480, not_next=frozenset("E")),
    Shift("N", 600, 1320, 600, is_night=True, not_next=frozenset("EL")),
)
CODES = st.sampled_from([OFF, "E", "L", "N"])
WORKED = st.sampled_from(["E", "L", "N"])
WEIGHTS = st.sampled_from([None, 0, 1, 7])
DAYS = 11


def limits(most: int) -> st.SearchStrategy[Limit]:
    return st.builds(
        Limit,
        least=st.integers(0, most // 2),
        most=st.none() | st.integers(0, most),
        weight=WEIGHTS,
    )


def rows(days: int) -> st.SearchStrategy[tuple[str, ...]]:
    often = st.sampled_from([OFF, "E", "E", "L", "N"])
    return st.lists(often, min_size=days, max_size=days).map(tuple)


@st.composite
def people_alone(draw: st.DrawFn) -> tuple[Problem, tuple[str, ...]]:
    person = Person(
        "p",
        minutes=draw(limits(6000)),
        run=draw(limits(6)),
        rest=draw(limits(5)),
        weekends=draw(limits(3)),
        half_weekend=draw(st.integers(0, 3)),
        weekly_rest=draw(st.booleans()),
        before=draw(st.integers(0, 9).flatmap(rows)),
    )
    days = st.integers(0, DAYS - 1)
    cells = st.frozensets(st.tuples(days, WORKED), max_size=12)
    problem = Problem(
        first=date(2026, 11, 2) + timedelta(days=draw(st.integers(0, 6))),
        days=DAYS,
        shifts=SHIFTS,
        people=(Person("o"), person),
        wishes=tuple(
            Wish(*each)
            for each in draw(
                st.lists(
                    st.tuples(
                        st.sampled_from("po"),
                        days,
                        st.frozensets(WORKED, max_size=2),
                        st.booleans(),
                        st.integers(0, 5),
                    ),
                    max_size=4,
                )
            )
        ),
        counts=tuple(
            Count(Counted.SHIFT, each, {"p": draw(limits(4))})
            for each in draw(st.lists(cells, max_size=2))
        ),
        bars={
            ("p", day): {code: Bar(Why.AWAY)}
            for day, code in draw(st.lists(st.tuples(days, WORKED), max_size=4))
        },
        locked={
            ("p", day): code
            for day, code in draw(st.lists(st.tuples(days, CODES), max_size=4))
        },
    )
    return problem, draw(rows(DAYS))


@given(people_alone())
def test_a_row_has_the_faults_that_the_oracle_finds(
    case: tuple[Problem, tuple[str, ...]],
) -> None:
    problem, row = case
    found = Counter(
        (finding.fault.value, finding.amount, finding.weight, finding.days)
        for finding in check_person(problem, "p", row)
    )
    assert found == oracle.faults_of(problem, problem.people[1], row)


@st.composite
def days_at_work(draw: st.DrawFn) -> tuple[Problem, Roster]:
    units = st.sampled_from("ABC")
    people = tuple(
        Person(
            str(number),
            unit=draw(st.sampled_from(["", "A", "B", "C"])),
            units=draw(st.frozensets(units, max_size=2)),
        )
        for number in range(draw(st.integers(0, 6)))
    )
    keys = [person.key for person in people]
    seniors = frozenset(keys[::2])
    groups = st.sampled_from([None, None, seniors, seniors & frozenset(keys[:3])])
    demands = draw(
        st.lists(
            st.builds(
                Demand,
                day=st.just(0),
                shift=st.sampled_from("EN"),
                need=st.integers(0, 3),
                unit=st.sampled_from(["", "A", "B", "C", "A"]),
                most=st.none() | st.integers(0, 3),
                under=st.sampled_from([None, 0, 3, 10]),
                over=st.integers(0, 4),
                counts=groups,
            ),
            max_size=6,
        )
    )
    problem = Problem(
        date(2026, 11, 2),
        1,
        SHIFTS,
        people,
        tuple(demands),
        stranger=draw(st.integers(0, 5)),
    )
    rows = {key: (draw(st.sampled_from(["E", "E", "N", OFF])),) for key in keys}
    fixed = (
        st.dictionaries(st.sampled_from(keys), units, max_size=2)
        if keys
        else st.just({})
    )
    return problem, Roster(rows, {(key, 0): unit for key, unit in draw(fixed).items()})


@given(days_at_work())
def test_people_are_placed_as_well_as_any_placing_can_be(
    case: tuple[Problem, Roster],
) -> None:
    problem, roster = case
    found = check_cover(problem, roster, 0)
    hard = sum(finding.amount for finding in found if finding.is_hard)
    assert (hard, score(found)) == oracle.least_cost_of_day(problem, roster, 0)


@given(days_at_work())
def test_the_whole_is_the_sum_of_its_people_and_days(
    case: tuple[Problem, Roster],
) -> None:
    problem, roster = case
    parts = [
        *(
            f
            for person in problem.people
            for f in check_person(problem, person.key, roster.rows[person.key])
        ),
        *check_cover(problem, roster, 0),
    ]
    assert check(problem, roster) == parts


def test_a_finding_of_the_cover_names_its_demand() -> None:
    demand = Demand(0, "E", 2, unit="A")
    problem = Problem(date(2026, 11, 2), 1, SHIFTS, (Person("p", unit="A"),), (demand,))
    (finding,) = check_cover(problem, Roster({"p": ("E",)}), 0)
    assert (finding.fault, finding.amount, finding.demand) == (
        Fault.COVER_UNDER,
        1,
        demand,
    )
