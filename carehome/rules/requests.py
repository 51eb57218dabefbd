"""What staff ask for: leave and swapping shifts; what it would do to a roster."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.periods import DAY, Period
from carehome.rules.rosters.checking import check
from carehome.rules.rosters.problem import (
    OFF,
    Cell,
    Finding,
    Problem,
    Roster,
)
from carehome.rules.staff import Leave

MOST_DAYS = 366


class RequestKind(StrEnum):
    """What is asked for."""

    LEAVE = "leave"
    SWAP = "swap"


class RequestState(StrEnum):
    """How far a request has come."""

    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


KIND_NAMES: Mapping[RequestKind, str] = {
    RequestKind.LEAVE: N_("Leave"),
    RequestKind.SWAP: N_("Swap"),
}
STATE_NAMES: Mapping[RequestState, str] = {
    RequestState.OPEN: N_("To be decided"),
    RequestState.APPROVED: N_("Approved"),
    RequestState.DECLINED: N_("Not approved"),
    RequestState.WITHDRAWN: N_("Withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Request:
    """A request: leave from `starts` to `last_day`, or a swap with `other_id`.

    A swap is of the cells of both on the day `starts` and, if another, on `last_day`.
    """

    kind: RequestKind
    staff_id: int
    starts: date
    last_day: date
    leave: Leave | None = None
    other_id: int | None = None
    note: str = ""

    @property
    def days(self) -> tuple[date, ...]:
        """Return the days that it is about."""
        if self.kind is RequestKind.SWAP:
            return tuple(sorted({self.starts, self.last_day}))
        return tuple(Period(self.starts, self.last_day + DAY))


@dataclass(frozen=True, slots=True)
class Answered:
    """Who decided on a request, when and why."""

    state: RequestState
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What changes in a month's roster: cells, what gets wrong, what gets right.

    `minutes` are the working time of each person concerned, before and after; `units`
    says where somebody then works who is not in the unit that they belong to.
    """

    problem: Problem
    cells: tuple[tuple[Cell, str, str], ...]
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    minutes: Mapping[str, tuple[int, int]]
    units: Mapping[Cell, str]

    @property
    def hard(self) -> tuple[Finding, ...]:
        """Return what must not be and would be."""
        return tuple(finding for finding in self.new if finding.is_hard)


class EndsBeforeStart(Refusal):
    """The last day of a leave lies before its first."""

    text = N_("The last day lies before the first. Check both days.")


class TooLong(Refusal):
    """A leave longer than a year is a slip of the keyboard."""

    text = N_("Leave of {days} days is too long for one request. Check both days.")


class WithOneself(Refusal):
    """Nobody swaps with themselves."""

    text = N_("A swap needs two people. Choose a colleague.")


class NothingToSwap(Refusal):
    """Both have the same on the days of a swap."""

    text = N_("{name} and {other} have the same on these days: there is no swap.")


class ReasonMissing(Refusal):
    """Who is declined wants to know why."""

    text = N_("Say why, so that it can be told to {name}.")


class NotAsLeft(Refusal):
    """The roster went on since a request was approved."""

    text = N_(
        "The roster was changed on these days since. Change the cells in the roster, "
        "and the leave in the staff file."
    )


class NotApproved(Refusal):
    """Only an approval can be taken back."""

    text = N_("This request is not approved: there is nothing to take back.")


class AlreadyDecided(Refusal):
    """Somebody decided meanwhile."""

    text = N_("This request has been decided already. Look at it again.")


def check_request(request: Request) -> None:
    """Refuse what cannot be asked for."""
    if request.kind is RequestKind.SWAP:
        if request.other_id in (None, request.staff_id):
            raise WithOneself
        return
    if request.last_day < request.starts:
        raise EndsBeforeStart
    days = (request.last_day - request.starts).days + 1
    if days > MOST_DAYS:
        raise TooLong(days=days)


def swapped(roster: Roster, one: str, other: str, days: Sequence[int]) -> Roster:
    """Return the roster in which two people have each other's days."""
    rows = {key: list(row) for key, row in roster.rows.items()}
    units = dict(roster.units)
    for day in days:
        rows[one][day], rows[other][day] = rows[other][day], rows[one][day]
        mine, theirs = units.pop((one, day), ""), units.pop((other, day), "")
        units.update({(other, day): mine} if mine else {})
        units.update({(one, day): theirs} if theirs else {})
    return Roster({key: tuple(row) for key, row in rows.items()}, units)


def without(roster: Roster, key: str, days: Sequence[int]) -> Roster:
    """Return the roster in which somebody works on none of these days."""
    row = tuple(
        OFF if day in set(days) else shift for day, shift in enumerate(roster.rows[key])
    )
    units = {cell: unit for cell, unit in roster.units.items() if cell[0] != key}
    units |= {
        cell: unit
        for cell, unit in roster.units.items()
        if cell[0] == key and cell[1] not in days
    }
    return Roster({**roster.rows, key: row}, units)


def effect(request: Request, problem: Problem, roster: Roster, then: Problem) -> Effect:
    """Say what a request would do to the roster of a month.

    `then` is what the month asks for once a leave is granted: of who is away it asks
    for fewer shifts and hours as well. A swap leaves the problem as it is.
    """
    key = str(request.staff_id)
    days = [
        number
        for number in ((day - problem.first).days for day in request.days)
        if 0 <= number < problem.days
    ]
    if request.leave is not None:
        left = without(roster, key, days)
    else:
        left = swapped(roster, key, str(request.other_id), days)
    concerned = {key, str(request.other_id)}
    before = _told(check(problem, roster), concerned)
    after = _told(check(then, left), concerned)
    return _difference(then, roster, before, left, after)


def _told(findings: Iterable[Finding], concerned: Set[str]) -> list[Finding]:
    """Leave out the fair shares of others, which a leave shifts by a trifle."""
    return [
        finding
        for finding in findings
        if finding.counted is None or finding.person in concerned
    ]


def _difference(
    problem: Problem,
    roster: Roster,
    before: Iterable[Finding],
    then: Roster,
    after: Iterable[Finding],
) -> Effect:
    new = Counter(after) - Counter(before)
    stays = {_subject(finding) for finding in new}
    gone = [
        finding
        for finding in (Counter(before) - Counter(after)).elements()
        if _subject(finding) not in stays
    ]
    cells = tuple(
        ((key, day), row[day], then.rows[key][day])
        for key, row in roster.rows.items()
        for day in range(problem.days)
        if row[day] != then.rows[key][day]
    )
    minutes = {shift.code: shift.minutes for shift in problem.shifts}
    hours = {
        key: (_minutes(minutes, roster.rows[key]), _minutes(minutes, then.rows[key]))
        for key in dict.fromkeys(cell[0] for cell, _old, _new in cells)
    }
    ordered = sorted(new.elements(), key=lambda finding: (not finding.is_hard,))
    return Effect(problem, cells, tuple(ordered), tuple(gone), hours, then.units)


def _subject(finding: Finding) -> tuple[object, ...]:
    """Return what a finding is about, whatever its amount."""
    counted = finding.counted, finding.days[:1]
    return finding.fault, finding.person, finding.shift, finding.unit, counted


def _minutes(minutes: Mapping[str, int], row: Iterable[str]) -> int:
    return sum(minutes.get(shift, 0) for shift in row)
