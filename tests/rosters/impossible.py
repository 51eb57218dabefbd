"""A month that can be rostered, and ten ways in which it cannot."""

from dataclasses import replace
from datetime import date

from carehome.rules.rosters.problem import (
    Bar,
    Demand,
    Limit,
    Person,
    Problem,
    Shift,
    Why,
)

DECEMBER = date(2026, 12, 1)  # a Tuesday
DAYS = 31
EARLY = Shift("E", 480, 420, 480)
LATE = Shift("L", 480, 900, 480, not_next=frozenset("E"))
NIGHT = Shift("N", 480, 1380, 480, is_night=True, not_next=frozenset("EL"))
SHIFTS = (EARLY, LATE, NIGHT)
NAMES = "何梅 赵敏 孙芳 周婷 吴霞 郑丽 冯娟 陈洁 褚燕 卫红 蒋琴 沈兰 韩雪 杨柳 朱萍 秦岚 尤慧 许静 吕华 施敏 张兰 孔秀 曹英 严凤 金玉 魏芬 陶红 姜丽 戚云 谢芳 邹梅 喻霞 柏青 水秀 窦娟 章琳 云燕 苏珍 潘月 葛巧".split()
WARDS = ("1", "2", "3")
NEEDS = {"E": 3, "L": 3, "N": 2}


def month(
    people: int = 40, wards: tuple[str, ...] = WARDS, days: int = DAYS
) -> Problem:
    """Return a month with three shifts and three wards, which can be met easily."""
    return Problem(
        DECEMBER,
        days,
        SHIFTS,
        tuple(
            Person(
                str(number),
                NAMES[number],
                minutes=Limit(most=220 * 60),
                run=Limit(most=6),
                weekly_rest=True,
                unit=wards[number % len(wards)],
            )
            for number in range(people)
        ),
        tuple(
            Demand(day, shift, need, ward)
            for day in range(days)
            for ward in wards
            for shift, need in NEEDS.items()
        ),
    )


def barred(
    problem: Problem, key: str, days: range, bar: Bar, shifts: str = "ELN"
) -> Problem:
    """Return the problem with somebody barred on some days."""
    bars = dict(problem.bars)
    for day in days:
        bars[key, day] = {**bars.get((key, day), {}), **dict.fromkeys(shifts, bar)}
    return replace(problem, bars=bars)


def away(problem: Problem, key: str, days: range) -> Problem:
    """Return the problem with somebody on leave."""
    return barred(problem, key, days, Bar(Why.AWAY, "annual leave"))
