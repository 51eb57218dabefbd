"""Which rostered shifts a certificate that lapses will cost, and who is missed then."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from carehome.rules.rosters.checking import check_cover
from carehome.rules.rosters.problem import OFF, Fault, Finding, Problem, Roster, Why


@dataclass(frozen=True, slots=True)
class Short:
    """A shift of a day that lacks people once somebody may not work it.

    `missing` are those it lacks then, `before` those it lacks already; `unit` is
    empty for the whole home.
    """

    day: date
    shift: str
    unit: str
    missing: int
    before: int = 0


@dataclass(frozen=True, slots=True)
class Loss:
    """The shifts of one person for which a certificate will not be valid any more.

    `since` is the first day on which it holds no more, None where it never was held.
    """

    person: str
    certificate: str
    since: date | None
    shifts: tuple[tuple[date, str], ...]
    short: tuple[Short, ...]


def losses(problem: Problem, roster: Roster, today: date) -> tuple[Loss, ...]:
    """Return what lapses will cost from `today` on, the first shift lost first."""
    lost: dict[tuple[str, str, date | None], list[int]] = defaultdict(list)
    for person in problem.people:
        for day, code in enumerate(roster.rows.get(person.key, ())):
            bar = problem.bars.get((person.key, day), {}).get(code)
            is_past = problem.date_of(day) < today
            if code == OFF or is_past or not bar or bar.why is not Why.CERTIFICATE:
                continue
            lost[person.key, bar.what, bar.since].append(day)
    found = [
        _loss(problem, roster, key, what, since, days)
        for (key, what, since), days in lost.items()
    ]
    return tuple(sorted(found, key=lambda loss: loss.shifts[0]))


def _loss(
    problem: Problem,
    roster: Roster,
    key: str,
    what: str,
    since: date | None,
    days: list[int],
) -> Loss:
    row = roster.rows[key]
    left = tuple(OFF if day in days else code for day, code in enumerate(row))
    without = Roster({**roster.rows, key: left}, roster.units)
    short = [
        each for day in days for each in _short(problem, roster, without, day, row[day])
    ]
    shifts = tuple((problem.date_of(day), row[day]) for day in days)
    return Loss(key, what, since, shifts, tuple(short))


def _short(
    problem: Problem, roster: Roster, without: Roster, day: int, code: str
) -> Iterable[Short]:
    """Yield where the shift of a day lacks more people than it does now."""
    before = _missing(check_cover(problem, roster, day), code)
    after = _missing(check_cover(problem, without, day), code)
    for unit, missing in after.items():
        if missing > before.get(unit, 0):
            on = problem.date_of(day)
            yield Short(on, code, unit, missing, before.get(unit, 0))


def _missing(findings: Iterable[Finding], code: str) -> dict[str, int]:
    """Return by unit how many people a shift lacks."""
    return {
        found.unit: found.amount
        for found in findings
        if found.fault is Fault.COVER_UNDER and found.shift == code
    }
