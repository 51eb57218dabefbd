"""Requests of the staff in the demonstration home: some answered, some waiting."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from carehome import paths
from carehome.db.database import Database
from carehome.rules.periods import months_after
from carehome.rules.requests import Request, RequestKind, swapped
from carehome.rules.rights import Role, User
from carehome.rules.rosters.checking import check_person, count_hard
from carehome.rules.rosters.problem import Person
from carehome.rules.staff import Leave
from carehome.services.requests import Requests
from carehome.services.rosters import RosterMonth, Rosters

_CHINA = timedelta(hours=8)


def furnish(db: Database, users: dict[Role, User], day: date) -> None:
    """Let people ask for leave and swaps of this month and the next."""
    nurse, story = users[Role.HEAD_NURSE], _told()
    this = day.replace(day=1)
    now = _Desk(db, nurse, this, day - timedelta(days=2))
    rest = max(day.day + 3, 24)
    swapped = now.swap(rest, story["swap"])
    if swapped is not None:
        now.requests.approve(swapped, story["approved"])
    declined = now.leave(1, rest + 2, 1, Leave.PERSONAL, story["away"])
    now.requests.decline(declined, story["declined"])
    later = _Desk(db, nurse, months_after(this, 1), day - timedelta(days=1))
    later.leave(4, 8, 3, Leave.ANNUAL, story["journey"])
    later.leave(9, 15, 1, Leave.PERSONAL, story["school"])
    later.swap(19, story["wedding"])


def _told() -> dict[str, Any]:
    path = paths.resource("demo") / "requests.json"
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return told


@dataclass(frozen=True)
class _Clock:
    """The hour of the story."""

    day: date

    def __call__(self) -> datetime:
        return datetime.combine(self.day, time(10), tzinfo=UTC) - _CHINA


class _Desk:
    """Notes on a day of the story what is asked for a month."""

    def __init__(self, db: Database, nurse: User, first: date, day: date) -> None:
        self.requests = Requests(db, nurse, _Clock(day))
        self._month: RosterMonth = Rosters(db, nurse, _Clock(day)).month(first)

    def leave(self, place: int, number: int, days: int, kind: Leave, note: str) -> int:
        """Let one of the people ask for leave; return the request's number."""
        people = self._month.problem.people
        who = people[place % len(people)]
        starts = self._day(number)
        last = starts + timedelta(days=days - 1)
        return self.requests.add(
            Request(RequestKind.LEAVE, int(who.key), starts, last, kind, note=note)
        )

    def swap(self, number: int, note: str) -> int | None:
        """Let the first two who can do so without harm swap a day."""
        people = [person for person in self._month.problem.people if person.unit]
        for one in people:
            for other in people:
                request = self._asked(one, other, number, note)
                if one.unit == other.unit and self._is_harmless(request):
                    return self.requests.add(request)
        return None

    def _asked(self, one: Person, other: Person, number: int, note: str) -> Request:
        day, who = self._day(number), int(one.key)
        other_id = int(other.key)
        return Request(RequestKind.SWAP, who, day, day, other_id=other_id, note=note)

    def _is_harmless(self, request: Request) -> bool:
        """Say whether two shifts change hands and no hard rule is broken by it."""
        row = self._month.roster.rows
        number = request.starts.day - 1
        mine = row[str(request.staff_id)][number]
        theirs = row[str(request.other_id)][number]
        if not mine or not theirs or mine == theirs:
            return False
        pair = (str(request.staff_id), str(request.other_id))
        then = swapped(self._month.roster, *pair, [number]).rows
        problem = self._month.problem
        return all(
            count_hard(check_person(problem, key, then[key]))
            <= count_hard(check_person(problem, key, row[key]))
            for key in pair
        )

    def _day(self, number: int) -> date:
        days = self._month.problem.days
        return self._month.first + timedelta(days=min(number, days) - 1)
