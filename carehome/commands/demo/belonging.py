"""Categories, agents, whereabouts and entitlements of the demonstration home."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

from sqlalchemy import select

from carehome import paths
from carehome.db.database import Database
from carehome.db.residents import (
    AbsenceRow,
    ContactRow,
    GradeChangeRow,
    ResidentCategoryRow,
    ResidentRow,
)
from carehome.rules.entitlements import Standing
from carehome.rules.periods import DAY
from carehome.rules.residents import LIVES_HERE
from carehome.rules.rights import Role, User
from carehome.services.entitlements import Entitlements
from carehome.services.grades import Grades, differing_in
from carehome.services.residents import Contact, Residents
from carehome.services.residents.people import Commission

_YEAR = timedelta(days=365)
_AGENTS, _WAITING = 4, 3  # agents that are organisations; grades without consent


@cache
def _words() -> dict[str, Any]:
    path = paths.resource("demo") / "belonging.json"
    words: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return words


def furnish(db: Database, users: dict[Role, User], seed: int, day: date) -> None:
    """Give the residents what the clerks write down beside bed and money."""
    dice = Random(seed * 53 + 11)
    now = datetime.combine(day, time(1, 30), tzinfo=UTC)
    _prove(db, users[Role.FRONT_DESK], now, dice)
    _agents(db, users[Role.FRONT_DESK], now, dice)
    _receive(db, users[Role.FRONT_DESK], now, dice)
    _regrade(db, users[Role.HEAD_NURSE], now, dice)


def _prove(db: Database, user: User, now: datetime, dice: Random) -> None:
    """Write proofs and days to the categories, and where the absent are."""
    told, day = _words(), now.date()
    with db.writing(user, "Residents.change_category", _plain(now)) as session:
        held = select(ResidentCategoryRow).order_by(ResidentCategoryRow.id)
        for place, row in enumerate(session.scalars(held).all()):
            if row.code not in told["proofs"]:
                continue
            row.proof = told["proofs"][row.code]
            row.proof_number = (
                f"{dice.randrange(2022, 2026)}-{dice.randrange(10**5):05}"
            )
            row.starts = day - dice.randrange(300, 1500) * DAY
            row.verified_by, row.verified_on = told["verifier"], row.starts
            if place % 3 == 0:
                row.ends = day + dice.randrange(40, 400) * DAY
            if place % 11 == 0:
                row.ends = day + dice.choice([-9, 6, 19]) * DAY
        for away in session.scalars(select(AbsenceRow).order_by(AbsenceRow.id)):
            is_hospital = away.kind == "hospital"
            away.place = dice.choice(told["hospitals" if is_hospital else "places"])
            away.ward = dice.choice(told["wards"]) if is_hospital else ""
            family = session.scalar(
                select(ContactRow).where(ContactRow.resident_id == away.resident_id)
            )
            if family is not None:
                away.escort, away.phone = family.name, family.phone
        for contact in session.scalars(select(ContactRow).order_by(ContactRow.id)):
            contact.signs = contact.signs or contact.is_emergency
            contact.pays = contact.is_emergency
        for ill in session.scalars(select(ResidentRow).order_by(ResidentRow.id)):
            if ill.has_dementia:
                ill.dementia_on = day - dice.randrange(200, 1500) * DAY
                ill.dementia_by = dice.choice(told["doctors"])
                ill.dementia_source = told["dementia_source"]
        disabled = select(ResidentCategoryRow.resident_id).where(
            ResidentCategoryRow.code == "disabled"
        )
        for who in session.scalars(disabled.distinct()).all():
            known = session.get_one(ResidentRow, who)
            if who % 4:
                known.disability_grade = dice.randrange(1, 5)
                known.disability_kind = dice.choice(told["disabilities"])


def _agents(db: Database, user: User, now: datetime, dice: Random) -> None:
    """Let an organisation act for some, one commission about to run out."""
    day, told = now.date(), _words()
    residents = Residents(db, user, lambda: now)
    living = [line for line in residents.find("") if line.status in LIVES_HERE]
    alone = sorted(living, key=lambda line: "destitute" not in line.categories)
    for place, line in enumerate(alone[:_AGENTS]):
        ends = day + (12 if place == 0 else dice.randrange(60, 300)) * DAY
        agent = Contact(
            "agent",
            told["agencies"][place % len(told["agencies"])],
            phone=f"029-8555{dice.randrange(10**4):04}",
            is_organisation=True,
            signs=True,
            commission=Commission(
                f"{day.year}-{place + 1:03}", ends - _YEAR, ends, told["scope"]
            ),
        )
        known = residents.file(line.resident_id).contacts
        freed = [replace(each, signs=False) for each in known]
        residents.set_contacts(line.resident_id, [*freed, agent])


def _receive(db: Database, user: User, now: datetime, dice: Random) -> None:
    """Note what some receive; two of them receive both kinds of subsidy."""
    service = Entitlements(db, user, lambda: now)
    may = [
        each
        for each in service.reminders()
        if each.entitlement.finding.standing is Standing.MAY
    ]
    for each in may:
        item = each.entitlement.finding.item
        if item.number in (4, 5, 7, 11, 15) and dice.random() < 0.6:
            since = now.date() - dice.randrange(60, 900) * DAY
            state = Standing.RECEIVES if dice.random() < 0.8 else Standing.APPLIED
            known = since if state is Standing.RECEIVES else None
            service.set_state(each.resident_id, item.code, state, known)


def _regrade(db: Database, user: User, now: datetime, dice: Random) -> None:
    """Give nearly everybody the grade of the ability, some not agreed to yet."""
    day, told = now.date(), _words()
    with db.reading() as session:
        differing = list(differing_in(session, day))
        labelled = select(GradeChangeRow.resident_id).where(
            GradeChangeRow.starts == day
        )
        today = set(session.scalars(labelled))
    grades, residents = Grades(db, user, lambda: now), Residents(db, user, lambda: now)
    for place, who in enumerate(each for each in differing if each not in today):
        if place >= _WAITING:
            break
        wanted = grades.suggestion(who).grade
        starts = day - dice.randrange(2, 9) * DAY
        residents.set_grade(who, wanted, starts, told["grade_reason"])


def _plain(now: datetime) -> datetime:
    return now.replace(tzinfo=None)
