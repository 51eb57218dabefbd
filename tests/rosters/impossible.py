"""A month that can be rostered, and ten ways in which it cannot."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from carehome.rules.rosters.changes import Ease
from carehome.rules.rosters.problem import (
    Bar,
    Count,
    Counted,
    Demand,
    Fault,
    Limit,
    Person,
    Problem,
    Shift,
    Why,
)

DECEMBER = date(2026, 12, 1)  # a Tuesday
DAYS = 31
EARLY = Shift("E", 480, 420, 480, name="早班")
LATE = Shift("L", 480, 900, 480, not_next=frozenset("E"), name="中班")
NIGHT = Shift("N", 480, 1380, 480, True, not_next=frozenset("EL"), name="夜班")
SHIFTS = (EARLY, LATE, NIGHT)
NAMES = [
    "何梅",
    "赵敏",
    "孙芳",
    "周婷",
    "吴霞",
    "郑丽",
    "冯娟",
    "陈洁",
    "褚燕",
    "卫红",
    "蒋琴",
    "沈兰",
    "韩雪",
    "杨柳",
    "朱萍",
    "秦岚",
    "尤慧",
    "许静",
    "吕华",
    "施敏",
    "张兰",
    "孔秀",
    "曹英",
    "严凤",
    "金玉",
    "魏芬",
    "陶红",
    "姜丽",
    "戚云",
    "谢芳",
    "邹梅",
    "喻霞",
    "柏青",
    "水秀",
    "窦娟",
    "章琳",
    "云燕",
    "苏珍",
    "潘月",
    "葛巧",
]
NEEDS = {"E": 3, "L": 3, "N": 2}
ALL = "ELN"


def month(people: int = 14, wards: tuple[str, ...] = ("3",)) -> Problem:
    """Return a month with three shifts that can be met easily."""
    return Problem(
        DECEMBER,
        DAYS,
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
            for day in range(DAYS)
            for ward in wards
            for shift, need in NEEDS.items()
        ),
        unit_names={ward: f"{ward} 楼" for ward in wards},
    )


def forty() -> Problem:
    """Return the month of a home with forty people and three wards."""
    return month(40, ("1", "2", "3"))


def barred(
    problem: Problem, keys: Iterable[int], days: range, bar: Bar, shifts: str = ALL
) -> Problem:
    """Return the problem with some people barred on some days (1 is the first)."""
    bars = dict(problem.bars)
    for key in keys:
        for day in days:
            cell = str(key), day - 1
            bars[cell] = {**bars.get(cell, {}), **dict.fromkeys(shifts, bar)}
    return replace(problem, bars=bars)


def away(problem: Problem, keys: Iterable[int], days: range) -> Problem:
    """Return the problem with some people on leave."""
    return barred(problem, keys, days, Bar(Why.AWAY, "annual"))


def locked(problem: Problem, key: int, days: range, shift: str) -> Problem:
    """Return the problem with cells of somebody locked."""
    cells = {(str(key), day - 1): shift for day in days}
    return replace(problem, locked={**problem.locked, **cells})


def limited(problem: Problem, keys: Iterable[int], **limits: Limit) -> Problem:
    """Return the problem with other limits for some people."""
    wanted = set(map(str, keys))
    people = tuple(
        replace(person, **limits) if person.key in wanted else person
        for person in problem.people
    )
    return replace(problem, people=people)


@dataclass(frozen=True)
class Case:
    """A month made impossible, and what is known about why.

    `needs` are all faults (bars by their reason) that the conflict names, `people` who
    is named at least, `days` the only days of it, `helps` a kind of change that helps.
    """

    name: str
    problem: Problem
    needs: frozenset[Fault | Why]
    helps: Ease
    days: frozenset[int] = frozenset()
    people: frozenset[str] = frozenset()

    def __str__(self) -> str:
        """Return what the case is called in a test's name."""
        return self.name


def _nights(most: int) -> Problem:
    """Return a month in which few nights are left for everybody."""
    problem = month()
    cells = frozenset((day, "N") for day in range(DAYS))
    limits = {person.key: Limit(most=most) for person in problem.people}
    return replace(problem, counts=(Count(Counted.NIGHTS, cells, limits),))


def _lapsed() -> Problem:
    """Return a month in which the night needs a certificate, and one lapses on 17."""
    post = Bar(Why.POST, "护理员")
    # Five may work at night; of these three are on leave while the certificate lapses.
    problem = barred(month(), range(5, 14), range(1, 32), post, "N")
    lapse = Bar(Why.CERTIFICATE, "健康证", date(2026, 12, 17))
    problem = barred(problem, [0], range(17, 32), lapse)
    return away(problem, [1, 2, 3], range(24, 26))


def cases() -> list[Case]:
    """Return the ten months and the true cause of each."""
    cover, post = Fault.COVER_UNDER, Bar(Why.POST, "护理员")
    few = barred(month(), range(4, 14), range(1, 32), post, "N")
    return [
        Case(
            "leave of too many on one day",
            away(month(), range(7), range(24, 25)),
            frozenset({cover, Why.AWAY}),
            Ease.COME,
            frozenset({24}),
        ),
        Case(
            "certificate lapsed on the 17th while others are on leave",
            replace(
                _lapsed(),
                demands=tuple(
                    d if d.shift != "N" or d.day in (23, 24) else replace(d, need=1)
                    for d in month().demands
                ),
            ),
            frozenset({cover, Why.POST, Why.AWAY, Why.CERTIFICATE}),
            Ease.RENEW,
            frozenset({24, 25}),
            frozenset({"0"}),
        ),
        Case(
            "nobody holds the post on one night",
            barred(month(), range(14), range(12, 13), post, "N"),
            frozenset({cover, Why.POST}),
            Ease.COVER,
            frozenset({12}),
        ),
        Case(
            "too few with the post for every night of a week",
            replace(
                barred(few, range(2, 4), range(1, 32), post, "N"),
                demands=tuple(
                    d
                    if d.shift != "N"
                    else replace(d, need=2 if 7 <= d.day + 1 <= 13 else 1)
                    for d in month().demands
                ),
            ),
            frozenset({cover, Why.POST, Fault.WEEKLY_REST}),
            Ease.COVER,
            frozenset(range(7, 14)),
        ),
        Case(
            "too few people for a week",
            month(9),
            frozenset({cover, Fault.WEEKLY_REST}),
            Ease.BORROW,
        ),
        Case(
            "a locked night and a locked early shift after it",
            locked(locked(month(), 3, range(10, 11), "N"), 3, range(11, 12), "E"),
            frozenset({Fault.LOCK, Fault.FOLLOWING}),
            Ease.UNLOCK,
            frozenset({10, 11}),
            frozenset({"3"}),
        ),
        Case(
            "a locked shift during leave",
            locked(away(month(), [5], range(23, 26)), 5, range(24, 25), "L"),
            frozenset({Fault.LOCK, Why.AWAY}),
            Ease.UNLOCK,
            frozenset({24}),
            frozenset({"5"}),
        ),
        Case(
            "more days in a row locked than one may work",
            locked(month(), 8, range(9, 16), "E"),
            frozenset({Fault.LOCK, Fault.RUN_LONG}),
            Ease.UNLOCK,
            frozenset(range(9, 16)),
            frozenset({"8"}),
        ),
        Case(
            "hours that leave and their minimum do not allow",
            limited(
                away(month(), [2], range(5, 32)),
                [2],
                minutes=Limit(160 * 60, 220 * 60),
            ),
            frozenset({Fault.MINUTES_UNDER, Why.AWAY}),
            Ease.LIMIT,
            people=frozenset({"2"}),
        ),
        Case(
            "fewer nights for everybody than the month has",
            _nights(4),
            frozenset({cover, Fault.COUNT_OVER}),
            Ease.LIMIT,
        ),
    ]
