"""The rosters of the demonstration home: months that were worked, and a draft."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome import paths
from carehome.db.database import Database
from carehome.db.shifts import ShiftKindRow, ShiftNeedRow
from carehome.db.staff import CertificateRow, PostRow, StaffMemberRow
from carehome.db.units import UnitRow
from carehome.rules.periods import months_after
from carehome.rules.rights import Role, User
from carehome.rules.rosters import patterns
from carehome.rules.rosters.checking import check_cover, check_person, count_hard, score
from carehome.rules.rosters.problem import OFF, Cell, Fault, Person, Problem, Roster
from carehome.services.rosters import Mark, NewWish, RosterMonth, put_in
from carehome.services.rosters.months import any_month_in
from carehome.services.rosters.publishing import obstacles_of, publish_in
from carehome.services.rosters.wishes import add_wish_in

_MONDAY = date(2025, 12, 29)  # on which every rota began
_WORKED = 4  # months up to this one that were published
_OVERLOOKED = 20  # day of the month after which a lapse is not noticed at first
_UNNOTICED = timedelta(days=2)  # for so long then
_OPEN = (23,)  # days of the draft on which nobody stands in yet


@cache
def _told() -> dict[str, Any]:
    path = paths.resource("demo") / "rosters.json"
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return told


def furnish(db: Database, users: dict[Role, User], seed: int, day: date) -> None:
    """Give the home shifts, the rosters of the last months, and next month's draft."""
    nurse, dice = users[Role.HEAD_NURSE], Random(f"rosters {seed}")
    this = day.replace(day=1)
    first = months_after(this, 1 - _WORKED)
    with db.writing(users[Role.DIRECTOR], "set-up", _moment(first, 8)) as session:
        _make_shifts(session)
        _file_former_certificates(session, first)
    for back in range(_WORKED - 1, -1, -1):
        month = months_after(this, -back)
        at = _moment(month - timedelta(days=6), 16)
        with db.writing(nurse, "Rosters.publish", at) as session:
            _work(session, month, nurse, at)
    at = _moment(day - timedelta(days=4), 7)
    with db.writing(nurse, "Rosters.change_published", at) as session:
        _call_in_sick(session, day - timedelta(days=3), nurse, at)
    at = _moment(day - timedelta(days=1), 15)
    with db.writing(nurse, "Rosters.take_over", at) as session:
        _draft(session, months_after(this, 1), nurse, at, dice)


def _moment(day: date, hour: int) -> datetime:
    """Return an hour of the story in China as the database keeps moments."""
    return datetime.combine(day, time(hour), tzinfo=UTC).replace(
        tzinfo=None
    ) - timedelta(hours=8)


def _make_shifts(session: Session) -> None:
    posts = {row.name: row.id for row in session.scalars(select(PostRow))}
    units = session.scalars(select(UnitRow).where(UnitRow.is_active)).all()
    numbers: dict[str, int] = {}
    for place, facts in enumerate(_told()["kinds"]):
        plain = {key: value for key, value in facts.items() if key != "post"}
        row = ShiftKindRow(**plain, post_id=posts[facts["post"]], position=place)
        session.add(row)
        session.flush()
        numbers[row.code] = row.id
    for facts in _told()["needs"]:
        shift_id, need = numbers[facts["code"]], facts["need"]
        if not facts["each_unit"]:
            session.add(ShiftNeedRow(shift_id=shift_id, need=need))
            continue
        for unit in units:
            here = facts["more"].get(unit.name, need)
            session.add(ShiftNeedRow(shift_id=shift_id, unit_id=unit.id, need=here))


def _file_former_certificates(session: Session, first: date) -> None:
    """File what a certificate renewed since `first` took the place of."""
    renewed = session.scalars(
        select(CertificateRow)
        .where(
            CertificateRow.issued_on > first, CertificateRow.valid_until.is_not(None)
        )
        .order_by(CertificateRow.id)
    ).all()
    hired = {row.id: row.hired_on for row in session.scalars(select(StaffMemberRow))}
    for row in renewed:
        issued = max(hired[row.staff_id], row.issued_on - timedelta(days=365))
        if issued < row.issued_on:
            session.add(
                CertificateRow(
                    staff_id=row.staff_id,
                    kind_id=row.kind_id,
                    issuer=row.issuer,
                    issued_on=issued,
                    valid_until=row.issued_on - timedelta(days=1),
                )
            )


def _work(session: Session, first: date, user: User, at: datetime) -> None:
    """Write a month by the patterns, let others stand in, and publish it."""
    month = any_month_in(session, first)
    sketch = _Sketch(month, _laid(month))
    for day in range(month.problem.days):
        sketch.mend(day)
    put_in(session, first, sketch.cells(), user, at)
    written = replace(month, roster=sketch.roster())
    reasons = {
        each.key: _told()[
            "renewing" if each.finding.fault is Fault.BARRED else "exception"
        ]
        for each in obstacles_of(written)
    }
    publish_in(session, written, reasons, user, at)


def _laid(month: RosterMonth) -> dict[Cell, str]:
    """Lay the rota of each team over its people, each a week further on.

    Who comes after the last week of a rota has none, and stands in for others.
    """
    laid: dict[Cell, str] = {}
    days = range(month.problem.days)
    begun = (month.first - _MONDAY).days
    for keys, weeks in _teams(month):
        rota = [OFF if sign == "-" else sign for sign in "".join(weeks)]
        for place, key in enumerate(keys[: len(weeks)]):
            row = patterns.lay(rota, days, begun + 7 * place)
            laid |= {(key, day): code for day, code in row.items()}
    return laid


def _teams(month: RosterMonth) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the people of each post and unit, and the weeks of their rota."""
    on_roster = {person.key for person in month.problem.people}
    teams: dict[tuple[str, str], list[str]] = {}
    for facts in month.staff:
        if str(facts.staff_id) in on_roster and facts.main_post is not None:
            unit = month.problem.unit_names.get(str(facts.unit_id), "")
            team = month.posts[facts.main_post], unit
            teams.setdefault(team, []).append(str(facts.staff_id))
    for (post, unit), keys in teams.items():
        rotas = [rota for rota in _told()["rotas"] if rota["post"] == post]
        fitting = [rota for rota in rotas if rota["unit"] in (unit, "")]
        if fitting:
            yield keys, fitting[0]["weeks"]


class _Sketch:
    """A month that is being written: rows, and the units of those who stand in."""

    def __init__(self, month: RosterMonth, laid: dict[Cell, str]) -> None:
        """Begin with what is laid, but for who cannot work it."""
        self._problem: Problem = month.problem
        self._year = {key: tally.shifts for key, tally in month.year.items()}
        self._rows = {
            person.key: [
                self._allowed(person.key, day, laid.get((person.key, day), OFF))
                for day in range(month.problem.days)
            ]
            for person in month.problem.people
        }
        self._units: dict[Cell, str] = {}

    def _allowed(self, key: str, day: int, code: str) -> str:
        """Drop what cannot be worked; a late lapse is what the draft overlooks."""
        bar = self._problem.bars.get((key, day), {}).get(code)
        if bar is None:
            return code
        late, today = self._problem.date_of(_OVERLOOKED), self._problem.date_of(day)
        is_late = bar.since is not None and bar.since > late
        is_overlooked = is_late and today - (bar.since or today) < _UNNOTICED
        return code if is_overlooked else OFF

    def mend(self, day: int) -> None:
        """Let somebody stand in for each one missing, if anybody can."""
        for finding in check_cover(self._problem, self.roster(), day):
            if finding.fault is Fault.COVER_UNDER:
                for _one in range(finding.amount):
                    self._stand_in(day, finding.shift, finding.unit)

    def _stand_in(self, day: int, code: str, unit: str) -> None:
        free = [
            person
            for person in self._problem.people
            if self._rows[person.key][day] == OFF and self.may(person, day, code)
        ]
        if free:
            who = min(free, key=lambda person: self._burden(person, day, code, unit))
            self._rows[who.key][day] = code
            if unit and who.unit != unit:
                self._units[who.key, day] = unit

    def _burden(
        self, person: Person, day: int, code: str, unit: str
    ) -> tuple[int, int]:
        """Say who comes first: whom it costs least, then who worked least this year."""
        row = self._rows[person.key]
        cost = score(
            check_person(self._problem, person.key, self._with(row, day, code))
        )
        cost -= score(check_person(self._problem, person.key, row))
        is_stranger = bool(unit and person.unit != unit)
        cost += self._problem.stranger * is_stranger
        return cost, self._year.get(person.key, 0)

    def may(self, person: Person, day: int, code: str) -> bool:
        """Say whether somebody could work a shift without another rule breaking."""
        if code in self._problem.bars.get((person.key, day), {}):
            return False
        row = self._rows[person.key]
        before = count_hard(check_person(self._problem, person.key, row))
        worked = self._with(row, day, code)
        return count_hard(check_person(self._problem, person.key, worked)) <= before

    @staticmethod
    def _with(row: Sequence[str], day: int, code: str) -> list[str]:
        return [*row[:day], code, *row[day + 1 :]]

    def roster(self) -> Roster:
        """Return the month as it is written."""
        return Roster({key: tuple(row) for key, row in self._rows.items()}, self._units)

    def cells(self) -> dict[Cell, Mark]:
        """Return everything that is to be written."""
        return {
            (key, day): Mark(code, self._units.get((key, day), ""))
            for key, row in self._rows.items()
            for day, code in enumerate(row)
            if code
        }


def _call_in_sick(session: Session, day: date, user: User, at: datetime) -> None:
    """Let somebody of the early shift stay at home, and somebody else come."""
    first = day.replace(day=1)
    month, number = any_month_in(session, first), day.day - 1
    rows = month.roster.rows
    sick = next(
        person
        for person in month.problem.people
        if person.unit and rows[person.key][number] == "E"
    )
    sketch = _Sketch(
        month,
        {(key, at): code for key, row in rows.items() for at, code in enumerate(row)},
    )
    cells = {(sick.key, number): Mark()}
    for person in month.problem.people:
        is_free = person.unit == sick.unit and not rows[person.key][number]
        if is_free and sketch.may(person, number, "E"):
            cells[person.key, number] = Mark("E")
            break
    put_in(session, first, cells, user, at, _told()["sick"])


def _draft(
    session: Session, first: date, user: User, at: datetime, dice: Random
) -> None:
    """Write most of next month: some cells locked, wishes noted, some days open."""
    month = any_month_in(session, first)
    people = [person for person in month.problem.people if person.unit]
    for facts in _told()["wishes"]:
        day = first + timedelta(days=facts["day"] - 1)
        plain = {key: value for key, value in facts.items() if key != "day"}
        asker = dice.choice(people)
        add_wish_in(session, NewWish(int(asker.key), day, **plain), user.name, at)
    sketch = _Sketch(month, _laid(month))
    for number in range(month.problem.days):
        if number not in _OPEN:
            sketch.mend(number)
    cells = sketch.cells()
    for cell in dice.sample(sorted(cells), 12):
        cells[cell] = Mark(cells[cell].code, cells[cell].unit, locked=True)
    put_in(session, first, cells, user, at)
