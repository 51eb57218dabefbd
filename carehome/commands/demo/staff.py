"""The staff files of the demonstration home: papers, leave, training, allowances."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome import paths
from carehome.commands.demo.people import Crowd, words
from carehome.db.database import Database
from carehome.db.staff import (
    CertificateRow,
    ContractRow,
    MaternityRow,
    PayRow,
    StaffLeaveRow,
    StaffMemberRow,
)
from carehome.db.units import UnitRow
from carehome.rules.certificates import Certificate, Kind, usual_end
from carehome.rules.periods import DAY, after_months, months_after
from carehome.rules.rights import Role, User
from carehome.rules.staff import Contract, LeaveTaken, Person
from carehome.rules.training import Training
from carehome.services.staff import (
    Allowances,
    Staff,
    StaffLists,
    StaffMember,
    Trainings,
)
from carehome.services.staff.facts import kinds_in, posts_in
from carehome.services.staff.lists import Unit
from carehome.services.staff.people import set_posts_in
from carehome.services.staff.records import person_of
from carehome.services.staff.writing import (
    add_leave_in,
    change_person_in,
    keep_certificate_in,
    keep_contract_in,
)

_LEVELS = (5, 5, 5, 4, 4, 4, 3, 3, 2, None, 5, 4)  # of carers, over and over
# Days from today on which the health certificates of the first carers end.
_HEALTH_ENDS = (-4, 6, 33, 48)
_CLAIMED_MONTHS = 4


@cache
def _words() -> dict[str, Any]:
    path = paths.resource("demo") / "staff.json"
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return told


def furnish(db: Database, users: dict[Role, User], seed: int, day: date) -> None:
    """Fill the file of everybody who works here, as it stands on `day`."""
    dice, director = Random(f"staff {seed}"), users[Role.DIRECTOR]
    begin = months_after(day, -6)
    _make_units(StaffLists(db, director, _at(begin)))
    _hire_more(Staff(db, director, _at(begin)), begin, dice)
    people = Staff(db, director, _at(begin)).members(day)
    at = _at(begin)().replace(tzinfo=None)
    with db.writing(director, "Staff.change", at) as session:
        filing = _Filing(session, day, dice)
        for place, member in enumerate(people):
            filing.fill(place, member)
        filing.second_posts()
        filing.mothers()
    _let_take_leave(db, users, people, day, dice)
    _train(db, users[Role.HEAD_NURSE], people, day, dice)
    _claim(db, users[Role.ACCOUNTANT], day)


def _make_units(lists: StaffLists) -> None:
    """Make a unit of each floor, unless there are units."""
    if not lists.units():
        for name, *_more in words()["floors"]:
            lists.save_unit(Unit(0, name))


def _hire_more(staff: Staff, begin: date, dice: Random) -> None:
    """Hire as many as day and night ask for, in the units and the control room."""
    crowd, known = Crowd(dice), {each.name for each in staff.members(begin)}
    for post, wanted, sexes in _words()["more"]:
        for _number in range(wanted):
            name = crowd.name(dice.choice(sexes))
            while name in known:
                name = crowd.name(dice.choice(sexes))
            known.add(name)
            hired = begin - timedelta(days=dice.randrange(60, 1500))
            staff.save(StaffMember(0, name, post, crowd.phone(), hired))


class _Filing:
    """Writes what the papers of each person say, all in one deed."""

    def __init__(self, session: Session, day: date, dice: Random) -> None:
        self._session = session
        self._day = day
        self._dice = dice
        self._kinds = {kind.code: kind for kind in kinds_in(session).values()}
        self._posts = {post.name: post.post_id for post in posts_in(session).values()}
        self._units = list(
            session.scalars(
                select(UnitRow).where(UnitRow.is_active).order_by(UnitRow.position)
            )
        )
        self._rows: dict[str, list[StaffMemberRow]] = {}

    def fill(self, place: int, member: StaffMember) -> None:
        """Fill one file: person, contract, certificates, pay."""
        told = _words()
        row = self._session.get_one(StaffMemberRow, member.staff_id)
        of_post = self._rows.setdefault(member.post, [])
        number = len(of_post)
        of_post.append(row)
        self._person(row, place, member.post, number)
        self._contract(row, place)
        if member.post == told["care"]:
            self._carer(row, number)
        elif member.post in (told["nurse"], told["head_nurse"]):
            ends = self._day + timedelta(days=24 if number == 1 else 300 + 311 * number)
            self._certify(row, "nurse", after_months(ends + DAY, -60), ends)
        elif member.post == told["cook"]:
            self._health(row, 90 + 70 * number)
        for post, code in (
            (told["doctor"], "doctor"),
            (told["control_room"], "fire"),
            (told["safety"], "fire"),
            (told["social"], "social"),
        ):
            if member.post == post:
                self._certify(row, code, row.hired_on + timedelta(days=3 * number))
        fen = told["pay"].get(member.post, told["pay_otherwise"])
        pay = PayRow(staff_id=row.id, starts=row.hired_on, basis="month")
        pay.fen = fen + 10_000 * self._dice.randrange(0, 8)
        self._session.add(pay)

    def second_posts(self) -> None:
        """Let some hold two posts: assessors, and the officer in the control room."""
        told = _words()
        helper, assessor = self._rows[told["social"]][0], self._posts[told["assessor"]]
        carers, care = self._rows[told["care"]], self._posts[told["care"]]
        for row, main in ((helper, self._posts[told["social"]]), (carers[2], care)):
            set_posts_in(self._session, row.id, main, [assessor])
            self._certify(row, "assessor", row.hired_on + timedelta(days=40))
        officer, room = self._rows[told["safety"]][0], self._posts[told["control_room"]]
        main = self._posts[told["safety"]]
        set_posts_in(self._session, officer.id, main, [room])

    def mothers(self) -> None:
        """Let one carer expect a child, and one nurse be nursing hers."""
        told = _words()
        carers = [row for row in self._rows[told["care"]] if row.sex == "female"]
        nurses = [row for row in self._rows[told["nurse"]] if row.sex == "female"]
        expecting, others = carers[-1], nurses or carers[:1]
        due = self._day + timedelta(days=70)
        self._session.add(MaternityRow(staff_id=expecting.id, due_on=due))
        born = self._day - timedelta(days=230)
        self._session.add(MaternityRow(staff_id=others[0].id, born_on=born))
        for row in (expecting, others[0]):
            row.born = date(1994, 3 + row.id % 9, 1 + row.id % 27)

    def _person(self, row: StaffMemberRow, place: int, post: str, number: int) -> None:
        told, dice, hired = _words(), self._dice, row.hired_on
        is_carer = post == told["care"]
        is_shifted = is_carer or post in (told["nurse"], told["control_room"])
        age = dice.randrange(34, 56) if is_carer else dice.randrange(26, 55)
        born = date(self._day.year - age, dice.randrange(1, 13), dice.randrange(1, 28))
        worked = date(max(born.year + 19, hired.year - dice.randrange(0, 22)), 7, 1)
        fresh = is_carer and hired.year >= self._day.year - 2 and number % 2 == 0
        if fresh:
            born, worked = date(hired.year - 22, born.month, born.day), hired
        known = person_of(row)
        person = Person(
            known.name,
            hired,
            number=f"F{place + 1:03d}",
            sex=_sex(known.name),
            born=born,
            phone=known.phone,
            unit_id=self._unit(is_carer, number),
            worked_since=min(worked, hired),
            care_since=hired if is_carer else None,
            education=("college" if fresh else _education(post, dice)),
            graduated_on=date(hired.year, 6, 30) if fresh else None,
            scheme="month" if is_shifted else "standard",
            scheme_approval=told["approval"] if is_shifted else "",
            scheme_until=self._day + 220 * DAY if is_shifted else None,
            insured_from=None if place == 41 else hired,
            insured_until=self._day + timedelta(days=19) if place == 20 else None,
            checked_on=None if place in (30, 43) else hired,
            check_result="" if place in (30, 43) else "clear",
            check_note="" if place in (30, 43) else told["check_note"],
        )
        change_person_in(self._session, row, person, None, self._day)
        if place == 41:  # over-age, and the program only warns
            row.born = date(self._day.year - 62, 4, 8)

    def _unit(self, is_carer: bool, number: int) -> int | None:
        if not is_carer or not self._units:
            return None
        turns: list[int] = _words()["units_of_carers"]
        return self._units[turns[number % len(turns)] % len(self._units)].id

    def _contract(self, row: StaffMemberRow, place: int) -> None:
        starts = row.hired_on
        last = after_months(starts, 36) - DAY
        while last < self._day:
            starts, last = last + DAY, after_months(last + DAY, 36) - DAY
        if place in (15, 33):
            last = self._day + timedelta(days=18 + place // 2)
        contract = Contract(
            "retired" if place == 41 else "fixed",
            starts,
            last,
            f"FS-{starts.year}-{place + 1:03d}",
            signed_on=starts,
        )
        keep_contract_in(self._session, ContractRow(staff_id=row.id), contract)

    def _carer(self, row: StaffMemberRow, number: int) -> None:
        level = _LEVELS[number % len(_LEVELS)]
        self._certify(row, "pre-post", row.hired_on)
        if level is not None:
            issued = row.hired_on + timedelta(days=30 + 11 * number)
            self._certify(row, f"caregiver-{level}", min(issued, self._day))
        if number == len(_HEALTH_ENDS):  # lapses on the 17th of the month to come
            ends = months_after(self._day, 1).replace(day=16)
            self._health(row, (ends - self._day).days)
        elif number < len(_HEALTH_ENDS):
            self._health(row, _HEALTH_ENDS[number])
        else:
            self._health(row, 66 + 12 * number)

    def _health(self, row: StaffMemberRow, days: int) -> None:
        ends = self._day + timedelta(days=days)
        self._certify(row, "health", after_months(ends + DAY, -12), ends)

    def _certify(
        self, row: StaffMemberRow, code: str, issued: date, ends: date | None = None
    ) -> None:
        kind: Kind = self._kinds[code]
        issuer = _words()["issuers"].get(code.rpartition("-")[0] or code, "")
        number = f"{kind.code[:2].upper()}{issued:%Y}{row.id:04d}"
        last = ends or usual_end(issued, kind)
        certificate = Certificate(kind.kind_id, issued, last, number, issuer)
        filed = CertificateRow(staff_id=row.id)
        keep_certificate_in(self._session, filed, certificate)


def _let_take_leave(
    db: Database,
    users: dict[Role, User],
    people: Sequence[StaffMember],
    day: date,
    dice: Random,
) -> None:
    """Let many have had some days, one be ill, and some be away next month."""
    carers = [each for each in people if each.post == _words()["care"]]
    notes = _words()["leave_notes"]
    coming = months_after(day, 1)
    plans = [
        (member, day - timedelta(days=dice.randrange(20, 150)), "annual", 3)
        for member in carers[::2]
    ]
    plans += [
        (carers[7], day - DAY, "sick", 4),
        (carers[9], day - 40 * DAY, "personal", 1),
    ]
    plans += [
        (carers[number], coming + timedelta(days=start), "annual", 5)
        for number, start in ((1, 4), (6, 9), (12, 20))
    ]
    at = _at(day - DAY)().replace(tzinfo=None)
    with db.writing(users[Role.HEAD_NURSE], "Staff.add_leave", at) as session:
        for member, starts, kind, days in plans:
            last = starts + timedelta(days=days - 1)
            leave = LeaveTaken(kind, starts, last, days, notes[kind])
            add_leave_in(session, StaffLeaveRow(staff_id=member.staff_id), leave)


def _train(
    db: Database, nurse: User, people: Sequence[StaffMember], day: date, dice: Random
) -> None:
    """Hold the trainings of the year; not everybody comes to each."""
    told = _words()
    lists = StaffLists(db, nurse, _at(day))
    subjects = {each.name: each for each in lists.subjects()}
    for subject, title, minutes, teacher, place, takes_day, days in told["trainings"]:
        about, on = subjects[subject], day + timedelta(days=days)
        wanted = [
            each
            for each in people
            if each.hired_on <= on
            and (each.post == told["care"] or not about.is_for_care)
        ]
        came = [each.staff_id for each in wanted if dice.random() < 0.85]
        if takes_day:
            came = came[:6]
        if not came:
            continue
        training = Training(
            *(about.subject_id, on, minutes, tuple(sorted(came))),
            *(takes_day, title, teacher, place),
        )
        Trainings(db, nurse, _at(min(on, day - DAY))).save(training)


def _claim(db: Database, accountant: User, day: date) -> None:
    """Claim the allowances of the last months; those of the latest are still drafts."""
    for ago in range(_CLAIMED_MONTHS, 0, -1):
        month = months_after(day, -ago)
        drafted = months_after(month, 1) + 4 * DAY
        if drafted > day:
            continue
        Allowances(db, accountant, _at(drafted)).draft_month(month)
        lines = Allowances(db, accountant, _at(drafted)).month(month)
        claims = [line.claim_id for line in lines if line.claim_id]
        handed_in, came = drafted + 5 * DAY, drafted + 40 * DAY
        if ago > 1 and handed_in <= day:
            service = Allowances(db, accountant, _at(handed_in))
            service.mark_claimed(claims, handed_in)
        if ago > 2 and came <= day:
            Allowances(db, accountant, _at(came)).mark_received(claims, came)


def _sex(name: str) -> str:
    """Return what an invented name sounds like."""
    return "female" if name.endswith(tuple(words()["women"])) else "male"


def _education(post: str, dice: Random) -> str:
    if post in words()["posts"][0] or post in (_words()["doctor"],):
        return "bachelor"
    if post in (_words()["nurse"], _words()["head_nurse"], _words()["social"]):
        return "college"
    return dice.choice(("lower", "lower", "secondary"))


def _at(day: date) -> Callable[[], datetime]:
    """Return a clock that shows half past nine in China on a day."""
    return lambda: datetime.combine(day, time(1, 30), tzinfo=UTC)
