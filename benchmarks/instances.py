"""Published shift-scheduling instances: read into a problem, and scored from the file.

The score is counted from the text of the file alone, by no code of the program: it
says whether what the engine found is what it says it is.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from carehome.rules.rosters.problem import (
    Bar,
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

MONDAY = date(2026, 1, 5)
Sections = dict[str, list[list[str]]]


def read_sections(path: Path) -> Sections:
    """Read the lines of each section, cut at the commas, without the comments."""
    sections: Sections = defaultdict(list)
    name = ""
    for line in path.read_text().splitlines():
        text = line.strip()
        if text.startswith("SECTION_"):
            name = text.removeprefix("SECTION_")
        elif text and not text.startswith("#"):
            sections[name].append([part.strip() for part in text.split(",")])
    return sections


def read_problem(path: Path) -> Problem:
    """Read an instance as a roster to be made."""
    sections = read_sections(path)
    days = int(sections["HORIZON"][0][0])
    barred_after = {
        row[0]: frozenset(filter(None, row[2].split("|"))) for row in sections["SHIFTS"]
    }
    shifts = tuple(
        Shift(code, int(minutes), not_next=barred_after[code])
        for code, minutes, *_ in sections["SHIFTS"]
    )
    away = Bar(Why.AWAY)
    return Problem(
        first=MONDAY,
        days=days,
        shifts=shifts,
        people=tuple(_person(row) for row in sections["STAFF"]),
        demands=tuple(
            Demand(int(day), code, int(need), under=int(under), over=int(over))
            for day, code, need, under, over in sections["COVER"]
        ),
        wishes=tuple(
            Wish(who, int(day), frozenset({code}), wanted, int(weight))
            for section, wanted in (
                ("SHIFT_ON_REQUESTS", True),
                ("SHIFT_OFF_REQUESTS", False),
            )
            for who, day, code, weight in sections[section]
        ),
        counts=tuple(
            Count(
                Counted.SHIFT,
                frozenset((day, shift.code) for day in range(days)),
                {
                    row[0]: Limit(most=_most(row, shift.code))
                    for row in sections["STAFF"]
                },
            )
            for shift in shifts
        ),
        bars={
            (row[0], int(day)): {shift.code: away for shift in shifts}
            for row in sections["DAYS_OFF"]
            for day in row[1:]
        },
    )


def _person(row: list[str]) -> Person:
    most, least, longest_run, shortest_run, shortest_rest, weekends = map(int, row[2:8])
    return Person(
        key=row[0],
        minutes=Limit(least, most),
        run=Limit(shortest_run, longest_run),
        rest=Limit(shortest_rest),
        weekends=Limit(most=weekends),
    )


def _most(row: list[str], code: str) -> int:
    return int(dict(part.split("=") for part in row[1].split("|"))[code])


@dataclass(frozen=True)
class Score:
    """What a roster costs by the file, and every rule of the file that it breaks."""

    cost: int
    broken: tuple[str, ...]


def score(path: Path, rows: dict[str, list[str]]) -> Score:
    """Count what `rows` (a shift or "" for each day of each person) cost."""
    sections = read_sections(path)
    length = {row[0]: int(row[1]) for row in sections["SHIFTS"]}
    after = {row[0]: row[2].split("|") for row in sections["SHIFTS"]}
    broken = [
        f"{row[0]}: {fault}"
        for row in sections["STAFF"]
        for fault in _faults(row, rows[row[0]], length, after)
    ]
    broken += [
        f"{who}: works on {day}"
        for who, *free in sections["DAYS_OFF"]
        for day in free
        if rows[who][int(day)]
    ]
    cost = sum(
        int(weight)
        for who, day, code, weight in sections["SHIFT_ON_REQUESTS"]
        if rows[who][int(day)] != code
    )
    cost += sum(
        int(weight)
        for who, day, code, weight in sections["SHIFT_OFF_REQUESTS"]
        if rows[who][int(day)] == code
    )
    for day, code, need, under, over in sections["COVER"]:
        there = sum(row[int(day)] == code for row in rows.values())
        cost += max(int(need) - there, 0) * int(under)
        cost += max(there - int(need), 0) * int(over)
    return Score(cost, tuple(broken))


def _faults(
    staff: list[str],
    row: list[str],
    length: dict[str, int],
    after: dict[str, list[str]],
) -> list[str]:
    most, least, longest_run, shortest_run, shortest_rest, weekends = map(
        int, staff[2:8]
    )
    faults = []
    for limit in staff[1].split("|"):
        code, allowed = limit.split("=")
        if row.count(code) > int(allowed):
            faults.append(f"too many {code}")
    if not least <= sum(length[code] for code in row if code) <= most:
        faults.append("working time")
    for day, (code, following) in enumerate(pairwise(row)):
        if code and following and following in after[code]:
            faults.append(f"{following} follows {code} on {day + 1}")
    if sum(any(row[sat : sat + 2]) for sat in range(5, len(row), 7)) > weekends:
        faults.append("weekends")
    # A run cut by the first or the last day may be short.
    marks = "".join("x" if code else "." for code in row)
    faults += [
        f"{len(run)} in a row" for run in marks.split(".") if len(run) > longest_run
    ]
    inner_runs = marks.split(".")[1:-1]
    faults += ["short run" for run in inner_runs if 0 < len(run) < shortest_run]
    inner_rests = marks.split("x")[1:-1]
    faults += ["short rest" for rest in inner_rests if 0 < len(rest) < shortest_rest]
    return faults
