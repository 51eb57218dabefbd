"""Risk assessments of the demonstration home: most done, told and signed, some not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlalchemy.orm import Session

from carehome.db.database import Database
from carehome.db.residents import ResidentRow
from carehome.db.risks import RiskAssessmentRow
from carehome.rules.periods import DAY
from carehome.rules.residents import LIVES_HERE
from carehome.rules.rights import Role, User
from carehome.rules.risks import Answer, Level, Risk, form_in_force
from carehome.rules.risks.form import RiskSheet
from carehome.services.assessments.levels import levels_in
from carehome.services.residents import Contact, ResidentLine, Residents
from carehome.services.residents.people import contacts_in
from carehome.services.risks.answers import answers_of
from carehome.services.risks.records import begin_in, finish_in, keep_in
from carehome.services.risks.values import Head
from carehome.services.staff import Staff

_NEVER, _OVERDUE, _BEFORE, _UNSIGNED = 23, 29, 19, 15  # one in so many, by number
_YEAR = timedelta(days=365)


def furnish(db: Database, users: dict[Role, User], seed: int, day: date) -> None:
    """Enter the risk assessments of who lives here, and leave some to be made."""
    nurse, dice = users[Role.HEAD_NURSE], Random(seed * 37 + 5)
    clock = lambda: _at(day)  # noqa: E731 - the services ask for nothing else
    people = Residents(db, nurse, clock).find("")
    living = [line for line in people if line.status in LIVES_HERE]
    helpers = [member.name for member in Staff(db, nurse, clock).members(day)]
    with db.reading() as session:
        able = {who: each.base_on for who, each in levels_in(session, day).items()}
    plans = [
        (_planned(line, able.get(line.resident_id), day, dice), line)
        for line in living
        if line.resident_id % _NEVER
    ]
    plans.sort(key=lambda plan: (plan[0], plan[1].resident_id))
    for assessed_on, line in plans:
        second = dice.choice(helpers)
        with (
            db.writing(nurse, "Risks.finish", _at(assessed_on)) as session,
            session.no_autoflush,
        ):
            row = _assess(session, line, assessed_on, nurse.name, second, dice)
            _tell(session, row, day, nurse.name, dice)
    _leave_work(db, nurse, living, day)


def _planned(line: ResidentLine, able_on: date | None, day: date, dice: Random) -> date:
    """Return when somebody's risks were assessed: soon after the ability, mostly."""
    admitted_on = line.admitted_on or day
    planned = (able_on or admitted_on) + dice.randrange(3) * DAY
    if line.resident_id % _OVERDUE == 1:
        planned = day - _YEAR - dice.randrange(3, 30) * DAY
    elif line.resident_id % _BEFORE == 2 and able_on:
        planned = able_on - dice.randrange(20, 90) * DAY
    return min(max(planned, admitted_on - DAY), day)


def _assess(
    session: Session,
    line: ResidentLine,
    day: date,
    nurse: str,
    second: str,
    dice: Random,
) -> RiskAssessmentRow:
    number = begin_in(session, line.resident_id, day, nurse)
    row = session.get_one(RiskAssessmentRow, number)
    form = form_in_force(day)
    answers = {
        risk: _judged(answer, form.sheet(risk), line.ability_level or 0, dice)
        for risk, answer in answers_of(row.answers).items()
    }
    head = Head(day, nurse, "" if second == nurse else second)
    keep_in(session, number, head, answers)
    finish_in(session, number, _at(day).replace(tzinfo=None))
    return row


def _judged(answer: Answer, sheet: RiskSheet, ability: int, dice: Random) -> Answer:
    """Return how somebody with an ability is judged: what is open is at least low."""
    by_hand = [sign.code for sign in sheet.signs if not sign.grounds]
    any_sign = by_hand or [sign.code for sign in sheet.signs]
    if answer.level is None:
        if dice.random() > 0.08 + 0.07 * ability:
            return Answer(Level.NONE)
        signs: tuple[str, ...] = (dice.choice(any_sign),)
    else:
        signs = answer.signs
        if by_hand and dice.random() < 0.3:
            signs = (*signs, dice.choice(by_hand))
        signs = signs or (any_sign[0],)  # a level stands on a sign
    weight = (len(signs) + 1) // 2 + (ability > 3) + (dice.random() < 0.15)
    level = Level(min(max(weight, Level.LOW), Level.HIGH))
    count = min(1 + level, len(sheet.measures))
    picked = sorted(dice.sample(range(len(sheet.measures)), count))
    ordered = tuple(s.code for s in sheet.signs if s.code in signs)
    return replace(
        answer,
        level=level,
        signs=ordered,
        measures=tuple(sheet.measures[at] for at in picked),
    )


def _tell(
    session: Session, row: RiskAssessmentRow, day: date, nurse: str, dice: Random
) -> None:
    """Note that the family was told within days, and that most have signed."""
    told_on = row.day + dice.randrange(6) * DAY
    if told_on > day - 2 * DAY:
        return
    contacts: Sequence[Contact] = contacts_in(session, row.resident_id)
    row.told_on, row.told_by = told_on, nurse
    row.told_to = contacts[0].name if contacts else _name(session, row)
    if row.resident_id % _UNSIGNED:
        row.signed_on = min(told_on + dice.randrange(3) * DAY, day)
        row.signer = row.told_to


def _name(session: Session, row: RiskAssessmentRow) -> str:
    return session.get_one(ResidentRow, row.resident_id).name


def _leave_work(
    db: Database, nurse: User, living: Sequence[ResidentLine], day: date
) -> None:
    """Leave one assessment half done."""
    never = [line for line in living if line.resident_id % _NEVER == 0]
    for line in never[:1]:
        with db.writing(nurse, "Risks.begin", _at(day)) as session:
            number = begin_in(session, line.resident_id, day, nurse.name)
            row = session.get_one(RiskAssessmentRow, number)
            answers = answers_of(row.answers)
            for risk in list(Risk)[:3]:
                if answers[risk].level is None:
                    answers[risk] = Answer(Level.NONE)
            keep_in(session, number, Head(day, nurse.name), answers)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(3, 0), tzinfo=UTC)
