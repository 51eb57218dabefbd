"""Every finding is told in a sentence with its facts."""

from datetime import date

import pytest

from carehome import i18n
from carehome.rules.rosters.checking import check_cover, check_person
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
from carehome.rules.rosters.words import say, say_shortly

EARLY = Shift("E", 480, 420, 480, name="早班")
LATE = Shift("L", 480, 900, 480, not_next=frozenset("E"), name="中班")
NIGHT = Shift("N", 480, 1380, 480, not_next=frozenset("EL"), name="夜班")


def problem(person=None, **facts):
    return Problem(
        date(2026, 12, 1),
        31,
        (EARLY, LATE, NIGHT),
        (person or Person("1", "何梅", unit="3"),),
        unit_names={"3": "3 楼", "2": "2 楼"},
        **facts,
    )


def row(cells):
    return tuple(cells.get(day, OFF) for day in range(31))


def told(about, cells, how=say):
    (finding,) = check_person(about, "1", row(cells))
    return how(finding, about)


def test_a_lapsed_certificate_is_named_with_its_last_day():
    bar = Bar(Why.CERTIFICATE, "健康证", date(2026, 12, 26))
    about = problem(bars={("1", 26): {"N": bar}})
    assert told(about, {26: "N"}) == "何梅健康证 25 日到期，之后不可排（27 日夜班）。"
    assert told(about, {26: "N"}, say_shortly) == "健康证无效"


def test_a_missing_cover_names_day_shift_unit_and_how_many():
    demand = Demand(23, "N", 3, unit="3", basis="重度以上 9 人，1:3")
    about = problem(demands=(demand,))
    (finding,) = check_cover(about, Roster({"1": row({23: "N"})}), 23)
    assert (
        say(finding, about)
        == "24 日夜班 3 楼：现有 1 名，需 3 名（重度以上 9 人，1:3）。"
    )
    assert say_shortly(finding, about) == "缺 2 人"


def test_a_cover_of_the_whole_home_names_no_unit():
    about = problem(demands=(Demand(0, "E", 1),))
    (finding,) = check_cover(about, Roster({"1": row({})}), 0)
    assert say(finding, about) == "1 日早班：需 1 名，现有 0 名。"


@pytest.mark.parametrize(
    ("bar", "words"),
    [
        (Bar(Why.TRAINING), "何梅 1 日参加培训，不能排早班。"),
        (Bar(Why.NOT_HERE), "何梅 1 日不在职，不能排早班。"),
        (Bar(Why.POST, "护士"), "何梅不是护士，早班要求这一岗位。"),
        (Bar(Why.CERTIFICATE, "健康证"), "何梅 1 日没有有效的健康证，不能排早班。"),
        (
            Bar(Why.PROTECTED),
            "何梅 1 日在孕期或哺乳期保护期内，不能上夜班、不能加班，不能排早班。",
        ),
    ],
)
def test_what_bars_somebody_is_told(bar, words):
    assert told(problem(bars={("1", 0): {"E": bar}}), {0: "E"}) == words


def test_a_leave_is_told_by_its_kind():
    bar = Bar(Why.AWAY, "sick")
    words = told(problem(bars={("1", 0): {"E": bar}}), {0: "E"})
    assert words == f"何梅 1 日请假（{i18n._('Sick leave')}），不能排早班。"


def test_too_little_rest_names_the_shifts_it_may_not_follow():
    words = told(problem(), {4: "N", 5: "E"})
    assert words == "何梅 5 日、6 日之间休息不足：夜班后不能接早班。"


def test_a_day_of_the_month_before_is_named_with_its_month():
    person = Person("1", "何梅", before=("N",))
    words = told(problem(person), {0: "E"})
    assert words.startswith("何梅 11 月 30 日、1 日之间休息不足")


def test_a_long_run_is_told_with_its_days():
    person = Person("1", "何梅", run=Limit(0, 2))
    words = told(problem(person), {0: "E", 1: "E", 2: "E"})
    assert words == "何梅连续上班 3 天（1 日至 3 日），最多 2 天。"


def test_hours_are_told_in_halves_and_not_in_minutes():
    person = Person("1", "何梅", minutes=Limit(0, 450))
    assert told(problem(person), {0: "E"}) == "何梅工时超出 0.5 小时，上限 7.5 小时。"


def test_an_unfair_number_of_nights_is_told_with_the_share():
    cells = frozenset((day, "N") for day in range(31))
    count = Count(Counted.NIGHTS, cells, {"1": Limit(0, 1, 5)})
    words = told(problem(counts=(count,)), {0: "N", 1: "N"})
    assert words == "何梅夜班 2 个，按全年公平分摊最多 1 个。"


@pytest.mark.parametrize(
    ("shifts", "wanted", "cells", "words"),
    [
        ("", False, {0: "E"}, "何梅希望 1 日休息。"),
        ("", True, {}, "何梅希望 1 日上班。"),
        ("E", True, {}, "何梅希望 1 日上早班。"),
        ("LN", False, {0: "N"}, "何梅希望 1 日不上中班或夜班。"),
    ],
)
def test_a_wish_that_is_not_met_is_told(shifts, wanted, cells, words):
    wish = Wish("1", 0, frozenset(shifts), wanted, 5)
    assert told(problem(wishes=(wish,)), cells) == words


def test_who_stands_in_elsewhere_is_told():
    about = problem(stranger=2)
    roster = Roster({"1": row({0: "E"})}, {("1", 0): "2"})
    (finding,) = check_cover(about, roster, 0)
    assert say(finding, about) == "何梅 1 日早班在 2 楼，不是本人所在区域。"


def test_too_few_shifts_are_told_as_shifts_and_not_as_days_off():
    cells = frozenset((day, code) for day in range(31) for code in "ELN")
    count = Count(Counted.SHIFT, cells, {"1": Limit(22, 22, 5)})
    words = told(problem(counts=(count,)), {0: "N"})
    assert words == "何梅本月只排了 1 个班，应出勤 22 个班。"


def test_share_that_is_missed_is_named_in_few_words():
    cells = {(day, "N"): 1 for day in range(31)}
    share = Count(Counted.NIGHTS, cells, {"1": Limit(2, None, 5)})
    assert told(problem(counts=(share,)), {}, say_shortly) == "夜班少 2 个"
