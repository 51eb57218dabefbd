"""Seats: who of a group works in which unit, once it is known how many.

The numbers come from the solver; any choice among a group costs the same. Those go
who have been in that unit most often, so that residents see the faces they know.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping

from carehome.rules.rosters.problem import Cell, Person

# How many of some people go to a unit, on each day and shift.
Numbers = Mapping[tuple[int, str], list[tuple[tuple[Person, ...], str, int]]]


def seats(rows: Mapping[str, tuple[str, ...]], numbers: Numbers) -> dict[Cell, str]:
    """Say where those work who are not in the unit that they belong to."""
    units: dict[Cell, str] = {}
    been: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (day, shift), moves in sorted(numbers.items()):
        for group, unit, number in moves:
            free = [
                person.key
                for person in group
                if rows[person.key][day] == shift and (person.key, day) not in units
            ]
            free.sort(key=been[unit].__getitem__, reverse=True)
            for key in free[:number]:
                units[key, day] = unit
                been[unit][key] += 1
    return units
