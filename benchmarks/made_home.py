"""A made care home whose roster is to be planned: as many people and wishes as asked.

The same numbers give the same home. Three shifts; wards with their own people, of
whom some may help in others; nights and medicines for those with a certificate, two
of which lapse on the 17th; leave, an expecting mother, the last days of the month
before, cells that are locked, a fair share of nights and weekends.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from random import Random

from carehome.rules.rosters.problem import (
    OFF,
    Bar,
    Cell,
    Count,
    Counted,
    Demand,
    Limit,
    Person,
    Problem,
    Shift,
    Why,
    Wish,
)

EARLY, LATE, NIGHT = "E", "L", "N"
SHIFTS = (
    Shift(EARLY, 480, 7 * 60, 510),
    Shift(LATE, 480, 14 * 60 + 30, 480, not_next=frozenset({EARLY})),
    Shift(NIGHT, 480, 22 * 60, 540, True, frozenset({EARLY, LATE})),
)
NEED = {EARLY: 4, LATE: 3, NIGHT: 2}  # in a ward
EASY = {EARLY: 3, LATE: 3, NIGHT: 2}  # nine tenths of what thirteen people owe
FIRST = date(2026, 12, 1)
DAYS = 31
LAPSE = date(2026, 12, 17)
WEEKEND = [day for day in range(DAYS) if (FIRST.weekday() + day) % 7 >= 5]
Need = dict[str, int]


def forty() -> Problem:
    """Return the home of 40 people in three wards with 147 wishes.

    Everybody may work in each ward: people are seated when the roster is made.
    """
    return _open(forty_apart())


def eighty() -> Problem:
    """Return a home of twice the size."""
    return _open(made_home(people=80, wards=6, wishes=294, need=EASY))


def forty_apart() -> Problem:
    """Return the home of 40 with people who are at home in a ward, and some only there.

    Each shift that somebody works in another ward costs two points.
    """
    return made_home(people=40, wards=3, wishes=147, need=EASY)


def _open(problem: Problem) -> Problem:
    """Let everybody work anywhere."""
    people = tuple(replace(person, units=frozenset()) for person in problem.people)
    return replace(problem, people=people, stranger=0)


def made_home(
    people: int, wards: int, wishes: int, seed: int = 7, need: Need | None = None
) -> Problem:
    """Make a home whose people are enough for what its wards need."""
    random = Random(seed)
    need = need or NEED
    keys = [str(number + 1) for number in range(people)]
    bars = _bars(keys, random)
    names = [chr(ord("A") + ward) for ward in range(wards)]
    staff = tuple(
        _person(key, names[number * wards // people], names, bars, random)
        for number, key in enumerate(keys)
    )
    return Problem(
        first=FIRST,
        days=DAYS,
        shifts=SHIFTS,
        people=staff,
        demands=tuple(
            _demands(names, need, frozenset(random.sample(keys, people // 2)))
        ),
        wishes=_wishes(keys, wishes, random),
        counts=tuple(_counts(keys, wards, need, bars)),
        bars=bars,
        locked=_locked(keys, bars, random),
        stranger=2,
    )


def _bars(keys: list[str], random: Random) -> dict[Cell, dict[str, Bar]]:
    """Say who is on leave, expects a child, lacks a certificate or loses one."""
    bars: dict[Cell, dict[str, Bar]] = {}

    def bar(key: str, days: Iterable[int], shifts: Iterable[str], why: Bar) -> None:
        for day in days:
            bars.setdefault((key, day), {}).update(dict.fromkeys(shifts, why))

    expecting, *others = random.sample(keys, len(keys))
    tenth = len(keys) // 10
    for key in others[:tenth]:
        bar(key, range(DAYS), [NIGHT], Bar(Why.CERTIFICATE, "night"))
    bar(expecting, range(DAYS), [NIGHT], Bar(Why.PROTECTED))
    lapse = Bar(Why.CERTIFICATE, "care", LAPSE)
    for key in others[tenth : tenth + 2]:
        bar(key, range((LAPSE - FIRST).days, DAYS), NEED, lapse)
    for key in others[tenth + 2 : 3 * tenth + 2]:
        start = random.randrange(DAYS - 4)
        bar(key, range(start, start + 4), NEED, Bar(Why.AWAY))
    return bars


def _person(
    key: str,
    ward: str,
    wards: list[str],
    bars: dict[Cell, dict[str, Bar]],
    random: Random,
) -> Person:
    """Make somebody who owes five days of seven on which they are here."""
    here = sum(len(bars.get((key, day), ())) < len(NEED) for day in range(DAYS))
    owed = round(here * 5 / 7)
    return Person(
        key=key,
        minutes=Limit((owed - 2) * 480, (owed + 1) * 480),
        run=Limit(0, 6),
        rest=Limit(2, None, 4),
        weekends=Limit(0, 3, 10),
        half_weekend=2,
        weekly_rest=True,
        unit=ward,
        units=frozenset(wards if random.random() < 0.6 else [ward]),
        before=_before(random),
    )


def _before(random: Random) -> tuple[str, ...]:
    """Say what somebody did in the last seven days of the month before."""
    worked = random.choice((EARLY, LATE, NIGHT))
    off = random.randrange(7)
    return tuple(OFF if (day - off) % 7 < 2 else worked for day in range(7))


def _demands(
    wards: list[str], needs: Need, seniors: frozenset[str]
) -> Iterable[Demand]:
    """Ask for the need of each ward, and that one of them be a senior."""
    for day in range(DAYS):
        for ward in wards:
            for shift, need in needs.items():
                yield Demand(day, shift, need, ward, most=need + 1, over=3)
                yield Demand(day, shift, 1, ward, under=8, counts=seniors)


def _wishes(keys: list[str], number: int, random: Random) -> tuple[Wish, ...]:
    """Wish for days off, some for a shift or for no night."""
    cells = random.sample([(key, day) for key in keys for day in range(DAYS)], number)
    wishes = []
    for key, day in cells:
        shifts, wanted = random.choices(
            [((), False), ((EARLY,), True), ((NIGHT,), False)], [6, 2, 2]
        )[0]
        weight = random.choice((5, 5, 10, 20))
        wishes.append(Wish(key, day, frozenset(shifts), wanted, weight))
    return tuple(wishes)


def _counts(
    keys: list[str], wards: int, need: Need, bars: dict[Cell, dict[str, Bar]]
) -> Iterable[Count]:
    """Share nights and weekends fairly among those who can work them."""
    nights = frozenset((day, NIGHT) for day in range(DAYS))
    yield _fair(Counted.NIGHTS, nights, need[NIGHT] * wards * DAYS, keys, bars)
    weekends = frozenset((day, shift) for day in WEEKEND for shift in need)
    number = sum(need.values()) * wards * len(WEEKEND)
    yield _fair(Counted.WEEKENDS, weekends, number, keys, bars)


def _fair(
    counted: Counted,
    cells: frozenset[tuple[int, str]],
    number: int,
    keys: list[str],
    bars: dict[Cell, dict[str, Bar]],
) -> Count:
    """Give each a share by the days on which they can work, rounded either way."""
    can = {
        key: len({day for day, code in cells if code not in bars.get((key, day), ())})
        for key in keys
    }
    share = number / sum(can.values())
    limits = {
        key: Limit(int(days * share), int(days * share) + 1, 6)
        for key, days in can.items()
        if days
    }
    return Count(counted, cells, limits)


def _locked(
    keys: list[str], bars: dict[Cell, dict[str, Bar]], random: Random
) -> dict[Cell, str]:
    """Lock some cells, as if the head nurse had promised them."""
    locked = {}
    for key in random.sample(keys, len(keys) // 5):
        day = random.randrange(7, DAYS)
        code = random.choice((OFF, EARLY, LATE))
        locked[key, day] = OFF if code in bars.get((key, day), ()) else code
    return locked
